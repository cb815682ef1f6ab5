"""The rules for a person: all of them, one of them whole, what it is worth, what is due."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from makewhole.cli import messages
from makewhole.cli.deadline import claim_lines, events_given
from makewhole.cli.messages import Pair, pick
from makewhole.cli.rulesout import due_json, rule_json, worth_json
from makewhole.errors import BadRequest
from makewhole.records import Text
from makewhole.report.words import inert
from makewhole.rules import Calendar, Due, Entry, calendars, claims, due, library
from makewhole.rules.clause import word
from makewhole.rules.steps import grade, party

_Tool = Callable[[argparse.Namespace, str], None]


def run(options: argparse.Namespace, lang: str) -> None:
    """Run one of the tools for rules."""
    _TOOLS[options.tool](options, lang)


def _list(options: argparse.Namespace, lang: str) -> None:
    entries = _within(options.within)
    if options.json:
        _print([rule_json(each) for each in entries])
        return
    for instrument, held in groupby(entries, key=lambda each: each.instrument):
        _say(f"{instrument.jurisdiction} · {pick(instrument.name.text, lang)}")
        for entry in held:
            _say(f"  {_line(entry, lang)}")
        _say("")
    files = len({each.file for each in entries})
    _say(pick(messages.SUMMARY_RULES, lang).format(rules=len(entries), files=files))


def _within(jurisdictions: Iterable[str]) -> list[Entry]:
    entries = list(library())
    known = {each.instrument.jurisdiction for each in entries}
    wanted = {each.upper() for each in jurisdictions}
    unknown = wanted - known
    if unknown:
        listed = ", ".join(sorted(known))
        raise BadRequest(
            Text(
                f"没有“{min(unknown)}”的规则。有的法域：{listed}。",
                f"there are no rules for “{min(unknown)}”; there are: {listed}.",
            )
        )
    return [each for each in entries if not wanted or each.instrument.jurisdiction in wanted]


def _line(entry: Entry, lang: str) -> str:
    rule = entry.rule
    term = rule.term or "-"
    return f"{rule.id:<28} {term:<18} [{rule.grade}]  {pick(rule.title.text, lang)}"


def _show(options: argparse.Namespace, lang: str) -> None:
    entry = library().get(options.rule)
    if options.json:
        _print(rule_json(entry))
        return
    _say(f"{entry.rule.id} · {pick(entry.rule.title.text, lang)}")
    for heading, value in _fields(entry, lang):
        if value:
            _say(f"  {pick(heading, lang)}: {value}")


def _fields(entry: Entry, lang: str) -> Iterator[tuple[Pair, str]]:
    rule = entry.rule
    yield messages.INSTRUMENT, f"{pick(entry.instrument.name.text, lang)} {rule.article}".strip()
    yield messages.BINDS, ", ".join(pick(party(each), lang) for each in rule.binds)
    yield messages.ACTS, pick(party(rule.acts), lang)
    yield messages.TRIGGER, f"{pick(word(entry, rule.trigger), lang)} ({rule.trigger})"
    no_term = pick(rule.no_term.text, lang) if rule.no_term else ""
    yield messages.TERM, rule.term or no_term
    for start in rule.also_from:
        said = pick(word(entry, start.event), lang)
        yield messages.TRIGGER, f"{said} ({start.event}): {start.term or rule.term}, {rule.pick}"
    for move in rule.moves:
        yield messages.MOVES, f"{move.event}: {pick(move.says.text, lang)} {move.term}".rstrip()
    for case in rule.cases:
        yield messages.CASES, f"{case.id}: {pick(case.when.text, lang)}: {case.term}"
    since, until = rule.valid_from, rule.valid_to
    if since or until:
        span = pick(messages.SINCE_UNTIL, lang)
        yield messages.IN_FORCE, span.format(since=since or "…", until=until or "…")
    for version in rule.versions:
        span = pick(messages.SINCE_UNTIL, lang).format(
            since=version.valid_from or "…", until=version.valid_to or "…"
        )
        yield messages.IN_FORCE, f"{version.id}: {span}"
    yield messages.COUNTING, ", ".join(rule.counting)
    yield messages.CALENDARS_USED, ", ".join(rule.calendars)
    for heading, words in ((messages.CONSEQUENCE, rule.consequence), (messages.NOTE, rule.note)):
        yield heading, pick(words.text, lang) if words else ""
    for claim in rule.claims:
        formulas = "; ".join(
            f"{tier.value or '-'}" + (f" [{tier.when}]" if tier.when else "")
            for tier in claim.tiers
        )
        yield messages.CLAIMS, f"{pick(claim.title.text, lang)}: {claim.currency} {formulas}"
    yield messages.GRADE, f"{rule.grade} ({pick(grade(rule.grade), lang)})"
    for key in rule.source:
        source = entry.sources[key]
        yield messages.SOURCE, f"{source.title} {source.url}".rstrip()
    yield messages.CHECKED, str(rule.checked_on or entry.instrument.checked_on)


def _due(options: argparse.Namespace, lang: str) -> None:
    now = options.as_of or datetime.now().astimezone().date()
    found = due(now)
    if options.json:
        _print([due_json(each) for each in found])
        return
    for each in found:
        _say(_due_line(each, lang))
    if not found:
        _say(pick(messages.NOTHING_DUE, lang))
    expired = sum(each.expired for each in found)
    unconfirmed = sum(each.unconfirmed for each in found)
    _say(pick(messages.SUMMARY_DUE, lang).format(expired=expired, unconfirmed=unconfirmed))


def _due_line(each: Due, lang: str) -> str:
    why = []
    if each.expired:
        why.append(pick(messages.EXPIRED, lang).format(day=each.expires_on))
    if each.unconfirmed:
        why.append(pick(messages.UNCONFIRMED, lang))
    return f"{each.id:<28} [{each.grade}]  {' · '.join(why)}  {each.file}"


def _claim(options: argparse.Namespace, lang: str) -> None:
    entry = library().get(options.rule)
    events, now, chosen = events_given(entry, options)
    worths = claims(entry, dict(options.facts), events, now, chosen, case=options.case)
    if options.json:
        _print([worth_json(entry, each) for each in worths])
        return
    for worth in worths:
        for line in claim_lines(worth, lang):
            _say(line)


def _calendars(options: argparse.Namespace, lang: str) -> None:
    held = list(calendars())
    if options.json:
        _print([_calendar_json(each) for each in held])
        return
    for calendar in held:
        table = calendar.table
        years = pick(messages.YEARS, lang).format(years=_span(calendar, announced=True))
        unknown = _span(calendar, announced=False)
        more = pick(messages.UNANNOUNCED_YEARS, lang).format(years=unknown) if unknown else ""
        name = pick(table.name.text, lang)
        _say(f"{table.id:<10} [{table.grade}]  {name} · {years} {more}".rstrip())
    _say(pick(messages.SUMMARY_CALENDARS, lang).format(calendars=len(held)))


def _span(calendar: Calendar, *, announced: bool) -> str:
    years = [year for year, held in calendar.table.years.items() if held.announced is announced]
    return f"{min(years)}-{max(years)}" if len(years) > 1 else "".join(map(str, years))


def _calendar_json(calendar: Calendar) -> dict[str, Any]:
    table = calendar.table
    sources = list(table.sources.values())
    return {
        "id": table.id,
        "name": {"zh": table.name.zh, "en": table.name.en},
        "also": list(table.also),
        "announced": [year for year, held in table.years.items() if held.announced],
        "unannounced": [year for year, held in table.years.items() if not held.announced],
        "official": table.official,
        "grade": str(table.grade),
        "source": [{"title": each.title, "url": each.url} for each in sources],
        "checked_on": table.checked_on.isoformat() if table.checked_on else None,
        "expires_on": table.expires_on.isoformat() if table.expires_on else None,
    }


def _print(content: object) -> None:
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def _say(line: str) -> None:
    sys.stdout.write(inert(line) + "\n")


_TOOLS: dict[str, _Tool] = {
    "list": _list,
    "show": _show,
    "due": _due,
    "claim": _claim,
    "calendars": _calendars,
}
