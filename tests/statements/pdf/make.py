"""Makes the PDF statements of this folder; people, shops and numbers are invented.

`python -m tests.statements.pdf.make` writes them all anew, byte for byte the same. Chinese text is
set in a font that readers bring themselves (STSong-Light), so that none is embedded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Literal

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
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


# --- the statements -------------------------------------------------------------------------


def cmb() -> bytes:
    """招商银行交易流水: no rules but around the header, cells stand around the middle of a row."""
    columns = spread(
        [
            ("记账日期", "Date"),
            ("货币", "Currency"),
            ("交易金额", "Transaction Amount"),
            ("联机余额", "Balance"),
            ("交易摘要", "Transaction Type"),
            ("对手信息", "Counter Party"),
        ],
        [52, 40, 76, 70, 80, 130],
        gap=14,
        right=("交易金额", "联机余额"),
    )
    shops = [
        ("快捷支付", "北京康宁家政服务有限公司", "-188.00"),
        ("银联快捷支付", "美团平台商户", "-36.50"),
        ("网银贷记", "上海某某信息技术有限公司代发专户九号", "12,000.00"),
        ("快捷退款", "财付通-某某便利店", "9.90"),
        ("快捷支付", "支付宝-浙江某某食品连锁有限公司杭州文三路第二分店", "-1,234.56"),
        ("转账汇款", "张三 6222021234567890123", "-500.00"),
    ]
    rows, balance = [], 2000_00
    for at in range(70):
        kind, who, amount = shops[at % len(shops)]
        balance += round(float(amount.replace(",", "")) * 100)
        day = f"2026-{1 + at // 28:02}-{1 + at % 28:02}"
        rows.append([day, "CNY", amount, f"{balance / 100:,.2f}", kind, who])
    look = Look(
        stand="middle",
        rules="header",
        head=[
            (220, 14, "招商银行交易流水"),
            (190, 8, "Transaction Statement of China Merchants Bank"),
            (220, 8, "2026-01-01 -- 2026-03-31"),
            (36, 8, "户  名：李四                     账号：6214830100001234"),
            (36, 8, "账户类型：ALL/全币种             开 户 行：某某支行"),
            (36, 8, "申请时间：2026-04-01 09:30:00    验 证 码：ABCD1234"),
        ],
        foot="{page}/{of}",
        watermark="招商银行",
        tail=["温馨提示：交易流水验真网址见手机银行，如有疑问请联系客服。"],
    )
    return printed(columns, rows, look)


def bocom() -> bytes:
    """交通银行个人客户交易清单: a grid, headings in two languages, rows over a page break."""
    columns = spread(
        [
            ("Serial", "Num", "序号"),
            ("Trans Date", "交易日期"),
            ("Trans Time", "交易时间"),
            ("Trading Type", "交易类型"),
            ("Dc Flg", "借贷"),
            ("Trans Amt", "交易金额"),
            ("Balance", "余额"),
            ("Payment Receipt", "Account", "对方账号"),
            ("Payment Receipt", "Account Name", "对方户名"),
            ("Trading Place", "交易地点"),
            ("Abstract", "摘要"),
        ],
        [26, 50, 44, 56, 34, 56, 56, 84, 84, 70, 110],
        gap=4,
        right=("交易金额", "余额"),
    )
    kinds = [
        (
            "网上支付",
            "借 Dr",
            "100.79",
            "2088123412341234001",
            "某某基金销售有限公司",
            "网银在线（北京）科技有限公司",
            "网上支付 基金申购 订单编号20260123123213213131 交易流水号20260123123213213139",
        ),
        ("借记卡退货", "贷 Cr", "35.00", "243300133", "财付通支付科技有限公司", "微信支付", ""),
        ("信用卡转账还款", "借 Dr", "3.21", "6666666666666666", "王五", "其他", ""),
        (
            "跨行汇款",
            "贷 Cr",
            "10,000.00",
            "6222020200112233445",
            "王五",
            "网络支付",
            "银联入账(王五/其它)转账",
        ),
    ]
    rows, balance = [], 5_000_00
    for at in range(30):
        kind, flag, amount, account, name, place, said = kinds[at % len(kinds)]
        cents = round(float(amount.replace(",", "")) * 100)
        balance += cents if flag.startswith("贷") else -cents
        rows.append(
            [
                str(at + 1),
                f"2026-01-{1 + at:02}",
                f"{8 + at % 12:02}:{at:02}:09",
                kind,
                flag,
                amount,
                f"{balance / 100:,.2f}",
                account,
                name,
                place,
                said,
            ]
        )
    look = Look(
        size=ACROSS,
        type_size=7,
        leading=9,
        rules="grid",
        head=[
            (340, 12, "交通银行个人客户交易清单"),
            (345, 8, "Bocom Personal Account Details"),
            (36, 7, "账号/卡号Account/Card No: 6222612345678901234   户名Account Name: 王五"),
            (
                36,
                7,
                "查询起日Query Starting Date: 2026-01-01   查询止日Query Ending Date: 2026-01-31",
            ),
            (36, 7, "币种Currency: 人民币 CNY"),
        ],
        foot="第 {page} / {of} 页",
        bottom=75,
        breaks_rows=True,
        tail=["打印完毕"],
    )
    return printed(columns, rows, look)


MADE = {"cmb-debit.pdf": cmb, "bocom-debit-app.pdf": bocom}


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

if __name__ == "__main__":
    for name, make in MADE.items():
        (HERE / name).write_bytes(make())
