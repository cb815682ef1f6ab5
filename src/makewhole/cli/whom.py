"""Whom to turn to, for a person in a hurry: the next step first, then the whole ladder."""

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from makewhole.cli import messages
from makewhole.cli.jsonout import text_json
from makewhole.cli.messages import pick
from makewhole.cli.terminal import Page
from makewhole.directory.doors import Basis
from makewhole.directory.facts import Contact, Fact
from makewhole.directory.loading import problems, sources
from makewhole.directory.spec import Stage, Type
from makewhole.directory.wording import SAFETY

if TYPE_CHECKING:
    from makewhole.directory import Route, Rung

_STYLES = {Type.STOP: "bold red", Type.LADDER: "bold", Type.SIDE: ""}
_MOST_LINES = 8
_ASKED_AT = {Stage.FREEZE, Stage.SUPPORT, Stage.DISPUTE, Stage.COMPLAINT}


def run(options: argparse.Namespace, lang: str) -> None:
    """Answer for one wallet and one problem, on a terminal or as JSON."""
    from makewhole import desk

    route = desk.whom(
        options.provider,
        options.problem,
        options.country or "",
        options.amount,
        options.history,
        as_of=options.as_of or datetime.now().astimezone().date(),
    )
    if options.json:
        sys.stdout.write(json.dumps(whom_json(route), ensure_ascii=False, indent=1) + "\n")
        return
    show(route, lang)


def show(route: "Route", lang: str) -> None:
    """The route on a terminal."""
    page = Page(lang, {})
    _heading(page, route)
    if route.next is not None:
        _next(page, route.next, route.as_of)
        if route.next.stage in _ASKED_AT and route.provider.asks:
            asked = pick(messages.LIST_COMMA, lang).join(
                pick(each, lang) for each in route.provider.asks
            )
            page.line(page.say(messages.HAVE_READY, what=asked), indent=2)
    page.heading(messages.WHOLE_LADDER)
    for number, rung in enumerate(route.rungs, 1):
        _rung(page, number, rung)
    page.heading(messages.BEWARE)
    for text in SAFETY:
        page.line(pick(text, lang), indent=2)


def _heading(page: Page, route: "Route") -> None:
    parts = [
        pick(route.provider.name, page.lang),
        pick(problems().problems[route.problem].name, page.lang),
        pick(route.country.name, page.lang),
    ]
    if route.amount:
        parts.append(f"{route.amount.value:,f} {route.amount.currency}")
    parts.append(route.as_of.isoformat())
    page.line(" · ".join(parts), "bold")
    if route.fast:
        page.line(pick(messages.HURRY, page.lang), "bold red")


def _next(page: Page, rung: "Rung", today: date) -> None:
    page.line()
    name = pick(rung.name, page.lang)
    if rung.open:
        said = messages.ASK_AGAIN if rung.chaser else messages.DO_NOW
        page.line(page.say(said, what=name), "bold green")
    else:
        said = messages.ASK_AGAIN_FROM if rung.chaser else messages.WAIT_UNTIL
        page.line(page.say(said, day=rung.first_day, what=name), "bold yellow")
    for why in rung.why if not rung.open or rung.chaser or rung.last_day else ():
        page.line(pick(why, page.lang), indent=2)
    for warning in rung.warnings:
        page.line(pick(warning, page.lang), "yellow", indent=2)
    for contact in rung.contacts[:_MOST_LINES]:
        _contact(page, contact, today)
    if len(rung.contacts) > _MOST_LINES:
        left = len(rung.contacts) - _MOST_LINES
        page.line(page.say(messages.NOT_DRAWN, count=left), "dim", indent=2)
    if rung.hint:
        page.line(pick(rung.hint, page.lang), indent=2)
    for fact in rung.facts:
        if fact.grade.certain:
            page.line("· " + pick(fact.said, page.lang), indent=2)
            page.line(_origin(page, fact, today), "dim", indent=4)


def _contact(page: Page, contact: Contact, today: date) -> None:
    way = pick(messages.WAYS[contact.way], page.lang)
    name = f"{pick(contact.name, page.lang)} " if contact.name else ""
    hours = contact.hours if (contact.hours_grade or contact.grade).certain else None
    more = [pick(each, page.lang) for each in (contact.use, hours) if each]
    page.line(f"{way} {name}{contact.value}", "bold", indent=2)
    for text in more:
        page.line(text, indent=4)
    page.line(_origin(page, contact, today), "dim", indent=4)


def _origin(page: Page, fact: Contact | Fact, today: date) -> str:
    """Where a fact stands and when it was checked; marked once that is long ago."""
    titles = "; ".join(sources()[key].title for key in fact.source)
    said = page.say(messages.CHECKED_ON, day=fact.checked_on, grade=fact.grade, source=titles)
    if fact.expires_on and fact.expires_on < today:
        said += pick(messages.STALE, page.lang)
    return said


