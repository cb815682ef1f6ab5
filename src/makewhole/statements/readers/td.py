"""TD: Canadian chequing and card exports without a header, and TD Bank in the USA with one.

Without a header a file is TD's if every row has a day, words, money out or in, and a balance, and
the balances follow from row to row: down by what goes out on an account, up on a card.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from makewhole.statements.reader import Draft
from makewhole.statements.source import Grid, Row, Source
from makewhole.statements.values import Refused, clean
from makewhole.statements.western_banks import Terms, bank, figure
from makewhole.statements.wrapped import Wrapped

_HEADER = ("Date", "Description", "Debit", "Credit", "Balance")
_DAY = re.compile(r"\d{2}/\d{2}/\d{4}|\d{4}-\d{2}-\d{2}")
_LEAST_LINKS = 0.5


class _Step(NamedTuple):
    change: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Headless(Wrapped):
    """A layout whose export is rows alone; `owing` says that its balance is money owed."""

    owing: bool

    def closeness(self, source: Source) -> float:
        """1.0 where all rows have the shape and their balances follow as this account's do."""
        return 1.0 if self._grid(source) else 0.0

    def read(self, source: Source) -> list[Draft]:
        """The drafts; the header that the export lacks is put above the rows."""
        grid = self._grid(source)
        if grid is None:
            return []
        headed = copy.copy(source)
        headed.grids = [Grid(grid.name, [(0, list(_HEADER)), *grid.rows])]
        return self.layout.read(headed)

    def _grid(self, source: Source) -> Grid | None:
        if len(source.grids) != 1:
            return None
        head = [row for row in source.grids[0].head if any(map(clean, row[1]))]
        if len(list(_steps(head))) < len(head):
            return None
        rows = [row for row in source.grids[0].rows if any(map(clean, row[1]))]
        steps = list(_steps(rows))
        if not rows or len(steps) < len(rows):
            return None
        return source.grids[0] if _owing(steps) is self.owing else None


def _steps(rows: list[Row]) -> Iterator[_Step]:
    """The rows that have the shape, as what they change and the balance after them."""
    for _number, cells in rows:
        if len(cells) != len(_HEADER) or not _DAY.fullmatch(clean(cells[0])) or not clean(cells[1]):
            continue
        try:
            out, came, balance = (figure(cell, comma=False) for cell in cells[2:])
        except Refused:
            continue
        if (out is None) != (came is None) and balance is not None:
            yield _Step((came or Decimal(0)) - (out or Decimal(0)), balance)


def _owing(steps: list[_Step]) -> bool | None:
    """Whether the balances are money owed; None where they follow neither way."""
    if len(steps) == 1:
        return False
    ways = {
        owing: max(
            sum(_follows(*pair, owing=owing) for pair in pairwise(run))
            for run in (steps, steps[::-1])
        )
        for owing in (False, True)
    }
    owing = ways[True] > ways[False]
    return owing if ways[owing] >= _LEAST_LINKS * (len(steps) - 1) else None


def _follows(earlier: _Step, later: _Step, *, owing: bool) -> bool:
    change = -later.change if owing else later.change
    return later.balance == earlier.balance + change


def _headless(name: str, *, owing: bool) -> Headless:
    layout = bank(
        "td",
        name,
        Terms(order="mdy", currency="CAD", owing=owing),
        columns={word.casefold(): (word,) for word in _HEADER},
    )
    return Headless(layout, owing)


READERS = (
    _headless("chequing", owing=False),
    _headless("credit", owing=True),
    bank(
        "td",
        "us",
        Terms(order="mdy", currency="USD", noted=("check",)),
        columns={
            "date": ("Date",),
            "routing": ("Bank RTN",),
            "account": ("Account Number",),
            "type": ("Transaction Type",),
            "description": ("Description",),
            "debit": ("Debit",),
            "credit": ("Credit",),
        },
        optional={
            "check": ("Check Number",),
            "balance": ("Account Running Balance", "Running Balance"),
        },
    ),
)
