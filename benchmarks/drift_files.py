"""Export files taken apart into records and written again, each record knowing where it came from.

Nothing here uses what readers do to a file: a text is cut by the rules of CSV, and lines are
counted as they are written.
"""

import copy
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from makewhole.statements import Source

# A sheet of a workbook, or the empty string, and a line in it.
Place = tuple[str, int]

_DELIMITERS = ",;\t|"
_DATE = re.compile(
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})\D?.{0,24}"
)
_AMOUNT = re.compile(r"[-+(]?[¥$€£₹]?\s?[-+]?\d[\d,. ]*(?:[.,]\d{1,2})\)?")
_NUMBER = re.compile(r"[`']?\d{8,}")
_FEW = 2


class Part(StrEnum):
    """What a record is in its file."""

    ABOVE = "above"
    HEADER = "header"
    ROW = "row"
    BESIDE = "beside"


@dataclass(slots=True)
class Record:
    """The cells of one record; `raw` is the text as it stood, where nothing has changed it.

    `origins` are the places of the rows of the untouched file that it must read as. Where
    `glued`, the next record follows without the end of a line.
    """

    cells: list[str]
    part: Part = Part.BESIDE
    origins: tuple[Place, ...] = ()
    raw: str | None = None
    glued: bool = False

    def put(self, cells: Iterable[str]) -> None:
        """Other cells, to be written anew."""
        self.cells, self.raw = list(cells), None

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(bool(cell.strip()) for cell in self.cells)


@dataclass(slots=True)
class Column:
    """One column of a table: the heading, what its cells look like, and whether a reader needs it.

    `needed` is None where the reader does not tell.
    """

    at: int
    heading: str
    field: str
    shape: str
    needed: bool | None
    named: bool


@dataclass(slots=True)
class File:
    """One export as records, and how to write them.

    `refused` are the rows that were refused as they stood, `lost` the fields of an entry that may
    say less than before.
    """

    name: str
    sheets: dict[str, list[Record]]
    workbook: bool
    encoding: str = "utf-8"
    delimiter: str = ","
    end: str = "\n"
    quote_all: bool = False
    is_table: bool = True
    columns: list[Column] = field(default_factory=list)
    vocabulary: frozenset[str] = frozenset()
    refused: frozenset[Place] = frozenset()
    lost: frozenset[str] = frozenset()
    finish: Callable[[bytes], bytes] | None = None

    def copy(self) -> "File":
        """One to be changed."""
        return copy.deepcopy(self)

    @property
    def records(self) -> list[Record]:
        """The records of the sheet that holds most rows."""
        return max(self.sheets.values(), key=lambda each: sum(map(_is_row, each)))

    @property
    def rows(self) -> list[Record]:
        """The rows of that sheet."""
        return list(filter(_is_row, self.records))

    @property
    def good(self) -> list[Record]:
        """Those that were not refused."""
        return [each for each in self.rows if self.refused.isdisjoint(each.origins)]

    @property
    def header(self) -> Record | None:
        """Its first header."""
        return next((each for each in self.records if each.part is Part.HEADER), None)

    @property
    def width(self) -> int:
        """How many columns the table has."""
        return max((len(each.cells) for each in self.tabular()), default=0)

    def leave_refused(self) -> None:
        """Take out the rows that were refused: where their columns are nobody knows."""
        for records in self.sheets.values():
            records[:] = [each for each in records if self.refused.isdisjoint(each.origins)]

    def tabular(self) -> Iterator[Record]:
        """The records that have the columns of the table, in all sheets."""
        for records in self.sheets.values():
            width = 0
            for each in records:
                if each.part is Part.HEADER or each.part is Part.ROW:
                    width = max(width, len(each.cells))
                    yield each
                elif width and (each.filled > _FEW or len(each.cells) >= width):
                    yield each

    def write(self) -> tuple[bytes, dict[Place, tuple[Place, ...]]]:
        """The bytes, and for each line that holds rows which rows of the untouched file."""
        data, rows = self._book() if self.workbook else self._text()
        return (self.finish(data) if self.finish else data), rows

    def _text(self) -> tuple[bytes, dict[Place, tuple[Place, ...]]]:
        parts: list[str] = []
        rows: dict[Place, tuple[Place, ...]] = {}
        line = 1
        begun: tuple[Place, ...] = ()
        for each in self.records:
            text = each.raw if each.raw is not None else self._line(each.cells)
            begun += each.origins
            if begun:
                rows["", line] = begun
            if each.glued:
                parts.append(text)
                continue
            begun = ()
            text += self.end
            parts.append(text)
            line += len(re.findall("\r\n|\r|\n", text))
        return "".join(parts).encode(self.encoding, "replace"), rows

    def _line(self, cells: Sequence[str]) -> str:
        text = io.StringIO(newline="")
        writer = csv.writer(
            text,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_ALL if self.quote_all else csv.QUOTE_MINIMAL,
            lineterminator="",
        )
        writer.writerow(cells)
        # A single empty cell is written as quotes; no export has a line of two quotes.
        return "" if text.getvalue() == '""' else text.getvalue()

    def _book(self) -> tuple[bytes, dict[Place, tuple[Place, ...]]]:
        from xlsxwriter import Workbook

        file = io.BytesIO()
        rows: dict[Place, tuple[Place, ...]] = {}
        with Workbook(file, {"in_memory": True}) as book:
            for name, records in self.sheets.items():
                sheet = book.add_worksheet(name or None)
                for at, each in enumerate(records):
                    for place, cell in enumerate(each.cells):
                        sheet.write_string(at, place, cell)
                    if each.origins:
                        rows[name, at + 1] = each.origins
        return file.getvalue(), rows


