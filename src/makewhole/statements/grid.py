"""A grid: one table-like part of a file as lines of cells, whatever the file was.

The line is the physical line of a text file, or the row of a sheet, counted from 1.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from makewhole.statements.values import heading, without_unit

Row = tuple[int, list[str]]


# A header deeper than this is not one: the longest preamble seen has 25 lines.
DEEPEST_HEADER = 300


class Headings(NamedTuple):
    """A line read as headings: each in the form in which they are compared, and without a unit."""

    exact: list[str]
    plain: list[str]
    words: frozenset[str]


@dataclass(frozen=True)
class Grid:
    """One table-like part of a file: a CSV text, or one sheet of a workbook."""

    name: str
    rows: list[Row]

    @cached_property
    def headings(self) -> list[Headings]:
        """The lines among which a header may stand, read as headings."""
        return [headings_in(cells) for _number, cells in self.rows[:DEEPEST_HEADER]]


def headings_in(cells: list[str]) -> Headings:
    """The cells of a line read as headings."""
    exact = [heading(cell) for cell in cells]
    plain = [without_unit(each) for each in exact]
    return Headings(exact, plain, frozenset((*exact, *plain)))
