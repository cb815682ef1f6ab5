"""What the library that reads workbooks does not tell of XLSX and ODS: reach, bombs, cell faults.

The parts of the ZIP are looked through as they are unpacked, before the library sees them. The
library lays out the whole rectangle between a sheet's outermost cells, copies a shared text into
each cell that shows it, and gives an empty cell for an error or a formula without a value.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from posixpath import join, normpath
from string import ascii_letters
from typing import IO

from makewhole.errors import UnreadableFile
from makewhole.records import Text
from makewhole.statements import zips
from makewhole.statements.limits import (
    CELLS_A_BYTE,
    FREE_CELLS,
    MOST_COLUMNS,
    MOST_SHEET_TEXT,
    MOST_SHEETS,
)
from makewhole.statements.zips import Meter, opened, too_large

Place = tuple[int, int]

_PREFIX = rb"(?:[\w.-]+:)?"
_USUAL = re.compile(rb"<c r=\"([A-Za-z]+\d+)\"")
_LETTERS = ascii_letters.encode()
_COLUMNS = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]+)\d")
_ROWS = re.compile(rb"\sr\s*=\s*[\"'][A-Za-z]*(\d+)[\"']")
_FILLED = re.compile(rb"<" + _PREFIX + rb"c(\s[^<>]*[^<>/])?>")
_PLACED = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]+)(\d+)[\"']")
_CELL = re.compile(rb"<" + _PREFIX + rb"c(\s[^<>]*[^<>/])>(.*?)</" + _PREFIX + rb"c>", re.DOTALL)
_ERROR_TYPE = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_TEXT_TYPE = re.compile(rb"\st\s*=\s*[\"']str[\"']")
_FORMULA = re.compile(rb"<" + _PREFIX + rb"f(?:\s[^<>]*)?(?:/>|>([^<]*)</)")
_VALUE = re.compile(rb"<" + _PREFIX + rb"v(?:\s[^<>]*)?(?:/>|>([^<]*)</)")
_SHARED_USE = re.compile(rb"\st\s*=\s*[\"']s[\"'][^<>]*>\s*<" + _PREFIX + rb"v>\s*(\d{1,9})\s*<")
_SHARED_END = re.compile(rb"</" + _PREFIX + rb"si>|<" + _PREFIX + rb"si/>")
_SHEET = re.compile(rb"<" + _PREFIX + rb"sheet\s([^<>]*)>")
_RELATION = re.compile(rb"<" + _PREFIX + rb"Relationship\s([^<>]*)>")
_ATTRIBUTE = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_BLOCK = 8 << 20
_LONG_TEXT = 1024
_ORDINARY_COLUMN, _ORDINARY_ROW = 100, 10_000

_ODS_TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(\s[^<>]*?)?(/?)>"
)
_ODS_REPEATED = re.compile(rb"\btable:number-(?:rows|columns)-repeated\s*=\s*[\"'](\d+)[\"']")
_ODS_BLANKS = re.compile(rb"\btext:c\s*=\s*[\"']\d{5,}[\"']")
_ODS_FORMULA = re.compile(rb"\btable:formula\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ODS_NAME = re.compile(rb"\btable:name\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass
class Survey:
    """The faults of each sheet: where a cell shows something that is no value, and what."""

    faults: dict[str, dict[Place, str]] = field(default_factory=dict)


def survey_xlsx(name: str, data: bytes) -> Survey:
    """The faults of an XLSX workbook by sheet. Raises `UnreadableFile` beyond the limits."""
    archive, members = opened(name, data)
    meter = Meter(name, len(data))
    # The texts come first, for the sheets refer to them.
    members.sort(key=lambda member: "sharedstrings" not in member.filename.lower())
    package = _Package(name)
    parts: dict[str, dict[Place, str]] = {}
    structure: dict[str, bytes] = {}
    for member in members:
        part = member.filename.lower()
        with zips.member(name, archive, member) as stream:
            if part == "xl/sharedstrings.xml":
                package.long_texts = _long_texts(meter.all(stream))
            elif part in {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}:
                structure[part] = meter.all(stream)
            else:
                parts[part] = package.faults(meter, stream)
    return Survey(dict(_by_sheet(name, structure, parts)))


def _long_texts(part: bytes) -> dict[int, int]:
    """The length of each shared text that is long, by its number."""
    ends = [0, *(found.end() for found in _SHARED_END.finditer(part))]
    return {
        number: end - start
        for number, (start, end) in enumerate(pairwise(ends))
        if end - start > _LONG_TEXT
    }


class _Package:
    """The parts of a package as they are looked through, one after the other."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.long_texts: dict[int, int] = {}
        self._size = self._text = self._spanned = 0
        self._rows = self._columns = 0
        self._faults: dict[Place, str] = {}

    def faults(self, meter: Meter, stream: IO[bytes]) -> dict[Place, str]:
        """The faults in one part. Raises `UnreadableFile` beyond the limits of all."""
        self._rows = self._columns = 0
        self._faults = {}
        for block in _blocks(meter, stream):
            self._size += len(block)
            self._look(block)
        self._spanned += self._rows * self._columns
        if (
            self._columns > MOST_COLUMNS
            or self._spanned > FREE_CELLS + CELLS_A_BYTE * self._size
            or self._text > MOST_SHEET_TEXT
        ):
            raise reaches_too_far(self._name)
        return self._faults

    def _look(self, block: bytes) -> None:
        rows, columns = _reach(block)
        if columns > _ORDINARY_COLUMN or rows > self._rows + _ORDINARY_ROW:
            rows, columns = _exact_reach(block)
        self._rows, self._columns = max(self._rows, rows), max(self._columns, columns)
        if self.long_texts:
            uses = map(int, _SHARED_USE.findall(block))
            self._text += sum(self.long_texts.get(number, 0) for number in uses)
        if b"<f" in block or b":f" in block or _ERROR_TYPE.search(block):
            self._faults.update(_faults(block))


