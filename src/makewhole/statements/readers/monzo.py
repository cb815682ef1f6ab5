"""Monzo: the CSV of the app with a type for each row, and the one of 2018 without.

Monzo is a bank here: its rows are bookings. The app's export has times but names no zone, so its
rows keep the day; that of 2018 writes the offset behind each time. Pots are the holder's own.
"""

import re
from datetime import datetime
from typing import Any

from makewhole.records import Kind
from makewhole.statements.currency import known_currency
from makewhole.statements.dates import day_in
from makewhole.statements.layout import Line
from makewhole.statements.values import clean, clock
from makewhole.statements.western_banks import Terms, amount_of, bank, figure
from makewhole.statements.zones import zone_of

_OFFSET = re.compile(r"(\d{1,2}:\d{2}:\d{2})(?:\.\d+)?\s*([+-]\d{4}|Z)")
_POT = "pot transfer"
_CARD = "card payment"


def _of_row(line: Line) -> dict[str, Any]:
    """What the type says beyond the sign, and the amount in the currency of the place."""
    amount = amount_of(_TERMS, line)
    sort = line["type"].casefold()
    fields: dict[str, Any] = {}
    if sort == _POT:
        fields["kind"] = Kind.OWN_TRANSFER
    elif sort == _CARD and amount > 0:
        fields["kind"] = Kind.REFUND
    code = known_currency(line["original_currency"])
    if code and code != clean(line["currency"]).upper():
        fields |= {
            "original": figure(line["original"], comma=False),
            "original_currency": code,
        }
    return fields


def _of_2018(line: Line) -> dict[str, Any]:
    """The moment, with the offset that stands behind it."""
    found = _OFFSET.search(line["date"])
    at = clock(found[1]) if found else None
    if not found or at is None:
        return _of_row(line)
    on = day_in(line["date"], line.context.order)
    return {"occurred_at": datetime.combine(on, at, tzinfo=zone_of(found[2])), **_of_row(line)}


_TERMS = Terms(order="dmy", said=("type", "description"), noted=("notes", "address"), more=_of_row)
_TERMS_2018 = Terms(order="ymd", noted=("notes", "address"), more=_of_2018)

READERS = (
    bank(
        "monzo",
        "csv",
        _TERMS,
        columns={
            "reference": ("Transaction ID",),
            "date": ("Date",),
            "type": ("Type",),
            "counterparty": ("Name",),
            "emoji": ("Emoji",),
            "amount": ("Amount",),
            "currency": ("Currency",),
        },
        optional={
            "original": ("Local amount",),
            "original_currency": ("Local currency",),
            "notes": ("Notes and #tags", "Notes & #tags"),
            "address": ("Address",),
            "description": ("Description",),
            "balance": ("Balance",),
        },
    ),
    bank(
        "monzo",
        "csv-2018",
        _TERMS_2018,
        columns={
            "reference": ("id",),
            "date": ("created",),
            "amount": ("amount",),
            "currency": ("currency",),
            "original": ("local_amount",),
            "original_currency": ("local_currency",),
            "description": ("description",),
        },
        optional={"notes": ("notes",), "address": ("address",)},
        to_the_second=True,
    ),
)
