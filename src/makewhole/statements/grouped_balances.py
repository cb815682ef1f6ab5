"""Running balances where all rows of one transaction may show the balance after its last row."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from makewhole.records import Text
from makewhole.statements.balances import Step, broken_balance


class Part(NamedTuple):
    """One row: its line, what it moved, the balance beside it, and the number it shares."""

    line: int
    change: Decimal
    balance: Decimal | None
    number: str = ""


def broken_groups(parts: Iterable[Part]) -> Iterator[Text]:
    """One warning where the balances do not follow, neighbours with one number taken as one row.

    The last balance of a group is the last or the first in the file, as its rows run; the reading
    that fits counts. A group without a balance is counted to the next.
    """
    groups = _groups(parts)
    onward = list(broken_balance(_steps(groups)))
    backward = list(broken_balance(_steps([group[::-1] for group in reversed(groups)])))
    if onward and backward:
        yield from onward


def _groups(parts: Iterable[Part]) -> list[list[Part]]:
    named = groupby(enumerate(parts), key=lambda pair: pair[1].number or pair[0])
    return [[part for _at, part in pairs] for _key, pairs in named]


def _steps(groups: Iterable[Sequence[Part]]) -> Iterator[Step]:
    open_change = Decimal(0)
    for group in groups:
        open_change += sum((part.change for part in group), Decimal(0))
        stated = [part.balance for part in group if part.balance is not None]
        if stated:
            yield Step(min(part.line for part in group), open_change, stated[-1])
            open_change = Decimal(0)
