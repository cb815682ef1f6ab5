"""Prints tables as PDF statements do: with rules or without, on many pages, wrapped, locked.

Chinese text is set in a font that readers bring themselves (STSong-Light); none is embedded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Literal

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SONG, PLAIN, BOLD = "STSong-Light", "Helvetica", "Helvetica-Bold"
A4 = (595.0, 842.0)
ACROSS = (842.0, 595.0)

Align = Literal["left", "right", "middle"]
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Column:
    """A column: its headings from top to bottom, where it stands, and how its cells are set."""

    headings: tuple[str, ...]
    x: float
    width: float
    align: Align = "left"


@dataclass
class Look:
    """How a statement is printed."""

    size: tuple[float, float] = A4
    font: str = SONG
    type_size: float = 8.0
    leading: float = 10.0
    pad: float = 6.0
    top: float = 60.0
    bottom: float = 60.0
    rules: Literal["none", "rows", "grid", "header"] = "none"
    stand: Literal["top", "middle"] = "top"
    head: Sequence[tuple[float, float, str]] = ()
    foot: str = ""
    again: bool = True
    breaks_rows: bool = False
    watermark: str = ""
    band: bool = False
    password: str = ""
    tail: Sequence[str] = field(default_factory=tuple)
    page_sums: int = -1


def width_of(text: str, look: Look) -> float:
    return float(pdfmetrics.stringWidth(text, look.font, look.type_size))


def wrapped(text: str, width: float, look: Look) -> list[str]:
    """The text in lines no wider than the column; Latin words stay whole where they fit."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for part in _parts(paragraph):
            if line and width_of(line + part.rstrip(), look) > width:
                lines.append(line.rstrip())
                line = ""
            line += part
            while width_of(line.rstrip(), look) > width:
                cut = next(
                    at for at in range(len(line), 0, -1) if width_of(line[:at], look) <= width
                )
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line.rstrip())
    return lines


def _parts(text: str) -> Iterable[str]:
    part = ""
    for letter in text:
        if letter > "\u2e80":
            if part:
                yield part
            yield letter
            part = ""
        else:
            part += letter
            if letter == " ":
                yield part
                part = ""
    if part:
        yield part


