"""Revolut: statements of the app and of the website, of 2018, since 2021, and of Revolut Business.

Revolut holds money, so it is a wallet here: a card payment leaves its balance, a top-up comes from
a bank. It writes the fee beside the amount, and the balance changes by amount minus fee. Here
`amount` is the whole sum that the paying side gave: what left the balance with the fee in it, or
what the sender paid in before Revolut kept its fee. `fee` is the part of it that Revolut kept.

Times of personal statements name no zone, and none is documented: their rows keep the day. Those
of Revolut Business are UTC. Personal rows have no number of their own.
"""

import copy
import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from makewhole.records import Entry, Kind, Movement, Side, Text
from makewhole.statements import revolut_words as said
from makewhole.statements.balances import Step, broken_balance
from makewhole.statements.chinese_banks import in_or_out, movement_of
from makewhole.statements.currency_headings import CurrencyInHeading
from makewhole.statements.dates import day_in
from makewhole.statements.habits import MIXED_DECIMALS, date_order, decimal_comma
from makewhole.statements.layout import Layout, Line, account_name
from makewhole.statements.reader import Draft
from makewhole.statements.source import Grid, Row, Source
from makewhole.statements.spelled_dates import day_of
from makewhole.statements.values import (
    Refused,
    clean,
    clock,
    maybe_money,
    money,
    number,
    signed,
    tail,
    words,
)
from makewhole.statements.wrapped import Wrapped

