"""CITIC 中信银行: the credit card's bill (XLS or CSV). Charges are positive, payments negative."""

from makewhole.records import Side
from makewhole.statements.chinese_banks import bank_facts, charge
from makewhole.statements.layout import Layout

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
        row=charge,
        about=bank_facts,
        anchor="date",
    ),
)