def _reach(block: bytes) -> Place:
    """The outermost row and column that are named, be there something or not."""
    if block.count(b"<c") == block.count(b'<c r="') + block.count(b"<col"):
        # As all the usual programs write it; this costs a third of the rest.
        places = b" ".join(_USUAL.findall(block))
        letters = places.translate(None, b"0123456789").split()
        digits = places.translate(None, _LETTERS).split()
    else:
        letters, digits = _COLUMNS.findall(block), _ROWS.findall(block)
    rows = max(map(_row, set(digits)), default=0)
    return rows, max(map(_column, set(letters)), default=0)


def _exact_reach(block: bytes) -> Place:
    """The outermost row and column of cells that hold something; styled empty cells do not."""
    rows = columns = 0
    for attributes in _FILLED.findall(block):
        found = _PLACED.search(attributes)
        if found:
            columns, rows = max(columns, _column(found[1])), max(rows, _row(found[2]))
        else:
            # Its place follows from the row's.
            rows = max(map(_row, _ROWS.findall(block)), default=0)
            columns = max(columns, 1)
    return rows, columns


def _faults(block: bytes) -> Iterator[tuple[Place, str]]:
    for attributes, content in _CELL.findall(block):
        placed = _PLACED.search(attributes)
        fault = _fault(attributes, content) if placed else ""
        if placed and fault:
            yield (_row(placed[2]), _column(placed[1])), fault


def _fault(attributes: bytes, content: bytes) -> str:
    """What to show for a cell that the library would give as empty, else nothing."""
    value = _VALUE.search(content)
    if _ERROR_TYPE.search(attributes):
        return _words(value[1]) if value and value[1] else "#ERROR"
    formula = _FORMULA.search(content)
    if not formula or (value and (value[1] or _TEXT_TYPE.search(attributes))):
        return ""
    return f"={_words(formula[1] or b'')}"


def _column(letters: bytes) -> int:
    if len(letters) > len("XFD"):
        return MOST_COLUMNS + 1
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _row(digits: bytes) -> int:
    return int(digits[:9])


def _words(raw: bytes) -> str:
    return unescape(raw.decode("utf-8", errors="replace")).strip()


def _blocks(meter: Meter, stream: IO[bytes]) -> Iterator[bytes]:
    """The part in pieces that end with a row or, in very long ones, with an element."""
    waiting = b""
    for chunk in meter.chunks(stream):
        waiting += chunk
        end = waiting.rfind(b"row>") + 4
        if end < len(b"row>") and len(waiting) > _BLOCK:
            end = waiting.rfind(b"<")
        if end >= len(b"row>"):
            yield waiting[:end]
            waiting = waiting[end:]
    yield waiting


