"""What the rows of a file say of its locale: the order of its dates and its decimal sign.

Both are decided on the whole file and never row by row; what the file does not tell stays open.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from makewhole.records import Text
from makewhole.statements.dates import ORDERS, orders_of
from makewhole.statements.values import clean
from makewhole.statements.zones import out_of_season

_POINT = re.compile(r"\d\.\d{1,2}$|\d,\d{3}(?!\d)")
_COMMA = re.compile(r"\d,\d{1,2}$|\d\.\d{3}(?!\d)")

MIXED_DATES = Text(
    "文件里混用了不同的日期写法，没有猜；请重新导出",
    "the file mixes different orders of dates; nothing was guessed. Export it again",
)
OPEN_DATES = Text(
    "日期是“日/月”还是“月/日”说不准：文件里没有大于 12 的日子，行的先后也说明不了，所以没有猜；"
    "请导出更长的时间段，或加上 --dates dmy（日/月）或 --dates mdy（月/日）",
    "cannot tell whether dates are day/month or month/day: no day is above 12 and the sequence of "
    "the rows fits both, so nothing was guessed. Export a longer period, or say "
    "--dates dmy or --dates mdy",
)
OTHER_DATES = Text(
    "这家机构的日期一向是另一种写法，这个文件里的不合，像是被改写过，所以没有猜；"
    "请重新导出，不要另存",
    "the dates are not in the order that this provider writes: the file seems to have been "
    "rewritten, so nothing was guessed. Export it again and do not re-save",
)
MIXED_DECIMALS = Text(
    "金额的小数点写法不一致，没有猜；请重新导出",
    "the amounts use both decimal signs; nothing was guessed. Export it again",
)

_Reading = tuple[dict[str, date], str]


def date_order(cells: Iterable[tuple[str, str]], said: str = "") -> str | Text:
    """The one order that fits every date of a file, or why there is none.

    Takes each date with the name of its time zone. Where several orders fit, the season of zone
    names decides, then the sequence of the rows, then what the person has `said`. Cells that are
    no date at all do not count.
    """
    written = [(clean(cell), zone) for cell, zone in cells]
    readings = [(orders, zone) for cell, zone in written if (orders := orders_of(cell))]
    fitting = [order for order in ORDERS if all(order in orders for orders, _zone in readings)]
    if not fitting:
        return MIXED_DATES
    # No locale that writes dates with points puts the month first.
    if all("." in cell for cell, _zone in written) and "dmy" in fitting:
        return "dmy"
    if all(len({orders[order] for order in fitting}) == 1 for orders, _zone in readings):
        return fitting[0]
    fitting = [order for order in fitting if _in_season(readings, order)]
    fitting = [order for order in fitting if _in_sequence(readings, order)] or fitting
    if len(fitting) == 1:
        return fitting[0]
    return said if said in fitting else OPEN_DATES


def usual_order(cells: Iterable[str], usual: str, said: str = "") -> str | Text:
    """The order that a provider is known to write, if it fits every date of a file.

    Where it does not, the order that the person has `said` or year first, or why there is none.
    Cells that are no date at all do not count.
    """
    readings = [orders for cell in cells if (orders := orders_of(clean(cell)))]
    for order in (usual, said, "ymd"):
        if all(order in orders for orders in readings):
            return order
    return OTHER_DATES


def _in_season(readings: Sequence[_Reading], order: str) -> bool:
    """Whether every zone name is in use on its date: there is no PDT in January."""
    noon = time(12)
    return not any(
        out_of_season(zone, datetime.combine(orders[order], noon)) for orders, zone in readings
    )


def _in_sequence(readings: Sequence[_Reading], order: str) -> bool:
    """Whether the rows run in one direction of time."""
    days = [orders[order] for orders, _zone in readings]
    return days in (sorted(days), sorted(days, reverse=True))


def decimal_comma(cells: Iterable[str]) -> bool | Text:
    """Whether a file writes decimals with a comma, or that it does both.

    A sign before one or two final digits is the decimal sign; before three it parts thousands.
    """
    texts = [clean(cell) for cell in cells]
    comma = any(_COMMA.search(text) for text in texts)
    point = any(_POINT.search(text) for text in texts)
    return MIXED_DECIMALS if comma and point else comma
