"""Payoneer's dates, its two columns of money, its balances, and how a report is known."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from makewhole.errors import UnknownLayout
from makewhole.records import Entry, Kind, Movement, Statement
from makewhole.statements import Source, read

LIST = (
    "Transaction Date,Transaction Time,Time Zone,Transaction ID,Description,Credit Amount,"
    "Debit Amount,Currency,Status,Running Balance"
)
REPORT = "Date,Description,Amount,Currency,Status,Transaction ID"


def row(
    day: str = "01/31/2026",
    *,
    said: str = "Card charge (LUME)",
    money: str = ",5.00",
    status: str = "Completed",
    balance: str = "",
) -> str:
    return f"{day},10:00:00,UTC,7,{said},{money},USD,{status},{balance}"


def reading(
    rows: Sequence[str], header: str = LIST, dates: str = ""
) -> tuple[Statement, list[Entry]]:
    table = read([Source("p.csv", "\n".join([header, *rows, ""]).encode())], dates=dates)
    return table.statements[0], sorted(table.entries, key=lambda entry: entry.line)


@pytest.mark.parametrize(
    ("days", "said", "first"),
    [
        (["05/03/2021", "05/03/2021"], "", "2021-05-03"),
        (["05/03/2021", "05/03/2021"], "dmy", "2021-03-05"),
        (["01/02/2021", "05/01/2021", "03/03/2021"], "", "2021-01-02"),
        (["31/01/2021", "05/03/2021"], "", "2021-01-31"),
        (["2021-01-31", "2021-03-05"], "", "2021-01-31"),
        (["5 Mar, 2021", "6 Mar, 2021"], "", "2021-03-05"),
    ],
)
def test_the_month_leads_where_the_file_allows_it(days: list[str], said: str, first: str) -> None:
    _statement, entries = reading([row(f'"{day}"') for day in days], dates=said)
    assert entries[0].occurred_on.isoformat() == first


def test_a_file_that_mixes_orders_is_refused() -> None:
    statement, entries = reading([row("31/01/2021"), row("01/31/2021")])
    assert not entries
    assert "mixes different orders" in statement.refused[0].reason.en


@pytest.mark.parametrize(
    ("money", "amount"), [(",5.00", "-5.00"), ("5.00,", "5.00"), ("0.00,5.00", "-5.00")]
)
def test_credit_comes_and_debit_goes(money: str, amount: str) -> None:
    _statement, (entry,) = reading([row(money=money)])
    assert entry.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("money", "reason"), [(",", "neither the credit nor"), ("1.00,1.00", "both the credit and")]
)
def test_a_row_with_both_or_neither_is_refused(money: str, reason: str) -> None:
    statement, entries = reading([row(money=money)])
    assert not entries
    assert reason in statement.refused[0].reason.en


@pytest.mark.parametrize(
    ("status", "movement"),
    [
        ("Completed", "left"),
        ("Pending", "undecided"),
        ("In Process", "undecided"),
        ("Cancelled", "nothing"),
        ("Declined", "nothing"),
        ("Returned", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_status_decides_what_moved(status: str, movement: str) -> None:
    _statement, (entry,) = reading([row(status=status)])
    assert entry.movement is Movement(movement)


@pytest.mark.parametrize(
    ("said", "out", "into"),
    [
        ("Card charge (LUME)", "payment", "refund"),
        ("Payment from eBay", "other", "income"),
        ("Payment to Tomas", "payment", "refund"),
        ("Withdrawal to BANK (4410)", "withdrawal", "other"),
        ("ATM withdrawal", "payment", "refund"),
        ("Withdrawal fee", "fee", "fee"),
        ("Transfer between balances - to EUR from USD", "conversion", "conversion"),
        ("Refund of a charge", "other", "refund"),
        ("Moonlight", "other", "other"),
    ],
)
def test_the_description_says_what_sort_of_row_it_is(said: str, out: str, into: str) -> None:
    _statement, entries = reading([row(said=said), row(said=said, money="5.00,")])
    assert [entry.kind for entry in entries] == [Kind(out), Kind(into)]


def test_a_balance_that_does_not_follow_is_one_warning() -> None:
    rows = [
        row(balance="100.00"),
        row(balance="95.00"),
        row(status="Declined", balance=""),
        row(balance="80.00"),
    ]
    statement, _entries = reading(rows)
    (warning,) = statement.warnings
    assert "from line 5 on the balance does not follow" in warning.en
    assert "第 5 行" in warning.zh


@pytest.mark.parametrize(
    ("line", "claimed"),
    [
        ('"28 May, 2026",Payment from eBay,5.00,USD,Completed,7', True),
        ("28-May-2026,Card charge (LUME),-5.00,USD,Completed,7", True),
        ("28/05/2026,Payment from eBay,5.00,USD,Completed,7", False),
        ('"28 May, 2026",Salary,5.00,USD,Completed,7', False),
    ],
)
def test_a_report_is_known_by_its_dates_and_words(line: str, *, claimed: bool) -> None:
    if not claimed:
        with pytest.raises(UnknownLayout):
            reading([line], REPORT)
        return
    statement, entries = reading([line], REPORT)
    assert (statement.layout, len(entries)) == ("report", 1)
