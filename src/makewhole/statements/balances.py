"""Running balances: where they stop following from row to row, a row is missing or was changed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from makewhole.records import Text
from makewhole.statements.place import said_place


class Step(NamedTuple):
    """One row's line, what it changes the balance by, and the balance after it."""

    line: int
    change: Decimal
    balance: Decimal

    @property
    def before(self) -> Decimal:
        """The balance that the row starts from."""
        return self.balance - self.change


def broken_balance(steps: Iterable[Step], name: str = "") -> Iterator[Text]:
    """One warning where the balances of one account do not form a chain, naming where it breaks.

    The rows may run in either direction of time, and rows of one moment in any order: each balance
    has only to be the start of some other row. `name` says which account it is, where a file holds
    several.
    """
    # A row that changes nothing would prove itself.
    chain = _in_time([step for step in steps if step.change])
    ends = Counter(step.balance for step in chain)
    loose = []
    for at, step in enumerate(chain):
        if ends[step.before]:
            ends[step.before] -= 1
        else:
            loose.append(at)
    # A chain has one start, which no row leads to: the first row if the file is in order.
    breaks = loose[1:]
    if breaks:
        step, last = chain[breaks[0]], chain[breaks[0] - 1]
        where = said_place(step.line)
        of = Text(f" {name} 的", f" of {name}") if name else Text("", "")
        yield Text(
            f"{where.zh}起{of.zh}余额接不上：按前一笔应是 {last.balance + step.change:f}，"
            f"账单写的是 {step.balance:f}。可能缺了行，或有行被改过",
            f"from {where.en} on the balance{of.en} does not follow: after the row before it "
            f"should be {last.balance + step.change:f}, the export says {step.balance:f}. "
            "A row may be missing or may have been changed",
        )


def _in_time(steps: list[Step]) -> list[Step]:
    """The rows from the oldest on; their balances tell in which direction the file runs."""
    onward = sum(later.before == earlier.balance for earlier, later in pairwise(steps))
    backward = sum(later.balance == earlier.before for earlier, later in pairwise(steps))
    return steps[::-1] if backward > onward else steps
