"""Alipay 支付宝: website export to 2021, app exports of 2021-22 and since 2023, certificate in PDF.

Words and their meaning were collected from exports of many users. A closed trade
(交易关闭) has two meanings: with a funding source it was paid and has come back in full,
without one it was never paid. A neutral row (不计收支, 其他) says by its title where money went;
the holder may also have made any purchase or gift neutral by hand. The certificate (交易流水证明)
states no status: what it calls income or spending is taken as done, and a neutral row, which a
trade closed without payment is as well, only where its title says that it is a refund.
"""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import repeat

from makewhole.records import Declared, Entry, Kind, Movement, Side
from makewhole.statements.chinese import bank_among, is_bank, yuan, yuans
from makewhole.statements.layout import Layout, Line, Lines, alone
from makewhole.statements.preamble import chinese_facts, days_of
from makewhole.statements.values import (
    column,
    maybe_money,
    moment,
    moments,
    number,
    numbers,
    signed,
    words,
)

_DONE = {
    "交易成功",
    "支付成功",
    "付款成功",
    "代付成功",
    "亲情卡付款成功",
    "自动扣款成功",
    "免密支付成功",
    "退款成功",
    "退税成功",
    "还款成功",
    "充值成功",
    "转入成功",
    "转出成功",
    "提取成功",
    "收款成功",
    "放款成功",
    "提现成功",
    "提现已到账",
    "转账成功",
    "缴费成功",
}
# The buyer has paid, the seller waits for the money.
_WITH_ALIPAY = {"等待确认收货", "等待对方确认收货", "等待对方发货", "等待发货"}
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
_CLOSED = {"交易关闭", "已关闭"}
_TO_BANK = re.compile(r"(?:余额|余额宝|余利宝)?-?(?:提现|转出到银行卡|转账到银行卡)")
_INTO_POCKET = re.compile(
    r"(?:余额宝|余利宝|小荷包|蚂蚁合花)-?(?:单次|自动|批量)?转入|转账收款到余额宝|转入余[额利]宝"
    r"|^自动攒"
)
_YIELD = re.compile(r"收益发放|-收益$")
_OUT_OF_POCKET = re.compile(r"卖出至|转出到|转出至|赎回")
_OWNER = re.compile(r"支付宝账[号户]\s*[:：]?\s*([A-Za-z0-9_.@*+-]+)")
_SPAN = re.compile(r"时间段\D{0,12}(\d{4}-\d\d-\d\d)[\d: ]*\s*(?:至|到|--?|~)\s*(\d{4}-\d\d-\d\d)")
_POCKETS = ("余额宝-", "余利宝", "蚂蚁财富-")
# Categories under which a neutral row may be a gift received as well as one given.
_EITHER_WAY = {"转账红包", "转账", "收入", "其他", ""}
_SIGNS = {"收入": 1, "支出": -1, "已收入": 1, "已支出": -1}


def movement(status: str, amount_sign: int, *, paid: bool) -> Movement:
    """What moved, from the status word, the sign of the amount and whether it was ever paid."""
    if status in _DONE:
        return Movement.ARRIVED if amount_sign > 0 else Movement.LEFT
    if status in _WITH_ALIPAY:
        return Movement.UNDECIDED if amount_sign > 0 else Movement.LEFT
    if status in _CLOSED:
        return Movement.LEFT_AND_RETURNED if paid else Movement.NOTHING
    if status in _NOT_PAID or status in _HELD:
        return Movement.NOTHING
    return Movement.UNDECIDED if status in _UNDECIDED else Movement.UNKNOWN


def _kind(line: Line, direction: str) -> tuple[Kind, int]:
    """The kind, and the sign it has where the export states no direction."""
    said = line["title"], line["category"], line["status"], line["funding"]
    return _kind_of(direction, *said)


def _kind_of(
    direction: str, title: str, category: str, status: str, funding: str
) -> tuple[Kind, int]:
    if status == "退款成功" or category == "退款" or title.startswith("退款-"):
        return Kind.REFUND, 1
    if status in _HELD:
        return Kind.HOLD, 1 if status == "解冻成功" else -1
    if _YIELD.search(title) or direction == "收入":
        return Kind.INCOME, 1
    if direction == "支出":
        return (Kind.REPAYMENT if status.startswith("还款") else Kind.PAYMENT), -1
    return _neutral_kind(title, category, status, funding)


