"""CGB 广发银行: the credit card's bill. Charges are positive, payments negative."""

from makewhole.records import Side
from makewhole.statements.chinese_banks import bill_facts, charge
from makewhole.statements.layout import Layout

READERS = (
    Layout(
        provider="cgb",
        name="credit",
        side=Side.BANK,
        columns={
            "date": ("交易日期",),
            "booked_on": ("入账日期",),
            "description": ("交易摘要",),
            "traded": ("交易金额",),
            "traded_currency": ("交易货币", "交易币种"),
            "settled": ("入账金额",),
            "settled_currency": ("入账货币", "入账币种"),
        },
        optional={"card": ("卡号末四位", "卡号后四位", "卡末四位", "卡号")},
        row=charge,
        about=bill_facts,
        anchor="date",
    ),
)
