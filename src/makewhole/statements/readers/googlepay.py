"""Google Pay in India: the statement of transactions, and “My Activity” out of Google Takeout.

The statement prints a transaction over three lines and names the bank account and the UPI
reference. My Activity is a web page without that reference, but with how each payment ended; its
lines are counted by activities, for the page is written without line ends. `IST` beside rupees is
the time of India.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal

from makewhole.records import Declared, Entry, Kind, Movement, Side, Text, Total
from makewhole.statements.layout import Layout, Line
from makewhole.statements.regrid import Regridded, printed_lines
from makewhole.statements.source import Grid, Source
from makewhole.statements.spelled_dates import day_of, order_where_day_leads
from makewhole.statements.upi import (
    INDIA,
    blocks,
    grid_of,
    kind_of,
    moment,
    movement_of,
    party_of,
    rupees,
)
from makewhole.statements.values import Refused, clock, number, words
from makewhole.statements.zones import zone_of

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DAY = rf"\d{{1,2}} {_MONTH},? \d{{4}}"
_BEGINS = re.compile(rf"{_DAY}(?!\s*[-–])")
_NOISE = re.compile(
    r"note\s*:|page \d+ of \d+|date (?:&|and) time\s*transaction details\s*amount|"
    r"this (?:statement|document) (?:reflects|is)|transaction statement|"
    rf"{_DAY}\s*[-–]\s*{_DAY}",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"UPI Transaction ID\s*:?\s*(\d{6,})", re.IGNORECASE)
_DETAILS = re.compile(r"\b(?:Paid to|Received from|Self transfer to|Refund from)\b", re.IGNORECASE)
_ACCOUNT = re.compile(r"\b(?:Paid by|Paid to|Received in|Credited to)\s+(.+)$", re.IGNORECASE)
_FIGURE = re.compile(r"(?:₹|â‚¹|INR|Rs\.?)[ \t]*(\d[\d,]*(?:\.\d{1,2})?)", re.IGNORECASE)
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\s*[AP]M\b", re.IGNORECASE)
_CAME = re.compile(r"(?:received|refund)\b", re.IGNORECASE)
_HEADINGS = ("Date", "Time", "Transaction Details", "UPI Transaction ID", "Account", "Amount")
_SENT, _RECEIVED = "Sent", "Received"


def _printed(source: Source) -> Sequence[Grid]:
    if source.head and "UPI Transaction ID" not in source.head:
        return []
    lines = printed_lines(source, ("Date & time",), ("Transaction details",), ("Amount",))
    around, found = blocks(lines, _BEGINS, _NOISE)
    if not any(_REFERENCE.search(text) for _at, text in found):
        return []
    return [grid_of(around, _HEADINGS, [(at, _parts(text)) for at, text in found])]


def _parts(text: str) -> list[str]:
    day, time, figure = _BEGINS.match(text), _CLOCK.search(text), _FIGURE.search(text)
    reference = _REFERENCE.search(text)
    begins = _DETAILS.search(text)
    behind = text[reference.end() :] if reference else ""
    account = _ACCOUNT.search(_FIGURE.sub("", behind).strip().partition("\n")[0])
    rest = text[begins.start() if begins else 0 : reference.start() if reference else len(text)]
    for part in (_CLOCK, _FIGURE, _BEGINS):
        rest = part.sub(" ", rest)
    return [
        day[0] if day else "",
        time[0] if time else "",
        " ".join(rest.split()),
        reference[1] if reference else "",
        " ".join(account[1].split()) if account else "",
        figure[1] if figure else "",
    ]


@dataclass(frozen=True, slots=True)
class _Habits:
    order: str | Text


def _study(lines: Sequence[Line], dates: str) -> _Habits:
    return _Habits(order_where_day_leads((line["date"] for line in lines), dates))


def _statement_row(line: Line) -> Entry:
    on, at = moment(line["date"], line["time"], line.context.order)
    details = words(line["details"])
    if not line["amount"] or not _DETAILS.match(details):
        raise Refused(
            "这一笔看不出金额，或看不出是付款还是收款",
            "this transaction does not show its amount, or whether it was paid or received",
        )
    size = rupees(line["amount"])
    amount = size if _CAME.match(details) else -size
    reference = number(line["reference"])
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=amount,
        currency="INR",
        direction_word=_RECEIVED if amount > 0 else _SENT,
        movement=movement_of("success", amount),
        kind=kind_of(details, amount),
        counterparty=party_of(details),
        description=details,
        reference=reference,
        merchant_reference=reference,
        funding=words(line["account"]),
    )


def _facts(text: str) -> Declared:
    """The period, and the totals, from which transfers between own accounts are left out."""
    period = re.search(rf"({_DAY})\s*[-–]\s*({_DAY})", text)
    both = re.search(
        rf"\bSent\b[^\d₹]*{_FIGURE.pattern}[^\d₹]*\bReceived\b[^\d₹]*{_FIGURE.pattern}", text
    ) or re.search(rf"\bSent\s+Received\b[^₹]*{_FIGURE.pattern}\s+{_FIGURE.pattern}", text)
    first, last = (_day(period[1]), _day(period[2])) if period else (None, None)
    totals = (
        (Total(_SENT, None, rupees(both[1])), Total(_RECEIVED, None, rupees(both[2])))
        if both
        else ()
    )
    return Declared(starts_on=first, ends_on=last, totals=totals)


def _day(text: str) -> date | None:
    try:
        return day_of(text, "dmy")
    except Refused:
        return None


def _counted(entry: Entry) -> tuple[str, Decimal] | None:
    return None if entry.kind is Kind.OWN_TRANSFER else (entry.direction_word, entry.amount)


_OUTER = re.compile(r'<div class="[^"]*\bouter-cell\b')
_CELL = re.compile(
    r'<(?P<tag>div|p)\s+class="[^"]*\bcontent-cell\b[^"]*"[^>]*>(?P<text>.*?)</(?P=tag)>',
    re.DOTALL,
)
_STAMP = re.compile(
    rf"(?P<day>{_MONTH}\.? \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH}\.?,? \d{{4}}),?\s+"
    r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AP]M)?)\s*"
    r"(?P<zone>[A-Z]{2,5}(?:[+-]\d{1,2}:?\d{2})?)?",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"^(?:you )?(?P<verb>paid|sent|received|refunded|requested|added|transferred|recharged|"
    r"withdrew)\b[^₹\d]{0,20}?(?:₹|Rs\.?|INR)\s*(?P<amount>\d[\d,]*(?:\.\d{1,2})?)"
    r"(?:\s+(?:to|from|for)\s+(?P<name>.+?))?(?:\s+using\s+(?P<method>.+?))?$",
    re.IGNORECASE,
)
_ACTIVITY = ("Time", "Activity", "Status", "ID")


def _activities(source: Source) -> Sequence[Grid]:
    if not source.head.lstrip("\ufeff \r\n\t").startswith("<"):
        return []
    if "outer-cell" not in source.text or "Google Pay" not in source.text:
        return []
    rows = [
        (at, _activity(page))
        for at, page in enumerate(_OUTER.split(source.text)[1:], 1)
        if "Google Pay" in page
    ]
    paid = [row for row in rows if _money_in(row[1][1])]
    others = [(at, cells[1]) for at, cells in rows if not _money_in(cells[1])]
    return [grid_of(others, _ACTIVITY, paid)] if paid else []


def _money_in(activity: str) -> bool:
    return bool(re.search(r"(?:[₹$€£]|\bRs\.?|\b[A-Z]{3})\s*\d", activity))


def _activity(page: str) -> list[str]:
    """Time, sentence, status and id of one activity on the page."""
    bodies = [list(_lines(found["text"])) for found in _CELL.finditer(page)]
    said = bodies[0] if bodies else []
    stamp = next((line for line in said if _STAMP.search(line)), "")
    details = [line for body in bodies[1:] for line in _behind_details(body)]
    return [
        stamp,
        " ".join(line for line in said if line != stamp),
        details[-1] if details else "",
        details[0] if len(details) > 1 else "",
    ]


def _lines(fragment: str) -> Iterator[str]:
    plain = re.sub(r"<[^>]+>", "", re.sub(r"<br\s*/?>", "\n", fragment, flags=re.IGNORECASE))
    for line in html.unescape(plain).splitlines():
        if text := " ".join(line.split()):
            yield text


def _behind_details(body: Sequence[str]) -> Sequence[str]:
    at = next((at for at, line in enumerate(body) if line.casefold().startswith("details")), None)
    return [] if at is None else body[at + 1 :]


def _activity_row(line: Line) -> Entry:
    found = _ACTION.match(line["activity"])
    if not found:
        raise Refused("不认识这种记录", "this kind of activity is not known")
    stamp = _STAMP.search(line["time"])
    if not stamp:
        raise Refused("这一笔没有日期", "this activity states no date")
    on, time = day_of(stamp["day"], "dmy"), clock(stamp["time"])
    zone = _zone(stamp["zone"] or "")
    asked = found["verb"].casefold() == "requested"
    size = rupees(found["amount"])
    amount = size if found["verb"].casefold() in {"received", "refunded"} or asked else -size
    moved = Movement.NOTHING if asked else movement_of(line["status"], amount)
    return line.entry(
        occurred_on=on,
        occurred_at=datetime.combine(on, time, tzinfo=zone) if time and zone else None,
        amount=amount,
        currency="INR",
        direction_word=found["verb"],
        status_word=line["status"],
        movement=moved,
        kind=Kind.OTHER if asked else kind_of(line["activity"], amount),
        counterparty=(found["name"] or "").strip(),
        description=line["activity"],
        reference=number(line["id"]),
        funding=(found["method"] or "").strip(),
    )


def _zone(name: str) -> tzinfo | None:
    if name.upper() == "IST":
        return INDIA
    try:
        return zone_of(name)
    except Refused:
        return None


READERS = (
    Regridded(
        Layout(
            provider="googlepay",
            name="statement",
            side=Side.WALLET,
            columns={
                "date": ("Date", "Date & time"),
                "time": ("Time",),
                "details": ("Transaction Details",),
                "reference": ("UPI Transaction ID",),
                "account": ("Account",),
                "amount": ("Amount",),
            },
            row=_statement_row,
            study=_study,
            about=_facts,
            counted=_counted,
            anchor="date",
        ),
        _printed,
    ),
    Regridded(
        Layout(
            provider="googlepay",
            name="activity",
            side=Side.WALLET,
            columns={
                "time": ("Time",),
                "activity": ("Activity",),
                "status": ("Status",),
                "id": ("ID",),
            },
            row=_activity_row,
            counted=lambda _entry: None,
        ),
        _activities,
    ),
)
