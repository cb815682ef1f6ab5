"""Meituan 美团: the export of the Meituan app.

A row states when it was begun, when it succeeded, what was ordered and what was paid; the bank
knows the last of each. There is no status column: a row without a moment of success has not
succeeded yet. The payment method may be another wallet, which then has a row of its own.
"""

from decimal import Decimal

from makewhole.records import Entry, Kind, Movement, Side
from makewhole.statements.chinese import yuan
from makewhole.statements.layout import Layout, Line
from makewhole.statements.preamble import chinese_facts
from makewhole.statements.values import moment, number, signed, words

_KINDS = {
    "支付": (Kind.PAYMENT, -1),
    "退款": (Kind.REFUND, 1),
    "还款": (Kind.REPAYMENT, -1),
    "充值": (Kind.TOP_UP, 1),
    "提现": (Kind.WITHDRAWAL, -1),
}
_BY_DIRECTION = {"收入": (Kind.INCOME, 1), "支出": (Kind.PAYMENT, -1)}
_SIGNS = {"收入": 1, "支出": -1}


def _kind(type_: str, direction: str) -> tuple[Kind, int]:
    kind, sign = _KINDS.get(type_) or _BY_DIRECTION.get(direction) or (Kind.OTHER, -1)
    return kind, _SIGNS.get(direction, sign)


def _movement(kind: Kind, sign: int, *, succeeded: bool) -> Movement:
    if not succeeded:
        return Movement.UNDECIDED
    if kind is Kind.OTHER:
        return Movement.UNKNOWN
    return Movement.ARRIVED if sign > 0 else Movement.LEFT


def _row(line: Line) -> Entry:
    succeeded = words(line["succeeded"])
    on, at = moment(succeeded or line["time"])
    kind, sign = _kind(line["type"], line["direction"])
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=signed(sign, abs(yuan(line["paid"]))),
        currency="CNY",
        direction_word=line["direction"],
        movement=_movement(kind, sign, succeeded=bool(succeeded)),
        kind=kind,
        description=words(line["title"]),
        reference=number(line["number"]),
        merchant_reference=number(line["merchant_number"]),
        funding=words(line["method"]),
        note=words(line["note"]),
    )


def _counted(entry: Entry) -> tuple[str, Decimal] | None:
    """Meituan's totals count repayments as rows but leave their money out.

    What was bought on credit is in the sum already.
    """
    if not entry.direction_word:
        return None
    return entry.direction_word, Decimal(0) if entry.kind is Kind.REPAYMENT else entry.amount


READERS = (
    Layout(
        provider="meituan",
        name="app",
        side=Side.WALLET,
        columns={
            "time": ("交易创建时间",),
            "succeeded": ("交易成功时间",),
            "type": ("交易类型",),
            "title": ("订单标题",),
            "direction": ("收/支",),
            "method": ("支付方式",),
            "paid": ("实付金额",),
            "number": ("交易单号",),
        },
        optional={"merchant_number": ("商家单号",), "note": ("备注",)},
        row=_row,
        about=chinese_facts,
        counted=_counted,
        to_the_second=True,
    ),
)
