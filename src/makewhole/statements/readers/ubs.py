"""UBS Switzerland: the e-banking export, its forms of 2022 and before, and the credit card.

Headings are in the language of the person: German, English, French, Italian. Times of day stand
without a zone; the accounts are Swiss, and they are taken as Swiss time. A row without a booking
date is not booked yet. A collective order is one booking, followed by rows with its single
amounts: these move nothing. TWINT has no export of its own that is known; its payments are rows
here, with the word TWINT in the description.
"""

import copy
import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import structs

from makewhole.records import Declared, Entry, Kind, Movement, Text
from makewhole.statements.currency import currency
from makewhole.statements.dates import day_in
from makewhole.statements.grouped_balances import Part, broken_groups
from makewhole.statements.layout import Layout, Line, account_name
from makewhole.statements.reader import Draft
from makewhole.statements.source import Grid, Row, Source
from makewhole.statements.spelled_dates import day_of
from makewhole.statements.values import (
    Refused,
    clean,
    clock,
    count,
    day,
    number,
    signed,
    tail,
    words,
)
from makewhole.statements.western_banks import (
    Habits,
    Terms,
    amount_of,
    bank,
    figure,
    joined,
    row_by,
    study,
)
from makewhole.statements.wrapped import Wrapped

_ZURICH = ZoneInfo("Europe/Zurich")
_IBAN = re.compile(r"IBAN:\s*(CH[\dA-Z ]{10,30})")
_FROM = re.compile(r"^(?:From|Von|Du|Dal?):\s*(\d{4}-\d{2}-\d{2})", re.MULTILINE)
_UNTIL = re.compile(r"^(?:Until|Bis|Au|Al|Fino al):\s*(\d{4}-\d{2}-\d{2})", re.MULTILINE)
_OPENING = re.compile(
    r"^(?:Opening balance|Anfangssaldo|Solde initial|Saldo iniziale):\s*(-?[\d'’]+\.\d+)",
    re.MULTILINE,
)
_CLOSING = re.compile(
    r"^(?:Closing balance|Schlusssaldo|Solde final|Saldo finale):\s*(-?[\d'’]+\.\d+)", re.MULTILINE
)
_ROWS = re.compile(
    r"^(?:Numbers? of transactions|Anzahl Transaktionen|Nombre de transactions|"
    r"Numero di transazioni)[^:;\n]*[:;]?\s*(\d+)\s*;?$",
    re.MULTILINE,
)
_CARD = re.compile(
    r"(?:Kartennummer|Karten-Nr\.?|Card number|Num[ée]ro de carte|Numero della carta)[:\s]*"
    r"(?:[X*]{4}\s*)+(\d{4})(?!\d)"
)
_FOREIGN = re.compile(
    r"(?:Kartentransaktionsbetrag|Card transaction amount):\s*(-?[\d'’.]+)\s+([A-Z]{3})"
)


@dataclass(frozen=True, slots=True)
class _Orders:
    """What holds for the file, and for each number the day and the sign of its booking."""

    order: str | Text
    comma: bool | Text
    debits_signed: bool
    days: Mapping[str, str]
    signs: Mapping[str, int]


def _study(terms: Terms, lines: Sequence[Line], dates: str) -> _Orders:
    habits: Habits = study(terms, lines, dates)
    days: dict[str, str] = {}
    signs: dict[str, int] = {}
    for line in lines:
        if _dated(line):
            days.setdefault(line["reference"], _dated(line))
        if not _is_single(line):
            out = words(line["debit"]) or line["amount"].startswith("-")
            signs[line["reference"]] = -1 if out else 1
    return _Orders(habits.order, habits.comma, habits.debits_signed, days, signs)


def _dated(line: Line) -> str:
    return line["date"] or line["booked_on"] or line["value_on"]


