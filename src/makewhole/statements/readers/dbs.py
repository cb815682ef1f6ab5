"""DBS and POSB (Singapore): account exports in the layouts of the years, and the card's.

The text above the rows names account and currency. Dates spell their month.
"""

import re
from dataclasses import replace
from typing import Any

from makewhole.records import Declared, Movement
from makewhole.statements.currency import known_currency
from makewhole.statements.layout import Line
from makewhole.statements.values import tail
from makewhole.statements.western_banks import Terms, bank

_ACCOUNT = re.compile(
    r"(?:account details|transaction history|card).{0,60}?([\d*X-]{8,})", re.IGNORECASE
)
_CURRENCY = re.compile(r"(?:currency|balance|limit)\W{1,3}([A-Z]{3})\b", re.IGNORECASE)
_STATUSES = {
    "settled": None,
    "posted": None,
    "completed": None,
    "pending": Movement.UNDECIDED,
    "processing": Movement.UNDECIDED,
    "rejected": Movement.NOTHING,
    "failed": Movement.NOTHING,
    "cancelled": Movement.NOTHING,
}
_SIDES = {"debit": ("Debit Amount",), "credit": ("Credit Amount",)}
_REFERENCES = {
    "ref1": ("Transaction Ref1",),
    "ref2": ("Transaction Ref2",),
    "ref3": ("Transaction Ref3",),
}


def _more(line: Line) -> dict[str, Any]:
    if line.has("currency") and line["currency"]:
        return {}
    named = _CURRENCY.search(line.notes)
    return {"currency": (known_currency(named[1]) if named else None) or "SGD"}


def _facts(text: str) -> Declared:
    """The account; of a masked card, the digits that are shown."""
    found = _ACCOUNT.search(text)
    if not found:
        return Declared()
    masked = "*" in found[1] or "x" in found[1].casefold()
    return Declared(account="" if masked else found[1], card=tail(found[1].replace("-", "")))


_TERMS = Terms(order="dmy", statuses=_STATUSES, noted=("code",), more=_more)

READERS = (
    bank(
        "dbs",
        "account",
        _TERMS,
        columns={
            "date": ("Transaction Date",),
            "code": ("Transaction Code",),
            "description": ("Description",),
            **_SIDES,
        },
        optional={**_REFERENCES, "status": ("Status",), "balance": ("Balance",)},
        about=_facts,
        without=("Statement Code",),
    ),
    bank(
        "dbs",
        "account-references",
        replace(_TERMS, said=("ref1", "ref2", "ref3")),
        columns={
            "date": ("Transaction Date",),
            "code": ("Reference",),
            "ref1": ("Transaction Ref1",),
            "ref2": ("Transaction Ref2",),
            **_SIDES,
        },
        optional={**_REFERENCES, "status": ("Status",)},
        about=_facts,
        without=("Statement Code", "Transaction Code"),
    ),
    bank(
        "dbs",
        "account-statement-codes",
        replace(
            _TERMS, said=("description", "client", "additional", "misc"), noted=("code", "code2")
        ),
        columns={
            "date": ("Transaction Date",),
            "value_on": ("Value Date",),
            "code": ("Statement Code",),
            "description": ("Reference", "Description", "Statement Code Description"),
            **_SIDES,
        },
        optional={
            "code2": ("Supplementary Code",),
            "client": ("Client Reference",),
            "additional": ("Additional Reference",),
            "misc": ("Misc Reference", "Payment Details"),
            "status": ("Status",),
            "currency": ("Currency",),
            "balance": ("Balance", "Running Balance"),
        },
        about=_facts,
    ),
    bank(
        "dbs",
        "card",
        replace(_TERMS, noted=("way_of_paying",)),
        columns={
            "date": ("Transaction Date",),
            "booked_on": ("Transaction Posting Date",),
            "description": ("Transaction Description",),
            "type": ("Transaction Type",),
            "status": ("Transaction Status",),
            **_SIDES,
        },
        optional={"way_of_paying": ("Payment Type",)},
        about=_facts,
    ),
)
