"""ICBC 工商银行: credit card, debit card, debit card since 2024, history of a debit card.

Each amount stands in a pair of columns for the transaction and a pair for the booking; older or
domestic rows fill only one pair. There is no time of day. The history is printed: it has one
signed amount, and states the time of day.
"""

import re
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

from makewhole.records import Declared, Entry, Side, Total
from makewhole.statements.chinese_banks import (
    bank_facts,
    card_beside,
    carried_on,
    currency_of,
    entry_of,
    in_or_out,
    joined,
    stated,
    unwrapped,
)
from makewhole.statements.currency import currency, known_currency
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import Refused, count, day, maybe_money, moment, money, words

_FOOTER = re.compile(r"^(\S{0,6}?)合计(?:金额)?((?: +[\d,.]+)+)\s*$", re.MULTILINE)
_PAGE_SUM = re.compile(r"本页(支出|收入)算术合计\s*[:：]\s*([\d,]+(?:\.\d+)?)")
_PAGE_ROWS = re.compile(r"本页交易笔数\s*[:：]\s*(\d+)")
_EMPTY = re.compile(r"[(（]空[)）]")


def _row(line: Line) -> Entry:
    traded = in_or_out(line["traded_in"], line["traded_out"])
    amount, unbooked = _amount(line)
    code = currency(line["traded_currency" if unbooked else "booked_currency"])
    traded_code = currency(line["traded_currency"]) if traded else code
    foreign = traded if traded_code != code else None
    return entry_of(
        line,
        amount,
        code,
        occurred_on=day(line["date"]),
        booked_on=day(line["booked_on"]) if words(line["booked_on"]) else None,
        counterparty=words(line["counterparty"]),
        description=joined(line["place"], line["detail"], line["summary"]),
        original=foreign,
        original_currency=traded_code if foreign else "",
    )


def _amount(line: Line) -> tuple[Decimal, bool]:
    """The signed amount, and whether it stands in the pair of the transaction only."""
    booked = in_or_out(line["booked_in"], line["booked_out"])
    traded = in_or_out(line["traded_in"], line["traded_out"])
    unbooked = not booked and traded is not None
    return stated(traded if unbooked else booked), unbooked


def _change(line: Line) -> Decimal:
    return _amount(line)[0]


def _printed_amount(line: Line) -> Decimal:
    return stated(maybe_money(line["amount"]))


def _printed_row(line: Line) -> Entry:
    on, at = moment(line["date"])
    return entry_of(
        line,
        _printed_amount(line),
        currency_of(line),
        occurred_on=on,
        occurred_at=at,
        counterparty=_EMPTY.sub("", words(unwrapped(line["counterparty"]))),
        description=joined(unwrapped(line["summary"]), unwrapped(line["channel"])),
    )


def _printed_facts(text: str) -> Declared:
    """What the history states around its rows; counts and sums are printed for each page."""
    facts = bank_facts(text)
    counts = [count(stated) or 0 for stated in _PAGE_ROWS.findall(text)]
    sums: dict[str, Decimal] = {}
    for word, figure in _PAGE_SUM.findall(text):
        with suppress(Refused):
            sums[word] = sums.get(word, Decimal(0)) + money(figure)
    return replace(
        facts,
        card=card_beside(text) or facts.card,
        rows=sum(counts) if counts else None,
        totals=tuple(Total(word, None, total) for word, total in sums.items()),
    )


def _printed_counted(entry: Entry) -> tuple[str, Decimal]:
    return ("收入" if entry.amount > 0 else "支出"), entry.amount


def _counted(entry: Entry) -> tuple[str, Decimal] | None:
    return (_word(entry.currency, arrived=entry.amount > 0), entry.amount)


def _word(code: str, *, arrived: bool) -> str:
    return f"{code} {'收入' if arrived else '支出'}"


def _about(text: str) -> Declared:
    totals = [total for found in _FOOTER.finditer(text) for total in _totals(found)]
    return replace(bank_facts(text), totals=tuple(totals))


def _totals(found: re.Match[str]) -> list[Total]:
    """The sums of the booking pair; the credit card's footer has those of both pairs."""
    code = known_currency(found[1]) if found[1] else "CNY"
    figures = found[2].split()
    if code is None or len(figures) not in {2, 4}:
        return []
    try:
        came, went = (money(figure) for figure in figures[-2:])
    except Refused:
        return []
    return [
        Total(_word(code, arrived=True), None, came),
        Total(_word(code, arrived=False), None, went),
    ]


_COMMON = {
    "date": ("交易日期",),
    "summary": ("摘要",),
    "place": ("交易场所",),
    "traded_in": ("交易金额(收入)",),
    "traded_out": ("交易金额(支出)",),
    "traded_currency": ("交易币种",),
    "booked_in": ("记账金额(收入)",),
    "booked_out": ("记账金额(支出)",),
    "booked_currency": ("记账币种",),
}
_BALANCE = {"balance": ("余额",)}
_COUNTERPARTY = {"counterparty": ("对方户名",)}
_CASH = {"cash": ("钞/汇",)}

READERS = (
    Layout(
        provider="icbc",
        name="credit",
        side=Side.BANK,
        columns={**_COMMON, "booked_on": ("记账日期",)},
        optional=_COUNTERPARTY,
        without=("钞/汇",),
        row=_row,
        about=_about,
        counted=_counted,
        anchor="date",
    ),
    Layout(
        provider="icbc",
        name="debit",
        side=Side.BANK,
        columns={**_COMMON, **_CASH},
        optional={**_COUNTERPARTY, **_BALANCE},
        without=("记账日期", "交易详情"),
        row=_row,
        about=_about,
        counted=_counted,
        doubts=carried_on(_change, "booked_currency"),
        anchor="date",
    ),
    Layout(
        provider="icbc",
        name="debit-2024",
        side=Side.BANK,
        columns={**_COMMON, **_CASH, "detail": ("交易详情",)},
        optional={**_COUNTERPARTY, **_BALANCE},
        without=("记账日期",),
        row=_row,
        about=_about,
        counted=_counted,
        doubts=carried_on(_change, "booked_currency"),
        anchor="date",
    ),
    Layout(
        provider="icbc",
        name="debit-history",
        side=Side.BANK,
        columns={
            "date": ("交易日期",),
            "deposit": ("储种",),
            "summary": ("摘要",),
            "amount": ("收入/支出金额",),
            "balance": ("余额",),
        },
        optional={
            "currency": ("币种",),
            "counterparty": ("对方户名",),
            "channel": ("渠道",),
        },
        row=_printed_row,
        about=_printed_facts,
        counted=_printed_counted,
        doubts=carried_on(_printed_amount),
        anchor="date",
    ),
)
