"""American Express: card activity as CSV or workbook, plain or with details, charges positive.

The headings of the address tell the country, and with it the currency and the usual order of day
and month. The plain export of three columns has headings that say nothing: its rows must have the
columns of fixed width in which American Express writes merchant and town.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from makewhole.records import Side
from makewhole.statements.habits import date_order
from makewhole.statements.layout import Layout, Line
from makewhole.statements.reader import Draft
from makewhole.statements.source import Source
from makewhole.statements.values import clean, heading
from makewhole.statements.western_banks import Habits, Terms, abroad, bank, joined, study

# 20 letters of merchant, 20 of town and a state of the USA; elsewhere 24 letters of merchant.
_IN_USA = re.compile(r".{20}.{20}[A-Z]{2}")
_ELSEWHERE = re.compile(r".{22}  \S.*")
_PLAIN_WIDTH = 3
_LEAST_SHARE = 1 / 3
# Of the headings of an address: the currency, and the order of dates in that country.
_COUNTRIES = {
    "address_us": ("USD", "mdy"),
    "address_uk": ("GBP", "dmy"),
    "german": ("EUR", "dmy"),
    "address_ca": ("CAD", ""),
}
_DISTINCT = (
    "distinct_details",
    "distinct_statement",
    "distinct_member",
    "booked_on",
)


@dataclass(frozen=True, slots=True)
class _CardHabits(Habits):
    """What holds for the whole file, and the currency that it tells."""

    currency: str


def _study(stated: str, lines: Sequence[Line], dates: str) -> _CardHabits:
    """The habits of a file; `stated` is the person's currency for a file that tells none."""
    code, usual = next(
        (told for name, told in _COUNTRIES.items() if lines and lines[0].has(name)), ("", "")
    )
    if not code and _share(_IN_USA, [line["description"] for line in lines]) >= _LEAST_SHARE:
        code, usual = _COUNTRIES["address_us"]
    found = study(Terms(order=usual or "dmy", comma=None), lines, dates)
    order = found.order if usual else date_order(((line["date"], "") for line in lines), dates)
    return _CardHabits(order=order, comma=found.comma, debits_signed=False, currency=code or stated)


def _more(line: Line) -> dict[str, Any]:
    details = joined((line["distinct_details"], line["category"]))
    foreign = abroad(line["foreign"])
    note = joined((details, foreign.pop("note", "")))
    return {"currency": line.context.currency, "note": note, **foreign}


_COLUMNS = {
    "date": ("Date", "Datum"),
    "description": ("Description", "Beschreibung"),
    "amount": ("Amount", "Betrag"),
}
_OPTIONAL = {
    "booked_on": ("Date Processed",),
    "distinct_member": ("Card Member", "Cardmember", "Karteninhaber"),
    "distinct_details": ("Extended Details", "Weitere Details", "Erweiterte Details"),
    "distinct_statement": ("Appears On Your Statement As", "Erscheint auf Ihrer Abrechnung als"),
    "account": ("Account #", "Account Number", "Konto #"),
    "address_us": ("City/State", "Zip Code"),
    "address_uk": ("Town/City", "Postcode"),
    "address_ca": ("City / Province", "Postal Code"),
    "german": ("Datum",),
    "reference": ("Reference", "Betreff"),
    "category": ("Category", "Kategorie"),
    "foreign": ("Foreign Spend Amount",),
}


def _layout(stated: str = "") -> Layout:
    terms = Terms(order="", comma=None, charges_positive=True, more=_more)
    layout = bank("amex", "activity", terms, columns=_COLUMNS, optional=_OPTIONAL)
    return replace(layout, study=partial(_study, stated))


def _share(shape: re.Pattern[str], texts: Sequence[str]) -> float:
    return sum(bool(shape.fullmatch(text)) for text in texts) / (len(texts) or 1)


class Amex:
    """The card activity of any country, where headings or rows show that it is Amex's."""

    provider = "amex"
    name = "activity"
    side = Side.BANK

    def closeness(self, source: Source) -> float:
        """1.0 where the headings are Amex's own, or are plain and the rows have its shape."""
        close = _layout().closeness(source)
        if close < 1.0 or self._distinct(source) or self._shaped(source):
            return close
        return 0.99

    def read(self, source: Source) -> list[Draft]:
        """The drafts, in the currency that the file tells or else the person."""
        return _layout(source.currency).read(source)

    def _distinct(self, source: Source) -> bool:
        own = {word for name in _DISTINCT for word in _headings(name)}
        plain = {word for name in _COLUMNS for word in _headings(name)}
        return any(
            line.words & own and len(line.words & plain) >= len(_COLUMNS)
            for grid in source.grids
            for line in grid.headings
        )

    def _shaped(self, source: Source) -> bool:
        """Whether most charges are positive and stand in columns of fixed width."""
        rows = list(_plain_rows(source))
        charges = [merchant for merchant, amount in rows if not amount.startswith(("-", "("))]
        shape = max((_IN_USA, _ELSEWHERE), key=lambda each: _share(each, charges))
        mostly = len(charges) * 2 >= len(rows)
        return bool(charges) and mostly and _share(shape, charges) >= _LEAST_SHARE


def _headings(name: str) -> set[str]:
    return {heading(word) for word in {**_COLUMNS, **_OPTIONAL}[name]}


def _plain_rows(source: Source) -> Iterator[tuple[str, str]]:
    """Description and amount of the rows of an export with three columns."""
    for grid in source.grids:
        for _number, cells in grid.head:
            if len(cells) == _PLAIN_WIDTH and re.match(r"\d{1,2}[/. ]", clean(cells[0])):
                yield clean(cells[1]), clean(cells[2])


READERS = (Amex(),)
