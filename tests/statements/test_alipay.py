"""What Alipay's words mean, in the app's exports and in the website's."""

from decimal import Decimal

import pytest

from makewhole.records import Entry
from makewhole.statements import Source, read

APP = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,"
    "交易订单号,商家订单号,备注,"
)
WEB = (
    "交易号,商家订单号,交易创建时间,付款时间,最近修改时间,交易来源地,类型,交易对方,商品名称,"
    "金额（元）,收/支,交易状态,服务费（元）,成功退款（元）,备注,资金状态,"
)
BANK = "云州银行(4321)"


def only_entry(header: str, row: str) -> Entry:
    reading = read([Source("a.csv", f"{header}\n{row}\n".encode("gb18030"))])
    assert not reading.statements[0].refused
    return reading.entries[0]


def in_app(
    direction: str, status: str, funding: str, *, title: str = "锅", category: str = "家居"
) -> Entry:
    return only_entry(
        APP,
        f"2024-05-20 19:30:05,{category},某店,/,{title},{direction},10.00,{funding},{status},"
        "1\t,2\t,,",
    )


@pytest.mark.parametrize(
    ("direction", "status", "funding", "movement"),
    [
        ("支出", "交易成功", BANK, "left"),
        ("支出", "支付成功", BANK, "left"),
        ("支出", "代付成功", BANK, "left"),
        ("支出", "等待确认收货", BANK, "left"),
        ("支出", "等待发货", BANK, "left"),
        ("收入", "交易成功", "余额", "arrived"),
        ("收入", "等待对方确认收货", "", "undecided"),
        ("支出", "等待付款", "", "nothing"),
        ("支出", "交易关闭", BANK, "left_and_returned"),
        ("不计收支", "交易关闭", "", "nothing"),
        ("不计收支", "已关闭", "", "nothing"),
        ("收入", "交易关闭", "余额", "nothing"),
        ("不计收支", "退款成功", BANK, "arrived"),
        ("其他", "退款成功", BANK, "arrived"),
        ("收入", "退款成功", BANK, "arrived"),
        ("不计收支", "还款失败", "", "nothing"),
        ("不计收支", "解冻成功", "", "nothing"),
        ("支出", "没见过的状态", BANK, "unknown"),
        ("支出", "", BANK, "unknown"),
    ],
)
def test_direction_status_and_funding_decide_the_movement_together(
    direction: str, status: str, funding: str, movement: str
) -> None:
    found = in_app(direction, status, funding)
    assert found.movement == movement
    assert (found.direction_word, found.status_word) == (direction, status)


@pytest.mark.parametrize(
    ("title", "category", "funding", "kind", "sign", "movement"),
    [
        ("余额宝-单次转入", "投资理财", "余额", "own_transfer", -1, "left"),
        ("余额宝-单次转入", "投资理财", BANK, "top_up", 1, "arrived"),
        ("余额宝-自动转入", "投资理财", "账户余额", "own_transfer", -1, "left"),
        ("余额宝-转出到余额", "投资理财", "余额宝", "own_transfer", 1, "arrived"),
        ("余额宝-转出到银行卡", "投资理财", "余额宝", "withdrawal", -1, "left"),
        ("余额宝-2024.05.19-收益发放", "投资理财", "余额宝", "income", 1, "arrived"),
        ("余额宝-收益", "投资理财", "余额宝", "income", 1, "arrived"),
        ("支付宝小荷包-转入", "转账红包", "余额宝", "own_transfer", -1, "left"),
        ("自动攒-余额宝", "投资理财", BANK, "top_up", 1, "arrived"),
        ("蚂蚁财富-某指数C-买入", "投资理财", BANK, "own_transfer", -1, "left"),
        ("蚂蚁财富-某指数C-卖出至余额宝", "投资理财", "余额宝", "own_transfer", 1, "arrived"),
        ("转账收款到余额宝", "转账红包", "余额", "own_transfer", -1, "left"),
        ("充值-普通充值", "账户存取", BANK, "top_up", 1, "arrived"),
        ("提现-实时提现", "账户存取", BANK, "withdrawal", -1, "left"),
        ("花呗主动还款-2024年05月账单", "信用借还", BANK, "repayment", -1, "left"),
        ("借呗-放款至余额", "信用借还", "余额", "other", 1, "arrived"),
        ("锅", "家居", BANK, "payment", -1, "left"),
        ("转账", "转账红包", BANK, "payment", -1, "left"),
        ("转账", "转账红包", "余额", "other", -1, "unknown"),
    ],
)
def test_the_title_of_a_neutral_row_says_where_money_went(
    title: str, category: str, funding: str, kind: str, sign: int, movement: str
) -> None:
    found = in_app("不计收支", "交易成功", funding, title=title, category=category)
    assert (found.kind, found.amount, found.movement) == (kind, sign * Decimal(10), movement)


def test_a_transfer_to_a_card_is_a_payment_where_the_export_calls_it_spending() -> None:
    assert in_app("支出", "交易成功", "余额", title="转账到银行卡").kind == "payment"
    assert in_app("不计收支", "交易成功", "余额", title="转账到银行卡").kind == "withdrawal"


@pytest.mark.parametrize(
    ("direction", "status", "paid_at", "funds", "movement", "sign"),
    [
        ("支出", "交易成功", "2020-11-10 09:12:45", "已支出", "left", -1),
        ("支出", "交易关闭", "2020-11-10 09:12:45", "已支出", "left_and_returned", -1),
        ("支出", "交易关闭", "", "", "nothing", -1),
        ("支出", "交易关闭", "", "待支出", "nothing", -1),
        ("支出", "交易关闭", "", "未支出", "nothing", -1),
        ("", "交易成功", "", "已收入", "arrived", 1),
        ("不计收支", "退款成功", "", "已收入", "arrived", 1),
        ("", "冻结成功", "", "冻结", "nothing", -1),
    ],
)
def test_the_website_says_by_the_state_of_funds_whether_anything_was_paid(
    direction: str, status: str, paid_at: str, funds: str, movement: str, sign: int
) -> None:
    found = only_entry(
        WEB,
        f"1\t,2\t,2020-11-10 09:12:44,{paid_at},2020-11-20 10:00:01,淘宝,担保交易,某店,锅,10.00,"
        f"{direction},{status},0.00,0.00,,{funds},",
    )
    assert (found.movement, found.amount) == (movement, sign * Decimal(10))


def test_the_websites_refund_column_has_two_names() -> None:
    header = WEB.replace("成功退款", "退款")
    line = "1,2,2020-11-10 09:12:44,,,淘宝,担保交易,某店,锅,10.00,支出,交易成功,0.00,4.00,,已支出,"
    assert only_entry(header, line).refunded == Decimal("4.00")
