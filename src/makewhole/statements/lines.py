"""The lines of a table: telling rows from notes, and handing each row over by its fields."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, repeat
from operator import itemgetter
from sys import intern
from typing import Any

from msgspec import NODEFAULT
from msgspec.structs import fields

from makewhole.records import Declared, Entry, Kind, Movement, Side
from makewhole.statements.grid import Block, Grid, Headings, Row, headings_in
from makewhole.statements.values import BLANKS, clean

_SEPARATOR = re.compile(r"^[-=—_*]{5,}")
_FOOTER = re.compile(r"^(?:\D{0,6}合计|总计|小计|共\s*\d+|total\b|sum\b|summe\b)", re.IGNORECASE)
_DATED = re.compile(r"\d{4}[-/.年]\d|\d{1,2}[-/.]\d{1,2}|\b\d{8}\b")
_ONLY_DATE = re.compile(
    r"\s*(?:\d{4}([-/.年]?)\d{1,2}([-/.月]?)\d{1,2}日?|\d{1,2}([-/.])\d{1,2}\3\d{2,4})"
    r"(\s+\d{1,2}:\d{2}(:\d{2})?)?\s*"
)
_MONTH_DAY = re.compile(r"\s*\d{1,2}[-/]\d{1,2}\s*")
_DIGIT = re.compile(r"\d")
# A line with this many cells or fewer, and no date, is a note and not a row.
_NOTE_CELLS = 2
# `2026-03-01`, and the same with a time to the minute or second.
_DAY_LENGTH = 10
_MOMENT_LENGTHS = {10, 16, 19}
# A column with fewer than one new word in so many rows repeats itself.
_FEW = 4
_PLAIN_MOMENTS = re.compile(r"(?:\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d(?:\n|$))+")
_COLON = {"", ":"}


@dataclass(slots=True)
class Around:
    """What holds for every row of one table: whose it is, and what the text around says.

    `context` is what the layout's `study` found out about the whole file. `asked` tells whether
    a row wanted to know the text around, all of which is known only at the end of the file.
    `beside` are the lines below the header that count as notes.
    """

    file: str
    sha256: str
    provider: str
    side: Side
    account: str = ""
    about: Declared = field(default_factory=Declared)
    notes: str = ""
    context: Any = None
    asked: bool = False
    beside: list[Row] = field(default_factory=list)


class Line(dict[str, str]):
    """One data row: `line["field"]` is the cleaned cell, empty where the export lacks the column.

    `cells` are the cells as they stand, `number` is the line in the file.
    """

    __slots__ = ("around", "cells", "columns", "number")

    number: int
    cells: list[str]
    columns: Mapping[str, int]
    around: Around

    def __missing__(self, name: str) -> str:
        return ""

    def has(self, name: str) -> bool:
        """Whether the export has this column at all."""
        return name in self.columns

    def unclaimed(self) -> Iterator[str]:
        """The filled cells of columns that the layout does not name."""
        claimed = set(self.columns.values())
        for at, cell in enumerate(self.cells):
            if at not in claimed and (text := clean(cell)):
                yield text

    @property
    def about(self) -> Declared:
        """What the export says of itself."""
        self.around.asked = True
        return self.around.about

    @property
    def notes(self) -> str:
        """All text outside the rows, a line each."""
        self.around.asked = True
        return self.around.notes

    @property
    def context(self) -> Any:
        """What the layout found out about the whole file before the first row was read."""
        return self.around.context

    def entry(  # noqa: PLR0913 - what a row may say
        self,
        *,
        occurred_on: date,
        amount: Decimal,
        currency: str,
        movement: Movement,
        kind: Kind,
        occurred_at: datetime | None = None,
        booked_on: date | None = None,
        account: str | None = None,
        card: str | None = None,
        direction_word: str = "",
        status_word: str = "",
        counterparty: str = "",
        description: str = "",
        reference: str = "",
        merchant_reference: str = "",
        funding: str = "",
        note: str = "",
        refunded: Decimal | None = None,
        fee: Decimal | None = None,
        original: Decimal | None = None,
        original_currency: str = "",
    ) -> Entry:
        """The row as an entry; file, line, provider, account and card are filled in."""
        around = self.around
        # By position: a struct takes a fifth of the time that way.
        return Entry(
            around.file,
            around.sha256,
            around.provider,
            around.side,
            around.account if account is None else account,
            self.number,
            occurred_on,
            amount,
            currency,
            movement,
            kind,
            occurred_at,
            booked_on,
            around.about.card if card is None else card,
            direction_word,
            status_word,
            counterparty,
            description,
            reference,
            merchant_reference,
            funding,
            note,
            refunded,
            fee,
            original,
            original_currency,
        )


class Lines:
    """Many data rows at once: `lines["field"]` is the list of their cleaned cells.

    A layout whose exports have rows by the million reads them column by column, in a fraction of
    the time; what it does for one row and for many is the same function.
    """

    __slots__ = ("_cells", "_count", "_numbers", "around")

    def __init__(
        self, cells: Mapping[str, list[str]], numbers: Sequence[int], around: Around
    ) -> None:
        self._cells = cells
        self._numbers = numbers
        self._count = len(numbers)
        self.around = around

    @classmethod
    def of(cls, line: Line) -> "Lines":
        """A single row."""
        return cls({name: [cell] for name, cell in line.items()}, [line.number], line.around)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, name: str) -> list[str]:
        return self._cells.get(name) or [""] * self._count

    def entries(self, *, currency: str, **columns: Sequence[Any]) -> list[Entry]:
        """The rows as entries; each column is a field of `Entry`."""
        around = self.around
        fixed = (around.file, around.sha256, around.provider, around.side, around.account)
        columns["card"] = columns.get("card") or [around.about.card] * self._count
        columns["line"], columns["currency"] = self._numbers, [currency] * self._count
        varied = [columns.get(name) or [default] * self._count for name, default in _VARIED.items()]
        return list(map(Entry, *map(repeat, fixed), *varied))


# The fields of an entry that differ from row to row, in their order, and what absence means.
_FIXED = ("file", "sha256", "provider", "side", "account")
_VARIED = {
    info.name: None if info.default is NODEFAULT else info.default
    for info in fields(Entry)
    if info.name not in _FIXED
}


@dataclass(frozen=True, slots=True)
class Table:
    """A grid in which the header was found.

    `columns` says where each field stands, `anchor` which of them holds the date of a row;
    `repeats` tells whether a line repeats the header;
    `varied` are the columns that were seen to say something new in most rows.
    """

    grid: Grid
    header: int
    headings: list[str]
    columns: dict[str, int]
    anchor: str
    repeats: Callable[[Headings], bool]
    varied: set[str] = field(default_factory=set)

    def above(self) -> list[str]:
        """The text above the header."""
        return [_text(cells) for _number, cells in self.grid.head[: self.header]]

    def blocks(self) -> Iterator[Block]:
        """The lines below the header, many at a time."""
        return self.grid.blocks(self.header + 1)

    def lines(self, around: Around, below: list[str]) -> Iterator[Line]:
        """The rows below the header that are, or try to be, transactions.

        What is none goes to `below`.
        """
        for block in self.blocks():
            yield from self.lines_in(block, around, below)

    def lines_in(self, block: Block, around: Around, below: list[str]) -> Iterator[Line]:
        """The same for the lines of one block."""
        names, places = tuple(self.columns), tuple(self.columns.values())
        pick, widest = itemgetter(*places), max(places) + 1
        below_header = self.grid.head[self.header][0] + 1
        for number, cells in block.numbered():
            if not self._is_row(cells, first=number == below_header):
                below.append(_text(cells))
                around.beside.append((number, cells))
                continue
            wide = cells if len(cells) >= widest else cells + [""] * (widest - len(cells))
            line = Line(zip(names, map(clean, pick(wide)), strict=True))
            line.number, line.cells = number, cells
            line.columns, line.around = self.columns, around
            yield line

    def together(self, block: Block, around: Around) -> Lines | None:
        """The lines of a block where all of them are rows of the usual shape, else None."""
        widths = set(map(len, block.rows))
        if len(widths) != 1 or widths.pop() <= max(self.columns.values()):
            return None
        cells = list(zip(*block.rows, strict=True))
        named = len(self.headings)
        while named and not self.headings[named - 1]:
            named -= 1
        if "".join(chain.from_iterable(cells[named:])).strip(BLANKS):
            return None
        tidy = str.strip if block.tidy else clean
        held = {name: self._tidied(name, cells[at], tidy) for name, at in self.columns.items()}
        return Lines(held, block.numbers, around) if _all_dated(held[self.anchor]) else None

    def _tidied(self, name: str, cells: Sequence[str], tidy: Callable[[str], str]) -> list[str]:
        """The cleaned cells of a column; what is said again and again is held once."""
        if name not in self.varied:
            distinct = set(cells)
            if len(distinct) * _FEW <= len(cells):
                said = {cell: intern(tidy(cell)) for cell in distinct}
                return list(map(said.__getitem__, cells))
            self.varied.add(name)
        return list(map(tidy, cells))

    def _is_row(self, cells: Sequence[str], *, first: bool) -> bool:
        at = self.columns[self.anchor]
        dated = cells[at] if at < len(cells) else ""
        # A date alone is what is left of a row; a date inside words may be a note's.
        if _ONLY_DATE.fullmatch(dated):
            return True
        filled = [text for cell in cells if (text := clean(cell))]
        fewest = 1 if _MONTH_DAY.fullmatch(dated) else _NOTE_CELLS
        if _DATED.search(dated) and len(filled) > fewest:
            return True
        if len(filled) <= _NOTE_CELLS or _SEPARATOR.match(filled[0]) or _FOOTER.match(filled[0]):
            return False
        # Some exports repeat the headings in English below the Chinese ones.
        if first and not any(_DIGIT.search(text) for text in filled):
            return False
        # Each section of a bill, each page of a list may repeat the headings.
        return not self.repeats(headings_in(list(cells)))


def _all_dated(dates: Sequence[str]) -> bool:
    """Whether every line is dated in the plainest way, so that none can be a note."""
    if _PLAIN_MOMENTS.fullmatch("\n".join(dates)):
        return True
    if not set(map(len, dates)) <= _MOMENT_LENGTHS or not {cell[13:14] for cell in dates} <= _COLON:
        return False
    return all(_ONLY_DATE.fullmatch(day) for day in {cell[:_DAY_LENGTH] for cell in dates})


def _text(cells: Sequence[str]) -> str:
    return " ".join(text for cell in cells if (text := clean(cell)))