def _is_row(record: Record) -> bool:
    return record.part is Part.ROW


def taken_apart(source: Source, places: Iterable[Place]) -> File:
    """The records of a file whose rows stand at these places."""
    wanted = set(places)
    if source.is_workbook:
        return _from_book(source, wanted)
    text = source.text.replace("\0", "")
    lines = [line for _sheet, line in wanted]
    delimiter = _delimiter(text, lines)
    records = _records(text, delimiter, wanted)
    crlf = text.count("\r\n")
    return File(
        name=source.name,
        sheets={"": records},
        workbook=False,
        encoding=source.encoding,
        delimiter=delimiter,
        end="\r\n" if crlf * 2 > text.count("\n") else "\n",
    )


def _from_book(source: Source, wanted: set[Place]) -> File:
    # Where one sheet holds the rows, their places name none.
    lines = {line for sheet, line in wanted if not sheet}
    sheets: dict[str, list[Record]] = {}
    full = {
        grid.name: sum(len(cells) > _FEW for number, cells in grid.rows if number in lines)
        for grid in source.grids
    }
    main = max(full, key=lambda name: full[name])
    for grid in source.grids:
        key = "" if lines and grid.name == main else grid.name
        sheets[grid.name] = [
            Record(
                list(cells),
                Part.ROW if (key, number) in wanted else Part.BESIDE,
                ((key, number),) if (key, number) in wanted else (),
            )
            for number, cells in grid.rows
        ]
    return File(name=source.name, sheets=sheets, workbook=True)


def _delimiter(text: str, lines: Sequence[int]) -> str:
    every = text.splitlines()
    counts: Counter[str] = Counter()
    for line in lines:
        if line <= len(every):
            counts.update(each for each in every[line - 1] if each in _DELIMITERS)
    return counts.most_common(1)[0][0] if counts else ","


def _records(text: str, delimiter: str, wanted: set[Place]) -> list[Record]:
    """The records by the rules of CSV; line by line where these lose sight of a row."""
    lines = list(io.StringIO(text, newline=""))
    if len(lines) == 1 and "\r" in text:
        lines = text.splitlines(keepends=True)
    whole: list[Record] = []
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    begins = 0
    try:
        for cells in reader:
            raw = "".join(lines[begins : reader.line_num])
            whole.append(_record(cells, begins + 1, raw, wanted))
            begins = reader.line_num
    except csv.Error:
        whole = []
    if {place for each in whole for place in each.origins} >= wanted:
        return whole
    return [
        _record(line.rstrip("\r\n").split(delimiter), at, line, wanted)
        for at, line in enumerate(lines, 1)
    ]


def _record(cells: list[str], line: int, raw: str, wanted: set[Place]) -> Record:
    is_row = ("", line) in wanted
    return Record(
        list(cells),
        Part.ROW if is_row else Part.BESIDE,
        (("", line),) if is_row else (),
        raw.rstrip("\r\n"),
    )


def shape_of(cells: Iterable[str]) -> str:
    """What a column holds: `date`, `amount`, `number`, `text`, or nothing that is one of these."""
    shapes = Counter(_shape(cell.strip()) for cell in cells if cell.strip())
    if not shapes:
        return ""
    shape, count = shapes.most_common(1)[0]
    return shape if count * 5 >= sum(shapes.values()) * 4 else ""


def _shape(cell: str) -> str:
    if _DATE.fullmatch(cell):
        return "date"
    if _AMOUNT.fullmatch(cell):
        return "amount"
    if _NUMBER.fullmatch(cell):
        return "number"
    return "text" if any(map(str.isalpha, cell)) else ""
