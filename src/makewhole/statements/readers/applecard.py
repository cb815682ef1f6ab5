"""Apple Card: the transactions of a month as CSV, charges positive, payments and refunds negative.

The day of the purchase and the day on which it cleared stand apart; the bank's statement shows
both. The type names a payment of the bill, which no word of the description has to do.
"""

from typing import Any

from makewhole.records import Kind
from makewhole.statements.layout import Line
from makewhole.statements.western_banks import Terms, bank

_KINDS = {
    "payment": Kind.REPAYMENT,
    "refund": Kind.REFUND,
    "interest": Kind.FEE,
}


def _more(line: Line) -> dict[str, Any]:
    kind = _KINDS.get(line["type"].casefold())
    return {"kind": kind} if kind else {}


READERS = (
    bank(
        "applecard",
        "transactions",
        Terms(
            order="mdy",
            currency="USD",
            charges_positive=True,
            noted=("type", "category", "holder"),
            more=_more,
        ),
        columns={
            "date": ("Transaction Date",),
            "booked_on": ("Clearing Date",),
            "description": ("Description",),
            "counterparty": ("Merchant",),
            "type": ("Type",),
            "amount": ("Amount (USD)",),
        },
        optional={"category": ("Category",), "holder": ("Purchased By",)},
    ),
)
