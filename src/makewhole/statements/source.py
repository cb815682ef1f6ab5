"""Bytes into text and grids: what every reader is given, read once and kept.

A grid is a list of lines with their cells. The line is the physical line of a text file, or the
row of a sheet, counted from 1. Encodings are decided on the whole file, never on its beginning.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple

from makewhole.errors import PasswordNeeded, UnreadableFile
from makewhole.records import Text
from makewhole.statements.values import heading, without_unit

LARGEST_FILE = 512 * 1024 * 1024
LARGEST_MEMBER = 512 * 1024 * 1024
MOST_MEMBERS = 1000
LARGEST_RATIO = 200
LARGEST_CELL = 1_000_000
NARROWEST_TABLE = 4
_DELIMITER_PROBED = 200_000
# Whole numbers up to this are exact in the binary floats that workbooks hold.
EXACT_FLOAT = 2.0**53

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = ",;\t|"
_LINE_END = re.compile(r"\r\n|\r|\n")
# A tab before another separator only keeps a number from being rounded.
_PADDING = re.compile(r'\t(?="?[,;|])')
# What file managers add to an archive, and no person put there.
_UNSEEN = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.[^/]*|Thumbs\.db|desktop\.ini)", re.IGNORECASE)

Row = tuple[int, list[str]]


# A header deeper than this is not one: the longest preamble seen has 25 lines.
DEEPEST_HEADER = 300


class Headings(NamedTuple):
    """A line read as headings: each in the form in which they are compared, and without a unit."""

    exact: list[str]
    plain: list[str]
    words: frozenset[str]


@dataclass(frozen=True)
class Grid:
    """One table-like part of a file: a CSV text, or one sheet of a workbook."""

    name: str
    rows: list[Row]

    @cached_property
    def headings(self) -> list[Headings]:
        """The lines among which a header may stand, read as headings."""
        return [headings_in(cells) for _number, cells in self.rows[:DEEPEST_HEADER]]


def headings_in(cells: list[str]) -> Headings:
    """The cells of a line read as headings."""
    exact = [heading(cell) for cell in cells]
    plain = [without_unit(each) for each in exact]
    return Headings(exact, plain, frozenset((*exact, *plain)))


@dataclass
class Source:
    """One file as bytes, with what can be made of it on demand.

    `dates` is the order of day and month (`dmy` or `mdy`) that the person says the file has; it
    counts only where the file itself leaves the order open.
    """

    name: str
    data: bytes
    dates: str = ""
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        self.sha256 = hashlib.sha256(self.data).hexdigest()

    @property
    def is_workbook(self) -> bool:
        """Whether the bytes are an XLSX or XLS workbook, whatever the file is called."""
        return self.data.startswith(_OLE) or (
            self.data.startswith(_ZIP) and b"xl/workbook" in self.data
        )

    @property
    def is_archive(self) -> bool:
        """Whether the bytes are a ZIP archive that is no workbook."""
        return self.data.startswith(_ZIP) and not self.is_workbook

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        return _decode(self.data)

    @property
    def text(self) -> str:
        """The whole file as text; the empty string for a workbook."""
        return "" if self.is_workbook else self._decoded[0]

    @property
    def encoding(self) -> str:
        """The encoding of the text, or the sort of workbook."""
        if self.is_workbook:
            return "xls" if self.data.startswith(_OLE) else "xlsx"
        return self._decoded[1]

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables of the file: one for a text file, one for each sheet of a workbook."""
        if self.is_workbook:
            return list(_sheets(self.name, self.data))
        return [Grid("", list(_records(self.text)))]


