"""CMBC 民生银行: debit card statement, credit card bill from the website, credit card mail.

Bills write charges positive, and days without a year. On the website the day of booking has the
year; in the mail the day of the bill has it.
"""

import re
from datetime import date
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
    joined,
    maybe_bill_day,
    stated,
)
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import day, maybe_money, moment, signed, words

_MONTH_DAY = re.compile(r"(\d{2})[-/]?(\d{2})")


def _traded(cell: str, booked: date) -> date:
    """The day of a purchase; without a year it is the last such day up to the booking."""
    found = _MONTH_DAY.fullmatch(cell)
    if not found:
        return day(cell)
    year = booked.year - ((int(found[1]), int(found[2])) > (booked.month, booked.day))
    return day(f"{year}-{found[1]}-{found[2]}")


def _website_row(line: Line) -> Entry:
    booked = day(line["booked_on"])
    return entry_of(
        line,
        signed(-1, stated(maybe_money(line["amount"]))),
        currency_of(line),
        card=card_tail(line["card"]),
        occurred_on=_traded(line["date"], booked) if words(line["date"]) else booked,
        booked_on=booked,
        description=words(line["description"]),
    )


def _mail_row(line: Line) -> Entry:
    booked = maybe_bill_day(line["booked_on"], line.notes)
    traded = maybe_bill_day(line["date"], line.notes) or booked
    return entry_of(
        line,
        signed(-1, stated(maybe_money(line["amount"]))),
        "CNY",
        card=card_tail(line["card"]),
        occurred_on=traded or bill_day(line["date"], line.notes),
        booked_on=booked,
        description=words(line["description"]),
    )


def _debit_amount(line: Line) -> Decimal:
    return stated(maybe_money(line["amount"]))


def _debit_row(line: Line) -> Entry:
    on, at = moment(line["time"])
    name, _slash, _account = line["counterparty"].rpartition("/")
    return entry_of(
        line,
        _debit_amount(line),
        currency_of(line),
        occurred_on=on,
        occurred_at=at,
        counterparty=words(name or line["counterparty"]),
        description=joined(line["summary"]),
    )


READERS = (
    Layout(
        provider="cmbc",
        name="debit",
        to_the_second=True,
        side=Side.BANK,
        columns={
            "time": ("交易时间",),
            "summary": ("摘要",),
            "amount": ("交易金额",),
            "balance": ("账户余额",),
            "cash": ("现转标志",),
            "counterparty": ("对方户名/账号",),
        },
        optional={"currency": ("币种",)},
        row=_debit_row,
        about=bank_facts,
        doubts=carried_on(_debit_amount),
        anchor="time",
    ),
    Layout(
        provider="cmbc",
        name="credit-website",
        side=Side.BANK,
        columns={
            "date": ("交易日",),
            "booked_on": ("记账日",),
            "card": ("卡号末四位",),
            "code": ("授权码",),
            "amount": ("金额", "交易金额"),
            "description": ("摘要", "交易摘要"),
        },
        optional={"currency": ("币种",)},
        row=_website_row,
        about=bill_facts,
        anchor="booked_on",
    ),
    Layout(
        provider="cmbc",
        name="credit-mail",
        side=Side.BANK,
        columns={
            "date": ("交易日",),
            "booked_on": ("记账日",),
            "description": ("交易摘要",),
            "amount": ("交易金额",),
            "card": ("卡号末四位",),
        },
        marks=("民生", "cmbc"),
        without=("授权码",),
        row=_mail_row,
        about=bill_facts,
        anchor="booked_on",
    ),
)
