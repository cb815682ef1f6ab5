"""Workbooks that mislead: hidden sheets, merged cells, errors, formulas without values, dates."""

import io

import pytest

from makewhole.errors import PasswordNeeded, UnreadableFile
from makewhole.statements import Source, read
from makewhole.statements.grid import Grid
from tests.statements.books import inline, ods, row, texts, xlsx

HEADER = (
    *("交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)", "支付方式", "当前状态"),
    *("交易单号", "商户单号", "备注"),
)


def number(value: float) -> str:
    return f"<c @><v>{value}</v></c>"


def bill(at: int, amount: str = number(12.5), when: str = "2026-03-02 12:03:55") -> str:
    """A row of WeChat's workbook with a cell of one's own for the amount."""
    said = [when, "商户消费", "小店", "午餐", "支出", "", "零钱", "支付成功", f"100{at}", "M1", "/"]
    return row(at, *(inline(cell) if cell else amount for cell in said))


def grids(data: bytes) -> list[Grid]:
    return Source("a.xlsx", data).grids


def test_a_hidden_sheet_is_named_and_not_read() -> None:
    data = xlsx(
        {"旧": texts(1, *HEADER) + bill(2), "账单": texts(1, *HEADER) + bill(3)}, hidden=["旧"]
    )
    reading = read([Source("a.xlsx", data)])
    assert [entry.reference for entry in reading.entries] == ["1003"]
    (warning,) = reading.statements[0].warnings
    assert warning.en == "the hidden sheet “旧” was not read; if it holds a statement, unhide it"


def test_a_workbook_of_hidden_sheets_is_read() -> None:
    data = xlsx({"账单": texts(1, *HEADER) + bill(2)}, hidden=["账单"])
    reading = read([Source("a.xlsx", data)])
    assert len(reading.entries) == 1
    assert not reading.statements[0].warnings


def test_a_first_sheet_that_misleads_is_passed_over() -> None:
    cover = texts(1, "微信支付账单", "说明") + texts(3, "交易时间", "以北京时间为准")
    data = xlsx({"封面": cover, "账单": texts(1, *HEADER) + bill(2)})
    assert len(read([Source("a.xlsx", data)]).entries) == 1


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c @ t="e"><v>#REF!</v></c>', "#REF!"),
        ("<c @><f>E2*2</f></c>", "=E2*2"),
        ("<c @><f>E2*2</f><v/></c>", "=E2*2"),
        ('<c @ t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
    ],
)
def test_a_cell_without_a_value_refuses_its_row_and_warns(cell: str, shown: str) -> None:
    data = xlsx({"账单": texts(1, *HEADER) + bill(2, cell) + bill(3)})
    (statement,) = read([Source("a.xlsx", data)]).statements
    assert statement.stored == 1
    assert [(each.line, shown in each.reason.en) for each in statement.refused] == [(2, True)]
    (warning,) = statement.warnings
    assert warning.en.startswith(
        f"sheet “账单”: cells without a computed value: 1, such as {shown}"
    )


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("<c @><f>E2*2</f><v>12.5</v></c>", "-12.50"),
        (number(12.500000000000002), "-12.50"),
        (inline("12.50"), "-12.50"),
        (inline("¥12.50"), "-12.50"),
    ],
)
def test_formulas_with_values_and_numbers_as_text_are_read(cell: str, amount: str) -> None:
    reading = read([Source("a.xlsx", xlsx({"账单": texts(1, *HEADER) + bill(2, cell)}))])
    assert f"{reading.entries[0].amount:f}" == amount


def test_a_formula_whose_value_is_no_text_is_empty() -> None:
    data = xlsx({"A": row(1, inline("a"), '<c @ t="str"><f>IF(1,"")</f><v></v></c>', inline("b"))})
    assert grids(data)[0].rows == [(1, ["a", "", "b"])]


def test_date_cells_keep_their_second_though_their_format_hides_it() -> None:
    data = xlsx({"A": row(1, '<c @ s="1"><v>46083.502719907409</v></c>', inline("x"))})
    assert grids(data)[0].rows == [(1, ["2026-03-02 12:03:55", "x"])]


@pytest.mark.parametrize(
    ("serial", "moment"),
    [
        ("46083.502719907409", "2026-03-02 12:03:55+08:00"),
        ("46083.99999999", "2026-03-03 00:00:00+08:00"),
        ("46083", None),
    ],
)
def test_a_date_that_lost_its_format_is_read(serial: str, moment: str | None) -> None:
    cells = bill(2).replace("2026-03-02 12:03:55", serial)
    (entry,) = read([Source("a.xlsx", xlsx({"账单": texts(1, *HEADER) + cells}))]).entries
    assert (str(entry.occurred_at) if entry.occurred_at else None) == moment
    assert str(entry.occurred_on) == (moment or "2026-03-02")[:10]


