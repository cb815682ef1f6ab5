"""Wise: the statement of a balance, and the history of all transactions.

Wise holds money, so it is a wallet here. `amount` is the whole sum that the paying side gave, and
`fee` the part of it that Wise kept. A statement's amount has the fee in it (`Total fees` says how
much) unless the fee has a row of its own; the history writes amounts after fees, so the fee is
added to them. Where the fee is in another currency than the amount it stands in the note.

Dates are day first in statements and year first in the history. Neither says its zone, so rows
keep the day. A fee row repeats the number of the payment it belongs to; it is kept as the number
shared with that payment. A row of a conversion between own balances is its outgoing side.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from makewhole.records import Declared, Entry, Kind, Movement, Side, Text
from makewhole.statements.balances import Step, broken_balance
from makewhole.statements.chinese_banks import joined, movement_of
from makewhole.statements.currency import known_currency
from makewhole.statements.dates import day_in
from makewhole.statements.habits import usual_order
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import (
    Refused,
    clean,
    day,
    maybe_money,
    money,
    number,
    signed,
    tail,
    words,
)

_CHARGES = re.compile(r"(?:Transfer)?Wise Charges for:\s*(\S+)", re.IGNORECASE)
_FEE_OF = re.compile(r"FEE-(.+)")
_FOREIGN = re.compile(r"Card transaction of -?([\d,.]+) ([A-Z]{3}) issued by", re.IGNORECASE)
_TITLE = re.compile(r"statement_\w*?_?([A-Z]{3})_(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})")
_FIGURE = re.compile(r"-?\d+(?:\.\d{1,3})?")
_BALANCE_FUNDS = "balance"


@dataclass(frozen=True, slots=True)
class _Known:
    """What holds for the file: the order of dates, which fees have a row, who the holder is."""

    order: str | Text
    charged: frozenset[str]
    holders: frozenset[str]


def _study(lines: Sequence[Line], dates: str) -> _Known:
    fees = (_charged(line) for line in lines)
    return _Known(
        order=usual_order((line["date"] for line in lines), "dmy", dates),
        charged=frozenset(of for of in fees if of),
        holders=frozenset(_name(line["holder"]) for line in lines if words(line["holder"])),
    )


def _name(cell: str) -> str:
    return " ".join(words(cell).casefold().split())


def _charged(line: Line) -> str:
    """The number of the payment that a fee row belongs to, or the empty string."""
    found = _CHARGES.match(line["description"]) or _FEE_OF.fullmatch(line["id"])
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class _Shifted:
    """The cells that some rows of transfers hold one column too far to the left."""

    reference: str
    balance: str
    payer: str
    payee: str
    iban: str


def _is_shifted(line: Line) -> bool:
    """Whether the balance stands in the column before its own; no row is without a balance."""
    return bool(
        line.has("balance")
        and not line["balance"]
        and _FIGURE.fullmatch(line["reference"])
        and not line["iban"]
    )


def _cells(line: Line) -> _Shifted:
    if _is_shifted(line):
        return _Shifted("", line["reference"], "", line["payer"], line["payee"])
    return _Shifted(line["reference"], line["balance"], line["payer"], line["payee"], line["iban"])


def _row(line: Line) -> Entry:
    known: _Known = line.context
    if isinstance(known.order, Text):
        raise Refused(*known.order)
    cells = _cells(line)
    on = day_in(line["date"], known.order)
    amount = money(line["amount"])
    currency = _code(line["currency"])
    of = _charged(line)
    kind = Kind.FEE if of else _kind(line, cells, amount)
    own = number(line["id"])
    fee = None if of or own in known.charged else maybe_money(line["fees"])
    return line.entry(
        occurred_on=on,
        booked_on=on,
        amount=amount + fee if fee and amount > 0 else amount,
        currency=currency,
        direction_word=line["direction"],
        movement=movement_of(amount),
        kind=kind,
        counterparty=words(line["merchant"] or (cells.payer if amount > 0 else cells.payee)),
        description=words(line["description"]),
        reference="" if of == own else own,
        merchant_reference=of,
        funding=_funding(kind),
        note=joined(cells.reference, cells.iban, line["note"]),
        fee=fee or None,
        card=tail(line["card"]),
        **_foreign(line, amount, currency),
    )


def _code(cell: str) -> str:
    code = known_currency(cell)
    if code is None:
        raise Refused(f"没有写明货币：{cell[:20]!r}", f"no currency code: {cell[:20]!r}")
    return code


def _funding(kind: Kind) -> str:
    """What pays is the balance that the statement is of; a top-up comes from elsewhere."""
    return "" if kind in {Kind.TOP_UP, Kind.WITHDRAWAL} else _BALANCE_FUNDS


_DETAILS = {
    "CARD": Kind.PAYMENT,
    "CARD_CASHBACK": Kind.INCOME,
    "CASHBACK": Kind.INCOME,
    "BALANCE_CASHBACK": Kind.INCOME,
    "BALANCE_INTEREST": Kind.INCOME,
    "CONVERSION": Kind.CONVERSION,
    "MONEY_ADDED": Kind.TOP_UP,
    "DIRECT_DEBIT": Kind.PAYMENT,
    "DIRECT_DEBIT_TRANSACTION": Kind.PAYMENT,
    "ACCRUAL_CHARGE": Kind.FEE,
    "CARD_ORDER_CHECKOUT": Kind.FEE,
    "FEE": Kind.FEE,
}
_PHRASES = (
    (re.compile(r"Topped up ", re.IGNORECASE), Kind.TOP_UP),
    (re.compile(r"Converted ", re.IGNORECASE), Kind.CONVERSION),
    (re.compile(r"Card transaction of ", re.IGNORECASE), Kind.PAYMENT),
    (re.compile(r"Received money from ", re.IGNORECASE), Kind.INCOME),
    (re.compile(r"Sent money to ", re.IGNORECASE), Kind.PAYMENT),
)
# A transfer whose other side is the holder too.
_BETWEEN_OWN = {Kind.INCOME: Kind.TOP_UP, Kind.PAYMENT: Kind.WITHDRAWAL}
_PREFIXES = {
    "CARD": Kind.PAYMENT,
    "CARD_TRANSACTION": Kind.PAYMENT,
    "BALANCE": Kind.CONVERSION,
    "BALANCE_CASHBACK": Kind.INCOME,
    "BALANCE_INTEREST": Kind.INCOME,
    "DIRECT_DEBIT": Kind.PAYMENT,
    "DIRECT_DEBIT_TRANSACTION": Kind.PAYMENT,
    "ACCRUAL_CHARGE": Kind.FEE,
    "CARD_ORDER": Kind.FEE,
    "CARD_ORDER_CHECKOUT": Kind.FEE,
    "FEE": Kind.FEE,
}


def _kind(line: Line, cells: _Shifted, amount: Decimal) -> Kind:
    known: _Known = line.context
    found = next((kind for said, kind in _PHRASES if said.match(line["description"])), None)
    kind = found or _DETAILS.get(line["details"].upper()) or _by_prefix(line["id"])
    if kind is None and line["id"].startswith("TRANSFER-"):
        kind = Kind.INCOME if amount > 0 else Kind.PAYMENT
    if kind is Kind.PAYMENT and amount > 0:
        return Kind.REFUND
    if kind in {Kind.PAYMENT, Kind.INCOME} and line["id"].startswith("TRANSFER-"):
        other = _name(cells.payer if amount > 0 else cells.payee)
        return _BETWEEN_OWN[kind] if other in known.holders else kind
    return kind or Kind.OTHER


def _by_prefix(own: str) -> Kind | None:
    return _PREFIXES.get(own.upper().rpartition("-")[0])


def _foreign(line: Line, amount: Decimal, currency: str) -> dict[str, Any]:
    """The amount in the currency of the other side, from its columns or from the description."""
    sign = -1 if amount < 0 else 1
    target = clean(line["exchange_to"]).upper()
    with suppress(Refused):
        size = maybe_money(line["exchange_to_amount"])
        if size and known_currency(target) and target != currency:
            return {"original": signed(sign, abs(size)), "original_currency": target}
        found = _FOREIGN.match(line["description"])
        if found and found[2] != currency:
            return {
                "original": signed(sign, money(found[1])),
                "original_currency": found[2],
            }
    return {}


def _doubts(lines: Sequence[Line]) -> Iterator[Text]:
    shifted = [line.number for line in lines if _is_shifted(line)]
    if shifted:
        first = shifted[0]
        yield Text(
            f"第 {first} 行{'等处' if len(shifted) > 1 else ''}从付款附言起的几格向左错了一列，"
            "已按内容放回余额、收款人和账号",
            f"line {first}{' and others' if len(shifted) > 1 else ''}: the cells from the payment "
            "reference on stand one column to the left; balance, payee and account number were "
            "told by what they hold",
        )
    steps: dict[str, list[Step]] = {}
    for line in lines:
        with suppress(Refused):
            balance = maybe_money(_cells(line).balance)
            if balance is not None:
                step = Step(line.number, money(line["amount"]), balance)
                steps.setdefault(line["currency"], []).append(step)
    for code, chain in steps.items():
        yield from broken_balance(chain, code if len(steps) > 1 else "")


def _facts(text: str) -> Declared:
    found = _TITLE.search(text)
    if not found:
        return Declared()
    with suppress(Refused):
        return Declared(starts_on=day(found[2]), ends_on=day(found[3]))
    return Declared()


_DONE = {"COMPLETED", "COMPLETADO", "COMPLETADA"}
_RETURNED = {"REFUNDED", "REEMBOLSADO", "REEMBOLSADA"}
_NOT_DONE = {
    *("CANCELLED", "CANCELED", "CANCELADO", "CANCELADA"),
    *("FAILED", "REJECTED", "DECLINED", "EXPIRED", "REVERSED"),
}
_PENDING = {"PENDING", "PROCESSING", "IN_PROGRESS", "INCOMPLETE", "SCHEDULED"}


def _history_row(line: Line) -> Entry:
    direction = line["direction"].upper()
    if direction not in {"IN", "OUT", "NEUTRAL"}:
        raise Refused(f"方向无法识别：{direction[:20]!r}", f"unknown direction: {direction[:20]!r}")
    arrives = direction == "IN"
    sums = _in_sums(line) if arrives else _out_sums(line)
    finished = _maybe_day(line["finished"])
    created = _maybe_day(line["created"]) or finished
    if created is None:
        raise Refused("这一行没有日期", "this row has no date")
    kind = _history_kind(line, direction)
    return line.entry(
        occurred_on=created,
        booked_on=finished,
        amount=sums.amount,
        currency=sums.currency,
        direction_word=line["direction"],
        status_word=line["status"],
        movement=_history_movement(line, sums.amount),
        kind=kind,
        counterparty=_other_side(line, direction),
        description=joined(line["reference"], line["category"]),
        reference=number(line["id"]),
        funding=_funding(kind),
        note=joined(line["note"], line["batch"], sums.note),
        fee=sums.fee,
        original=sums.original,
        original_currency=sums.original_currency,
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """What a row of the history moved on the holder's balance."""

    amount: Decimal
    currency: str
    fee: Decimal | None
    note: str
    original: Decimal | None = None
    original_currency: str = ""


