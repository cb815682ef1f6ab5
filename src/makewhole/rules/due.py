"""What has to be checked again: facts that have grown old, and facts that nobody has confirmed."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from makewhole.rules.days import Calendars, calendars
from makewhole.rules.library import Library, library
from makewhole.rules.schema import Grade, Rule


class Due(Struct, frozen=True):
    """One fact that is due for checking, and why: `expired`, `unconfirmed` or both."""

    id: str
    kind: str
    file: str
    grade: Grade
    checked_on: date | None
    expires_on: date | None
    expired: bool
    unconfirmed: bool


def due(now: date, rules: Library | None = None, days: Calendars | None = None) -> tuple[Due, ...]:
    """Rules and calendars that are due on the day `now`, the longest overdue first."""
    found = [*_rules(now, rules or library()), *_calendars(now, days or calendars())]
    return tuple(sorted(found, key=lambda each: (not each.expired, each.kind, each.id)))


def _rules(now: date, rules: Library) -> Iterator[Due]:
    for entry in rules:
        rule, instrument = entry.rule, entry.instrument
        expires = rule.expires_on or instrument.expires_on
        unconfirmed = any(grade.unconfirmed for grade in _grades(rule))
        if expires <= now or unconfirmed:
            yield Due(
                id=rule.id,
                kind="rule",
                file=entry.file,
                grade=rule.grade,
                checked_on=rule.checked_on or instrument.checked_on,
                expires_on=expires,
                expired=expires <= now,
                unconfirmed=unconfirmed,
            )


def _grades(rule: Rule) -> Iterator[Grade]:
    """The grade of the rule and of each of its parts."""
    yield rule.grade
    cases = [each.grade for each in rule.cases]
    moves = [each.grade for each in rule.moves]
    claims = [each.grade for each in rule.claims]
    yield from (grade for grade in (*cases, *moves, *claims) if grade)


def _calendars(now: date, days: Calendars) -> Iterator[Due]:
    for calendar in days:
        table = calendar.table
        expired = table.expires_on is not None and table.expires_on <= now
        unannounced = any(not year.announced for year in table.years.values())
        if expired or unannounced or not table.official:
            yield Due(
                id=table.id,
                kind="calendar",
                file=f"{table.id}.yaml",
                grade=table.grade,
                checked_on=table.checked_on,
                expires_on=table.expires_on,
                expired=expired,
                unconfirmed=unannounced or not table.official,
            )
