"""Which days count: calendars as dated tables, with what each knows and what it does not.

A calendar tells the working days of the years in its table, make-up days included. Beyond the
years that were announced it still answers, by the days of the week and the holidays that are
known for sure, but `knows` says no, and whoever relied on it has to call the result provisional.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from makewhole.errors import UnknownCalendar
from makewhole.records import Text
from makewhole.rules.schema import Grade, Source, Words
from makewhole.rules.yamlfile import bad, fill, load, read

DATA = Path(__file__).with_name("calendars")
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?")
_AHEAD = 4
_SATURDAY = 5
_NAMES = re.compile(r"^(id|also): (.+)$", re.MULTILINE)


class Year(Struct, frozen=True, forbid_unknown_fields=True):
    """One year of a calendar: what is closed, and which days of rest are worked."""

    closed: dict[str, str | Words] = field(default_factory=dict)
    working: tuple[date, ...] = ()
    announced: bool = True
    source: str = ""


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A calendar as its file holds it."""

    id: str
    name: Words
    rest: tuple[str, ...] | None = None
    saturdays: tuple[int, ...] = ()
    also: tuple[str, ...] = ()
    extends: str = ""
    years: dict[int, Year] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    source: str = ""
    grade: Grade = Grade.READ
    official: bool = True
    note: Words | None = None
    checked_on: date | None = None
    expires_on: date | None = None
    closed: dict[str, str | Words] = field(default_factory=dict)
    open: dict[str, str | Words] = field(default_factory=dict)


