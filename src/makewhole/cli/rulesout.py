"""Rules and deadlines as the JSON that scripts rely on; documented in docs/reference/json.md."""

from collections.abc import Iterable, Sequence
from typing import Any

from makewhole.cli.jsonout import text_json
from makewhole.records import Text
from makewhole.rules import Deadline, Due, Entry, Moment, Worth
from makewhole.rules.clause import versions_of, word
from makewhole.rules.library import events_of
from makewhole.rules.schema import Case, Claim, Move, Words


def moment_json(moment: Moment | None) -> str | None:
    """A day, or a moment with its offset."""
    return moment.isoformat() if moment else None


def sources_json(entry: Entry, keys: Sequence[str]) -> list[dict[str, str]]:
    """Titles and addresses; an instrument that nobody has read stands for itself."""
    if not keys:
        return [{"title": entry.instrument.name.en, "url": ""}]
    return [
        {"title": source.title, "url": source.url}
        for source in (entry.sources[key] for key in keys)
    ]


def rule_json(entry: Entry) -> dict[str, Any]:
    """Everything that a rule's file says of it."""
    rule = entry.rule
    return {
        "id": rule.id,
        "title": text_json(rule.title.text),
        "jurisdiction": entry.instrument.jurisdiction,
        "instrument": text_json(entry.instrument.name.text),
        "instrument_id": entry.instrument.id,
        "article": rule.article,
        "binds": [str(each) for each in rule.binds],
        "acts": str(rule.acts),
        "kind": str(rule.kind),
        "trigger": rule.trigger,
        "events": [{"event": event, **text_json(word(entry, event))} for event in events_of(rule)],
        "selector": rule.selector.event if rule.selector else None,
        "term": rule.term or None,
        "no_term": _words(rule.no_term),
        "also_from": [
            {"event": each.event, "term": each.term or rule.term} for each in rule.also_from
        ],
        "pick": str(rule.pick) if rule.also_from else None,
        "ceiling": {"event": rule.ceiling.event, "term": rule.ceiling.term}
        if rule.ceiling
        else None,
        "moves": [_move_json(each) for each in rule.moves],
        "cases": [_case_json(entry, each) for each in rule.cases],
        "done": rule.done or None,
        "counting": list(rule.counting),
        "roll": str(rule.roll),
        "calendars": list(rule.calendars),
        "provider_days": rule.provider_days,
        "in_force": rule.in_force,
        "valid_from": moment_json(rule.valid_from),
        "valid_to": moment_json(rule.valid_to),
        "versions": [
            {
                "id": each.id,
                "valid_from": moment_json(each.valid_from),
                "valid_to": moment_json(each.valid_to),
                "grade": str(each.grade or rule.grade),
                "note": _words(each.note),
            }
            for each in versions_of(entry)
        ],
        "supersedes": rule.supersedes or None,
        "superseded_by": rule.superseded_by or None,
        "consequence": _words(rule.consequence),
        "opens": list(rule.opens),
        "note": _words(rule.note),
        "claims": [_claim_json(entry, each) for each in rule.claims],
        "zone": entry.zone,
        "grade": str(rule.grade),
        "source": sources_json(entry, rule.source),
        "checked_on": moment_json(rule.checked_on or entry.instrument.checked_on),
        "expires_on": moment_json(rule.expires_on or entry.instrument.expires_on),
        "file": entry.file,
    }


def _words(words: Words | None) -> dict[str, str] | None:
    return text_json(words.text) if words else None


def _move_json(move: Move) -> dict[str, Any]:
    return {
        "event": move.event,
        "effect": str(move.effect),
        "term": move.term or None,
        "until": move.until or None,
        "at_most": move.at_most or None,
        "says": text_json(move.says.text),
    }


def _case_json(entry: Entry, case: Case) -> dict[str, Any]:
    rule = entry.rule
    return {
        "id": case.id,
        "when": text_json(case.when.text),
        "trigger": case.trigger or rule.trigger,
        "term": case.term,
        "acts": str(case.acts or rule.acts),
        "grade": str(case.grade or rule.grade),
    }


