"""The rows of a reading as one table for spreadsheet programs, which reads back unchanged.

Texts are inert: no program takes them for a formula, a number or a date, whole or cut at a
separator. Where that needs a sign, it is an apostrophe in front; what no cell can hold (control
characters, blanks at the ends) is written with a backslash. `plain` undoes both.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from msgspec.structs import fields

from makewhole.errors import BadRequest
from makewhole.records import Entry, Kind, Movement, Side, Text
from makewhole.statements.values import Refused, count, day

DECIMALS = "decimals"
# The id is computed, and kept under another name.
COLUMNS = ("id", *(field.name for field in fields(Entry) if field.name != "named"), DECIMALS)
NEEDED = tuple(field.name for field in fields(Entry) if field.required)
_MONEY = ("amount", "refunded", "fee", "original")
_WHOLE = ("line", "page", "occurrence")
_CODES: Mapping[str, type[StrEnum]] = {"side": Side, "movement": Movement, "kind": Kind}

# What a cell cannot hold, or a program may alter; and what one of them writes for such signs.
_UNHELD = re.compile(
    r"[\\\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
    r"|^\s+|\s+$|_(?=[xX][0-9a-fA-F]{4}_)"
)
_HELD = re.compile(r"\\(u[0-9a-f]{4}|.)", re.DOTALL)
_SHORT = {"\n": "n", "\r": "r", "\t": "t", "\\": "\\"}
_LONG = {short: sign for sign, short in _SHORT.items()}
_EDGE = '(^|[,;|"])'
_FORMULA = re.compile(_EDGE + r"(?=\s*['=+\-@＝＋－＠])")
_GUARD = re.compile(_EDGE + "'")
_LIKE_A_NUMBER = re.compile(r"[\d\s.,:/eE+%()¥$€-]*\d[\d\s.,:/eE+%()¥$€-]*")
_PLACES = re.compile(r"(\w+):(-?\d{1,2})")
# Binary numbers of a workbook keep so many digits.
_EXACT_DIGITS = 15
_CODE = 3
_MOST_ROWS, _LONGEST_TEXT = 1_048_575, 32_767


def inert(text: str, *, number_like: bool = False) -> str:
    """The text as a cell that no spreadsheet program evaluates; `plain` gives the text back.

    `number_like` guards what looks like a number, too, where a program would make it one.
    """
    held = _UNHELD.sub(_hold, text)
    guarded = _FORMULA.sub(r"\1'", held)
    if number_like and guarded == held and _LIKE_A_NUMBER.fullmatch(held):
        return f"'{held}"
    return guarded


def plain(cell: str) -> str:
    """The text that `inert` made into the cell."""
    return _HELD.sub(_release, _GUARD.sub(r"\1", cell))


def _hold(found: re.Match[str]) -> str:
    return "".join("\\" + _SHORT.get(sign, f"u{ord(sign):04x}") for sign in found[0])


def _release(found: re.Match[str]) -> str:
    code = found[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _LONG.get(code, code)


def csv_bytes(entries: Iterable[Entry]) -> bytes:
    """The table as CSV: UTF-8 with a mark, commas, amounts as bare numbers."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write(COLUMNS)
    for entry in entries:
        write([_csv_cell(value) for value in _values(entry)])
    return out.getvalue().encode("utf-8-sig")


def _values(entry: Entry) -> Iterator[Any]:
    for name in COLUMNS[:-1]:
        yield getattr(entry, name)
    sizes = ((name, getattr(entry, name)) for name in _MONEY)
    yield " ".join(f"{name}:{_places(size)}" for name, size in sizes if size is not None)


def _places(size: Decimal) -> int:
    return -int(size.as_tuple().exponent)


def _csv_cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case str():
            return inert(value, number_like=True)
        case _:
            return str(value)


