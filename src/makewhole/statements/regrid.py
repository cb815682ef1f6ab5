"""Exports whose rows stand on several lines, put together before they are read as a table."""

import copy
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from makewhole.statements.reader import Draft
from makewhole.statements.source import Grid, Source
from makewhole.statements.values import clean, heading
from makewhole.statements.wrapped import Wrapped

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Regridded(Wrapped):
    """A layout that reads the tables which `regrid` makes of a file; an empty list claims none."""

    regrid: Callable[[Source], Sequence[Grid]]

    def closeness(self, source: Source) -> float:
        """How close the tables come to the layout."""
        return self.layout.closeness(self._regridded(source))

    def read(self, source: Source) -> list[Draft]:
        """The drafts of the tables."""
        return self.layout.read(self._regridded(source))

    def _regridded(self, source: Source) -> Source:
        other = copy.copy(source)
        other.grids = list(self.regrid(source))
        return other


def header_of(grid: Grid, *words: Sequence[str]) -> tuple[int, list[int]] | None:
    """Where the line stands that has a heading of each kind, and in which column each stands."""
    wanted = [[heading(word) for word in kind] for kind in words]
    for at, line in enumerate(grid.headings):
        if all(any(word in line.words for word in kind) for kind in wanted):
            places = [_place(line.exact, line.plain, kind) for kind in wanted]
            return at, places
    return None


def _place(exact: list[str], plain: list[str], kind: list[str]) -> int:
    return next(there.index(word) for there in (exact, plain) for word in kind if word in there)


def cell(cells: Sequence[str], at: int) -> str:
    """The cleaned cell at a place, empty where the row is shorter."""
    return clean(cells[at]) if at < len(cells) else ""


def as_note(cells: Sequence[str]) -> list[str]:
    """A row that is no transaction, as one cell, in which form it counts as text around rows."""
    return [" ".join(text for each in cells if (text := clean(each)))]


def printed_lines(source: Source, *headings: Sequence[str]) -> list[tuple[int, str]]:
    """The lines of a file as a person reads them, a row of cells as one line.

    A text is taken as it stands, unless it has a line with these headings, each in a cell.
    """
    table = headings and any(header_of(grid, *headings) for grid in source.grids)
    if source.text and not table:
        return list(enumerate(_LINE_END.split(source.text), 1))
    return [line for grid in source.grids for line in _lines_of(grid)]


def _lines_of(grid: Grid) -> Iterator[tuple[int, str]]:
    for number, cells in grid.rows:
        yield number, " ".join(part for each in cells for part in each.split())
