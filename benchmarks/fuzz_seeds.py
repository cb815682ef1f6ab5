"""The files that are damaged: small ones made of the fixtures, in families of readers.

A text family holds files that its readers take as text, a container family files that are
unpacked or drawn into tables first. Long fixtures are cut to a few rows, for speed.
"""

import html
import io
import json
import quopri
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from makewhole.errors import MakewholeError
from makewhole.statements import Reader, Source, recognise

FIXTURES = Path(__file__).parents[1] / "tests" / "statements"
TEXTS = ("delimited", "ofx", "qif", "mt940", "camt", "mpesa", "html")
CONTAINERS = ("zip", "xls", "xlsx", "ods", "pdf")
_STANDARDS = {"ofx", "qif", "mt940", "camt"}
_NO_SEED = {".json", ".toml", ".py", ".pyc"}
_WORDS = ("dates", "currency", "passwords")
_KEPT_ROWS = 3
_LARGEST = 6000
_MEMBERS = 3

_OFX = """OFXHEADER:100
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>1234</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20250101<DTEND>20250131
<STMTTRN><TRNTYPE>POS<DTPOSTED>20250105101500[-5:EST]<TRNAMT>-5.00<FITID>F1<NAME>Tea</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>7<DTASOF>20250131</LEDGERBAL></STMTRS></STMTTRNRS>
</BANKMSGSRSV1></OFX>
"""
_QIF = """!Account
NGiro
TBank
^
!Type:Bank
D13/2/2025
T-1,250.00
PTea
SFood
$-1,250.00
^
D2/14'25
T5.00
L[Visa]
^
"""
_STA = """:20:X
:25:12345678/1875
:28C:1/1
:60F:C250101EUR100,00
:61:2501020102DR5,00NDDTNONREF//B1
:86:105?00LASTSCHRIFT?20EREF+E1?21SVWZ+Tee?32PayPal
:62F:C250102EUR95,00
-
"""
_INTERIM = """:20:X
:25:12345678/1875
:28C:1/1
:34F:EURD0,
:13D:2501021015+0100
:61:250102D5,00NMSCNONREF
:86:/EREF/E1//REMI/USTD//Tee/
:90D:1EUR5,00
-
"""
_CAMT = (
    '<?xml version="1.0"?><Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>DE1234</IBAN></Id></Acct>'
    "<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>5</Amt><CdtDbtInd>CRDT"
    "</CdtDbtInd><Dt><Dt>2025-01-07</Dt></Dt></Bal>\n"
    "<Ntry><Amt Ccy='EUR'>5.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>"
    "2025-01-07</Dt></BookgDt><AcctSvcrRef>A1</AcctSvcrRef>\n<NtryDtls><TxDtls><Refs><EndToEndId>"
    "E1</EndToEndId></Refs><Amt Ccy='EUR'>5.00</Amt></TxDtls></NtryDtls></Ntry>\n"
    "</Stmt></BkToCstmrStmt></Document>"
)
_TINY = {
    "tiny.ofx": _OFX,
    "tiny.qif": _QIF,
    "tiny.sta": _STA,
    "tiny-interim.sta": _INTERIM,
    "tiny.xml": _CAMT,
    "tiny-notice.xml": _CAMT.replace("BkToCstmrStmt", "BkToCstmrAcctRpt").replace("Stmt>", "Rpt>"),
}


@dataclass(frozen=True, slots=True)
class Seed:
    """A file before it is damaged, and the reader that reads it whole."""

    name: str
    provider: str
    data: bytes
    reader: Reader | None
    told: Mapping[str, Any] = field(default_factory=dict)


@cache
def families() -> dict[str, tuple[Seed, ...]]:
    """The seeds of every family; one without any does not occur."""
    found: dict[str, list[Seed]] = {}
    for seed in (*_tiny(), *_fixtures()):
        for family, each in _placed(seed):
            found.setdefault(family, []).append(each)
    found["zip"] = [*found.get("zip", ()), *_archives(found)]
    return {name: tuple(found[name]) for name in (*TEXTS, *CONTAINERS) if found.get(name)}


def _tiny() -> Iterator[Seed]:
    for name, text in _TINY.items():
        source = Source(name, text.encode(), currency="EUR")
        reader = recognise(source)
        yield Seed(name, reader.provider, source.data, reader, {"currency": "EUR"})


