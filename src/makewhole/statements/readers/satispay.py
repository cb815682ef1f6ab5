"""Satispay: the list of payments with Italian dates, and the report of the app as a workbook.

Payments come out of the balance, which is filled from the bank; the export names no other source.
Times are those of Central Europe, where every country that Satispay serves lies: the number of a
payment carries its moment, and in the published rows that have both it agrees. Meal vouchers are
a part of the amount that the balance does not show.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from makewhole.records import Entry, Kind, Movement, Side, Text
from makewhole.statements.balances import Step, broken_balance
from makewhole.statements.currency import currency
from makewhole.statements.dates import orders_of
from makewhole.statements.grid import Grid, Headings
from makewhole.statements.habits import date_order, decimal_comma
from makewhole.statements.layout import Layout, Line
from makewhole.statements.reader import Draft
from makewhole.statements.source import Source
from makewhole.statements.spelled_dates import day_of
from makewhole.statements.values import Refused, clean, clock, heading, money, number, words
from makewhole.statements.wrapped import Wrapped

_ROME = ZoneInfo("Europe/Rome")
_FIGURES = ("amount", "change", "balance", "vouchers")
_SIGN_OF_EURO = re.compile(r"€|\bEUR\b")
# What a state says, None where the sign decides; words that deny stand before what they deny.
_STATES = tuple(
    (re.compile(pattern), moved)
    for pattern, moved in (
        (r"\bno[nt]\b|annullat|cancel+ed|rifiutat|refused|scadut|expired|failed", Movement.NOTHING),
        (r"in attesa|pending", Movement.UNDECIDED),
        (r"approvat|approved", None),
    )
)
_KINDS = tuple(
    (re.compile(pattern), out, into)
    for pattern, out, into in (
        (r"\b(?:business|shop|store|negozio)\b", Kind.PAYMENT, Kind.REFUND),
        (r"\b(?:person|persona|contatto|contact)\b", Kind.PAYMENT, Kind.INCOME),
        (r"\b(?:bank|banca|ricarica|bonifico)\b", Kind.WITHDRAWAL, Kind.TOP_UP),
        (r"\b(?:risparmi|savings?|investimenti)\b", Kind.OWN_TRANSFER, Kind.OWN_TRANSFER),
        (r"\bcashback\b", Kind.OTHER, Kind.INCOME),
    )
)
_IBAN = re.compile(r"\(([A-Z]{2}\d{2}[A-Z0-9]{6,30})\)")
_FROM_BANK = re.compile(r"ricarica satispay", re.IGNORECASE)
# As headings are compared: `ID (Comunicalo all'Assistenza Clienti in caso di problemi)`.
_ASKING = "id("
_AVAILABLE = "Disponibilità dopo la transazione"


@dataclass(frozen=True, slots=True)
class _Habits:
    """What holds for the whole file: the order of its dates and its decimal sign."""

    order: str | Text
    comma: bool | Text


def _study(lines: Sequence[Line], said: str) -> _Habits:
    written = [line["date"] for line in lines if orders_of(line["date"])]
    usual = not said and all("dmy" in orders_of(cell) for cell in written)
    return _Habits(
        order="dmy" if usual else date_order(((cell, "") for cell in written), said),
        comma=decimal_comma(_bare(line[name]) for line in lines for name in _FIGURES),
    )


def _doubts(lines: Sequence[Line]) -> Iterator[Text]:
    yield from broken_balance(step for line in lines if (step := _step(line)))


def _step(line: Line) -> Step | None:
    if not line["balance"] or not line["change"]:
        return None
    try:
        change, balance = _figure(line, "change"), _figure(line, "balance")
    except Refused:
        return None
    # What is still waiting has been taken from the balance already.
    kept = _movement(line["state"], change) in {Movement.NOTHING, Movement.UNKNOWN}
    return None if kept else Step(line.number, change, balance)


def _bare(cell: str) -> str:
    return clean(_SIGN_OF_EURO.sub("", clean(cell)))


def _figure(line: Line, name: str) -> Decimal:
    comma = line.context.comma
    if isinstance(comma, Text):
        raise Refused(*comma)
    return money(_bare(line[name]), comma=comma)


def _row(line: Line) -> Entry:
    on, at = _moment(line)
    amount = _figure(line, "amount")
    kind = _kind(line, amount)
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=amount,
        currency=currency(line["currency"]) if line["currency"] else "EUR",
        status_word=line["state"],
        movement=_movement(line["state"], amount),
        kind=kind,
        counterparty=words(line["name"]),
        description=" / ".join(filter(None, (words(line["kind"]), words(line["extra"])))),
        reference=number(line["id"]),
        funding=_funding(line, kind),
        note=_vouchers(line),
    )


def _moment(line: Line) -> tuple[date, datetime | None]:
    text = line["date"]
    on = day_of(text, line.context.order)
    at = clock(text[8:])
    return on, None if at is None else datetime.combine(on, at, tzinfo=_ROME)


def _kind(line: Line, amount: Decimal) -> Kind:
    if any(_FROM_BANK.search(line[name]) for name in ("name", "extra")):
        return Kind.TOP_UP if amount > 0 else Kind.OTHER
    word = line["kind"].casefold()
    for pattern, out, into in _KINDS:
        if pattern.search(word):
            return into if amount > 0 else out
    return Kind.OTHER


def _movement(state: str, amount: Decimal) -> Movement:
    word = state.casefold()
    said = next((moved for pattern, moved in _STATES if pattern.search(word)), Movement.UNKNOWN)
    if said is not None:
        return said
    if not amount:
        return Movement.NOTHING
    return Movement.ARRIVED if amount > 0 else Movement.LEFT


def _funding(line: Line, kind: Kind) -> str:
    """The bank account behind money that comes from a bank or goes to one; else the balance."""
    if kind not in {Kind.TOP_UP, Kind.WITHDRAWAL}:
        return "Satispay"
    found = _IBAN.search(f"{line['extra']} {line['name']}")
    return f"{found[1]} ({found[1][-4:]})" if found else ""


def _vouchers(line: Line) -> str:
    return f"Buoni Pasto {line['vouchers']}" if words(line["vouchers"]) else ""


@dataclass(frozen=True, slots=True)
class Report(Wrapped):
    """A layout whose columns are common words, told by the words that only Satispay adds."""

    def closeness(self, source: Source) -> float:
        """The share of the headings; all of them claim the file only with Satispay's own."""
        close = self.layout.closeness(_plain(source))
        return close if close < 1.0 or _is_satispays(source) else 0.99

    def read(self, source: Source) -> list[Draft]:
        """The draft of the report."""
        return self.layout.read(_plain(source))


