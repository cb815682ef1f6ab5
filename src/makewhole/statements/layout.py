"""A table-like export declared by its columns: finding the header, telling rows from notes.

A layout names each field it needs and the headings under which exports have shown it. The header
is found by these names wherever it stands; preamble and footer may grow, shrink or change places.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from makewhole.records import Declared, Entry, Refusal, Side, Text
from makewhole.statements.damage import lost_seconds, rounded_numbers
from makewhole.statements.reader import Draft, disagreements, sums
from makewhole.statements.source import Grid, Headings, Row, Source, headings_in
from makewhole.statements.values import Refused, clean, heading, tail

_SEPARATOR = re.compile(r"^[-=—_*]{5,}")
_FOOTER = re.compile(r"^(?:\D{0,6}合计|总计|小计|共\s*\d+|total\b|sum\b|summe\b)", re.IGNORECASE)
_DATED = re.compile(r"\d{4}[-/.年]\d|\d{1,2}[-/.]\d{1,2}|\b\d{8}\b")
_ONLY_DATE = re.compile(
    r"\s*(?:\d{4}([-/.年]?)\d{1,2}([-/.月]?)\d{1,2}日?|\d{1,2}([-/.])\d{1,2}\3\d{2,4})"
    r"(\s+\d{1,2}:\d{2}(:\d{2})?)?\s*"
)
_MONTH_DAY = re.compile(r"\s*\d{1,2}[-/]\d{1,2}\s*")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\s*[¥￥$€£+-]*\d[\d,.]*\s*")
_SHORT_TEXT = 300
# A line with this many cells or fewer, and no date, is a note and not a row.
_NOTE_CELLS = 2


class Line:
    """One data row: `line["field"]` is the cleaned cell, empty where the export lacks the column.

    `context` is what the layout's `study` found out about the whole file; `notes` is the text
    outside the rows.
    """

    __slots__ = ("_cells", "_columns", "_make", "about", "context", "notes", "number")

    def __init__(
        self,
        number: int,
        cells: list[str],
        columns: Mapping[str, int],
        about: Declared,
        make: Callable[..., Entry],
    ) -> None:
        self.number = number
        self._cells = cells
        self._columns = columns
        self.about = about
        self._make = make
        self.notes = ""
        self.context: Any = None

    def __getitem__(self, name: str) -> str:
        at = self._columns.get(name, -1)
        return clean(self._cells[at]) if 0 <= at < len(self._cells) else ""

    def has(self, name: str) -> bool:
        """Whether the export has this column at all."""
        return name in self._columns

    def unclaimed(self) -> Iterator[str]:
        """The filled cells of columns that the layout does not name."""
        claimed = set(self._columns.values())
        for at, cell in enumerate(self._cells):
            if at not in claimed and (text := clean(cell)):
                yield text

    def entry(self, **fields: Any) -> Entry:
        """The row as an entry; file, line, provider and account are filled in."""
        return self._make(line=self.number, **fields)


@dataclass(frozen=True, slots=True)
class _Table:
    """A grid in which the header was found."""

    grid: Grid
    header: int
    headings: list[str]
    columns: dict[str, int]


def _no_facts(_text: str) -> Declared:
    return Declared()


def _no_doubts(_lines: Sequence[Line]) -> Iterable[Text]:
    return ()


def _by_direction(entry: Entry) -> tuple[str, Decimal] | None:
    return (entry.direction_word, entry.amount) if entry.direction_word else None


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One layout of one provider, as declared columns and a function for a row.

    `columns` and `optional` map a field to the headings that mean it. `marks` are patterns of
    which one must occur outside the rows; `without` are headings that belong to another layout.
    `row` turns a line into an entry or raises `Refused`. `about` reads the text outside the rows.
    `study` looks at all lines before the first is read, and at the order of dates that the person
    stated; `doubts` says what remains uncertain of them. `counted` says under which word an entry
    enters the export's own totals. `beyond` says what may stand in
    one more cell than the header has. `to_the_second` promises that times have seconds, so that
    a file without them was rewritten. `workbook` narrows a layout to workbooks (True) or text
    (False).
    """

    provider: str
    name: str
    side: Side
    columns: Mapping[str, tuple[str, ...]]
    row: Callable[[Line], Entry]
    optional: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    about: Callable[[str], Declared] = _no_facts
    study: Callable[[Sequence[Line], str], Any] | None = None
    doubts: Callable[[Sequence[Line]], Iterable[Text]] = _no_doubts
    counted: Callable[[Entry], tuple[str, Decimal] | None] = _by_direction
    anchor: str = "time"
    beyond: Callable[[str], bool] | None = None
    to_the_second: bool = False
    workbook: bool | None = None

    @cached_property
    def _wanted(self) -> dict[str, tuple[str, ...]]:
        return {
            name: tuple(heading(word) for word in words)
            for name, words in {**self.columns, **self.optional}.items()
        }

    @cached_property
    def _unwanted(self) -> frozenset[str]:
        return frozenset(heading(word) for word in self.without)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for name in self.columns for word in self._wanted[name])

    def closeness(self, source: Source) -> float:
        """The largest share of the required columns that one line has; 1.0 when all fits."""
        if self.workbook not in {None, source.is_workbook}:
            return 0.0
        best = 0.0
        for grid in source.grids:
            for line in grid.headings:
                # At most so many columns can be there: most lines are passed over by this.
                if len(line.words & self._vocabulary) > best * len(self.columns):
                    best = max(best, self._share(line))
        if best < 1.0:
            return best
        return 1.0 if any(self._fits(table) for table in self._tables(source)) else 0.99

    def _share(self, line: Headings) -> float:
        if not self._unwanted.isdisjoint(line.exact):
            return 0.0
        return 1 - len(self._lacking(line)) / len(self.columns)

    def _lacking(self, line: Headings) -> list[str]:
        """The required fields that a line has no heading for."""
        return [name for name in self.columns if _place(self._wanted[name], line) is None]

    def missing(self, source: Source) -> list[str]:
        """The headings that the line which comes closest lacks, as the layout calls them."""
        lines = [self._lacking(line) for grid in source.grids for line in grid.headings]
        lacking = min(lines, key=len, default=list(self.columns))
        return [" / ".join(self.columns[name]) for name in lacking]

    def _tables(self, source: Source) -> Iterator[_Table]:
        for grid in source.grids:
            for at, line in enumerate(grid.headings):
                if len(line.words & self._vocabulary) and self._share(line) == 1.0:
                    yield _Table(grid, at, line.exact, self._places(line))
                    break

    def _places(self, line: Headings) -> dict[str, int]:
        found = {name: _place(words, line) for name, words in self._wanted.items()}
        return {name: at for name, at in found.items() if at is not None}

    def _fits(self, table: _Table) -> bool:
        if not self.marks:
            return True
        text = self._outside(table)
        return any(re.search(mark, text) for mark in self.marks)

    def read(self, source: Source) -> list[Draft]:
        """The draft of each sheet or text that holds this layout; repeated sheets are left out."""
        tables = [table for table in self._tables(source) if self._fits(table)]
        drafts = {table.grid.name: self._draft(source, table) for table in tables}
        kept = _without_repeats(drafts) if len(drafts) > 1 else drafts
        if len(kept) <= 1:
            return list(kept.values())
        return [_renamed(draft, f"{draft.file}#{sheet}") for sheet, draft in kept.items()]

    def _draft(self, source: Source, table: _Table) -> Draft:
        notes = self._outside(table)
        about = self.about(notes)
        make = partial(
            Entry,
            file=source.name,
            sha256=source.sha256,
            provider=self.provider,
            side=self.side,
            account=account_name(self.provider, about.account or about.card),
        )
        if about.card:
            make = partial(make, card=about.card)
        lines = [
            Line(number, cells, table.columns, about, make) for number, cells in self._data(table)
        ]
        for line in lines:
            line.notes = notes
        context = self.study(lines, source.dates) if self.study else None
        for line in lines:
            line.context = context
        entries, refused = self._read_lines(lines, table.headings)
        computed = sums(counted for entry in entries if (counted := self.counted(entry)))
        return Draft(
            file=source.name,
            sha256=source.sha256,
            provider=self.provider,
            layout=self.name,
            side=self.side,
            encoding=source.encoding,
            entries=entries,
            refused=refused,
            declared=about,
            computed=computed,
            warnings=[
                *disagreements(about, computed, len(lines)),
                *rounded_numbers(entries),
                *self._rewritten_times(lines),
                *self.doubts(lines),
            ],
        )

    def _rewritten_times(self, lines: Sequence[Line]) -> Iterator[Text]:
        if self.to_the_second:
            yield from lost_seconds(line[self.anchor] for line in lines)

    def _read_lines(
        self, lines: list[Line], headings: Sequence[str]
    ) -> tuple[list[Entry], list[Refusal]]:
        entries: list[Entry] = []
        refused: list[Refusal] = []
        width = len(_trimmed(headings))
        longer = _longer_lines(lines, len(headings), width)
        usual = _usual_shape(lines, len(headings)) if longer else ()
        row = self.row
        for line in lines:
            try:
                if line.number in longer:
                    _not_shifted(line, width, usual, self.beyond)
                entries.append(row(line))
            except Refused as problem:
                refused.append(Refusal(line.number, problem.reason, _short(line._cells)))
        return entries, refused

    def _data(self, table: _Table) -> Iterator[Row]:
        """The rows below the header that are, or try to be, transactions."""
        for at, (number, cells) in enumerate(table.grid.rows):
            if at > table.header and self._is_data(table, at):
                yield number, cells

    def _outside(self, table: _Table) -> str:
        """All text outside the rows, the name of the sheet included."""
        return "\n".join([*self._notes(table), table.grid.name])

    def _notes(self, table: _Table) -> Iterator[str]:
        """The text outside the rows: above the header, and what stands below that is no row."""
        for at, (_number, cells) in enumerate(table.grid.rows):
            if at < table.header or (at > table.header and not self._is_data(table, at)):
                yield " ".join(text for cell in cells if (text := clean(cell)))

    def _is_data(self, table: _Table, at: int) -> bool:
        cells = table.grid.rows[at][1]
        anchor = table.columns[self.anchor]
        dated = cells[anchor] if anchor < len(cells) else ""
        # A date alone is what is left of a row; a date inside words may be a note's.
        if _ONLY_DATE.fullmatch(dated):
            return not _SEPARATOR.match(clean(cells[0]))
        filled = [text for cell in cells if (text := clean(cell))]
        fewest = 1 if _MONTH_DAY.fullmatch(dated) else _NOTE_CELLS
        if _DATED.search(dated) and len(filled) > fewest:
            return not _SEPARATOR.match(filled[0])
        if len(filled) <= _NOTE_CELLS or _SEPARATOR.match(filled[0]) or _FOOTER.match(filled[0]):
            return False
        # Some exports repeat the headings in English below the Chinese ones.
        if at == table.header + 1 and not any(_DIGIT.search(text) for text in filled):
            return False
        # Each section of a bill, each page of a list may repeat the headings.
        again = headings_in(cells)
        if len(again.words & self._vocabulary) < len(self.columns):
            return True
        return self._share(again) < 1.0 or self._places(again) != table.columns


