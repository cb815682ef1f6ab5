"""SPDB 浦发银行: debit card, credit card bill. The bill writes charges positive."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from makewhole.records import Declared, Entry, Side
from makewhole.statements.chinese_banks import (
    bank_facts,
    bill_facts,
    card_beside,
    card_tail,
    carried_on,
    currency_of,
    entry_of,
    in_or_out,
    joined,
    stated,
)
from makewhole.statements.currency import currency
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import day, maybe_money, moment, money, signed, words

_ORIGINAL = re.compile(r"([^()（）]+)[(（]([^()（）]+)[)）]")


def _about(text: str) -> Declared:
    return replace(bank_facts(text), card=card_beside(text))


def _debit_amount(line: Line) -> Decimal:
    return stated(in_or_out(line["in"], line["out"]))


def _debit_row(line: Line) -> Entry:
    on, at = moment(line["date"])
    return entry_of(
        line,
        _debit_amount(line),
        currency_of(line),
        occurred_on=on,
        occurred_at=at,
        counterparty=words(line["counterparty"]),
        description=joined(line["type"], line["remark"]),
    )


def _credit_row(line: Line) -> Entry:
    code = currency(line["currency"])
    return entry_of(
        line,
        signed(-1, stated(maybe_money(line["amount"]))),
        code,
        card=card_tail(line["card"]),
        occurred_on=day(line["date"]),
        booked_on=day(line["booked_on"]) if words(line["booked_on"]) else None,
        description=words(line["description"]),
        **_original(words(line["original"]), code),
    )


def _original(cell: str, booked: str) -> dict[str, Any]:
    """What a cell such as `41.00(HKD)` adds to a row that was booked in another currency."""
    found = _ORIGINAL.fullmatch(cell)
    if not found:
        return {"note": cell}
    code = currency(found[2])
    if code == booked:
        return {}
    return {"original": signed(-1, money(found[1])), "original_currency": code}


READERS = (
    Layout(
        provider="spdb",
        name="debit",
        side=Side.BANK,
        columns={
            "date": ("交易日期", "交易时间"),
            "type": ("交易类型",),
            "in": ("存入金额",),
            "out": ("取出金额",),
        },
        optional={
            "balance": ("余额", "账户余额"),
            "counterparty": ("交易对手名称",),
            "remark": ("附言",),
            "currency": ("币种",),
        },
        row=_debit_row,
        about=_about,
        doubts=carried_on(_debit_amount),
        anchor="date",
        to_the_second=True,
    ),
    Layout(
        provider="spdb",
        name="credit",
        side=Side.BANK,
        columns={
            "date": ("交易日期",),
            "booked_on": ("记账日期",),
            "description": ("交易摘要",),
            "card": ("卡号末四位",),
            "currency": ("交易币种",),
            "amount": ("交易金额",),
            "original": ("原始交易金额&币种",),
        },
        row=_credit_row,
        about=bill_facts,
        anchor="date",
    ),
)
