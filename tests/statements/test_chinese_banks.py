from datetime import date
from decimal import Decimal

import pytest

from makewhole.records import Kind
from makewhole.statements import Source, read
from makewhole.statements.chinese_banks import bill_day, card_tail, in_or_out, kind_of
from makewhole.statements.values import Refused

BOC_BILL = "交易日,银行记账日,卡号后四位,交易描述,存入,支出"


@pytest.mark.parametrize(
    ("arrived", "left", "amount"),
    [
        ("", "5.00", "-5.00"),
        ("5.00", "0.00", "5.00"),
        ("0", "5", "-5"),
        ("", "-5.00", "5.00"),
        ("-----", "5.00", "-5.00"),
        ("0.00", "0.00", "0.00"),
    ],
)
def test_two_columns_make_one_signed_amount(arrived: str, left: str, amount: str) -> None:
    assert in_or_out(arrived, left) == Decimal(amount)


def test_two_empty_columns_are_no_amount_and_two_filled_ones_are_refused() -> None:
    assert in_or_out("", "-") is None
    with pytest.raises(Refused):
        in_or_out("1.00", "2.00")


@pytest.mark.parametrize(
    ("cell", "card"),
    [
        ("6688", "6688"),
        ("6688.0", "6688"),
        ("88", "0088"),
        ("6259****0031", "0031"),
        ("'6217850000000003358", "3358"),
        ("6259****", ""),
        ("", ""),
    ],
)
def test_card_tails(cell: str, card: str) -> None:
    assert card_tail(cell) == card


@pytest.mark.parametrize(
    ("cell", "notes", "day"),
    [
        ("12/29", "招商银行信用卡对账单（个人消费卡账户 2024年01月）", date(2023, 12, 29)),
        ("01/03", "招商银行信用卡对账单（个人消费卡账户 2024年01月）", date(2024, 1, 3)),
        ("02/29", "信用卡 2024 年 2 月账单", date(2024, 2, 29)),
        ("12月30日", "账单日 2026-01-23", date(2025, 12, 30)),
        ("12/30", "账单周期 2025/12/24-2026/01/23", date(2025, 12, 30)),
        ("2024-05-06", "", date(2024, 5, 6)),
        ("20240506", "2019年01月", date(2024, 5, 6)),
    ],
)
def test_the_year_of_a_bill(cell: str, notes: str, day: date) -> None:
    assert bill_day(cell, notes) == day


@pytest.mark.parametrize("notes", ["", "招商银行信用卡对账单", "打印于2024年01月05日"])
def test_a_date_without_a_year_is_refused_where_no_bill_month_is_stated(notes: str) -> None:
    with pytest.raises(Refused) as caught:
        bill_day("05/01", notes)
    assert "05/01" in caught.value.reason.zh


@pytest.mark.parametrize(
    ("amount", "said", "kind"),
    [
        ("-1", "支付宝-店 消费", Kind.PAYMENT),
        ("1", "支付宝-店 退款", Kind.REFUND),
        ("1", "网上快捷退款", Kind.REFUND),
        ("1", "财付通还款", Kind.REPAYMENT),
        ("-1", "自动还款", Kind.REPAYMENT),
        ("1", "信用卡还款退回", Kind.REFUND),
        ("1", "退休金", Kind.INCOME),
        ("1", "网上快捷提现", Kind.INCOME),
        ("-1", "退款手续费", Kind.PAYMENT),
        ("0", "利息", Kind.OTHER),
    ],
)
def test_kinds_of_bank_rows(amount: str, said: str, kind: Kind) -> None:
    assert kind_of(Decimal(amount), said) == kind


@pytest.mark.parametrize(
    ("title", "header", "row", "code"),
    [
        ("中国银行信用卡", f"{BOC_BILL},币种", "3.00,美元", "USD"),
        ("中国银行信用卡", f"{BOC_BILL},本行叫法", "3.00,美元", "USD"),
        ("中国银行信用卡", BOC_BILL, "3.00,美元", "USD"),
        ("中国银行信用卡美元账户", BOC_BILL, "3.00", "USD"),
        ("中国银行信用卡", BOC_BILL, "3.00", "CNY"),
    ],
)
def test_where_the_currency_of_a_bill_comes_from(
    title: str, header: str, row: str, code: str
) -> None:
    text = f"{title}\n{header}\n2024-12-01,2024-12-02,0429,店,,{row}\n"
    (entry,) = read([Source("bill.csv", text.encode())]).entries
    assert (entry.amount, entry.currency, entry.card) == (Decimal("-3.00"), code, "0429")


def test_a_bill_that_names_two_currencies_does_not_say_which_one_a_row_is_in() -> None:
    text = f"人民币账户、美元账户\n{BOC_BILL}\n2024-12-01,2024-12-02,0429,店,,3.00\n"
    (statement,) = read([Source("bill.csv", text.encode())]).statements
    assert (statement.rows, statement.stored) == (1, 0)
    assert "CNY、USD" in statement.refused[0].reason.en


def test_an_amount_split_by_its_own_comma_is_refused() -> None:
    text = f"中国银行信用卡\n{BOC_BILL}\n2024-12-01,2024-12-02,0429,店,,1,045.00\n"
    (statement,) = read([Source("bill.csv", text.encode())]).statements
    assert (statement.rows, statement.stored) == (1, 0)