def _neutral_kind(title: str, category: str, status: str, funding: str) -> tuple[Kind, int]:
    if title.startswith("充值-") or status == "充值成功":
        return Kind.TOP_UP, 1
    if _TO_BANK.match(title) or status.startswith("提现"):
        return Kind.WITHDRAWAL, -1
    if status == "放款成功" or "放款" in title:
        return Kind.OTHER, 1
    if "还款" in status or "还款" in title or category == "信用借还":
        return Kind.REPAYMENT, -1
    if _INTO_POCKET.search(title):
        return (Kind.TOP_UP, 1) if is_bank(funding) else (Kind.OWN_TRANSFER, -1)
    if title.startswith(_POCKETS) or category == "投资理财" or _OUT_OF_POCKET.search(title):
        return Kind.OWN_TRANSFER, 1 if _OUT_OF_POCKET.search(title) else -1
    return Kind.PAYMENT, -1


def _source(kind: Kind, funding: str, counterparty: str) -> str:
    """The funding source; for money between wallet and bank, the bank wherever it is named."""
    if kind not in {Kind.TOP_UP, Kind.WITHDRAWAL}:
        return funding
    return bank_among(funding, counterparty) or funding


def _app_rows(lines: Lines) -> list[Entry]:
    on, at = moments(lines["time"])
    sizes = list(map(abs, yuans(lines["amount"])))
    directions, titles = lines["direction"], column(lines["title"])
    counterparties = column(lines["counterparty"])
    # Where all rows have a direction they say little by their titles, and are judged by the rest.
    all_titles = "\n".join(titles)
    directed = _SIGNS.keys() >= set(directions)
    told = not directed or "退款-" in all_titles or "收益" in all_titles
    signs, movements, kinds, sources = zip(
        *map(
            _judged,
            directions,
            lines["status"],
            lines["category"],
            titles if told else repeat(""),
            column(lines["funding"]),
            counterparties if told else repeat(""),
            map(bool, sizes),
        ),
        strict=True,
    )
    return lines.entries(
        currency="CNY",
        occurred_on=on,
        occurred_at=at,
        amount=[-size if sign < 0 else size for sign, size in zip(signs, sizes, strict=True)],
        direction_word=directions,
        status_word=lines["status"],
        movement=movements,
        kind=kinds,
        counterparty=counterparties,
        description=titles,
        reference=numbers(lines["number"]),
        merchant_reference=numbers(lines["merchant_number"]),
        funding=sources,
        note=column(lines["note"]),
    )


@lru_cache(maxsize=1 << 14)
def _judged(  # noqa: PLR0913 - all that a row says of what happened
    direction: str,
    status: str,
    category: str,
    title: str,
    funding: str,
    counterparty: str,
    some: bool,  # noqa: FBT001 - columns are zipped by position
) -> tuple[int, Movement, Kind, str]:
    """The sign, the movement, the kind and the funding source of an app row."""
    kind, neutral_sign = _kind_of(direction, title, category, status, funding)
    sign = _SIGNS.get(direction, neutral_sign)
    # The seller's side of a closed trade carries 收入: the seller never had the money.
    paid = bool(funding) and some and direction != "收入"
    moved = movement(status, sign, paid=paid) if some else Movement.NOTHING
    if direction not in _SIGNS and _could_be_either(kind, moved, category, funding):
        kind, moved = Kind.OTHER, Movement.UNKNOWN
    return sign, moved, kind, _source(kind, funding, counterparty)


def _could_be_either(kind: Kind, moved: Movement, category: str, funding: str) -> bool:
    """Whether a neutral row may be money received as well as money paid, and no word decides."""
    decided = kind is not Kind.PAYMENT or moved is not Movement.LEFT or is_bank(funding)
    return not decided and category in _EITHER_WAY


