"""Lloyds, Halifax, Bank of Scotland and TSB: the account export that they share, in pounds."""

from makewhole.statements.western_banks import Terms, bank

READERS = (
    bank(
        "lloyds",
        "account",
        Terms(order="dmy", currency="GBP", said=("description",), noted=("type",)),
        columns={
            "date": ("Transaction Date",),
            "type": ("Transaction Type",),
            "sort_code": ("Sort Code",),
            "account": ("Account Number",),
            "description": ("Transaction Description",),
            "debit": ("Debit Amount",),
            "credit": ("Credit Amount",),
        },
        optional={"balance": ("Balance",)},
    ),
)
