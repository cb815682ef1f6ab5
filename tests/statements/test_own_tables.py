"""Our own tables: inert for every spreadsheet program, and read back as what they were."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from makewhole.errors import BadRequest, UnreadableFile
from makewhole.records import Entry, Kind, Movement, Side
from makewhole.statements import Draft, Source, read
from makewhole.statements.own_tables import COLUMNS, csv_bytes, inert, plain, xlsx_bytes
from makewhole.statements.table import lay_together

_EDGES = st.sampled_from(
    [*"=+-@'\"\\,;|\t\r\n _", "＝", "'=1", ",=1", '"=1', "_x0041_", "\0", "20260302220014000001"]
)
TEXTS = st.lists(st.one_of(_EDGES, st.text(max_size=5)), max_size=6).map("".join)
MONEY = (
    st.decimals(min_value=-(10**13), max_value=10**13, places=2)
    | st.decimals(min_value=-1000, max_value=1000, places=0, allow_nan=False)
    | st.decimals(min_value=-1, max_value=1, places=9)
)
MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001
    max_value=datetime(2090, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-3.5))]),
)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1))
ENTRIES = st.builds(
    Entry,
    file=TEXTS, sha256=st.just("ab" * 32), line=st.integers(1, 10**6), page=st.integers(0, 9),
    provider=st.sampled_from(["alipay", "cmb"]), side=st.sampled_from(Side), account=TEXTS,
    card=TEXTS, occurred_on=DAYS, occurred_at=st.none() | MOMENTS, booked_on=st.none() | DAYS,
    amount=MONEY, currency=st.sampled_from(["CNY", "EUR"]), direction_word=TEXTS,
    status_word=TEXTS, movement=st.sampled_from(Movement), kind=st.sampled_from(Kind),
    counterparty=TEXTS, description=TEXTS, reference=TEXTS, merchant_reference=TEXTS,
    funding=TEXTS, note=TEXTS, refunded=st.none() | MONEY, fee=st.none() | MONEY,
    original=st.none() | MONEY, original_currency=TEXTS,
)  # fmt: skip
PLAIN = Entry(
    file="alipay.csv",
    sha256="ab" * 32,
    line=7,
    provider="alipay",
    side=Side.WALLET,
    account="alipay:x",
    occurred_on=date(2026, 3, 2),
    amount=Decimal("-9.90"),
    currency="CNY",
    movement=Movement.LEFT,
    kind=Kind.PAYMENT,
)
WRITERS = {"csv": csv_bytes, "xlsx": xlsx_bytes}


def laid(entries: Sequence[Entry]) -> list[Entry]:
    """The entries as a reading has them, with their ids."""
    sides = {(each.provider, each.side) for each in entries}
    return lay_together(
        Draft(
            file="x",
            sha256="cd" * 32,
            provider=provider,
            layout="toy",
            side=side,
            encoding="utf-8",
            entries=[each for each in entries if (each.provider, each.side) == (provider, side)],
            refused=[],
        )
        for provider, side in sorted(sides)
    ).entries


def again(entries: Sequence[Entry], form: str) -> list[Entry]:
    return read([Source(f"out.{form}", WRITERS[form](entries))]).entries


@pytest.mark.parametrize("form", WRITERS)
@settings(max_examples=60, deadline=None)
@given(entries=st.lists(ENTRIES, min_size=1, max_size=4))
def test_what_is_written_reads_back_unchanged(form: str, entries: list[Entry]) -> None:
    written = laid(entries)
    assert again(written, form) == written


@pytest.mark.parametrize("form", WRITERS)
def test_rows_that_look_alike_keep_their_ids_in_any_order(form: str) -> None:
    entries = [replace(PLAIN, line=line, file=f"{line % 2}.csv") for line in range(1, 8)]
    entries += [
        replace(PLAIN, reference="A1", status_word=word, line=9) for word in ("paid", "back", "x")
    ]
    written = laid(entries)
    assert len({entry.id for entry in written}) == 10
    for order in (written, written[::-1]):
        assert again(order, form) == written


@pytest.mark.parametrize("form", WRITERS)
def test_amounts_keep_each_digit(form: str) -> None:
    amounts = [
        "-9.90",
        "0.00",
        "-0.000000001",
        "1234567890123.45",
        "-9999999999999.99",
        "100",
        "1E+1",
    ]
    written = laid([replace(PLAIN, amount=Decimal(text), line=7) for text in amounts])
    read_back = again(written, form)
    assert [f"{entry.amount:f}" for entry in read_back] == [f"{each.amount:f}" for each in written]


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_a_text_is_inert_and_comes_back(text: str) -> None:
    for number_like in (False, True):
        cell = inert(text, number_like=number_like)
        assert plain(cell) == text
        assert not re.search(r'(^|[,;|"\t\r\n])\s*[=+\-@\t\r\n＝＋－＠]', cell)
        assert not (number_like and re.fullmatch(r"[\d.,:/eE+-]*\d[\d.,:/eE+-]*", cell))


def test_a_table_has_numbers_as_numbers_and_numbers_of_orders_as_text() -> None:
    entry = replace(PLAIN, reference="20260302220014000001", card="0123", note="=1+1")
    header, row = csv.reader(io.StringIO(csv_bytes([entry]).decode("utf-8-sig")))
    told = dict(zip(header, row, strict=True))
    assert header == list(COLUMNS)
    assert (told["amount"], told["decimals"]) == ("-9.90", "amount:2")
    assert (told["reference"], told["card"]) == ("'20260302220014000001", "'0123")
    assert told["note"] == "'=1+1"
    (grid,) = Source("x", xlsx_bytes([entry])).grids
    told = dict(zip(*(cells for _line, cells in grid.rows), strict=True))
    assert (told["amount"], told["reference"], told["note"]) == (
        "-9.9",
        "20260302220014000001",
        "'=1+1",
    )


def test_a_workbook_holds_no_formula() -> None:
    entry = replace(PLAIN, note="=1+1", description='x";=cmd', counterparty="@SUM(A1)")
    import zipfile

    with zipfile.ZipFile(io.BytesIO(xlsx_bytes([entry]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert (
        'quotePrefix="1"'
        in zipfile.ZipFile(io.BytesIO(xlsx_bytes([entry]))).read("xl/styles.xml").decode()
    )


def test_a_table_that_a_program_saved_anew_is_still_read() -> None:
    refunded = replace(PLAIN, line=8, amount=Decimal("5.50"), refunded=Decimal("1.00"))
    entries = laid([PLAIN, refunded])
    text = csv_bytes(entries).decode("utf-8-sig")
    text = text.replace("-9.90", "-9.9").replace("2026-03-02", "2026/3/2").replace(",", ";")
    assert read([Source("x.csv", text.encode("gb18030"))]).entries == entries


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("amount", "9,90 Euro", "not understood in amount: '9,90 Euro'"),
        ("amount", "NaN", "not understood in amount: 'NaN'"),
        ("amount", "", "lacks amount"),
        ("side", "both", "not understood in side: 'both'"),
        ("line", "x", "not understood in line: 'x'"),
        ("occurred_on", "2026-02-30", "no such day: '2026-02-30'"),
    ],
)
def test_a_row_that_was_spoilt_is_refused(column: str, cell: str, why: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(laid([PLAIN])).decode("utf-8-sig"))))
    rows[1][rows[0].index(column)] = cell
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    (statement,) = read([Source("x.csv", out.getvalue().encode())]).statements
    assert [(each.line, each.reason.en) for each in statement.refused] == [(2, why)]


def test_rows_are_not_counted_twice_beside_their_export() -> None:
    from tests.statements.made import export, row

    source = Source("a.csv", export([row(1), row(1), row(2)]))
    first = read([source])
    both = read([source, Source("out.csv", csv_bytes(first.entries))])
    assert [entry.id for entry in both.entries] == [entry.id for entry in first.entries]


def test_a_first_line_that_is_no_record_is_nobodys() -> None:
    with pytest.raises(UnreadableFile):
        read([Source("x.csv", b"a,b\rc,d\n1,2\n")])


def test_an_older_table_without_a_later_column_is_read() -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(laid([PLAIN])).decode("utf-8-sig"))))
    at = rows[0].index("page")
    out = io.StringIO()
    csv.writer(out).writerows([row[:at] + row[at + 1 :] for row in rows])
    assert read([Source("x.csv", out.getvalue().encode())]).entries == laid([PLAIN])


def test_a_text_that_no_cell_holds_is_refused_for_a_workbook() -> None:
    with pytest.raises(BadRequest) as caught:
        xlsx_bytes([replace(PLAIN, note="x" * 40_000)])
    assert "alipay.csv:7" in caught.value.message.en
    assert again(laid([replace(PLAIN, note="x" * 40_000)]), "csv")[0].note == "x" * 40_000
