"""What WeChat's words mean: every type and status, and what nobody has seen before."""

from decimal import Decimal

import pytest

from makewhole.records import Entry, Kind, Movement
from makewhole.statements import Source, read

HEADER = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"


def entry(
    type_: str,
    direction: str,
    status: str,
    *,
    method: str = "零钱",
    counterparty: str = "/",
    note: str = "/",
    amount: str = "¥50.00",
) -> Entry:
    cells = ["2024-09-02 08:01:11", type_, counterparty, "/", direction, amount, method, status]
    row = ",".join([*cells, "1", "2", note])
    reading = read([Source("w.csv", f"{HEADER}\n{row}\n".encode())])
    assert not reading.statements[0].refused
    return reading.entries[0]


@pytest.mark.parametrize(
    ("direction", "status", "movement", "refunded"),
    [
        ("支出", "支付成功", Movement.LEFT, None),
        ("支出", "已转账", Movement.LEFT, None),
        ("支出", "对方已收钱", Movement.LEFT, None),
        ("支出", "朋友已收钱", Movement.LEFT, None),
        ("收入", "已存入零钱", Movement.ARRIVED, None),
        ("收入", "已收钱", Movement.ARRIVED, None),
        ("收入", "已到账", Movement.ARRIVED, None),
        ("收入", "充值成功", Movement.ARRIVED, None),
        ("支出", "已全额退款", Movement.LEFT_AND_RETURNED, "50.00"),
        ("收入", "已全额退款", Movement.ARRIVED, None),
        ("支出", "对方已退还", Movement.LEFT_AND_RETURNED, "50.00"),
        ("支出", "已退款(￥12.30)", Movement.LEFT, "12.30"),
        ("支出", "已退款（¥12.30）", Movement.LEFT, "12.30"),
        ("支出", "已退款(￥50.00)", Movement.LEFT_AND_RETURNED, "50.00"),
        ("支出", "已退款", Movement.UNKNOWN, None),
        ("收入", "已退款￥12.30", Movement.ARRIVED, None),
        ("收入", "已退款¥12.30", Movement.ARRIVED, None),
        ("支出", "待对方收款", Movement.UNDECIDED, None),
        ("支出", "待确认收款", Movement.UNDECIDED, None),
        ("收入", "待收款", Movement.UNDECIDED, None),
        ("支出", "交易关闭", Movement.NOTHING, None),
        ("支出", "支付失败", Movement.NOTHING, None),
        ("支出", "退款失败", Movement.UNKNOWN, None),
        ("支出", "", Movement.UNKNOWN, None),
        ("收入", "已退还", Movement.UNKNOWN, None),
    ],
)
def test_direction_and_status_decide_the_movement_together(
    direction: str, status: str, movement: Movement, refunded: str | None
) -> None:
    found = entry("商户消费", direction, status)
    assert found.movement is movement
    assert found.refunded == (Decimal(refunded) if refunded else None)
    assert found.amount == (Decimal(50) if direction == "收入" else Decimal(-50))
    assert (found.direction_word, found.status_word) == (direction, status)


@pytest.mark.parametrize(
    ("type_", "status", "kind", "amount", "movement"),
    [
        ("零钱充值", "充值完成", Kind.TOP_UP, 50, Movement.ARRIVED),
        ("零钱提现", "提现已到账", Kind.WITHDRAWAL, -50, Movement.LEFT),
        ("零钱提现", "提现失败，已退回零钱", Kind.WITHDRAWAL, -50, Movement.NOTHING),
        ("零钱提现", "提现处理中", Kind.WITHDRAWAL, -50, Movement.UNDECIDED),
        ("经营账户提现", "提现已到账", Kind.WITHDRAWAL, -50, Movement.LEFT),
        ("转入零钱通-来自零钱", "支付成功", Kind.OWN_TRANSFER, -50, Movement.LEFT),
        ("转入零钱通-来自云州银行(4321)", "支付成功", Kind.TOP_UP, 50, Movement.ARRIVED),
        ("转入零钱通－来自云州银行", "支付成功", Kind.TOP_UP, 50, Movement.ARRIVED),
        ("零钱通转出-到零钱", "支付成功", Kind.OWN_TRANSFER, 50, Movement.ARRIVED),
        ("零钱通转出-到云州银行(4321)", "资金已到账", Kind.WITHDRAWAL, -50, Movement.LEFT),
        ("信用卡还款", "还款成功", Kind.REPAYMENT, -50, Movement.LEFT),
        ("信用卡还款", "已全额退款", Kind.REPAYMENT, -50, Movement.LEFT_AND_RETURNED),
        ("分付还款", "支付成功", Kind.REPAYMENT, -50, Movement.LEFT),
        ("购买理财通", "支付成功", Kind.OWN_TRANSFER, -50, Movement.LEFT),
        ("理财通赎回", "已到账", Kind.OWN_TRANSFER, 50, Movement.ARRIVED),
        ("亲属卡交易-退款", "已全额退款", Kind.REFUND, 50, Movement.ARRIVED),
        ("从没见过的类型", "支付成功", Kind.OTHER, -50, Movement.UNKNOWN),
        ("从没见过的类型", "交易关闭", Kind.OTHER, -50, Movement.NOTHING),
    ],
)
def test_the_type_of_a_neutral_row_says_where_money_went(
    type_: str, status: str, kind: Kind, amount: int, movement: Movement
) -> None:
    found = entry(type_, "/", status)
    assert (found.kind, found.amount, found.movement) == (kind, Decimal(amount), movement)
    assert found.direction_word == "/"
    assert found.description == type_


@pytest.mark.parametrize(
    ("type_", "method", "counterparty", "funding"),
    [
        ("零钱提现", "云州银行", "云州银行(4321)", "云州银行(4321)"),
        ("零钱提现", "云州银行(4321)", "云州银行()", "云州银行(4321)"),
        ("零钱提现", "云州银行", "云州银行()", "云州银行"),
        ("零钱提现", "零钱", "云州银行(4321)", "云州银行(4321)"),
        ("零钱充值", "云州农信(4321)", "/", "云州农信(4321)"),
        ("零钱通转出-到云州银行(4321)", "零钱通", "/", "云州银行(4321)"),
        ("转入零钱通-来自云州银行(4321)", "零钱通", "/", "云州银行(4321)"),
        ("转入零钱通-来自零钱", "零钱", "/", "零钱"),
        ("购买理财通", "云州银行", "理财通", "云州银行"),
    ],
)
def test_funding_names_the_bank_on_the_other_side(
    type_: str, method: str, counterparty: str, funding: str
) -> None:
    found = entry(type_, "/", "支付成功", method=method, counterparty=counterparty)
    assert found.funding == funding


def test_a_withdrawal_states_its_fee_and_a_payment_has_none() -> None:
    assert entry("零钱提现", "/", "提现已到账", note="服务费¥0.10").fee == Decimal("0.10")
    assert entry("零钱提现", "/", "提现已到账", note="服务费￥0.00").fee is None
    assert entry("商户消费", "支出", "支付成功", note="服务费¥0.10").fee is None


@pytest.mark.parametrize("amount", ["¥50.00", "￥50.00", "50", "50.0", "¥50.0"])
def test_amounts_read_alike_in_every_generation(amount: str) -> None:
    assert str(entry("商户消费", "支出", "支付成功", amount=amount).amount) == "-50.00"


def test_a_nickname_may_have_blanks() -> None:
    text = f"微信支付账单明细\n微信昵称：[小 林 🌱]\n{HEADER}\n"
    statement = read([Source("w.csv", text.encode())]).statements[0]
    assert statement.declared.account == "小 林 🌱"
