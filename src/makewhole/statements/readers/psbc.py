"""PSBC 邮储银行: the credit card's bill. Charges are positive, payments negative."""

from makewhole.records import Entry, Side
from makewhole.statements.chinese_banks import bill_facts, card_tail, entry_of, joined, stated
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import day, maybe_money, signed, words


def _row(line: Line) -> Entry:
    return entry_of(
        line,
        signed(-1, stated(maybe_money(line["amount"]))),
        "CNY",
        card=card_tail(line["card"]),
        occurred_on=day(line["date"]),
        booked_on=day(line["booked_on"]) if words(line["booked_on"]) else None,
        description=words(line["description"]),
        note=joined(line["country"], line["abroad"]),
    )


READERS = (
    Layout(
        provider="psbc",
        name="credit",
        side=Side.BANK,
        columns={
            "date": ("交易日",),
            "booked_on": ("记账日",),
            "description": ("交易摘要",),
            "amount": ("人民币金额",),
            "card": ("卡号末四位",),
            "abroad": ("境内外交易标识",),
        },
        optional={"country": ("交易国别",)},
        row=_row,
        about=bill_facts,
        anchor="date",
    ),
)