# Metals and coins have codes of their own, some longer than those of currencies.
_CODE = re.compile(r"[A-Z0-9]{3,6}")
_BELOW_ONE = re.compile(r"[+-]?0\.\d+")
_CARD = re.compile(r"\*\d{4}\b")
_PARTY = re.compile(
    r"(?:To|From|Payment from|Refund from|Transfer to|Transfer from|Cash at)\s+(?=\S)"
)
_POCKET = re.compile(r"\b(?:pocket|vault|savings)\b|balance migration", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Habits:
    """What holds for the whole file: the order of dates and the decimal sign."""

    order: str | Text
    comma: bool | Text


def _study(lines: Sequence[Line], dates: str) -> _Habits:
    days = [(line["completed"] or line["started"], "") for line in lines]
    return _Habits(
        order=date_order(days, dates),
        comma=_comma([line[name] for line in lines for name in ("amount", "fee", "balance")]),
    )


def _comma(cells: Sequence[str]) -> bool | Text:
    """Whether decimals have a comma; coins have more decimals than money, after a point."""
    coins = [cell for cell in cells if _BELOW_ONE.fullmatch(cell)]
    comma = decimal_comma(cell for cell in cells if not _BELOW_ONE.fullmatch(cell))
    return MIXED_DECIMALS if coins and comma is True else comma


def _habits(line: Line) -> tuple[str, bool]:
    habits: _Habits = line.context
    if isinstance(habits.order, Text):
        raise Refused(*habits.order)
    if isinstance(habits.comma, Text):
        raise Refused(*habits.comma)
    return habits.order, habits.comma


@dataclass(frozen=True, slots=True)
class _Sums:
    """What a row moved: see the module's word on amount and fee."""

    amount: Decimal
    fee: Decimal | None
    change: Decimal


def _sums(line: Line, *, comma: bool) -> _Sums:
    bare = money(line["amount"], comma=comma)
    total = maybe_money(line["total"], comma=comma)
    fee = maybe_money(line["fee"], comma=comma) or Decimal(0)
    change = bare - fee if total is None else total
    kept = bare - change
    amount = change if change < 0 or kept < 0 else bare
    return _Sums(amount, kept if kept > 0 else None, change)


def _row(line: Line) -> Entry:
    order, comma = _habits(line)
    sums = _sums(line, comma=comma)
    completed = _maybe_day(line["completed"], order)
    kind = _kind(line, arrives=sums.amount > 0)
    description = words(line["description"])
    return line.entry(
        occurred_on=_maybe_day(line["started"], order) or day_in(line["completed"], order),
        booked_on=completed,
        amount=sums.amount,
        currency=_code(line["currency"]),
        status_word=line["state"],
        movement=_movement(line, sums.amount),
        kind=kind,
        counterparty=_party(description, kind),
        description=_joined(line["type"], description),
        funding=_funding(description, kind, line["product"]),
        fee=sums.fee,
    )


def _maybe_day(cell: str, order: str) -> date | None:
    return day_in(cell, order) if words(cell) else None


def _code(cell: str) -> str:
    code = clean(cell).upper()
    if not _CODE.fullmatch(code):
        raise Refused(f"没有写明货币：{cell[:20]!r}", f"no currency code: {cell[:20]!r}")
    return code


def _kind(line: Line, *, arrives: bool) -> Kind:
    kind = said.kind_of(line["type"], arrives=arrives)
    if kind in {Kind.PAYMENT, Kind.INCOME} and _POCKET.search(line["description"]):
        return Kind.OWN_TRANSFER
    return kind


def _movement(line: Line, amount: Decimal) -> Movement:
    state = said.plain(line["state"])
    if state in said.DONE:
        return movement_of(amount)
    if state in said.NOT_DONE:
        return Movement.NOTHING
    return Movement.UNDECIDED if state in said.PENDING else Movement.UNKNOWN


def _party(description: str, kind: Kind) -> str:
    """The other party, which is the description except where Revolut itself is the other party."""
    if kind in {Kind.CONVERSION, Kind.FEE, Kind.OWN_TRANSFER, Kind.HOLD}:
        return ""
    if kind is Kind.TOP_UP and _CARD.search(description):
        return ""
    return _PARTY.sub("", description, count=1)


def _funding(description: str, kind: Kind, pocket: str) -> str:
    """The card that a top-up names; anything else is paid from, or into, the balance."""
    if kind is Kind.TOP_UP:
        found = _CARD.search(description)
        return found[0] if found else ""
    return words(pocket)


def _joined(*parts: str) -> str:
    return " / ".join(dict.fromkeys(text for part in parts if (text := words(part))))


def _balance_doubts(lines: Sequence[Line]) -> Iterator[Text]:
    """A warning for each pocket and currency whose balances do not follow from row to row."""
    steps: dict[str, list[Step]] = defaultdict(list)
    for line in lines:
        with suppress(Refused):
            _order, comma = _habits(line)
            balance = maybe_money(line["balance"], comma=comma)
            if balance is not None and said.plain(line["state"]) not in said.NOT_DONE:
                pocket = f"{words(line['account'] or line['product'])} {line['currency']}".strip()
                change = _sums(line, comma=comma).change
                steps[pocket].append(Step(line.number, change, balance))
    for pocket, chain in steps.items():
        yield from broken_balance(chain, pocket if len(steps) > 1 else "")


def _business_row(line: Line) -> Entry:
    order, comma = _habits(line)
    sums = _sums(line, comma=comma)
    completed = _maybe_day(line["completed"], order)
    on = _maybe_day(line["started"], order) or day_in(line["completed"], order)
    at = clock(line["started_time"] or line["started"].partition(" ")[2])
    kind = _kind(line, arrives=sums.amount > 0)
    description = words(line["description"])
    currency = _code(line["currency"])
    account = words(line["account"])
    return line.entry(
        account=account_name("revolut", account),
        occurred_on=on,
        occurred_at=datetime.combine(on, at, tzinfo=UTC) if at else None,
        booked_on=completed,
        amount=sums.amount,
        currency=currency,
        status_word=line["state"],
        movement=_business_movement(line, sums.amount, completed),
        kind=kind,
        counterparty=_business_party(line, description, kind, arrives=sums.amount > 0),
        description=_joined(line["type"], description),
        reference=number(line["id"]),
        merchant_reference=number(line["related"]),
        funding=_funding(description, kind, account),
        note=_joined(line["reference"], line["payer"], line["counter_iban"]),
        fee=sums.fee,
        card=tail(line["card"]),
        **_original(line, currency, sums.amount, comma=comma),
    )


def _business_movement(line: Line, amount: Decimal, completed: date | None) -> Movement:
    """Exports of 2021 have no state: they list what is completed, and say when."""
    if line.has("state"):
        return _movement(line, amount)
    return movement_of(amount) if completed else Movement.UNDECIDED


def _business_party(line: Line, description: str, kind: Kind, *, arrives: bool) -> str:
    named = line["sender"] if arrives else line["beneficiary"]
    return words(named) or _party(description, kind)


def _original(line: Line, currency: str, amount: Decimal, *, comma: bool) -> dict[str, Any]:
    foreign = clean(line["original_currency"]).upper()
    size = maybe_money(line["original"], comma=comma)
    if size is None or not _CODE.fullmatch(foreign) or foreign == currency:
        return {}
    return {"original": signed(-1 if amount < 0 else 1, abs(size)), "original_currency": foreign}


def _old_row(line: Line) -> Entry:
    change = in_or_out(line["paid_in"], line["paid_out"])
    if change is None:
        raise Refused("这一行没有金额", "this row has no amount")
    description = words(line["description"])
    kind = _old_kind(line, description, change)
    on = day_of(line["completed"], "ymd")
    return line.entry(
        occurred_on=on,
        booked_on=on,
        amount=change,
        currency=_code(line["currency"]),
        movement=movement_of(change),
        kind=kind,
        counterparty=_party(description, kind),
        description=description,
        funding=_funding(description, kind, ""),
        note=_joined(line["exchange_out"], line["exchange_in"], line["category"], line["notes"]),
    )


# The statements of 2018 have no types, only Revolut's own English phrases.
_PHRASES = (
    (re.compile(r"Top-?Up by|Payment from|Auto Top-?Up", re.IGNORECASE), Kind.TOP_UP),
    (re.compile(r"Exchanged (?:to|from)", re.IGNORECASE), Kind.CONVERSION),
    (re.compile(r"Refund from|Refund\b", re.IGNORECASE), Kind.REFUND),
    (re.compile(r".*\bfee$", re.IGNORECASE), Kind.FEE),
)


def _old_kind(line: Line, description: str, change: Decimal) -> Kind:
    if words(line["exchange_out"]) or words(line["exchange_in"]):
        return Kind.CONVERSION
    if _POCKET.search(description):
        return Kind.OWN_TRANSFER
    for phrase, kind in _PHRASES:
        if phrase.match(description):
            return kind
    return Kind.INCOME if change > 0 else Kind.PAYMENT


def _old_balance_doubts(lines: Sequence[Line]) -> Iterator[Text]:
    steps = []
    for line in lines:
        with suppress(Refused):
            change = in_or_out(line["paid_in"], line["paid_out"])
            balance = maybe_money(line["balance"])
            if change is not None and balance is not None:
                steps.append(Step(line.number, change, balance))
    yield from broken_balance(steps)


_IN_ORDER = tuple(said.HEADINGS)
_DEEPEST_HEADER = 30
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}(?::\d{2})?")
_FIGURE = re.compile(r"[+-]?\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class AnyLanguage(Wrapped):
    """The personal statement, also where its headings are in a language not seen yet.

    Revolut keeps the order of the columns. Where the headings are unknown the rows show what they
    are: two moments, amount and fee, a currency, a balance. A workbook may hold each row as comma
    separated text in one cell; the cells are parted first.
    """

    def closeness(self, source: Source) -> float:
        """1.0 where the headings are known or the rows have the shape; else the known share."""
        parted = _parted(source)
        known = self.layout.closeness(parted)
        return 1.0 if known < 1.0 and _translated(parted) else known

    def read(self, source: Source) -> list[Draft]:
        """The drafts; unknown headings are put into English first."""
        parted = _parted(source)
        known = self.layout.closeness(parted) == 1.0
        return self.layout.read(parted if known else _translated(parted) or parted)


def _parted(source: Source) -> Source:
    """A workbook's one-cell rows parted at their commas; any other file as it is."""
    if not source.is_workbook or not any(_in_one_cell(grid) for grid in source.grids):
        return source
    parted = copy.copy(source)
    parted.grids = [
        Grid(grid.name, [_cells(row) for row in grid.rows]) if _in_one_cell(grid) else grid
        for grid in source.grids
    ]
    return parted


def _in_one_cell(grid: Grid) -> bool:
    commas = len(_IN_ORDER) - 1
    return any(
        not any(cells[1:]) and cells[0].count(",") >= commas
        for _line, cells in grid.head[:_DEEPEST_HEADER]
        if cells
    )


def _cells(row: Row) -> Row:
    line, cells = row
    if not cells or any(cells[1:]):
        return row
    try:
        return line, next(csv.reader([cells[0]]), [])
    except csv.Error:
        return line, cells[0].split(",")


def _translated(source: Source) -> Source | None:
    for grid in source.grids:
        for at, (line, cells) in enumerate(grid.head[:_DEEPEST_HEADER]):
            if at + 1 < len(grid.head) and _shaped(grid.head[at + 1][1]):
                if len(cells) < len(_IN_ORDER) or any(sign.isdigit() for sign in "".join(cells)):
                    break
                headings = [said.HEADINGS[name][0] for name in _IN_ORDER]
                header = (line, [*headings, *cells[len(headings) :]])
                told = copy.copy(source)
                told.grids = [Grid(grid.name, [*grid.head[:at], header, *grid.rows[at + 1 :]])]
                return told
    return None


def _shaped(row: Sequence[str]) -> bool:
    if len(row) < len(_IN_ORDER):
        return False
    cell = dict(zip(_IN_ORDER, map(clean, row), strict=False))
    return bool(
        _MOMENT.fullmatch(cell["started"])
        and (not cell["completed"] or _MOMENT.fullmatch(cell["completed"]))
        and _FIGURE.fullmatch(cell["amount"])
        and _FIGURE.fullmatch(cell["fee"])
        and _CODE.fullmatch(cell["currency"])
        and cell["state"]
        and (not cell["balance"] or _FIGURE.fullmatch(cell["balance"]))
    )


def _headings(*names: str) -> dict[str, tuple[str, ...]]:
    return {name: said.HEADINGS[name] for name in names}


READERS = (
    AnyLanguage(
        Layout(
            provider="revolut",
            name="statement",
            side=Side.WALLET,
            columns=_headings(
                "type", "started", "completed", "description", "amount", "currency", "state"
            ),
            optional=_headings("product", "fee", "balance"),
            row=_row,
            study=_study,
            doubts=_balance_doubts,
            counted=lambda _entry: None,
            anchor="started",
            to_the_second=True,
        )
    ),
    CurrencyInHeading(
        Layout(
            provider="revolut",
            name="statement-2018",
            side=Side.WALLET,
            columns={
                "completed": ("Completed Date",),
                "description": ("Description", "Reference"),
                "paid_out": ("Paid Out",),
                "paid_in": ("Paid In",),
                "currency": ("Currency",),
            },
            optional={
                "exchange_out": ("Exchange Out",),
                "exchange_in": ("Exchange In",),
                "balance": ("Balance",),
                "category": ("Category",),
                "notes": ("Notes",),
            },
            row=_old_row,
            doubts=_old_balance_doubts,
            counted=lambda _entry: None,
            anchor="completed",
        )
    ),
    Layout(
        provider="revolut",
        name="business",
        side=Side.WALLET,
        columns={
            "started": ("Date started (UTC)",),
            "completed": ("Date completed (UTC)",),
            "type": ("Type",),
            "description": ("Description",),
            "currency": ("Payment currency", "Currency"),
            "amount": ("Amount",),
        },
        optional={
            "started_time": ("Time started (UTC)",),
            "id": ("ID",),
            "state": ("State",),
            "reference": ("Reference",),
            "payer": ("Payer",),
            "card": ("Card number",),
            "original_currency": ("Orig currency",),
            "original": ("Orig amount",),
            "total": ("Total amount",),
            "fee": ("Fee",),
            "balance": ("Balance",),
            "account": ("Account",),
            "counter_iban": ("Beneficiary IBAN",),
            "beneficiary": ("Beneficiary name",),
            "sender": ("Sender name",),
            "related": ("Related transaction id",),
        },
        row=_business_row,
        study=_study,
        doubts=_balance_doubts,
        counted=lambda _entry: None,
        anchor="started",
    ),
)
