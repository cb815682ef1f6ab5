"""Makewhole's own tables, as `makewhole read --csv` and `--xlsx` write them.

A row keeps the file and line that it had; its id comes out as it was. The tables have a draft
for each provider and side, for rows that look alike must stay together to be counted.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from makewhole.records import Entry, Refusal, Side
from makewhole.statements.delimited import records
from makewhole.statements.grid import Row
from makewhole.statements.own_tables import NEEDED, entry_in
from makewhole.statements.reader import Draft, sums
from makewhole.statements.source import Source
from makewhole.statements.values import Refused

_MARK = frozenset(("id", "sha256", *NEEDED))
_LONGEST_HEADER = 4000
_SHORT_TEXT = 300

Whose = tuple[str, Side]


@dataclass(frozen=True, kw_only=True)
class OwnTable:
    """The reader of one of the two forms."""

    name: str
    workbook: bool
    provider: str = "makewhole"

    def closeness(self, source: Source) -> float:
        """1.0 where a header has the columns that such a table needs."""
        if source.is_workbook is not self.workbook:
            return 0.0
        return float(any(set(header) >= _MARK for header in self._headers(source)))

    def _headers(self, source: Source) -> Iterator[Sequence[str]]:
        if self.workbook:
            yield from (grid.head[0][1] for grid in source.grids if grid.head)
        else:
            yield _first_line(source.head)[1]

    def _rows(self, source: Source) -> Iterable[Row]:
        if self.workbook:
            grids = (grid for grid in source.grids if grid.head and set(grid.head[0][1]) >= _MARK)
            return next(grids).rows
        return records(source.name, source.text, _first_line(source.head)[0])

    def read(self, source: Source) -> list[Draft]:
        """A draft for each provider and side in the table."""
        rows = iter(self._rows(source))
        header = next(rows)[1]
        entries: dict[Whose, list[Entry]] = defaultdict(list)
        refused: list[Refusal] = []
        for line, cells in rows:
            if not any(cells):
                continue
            try:
                entry = entry_in(dict(zip(header, cells, strict=False)))
            except Refused as problem:
                text = " ".join(filter(None, cells))[:_SHORT_TEXT]
                refused.append(Refusal(line, problem.reason, text))
            else:
                entries[entry.provider, entry.side].append(entry)
        return self._drafts(source, entries, refused)

    def _drafts(
        self, source: Source, entries: dict[Whose, list[Entry]], refused: list[Refusal]
    ) -> list[Draft]:
        drafts: list[Draft] = []
        for provider, side in entries or {(self.provider, Side.WALLET): []}:
            of_these = entries.get((provider, side), [])
            several = len(entries) > 1
            drafts.append(
                Draft(
                    file=f"{source.name}#{provider}-{side}" if several else source.name,
                    sha256=source.sha256,
                    provider=provider,
                    layout=self.name,
                    side=side,
                    encoding=source.encoding,
                    entries=_in_turn(of_these),
                    refused=refused if not drafts else [],
                    computed=sums(_worded(of_these)),
                )
            )
        return drafts


def _first_line(text: str) -> tuple[str, list[str]]:
    """The separator and the cells of the first line."""
    line = (text[:_LONGEST_HEADER].lstrip("\ufeff").splitlines() or [""])[0]
    separator = max(",;\t", key=line.count)
    try:
        return separator, next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return separator, []


def _worded(entries: Iterable[Entry]) -> Iterator[tuple[str, Decimal]]:
    return ((each.direction_word, each.amount) for each in entries if each.direction_word)


def _in_turn(entries: Sequence[Entry]) -> list[Entry]:
    """The rows as they were before those that look alike were counted."""
    counted = sorted(entries, key=lambda entry: entry.occurrence)
    return [replace(entry, occurrence=0) for entry in counted]


READERS = (OwnTable(name="csv", workbook=False), OwnTable(name="xlsx", workbook=True))
