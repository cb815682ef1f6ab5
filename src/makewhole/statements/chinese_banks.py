"""What exports of Chinese banks share: two amount columns, card tails, bill months, kinds of rows.

A bank row is money that has moved, so its movement follows from the sign of its amount alone.
"""

import dataclasses
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from msgspec import structs

from makewhole.records import Declared, Entry, Kind, Movement, Text
from makewhole.statements.balances import Step, broken_balance
from makewhole.statements.chinese import with_cents
from makewhole.statements.currency import currencies_named, currency, known_currency
from makewhole.statements.layout import Line, account_name, own_card
from makewhole.statements.preamble import exported, period
from makewhole.statements.values import (
    BEIJING,
    Refused,
    clean,
    clock,
    day,
    maybe_money,
    signed,
    tail,
    words,
)

_REFUND = re.compile(r"退款|退货|退汇|退回|退票|退费|退单|冲正|冲销|冲账|冲帐|抹账|抹帐|撤销")
_REPAYMENT = re.compile(r"还款")

_MONTH_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")
_BILL_MONTH = re.compile(r"(20\d{2})\s*年\s*(\d{1,2})\s*月(?!\s*\d)")
_BILL_DATES = re.compile(r"账单(?:日|周期|期间|月份)[^\n]{0,40}")
_CARD_TAILS = re.compile(r"卡号?[末后][四4]位\s*[:：]?\s*(\d{4})(?!\d)")
_CARD_BESIDE = re.compile(
    r"(?<!对方)(?:银行卡号|账户账号|客户账号|卡号|账号|Card No\.?)\s*[:：]?\s*(\d[\d*＊xX ]{6,})"
)
_YEAR_MONTH = re.compile(r"(20\d{2})[-/.年]\s*(\d{1,2})")


def kind_of(amount: Decimal, said: str) -> Kind:
    """What sort of row it is, from its sign and the words of the bank."""
    if amount > 0 and _REFUND.search(said):
        return Kind.REFUND
    if _REPAYMENT.search(said):
        return Kind.REPAYMENT
    if not amount:
        return Kind.OTHER
    return Kind.INCOME if amount > 0 else Kind.PAYMENT


def movement_of(amount: Decimal) -> Movement:
    """Left, arrived, or nothing for a row of zero."""
    if not amount:
        return Movement.NOTHING
    return Movement.ARRIVED if amount > 0 else Movement.LEFT


def in_or_out(arrived: str, left: str) -> Decimal | None:
    """The signed amount of a row with one column for money in and one for money out.

    A negative figure takes back what its column says, as banks write corrections. None where
    both cells are empty; refused where both hold money.
    """
    came, went = maybe_money(arrived), maybe_money(left)
    if came and went:
        raise Refused(
            f"收入和支出两栏都有金额（{came}、{went}）",
            f"both the column for money in ({came}) and that for money out ({went}) are filled",
        )
    if went:
        return -went
    return went if came is None else came


def stated(amount: Decimal | None) -> Decimal:
    """The amount; refuses a row that has none."""
    if amount is None:
        raise Refused("这一行没有金额", "this row has no amount")
    return amount


def card_tail(cell: str) -> str:
    """The last four digits of a card; a sheet that made a number of them lost leading zeros."""
    text = clean(cell).removesuffix(".0")
    return text.zfill(4) if text.isdecimal() and len(text) < len("1234") else tail(text)


def when(on: str, at: str) -> tuple[date, datetime | None]:
    """The day and, where the second cell states a time of day, the moment in Beijing time.

    A time written as a number loses its leading zeros in a spreadsheet.
    """
    text = clean(at)
    day_, time_ = day(on), clock(text.zfill(len("HHMMSS")) if text.isdecimal() else text)
    return day_, None if time_ is None else datetime.combine(day_, time_, tzinfo=BEIJING)


def unwrapped(cell: str) -> str:
    """The text of a cell that a printed page had broken into lines."""
    return "".join(part.strip() for part in cell.splitlines())


def joined(*cells: str) -> str:
    """The words of several cells in one line, without the empty and the repeated ones."""
    return " ".join(dict.fromkeys(said for cell in cells if (said := words(cell))))


def entry_of(line: Line, amount: Decimal, code: str, *, card: str = "", **fields: Any) -> Entry:
    """A bank row as an entry with its movement and kind; `card` where the row names its own."""
    said = joined(fields.get("description", ""), fields.get("counterparty", ""))
    entry = line.entry(
        amount=with_cents(amount) if code == "CNY" else amount,
        currency=code,
        movement=movement_of(amount),
        kind=kind_of(amount, said),
        **fields,
    )
    if not card:
        return entry
    return structs.replace(entry, card=card, account=account_name(entry.provider, card))


