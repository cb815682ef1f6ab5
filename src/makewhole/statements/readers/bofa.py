"""Bank of America: checking and savings with a summary above, and credit cards; charges negative.

The first row of an account export is its opening balance, which moves nothing. The totals of the
summary are checked against the rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from makewhole.records import Declared, Entry, Kind, Movement, Text, Total
from makewhole.statements.layout import Line
from makewhole.statements.spelled_dates import day_of
from makewhole.statements.values import money
from makewhole.statements.western_banks import Terms, bank, doubts, row_by

_TOTAL = re.compile(r"total (credits|debits) as of \S+ +(-?[\d,]*\.\d{2})", re.IGNORECASE)
_OPENING = "beginning balance"
_TERMS = Terms(order="mdy", currency="USD")


def _opens(line: Line) -> bool:
    return not line["amount"] and line["description"].casefold().startswith(_OPENING)


def _row(line: Line) -> Entry:
    if not _opens(line):
        return row_by(_TERMS, line)
    return line.entry(
        occurred_on=day_of(line["date"], line.context.order),
        amount=Decimal(0),
        currency=_TERMS.currency,
        movement=Movement.NOTHING,
        kind=Kind.OTHER,
        description=line["description"],
        note=line["balance"],
    )


def _facts(text: str) -> Declared:
    found = {match[1].casefold(): abs(money(match[2])) for match in _TOTAL.finditer(text)}
    return Declared(totals=tuple(Total(word, None, amount) for word, amount in found.items()))


def _counted(entry: Entry) -> tuple[str, Decimal] | None:
    if not entry.amount:
        return None
    return ("credits" if entry.amount > 0 else "debits", entry.amount)


def _doubts(lines: Sequence[Line]) -> Iterator[Text]:
    yield from doubts(_TERMS, [line for line in lines if not _opens(line)])


READERS = (
    replace(
        bank(
            "bofa",
            "account",
            _TERMS,
            columns={
                "date": ("Date",),
                "description": ("Description",),
                "amount": ("Amount",),
                "balance": ("Running Bal.", "Running Bal"),
            },
            row=_row,
            about=_facts,
        ),
        counted=_counted,
        doubts=_doubts,
    ),
    bank(
        "bofa",
        "card",
        Terms(order="mdy", currency="USD", said=("description", "address")),
        columns={
            "date": ("Posted Date",),
            "reference": ("Reference Number",),
            "description": ("Payee",),
            "address": ("Address",),
            "amount": ("Amount",),
        },
        optional={"booked_on": ("Posted Date",)},
    ),
)
