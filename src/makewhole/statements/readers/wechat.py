"""WeChat Pay 微信支付: CSV up to 2025, XLSX with text amounts or numbers, certificate in PDF.

CSV and XLSX have the same columns. Neutral rows ("/") say by their type where money went: between
the holder's own pockets, or to and from a bank, whose name then stands in the type, the
counterparty or the payment method. The certificate (交易明细证明) states no status: its payments
and receipts are taken as done, for it certifies what took place; whether a payment came back later
is told only by a row of its own.
"""

import re
from dataclasses import replace
from decimal import Decimal

from makewhole.records import Declared, Entry, Kind, Movement, Side
from makewhole.statements.chinese import bank_among, is_bank, plain, yuan
from makewhole.statements.layout import Layout, Line
from makewhole.statements.preamble import chinese_facts, days_of
from makewhole.statements.values import clean, moment, number, signed, words

_DONE = re.compile(
    r"(?:支付|还款|充值|转入|转出|购买)成功|充值完成|已转账|(?:对方|朋友)?已收[钱款]|已存入.*|.*已到账"
)
_NOTHING = re.compile(r"(?:支付|充值|还款|转账|转入|转出|购买|提现)失败.*|交易(?:已)?关闭|已关闭")
_WAITING = re.compile(r"等?待(?:对方|朋友)?(?:确认)?(?:收款|收钱|领取)|.*处理中|提现中")
_GIVEN_BACK = re.compile(r"已全额退款|对方已退还")
_PARTLY_BACK = re.compile(r"已退款(?:\(?¥?([\d,.]+)\)?)?")
_CHARGE = re.compile(r"服务费¥?([\d,.]+)")
_FROM = re.compile(r"来自(.+)")
_TO = re.compile(r"转出-?到(.+)")
_INTO_FUND = re.compile(r"转入零钱通|购买理财通|理财通购买|理财通-?购买")
_WECHAT_ID = re.compile(r"微信号\s*[:：]\s*([A-Za-z0-9_-]+)")
_SPAN = re.compile(r"时间段\D{0,12}(\d{4}-\d\d-\d\d)[\d: ]*\s*(?:至|到|--?|~)\s*(\d{4}-\d\d-\d\d)")
_OUT_OF_FUND = re.compile(r"零钱通转出|理财通-?赎回|赎回理财通")


def movement(status: str, sign: int, size: Decimal) -> tuple[Movement, Decimal | None]:
    """What moved, and how much has come back, from the status word and the entry's sign.

    The refund words stand both on the purchase and on the row of the refund itself: there they
    mean that money arrived.
    """
    word = plain(status)
    if _DONE.fullmatch(word):
        return (Movement.ARRIVED if sign > 0 else Movement.LEFT), None
    if _NOTHING.fullmatch(word):
        return Movement.NOTHING, None
    if _WAITING.fullmatch(word):
        return Movement.UNDECIDED, None
    if _GIVEN_BACK.fullmatch(word):
        return (Movement.ARRIVED, None) if sign > 0 else (Movement.LEFT_AND_RETURNED, size)
    if partly := _PARTLY_BACK.fullmatch(word):
        return _partly(partly[1], sign, size)
    return Movement.UNKNOWN, None


def _partly(figure: str | None, sign: int, size: Decimal) -> tuple[Movement, Decimal | None]:
    if sign > 0:
        return Movement.ARRIVED, None
    if figure is None:
        return Movement.UNKNOWN, None
    back = yuan(figure)
    return (Movement.LEFT if back < size else Movement.LEFT_AND_RETURNED), back


def _neutral_kind(type_: str, method: str) -> tuple[Kind, int]:
    """Kind and sign of a row that the export counts neither as income nor as spending."""
    if type_.endswith("提现"):
        return Kind.WITHDRAWAL, -1
    if type_.endswith("充值"):
        return Kind.TOP_UP, 1
    if "还款" in type_:
        return Kind.REPAYMENT, -1
    if _INTO_FUND.match(type_):
        source = _FROM.search(type_)
        from_bank = type_.startswith("转入") and is_bank(source[1] if source else method)
        return (Kind.TOP_UP, 1) if from_bank else (Kind.OWN_TRANSFER, -1)
    if _OUT_OF_FUND.match(type_):
        target = _TO.search(type_)
        to_bank = is_bank(target[1] if target else method)
        return (Kind.WITHDRAWAL, -1) if to_bank else (Kind.OWN_TRANSFER, 1)
    return Kind.OTHER, -1


