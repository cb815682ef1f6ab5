"""Headings that carry the currency: `Paid Out (EUR)` is read as `Paid Out` beside a currency."""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from makewhole.statements.currency import known_currency
from makewhole.statements.reader import Draft
from makewhole.statements.source import Grid, Row, Source
from makewhole.statements.values import clean
from makewhole.statements.wrapped import Wrapped

_NAMED = re.compile(r"(.*\S)\s*\(([A-Z]{3})\)")
_DEEPEST_HEADER = 60
_NOTE_CELLS = 2


@dataclass(frozen=True, slots=True)
class CurrencyInHeading(Wrapped):
    """A layout that finds its currency in a column `Currency`, for files that name it above.

    The layout's headings are without the currency. All headings of a file must name the same one.
    """

    def closeness(self, source: Source) -> float:
        """How much of what identifies the layout the file has, with its currency set apart."""
        return max(self.layout.closeness(_apart(source)), _less(self.layout.closeness(source)))

    def read(self, source: Source) -> list[Draft]:
        """The drafts, each row with the currency that its heading names."""
        return self.layout.read(_apart(source))


def _less(close: float) -> float:
    return min(close, 0.99)


def _apart(source: Source) -> Source:
    """The file with a first column `Currency`; the file itself where no heading names one."""
    grids = [_told(grid) for grid in source.grids]
    if all(told is grid for told, grid in zip(grids, source.grids, strict=True)):
        return source
    told = copy.copy(source)
    told.grids = grids
    return told


def _told(grid: Grid) -> Grid:
    for at, (_number, cells) in enumerate(grid.head[:_DEEPEST_HEADER]):
        named = [_NAMED.fullmatch(clean(cell)) for cell in cells]
        codes = {found[2] for found in named if found and known_currency(found[2])}
        if len(codes) == 1:
            return Grid(grid.name, list(_rows(grid, at, codes.pop())))
    return grid


def _rows(grid: Grid, header: int, code: str) -> Iterator[Row]:
    for at, (number, cells) in enumerate(grid.rows):
        if at == header:
            yield number, ["Currency", *(_without(cell, code) for cell in cells)]
        else:
            is_row = at > header and sum(bool(clean(cell)) for cell in cells) > _NOTE_CELLS
            yield number, [code if is_row else "", *cells]


def _without(cell: str, code: str) -> str:
    return cell.replace(f"({code})", "")
