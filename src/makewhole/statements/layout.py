"""A table-like export declared by its columns: finding the header, telling rows from notes.

A layout names each field it needs and the headings under which exports have shown it. The header
is found by these names wherever it stands; preamble and footer may grow, shrink or change places.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from msgspec import structs

from makewhole.records import Declared, Entry, Refusal, Side, Text
from makewhole.statements.damage import lost_seconds, rounded_numbers
from makewhole.statements.grid import Row
from makewhole.statements.lines import Around, Line, Lines, Table
from makewhole.statements.misfits import Look
from makewhole.statements.place import said_place
from makewhole.statements.reader import Draft, disagreements, sums
from makewhole.statements.shifts import Shifts
from makewhole.statements.source import Headings, Source
from makewhole.statements.values import Refused, clean, heading, tail

__all__ = ["Layout", "Line", "Lines", "account_name", "alone", "own_card"]

_SHORT_TEXT = 300
# So many times tell whether a file states seconds.
_TIMES_PROBED = 1000


@dataclass(slots=True)
class _Read:
    """What became of the rows of one table."""

    look: Look
    rows: int = 0
    entries: list[Entry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    doubts: list[Text] = field(default_factory=list)


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
    (False). `clock` is the field with the time of day where the anchor has none. `rows` reads many
    lines at once, for exports that have rows by the million; `row` is then `alone(rows)`.
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
    clock: str = ""
    workbook: bool | None = None
    rows: Callable[[Lines], list[Entry]] | None = None

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

    def _tables(self, source: Source) -> Iterator[Table]:
        for grid in source.grids:
            for at, line in enumerate(grid.headings):
                if len(line.words & self._vocabulary) and self._share(line) == 1.0:
                    columns = self._places(line)
                    repeats = self._repeats(columns)
                    yield Table(grid, at, line.exact, columns, self.anchor, repeats)
                    break

    def _repeats(self, columns: dict[str, int]) -> Callable[[Headings], bool]:
        def repeats(line: Headings) -> bool:
            if len(line.words & self._vocabulary) < len(self.columns):
                return False
            return self._share(line) == 1.0 and self._places(line) == columns

        return repeats

    def _places(self, line: Headings) -> dict[str, int]:
        found = {name: _place(words, line) for name, words in self._wanted.items()}
        return {name: at for name, at in found.items() if at is not None}

    def _fits(self, table: Table) -> bool:
        """Whether a mark stands outside the rows: most stand above them, so the rest waits."""
        if not self.marks:
            return True
        above = "\n".join([*table.above(), table.grid.name])
        return any(re.search(mark, above) for mark in self.marks) or any(
            re.search(mark, self._outside(table, self._below(table))) for mark in self.marks
        )

    def _below(self, table: Table) -> list[str]:
        below: list[str] = []
        for _line in table.lines(Around("", "", "", self.side), below):
            pass
        return below

    def _outside(self, table: Table, below: Sequence[str]) -> str:
        """All text outside the rows, the name of the sheet included."""
        return "\n".join([*table.above(), *below, table.grid.name])

    def read(self, source: Source) -> list[Draft]:
        """The draft of each sheet or text that holds this layout; repeated sheets are left out."""
        tables = [table for table in self._tables(source) if self._fits(table)]
        drafts = {table.grid.name: self._draft(source, table) for table in tables}
        kept = _without_repeats(drafts) if len(drafts) > 1 else drafts
        if len(kept) <= 1:
            return list(kept.values())
        return [_renamed(draft, f"{draft.file}#{sheet}") for sheet, draft in kept.items()]

    def _draft(self, source: Source, table: Table) -> Draft:
        around = Around(source.name, source.sha256, self.provider, self.side)
        read = self._read_as_it_comes(around, table) or self._read_whole(around, table, source)
        computed = sums(map(self.counted, read.entries))
        return Draft(
            file=source.name,
            sha256=source.sha256,
            provider=self.provider,
            layout=self.name,
            side=self.side,
            encoding=source.encoding,
            entries=read.entries,
            refused=read.refused,
            declared=around.about,
            computed=computed,
            warnings=[
                *disagreements(around.about, computed, read.rows),
                *rounded_numbers(read.entries),
                *(lost_seconds(read.times) if self.to_the_second else ()),
                *([] if read.rows else _none_read(around.beside)),
                *read.look.doubts(around.beside),
                *read.doubts,
            ],
        )

    def _inform(self, around: Around, notes: str) -> None:
        around.notes = notes
        around.about = about = self._facts(notes)
        around.account = account_name(self.provider, about.account or about.card)
        around.asked = False

    def _facts(self, notes: str) -> Declared:
        """What stands around the rows; a figure there that is none does not stop the rows."""
        try:
            return self.about(notes)
        except Refused:
            return Declared()

    def _doubts(self, lines: Sequence[Line]) -> Iterator[Text]:
        with suppress(Refused):
            yield from self.doubts(lines)

    def _read_as_it_comes(self, around: Around, table: Table) -> _Read | None:
        """The rows read one after the other, or None where they must be seen together first.

        That is so where the layout studies them, where a row is longer than the header, and where
        the text below the rows changes what is known of them.
        """
        if self.study or self.doubts is not _no_doubts:
            return None
        below: list[str] = []
        self._inform(around, self._outside(table, below))
        shifts = Shifts(table.headings, self.beyond)
        read = _Read(Look(table))
        for block in table.blocks():
            if self.rows and self._read_block(table.together(block, around), read):
                read.look.take(block.numbers, block.rows)
                continue
            for line in table.lines_in(block, around, below):
                if shifts.is_longer(line.cells):
                    return None
                self._read_line(line, read)
        if below:
            asked, account, card = around.asked, around.account, around.about.card
            self._inform(around, self._outside(table, below))
            if asked or account != around.account or card != around.about.card:
                return None
        return read

    def _read_block(self, lines: Lines | None, read: _Read) -> bool:
        """Whether all rows of a block could be read at once."""
        if not lines or not self.rows:
            return False
        try:
            read.entries.extend(self.rows(lines))
        except Refused:
            return False
        read.rows += len(lines)
        read.times.extend(lines[self.clock or self.anchor][: _TIMES_PROBED - len(read.times)])
        return True

    def _read_whole(self, around: Around, table: Table, source: Source) -> _Read:
        below: list[str] = []
        around.beside.clear()
        lines = list(table.lines(around, below))
        self._inform(around, self._outside(table, below))
        around.context = self.study(lines, source.dates) if self.study else None
        shifted = Shifts(table.headings, self.beyond).among(lines)
        read = _Read(Look(table))
        for at, line in enumerate(lines):
            self._read_line(line, read, shifted.get(at))
        read.doubts.extend(self._doubts(lines))
        return read

    def _read_line(self, line: Line, read: _Read, shifted: Refused | None = None) -> None:
        read.rows += 1
        if len(read.times) < _TIMES_PROBED:
            read.times.append(line[self.clock or self.anchor])
        try:
            if shifted:
                raise shifted
            read.entries.append(self.row(line))
            read.look.take_one(line.number, line.cells, read=True)
        except Refused as problem:
            read.refused.append(Refusal(line.number, problem.reason, _short(line.cells)))
            read.look.take_one(line.number, line.cells, read=False)


def _none_read(beside: Sequence[Row]) -> Iterator[Text]:
    """A warning where a header is followed by lines, but by no row."""
    odd = [number for number, cells in beside if any(map(str.isdigit, "".join(cells)))]
    if odd:
        where = said_place(odd[0])
        yield Text(
            f"表头下面没有读到交易；从{where.zh}起有 {len(odd)} 行含数字的内容没有算作交易，请核对",
            f"no transaction was found below the header; {len(odd)} lines with figures, from "
            f"{where.en} on, do not count as transactions. Please check",
        )


def alone(rows: Callable[[Lines], list[Entry]]) -> Callable[[Line], Entry]:
    """What reads many lines at once, for a single one."""

    def row(line: Line) -> Entry:
        return rows(Lines.of(line))[0]

    return row


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
    entries = [structs.replace(entry, file=file) for entry in draft.entries]
    return replace(draft, file=file, entries=entries)


def _likeness(entry: Entry) -> tuple[str, date, object, Decimal]:
    return entry.reference, entry.occurred_on, entry.occurred_at, entry.amount


def own_card(text: str) -> str:
    """The tail of the account number that a preamble states, or the empty string."""
    found = re.search(r"(?:卡\s*号|账\s*号|账户|帐号)[^:：\n]{0,12}[:：]\s*([\dxX*＊ ]{4,})", text)
    return tail(found[1]) if found else ""
