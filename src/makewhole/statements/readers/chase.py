"""Chase (USA): checking and savings, and credit cards, in US dollars; charges negative."""

from makewhole.statements.western_banks import Terms, bank

READERS = (
    bank(
        "chase",
        "account",
        Terms(order="mdy", currency="USD", noted=("check",)),
        columns={
            "details": ("Details",),
            "date": ("Posting Date",),
            "description": ("Description",),
            "amount": ("Amount",),
            "type": ("Type",),
            "balance": ("Balance",),
        },
        optional={"booked_on": ("Posting Date",), "check": ("Check or Slip #",)},
    ),
    bank(
        "chase",
        "card",
        Terms(order="mdy", currency="USD", noted=("category", "memo")),
        columns={
            "date": ("Transaction Date", "Trans Date"),
            "booked_on": ("Post Date",),
            "description": ("Description",),
            "type": ("Type",),
            "amount": ("Amount",),
        },
        optional={"category": ("Category",), "memo": ("Memo",), "card": ("Card",)},
        without=("Currency", "Status", "Balance"),
    ),
)
