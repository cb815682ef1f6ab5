"""What is drawn on a page, as letters that a person can read, words and ruling lines.

Text that stands oblique, very pale or white on white is left out, as watermarks are; a page whose
text was drawn turned is turned back.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from makewhole.statements.limits import MOST_RULES_ON_PAGE
from makewhole.statements.pdf.page import THIN, Facts, Rule, Word

_FURTHEST = 20_000
_STRAIGHT = 0.02
_TURNED = 4
_PALE = 0.7
_WHITE = 0.97
_TYPE_SIZES = (2.0, 200.0)
# In units of the size of type: letters that stand closer belong to one word, or are one.
_GAP = 0.15
_IDEOGRAPH_GAP = 0.3
_PRINTED_TWICE = 0.2


class Letter(NamedTuple):
    """One letter as it stands on the page: `y` is its baseline, counted from the top."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int
    light: float


@dataclass
class Sheet:
    """What was drawn on one page."""

    letters: list[Letter] = field(default_factory=list)
    blanks: list[Letter] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    bands: list[tuple[float, float, float, float]] = field(default_factory=list)
    hidden: int = 0
    garbled: int = 0

    def facts(self, page: int, width: float, height: float) -> Facts:
        """The words and ruling lines of the page."""
        return Facts(page, width, height, words(self.letters, self.blanks), self.rules)


def sheet_of(layout: Any) -> Sheet:
    """What was drawn on a page, seen upright."""
    sheet = Sheet()
    size = float(layout.width), float(layout.height)
    for item in _flat(layout):
        _put(sheet, item, *size)
    return _turned(sheet, *size)


def _flat(container: Any) -> Iterator[Any]:
    from pdfminer.layout import LTContainer

    for item in container:
        if isinstance(item, LTContainer):
            yield from _flat(item)
        else:
            yield item


def _put(sheet: Sheet, item: Any, width: float, height: float) -> None:
    from pdfminer.layout import LTChar, LTCurve

    box = item.bbox
    if not all(math.isfinite(edge) and abs(edge) < _FURTHEST for edge in box):
        return
    if isinstance(item, LTChar):
        _put_letter(sheet, item, width, height)
    elif isinstance(item, LTCurve):
        _put_path(sheet, item, height)


def _put_letter(sheet: Sheet, item: Any, width: float, height: float) -> None:
    text = item.get_text()
    a, b, _c, _d, e, f = item.matrix
    x0, y0, x1, y1 = item.bbox
    if not (-1 <= (x0 + x1) / 2 <= width + 1 and -1 <= (y0 + y1) / 2 <= height + 1):
        return
    angle = math.atan2(b, a) / (math.pi / 2)
    turn = round(angle) % _TURNED
    if abs(angle - round(angle)) > _STRAIGHT:
        turn = -1
    size = x1 - x0 if turn in {1, 3} else y1 - y0
    if not _TYPE_SIZES[0] <= size <= _TYPE_SIZES[1]:
        return
    if text.startswith("(cid:") or _unreadable(text):
        sheet.garbled += turn >= 0
        return
    along = {0: (x0, x1, height - f), 1: (y0, y1, e), 2: (width - x1, width - x0, f)}
    left, right, base = along.get(turn, (height - y1, height - y0, width - e))
    light = lightness(getattr(item.graphicstate, "ncolor", None))
    letter = Letter(text, left, right, base, size, turn, light)
    (sheet.letters if text.strip() else sheet.blanks).append(letter)


def _unreadable(text: str) -> bool:
    return any(
        letter == "\ufffd" or letter < " " or "\ue000" <= letter <= "\uf8ff" for letter in text
    )


