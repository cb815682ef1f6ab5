"""Cells into values: trimmed text, exact money, dates and moments. Refuses rather than guesses."""

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from zoneinfo import ZoneInfo

from makewhole.records import Text
from makewhole.statements.limits import LARGEST_AMOUNT

BEIJING = ZoneInfo("Asia/Shanghai")

BLANKS = " \t\r\n\v\f\u00a0\u3000\ufeff\u200b"
# NFKC leaves U+2212 alone and turns ￥ into ¥, so signs are mapped by hand first.
_SIGNS = str.maketrans("\u2212－﹣＋（），", "---+(),")
_CURRENCY = re.compile(r"^(?:[¥$€£₹]|[A-Z]{3}(?=[\s\d+-]|$)|元|人民币)+|(?:元|[A-Z]{3})$")
_UNIT = re.compile(r"\((?:元|人民币|人民币元|cny|rmb|单位:元)\)$")
# What most cells hold, and nothing else has to be asked of: `12.00`.
_USUAL = re.compile(r"-?[1-9][0-9]{0,8}\.[0-9]{2}")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)")
_GROUPED_DOT = re.compile(r"[+-]?\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?")
_GROUPED_COMMA = re.compile(r"[+-]?\d{1,3}(?:[. ]\d{3})+(?:,\d*)?")
_COMMA = re.compile(r"[+-]?\d+(?:,\d*)?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
# What a spreadsheet program shows of a date whose format was lost: days since 1899, 2000 to 2099.
_SERIAL = re.compile(r"(3[6-9]\d{3}|[4-6]\d{4}|7[0-2]\d{3})(\.\d+)?")
_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial knows no zone
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?:\s*([AaPp])\.?[Mm]\b)?")
# What exports write for "nothing": a slash, or dashes as long as the column is wide.
_NOTHING_BEGINS = frozenset(("", *"-—–/"))
_NOTHING = re.compile(r"[-—–]*|/")
_NOTHING_FIRST = ("\n", *"-—–/")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,3}")
_HALF_DAY = 12
_MOMENTS = re.compile(r"(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\n|$))+")
_LONGEST_COUNT = 9
_DAY = len("2026-03-01")
_LONGEST_DAY = len("2026年03月01日")


