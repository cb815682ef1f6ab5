"""Cash App's statuses and types, its three amounts, its zones and its own card."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from makewhole.records import Entry, Kind, Movement, Statement
from makewhole.statements import Source, read

HEADER = (
    "Transaction ID,Date,Transaction Type,Currency,Amount,Fee,Net Amount,Asset Type,Asset Price,"
    "Asset Amount,Status,Notes,Name of sender/receiver,Account"
)


def row(
    word: str = "Sent P2P",
    status: str = "PAYMENT SENT",
    *,
    day: str = "2025-07-02 10:00:00 EDT",
    money: str = "-$5,$0,-$5",
    account: str = "Visa Debit 4410",
) -> str:
    return f"t1,{day},{word},USD,{money},,,,{status},tea,Ilse,{account}"


def reading(rows: Sequence[str], header: str = HEADER) -> tuple[Statement, list[Entry]]:
    table = read([Source("c.csv", "\n".join([header, *rows, ""]).encode())])
    return table.statements[0], sorted(table.entries, key=lambda entry: entry.line)


@pytest.mark.parametrize(
    ("word", "status", "out", "into"),
    [
        ("Sent P2P", "PAYMENT SENT", "left", "arrived"),
        ("Received P2P", "PAYMENT DEPOSITED", "left", "arrived"),
        ("Cash in", "TRANSFER DEPOSITED", "left", "arrived"),
        ("Cash Card Debit", "CARD CHARGED", "left", "arrived"),
        ("Bitcoin Buy", "COMPLETE", "left", "arrived"),
        ("Sent P2P", "PAYMENT REFUNDED", "left_and_returned", "arrived"),
        ("Sent P2P", "PAYMENT REVERSED", "left_and_returned", "arrived"),
        ("Received P2P", "PAYMENT REFUNDED", "left", "nothing"),
        ("P2P", "REFUNDED", "left_and_returned", "unknown"),
        ("Sent P2P", "PAYMENT FAILED", "nothing", "nothing"),
        ("P2P", "CANCELED", "nothing", "nothing"),
        ("Cash Card Debit", "CARD DECLINED", "nothing", "nothing"),
        ("Withdrawal", "PENDING", "undecided", "undecided"),
        ("Sent P2P", "PAYMENT WONDERED", "unknown", "unknown"),
        ("Sent P2P", "", "unknown", "unknown"),
    ],
)
def test_the_last_word_of_the_status_decides(word: str, status: str, out: str, into: str) -> None:
    _statement, entries = reading([row(word, status), row(word, status, money="$5,$0,$5")])
    assert [entry.movement for entry in entries] == [Movement(out), Movement(into)]


@pytest.mark.parametrize(
    ("word", "out", "into"),
    [
        ("Sent P2P", "payment", "refund"),
        ("Received P2P", "payment", "income"),
        ("Cash Card", "payment", "refund"),
        ("ATM Withdrawal", "payment", "refund"),
        ("Cash out", "withdrawal", "other"),
        ("Cash in", "other", "top_up"),
        ("Bitcoin Recurring Buy", "conversion", "conversion"),
        ("Stock Sell", "conversion", "conversion"),
        ("Bitcoin Boost", "other", "income"),
        ("Savings Internal Transfer", "own_transfer", "own_transfer"),
        ("Deposits", "other", "other"),
    ],
)
def test_the_type_says_what_sort_of_row_it_is(word: str, out: str, into: str) -> None:
    _statement, entries = reading([row(word), row(word, money="$5,$0,$5")])
    assert [entry.kind for entry in entries] == [Kind(out), Kind(into)]


@pytest.mark.parametrize(
    ("money", "amount", "fee", "warnings"),
    [
        ("-$48.88,-$1.12,-$50.00", "-50.00", "1.12", 0),
        ("-$200,-$3.00,-$197", "-200", "3", 0),
        ("$20,-$0.50,$19.50", "20", "0.50", 0),
        ("-$20,$0,", "-20", None, 0),
        (",$0,-$20", "-20", None, 0),
        ("-$20,-$1,-$25", "-25", None, 1),
        ("-$20,$0,$20", "20", None, 1),
    ],
)
def test_what_moved_is_the_larger_of_amount_and_net(
    money: str, amount: str, fee: str | None, warnings: int
) -> None:
    statement, (entry,) = reading([row("Cash out", "TRANSFER SENT", money=money)])
    assert entry.amount == Decimal(amount)
    assert entry.fee == (Decimal(fee) if fee else None)
    assert len(statement.warnings) == warnings


@pytest.mark.parametrize("money", ["tea,$0,-$5", "-$5,$0,tea", "-$5,tea,-$5", ",$0,"])
def test_a_row_whose_figures_cannot_be_read_is_refused(money: str) -> None:
    statement, entries = reading([row(money=money), row()])
    if money == "-$5,tea,-$5":
        assert [entry.amount for entry in entries] == [Decimal(-5), Decimal(-5)]
        return
    assert [refusal.line for refusal in statement.refused] == [2]
    assert "not an amount" in statement.refused[0].reason.en


@pytest.mark.parametrize(("zone", "hour"), [("EDT", 14), ("PST", 18), ("CST", 16), ("UTC", 10)])
def test_moments_are_in_the_zone_that_the_row_names(zone: str, hour: int) -> None:
    _statement, (entry,) = reading([row(day=f"2025-01-02 10:00:00 {zone}")])
    assert entry.occurred_at is not None
    assert entry.occurred_at.astimezone(UTC) == datetime(2025, 1, 2, hour, tzinfo=UTC)


@pytest.mark.parametrize("day", ["2025-01-02", "2025-01-02 10:00:00"])
def test_without_a_zone_the_day_remains(day: str) -> None:
    statement, (entry,) = reading([row(day=day)])
    assert (entry.occurred_on.isoformat(), entry.occurred_at) == ("2025-01-02", None)
    assert not statement.warnings


@pytest.mark.parametrize(
    ("word", "status", "funding", "note"),
    [
        ("Cash Card Debit", "CARD CHARGED", "Cash Card", "Visa Debit 4410"),
        ("", "CARD CHARGED", "Cash Card", "Visa Debit 4410"),
        ("Boost Payment", "CARD REFUNDED", "Cash Card", "Visa Debit 4410"),
        ("Sent P2P", "PAYMENT SENT", "Visa Debit 4410", ""),
        ("Direct Deposit", "CARD CHARGED", "Visa Debit 4410", ""),
    ],
)
def test_the_cash_card_is_no_source_of_money(
    word: str, status: str, funding: str, note: str
) -> None:
    _statement, (entry,) = reading([row(word, status)])
    assert (entry.funding, entry.note) == (funding, note)


def test_a_row_of_the_cash_card_without_a_type_is_a_payment() -> None:
    _statement, (entry,) = reading([row("", "CARD CHARGED")])
    assert entry.kind is Kind.PAYMENT


def test_a_currency_that_is_none_is_refused() -> None:
    statement, entries = reading([row().replace("USD", "DOGE")])
    assert not entries
    assert "unknown currency: 'DOGE'" in statement.refused[0].reason.en