def _row(line: Line) -> Entry:
    entry = _single(line) if _is_single(line) else row_by(_TERMS, line)
    if not words(line["booked_on"]) and entry.movement is not Movement.NOTHING:
        entry = structs.replace(entry, movement=Movement.UNDECIDED)
    own = "".join(line["iban"].split())
    if own:
        entry = structs.replace(
            entry, account=account_name("ubs", own), card=entry.card or tail(own)
        )
    return entry


def _is_single(line: Line) -> bool:
    """Whether the row is one amount of a collective order that is booked in a row before."""
    moved = (line["amount"], line["debit"], line["credit"])
    return bool(words(line["single"])) and not any(words(cell) for cell in moved)


def _single(line: Line) -> Entry:
    """A single amount; one with a rate is in a currency that the row does not name."""
    known: _Orders = line.context
    size, own = figure(line["single"], comma=False), line["reference"]
    if size is None or isinstance(known.order, Text):
        raise Refused("这一行没有金额", "this row has no amount")
    rate = words(line["rate"])
    return line.entry(
        occurred_on=day_in(_dated(line) or known.days.get(own, ""), known.order),
        amount=Decimal(0) if rate else signed(known.signs.get(own, -1), abs(size)),
        currency=currency(line["currency"]),
        movement=Movement.NOTHING,
        kind=Kind.OTHER,
        counterparty=_party(line),
        description=joined(line[name] for name in _TERMS.said),
        reference=number(own),
        note=f"{size:f} x {rate}" if rate else "",
    )


def _party(line: Line) -> str:
    """Who stands first in the description; before 2022 it was the second, behind the sort."""
    said = line["said_2"] if line.has("valued") else line["said_1"]
    return words(said.partition(";")[0])


def _of_row(line: Line) -> dict[str, Any]:
    """The time of day, the card and the foreign amount that a row's texts state."""
    text = " ".join((line["said_1"], line["said_2"], line["said_3"]))
    fields: dict[str, Any] = {"counterparty": _party(line)}
    fields["occurred_on"] = on = day_in(_dated(line), line.context.order)
    at = clock(line["time"])
    if at:
        fields["occurred_at"] = datetime.combine(on, at, tzinfo=_ZURICH)
    card = _CARD.search(text)
    if card:
        fields["card"] = card[1]
    foreign = _FOREIGN.search(text)
    if foreign and foreign[2] != clean(line["currency"]):
        fields |= {
            "original": figure(foreign[1], comma=False),
            "original_currency": currency(foreign[2]),
        }
    return fields


def _facts(text: str) -> Declared:
    iban = _IBAN.search(text)
    account = "".join(iban[1].split()) if iban else ""
    facts = Declared(account=account, card=tail(account))
    with suppress(Refused):
        starts, ends = _FROM.search(text), _UNTIL.search(text)
        if starts and ends:
            return replace(facts, starts_on=day(starts[1]), ends_on=day(ends[1]))
    return facts


def _doubts(lines: Sequence[Line]) -> Iterator[Text]:
    """Warnings where rows, opening and closing balance, or running balances do not agree."""
    if not lines or isinstance(lines[0].context.order, Text):
        return
    parts: list[Part] = []
    singles = 0
    for line in lines:
        if _is_single(line):
            singles += 1
            continue
        try:
            amount = amount_of(_TERMS, line)
            balance = figure(line["balance"], comma=False)
        except Refused:
            return
        if words(line["booked_on"]):
            parts.append(Part(line.number, amount, balance))
    yield from _count(lines, singles)
    yield from _closing(lines[0].notes, sum((part.change for part in parts), Decimal(0)))
    if any(part.balance is not None for part in parts):
        yield from broken_groups(parts[::-1] if _newest_first(lines) else parts)


def _newest_first(lines: Sequence[Line]) -> bool:
    """Whether the file runs backward in time, which two rows' balances would not tell."""
    try:
        days = [day_in(_dated(line), line.context.order) for line in (lines[0], lines[-1])]
    except Refused:
        return False
    return days[0] > days[1]


