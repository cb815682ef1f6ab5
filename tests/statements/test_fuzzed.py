"""What damaged files have taught: a figure outside the rows never ends a reading."""

import time
from collections.abc import Callable, Iterable, Iterator

import pytest

from makewhole.errors import UnknownLayout, UnreadableFile
from makewhole.records import Declared, Kind, Movement, Side, Text
from makewhole.statements import Source, read, recognise
from makewhole.statements.dates import day_in
from makewhole.statements.habits import OPEN_DATES
from makewhole.statements.indian_banks import facts
from makewhole.statements.layout import Layout
from makewhole.statements.own_tables import COLUMNS
from makewhole.statements.preamble import chinese_facts
from makewhole.statements.values import Refused, count, day, money
from makewhole.statements.western_banks import abroad
from tests.statements import made

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
        ("line", "-3", 0),
        ("line", "0", 0),
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


def test_a_cell_of_two_amounts_is_refused_alone() -> None:
    cells = ("12.00", '"1.00\n2.00"', "3.00")
    rows = [made.row(number, amount=amount) for number, amount in enumerate(cells)]
    statement = read([Source("a.csv", made.export(rows))]).statements[0]
    assert (statement.stored, len(statement.refused)) == (2, 1)


def _toy(*, about: Callable[[str], Declared], doubts: Callable[..., Iterable[Text]]) -> Layout:
    return Layout(
        provider="toy",
        name="toy",
        side=Side.BANK,
        columns={"on": ("Date",), "amount": ("Amount",), "note": ("Note",)},
        row=lambda line: line.entry(
            occurred_on=day(line["on"]),
            amount=money(line["amount"]),
            currency="EUR",
            movement=Movement.LEFT,
            kind=Kind.PAYMENT,
        ),
        about=about,
        doubts=doubts,
        anchor="on",
    )


def test_figures_around_the_rows_do_not_stop_them() -> None:
    def about(notes: str) -> Declared:
        return Declared(rows=int(money(notes)))

    def doubts(_lines: object) -> Iterator[Text]:
        yield Text("一", "one")
        money("12,3,4")

    source = Source("a.csv", b"what\nDate,Amount,Note\n2025-01-01,-5.00,x\n")
    draft = _toy(about=about, doubts=doubts).read(source)[0]
    assert len(draft.entries) == 1
    assert (draft.declared, draft.warnings) == (Declared(), [Text("一", "one")])


def test_an_order_that_could_not_be_told_refuses_with_its_reason() -> None:
    with pytest.raises(Refused, match="cannot tell"):
        day_in("3/4/2025", OPEN_DATES)


def test_a_declared_encoding_that_no_parser_knows_is_broken_xml() -> None:
    text = '<?xml version="1.0" encoding="big5hkscs"?><Document><BkToCstmrStmt/></Document>'
    with pytest.raises(UnreadableFile):
        read([Source("a.xml", text.encode())])


@pytest.mark.parametrize("words", ["Account", "Transactions List", "起始日期", "日期区间"])
def test_a_run_of_blanks_costs_no_more_than_its_length(words: str) -> None:
    began = time.process_time()
    for read_facts in (facts, chinese_facts):
        read_facts(words + " " * 20_000 + "x")
    assert time.process_time() - began < 5
