"""Delimited text into records: the separator is told by the lines, a stray quote stays harmless."""

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain, islice
from operator import itemgetter

from makewhole.errors import UnreadableFile
from makewhole.records import Text
from makewhole.statements.encodings import blocks, text_in
from makewhole.statements.grid import Block, Row
from makewhole.statements.limits import (
    FREE_LINES,
    LARGEST_CELL,
    LONGEST_LINE,
    MOST_COLUMNS,
    THINNEST_LINE,
)

NARROWEST_TABLE = 4
_DELIMITER_PROBED = 200_000
_PIECE = 1 << 18
# No encoding takes more than four bytes for a letter.
_LONGEST_PIECE = _PIECE + 4 * LONGEST_LINE
_UNTIDY = '"\ufeff\u200b'
_DELIMITERS = ",;\t|"
_LINE_END = re.compile(r"\r\n|\r|\n")
# A tab before another separator only keeps a number from being rounded.
_PADDING = re.compile(r'\t(?="?[,;|])')


class Records:
    """The records of a delimited text, gone through as often as needed and never held as a whole.

    Most exports are plain: a record is a line. They are split block by block; from the first
    block on that is not plain, the text is read with care.
    """

    def __init__(self, name: str, data: bytes, encoding: str) -> None:
        self._name = name
        self._data = data
        self._encoding = encoding
        self._end = 0

    def __iter__(self) -> Iterator[Row]:
        for block in self.blocks():
            yield from block.numbered()

    def blocks(self) -> Iterator[Block]:
        """The records many at a time; one by one from where they are not plain."""
        done = 0
        for block in self._plain():
            yield block
            done += len(block.rows)
        if self._end < len(self._data):
            self._within_limits(done)
            text = text_in(self._data, self._encoding)
            for number, cells in islice(records(self._name, text), done, None):
                yield Block([number], [cells], tidy=False)

    def _within_limits(self, done: int) -> None:
        """Refuse a line that is too long while it is still bytes."""
        before = at = 0
        for piece in blocks(self._data, _LONGEST_PIECE):
            before += piece.count(b"\n")
            at += len(piece)
        if at < len(self._data) and self._data.find(b"\r", at) < 0:
            raise _no_table(self._name, max(done, before) + 1)

    def _plain(self) -> Iterator[Block]:
        """The records of each piece up to the first that is not plain, which begins at `_end`."""
        self._end = done = 0
        if self._encoding.startswith("utf-16") or b"\0" in self._data:
            return
        if self._data.count(b"\r") != self._data.count(b"\r\n"):
            return
        encoding = self._encoding
        delimiter = _delimiter(self._data[:_DELIMITER_PROBED].decode(encoding, "replace"))
        for piece in blocks(self._data, _LONGEST_PIECE):
            text = text_in(piece, encoding)
            rows = _plain_rows(text, delimiter)
            if rows is None or (done > FREE_LINES and self._end < THINNEST_LINE * done):
                return
            numbers = range(done + 1, done + 1 + len(rows))
            yield Block(numbers, rows, not any(sign in text for sign in _UNTIDY))
            done += len(rows)
            self._end += len(piece)
            encoding = encoding.removesuffix("-sig")


def _plain_rows(text: str, delimiter: str) -> list[list[str]] | None:
    """The lines as records, or None where a record may be anything but one line."""
    if len(text) > LARGEST_CELL or text.count('"') % 2:
        return None
    if '"' not in text:
        lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
        rows = [line.split(delimiter) for line in lines]
        return rows if max(map(len, rows)) <= MOST_COLUMNS else None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        rows = list(reader)
    except csv.Error:
        return None
    wide = max(map(len, rows), default=0) > MOST_COLUMNS
    return rows if reader.line_num == len(rows) and not wide else None


