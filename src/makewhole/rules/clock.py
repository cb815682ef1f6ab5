"""Computes the last day of a rule: when it is due, from when it is late, and what is uncertain.

A rule is read in every way that can be argued: with each calendar that may hold, rolled over days
of rest and not. A user's own deadline is the earliest of these readings, a firm is late only after
the latest. Time is an argument; nothing here looks at a clock.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from makewhole.errors import BadRequest
from makewhole.records import Text
from makewhole.rules import steps
from makewhole.rules.clause import Begin, Clause, Events, Moment, Shift, cases_of, clause_for
from makewhole.rules.days import Calendar
from makewhole.rules.days import calendars as shipped
from makewhole.rules.library import Entry, library
from makewhole.rules.schema import (
    EXACT,
    OPEN_DAYS,
    Effect,
    Grade,
    Kind,
    Party,
    Pick,
    Roll,
    Term,
    Unit,
)

_DAY = timedelta(1)
_WORST = tuple(Grade)
_LAST_MONTH = 12
_EARLIEST_YEAR, _LATEST_YEAR = 1990, 2100


class Doubt(StrEnum):
    """Why a day is provisional."""

    UNANNOUNCED = "unannounced"
    PROVIDER_DAYS = "provider_days"
    UNOFFICIAL = "unofficial"
    VERSION = "version"
    HOUR = "hour"
    PAUSED = "paused"


class Status(StrEnum):
    """How a deadline stands on the day asked for."""

    OPEN = "open"
    ARGUABLE = "arguable"
    OVERDUE = "overdue"
    KEPT = "kept"
    LATE = "late"
    WAITING = "waiting"
    MAY_ACT = "may_act"


class Asked(Struct, frozen=True):
    """What a deadline was computed from, kept so that it can be explained."""

    events: Events
    now: Moment
    calendars: tuple[Calendar, ...]
    chosen: tuple[Calendar, ...] = ()

    def readings(self) -> Sequence[Calendar | None]:
        """The calendars to read with; a rule without one is read once."""
        return self.calendars or (None,)


class Deadline(Struct, frozen=True):
    """What a rule says about these events: days for day terms, moments for hour terms."""

    rule: str
    version: str
    case: str
    acts: Party
    kind: Kind
    strict_last_day: Moment
    rolled_last_day: Moment
    due: Moment
    overdue_from: Moment
    opens_on: Moment | None
    doubts: tuple[Doubt, ...]
    status: Status
    calendars: tuple[str, ...]
    clause: Clause
    asked: Asked

    @property
    def provisional(self) -> bool:
        """Whether the day can still change or hangs on something unknown."""
        return bool(self.doubts)

    @property
    def grade(self) -> Grade:
        """How well the rule is known; no better than the events that moved the day."""
        moved = (
            each.move.grade
            for each in self.clause.shifts
            if each.move.grade and each.move.event in self.asked.events
        )
        return max((self.clause.grade, *moved), key=_WORST.index)

    def because(self) -> tuple[Text, ...]:
        """Why the result is provisional, one sentence each."""
        return tuple(
            steps.doubt(str(each), self.clause, self.asked.calendars) for each in self.doubts
        )

    def basis(self) -> Text:
        """On what reading of what rule the days rest."""
        return steps.basis(self.clause, self.asked.calendars)

    def steps(self, *, by_day: bool = False) -> tuple[Text, ...]:
        """The way to the result as a person can follow it, day by day if asked."""
        log: list[Text] = [*steps.opening(self.clause)]
        asked = self.asked
        for calendar in asked.readings():
            log.extend(_told(self.clause, asked, calendar, by_day=by_day))
        log.extend(self.because())
        log.append(
            steps.closing(
                self.clause, self.strict_last_day, self.rolled_last_day, self.due, self.overdue_from
            )
        )
        return tuple(log)


def deadline(  # noqa: PLR0913 - one argument for each thing that can be known
    rule: str | Entry,
    events: Events,
    now: Moment,
    calendars: Sequence[Calendar] = (),
    *,
    case: str = "",
    zone: ZoneInfo | None = None,
) -> Deadline:
    """The last day under a rule, by its id.

    `events` are days or moments by name; a moment without a zone is local to the rule. `now` is
    the day on which the answer is wanted. `calendars` are those of the provider in question; by
    default those that the rule names are used, and the result says if they are a guess.
    """
    entry = library().get(rule) if isinstance(rule, str) else rule
    _check_range(events, now)
    clause, sure = clause_for(entry, events, case)
    if zone:
        clause = replace(clause, zone=zone)
    used = _used(clause, calendars)
    asked = Asked(events, now, used, tuple(calendars))
    doubts: list[Doubt] = [] if sure else [Doubt.VERSION]
    ends: list[Moment] = []
    try:
        for calendar in asked.readings():
            for late in clause.readings:
                end, doubtful = _Reading(clause, asked, calendar, late=late).last()
                ends.append(end)
                doubts += doubtful
    except (OverflowError, ValueError):
        raise _out_of_range() from None
    if clause.open_days and clause.provider_days and not calendars:
        doubts.append(Doubt.PROVIDER_DAYS)
    strict, rolled = min(ends), max(ends)
    return _result(clause, asked, strict, rolled, tuple(dict.fromkeys(doubts)))


def others(found: Deadline) -> tuple[Deadline, ...]:
    """The same events under the rule's other cases, as far as they can be computed."""
    entry = found.clause.entry
    asked = found.asked
    known = []
    for case in cases_of(entry):
        trigger = case.trigger or entry.rule.trigger
        if case.id != found.case and trigger in asked.events:
            again = deadline(
                entry, asked.events, asked.now, asked.chosen, case=case.id, zone=found.clause.zone
            )
            known.append(again)
    return tuple(known)


