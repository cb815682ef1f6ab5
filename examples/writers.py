"""Statements in the shapes and encodings in which wallets and banks export them.

Rows are given oldest first, as life happens; each writer puts them into the order, padding and
encoding of its export and computes the totals that the export declares.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

_NEW_YEAR = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Person:
    """Whose exports these are, and the days they cover."""

    name: str
    alipay: str
    wechat: str
    jd: str
    starts: str
    ends: str
    exported: str


def _total(amounts: Iterable[str]) -> tuple[int, Decimal]:
    each = [Decimal(amount) for amount in amounts]
    return len(each), sum(each, Decimal("0.00"))


def _digits(time: str) -> str:
    return "".join(letter for letter in time if letter.isdigit())


@dataclass(frozen=True, slots=True)
class Alipay:
    """One row; `number` defaults to one made from the time, as Alipay does it."""

    time: str
    category: str
    counterparty: str
    title: str
    direction: str
    amount: str
    funding: str
    status: str = "交易成功"
    number: str = ""
    note: str = ""

    @property
    def order(self) -> str:
        """The order number."""
        return self.number or f"{_digits(self.time)[:8]}22001195{_digits(self.time)[8:]}041530"

    @property
    def shop_order(self) -> str:
        """The shop's order number; a refund carries that of its purchase."""
        return f"T200P{self.order.partition('_')[0][6:22]}"


_ALIPAY_HEADER = (
    "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,"
    "交易订单号,商家订单号,备注,"
)


def alipay(person: Person, rows: Sequence[Alipay]) -> bytes:
    """The app's export since 2023: preamble, padded cells, GB18030, newest row first."""
    totals = {
        word: _total(row.amount for row in rows if row.direction == word)
        for word in ("收入", "支出", "不计收支")
    }
    lines = [
        "-" * 84,
        "导出信息：",
        f"姓名：{person.name}",
        f"支付宝账户：{person.alipay}",
        f"起始时间：[{person.starts} 00:00:00]    终止时间：[{person.ends} 23:59:59]",
        "导出交易类型：[全部]",
        f"导出时间：[{person.exported}]",
        f"共{len(rows)}笔记录",
        *(f"{word}：{count}笔 {amount}元" for word, (count, amount) in totals.items()),
        "",
        "特别提示：",
        "1.本明细仅展示当前账单中的交易，不包括已删除的记录；",
        "2.充值提现、账户转存等记为不计收支类；",
        "3.本明细仅供个人对账使用。",
        "",
        f"{'-' * 24}支付宝支付科技有限公司  电子客户回单{'-' * 24}",
        _ALIPAY_HEADER,
    ]
    lines += [
        f"{row.time} ,{row.category},{row.counterparty},/,{row.title},{row.direction},"
        f"{row.amount:<12},{row.funding},{row.status},{row.order}\t,{row.shop_order}\t,{row.note},"
        for row in reversed(rows)
    ]
    return ("\n".join(lines) + "\n").encode("gb18030")


@dataclass(frozen=True, slots=True)
class Wechat:
    """One row as WeChat Pay lists it."""

    time: str
    sort: str
    counterparty: str
    goods: str
    direction: str
    amount: str
    funding: str
    status: str = "支付成功"
    note: str = "/"

    def cells(self) -> list[str]:
        """The row's cells, the amount without a currency sign."""
        digits = _digits(self.time)
        shop = "" if self.sort.endswith("-退款") else f"1000039801{digits}7"
        return [
            self.time,
            self.sort,
            self.counterparty,
            self.goods,
            self.direction,
            self.amount,
            self.funding,
            self.status,
            f"42000029{digits}5417\t",
            f"{shop}\t",
            self.note,
        ]


_WECHAT_HEADER = (
    "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注"
)