def test_seconds_that_are_all_zero_were_lost() -> None:
    rows = [bill(at, when=f"2026-03-{at:02d} 12:03:00") for at in range(2, 14)]
    told = [
        read([Source("a.xlsx", xlsx({"账单": texts(1, *HEADER) + "".join(some)}))]).statements[0]
        for some in (rows, rows[:-1])
    ]
    assert [any("seconds" in each.en for each in one.warnings) for one in told] == [True, False]


def test_a_cell_merged_downwards_holds_for_each_row() -> None:
    data = xlsx(
        {
            "A": texts(1, "日期", "金额", "", "余额")
            + texts(2, "", "收入", "支出", "")
            + texts(3, "1", "2", "3", "4")
        },
        tail='<mergeCells count="3"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/>'
        '<mergeCell ref="D1:D2"/></mergeCells>',
    )
    assert grids(data)[0].rows[1] == (2, ["日期", "收入", "支出", "余额"])


def test_rows_keep_their_numbers_where_rows_and_columns_are_empty() -> None:
    data = xlsx(
        {"A": '<row r="4"><c r="C4"><v>1</v></c></row><row r="9"><c r="D9"><v>2</v></c></row>'}
    )
    assert grids(data)[0].rows == [(4, ["", "", "1", ""]), (9, ["", "", "", "2"])]


def test_styled_empty_cells_at_the_far_end_do_no_harm() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert grids(xlsx({"A": texts(1, "a", "b") + far}))[0].rows == [(1, ["a", "b"])]


@pytest.mark.parametrize("place", ["XFD1", "Z1048576", "AAAA1", "A9999999"])
def test_a_filled_cell_at_the_far_end_is_refused(place: str) -> None:
    digits = "".join(letter for letter in place if letter.isdecimal())
    far = f'<row r="{digits}"><c r="{place}"><v>1</v></c></row>'
    with pytest.raises(UnreadableFile) as caught:
        grids(xlsx({"A": texts(1, "a", "b") + texts(2, "c") + far}))
    assert "far apart" in caught.value.message.en


def test_a_long_text_that_many_cells_show_is_refused() -> None:
    cells = "".join(row(at, '<c @ t="s"><v>0</v></c>') for at in range(1, 1000))
    with pytest.raises(UnreadableFile) as caught:
        grids(xlsx({"A": cells}, shared=["x" * 100_000]))
    assert "extremely long texts" in caught.value.message.en


def test_a_notice_that_some_cells_show_is_read() -> None:
    cells = "".join(row(at, '<c @ t="s"><v>0</v></c>') for at in range(1, 10))
    assert len(grids(xlsx({"A": cells}, shared=["注" * 5000]))[0].rows) == 9


def test_entities_are_not_expanded() -> None:
    with pytest.raises(UnreadableFile):
        grids(xlsx({"A": texts(1, "&lol;")}))


def test_open_documents_are_read() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    table = (
        f"<table:table-row>{cell.format('a')}{cell.format('b')}"
        '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f"<table:table-row>{cell.format('c')}"
        '<table:table-cell table:formula="of:=[.A1]"/></table:table-row>'
    )
    source = Source("a.ods", ods(table))
    assert source.encoding == "ods"
    assert source.grids[0].rows == [(1, ["a", "b"]), (5, ["c", "=[.A1]"])]


