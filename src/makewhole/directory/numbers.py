"""Recognises the numbers of payments in text: hints for a reader, never proof nor refusal."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from makewhole.directory.loading import provider, provider_ids
from makewhole.directory.provider import Shape
from makewhole.records import Text

# A tab follows long numbers in Chinese exports; letters and digits beside one belong to another.
_BEFORE, _AFTER = r"(?<![0-9A-Za-z_#])", r"(?![0-9A-Za-z_])"
_SPOILED = re.compile(r"(?<![\w.])\d(?:\.\d+)?[eE]\+\d{2}(?!\w)")
_MPESA_FIRST_YEAR, _UPI_DECADE = 2017, 10
_NEAR = timedelta(days=1)
_FAR = Text(
    "号码里的日期是 {inside}，和那笔交易的 {given} 差了一天以上，请核对。",
    "The number holds the day {inside}, more than a day from {given}; check it.",
)
_SCIENTIFIC = Text(
    "“{number}”是被表格软件改坏的长数字，请从原始账单里按文本复制。",
    "“{number}” is a long number that a spreadsheet spoiled; copy it as text from the export.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A number in a text: whose it looks like, the day it holds, and what to mind."""

    provider: str
    name: Text
    number: str
    day: date | None = None
    warning: Text | None = None


def recognise(text: str, provider_id: str = "", on: date | None = None) -> tuple[Recognised, ...]:
    """The numbers in a text, the most telling shape first for each; those of one provider if named.

    `on` is the day of the payment: a number that holds another day gets a warning, nothing more.
    """
    found: list[Recognised] = []
    taken: list[tuple[int, int]] = []
    for owner, shape, pattern in _patterns(provider_id):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            day = _day(shape, match[0], on)
            found.append(
                Recognised(
                    provider=owner,
                    name=shape.name,
                    number=match[0],
                    day=day,
                    warning=_gap(day, on),
                )
            )
    return tuple(found)


def spoiled(text: str) -> tuple[Text, ...]:
    """What to say of numbers that a spreadsheet turned into powers of ten."""
    return tuple(
        Text(_SCIENTIFIC.zh.format(number=match[0]), _SCIENTIFIC.en.format(number=match[0]))
        for match in _SPOILED.finditer(text)
    )


@cache
def _patterns(provider_id: str) -> tuple[tuple[str, Shape, re.Pattern[str]], ...]:
    """Shapes with the longest and most particular first; without a provider only telling ones."""
    owners = [provider_id] if provider_id else list(provider_ids())
    shapes = [(owner, shape) for owner in owners for shape in provider(owner).numbers]
    if not provider_id:
        shapes = [(owner, shape) for owner, shape in shapes if _telling(shape)]
    shapes.sort(key=lambda each: (-_fixed(each[1].shape), -len(each[1].example)))
    return tuple(
        (owner, shape, re.compile(f"{_BEFORE}(?:{shape.shape}){_AFTER}")) for owner, shape in shapes
    )


def _telling(shape: Shape) -> bool:
    """Whether a shape says whose it is without being told: it holds a day or fixed signs."""
    return bool(shape.date) or _fixed(shape.shape) > 1


def _fixed(shape: str) -> int:
    """How many signs at its beginning are fixed."""
    start = re.match(r"[0-9A-Za-z_#-]+", re.sub(r"\\\.", "-", shape))
    return len(start[0]) if start else 0


def _gap(day: date | None, on: date | None) -> Text | None:
    if day is None or on is None or abs(day - on) <= _NEAR:
        return None
    return Text(
        _FAR.zh.format(inside=day.isoformat(), given=on.isoformat()),
        _FAR.en.format(inside=day.isoformat(), given=on.isoformat()),
    )


def _day(shape: Shape, number: str, on: date | None) -> date | None:
    reader = _DAYS.get(shape.date)
    try:
        return reader(number[shape.at :], on) if reader else None
    except ValueError:
        return None


def _ymd(digits: str, _on: date | None) -> date:
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def _short_ymd(digits: str, _on: date | None) -> date:
    return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))


def _mpesa(code: str, _on: date | None) -> date:
    """Year, month and day as one letter or digit each."""
    year = _MPESA_FIRST_YEAR + ord(code[0]) - ord("L")
    month = ord(code[1]) - ord("A") + 1
    return date(year, month, int(code[2], 36))


def _upi(digits: str, on: date | None) -> date | None:
    """The last digit of the year and the day of the year; the decade is that of `on`."""
    if on is None:
        return None
    years = (on.year - back for back in range(_UPI_DECADE))
    year = next(each for each in years if each % _UPI_DECADE == int(digits[0]))
    day = int(digits[1:4])
    found = date(year, 1, 1) + timedelta(days=day - 1)
    return found if day and found.year == year else None


_DAYS = {"ymd": _ymd, "short_ymd": _short_ymd, "mpesa": _mpesa, "upi": _upi}
