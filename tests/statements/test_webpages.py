"""Web pages and XML with the name of a workbook, and text tables with that name."""

import base64
import quopri

import pytest

from makewhole.errors import UnreadableFile
from makewhole.statements import Source, read
from tests.statements.made import export, row

HEADER = (
    *("交易时间", "交易分类", "交易对方", "对方账号", "商品说明", "收/支", "金额"),
    *("收/付款方式", "交易状态", "交易订单号", "商家订单号", "备注"),
)
CELLS = (
    *("2026-03-02 12:00:00", "餐饮美食", "小店 &amp; 朋友", "/", "午餐", "支出", "1,209.90"),
    *("工商银行(1234)", "交易成功", "20260302220014000001", "T1", ""),
)


def line(cells: tuple[str, ...], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>\n"


def page(body: str, *, charset: str = "gb2312") -> str:
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>\n'
        f'<meta http-equiv=Content-Type content="text/html; charset={charset}">\n'
        "<style><!-- td {mso-number-format:'\\@'; content: '<td>'} --></style></head>"
        f"<body>{body}</body></html>"
    )


BILL = page(
    "<p>支付宝支付科技有限公司 电子客户回单</p><table border=1>"
    f"<tr><td colspan=12>支付宝账户：test@example.com</td></tr>{line(HEADER, 'th')}{line(CELLS)}"
    "</table>"
)


def rows(text: str) -> list[tuple[int, list[str]]]:
    return Source("a.xls", text.encode()).grids[0].rows


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_a_page_with_the_name_of_a_workbook_is_read(encoding: str) -> None:
    (entry,) = read([Source("账单.xls", BILL.encode(encoding))]).entries
    assert (entry.line, entry.counterparty, f"{entry.amount}") == (4, "小店 & 朋友", "-1209.90")
    assert entry.reference == "20260302220014000001"


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
def test_a_single_file_web_page_is_read(transfer: str) -> None:
    raw = BILL.encode("gb18030")
    packed = {
        "quoted-printable": quopri.encodestring(raw),
        "base64": base64.encodebytes(raw),
        "8bit": raw,
    }[transfer]
    frame = b"<html><head><title>x</title></head><frameset></frameset></html>"
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="----=_Next"\r\n\r\n'
        b"------=_Next\r\nContent-Type: text/html; charset=us-ascii\r\n\r\n"
        + frame
        + b"\r\n------=_Next\r\nContent-Location: file:///sheet001.htm\r\n"
        + f"Content-Transfer-Encoding: {transfer}\r\n".encode()
        + b"Content-Type: text/html; charset=gb2312\r\n\r\n"
        + packed
        + b"\r\n------=_Next\r\nContent-Type: image/png\r\n\r\nx\r\n------=_Next--\r\n"
    )
    (entry,) = read([Source("账单.xls", data)]).entries
    assert (entry.counterparty, f"{entry.amount}") == ("小店 & 朋友", "-1209.90")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_a_text_table_with_the_name_of_a_workbook_is_read(encoding: str) -> None:
    text = export([row(1)]).decode("gb18030").replace(",", "\t")
    assert len(read([Source("账单.xls", text.encode(encoding))]).entries) == 1


def test_cells_that_span_columns_and_rows_keep_the_others_in_place() -> None:
    assert rows(
        page(
            "<table><tr><th rowspan=2>日期<th colspan='2'>金额<th rowspan=2>余额"
            "<tr><th>收入<th>支出<tr><td>1<td>2<td>3<td>4</table>"
        )
    ) == [
        (1, ["日期", "金额", "", "余额"]),
        (2, ["日期", "收入", "支出", "余额"]),
        (3, ["1", "2", "3", "4"]),
    ]


def test_tables_that_lay_out_a_page_give_way_to_those_in_them() -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"
    assert rows(page(f"<table><tr><td>left</td><td>above{inner}below</td></tr></table>end")) == [
        (1, ["left", "above"]),
        (2, ["a", "b"]),
        (3, ["c", "d"]),
        (4, ["below"]),
        (5, ["end"]),
    ]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("a<br>b", "a b"),
        ("&nbsp;1&#44;2&nbsp;", "1,2"),
        ("a &lt; b", "a < b"),
        ("1 < 2", "1 < 2"),
        ("<b>x</b><!-- <td> -->y", "xy"),
        ("<script>'</td>'</script>z", "z"),
        ('<span title="a>b">k</span>', "k"),
        ('<span title=5" x>k</span>', "k"),
        ("<font face='Ari\"al'>q", "q"),
        ("¥-12.00", "¥-12.00"),
    ],
)
def test_a_cell_is_what_a_person_sees(cell: str, shown: str) -> None:
    assert rows(f"<table><tr><td>{cell}</td><td>2</td></tr></table>") == [(1, [shown, "2"])]


