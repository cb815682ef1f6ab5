"""BHIM: the table of payments that the app exports as a web page.

The number of a payment is the one the bank shows where it has twelve digits.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from makewhole.records import Entry, Side, Text
from makewhole.statements.layout import Layout, Line
from makewhole.statements.spelled_dates import order_where_day_leads
from makewhole.statements.upi import kind_of, moment, movement_of, rupees, signed
from makewhole.statements.values import number, words


@dataclass(frozen=True, slots=True)
class _Habits:
    order: str | Text


def _study(lines: Sequence[Line], dates: str) -> _Habits:
    return _Habits(order_where_day_leads((line["date"] for line in lines), dates))


def _row(line: Line) -> Entry:
    on, at = moment(line["date"], line["time"], line.context.order)
    amount = signed(line["way"], rupees(line["amount"]))
    reference = number(line["id"])
    bank, account = words(line["bank"]), words(line["account"])
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=amount,
        currency="INR",
        direction_word=line["way"],
        status_word=line["status"],
        movement=movement_of(line["status"], amount),
        kind=kind_of(words(line["sort"]), amount),
        counterparty=words(line["receiver" if amount < 0 else "sender"]),
        description=words(line["sort"]),
        reference=reference,
        merchant_reference=reference if re.fullmatch(r"\d{12}", reference) else "",
        funding=f"{bank}({account})" if bank and account else bank or account,
    )


READERS = (
    Layout(
        provider="bhim",
        name="history",
        to_the_second=True,
        clock="time",
        side=Side.WALLET,
        columns={
            "date": ("Date",),
            "time": ("Time",),
            "bank": ("Bank Name",),
            "account": ("Account Number",),
            "sender": ("Sender",),
            "receiver": ("Receiver",),
            "id": ("Payment ID",),
            "sort": ("Pay/Collect",),
            "amount": ("Amount",),
            "way": ("DR/CR",),
            "status": ("Status",),
        },
        row=_row,
        study=_study,
        anchor="date",
    ),
)
