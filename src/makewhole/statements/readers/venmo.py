"""Venmo: the statement of an account, the older list of activity, the export of a business profile.

Times are UTC: the business export says so in its heading, and in published rows of every layout
the number of a payment carries its moment in milliseconds since 2009, which agrees with that.
Besides payments a statement has rows of its own: the opening and the closing balance, fees, and
a disclaimer of many lines. A payment from a bank or card passes the balance by.
"""

import copy
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

from makewhole.records import Declared, Entry, Kind, Movement, Side, Text, Total
from makewhole.statements.dates import day_in
from makewhole.statements.grid import Grid, Row
from makewhole.statements.habits import date_order
from makewhole.statements.layout import Layout, Line
from makewhole.statements.reader import Draft
from makewhole.statements.source import Source
from makewhole.statements.values import (
    Refused,
    clean,
    clock,
    heading,
    maybe_money,
    moment,
    money,
    number,
    words,
)
from makewhole.statements.wrapped import Wrapped

_DONE = {"complete", "completed"}
_OPEN = {"pending", "held"}
_NOT_DONE = {"failed", "cancelled", "canceled", "expired", "declined"}
# A transfer that is issued has left the balance; a request that is issued has moved nothing.
_ISSUED = "issued"
_BY_SIGN = {
    "payment": (Kind.PAYMENT, Kind.INCOME),
    "charge": (Kind.PAYMENT, Kind.INCOME),
    "merchant transaction": (Kind.PAYMENT, Kind.REFUND),
    "venmo card transaction": (Kind.PAYMENT, Kind.REFUND),
    "standard transfer": (Kind.WITHDRAWAL, Kind.OTHER),
    "instant transfer": (Kind.WITHDRAWAL, Kind.OTHER),
    "instant add funds": (Kind.OTHER, Kind.TOP_UP),
    "add funds": (Kind.OTHER, Kind.TOP_UP),
    "direct deposit": (Kind.OTHER, Kind.INCOME),
    "refund": (Kind.OTHER, Kind.REFUND),
}
_BALANCE = "venmo balance"
_EMPTY = {"(none)"}
_FEES = "Statement Period Venmo Fees"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HANDLE = re.compile(r"Account Statement\s*-\s*\(@([^)\s]+)\)")
_ORDINAL = r"([A-Za-z]{3,9})\s+(\d{1,2})(?:st|nd|rd|th)?"
_PERIOD = re.compile(rf"-\s*{_ORDINAL},?(?:\s+(\d{{4}}))?\s+to\s+{_ORDINAL},?\s+(\d{{4}})")
_MONTH = re.compile(r"-\s*([A-Za-z]{3,9})\s+(\d{4})\b")
# What a thousands separator outside of quotes leaves in the next cell.
_REST_OF_AMOUNT = re.compile(r"\d{3}(?:\.\d{2})?")


def _row(line: Line) -> Entry:
    on, at = _moment(line)
    amount = money(line["amount"])
    fee = maybe_money(line["fee"])
    kind = _kind(line["type"], amount)
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=amount,
        currency="USD",
        status_word=line["status"],
        movement=_movement(line, kind, amount),
        kind=kind,
        counterparty=_party(line, amount),
        description=" / ".join(filter(None, (words(line["type"]), _said(line["note"])))),
        reference=number(line["id"]),
        funding=_funding(line, kind, amount),
        fee=abs(fee) if fee else None,
    )


def _moment(line: Line) -> tuple[date, datetime | None]:
    if line.context is None:
        return moment(line["time"], UTC)
    if isinstance(line.context, Text):
        raise Refused(*line.context)
    on, at = day_in(line["date"], line.context), clock(line["time"])
    return on, None if at is None else datetime.combine(on, at, tzinfo=UTC)


def _study(lines: Sequence[Line], dates: str) -> str | Text:
    return date_order(((line["date"], "") for line in lines), dates)


def _kind(type_: str, amount: Decimal) -> Kind:
    out, into = _BY_SIGN.get(type_.casefold(), (Kind.OTHER, Kind.OTHER))
    return into if amount > 0 else out


