"""ABC: packed times that a spreadsheet shortened, log numbers that say nothing."""

from datetime import datetime

import pytest

from makewhole.statements import Source, read
from makewhole.statements.values import BEIJING

APP = "交易日期,交易时间,交易摘要,交易金额,本次余额,对手信息,日 志 号"


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ("123456", datetime(2026, 3, 2, 12, 34, 56, tzinfo=BEIJING)),
        ("93000", datetime(2026, 3, 2, 9, 30, tzinfo=BEIJING)),
        ("12:34:56", datetime(2026, 3, 2, 12, 34, 56, tzinfo=BEIJING)),
        ("0", datetime(2026, 3, 2, tzinfo=BEIJING)),
        ("", None),
        ("--", None),
    ],
)
def test_times_without_separators(cell: str, at: datetime | None) -> None:
    text = f"{APP}\n20260302,{cell},转存,+5.00,9.00,店,369396693\n"
    (entry,) = read([Source("abc.csv", text.encode())]).entries
    assert entry.occurred_at == at


def test_an_impossible_time_is_refused() -> None:
    text = f"{APP}\n20260302,256199,转存,+5.00,9.00,店,369396693\n"
    (statement,) = read([Source("abc.csv", text.encode())]).statements
    assert (statement.rows, statement.stored) == (1, 0)


@pytest.mark.parametrize(("log", "reference"), [("369396693", "369396693"), ("0000000000", "")])
def test_a_log_number_of_zeros_is_none(log: str, reference: str) -> None:
    text = f"{APP}\n20260302,,结息,+5.00,9.00,--,{log}\n"
    (entry,) = read([Source("abc.csv", text.encode())]).entries
    assert (entry.reference, entry.counterparty) == (reference, "")
