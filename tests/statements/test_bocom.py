"""BOCOM: directions without signs, numbers inside the summary, balances that stop following."""

from decimal import Decimal

import pytest

from makewhole.records import Statement
from makewhole.statements import Reading, Source, read, recognise

APP = "交易日期,交易时间,交易类型,借贷,交易金额,余额,对方户名,交易地点,摘要"
BILL = "交易日期,记账日期,交易说明,交易币种/金额,入账币种/金额"


def _read(*lines: str) -> Reading:
    return read([Source("bocom.csv", "\n".join(lines).encode())])


def _only(reading: Reading) -> Statement:
    (statement,) = reading.statements
    return statement


@pytest.mark.parametrize(
    ("mark", "amount"),
    [("借 Dr", "-5.00"), ("贷 Cr", "5.00"), ("借", "-5.00"), ("CR", "5.00"), ("Dr", "-5.00")],
)
def test_the_column_says_the_direction(mark: str, amount: str) -> None:
    (entry,) = _read(APP, f"2026-03-02,12:00:00,网上支付,{mark},5.00,9.00,店,网,").entries
    assert entry.amount == Decimal(amount)


@pytest.mark.parametrize("mark", ["", "借贷", "出"])
def test_a_direction_that_says_nothing_or_both_is_refused(mark: str) -> None:
    statement = _only(_read(APP, f"2026-03-02,12:00:00,网上支付,{mark},5.00,9.00,店,网,"))
    assert (statement.rows, statement.stored) == (1, 0)
    assert "借贷" in statement.refused[0].reason.zh


@pytest.mark.parametrize(
    ("word", "amount"),
    [
        ("消费", "-5.00"),
        ("退货", "5.00"),
        ("信用卡还款", "5.00"),
        ("红包还款", "5.00"),
        ("刷卡金返还", "5.00"),
        ("刷卡金扣回", "-5.00"),
        ("自动购汇扣款", "-5.00"),
        ("自动购汇还款", "5.00"),
        ("取现手续费", "-5.00"),
    ],
)
def test_the_first_word_of_a_bill_says_the_direction(word: str, amount: str) -> None:
    (entry,) = _read(BILL, f"2026-03-02,2026-03-03,{word} 店,CNY 5.00,CNY5.00").entries
    assert entry.amount == Decimal(amount)


@pytest.mark.parametrize("said", ["", "调整 店", "消费调整 店"])
def test_a_first_word_that_is_not_known_is_refused(said: str) -> None:
    statement = _only(_read(BILL, f"2026-03-02,2026-03-03,{said},CNY 5.00,CNY 5.00"))
    assert (statement.rows, statement.stored) == (1, 0)
    assert "第一个词" in statement.refused[0].reason.zh
    assert "first word" in statement.refused[0].reason.en


def test_a_day_without_a_year_needs_the_period_of_the_bill() -> None:
    row = "12/29,12/30,消费 店,CNY 5.00,CNY 5.00"
    assert _only(_read(BILL, row)).stored == 0
    (entry,) = _read("账单周期：2025/12/14-2026/01/13,,,,", BILL, row).entries
    assert entry.occurred_on.isoformat() == "2025-12-29"


def test_a_refused_row_is_not_blamed_on_the_balance_too() -> None:
    rows = (
        "2026-03-02,12:00:00,网上支付,借 Dr,5.00,95.00,店,网,",
        "2026-03-03,12:00:00,网上支付,借 Dr,五,90.00,店,网,",
        "2026-03-04,12:00:00,网上支付,借 Dr,5.00,85.00,店,网,",
    )
    statement = _only(_read(APP, *rows))
    assert (len(statement.refused), statement.warnings) == (1, ())


def test_a_lost_row_shows_in_the_balance() -> None:
    rows = (
        "2026-03-02,12:00:00,网上支付,借 Dr,5.00,95.00,店,网,",
        "2026-03-04,12:00:00,网上支付,借 Dr,5.00,85.00,店,网,",
    )
    (warning,) = _only(_read(APP, *rows)).warnings
    assert "第 3 行" in warning.zh


def test_layouts_do_not_take_each_other_for_their_own() -> None:
    for header, name in ((APP, "debit-app"), (BILL, "credit")):
        reader = recognise(Source("x.csv", f"{header}\n".encode()))
        assert (reader.provider, reader.name) == ("bocom", name)
