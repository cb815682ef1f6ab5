"""One deadline for a person: the day to rely on first, then how it was counted and from what."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from makewhole import desk
from makewhole.cli import messages
from makewhole.cli.messages import Pair, pick
from makewhole.cli.rulesout import deadline_json
from makewhole.errors import BadRequest
from makewhole.records import Text
from makewhole.report.words import inert
from makewhole.rules import (
    Calendar,
    Deadline,
    Entry,
    Moment,
    Worth,
    calendars,
    claims_of,
    deadline,
    library,
    others,
)
from makewhole.rules.clause import case_named
from makewhole.rules.steps import grade, shown

_TRIGGER = ("", "trigger")
_STATUSES = {
    "open": ("还没到期", "open"),
    "arguable": ("有争议，取决于怎样读", "arguable, it depends on the reading"),
    "overdue": ("已过期", "overdue"),
    "kept": ("按时办了", "done in time"),
    "late": ("办晚了", "done too late"),
    "waiting": ("还要等", "wait"),
    "may_act": ("可以走下一步了", "the next step is open"),
}


def run(options: argparse.Namespace, lang: str) -> None:
    """Compute and print one deadline."""
    entry = library().get(options.rule)
    events, now, chosen = events_given(entry, options)
    zone = ZoneInfo(options.zone) if options.zone else None
    found = deadline(entry, events, now, chosen, case=options.case, zone=zone)
    worths = claims_of(found, dict(options.facts))
    if options.json:
        content = deadline_json(found, others(found), worths, by_day=options.days)
        sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        return
    for line in _lines(found, worths, lang, by_day=options.days):
        sys.stdout.write(inert(line) + "\n")


def events_given(
    entry: Entry, options: argparse.Namespace
) -> tuple[dict[str, Moment | Sequence[Moment]], Moment, list[Calendar]]:
    """What was typed: events by their names, the day of asking, the calendars chosen."""
    trigger = case_named(entry, options.case).trigger or entry.rule.trigger
    events: dict[str, Moment | Sequence[Moment]] = {}
    for written, moment in options.on:
        name = trigger if written in _TRIGGER else written
        earlier = events.get(name)
        if earlier is None:
            events[name] = moment
        else:
            before = (earlier,) if isinstance(earlier, date) else tuple(earlier)
            events[name] = (*before, moment)
    now = options.as_of or datetime.now().astimezone()
    return events, now, _calendars(entry, options)


def _calendars(entry: Entry, options: argparse.Namespace) -> list[Calendar]:
    chosen = desk.chosen_calendars(options.calendar)
    if not options.closed and not options.open:
        return chosen
    both = set(options.closed) & set(options.open)
    if both:
        day = min(both)
        raise BadRequest(
            Text(
                f"--closed 和 --open 都写了 {day}，请只留一个。",
                f"--closed and --open both name {day}; keep one.",
            )
        )
    held = calendars()
    base = chosen or [held.get(name) for name in entry.rule.calendars]
    return [held.adjusted(each, options.closed, options.open) for each in base]


def _lines(found: Deadline, worths: Sequence[Worth], lang: str, *, by_day: bool) -> Iterator[str]:
    entry = found.clause.entry
    yield f"{found.rule} · {pick(entry.rule.title.text, lang)}"
    yield from _field(messages.DUE_DAY, found.due, lang)
    if found.strict_last_day != found.rolled_last_day:
        yield from _field(messages.STRICT_DAY, found.strict_last_day, lang)
        yield from _field(messages.ROLLED_DAY, found.rolled_last_day, lang)
    heading = messages.OPENS_DAY if found.opens_on else messages.LATE_DAY
    yield from _field(heading, found.overdue_from, lang)
    status = pick(_STATUSES[str(found.status)], lang)
    yield f"  {pick(messages.STATUS, lang)}: {status}"
    yield f"  {pick(messages.GRADE, lang)}: {found.grade} ({pick(grade(found.grade), lang)})"
    yield f"{pick(messages.STEPS, lang)}:"
    for number, step in enumerate(found.steps(by_day=by_day), 1):
        yield f"  {number}. {pick(step, lang)}"
    alternatives = others(found)
    if alternatives:
        yield f"{pick(messages.CASES, lang)}:"
    for other in alternatives:
        when = other.clause.case.when.text if other.clause.case else Text("", "")
        yield f"  --case {other.case}: {pick(when, lang)}: {pick(shown(other.due), lang)}"
    for worth in worths:
        yield from claim_lines(worth, lang)
    for key in found.clause.source:
        source = entry.sources[key]
        yield f"{pick(messages.SOURCE, lang)}: {source.title} {source.url}".rstrip()


def _field(heading: Pair, moment: Moment, lang: str) -> Iterator[str]:
    yield f"  {pick(heading, lang)}: {pick(shown(moment), lang)}"


def claim_lines(worth: Worth, lang: str) -> Iterator[str]:
    """One amount in words, or what is missing to know it."""
    title = f"{pick(worth.title, lang)} [{worth.grade}]"
    if worth.missing:
        needed = pick(messages.STILL_NEEDED, lang).format(names=", ".join(worth.missing))
        yield f"{title}: {needed}"
    elif worth.amount is None:
        yield f"{title}: {pick(worth.says, lang) if worth.says else '-'}"
    else:
        yield f"{title}: {worth.amount:f} {worth.currency} = {worth.formula}"
