"""What the library that reads workbooks does not tell of XLS: reach, bombs, cell faults.

An XLS file is a small file system with one stream of records in it. The records are walked once,
before the library sees them, for the reasons that `sheetxml` gives.
"""

from array import array
from collections.abc import Iterator, Sequence
from struct import Struct, error, unpack_from
from sys import byteorder

from makewhole.errors import PasswordNeeded, UnreadableFile
from makewhole.records import Text
from makewhole.statements.limits import (
    CELLS_A_BYTE,
    FREE_CELLS,
    MOST_COLUMNS,
    MOST_SHEET_TEXT,
    MOST_SHEETS,
)
from makewhole.statements.sheetxml import Place, Survey, reaches_too_far
from makewhole.statements.zips import too_large

_HEAD = Struct("<HH")
_END_OF_CHAIN = 0xFFFFFFFA
_ENTRY = 128
_BOUNDSHEET, _SST, _CONTINUE, _FILEPASS, _EOF, _BOF = 0x85, 0xFC, 0x3C, 0x2F, 0x0A, 0x809
_LABEL_SHARED, _FORMULA, _ERROR_OR_BOOL, _MANY = 0xFD, 0x06, 0x205, 0xBD
_CELLS = {0x203, 0x27E, 0x204, 0xD6, _LABEL_SHARED, _FORMULA, _ERROR_OR_BOOL, _MANY}
_BIFF_8 = 0x600
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def survey_xls(name: str, data: bytes) -> Survey:
    """The faults of an XLS workbook by sheet.

    Raises `UnreadableFile` where the file is broken or beyond the limits, and `PasswordNeeded`
    where it is locked.
    """
    try:
        files = _Files(data)
        if files.find("EncryptedPackage"):
            raise locked(name)
        stream = files.read("Workbook") or files.read("Book")
        return _Records(name, stream).survey()
    except (error, IndexError, ValueError, RecursionError):
        raise broken(name) from None


def locked(name: str) -> PasswordNeeded:
    """The refusal of a workbook that asks for a password itself."""
    return PasswordNeeded(
        Text(
            f"{name}：这个表格文件本身有密码；请用表格软件打开，去掉密码后另存为 CSV 再读。",
            f"{name}: the workbook itself is locked; open it in a spreadsheet program and save it "
            "as CSV without a password.",
        )
    )


def broken(name: str) -> UnreadableFile:
    """The refusal of a workbook that cannot be taken apart."""
    return UnreadableFile(
        Text(
            f"{name}：表格文件已损坏，打不开。请重新导出，或另存为 CSV 再试。",
            f"{name}: the workbook is broken and cannot be opened. Export it again, or as CSV.",
        )
    )


