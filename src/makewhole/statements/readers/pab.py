"""PAB 平安银行: debit card from online banking, which names payer and payee and has no signs."""

from decimal import Decimal

from makewhole.records import Entry, Side
from makewhole.statements.chinese_banks import (
    bank_facts,
    carried_on,
    currency_of,
    entry_of,
    joined,
    stated,
)
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import Refused, maybe_money, moment, number, words

_SIGNS = {"转入": 1, "转出": -1}


def _amount(line: Line) -> Decimal:
    sign, size = _SIGNS.get(line["type"]), stated(maybe_money(line["amount"]))
    if sign is None or size < 0:
        raise Refused(
            f"交易类型“{line['type']}”和金额 {size} 说不清是转入还是转出",
            f"the type {line['type']!r} with the amount {size} does not tell in from out",
        )
    return sign * size


def _row(line: Line) -> Entry:
    amount = _amount(line)
    on, at = moment(line["time"])
    return entry_of(
        line,
        amount,
        currency_of(line),
        occurred_on=on,
        occurred_at=at,
        counterparty=words(line["payer" if amount > 0 else "payee"]),
        description=joined(line["summary"], line["remark"]),
        reference=number(line["number"]),
    )


READERS = (
    Layout(
        provider="pab",
        name="debit",
        side=Side.BANK,
        columns={
            "time": ("交易时间",),
            "payer": ("付款方姓名",),
            "payee": ("收款方姓名",),
            "type": ("交易类型",),
            "amount": ("交易金额",),
            "summary": ("摘要",),
        },
        optional={
            "balance": ("账户余额",),
            "remark": ("备注",),
            "number": ("交易流水号",),
            "currency": ("币种",),
        },
        row=_row,
        about=bank_facts,
        doubts=carried_on(_amount),
        anchor="time",
        to_the_second=True,
    ),
)