def xlsx_bytes(entries: Sequence[Entry]) -> bytes:
    """The table as a workbook: amounts as numbers, all else as text.

    Raises `BadRequest` where a workbook cannot hold the rows or one of their texts.
    """
    if len(entries) > _MOST_ROWS:
        raise BadRequest(
            Text(
                f"一共 {len(entries)} 行，工作表放不下，请改用 --csv。",
                f"{len(entries)} rows are more than a workbook holds; use --csv.",
            )
        )
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("makewhole")
        text = book.add_format({"quote_prefix": True, "num_format": "@"})
        numbers: dict[int, Any] = {}
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(COLUMNS):
            sheet.write_string(0, at, name)
        for row, entry in enumerate(entries, 1):
            for at, value in enumerate(_values(entry)):
                number = _number(value)
                if number is None:
                    cell = _xlsx_text(entry, value)
                    if cell:
                        sheet.write_string(row, at, cell, text)
                    continue
                places = max(0, _places(value)) if isinstance(value, Decimal) else 0
                if places not in numbers:
                    shown = f"0.{'0' * places}" if places else "0"
                    numbers[places] = book.add_format({"num_format": shown})
                sheet.write_number(row, at, number, numbers[places])
    return out.getvalue()


def _number(value: Any) -> float | None:
    """The number that a workbook holds exactly, or None where it has to be text."""
    if isinstance(value, Decimal):
        return float(value) if len(value.as_tuple().digits) <= _EXACT_DIGITS else None
    return value if isinstance(value, int) else None


def _xlsx_text(entry: Entry, value: Any) -> str:
    cell = inert(value) if isinstance(value, str) else _csv_cell(value)
    if len(cell) > _LONGEST_TEXT:
        where = f"{entry.file}:{entry.line}"
        raise BadRequest(
            Text(
                f"{where} 的一项文字太长（{len(cell)} 字），工作表的格子放不下，请改用 --csv。",
                f"a text of {where} is longer ({len(cell)}) than a cell of a workbook holds; use "
                "--csv.",
            )
        )
    return cell


def entry_in(cells: Mapping[str, str]) -> Entry:
    """The entry in a row of such a table, given as column and cell. Raises `Refused`."""
    places = {name: int(count) for name, count in _PLACES.findall(cells.get(DECIMALS, ""))}
    values = {
        name: _value(name, cells[name].strip() if name in _UNTEXT else cells[name], places)
        for name in COLUMNS[1:-1]
        if name in cells
    }
    missing = [name for name in NEEDED if values.get(name) in {None, ""} and name in _UNTEXT]
    if missing:
        raise Refused(f"缺少 {'、'.join(missing)}", f"lacks {', '.join(missing)}")
    given = {name: value for name, value in values.items() if value is not None}
    return Entry(**given)


_UNTEXT = {*_MONEY, *_WHOLE, *_CODES, "occurred_on", "occurred_at", "booked_on", "currency"}


def _value(name: str, cell: str, places: Mapping[str, int]) -> Any:
    if name not in _UNTEXT:
        return plain(cell)
    if not cell:
        return None
    try:
        if name == "currency":
            return _currency(cell)
        if name in _CODES:
            return _CODES[name](cell)
        if name in _WHOLE:
            return _whole(cell, least=1 if name == "line" else 0)
        if name in _MONEY:
            return _amount(cell, places.get(name, 0))
        return _moment(cell) if name == "occurred_at" else day(cell)
    except Refused:
        raise
    except (ValueError, InvalidOperation):
        raise Refused(
            f"{name} 一栏无法识别：{cell[:40]!r}", f"not understood in {name}: {cell[:40]!r}"
        ) from None


def _whole(cell: str, *, least: int) -> int:
    whole = count(cell)
    if whole is None or whole < least:
        raise ValueError
    return whole


def _moment(cell: str) -> datetime:
    at = datetime.fromisoformat(cell)
    if at.tzinfo is None:
        raise ValueError
    return at


def _currency(cell: str) -> str:
    if not (len(cell) == _CODE and cell.isascii() and cell.isupper()):
        raise ValueError
    return cell


def _amount(cell: str, places: int) -> Decimal:
    """The exact amount; a program that rewrote the table may have dropped zeros at its end."""
    if not cell.isascii() or "_" in cell:
        raise ValueError
    size = Decimal(cell)
    if not size.is_finite():
        raise ValueError
    exact = size.quantize(Decimal(1).scaleb(-places))
    return exact if exact == size else size
