"""Charles Schwab: checking and savings, and the cash side of a brokerage account, in US dollars.

A brokerage row is dated twice where it was booked later than it took effect; it occurred on the
day behind "as of". Rows that move only shares have no amount and move no money.
"""

import re
from decimal import Decimal
from typing import Any

from makewhole.records import Declared, Entry, Kind, Movement
from makewhole.statements.dates import day_in
from makewhole.statements.layout import Line
from makewhole.statements.values import Refused, words
from makewhole.statements.western_banks import Terms, bank, figure, row_by

_ACCOUNT = re.compile(r"transactions\s+for\s+.*?(?:\.\.\.|[Xx*]+-?)(\d{3,})", re.IGNORECASE)
_AS_OF = re.compile(r"\bas of\s+(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)
_OWN = re.compile(r"moneylink|journal|wire|funds (?:received|paid)|transfer", re.IGNORECASE)

_CHECKING = Terms(
    order="mdy",
    currency="USD",
    statuses={"posted": None, "pending": Movement.UNDECIDED},
    more=lambda line: {"note": _check(line["check"])},
)


def _check(number: str) -> str:
    return f"check {number}" if words(number) else ""


def _of_cash(line: Line) -> dict[str, Any]:
    """What a brokerage row adds: the day on which it took effect, and its sort."""
    fields: dict[str, Any] = {
        "kind": Kind.OWN_TRANSFER if _OWN.search(line["type"]) else Kind.OTHER,
    }
    found = _AS_OF.search(line["date"])
    if found:
        booked_on = day_in(line["date"], line.context.order)
        fields |= {"occurred_on": day_in(found[1], line.context.order), "booked_on": booked_on}
    fee = figure(line["fee"], comma=False)
    return fields | ({"fee": abs(fee)} if fee else {})


_CASH = Terms(order="mdy", currency="USD", said=("type", "symbol", "description"), more=_of_cash)


def _cash_row(line: Line) -> Entry:
    if words(line["amount"]) or not words(line["quantity"]):
        return row_by(_CASH, line)
    if not words(line["type"]):
        raise Refused("这一行没有金额", "this row has no amount")
    return line.entry(
        occurred_on=day_in(line["date"], line.context.order),
        amount=Decimal(0),
        currency="USD",
        movement=Movement.NOTHING,
        kind=Kind.OTHER,
        description=" ".join(filter(None, (line["type"], line["symbol"], line["description"]))),
        note=f"{line['quantity']} shares",
    )


def _facts(text: str) -> Declared:
    found = _ACCOUNT.search(text)
    return Declared(account=found[1], card=found[1][-4:]) if found else Declared()


READERS = (
    bank(
        "schwab",
        "checking",
        _CHECKING,
        columns={
            "date": ("Date",),
            "type": ("Type", "TransactionType"),
            "description": ("Description",),
            "debit": ("Withdrawal", "Withdrawal (-)", "Withdrawals"),
            "credit": ("Deposit", "Deposit (+)", "Deposits"),
            "balance": ("RunningBalance", "Running Balance"),
        },
        optional={"status": ("Status",), "check": ("CheckNumber", "Check #", "Check Number")},
        about=_facts,
    ),
    bank(
        "schwab",
        "brokerage",
        _CASH,
        columns={
            "date": ("Date",),
            "type": ("Action",),
            "symbol": ("Symbol",),
            "description": ("Description",),
            "quantity": ("Quantity",),
            "amount": ("Amount", "Amount ($)"),
            "fee": ("Fees & Comm", "Fees ($)", "Fees & Commissions"),
        },
        row=_cash_row,
        about=_facts,
    ),
)
