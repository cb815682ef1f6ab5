"""Notices that a spreadsheet program rewrote an export: rounded order numbers, lost seconds."""

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from makewhole.records import Entry, Text

# A spreadsheet cell keeps 15 digits and fills the rest with zeros. One number in a thousand ends
# in three zeros by itself, so only a column in which every long number does is called damaged, and
# only where there are three such zeros in all.
_KEPT_DIGITS = 15
_FEWEST_ZEROS = 3
# So many payments in a row never meet a full minute by chance: one case in 60 to this power.
_ENOUGH = 12
# A program that rewrites numbers does so in all rows.
_PROBED = 1000
_TEXTS = ("counterparty", "funding", "description", "merchant_reference", "reference", "note")
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{2,3}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?")

_ROUNDED = Text(
    "这个文件像是被表格软件改写过：较长的单号后面几位都变成了 0。单号已不可靠，"
    "请重新导出，不要打开后另存。",
    "a spreadsheet program seems to have rewritten this file: the long order numbers all end in "
    "zeros. They can no longer be trusted; export again and do not re-save.",
)
_NO_SECONDS = Text(
    "这个文件像是被表格软件改写过：时间里没有秒。请重新导出，不要打开后另存。",
    "a spreadsheet program seems to have rewritten this file: its times have lost their seconds. "
    "Export again and do not re-save.",
)


def rounded_numbers(entries: Sequence[Entry]) -> Iterator[Text]:
    """One warning where every long number of a column has lost its last digits."""
    if any(_all_rounded(entries, column) for column in ("reference", "merchant_reference")):
        yield _ROUNDED
        return
    probed = entries[:_PROBED]
    if any(_all_rounded(probed, column) for column in ("counterparty", "funding")) or any(
        _SCIENTIFIC.fullmatch(getattr(entry, column)) for entry in probed for column in _TEXTS
    ):
        yield _ROUNDED


def lost_seconds(times: Iterable[str]) -> Iterator[Text]:
    """One warning where cells that state a time of day state it without seconds, all of them."""
    found = [clock for cell in times if (clock := _CLOCK.search(cell))]
    if not found:
        return
    # A date cell shows seconds always; where all are zero, there were none to be kept.
    seconds = {clock[1] or ":00" for clock in found}
    if not any(clock[1] for clock in found) or (len(found) >= _ENOUGH and seconds == {":00"}):
        yield _NO_SECONDS


def _all_rounded(entries: Sequence[Entry], column: str) -> bool:
    found: set[str] = set()
    for number in map(attrgetter(column), entries):
        if len(number) > _KEPT_DIGITS and number.isdecimal():
            if number[_KEPT_DIGITS:].strip("0"):
                return False
            found.add(number)
    return sum(len(number) - _KEPT_DIGITS for number in found) >= _FEWEST_ZEROS