def _out_sums(line: Line) -> _Sums:
    return _sums(line, "source", "target", -1)


def _in_sums(line: Line) -> _Sums:
    return _sums(line, "target", "source", 1)


def _sums(line: Line, own: str, other: str, sign: int) -> _Sums:
    size, code = abs(money(line[f"{own}_amount"])), _code(line[f"{own}_currency"])
    kept, elsewhere = Decimal(0), ""
    for side in ("source", "target"):
        fee = maybe_money(line[f"{side}_fee"])
        if fee and _code(line[f"{side}_fee_currency"]) == code:
            kept += fee
        elif fee:
            elsewhere = joined(elsewhere, f"{fee:f} {line[f'{side}_fee_currency']}")
    foreign = known_currency(line[f"{other}_currency"]) or ""
    there = maybe_money(line[f"{other}_amount"])
    is_foreign = bool(there and foreign and foreign != code)
    return _Sums(
        amount=signed(sign, size + kept),
        currency=code,
        fee=kept or None,
        note=elsewhere,
        original=signed(sign, abs(there)) if is_foreign and there else None,
        original_currency=foreign if is_foreign else "",
    )


def _maybe_day(cell: str) -> date | None:
    return day(cell) if words(cell) else None


def _history_kind(line: Line, direction: str) -> Kind:
    if direction == "NEUTRAL":
        return Kind.CONVERSION
    kind = _by_prefix(line["id"])
    if kind is None and line["id"].upper().startswith("TRANSFER-"):
        is_own = bool(_name(line["source"])) and _name(line["source"]) == _name(line["target"])
        kind = Kind.INCOME if direction == "IN" else Kind.PAYMENT
        kind = _BETWEEN_OWN[kind] if is_own else kind
    returned = line["status"].upper() in _RETURNED
    if direction == "IN" and (returned or kind is Kind.PAYMENT):
        return Kind.REFUND
    return kind or Kind.OTHER


