"""Files that mean harm: how each is refused, how long that takes, and how much memory.

Run `python -m benchmarks.hostile`; with names, only these. Each file is read in a process of
its own, so that its memory can be told.
"""

import io
import os
import resource
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

_HEADER = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,"
    "商家订单号,备注,\n"
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_SHEET_2003 = "urn:schemas-microsoft-com:office:spreadsheet"


class Cost(NamedTuple):
    """What reading a file came to: the class of the refusal or `read`, seconds, megabytes."""

    outcome: str
    seconds: float
    megabytes: float


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _xlsx(rows: str, shared: str = "", tail: str = "", sheets: int = 1) -> bytes:
    each = range(1, sheets + 1)
    named = "".join(f'<sheet name="S{at}" sheetId="{at}" r:id="r{at}"/>' for at in each)
    related = "".join(
        f'<Relationship Id="r{at}" Type="{_REL}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in each
    )
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>'
    return _zip(
        {
            name: text.encode()
            for name, text in {
                "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/'
                '2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
                "</Types>",
                "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
                f'2006/relationships"><Relationship Id="r" Type="{_REL}/officeDocument" '
                'Target="xl/workbook.xml"/></Relationships>',
                "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"/>',
                "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{named}'
                "</sheets></workbook>",
                "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.'
                f'org/package/2006/relationships">{related}</Relationships>',
                "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
                **{f"xl/worksheets/sheet{at}.xml": sheet for at in each},
            }.items()
        }
    )


def _ods(table: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="{_OFFICE}:{name}:1.0"' for name in ("office", "table", "text")
    )
    return _zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{table}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>".encode(),
            "META-INF/manifest.xml": b"<manifest:manifest xmlns:manifest='x'/>",
        }
    )


def _xml_2003(rows: str, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{before}<Workbook xmlns="{_SHEET_2003}" xmlns:ss="{_SHEET_2003}">'
        f'<Worksheet ss:Name="S"><Table>{rows}</Table></Worksheet></Workbook>'
    ).encode()


