"""State Bank of India: the account statement, a text of tabs that is called a workbook, or a table.

Months are spelled or numbers; the order of dates is decided on the whole file.
"""

from makewhole.records import Side
from makewhole.statements.indian_banks import doubts, facts, row, study, tidied
from makewhole.statements.layout import Layout
from makewhole.statements.regrid import Regridded

_DATE = ("Txn Date", "Transaction Date", "Date", "Post Date")
_NARRATION = ("Description", "Details", "Transaction Details")
_OUT = ("Debit", "Debit (INR)")
_IN = ("Credit", "Credit (INR)")

READERS = (
    Regridded(
        Layout(
            provider="sbi",
            name="account",
            side=Side.BANK,
            columns={
                "date": _DATE,
                "details": _NARRATION,
                "reference": (
                    *("Ref No./Cheque No.", "Ref No./Cheque No", "Ref No/Cheque No"),
                    *("Ref No/Cheque No.", "Ref. No./Chq. No.", "Ref No./Chq No."),
                ),
                "debit": _OUT,
                "credit": _IN,
            },
            optional={"value_date": ("Value Date",), "balance": ("Balance", "Balance (INR)")},
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