@pytest.mark.parametrize("end", ["<td", "<script>x", '<td title="x', "<!-- x", "<td a='"])
def test_a_page_that_breaks_off_is_refused(end: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        rows("<table><tr><td>1</td><td>2</td></tr>" + end)
    assert "cut off" in caught.value.message.en


def test_a_page_in_another_encoding_is_read_as_it_says() -> None:
    text = page(
        "<table><tr><td>Zahlung für Öl</td><td>Łódź</td></tr></table>", charset="iso-8859-2"
    )
    source = Source("a.xls", text.encode("iso-8859-2"))
    assert source.grids[0].rows == [(1, ["Zahlung für Öl", "Łódź"])]


def test_spans_without_end_are_refused() -> None:
    wide = "<td colspan=999999999>x</td>"
    with pytest.raises(UnreadableFile):
        rows(f"<table><tr>{wide}</tr></table>")
    covered = "<td rowspan=99999999>x</td>" * 900
    with pytest.raises(UnreadableFile):
        rows(f"<table><tr>{covered}</tr>{'<tr><td>1' * 20_000}</table>")


def xml(rows_: str, options: str = "") -> bytes:
    return (
        '<?xml version="1.0" encoding="GBK"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<Worksheet ss:Name="账单"><Table ss:ExpandedColumnCount="9999">{rows_}</Table>{options}'
        "</Worksheet></Workbook>"
    ).encode("gbk")


def data(text: str, kind: str = "String", told: str = "") -> str:
    return f'<Cell {told}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_a_workbook_in_xml_is_read() -> None:
    cells = [data("2026-03-02T12:00:00.000", "DateTime"), *map(data, CELLS[1:])]
    bill = (
        "<Row>" + data("支付宝支付科技有限公司", told='ss:MergeAcross="11"') + "</Row>"
        "<Row ss:Index='5'>" + "".join(map(data, HEADER)) + "</Row><Row/>"
        "<Row>" + "".join(cells) + "</Row>"
    )
    (entry,) = read([Source("账单.xls", xml(bill))]).entries
    assert (entry.line, f"{entry.amount}", str(entry.occurred_at)) == (
        7,
        "-1209.90",
        "2026-03-02 12:00:00+08:00",
    )


def test_places_merged_cells_and_formulas_of_xml_are_kept() -> None:
    table = (
        "<Row>"
        + data("d", told='ss:MergeDown="1"')
        + data("a", told='ss:MergeAcross="1"')
        + "</Row>"
        '<Row><Cell ss:Index="2"><Data ss:Type="String">in</Data></Cell>' + data("out") + "</Row>"
        '<Row ss:Index="9">'
        + data("1.50", "Number", 'ss:Index="3"')
        + '<Cell ss:Formula="=RC[-1]*2"/>'
        + data("#REF!", "Error")
        + "</Row>"
    )
    assert Source("a.xls", xml(table)).grids[0].rows == [
        (1, ["d", "a"]),
        (2, ["d", "in", "out"]),
        (9, ["", "", "1.50", "=RC[-1]*2", "#REF!"]),
    ]


def test_a_hidden_sheet_of_xml_is_named() -> None:
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    other = '</Worksheet><Worksheet ss:Name="B"><Table><Row>' + data("y") + "</Row></Table>"
    source = Source("a.xls", xml("<Row>" + data("x") + "</Row>", hidden + other))
    assert [grid.name for grid in source.grids] == ["B"]
    assert "“账单”" in source.warnings[0].en


@pytest.mark.parametrize(
    "broken",
    [
        b"<Row><Cell>",
        xml("<Row><Cell ss:Index='999999'/></Row>"),
        xml("<Row ss:Index='x'/>"),
        xml("<Row>" + "<x>" * 200 + "</x>" * 200 + "</Row>"),
        xml("<Row>" + data("&lol;") + "</Row>").replace(
            b"<?mso", b'<!DOCTYPE x [<!ENTITY lol "ha">]><?mso'
        ),
    ],
)
def test_xml_that_is_broken_or_hostile_is_refused(broken: bytes) -> None:
    start = b"" if broken.startswith(b"<?xml") else xml("").partition(b"</Table>")[0]
    with pytest.raises(UnreadableFile):
        _ = Source("a.xls", start + broken).grids
