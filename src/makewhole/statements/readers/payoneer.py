"""Payoneer: the list of transactions, and the report of one balance.

Payoneer keeps a balance for each currency, and everything is paid out of it: what it fetches from
no bank no bank has to show. Every importer that was found reads the dates of the list with the
month first, so that order holds wherever the file allows it. The columns of a report are those of
many banks; it is known by its spelled months and by Payoneer's words.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal

from makewhole.records import Entry, Kind, Movement, Side, Text
from makewhole.statements.balances import Step, broken_balance
from makewhole.statements.currency import currency
from makewhole.statements.dates import orders_of
from makewhole.statements.habits import date_order
from makewhole.statements.layout import Layout, Line
from makewhole.statements.source import Source
from makewhole.statements.spelled_dates import day_of, is_spelled
from makewhole.statements.values import Refused, clean, clock, maybe_money, money, number, words
from makewhole.statements.western_banks import Evidenced
from makewhole.statements.zones import unplaced_zones, zones_among

_DONE = {"completed", "complete"}
_OPEN = {"pending", "processing", "in process", "in progress", "scheduled"}
_NOT_DONE = {"cancelled", "canceled", "declined", "failed", "rejected", "expired"}
_USUAL = "mdy"
# What a row is when money goes, and when it comes; the first pattern that fits counts.
_KINDS = tuple(
    (re.compile(pattern, re.IGNORECASE), out, into)
    for pattern, out, into in (
        (r"\bfees?\b", Kind.FEE, Kind.FEE),
        (r"\b(?:refund|reversal)", Kind.OTHER, Kind.REFUND),
        (r"between balances|currency conversion", Kind.CONVERSION, Kind.CONVERSION),
        (r"^withdrawal\b", Kind.WITHDRAWAL, Kind.OTHER),
        (r"^(?:card charge|atm)\b", Kind.PAYMENT, Kind.REFUND),
        (r"^payment to\b", Kind.PAYMENT, Kind.REFUND),
        (r"^payment from\b", Kind.OTHER, Kind.INCOME),
    )
)
_WITHDRAWN_TO = re.compile(r"^withdrawal to\s+(.+)", re.IGNORECASE)
_BETWEEN = re.compile(r"^(?:payment from|card charge)\s*\(?([^()]+)\)?", re.IGNORECASE)
_PAYONEERS_WORDS = re.compile(
    r"payment (?:from|to)\b|card charge|withdrawal to\b|transfer between balances|"
    r"(?:annual account|maintenance) fee|atm withdrawal",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Habits:
    """What holds for the whole file: the order of its dates and what its zones mean."""

    order: str | Text
    zones: Mapping[str, tzinfo]


def _study(lines: Sequence[Line], said: str) -> _Habits:
    written = [line["date"] for line in lines if orders_of(line["date"])]
    usual = not said and all(_USUAL in orders_of(cell) for cell in written)
    order = _USUAL if usual else date_order(((cell, "") for cell in written), said)
    return _Habits(order, zones_among({line["zone"] for line in lines if line["zone"]}))


def _doubts(lines: Sequence[Line]) -> Iterator[Text]:
    for line in lines[:1]:
        yield from unplaced_zones({each["zone"] for each in lines}, line.context.zones)
    steps: dict[str, list[Step]] = defaultdict(list)
    for line in lines:
        step = _step(line)
        if step:
            steps[line["currency"]].append(step)
    for code, each in steps.items():
        yield from broken_balance(each, code if len(steps) > 1 else "")


def _step(line: Line) -> Step | None:
    try:
        amount, balance = _amount(line), maybe_money(line["balance"])
    except Refused:
        return None
    moved = line["status"].casefold() in _DONE
    return Step(line.number, amount, balance) if balance is not None and moved else None


def _row(line: Line) -> Entry:
    amount = _amount(line)
    on, at = _moment(line)
    said = words(line["description"])
    kind = _kind(said, amount)
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=amount,
        currency=currency(line["currency"]),
        status_word=line["status"],
        movement=_movement(line["status"], amount),
        kind=kind,
        counterparty=_party(line, said, amount),
        description=" / ".join(dict.fromkeys(filter(None, (said, words(line["more"]))))),
        reference=number(line["id"]),
        merchant_reference=number(line["reference"]).removeprefix("#"),
        funding=_funding(line, said, kind),
        note=_note(line),
    )


def _amount(line: Line) -> Decimal:
    if line.has("amount"):
        return money(line["amount"])
    credit, debit = maybe_money(line["credit"]), maybe_money(line["debit"])
    if credit and debit:
        raise Refused("收入、支出两列都有金额", "both the credit and the debit are filled in")
    if credit is None and debit is None:
        raise Refused("收入、支出两列都没有金额", "neither the credit nor the debit is filled in")
    return abs(credit or Decimal(0)) - abs(debit or Decimal(0))


def _moment(line: Line) -> tuple[date, datetime | None]:
    habits: _Habits = line.context
    on = day_of(line["date"], habits.order)
    at, zone = clock(line["time"]), habits.zones.get(line["zone"])
    return on, None if at is None or zone is None else datetime.combine(on, at, tzinfo=zone)


def _kind(said: str, amount: Decimal) -> Kind:
    for pattern, out, into in _KINDS:
        if pattern.search(said):
            return into if amount > 0 else out
    return Kind.OTHER


def _movement(status: str, amount: Decimal) -> Movement:
    word = " ".join(status.casefold().split())
    if not amount or word in _NOT_DONE:
        return Movement.NOTHING
    if word in _DONE:
        return Movement.ARRIVED if amount > 0 else Movement.LEFT
    return Movement.UNDECIDED if word in _OPEN else Movement.UNKNOWN


def _party(line: Line, said: str, amount: Decimal) -> str:
    named = words(line["source"] if amount > 0 else line["target"]) or words(line["store"])
    found = _BETWEEN.match(said)
    return named or (found[1].strip() if found else "")


def _funding(line: Line, said: str, kind: Kind) -> str:
    """The bank that a withdrawal goes to; the balance in the row's currency for all the rest."""
    if kind is Kind.WITHDRAWAL:
        found = _WITHDRAWN_TO.match(said)
        return found[1].strip() if found else words(line["target"])
    return f"{clean(line['currency']).upper()} balance"


