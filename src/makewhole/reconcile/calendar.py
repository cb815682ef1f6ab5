"""How long money usually takes: calendar days that stand still over bank holidays."""

from datetime import date, timedelta
from functools import lru_cache

# Days in which a payment is usually booked, a refund credited, a withdrawal paid out.
BOOKING_DAYS = 5
REFUND_DAYS = 10
# A bank may date a row one day before the wallet: clocks and cut-offs differ.
EARLY_DAYS = 1
# A refund later than usual is still the refund when it comes.
REFUND_WINDOW = 45
PENDING_DAYS = 7
# What is held now may be charged this much later.
DEFERRED_WINDOW = 60

_COUNTRY = {"CNY": "CN", "INR": "IN", "GBP": "GB", "HKD": "HK"}
_MARKET = {"USD": "FED", "EUR": "XECB"}
_SATURDAY = 5


@lru_cache(maxsize=65536)
def late_from(start: date, days: int, currency: str) -> date:
    """The first day on which money that started on `start` counts as late.

    Public holidays of the currency's home do not count; outside China weekends neither, because
    Chinese card payments are booked on every day of the week but those of the long holidays.
    """
    day, left = start, days
    while left > 0:
        day += timedelta(days=1)
        if not _rests(day, currency):
            left -= 1
    return day + timedelta(days=1)


@lru_cache(maxsize=65536)
def latest_booking(start: date, currency: str) -> date:
    """The last day on which a bank may book what happened on `start`: so many working days on.

    Later than the day from which it counts as late: what comes late is still the same money.
    """
    day, left = start, BOOKING_DAYS
    while left > 0:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in _holidays(currency, day.year):
            left -= 1
    return day


@lru_cache(maxsize=65536)
def earliest_origin(booked: date, currency: str) -> date:
    """The first day on which something that was booked on `booked` may have happened."""
    day = booked - timedelta(days=BOOKING_DAYS)
    while latest_booking(day - timedelta(days=1), currency) >= booked:
        day -= timedelta(days=1)
    return day


def _rests(day: date, currency: str) -> bool:
    if currency != "CNY" and day.weekday() >= _SATURDAY:
        return True
    return day in _holidays(currency, day.year)


@lru_cache(maxsize=256)
def _holidays(currency: str, year: int) -> frozenset[date]:
    import holidays

    if currency in _MARKET:
        return frozenset(holidays.financial_holidays(_MARKET[currency], years=year))
    if currency in _COUNTRY:
        return frozenset(holidays.country_holidays(_COUNTRY[currency], years=year))
    return frozenset()
