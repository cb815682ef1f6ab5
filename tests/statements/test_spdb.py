"""SPDB: a time behind two blanks, amounts abroad, and sheets that a spreadsheet rewrote."""

from decimal import Decimal

import pytest

from makewhole.records import Entry
from makewhole.statements import Source, read

DEBIT = "顺序号,交易日期,交易类型,存入金额,取出金额,余额,交易对手名称,附言"
BILL = "交易日期,记账日期,交易摘要,卡号末四位,卡片类型,交易币种,交易金额,原始交易金额&币种"


def _bill(original: str) -> Entry:
    text = f"{BILL}\n20260102,20260103,店,1875,标准卡,人民币,37.00,{original}\n"
    (entry,) = read([Source("spdb.csv", text.encode())]).entries
    return entry


@pytest.mark.parametrize(
    ("cell", "original", "code", "note"),
    [
        ("37.00(CNY)", None, "", ""),
        ("41.00(HKD)", "-41.00", "HKD", ""),
        ("41.00（港币）", "-41.00", "HKD", ""),
        ("-", None, "", ""),
        ("见附页", None, "", "见附页"),
    ],
)
def test_the_original_amount(cell: str, original: str | None, code: str, note: str) -> None:
    entry = _bill(cell)
    expected = None if original is None else Decimal(original)
    assert (entry.amount, entry.original) == (Decimal("-37.00"), expected)
    assert (entry.original_currency, entry.note) == (code, note)


def test_the_card_stands_beside_its_label() -> None:
    row = "1,2026/03/02  09:00:01,取款,,5.00,9.00,,"
    text = f"账号,6217920000001875,账户类型,借记卡\n{DEBIT}\n{row}\n"
    (entry,) = read([Source("spdb.csv", text.encode())]).entries
    assert (entry.card, str(entry.occurred_at)) == ("1875", "2026-03-02 09:00:01+08:00")


def test_times_without_seconds_tell_of_a_spreadsheet() -> None:
    text = f"{DEBIT}\n1,2026/3/2 9:00,取款,,5.00,9.00,,\n"
    (statement,) = read([Source("spdb.csv", text.encode())]).statements
    assert len(statement.warnings) == 1
    assert "没有秒" in statement.warnings[0].zh
