"""One file as bytes, with what can be made of it on demand: its text and its grids, kept."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from makewhole.records import Text
from makewhole.statements.delimited import Records
from makewhole.statements.encodings import decodes, encoding_of, is_mixed, is_wide, text_in
from makewhole.statements.grid import Grid, Headings, Row, headings_in

__all__ = ["Grid", "Headings", "Row", "Source", "headings_in"]

_HEAD = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_OTHER_PACKERS = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"\xfd7zXZ")
# Without one of these near its beginning a text is neither a page nor a workbook in XML.
_MARKUP = (b"<", b"mime-version")
_WORKBOOKS = {"xls", "xlsx", "xlsb", "ods"}


@dataclass
class Source:
    """One file as bytes, with what can be made of it on demand.

    `dates` is the order of day and month (`dmy` or `mdy`) that the person says the file has, and
    `currency` the code of its currency; each counts only where the file itself leaves it open. A
    PDF is opened with one of `passwords`, its headers are told by the headings in `vocabulary`, and
    `progress` hears of each page. `warnings` tell what of the file is not in `grids`.
    """

    name: str
    data: bytes
    dates: str = ""
    currency: str = ""
    passwords: Sequence[str] = ()
    vocabulary: frozenset[str] = frozenset()
    progress: Callable[[str], None] | None = None
    warnings: list[Text] = field(default_factory=list)
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        self.sha256 = hashlib.sha256(self.data).hexdigest()

    @cached_property
    def kind(self) -> str:
        """What the bytes are, whatever the file is called: `xls`, `xlsx`, `zip` ... or `text`."""
        if self.data.startswith(_OLE):
            return "xls"
        if self.data.startswith(_ZIP):
            from makewhole.statements import zips

            return zips.kind(self.name, self.data)
        return "text"

    @property
    def is_workbook(self) -> bool:
        """Whether the bytes are a workbook, whatever the file is called."""
        return self.kind in _WORKBOOKS

    @property
    def is_archive(self) -> bool:
        """Whether the bytes are a ZIP archive that is no workbook."""
        return self.kind == "zip"

    @property
    def is_packed(self) -> bool:
        """Whether the bytes are an archive of any sort."""
        return self.is_archive or self.data.startswith(_OTHER_PACKERS)

    @property
    def is_pdf(self) -> bool:
        """Whether the bytes are a PDF, whatever the file is called."""
        return b"%PDF-" in self.data[:1024]

    @property
    def _is_drawn(self) -> bool:
        return self.is_workbook or self.is_pdf

    def _turn_page(self, page: int, pages: int) -> None:
        if self.progress:
            self.progress(f"{self.name} ({page}/{pages})")

    @cached_property
    def _bytes(self) -> bytes:
        """The bytes of a text, without the zeros that a failed copy leaves in it."""
        zeros = self.data.count(0)
        # More of them than anything else is no text.
        stray = 0 < zeros * 2 < len(self.data) and not is_wide(self.data)
        return self.data.replace(b"\0", b"") if stray else self.data

    @cached_property
    def _may_be_markup(self) -> bool:
        head = self.data[:_HEAD].replace(b"\0", b"").lower()
        return any(sign in head for sign in _MARKUP)

    @cached_property
    def _text_encoding(self) -> str:
        encoding = encoding_of(self._bytes)
        if encoding.startswith("utf") or not self._may_be_markup:
            return encoding
        from makewhole.statements.webpages import is_page, stated_encoding

        if not is_page(self.data[:_HEAD].decode("latin-1")):
            return encoding
        stated = stated_encoding(self.data)
        return stated if stated and decodes(self.data, stated) else encoding

    @cached_property
    def text(self) -> str:
        """The whole file as text; the empty string for a workbook or a PDF."""
        if self._is_drawn:
            return ""
        return text_in(self._bytes, self._text_encoding)

    @cached_property
    def head(self) -> str:
        """The beginning of the text; the empty string for a workbook or a PDF."""
        return "" if self._is_drawn else self._bytes[:_HEAD].decode(self._text_encoding, "replace")

    @property
    def encoding(self) -> str:
        """The encoding of the text, or `pdf`, or the sort of workbook."""
        if self.is_pdf:
            return "pdf"
        if self.is_workbook:
            return self.kind
        return self._text_encoding

    @property
    def doubts(self) -> list[Text]:
        """What speaks against the text, beside the warnings."""
        if self._is_drawn or not is_mixed(self._bytes, self._text_encoding):
            return []
        return [
            Text(
                "文件混用了不止一种编码，部分文字会是乱码；日期和金额不受影响。请重新导出",
                "the file mixes encodings, so that some words are garbled; dates and amounts are "
                "not. Export it again",
            )
        ]

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables of the file: one for a text, each sheet of a workbook, each table of a PDF."""
        if self.is_pdf:
            return self._printed()
        if self.is_workbook:
            return self._sheets()
        if self._may_be_markup and (marked := self._marked_up()):
            return marked
        return [Grid("", Records(self.name, self._bytes, self._text_encoding))]

    def _sheets(self) -> list[Grid]:
        from makewhole.statements.workbooks import sheets

        read = sheets(self.name, self.data, self.kind)
        self.warnings = read.warnings
        return read.grids

    def _marked_up(self) -> list[Grid]:
        """The tables of a page, or the sheets of a workbook in XML; none where it is neither."""
        from makewhole.statements.spreadsheetml import is_spreadsheet_xml, spreadsheet_sheets
        from makewhole.statements.webpages import (
            is_page,
            is_single_file,
            page_grid,
            single_file_grids,
        )

        if is_single_file(self.data):
            return single_file_grids(self.name, self.data)
        if is_spreadsheet_xml(self.head):
            read = spreadsheet_sheets(self.name, self.text)
            self.warnings = read.warnings
            return read.grids
        return [page_grid(self.name, self.text)] if is_page(self.head) else []

    def _printed(self) -> list[Grid]:
        from makewhole.statements.pdf import read_pdf

        read = read_pdf(self.name, self.data, self.vocabulary, self.passwords, self._turn_page)
        self.warnings = read.doubts
        return [Grid(str(at) if at > 1 else "", rows) for at, rows in enumerate(read.tables, 1)]
