"""What stands on a page of a PDF: words and ruling lines, put together to lines and phrases."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

DATE = re.compile(
    r"(?:\d{4}[-/.年]\d{1,2}(?:[-/.月]|$)|(?:19|20)\d{6}(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|\d{2}[-/]\d{2}(?!\S)|\d{1,2}[- ](?:[A-Z][a-z]{2,8}|[A-Z]{3,4})[- ,.]"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2},)"
)
CLOCK = re.compile(r"\d{1,2}:\d{2}")
MONEY = re.compile(r"[¥￥$€£₹]?\s?[-+(]?[¥￥$€£₹]?\s?\d[\d,]*[.]\d{2}\)?")
FOOTER = re.compile(
    r"第?\s*\d+\s*页|共\s*\d+\s*[页条笔]|第\s*\d+\s*/\s*\d+|page\s*:?\s*\d+|\d+\s*/\s*\d+$"
    r"|\d+ of \d+|本页|合\s*计|总\s*计|小\s*计|累计|承前|过次|打印(?:完毕|日期|时间)|温馨提示"
    r"|(?:说明|注|备注|声明)[:：]|(?:grand |sub)?total|(?:opening|closing) balance|disclaimer"
    r"|(?:brought|carried) forward|balance [bc]/?f|notes?:|this is an? |end of |[-—*=]{3,}",
    re.IGNORECASE,
)
IDEOGRAPH = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
DIGIT = re.compile(r"\d")
# In units of the size of type: how far lines of one cell stand apart, words of one phrase.
LEADING = 1.75
_PHRASE = 0.45


Cells = list[str]
# A page, a line on it, and the cells.
Row = tuple[int, int, Cells]
# Boxes thinner than this, in points, are lines.
THIN = 1.5


class Word(NamedTuple):
    """Letters that stand together: `y` is their baseline from the top of the page.

    `apart` says that a blank was printed before them.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    apart: bool = True

    @property
    def middle(self) -> float:
        """Where the word's middle stands."""
        return (self.x0 + self.x1) / 2


class Rule(NamedTuple):
    """A ruling line as the box it fills."""

    x0: float
    top: float
    x1: float
    bottom: float


class Facts(NamedTuple):
    """What stands on one page."""

    number: int
    width: float
    height: float
    words: list[Word]
    rules: list[Rule]


@dataclass
class Line:
    """Words on one baseline, from left to right; `number` counts the lines of the page."""

    words: list[Word]
    number: int = 0

    @property
    def y(self) -> float:
        """The baseline."""
        return self.words[0].y

    @property
    def size(self) -> float:
        """The largest type."""
        return max(word.size for word in self.words)

    @property
    def text(self) -> str:
        """The words as a sentence."""
        return joined_words(self.words)


def lines_of(facts: Facts) -> list[Line]:
    """The words of a page by baseline; type of another size may stand a little off."""
    lines: list[Line] = []
    for word in sorted(facts.words, key=lambda each: (each.y, each.x0)):
        if lines and word.y - lines[-1].words[0].y <= max(1.2, 0.18 * word.size):
            lines[-1].words.append(word)
        else:
            lines.append(Line([word]))
    for number, line in enumerate(lines, 1):
        line.words.sort(key=lambda each: each.x0)
        line.number = number
    return lines


def phrases(words: Sequence[Word], gap: float = _PHRASE) -> Iterator[list[Word]]:
    """Words of one line that stand as close as words of one sentence do."""
    run: list[Word] = []
    for word in words:
        if run and word.x0 - run[-1].x1 > gap * max(word.size, run[-1].size):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def joined_words(words: Sequence[Word]) -> str:
    """The words of one line as text; ideographs set wide apart have no blank between them."""
    text = words[0].text if words else ""
    for left, right in pairwise(words):
        wide = not right.apart and IDEOGRAPH.match(left.text[-1]) and IDEOGRAPH.match(right.text[0])
        text += right.text if wide else " " + right.text
    return text
