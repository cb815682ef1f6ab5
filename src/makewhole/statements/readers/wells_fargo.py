"""Wells Fargo: the account export of five columns without a header, in US dollars.

Such a file is known by the star that each row has in its third column.
"""

import copy
import re
from dataclasses import dataclass

from makewhole.records import Side
from makewhole.statements.reader import Draft
from makewhole.statements.source import Grid, Source
from makewhole.statements.values import clean
from makewhole.statements.western_banks import Terms, bank
from makewhole.statements.wrapped import Wrapped

_HEADER = ("Date", "Amount", "Star", "Check", "Description")
_DAY = re.compile(r"\d{2}/\d{2}/\d{4}")


@dataclass(frozen=True, slots=True)
class _Headless(Wrapped):
    provider = "wellsfargo"
    name = "account"
    side = Side.BANK

    def closeness(self, source: Source) -> float:
        """1.0 where every row begins with a day and an amount, and has the star."""
        head = [
            cells for grid in source.grids for _at, cells in grid.head if any(map(clean, cells))
        ]
        if not head or not all(map(_shaped, head)):
            return 0.0
        rows = (cells for grid in source.grids for _at, cells in grid if any(map(clean, cells)))
        return 1.0 if all(map(_shaped, rows)) else 0.0

    def read(self, source: Source) -> list[Draft]:
        """The drafts; the header that the export lacks is put above the rows."""
        headed = copy.copy(source)
        headed.grids = [Grid(grid.name, [(0, list(_HEADER)), *grid.rows]) for grid in source.grids]
        return self.layout.read(headed)


def _shaped(cells: list[str]) -> bool:
    return (
        len(cells) == len(_HEADER)
        and bool(_DAY.fullmatch(clean(cells[0])))
        and clean(cells[2]) == "*"
        and bool(clean(cells[4]))
    )


READERS = (
    _Headless(
        bank(
            "wellsfargo",
            "account",
            Terms(order="mdy", currency="USD", noted=("check",)),
            columns={word.casefold(): (word,) for word in _HEADER},
        )
    ),
)
