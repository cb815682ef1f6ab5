"""The columns of a table in a PDF: at ruling lines, or else in the gaps between cells.

A heading stands inside its column, so that columns part somewhere between two headings; all pages
on which a header stands in the same place are looked at together.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from makewhole.statements.pdf.headings import FEWEST_HEADINGS, Header
from makewhole.statements.pdf.page import (
    DATE,
    DIGIT,
    IDEOGRAPH,
    MONEY,
    THIN,
    Facts,
    Line,
    Word,
    joined_words,
    phrases,
)

_GLUED = re.compile(r"([-+]?\d[\d,]*\.\d{2})([-+]?\d[\d,]*\.\d{2})")


@dataclass
class Part:
    """The lines below a header on one page; `own` says that the header stands on this page."""

    facts: Facts
    lines: list[Line]
    header: Header
    own: bool


class Piece(NamedTuple):
    """The words of one line in one column."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass
class Columns:
    """Where columns part, which one dates a row, which hold money, how far each reaches.

    `firm` are the bounds that words may not cross: rules, and those where the cells of two
    columns touch in most rows.
    """

    bounds: list[float]
    firm: frozenset[float] = frozenset()
    dated: int = 0
    money: frozenset[int] = frozenset()
    reach: list[float] = field(default_factory=list)

    def split(self, line: Line) -> dict[int, Piece]:
        """The pieces of a line by column."""
        found: dict[int, list[Word]] = {}
        for word in line.words:
            for part in self._parted(word):
                found.setdefault(bisect_right(self.bounds, part.middle), []).append(part)
        return {at: _piece(words) for at, words in found.items()}

    def extend(self, cells: Mapping[int, Sequence[Piece]]) -> None:
        """Let the columns reach as far as the cells of a row do."""
        for at, pieces in cells.items():
            self.reach[at] = max(self.reach[at], *(piece.x1 for piece in pieces))

    def _parted(self, word: Word) -> Iterator[Word]:
        """The word, or two where figures of neighbouring columns touch."""
        for bound in self.bounds:
            at = _seam(word, bound, firm=bound in self.firm)
            if at:
                x = word.x0 + (word.x1 - word.x0) * _width(word.text[:at]) / _width(word.text)
                yield word._replace(text=word.text[:at], x1=min(x, bound))
                yield from self._parted(word._replace(text=word.text[at:], x0=max(x, bound)))
                return
        yield word


def columns_of(header: Header, parts: Sequence[Part]) -> Columns:
    """The columns of a table, from all pages on which its header stands in the same place."""
    lines = [line for part in parts for line in part.lines]
    bounds = _bounds(header, parts, lines)
    columns = Columns([x for x, _firm in bounds], frozenset(x for x, firm in bounds if firm))
    split = [columns.split(line) for line in lines]
    count = len(header.stacks)
    dates: Counter[int] = Counter()
    money: Counter[int] = Counter()
    seen: Counter[int] = Counter()
    columns.reach = [0.0] * count
    for pieces in split:
        for at, piece in pieces.items():
            dates[at] += bool(DATE.match(piece.text))
            if len(pieces) >= FEWEST_HEADINGS:
                seen[at] += 1
                money[at] += bool(MONEY.fullmatch(piece.text))
    most = max(dates.values(), default=0)
    columns.dated = min((at for at in dates if dates[at] >= 0.6 * most), default=0)
    columns.money = frozenset(at for at in seen if money[at] >= 0.5 * seen[at])
    return columns


def _bounds(
    header: Header, parts: Sequence[Part], lines: Sequence[Line]
) -> list[tuple[float, bool]]:
    middles = header.middles
    width = middles[-1] - middles[0]
    edges = [(min(w.x0 for w in stack), max(w.x1 for w in stack)) for stack in header.stacks]
    spans = [
        (phrase[0].x0, phrase[-1].x1)
        for line in lines
        for phrase in phrases(line.words)
        if phrase[-1].x1 - phrase[0].x0 < 0.5 * width
    ]
    rows = sum(1 for line in lines if len(line.words) >= FEWEST_HEADINGS)
    uprights = _uprights(parts)
    found = []
    for at, (low, high) in enumerate(pairwise(middles)):
        rules = [x for x in uprights if low < x < high]
        if len(rules) == 1:
            found.append((rules[0], True))
            continue
        # Headings stand inside their columns, whatever the cells below them do.
        depth, gap = _gap(spans, edges[at][1], edges[at + 1][0])
        if rules:
            found.append((min(rules, key=lambda x: abs(x - gap)), True))
        elif depth > 0.5 * rows:
            found.append((edges[at + 1][0], True))
        else:
            found.append((gap, False))
    return found


def _uprights(parts: Sequence[Part]) -> list[float]:
    """The places of vertical rules that run along most of the table on a page."""
    found: set[float] = set()
    for part in parts:
        if not part.lines:
            continue
        top, bottom = part.lines[0].y, part.lines[-1].y
        lengths: Counter[float] = Counter()
        for rule in part.facts.rules:
            if rule.x1 - rule.x0 <= THIN:
                along = min(rule.bottom, bottom) - max(rule.top, top)
                lengths[round((rule.x0 + rule.x1) / 2)] += max(along, 0.0)  # type: ignore[assignment]
        found.update(x for x, length in lengths.items() if length >= 0.5 * (bottom - top) > 0)
    return sorted(found)


def _gap(spans: Iterable[tuple[float, float]], low: float, high: float) -> tuple[int, float]:
    """The middle of the widest gap that fewest words cross, and how many do."""
    changes: Counter[float] = Counter()
    for x0, x1 in spans:
        if x1 > low and x0 < high:
            changes[max(x0, low)] += 1
            changes[min(x1, high)] -= 1
    depth = 0
    gaps = []
    if low >= high:
        return 0, (low + high) / 2
    for left, right in pairwise(sorted({low, high, *changes})):
        depth += changes[left]
        gaps.append((depth, left - right, (left + right) / 2))
    best = min(gaps, default=(0, 0.0, (low + high) / 2))
    return best[0], best[2]


def _piece(words: Sequence[Word]) -> Piece:
    return Piece(
        joined_words(words),
        words[0].x0,
        max(word.x1 for word in words),
        words[0].y,
        max(word.size for word in words),
    )


def _width(text: str) -> int:
    return sum(2 if IDEOGRAPH.match(letter) else 1 for letter in text)


def _seam(word: Word, bound: float, *, firm: bool) -> int:
    """Where in a word that crosses a bound one column ends: before a figure, near the bound."""
    if not word.x0 + 0.3 * word.size < bound < word.x1 - 0.3 * word.size:
        return 0
    glued = _GLUED.fullmatch(word.text)
    if glued:
        return glued.end(1)
    unit = (word.x1 - word.x0) / max(_width(word.text), 1)
    for at in range(1, len(word.text)):
        left, right = word.text[at - 1], word.text[at]
        turns = (DIGIT.match(left) is None) != (DIGIT.match(right) is None and right not in "+-")
        if turns and left not in "+-.,:/" and right not in ".,:/":
            x = word.x0 + unit * _width(word.text[:at])
            if abs(x - bound) < 1.6 * unit:
                return at
    if not firm:
        return 0
    ends = [word.x0 + unit * _width(word.text[:at]) for at in range(1, len(word.text))]
    nearest = min(ends, key=lambda x: abs(x - bound), default=0.0)
    return ends.index(nearest) + 1 if abs(nearest - bound) < unit else 0