def _note(line: Line) -> str:
    """What the other side receives where that is another amount."""
    return " ".join(filter(None, (words(line["sent"]), words(line["sent_currency"]))))


def _sounds_like_payoneer(source: Source) -> bool:
    """Whether a row has a spelled month and words that Payoneer describes its rows with."""
    return any(
        any(is_spelled(cell) for cell in cells)
        and any(_PAYONEERS_WORDS.match(clean(cell)) for cell in cells)
        for grid in source.grids
        for _number, cells in grid.head
    )


_COLUMNS = {
    "description": ("Description",),
    "currency": ("Currency",),
    "status": ("Status",),
}

READERS = (
    Layout(
        provider="payoneer",
        name="transactions",
        to_the_second=True,
        clock="time",
        side=Side.WALLET,
        columns={
            **_COLUMNS,
            "date": ("Transaction Date",),
            "id": ("Transaction ID",),
            "credit": ("Credit Amount",),
            "debit": ("Debit Amount",),
        },
        optional={
            "time": ("Transaction Time",),
            "zone": ("Time Zone", "TimeZone"),
            "sent": ("Transfer Amount",),
            "sent_currency": ("Transfer Amount Currency",),
            "balance": ("Running Balance",),
            "more": ("Additional Description",),
            "store": ("Store Name",),
            "source": ("Source",),
            "target": ("Target",),
            "reference": ("Reference ID",),
        },
        row=_row,
        study=_study,
        doubts=_doubts,
        counted=lambda _entry: None,
        anchor="date",
    ),
    Evidenced(
        Layout(
            provider="payoneer",
            name="report",
            side=Side.WALLET,
            columns={**_COLUMNS, "date": ("Date",), "amount": ("Amount",)},
            optional={"id": ("Transaction ID",), "balance": ("Running Balance",)},
            without=("Credit Amount", "Debit Amount"),
            row=_row,
            study=_study,
            doubts=_doubts,
            counted=lambda _entry: None,
            anchor="date",
        ),
        _sounds_like_payoneer,
    ),
)
