"""Pairs two sequences in time, one to one, in order, at least cost: the kernel of the matcher.

Money keeps its order: of two equal payments the earlier is booked first. So the best pairing of
equal amounts is an alignment of two sorted sequences. The cost of a delay is convex, which makes
the alignment as good as any assignment, order or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tempo:
    """How an account books: the usual delay, and the longest that still pairs, in days."""

    usual: float = 0.0
    longest: float = 5.0
    earliest: float = 0.0

    def cost(self, delay: float) -> float | None:
        """What a delay costs, or None where it is outside the window."""
        if not self.earliest <= delay <= self.longest:
            return None
        off = delay - self.usual
        # A row before its usual time is rarer than one after it: clocks and zones differ little.
        return off + 0.05 * off * off if off >= 0 else -3.0 * off

    @property
    def reward(self) -> float:
        """What a pair is worth: a little more than the costliest delay inside the window.

        Were it more, one missing row would shift a whole run of equal payments by a day.
        """
        late, early = self.longest - self.usual, self.usual - self.earliest
        return max(late + 0.05 * late * late, 3.0 * early) + 0.25


def align(ours: Sequence[float], theirs: Sequence[float], tempo: Tempo) -> list[tuple[int, int]]:
    """Index pairs of the best order-preserving pairing of two ascending sequences of days.

    Work and memory grow with the rows times the rows inside one window.
    """
    reward = tempo.reward
    low = high = 0
    before = [0.0]
    before_low = 0
    steps: list[tuple[int, list[int]]] = []
    for mine in ours:
        while low < len(theirs) and theirs[low] - mine < tempo.earliest:
            low += 1
        high = max(high, low)
        while high < len(theirs) and theirs[high] - mine <= tempo.longest:
            high += 1
        row, moves = _row(mine, theirs, low, high, before, before_low, tempo, reward)
        steps.append((low, moves))
        before, before_low = row, low
    return _walk_back(steps, before_low + len(before) - 1)


_SKIP_OURS, _SKIP_THEIRS, _PAIR = 0, 1, 2


def _row(  # noqa: PLR0913 - the state of one step of the recurrence
    mine: float,
    theirs: Sequence[float],
    low: int,
    high: int,
    before: list[float],
    before_low: int,
    tempo: Tempo,
    reward: float,
) -> tuple[list[float], list[int]]:
    """Best values for `theirs[:at]`, at in low..high, and the move that led to each."""
    last = len(before) - 1
    row: list[float] = []
    moves: list[int] = []
    for at in range(low, high + 1):
        best, move = before[min(at - before_low, last)], _SKIP_OURS
        if row and row[-1] > best:
            best, move = row[-1], _SKIP_THEIRS
        if at > low:
            cost = tempo.cost(theirs[at - 1] - mine)
            if cost is not None:
                paired = before[min(at - 1 - before_low, last)] + reward - cost
                if paired > best:
                    best, move = paired, _PAIR
        row.append(best)
        moves.append(move)
    return row, moves


def _walk_back(steps: list[tuple[int, list[int]]], at: int) -> list[tuple[int, int]]:
    pairs = []
    index = len(steps) - 1
    while index >= 0:
        low, moves = steps[index]
        at = min(at, low + len(moves) - 1)
        move = moves[at - low]
        if move == _SKIP_THEIRS:
            at -= 1
            continue
        if move == _PAIR:
            at -= 1
            pairs.append((index, at))
        index -= 1
    pairs.reverse()
    return pairs
