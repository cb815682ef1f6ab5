"""Dates whose order is not written in them: read in a stated order, never in a guessed one."""

import re
from datetime import date

from makewhole.records import Text
from makewhole.statements.values import Refused, clean

# Where year, month and day stand among the three numbers of a date.
ORDERS = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}

_THREE = re.compile(r"(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})日?\.?")
_PACKED = {
    "ymd": re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)"),
    "dmy": re.compile(r"(\d{2})(\d{2})(\d{4})(?!\d)"),
    "mdy": re.compile(r"(\d{2})(\d{2})(\d{4})(?!\d)"),
}
_SHORT_YEAR = 100
_CENTURY_TURNS = 80
_LONG_YEAR = 4


def day_in(cell: str, order: str | Text) -> date:
    """The date at the beginning of a cell, its numbers standing in `order` (a key of `ORDERS`).

    Raises `Refused` where there are no three numbers or no such day, and for the reason that
    stands in place of an order which could not be told.
    """
    if isinstance(order, Text):
        raise Refused(*order)
    text = clean(cell)
    found = _THREE.match(text) or _PACKED[order].match(text)
    if not found:
        raise Refused(f"日期无法识别：{text[:40]!r}", f"not a date: {text[:40]!r}")
    written = tuple(found.groups())
    year, month, on = (written[at] for at in ORDERS[order])
    # A year of two digits in front may as well be a day.
    years = {_LONG_YEAR} if order == "ymd" else {2, _LONG_YEAR}
    if len(month) > 2 or len(on) > 2 or len(year) not in years:  # noqa: PLR2004
        raise Refused(
            f"日期的写法与 {order} 不符：{text[:40]!r}", f"not a date in {order}: {text[:40]!r}"
        )
    try:
        return date(full_year(int(year)), int(month), int(on))
    except ValueError:
        raise Refused(f"没有这一天：{text[:40]!r}", f"no such day: {text[:40]!r}") from None


def orders_of(cell: str) -> dict[str, date]:
    """Every order in which the cell is a date, with that date."""
    fitting = {}
    for order in ORDERS:
        try:
            fitting[order] = day_in(cell, order)
        except Refused:
            continue
    return fitting


def full_year(year: int) -> int:
    """A year of two digits in its century; others as they are."""
    if year >= _SHORT_YEAR:
        return year
    return year + (2000 if year < _CENTURY_TURNS else 1900)