@pytest.mark.parametrize(
    "table",
    [
        (
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
            'office:value-type="float" office:value="1" table:number-columns-repeated="900">'
            "<text:p>1</text:p></table:table-cell></table:table-row>"
        ),
        (
            '<table:table-row><table:table-cell><text:p>a<text:s text:c="999999999"/></text:p>'
            "</table:table-cell></table:table-row>"
        ),
    ],
)
def test_open_documents_that_repeat_without_end_are_refused(table: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        grids(ods(table))
    assert "far apart" in caught.value.message.en


def test_a_binary_workbook_is_called_by_its_name() -> None:
    from tests.statements.packed import plain

    with pytest.raises(UnreadableFile) as caught:
        read([Source("a.xlsb", plain({"xl/workbook.bin": b"x"}))])
    assert "XLSB" in caught.value.message.en


def test_a_locked_workbook_says_what_to_do() -> None:
    with pytest.raises(PasswordNeeded) as caught:
        read([Source("a.xlsx", compound({"EncryptedPackage": b"x" * 5000}))])
    assert "save it as CSV without a password" in caught.value.message.en


def compound(files: dict[str, bytes]) -> bytes:
    """A compound file of one sector chain each, as XLS is and as locked XLSX is wrapped."""
    end, sectors = 0xFFFFFFFE, 8
    table = [0xFFFFFFFD] * sectors + [end]
    body = io.BytesIO()
    entries = [_entry("Root Entry", 5, end, 0)]
    for name, data in files.items():
        count = -(-len(data) // 512)
        entries.append(_entry(name, 2, len(table), len(data)))
        body.write(data.ljust(count * 512, b"\0"))
        table.extend([*range(len(table) + 1, len(table) + count), end])
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0"
    header[44:76] = _numbers(sectors, sectors, 0, 4096, end, 0, end, 0)
    header[76:] = _numbers(*range(sectors)).ljust(512 - 76, b"\xff")
    fat = _numbers(*table).ljust(512 * sectors, b"\xff")
    return bytes(header) + fat + b"".join(entries).ljust(512, b"\0") + body.getvalue()


def _numbers(*numbers: int) -> bytes:
    return b"".join(each.to_bytes(4, "little") for each in numbers)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    entry = raw.ljust(64, b"\0") + len(raw).to_bytes(2, "little") + bytes([kind, 1])
    entry += b"\xff" * 12 + bytes(36) + start.to_bytes(4, "little") + size.to_bytes(8, "little")
    return entry


def record(sort: int, data: bytes = b"") -> bytes:
    return sort.to_bytes(2, "little") + len(data).to_bytes(2, "little") + data


def biff(cells: bytes, *, early: bytes = b"") -> bytes:
    """A stream of XLS records: the globals with one sheet, and its cells."""
    bof = record(0x809, b"\0\6\5\0\xbb\r\xcc\7" + bytes(8))
    sheet = record(0x809, b"\0\6\x10\0\xbb\r\xcc\7" + bytes(8)) + cells + record(0x0A)
    bound = 4 + 6 + 2 + 5
    start = len(bof) + len(early) + bound + 4
    named = start.to_bytes(4, "little") + b"\0\0\x05\0Sheet"
    stream = bof + early + record(0x85, named) + record(0x0A) + sheet
    return compound({"Workbook": stream.ljust(4608, b"\0")})


def place(row_: int, column: int) -> bytes:
    return row_.to_bytes(2, "little") + column.to_bytes(2, "little") + b"\x0f\0"


def test_errors_of_old_workbooks_show_themselves() -> None:
    numbers = record(0x203, place(0, 0) + b"\0\0\0\0\0\0\xf0\x3f")
    failed = record(0x205, place(0, 1) + b"\x17\x01")
    formula = record(0x06, place(1, 0) + b"\x02\0\x2a\0\0\0\xff\xff" + bytes(6) + bytes(2))
    source = Source("a.xls", biff(numbers + failed + formula))
    assert source.grids[0].rows == [(1, ["1", "#REF!"]), (2, ["#N/A", ""])]
    assert source.warnings[0].en.startswith("sheet “Sheet”: cells without a computed value: 2")


def test_cells_of_old_workbooks_far_apart_are_refused() -> None:
    cells = record(0x203, place(0, 0) + bytes(8)) + record(0x203, place(65535, 255) + bytes(8))
    with pytest.raises(UnreadableFile) as caught:
        grids(biff(cells))
    assert "far apart" in caught.value.message.en


def test_a_locked_old_workbook_says_what_to_do() -> None:
    with pytest.raises(PasswordNeeded):
        grids(biff(b"", early=record(0x2F, bytes(6))))


def test_a_long_text_that_many_cells_of_an_old_workbook_show_is_refused() -> None:
    text = (8000).to_bytes(2, "little") + b"\0" + b"x" * 8000
    shared = record(0xFC, b"\1\0\0\0\1\0\0\0" + text)
    cells = b"".join(record(0xFD, place(at, 0) + bytes(4)) for at in range(9000))
    with pytest.raises(UnreadableFile) as caught:
        grids(biff(cells, early=shared))
    assert "extremely long texts" in caught.value.message.en


def test_a_compound_file_that_runs_in_a_circle_is_refused() -> None:
    data = bytearray(biff(b""))
    data[512 + 40 : 512 + 44] = (9).to_bytes(4, "little")
    with pytest.raises(UnreadableFile) as caught:
        grids(bytes(data))
    assert "broken" in caught.value.message.en
