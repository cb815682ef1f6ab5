"""Web pages that hold a table, often saved with the name of a workbook: HTML and MHTML.

All tables of a page become one grid, as a spreadsheet program would show them one below the
other; the row is counted as it would count. Tables inside the cells of another that only lays
out the page stand for themselves.
"""

import binascii
import quopri
import re
from collections.abc import Iterator
from html import unescape

from makewhole.errors import UnreadableFile
from makewhole.records import Text
from makewhole.statements.encodings import decode
from makewhole.statements.grid import Grid, Row
from makewhole.statements.limits import (
    CELLS_A_BYTE,
    DEEPEST_PAGE,
    FREE_CELLS,
    MOST_COLUMNS,
    MOST_SHEETS,
)
from makewhole.statements.sheetxml import reaches_too_far

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,2000}-->\s*){0,5}"
    r"<(?:!doctype\s+html|html|head|meta|body|table|style|div|center|title)\b",
    re.IGNORECASE,
)
_SINGLE_FILE = (b"mime-version:", b"multipart/related", b"boundary")
_PROBED = 10_000
_NAME = re.compile(r"/?[a-zA-Z][\w:.-]*")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s=>/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*))?")
_UNREAD = {"script", "style", "template", "noscript"}
_CELLS = {"td", "th"}
_BREAKS = {"br", "p", "div", "li"}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_ENCODING = re.compile(
    r"(?:utf-8|gb2312|gbk|gb18030|big5|shift_jis|euc-kr|iso-8859-\d+|"
    r"windows-125\d)",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    rb"boundary\s*=\s*(?:\"([^\"\r\n]{1,100})\"|([^\s;\"]{1,100}))", re.IGNORECASE
)
_TRANSFER = re.compile(rb"^content-transfer-encoding\s*:\s*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_IS_HTML = re.compile(rb"^content-type\s*:\s*text/html", re.IGNORECASE | re.MULTILINE)


def is_page(text: str) -> bool:
    """Whether a text is a web page, whatever the file is called."""
    return bool(_PAGE.match(text[:_PROBED]))


def is_single_file(data: bytes) -> bool:
    """Whether the bytes are a web page with all its parts in one file (MHTML)."""
    head = data[:_PROBED].lower()
    return not head.lstrip().startswith(b"<") and all(mark in head for mark in _SINGLE_FILE)


def stated_encoding(data: bytes) -> str:
    """The encoding that a page says it has, where Python knows it as one of text."""
    found = _CHARSET.search(data[:_PROBED])
    name = found[1].decode().lower() if found else ""
    if name in {"gb2312", "gbk"}:
        return "gb18030"
    return name if _ENCODING.fullmatch(name) else ""


def page_grid(name: str, text: str) -> Grid:
    """The tables of a page as one grid."""
    return Grid("", _Page(name, text).rows())


def single_file_grids(name: str, data: bytes) -> list[Grid]:
    """A grid for each page in a single-file web page."""
    pages = [page_grid(name, text) for text in _pages(name, data)]
    return [grid for grid in pages if grid.head] or pages[:1]


def _pages(name: str, data: bytes) -> Iterator[str]:
    found = _BOUNDARY.search(data[:_PROBED])
    if not found:
        return
    parts = data.split(b"--" + (found[1] or found[2]))[1:]
    if len(parts) > MOST_SHEETS:
        raise reaches_too_far(name)
    for part in parts:
        head, _blank, body = part.replace(b"\r\n", b"\n").lstrip(b"\n").partition(b"\n\n")
        if not _IS_HTML.search(head):
            continue
        transfer = _TRANSFER.search(head)
        content = _decoded(name, body, transfer[1].lower() if transfer else b"")
        yield page_text(content, stated_encoding(head))


def _decoded(name: str, body: bytes, transfer: bytes) -> bytes:
    if transfer == b"quoted-printable":
        return quopri.decodestring(body)
    if transfer == b"base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            raise _cut_off(name) from None
    return body


def page_text(data: bytes, encoding: str = "") -> str:
    """A page as text: in the encoding that it states if it fits, else as its bytes tell."""
    stated = encoding or stated_encoding(data)
    if stated:
        try:
            return data.decode(stated).lstrip("\ufeff")
        except UnicodeDecodeError:
            pass
    return decode(data)[0]


class _Page:
    """A page on its way into rows. Markup that is never closed holds no row back."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._rows: list[list[str]] = []
        self._cells: list[str] = []
        self._words: list[str] = []
        self._in_cell = False
        self._span = (1, 1)
        # Columns that a cell above still covers: the rows left, and its text.
        self._below: dict[int, tuple[int, str]] = {}
        self._outer: list[tuple[dict[int, tuple[int, str]], bool]] = []
        self._count = 0

    def rows(self) -> Iterator[Row]:
        """The rows, each with its number."""
        number = 0
        for name, attributes in self._tags():
            self._tag(name, attributes)
            for cells in self._rows:
                number += 1
                yield number, cells
            self._rows.clear()
        self._end_row()
        for cells in self._rows:
            number += 1
            yield number, cells

    def _tags(self) -> Iterator[tuple[str, str]]:
        """Each tag as name and attributes; the text before it goes to the open cell."""
        text, at = self._text, 0
        while True:
            opens = text.find("<", at)
            if opens < 0:
                self._say(text[at:])
                return
            self._say(text[at:opens])
            if text.startswith(("<!", "<?"), opens):
                at = self._after_note(opens)
                continue
            found = _NAME.match(text, opens + 1)
            if not found:
                self._say("<")
                at = opens + 1
                continue
            end = self._tag_end(found.end())
            name = found[0].lower()
            yield name, text[found.end() : end]
            at = end + 1
            if name in _UNREAD and not text.endswith("/", opens, end):
                closing = re.compile(rf"</{name}", re.IGNORECASE).search(text, at)
                if not closing:
                    raise _cut_off(self._name)
                at = closing.start()

    def _after_note(self, at: int) -> int:
        closing = "-->" if self._text.startswith("<!--", at) else ">"
        end = self._text.find(closing, at + 2)
        if end < 0:
            raise _cut_off(self._name)
        return end + len(closing)

    def _tag_end(self, at: int) -> int:
        """Where a tag closes; a sign in quotes behind an equals sign does not close it."""
        while True:
            found = _ATTRIBUTE.match(self._text, at)
            if not found:
                break
            at = found.end()
        end = self._text.find(">", at)
        if end < 0:
            raise _cut_off(self._name)
        return end

    def _say(self, text: str) -> None:
        if text and (self._in_cell or not text.isspace()):
            self._words.append(text)

    def _tag(self, name: str, attributes: str) -> None:
        if name in _CELLS:
            self._begin_cell(attributes)
        elif name.startswith("/") and name[1:] in _CELLS:
            self._end_cell()
        elif name in {"tr", "/tr"}:
            self._end_row()
        elif name == "table":
            self._end_row()
            self._outer.append((self._below, self._in_cell))
            self._below, self._in_cell = {}, False
            if len(self._outer) > DEEPEST_PAGE:
                raise reaches_too_far(self._name)
        elif name == "/table":
            self._end_row()
            self._below, self._in_cell = self._outer.pop() if self._outer else ({}, False)
        elif name.lstrip("/") in _BREAKS:
            self._break()

    def _break(self) -> None:
        if self._in_cell:
            self._words.append(" ")
        elif not self._outer:
            self._end_row()

    def _begin_cell(self, attributes: str) -> None:
        self._end_cell()
        self._cover()
        told = {key.lower(): value.strip("\"' ") for key, value in _ATTRIBUTE.findall(attributes)}
        self._span = _number(told.get("colspan", "")), _number(told.get("rowspan", ""))
        self._in_cell = True

    def _end_cell(self) -> None:
        text = " ".join(unescape("".join(self._words)).split())
        self._words.clear()
        if not self._in_cell:
            # Words outside a table are a line of their own.
            if text:
                self._cells.append(text)
                if not self._outer:
                    self._end_row()
            return
        self._in_cell = False
        wide, deep = self._span
        column = len(self._cells)
        self._cells.extend([text, *[""] * (wide - 1)])
        if len(self._cells) > MOST_COLUMNS:
            raise reaches_too_far(self._name)
        if deep > 1:
            self._below.update((at, (deep, self._cells[at])) for at in range(column, column + wide))

    def _cover(self) -> None:
        """Put in what cells above hold in the next columns."""
        while (at := len(self._cells)) in self._below and self._below[at][0] > 0:
            self._cells.append(self._below[at][1])

    def _end_row(self) -> None:
        if self._in_cell or self._words:
            self._end_cell()
        if not self._cells:
            return
        self._cover()
        self._below = {at: (left - 1, text) for at, (left, text) in self._below.items() if left > 1}
        self._rows.append(self._cells)
        self._count += len(self._cells)
        if self._count > FREE_CELLS + CELLS_A_BYTE * len(self._text):
            raise reaches_too_far(self._name)
        self._cells = []


def _number(digits: str) -> int:
    return max(1, min(int(digits), MOST_COLUMNS * MOST_COLUMNS)) if digits[:8].isdecimal() else 1


def _cut_off(name: str) -> UnreadableFile:
    return UnreadableFile(
        Text(
            f"{name}：网页文件不完整，所以没有读。请重新下载。",
            f"{name}: the web page is cut off, so nothing was read. Download it again.",
        )
    )
