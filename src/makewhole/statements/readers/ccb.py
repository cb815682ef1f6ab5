"""CCB 建设银行: debit card from the app (XLS), current account from the website (CSV).

The app's sheet often masks the account number and names the card's tail in the sheet's title.
"""

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from makewhole.records import Declared, Entry, Side
from makewhole.statements.chinese_banks import (
    bank_facts,
    carried_on,
    currency_of,
    entry_of,
    in_or_out,
    joined,
    stated,
)
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import BEIJING, clock, day, maybe_money, words

_TITLE = re.compile(r"^交易明细_(\d{4})_\d{8}_\d{8}", re.MULTILINE)


def _about(text: str) -> Declared:
    facts = bank_facts(text)
    title = _TITLE.search(text)
    return replace(facts, card=title[1]) if title and not facts.card else facts


def _debit_amount(line: Line) -> Decimal:
    return stated(in_or_out(line["arrived"], line["left"]))


def _debit_row(line: Line) -> Entry:
    on, at = day(line["date"]), clock(line["time"])
    return entry_of(
        line,
        _debit_amount(line),
        currency_of(line),
        occurred_on=on,
        occurred_at=datetime.combine(on, at, tzinfo=BEIJING) if at else None,
        booked_on=day(line["booked_on"]) if words(line["booked_on"]) else None,
        counterparty=_name(line["counterparty"]),
        description=joined(line["place"], line["summary"]),
    )


def _current_amount(line: Line) -> Decimal:
    return stated(maybe_money(line["amount"]))


def _current_row(line: Line) -> Entry:
    return entry_of(
        line,
        _current_amount(line),
        currency_of(line),
        occurred_on=day(line["date"]),
        counterparty=words(line["counterparty"]),
        description=joined(line["place"], line["summary"]),
    )


def _name(cell: str) -> str:
    """The other party; the sheet writes the number 0 where there is none."""
    return "" if cell == "0" else words(cell)


READERS = (
    Layout(
        provider="ccb",
        name="debit",
        to_the_second=True,
        clock="time",
        side=Side.BANK,
        columns={
            "date": ("交易日期",),
            "booked_on": ("记账日", "记账日期"),
            "left": ("支出",),
            "arrived": ("收入",),
            "summary": ("摘要",),
            "place": ("交易地点",),
            "counterparty": ("对方户名",),
        },
        optional={
            "time": ("交易时间",),
            "balance": ("账户余额",),
            "currency": ("币种", "币别"),
        },
        row=_debit_row,
        about=_about,
        doubts=carried_on(_debit_amount),
        anchor="date",
    ),
    Layout(
        provider="ccb",
        name="current-account",
        side=Side.BANK,
        columns={
            "summary": ("摘要",),
            "date": ("交易日期",),
            "amount": ("交易金额",),
            "place": ("交易地点/附言",),
            "counterparty": ("对方账号与户名", "对方账号和户名"),
        },
        optional={"balance": ("账户余额",), "currency": ("币别", "币种")},
        row=_current_row,
        about=_about,
        doubts=carried_on(_current_amount),
        anchor="date",
    ),
)
