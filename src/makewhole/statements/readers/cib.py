"""CIB 兴业银行: debit card from online banking, one file for each account inside the card.

A figure with a minus takes back what its column says, as in a correction on the same day.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from makewhole.records import Declared, Entry, Side, Text
from makewhole.statements.chinese_banks import (
    bank_facts,
    card_beside,
    carried_on,
    currency_of,
    entry_of,
    in_or_out,
    joined,
    stated,
)
from makewhole.statements.currency import currencies_named
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import Refused, day, moment, words

_EXPORTED = re.compile(r"下载日期\s*[:：]?\s*(\d{4}-\d{1,2}-\d{1,2}\s+[\d:]+)")


def _about(text: str) -> Declared:
    facts = bank_facts(text)
    return replace(facts, card=card_beside(text), exported_at=facts.exported_at or _exported(text))


def _exported(text: str) -> datetime | None:
    found = _EXPORTED.search(text)
    try:
        return moment(found[1])[1] if found else None
    except Refused:
        return None


def _amount(line: Line) -> Decimal:
    return stated(in_or_out(line["in"], line["out"]))


def _row(line: Line) -> Entry:
    on, at = moment(line["time"] or line["booked_on"])
    return entry_of(
        line,
        _amount(line),
        currency_of(line),
        occurred_on=on,
        occurred_at=at,
        booked_on=day(line["booked_on"]) if words(line["booked_on"]) else None,
        counterparty=words(line["counterparty"]),
        description=joined(line["summary"], line["purpose"], line["remark"]),
    )


def _doubts(lines: Sequence[Line]) -> Iterator[Text]:
    if lines and not lines[0].has("currency") and not currencies_named(lines[0].notes):
        yield Text(
            "文件没有写明币种，按人民币读；“卡内账户”一行可能缺失，请核对",
            "the file names no currency and was read as CNY; the line of the account may be "
            "missing. Please check",
        )
    yield from carried_on(_amount)(lines)


READERS = (
    Layout(
        provider="cib",
        name="debit",
        side=Side.BANK,
        columns={
            "time": ("交易时间",),
            "booked_on": ("记账日", "记账日期"),
            "out": ("支出",),
            "in": ("收入",),
            "summary": ("摘要",),
            "counterparty": ("对方户名",),
            "bank": ("对方银行",),
        },
        optional={
            "balance": ("账户余额", "余额"),
            "purpose": ("用途",),
            "remark": ("备注",),
            "currency": ("币种",),
        },
        row=_row,
        about=_about,
        doubts=_doubts,
        anchor="time",
        to_the_second=True,
    ),
)
