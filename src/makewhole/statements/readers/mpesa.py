"""M-Pesa in Kenya: the personal statement, the export for organisations, and its messages.

The statement is a PDF that people turn into a table: details run over several lines, and money
that left is positive or negative as the converter left it. One receipt number stands on several
rows: the payment, its charge, and what the Fuliza overdraft lent for it. A failed row has an
amount and no balance and moved nothing. Every row is one of the M-PESA account itself, so that
account is what paid. Times are those of Kenya.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from makewhole.records import Declared, Entry, Kind, Movement, Side, Text, Total
from makewhole.statements.grouped_balances import Part, broken_groups
from makewhole.statements.layout import Layout, Line
from makewhole.statements.mpesa_messages import Messages
from makewhole.statements.mpesa_words import kind_of, movement_of, party_of
from makewhole.statements.regrid import Regridded, cell, header_of
from makewhole.statements.source import Grid, Row, Source
from makewhole.statements.spelled_dates import day_of, order_where_day_leads
from makewhole.statements.values import Refused, clock, maybe_money, money, number, words

NAIROBI = ZoneInfo("Africa/Nairobi")

_RECEIPT = ("Receipt No.", "Receipt No", "Receipt Number", "Receipt", "ReceiptNo")
_TIME = ("Completion Time", "Completion Date", "CompletionTime")
_DETAILS = ("Details", "Transaction Details", "Description")
_PAID_IN = ("Paid In", "Paid In (KES)", "Paid In (Ksh)", "Paid In(Ksh)", "PaidIn")
_WITHDRAWN = ("Withdrawn", "Withdrawn (KES)", "Withdrawn (Ksh)", "Withdraw", "Paid Out")
_PARTY = ("Other Party Info", "Other Party Information", "Other Party")
_IN, _OUT = "Paid In", "Withdrawn"
_FIGURE = r"\s*[:：]?\s*(?:Ksh|KES)?\.?\s*(-?[\d,]+(?:\.\d+)?)"
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AaPp][Mm])?")
_PAGE = re.compile(r"(?:page\s*)?\d+\s*(?:of|/)\s*\d+|disclaimer\b.*", re.IGNORECASE)
_DAY = r"(\d{1,4}[-/ ](?:[A-Za-z]{3,9}|\d{1,2})[-/ ,]{1,2}\d{2,4})"


@dataclass(frozen=True, slots=True)
class _Habits:
    """The order of dates that holds for the whole file."""

    order: str | Text


def _study(lines: Sequence[Line], dates: str) -> _Habits:
    return _Habits(order_where_day_leads((_when(line) for line in lines), dates))


def _when(line: Line) -> str:
    """The cell that dates a row: a failed row may never have been completed."""
    return line["time"] or line["begun"]


def _row(line: Line) -> Entry:
    on, at = _moment(_when(line), line.context.order)
    amount = _amount(line["paid_in"], line["withdrawn"])
    details = " ".join(words(line["details"]).split())
    kind = kind_of(details, amount)
    name, account = party_of(details)
    note = line["their_account"] or account
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=amount,
        currency="KES",
        direction_word=_IN if amount > 0 else _OUT,
        status_word=line["status"],
        movement=movement_of(_status(line), amount),
        kind=kind,
        counterparty=_other_party(line["party"]) or name,
        description=details,
        reference=number(line["receipt"]),
        merchant_reference=number(line["linked"]),
        funding="Fuliza" if kind is Kind.FUNDING else "M-PESA",
        note=" / ".join(part for part in (line["reason"], note and f"A/C {note}") if part),
    )


def _status(line: Line) -> str:
    """How the row ended; a table without that column lists what was completed."""
    return line["status"] if line.has("status") else "Completed"


def _moment(text: str, order: str | Text) -> tuple[date, datetime | None]:
    on = day_of(text, order)
    at = clock(text.partition(" ")[2] or text)
    return on, None if at is None else datetime.combine(on, at, tzinfo=NAIROBI)


def _amount(paid_in: str, withdrawn: str) -> Decimal:
    came, went = maybe_money(paid_in), maybe_money(withdrawn)
    if came and went:
        raise Refused(
            f"“Paid In”和“Withdrawn”两栏都有金额（{came}、{went}）",
            f"both “Paid In” ({came}) and “Withdrawn” ({went}) are filled",
        )
    if came is None and went is None:
        raise Refused("这一行没有金额", "this row has no amount")
    return came or (-abs(went) if went else Decimal("0.00"))


def _other_party(text: str) -> str:
    """The name behind the number in `254712***345 - JANE DOE`."""
    plain = words(text)
    return plain.partition(" - ")[2].strip() or plain


def _counted(entry: Entry) -> tuple[str, Decimal] | None:
    moved = entry.movement in {Movement.LEFT, Movement.ARRIVED}
    return (entry.direction_word, entry.amount) if moved else None


def _doubts(lines: Sequence[Line]) -> Iterator[Text]:
    steps = []
    for line in lines:
        try:
            amount = _amount(line["paid_in"], line["withdrawn"])
            balance = maybe_money(line["balance"])
        except Refused:
            continue
        if movement_of(_status(line), amount) in {Movement.LEFT, Movement.ARRIVED}:
            steps.append(Part(line.number, amount, balance, line["receipt"]))
    yield from broken_groups(steps)
    yield from _ends_elsewhere(steps, lines[0].notes if lines else "")


def _ends_elsewhere(steps: Sequence[Part], notes: str) -> Iterator[Text]:
    """A warning where opening balance and rows do not give the closing balance."""
    opening, closing = _printed("Opening Balance", notes), _printed("Closing Balance", notes)
    if opening is None or closing is None:
        return
    reached = opening + sum((step.change for step in steps), Decimal(0))
    if reached != closing:
        yield Text(
            f"期初余额 {opening:f} 加上各行得 {reached:f}，账单的期末余额是 {closing:f}",
            f"opening balance {opening:f} and the rows give {reached:f}, the export's closing "
            f"balance is {closing:f}",
        )


def _printed(label: str, notes: str) -> Decimal | None:
    found = re.search(re.escape(label) + _FIGURE, notes, re.IGNORECASE)
    try:
        return money(found[1]) if found else None
    except Refused:
        return None


def _personal_facts(text: str) -> Declared:
    """The telephone number, the period and the totals above the table."""
    account = re.search(r"Mobile (?:Number|No\.?)\W{0,3}(\+?[\d*xX]{9,13})", text, re.IGNORECASE)
    total = re.search(rf"^TOTAL{_FIGURE}\s+{_FIGURE}\s*$", text, re.MULTILINE)
    starts_on, ends_on = _period(text)
    return Declared(
        account=account[1] if account else "",
        starts_on=starts_on,
        ends_on=ends_on,
        totals=tuple(_totals(total[1], total[2])) if total else (),
    )


def _organisation_facts(text: str) -> Declared:
    """The short code, the period and the totals above the table."""
    code = re.search(r"Short\s*Code\W{0,3}(\d{4,8})", text, re.IGNORECASE)
    sort = re.search(r"^Account\W{1,3}(\w+)(?: Account)?$", text, re.IGNORECASE | re.MULTILINE)
    came, went = _printed("Total Paid In", text), _printed("Total Withdrawn", text)
    starts_on, ends_on = _period(text)
    said = [code[1] if code else "", sort[1].casefold() if sort else ""]
    return Declared(
        account="-".join(part for part in said if part),
        starts_on=starts_on,
        ends_on=ends_on,
        totals=tuple(
            Total(word, None, abs(amount))
            for word, amount in ((_IN, came), (_OUT, went))
            if amount is not None
        ),
    )


def _totals(came: str, went: str) -> Iterator[Total]:
    yield Total(_IN, None, abs(money(came)))
    yield Total(_OUT, None, abs(money(went)))


def _period(text: str) -> tuple[date | None, date | None]:
    found = re.search(
        rf"(?:Statement Period|Time Period)\W*(?:From\W*)?{_DAY}.{{0,12}}?(?:-|–|\bTo\b)\W*{_DAY}",
        text,
        re.IGNORECASE,
    )
    if not found:
        return None, None
    try:
        order = order_where_day_leads(found.groups())
        return day_of(found[1], order), day_of(found[2], order)
    except Refused:
        return None, None


def _unwrapped(source: Source) -> list[Grid]:
    return [_unwrap(grid) for grid in source.grids]


def _unwrap(grid: Grid) -> Grid:
    """The grid with cells that were broken over several lines joined to their row again."""
    found = header_of(grid, _RECEIPT, _TIME, _DETAILS, _PAID_IN, _WITHDRAWN)
    if found is None:
        return grid
    header, (_receipt, time, details, *_amounts) = found
    rows: list[Row] = list(grid.rows[: header + 1])
    for line, cells in grid.rows[header + 1 :]:
        filled = {at for at in range(len(cells)) if cell(cells, at)}
        goes_on = (
            len(rows) > header + 1
            and filled
            and filled <= {time, details}
            and not _PAGE.fullmatch(cell(cells, details))
            and (time not in filled or _CLOCK.fullmatch(cell(cells, time)))
        )
        if goes_on:
            rows[-1] = rows[-1][0], _joined(rows[-1][1], cells, filled)
        else:
            rows.append((line, cells))
    return Grid(grid.name, rows)


def _joined(above: Sequence[str], below: Sequence[str], filled: set[int]) -> list[str]:
    width = max(len(above), max(filled) + 1)
    return [
        f"{cell(above, at)} {cell(below, at)}".strip() if at in filled else cell(above, at)
        for at in range(width)
    ]


_COLUMNS = {
    "receipt": _RECEIPT,
    "time": _TIME,
    "details": _DETAILS,
    "paid_in": _PAID_IN,
    "withdrawn": _WITHDRAWN,
}
_OPTIONAL = {
    "status": ("Transaction Status", "Status"),
    "balance": ("Balance", "Balance (KES)", "Balance (Ksh)", "Balance(Ksh)"),
}

READERS = (
    Regridded(
        Layout(
            provider="mpesa",
            name="statement",
            side=Side.WALLET,
            columns=_COLUMNS,
            optional=_OPTIONAL,
            without=_PARTY,
            row=_row,
            about=_personal_facts,
            study=_study,
            doubts=_doubts,
            counted=_counted,
        ),
        _unwrapped,
    ),
    Regridded(
        Layout(
            provider="mpesa",
            name="organisation",
            to_the_second=True,
            side=Side.WALLET,
            columns={**_COLUMNS, "party": _PARTY},
            optional={
                **_OPTIONAL,
                "begun": ("Initiation Time",),
                "reason": ("Reason Type",),
                "linked": ("Linked Transaction ID",),
                "their_account": ("A/C No.", "A/C No", "Account No."),
            },
            row=_row,
            about=_organisation_facts,
            study=_study,
            doubts=_doubts,
            counted=_counted,
        ),
        _unwrapped,
    ),
    Messages(),
)