def _claim_json(entry: Entry, claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "title": text_json(claim.title.text),
        "currency": claim.currency,
        "inputs": {
            name: {"zh": each.zh, "en": each.en, "kind": each.kind, "default": each.default}
            for name, each in claim.inputs.items()
        },
        "kept": dict(claim.kept),
        "tiers": [
            {"when": each.when, "value": each.value, "says": _words(each.says)}
            for each in claim.tiers
        ],
        "article": claim.article or entry.rule.article,
        "grade": str(claim.grade or entry.rule.grade),
        "source": sources_json(entry, claim.source or entry.rule.source),
    }


def deadline_json(
    found: Deadline, others: Iterable[Deadline], worths: Iterable[Worth], *, by_day: bool
) -> dict[str, Any]:
    """What was computed, from what, and how."""
    clause = found.clause
    entry = clause.entry
    return {
        "rule": found.rule,
        "version": found.version,
        "case": found.case or None,
        "strict_last_day": moment_json(found.strict_last_day),
        "rolled_last_day": moment_json(found.rolled_last_day),
        "due": moment_json(found.due),
        "overdue_from": moment_json(found.overdue_from),
        "opens_on": moment_json(found.opens_on),
        "provisional": found.provisional,
        "provisional_because": [text_json(each) for each in found.because()],
        "status": str(found.status),
        "as_of": moment_json(found.asked.now),
        "acts": str(found.acts),
        "kind": str(found.kind),
        "trigger": clause.trigger,
        "events": {name: _event_json(value) for name, value in found.asked.events.items()},
        "calendars": list(found.calendars),
        "basis": text_json(found.basis()),
        "steps": [text_json(each) for each in found.steps(by_day=by_day)],
        "others": [_other_json(each) for each in others],
        "claims": [worth_json(entry, each) for each in worths],
        "instrument": text_json((clause.version.instrument or entry.instrument.name).text),
        "article": clause.article,
        "consequence": _words(entry.rule.consequence),
        "opens": list(entry.rule.opens),
        "source": sources_json(entry, clause.source),
        "grade": str(found.grade),
        "checked_on": moment_json(entry.rule.checked_on or entry.instrument.checked_on),
        "expires_on": moment_json(entry.rule.expires_on or entry.instrument.expires_on),
    }


def _event_json(value: Moment | Sequence[Moment]) -> str | list[str]:
    if isinstance(value, Sequence):
        return [each.isoformat() for each in value]
    return value.isoformat()


def _other_json(found: Deadline) -> dict[str, Any]:
    case = found.clause.case
    return {
        "case": found.case,
        "when": text_json(case.when.text if case else Text("", "")),
        "strict_last_day": moment_json(found.strict_last_day),
        "rolled_last_day": moment_json(found.rolled_last_day),
        "due": moment_json(found.due),
        "overdue_from": moment_json(found.overdue_from),
        "provisional": found.provisional,
        "grade": str(found.grade),
    }


def worth_json(entry: Entry, worth: Worth) -> dict[str, Any]:
    """One amount, or what is missing to know it."""
    return {
        "id": worth.claim,
        "title": text_json(worth.title),
        "amount": None if worth.amount is None else f"{worth.amount:f}",
        "currency": worth.currency,
        "formula": worth.formula,
        "inputs": dict(worth.used),
        "missing": list(worth.missing),
        "says": text_json(worth.says) if worth.says else None,
        "article": worth.article,
        "grade": str(worth.grade),
        "source": sources_json(entry, worth.source),
    }


def due_json(each: Due) -> dict[str, Any]:
    """One fact that is due for checking."""
    return {
        "id": each.id,
        "kind": each.kind,
        "file": each.file,
        "grade": str(each.grade),
        "checked_on": moment_json(each.checked_on),
        "expires_on": moment_json(each.expires_on),
        "expired": each.expired,
        "unconfirmed": each.unconfirmed,
    }