def _wechat_preamble(person: Person, rows: Sequence[Wechat], notices: Sequence[str]) -> list[str]:
    totals = {
        word: _total(row.amount for row in rows if row.direction == sign)
        for word, sign in (("收入", "收入"), ("支出", "支出"), ("中性交易", "/"))
    }
    return [
        "微信支付账单明细",
        f"微信昵称：[{person.wechat}]",
        f"起始时间：[{person.starts} 00:00:00] 终止时间：[{person.ends} 23:59:59]",
        "导出类型：[全部]",
        f"导出时间：[{person.exported}]",
        "",
        f"共{len(rows)}笔记录",
        *(f"{word}：{count}笔 {amount}元" for word, (count, amount) in totals.items()),
        "注：",
        *notices,
        "",
        "----------------------微信支付账单明细列表--------------------",
    ]


def wechat_csv(person: Person, rows: Sequence[Wechat]) -> bytes:
    """The CSV of the years to 2025: UTF-8 with a byte order mark, CRLF, a yen sign and tabs."""
    notices = [
        "1. 充值/提现/理财通购买/零钱通存取/信用卡还款等交易，将计入中性交易",
        "2. 本明细仅展示当前账单中的交易，不包括已删除的记录",
        "3. 本明细仅供个人对账使用",
    ]
    lines = [line + "," * 10 for line in _wechat_preamble(person, rows, notices)]
    lines.append(_WECHAT_HEADER)
    for row in reversed(rows):
        cells = row.cells()
        cells[5] = f"¥{row.amount}"
        cells[8], cells[9] = f'"{cells[8]}"', f'"{cells[9]}"'
        lines.append(",".join(cells))
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def wechat_xlsx(person: Person, rows: Sequence[Wechat]) -> bytes:
    """The workbook since spring 2026: numeric amounts and one more notice."""
    notices = [
        "1. 充值/提现/理财通购买/零钱通存取/信用卡还款等交易，将计入中性交易",
        "2. 若交易记录明细无有效内容，则代表该时间段内此微信号无交易。",
        "3. 本明细仅供个人对账使用",
        "4. 本账单中所有时间均为UTC+08:00时间",
    ]
    table: list[list[str | Decimal]] = [
        [line] if line else [] for line in _wechat_preamble(person, rows, notices)
    ]
    table.append(list(_WECHAT_HEADER.split(",")))
    for row in reversed(rows):
        cells: list[str | Decimal] = list(row.cells())
        cells[5] = Decimal(row.amount)
        table.append(cells)
    return _workbook("Sheet1", table)


@dataclass(frozen=True, slots=True)
class Jd:
    """One row as JD lists it; `refunded` turns the amount cell into `131.77(已退款31.77)`."""

    time: str
    shop: str
    title: str
    amount: str
    funding: str
    status: str = "交易成功"
    direction: str = "支出"
    category: str = "网购"
    refunded: str = ""
    number: str = ""

    @property
    def cell(self) -> str:
        """The amount cell."""
        if not self.refunded:
            return self.amount
        words = "已全额退款" if self.refunded == self.amount else f"已退款{self.refunded}"
        return f"{self.amount}({words})"

    @property
    def net(self) -> str:
        """What the totals count: partial refunds are taken off, full ones are not."""
        if not self.refunded or self.refunded == self.amount:
            return self.amount
        return str(Decimal(self.amount) - Decimal(self.refunded))


def jd(person: Person, rows: Sequence[Jd]) -> bytes:
    """JD's export since 2024: UTF-8 with a byte order mark, tabs behind times and numbers."""
    totals = {
        word: _total(row.net for row in rows if row.direction == word)
        for word in ("收入", "支出", "不计收支")
    }
    partly = sum(1 for row in rows if row.net != row.amount)
    spent = f"(含{partly}笔部分退款)" if partly else ""
    lines = [
        "导出信息：",
        f"京东账号名：{person.jd}",
        f"申请时间：{person.exported}",
        f"日期区间：{person.starts} 至 {person.ends}",
        "导出交易类型：全部",
        "导出交易场景：全部",
        f"共：{len(rows)}笔记录",
        *(
            f"{word}：{count}笔{spent if word == '支出' else ''}，{amount}元"
            for word, (count, amount) in totals.items()
        ),
        "",
        "特别提示",
        "1.本明细为每笔订单支付的明细，不包括已删除的记录；",
        "2.个人资金互转、全额退款等记为【不计收支】类，部分退款的支出金额为剔除退款后的支付金额；",
        "3.本明细仅供个人对账使用。",
        "",
        "交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注",
    ]
    lines += [
        f"{row.time}\t,{row.shop},{row.title},{row.cell},{row.funding},{row.status},"
        f"{row.direction},{row.category},{row.number or '3' + _digits(row.time)[2:]}\t,"
        f"1000{_digits(row.time)}\t, "
        for row in reversed(rows)
    ]
    return ("\n".join(lines) + "\n").encode("utf-8-sig")