def lightness(colour: Any) -> float:
    """How light a colour is, from 0 for black to 1 for white."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return 0.0
    if len(parts) == len("cmyk"):
        *inks, black = parts
        return float((1 - sum(inks) / 3) * (1 - black))
    return float(sum(parts) / max(len(parts), 1))


def _put_path(sheet: Sheet, item: Any, height: float) -> None:
    """Straight edges of lines and boxes; a box filled with a colour is a band too."""
    x0, y0, x1, y1 = item.bbox
    top, bottom = height - y1, height - y0
    if len(sheet.rules) >= MOST_RULES_ON_PAGE:
        return
    if bottom - top <= THIN or x1 - x0 <= THIN:
        sheet.rules.append(Rule(x0, top, x1, bottom))
        return
    if len(item.pts) not in {4, 5}:
        return
    if item.fill and lightness(item.non_stroking_color) < _WHITE:
        sheet.bands.append((x0, top, x1, bottom))
    if item.stroke:
        sheet.rules.extend(
            (
                Rule(x0, top, x1, top),
                Rule(x0, bottom, x1, bottom),
                Rule(x0, top, x0, bottom),
                Rule(x1, top, x1, bottom),
            )
        )


def _turned(sheet: Sheet, width: float, height: float) -> Sheet:
    """The page seen upright as most of its text is; oblique and otherwise turned text goes."""
    turns = Counter(letter.turn for letter in sheet.letters if letter.turn >= 0)
    turn = turns.most_common(1)[0][0] if turns else 0
    sheet.letters = [each for each in sheet.letters if each.turn == turn]
    sheet.blanks = [each for each in sheet.blanks if each.turn == turn]
    sheet.rules = [Rule(*_turn_box(rule, turn, width, height)) for rule in sheet.rules]
    sheet.bands = [_turn_box(band, turn, width, height) for band in sheet.bands]
    sheet.letters = list(_legible(sheet))
    return sheet


def _turn_box(
    box: tuple[float, float, float, float], turn: int, width: float, height: float
) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box
    if turn == 1:
        return height - bottom, x0, height - top, x1
    if turn == 2:  # noqa: PLR2004
        return width - x1, height - bottom, width - x0, height - top
    if turn == 3:  # noqa: PLR2004
        return top, width - x1, bottom, width - x0
    return box


def _legible(sheet: Sheet) -> Iterator[Letter]:
    """Letters without those of a pale watermark, and white ones only on a coloured band."""
    dark = sum(1 for letter in sheet.letters if letter.light < _PALE)
    for letter in sheet.letters:
        if letter.light >= _WHITE:
            middle = (letter.x0 + letter.x1) / 2
            if any(
                x0 <= middle <= x1 and top - 1 <= letter.y <= bottom + 1
                for x0, top, x1, bottom in sheet.bands
            ):
                yield letter
        elif letter.light < _PALE or dark * 2 < len(sheet.letters):
            yield letter


def words(letters: list[Letter], blanks: list[Letter]) -> list[Word]:
    """The letters as words, by the line they stand on and the gaps between them."""
    found: list[Word] = []
    line: list[Letter] = []
    marks = [each._replace(text=" ") for each in blanks]
    for letter in sorted((*letters, *marks), key=lambda each: (each.y, each.x0)):
        if line and letter.y - line[0].y > max(0.8, 0.12 * letter.size):
            found.extend(_words_in(line))
            line = []
        line.append(letter)
    found.extend(_words_in(line))
    return found


def _words_in(line: list[Letter]) -> Iterator[Word]:
    run: list[Letter] = []
    blank = apart = False
    for letter in sorted(line, key=lambda each: each.x0):
        if letter.text == " ":
            blank = True
            continue
        if run:
            last = run[-1]
            if letter.text == last.text and letter.x0 - last.x0 < 0.2 * letter.size:
                continue  # printed twice to look bold
            if letter.x0 - last.x1 > _gap(last, letter, blank=blank):
                yield _word(run, apart=apart)
                run, apart = [], blank
        run.append(letter)
        blank = False
    if run:
        yield _word(run, apart=apart)


def _gap(last: Letter, letter: Letter, *, blank: bool) -> float:
    """How far apart two letters of one word may stand: ideographs are set with air."""
    if blank:
        return -0.5 * letter.size if last.text.isascii() or letter.text.isascii() else 0.0
    spaced = not last.text.isascii() and not letter.text.isascii()
    return (_IDEOGRAPH_GAP if spaced else _GAP) * letter.size


def _word(run: list[Letter], *, apart: bool) -> Word:
    text = "".join(letter.text for letter in run)
    return Word(
        text,
        round(run[0].x0, 1),
        round(max(letter.x1 for letter in run), 1),
        round(run[0].y, 1),
        round(max(letter.size for letter in run), 1),
        apart,
    )