def _is_satispays(source: Source) -> bool:
    """Whether the number's heading asks to tell it to the help desk, or balances follow."""
    available = heading(_AVAILABLE)
    return any(
        _asks(line) or available in line.words for grid in source.grids for line in grid.headings
    )


def _asks(line: Headings) -> bool:
    """Whether a request to the reader stands behind the heading of the number."""
    return any(name.startswith(_ASKING) for name in line.exact)


def _plain(source: Source) -> Source:
    """The file with the plain heading `ID` where a request to the reader stands behind it."""
    if not any(_asks(line) for grid in source.grids for line in grid.headings):
        return source
    plain = copy.copy(source)
    plain.grids = [_plain_grid(grid) for grid in source.grids]
    return plain


def _plain_grid(grid: Grid) -> Grid:
    at = next((at for at, line in enumerate(grid.headings) if _asks(line)), None)
    if at is None:
        return grid
    line, cells = grid.rows[at]
    names = grid.headings[at].exact
    plain = [
        "ID" if name.startswith(_ASKING) else cell for name, cell in zip(names, cells, strict=True)
    ]
    return Grid(grid.name, [*grid.rows[:at], (line, plain), *grid.rows[at + 1 :]])


READERS = (
    Layout(
        provider="satispay",
        name="list",
        to_the_second=True,
        side=Side.WALLET,
        columns={
            "id": ("id",),
            "name": ("name",),
            "state": ("state",),
            "kind": ("kind",),
            "date": ("date",),
            "amount": ("amount",),
            "currency": ("currency",),
        },
        optional={"extra": ("extra info",)},
        row=_row,
        study=_study,
        doubts=_doubts,
        counted=lambda _entry: None,
        anchor="date",
    ),
    Report(
        Layout(
            provider="satispay",
            name="report",
            side=Side.WALLET,
            columns={
                "id": ("ID",),
                "name": ("Nome", "Name"),
                "state": ("Stato", "Status", "State"),
                "kind": ("Tipo", "Type", "Kind"),
                "date": ("Data", "Date"),
                "amount": ("Importo", "Amount"),
            },
            optional={
                "extra": ("Descrizione", "Description"),
                "currency": ("Valuta", "Currency"),
                "change": ("Disponibilità",),
                "vouchers": ("Buoni Pasto",),
                "balance": (_AVAILABLE,),
            },
            without=("extra info",),
            row=_row,
            study=_study,
            doubts=_doubts,
            counted=lambda _entry: None,
            anchor="date",
        )
    ),
)