class Printer:
    """Sets a table on as many pages as it takes."""

    def __init__(self, columns: Sequence[Column], look: Look) -> None:
        self.columns, self.look = columns, look
        self.out = BytesIO()
        lock = (
            StandardEncryption(look.password, canPrint=1, strength=128) if look.password else None
        )
        self.canvas = Canvas(self.out, pagesize=look.size, invariant=1, encrypt=lock)
        self.page = 0
        self.y = 0.0
        self.edges: list[float] = []
        self.amounts: list[Decimal] = []

    def put(self, x: float, y: float, text: str, size: float | None = None) -> None:
        self.canvas.setFont(self.look.font, size or self.look.type_size)
        self.canvas.drawString(x, self.look.size[1] - y, text)

    def cell(self, column: Column, y: float, text: str) -> None:
        room = column.width - width_of(text, self.look)
        shift = {"left": 0.0, "middle": room / 2, "right": room}[column.align]
        self.put(column.x + shift, y, text)

    def open_page(self) -> None:
        self.page += 1
        self.y = self.look.top
        if self.look.watermark:
            self.canvas.saveState()
            self.canvas.setFont(self.look.font, 40)
            self.canvas.setFillGray(0.85)
            self.canvas.translate(self.look.size[0] / 2, self.look.size[1] / 2)
            self.canvas.rotate(35)
            self.canvas.drawCentredString(0, 0, self.look.watermark)
            self.canvas.restoreState()
        if self.page == 1 or self.look.again:
            for x, size, text in self.look.head:
                self.put(x, self.y, text, size)
                self.y += size * 1.6
            self.y += 6
            self.header()

    def header(self) -> None:
        deepest = max(len(column.headings) for column in self.columns)
        height = deepest * self.look.leading + self.look.pad
        self.edges = [self.y]
        if self.look.band:
            left, right = self.columns[0].x - 2, self.columns[-1].x + self.columns[-1].width + 2
            self.canvas.setFillColorRGB(0.1, 0.5, 0.2)
            self.canvas.rect(
                left, self.look.size[1] - self.y - height, right - left, height, stroke=0, fill=1
            )
            self.canvas.setFillGray(1)
        for column in self.columns:
            lift = (deepest - len(column.headings)) * self.look.leading / 2
            for at, text in enumerate(column.headings):
                self.cell(column, self.y + lift + (at + 1) * self.look.leading, text)
        self.canvas.setFillGray(0)
        self.y += height
        self.edges.append(self.y)

    def close_page(self, of: int) -> None:
        self.rule()
        if self.look.page_sums >= 0:
            came = sum(each for each in self.amounts if each > 0)
            went = -sum(each for each in self.amounts if each < 0)
            said = f"本页支出算术合计：{went:,.2f}   本页收入算术合计：{came:,.2f}"
            self.put(36, self.y + 14, f"{said}   本页交易笔数：{len(self.amounts)}")
            self.amounts = []
        if self.look.foot:
            self.put(
                self.look.size[0] / 2 - 30,
                self.look.size[1] - self.look.bottom / 2,
                self.look.foot.format(page=self.page, of=of),
            )
        self.canvas.showPage()

    def rule(self) -> None:
        if self.look.rules == "none":
            return
        left, right = self.columns[0].x - 2, self.columns[-1].x + self.columns[-1].width + 2
        edges = self.edges[:2] if self.look.rules == "header" else self.edges
        self.canvas.setLineWidth(0.5)
        for y in edges:
            self.canvas.line(left, self.look.size[1] - y, right, self.look.size[1] - y)
        if self.look.rules == "grid":
            for x in (*(column.x - 2 for column in self.columns), right):
                self.canvas.line(x, self.look.size[1] - edges[0], x, self.look.size[1] - edges[-1])

    def row(self, cells: Sequence[str], of: int) -> None:
        lines = [
            wrapped(text, column.width, self.look)
            for text, column in zip(cells, self.columns, strict=True)
        ]
        deepest = max(map(len, lines))
        room = int(
            (self.look.size[1] - self.look.bottom - self.y - self.look.pad) // self.look.leading
        )
        if room < deepest and self.look.breaks_rows and room > 1:
            self._lines([each[:room] for each in lines], room)
            lines = [each[room:] for each in lines]
            deepest = max(map(len, lines))
            self.close_page(of)
            self.open_page()
        elif room < deepest:
            self.close_page(of)
            self.open_page()
        self._lines(lines, deepest)
        if self.look.page_sums >= 0:
            self.amounts.append(Decimal(cells[self.look.page_sums].replace(",", "")))

    def _lines(self, lines: Sequence[Sequence[str]], deepest: int) -> None:
        for each, column in zip(lines, self.columns, strict=True):
            lift = (deepest - len(each)) / 2 if self.look.stand == "middle" else 0.0
            for at, text in enumerate(each):
                self.cell(column, self.y + (at + 1 + lift) * self.look.leading - 1, text)
        self.y += deepest * self.look.leading + self.look.pad
        self.edges.append(self.y)

    def print(self, rows: Rows, of: int) -> bytes:
        self.open_page()
        for cells in rows:
            self.row(cells, of)
        self.y += self.look.leading
        for text in self.look.tail:
            self.put(self.columns[0].x, self.y + 8, text)
            self.y += self.look.leading * 1.4
        self.close_page(of)
        self.canvas.save()
        return self.out.getvalue()


def printed(columns: Sequence[Column], rows: Rows, look: Look) -> bytes:
    """A statement as a PDF."""
    first = Printer(columns, look)
    first.print(rows, 0)
    return Printer(columns, look).print(rows, first.page)


def spread(
    names: Sequence[tuple[str, ...]],
    widths: Sequence[float],
    left: float = 36,
    gap: float = 6,
    right: Sequence[str] = (),
) -> list[Column]:
    """Columns beside each other; those named in `right` are set to the right."""
    columns, x = [], left
    for headings, width in zip(names, widths, strict=True):
        align: Align = "right" if any(text in right for text in headings) else "left"
        columns.append(Column(headings, x, width, align))
        x += width + gap
    return columns


def scanned() -> bytes:
    """A page that is a picture of a statement."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    picture = BytesIO(b"P5 64 64 255\n" + bytes(range(64)) * 64)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


pdfmetrics.registerFont(UnicodeCIDFont(SONG))
