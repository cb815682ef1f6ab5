"""Delimited text into records: the separator is told by the lines, a stray quote stays harmless."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress

from makewhole.statements.grid import Row
from makewhole.statements.limits import LARGEST_CELL

NARROWEST_TABLE = 4
_DELIMITER_PROBED = 200_000
_DELIMITERS = ",;\t|"
_LINE_END = re.compile(r"\r\n|\r|\n")
# A tab before another separator only keeps a number from being rounded.
_PADDING = re.compile(r'\t(?="?[,;|])')


def records(text: str) -> Iterator[Row]:
    """The records of a delimited text with the line each begins on."""
    csv.field_size_limit(LARGEST_CELL)
    delimiter = _delimiter(text)
    reader = csv.reader(
        io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter, skipinitialspace=True
    )
    begins = 1
    try:
        for cells in reader:
            if reader.line_num > begins and _swallowed(cells, delimiter):
                lines = _LINE_END.split(text)[begins - 1 : reader.line_num]
                yield from _apart(lines, begins, delimiter)
            else:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        yield from _apart(_LINE_END.split(text)[begins - 1 :], begins, delimiter)


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


def _apart(lines: list[str], begins: int, delimiter: str) -> Iterator[Row]:
    """The lines one by one, without letting a quote reach beyond its line."""
    for offset, line in enumerate(lines):
        cells = line.split(delimiter)
        if not line.count('"') % 2:
            with suppress(csv.Error):
                row = csv.reader([line], delimiter=delimiter, skipinitialspace=True)
                cells = next(row, [])
        yield begins + offset, cells


def _delimiter(text: str) -> str:
    """The separator of the line that has most of one, among the first two hundred."""
    lines = _PADDING.sub("", text[:_DELIMITER_PROBED]).split("\n", 200)[:200]
    return max(_DELIMITERS, key=lambda mark: max((line.count(mark) for line in lines), default=0))
