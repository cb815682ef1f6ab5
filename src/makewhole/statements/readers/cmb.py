"""CMB 招商银行: credit card bill, debit card, debit card from the website.

The bill writes charges positive and dates without a year; its title states the bill's month. The
app lets people choose the columns of a debit card's list.
"""

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from makewhole.records import Declared, Entry, Side, Total
from makewhole.statements.chinese_banks import (
    bank_facts,
    bill_day,
    card_tail,
    carried_on,
    currency_of,
    entry_of,
    in_or_out,
    joined,
    maybe_bill_day,
    stated,
)
from makewhole.statements.currency import known_currency
from makewhole.statements.layout import Layout, Line
from makewhole.statements.preamble import days_of
from makewhole.statements.values import (
    BEIJING,
    Refused,
    clock,
    count,
    day,
    maybe_money,
    money,
    signed,
    tail,
    words,
)

_PLACE = re.compile(r"[(（]([A-Za-z]{2,3})[)）]$")
_AT_HOME = {"CN", "CNY"}
_ACCOUNT = re.compile(r"一卡通\s*[:：]\s*([\d*＊xX]+)")
_PERIOD = re.compile(r"^(\d{4}-\d\d-\d\d)\s*--\s*(\d{4}-\d\d-\d\d)\s*$", re.MULTILINE)
_TOTAL = re.compile(r"([收支][入出]合计)\s*[:：]\s*(\d+)\s*笔[^\d\n]*([\d, ]*\d\.\d+)")


def _credit_row(line: Line) -> Entry:
    booked_on = maybe_bill_day(line["booked_on"], line.notes)
    occurred_on = maybe_bill_day(line["date"], line.notes) or booked_on
    return entry_of(
        line,
        signed(-1, stated(maybe_money(line["amount"]))),
        "CNY",
        card=card_tail(line["card"]),
        occurred_on=occurred_on or bill_day(line["date"], line.notes),
        booked_on=booked_on,
        description=words(line["description"]),
        **_abroad(line["place_amount"]),
    )


def _abroad(cell: str) -> dict[str, Any]:
    """What the amount at the place of a charge abroad adds to the row.

    It ends in a country, which does not tell the currency for certain: it counts as an amount
    only where the bank writes a currency, and is kept in words otherwise.
    """
    found = _PLACE.search(cell)
    place = found[1].upper() if found else "CN"
    if place in _AT_HOME:
        return {}
    if known_currency(place) is None:
        return {"note": cell}
    return {"original": signed(-1, money(cell[: -len("(USD)")])), "original_currency": place}


def _debit_amount(line: Line) -> Decimal:
    return stated(maybe_money(line["amount"]))


def _debit_row(line: Line) -> Entry:
    on = day(line["date"])
    return entry_of(
        line,
        _debit_amount(line),
        currency_of(line),
        occurred_on=on,
        booked_on=on,
        counterparty=words(line["counterparty"]),
        description=joined(line["remark"], line["summary"]),
    )


def _website_amount(line: Line) -> Decimal:
    return stated(in_or_out(line["arrived"], line["left"]))


def _website_row(line: Line) -> Entry:
    on, at = day(line["date"]), clock(line["time"])
    return entry_of(
        line,
        _website_amount(line),
        currency_of(line),
        occurred_on=on,
        occurred_at=datetime.combine(on, at, tzinfo=BEIJING) if at else None,
        description=joined(line["remark"], line["type"]),
    )


def _debit_facts(text: str) -> Declared:
    facts = bank_facts(text)
    starts_on, ends_on = days_of(_PERIOD.search(text))
    return replace(facts, starts_on=starts_on or facts.starts_on, ends_on=ends_on or facts.ends_on)


def _website_facts(text: str) -> Declared:
    account = _ACCOUNT.search(text)
    totals = [total for found in _TOTAL.finditer(text) if (total := _total(found))]
    facts = replace(bank_facts(text), totals=tuple(totals))
    return replace(facts, card=tail(account[1])) if account else facts


def _total(found: re.Match[str]) -> Total | None:
    try:
        return Total(found[1], count(found[2]), money(re.sub(r"[, ]", "", found[3])))
    except Refused:
        return None


def _website_counted(entry: Entry) -> tuple[str, Decimal] | None:
    return ("收入合计" if entry.amount > 0 else "支出合计", entry.amount)


READERS = (
    Layout(
        provider="cmb",
        name="credit",
        side=Side.BANK,
        columns={
            "date": ("交易日", "交易日期"),
            "booked_on": ("记账日", "记账日期"),
            "description": ("交易摘要",),
            "amount": ("人民币金额",),
            "card": ("卡号末四位", "卡号后四位"),
        },
        optional={"place_amount": ("交易地金额",)},
        without=("境内外交易标识",),
        row=_credit_row,
        about=bank_facts,
        anchor="booked_on",
    ),
    Layout(
        provider="cmb",
        name="debit",
        side=Side.BANK,
        columns={
            "date": ("记账日期",),
            "amount": ("交易金额",),
            "balance": ("联机余额",),
        },
        optional={
            "currency": ("货币", "币种"),
            "summary": ("交易摘要",),
            "counterparty": ("对手信息",),
            "remark": ("客户摘要",),
        },
        row=_debit_row,
        about=_debit_facts,
        doubts=carried_on(_debit_amount),
        anchor="date",
    ),
    Layout(
        provider="cmb",
        name="debit-website",
        to_the_second=True,
        clock="time",
        side=Side.BANK,
        columns={
            "date": ("交易日期",),
            "time": ("交易时间",),
            "arrived": ("收入",),
            "left": ("支出",),
            "type": ("交易类型",),
            "remark": ("交易备注",),
        },
        optional={"balance": ("余额",)},
        row=_website_row,
        about=_website_facts,
        doubts=carried_on(_website_amount),
        counted=_website_counted,
        anchor="date",
    ),
)