@dataclass(frozen=True, slots=True)
class Booked:
    """One row of a bank's statement: what it calls it, where, and the signed amount."""

    on: str
    word: str
    place: str
    amount: str
    holder: str = ""


_ICBC_HEADER = (
    "交易日期,摘要,交易详情,交易场所,交易国家或地区简称,钞/汇,交易金额(收入),交易金额(支出),"
    "交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名,对方账户"
)
ALIPAY_FIRM = "支付宝支付科技有限公司"
WECHAT_FIRM = "财付通支付科技有限公司"


def icbc_debit(card: str, opening: str, rows: Sequence[Booked]) -> bytes:
    """ICBC's debit export since 2024: days without a time, padded cells that end in a tab."""
    lines = [
        "明细查询文件下载",
        "",
        f'卡号: {card},"卡别名: "',
        "",
        '子账户序号: 00000,子账户类别: 活期,"子账户别名: "',
        "",
        _ICBC_HEADER,
    ]
    balance, booked = Decimal(opening), []
    for row in rows:
        balance += Decimal(row.amount)
        booked.append(_icbc_row(row, balance))
    lines += [*reversed(booked), " "]
    arrived = _total(row.amount for row in rows if not row.amount.startswith("-"))[1]
    left = -_total(row.amount for row in rows if row.amount.startswith("-"))[1]
    lines.append(f"人民币合计,,,,,,,,,{_padded(f'{arrived:,}', 20)},{_padded(f'{left:,}', 20)},")
    return ("\n".join(lines) + "\n").encode()


def _padded(text: str, width: int) -> str:
    return f'"{text:<{width}}\t"'


def _icbc_row(row: Booked, balance: Decimal) -> str:
    amount = Decimal(row.amount)
    firm = {"支付宝": ALIPAY_FIRM, "财付通": WECHAT_FIRM}.get(row.place[:3], "")
    cells = [
        f"{row.on:<15}\t",
        _padded(row.word, 20),
        _padded("", 30),
        _padded(row.place, 60),
        _padded("CHN", 20),
        "钞        \t",
        _padded("-", 20),
        _padded("-", 20),
        "-              \t",
        _padded(f"{amount:,}" if amount > 0 else "", 20),
        _padded(f"{-amount:,}" if amount < 0 else "", 20),
        "人民币         \t",
        _padded(f"{balance:,}", 20),
        _padded(row.holder or firm, 60),
        _padded("", 20),
    ]
    return ",".join(cells) + ","


@dataclass(frozen=True, slots=True)
class Charged:
    """One row of a credit card statement; a charge is positive there."""

    traded: str
    booked: str
    text: str
    amount: str


