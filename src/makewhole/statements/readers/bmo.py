"""BMO (Bank of Montreal): credit card and chequing, in Canadian dollars.

The card export writes charges positive. The chequing export says DEBIT or CREDIT beside each
amount; that word decides, whatever the sign.
"""

from makewhole.statements.western_banks import Terms, bank

READERS = (
    bank(
        "bmo",
        "credit",
        Terms(order="ymd", currency="CAD", charges_positive=True),
        columns={
            "date": ("Transaction Date",),
            "booked_on": ("Posting Date",),
            "card": ("Card #",),
            "amount": ("Transaction Amount",),
            "description": ("Description",),
        },
        optional={"item": ("Item #",)},
    ),
    bank(
        "bmo",
        "chequing",
        Terms(order="ymd", currency="CAD", signs={"debit": -1, "dr": -1, "credit": 1, "cr": 1}),
        columns={
            "card": ("First Bank Card",),
            "way": ("Transaction Type",),
            "date": ("Date Posted", "Transaction Date"),
            "amount": ("Transaction Amount",),
            "description": ("Description",),
        },
    ),
)
