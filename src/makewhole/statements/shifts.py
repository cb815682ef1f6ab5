"""Rows longer than the header: an unquoted separator may have moved all that follows it."""

import re
from collections.abc import Callable, Sequence

from makewhole.statements.lines import Line
from makewhole.statements.values import BLANKS, Refused, clean

_NUMBER = re.compile(r"\s*[¥￥$€£+-]*\d[\d,.]*\s*")


class Shifts:
    """Tells which rows of a table have cells that the header does not name.

    `beyond` says what may stand in one more cell than the header has.
    """

    def __init__(self, headings: Sequence[str], beyond: Callable[[str], bool] | None) -> None:
        self._width = len(headings)
        self._named = len(_trimmed(headings))
        self._beyond = beyond

    def is_longer(self, cells: Sequence[str]) -> bool:
        """Whether a row reaches beyond the header: beyond its cells, or beyond its words."""
        if len(cells) <= self._named:
            return False
        return len(cells) > self._width or bool("".join(cells[self._named :]).strip(BLANKS))

    def among(self, lines: Sequence[Line]) -> dict[int, Refused]:
        """Why rows are refused as shifted, by their place among the lines."""
        longer = {at for at, line in enumerate(lines) if len(line.cells) > self._width}
        unnamed = {at for at, line in enumerate(lines) if len(_trimmed(line.cells)) > self._named}
        # A column without a heading is no accident.
        if len(unnamed) * 2 <= len(lines):
            longer |= unnamed
        if not longer:
            return {}
        usual = self._usual_shape(lines)
        return {
            at: Refused(
                "这一行的单元格比表头多，各列可能错位",
                "this row has more cells than the header, its columns may be shifted",
            )
            for at in longer
            if self._is_shifted(lines[at].cells, usual)
        }

    def _usual_shape(self, lines: Sequence[Line]) -> tuple[bool, ...]:
        """For each column whether most rows have a number there; longer rows are left out."""
        even = [line for line in lines if len(line.cells) <= self._width] or lines
        shapes = [_shape(line.cells, self._width) for line in even]
        return tuple(sum(column) * 2 > len(shapes) for column in zip(*shapes, strict=True))

    def _is_shifted(self, cells: Sequence[str], usual: tuple[bool, ...]) -> bool:
        """Whether an unquoted separator has made the row longer.

        Empty cells at the end are no harm, unless leaving out one cell makes the row fit its
        neighbours: then a comma inside a text or an amount has moved all that follows.
        """
        more = _trimmed(cells)[self._named :]
        if self._beyond and len(more) == 1 and self._beyond(clean(more[0])):
            return False
        longer = _shape(cells, len(usual) + 1)
        shorter = (longer[:at] + longer[at + 1 :] for at in range(len(usual)))
        closest = min(_unlike(shape, usual) for shape in shorter)
        return bool(more) or closest + 1 < _unlike(longer[:-1], usual)


def _trimmed(cells: Sequence[str]) -> Sequence[str]:
    end = len(cells)
    while end and not clean(cells[end - 1]):
        end -= 1
    return cells[:end]


def _shape(cells: Sequence[str], width: int) -> tuple[bool, ...]:
    padded = [*cells[:width], *[""] * (width - len(cells))]
    return tuple(bool(_NUMBER.fullmatch(cell)) for cell in padded)


def _unlike(one: Sequence[bool], other: Sequence[bool]) -> int:
    return sum(left != right for left, right in zip(one, other, strict=True))