def charge(line: Line) -> Entry:
    """A row of a bill that writes charges positive and tells what was traded and what settled.

    Its fields are `date`, `booked_on`, `description`, `card`, and each amount with its currency:
    `traded`, `traded_currency`, `settled`, `settled_currency`.
    """
    settled, traded = maybe_money(line["settled"]), maybe_money(line["traded"])
    unsettled = settled is None
    amount = stated(traded if unsettled else settled)
    code = currency(line["traded_currency" if unsettled else "settled_currency"])
    traded_code = currency(line["traded_currency"]) if traded else code
    foreign = traded if traded_code != code else None
    return entry_of(
        line,
        signed(-1, amount),
        code,
        card=card_tail(line["card"]),
        occurred_on=day(line["date"]),
        booked_on=day(line["booked_on"]) if words(line["booked_on"]) else None,
        description=words(line["description"]),
        original=-foreign if foreign else None,
        original_currency=traded_code if foreign else "",
    )


def currency_of(line: Line) -> str:
    """The currency of a row: its column, else a cell without a heading, else the text around.

    A file that names none is in yuan. Refuses unknown words, and a row without a currency in a
    file that names several.
    """
    if line.has("currency"):
        return currency(line["currency"])
    named = {code for cell in line.unclaimed() if (code := known_currency(cell))}
    named = named or set(_named_in(line.notes)) or {"CNY"}
    if len(named) > 1:
        several = "、".join(sorted(named))
        raise Refused(
            f"看不出这一行是哪种货币（文件里提到 {several}）",
            f"this row does not say which currency it is in (the file names {several})",
        )
    return named.pop()


def bill_day(cell: str, notes: str) -> date:
    """The date in a cell; one without a year belongs to the bill whose month the notes state.

    A bill holds no future, so a month after the bill's is one of the year before.
    """
    text = clean(cell)
    found = _MONTH_DAY.fullmatch(text)
    if not found:
        return day(text)
    bill = _bill_month(notes)
    if bill is None:
        raise Refused(
            f"日期 {text} 没有年份，账单标题也没有写年月；请保留标题行（例如“2024年01月”）",
            f"the date {text} has no year and the export's title states none; keep the title "
            "line, which reads like 2024年01月",
        )
    year, month = bill
    return day(f"{year - (int(found[1]) > month)}-{found[1]}-{found[2]}")


def maybe_bill_day(cell: str, notes: str) -> date | None:
    """The date in a cell as `bill_day` reads it, or None where the cell is empty."""
    return bill_day(cell, notes) if words(cell) else None


def carried_on(
    amount: Callable[[Line], Decimal | None], account: str = "currency"
) -> Callable[[Sequence[Line]], Iterator[Text]]:
    """A layout's `doubts`: at most one warning, where the column `balance` stops following.

    `amount` gives the signed amount of a line. `account` is the column that keeps balances apart.
    A row that cannot be read parts the balances before it from those after it.
    """

    def doubts(lines: Sequence[Line]) -> Iterator[Text]:
        runs: dict[str, list[list[Step]]] = {}
        for line in lines:
            run = runs.setdefault(line[account], [[]])
            step = _step(line, amount)
            if step:
                run[-1].append(step)
            else:
                run.append([])
        warnings = (broken_balance(each) for run in runs.values() for each in run)
        yield from islice(chain.from_iterable(warnings), 1)

    return doubts


def _step(line: Line, amount: Callable[[Line], Decimal | None]) -> Step | None:
    try:
        change, balance = amount(line), maybe_money(line["balance"])
    except Refused:
        return None
    return None if change is None or balance is None else Step(line.number, change, balance)


def bank_facts(text: str) -> Declared:
    """The card or account, the period and the time of export, as far as the notes state them."""
    starts_on, ends_on = period(text)
    return Declared(
        card=own_card(text), starts_on=starts_on, ends_on=ends_on, exported_at=exported(text)
    )


def card_beside(text: str) -> str:
    """The tail of the holder's number where it stands beside its label, often in its own cell."""
    found = _CARD_BESIDE.search(text)
    return tail(found[1].replace(" ", "")) if found else ""


def bill_facts(text: str) -> Declared:
    """What the notes of a bill state. A bill of several cards is of none: its rows say whose."""
    cards = {card for note in text.splitlines() if (card := own_card(note))}
    cards.update(_CARD_TAILS.findall(text))
    return dataclasses.replace(bank_facts(text), card=cards.pop() if len(cards) == 1 else "")


@lru_cache(maxsize=16)
def _named_in(notes: str) -> frozenset[str]:
    return currencies_named(notes)


@lru_cache(maxsize=16)
def _bill_month(notes: str) -> tuple[int, int] | None:
    title = _BILL_MONTH.search(notes)
    if title:
        return int(title[1]), int(title[2])
    found = [
        (int(year), int(month))
        for phrase in _BILL_DATES.findall(notes)
        for year, month in _YEAR_MONTH.findall(phrase)
    ]
    return max(found, default=None)
