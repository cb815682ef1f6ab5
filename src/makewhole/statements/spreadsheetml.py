"""Workbooks of 2003 written as one XML file, which banks send with the name of an XLS."""

import re
from io import BytesIO
from typing import Any
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl

from makewhole.errors import UnreadableFile
from makewhole.records import Text
from makewhole.statements.grid import Grid, Row
from makewhole.statements.limits import (
    CELLS_A_BYTE,
    DEEPEST_XML,
    FREE_CELLS,
    MOST_COLUMNS,
    MOST_SHEETS,
)
from makewhole.statements.sheetxml import reaches_too_far
from makewhole.statements.workbooks import Sheets, shown

_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_PROBED = 10_000
_NO_FRACTION = re.compile(r"\.0*$")


def is_spreadsheet_xml(text: str) -> bool:
    """Whether a text is such a workbook."""
    head = text[:_PROBED]
    return head.lstrip("\ufeff \t\r\n").startswith("<?xml") and _SPACE in head


def spreadsheet_sheets(name: str, text: str) -> Sheets:
    """The sheets; hidden ones only where nothing is visible.

    Raises `UnreadableFile` where the XML is broken or beyond the limits.
    """
    from xml.sax import SAXException

    from defusedxml.common import DefusedXmlException
    from defusedxml.sax import make_parser

    sheets = _Sheets(name, len(text))
    parser: Any = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(sheets)
    body = text.partition("?>")[2]
    try:
        parser.parse(BytesIO(body.strip().encode()))
    except (SAXException, DefusedXmlException, UnicodeError, ValueError) as problem:
        raise UnreadableFile(
            Text(
                f"{name}：XML 不完整或有误（{problem}），所以没有读。请重新下载。",
                f"{name}: the XML is broken or cut off ({problem}), so nothing was read. "
                "Download it again.",
            )
        ) from None
    return shown(
        [Grid(title, rows) for title, rows in sheets.read],
        [Grid(title, rows) for title, rows in sheets.hidden],
    )


class _Sheets(ContentHandler):
    """Takes the sheets out of the stream of elements."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__()
        self.read: list[tuple[str, list[Row]]] = []
        self.hidden: list[tuple[str, list[Row]]] = []
        self._name = name
        self._left = FREE_CELLS + CELLS_A_BYTE * size
        self._depth = self._row = 0
        self._cells: list[str] = []
        self._words: list[str] | None = None
        self._kind = self._formula = ""
        self._span = (0, 0)
        # For each column the last row that a cell above reaches, and its text.
        self._below: dict[int, tuple[int, str]] = {}

    def startElementNS(  # noqa: N802  the interface's name
        self,
        name: tuple[str | None, str],
        qname: str | None,  # noqa: ARG002
        attrs: AttributesNSImpl,
    ) -> None:
        self._depth += 1
        if self._depth > DEEPEST_XML:
            raise reaches_too_far(self._name)
        said = {key[1]: value for key, value in attrs.items()}
        match name[1]:
            case "Worksheet":
                self._begin_sheet(said.get("Name", ""))
            case "Row":
                self._row = int(said.get("Index", self._row + 1))
                self._cells = []
            case "Cell":
                self._begin_cell(said)
            case "Data" | "Visible":
                self._words, self._kind = [], said.get("Type", "")

    def characters(self, content: str) -> None:
        if self._words is not None:
            self._words.append(content)

    def endElementNS(  # noqa: N802
        self,
        name: tuple[str | None, str],
        qname: str | None,  # noqa: ARG002
    ) -> None:
        self._depth -= 1
        match name[1]:
            case "Data":
                self._end_data()
            case "Cell":
                self._end_cell()
            case "Row":
                self._end_row()
            case "Visible":
                if self._said() != "SheetVisible" and self.read:
                    self.hidden.append(self.read.pop())

    def _begin_sheet(self, title: str) -> None:
        self.read.append((title, []))
        self._row, self._below = 0, {}
        if len(self.read) + len(self.hidden) > MOST_SHEETS:
            raise reaches_too_far(self._name)

    def _begin_cell(self, said: dict[str, str]) -> None:
        column = int(said["Index"]) - 1 if "Index" in said else len(self._cells)
        if column >= MOST_COLUMNS:
            raise reaches_too_far(self._name)
        self._cover(column)
        self._cells.append("")
        self._formula = said.get("Formula", "")
        self._span = int(said.get("MergeAcross", 0)), int(said.get("MergeDown", 0))

    def _cover(self, to: int) -> None:
        """Fill the row up to a column with what cells above hold there."""
        while len(self._cells) < to:
            last, text = self._below.get(len(self._cells), (0, ""))
            self._cells.append(text if last >= self._row else "")

    def _said(self) -> str:
        text, self._words = "".join(self._words or ()), None
        return text

    def _end_data(self) -> None:
        text = self._said()
        if self._kind == "DateTime":
            text = _NO_FRACTION.sub("", text).replace("T", " ")
        if self._cells:
            self._cells[-1] = text

    def _end_cell(self) -> None:
        if not self._cells:
            return
        if not self._cells[-1] and self._formula:
            self._cells[-1] = self._formula
        across, down = self._span
        if down:
            self._below[len(self._cells) - 1] = self._row + down, self._cells[-1]
        if len(self._cells) + across > MOST_COLUMNS:
            raise reaches_too_far(self._name)
        self._cells.extend([""] * across)

    def _end_row(self) -> None:
        if self._below:
            self._cover(max(self._below) + 1)
        while self._cells and not self._cells[-1]:
            self._cells.pop()
        self._left -= len(self._cells) + 1
        if self._left < 0:
            raise reaches_too_far(self._name)
        if self.read and self._cells:
            self.read[-1][1].append((self._row, self._cells))
        self._cells = []