def _check_range(events: Events, now: Moment) -> None:
    for value in (*events.values(), now):
        for each in (value,) if isinstance(value, date) else value:
            if not _EARLIEST_YEAR <= each.year <= _LATEST_YEAR:
                raise _out_of_range()


def _out_of_range() -> BadRequest:
    return BadRequest(
        Text(
            f"日期要在 {_EARLIEST_YEAR} 年到 {_LATEST_YEAR} 年之间，请检查年份。",
            f"dates must lie between {_EARLIEST_YEAR} and {_LATEST_YEAR}; check the year.",
        )
    )


def _used(clause: Clause, calendars: Sequence[Calendar]) -> tuple[Calendar, ...]:
    if clause.exact or not clause.uses_calendar:
        return ()
    return tuple(calendars) or tuple(map(shipped().get, clause.calendars))


def _result(
    clause: Clause, asked: Asked, strict: Moment, rolled: Moment, doubts: tuple[Doubt, ...]
) -> Deadline:
    if isinstance(strict, datetime) and isinstance(rolled, datetime):
        strict, rolled = strict.astimezone(clause.zone), rolled.astimezone(clause.zone)
        overdue: Moment = rolled
    else:
        overdue = rolled + _DAY
    own = clause.acts in {Party.USER, Party.BOTH} and clause.kind is Kind.LIMIT
    due = strict if own else rolled
    waits = clause.kind is Kind.WAIT
    return Deadline(
        rule=clause.entry.rule.id,
        version=clause.version.id,
        case=clause.case.id if clause.case else "",
        acts=clause.acts,
        kind=clause.kind,
        strict_last_day=strict,
        rolled_last_day=rolled,
        due=due,
        overdue_from=overdue,
        opens_on=overdue if waits else None,
        doubts=doubts,
        status=_status(clause, asked, strict, rolled, overdue),
        calendars=tuple(each.id for each in asked.calendars),
        clause=clause,
        asked=asked,
    )


def _status(
    clause: Clause, asked: Asked, strict: Moment, rolled: Moment, overdue: Moment
) -> Status:
    points = _points(clause, asked, clause.done) if clause.done in asked.events else ()
    if points:
        first = min(low for low, _ in points)
        if first <= strict:
            return Status.KEPT
        return Status.LATE if first > rolled else Status.ARGUABLE
    now = _points(clause, asked, asked.now)[0][0]
    reached = now >= overdue
    if clause.kind is Kind.WAIT:
        return Status.MAY_ACT if reached else Status.WAITING
    if reached:
        return Status.OVERDUE
    return Status.OPEN if now <= strict else Status.ARGUABLE


