"""JD 京东: the export of the JD app, in the column orders of 2023 and of 2024.

Both orders have the same columns, so one layout reads them. The figure in front of a note like
`131.77(已退款89.84)` is what was charged; the note says what has come back since. 先享后付 (pay
after delivery) rows are commitments: nothing is charged until a row with a funding source follows,
and JD counts them as zero in its own totals.
"""

import re
from decimal import Decimal

from makewhole.records import Entry, Kind, Movement, Side
from makewhole.statements.chinese import bank_among, is_bank, plain, yuan
from makewhole.statements.layout import Layout, Line
from makewhole.statements.preamble import chinese_facts
from makewhole.statements.values import moment, number, signed, words

_NOTED = re.compile(r"([^()]+)\((?:(已全额退款)|已退款([^()]+))\)")
_DONE = {
    "交易成功",
    "支付成功",
    "退款成功",
    "还款成功",
    "充值成功",
    "提现成功",
    "转入成功",
    "转出成功",
    "收款成功",
}
_NOT_PAID = {"等待付款", "待付款", "交易关闭", "交易失败", "支付失败", "还款失败", "提现失败"}
_HELD = {"冻结成功", "解冻成功"}
_LATER = "先享后付"
_HOLD = re.compile(r"(?:冻结|解冻)[-－]")
_REFUND = re.compile(r"退款[-－].*|.*退款")
_TOP_UP = re.compile(r"余额-?充值|^充值")
_PURSE = re.compile(r"小金库.*(转入|转出|取出|收益)")


def _amount(cell: str) -> tuple[Decimal, Decimal | None]:
    """What was charged, and what the note behind it says has come back."""
    noted = _NOTED.fullmatch(plain(cell))
    if not noted:
        return yuan(cell), None
    size = yuan(noted[1])
    return size, size if noted[2] else yuan(noted[3])


def movement(status: str, sign: int, size: Decimal, refunded: Decimal | None) -> Movement:
    """What moved, from the status word, the entry's sign and the refund noted on it."""
    if status in _DONE:
        if sign > 0:
            return Movement.ARRIVED
        whole = refunded is not None and refunded >= size
        return Movement.LEFT_AND_RETURNED if whole else Movement.LEFT
    if status in _NOT_PAID or status in _HELD:
        return Movement.NOTHING
    return Movement.UNDECIDED if status.endswith(("处理中", "退款中")) else Movement.UNKNOWN


def _neutral_kind(title: str, funding: str) -> tuple[Kind, int]:
    """Kind and sign of a row that is neither income nor spending and has no refund noted on it."""
    if "还款" in title:
        return Kind.REPAYMENT, -1
    if "提现" in title:
        return Kind.WITHDRAWAL, -1
    if _TOP_UP.search(title):
        return Kind.TOP_UP, 1
    if purse := _PURSE.search(title):
        if purse[1] == "收益":
            return Kind.INCOME, 1
        if purse[1] == "转入":
            return (Kind.TOP_UP, 1) if is_bank(funding) else (Kind.OWN_TRANSFER, -1)
        return (Kind.WITHDRAWAL, -1) if is_bank(funding) else (Kind.OWN_TRANSFER, 1)
    return (Kind.PAYMENT if is_bank(funding) else Kind.OTHER), -1


def _kind(line: Line, *, noted: bool) -> tuple[Kind, int]:
    title, direction, status = line["title"], line["direction"], line["status"]
    deferred = _LATER in {line["funding"], line["category"]} and direction != "支出"
    if deferred or status in _HELD or _HOLD.match(title):
        return Kind.HOLD, 1 if title.startswith(("解冻", "退款")) else -1
    if direction == "支出":
        return (Kind.REPAYMENT if status.startswith("还款") else Kind.PAYMENT), -1
    if status.startswith("退款") or _REFUND.fullmatch(title):
        return Kind.REFUND, 1
    if direction == "收入":
        return Kind.INCOME, 1
    return (Kind.PAYMENT, -1) if noted else _neutral_kind(title, line["funding"])


def _row(line: Line) -> Entry:
    on, at = moment(line["time"])
    size, refunded = _amount(line["amount"])
    kind, sign = _kind(line, noted=refunded is not None)
    moved = movement(line["status"], sign, size, refunded)
    if kind is Kind.HOLD or not size:
        moved = Movement.NOTHING
    elif kind is Kind.OTHER and moved in {Movement.LEFT, Movement.ARRIVED}:
        moved = Movement.UNKNOWN
    funding = words(line["funding"])
    if kind in {Kind.TOP_UP, Kind.WITHDRAWAL}:
        funding = bank_among(funding, line["merchant"]) or funding
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=signed(sign, size),
        currency="CNY",
        direction_word=line["direction"],
        status_word=line["status"],
        movement=moved,
        kind=kind,
        counterparty=words(line["merchant"]),
        description=words(line["title"]),
        reference=number(line["number"]),
        merchant_reference=number(line["merchant_number"]),
        funding=funding,
        note=words(line["note"]),
        refunded=refunded,
    )


def _counted(entry: Entry) -> tuple[str, Decimal] | None:
    """JD's totals count every row, with amounts net of refunds and without what is only held."""
    if not entry.direction_word:
        return None
    net = abs(entry.amount) - (entry.refunded or Decimal(0))
    return entry.direction_word, Decimal(0) if entry.kind is Kind.HOLD else net


READERS = (
    Layout(
        provider="jd",
        name="app",
        side=Side.WALLET,
        columns={
            "time": ("交易时间",),
            "merchant": ("商户名称",),
            "title": ("交易说明",),
            "amount": ("金额",),
            "funding": ("收/付款方式",),
            "status": ("交易状态",),
            "direction": ("收/支",),
        },
        optional={
            "category": ("交易分类",),
            "number": ("交易订单号",),
            "merchant_number": ("商家订单号",),
            "note": ("备注",),
        },
        row=_row,
        about=chinese_facts,
        counted=_counted,
        to_the_second=True,
    ),
)