class Refused(ValueError):
    """A cell or row that cannot be read; `reason` says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(zh, en)


def clean(cell: str) -> str:
    """The cell without blanks, tabs, no-break blanks and wrapping quotes around it."""
    text = cell.strip(BLANKS)
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = text[1:-1].strip(BLANKS)
    return text


@lru_cache(maxsize=4096)
def heading(cell: str) -> str:
    """A column heading in the one form in which headings are compared."""
    text = unicodedata.normalize("NFKC", clean(cell)).replace("¥", "")
    return "".join(text.split()).casefold()


@lru_cache(maxsize=4096)
def without_unit(heading_: str) -> str:
    """A heading, in the form of `heading`, without a unit of money behind it."""
    return _UNIT.sub("", heading_)


def money(cell: str, *, comma: bool = False) -> Decimal:
    """The exact amount in a cell, sign and all.

    `comma` says that the file writes decimals with a comma. Currency signs, codes, thousands
    separators and full-width forms are accepted. Raises `Refused` for anything else.
    """
    if not comma and _USUAL.fullmatch(cell):
        return Decimal(cell)
    text = unicodedata.normalize("NFKC", clean(cell).translate(_SIGNS))
    bare = text.replace(" ", "").replace("\u00a0", "").replace("'", "")
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        negative, bare = True, bare[1:-1]
    sign = ""
    if bare[:1] in {"+", "-"}:
        sign, bare = bare[0], bare[1:]
    bare = _CURRENCY.sub("", bare)
    if not sign and bare[:1] in {"+", "-"}:
        sign, bare = bare[0], bare[1:]
    if comma and (_COMMA.fullmatch(bare) or _GROUPED_COMMA.fullmatch(bare)):
        bare = bare.replace(".", "").replace(",", ".")
    elif not comma and _GROUPED_DOT.fullmatch(bare):
        bare = bare.replace(",", "")
    if not _PLAIN.fullmatch(bare) or not bare.isascii():
        raise Refused(f"金额无法识别：{text[:40]!r}", f"not an amount: {text[:40]!r}")
    value = Decimal(bare)
    if value > LARGEST_AMOUNT:
        raise Refused(f"金额大得不合理：{text[:40]!r}", f"absurd amount: {text[:40]!r}")
    return -value if value and (negative or sign == "-") else value


def signed(sign: int, size: Decimal) -> Decimal:
    """The size with the sign, keeping its decimals; zero has no sign."""
    return -size if sign < 0 and size else size


def maybe_money(cell: str, *, comma: bool = False) -> Decimal | None:
    """The amount in a cell, or None where the cell is empty or holds only dashes."""
    return None if _NOTHING.fullmatch(clean(cell)) else money(cell, comma=comma)


def day(cell: str) -> date:
    """The date in a cell written year first, with or without separators; a time may follow.

    The bare number that a spreadsheet program makes of a date is understood too.
    """
    text = clean(cell)
    try:
        return _day(text[:_LONGEST_DAY])
    except Refused:
        return _day(text)


@lru_cache(maxsize=8192)
def _day(text: str) -> date:
    found = _DATE.match(text) or _PACKED.match(text)
    if not found and _SERIAL.fullmatch(text):
        return _serial(text).date()
    if not found:
        raise Refused(f"日期无法识别：{text[:40]!r}", f"not a date: {text[:40]!r}")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Refused(f"没有这一天：{text[:40]!r}", f"no such day: {text[:40]!r}") from None


def clock(cell: str) -> time | None:
    """The time of day in a cell as `H:MM`, `H:MM:SS` or `HHMMSS`, or None where there is none.

    Twelve-hour times are understood by the `AM` or `PM` behind them.
    """
    return _clock(clean(cell))


@lru_cache(maxsize=1 << 17)
def _clock(text: str) -> time | None:
    found = _CLOCK.search(text) or re.fullmatch(r"(\d{2})(\d{2})(\d{2})()", text)
    if not found:
        return None
    hour = int(found[1])
    if found[4] and 1 <= hour <= _HALF_DAY:
        hour = hour % _HALF_DAY + (_HALF_DAY if found[4] in "pP" else 0)
    try:
        return time(hour, int(found[2]), int(found[3] or 0))
    except ValueError:
        raise Refused(f"没有这个时刻：{text[:40]!r}", f"no such time: {text[:40]!r}") from None


def _serial(text: str) -> datetime:
    return _SERIAL_ZERO + timedelta(seconds=round(float(text) * 86400))


def moment(cell: str, zone: tzinfo = BEIJING) -> tuple[date, datetime | None]:
    """The day in a cell and, where it states a time of day, the aware moment in `zone`."""
    text = clean(cell)
    if _SERIAL.fullmatch(text):
        then = _serial(text)
        return then.date(), then.replace(tzinfo=zone) if "." in text else None
    on, at = day(text), _clock(text.partition(" ")[2] or text[8:])
    return on, None if at is None else datetime.combine(on, at, zone)


def moments(
    cells: Sequence[str], zone: tzinfo = BEIJING
) -> tuple[list[date], list[datetime | None]]:
    """What `moment` gives, for a column of cells."""
    if _MOMENTS.fullmatch("\n".join(cells)):
        heads = [cell[:_DAY] for cell in cells]
        known = {head: _day(head) for head in set(heads)}
        days = [known[head] for head in heads]
        with suppress(ValueError):
            clocks = [time.fromisoformat(cell[_DAY + 1 :]) for cell in cells]
            return days, list(map(datetime.combine, days, clocks, repeat(zone)))
    both = [moment(cell, zone) for cell in cells]
    return [on for on, _at in both], [at for _on, at in both]


def number(cell: str) -> str:
    """An order number as text; refuses one that a spreadsheet program has already rounded."""
    if cell.isdecimal():
        return cell
    # Some exports put a backtick or apostrophe in front to keep the number from being rounded.
    text = clean(cell).lstrip("`'")
    if _SCIENTIFIC.fullmatch(text):
        raise Refused(
            f"单号 {text} 已被表格软件改写，位数丢失；请重新导出，不要另存",
            f"order number {text} was rounded by a spreadsheet program; "
            "export again and do not re-save",
        )
    return "" if _NOTHING.fullmatch(text) else text


def count(cell: str) -> int | None:
    """A stated number of rows, or None where it is none or has more digits than any file rows."""
    return int(cell) if cell.isdecimal() and len(cell) <= _LONGEST_COUNT else None


def words(cell: str) -> str:
    """Free text in a cell; the export's signs for "nothing" become the empty string."""
    text = clean(cell)
    return "" if text[:1] in _NOTHING_BEGINS and _NOTHING.fullmatch(text) else text


def column(cells: Sequence[str]) -> list[str]:
    """What `words` gives, for a column of cells."""
    together = "\n".join(["", *cells, ""])
    if not any(cells) or not any(f"\n{begins}" in together for begins in _NOTHING_FIRST):
        return list(cells)
    return [words(cell) if cell[:1] in _NOTHING_BEGINS else cell for cell in cells]


def numbers(cells: Sequence[str]) -> list[str]:
    """What `number` gives, for a column of cells."""
    if not any(cells) or "".join(cells).isdecimal():
        return list(cells)
    return [cell if cell.isdecimal() else number(cell) for cell in cells]


def tail(account: str) -> str:
    """The last four digits of a card or account number, or the empty string where masked."""
    digits = re.search(r"(\d{4})(?!\s*[*＊xX•])\D*$", clean(account))
    return digits[1] if digits else ""