def _count(lines: Sequence[Line], singles: int) -> Iterator[Text]:
    """A warning where the file states a count that holds neither with nor without single rows."""
    stated = _ROWS.search(lines[0].notes)
    if stated and count(stated[1]) not in {len(lines), len(lines) - singles}:
        yield Text(
            f"账单声明共 {stated[1]} 笔，文件里有 {len(lines)} 笔",
            f"the export declares {stated[1]} rows, the file has {len(lines)}",
        )


def _closing(notes: str, change: Decimal) -> Iterator[Text]:
    opening, closing = _OPENING.search(notes), _CLOSING.search(notes)
    if not opening or not closing:
        return
    start, end = figure(opening[1], comma=False), figure(closing[1], comma=False)
    if start is not None and end is not None and start + change != end:
        yield Text(
            f"期初余额 {start:f} 加上各笔应为 {start + change:f}，账单写的期末余额是 {end:f}",
            f"the opening balance {start:f} and the rows give {start + change:f}, the export says "
            f"{end:f}",
        )


_TERMS = Terms(order="ymd", said=("said_1", "said_2", "said_3"), noted=("notes",), more=_of_row)
_BEFORE = replace(_TERMS, order="dmy")

_DATES = {
    "date": (
        "Trade date",
        "Abschlussdatum",
        "Abschluss",
        "Date de transaction",
        "Data dell'operazione",
    ),
    "booked_on": (
        "Booking date",
        "Buchungsdatum",
        "Date de comptabilisation",
        "Data di registrazione",
        "Data di contabilizzazione",
    ),
}
_MONEY = {
    "debit": ("Debit", "Belastung", "Débit", "Addebito"),
    "credit": ("Credit", "Gutschrift", "Crédit", "Accredito"),
}
_TEXTS = {
    "said_1": ("Description1", "Beschreibung1", "Descrizione1"),
    "said_2": ("Description2", "Beschreibung2", "Descrizione2"),
    "said_3": ("Description3", "Beschreibung3", "Descrizione3"),
}
_NUMBER = (
    *("Transaction no.", "TransactionNr", "Transaktions-Nr.", "Transaktions-Nr"),
    *("N° de transaction", "No de transaction", "N. di transazione"),
)
_CURRENCY = ("Currency", "Währung", "Monnaie", "Moneta", "Ccy.", "Whrg.", "Mon.", "Monn.")
_VALUE = ("Value date", "Valutadatum", "Valuta", "Date de valeur", "Data di valuta")
_OPTIONAL = {
    "time": ("Trade time", "Abschlusszeit", "Heure de transaction", "Ora dell'operazione"),
    "single": ("Individual amount", "Einzelbetrag", "Sous-montant"),
    "rate": (
        "Exchange rate in the original amount in settlement currency",
        "Devisenkurs zum Originalbetrag in Abrechnungswährung",
    ),
    "balance": ("Balance", "Saldo", "Solde"),
    "notes": ("Footnotes", "Fussnoten", "Notes de bas de page", "Note a piè di pagina"),
}
_EARLIER = ("Valuation date", "Bewertungsdatum")


def _account(
    name: str, terms: Terms, columns: Mapping[str, tuple[str, ...]], **more: Any
) -> Layout:
    shared = {**_DATES, "value_on": _VALUE, "reference": _NUMBER, "currency": _CURRENCY}
    layout = bank(
        "ubs",
        name,
        terms,
        columns={**shared, **_TEXTS, **columns},
        optional={**_OPTIONAL, "iban": ("IBAN",), "way": ("Belastung/Gutschrift",)},
        row=_row,
        about=_facts,
        to_the_second=True,
        clock="time",
        **more,
    )
    return replace(layout, study=partial(_study, terms), doubts=_doubts, anchor="value_on")