def _web_row(line: Line) -> Entry:
    on, at = moment(words(line["paid_at"]) or line["time"])
    direction, status, funds = line["direction"], line["status"], line["funds"]
    kind, neutral_sign = _kind(line, direction)
    if funds in {"冻结", "解冻"}:
        kind = Kind.HOLD
    sign = _SIGNS.get(direction) or _SIGNS.get(funds) or neutral_sign
    counterparty = words(line["counterparty"])
    paid = bool(funds) and not funds.startswith(("待", "未")) and direction != "收入"
    size = abs(yuan(line["amount"]))
    moved = movement(status, sign, paid=paid) if size else Movement.NOTHING
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=signed(sign, size),
        currency="CNY",
        direction_word=direction,
        status_word=status,
        movement=Movement.NOTHING if kind is Kind.HOLD else moved,
        kind=kind,
        counterparty=counterparty,
        description=words(line["title"]),
        reference=number(line["number"]),
        merchant_reference=number(line["merchant_number"]),
        funding=_source(kind, "", counterparty),
        note=words(line["note"]),
        refunded=maybe_money(line["refunded"]) or None,
        fee=maybe_money(line["fee"]) or None,
    )


def _certified_row(line: Line) -> Entry:
    on, at = moment(line["time"])
    direction = line["direction"]
    kind, neutral_sign = _kind(line, direction)
    sign = _SIGNS.get(direction, neutral_sign)
    size = abs(yuan(line["amount"]))
    funding, counterparty = words(line["funding"]), words(line["counterparty"])
    done = direction in _SIGNS or kind is Kind.REFUND
    moved = Movement.ARRIVED if sign > 0 else Movement.LEFT
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=signed(sign, size),
        currency="CNY",
        direction_word=direction,
        movement=Movement.NOTHING if not size else moved if done else Movement.UNKNOWN,
        kind=kind,
        counterparty=counterparty,
        description=words(line["title"]),
        reference=number(line["number"]),
        merchant_reference=number(line["merchant_number"]),
        funding=_source(kind, funding, counterparty),
    )


def _certified_facts(text: str) -> Declared:
    account = _OWNER.search(text)
    starts_on, ends_on = days_of(_SPAN.search(text))
    return replace(
        chinese_facts(text),
        account=account[1] if account else "",
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _counted_by_web(entry: Entry) -> tuple[str, Decimal] | None:
    """The website sums what was and what will be received and spent, and no neutral rows."""
    if entry.direction_word not in {"收入", "支出"}:
        return None
    if entry.movement in {Movement.LEFT, Movement.ARRIVED}:
        return f"已{entry.direction_word}", entry.amount
    due = entry.status_word == "等待付款" or entry.movement is Movement.UNDECIDED
    return (f"待{entry.direction_word}", entry.amount) if due else None


_APP = {
    "time": ("交易时间",),
    "counterparty": ("交易对方",),
    "title": ("商品说明",),
    "direction": ("收/支",),
    "amount": ("金额",),
    "funding": ("收/付款方式",),
    "status": ("交易状态",),
    "number": ("交易订单号", "交易号"),
}
_APP_EXTRAS = {"category": ("交易分类",), "merchant_number": ("商家订单号",)}

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
            "amount": ("金额",),
            "direction": ("收/支",),
            "status": ("交易状态",),
            "funds": ("资金状态",),
        },
        optional={
            "paid_at": ("付款时间",),
            "fee": ("服务费",),
            "refunded": ("成功退款", "退款"),
            "note": ("备注",),
        },
        row=_web_row,
        about=chinese_facts,
        counted=_counted_by_web,
        to_the_second=True,
    ),
    Layout(
        provider="alipay",
        name="app-2021",
        side=Side.WALLET,
        columns=_APP,
        optional=_APP_EXTRAS,
        without=("备注",),
        rows=_app_rows,
        row=alone(_app_rows),
        about=chinese_facts,
        to_the_second=True,
    ),
    Layout(
        provider="alipay",
        name="app-2023",
        side=Side.WALLET,
        columns={**_APP, "note": ("备注",)},
        optional=_APP_EXTRAS,
        rows=_app_rows,
        row=alone(_app_rows),
        about=chinese_facts,
        to_the_second=True,
    ),
    Layout(
        provider="alipay",
        name="certificate",
        side=Side.WALLET,
        columns={
            "direction": ("收/支",),
            "counterparty": ("交易对方",),
            "title": ("商品说明",),
            "funding": ("收/付款方式",),
            "amount": ("金额",),
            "number": ("交易订单号",),
            "time": ("交易时间",),
        },
        optional={"merchant_number": ("商家订单号",)},
        without=("交易状态", "交易分类"),
        row=_certified_row,
        about=_certified_facts,
        to_the_second=True,
    ),
)
