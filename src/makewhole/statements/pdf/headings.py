"""The header of a table in a PDF, found by its words wherever it stands.

Headings may be broken into lines, and stand there in two languages, one below the other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from makewhole.statements.pdf.page import (
    IDEOGRAPH,
    LEADING,
    Cells,
    Line,
    Rule,
    Word,
    joined_words,
    phrases,
)
from makewhole.statements.values import heading, without_unit

MOST_COLUMNS = 40
FEWEST_HEADINGS = 3
_LONGEST_HEADING = 6
_FEWEST_IN_LINE = 2
_DEEPEST_BLOCK = 6
_COLUMN = 0.75
_LETTER_SPACED = 1.6


@dataclass
class Header:
    """The headings of a table on one page, and the lines they take up."""

    first: int
    last: int
    line: int
    stacks: list[list[Word]]
    rows: list[list[str]]

    @property
    def middles(self) -> list[float]:
        """Where each heading's middle stands."""
        return [
            (min(word.x0 for word in stack) + max(word.x1 for word in stack)) / 2
            for stack in self.stacks
        ]


def headers(
    lines: Sequence[Line], rules: Sequence[Rule], vocabulary: frozenset[str]
) -> Iterator[Header]:
    """Every header among the lines, from top to bottom."""
    at = 0
    while (header := _header(lines, at, rules, vocabulary)) is not None:
        yield header
        at = header.last + 1


def _header(
    lines: Sequence[Line], start: int, rules: Sequence[Rule], vocabulary: frozenset[str]
) -> Header | None:
    """The first header at or after a line."""
    for at in range(start, len(lines)):
        if len(_known_in(lines[at], vocabulary)) < _FEWEST_IN_LINE:
            continue
        # Headings in two languages, or broken into lines: most stand whole on one of the lines.
        near = range(at, min(at + _DEEPEST_BLOCK, len(lines)))
        main = max(near, key=lambda line: len(_known_in(lines[line], vocabulary)))
        for line in dict.fromkeys((main, at)):
            header = _header_at(lines, line, start, rules, vocabulary)
            if header and header.first <= at:
                return header
    return None


def _known_in(line: Line, vocabulary: frozenset[str]) -> list[list[Word]]:
    """The known headings of a line in which at least every second word is one."""
    hits = _hits(line, vocabulary)
    if hits:
        hits = _hits(_parted(line, vocabulary), vocabulary)
    names = len(list(phrases(line.words, _COLUMN)))
    return hits if names / 2 <= len(hits) <= MOST_COLUMNS else []


def _header_at(
    lines: Sequence[Line],
    at: int,
    start: int,
    rules: Sequence[Rule],
    vocabulary: frozenset[str],
) -> Header | None:
    hits = _known_in(lines[at], vocabulary)
    first, last = _block(lines, at, start, rules, hits)
    main = _parted(lines[at], vocabulary)
    block = [main if line is lines[at] else line for line in lines[first : last + 1]]
    stacks = _stacks(block, main, hits)
    rows = _heading_rows(stacks, vocabulary)
    known = max(sum(_known(cell, vocabulary) for cell in row) for row in rows)
    if max(FEWEST_HEADINGS, len(stacks) / 2) <= known and len(stacks) <= MOST_COLUMNS:
        return Header(first, last, lines[first].number, stacks, rows)
    return None


def _block(
    lines: Sequence[Line],
    at: int,
    start: int,
    rules: Sequence[Rule],
    hits: Sequence[Sequence[Word]],
) -> tuple[int, int]:
    """The lines that the headings take up: those near by that may be parts of headings."""
    first = last = at
    width = lines[at].words[-1].x1 - lines[at].words[0].x0
    while first > start and _belongs(lines[first - 1], lines[first], rules, width, hits):
        first -= 1
    while last + 1 < len(lines) and _belongs(lines[last + 1], lines[last], rules, width, hits):
        last += 1
    return first, last


def _belongs(
    line: Line,
    beside: Line,
    rules: Sequence[Rule],
    width: float,
    hits: Sequence[Sequence[Word]],
) -> bool:
    if abs(line.y - beside.y) > LEADING * min(line.size, beside.size):
        return False
    if line.size > 1.4 * beside.size or re.search(r"[\d:：]", line.text):
        return False
    low, high = sorted((line.y, beside.y))
    between = (
        rule.x1 - rule.x0 > 0.6 * width
        and low - 0.1 * line.size < rule.top < high - 0.5 * line.size
        for rule in rules
    )
    if any(between):
        return False
    return not any(
        sum(_overlap(phrase, hit) > 0 for hit in hits) > 1 for phrase in phrases(line.words)
    )