def cmb_credit(month: str, card: str, rows: Sequence[Charged]) -> bytes:
    """China Merchants Bank's card statement: days without a year, oldest first."""
    lines = [
        f"招商银行信用卡对账单（个人消费卡账户 {month}）（补）",
        "交易日,记账日,交易摘要,人民币金额,卡号末四位,交易地金额",
    ]
    for row in rows:
        amount = f"{Decimal(row.amount):,}"
        cell = f'"{amount}"' if "," in amount else amount
        there = f'"{amount}(CN)"' if "," in amount else f"{amount}(CN)"
        lines.append(f"{row.traded},{row.booked},{row.text},{cell},{card},{there}")
    return ("\n".join(lines) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Paypal:
    """One row of PayPal's activity; `about` is the row it belongs to."""

    number: str
    on: str
    at: str
    zone: str
    name: str
    sort: str
    status: str
    amount: str
    currency: str = "USD"
    fee: str = "0.00"
    about: str = ""


def paypal(mine: str, rows: Sequence[Paypal]) -> bytes:
    """PayPal's activity download with the columns of the US website, newest row first."""
    header = (
        "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,"
        "To Email Address,Transaction ID,Reference Txn ID,Invoice Number,Balance,Subject,Note"
    )
    balances: dict[str, Decimal] = {}
    lines = []
    for row in rows:
        net = Decimal(row.amount) + Decimal(row.fee)
        if row.status == "Completed":
            balances[row.currency] = balances.get(row.currency, Decimal("0.00")) + net
        cells = [
            *(row.on, row.at, row.zone, row.name, row.sort, row.status, row.currency),
            *(f"{Decimal(row.amount):,}", row.fee, f"{net:,}"),
            *((mine, "") if net < 0 else ("", mine)),
            *(row.number, row.about, "", str(balances.get(row.currency, "0.00")), "", ""),
        ]
        lines.append(",".join(f'"{cell}"' for cell in cells))
    quoted = ",".join(f'"{cell}"' for cell in header.split(","))
    return ("\r\n".join([quoted, *reversed(lines)]) + "\r\n").encode("utf-8-sig")


def ofx(account: str, starts: str, ends: str, rows: Sequence[Booked]) -> bytes:
    """A bank's OFX 1.02 download: SGML without end tags, CRLF."""
    head = (
        "OFXHEADER:100 DATA:OFXSGML VERSION:102 SECURITY:NONE ENCODING:USASCII CHARSET:1252 "
        "COMPRESSION:NONE OLDFILEUID:NONE NEWFILEUID:NONE"
    )
    lines = [
        *head.split(),
        "",
        "<OFX>",
        "<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>",
        f"<DTSERVER>{ends}120000[-7:MST]<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>",
        "<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>",
        "<STMTRS><CURDEF>USD",
        f"<BANKACCTFROM><BANKID>000000000<ACCTID>{account}<ACCTTYPE>CHECKING</BANKACCTFROM>",
        f"<BANKTRANLIST><DTSTART>{starts}<DTEND>{ends}",
    ]
    for at, row in enumerate(rows, 1):
        lines += [
            "<STMTTRN>",
            f"<TRNTYPE>{'CREDIT' if Decimal(row.amount) > 0 else 'DEBIT'}",
            f"<DTPOSTED>{_digits(row.on)}120000[-7:MST]",
            f"<TRNAMT>{row.amount}",
            f"<FITID>{_digits(row.on)}{at:04}",
            f"<NAME>{row.word}",
            f"<MEMO>{row.place}",
            "</STMTTRN>",
        ]
    balance = sum((Decimal(row.amount) for row in rows), Decimal("2104.55"))
    lines += [
        "</BANKTRANLIST>",
        f"<LEDGERBAL><BALAMT>{balance}<DTASOF>{ends}120000</LEDGERBAL>",
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1>",
        "</OFX>",
    ]
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="xl/workbook.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/officeDocument"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>'
    ),
}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _workbook(sheet: str, table: Sequence[Sequence[str | Decimal]]) -> bytes:
    """A workbook of one sheet, the same bytes every time."""
    rows = "".join(
        f'<row r="{at}">{"".join(_cell(at, column, cell) for column, cell in enumerate(cells))}'
        "</row>"
        for at, cells in enumerate(table, 1)
    )
    parts = {
        **_PARTS,
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
            f'<sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        ),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            declared = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'
            archive.writestr(zipfile.ZipInfo(name, _NEW_YEAR), declared)
    return packed.getvalue()


def _cell(row: int, column: int, value: str | Decimal) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if isinstance(value, Decimal):
        return f'<c r="{place}"><v>{value.normalize():f}</v></c>'
    text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
    return f'<c r="{place}" t="inlineStr">{text}</c>' if value else ""