def _kind(type_: str, direction: str, method: str) -> tuple[Kind, int]:
    if type_ == "退款" or type_.endswith("-退款"):
        return Kind.REFUND, -1 if direction == "支出" else 1
    if direction == "收入":
        return Kind.INCOME, 1
    if direction == "支出":
        return (Kind.REPAYMENT if type_.endswith("还款") else Kind.PAYMENT), -1
    return _neutral_kind(type_, method)


def _funding(kind: Kind, type_: str, method: str, counterparty: str) -> str:
    """The payment method; for money between wallet and bank, the bank wherever it is named."""
    if kind not in {Kind.TOP_UP, Kind.WITHDRAWAL}:
        return method
    named = _FROM.search(type_) or _TO.search(type_)
    return bank_among(named[1] if named else "", method, counterparty) or method


def _fee(kind: Kind, note: str) -> Decimal | None:
    charge = _CHARGE.search(plain(note)) if kind is Kind.WITHDRAWAL else None
    return (yuan(charge[1]) or None) if charge else None


def _row(line: Line) -> Entry:
    on, at = moment(line["time"])
    direction, status, type_ = line["direction"], line["status"], plain(line["type"])
    method, counterparty = words(line["method"]), words(line["counterparty"])
    kind, sign = _kind(type_, direction, method)
    size = abs(yuan(line["amount"]))
    moved, refunded = movement(status, sign, size)
    if not size:
        moved = Movement.NOTHING
    elif kind is Kind.OTHER and moved in {Movement.LEFT, Movement.ARRIVED}:
        moved = Movement.UNKNOWN
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=signed(sign, size),
        currency="CNY",
        direction_word=direction,
        status_word=status,
        movement=moved,
        kind=kind,
        counterparty=counterparty,
        description=words(line["goods"]) or clean(line["type"]),
        reference=number(line["number"]),
        merchant_reference=number(line["merchant_number"]),
        funding=_funding(kind, type_, method, counterparty),
        note=words(line["note"]),
        refunded=refunded,
        fee=_fee(kind, line["note"]),
    )


def _certified_row(line: Line) -> Entry:
    on, at = moment(line["time"])
    direction, type_ = line["direction"], plain(line["type"])
    method, counterparty = words(line["method"]), words(line["counterparty"])
    kind, sign = _kind(type_, direction, method)
    size = abs(yuan(line["amount"]))
    moved = Movement.ARRIVED if sign > 0 else Movement.LEFT
    if not size:
        moved = Movement.NOTHING
    elif kind is Kind.OTHER:
        moved = Movement.UNKNOWN
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=signed(sign, size),
        currency="CNY",
        direction_word=direction,
        movement=moved,
        kind=kind,
        counterparty=counterparty,
        description=clean(line["type"]),
        reference=number(line["number"]),
        merchant_reference=number(line["merchant_number"]),
        funding=_funding(kind, type_, method, counterparty),
    )


def _certified_facts(text: str) -> Declared:
    account = _WECHAT_ID.search(text)
    starts_on, ends_on = days_of(_SPAN.search(text))
    return replace(
        chinese_facts(text),
        account=account[1] if account else "",
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _counted(entry: Entry) -> tuple[str, Decimal]:
    stated = entry.direction_word in {"收入", "支出"}
    return (entry.direction_word if stated else "中性交易"), entry.amount


_CSV = Layout(
    provider="wechat",
    name="csv",
    side=Side.WALLET,
    columns={
        "time": ("交易时间",),
        "type": ("交易类型",),
        "counterparty": ("交易对方",),
        "goods": ("商品",),
        "direction": ("收/支",),
        "amount": ("金额",),
        "method": ("支付方式",),
        "status": ("当前状态",),
        "number": ("交易单号",),
    },
    optional={"merchant_number": ("商户单号",), "note": ("备注",)},
    row=_row,
    about=chinese_facts,
    counted=_counted,
    to_the_second=True,
    workbook=False,
)

_CERTIFICATE = Layout(
    provider="wechat",
    name="certificate",
    side=Side.WALLET,
    columns={
        "number": ("交易单号",),
        "time": ("交易时间",),
        "type": ("交易类型",),
        "direction": ("收/支/其他",),
        "method": ("交易方式",),
        "amount": ("金额",),
        "counterparty": ("交易对方",),
    },
    optional={"merchant_number": ("商户单号",)},
    row=_certified_row,
    about=_certified_facts,
    counted=lambda entry: (entry.direction_word, entry.amount),
    to_the_second=True,
)

READERS = (_CSV, replace(_CSV, name="xlsx", workbook=True), _CERTIFICATE)
