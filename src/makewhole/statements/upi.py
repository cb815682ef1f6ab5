"""What UPI apps share: payments from one's own bank account, named by a number the bank shows too.

The app holds no money. Its row is the bank's row seen from the other side, and the twelve digits
of the retrieval reference number (UTR, UPI reference) stand on both. Times are those of India.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from makewhole.records import Kind, Movement, Text
from makewhole.statements.grid import Grid
from makewhole.statements.regrid import as_note
from makewhole.statements.spelled_dates import day_of
from makewhole.statements.values import Refused, clock, money

INDIA = ZoneInfo("Asia/Kolkata")

_DONE = frozenset(
    {"success", "successful", "completed", "complete", "paid", "received", "settled", "done"}
)
_NOT_DONE = frozenset(
    {
        "failed",
        "failure",
        "declined",
        "cancelled",
        "canceled",
        "expired",
        "rejected",
        "deemed failed",
    }
)
_OPEN = frozenset({"pending", "processing", "in progress", "initiated", "deemed"})
_BACK = frozenset({"refunded", "reversed", "returned"})

_KINDS = (
    (
        re.compile(r"^refund|\brefund (?:received|of|for|from)\b|\breversal\b", re.IGNORECASE),
        Kind.REFUND,
    ),
    (
        re.compile(r"\bself[- ]transfer|\bto self\b|\bown account\b", re.IGNORECASE),
        Kind.OWN_TRANSFER,
    ),
    (
        re.compile(r"\badded to (?:\w+ )?(?:wallet|upi lite)|\bupi lite\b.*\btop", re.IGNORECASE),
        Kind.OWN_TRANSFER,
    ),
    (
        re.compile(r"\bcredit card (?:bill|payment)|\bloan (?:repayment|emi)\b", re.IGNORECASE),
        Kind.REPAYMENT,
    ),
)
_PARTY = re.compile(
    r"^(?:paid to|received from|money (?:sent to|received from)|sent to|transfer(?:red)? to|"
    r"payment to|refund (?:received )?from|cashback (?:received )?from|bill paid(?: to|:)?|"
    r"paid for|recharge of|to|from)\s*[:-]?\s*(?P<name>.+)$",
    re.IGNORECASE,
)
_SIGN = re.compile(r"(?:₹|INR|Rs\.?)", re.IGNORECASE)


def movement_of(status: str, amount: Decimal) -> Movement:
    """What moved, from the status and the sign; an unknown status stays unknown."""
    word = " ".join(status.casefold().split())
    if word in _NOT_DONE or not amount:
        return Movement.NOTHING
    if word in _OPEN:
        return Movement.UNDECIDED
    if word in _BACK:
        return Movement.NOTHING if amount > 0 else Movement.LEFT_AND_RETURNED
    if word not in _DONE:
        return Movement.UNKNOWN
    return Movement.ARRIVED if amount > 0 else Movement.LEFT


def kind_of(details: str, amount: Decimal) -> Kind:
    """What sort of row it is: by its words, else by its sign."""
    kind = next((kind for pattern, kind in _KINDS if pattern.search(details)), None)
    if kind and not (kind is Kind.REFUND and amount < 0):
        return kind
    return Kind.INCOME if amount > 0 else Kind.PAYMENT


def party_of(details: str) -> str:
    """The other party in words such as `Paid to Sample Stores`; all words where none fit."""
    found = _PARTY.match(details)
    return found["name"].strip() if found else details


def rupees(cell: str) -> Decimal:
    """The amount in a cell, with or without a sign of rupees wherever it stands."""
    return money(_SIGN.sub("", cell).strip())


def signed(word: str, size: Decimal) -> Decimal:
    """The size with the sign that DEBIT or CREDIT, DR or CR gives it; refuses other words."""
    way = word.strip(" .").casefold()
    if way in {"debit", "debited", "dr", "d", "paid", "sent"}:
        return -abs(size) if size else size
    if way in {"credit", "credited", "cr", "c", "received"}:
        return abs(size)
    raise Refused(f"收支方向不认识：{word[:20]!r}", f"neither debit nor credit: {word[:20]!r}")


def moment(on: str, at: str, order: str | Text) -> tuple[date, datetime | None]:
    """The day and, where a time of day is stated, the moment in India."""
    day = day_of(on, order)
    time = clock(at)
    return day, None if time is None else datetime.combine(day, time, tzinfo=INDIA)


Block = tuple[int, str]


def blocks(
    lines: Iterable[tuple[int, str]], begins: re.Pattern[str], noise: re.Pattern[str]
) -> tuple[list[Block], list[Block]]:
    """Lines parted into what stands before the first transaction, and a text for each transaction.

    A transaction begins where `begins` matches a line. Lines that `noise` matches are headers and
    footers of pages, which may stand inside a transaction; they count to the text before.
    """
    around: list[Block] = []
    found: list[tuple[int, list[str]]] = []
    for number, line in lines:
        text = line.strip()
        if not text:
            continue
        if noise.match(text):
            around.append((number, text))
        elif begins.match(text):
            found.append((number, [text]))
        elif found:
            found[-1][1].append(text)
        else:
            around.append((number, text))
    return around, [(number, "\n".join(texts)) for number, texts in found]


_MOST_NOTES = 60


def grid_of(
    around: Sequence[Block], headings: Sequence[str], rows: Sequence[tuple[int, list[str]]]
) -> Grid:
    """A grid of rows that were put together, with what stood around them above its headings.

    Each row also tells its line, so that a torn one is not short enough to pass for a note.
    """
    notes = [(number, as_note([text])) for number, text in around[:_MOST_NOTES]]
    header = (rows[0][0] if rows else 0, [*headings, "Printed on line"])
    return Grid("", [*notes, header, *((at, [*cells, str(at)]) for at, cells in rows)])