def _fixtures() -> Iterator[Seed]:
    for path in sorted(FIXTURES.glob("*/*")):
        if path.suffix in _NO_SEED or not path.is_file() or path.parent.name == "samples":
            continue
        beside = path.with_name(path.name + ".told.json")
        told = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {}
        words = {word: told[word] for word in _WORDS if word in told}
        source = Source(path.name, path.read_bytes(), **words)
        try:
            reader = None if source.is_archive or source.is_pdf else recognise(source)
        except MakewholeError:
            reader = None
        yield Seed(path.name, path.parent.name, source.data, reader, words)


def _placed(seed: Seed) -> Iterator[tuple[str, Seed]]:
    """The seed under its family, and a table of text as a web page and a workbook too."""
    family = _family(seed)
    small = _short(seed) if family in {"delimited", "mpesa"} else seed
    if family in {*CONTAINERS, "html"} or len(small.data) <= _LARGEST:
        yield family, small
    if family == "delimited" and small.reader:
        yield from _as_page(small)


def _family(seed: Seed) -> str:
    source = Source(seed.name, seed.data)
    if seed.data.startswith(b"%PDF"):
        return "pdf"
    if source.kind != "text":
        return {"xlsb": "xlsx"}.get(source.kind, source.kind)
    if seed.data.lstrip()[:1] == b"<" and seed.provider not in _STANDARDS:
        return "html"
    if seed.provider in _STANDARDS:
        return seed.provider
    messages = seed.provider == "mpesa" and seed.reader and seed.reader.name == "messages"
    return "mpesa" if messages else "delimited"


def _short(seed: Seed) -> Seed:
    """The seed cut to a few rows and its last lines, if its reader still takes it."""
    if seed.reader is None:
        return seed
    source = Source(seed.name, seed.data, **seed.told)
    lines = source.text.splitlines(keepends=True)
    numbers = sorted(entry.line for draft in seed.reader.read(source) for entry in draft.entries)
    if len(numbers) <= _KEPT_ROWS:
        return seed
    kept = [*lines[: numbers[_KEPT_ROWS - 1]], *lines[max(numbers[-1], len(lines) - 2) :]]
    data = "".join(kept).encode(source.encoding.removesuffix("-sig"), errors="replace")
    cut = Source(seed.name, data, **seed.told)
    try:
        read = seed.reader.closeness(cut) >= 1.0 and any(
            draft.entries for draft in seed.reader.read(cut)
        )
    except MakewholeError:
        read = False
    return Seed(seed.name, seed.provider, data, seed.reader, seed.told) if read else seed


def _as_page(seed: Seed) -> Iterator[tuple[str, Seed]]:
    """The table as a web page, alone or with its parts, or as a workbook in XML, if it is taken."""
    rows = [cells for _number, cells in Source(seed.name, seed.data, **seed.told).grids[0].rows]
    form = (_html, _html, _html, _single_file, _spreadsheet)[zlib.crc32(seed.data) % 5]
    page = form(rows).encode()
    name = f"{seed.name}.html"
    if len(page) > _LARGEST:
        return
    try:
        reader = recognise(Source(name, page, **seed.told))
    except MakewholeError:
        return
    yield "html", Seed(name, seed.provider, page, reader, seed.told)


def _html(rows: Iterable[Iterable[str]]) -> str:
    cells = "".join(
        f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>\n" for row in rows
    )
    return f"<html><body><table border=1>\n{cells}</table></body></html>"


def _single_file(rows: Iterable[Iterable[str]]) -> str:
    page = quopri.encodestring(_html(rows).encode()).decode()
    return (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        f"{page}\n--b--\n"
    )


def _spreadsheet(rows: Iterable[Iterable[str]]) -> str:
    cells = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{html.escape(cell)}</Data></Cell>' for cell in row)
        + "</Row>\n"
        for row in rows
    )
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>'
        f"{cells}</Table></Worksheet></Workbook>"
    )


def _archives(found: Mapping[str, Iterable[Seed]]) -> Iterator[Seed]:
    """Archives of a few small files each, packed and stored."""
    small = [seed for name in TEXTS for seed in list(found.get(name, ()))[:6]]
    for at in range(0, len(small), _MEMBERS):
        packed = io.BytesIO()
        method = zipfile.ZIP_STORED if at % 2 else zipfile.ZIP_DEFLATED
        with zipfile.ZipFile(packed, "w", method) as archive:
            for seed in small[at : at + _MEMBERS]:
                archive.writestr(f"{seed.provider}/{seed.name}", seed.data)
        yield Seed(f"{at}.zip", "zip", packed.getvalue(), None, {"currency": "EUR"})
