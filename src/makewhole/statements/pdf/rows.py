"""The rows of a table in a PDF: between ruling lines, or else told by the dates they begin with.

Without lines the cells of a row may begin beside its date or stand around its middle; which of
both a table does is seen from its cells. What fits no row stays by itself: as a row if it has
money in a column of money, else as a note.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from makewhole.statements.pdf.columns import Columns, Part, Piece
from makewhole.statements.pdf.headings import FEWEST_HEADINGS
from makewhole.statements.pdf.page import (
    CLOCK,
    DATE,
    DIGIT,
    FOOTER,
    IDEOGRAPH,
    LEADING,
    MONEY,
    THIN,
    Line,
    Row,
    phrases,
)

# In points.
_SAME_LEVEL = 3.0
_ALIGNED = 3.0
_PERIOD = re.compile(
    rf"(?:{DATE.pattern})[^A-Za-z]*(?:-|–|—|至|到|~|to)[^A-Za-z]*(?:{DATE.pattern}).{{0,12}}"
)
_LABEL = re.compile(r"[^\d\s]\s*[:：]")


@dataclass
class Record:
    """A row in the making: its place, the pieces of each cell, and where it ends so far."""

    page: int
    line: int
    cells: dict[int, list[Piece]]
    end: float = 0.0

    def take(self, split: "Split") -> None:
        """Add the pieces of a further line."""
        for at, piece in split.pieces.items():
            self.cells.setdefault(at, []).append(piece)
        self.end = split.line.y


@dataclass
class Split:
    """A line with its pieces by column, and whether a row begins on it."""

    line: Line
    pieces: dict[int, Piece]
    dated: bool


def part_rows(part: Part, columns: Columns, last: Record | None) -> Iterator[Record | Row]:
    """The rows and notes of one part; `last` is the row that may go on here."""
    splits = [_split(line, columns) for line in part.lines]
    dated = sum(split.dated for split in splits)
    edges = _levels(part, columns)
    if len(edges) < max(FEWEST_HEADINGS, 0.6 * dated):
        yield from _unruled(part, splits, columns, last)
        return
    bands: list[list[Split]] = [[] for _ in range(len(edges) + 1)]
    for split in splits:
        bands[bisect_right(edges, split.line.y - 0.3 * split.line.size)].append(split)
    for at, band in enumerate(bands):
        inside = 0 < at < len(edges) or (at == 0 and not part.own) or any(s.dated for s in band)
        dates = sum(split.dated for split in band)
        if dates == 0 and band:
            if last and at <= 1 and inside and not _stands_alone(band, columns):
                for split in band:
                    last.take(split)
            else:
                yield from _undated(part, band, whole=inside and at > 0)
        elif dates == 1 and inside:
            last = _record(part, band)
            yield last
        elif band:
            yield from _unruled(part, band, columns, None)
        if band:
            last = last if dates else None


def _split(line: Line, columns: Columns) -> Split:
    pieces = columns.split(line)
    first = pieces.get(columns.dated)
    dated = first is not None and bool(DATE.match(first.text))
    return Split(line, pieces, dated and not _is_heading_note(line, pieces, columns))


def _is_heading_note(line: Line, pieces: dict[int, Piece], columns: Columns) -> bool:
    """Whether a line with a date states a period or has labels, as the head of a page does."""
    if any(MONEY.fullmatch(piece.text) for at, piece in pieces.items() if at in columns.money):
        return False
    if _PERIOD.fullmatch(line.text):
        return True
    return bool(_LABEL.search(line.text)) and len(list(phrases(line.words))) < len(pieces)


def _levels(part: Part, columns: Columns) -> list[float]:
    """The heights of horizontal rules that run along most of the table."""
    if not columns.bounds:
        return []
    width = columns.bounds[-1] - columns.bounds[0]
    lengths: Counter[int] = Counter()
    for rule in part.facts.rules:
        if rule.bottom - rule.top <= THIN:
            lengths[round((rule.top + rule.bottom) / 2)] += int(rule.x1 - rule.x0)
    levels: list[float] = []
    for y in sorted(y for y, length in lengths.items() if length >= 0.7 * width):
        if not levels or y - levels[-1] > _SAME_LEVEL:
            levels.append(y)
    return levels


def _record(part: Part, band: Sequence[Split]) -> Record:
    start = next(split for split in band if split.dated)
    record = Record(part.facts.number, start.line.number, {})
    for split in band:
        record.take(split)
    return record


def _stands_alone(band: Sequence[Split], columns: Columns) -> bool:
    """Whether lines without a date are a row or a note of their own rather than the rest of one."""
    return any(
        FOOTER.match(split.line.text)
        or any(
            MONEY.fullmatch(piece.text) for at, piece in split.pieces.items() if at in columns.money
        )
        for split in band
    )


def _undated(part: Part, band: Sequence[Split], *, whole: bool) -> Iterator[Record | Row]:
    """Lines without a date: one row between rules, else each line by itself; sums are notes."""
    page = part.facts.number
    if whole and len({at for split in band for at in split.pieces}) > 1:
        record = Record(page, band[0].line.number, {})
        for split in band:
            record.take(split)
        yield record
        return
    for split in band:
        figures = any(MONEY.search(piece.text) for piece in split.pieces.values())
        wide = len(split.pieces) >= FEWEST_HEADINGS
        if figures and wide and not FOOTER.match(split.line.text):
            yield Record(page, split.line.number, {at: [p] for at, p in split.pieces.items()})
        else:
            yield page, split.line.number, [split.line.text]


def _unruled(
    part: Part, splits: Sequence[Split], columns: Columns, last: Record | None
) -> Iterator[Record | Row]:
    """Rows told by their dates alone, beside which or around which their other cells stand."""
    starts = [at for at, split in enumerate(splits) if split.dated]
    if not starts:
        yield from _carried(part, splits, columns, last)
        return
    centred = _centred(splits, starts, columns)
    if centred is None:
        yield from _carried(part, splits[: starts[0]], columns, last)
        for at, start in enumerate(starts):
            end = starts[at + 1] if at + 1 < len(starts) else len(splits)
            yield from _below(part, splits[start:end], columns)
        return
    yield from _around(part, splits, starts, centred)


def _carried(
    part: Part, splits: Sequence[Split], columns: Columns, last: Record | None
) -> Iterator[Record | Row]:
    """Lines above the first date: the rest of the last page's row, or notes."""
    rest = list(splits)
    while last and rest and _goes_on(last, rest[0], columns):
        last.take(rest.pop(0))
    yield from _undated(part, rest, whole=False)


