"""CIB: the account inside the card says the currency; a minus takes back what its column says."""

from decimal import Decimal

import pytest

from makewhole.records import Kind
from makewhole.statements import Source, read, recognise

HEADER = "交易时间,记账日,支出,收入,账户余额,摘要,对方户名,对方银行,对方账号,用途,交易渠道,备注"


@pytest.mark.parametrize(
    ("account", "code"),
    [
        ("001 活期储蓄存款 人民币", "CNY"),
        ("002 活期储蓄存款 港币 现汇", "HKD"),
        ("003 活期储蓄存款 美元 现汇", "USD"),
    ],
)
def test_the_account_inside_the_card_says_the_currency(account: str, code: str) -> None:
    text = f"卡内账户,{account}\n{HEADER}\n2026-03-02 09:00:01,2026-03-02,5.00,,9.00,购汇,,,,,,\n"
    (entry,) = read([Source("cib.csv", text.encode())]).entries
    assert (entry.currency, entry.amount) == (code, Decimal("-5.00"))


def test_a_correction_is_money_that_came_back() -> None:
    text = f"{HEADER}\n2026-03-02 09:00:01,2026-03-02,-5.00,,9.00,当日冲账,,,,冲正,,\n"
    (entry,) = read([Source("cib.csv", text.encode())]).entries
    assert (entry.amount, entry.kind) == (Decimal("5.00"), Kind.REFUND)


def test_it_is_not_taken_for_the_export_of_another_bank() -> None:
    reader = recognise(Source("x.csv", f"{HEADER}\n".encode()))
    assert (reader.provider, reader.name) == ("cib", "debit")