def _rung(page: Page, number: int, rung: "Rung") -> None:
    kind = pick(messages.RUNG_TYPES[rung.type], page.lang)
    state = _state(page, rung)
    style = _STYLES[rung.type] if rung.open else "dim"
    page.line(f"{number}. {state} {pick(rung.name, page.lang)}  [{kind}]", style)
    told = rung.why if not rung.open or rung.chaser or rung.last_day else ()
    for text in (*told, *rung.warnings):
        page.line(pick(text, page.lang), "dim", indent=3)
    if rung.open and rung.contacts:
        page.line(_brief(page, rung.contacts), indent=3)
    elif rung.open and rung.hint:
        page.line(pick(rung.hint, page.lang), "dim", indent=3)


def _state(page: Page, rung: "Rung") -> str:
    if rung.open:
        return pick(messages.RUNG_OPEN, page.lang)
    if rung.first_day:
        return page.say(messages.RUNG_FROM, day=rung.first_day)
    return pick(messages.RUNG_CLOSED, page.lang)


def _brief(page: Page, contacts: Iterable[Contact]) -> str:
    """Contacts on one line; where each comes from stands with the next step and in the JSON."""
    shown = list(contacts)
    told = [
        f"{pick(each.name, page.lang)} {each.value}" if each.name else each.value
        for each in shown[:_MOST_LINES]
    ]
    joined = " · ".join(told)
    left = len(shown) - len(told)
    return joined + (f" · +{left}" if left else "")


def whom_json(route: "Route") -> dict[str, Any]:
    """The route as JSON; documented in docs/reference/json.md."""
    problem = problems().problems[route.problem]
    return {
        "provider": route.provider.id,
        "name": text_json(route.provider.name),
        "problem": route.problem,
        "problem_name": text_json(problem.name),
        "country": route.country.country,
        "amount": f"{route.amount.value:f}" if route.amount else None,
        "currency": route.amount.currency if route.amount else None,
        "as_of": route.as_of.isoformat(),
        "fast": route.fast,
        "next": route.next.id if route.next else None,
        "rungs": [_rung_json(each, route.as_of) for each in route.rungs],
        "asks": [text_json(each) for each in route.provider.asks],
        "taxonomies": {
            "cfpb": problem.cfpb or None,
            "fca": problem.fca or None,
            "jrt": text_json(problem.jrt) if problem.jrt else None,
            "heimao": problem.heimao or None,
            "upi": problem.upi or None,
            "pix_med": text_json(problem.med) if problem.med else None,
        },
        "beware": [text_json(each) for each in SAFETY],
    }


def _rung_json(rung: "Rung", today: date) -> dict[str, Any]:
    return {
        "id": rung.id,
        "stage": str(rung.stage),
        "type": str(rung.type),
        "name": text_json(rung.name),
        "open": rung.open,
        "first_day": _day(rung.first_day),
        "last_day": _day(rung.last_day),
        "provisional": rung.provisional,
        "chaser": rung.chaser,
        "contacted_on": _day(rung.contacted_on),
        "answered_on": _day(rung.answered_on),
        "why": [text_json(each) for each in rung.why],
        "warnings": [text_json(each) for each in rung.warnings],
        "contacts": [_contact_json(each, today) for each in rung.contacts],
        "withheld": rung.withheld,
        "hint": text_json(rung.hint) if rung.hint else None,
        "facts": [_fact_json(each, today) for each in rung.facts],
        "basis": [_basis_json(each) for each in rung.basis],
    }


def _contact_json(contact: Contact, today: date) -> dict[str, Any]:
    hours = contact.hours if (contact.hours_grade or contact.grade).certain else None
    return {
        "way": str(contact.way),
        "value": contact.value,
        "name": text_json(contact.name) if contact.name else None,
        "use": text_json(contact.use) if contact.use else None,
        "hours": text_json(hours) if hours else None,
        **_origin_json(contact, today),
    }


def _fact_json(fact: Fact, today: date) -> dict[str, Any]:
    return {
        "about": str(fact.about),
        "said": text_json(fact.said),
        "certain": fact.grade.certain,
        **_origin_json(fact, today),
    }


def _origin_json(fact: Contact | Fact, today: date) -> dict[str, Any]:
    return {
        "grade": str(fact.grade),
        "source": _sources_json(fact.source),
        "checked_on": _day(fact.checked_on),
        "expires_on": _day(fact.expires_on),
        "stale": bool(fact.expires_on and fact.expires_on < today),
    }


def _basis_json(basis: Basis) -> dict[str, Any]:
    return {
        "rule": basis.rule or None,
        "ours": basis.ours,
        "grade": str(basis.grade) if basis.grade else None,
        "source": _sources_json(basis.source),
    }


def _sources_json(keys: Iterable[str]) -> list[dict[str, str | None]]:
    return [{"title": sources()[key].title, "url": sources()[key].url or None} for key in keys]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
