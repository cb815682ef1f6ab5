"""CITIC 中信银行: the credit card's bill (XLS or CSV). Charges are positive, payments negative."""

from makewhole.records import Entry, Side
from makewhole.statements.chinese_banks import bank_facts, card_tail, entry_of, stated
from makewhole.statements.currency import currency
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import day, maybe_money, signed, words


def _row(line: Line) -> Entry:
    settled, traded = maybe_money(line["settled"]), maybe_money(line["traded"])
    unsettled = settled is None
    amount = stated(traded if unsettled else settled)
    code = currency(line["traded_currency" if unsettled else "settled_currency"])
    traded_code = currency(line["traded_currency"]) if traded else code
    foreign = traded if traded_code != code else None
    return entry_of(
        line,
        signed(-1, amount),
        code,
        card=card_tail(line["card"]),
        occurred_on=day(line["date"]),
        booked_on=day(line["booked_on"]) if words(line["booked_on"]) else None,
        description=words(line["description"]),
        original=-foreign if foreign else None,
        original_currency=traded_code if foreign else "",
    )


READERS = (
    Layout(
        provider="citic",
        name="credit",
        side=Side.BANK,
        columns={
            "date": ("交易日期", "交易日"),
            "booked_on": ("入账日期", "入账日"),
            "description": ("交易描述",),
            "card": ("卡末四位", "卡号末四位"),
            "traded_currency": ("交易币种",),
            "settled_currency": ("结算币种",),
            "traded": ("交易金额",),
            "settled": ("结算金额",),
        },
        row=_row,
        about=bank_facts,
        anchor="date",
    ),
)
