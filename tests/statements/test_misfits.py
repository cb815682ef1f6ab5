"""Rows that could be read, and warnings that say what to look at."""

import pytest

from makewhole.records import Entry, Kind, Movement, Side, Statement
from makewhole.statements import Layout, Source
from makewhole.statements.layout import Line
from makewhole.statements.table import lay_together
from makewhole.statements.values import day, money, number, words

HEADER = "Date,Number,Payee,Amount,Note\n"
ROWS = (
    "2026-03-02,70011,Tea House,-18.00,tea\n",
    "2026-03-05,70012,Bicycles,-12.50,\n",
    "2026-03-09,70013,Tea House,18.00,back\n",
)


def _row(line: Line) -> Entry:
    return line.entry(
        occurred_on=day(line["date"]),
        amount=money(line["amount"]),
        currency="EUR",
        movement=Movement.LEFT,
        kind=Kind.PAYMENT,
        counterparty=words(line["payee"]),
        reference=number(line["number"]),
    )


LAYOUT = Layout(
    provider="toybank",
    name="current",
    side=Side.BANK,
    columns={
        "date": ("Date",),
        "number": ("Number",),
        "payee": ("Payee",),
        "amount": ("Amount",),
    },
    optional={"note": ("Note",)},
    row=_row,
    anchor="date",
)


def statement(text: str) -> Statement:
    return lay_together(LAYOUT.read(Source("toy.csv", text.encode()))).statements[0]


def warnings(text: str) -> list[str]:
    return [warning.en for warning in statement(text).warnings]


def test_rows_as_they_should_be_give_no_warning() -> None:
    assert not warnings(HEADER + "".join(ROWS))
    assert not warnings("Toy Bank\n" + HEADER + "".join(ROWS) + "End, of 3 rows\n7 of 7\n")


@pytest.mark.parametrize(
    ("odd", "line"),
    [
        ("2026-03-10,70014,Bicycles,-7.00\n", 5),
        ("2026-03-10,70014,Bicycles,-7.00,,\n", 5),
    ],
)
def test_a_row_of_another_width_is_named(odd: str, line: int) -> None:
    (warning,) = warnings(HEADER + "".join(ROWS) + odd)
    assert warning.startswith(f"line {line}: not as many cells as the other rows")


def test_a_row_alone_is_measured_by_the_header() -> None:
    (warning,) = warnings(HEADER + "2026-03-10,70014,Bicycles,-7.00\n")
    assert warning.startswith("line 2: not as many cells")


def test_rows_that_are_all_shorter_than_the_header_are_as_they_are() -> None:
    assert not warnings(HEADER + "".join(row.rpartition(",")[0] + "\n" for row in ROWS))


def test_a_row_above_the_header_is_named() -> None:
    (warning,) = warnings("Toy Bank\n" + ROWS[0] + HEADER + "".join(ROWS))
    assert warning.startswith("line 2: above the header, but like a transaction")


@pytest.mark.parametrize("half", ["2026-0", '"2026-03-10,70014,Bicy'])
def test_a_file_that_breaks_off_within_a_row_is_named(half: str) -> None:
    (warning,) = warnings(HEADER + "".join(ROWS) + half)
    assert warning.startswith("line 5: like half a row")


def test_a_date_alone_is_a_row_and_refused() -> None:
    read = statement(HEADER + "".join(ROWS) + "2026-03-10")
    assert [refusal.line for refusal in read.refused] == [5]


def test_rows_within_an_open_quote_are_named() -> None:
    swallowed = '2026-03-10,70014,Bicycles,-7.00,"see\n2026-03-11,70015,Tea\n"\n'
    read = statement(HEADER + swallowed + "".join(ROWS))
    assert read.stored == 4
    (warning,) = read.warnings
    assert warning.en.startswith("line 2: a cell of several lines seems to hold further")


def test_a_note_of_several_lines_is_no_harm() -> None:
    note = '2026-03-10,70014,Bicycles,-7.00,"bell, and\ntwo tubes"\n'
    assert not warnings(HEADER + note + "".join(ROWS))


def test_a_heading_that_stands_twice_over_other_cells_is_named() -> None:
    rows = "".join(f"{row.strip()},{at}\n" for at, row in enumerate(ROWS))
    (warning,) = warnings(HEADER.strip() + ",Amount\n" + rows)
    assert warning.startswith("the column “Amount” stands more than once with different cells")


def test_a_heading_that_stands_twice_over_the_same_cells_is_no_harm() -> None:
    rows = "".join(f"{row.strip()},{row.split(',')[3]}\n" for row in ROWS)
    assert not warnings(HEADER.strip() + ",Amount\n" + rows)


def test_a_heading_over_the_wrong_cells_is_named() -> None:
    read = statement("Date,Payee,Number,Amount,Note\n" + "".join(ROWS))
    assert read.stored == 3
    (warning,) = read.warnings
    assert warning.en.startswith("the column “Number” does not hold what its heading says")


def test_amounts_and_dates_under_other_headings_refuse_the_rows() -> None:
    for header in ("Date,Number,Amount,Payee,Note\n", "Payee,Number,Date,Amount,Note\n"):
        assert len(statement(header + "".join(ROWS)).refused) == 3


def test_a_table_without_rows_says_so() -> None:
    (warning,) = warnings(HEADER + "Tea House,70011\n")
    assert warning.startswith("no transaction was found below the header; 1 lines with figures")
    assert not warnings(HEADER)
