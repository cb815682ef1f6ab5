"""Capital One: credit cards, and 360 checking and savings, in US dollars.

The card export has a column for money out and one for money in; the account export says Debit or
Credit beside an amount without a sign.
"""

from makewhole.statements.western_banks import Terms, bank

READERS = (
    bank(
        "capitalone",
        "card",
        Terms(order="ymd", currency="USD", noted=("category",)),
        columns={
            "date": ("Transaction Date",),
            "booked_on": ("Posted Date",),
            "card": ("Card No.", "Card No"),
            "description": ("Description",),
            "debit": ("Debit",),
            "credit": ("Credit",),
        },
        optional={"category": ("Category",)},
    ),
    bank(
        "capitalone",
        "account",
        Terms(order="mdy", currency="USD", signs={"debit": -1, "credit": 1}),
        columns={
            "account": ("Account Number",),
            "description": ("Transaction Description",),
            "date": ("Transaction Date",),
            "way": ("Transaction Type",),
            "amount": ("Transaction Amount",),
            "balance": ("Balance",),
        },
    ),
)
