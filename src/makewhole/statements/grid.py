"""A grid: one table-like part of a file as lines of cells, whatever the file was.

The line is the physical line of a text file, or the row of a sheet, counted from 1.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import islice
from typing import NamedTuple, Protocol, runtime_checkable

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


class Block(NamedTuple):
    """Consecutive lines of a grid: their numbers, and the cells of each.

    `tidy` says that no cell holds a quote or an invisible sign, so that blanks are all to strip.
    """

    numbers: Sequence[int]
    rows: list[list[str]]
    tidy: bool

    def numbered(self) -> Iterable[Row]:
        """The lines with their numbers."""
        return zip(self.numbers, self.rows, strict=True)


@runtime_checkable
class Blocks(Protocol):
    """Lines that can be had many at a time."""

    def __iter__(self) -> Iterator[Row]: ...

    def blocks(self) -> Iterator[Block]:
        """The lines from the first on, many at a time."""


class _Kept:
    """Lines that come once, kept as they are asked for; a problem met is met again."""

    def __init__(self, coming: Iterator[Row]) -> None:
        self._coming = coming
        self._read: list[Row] = []
        self._problem: UnreadableFile | None = None

    def __iter__(self) -> Iterator[Row]:
        at = 0
        while at < len(self._read) or self._more():
            yield self._read[at]
            at += 1
        if self._problem:
            raise self._problem

    def _more(self) -> bool:
        try:
            self._read.append(next(self._coming))
        except StopIteration:
            return False
        except UnreadableFile as problem:
            self._problem = problem
            return False
        return True


class Grid:
    """One table-like part of a file: a CSV text, or one sheet of a workbook.

    The lines are gone through as often as needed and need not be held; going through them raises
    `UnreadableFile` where they go beyond what a table can be.
    """

    def __init__(self, name: str, rows: Iterable[Row]) -> None:
        self.name = name
        self._rows = _Kept(rows) if isinstance(rows, Iterator) else rows

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @property
    def rows(self) -> list[Row]:
        """All lines at once."""
        return self._rows if isinstance(self._rows, list) else list(self)

    def blocks(self, skipped: int) -> Iterator[Block]:
        """The lines after the first `skipped`, many at a time."""
        if not isinstance(self._rows, Blocks):
            for number, cells in islice(self, skipped, None):
                yield Block([number], [cells], tidy=False)
            return
        for block in self._rows.blocks():
            if skipped < len(block.rows):
                yield Block(block.numbers[skipped:], block.rows[skipped:], block.tidy)
            skipped = max(skipped - len(block.rows), 0)

    @cached_property
    def head(self) -> list[Row]:
        """The lines among which a header may stand, as far as they can be read."""
        taken: list[Row] = []
        with suppress(UnreadableFile):
            taken.extend(islice(self, DEEPEST_HEADER))
        return taken

    @cached_property
    def headings(self) -> list[Headings]:
        """The lines among which a header may stand, read as headings."""
        return [headings_in(cells) for _number, cells in self.head]


def headings_in(cells: list[str]) -> Headings:
    """The cells of a line read as headings."""
    exact = [heading(cell) for cell in cells]
    plain = [without_unit(each) for each in exact]
    return Headings(exact, plain, frozenset((*exact, *plain)))