class _Reading:
    """One way to read a clause: with one calendar, strictly or to the latest day arguable."""

    __slots__ = ("asked", "calendar", "clause", "doubts", "late", "log", "start")

    def __init__(
        self, clause: Clause, asked: Asked, calendar: Calendar | None, *, late: bool
    ) -> None:
        self.clause = clause
        self.asked = asked
        self.calendar = calendar
        self.late = late
        self.doubts: list[Doubt] = []
        self.log: list[Text] | None = None
        self.start: Moment

    def last(self) -> tuple[Moment, list[Doubt]]:
        """The last day or moment of this reading, and what is doubtful about it."""
        end = self._picked()
        for shift, point in self._shifts():
            end = self._moved(end, shift, point)
        end = self._rolled(self._capped(end))
        self._judge(end)
        return end, self.doubts

    def _picked(self) -> Moment:
        clause = self.clause
        trigger = Begin(clause.trigger, clause.term)
        given = [each for each in (trigger, *clause.begins) if each.event in self.asked.events]
        if len(given) == 1:
            self.start = self._received(self.at(given[0].event)[0])
            end = self.add(self.start, given[0].term)
            self._say(steps.counted, given[0].event, self.start, given[0].term, end)
            return end
        ends = []
        for each in given:
            begun = self.at(each.event)[0]
            ends.append((self.add(begun, each.term), begun))
            self._say(steps.counted, each.event, begun, each.term, ends[-1][0])
        earliest = clause.pick is Pick.EARLIEST
        end, self.start = min(ends) if earliest else max(ends)
        self._say(steps.picked, clause.pick, end)
        return end

    def _received(self, point: Moment) -> Moment:
        """What reaches a firm on a closed day may count as received on its next open day."""
        if not (self.late and self.clause.received_on_open_day and self.calendar):
            return point
        received = self.calendar.next_open(point)
        if received != point:
            self._say(steps.received, point, received)
        return received

    def _shifts(self) -> list[tuple[Shift, Moment]]:
        found = [
            (shift, point)
            for shift in self.clause.shifts
            if shift.move.event in self.asked.events
            for point in self.at(shift.move.event)
        ]
        return sorted(found, key=lambda each: each[1])

    def _moved(self, end: Moment, shift: Shift, point: Moment) -> Moment:
        limit = self._rolled(end, quiet=True)
        if point < self.start:
            self._say(steps.too_early, shift.move, point)
            return end
        if point > limit:
            self._say(steps.too_late, shift.move, point, limit)
            return end
        term = shift.term or self.clause.term
        match shift.effect:
            case Effect.REPLACE:
                new = self.add(self.start, term)
            case Effect.RESTART:
                new = self.add(point, term)
                self.start = point
            case Effect.PAUSE:
                new = self._paused(end, shift, point)
        if shift.at_most:
            new = min(new, self.add(self.start, shift.at_most))
        self._say(steps.moved, shift.move, point, new)
        return new

    def _paused(self, end: Moment, shift: Shift, point: Moment) -> Moment:
        """The days that were left when the clock stopped run again after it goes on."""
        resumed = [each for each in self.at(shift.move.until) if each >= point]
        if not resumed:
            self.doubts.append(Doubt.PAUSED)
            now = self._now()
            resumed = [max(now, point)]
        if isinstance(point, datetime) and isinstance(end, datetime):
            return resumed[0] + (end - point)
        stopped = max(point - _DAY if self.late else point, self.start)
        if self.clause.term[-1].unit in OPEN_DAYS and self.calendar:
            return self.calendar.add(resumed[0], self.calendar.between(stopped, end))
        return resumed[0] + timedelta(end.toordinal() - stopped.toordinal())

    def _capped(self, end: Moment) -> Moment:
        ceiling = self.clause.ceiling
        if not ceiling or ceiling.event not in self.asked.events:
            return end
        limit = self.add(self.at(ceiling.event)[0], ceiling.term)
        if limit >= end:
            return end
        self._say(steps.capped, ceiling.event, ceiling.term, limit)
        return limit

    def _rolled(self, end: Moment, *, quiet: bool = False) -> Moment:
        if not self.late or self.clause.roll is Roll.NONE or not self.calendar:
            return end
        rolled = self.calendar.next_open(end)
        if rolled != end and not quiet:
            self._say(steps.rolled, end, rolled, self.calendar, self.clause.roll)
        return rolled

    def _judge(self, end: Moment) -> None:
        calendar = self.calendar
        if calendar is None or isinstance(end, datetime):
            return
        first = self.start if self.clause.open_days else end
        if not calendar.knows(min(first, end), end):
            self.doubts.append(Doubt.UNANNOUNCED)
        if not calendar.table.official:
            self.doubts.append(Doubt.UNOFFICIAL)

    def at(self, event: str) -> list[Moment]:
        """The days or moments of an event as this reading takes them."""
        points = _points(self.clause, self.asked, event)
        if any(low != high for low, high in points):
            self.doubts.append(Doubt.HOUR)
        return [high if self.late else low for low, high in points]

    def _now(self) -> Moment:
        low, high = _points(self.clause, self.asked, self.asked.now)[0]
        return high if self.late else low

    def add(self, point: Moment, term: Term) -> Moment:
        """The end of a term that begins with the day, or the moment, `point`."""
        for count, unit in term:
            if unit in OPEN_DAYS and self.calendar:
                point = self.calendar.add(point, count)
            elif unit is Unit.DAYS:
                point += timedelta(count)
            elif unit is Unit.WEEKS:
                point += timedelta(7 * count)
            elif unit in EXACT:
                point += timedelta(seconds=count * EXACT[unit])
            else:
                point = months_after(point, count * 12 if unit is Unit.YEARS else count)
        return point

    def _say(self, sentence: steps.Sentence, *what: object) -> None:
        if self.log is not None:
            self.log.append(sentence(self.clause, *what))


