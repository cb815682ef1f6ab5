"""A grid: one table-like part of a file as lines of cells, whatever the file was.

The line is the physical line of a text file, or the row of a sheet, counted from 1.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from makewhole.errors import UnreadableFile
from makewhole.statements.values import heading, without_unit

Row = tuple[int, list[str]]


# A header deeper than this is not one: the longest preamble seen has 25 lines.
DEEPEST_HEADER = 300


class Headings(NamedTuple):
    """A line read as headings: each in the form in which they are compared, and without a unit."""

    exact: list[str]
    plain: list[str]
    words: frozenset[str]


class Grid:
    """One table-like part of a file: a CSV text, or one sheet of a workbook.

    Lines are taken from `rows` as they are asked for, so a file that nobody recognises by its
    first lines is never read in full.
    """

    def __init__(self, name: str, rows: Iterable[Row]) -> None:
        self.name = name
        self._coming = iter(rows)
        self._read: list[Row] = []
        self._problem: UnreadableFile | None = None

    @property
    def rows(self) -> list[Row]:
        """All lines. Raises `UnreadableFile` where they go beyond what a table can be."""
        self._take(None)
        if self._problem:
            raise self._problem
        return self._read

    @property
    def head(self) -> list[Row]:
        """The lines among which a header may stand, as far as they can be read."""
        missing = DEEPEST_HEADER - len(self._read)
        if missing > 0:
            self._take(missing)
        return self._read[:DEEPEST_HEADER]

    def _take(self, count: int | None) -> None:
        try:
            self._read.extend(islice(self._coming, count))
        except UnreadableFile as problem:
            self._problem = problem

    @cached_property
    def headings(self) -> list[Headings]:
        """The lines among which a header may stand, read as headings."""
        return [headings_in(cells) for _number, cells in self.head]


def headings_in(cells: list[str]) -> Headings:
    """The cells of a line read as headings."""
    exact = [heading(cell) for cell in cells]
    plain = [without_unit(each) for each in exact]
    return Headings(exact, plain, frozenset((*exact, *plain)))