def _by_sheet(
    name: str, structure: Mapping[str, bytes], parts: Mapping[str, dict[Place, str]]
) -> Iterator[tuple[str, dict[Place, str]]]:
    relations = structure.get("xl/_rels/workbook.xml.rels", b"")
    targets = {
        each.get("Id", ""): normpath(join("/xl", each.get("Target", ""))).lstrip("/").lower()
        for each in map(_attributes, _RELATION.findall(relations))
    }
    sheets = _SHEET.findall(structure.get("xl/workbook.xml", b""))
    if len(sheets) > MOST_SHEETS:
        raise too_large(name)
    for attributes in map(_attributes, sheets):
        target = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        yield attributes.get("name", ""), parts.get(targets.get(target, ""), {})


def _attributes(raw: bytes) -> dict[str, str]:
    return {key.decode(): _words(one or two) for key, one, two in _ATTRIBUTE.findall(raw)}


def survey_ods(name: str, data: bytes) -> Survey:
    """The faults of an ODS workbook by sheet. Raises `UnreadableFile` beyond the limits."""
    archive, members = opened(name, data)
    meter = Meter(name, len(data))
    content = b""
    for member in members:
        with zips.member(name, archive, member) as stream:
            part = meter.all(stream)
        content = part if member.filename == "content.xml" else content
    if _ODS_BLANKS.search(content):
        raise reaches_too_far(name)
    return Survey(_OdsTables(name, content).faults())


class _OdsTables:
    """The tables of an ODS content part; repeated cells and rows are counted, not laid out."""

    def __init__(self, name: str, content: bytes) -> None:
        self._name = name
        self._content = content
        self._most = FREE_CELLS + CELLS_A_BYTE * len(content)
        self._faults: dict[str, dict[Place, str]] = {}
        self._sheet: dict[Place, str] = {}
        self._row = self._times = self._column = 0
        self._reach = (0, 0)
        self._spanned = 0

    def faults(self) -> dict[str, dict[Place, str]]:
        """The faults by table."""
        for tag in _ODS_TAG.finditer(self._content):
            closing, what, attributes, empty = tag[1], tag[2], tag[3] or b"", tag[4]
            if what == b"table":
                if not closing:
                    self._begin(attributes)
            elif what == b"table-row":
                self._next_row(attributes, closing=bool(closing or empty))
            elif not closing:
                self._cell(attributes, empty=bool(empty))
        return self._faults

    def _begin(self, attributes: bytes) -> None:
        named = _ODS_NAME.search(attributes)
        self._spanned += self._reach[0] * self._reach[1]
        self._row, self._times, self._column, self._reach = 0, 0, 0, (0, 0)
        self._sheet = self._faults.setdefault(_words(named[1] or named[2]) if named else "", {})
        if len(self._faults) > MOST_SHEETS:
            raise too_large(self._name)

    def _next_row(self, attributes: bytes, *, closing: bool) -> None:
        if not closing:
            self._times, self._column = _repeated(attributes), 0
            return
        self._row += self._times
        self._times = 0

    def _cell(self, attributes: bytes, *, empty: bool) -> None:
        start, times = self._column, _repeated(attributes)
        self._column += times
        formula = _ODS_FORMULA.search(attributes)
        if formula and b"office:value-type" not in attributes:
            written = f"={_words(formula[1] or formula[2]).removeprefix('of:').removeprefix('=')}"
            self._sheet[self._row + 1, start + 1] = written
        if empty and not formula:
            return
        rows, columns = self._reach
        self._reach = max(rows, self._row + self._times), max(columns, self._column)
        spanned = self._spanned + self._reach[0] * self._reach[1]
        if self._reach[1] > MOST_COLUMNS or spanned > self._most:
            raise reaches_too_far(self._name)


def _repeated(attributes: bytes) -> int:
    found = _ODS_REPEATED.search(attributes)
    return max(1, int(found[1][:9])) if found else 1


def reaches_too_far(name: str) -> UnreadableFile:
    """The refusal of a sheet whose cells lie far apart or hold one text many times."""
    return UnreadableFile(
        Text(
            f"{name}：表格里有离得极远的格子，或极长的内容，不像正常的账单，没有打开。"
            "请把账单部分另存为 CSV。上限见 docs/limits.zh-CN.md。",
            f"{name}: a sheet has cells extremely far apart or extremely long texts, as no "
            "statement does; it was not opened. Save the statement's part of it as CSV. The limits "
            "stand in docs/limits.md.",
        )
    )