class Calendar:
    """The working days of one place, counted by their order: adding and finding are quick."""

    def __init__(self, table: Table, closed: Mapping[date, Text], working: frozenset[date]) -> None:
        self.id = table.id
        self.table = table
        self._closed = closed
        self._working = working
        self._rest = frozenset(_WEEK.index(day) for day in _rest(table))
        self._saturdays = frozenset(table.saturdays)
        years = sorted(table.years) or [date.today().year]  # noqa: DTZ011 - only where to begin
        self._span = (years[0] - 1, years[-1] + _AHEAD)
        self._known = _announced(table)
        self._days: list[int] = []
        self._grow(*self._span)

    def add(self, day: date, count: int) -> date:
        """The last day of a term of `count` open days that begins after `day`."""
        if count == 0:
            return day
        at = self._from(day.toordinal(), bisect_right) + count - 1
        while at >= len(self._days):
            self._grow(self._span[0], self._span[1] + _AHEAD)
        return date.fromordinal(self._days[at])

    def next_open(self, day: date) -> date:
        """`day` itself if it counts, else the first that does after it."""
        at = self._from(day.toordinal(), bisect_left)
        return date.fromordinal(self._days[at])

    def between(self, start: date, end: date) -> int:
        """How many open days lie after `start`, up to and with `end`."""
        low = self._from(start.toordinal(), bisect_right)
        return max(0, self._from(end.toordinal(), bisect_right) - low)

    def opens(self, day: date) -> bool:
        """Whether the day counts."""
        if day in self._working:
            return True
        if day in self._closed or day.weekday() in self._rest:
            return False
        return not (day.weekday() == _SATURDAY and (day.day - 1) // 7 + 1 in self._saturdays)

    def knows(self, start: date, end: date) -> bool:
        """Whether all years from `start` to `end` are announced."""
        return all(year in self._known for year in range(start.year, end.year + 1))

    def why(self, day: date) -> Text:
        """What sort of day it is, in a word."""
        if day in self._working:
            return Text("调休上班", "worked in exchange")
        if day in self._closed:
            return self._closed[day]
        if not self.opens(day):
            return Text("周末", "weekend")
        return Text("工作日", "working day")

    def _from(self, ordinal: int, bisect: Any) -> int:
        year = date.fromordinal(ordinal).year
        low, high = self._span
        if year < low:
            self._grow(year - 1, high)
        elif year >= high:
            self._grow(low, year + _AHEAD)
        return int(bisect(self._days, ordinal))

    def _grow(self, low: int, high: int) -> None:
        first, last = date(low, 1, 1).toordinal(), date(high, 12, 31).toordinal()
        days = map(date.fromordinal, range(first, last + 1))
        self._days = [day.toordinal() for day in days if self.opens(day)]
        self._span = (low, high)


def _rest(table: Table) -> tuple[str, ...]:
    return table.rest if table.rest is not None else _WEEK[_SATURDAY:]


def _announced(table: Table) -> frozenset[int]:
    return frozenset(year for year, held in table.years.items() if held.announced)


class Calendars:
    """The calendars at hand: those the package brings, read on demand, and the user's own."""

    def __init__(self, folder: Path = DATA) -> None:
        self._folder = folder
        self._held: dict[str, Calendar] = {}
        self._names: dict[str, str] | None = None

    def get(self, name: str) -> Calendar:
        """The calendar called `name`, however it is written: `gb-eng`, `England`, `UK_ENG`."""
        held = self._held.get(name)
        if held is None:
            held = self._find(name)
            self._held[name] = held
        return held

    def own(self, name: str, text: str) -> Calendar:
        """A calendar that a user wrote: a table of its own, or one with days of its own."""
        return self._made(fill(name, load(name, text), Table), name)

    def adjusted(
        self, base: Calendar, closed: Iterable[date] = (), opened: Iterable[date] = ()
    ) -> Calendar:
        """`base` with a provider's own closing and opening days."""
        word = Text("机构自己的休息日", "closed by the provider itself")
        shut = {**base._closed, **dict.fromkeys(closed, word)}
        open_days = frozenset(opened)
        for day in open_days:
            shut.pop(day, None)
        return Calendar(base.table, shut, (base._working | open_days) - frozenset(closed))

    def ids(self) -> tuple[str, ...]:
        """The ids of all calendars that the package brings."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.yaml")))

    def __iter__(self) -> Iterator[Calendar]:
        """Every calendar that the package brings."""
        return map(self.get, self.ids())

    def _find(self, name: str) -> Calendar:
        if self._names is None:
            self._names = dict(self._all_names())
        known = self._names.get(_plain(name))
        if known is None:
            near = get_close_matches(name.casefold(), self.ids(), n=3, cutoff=0.3)
            listed = ", ".join(near or self.ids())
            raise UnknownCalendar(
                Text(
                    f"没有叫“{name}”的日历。可用的如：{listed}；也可以写自己的 YAML 文件路径。",
                    f"no calendar is called “{name}”; there are {listed}; or name a YAML file "
                    "of your own.",
                )
            )
        path = self._folder / f"{known}.yaml"
        table = fill(path.name, load(path.name, read(path)), Table)
        return self._made(table, path.name)

    def _all_names(self) -> Iterator[tuple[str, str]]:
        for path in sorted(self._folder.glob("*.yaml")):
            for _, names in _NAMES.findall(read(path)):
                for name in names.strip("[]").split(","):
                    yield _plain(name), path.stem

    def _made(self, table: Table, file: str) -> Calendar:
        closed: dict[date, Text] = {}
        working: set[date] = set()
        if table.extends:
            base = self.get(table.extends)
            closed.update(base._closed)
            working.update(base._working)
            years = {**base.table.years, **table.years}
            table = replace(
                table,
                years=years,
                rest=table.rest or base.table.rest,
                saturdays=table.saturdays or base.table.saturdays,
            )
        for number, year in table.years.items():
            for day, name in _spread(year.closed, file):
                if day.year != number:
                    raise bad(f"{file}: years.{number}", f"{day} is not in {number}")
                closed[day] = name
            working.update(year.working)
        closed.update(_spread(table.closed, file))
        for day, _ in _spread(table.open, file):
            closed.pop(day, None)
            working.add(day)
        unknown = set(_rest(table)) - set(_WEEK)
        if unknown:
            raise bad(f"{file}: rest", f"no day of the week is called “{min(unknown)}”")
        return Calendar(table, closed, frozenset(working))


def _plain(name: str) -> str:
    return re.sub(r"[^0-9a-z\u4e00-\u9fff]", "", name.casefold())


def _spread(days: Mapping[str, str | Words], file: str) -> Iterator[tuple[date, Text]]:
    for written, name in days.items():
        found = _RANGE.fullmatch(written)
        if not found:
            raise bad(f"{file}: closed", f"“{written}” is not a date or a range of dates")
        try:
            first = date.fromisoformat(found[1])
            last = date.fromisoformat(found[2] or found[1])
        except ValueError as error:
            raise bad(f"{file}: closed.{written}", str(error)) from None
        word = name.text if isinstance(name, Words) else Text(name, name)
        for more in range((last - first).days + 1):
            yield first + timedelta(more), word


@cache
def calendars() -> Calendars:
    """The calendars that the package brings."""
    return Calendars()
