"""HDFC Bank: the account statement as workbook or delimited text.

The reference of a UPI payment is its twelve digits with zeros in front.
"""

from makewhole.records import Side
from makewhole.statements.indian_banks import doubts, facts, row, study, tidied
from makewhole.statements.layout import Layout
from makewhole.statements.regrid import Regridded

_DATE = ("Date", "Transaction Date", "Txn Date")
_NARRATION = ("Narration",)
_OUT = ("Withdrawal Amt.", "Withdrawal Amt", "Withdrawal Amount", "Debit Amount", "Debit Amt.")
_IN = ("Deposit Amt.", "Deposit Amt", "Deposit Amount", "Credit Amount", "Credit Amt.")

READERS = (
    Regridded(
        Layout(
            provider="hdfc",
            name="account",
            side=Side.BANK,
            columns={
                "date": _DATE,
                "details": _NARRATION,
                "value_date": ("Value Dt", "Value Dat", "Value Date"),
                "debit": _OUT,
                "credit": _IN,
                "reference": (
                    *(
                        "Chq./Ref.No.",
                        "Chq./Ref.No",
                        "Chq/Ref Number",
                        "Chq/Ref No",
                        "Chq / Ref No.",
                    ),
                    *("Chq/Ref No.", "Chq./Ref. No.", "Chq / Ref Number", "Ref No./Cheque No."),
                ),
            },
            optional={"balance": ("Closing Balance", "Balance")},
            row=row,
            study=study,
            about=facts,
            doubts=doubts,
            counted=lambda _entry: None,
            anchor="date",
        ),
        tidied(_DATE, _NARRATION, _OUT, _IN),
    ),
)
