"""Paytm: the UPI statement as a workbook, its sheet of payments as a table, and the older wallet.

The sheet “Summary” prints what was paid and received without transfers between one's own accounts
and without payments that the holder has hidden, so a difference there may have that reason.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal

from makewhole.records import Declared, Entry, Kind, Movement, Side, Text, Total
from makewhole.statements.layout import Layout, Line
from makewhole.statements.regrid import Regridded, as_note, header_of
from makewhole.statements.source import Grid, Source
from makewhole.statements.spelled_dates import day_of, order_where_day_leads
from makewhole.statements.upi import kind_of, moment, movement_of, party_of, rupees
from makewhole.statements.values import Refused, count, maybe_money, number, words

_PAID, _RECEIVED = "Money Paid", "Money Received"
_DATE = ("Date", "Transaction Date")
_DETAILS = ("Transaction Details",)
_ACCOUNT = ("Your Account", "Your Account / Wallet")
_AMOUNT = ("Amount", "Amount (INR)", "Amount (Rs.)", "Amount (₹)")
_REFERENCE = ("UPI Ref No.", "UPI Ref No", "UPI Ref. No.", "UPI Reference No.", "UPI Ref Number")
_FIGURE = re.compile(
    r"Money (?P<word>Paid|Received)\b[^\d\n]*\n?[^\d\n]*?(?P<amount>\d[\d,]{0,20}(?:\.\d{1,6})?)"
    r"(?:[^\d\n]*\n?\s*(?:No\. of payments\W*)?(?P<count>\d{1,9})\s*Payments? (?:made|received))?",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(\d{1,2} [A-Z]{3,9}'?\s?\d{2,4})\s*[-–]\s*(\d{1,2} [A-Z]{3,9}'?\s?\d{2,4})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Habits:
    order: str | Text


def _study(lines: Sequence[Line], dates: str) -> _Habits:
    return _Habits(order_where_day_leads((line["date"] for line in lines), dates))


def _row(line: Line) -> Entry:
    stated = line["date"]
    on, at = moment(stated, line["time"] or stated.partition(" ")[2], line.context.order)
    amount = rupees(line["amount"])
    details = " ".join(words(line["details"]).split())
    tags = words(line["tags"])
    rrn = number(line["reference"])
    order_number = number(line["order"])
    notes = (words(line[name]) for name in ("other", "remarks", "tags", "comment"))
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=amount,
        currency="INR",
        direction_word=_RECEIVED if amount > 0 else _PAID,
        status_word=line["status"],
        movement=movement_of(line["status"] if line.has("status") else "success", amount),
        kind=kind_of(f"{details} {tags}", amount),
        counterparty=party_of(details),
        description=details,
        reference=order_number or rrn,
        merchant_reference=rrn,
        funding=words(line["account"]),
        note=" / ".join(dict.fromkeys(part for part in notes if part)),
    )


def _counted(entry: Entry) -> tuple[str, Decimal] | None:
    if entry.kind is Kind.OWN_TRANSFER or entry.movement not in {Movement.LEFT, Movement.ARRIVED}:
        return None
    return entry.direction_word, entry.amount


def _facts(text: str) -> Declared:
    """The period and the totals of the sheet “Summary”."""
    totals: dict[str, Total] = {}
    for found in _FIGURE.finditer(text):
        word = f"Money {found['word'].capitalize()}"
        rows = count(found["count"] or "")
        with suppress(Refused):
            totals.setdefault(word, Total(word, rows, rupees(found["amount"])))
    period = _PERIOD.search(text)
    first = last = None
    if period:
        try:
            first, last = day_of(period[1], "dmy"), day_of(period[2], "dmy")
        except Refused:
            first = last = None
    return Declared(starts_on=first, ends_on=last, totals=tuple(totals.values()))


def _with_summary(source: Source) -> list[Grid]:
    """The sheet of payments below what the sheet “Summary” says."""
    tables = [
        grid for grid in source.grids if header_of(grid, _DATE, _DETAILS, _AMOUNT, _REFERENCE)
    ]
    if not tables:
        return []
    others = [grid for grid in source.grids if grid not in tables]
    summary = [(at, as_note(cells)) for grid in others for at, cells in grid.head[:_MOST_NOTES]]
    return [Grid(grid.name, [*summary, *grid.rows]) for grid in tables]


_MOST_NOTES = 100


def _wallet_row(line: Line) -> Entry:
    stated = line["date"]
    on, at = moment(stated, stated.partition(" ")[2], line.context.order)
    came, went = maybe_money(line["credit"]), maybe_money(line["debit"])
    if bool(came) == bool(went):
        raise Refused(
            "“Debit”和“Credit”两栏应当正好有一个金额",
            "just one of “Debit” and “Credit” should hold an amount",
        )
    amount = abs(came) if came else -abs(went or Decimal(0))
    details = " ".join(words(line["details"]).split())
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=amount,
        currency="INR",
        direction_word="Credit" if amount > 0 else "Debit",
        status_word=line["status"],
        movement=movement_of(line["status"] if line.has("status") else "success", amount),
        kind=Kind.TOP_UP if _ADDED.search(details) and amount > 0 else kind_of(details, amount),
        counterparty=words(line["party"]),
        description=details,
        reference=number(line["id"]),
        funding="" if _ADDED.search(details) else "Paytm Wallet",
        note=words(line["comment"]),
    )


_ADDED = re.compile(r"\badded to\b|\bmoney added\b|\badd money\b", re.IGNORECASE)


READERS = (
    Regridded(
        Layout(
            provider="paytm",
            name="upi",
            to_the_second=True,
            clock="time",
            side=Side.WALLET,
            columns={
                "date": _DATE,
                "details": _DETAILS,
                "amount": _AMOUNT,
                "reference": _REFERENCE,
            },
            optional={
                "time": ("Time",),
                "account": _ACCOUNT,
                "other": (
                    "Other Transaction Details (UPI ID or A/c No)",
                    "Other Transaction Details",
                    "Other Transaction Details (UPI ID)",
                ),
                "order": ("Order ID", "Order Id"),
                "remarks": ("Remarks",),
                "tags": ("Tags",),
                "comment": ("Comment", "Comments"),
                "status": ("Status", "Transaction Status"),
            },
            row=_row,
            study=_study,
            about=_facts,
            counted=_counted,
            anchor="date",
        ),
        _with_summary,
    ),
    Layout(
        provider="paytm",
        name="wallet",
        to_the_second=True,
        side=Side.WALLET,
        columns={
            "date": ("Date",),
            "details": ("Activity",),
            "party": ("Source/Destination",),
            "id": ("Wallet Txn ID",),
            "debit": ("Debit",),
            "credit": ("Credit",),
        },
        optional={"comment": ("Comment",), "status": ("Status",)},
        row=_wallet_row,
        study=_study,
        counted=_counted,
        anchor="date",
    ),
)
