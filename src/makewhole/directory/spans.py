"""Adds a length of time to a day, and says it in words."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from makewhole.directory.spec import Span
from makewhole.records import Text

# The last of so many working days after a day, by the calendar of that code; None: unknown.
WorkingDays = Callable[[date, int, str], date | None]

_MONTHS = 12


def last_day(start: date, span: Span, calendar: str, working_days: WorkingDays) -> date | None:
    """The last day of a span that begins the day after `start`; None where nobody knows."""
    if span.working_days:
        return working_days(start, span.working_days, calendar)
    months = span.months + _MONTHS * span.years
    end = _months_later(start, months) if months else start
    return end + timedelta(days=span.days, weeks=span.weeks)


def _months_later(start: date, months: int) -> date:
    """The corresponding day, or the last of its month where there is none."""
    count = start.year * _MONTHS + start.month - 1 + months
    year, month = divmod(count, _MONTHS)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


_UNITS = (
    ("years", " 年", "year"),
    ("months", " 个月", "month"),
    ("weeks", " 周", "week"),
    ("days", " 天", "day"),
    ("working_days", " 个工作日", "working day"),
)


def said(span: Span) -> Text:
    """The span as people say it."""
    told = Text("", "")
    for unit, chinese, english in _UNITS:
        count: int = getattr(span, unit)
        if count:
            plural = "s" if count > 1 else ""
            told += Text(f"{count}{chinese}", f"{' ' if told.en else ''}{count} {english}{plural}")
    return told