def _goes_on(record: Record, split: Split, columns: Columns) -> bool:
    """Whether a line continues a row: each piece stands below one of the same column."""
    if _stands_alone([split], columns):
        return False
    return all(
        any(
            min(abs(piece.x0 - other.x0), abs(piece.x1 - other.x1)) < _ALIGNED
            or abs(piece.x0 + piece.x1 - other.x0 - other.x1) < 2 * _ALIGNED
            for other in record.cells.get(at, ())
        )
        for at, piece in split.pieces.items()
    )


def _below(part: Part, splits: Sequence[Split], columns: Columns) -> Iterator[Record | Row]:
    """A row that begins on the first line, and what follows it."""
    record = Record(part.facts.number, splits[0].line.number, {})
    record.take(splits[0])
    yield record
    for at, split in enumerate(splits[1:], 1):
        near = split.line.y - record.end <= LEADING * split.line.size
        if not near or _stands_alone([split], columns) or _strays(split, record):
            yield from _undated(part, splits[at:], whole=False)
            return
        record.take(split)


def _strays(split: Split, record: Record) -> bool:
    """Whether a line is a sentence that runs across the columns instead of part of their cells."""
    first = next(iter(split.pieces.values()))
    runs_on = len(list(phrases(split.line.words))) < len(split.pieces)
    bigger = split.line.size > 1.3 * max(p.size for ps in record.cells.values() for p in ps)
    return runs_on or bigger or (len(split.pieces) == 1 and bool(FOOTER.match(first.text)))


def _centred(
    splits: Sequence[Split], starts: Sequence[int], columns: Columns
) -> list[dict[int, list[Piece]]] | None:
    """The cells of each row if its cells stand around the middle of its date; else None."""
    gaps = [*pairwise(starts), (starts[-1], len(splits))]
    hanging = 0
    for start, end in gaps:
        there = set(splits[start].pieces)
        loose = {
            at
            for split in splits[start + 1 : end]
            for at in split.pieces
            if at not in there and not FOOTER.match(split.line.text)
        }
        hanging += len(loose - {columns.dated})
    if hanging == 0:
        return None
    middles = [_middle(splits, start, end, columns) for start, end in gaps]
    cells: list[dict[int, list[Piece]]] = [{} for _ in starts]
    misfits = 0
    for at in {at for split in splits for at in split.pieces}:
        pieces = [split.pieces[at] for split in splits if at in split.pieces]
        for row, run in enumerate(_around_middles(pieces, middles)):
            if run:
                cells[row][at] = run
                mean = (run[0].y + run[-1].y) / 2
                misfits += abs(mean - middles[row]) > 0.3 * run[0].size
    return cells if misfits < hanging else None