def _history_movement(line: Line, amount: Decimal) -> Movement:
    status = line["status"].upper()
    if status in _DONE or (status in _RETURNED and amount > 0):
        return movement_of(amount)
    if status in _RETURNED:
        return Movement.LEFT_AND_RETURNED
    if status in _NOT_DONE:
        return Movement.NOTHING
    return Movement.UNDECIDED if status in _PENDING else Movement.UNKNOWN


def _other_side(line: Line, direction: str) -> str:
    """Who is on the other side; between own balances there is nobody."""
    if direction == "NEUTRAL":
        return ""
    return words(line["source"] if direction == "IN" else line["target"])


READERS = (
    Layout(
        provider="wise",
        name="statement",
        side=Side.WALLET,
        columns={
            "id": ("TransferWise ID", "Wise ID"),
            "date": ("Date",),
            "amount": ("Amount",),
            "currency": ("Currency",),
            "description": ("Description",),
        },
        optional={
            "reference": ("Payment Reference",),
            "balance": ("Running Balance",),
            "exchange_to": ("Exchange To",),
            "exchange_to_amount": ("Exchange To Amount",),
            "payer": ("Payer Name",),
            "payee": ("Payee Name",),
            "iban": ("Payee Account Number",),
            "merchant": ("Merchant",),
            "card": ("Card Last Four Digits",),
            "holder": ("Card Holder Full Name",),
            "note": ("Note",),
            "fees": ("Total fees",),
            "direction": ("Transaction Type",),
            "details": ("Transaction Details Type",),
        },
        row=_row,
        about=_facts,
        study=_study,
        doubts=_doubts,
        counted=lambda _entry: None,
        anchor="date",
    ),
    Layout(
        provider="wise",
        name="history",
        side=Side.WALLET,
        columns={
            "id": ("ID", "Identificador de la transferencia"),
            "status": ("Status", "Estado"),
            "direction": ("Direction", "Dirección"),
            "finished": ("Finished on", "Terminada el"),
            "source_amount": (
                "Source amount (after fees)",
                "Cantidad de origen (tras comisiones)",
            ),
            "source_currency": ("Source currency", "Moneda de origen"),
            "target_amount": (
                "Target amount (after fees)",
                "Cantidad de destino (tras comisiones)",
            ),
            "target_currency": ("Target currency", "Moneda de destino"),
        },
        optional={
            "created": ("Created on", "Creada el"),
            "source_fee": ("Source fee amount", "Importe de la comisión de origen"),
            "source_fee_currency": ("Source fee currency", "Moneda de la comisión de origen"),
            "target_fee": ("Target fee amount",),
            "target_fee_currency": ("Target fee currency",),
            "source": ("Source name", "Nombre de origen"),
            "target": ("Target name", "Nombre del destinatario"),
            "reference": ("Reference", "Referencia"),
            "batch": ("Batch",),
            "category": ("Category", "Categoría"),
            "note": ("Note",),
        },
        row=_history_row,
        counted=lambda _entry: None,
        anchor="finished",
    ),
)