def _movement(line: Line, kind: Kind, amount: Decimal) -> Movement:
    word = line["status"].casefold()
    asked = word == _ISSUED and line["type"].casefold() == "charge"
    if not amount or word in _NOT_DONE or asked:
        return Movement.NOTHING
    if word in _DONE or (word == _ISSUED and kind is Kind.WITHDRAWAL):
        return Movement.ARRIVED if amount > 0 else Movement.LEFT
    return Movement.UNDECIDED if word in _OPEN or word == _ISSUED else Movement.UNKNOWN


def _party(line: Line, amount: Decimal) -> str:
    """The other side. Of a charge the one who asks comes first, whoever pays."""
    payer, payee = _said(line["from"]), _said(line["to"])
    if line["type"].casefold() == "charge":
        payer, payee = payee, payer
    return payer if amount > 0 else payee


def _funding(line: Line, kind: Kind, amount: Decimal) -> str:
    """Where the money came from, or where it went if it came to the holder or to a bank."""
    source, target = _said(line["source"]), _said(line["target"])
    goes = kind is Kind.WITHDRAWAL or (amount > 0 and kind is not Kind.TOP_UP)
    return (target or source) if goes else (source or target)


def _said(cell: str) -> str:
    text = " ".join(words(cell).split())
    return "" if text.casefold() in _EMPTY else text


def _facts(text: str) -> Declared:
    handle = _HANDLE.search(text)
    first, last = _period(text) if handle else (None, None)
    return Declared(account=handle[1] if handle else "", starts_on=first, ends_on=last)


def _period(text: str) -> tuple[date | None, date | None]:
    """The days that the title names; a year that stands only once belongs to the last day."""
    try:
        if found := _PERIOD.search(text):
            last = date(int(found[6]), _month(found[4]), int(found[5]))
            first = last.replace(month=_month(found[1]), day=int(found[2]))
            if found[3]:
                return first.replace(year=int(found[3])), last
            return first.replace(year=last.year - (first > last)), last
        if found := _MONTH.search(text):
            first = date(int(found[2]), _month(found[1]), 1)
            return first, first.replace(day=monthrange(first.year, first.month)[1])
    except ValueError:
        pass
    return None, None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1


def _fees(entry: Entry) -> tuple[str, Decimal] | None:
    moved = entry.movement in {Movement.LEFT, Movement.ARRIVED}
    return (_FEES, entry.fee) if moved and entry.fee else None


@dataclass(frozen=True, slots=True)
class _Own:
    """What the rows of the statement itself say: whose it is, balances, fees."""

    account: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    fees: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Statement(Wrapped):
    """A layout in which balances and fees of the account stand among the payments."""

    def closeness(self, source: Source) -> float:
        """The share of the layout's headings that the file has."""
        return self.layout.closeness(source)

    def read(self, source: Source) -> list[Draft]:
        """The drafts of the payments, with what the statement itself says of them."""
        payments, own = _parted(source, {**self.layout.columns, **self.layout.optional})

        def about(text: str) -> Declared:
            facts = _facts(text)
            totals = () if own.fees is None else (Total(_FEES, None, own.fees),)
            return replace(facts, account=facts.account or own.account, totals=totals)

        drafts = replace(self.layout, about=about).read(payments)
        for draft in drafts:
            draft.warnings.extend(_balance_warning(draft, own))
        return drafts


def _parted(source: Source, columns: Mapping[str, tuple[str, ...]]) -> tuple[Source, _Own]:
    """The file without the rows of the statement itself, and what these say."""
    grids, own = [], _Own()
    for grid in source.grids:
        at = next((at for at, each in enumerate(grid.headings) if _is_header(each.exact)), None)
        if at is None:
            grids.append(grid)
            continue
        names = grid.headings[at].exact
        wanted = {heading(each) for name in columns for each in columns[name] if name != "opening"}
        places = [place for place, name in enumerate(names) if name in wanted]
        rows = list(grid.rows[: at + 1])
        for row in grid.rows[at + 1 :]:
            if any(clean(cell) for place in places for cell in row[1][place : place + 1]):
                rows.append(row)
            else:
                own = _with(own, names, row)
        grids.append(Grid(grid.name, rows))
    payments = copy.copy(source)
    payments.grids = grids
    return payments, own


