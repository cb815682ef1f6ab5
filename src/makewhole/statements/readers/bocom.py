"""BOCOM 交通银行: debit card from the app, debit card from the website, credit card bill.

The app marks the direction in a column of its own, the website has two columns; both keep the
numbers of a wallet's payment inside the summary. The bill has no signs at all: the first word of
a row says whether money came or went, and a word that is not known is refused.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from makewhole.records import Declared, Entry, Side, Total
from makewhole.statements.chinese_banks import (
    bank_facts,
    bill_day,
    bill_facts,
    card_beside,
    card_tail,
    carried_on,
    currency_of,
    entry_of,
    in_or_out,
    joined,
    maybe_bill_day,
    stated,
    unwrapped,
    when,
)
from makewhole.statements.currency import currency
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import Refused, clean, day, maybe_money, money, words

_DIRECTIONS = {"借": -1, "贷": 1, "dr": -1, "cr": 1}
_ORDER = re.compile(r"订单编?号\s*[:：]?\s*([0-9A-Za-z]{6,})")
_SERIAL = re.compile(r"流水号\s*[:：]?\s*([0-9A-Za-z]{6,})")
_STARTS = re.compile(r"查询起日[^\d\n]{0,30}(\d{4}-\d\d-\d\d)")
_ENDS = re.compile(r"查询止日[^\d\n]{0,30}(\d{4}-\d\d-\d\d)")
_SUM = re.compile(r"总(收入|支出)\s*[:：]\s*([\d,]+(?:\.\d+)?)\s*元")
_MONEY = re.compile(r"([^\d\s+-]+)\s*([+-]?[\d,]{0,20}\.?\d{1,20})")
_COMES = re.compile(r"退货|退款|.*还款|.*返还|消费撤销")
_GOES = re.compile(r"消费|取现|预借现金|刷卡金扣回|.*扣款|年费|.*手续费|.*利息|.*违约金")


def _app_amount(line: Line) -> Decimal:
    mark = clean(line["direction"]).casefold()
    signs = {sign for word, sign in _DIRECTIONS.items() if word in mark}
    if len(signs) != 1:
        raise Refused(
            f"借贷栏看不出方向：{line['direction']!r}",
            f"the column 借贷 does not tell the direction: {line['direction']!r}",
        )
    return signs.pop() * stated(maybe_money(line["amount"]))


def _website_amount(line: Line) -> Decimal:
    return stated(in_or_out(line["arrived"], line["left"]))


def _debit_row(line: Line, amount: Callable[[Line], Decimal]) -> Entry:
    booked = line["booked_on"]
    on, at = when(line["date"] or line["time"] or booked, line["time"])
    summary = unwrapped(line["summary"]).strip("|")
    order, serial = _ORDER.search(summary), _SERIAL.search(summary)
    return entry_of(
        line,
        amount(line),
        currency_of(line),
        occurred_on=on,
        occurred_at=at,
        booked_on=day(booked) if booked else None,
        counterparty=words(unwrapped(line["counterparty"])),
        description=joined(
            line["type"], unwrapped(line["place"]), summary, unwrapped(line["bank"])
        ),
        reference=serial[1] if serial else "",
        merchant_reference=order[1] if order else "",
    )


def _app_row(line: Line) -> Entry:
    return _debit_row(line, _app_amount)


def _website_row(line: Line) -> Entry:
    return _debit_row(line, _website_amount)


def _about(text: str) -> Declared:
    facts = bank_facts(text)
    starts, ends = _STARTS.search(text), _ENDS.search(text)
    sums = [Total(word, None, money(figure)) for word, figure in _SUM.findall(text)]
    return replace(
        facts,
        card=card_beside(text) or facts.card,
        starts_on=day(starts[1]) if starts else facts.starts_on,
        ends_on=day(ends[1]) if ends else facts.ends_on,
        totals=tuple(sums),
    )


def _counted(entry: Entry) -> tuple[str, Decimal]:
    return ("收入" if entry.amount > 0 else "支出"), entry.amount


def _credit_row(line: Line) -> Entry:
    said = words(unwrapped(line["description"]))
    sign = _sign(said)
    traded = _figure(line["traded"])
    settled = _figure(line["settled"]) or traded
    if settled is None:
        raise Refused("这一行没有金额", "this row has no amount")
    code, size = settled
    if size < 0 and sign < 0:
        raise Refused(
            f"支出的金额是负数（{size}），说不准方向",
            f"a charge whose amount is negative ({size}) has no certain direction",
        )
    foreign = traded if traded and traded[0] != code else None
    return entry_of(
        line,
        sign * abs(size),
        code,
        card=card_tail(line["card"]),
        occurred_on=bill_day(line["date"], line.notes),
        booked_on=maybe_bill_day(line["booked_on"], line.notes),
        description=said,
        original=sign * abs(foreign[1]) if foreign else None,
        original_currency=foreign[0] if foreign else "",
    )


def _sign(said: str) -> int:
    word = said.split(maxsplit=1)[0] if said else ""
    comes, goes = _COMES.fullmatch(word), _GOES.fullmatch(word)
    if bool(comes) == bool(goes):
        raise Refused(
            f"账单没有正负号，第一个词“{word}”又没见过，不知道是收还是支",
            f"the bill has no signs, and its first word {word!r} is not known: nobody can tell "
            "whether money came or went",
        )
    return 1 if comes else -1


def _figure(cell: str) -> tuple[str, Decimal] | None:
    """Currency and amount of a cell such as `CNY 12.00` or `CNY12.00`; None where it is empty."""
    text = words(cell)
    if not text:
        return None
    found = _MONEY.fullmatch(text)
    if not found:
        raise Refused(f"不是“币种 金额”：{text!r}", f"not a currency and an amount: {text!r}")
    return currency(found[1]), money(found[2])


_CREDIT = {
    "date": ("交易日期", "交易日"),
    "booked_on": ("记账日期", "记账日"),
    "description": ("交易说明",),
    "traded": ("交易币种/金额",),
    "settled": ("入账币种/金额", "清算币种/金额"),
}

READERS = (
    Layout(
        provider="bocom",
        name="debit-app",
        to_the_second=True,
        clock="time",
        side=Side.BANK,
        columns={
            "date": ("交易日期", "Trans Date 交易日期"),
            "time": ("交易时间", "Trans Time 交易时间"),
            "type": ("交易类型", "Trading Type 交易类型"),
            "direction": ("借贷", "Dc Flg 借贷"),
            "amount": ("交易金额", "Trans Amt 交易金额"),
            "place": ("交易地点", "Trading Place 交易地点"),
        },
        optional={
            "balance": ("余额", "Balance 余额"),
            "counterparty": ("对方户名", "Payment Receipt Account Name 对方户名"),
            "summary": ("摘要", "Abstract 摘要"),
            "currency": ("币种", "Currency 币种"),
        },
        row=_app_row,
        about=_about,
        counted=_counted,
        doubts=carried_on(_app_amount),
        anchor="date",
    ),
    Layout(
        provider="bocom",
        name="debit-website",
        side=Side.BANK,
        columns={
            "time": ("交易时间",),
            "place": ("交易地点",),
            "type": ("交易方式", "交易类型"),
            "left": ("支出金额",),
            "arrived": ("收入金额",),
            "counterparty": ("对方户名",),
        },
        optional={
            "date": ("交易日期",),
            "booked_on": ("记账日期",),
            "balance": ("余额", "账户余额"),
            "bank": ("对方开户行",),
            "summary": ("摘要",),
            "currency": ("币种",),
        },
        row=_website_row,
        about=_about,
        counted=_counted,
        doubts=carried_on(_website_amount),
        anchor="time",
        to_the_second=True,
    ),
    Layout(
        provider="bocom",
        name="credit",
        side=Side.BANK,
        columns=_CREDIT,
        optional={"card": ("卡末四位", "卡号末四位")},
        row=_credit_row,
        about=bill_facts,
        anchor="date",
    ),
)