def _overlap(one: Sequence[Word], other: Sequence[Word]) -> float:
    return min(one[-1].x1, other[-1].x1) - max(one[0].x0, other[0].x0)


def _stacks(lines: Sequence[Line], main: Line, hits: Sequence[list[Word]]) -> list[list[Word]]:
    """The words of each heading: known ones whole, others by nearness, one below another."""
    stacks = [list(hit) for hit in hits]
    known = {word for hit in hits for word in hit}
    rest: list[Word] = []
    for word in main.words:
        if word in known:
            stacks.extend(phrases(rest))
            rest = []
        else:
            rest.append(word)
    stacks.extend(phrases(rest))
    seeds = [list(stack) for stack in stacks]
    for line in lines:
        for phrase in phrases(line.words) if line is not main else ():
            over = [_overlap(_by_place(seed), phrase) for seed in seeds]
            parts = [phrase] if sum(width > 0 for width in over) <= 1 else [[w] for w in phrase]
            for part in parts:
                _stack(stacks, seeds, part)
    return sorted(stacks, key=lambda stack: min(word.x0 for word in stack))


def _stack(stacks: list[list[Word]], seeds: list[list[Word]], part: list[Word]) -> None:
    """Put a part of a heading above or below the one it overlaps most, or by itself."""
    widths = [_overlap(_by_place(seed), part) for seed in seeds]
    best = max(range(len(seeds)), key=widths.__getitem__)
    if widths[best] > 0:
        stacks[best].extend(part)
    else:
        stacks.append(list(part))
        seeds.append(list(part))


def _by_place(words: Sequence[Word]) -> list[Word]:
    """The leftmost and the rightmost of the words."""
    return [min(words, key=lambda word: word.x0), max(words, key=lambda word: word.x1)]


def _heading_rows(stacks: Sequence[Sequence[Word]], vocabulary: frozenset[str]) -> list[Cells]:
    """The headings as rows of cells: where each stands in two languages, a row for each."""
    by_line = [_stack_lines(stack) for stack in stacks]
    chinese = [[text for text in lines if IDEOGRAPH.search(text)] for lines in by_line]
    other = [[text for text in lines if not IDEOGRAPH.search(text)] for lines in by_line]
    twofold = sum(1 for one, two in zip(chinese, other, strict=True) if one and two)
    if twofold * 2 >= len(stacks):
        return [
            [_best(lines, vocabulary) for lines in chinese],
            [_best(lines, vocabulary) for lines in other],
        ]
    return [[_best(lines, vocabulary) for lines in by_line]]


def _stack_lines(stack: Sequence[Word]) -> list[str]:
    found: dict[float, list[Word]] = {}
    for word in sorted(stack, key=lambda each: (each.y, each.x0)):
        found.setdefault(word.y, []).append(word)
    return [joined_words(line) for line in found.values()]


def _best(lines: Sequence[str], vocabulary: frozenset[str]) -> str:
    """The longest known heading that lines next to each other make, or all of them."""
    for length in range(len(lines), 0, -1):
        for at in range(len(lines) - length + 1):
            text = " ".join(lines[at : at + length])
            if _known(text, vocabulary):
                return text
    return " ".join(lines)


def _known(text: str, vocabulary: frozenset[str]) -> bool:
    plain = heading(text)
    return plain in vocabulary or without_unit(plain) in vocabulary


def _parted(line: Line, vocabulary: frozenset[str]) -> Line:
    """The line with words parted that are two headings which touch."""
    words = [part for word in line.words for part in _headings_in(word, vocabulary)]
    return Line(words, line.number)


def _headings_in(word: Word, vocabulary: frozenset[str]) -> Iterator[Word]:
    text = word.text
    for at in range(2, len(text) - 1) if not _known(text, vocabulary) else ():
        if _known(text[:at], vocabulary) and _known(text[at:], vocabulary):
            x = word.x0 + (word.x1 - word.x0) * at / len(text)
            yield word._replace(text=text[:at], x1=x)
            yield word._replace(text=text[at:], x0=x)
            return
    yield word


def _hits(line: Line, vocabulary: frozenset[str]) -> list[list[Word]]:
    """The known headings in a line, each as the words it is made of."""
    found: list[list[Word]] = []
    at = 0
    words = line.words
    while at < len(words):
        for end in range(min(len(words), at + _LONGEST_HEADING), at, -1):
            part = words[at:end]
            near = all(b.x0 - a.x1 < _LETTER_SPACED * b.size for a, b in pairwise(part))
            if near and _known("".join(word.text for word in part), vocabulary):
                found.append(part)
                at = end - 1
                break
        at += 1
    return found
