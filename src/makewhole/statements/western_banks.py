"""What bank exports outside China share: signs, orders of dates, kinds of rows, running balances.

A bank row is money that has moved, unless its status says that it has not. The order of day and
month is the one in which the bank is known to write, checked against the whole file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from msgspec import structs

from makewhole.records import NO_CURRENCY, Declared, Entry, Kind, Movement, Side, Text
from makewhole.statements.balances import Step, broken_balance
from makewhole.statements.currency import currency, known_currency
from makewhole.statements.dates import ORDERS, day_in, orders_of
from makewhole.statements.habits import decimal_comma
from makewhole.statements.layout import Layout, Line, account_name
from makewhole.statements.place import said_place
from makewhole.statements.source import Source
from makewhole.statements.spelled_dates import day_of
from makewhole.statements.values import Refused, clean, maybe_money, number, signed, tail, words
from makewhole.statements.wrapped import Wrapped

_REFUND = re.compile(
    r"\brefund|\brevers(?:al|ed)\b|chargeback|\breturn(?:ed)?\b|r(?:ü|ue)ck(?:zahlung|buchung|"
    r"erstattung|gabe|lastschrift|(?:ü|ue)berweisung)|retoure|\bstorno|erstattung|devoluci|"
    r"reembolso|возврат",
    re.IGNORECASE,
)
_REPAYMENT = re.compile(
    r"payment.{0,14}thank you|thank you.{0,9}payment|autopay|payment received|"
    r"zahlung.{0,30}erhalten|ausgleich kreditkarte|trsf from",
    re.IGNORECASE,
)
_FEE = re.compile(r"(?:\b|_)fees?(?:\b|_)|entgelt|comisi[oó]n|комисси", re.IGNORECASE)
_BEHIND = re.compile(r"\s*[€£$₽]$")
_YEAR_LEADS = re.compile(r"\d{4}\D?\d{1,2}\D?\d{1,2}")
_ABROAD = re.compile(r"([A-Z]{3})?\s*([+-]?\d[\d.,]*)\s*([A-Z]{3})?")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,3})?\b")
_MASKED_CARD = re.compile(r"\b\d{4}[ •*]*[•*][ •*]*(\d{4})\b")
_PERIOD = re.compile(
    r"(?:zeitraum|von)\W+(?:von\W+)?(\d{2}\.\d{2}\.\d{4})\W+(?:bis\W+)?(\d{2}\.\d{2}\.\d{4})",
    re.IGNORECASE,
)
_END_TO_END = re.compile(r"\bEREF[+:]\s*(\S+)")
_AMOUNTS = ("amount", "debit", "credit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for every row of one layout.

    `order` is that in which the bank writes dates; `comma` its decimal sign, None where the file
    tells. `currency` is the account's where no column states it. `owing` says that balances are
    money owed. `signs` are the words of the field `way` for money in and out; where given, they
    decide and not the sign. `statuses` says what a status does to the money, None meaning that it
    moved; a status that is not listed stays unknown. `said` and `noted` are the fields that make
    description and note. `more` gives further fields of an entry.
    """

    order: str
    currency: str = ""
    comma: bool | None = False
    charges_positive: bool = False
    owing: bool = False
    signs: Mapping[str, int] = field(default_factory=dict)
    statuses: Mapping[str, Movement | None] = field(default_factory=dict)
    said: tuple[str, ...] = ("description",)
    noted: tuple[str, ...] = ()
    more: Callable[[Line], dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """What holds for one whole file.

    `debits_signed` says that the column for money out carries its own minus sign.
    """

    order: str | Text
    comma: bool | Text
    debits_signed: bool


def bank(  # noqa: PLR0913 - a layout is declared once, in one place
    provider: str,
    name: str,
    terms: Terms,
    columns: Mapping[str, tuple[str, ...]],
    optional: Mapping[str, tuple[str, ...]] | None = None,
    row: Callable[[Line], Entry] | None = None,
    **more: Any,
) -> Layout:
    """A bank's layout whose rows are read by its terms.

    Fields that rows may have: date, booked_on, value_on, amount, or debit and credit, way, balance,
    currency, status, type, counterparty, reference, merchant_reference, account, card, and those
    that the terms name.
    """
    return Layout(
        provider=provider,
        name=name,
        side=Side.BANK,
        columns=columns,
        optional=optional or {},
        row=row or partial(row_by, terms),
        study=partial(study, terms),
        doubts=partial(doubts, terms),
        counted=lambda _entry: None,
        anchor="date",
        **more,
    )


def row_by(terms: Terms, line: Line) -> Entry:
    """A row as an entry; refuses one whose date or amount cannot be read for certain."""
    amount = amount_of(terms, line)
    movement = movement_of(terms, line, amount)
    dated = dated_by(line)
    if not dated and movement is Movement.UNDECIDED:
        raise Refused("这一行还没有入账，也还没有日期", "this row is pending and has no date yet")
    said = joined(line[name] for name in terms.said)
    fields: dict[str, Any] = {
        "occurred_on": day_of(dated, line.context.order),
        "booked_on": day_of(line["booked_on"], line.context.order) if line["booked_on"] else None,
        "amount": amount,
        "currency": currency(line["currency"]) if words(line["currency"]) else terms.currency,
        "direction_word": line["way"],
        "status_word": line["status"],
        "movement": movement,
        "kind": kind_of(amount, joined((said, line["type"], line["counterparty"])), line["type"]),
        "counterparty": words(line["counterparty"]),
        "description": said,
        "reference": number(line["reference"]).rstrip("'"),
        "merchant_reference": end_to_end(line),
        "note": joined(line[name] for name in terms.noted),
        **(terms.more(line) if terms.more else {}),
    }
    fields["currency"] = fields["currency"] or NO_CURRENCY
    return _on_own_account(line, line.entry(**fields))


def dated_by(line: Line) -> str:
    """The cell that dates a row: its day, or that of its value where the bank has not booked it."""
    return line["date"] if any(map(str.isdigit, line["date"])) else line["value_on"] or line["date"]


def _on_own_account(line: Line, entry: Entry) -> Entry:
    """The entry on the account or card that its row names, where it names one."""
    card = clean(line["card"]).strip("'-*")
    own = clean(line["account"]).strip("'-*") or tail(card) or card
    if not own:
        return entry
    return structs.replace(entry, account=account_name(entry.provider, own), card=tail(card or own))


def amount_of(terms: Terms, line: Line) -> Decimal:
    """The amount of a row from the holder's view. Refuses a row that has none."""
    comma = line.context.comma
    if isinstance(comma, Text):
        raise Refused(*comma)
    if line.has("amount"):
        amount = figure(line["amount"], comma=comma)
    else:
        amount = _in_or_out(line, comma=comma)
    if amount is None:
        raise Refused("这一行没有金额", "this row has no amount")
    if terms.signs:
        return signed(_sign(terms, line["way"]), abs(amount))
    return -amount if terms.charges_positive and amount else amount


def _sign(terms: Terms, word: str) -> int:
    sign = terms.signs.get(word.casefold())
    if sign is None:
        raise Refused(f"收支方向无法识别：{word[:20]!r}", f"neither in nor out: {word[:20]!r}")
    return sign


def _in_or_out(line: Line, *, comma: bool) -> Decimal | None:
    came, went = figure(line["credit"], comma=comma), figure(line["debit"], comma=comma)
    if came and went:
        raise Refused(
            f"收入和支出两栏都有金额（{came}、{went}）",
            f"both the column for money in ({came}) and that for money out ({went}) are filled",
        )
    if went:
        return went if line.context.debits_signed else -went
    return went if came is None else came


def figure(cell: str, *, comma: bool) -> Decimal | None:
    """The amount in a cell, its currency sign before or behind; None where it is empty."""
    return maybe_money(_BEHIND.sub("", clean(cell)), comma=comma)


def movement_of(terms: Terms, line: Line, amount: Decimal) -> Movement:
    """What the row did to the money, by its status and then by its sign."""
    status = " ".join(line["status"].casefold().split())
    if terms.statuses and status:
        if status not in terms.statuses:
            return Movement.UNKNOWN
        meant = terms.statuses[status]
        if meant is not None:
            return meant
    if not amount:
        return Movement.NOTHING
    return Movement.ARRIVED if amount > 0 else Movement.LEFT


def kind_of(amount: Decimal, said: str, sort: str = "") -> Kind:
    """What sort of row it is, from its sign and the words of the bank; `sort` is its type."""
    if amount > 0 and _REFUND.search(said):
        return Kind.REFUND
    if _REPAYMENT.search(said):
        return Kind.REPAYMENT
    if amount < 0 and _FEE.search(sort):
        return Kind.FEE
    if not amount:
        return Kind.OTHER
    return Kind.INCOME if amount > 0 else Kind.PAYMENT


def joined(cells: Iterable[str]) -> str:
    """The words of several cells in one line, without the empty and the repeated ones."""
    said = (" ".join(words(cell).split()) for cell in cells)
    return " ".join(dict.fromkeys(each for each in said if each))


def abroad(cell: str, *, comma: bool | None = None) -> dict[str, Any]:
    """What a foreign amount with its currency, as `-37,00 DKK`, adds to a row; else a note."""
    text = words(cell)
    found = _ABROAD.fullmatch(text)
    code = known_currency(found[1] or found[3] or "") if found else None
    if not found or not code:
        return {"note": text} if text else {}
    in_comma = decimal_comma([found[2]]) is True if comma is None else comma
    amount = figure(found[2], comma=in_comma)
    return {"original": amount, "original_currency": code} if amount else {}


def shared_number(cell: str) -> str:
    """A number that the other side knows too; the words for "none" become the empty string."""
    text = number(cell)
    return "" if text.upper().replace(" ", "") in {"NOTPROVIDED", "KEINE", "NONREF"} else text


def study(terms: Terms, lines: Sequence[Line], dates: str) -> Habits:
    """What holds for the whole file, read off all its rows before the first is read."""
    comma: bool | Text = (
        decimal_comma(_BEHIND.sub("", clean(line[name])) for line in lines for name in _AMOUNTS)
        if terms.comma is None
        else terms.comma
    )
    return Habits(
        order=_order((dated_by(line) for line in lines), terms.order, dates),
        comma=comma,
        debits_signed=all(
            line["debit"].startswith(("-", "−", "(")) for line in lines if words(line["debit"])
        ),
    )


def _order(cells: Iterable[str], usual: str, said: str) -> str | Text:
    """The bank's own order where the file fits it; the person's or the year's where it does not.

    A file in which only some rows do not fit keeps the bank's order, and these rows are refused.
    """
    written = [(cell, orders) for cell in cells if (orders := orders_of(cell))]
    fitting = [order for order in ORDERS if all(order in orders for _cell, orders in written)]
    if usual in fitting or not fitting:
        return usual
    if "ymd" in fitting and all(_YEAR_LEADS.match(clean(cell)) for cell, _orders in written):
        return "ymd"
    if said in fitting:
        return said
    return Text(
        f"这家银行的日期写法是 {usual}，文件里却不是；文件可能被表格软件改写过，没有猜。"
        "请重新导出，或加上 --dates dmy（日/月）或 --dates mdy（月/日）",
        f"this bank writes dates as {usual}, this file does not; a spreadsheet program may have "
        "rewritten it, and nothing was guessed. Export it again, or say --dates dmy or --dates mdy",
    )


def doubts(terms: Terms, lines: Sequence[Line]) -> Iterator[Text]:
    """A warning where the running balances do not follow; none where a row could not be read.

    The newest rows may have no balance yet; one that lacks it among others ends the check.
    """
    yield from _foreign_dates(lines)
    chains: dict[str, list[tuple[int, Decimal, Decimal | None]]] = {}
    try:
        for line in lines:
            amount = amount_of(terms, line)
            if movement_of(terms, line, amount) is not Movement.UNDECIDED:
                balance = figure(line["balance"], comma=line.context.comma is True)
                chains.setdefault(line["account"], []).append((line.number, amount, balance))
    except Refused:
        return
    for account, chain in chains.items():
        yield from broken_balance(_steps(terms, chain), account if len(chains) > 1 else "")


def _foreign_dates(lines: Sequence[Line]) -> Iterator[Text]:
    """A warning where some dates cannot be in the order in which the others were read."""
    order = lines[0].context.order if lines else ""
    odd = [
        line.number
        for line in lines
        if order in ORDERS and (orders := orders_of(dated_by(line))) and order not in orders
    ]
    if odd and len(odd) < len(lines):
        where = said_place(odd[0])
        yield Text(
            f"{where.zh}的日期不是 {order} 的写法，其余日期按 {order} 读；文件可能被改写过，"
            "其余日期也可能日月颠倒。请重新导出",
            f"the date on {where.en} cannot be in the order {order} in which the others were read; "
            "the file may have been rewritten, and day and month of the others exchanged. Export "
            "it again",
        )


def _steps(terms: Terms, chain: list[tuple[int, Decimal, Decimal | None]]) -> list[Step]:
    """The rows from the first to the last that has a balance; none where one between lacks it."""
    held = [at for at, (_line, _amount, balance) in enumerate(chain) if balance is not None]
    sign = -1 if terms.owing else 1
    steps = [
        Step(line, amount, sign * balance) for line, amount, balance in chain if balance is not None
    ]
    return steps if held and held[-1] - held[0] + 1 == len(steps) else []


@dataclass(frozen=True, slots=True)
class Evidenced(Wrapped):
    """A layout whose headings say too little: rows or their surroundings must bear it out."""

    borne_out: Callable[[Source], bool]

    def closeness(self, source: Source) -> float:
        """1.0 where headings and evidence fit; a little less without the evidence."""
        close = self.layout.closeness(source)
        return close if close < 1.0 or self.borne_out(source) else 0.99


def sepa_facts(text: str) -> Declared:
    """The holder's IBAN or masked card, and the period, as German banks state them above rows."""
    iban, period = _IBAN.search(text), _PERIOD.search(text)
    card = _MASKED_CARD.search(text)
    account = "".join(iban[0].split()) if iban else ""
    days = [_maybe_day(each) for each in period.groups()] if period else [None, None]
    return Declared(
        account=account,
        card=tail(account) or (card[1] if card else ""),
        starts_on=days[0],
        ends_on=days[1],
    )


def _maybe_day(text: str) -> date | None:
    try:
        return day_in(text, "dmy")
    except Refused:
        return None


def end_to_end(line: Line) -> str:
    """The end-to-end number of a transfer: its own column, or behind its key word in the text."""
    own = shared_number(line["merchant_reference"])
    found = None if own else _END_TO_END.search(line["description"])
    return own or (shared_number(found[1]) if found else "")
