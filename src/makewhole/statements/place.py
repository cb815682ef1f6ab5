"""Where a row stands: a line of a text or a sheet, or a line on a page of a PDF."""

from typing import Self

from makewhole.records import Text


class Place(int):
    """A line of a PDF: as a number it counts through all pages, so that it names one row."""

    page: int
    line: int

    def __new__(cls, through: int, page: int, line: int) -> Self:
        """The place that is number `through` of all lines: `line` of `page`."""
        place = super().__new__(cls, through)
        place.page = page
        place.line = line
        return place


def page_of(number: int) -> int:
    """The page that a row's number stands for; 0 where the file has none."""
    return number.page if isinstance(number, Place) else 0


def line_of(number: int) -> int:
    """The line that a row's number stands for, on its page where the file has pages."""
    return number.line if isinstance(number, Place) else number


def said_place(number: int) -> Text:
    """What a row's number stands for, in words."""
    if isinstance(number, Place):
        page, line = number.page, number.line
        return Text(f"第 {page} 页第 {line} 行", f"page {page}, line {line}")
    return Text(f"第 {number} 行", f"line {number}")
