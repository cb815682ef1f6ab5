"""Bank of China 中国银行: credit card bill, debit card, debit card from the website.

Headings vary between apps and converters, so each field accepts several. On the bill the column
decides the direction, whatever sign the figure carries.
"""

from datetime import datetime
from decimal import Decimal

from makewhole.records import Entry, Side
from makewhole.statements.chinese_banks import (
    bank_facts,
    bill_day,
    bill_facts,
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
from makewhole.statements.values import (
    BEIJING,
    clock,
    day,
    maybe_money,
    moment,
    signed,
    words,
)


def _credit_row(line: Line) -> Entry:
    size = stated(in_or_out(line["in"], line["out"]))
    return entry_of(
        line,
        signed(-1 if maybe_money(line["out"]) else 1, abs(size)),
        currency_of(line),
        card=card_tail(line["card"]),
        occurred_on=bill_day(line["date"], line.notes),
        booked_on=maybe_bill_day(line["booked_on"], line.notes),
        description=words(line["description"]),
    )


def _debit_amount(line: Line) -> Decimal:
    return stated(maybe_money(line["amount"]))


def _debit_row(line: Line) -> Entry:
    on = day(line["date"])
    at = clock(line["time"])
    return entry_of(
        line,
        _debit_amount(line),
        currency_of(line),
        card=card_tail(line["card"]),
        occurred_on=on,
        occurred_at=datetime.combine(on, at, tzinfo=BEIJING) if at else None,
        booked_on=on,
        counterparty=words(line["counterparty"]),
        description=joined(line["remark"], line["summary"]),
    )


def _website_amount(line: Line) -> Decimal:
    return stated(in_or_out(line["in"], line["out"]))


def _website_row(line: Line) -> Entry:
    on, at = moment(line["time"])
    return entry_of(
        line,
        _website_amount(line),
        currency_of(line),
        occurred_on=on,
        occurred_at=at,
        counterparty=words(line["counterparty"]),
        description=joined(line["remark"], line["summary"]),
    )


_CURRENCY = (
    "币种",
    "币别",
    "货币",
    "货币种类",
    "账户币种",
    "结算币种",
    "结算货币",
    "记账币种",
    "记账货币",
    "入账币种",
    "入账货币",
    "交易币种",
    "交易货币",
)

READERS = (
    Layout(
        provider="boc",
        name="credit",
        side=Side.BANK,
        columns={
            "date": ("交易日", "交易日期"),
            "booked_on": ("银行记账日", "银行记账日期", "记账日", "记账日期", "入账日", "入账日期"),
            "description": ("交易描述", "交易说明", "交易摘要"),
            "in": ("存入", "存入金额"),
            "out": ("支出", "支出金额"),
        },
        optional={
            "card": ("卡号后四位", "卡号末四位", "卡号后4位", "卡号末4位", "卡末四位", "卡号"),
            "currency": _CURRENCY,
        },
        row=_credit_row,
        about=bill_facts,
        anchor="date",
        beyond=lambda cell: known_currency(cell) is not None,
    ),
    Layout(
        provider="boc",
        name="debit",
        to_the_second=True,
        clock="time",
        side=Side.BANK,
        columns={
            "date": ("记账日期", "交易日期", "记账日"),
            "amount": ("金额", "交易金额"),
            "summary": ("交易名称",),
            "remark": ("附言",),
            "counterparty": ("对方账户名", "对方账户名称", "对方户名", "对方名称"),
        },
        optional={
            "time": ("记账时间", "交易时间"),
            "balance": ("余额",),
            "currency": _CURRENCY,
            "card": ("借记卡号", "借记卡", "卡号", "本方卡号", "本方账号", "账号"),
        },
        row=_debit_row,
        about=bank_facts,
        doubts=carried_on(_debit_amount),
        anchor="date",
    ),
    Layout(
        provider="boc",
        name="debit-website",
        to_the_second=True,
        side=Side.BANK,
        columns={
            "time": ("交易时间", "交易日期"),
            "summary": ("业务摘要",),
            "counterparty": ("对方账户名称", "对方账户名"),
            "currency": _CURRENCY,
            "in": ("收入金额",),
            "out": ("支出金额",),
            "remark": ("附言",),
        },
        optional={"balance": ("余额",)},
        row=_website_row,
        about=bank_facts,
        doubts=carried_on(_website_amount),
        anchor="time",
    ),
)