def records(name: str, text: str, delimiter: str = "") -> Iterator[Row]:
    """The records of a delimited text with the line each begins on.

    The separator is told by the lines where none is given.

    Raises `UnreadableFile` where its lines are longer, or many and shorter, than a table's.
    """
    csv.field_size_limit(LARGEST_CELL)
    delimiter = delimiter or _delimiter(text)
    lines = _Lines(name, text.replace("\0", ""))
    reader = csv.reader(lines.all(), delimiter=delimiter, skipinitialspace=True)
    begins = 1
    try:
        for cells in reader:
            if reader.line_num > begins and _swallowed(cells, delimiter):
                taken = lines.again(begins, reader.line_num)
                yield from _apart(name, taken, begins, delimiter)
            elif len(cells) > MOST_COLUMNS:
                raise _no_table(name, begins)
            else:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        yield from _apart(name, lines.again(begins), begins, delimiter)


class _Lines:
    """The lines of a text with their ends, cut in pieces, for a buffer of all of it is large."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        # For each piece the lines and the letters before it.
        self._starts: list[tuple[int, int]] = [(0, 0)]
        self._split: tuple[int, list[str]] = (-1, [])

    def all(self) -> Iterator[str]:
        """Every line. Raises `UnreadableFile` beyond the limits."""
        return chain.from_iterable(map(self._piece, self._pieces()))

    def again(self, first: int, last: int | None = None) -> Iterator[str]:
        """The lines from one that has been given before, to another or to the end."""
        piece = bisect_right(self._starts, first - 1, key=itemgetter(0)) - 1
        for at in self._pieces(piece):
            before = self._starts[at][0]
            if last is not None and before >= last:
                break
            end = None if last is None else last - before
            yield from self._piece(at)[max(first - 1 - before, 0) : end]

    def _pieces(self, piece: int = 0) -> Iterator[int]:
        while self._starts[piece][1] < len(self._text):
            yield piece
            piece += 1

    def _piece(self, piece: int) -> list[str]:
        if self._split[0] != piece:
            before, at = self._starts[piece]
            end = _line_end(self._text, at)
            thin = before > FREE_LINES and at < THINNEST_LINE * before
            if thin or end - at > _PIECE + LONGEST_LINE:
                raise _no_table(self._name, before + 1)
            lines = list(io.StringIO(self._text[at:end], newline=""))
            if piece + 1 == len(self._starts):
                self._starts.append((before + len(lines), end))
            self._split = piece, lines
        return self._split[1]


def _line_end(text: str, at: int) -> int:
    """Where a piece ends: with the last line that begins in it, or before one that is too long."""
    beyond = at + _PIECE
    for mark in "\n\r":
        end = text.find(mark, beyond, beyond + LONGEST_LINE) + 1 or text.rfind(mark, at, beyond) + 1
        if end:
            return end
    return len(text)


def _no_table(name: str, line: int) -> UnreadableFile:
    return UnreadableFile(
        Text(
            f"{name}：第 {line} 行前后的行太长、太宽或太短，不是账单表格，没有读。"
            "上限见 docs/limits.zh-CN.md。",
            f"{name}: around line {line} the lines are too long, too wide or too short for a "
            "statement's table; nothing was read. The limits stand in docs/limits.md.",
        )
    )


def _swallowed(cells: list[str], delimiter: str) -> bool:
    """Whether a stray quote made one cell out of lines that are rows of their own."""
    for cell in cells:
        inner = _LINE_END.split(cell)
        width = max(len(cells), max(line.count(delimiter) for line in inner) + 1)
        if width >= NARROWEST_TABLE and any(
            line.count(delimiter) + 1 >= width - 1 for line in inner[1:]
        ):
            return True
    return False


def _apart(name: str, lines: Iterable[str], begins: int, delimiter: str) -> Iterator[Row]:
    """The lines one by one, without letting a quote reach beyond its line."""
    for offset, ended in enumerate(lines):
        line = ended.rstrip("\r\n")
        cells = line.split(delimiter)
        if not line.count('"') % 2:
            with suppress(csv.Error):
                row = csv.reader([line], delimiter=delimiter, skipinitialspace=True)
                cells = next(row, [])
        if len(cells) > MOST_COLUMNS:
            raise _no_table(name, begins + offset)
        yield begins + offset, cells


def _delimiter(text: str) -> str:
    """The separator of the line that has most of one, among the first two hundred."""
    lines = _PADDING.sub("", text[:_DELIMITER_PROBED]).split("\n", 200)[:200]
    return max(_DELIMITERS, key=lambda mark: max((line.count(mark) for line in lines), default=0))
