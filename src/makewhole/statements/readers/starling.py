"""Starling: the statement CSV of an account in pounds or euros.

Starling is a bank here: its rows are bookings. The currency stands in a heading, `Amount (GBP)`.
A row `Opening Balance` moves nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from makewhole.records import Entry, Kind, Movement, Text
from makewhole.statements.currency import currency
from makewhole.statements.currency_headings import CurrencyInHeading
from makewhole.statements.dates import day_in
from makewhole.statements.layout import Line
from makewhole.statements.values import words
from makewhole.statements.western_banks import Terms, amount_of, bank, row_by

_OWN = re.compile(r"(?:internal|currency) transfer", re.IGNORECASE)
_CARD = re.compile(r"card|contactless|chip|online payment|apple pay|google pay", re.IGNORECASE)
_OPENING = "opening balance"


def _of_row(line: Line) -> dict[str, Any]:
    """What the type says beyond the sign."""
    if _OWN.match(line["type"]):
        return {"kind": Kind.OWN_TRANSFER}
    if _CARD.match(line["type"]) and amount_of(_TERMS, line) > 0:
        return {"kind": Kind.REFUND}
    return {}


def _is_opening(line: Line) -> bool:
    return line["counterparty"].casefold() == _OPENING and not words(line["amount"])


def _row(line: Line) -> Entry:
    if not _is_opening(line):
        return row_by(_TERMS, line)
    return line.entry(
        occurred_on=day_in(line["date"], line.context.order),
        amount=Decimal(0),
        currency=currency(line["currency"]),
        movement=Movement.NOTHING,
        kind=Kind.OTHER,
        description=words(line["counterparty"]),
        note=words(line["balance"]),
    )


_TERMS = Terms(order="dmy", said=("type", "description"), noted=("notes",), more=_of_row)

_CSV = bank(
    "starling",
    "csv",
    _TERMS,
    columns={
        "date": ("Date",),
        "counterparty": ("Counter Party",),
        "description": ("Reference",),
        "type": ("Type",),
        "amount": ("Amount",),
        "balance": ("Balance",),
        "currency": ("Currency",),
    },
    optional={"notes": ("Notes",)},
    row=_row,
)


def _doubts(lines: Sequence[Line]) -> Iterable[Text]:
    """The bank's doubts, without the row that only states a balance."""
    return _CSV.doubts([line for line in lines if not _is_opening(line)])


READERS = (CurrencyInHeading(replace(_CSV, doubts=_doubts)),)
