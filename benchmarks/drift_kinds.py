"""The ways in which an export drifts: each changes the records of a file and says what is lost.

A kind that `keeps` must read exactly as before. One that does not may be refused or warned about
as well, but never read wrong in silence. A kind gives None where a file has nothing to change.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from benchmarks.drift_files import Column, File, Part, Record, shape_of

Change = Callable[[File, Random], bool]

_TEXTS = frozenset({"reference", "merchant_reference", "counterparty", "description", "funding"})
_ALL_BUT_MONEY = _TEXTS | {"occurred_at", "booked_on", "movement", "refunded", "fee"}
# A status that is said to be unknown misleads nobody.
_DOUBT = frozenset({"movement"})
# Some exports of a format state these, others hold what goes without saying: nothing tells which.
_SAID_ONCE = {"currency", "status", "state"}
_NOTES = (
    "Note: figures are provisional",
    "导出说明：本文件仅供参考",
    "Created for export no 7",
    "温馨提示：明细以实际入账为准",
)
_FOOTERS = ("End of statement", "-----------------------------", "以上为全部明细", "*** 7 ***")
_NEW_HEADINGS = ("Loyalty tier", "会员等级", "Zusatz 7")
_NEW_CELLS = (("gold", "silver", ""), ("2026-02-11", "2025-12-30"), ("4.20", "0.00", "117.35"))
_YEAR_FIRST = re.compile(r"(\s*)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(.*)", re.DOTALL)
_YEAR_LAST = re.compile(r"(\s*)(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})(.*)", re.DOTALL)
_SECONDS = re.compile(r"(\d{1,2}:\d{2}):\d{2}(?:\.\d+)?")
_LONG = re.compile(r"(\s*[`']?)(\d{16,})(\s*)")
_SCIENTIFIC = re.compile(r"(\s*)(\d{12,})(\s*)")
_LEADING = re.compile(r"0+(\d{3,})")
_CENTS = re.compile(r"([-+]?\d+)([.,])(\d)(\d)")
_UNQUOTED_AMOUNT = re.compile(r"([-+]?\d{1,3})(\d{3}\.\d\d)")
_GARBAGE = ("12.O0", "??", "1.2.3", "12,3,4", "#REF!", "n/a", "twelve")
_NO_DATES = ("2026-13-45", "31/02/2026", "########", "yesterday")
_WHOLE = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to drift, by its name in both languages."""

    name: str
    zh: str
    keeps: bool
    change: Change
    tables_only: bool


KINDS: list[Kind] = []


def _kind(
    name: str, zh: str, *, keeps: bool = False, tables_only: bool = True
) -> Callable[[Change], Change]:
    def listed(change: Change) -> Change:
        KINDS.append(Kind(name, zh, keeps, change, tables_only))
        return change

    return listed


def _at(file: File, record: Record) -> int:
    return next(at for at, each in enumerate(file.records) if each is record)


def _header_at(file: File) -> int | None:
    return None if file.header is None else _at(file, file.header)


def _last_at(file: File) -> int:
    return _at(file, file.rows[-1])


def _pick_column(
    file: File, rng: Random, fits: Callable[[Column], bool], *, headed: bool = True
) -> Column | None:
    if headed and file.header is None:
        return None
    found = [each for each in file.columns if fits(each)]
    return rng.choice(found) if found else None


def _cells_of(file: File, at: int) -> list[str]:
    return [each.cells[at] for each in file.rows if at < len(each.cells)]


