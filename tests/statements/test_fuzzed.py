"""What damaged files have taught: a figure outside the rows never ends a reading."""

import time

import pytest

from makewhole.errors import UnknownLayout
from makewhole.statements import Source, read, recognise
from makewhole.statements.own_tables import COLUMNS
from makewhole.statements.values import count
from makewhole.statements.western_banks import abroad

ENDLESS = "7" * 4400


@pytest.mark.parametrize(
    ("stated", "number"), [("12", 12), ("", None), ("-1", None), ("²", None), (ENDLESS, None)]
)
def test_a_count_is_short_and_of_digits(stated: str, number: int | None) -> None:
    assert count(stated) == number


def test_a_summary_of_camt_may_state_anything() -> None:
    text = (
        "<Document><BkToCstmrStmt><Stmt><TxsSummry><TtlNtries>"
        f"<NbOfNtries>{ENDLESS}</NbOfNtries></TtlNtries></TxsSummry></Stmt></BkToCstmrStmt>"
        "</Document>"
    )
    assert read([Source("a.xml", text.encode())]).statements[0].declared.totals[0].count is None


def test_a_header_that_ends_with_a_bare_return_is_looked_at() -> None:
    with pytest.raises(UnknownLayout):
        recognise(Source("a.csv", b"Date,Amount\r2025-01-01,5.00\r"))


def test_a_foreign_amount_without_a_currency_is_a_note() -> None:
    assert abroad("37.00") == {"note": "37.00"}


@pytest.mark.parametrize(
    ("column", "value", "stored"),
    [
        ("currency", "CNY", 1),
        ("currency", "-", 0),
        ("occurred_at", "2025-01-01T08:00:00+08:00", 1),
        ("occurred_at", "2025-01-01T08:00:00", 0),
    ],
)
def test_our_own_table_has_codes_and_zones(column: str, value: str, stored: int) -> None:
    cells = dict.fromkeys(COLUMNS, "")
    cells |= {"file": "a.csv", "sha256": "ab", "provider": "cmb", "side": "bank", "line": "3"}
    cells |= {"occurred_on": "2025-01-01", "amount": "-5", "movement": "left", "kind": "payment"}
    row = {**cells, "currency": "EUR", column: value}
    text = ",".join(COLUMNS) + "\n" + ",".join(row.values()) + "\n"
    statement = read([Source("rows.csv", text.encode())]).statements[0]
    assert (statement.stored, len(statement.refused)) == (stored, 1 - stored)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ofx", "<OFX><STMTRS><CURDEF>EUR<STMTTRN><DTPOSTED>20250101<TRNAMT>{}x</STMTTRN></OFX>"),
        ("a.qif", "!Account\nT{}x\n^\n!Type:Bank\nD13/1/2025\nT{}x\n^\n"),
        ("a.sta", ":25:1\n:60F:C250101EUR1,\n:61:250101C{}x\n:62F:C250101EUR1,\n"),
    ],
)
def test_an_endless_figure_costs_no_more_than_its_length(name: str, text: str) -> None:
    data = text.replace("{}", "7" * 200_000).encode()
    began = time.process_time()
    statement = read([Source(name, data)], currency="EUR").statements[-1]
    assert statement.stored == 0
    assert time.process_time() - began < 5
