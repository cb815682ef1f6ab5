"""PhonePe: the statement of transactions, as text or as a table made of its PDF.

A transaction is printed over four lines: date and payee, time and transaction id, UTR, account.
Whichever way a converter has laid these out, the words in front of each part tell what it is. The
statement lists what was settled and has no status; a table that has one is believed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from makewhole.records import Declared, Entry, Movement, Side, Text
from makewhole.statements.layout import Layout, Line
from makewhole.statements.regrid import Regridded, cell, header_of, printed_lines
from makewhole.statements.source import Grid, Source
from makewhole.statements.spelled_dates import day_of, is_spelled, order_where_day_leads
from makewhole.statements.upi import (
    blocks,
    grid_of,
    kind_of,
    moment,
    movement_of,
    party_of,
    rupees,
    signed,
)
from makewhole.statements.values import Refused, number, words

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DAY = rf"{_MONTH} \d{{1,2}}, \d{{4}}"
_BEGINS = re.compile(rf"{_DAY}(?!\s*[-–]\s*{_MONTH})")
_NOISE = re.compile(
    r"page \d+ of \d+|this is (?:a|an) (?:system|automatically|computer).*generated|"
    r"date\s*transaction\s*details\s*type\s*amount|transaction statement|disclaimer|"
    rf"{_DAY}\s*[-–]\s*{_DAY}",
    re.IGNORECASE,
)
# The sign between hour and minutes is lost in some PDFs.
_CLOCK = re.compile(r"\b(\d{1,2})[:.�](\d{2})\s*([ap]m)\b", re.IGNORECASE)
_ID = re.compile(r"Transaction\s*ID\s*:?\s*([A-Z0-9]{8,})", re.IGNORECASE)
_UTR = re.compile(r"\bUTR(?:\s*(?:No|Number))?\.?\s*:?\s*([A-Z0-9]{6,})", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"\b(?:Debited from|Credited to|Paid by|Deposited to)\s*:?\s*([^\n₹]*?[Xx*]*\d{2,}|[^\n₹]+)",
    re.IGNORECASE,
)
# On the line of its sign only: the next line may begin with the time of day.
_FIGURE = r"(\d[\d,]*(?:\.\d{1,2})?)(?![\d:�])"
_TYPED = re.compile(
    rf"(?<![A-Za-z])(DEBIT|CREDIT)\s*(?:₹|INR|Rs\.?)(?:[ \t]*{_FIGURE})?", re.IGNORECASE
)
_WAY = re.compile(r"(?<![A-Za-z])(DEBIT|CREDIT)(?=\s*(?:₹|INR|Rs|$))", re.IGNORECASE | re.MULTILINE)
_AMOUNT = re.compile(rf"(?:₹|INR|Rs\.?)[ \t]*{_FIGURE}", re.IGNORECASE)
_BARE_AMOUNT = re.compile(r"(?<![\w,.])(\d[\d,]*\.\d{2})\s*$", re.MULTILINE)

_HEADINGS = (
    *("Date", "Time", "Transaction Details", "Transaction ID"),
    *("UTR No.", "Account", "Type", "Amount"),
)
_DATE = ("Date", "Transaction Date", "Date & Time", "Date and Time", "Datetime")
_DETAILS = ("Transaction Details", "Details", "Description", "Paid To / Received From", "Payee")
_NUMBER = ("Transaction ID", "Transaction Id", "Txn ID", "TransactionID")
_UTRS = ("UTR No.", "UTR No", "UTR", "UTR Number", "UTR_No")
_TYPE = ("Type", "Transaction Type", "Debit/Credit", "DEBIT/CREDIT")
_AMOUNTS = ("Amount", "Amount (INR)", "Amount (₹)", "Amount(₹)", "Amount (Rs.)", "Amount in INR")
_OWN_ID = re.compile(r"[A-Z]{1,3}\d{12,}")


def _regrid(source: Source) -> Sequence[Grid]:
    if source.head and "UTR" not in source.head and "utr" not in source.head:
        return []
    for grid in source.grids:
        table = header_of(grid, _DATE, _DETAILS, _NUMBER, _UTRS, _TYPE, _AMOUNTS)
        if table:
            header, (_date, _details, number_, *_rest) = table
            rows = grid.rows[header + 1 :]
            own = any(_OWN_ID.fullmatch(cell(cells, number_)) for _line, cells in rows)
            return [grid] if own else []
    lines = printed_lines(source, ("Date",), _DETAILS, ("Type",), ("Amount",))
    whole = "\n".join(text for _number, text in lines)
    if not (_ID.search(whole) and _UTR.search(whole)):
        return []
    around, found = blocks(lines, _BEGINS, _NOISE)
    # What shows an amount or a number is a payment, even where the line with its day is lost.
    lost = [block for block in around if _ID.search(block[1]) or _TYPED.search(block[1])]
    blocks_ = sorted([*found, *lost])
    rows = [(at, _parts(text)) for at, text in blocks_ if _is_payment(text)]
    others = [block for block in found if not _is_payment(block[1])]
    around = [block for block in around if block not in lost]
    return [grid_of([*around, *others], _HEADINGS, rows)] if rows else []


def _is_payment(text: str) -> bool:
    return bool(_ID.search(text) or _AMOUNT.search(text))


def _parts(text: str) -> list[str]:
    """The printed lines of one transaction as the cells of a row."""
    time = _CLOCK.search(text)
    account = _ACCOUNT.search(text)
    typed = _TYPED.search(text)
    way = _WAY.search(text)
    day = _BEGINS.match(text)
    rest = text[day.end() if day else 0 : account.start() if account else len(text)]
    for part in (_TYPED, _CLOCK, _ID, _UTR, _AMOUNT, _BARE_AMOUNT, _WAY):
        rest = part.sub(" ", rest)
    return [
        day[0] if day else "",
        f"{time[1]}:{time[2]} {time[3]}" if time else "",
        " ".join(rest.split()),
        _one(_ID, text),
        _one(_UTR, text),
        account[1].strip() if account else "",
        typed[1] if typed else way[1] if way else "",
        _size(text),
    ]


def _size(text: str) -> str:
    """The amount: behind DEBIT or CREDIT, behind another sign of rupees, or alone."""
    typed = _TYPED.search(text)
    if typed and typed[2]:
        return typed[2]
    return _one(_AMOUNT, text) or _one(_BARE_AMOUNT, text)


def _one(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class _Habits:
    order: str | Text


def _study(lines: Sequence[Line], dates: str) -> _Habits:
    return _Habits(order_where_day_leads((line["date"] for line in lines), dates))


def _row(line: Line) -> Entry:
    stated = line["date"]
    on, at = moment(stated, line["time"] or _after_day(stated), line.context.order)
    size = line["amount"]
    if not size:
        raise Refused("这一行没有金额", "this row has no amount")
    amount = signed(line["type"], rupees(size))
    details = " ".join(words(line["details"]).split())
    status = line["status"] if line.has("status") else "success"
    utr = number(line["utr"])
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=amount,
        currency="INR",
        direction_word=line["type"],
        status_word=line["status"],
        movement=movement_of(status, amount),
        kind=kind_of(details, amount),
        counterparty=party_of(details),
        description=details,
        reference=number(line["id"]),
        merchant_reference=utr,
        funding=words(line["account"]),
    )


def _after_day(text: str) -> str:
    """What stands behind the date in a cell that holds a moment."""
    if is_spelled(text):
        return re.sub(r"^\D*\d{1,2}\D+\d{4}|^\d{1,2}\D+\d{2,4}", "", text)
    return text.partition(" ")[2]


def _facts(text: str) -> Declared:
    period = re.search(rf"({_DAY})\s*[-–]\s*({_DAY})", text)
    owner = re.search(r"Transaction Statement for\s+(\+?[\d*xX]{6,})", text, re.IGNORECASE)
    first, last = (_day(period[1]), _day(period[2])) if period else (None, None)
    return Declared(account=owner[1] if owner else "", starts_on=first, ends_on=last)


def _day(text: str) -> date | None:
    try:
        return day_of(text, "dmy")
    except Refused:
        return None


READERS = (
    Regridded(
        Layout(
            provider="phonepe",
            name="statement",
            side=Side.WALLET,
            columns={
                "date": _DATE,
                "details": _DETAILS,
                "id": _NUMBER,
                "utr": _UTRS,
                "type": _TYPE,
                "amount": _AMOUNTS,
            },
            optional={
                "time": ("Time", "Transaction Time"),
                "account": (
                    *("Account", "Debited from", "Debited from / Credited to", "Bank Account"),
                    *("Debited From/Credited To", "Paid by", "Account No", "Account Number"),
                ),
                "status": ("Status", "Transaction Status"),
            },
            row=_row,
            study=_study,
            about=_facts,
            counted=lambda entry: (
                (entry.direction_word.upper(), entry.amount)
                if entry.movement in {Movement.LEFT, Movement.ARRIVED}
                else None
            ),
            anchor="date",
        ),
        _regrid,
    ),
)