def _rewrite(file: File, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> bool:
    """Rewrite all cells of rows that match as a whole; whether any has changed."""
    some = False
    for each in file.rows:
        cells = [by(found) if (found := pattern.fullmatch(cell)) else cell for cell in each.cells]
        if cells != each.cells:
            each.put(cells)
            some = True
    return some


# What must read exactly as before.


@_kind("line added above the header", "表头上方多一行", keeps=True)
def _line_above(file: File, rng: Random) -> bool:
    header = _header_at(file)
    if header is None:
        return False
    cells = [rng.choice(_NOTES), *[""] * rng.choice((0, 0, file.width - 1))]
    file.records.insert(rng.randint(0, header), Record(cells))
    return True


@_kind("line above the header removed", "表头上方少一行", keeps=True)
def _line_above_removed(file: File, rng: Random) -> bool:
    header = _header_at(file)
    if not header:
        return False
    if rng.random() < 0.25:
        del file.records[:header]
    else:
        del file.records[rng.randrange(header)]
    return True


@_kind("blank lines added", "多出空行", keeps=True, tables_only=False)
def _blank_lines(file: File, rng: Random) -> bool:
    places = range(len(file.records) + 1) if file.is_table else [len(file.records)]
    for _time in range(rng.randint(1, 3)):
        file.records.insert(rng.choice(places), Record([]))
    return True


@_kind("columns moved", "列的顺序改变", keeps=True)
def _columns_moved(file: File, rng: Random) -> bool:
    if file.header is None:
        return False
    file.leave_refused()
    order = list(range(file.width))
    rng.shuffle(order)
    for each in file.tabular():
        cells = each.cells + [""] * (len(order) - len(each.cells))
        each.put(cells[at] for at in order)
    return True


@_kind("column added", "多出一列", keeps=True)
def _column_added(file: File, rng: Random) -> bool:
    if file.header is None:
        return False
    file.leave_refused()
    at, heading, cells = (
        rng.randint(0, file.width),
        rng.choice(_NEW_HEADINGS),
        rng.choice(_NEW_CELLS),
    )
    for each in file.tabular():
        new = heading if each.part is Part.HEADER else rng.choice(cells)
        if each.part is Part.BESIDE:
            new = ""
        wide = each.cells + [""] * (at - len(each.cells))
        each.put([*wide[:at], new, *wide[at:]])
    return True


@_kind("optional column dropped", "少了一个可缺的列", keeps=True)
def _optional_dropped(file: File, rng: Random) -> bool:
    column = _pick_column(
        file, rng, lambda each: each.needed is False and each.field not in _SAID_ONCE
    )
    if column is None:
        return False
    _drop(file, column.at)
    file.lost = _ALL_BUT_MONEY
    return True


def _drop(file: File, at: int) -> None:
    file.leave_refused()
    for each in file.tabular():
        each.put(cell for place, cell in enumerate(each.cells) if place != at)


@_kind("separators at the ends of lines", "行尾多出分隔符", keeps=True)
def _trailing(file: File, rng: Random) -> bool:
    more, share = rng.randint(1, 4), rng.choice((0.3, 1.0))
    if file.workbook:
        return False
    for each in file.records:
        if each.filled and rng.random() < share:
            if each.raw is None:
                each.cells += [""] * more
            else:
                each.raw += file.delimiter * more
    return True


@_kind("footer added", "末尾多一行", keeps=True)
def _footer(file: File, rng: Random) -> bool:
    cells = [rng.choice(_FOOTERS)]
    sums = [each for each in file.columns if each.shape == "amount" and each.at > 0]
    if sums and rng.random() < 0.4:
        cells = [rng.choice(("Total", "合计")), *[""] * (file.width - 1)]
        cells[rng.choice(sums).at] = "1234.56"
    elif rng.random() < 0.4:
        cells += [""] * (file.width - 1)
    file.records.append(Record(cells))
    return True


@_kind("byte order mark added", "多出 BOM", keeps=True, tables_only=False)
def _mark(file: File, _rng: Random) -> bool:
    if file.workbook or file.encoding != "utf-8":
        return False
    file.encoding = "utf-8-sig"
    return True


@_kind("encoding changed", "编码改变", keeps=True, tables_only=False)
def _encoding(file: File, rng: Random) -> bool:
    if file.workbook:
        return False
    file.encoding = rng.choice([each for each in _encodings(file) if each != file.encoding])
    return True


def _encodings(file: File) -> list[str]:
    """Those in which a program would save this text."""
    text = "\n".join(each.raw or "".join(each.cells) for each in file.records)
    fitting = ["utf-8", "utf-8-sig", "utf-16"]
    chinese = len(re.findall(r"[\u4e00-\u9fff]", text))
    if chinese * 2 > sum(not letter.isascii() for letter in text):
        fitting.append("gb18030")
    if not chinese and _fits(text, "cp1252"):
        fitting.append("cp1252")
    return fitting


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@_kind("ends of lines changed", "换行符改变", keeps=True, tables_only=False)
def _ends(file: File, rng: Random) -> bool:
    if file.workbook:
        return False
    file.end = rng.choice([end for end in ("\n", "\r\n", "\r") if end != file.end])
    return True


@_kind("separator changed", "分隔符改变", keeps=True)
def _separator(file: File, rng: Random) -> bool:
    if file.workbook:
        return False
    file.delimiter = rng.choice([mark for mark in ",;\t" if mark != file.delimiter])
    for each in file.records:
        each.raw = None
    return True


@_kind("every cell in quotes", "每个单元格都加引号", keeps=True)
def _quotes(file: File, _rng: Random) -> bool:
    file.quote_all = not file.workbook
    for each in file.records:
        each.raw = None
    return file.quote_all


@_kind("header repeated among rows", "中途重复表头", keeps=True)
def _header_again(file: File, rng: Random) -> bool:
    header = _header_at(file)
    if header is None or len(file.rows) < 2:
        return False
    again = [each for each in file.records[header : header + 2] if each.part is Part.HEADER]
    before = _at(file, rng.choice(file.rows[1:]))
    copies = [Record(list(each.cells), Part.HEADER, raw=each.raw) for each in again]
    file.records[before:before] = copies
    return True


def _whole_rows(file: File) -> list[Record]:
    """The rows that stand on one line, as far as another row tells where they end."""
    return [
        each
        for each, after in pairwise(file.records)
        if each.part is Part.ROW and after.part is Part.ROW
    ]


@_kind("row repeated", "一行重复", keeps=True)
def _row_again(file: File, rng: Random) -> bool:
    rows = _whole_rows(file)
    if not rows:
        return False
    row = rng.choice(rows)
    before = _at(file, rng.choice([row, *rows]))
    file.records.insert(before, Record(list(row.cells), Part.ROW, row.origins, row.raw))
    return True


@_kind("many equal rows", "多行完全相同", keeps=True)
def _equal_rows(file: File, rng: Random) -> bool:
    rows = _whole_rows(file)
    if not rows:
        return False
    row = rng.choice(rows)
    at = _at(file, row)
    file.records[at:at] = [
        Record(list(row.cells), Part.ROW, row.origins, row.raw)
        for _time in range(rng.randint(2, 30))
    ]
    return True


@_kind("rows in reverse", "行序颠倒", keeps=True)
def _reverse(file: File, _rng: Random) -> bool:
    rows = file.rows
    first, last = _at(file, rows[0]), _at(file, rows[-1])
    if len(rows) < 2 or last - first + 1 != len(rows):
        return False
    file.records[first : last + 1] = reversed(rows)
    return True


@_kind("text made a workbook, or the other way", "文本与工作簿互换", keeps=True)
def _other_form(file: File, rng: Random) -> bool:
    file.workbook = not file.workbook
    if not file.workbook:
        file.name += ".csv"
        file.encoding = rng.choice(_encodings(file))
    for each in file.records:
        each.raw = None
    return True


@_kind("headings in other letters and with blanks", "列名大小写与空格改变", keeps=True)
def _restyled(file: File, rng: Random) -> bool:
    if file.header is None:
        return False
    style = rng.choice((str.upper, str.lower, lambda cell: f" {cell}\t", lambda cell: f"{cell}  "))
    for each in file.records:
        if each.part is Part.HEADER:
            each.put(map(style, each.cells))
    return True


@_kind("blanks around cells", "单元格前后多出空白", keeps=True)
def _padded(file: File, rng: Random) -> bool:
    pad = rng.choice((" ", "\t", "\u00a0"))
    for each in file.rows:
        each.put(f"{cell}{pad}" if cell else cell for cell in each.cells)
    return True


@_kind("amounts without their last zeros", "金额去掉末尾的零", keeps=True)
def _bare_amounts(file: File, _rng: Random) -> bool:
    def bare(found: re.Match[str]) -> str:
        whole, mark, tenth, cent = found.groups()
        if cent != "0":
            return found[0]
        return whole if tenth == "0" else f"{whole}{mark}{tenth}"

    return _rewrite(file, _CENTS, bare)


@_kind("last line without its end", "最后一行没有换行符", keeps=True)
def _open_end(file: File, _rng: Random) -> bool:
    if file.workbook:
        return False
    del file.records[_last_at(file) + 1 :]
    file.records[-1].glued = True
    return True


# What may be refused or warned about as well.


@_kind("needed column renamed", "必需列改名")
def _renamed(file: File, rng: Random) -> bool:
    column = _pick_column(file, rng, lambda each: each.needed is not False)
    if column is None:
        return False
    _may_be_dated_otherwise(file, column)
    new = rng.choice(("Xq7", f"{column.heading} (neu)", f"新{column.heading}"))
    _rename(file, column.at, new)
    return True


def _may_be_dated_otherwise(file: File, column: Column) -> None:
    """Without one date a row has another; without a text it says less."""
    file.lost = _ALL_BUT_MONEY | ({"occurred_on"} if column.shape == "date" else set())


def _rename(file: File, at: int, new: str) -> None:
    for each in file.tabular():
        if each.part is Part.HEADER and at < len(each.cells):
            each.put([*each.cells[:at], new, *each.cells[at + 1 :]])


@_kind("needed column dropped", "必需列缺失")
def _needed_dropped(file: File, rng: Random) -> bool:
    column = _pick_column(file, rng, lambda each: each.needed is not False)
    if column is None:
        return False
    _drop(file, column.at)
    _may_be_dated_otherwise(file, column)
    return True


@_kind("two headings exchanged", "两个列名互换")
def _exchanged(file: File, rng: Random) -> bool:
    # Columns with a cell here and there show too little of what they hold.
    full = {
        each.at
        for each in file.columns
        if sum(map(bool, _cells_of(file, each.at))) * 2 >= len(file.rows)
    }
    one = _pick_column(
        file, rng, lambda each: each.needed is True and bool(each.shape) and each.at in full
    )
    other = _pick_column(
        file,
        rng,
        lambda each: bool(
            one and each.named and each.shape and each.shape != one.shape and each.at in full
        ),
    )
    if one is None or other is None:
        return False
    _rename(file, one.at, other.heading)
    _rename(file, other.at, one.heading)
    return True


@_kind("header removed", "表头缺失")
def _headless(file: File, _rng: Random) -> bool:
    header = _header_at(file)
    if header is None:
        return False
    del file.records[header]
    return True


@_kind("heading twice, other content", "同名列出现两次而内容不同")
def _twice(file: File, rng: Random) -> bool:
    column = _pick_column(file, rng, lambda each: each.named)
    if column is None:
        return False
    cells = _cells_of(file, column.at)
    if len(set(cells)) < 2:
        return False
    file.leave_refused()
    at = rng.choice((column.at, column.at + 1, 0, file.width))
    for each in file.tabular():
        new = column.heading if each.part is Part.HEADER else ""
        if each.part is Part.ROW:
            new = rng.choice([cell for cell in cells if cell != "".join(_one(each, column.at))])
        wide = each.cells + [""] * (at - len(each.cells))
        each.put([*wide[:at], new, *wide[at:]])
    return True


def _one(record: Record, at: int) -> Sequence[str]:
    return record.cells[at : at + 1]


@_kind("separator without quotes in a row", "某行多出未加引号的分隔符")
def _stray_separator(file: File, rng: Random) -> bool:
    if file.workbook:
        return False
    row = rng.choice(file.good or file.rows)
    texts = [at for at, cell in enumerate(row.cells) if len(cell.strip()) > 3]
    if not texts:
        return False
    at = rng.choice(texts)
    cut = rng.randint(1, len(row.cells[at].strip()) - 1)
    row.put([*row.cells[:at], row.cells[at][:cut], row.cells[at][cut:], *row.cells[at + 1 :]])
    return True


@_kind("thousands separator without quotes in a row", "某行金额的千分位逗号未加引号")
def _stray_thousands(file: File, rng: Random) -> bool:
    if file.workbook or file.delimiter != ",":
        return False
    amounts = [each.at for each in file.columns if each.shape == "amount" and each.named]
    row = rng.choice(file.good or file.rows)
    filled = [at for at in amounts if at < len(row.cells) and row.cells[at].strip()]
    if not filled:
        return False
    at = rng.choice(filled)
    row.put(
        [*row.cells[:at], "1", "2" + row.cells[at].strip().lstrip("-+")[-5:], *row.cells[at + 1 :]]
    )
    # The amount is another one now: that it must not be read, as 1 or as the rest, is the point.
    return True


def _still_a_row(cells: Sequence[str]) -> bool:
    """Whether what is left of a row is more than words, as a note may be."""
    return any(map(str.isdigit, "".join(cells)))


@_kind("row cut short", "某行被截断")
def _cut_short(file: File, rng: Random) -> bool:
    # A sheet has all cells of a row, empty ones too.
    if file.workbook:
        return False
    row = rng.choice(file.good or file.rows)
    places = [
        at
        for at in range(1, len(row.cells))
        if any(map(str.strip, row.cells[at:])) and _still_a_row(row.cells[:at])
    ]
    if not places:
        return False
    row.put(row.cells[: rng.choice(places)])
    return True


@_kind("cell missing within a row", "某行中间少一个单元格")
def _cell_missing(file: File, rng: Random) -> bool:
    if file.workbook:
        return False
    row = rng.choice(file.good or file.rows)
    shapes = [shape_of([cell]) for cell in row.cells]
    places = [at for at in range(len(shapes) - 1) if shapes[at + 1 :] and shapes[at]]
    if not places:
        return False
    at = rng.choice(places)
    row.put([*row.cells[:at], *row.cells[at + 1 :]])
    return True


@_kind("amount that is none", "金额无法识别")
def _bad_amount(file: File, rng: Random) -> bool:
    return _spoilt(file, rng, "amount", _GARBAGE)


@_kind("date that is none", "日期无法识别")
def _bad_date(file: File, rng: Random) -> bool:
    return _spoilt(file, rng, "date", _NO_DATES)


def _spoilt(file: File, rng: Random, shape: str, bad: Sequence[str]) -> bool:
    columns = [each.at for each in file.columns if each.shape == shape and each.named]
    row = rng.choice(file.good or file.rows)
    filled = [at for at in columns if at < len(row.cells) and row.cells[at].strip()]
    if not filled:
        return False
    at = rng.choice(filled)
    row.put([*row.cells[:at], rng.choice(bad), *row.cells[at + 1 :]])
    return True


@_kind("numbers as 8.15E+14", "单号变成 8.15E+14")
def _scientific(file: File, _rng: Random) -> bool:
    def rounded(found: re.Match[str]) -> str:
        before, digits, after = found.groups()
        return f"{before}{float(digits):.2E}{after}" if digits.strip("0") else found[0]

    return _rewrite(file, _SCIENTIFIC, rounded)


@_kind("numbers rounded to 15 digits", "单号只剩 15 位有效数字")
def _rounded(file: File, _rng: Random) -> bool:
    zeros: dict[str, int] = {}

    def rounded(found: re.Match[str]) -> str:
        digits = found[2].lstrip("0")
        kept = digits[:15] + "0" * (len(digits) - 15) if len(digits) > 15 else found[0]
        zeros[kept] = max(len(digits) - 15, 0)
        return kept

    # One number in a thousand ends in three zeros by itself.
    return _rewrite(file, _LONG, rounded) and sum(zeros.values()) >= 3


@_kind("seconds lost", "时间丢失秒")
def _no_seconds(file: File, _rng: Random) -> bool:
    some = False
    for each in file.rows:
        cells = [_SECONDS.sub(r"\1", cell) for cell in each.cells]
        if cells != each.cells:
            each.put(cells)
            some = True
    return some


@_kind("dates as 2026/3/1", "日期变成 2026/3/1")
def _slashed(file: File, _rng: Random) -> bool:
    def bare(found: re.Match[str]) -> str:
        blank, year, month, day, rest = found.groups()
        return f"{blank}{year}/{int(month)}/{int(day)}{rest}"

    return _rewrite(file, _YEAR_FIRST, bare)


@_kind("dates without zeros in front", "日期去掉前导零")
def _bare_dates(file: File, _rng: Random) -> bool:
    def bare(found: re.Match[str]) -> str:
        blank, one, mark, other, year, rest = found.groups()
        return f"{blank}{int(one)}{mark}{int(other)}{mark}{year}{rest}"

    return _rewrite(file, _YEAR_LAST, bare)


@_kind("dates in the order of another country", "日期换成他国顺序")
def _other_order(file: File, _rng: Random) -> bool:
    dates = [
        found
        for each in file.columns
        if each.shape == "date"
        for cell in _cells_of(file, each.at)
        if (found := _YEAR_LAST.fullmatch(cell))
    ]
    # Where no day is above 12, the file is one that the provider could have written.
    if not any(int(found[2]) > _WHOLE or int(found[4]) > _WHOLE for found in dates):
        return False

    def turned(found: re.Match[str]) -> str:
        blank, one, mark, other, year, rest = found.groups()
        return f"{blank}{other}{mark}{one}{mark}{year}{rest}"

    return _rewrite(file, _YEAR_LAST, turned)


@_kind("zeros in front of numbers lost", "单号丢失前导零")
def _leading_zeros(file: File, _rng: Random) -> bool:
    return _rewrite(file, _LEADING, lambda found: found[1])


@_kind("half of the file in another encoding", "文件后半部分编码不同", tables_only=False)
def _half(file: File, rng: Random) -> bool:
    encoding = file.encoding.removesuffix("-sig")
    if file.workbook or encoding.startswith("utf-16"):
        return False
    data, _rows = file.write()
    lines = data.splitlines(keepends=True)
    rest = b"".join(lines[len(lines) // 2 :]).decode(encoding, "replace")
    # One half in UTF-8, the other as programs for the language have saved it before.
    others = [each for each in _encodings(file) if not each.startswith("utf-")]
    fitting = [each for each in others if encoding == "utf-8" and _fits(rest, each)]
    fitting += ["utf-8"] * (encoding != "utf-8")
    if rest.isascii() or not fitting:
        return False
    other = rng.choice(fitting)
    file.finish = lambda _data: b"".join(lines[: len(lines) // 2]) + rest.encode(other)
    return True


@_kind("zero bytes", "混入零字节", tables_only=False)
def _zeros(file: File, rng: Random) -> bool:
    if file.workbook or file.encoding.startswith("utf-16"):
        return False
    seed = rng.random()

    def finish(data: bytes) -> bytes:
        if seed < 0.4:
            return data + b"\0" * int(16 + 1000 * seed)
        places = sorted(Random(seed).randrange(len(data)) for _time in range(3))
        for at in reversed(places):
            data = data[:at] + b"\0" + data[at:]
        return data

    file.finish = finish
    return file.encoding.startswith("utf-8") or seed < 0.4


@_kind("line without its end", "某行缺少换行符")
def _glued(file: File, rng: Random) -> bool:
    if file.workbook:
        return False
    rng.choice(file.good or file.rows).glued = True
    return True


@_kind("two exports in one file", "两份导出粘在一起", tables_only=False)
def _pasted(file: File, _rng: Random) -> bool:
    records = file.records
    if not file.is_table and (file.workbook or len(records) < 2):
        return False
    records += [
        Record(list(each.cells), each.part, each.origins, each.raw, each.glued) for each in records
    ]
    return True


@_kind("file cut off", "文件被截断", tables_only=False)
def _cut_off(file: File, rng: Random) -> bool:
    rows = file.good
    if file.workbook or len(rows) < 2:
        return False
    last = _at(file, rng.choice(rows[1:]))
    del file.records[last + 1 :]
    end = file.records[-1]
    text = end.raw or ""
    # What is cut within its last cell is a file that the provider could have written.
    most = (
        text.rstrip(file.delimiter + '"').rfind(file.delimiter) if file.is_table else len(text) - 1
    )
    least = 1 if file.is_table else len(text) // 2
    if most <= least + 1:
        return False
    end.raw, end.glued = text[: rng.randrange(least, most)], True
    return not file.is_table or _still_a_row(end.raw.split(file.delimiter))


@_kind("quote that is never closed", "有未闭合的引号")
def _open_quote(file: File, rng: Random) -> bool:
    if file.workbook:
        return False
    row = rng.choice(file.good or file.rows)
    if row.raw is None or row.raw.count(file.delimiter) + 1 != len(row.cells):
        return False
    cells = row.raw.split(file.delimiter)
    at = rng.randrange(len(cells))
    cells[at] = '"' + cells[at]
    row.raw = file.delimiter.join(cells)
    return '""' not in row.raw


def drifted(file: File, rng: Random, first: int) -> Iterator[tuple[Kind, File]]:
    """The file changed in one way after the other, those that fit it.

    The kind whose turn it is comes first, the others in an order that is drawn.
    """
    others = [kind for kind in KINDS if kind is not KINDS[first]]
    rng.shuffle(others)
    for kind in [KINDS[first], *others]:
        changed = file.copy()
        changed.lost = frozenset() if kind.keeps else _DOUBT
        if (file.is_table or not kind.tables_only) and kind.change(changed, rng):
            yield kind, changed


def kinds_named(names: Iterable[str]) -> list[Kind]:
    """The kinds of these names, in the order in which they are told."""
    wanted = set(names)
    return [kind for kind in KINDS if kind.name in wanted]
