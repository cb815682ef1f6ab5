"""When a rung may be taken: its doors, its windows, its limits of money, and why."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from makewhole.directory.facts import Grade
from makewhole.directory.history import History
from makewhole.directory.loading import events
from makewhole.directory.spans import WorkingDays, last_day, said
from makewhole.directory.spec import Bound, Door, Need, Span, Window
from makewhole.directory.wording import (
    LIMIT,
    NEEDED,
    OPEN,
    OPEN_SINCE,
    OR_AFTER,
    OURS,
    OVER,
    PERHAPS_OVER,
    UNCONFIRMED_TERM,
    UNKNOWN_DAYS,
    UNTIL,
    WAITING,
    filled,
)
from makewhole.records import Text

_DAY = timedelta(days=1)
_REPLIES = ("response", "final_response", "answered", "dispute_closed")


@dataclass(frozen=True, slots=True)
class Basis:
    """What a condition rests on: a rule, its sources and grade, or a choice of this house."""

    rule: str = ""
    grade: Grade | None = None
    source: tuple[str, ...] = ()
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that conditions look at."""

    history: History
    now: date
    theft: bool
    fast: bool
    kinds: frozenset[str]
    calendar: str
    answer: Span
    answer_basis: Basis
    working_days: WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the conditions hold, from when, until when, and why."""

    open: bool
    first_day: date | None
    last_day: date | None = None
    why: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()
    basis: tuple[Basis, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """One door as it stands: the day it opens, what it waits for, what is missing."""

    first_day: date | None
    missing: tuple[str, ...]
    waits: tuple[tuple[Need, Span, date], ...]
    basis: tuple[Basis, ...]
    provisional: bool
    unknown: bool = False


def judged(doors: tuple[Door, ...], windows: tuple[Window, ...], case: Case) -> Verdict:
    """The doors and the windows together; without doors a rung is always open."""
    entrance = _entrance(doors, case)
    return _within(entrance, windows, case)


def _entrance(doors: tuple[Door, ...], case: Case) -> Verdict:
    ways = [_way(door, case) for door in doors if not _barred(door, case)]
    if not doors or any(door.lifted for door in doors if case.fast):
        return Verdict(open=True, first_day=case.now, why=(OPEN,))
    dated = [way for way in ways if way.first_day is not None]
    if not dated:
        return _nothing_yet(ways)
    best = min(dated, key=lambda way: way.first_day or date.max)
    first = best.first_day
    if first is not None and first <= case.now:
        why = filled(OPEN_SINCE, day=first) + _mark(best.basis, ours=Text("", ""))
        return Verdict(
            open=True, first_day=first, why=(why,), basis=best.basis, provisional=best.provisional
        )
    others = (way for way in ways if way.missing and set(way.missing) <= set(_REPLIES))
    early = next(others, None)
    why = _waiting(best) + _mark(best.basis)
    if early:
        why += filled(OR_AFTER, event=events()[early.missing[0]].done)
    return Verdict(
        open=False, first_day=first, why=(why,), basis=best.basis, provisional=best.provisional
    )


def _barred(door: Door, case: Case) -> bool:
    return any(case.history.first(event) is not None for event in door.absent)


def _way(door: Door, case: Case) -> _Way:
    missing: list[str] = []
    waits: list[tuple[Need, Span, date]] = []
    days: list[date] = []
    basis = [Basis(door.rule, door.grade, door.source, door.ours)]
    provisional = unknown = False
    for need in door.needs:
        if need.urgent and not case.theft:
            continue
        happened = case.history.first(need.after)
        if happened is None:
            missing.append(need.after)
            continue
        if need.wait is None:
            days.append(happened)
            continue
        span = case.answer if need.wait.answer else need.wait
        if need.wait.answer:
            basis.append(case.answer_basis)
        provisional |= bool(span.working_days)
        end = last_day(happened, span, case.calendar, case.working_days)
        if end is None:
            unknown = True
            continue
        waits.append((need, span, happened))
        days.append(end + _DAY)
    settled = not missing and not unknown
    return _Way(
        first_day=max(days, default=case.now) if settled else None,
        missing=tuple(missing),
        waits=tuple(waits),
        basis=tuple(basis),
        provisional=provisional,
        unknown=unknown,
    )


def _nothing_yet(ways: list[_Way]) -> Verdict:
    """No door has a day: name what is missing, what one can do oneself before what others must."""
    lacking = [way for way in ways if way.missing]
    if not lacking:
        return Verdict(
            open=False,
            first_day=None,
            why=(UNKNOWN_DAYS,),
            basis=ways[0].basis if ways else (),
        )
    own = (way for way in lacking if not set(way.missing) <= set(_REPLIES))
    main = next(own, lacking[0])
    mark = OURS if main.basis[0].ours else Text("", "")
    why = tuple(filled(NEEDED, what=_to_do(event)) + mark for event in main.missing)
    return Verdict(open=False, first_day=None, why=why, basis=main.basis)


def _mark(basis: tuple[Basis, ...], ours: Text = OURS) -> Text:
    """What makes a condition less than certain: a weak source, or that it is only ours."""
    if any(each.grade and not each.grade.certain for each in basis):
        return UNCONFIRMED_TERM
    return ours if any(each.ours for each in basis) else Text("", "")


def _to_do(event: str) -> Text:
    known = events().get(event)
    if known:
        return known.do
    code = event.partition(":")[2]
    if event.startswith("contacted:"):
        return Text(f"先找 {code}", f"go to {code}")
    return Text(f"等 {code} 答复", f"wait for the answer of {code}")


def _done(event: str) -> Text:
    known = events().get(event)
    if known:
        return known.done
    code = event.partition(":")[2]
    return Text(f"{code} 这一步", f"the step {code}")


def _waiting(way: _Way) -> Text:
    need, span, happened = max(
        way.waits, key=lambda wait: (wait[2], wait[1].days), default=(None, None, None)
    )
    if need is None or span is None or happened is None:
        return filled(OPEN_SINCE, day=way.first_day)
    return filled(WAITING, event=_done(need.after), on=happened, span=said(span), day=way.first_day)


def _within(entrance: Verdict, windows: tuple[Window, ...], case: Case) -> Verdict:
    ends = [
        (end, window)
        for window in windows
        if not window.problems or case.kinds & set(window.problems)
        if (end := _end(window, case)) is not None
    ]
    if not ends:
        return entrance
    sure = [(end, window) for end, window in ends if window.grade.certain]
    over = [(end, window) for end, window in sure if end < case.now]
    warnings = [
        filled(PERHAPS_OVER, day=end)
        for end, window in ends
        if end < case.now and not window.grade.certain
    ]
    basis = entrance.basis + tuple(
        Basis(window.rule, window.grade, window.source) for _, window in ends
    )
    last = min(end for end, _ in ends)
    if over:
        end = min(end for end, _ in over)
        return Verdict(
            open=False,
            first_day=None,
            last_day=end,
            why=(filled(OVER, day=end),),
            warnings=entrance.warnings,
            basis=basis,
            provisional=entrance.provisional,
        )
    why = entrance.why if last < case.now else (*entrance.why, filled(UNTIL, day=last))
    return Verdict(
        open=entrance.open,
        first_day=entrance.first_day,
        last_day=last,
        why=why,
        warnings=(*entrance.warnings, *warnings),
        basis=basis,
        provisional=entrance.provisional,
    )


def _end(window: Window, case: Case) -> date | None:
    """The last day of a window; None before anything that starts it has happened."""
    starts: list[date] = []
    for need in window.since:
        ask = case.history.last if window.latest else case.history.first
        happened = ask(need.after)
        if happened is None:
            continue
        start = last_day(happened, need.wait or Span(), case.calendar, case.working_days)
        if start is None:
            return None
        starts.append(start)
    if not starts:
        return None
    start = max(starts) if window.latest else min(starts)
    return last_day(start, window.within, case.calendar, case.working_days)


def bounded(
    verdict: Verdict, bounds: tuple[Bound, ...], value: Decimal | None, currency: str
) -> Verdict:
    """The verdict under limits of money; an amount in another currency only gets told of them."""
    for bound in bounds:
        if value is None or currency != bound.currency:
            continue
        outside = (bound.most is not None and value > bound.most) or (
            bound.least is not None and value < bound.least
        )
        if not outside:
            continue
        told = filled(LIMIT, limit=bound.said)
        basis = (*verdict.basis, Basis("", bound.grade, bound.source))
        shut = bound.closes and bound.grade.certain
        verdict = Verdict(
            open=verdict.open and not shut,
            first_day=None if shut else verdict.first_day,
            last_day=verdict.last_day,
            why=(told,) if shut else verdict.why,
            warnings=verdict.warnings if shut else (*verdict.warnings, told),
            basis=basis,
            provisional=verdict.provisional,
        )
    return verdict
