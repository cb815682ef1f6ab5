"""JD's amounts with refund notes, its holds, and its own way of adding up."""

from decimal import Decimal

import pytest

from makewhole.records import Entry, Kind, Movement
from makewhole.statements import Source, read

HEADER = (
    "交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注"
)


def entry(
    title: str, amount: str, direction: str, status: str, funding: str, category: str
) -> Entry:
    cells = ["2024-06-18 00:00:31\t", "东江", title, amount, funding, status, direction, category]
    reading = read([Source("jd.csv", f"{HEADER}\n{','.join(cells)},1\t,2,\n".encode())])
    assert not reading.statements[0].refused
    return reading.entries[0]


@pytest.mark.parametrize(
    ("amount", "size", "refunded", "movement"),
    [
        ("131.77", "131.77", None, Movement.LEFT),
        ("131.77(已退款89.84)", "131.77", "89.84", Movement.LEFT),
        ("131.77（已退款 89.84）", "131.77", "89.84", Movement.LEFT),
        ("1,131.77(已退款1,000.00)", "1131.77", "1000.00", Movement.LEFT),
        ("468.32(已全额退款)", "468.32", "468.32", Movement.LEFT_AND_RETURNED),
        ("468.32(已退款468.32)", "468.32", "468.32", Movement.LEFT_AND_RETURNED),
    ],
)
def test_the_amount_cell_carries_what_came_back(
    amount: str, size: str, refunded: str | None, movement: Movement
) -> None:
    cell = f'"{amount}"'
    for direction in ("支出", "不计收支"):
        found = entry("锅", cell, direction, "交易成功", "云州银行信用卡(8765)", "家居")
        assert found.amount == -Decimal(size)
        assert found.refunded == (Decimal(refunded) if refunded else None)
        assert (found.kind, found.movement) == (Kind.PAYMENT, movement)


@pytest.mark.parametrize(
    ("title", "direction", "status", "funding", "category", "kind", "sign", "movement"),
    [
        ("退款-锅", "不计收支", "退款成功", "云州银行(1)", "网购", "refund", 1, "arrived"),
        ("退款-锅", "收入", "交易成功", "云州银行(1)", "退款", "refund", 1, "arrived"),
        ("价保退款", "不计收支", "交易成功", "银行卡", "其他", "refund", 1, "arrived"),
        ("不想要可退款的书", "支出", "交易成功", "白条", "图书", "payment", -1, "left"),
        ("锅", "不计收支", "交易成功", "先享后付", "先享后付", "hold", -1, "nothing"),
        ("锅", "支出", "交易成功", "先享后付", "厨具", "payment", -1, "left"),
        ("冻结-锅", "不计收支", "冻结成功", "白条", "其他", "hold", -1, "nothing"),
        ("解冻-锅", "不计收支", "解冻成功", "白条", "其他", "hold", 1, "nothing"),
        ("京东钱包余额充值", "不计收支", "交易成功", "银行卡", "余额", "top_up", 1, "arrived"),
        ("京东余额提现", "不计收支", "交易成功", "银行卡", "余额", "withdrawal", -1, "left"),
        ("京东小金库-转入", "不计收支", "交易成功", "余额", "小金库", "own_transfer", -1, "left"),
        ("京东小金库-取出", "不计收支", "交易成功", "余额", "小金库", "own_transfer", 1, "arrived"),
        ("京东小金库-转入", "不计收支", "交易成功", "云州银行(1)", "", "top_up", 1, "arrived"),
        ("京东小金库-转出", "不计收支", "交易成功", "云州银行(1)", "", "withdrawal", -1, "left"),
        ("白条主动还款", "不计收支", "交易成功", "云州银行(1)", "白条", "repayment", -1, "left"),
        ("白条还款", "不计收支", "还款失败", "云州银行(1)", "白条", "repayment", -1, "nothing"),
        ("没见过的事", "不计收支", "交易成功", "余额", "其他", "other", -1, "unknown"),
        ("锅", "支出", "没见过的状态", "白条", "厨具", "payment", -1, "unknown"),
        ("锅", "支出", "退款中", "白条", "厨具", "payment", -1, "undecided"),
    ],
)
def test_title_direction_and_status_together_say_what_a_row_is(
    title: str,
    direction: str,
    status: str,
    funding: str,
    category: str,
    kind: str,
    sign: int,
    movement: str,
) -> None:
    found = entry(title, "10.00", direction, status, funding, category)
    assert (found.kind, found.movement, found.amount) == (kind, movement, sign * Decimal(10))
