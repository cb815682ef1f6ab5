"""Dates that spell the month, as `06 Sep 2019`, `Jan 01, 2025`, `20-Jan-24` or `24 lug 2024`.

English and Italian are read at once, for no word of one names another month in the other.
"""

import re
from collections.abc import Iterable
from datetime import date

from makewhole.records import Text
from makewhole.statements.dates import day_in, full_year
from makewhole.statements.habits import date_order
from makewhole.statements.values import Refused, clean

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ITALIAN = ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic")
_MONTHS = {name: at for names in (_ENGLISH, _ITALIAN) for at, name in enumerate(names, start=1)}
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s,./-]{0,3}([A-Za-z]{3,9})[\s,.'’/-]{0,3}(\d{4}|\d{2})(?!\d)"
)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})[\s.-]{1,2}(\d{1,2})(?:st|nd|rd|th)?,?\s{1,2}(\d{4})")


def _spelled(cell: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date at the beginning of a cell that spells its month."""
    text = clean(cell)
    found = _DAY_FIRST.match(text)
    if found:
        on, name, year = found.groups()
    else:
        found = _MONTH_FIRST.match(text)
        if not found:
            return None
        name, on, year = found.groups()
    month = _MONTHS.get(name[:3].casefold())
    return (full_year(int(year)), month, int(on)) if month else None


def is_spelled(cell: str) -> bool:
    """Whether the cell begins with a date that spells its month."""
    return _spelled(cell) is not None


def day_of(cell: str, order: str | Text) -> date:
    """The date at the beginning of a cell, its month spelled, or its numbers in `order`.

    Raises `Refused` where there is none, or where `order` is the reason why it is not known.
    """
    spelled = _spelled(cell)
    if spelled is None:
        if isinstance(order, Text):
            raise Refused(*order)
        return day_in(cell, order)
    try:
        return date(*spelled)
    except ValueError:
        text = clean(cell)[:40]
        raise Refused(f"没有这一天：{text!r}", f"no such day: {text!r}") from None


def order_where_day_leads(cells: Iterable[str], said: str = "") -> str | Text:
    """The order of a file from a country that writes the day first.

    A file that can only be read otherwise, as one that a spreadsheet program has rewritten, is
    read otherwise; where the file leaves it open, what the person has `said` counts, then custom.
    """
    written = [(cell, "") for cell in cells if not is_spelled(cell)]
    order = date_order(written, said or "dmy")
    year_leads = any(re.match(r"\d{4}", clean(cell)) for cell, _zone in written)
    return "dmy" if order == "ymd" and written and not year_leads else order