def months_after(day: date, months: int) -> date:
    """The corresponding day of a later month, or its last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    following = date(year + month // _LAST_MONTH, month % _LAST_MONTH + 1, 1)
    return date(year, month, min(day.day, (following - _DAY).day))


def _points(clause: Clause, asked: Asked, what: str | Moment) -> list[tuple[Moment, Moment]]:
    """Each day or moment of an event, at its earliest and its latest."""
    value = asked.events.get(what, ()) if isinstance(what, str) else what
    values = [value] if isinstance(value, date) else list(value)
    if not clause.exact:
        days = [_day(each, clause.zone) for each in values]
        return [(day, day) for day in days]
    return [_moments(each, clause.zone) for each in values]


def _day(value: Moment, zone: ZoneInfo) -> date:
    if isinstance(value, datetime):
        return value.astimezone(zone).date() if value.tzinfo else value.date()
    return value


def _moments(value: Moment, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """A moment in UTC; a day is all of its hours, and a time that the clocks repeat is both."""
    if not isinstance(value, datetime):
        first = datetime.combine(value, time(), zone)
        last = datetime.combine(value + _DAY, time(), zone)
        return first.astimezone(UTC), last.astimezone(UTC)
    if value.tzinfo:
        exact = value.astimezone(UTC)
        return exact, exact
    once, again = (value.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return min(once, again), max(once, again)


def _told(clause: Clause, asked: Asked, calendar: Calendar | None, *, by_day: bool) -> list[Text]:
    log: list[Text] = []
    strict = _Reading(clause, asked, calendar, late=False)
    strict.log = []
    low, _ = strict.last()
    late = _Reading(clause, asked, calendar, late=True)
    late.log = []
    high, _ = late.last()
    if calendar is not None and len(asked.calendars) > 1:
        log.append(steps.with_calendar(calendar))
    log += steps.both_ways(strict.log, late.log)
    if calendar is not None and clause.open_days:
        log += steps.left_out(calendar, strict.start, low)
    if by_day and not clause.exact:
        own = clause.acts is Party.USER
        log += steps.day_by_day(
            clause, calendar, strict.start if own else late.start, low if own else high
        )
    return log
