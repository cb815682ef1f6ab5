"""Venmo's statuses, its rows that are no payments, its balances and its headings."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from makewhole.records import Entry, Kind, Movement, Statement
from makewhole.statements import Source, read

HEADER = (
    ",ID,Datetime,Type,Status,Note,From,To,Amount (total),Amount (fee),Funding Source,Destination,"
    "Beginning Balance,Ending Balance,Statement Period Venmo Fees,Disclaimer"
)
OPENING = ",,,,,,,,,,,,$100.00,,,"
CLOSING = ",,,,,,,,,,,,,{},$0.00,Questions? Call us."


def row(
    number: int = 1,
    *,
    word: str = "Payment",
    status: str = "Complete",
    amount: str = "- $5.00",
    fee: str = "",
    source: str = "Venmo balance",
    target: str = "",
) -> str:
    people = "Dana,Ilse" if amount.startswith("-") else "Ilse,Dana"
    start = f",{number},2024-05-0{number}T10:00:00,{word},{status},tea,{people}"
    return f"{start},{amount},{fee},{source},{target},,,,"


def reading(rows: Sequence[str], header: str = HEADER) -> tuple[Statement, list[Entry]]:
    table = read([Source("v.csv", "\n".join([header, *rows, ""]).encode())])
    return table.statements[0], sorted(table.entries, key=lambda entry: entry.line)


@pytest.mark.parametrize(
    ("word", "status", "out", "into"),
    [
        ("Payment", "Complete", "left", "arrived"),
        ("Charge", "Issued", "nothing", "nothing"),
        ("Payment", "Issued", "undecided", "undecided"),
        ("Payment", "Pending", "undecided", "undecided"),
        ("Payment", "Cancelled", "nothing", "nothing"),
        ("Payment", "Canceled", "nothing", "nothing"),
        ("Instant Transfer", "Failed", "nothing", "nothing"),
        ("Standard Transfer", "Issued", "left", "undecided"),
        ("Payment", "Reversed", "unknown", "unknown"),
        ("Payment", "", "unknown", "unknown"),
    ],
)
def test_status_type_and_sign_decide_what_moved(
    word: str, status: str, out: str, into: str
) -> None:
    rows = [row(word=word, status=status), row(2, word=word, status=status, amount="+ $5.00")]
    _statement, entries = reading(rows)
    assert [entry.movement for entry in entries] == [Movement(out), Movement(into)]


@pytest.mark.parametrize(
    ("word", "out", "into"),
    [
        ("Payment", "payment", "income"),
        ("Merchant Transaction", "payment", "refund"),
        ("Venmo Card Transaction", "payment", "refund"),
        ("Standard Transfer", "withdrawal", "other"),
        ("Instant Add Funds", "other", "top_up"),
        ("Refund", "other", "refund"),
        ("Gift Wrapping", "other", "other"),
    ],
)
def test_the_type_says_what_sort_of_row_it_is(word: str, out: str, into: str) -> None:
    _statement, entries = reading([row(word=word), row(2, word=word, amount="+ $5.00")])
    assert [entry.kind for entry in entries] == [Kind(out), Kind(into)]


def test_of_a_charge_the_one_who_asks_comes_first() -> None:
    asked = ",1,2024-05-01T10:00:00,Charge,Complete,tea,Dana,Ilse,+ $5.00,,,Venmo balance,,,,"
    paid = ",2,2024-05-02T10:00:00,Charge,Complete,tea,Ilse,Dana,- $5.00,,Visa *1234,,,,,"
    _statement, entries = reading([asked, paid])
    assert [entry.counterparty for entry in entries] == ["Ilse", "Ilse"]
    assert [entry.funding for entry in entries] == ["Venmo balance", "Visa *1234"]


def test_rows_of_the_statement_itself_are_no_payments() -> None:
    rows = [OPENING, row(), row(2, amount="- $7.00", source="Visa *1234"), CLOSING.format("$95.00")]
    statement, entries = reading(rows)
    assert (statement.rows, len(entries), statement.refused) == (2, 2, ())
    assert not statement.warnings


def test_a_closing_balance_that_the_rows_do_not_reach_is_a_warning() -> None:
    statement, _entries = reading([OPENING, row(), CLOSING.format('"$1,090.00"')])
    (warning,) = statement.warnings
    assert "100.00 the rows lead to 95.00, the statement closes with 1090.00" in warning.en
    assert "应是 95.00" in warning.zh


def test_an_amount_parted_by_its_thousands_separator_is_read_whole() -> None:
    statement, _entries = reading(
        [OPENING.replace("$100.00", "$1,100.00"), row(), CLOSING.format("$1,095.00")]
    )
    assert not statement.warnings


def test_where_a_row_does_not_name_its_source_balances_are_not_compared() -> None:
    statement, _entries = reading([OPENING, row(source=""), CLOSING.format("$3.00")])
    assert not statement.warnings


def test_fees_that_do_not_add_up_are_a_warning() -> None:
    transfer = row(word="Instant Transfer", amount="- $50.00", fee="- $0.88", target="Visa *1234")
    statement, entries = reading([OPENING, transfer, CLOSING.format("$50.00")])
    assert entries[0].fee == Decimal("0.88")
    (warning,) = statement.warnings
    assert warning.en == (
        "Statement Period Venmo Fees: the export declares ? rows 0.00, its rows give 1 rows 0.88"
    )


def test_a_row_without_a_number_that_has_an_amount_is_no_row_of_the_statement() -> None:
    statement, entries = reading([row(), ",,someday,Payment,Complete,,Dana,Ilse,- $4.00,,,,,,,"])
    assert len(entries) == 1
    assert [refusal.line for refusal in statement.refused] == [3]


def test_the_least_columns_that_importers_know_are_enough() -> None:
    header = "Transaction ID,Datetime,Type,Status,Note,From,To,Amount (total)"
    title = "Account Statement - (@dana-r) - January 2026\n\n"
    statement, entries = reading(
        ["6001,2026-01-02T10:00:00,Payment,Complete,hair,Dana,Ilse,- $35.00"], title + header
    )
    assert (statement.layout, entries[0].account) == ("activity", "venmo:dana-r")
    declared = statement.declared
    assert (str(declared.starts_on), str(declared.ends_on)) == ("2026-01-01", "2026-01-31")


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("March 27th to June 26th 2021", "2021-03-27", "2021-06-26"),
        ("December 5th to January 4th 2024", "2023-12-05", "2024-01-04"),
        ("Jul 1 2026 to Sep 30 2026", "2026-07-01", "2026-09-30"),
        ("Floreal 3rd to Prairial 4th 2024", "None", "None"),
    ],
)
def test_the_title_names_the_period(title: str, first: str, last: str) -> None:
    statement, _entries = reading([row()], f"Account Statement - (@dana) - {title} ,,\n{HEADER}")
    declared = statement.declared
    assert (str(declared.starts_on), str(declared.ends_on)) == (first, last)


BUSINESS = "Transaction ID,Date,Time (UTC),Type,Status,From,To,Amount (total)"


@pytest.mark.parametrize(("said", "day"), [("mdy", "2025-02-01"), ("dmy", "2025-01-02")])
def test_open_dates_of_the_business_export_wait_for_the_person(said: str, day: str) -> None:
    line = "1,02/01/2025,10:00:00,Payment,Complete,Ilse,Shop,+ $5.00"
    source = Source("b.csv", f"{BUSINESS}\n{line}\n".encode())
    refused = read([source]).statements[0].refused
    assert "cannot tell whether dates are day/month" in refused[0].reason.en
    assert read([source], dates=said).entries[0].occurred_on.isoformat() == day
