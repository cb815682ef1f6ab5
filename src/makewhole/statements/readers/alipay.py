"""Alipay 支付宝: website export to 2021, app export of 2021-22, app export since 2023.

Words and their meaning were collected from exports of many users. A closed trade
(交易关闭) has two meanings: with a funding source it was paid and has come back in full,
without one it was never paid.
"""

import re

from makewhole.records import Entry, Kind, Movement, Side
from makewhole.statements.layout import Layout, Line
from makewhole.statements.preamble import chinese_facts
from makewhole.statements.values import maybe_money, moment, money, number, signed, words

_DONE = {
    "交易成功",
    "支付成功",
    "代付成功",
    "亲情卡付款成功",
    "等待确认收货",
    "等待对方发货",
    "等待对方确认收货",
    "退款成功",
    "退税成功",
    "还款成功",
    "充值成功",
    "转出成功",
    "提取成功",
    "收款成功",
    "放款成功",
    "提现成功",
    "提现已到账",
    "转账成功",
    "缴费成功",
}
_NOT_PAID = {"等待付款", "还款失败", "支付失败", "充值失败", "转账失败", "交易失败", "提现失败"}
_HELD = {"冻结成功", "解冻成功", "芝麻免押下单成功", "信用服务使用成功"}
_UNDECIDED = {
    "处理中",
    "交易处理中",
    "提现处理中",
    "还款处理中",
    "等待对方收款",
    "转账处理中",
    "退款处理中",
}
_FULLY_REFUNDED = "交易关闭"
_POCKETS = ("余额宝-", "蚂蚁财富-", "余利宝-")
_INTO_POCKET = re.compile(r"收益发放|卖出至|转出到余额|转出至|赎回")


def movement(status: str, amount_sign: int, *, paid: bool) -> Movement:
    """What moved, from the status word, the sign of the amount and whether it was ever paid."""
    if status in _DONE:
        return Movement.ARRIVED if amount_sign > 0 else Movement.LEFT
    if status == _FULLY_REFUNDED:
        return Movement.LEFT_AND_RETURNED if paid else Movement.NOTHING
    if status in _NOT_PAID or status in _HELD:
        return Movement.NOTHING
    return Movement.UNDECIDED if status in _UNDECIDED else Movement.UNKNOWN


def _kind(line: Line, direction: str) -> Kind:
    title, category = line["title"], line["category"]
    status = line["status"]
    if status == "退款成功" or category == "退款" or title.startswith("退款-"):
        return Kind.REFUND
    if status in _HELD:
        return Kind.HOLD
    if title.startswith("充值-") or status == "充值成功":
        return Kind.TOP_UP
    if title.startswith(("提现-", "余额提现", "转账到银行卡")) or status.startswith("提现"):
        return Kind.WITHDRAWAL
    if "还款" in status or category == "信用借还":
        return Kind.REPAYMENT
    if "收益发放" in title or direction == "收入":
        return Kind.INCOME
    if direction != "支出" and (title.startswith(_POCKETS) or category == "投资理财"):
        return Kind.OWN_TRANSFER
    return Kind.PAYMENT


_MONEY_IN = {Kind.REFUND, Kind.TOP_UP, Kind.INCOME}


def _sign(kind: Kind, direction: str, title: str) -> int:
    """The sign for the holder; neutral rows state none, so what they are decides."""
    if direction == "收入":
        return 1
    if direction == "支出":
        return -1
    if kind in _MONEY_IN or (kind is Kind.OWN_TRANSFER and _INTO_POCKET.search(title)):
        return 1
    return -1


def _app_row(line: Line) -> Entry:
    on, at = moment(line["time"])
    direction, status = line["direction"], line["status"]
    kind = _kind(line, direction)
    sign = _sign(kind, direction, line["title"])
    size = money(line["amount"])
    funding = words(line["funding"])
    # The seller's side of a closed trade carries 收入: the seller never had the money.
    paid = bool(funding and size) and direction != "收入"
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=signed(sign, size),
        currency="CNY",
        direction_word=direction,
        status_word=status,
        movement=movement(status, sign, paid=paid),
        kind=kind,
        counterparty=words(line["counterparty"]),
        description=words(line["title"]),
        reference=number(line["number"]),
        merchant_reference=number(line["merchant_number"]),
        funding=funding,
        note=words(line["note"]),
    )


def _web_row(line: Line) -> Entry:
    on, at = moment(line["paid_at"] or line["time"])
    direction, status = line["direction"], line["status"]
    kind = _kind(line, direction)
    sign = _sign(kind, direction, line["title"])
    refunded = maybe_money(line["refunded"])
    paid = bool(line["funds"]) and direction != "收入"
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=signed(sign, money(line["amount"])),
        currency="CNY",
        direction_word=direction,
        status_word=status,
        movement=movement(status, sign, paid=paid),
        kind=kind,
        counterparty=words(line["counterparty"]),
        description=words(line["title"]),
        reference=number(line["number"]),
        merchant_reference=number(line["merchant_number"]),
        note=words(line["note"]),
        refunded=refunded or None,
        fee=maybe_money(line["fee"]) or None,
    )


_APP = {
    "time": ("交易时间",),
    "category": ("交易分类",),
    "counterparty": ("交易对方",),
    "title": ("商品说明",),
    "direction": ("收/支",),
    "amount": ("金额",),
    "funding": ("收/付款方式",),
    "status": ("交易状态",),
    "number": ("交易订单号", "交易号"),
    "merchant_number": ("商家订单号",),
}

READERS = (
    Layout(
        provider="alipay",
        name="web",
        side=Side.WALLET,
        columns={
            "number": ("交易号",),
            "merchant_number": ("商家订单号",),
            "time": ("交易创建时间",),
            "type": ("类型",),
            "counterparty": ("交易对方",),
            "title": ("商品名称",),
            "amount": ("金额(元)", "金额"),
            "direction": ("收/支",),
            "status": ("交易状态",),
            "funds": ("资金状态",),
        },
        optional={
            "paid_at": ("付款时间",),
            "fee": ("服务费(元)", "服务费"),
            "refunded": ("成功退款(元)", "成功退款"),
            "note": ("备注",),
        },
        row=_web_row,
        about=chinese_facts,
        counted=lambda entry: (
            (f"已{entry.direction_word}", entry.amount)
            if entry.movement in {Movement.LEFT, Movement.ARRIVED}
            else None
        ),
    ),
    Layout(
        provider="alipay",
        name="app-2021",
        side=Side.WALLET,
        columns=_APP,
        without=("备注",),
        row=_app_row,
        about=chinese_facts,
    ),
    Layout(
        provider="alipay",
        name="app-2023",
        side=Side.WALLET,
        columns={**_APP, "note": ("备注",)},
        row=_app_row,
        about=chinese_facts,
    ),
)