def _middle(splits: Sequence[Split], start: int, end: int, columns: Columns) -> float:
    """The middle of the cell that dates a row: the date, and the time below it."""
    top = bottom = splits[start].pieces[columns.dated]
    for split in splits[start + 1 : end]:
        piece = split.pieces.get(columns.dated)
        if piece and piece.y - bottom.y <= LEADING * piece.size and not FOOTER.match(piece.text):
            bottom = piece
    return (top.y + bottom.y) / 2


def _around_middles(pieces: Sequence[Piece], middles: Sequence[float]) -> list[list[Piece]]:
    """The pieces of one column shared out to rows so that each run stands around its middle."""
    between: list[list[Piece]] = [[] for _ in range(len(middles) + 1)]
    for piece in pieces:
        between[bisect_right(middles, piece.y)].append(piece)
    # best[taken]: the least cost so far if so many pieces below the last middle go to its row.
    first = middles[0]
    best = {skip: (_left(between[0][:skip], first), [skip]) for skip in range(len(between[0]) + 1)}
    for at, middle in enumerate(middles):
        below = between[at + 1]
        following: dict[int, tuple[float, list[int]]] = {}
        for taken in range(len(below) + 1):
            following[taken] = min(
                (
                    cost + _lopsided([*between[at][path[-1] :], *below[:taken]], middle),
                    [*path, taken],
                )
                for cost, path in best.values()
            )
        best = following
    cost_of = {
        taken: cost + _left(between[-1][taken:], middles[-1])
        for taken, (cost, _path) in best.items()
    }
    path = best[min(cost_of, key=lambda taken: cost_of[taken])][1]
    return [
        [*between[at][path[at] :], *between[at + 1][: path[at + 1]]] for at in range(len(middles))
    ]


def _left(pieces: Iterable[Piece], middle: float) -> float:
    """What it costs to leave pieces out of the outermost row: little for those far from it."""
    return sum(max(0.0, 1.5 * piece.size - abs(piece.y - middle)) for piece in pieces)


def _lopsided(run: Sequence[Piece], middle: float) -> float:
    """How far a run stands off its middle; a break inside it counts too."""
    if not run:
        return 0.0
    off = abs((run[0].y + run[-1].y) / 2 - middle)
    broken = sum(10.0 * (low.y - high.y > LEADING * low.size) for high, low in pairwise(run))
    return off + broken


def _around(
    part: Part,
    splits: Sequence[Split],
    starts: Sequence[int],
    cells: Sequence[dict[int, list[Piece]]],
) -> Iterator[Record | Row]:
    """The rows whose cells stand around their dates; lines that belong to none are notes."""
    used = {id(piece) for row in cells for run in row.values() for piece in run}
    rows = {
        start: Record(part.facts.number, splits[start].line.number, dict(row))
        for start, row in zip(starts, cells, strict=True)
    }
    for at, split in enumerate(splits):
        if at in rows:
            yield rows[at]
        loose = {col: piece for col, piece in split.pieces.items() if id(piece) not in used}
        if loose and len(loose) == len(split.pieces):
            yield from _undated(part, [split], whole=False)
        elif loose:
            text = " ".join(piece.text for piece in loose.values())
            yield part.facts.number, split.line.number, [text]


def cell_text(pieces: Sequence[Piece], reach: float) -> str:
    """The lines of a cell as one text, as it would read had it not been broken."""
    ordered = sorted(pieces, key=lambda piece: piece.y)
    text = ordered[0].text if ordered else ""
    for above, piece in pairwise(ordered):
        text += (
            _seam_between(text, piece.text, full=reach - above.x1 < 0.8 * above.size) + piece.text
        )
    return text


def _seam_between(left: str, right: str, *, full: bool) -> str:
    """What stood at the end of a line: nothing inside a word or number, else a blank."""
    if IDEOGRAPH.match(left[-1]) and IDEOGRAPH.match(right[0]):
        return ""
    if DATE.match(left) and CLOCK.match(right):
        return " "
    if left[-1] in "-/:" and right[0].isdigit():
        return ""
    if not full:
        return " "
    if IDEOGRAPH.match(left[-1]) or IDEOGRAPH.match(right[0]):
        return ""
    ends, begins = left.rsplit(maxsplit=1)[-1], right.split(maxsplit=1)[0]
    figures = bool(DIGIT.search(ends)) and bool(DIGIT.search(begins))
    whole = left[-1].isalnum() and right[0].isalnum()
    return "" if whole and figures else " "