class _Files:
    """The files in a compound file: chains of sectors, small ones in a stream of their own."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, small_shift = unpack_from("<HH", data, 30)
        if shift not in {9, 12} or small_shift > shift:
            raise ValueError
        self._sector, self._small = 1 << shift, 1 << small_shift
        directory, self._cutoff, small_table = unpack_from("<I4xII", data, 48)
        self._table = self._allocation()
        self._entries = self._chain(directory)
        # Where a list is cut off, the library would stumble instead of refusing.
        if not self._entries or len(self._entries) % _ENTRY:
            raise ValueError
        root, size = unpack_from("<II", self._entries, 116)
        self._small_stream = self._chain(root)[:size] if size else b""
        self._small_table = _numbers(self._chain(small_table))

    def _allocation(self) -> Sequence[int]:
        numbers = list(unpack_from("<109I", self._data, 76))
        more, count = unpack_from("<II", self._data, 68)
        for _each in range(min(count, len(self._data) // self._sector)):
            if more >= _END_OF_CHAIN:
                break
            further = _numbers(self._at(more))
            numbers.extend(further[:-1])
            more = further[-1]
        used = [each for each in dict.fromkeys(numbers) if each < _END_OF_CHAIN]
        return _numbers(b"".join(self._at(each) for each in used))

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._at(each) for each in _links(start, self._table))

    def _named(self) -> Iterator[tuple[str, int, int]]:
        for at in range(0, len(self._entries) - _ENTRY + 1, _ENTRY):
            length = min(unpack_from("<H", self._entries, at + 64)[0], 64)
            name = self._entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            yield (name, *unpack_from("<II", self._entries, at + 116))

    def find(self, name: str) -> tuple[int, int] | None:
        """Where a file begins and how long it is."""
        found = (each[1:] for each in self._named() if each[0].lower() == name.lower())
        return next(found, None)

    def read(self, name: str) -> bytes:
        """The bytes of a file, or nothing where there is no such file."""
        found = self.find(name)
        if not found:
            return b""
        start, size = found
        if size >= self._cutoff:
            content = self._chain(start)
        else:
            stream, length = self._small_stream, self._small
            links = _links(start, self._small_table)
            content = b"".join(stream[each * length : (each + 1) * length] for each in links)
        if len(content) < size:
            raise ValueError
        return content[:size]


def _numbers(data: bytes) -> Sequence[int]:
    numbers = array("I", data[: len(data) // 4 * 4])
    if byteorder == "big":
        numbers.byteswap()
    return numbers


def _links(start: int, table: Sequence[int]) -> Iterator[int]:
    """The chain of sectors; raises `ValueError` where it runs in a circle."""
    seen = 0
    while start < _END_OF_CHAIN and start < len(table):
        yield start
        start = table[start]
        seen += 1
        if seen > len(table):
            raise ValueError


class _Records:
    """The stream of records, walked sheet by sheet."""

    def __init__(self, name: str, stream: bytes) -> None:
        self._name = name
        self._stream = stream
        self._lengths: list[int] = []
        self._text = self._spanned = 0

    def survey(self) -> Survey:
        """The faults by sheet."""
        survey = Survey()
        for sheet, at in self._globals():
            survey.faults[sheet] = self._sheet(at)
        return survey

    def _walk(self, at: int) -> Iterator[tuple[int, int, int]]:
        """Each record from a place to the end of its part: its sort, place and length."""
        stream, size, head = self._stream, len(self._stream), _HEAD.unpack_from
        depth = 0
        while at + 4 <= size:
            sort, length = head(stream, at)
            yield sort, at + 4, length
            depth += (sort == _BOF) - (sort == _EOF)
            if depth <= 0 and sort == _EOF:
                return
            at += 4 + length

    def _globals(self) -> list[tuple[str, int]]:
        sheets: list[tuple[str, int]] = []
        texts: list[bytes] = []
        wide, last = True, 0
        for sort, at, length in self._walk(0):
            if sort == _FILEPASS:
                raise locked(self._name)
            if sort == _BOF and not last:
                wide = unpack_from("<H", self._stream, at)[0] >= _BIFF_8
            elif sort == _BOUNDSHEET:
                sheets.append(self._bound(at, length, wide=wide))
            elif sort == _SST or (sort == _CONTINUE and last == _SST):
                texts.append(self._stream[at : at + length])
                last = _SST
                continue
            last = sort
        if len(sheets) > MOST_SHEETS:
            raise too_large(self._name)
        self._lengths = _shared_lengths(texts)
        return sheets

    def _bound(self, at: int, length: int, *, wide: bool) -> tuple[str, int]:
        start, count = unpack_from("<I2xB", self._stream, at)
        name = self._stream[at + 7 : at + length]
        if not wide:
            return name[:count].decode("latin-1"), start
        encoding = "utf-16-le" if name[0] & 1 else "latin-1"
        return name[1:].decode(encoding, "replace")[:count], start

    def _sheet(self, start: int) -> dict[Place, str]:
        faults: dict[Place, str] = {}
        rows = columns = 0
        for sort, at, length in self._walk(start):
            if sort not in _CELLS:
                continue
            row, column = _HEAD.unpack_from(self._stream, at)
            if sort == _MANY:
                column = unpack_from("<H", self._stream, at + length - 2)[0]
            elif sort == _LABEL_SHARED and self._lengths:
                number = unpack_from("<I", self._stream, at + 6)[0]
                self._text += self._lengths[number] if number < len(self._lengths) else 0
            elif fault := self._fault(sort, at):
                faults[row + 1, column + 1] = fault
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        self._spanned += rows * columns
        allowed = FREE_CELLS + CELLS_A_BYTE * len(self._stream)
        if (
            columns > MOST_COLUMNS
            or self._spanned > allowed
            or self._text > MOST_SHEET_TEXT + len(self._stream)
        ):
            raise reaches_too_far(self._name)
        return faults

    def _fault(self, sort: int, at: int) -> str:
        if sort == _ERROR_OR_BOOL:
            code, is_error = unpack_from("<BB", self._stream, at + 6)
        elif sort == _FORMULA:
            what, code, mark = unpack_from("<BxB3xH", self._stream, at + 6)
            is_error = mark == 0xFFFF and what == 2  # noqa: PLR2004 - the format's own numbers
        else:
            return ""
        return _ERRORS.get(code, "#ERROR") if is_error else ""


def _shared_lengths(records: Sequence[bytes]) -> list[int]:
    """The length of each shared text; a text may go on in the next record, with a flag again."""
    if not records:
        return []
    at, part = 8, 0
    lengths = []
    while part < len(records):
        if at + 3 > len(records[part]):
            part, at = part + 1, 0
            continue
        count, flags = unpack_from("<HB", records[part], at)
        at += 3
        runs = extra = 0
        if flags & 8:
            runs, at = unpack_from("<H", records[part], at)[0], at + 2
        if flags & 4:
            extra, at = unpack_from("<I", records[part], at)[0], at + 4
        lengths.append(count)
        width, left = 1 + (flags & 1), count
        while left and part < len(records):
            here = min(left, (len(records[part]) - at) // width)
            left, at = left - here, at + here * width
            if left:
                part += 1
                if part < len(records) and records[part]:
                    width, at = 1 + (records[part][0] & 1), 1
        at += 4 * runs + extra
        while part < len(records) and at > len(records[part]):
            at, part = at - len(records[part]), part + 1
    return lengths