def account_name(provider: str, number: str) -> str:
    """The name of one account in output: the provider, and what the export calls the account."""
    return f"{provider}:{number}" if number else provider


def _place(words: Sequence[str], line: Headings) -> int | None:
    """Where one of the headings stands; one with a unit behind it counts if no other fits."""
    for there in (line.exact, line.plain):
        for word in words:
            if word in there:
                return there.index(word)
    return None


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not clean(cells[end - 1]):
        end -= 1
    return cells[:end]


def _longer_lines(lines: Sequence[Line], width: int, named: int) -> set[int]:
    """The rows that reach beyond the header: beyond its cells or, if few do, beyond its words."""
    unnamed = {line.number for line in lines if len(_trimmed(line._cells)) > named}
    if len(unnamed) * 2 > len(lines):
        unnamed = set()
    return unnamed | {line.number for line in lines if len(line._cells) > width}


def _usual_shape(lines: Sequence[Line], width: int) -> tuple[bool, ...]:
    """For each column whether most rows have a number there; longer rows are left out."""
    shapes = [_shape(line, width) for line in lines if len(line._cells) <= width]
    shapes = shapes or [_shape(line, width) for line in lines]
    return tuple(sum(column) * 2 > len(shapes) for column in zip(*shapes, strict=True))


def _shape(line: Line, width: int) -> tuple[bool, ...]:
    cells = [*line._cells[:width], *[""] * (width - len(line._cells))]
    return tuple(bool(_NUMBER.fullmatch(cell)) for cell in cells)