_FORWARD = re.compile(r"saldovortrag|balance brought forward|report de solde", re.IGNORECASE)
_SETTLED = re.compile(
    r"transfer from account|ihre zahlung|your payment|votre paiement|(?:ü|ue)bertrag", re.IGNORECASE
)
_CARD_TERMS = Terms(order="dmy", said=("text",), noted=("sector",))


def _card_row(line: Line) -> Entry:
    """A row of the card; one that is not booked yet has its amount only in its own currency."""
    if not words(line["debit"]) and not words(line["credit"]):
        return _on_card(line, _card_unbooked(line))
    entry = row_by(_CARD_TERMS, line)
    if _FORWARD.search(line["text"]):
        entry = structs.replace(entry, movement=Movement.NOTHING, kind=Kind.OTHER)
    elif entry.amount > 0 and _SETTLED.search(line["text"]):
        entry = structs.replace(entry, kind=Kind.REPAYMENT)
    size, code = figure(line["abroad"], comma=False), clean(line["abroad_currency"])
    if size and code and code != entry.currency:
        sign = -1 if entry.amount < 0 else 1
        entry = structs.replace(
            entry, original=signed(sign, abs(size)), original_currency=currency(code)
        )
    return _on_card(line, entry)


def _card_unbooked(line: Line) -> Entry:
    size = figure(line["abroad"], comma=False)
    if not size:
        raise Refused("这一行没有金额", "this row has no amount")
    return line.entry(
        occurred_on=day_of(line["date"], line.context.order),
        amount=-size,
        currency=currency(line["abroad_currency"]),
        movement=Movement.UNDECIDED,
        kind=Kind.PAYMENT,
        description=words(line["text"]),
        note=words(line["sector"]),
    )


def _on_card(line: Line, entry: Entry) -> Entry:
    own = "".join(line["own"].split())
    return structs.replace(entry, account=account_name("ubs", own), card=tail(line["plastic"]))


@dataclass(frozen=True, slots=True)
class _Unquoted(Wrapped):
    """A layout in whose files a whole row may stand in quotes, as one cell."""

    def closeness(self, source: Source) -> float:
        """How much of what identifies the layout the file has."""
        return self.layout.closeness(source)

    def read(self, source: Source) -> list[Draft]:
        """The drafts, rows in quotes parted into their cells."""
        unquoted = copy.copy(source)
        unquoted.grids = [
            Grid(grid.name, [_parted(row) for row in grid.rows]) for grid in source.grids
        ]
        return self.layout.read(unquoted)


_FEWEST = 10


def _parted(row: Row) -> Row:
    line, cells = row
    if not cells or any(cells[1:]) or cells[0].count(";") < _FEWEST:
        return row
    try:
        return line, next(csv.reader([cells[0]], delimiter=";"), [])
    except csv.Error:
        return line, cells[0].split(";")


READERS = (
    _Unquoted(_account("account", _TERMS, _MONEY, without=_EARLIER)),
    _account(
        "account-2022",
        _TERMS,
        {"amount": ("Transaktionsbetrag", "Importo della transazione")},
        without=_EARLIER,
    ),
    _account("account-2021", _BEFORE, {**_MONEY, "valued": _EARLIER}),
    bank(
        "ubs",
        "card",
        _CARD_TERMS,
        columns={
            "own": ("Account number", "Kontonummer", "Numéro de compte"),
            "plastic": ("Card number", "Kartennummer", "Numéro de carte"),
            "date": ("Purchase date", "Einkaufsdatum", "Date d'achat"),
            "text": ("Booking text", "Buchungstext", "Texte comptable"),
            "abroad": ("Amount", "Betrag", "Montant"),
            "abroad_currency": ("Original currency", "Originalwährung", "Monnaie originale"),
            "currency": _CURRENCY,
            **_MONEY,
            "booked_on": ("Booked", "Buchung", "Ecriture"),
        },
        optional={"sector": ("Sector", "Branche", "Secteur")},
        row=_card_row,
    ),
)