def _decode(data: bytes) -> tuple[str, str]:
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeDecodeError:
                break
    for name in (*_wide(data), "utf-8", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "gb18030" and not _reads_as_chinese(text):
            continue
        return text, name
    return data.decode("cp1252", errors="replace"), "cp1252"


def _wide(data: bytes) -> tuple[str, ...]:
    """The order of bytes of UTF-16 without a mark, told by the zeros beside ASCII signs."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if len(data) % 2 or even + odd < len(data) / 20:
        return ()
    return ("utf-16-be",) if even > odd else ("utf-16-le",)


def _reads_as_chinese(text: str) -> bool:
    """Whether the letters outside ASCII are mostly those of Chinese text.

    Western single-byte text often decodes as GB18030 by accident, into rare ideographs that
    GB2312 does not hold.
    """
    other = [letter for letter in text if letter > "\x7f"]
    common = sum(1 for letter in other if _in_gb2312(letter))
    return common >= 0.9 * len(other)


def _in_gb2312(letter: str) -> bool:
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return letter in "￥¥（）—－"
    return True


def _delimiter(text: str) -> str:
    """The separator of the line that has most of one, among the first two hundred."""
    lines = _PADDING.sub("", text[:_DELIMITER_PROBED]).split("\n", 200)[:200]
    return max(_DELIMITERS, key=lambda mark: max((line.count(mark) for line in lines), default=0))


def _records(text: str) -> Iterator[Row]:
    """The records of a delimited text with the line each begins on."""
    csv.field_size_limit(LARGEST_CELL)
    delimiter = _delimiter(text)
    reader = csv.reader(
        io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter, skipinitialspace=True
    )
    begins = 1
    try:
        for cells in reader:
            if reader.line_num > begins and _swallowed(cells, delimiter):
                lines = _LINE_END.split(text)[begins - 1 : reader.line_num]
                yield from _apart(lines, begins, delimiter)
            else:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        yield from _apart(_LINE_END.split(text)[begins - 1 :], begins, delimiter)


def _swallowed(cells: list[str], delimiter: str) -> bool:
    """Whether a stray quote made one cell out of lines that are rows of their own."""
    for cell in cells:
        inner = _LINE_END.split(cell)
        width = max(len(cells), max(line.count(delimiter) for line in inner) + 1)
        if width >= NARROWEST_TABLE and any(
            line.count(delimiter) + 1 >= width - 1 for line in inner[1:]
        ):
            return True
    return False


def _apart(lines: list[str], begins: int, delimiter: str) -> Iterator[Row]:
    """The lines one by one, without letting a quote reach beyond its line."""
    for offset, line in enumerate(lines):
        cells = line.split(delimiter)
        if not line.count('"') % 2:
            with suppress(csv.Error):
                row = csv.reader([line], delimiter=delimiter, skipinitialspace=True)
                cells = next(row, [])
        yield begins + offset, cells


def _sheets(name: str, data: bytes) -> Iterator[Grid]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in workbook.sheet_names:
            table = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            rows = [(at, [_cell(value) for value in cells]) for at, cells in enumerate(table, 1)]
            yield Grid(sheet, rows)
    except CalamineError as error:
        raise UnreadableFile(
            Text(
                f"{name}：表格文件打不开（{error}）。请重新导出，或另存为 CSV 再试。",
                f"{name}: the workbook cannot be opened ({error}). Export it again, or as CSV.",
            )
        ) from None


def _cell(value: object) -> str:
    """A sheet's value as the text a person sees: 15 digits, and no `.0` after whole numbers."""
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < EXACT_FLOAT
        return str(int(value)) if whole else f"{value:.15g}"
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).replace("T", " ")
    return str(value)


def unpack(source: Source, password: str | None) -> Iterator[Source]:
    """The file itself, or the statements inside it where it is a ZIP archive.

    Members are named `archive.zip/member`. Raises `PasswordNeeded` where an archive is locked,
    and `UnreadableFile` where it is broken or larger than an export can be.
    """
    if not source.is_archive:
        yield source
        return
    import zipfile
    import zlib

    import pyzipper

    try:
        with pyzipper.AESZipFile(io.BytesIO(source.data)) as archive:
            members = [
                member
                for member in archive.infolist()
                if not member.is_dir() and not _UNSEEN.fullmatch(member.filename)
            ]
            _within_limits(source.name, members)
            for member in members:
                inside = f"{source.name}/{_member_name(member)}"
                secret = password.encode() if password else None
                yield Source(inside, archive.read(member, pwd=secret))
    except RuntimeError:
        raise PasswordNeeded(_locked(source.name, given=bool(password))) from None
    except (zipfile.BadZipFile, pyzipper.BadZipFile, NotImplementedError, zlib.error, EOFError):
        raise UnreadableFile(
            Text(
                f"{source.name}：压缩包已损坏，请重新下载。",
                f"{source.name}: the archive is broken; download it again.",
            )
        ) from None


def _locked(name: str, *, given: bool) -> Text:
    if given:
        return Text(
            f"{name}：密码不对。支付宝的密码在支付宝消息里，微信的在“微信支付”公众号里。",
            f"{name}: wrong password. Alipay shows it in its messages, WeChat in the "
            "WeChat Pay official account.",
        )
    return Text(
        f"{name}：压缩包有密码，请加上 --password 密码。",
        f"{name}: the archive is locked; add --password PASSWORD.",
    )


def _within_limits(name: str, members: list) -> None:  # type: ignore[type-arg]
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > MOST_MEMBERS or size > LARGEST_MEMBER or size > LARGEST_RATIO * packed:
        raise UnreadableFile(
            Text(
                f"{name}：压缩包展开后过大（{len(members)} 个文件，{size} 字节），没有打开。",
                f"{name}: the archive would unpack to {len(members)} files and {size} bytes, "
                "more than statements need; it was not opened.",
            )
        )


def _member_name(member: object) -> str:
    """The member's name; archives made in China carry GBK names without saying so."""
    name = str(getattr(member, "filename", ""))
    if not getattr(member, "flag_bits", 0) & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    return re.sub(r"[\x00-\x1f]", "", PurePath(name).name)
