"""Barclays (UK): the account export, in pounds."""

from makewhole.statements.western_banks import Terms, bank

READERS = (
    bank(
        "barclays",
        "account",
        Terms(order="dmy", currency="GBP", noted=("type", "number")),
        columns={
            "number": ("Number",),
            "date": ("Date",),
            "account": ("Account",),
            "amount": ("Amount",),
            "type": ("Subcategory",),
            "description": ("Memo",),
        },
    ),
)
