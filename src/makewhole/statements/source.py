"""One file as bytes, with what can be made of it on demand: its text and its grids, kept."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property

from makewhole.statements import zips
from makewhole.statements.delimited import records
from makewhole.statements.encodings import decode
from makewhole.statements.grid import Grid, Headings, Row, headings_in
from makewhole.statements.workbooks import sheets

__all__ = ["Grid", "Headings", "Row", "Source", "headings_in"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORKBOOKS = {"xls", "xlsx", "xlsb", "ods"}


@dataclass
class Source:
    """One file as bytes, with what can be made of it on demand.

    `dates` is the order of day and month (`dmy` or `mdy`) that the person says the file has, and
    `currency` the code of its currency; each counts only where the file itself leaves it open.
    """

    name: str
    data: bytes
    dates: str = ""
    currency: str = ""
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        self.sha256 = hashlib.sha256(self.data).hexdigest()

    @cached_property
    def kind(self) -> str:
        """What the bytes are, whatever the file is called: `xls`, `xlsx`, `zip` ... or `text`."""
        if self.data.startswith(_OLE):
            return "xls"
        if self.data.startswith(zips.OPENING):
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

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        return decode(self.data)

    @property
    def text(self) -> str:
        """The whole file as text; the empty string for a workbook."""
        return "" if self.is_workbook else self._decoded[0]

    @property
    def encoding(self) -> str:
        """The encoding of the text, or the sort of workbook."""
        if self.is_workbook:
            return self.kind
        return self._decoded[1]

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables of the file: one for a text file, one for each sheet of a workbook."""
        if self.is_workbook:
            return list(sheets(self.name, self.data))
        return [Grid("", records(self.name, self.text))]
