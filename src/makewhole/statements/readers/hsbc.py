"""HSBC Hong Kong 汇丰（香港）: credit card and savings account from online banking.

Days come first in dates (DD/MM/YYYY). The exports name neither card nor account.
"""

import re
from datetime import date
from decimal import Decimal

from msgspec import structs

from makewhole.records import Entry, Kind, Movement, Side
from makewhole.statements.chinese_banks import carried_on, entry_of, stated
from makewhole.statements.currency import currency
from makewhole.statements.dates import day_in
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import Refused, maybe_money, words

_SIGNS = {"DEBIT": -1, "CREDIT": 1}
_REFUND = re.compile(r"\b(?:RETURN|REFUND|REVERSAL|CANCEL)", re.IGNORECASE)
_REPAYMENT = re.compile(r"^(?:PAYMENT\b.*THANK YOU|AUTO ?PAY)", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"\d{4}[-/.]")


def _day(cell: str) -> date:
    """The day; a spreadsheet program may have written the year first."""
    return day_in(cell, "ymd" if _YEAR_FIRST.match(cell) else "dmy")


def _amount(line: Line) -> Decimal:
    """The signed amount; the word beside it must not say the opposite of its sign."""
    amount, word = stated(maybe_money(line["amount"])), line["direction"].upper()
    if not word:
        return amount
    sign = _SIGNS.get(word)
    if sign is None or (sign > 0 > amount):
        raise Refused(
            f"金额 {amount} 和借贷栏“{word}”对不上",
            f"the amount {amount} does not go with the word {word!r} beside it",
        )
    return sign * abs(amount)


def _row(line: Line) -> Entry:
    code, status = currency(line["currency"]), line["status"].upper()
    entry = entry_of(
        line,
        _amount(line),
        code,
        occurred_on=_day(line["date"]),
        booked_on=_day(line["booked_on"]) if words(line["booked_on"]) else None,
        status_word=line["status"],
        counterparty=words(line["merchant"]),
        description=" ".join(line["description"].split()),
    )
    return structs.replace(entry, kind=_kind(entry), movement=_movement(entry, status))


def _kind(entry: Entry) -> Kind:
    if entry.amount > 0 and _REPAYMENT.search(entry.description):
        return Kind.REPAYMENT
    if entry.amount > 0 and _REFUND.search(entry.description):
        return Kind.REFUND
    return entry.kind


def _movement(entry: Entry, status: str) -> Movement:
    if status in {"", "POSTED"} or entry.movement is Movement.NOTHING:
        return entry.movement
    return Movement.UNDECIDED if status == "PENDING" else Movement.UNKNOWN


READERS = (
    Layout(
        provider="hsbc",
        name="hk-credit",
        side=Side.BANK,
        columns={
            "date": ("Transaction date",),
            "booked_on": ("Post date",),
            "description": ("Description",),
            "amount": ("Billing amount",),
            "currency": ("Billing currency",),
        },
        optional={
            "status": ("Transaction status",),
            "merchant": ("Merchant name",),
            "direction": ("Credit / Debit",),
        },
        row=_row,
        anchor="date",
    ),
    Layout(
        provider="hsbc",
        name="hk-debit",
        side=Side.BANK,
        columns={
            "date": ("Date", "Transaction date"),
            "description": ("Description",),
            "amount": ("Billing amount",),
            "currency": ("Billing currency",),
            "balance": ("Balance",),
        },
        optional={"balance_currency": ("Balance currency",)},
        without=("Post date",),
        row=_row,
        doubts=carried_on(_amount),
        anchor="date",
    ),
)
