"""The pages of a PDF into tables with the notes around them, so that no word of a page is lost."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from makewhole.statements.pdf.columns import Columns, Part, columns_of
from makewhole.statements.pdf.headings import Header, headers
from makewhole.statements.pdf.page import DATE, MONEY, Cells, Facts, Line, Row, lines_of, phrases
from makewhole.statements.pdf.rows import Record, cell_text, part_rows

_NUMBER_AT = re.compile(
    r"(?:卡\s*号|账\s*号|帐\s*号|account (?:no|number)|card no)[^\d*]{0,24}([\d*xX]{6,})",
    re.IGNORECASE,
)
_DEEPEST_LEAD = 15


@dataclass
class Table:
    """Parts with the same headings, one below the other, and the notes above the first."""

    header: Header
    account: str
    above: list[Row]
    parts: list[Part] = field(default_factory=list)


def grids(pages: Sequence[Facts], vocabulary: frozenset[str]) -> list[list[Row]]:
    """The rows of each table, with page and line; a file without a table gives one of notes.

    A table in which nothing has a date sums something up: it is a note to those that follow it.
    """
    tables, notes = _tables(pages, vocabulary)
    found = []
    for table in tables:
        rows = list(_rows(table))
        found.append([*notes, *table.above, *rows])
        if not any(DATE.match(cell) for _page, _line, cells in rows for cell in cells):
            notes = [
                *notes,
                *table.above,
                *((page, line, _joined(row)) for page, line, row in rows),
            ]
    return found or [notes]


def _tables(pages: Sequence[Facts], vocabulary: frozenset[str]) -> tuple[list[Table], list[Row]]:
    """The tables of the file, and the lines above the first."""
    tables: list[Table] = []
    opening: list[Row] = []
    for facts in pages:
        lines = lines_of(facts)
        found = list(headers(lines, facts.rules, vocabulary))
        starts = [header.first for header in found]
        above = lines[: starts[0]] if starts else lines
        if tables:
            header = tables[-1].parts[-1].header
            tables[-1].parts.append(Part(facts, above, header, own=False))
        else:
            opening.extend(_note(facts, line) for line in above)
        for header, end in zip(found, [*starts[1:], len(lines)], strict=False):
            _open_table(tables, facts, header, opening)
            below = lines[header.last + 1 : end]
            tables[-1].parts.append(Part(facts, below, header, own=True))
    return tables, opening


def _open_table(tables: list[Table], facts: Facts, header: Header, opening: Sequence[Row]) -> None:
    """Start a table where the headings are others, or the account above them is."""
    last = tables[-1] if tables else None
    lead = _lead(last.parts[-1]) if last else []
    said = [line.text for line in lead] if last else [text for _page, _line, [text] in opening]
    stated = _NUMBER_AT.search(" ".join(said))
    account = stated[1] if stated else ""
    if last and last.header.rows == header.rows and account in {"", last.account}:
        return
    if last and lead:
        del last.parts[-1].lines[-len(lead) :]
    tables.append(Table(header, account, [_note(facts, line) for line in lead]))


def _lead(part: Part) -> list[Line]:
    """The lines at the end of a part that lead to the header below it."""
    lines = part.lines
    at = len(lines)
    while at and len(lines) - at < _DEEPEST_LEAD and not _row_like(lines[at - 1]):
        at -= 1
    return lines[at:]


def _row_like(line: Line) -> bool:
    texts = ["".join(word.text for word in phrase) for phrase in phrases(line.words)]
    return any(DATE.match(text) for text in texts) and any(map(MONEY.fullmatch, texts))


def _joined(cells: Cells) -> Cells:
    return [" ".join(cell for cell in cells if cell)]


def _note(facts: Facts, line: Line) -> Row:
    return facts.number, line.number, [line.text]


def _rows(table: Table) -> Iterator[Row]:
    """Headings, rows and notes of a table in the order of the file."""
    own = table.parts[0]
    for cells in table.header.rows:
        yield own.facts.number, own.header.line, cells
    places: dict[tuple[int, ...], list[Part]] = {}
    for part in table.parts:
        key = tuple(round(middle) for middle in part.header.middles)
        places.setdefault(key, []).append(part)
    columns = {key: columns_of(parts[0].header, parts) for key, parts in places.items()}
    made: list[tuple[Record | Row, Columns]] = []
    for part in table.parts:
        mine = columns[tuple(round(middle) for middle in part.header.middles)]
        last = made[-1][0] if made else None
        open_record = last if isinstance(last, Record) else None
        made.extend((each, mine) for each in part_rows(part, mine, open_record))
    for each, mine in made:
        if isinstance(each, Record):
            mine.extend(each.cells)
    for each, mine in made:
        if isinstance(each, Record):
            cells = [
                cell_text(each.cells.get(at, []), reach) for at, reach in enumerate(mine.reach)
            ]
            yield each.page, each.line, cells
        else:
            yield each
