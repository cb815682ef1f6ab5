"""ABC 农业银行: debit card from the app, debit card from the website; amounts carry their sign.

The app's list comes out of a PDF: rows end early, dates and times have no separators.
"""

from decimal import Decimal

from makewhole.records import Entry, Side
from makewhole.statements.chinese_banks import (
    bank_facts,
    carried_on,
    currency_of,
    entry_of,
    joined,
    stated,
    when,
)
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import maybe_money, number, words


def _amount(line: Line) -> Decimal:
    return stated(maybe_money(line["amount"]))


def _row(line: Line) -> Entry:
    on, at = when(line["date"], line["time"])
    log = number(line["log"])
    return entry_of(
        line,
        _amount(line),
        currency_of(line),
        occurred_on=on,
        occurred_at=at,
        counterparty=words(line["counterparty"]),
        description=joined(line["summary"], line["remark"]),
        reference=log if log.strip("0") else "",
    )


_COMMON = {
    "date": ("交易日期",),
    "time": ("交易时间",),
    "amount": ("交易金额",),
    "balance": ("本次余额",),
    "summary": ("交易摘要",),
}

READERS = (
    Layout(
        provider="abc",
        name="debit-app",
        side=Side.BANK,
        columns={**_COMMON, "counterparty": ("对手信息",)},
        optional={"log": ("日志号",), "remark": ("交易附言",), "currency": ("币种",)},
        row=_row,
        about=bank_facts,
        doubts=carried_on(_amount),
        anchor="date",
    ),
    Layout(
        provider="abc",
        name="debit-website",
        to_the_second=True,
        clock="time",
        side=Side.BANK,
        columns={**_COMMON, "counterparty": ("对方户名",), "remark": ("交易用途",)},
        optional={"currency": ("币种",)},
        row=_row,
        about=bank_facts,
        doubts=carried_on(_amount),
        anchor="date",
    ),
)