def _not_shifted(
    line: Line, width: int, usual: tuple[bool, ...], beyond: Callable[[str], bool] | None
) -> None:
    """Refuse a row that an unquoted separator has made longer than the header.

    Empty cells at the end are no harm, unless leaving out one cell makes the row fit its
    neighbours: then a comma inside a text or an amount has moved all that follows.
    """
    more = _trimmed(line._cells)[width:]
    if beyond and len(more) == 1 and beyond(clean(more[0])):
        return
    longer = _shape(line, len(usual) + 1)
    shorter = (longer[:at] + longer[at + 1 :] for at in range(len(usual)))
    if more or min(_unlike(shape, usual) for shape in shorter) + 1 < _unlike(longer[:-1], usual):
        raise Refused(
            "这一行的单元格比表头多，各列可能错位",
            "this row has more cells than the header, its columns may be shifted",
        )


def _unlike(one: Sequence[bool], other: Sequence[bool]) -> int:
    return sum(left != right for left, right in zip(one, other, strict=True))


def _short(cells: Sequence[str]) -> str:
    text = ",".join(clean(cell) for cell in cells)
    return text if len(text) <= _SHORT_TEXT else text[:_SHORT_TEXT] + "…"


def _without_repeats(drafts: Mapping[str, Draft]) -> dict[str, Draft]:
    """The sheets without those whose rows all stand in a larger or later one too."""
    places = {sheet: at for at, sheet in enumerate(drafts)}
    by_size = sorted(drafts, key=lambda sheet: (len(drafts[sheet].entries), places[sheet]))
    kept: dict[str, Draft] = {}
    for sheet in reversed(by_size):
        draft = drafts[sheet]
        rows = {_likeness(entry) for entry in draft.entries}
        holder = next(
            (other for other in kept.values() if rows <= {_likeness(row) for row in other.entries}),
            None,
        )
        if holder is None or draft.refused:
            kept[sheet] = draft
        else:
            holder.warnings.append(
                Text(
                    f"工作表“{sheet}”的 {len(rows)} 行在这里都有，没有重复计入",
                    f"the {len(rows)} rows of sheet “{sheet}” all stand here too and were not "
                    "counted twice",
                )
            )
    return kept


def _renamed(draft: Draft, file: str) -> Draft:
    entries = [replace(entry, file=file) for entry in draft.entries]
    return replace(draft, file=file, entries=entries)


def _likeness(entry: Entry) -> tuple[str, date, object, Decimal]:
    return entry.reference, entry.occurred_on, entry.occurred_at, entry.amount


def own_card(text: str) -> str:
    """The tail of the account number that a preamble states, or the empty string."""
    found = re.search(r"(?:卡\s*号|账\s*号|账户|帐号)[^:：\n]{0,12}[:：]\s*([\dxX*＊ ]{4,})", text)
    return tail(found[1]) if found else ""
