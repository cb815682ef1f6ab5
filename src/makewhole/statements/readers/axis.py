"""Axis Bank: the account statement with one column for each way, or with one amount and DR or CR.

Figures have blanks or tabs in front, and an overdrawn balance is written `-,77,65,682.30`.
"""

from makewhole.records import Side
from makewhole.statements.indian_banks import doubts, facts, row, study, tidied
from makewhole.statements.layout import Layout
from makewhole.statements.regrid import Regridded

_DATE = ("Tran Date", "Transaction Date", "Transaction Date (dd/mm/yyyy)")
_PARTICULARS = ("PARTICULARS", "Transaction Particulars")
_OUT = ("DR", "Debit")
_IN = ("CR", "Credit")
_CHEQUE = ("CHQNO", "Chq No", "Chq No.", "Cheque Number", "Chq / Ref no.")
_BRANCH = ("SOL", "Init.Br", "Branch Name(SOL)", "Branch Name")
_AMOUNT = ("Amount(INR)", "Amount")
_WAY = ("DR|CR", "Debit/Credit", "DR/CR")
_BALANCE = ("BAL", "Balance", "Balance(INR)")
_VALUE = ("Value Date", "Value Date (dd/mm/yyyy)")

READERS = (
    Regridded(
        Layout(
            provider="axis",
            name="account",
            side=Side.BANK,
            columns={
                "date": ("Tran Date",),
                "details": _PARTICULARS,
                "debit": _OUT,
                "credit": _IN,
                "balance": _BALANCE,
            },
            optional={"value_date": _VALUE, "reference": _CHEQUE, "branch": _BRANCH},
            row=row,
            study=study,
            about=facts,
            doubts=doubts,
            counted=lambda _entry: None,
            anchor="date",
        ),
        tidied(("Tran Date",), _PARTICULARS, _OUT, _IN),
    ),
    Regridded(
        Layout(
            provider="axis",
            name="one-amount",
            side=Side.BANK,
            columns={
                "date": _DATE,
                "details": _PARTICULARS,
                "way": _WAY,
                "amount": _AMOUNT,
                "balance": _BALANCE,
                "value_date": _VALUE,
            },
            optional={"reference": _CHEQUE, "branch": _BRANCH},
            row=row,
            study=study,
            about=facts,
            doubts=doubts,
            counted=lambda _entry: None,
            anchor="date",
        ),
        tidied(_DATE, _PARTICULARS, _AMOUNT),
    ),
)