def _bomb(size: int) -> bytes:
    """An archive of one member of zeros, packed a thousandfold, without ever being held."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, check = b"", 0
    for _each in range(size >> 20):
        packed += packer.compress(bytes(1 << 20))
        check = zlib.crc32(bytes(1 << 20), check)
    packed += packer.flush()
    numbers = (check, len(packed), size)
    fields = b"\x14\0\0\0\x08\0\0\0\0\0" + b"".join(each.to_bytes(4, "little") for each in numbers)
    name = b"\x05\0\0\0" + b"0.csv"
    local = b"PK\3\4" + fields + name + packed
    central = b"PK\1\2\x14\0" + fields + b"\x05\0" + bytes(16) + b"0.csv"
    end = b"PK\5\6" + bytes(4) + b"\1\0\1\0" + len(central).to_bytes(4, "little")
    return local + central + end + len(local).to_bytes(4, "little") + bytes(2)


def _cells(count: int) -> str:
    return "".join(
        f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, count + 1)
    )


def _junk_rows(row: str, count: int) -> bytes:
    return ("支付宝电子客户回单\n" + _HEADER + row * count).encode("gb18030")


CASES: Mapping[str, Callable[[], bytes]] = {
    "zip-bomb": lambda: _bomb(1 << 28),
    "zip-bomb-in-zip": lambda: _zip({"a.zip": _bomb(1 << 28)}),
    "zip-of-bombs": lambda: _zip({f"{at}.csv": bytes(1 << 19) for at in range(100)}),
    "zip-many-members": lambda: _zip({f"{at}.csv": b"x" for at in range(5000)}),
    "zip-long-directory": lambda: b"PK\3\4" + b"PK\1\2" * 500_000,
    "xlsx-far-cell": lambda: _xlsx(_cells(9) + '<row r="9"><c r="XFD1048576"><v>1</v></c></row>'),
    "xlsx-far-sheets": lambda: _xlsx('<row r="9"><c r="ALL900"><v>1</v></c></row>', sheets=150),
    "xlsx-shared-text": lambda: _xlsx(_cells(100_000), f"<si><t>{'x' * 10**6}</t></si>"),
    "xlsx-many-texts": lambda: _xlsx(_cells(1), "<si><t>x</t></si>" * 400_000),
    "xlsx-many-merges": lambda: _xlsx(
        _cells(20_000),
        "<si><t>x</t></si>",
        tail="<mergeCells>" + '<mergeCell ref="A1:A20000"/>' * 99_000 + "</mergeCells>",
    ),
    "xlsx-empty-rows": lambda: _xlsx("".join(f'<row r="{at}"/>' for at in range(1, 400_000))),
    "xlsx-entities": lambda: _xlsx('<row r="1"><c r="A1" t="str"><v>&lol;</v></c></row>'),
    "xlsx-deep": lambda: _xlsx("<row>" * 500_000),
    "ods-repeated": lambda: _ods(
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type='
        '"string" table:number-columns-repeated="900"><text:p>x</text:p></table:table-cell>'
        "</table:table-row>"
    ),
    "ods-blanks": lambda: _ods(
        "<table:table-row><table:table-cell><text:p>x<text:s text:c='2000000000'/></text:p>"
        "</table:table-cell></table:table-row>"
    ),
    "xml-2003-entities": lambda: _xml_2003(
        "<Row><Cell><Data>&b;</Data></Cell></Row>",
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ),
    "xml-2003-far-cells": lambda: _xml_2003(
        '<Row><Cell ss:Index="999"><Data>x</Data></Cell></Row>' * 50_000
    ),
    "xml-2003-deep": lambda: _xml_2003("<Row>" * 500_000),
    "html-deep": lambda: b"<html><body>" + b"<table><tr><td>x" * 200_000,
    "html-spans": lambda: (
        b"<html><table><tr>" + b"<td rowspan=9999999>x" * 900 + b"<tr><td>1" * 100_000
    ),
    "html-open-quotes": lambda: b"<html><table><tr><td>" + b"<a b=\"<a b='" * 300_000,
    "html-open-notes": lambda: b"<html><table><tr><td>" + b"<!-" * 1_000_000,
    "html-scripts": lambda: b"<html><table><tr><td>" + b"<script>x" * 300_000,
    "mhtml-parts": lambda: (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
        + b"--x\nContent-Type: text/html\n\n<html>" * 100_000
    ),
    "text-one-cell": lambda: _junk_rows("x", 1) + b"2026-03-02," + b"x" * 100_000_000,
    "text-many-lines": lambda: b"a,b,c,d\n" + b"\n" * 3_000_000,
    "text-many-columns": lambda: b"," * 3_900_000 + b"\n",
    "text-nul": lambda: _junk_rows("x", 1) + bytes(20_000_000),
    "text-open-quotes": lambda: _junk_rows('"2026-03-02 12:00:00,a,b,c\n', 20_000),
    "text-quoted-lines": lambda: _junk_rows(
        '2026-03-02,"a\n1,2,3,4,5,6,7,8,9,10,11,12",b\n', 4_000
    ),
    "text-absurd-amounts": lambda: _junk_rows(
        "2026-03-02 12:00:00,a,b,c,d,支出," + "9" * 100_000 + ",e,交易成功,1,2,,\n", 20
    ),
    "text-short-rows": lambda: _junk_rows("2026-03-02\n", 20_000),
}


def costs(names: Sequence[str]) -> Iterator[tuple[str, Cost]]:
    """What reading each of the cases comes to, beyond what the program takes by itself."""
    from makewhole import desk
    from makewhole.statements import known_readers

    known_readers()
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            path = Path(folder) / name
            _forked(lambda path=path, name=name: _made(path, name))  # type: ignore[misc]
            told = _forked(lambda path=path: _measured(desk, path))  # type: ignore[misc]
            path.unlink()
            outcome, seconds, megabytes = (told or "died 0 0").split()
            yield name, Cost(outcome, float(seconds), float(megabytes))


def _made(path: Path, name: str) -> str:
    path.write_bytes(CASES[name]())
    return ""


def _measured(desk: Any, path: Path) -> str:
    from makewhole.errors import MakewholeError

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    try:
        desk.read_files([path])
        outcome = "read"
    except MakewholeError as refusal:
        outcome = type(refusal).__name__
    seconds = time.process_time() - began
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{outcome} {seconds} {(after - before) / 1024}"


def _forked(work: Callable[[], str]) -> str:
    """What a copy of this process says of its work, so that its memory is its own."""
    answer, told = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(told, work().encode())
        finally:
            os._exit(0)
    os.close(told)
    with os.fdopen(answer) as said:
        text = said.read()
    os.waitpid(child, 0)
    return text


def main() -> None:
    """Print the costs of the cases named, or of all."""
    for name, told in costs(sys.argv[1:] or list(CASES)):
        print(f"{name:20} {told.outcome:16} {told.seconds:6.2f} s {told.megabytes:7.0f} MB")


if __name__ == "__main__":
    main()