def _is_header(names: Sequence[str]) -> bool:
    return "amount(total)" in names and "status" in names


def _with(own: _Own, names: Sequence[str], row: Row) -> _Own:
    """What is known of the statement after one more of its own rows."""
    cells = dict(zip(names, _mended(row[1]), strict=False))
    found: dict[str, str | Decimal] = {"account": clean(cells.get("username", ""))}
    headings = {"opening": "Beginning Balance", "closing": "Ending Balance", "fees": _FEES}
    for name, said in headings.items():
        try:
            amount = maybe_money(cells.get(heading(said), ""))
        except Refused:
            amount = None
        if amount is not None:
            found[name] = amount
    # The first word counts: nothing after the rows takes back what stood before them.
    known = {name: getattr(own, name) for name in found if getattr(own, name) not in {None, ""}}
    return replace(own, **{**found, **known})


def _mended(cells: Sequence[str]) -> list[str]:
    """The cells, with an amount joined again that its thousands separator has parted."""
    mended: list[str] = []
    for cell in cells:
        text = clean(cell)
        if mended and _REST_OF_AMOUNT.fullmatch(text) and re.fullmatch(r"-?\$[\d,]+", mended[-1]):
            mended[-1] += text
        else:
            mended.append(text)
    return mended


def _balance_warning(draft: Draft, own: _Own) -> Iterator[Text]:
    """One warning where the payments do not lead from the opening to the closing balance.

    Whether fees have been taken out of what arrived is left open: either will do.
    """
    if own.opening is None or own.closing is None or draft.refused:
        return
    moved = [each for each in draft.entries if each.movement in {Movement.LEFT, Movement.ARRIVED}]
    if any(_touches(entry) is None for entry in moved):
        return
    kept = [entry for entry in moved if _touches(entry)]
    reached = own.opening + sum(entry.amount for entry in kept)
    fees = sum(entry.fee or Decimal(0) for entry in kept if entry.amount > 0)
    if own.closing not in {reached, reached - fees}:
        yield Text(
            f"期初余额 {own.opening:f}，按逐行合计期末应是 {reached:f}，"
            f"账单写的是 {own.closing:f}。可能缺了行",
            f"from the opening balance {own.opening:f} the rows lead to {reached:f}, the statement "
            f"closes with {own.closing:f}. Rows may be missing",
        )


def _touches(entry: Entry) -> bool | None:
    """Whether a row changes the balance; None where its funding does not say."""
    if entry.kind in {Kind.WITHDRAWAL, Kind.TOP_UP}:
        return True
    funding = entry.funding.casefold()
    if not funding or (_BALANCE in funding and funding != _BALANCE):
        return None
    return funding == _BALANCE


_COLUMNS = {
    "id": ("ID", "Transaction ID"),
    "time": ("Datetime",),
    "type": ("Type",),
    "status": ("Status",),
    "from": ("From",),
    "to": ("To",),
    "amount": ("Amount (total)",),
}
_OPTIONAL = {
    "note": ("Note",),
    "fee": ("Amount (fee)",),
    "source": ("Funding Source",),
    "target": ("Destination",),
}

READERS = (
    Statement(
        Layout(
            provider="venmo",
            name="statement",
            to_the_second=True,
            side=Side.WALLET,
            columns={**_COLUMNS, "opening": ("Beginning Balance",)},
            optional=_OPTIONAL,
            row=_row,
            counted=_fees,
        )
    ),
    Statement(
        Layout(
            provider="venmo",
            name="activity",
            to_the_second=True,
            side=Side.WALLET,
            columns=_COLUMNS,
            optional=_OPTIONAL,
            without=("Beginning Balance",),
            row=_row,
            counted=_fees,
        )
    ),
    Statement(
        Layout(
            provider="venmo",
            name="business",
            to_the_second=True,
            clock="time",
            side=Side.WALLET,
            columns={**_COLUMNS, "date": ("Date",), "time": ("Time (UTC)",)},
            optional=_OPTIONAL,
            row=_row,
            study=_study,
            counted=_fees,
            anchor="date",
        )
    ),
)
