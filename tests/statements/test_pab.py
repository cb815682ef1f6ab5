"""PAB: the type alone says the direction, and names the other party by it."""

import pytest

from makewhole.statements import Source, read

HEADER = "交易时间,付款方姓名,收款方姓名,交易类型,交易金额,账户余额,摘要,交易流水号"


@pytest.mark.parametrize(
    ("type_", "amount", "counterparty"), [("转入", "5.00", "甲"), ("转出", "-5.00", "乙")]
)
def test_direction_and_other_party(type_: str, amount: str, counterparty: str) -> None:
    text = f"{HEADER}\n2026-03-02 09:00:01,甲,乙,{type_},5.00,9.00,转账,P1\n"
    (entry,) = read([Source("pab.csv", text.encode())]).entries
    assert (f"{entry.amount}", entry.counterparty) == (amount, counterparty)


@pytest.mark.parametrize(("type_", "size"), [("", "5.00"), ("冻结", "5.00"), ("转出", "-5.00")])
def test_no_direction_is_guessed(type_: str, size: str) -> None:
    text = f"{HEADER}\n2026-03-02 09:00:01,甲,乙,{type_},{size},9.00,转账,P1\n"
    (statement,) = read([Source("pab.csv", text.encode())]).statements
    assert (statement.rows, statement.stored) == (1, 0)
    assert "转入还是转出" in statement.refused[0].reason.zh
