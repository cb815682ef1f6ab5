"""ICICI Bank: the statement of net banking, the detailed statement, and the list of transactions.

Where a row has no amount one way, the export writes 0.00.
"""

from makewhole.records import Side
from makewhole.statements.indian_banks import doubts, facts, row, study, tidied
from makewhole.statements.layout import Layout
from makewhole.statements.regrid import Regridded

_DATE = ("Transaction Date", "Value Date")
_REMARKS = ("Transaction Remarks",)
_OUT = (
    *("Withdrawal Amount (INR)", "Withdrawal Amt (INR)", "Withdrawal (Dr)", "Withdrawal Amount"),
    *("Withdrawal Amount(₹)", "Withdrawals"),
)
_IN = (
    *("Deposit Amount (INR)", "Deposit Amt (INR)", "Deposit (Cr)", "Deposit Amount"),
    *("Deposit Amount(₹)", "Deposits"),
)
_CHEQUE = (
    *("Cheque Number", "Cheque no / Ref No", "Cheque. No./Ref. No.", "ChequeNo.", "Cheque No"),
    *("Cheque No.", "Chq No."),
)
_POSTED = ("Txn Posted Date", "Transaction Posted Date")
_AMOUNT = ("Transaction Amount(INR)", "Transaction Amount", "Transaction Amount (₹)")

READERS = (
    Regridded(
        Layout(
            provider="icici",
            name="account",
            side=Side.BANK,
            columns={"date": _DATE, "details": _REMARKS, "debit": _OUT, "credit": _IN},
            optional={
                "value_date": ("Value Date",),
                "reference": _CHEQUE,
                "id": ("Tran Id", "Tran. Id", "Transaction ID"),
                "balance": ("Balance (INR)", "Balance"),
            },
            row=row,
            study=study,
            about=facts,
            doubts=doubts,
            counted=lambda _entry: None,
            anchor="date",
        ),
        tidied(_DATE, _REMARKS, _OUT, _IN),
    ),
    Regridded(
        Layout(
            provider="icici",
            name="transactions",
            side=Side.BANK,
            columns={
                "date": _POSTED,
                "value_date": ("Value Date",),
                "details": ("Description",),
                "way": ("Cr/Dr",),
                "amount": _AMOUNT,
                "balance": ("Available Balance(INR)", "Available Balance", "Available Balance (₹)"),
            },
            optional={"reference": _CHEQUE, "id": ("Transaction ID",)},
            row=row,
            study=study,
            about=facts,
            doubts=doubts,
            counted=lambda _entry: None,
            anchor="date",
        ),
        tidied(_POSTED, ("Description",), _AMOUNT),
    ),
)
