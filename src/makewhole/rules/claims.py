"""What the law lets somebody claim or has them bear: each rule's formulas, filled in.

A formula is told its inputs by the person, and the rest by the clock: `in_time`, whether the act
was done by the last day; `days_used`, how many of the term's own days it took; `days_late`, how
many calendar days after the last day. What is missing is named, never assumed.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from makewhole.errors import BadRequest, NoDeadline
from makewhole.records import Text
from makewhole.rules.clause import Events, Moment
from makewhole.rules.clock import Deadline, Status, deadline
from makewhole.rules.days import Calendar
from makewhole.rules.formula import Value, evaluate, names_in
from makewhole.rules.library import GIVEN, Entry, library
from makewhole.rules.schema import OPEN_DAYS, Claim, Grade, Input, Tier

_YES = frozenset({"yes", "true", "1", "y", "是"})
_NO = frozenset({"no", "false", "0", "n", "否"})


class Worth(Struct, frozen=True):
    """One claim: its amount, or what has to be known first.

    `amount` is None where an input is missing or the law leaves the sum to somebody; `says` then
    tells which. `used` are the values that went into the formula.
    """

    claim: str
    title: Text
    amount: Decimal | None
    currency: str
    formula: str
    used: Mapping[str, str]
    missing: tuple[str, ...]
    says: Text | None
    grade: Grade
    article: str
    source: tuple[str, ...]


def claims(  # noqa: PLR0913 - one argument for each thing that can be known
    rule: str | Entry,
    facts: Mapping[str, str],
    events: Events,
    now: Moment,
    calendars: Sequence[Calendar] = (),
    *,
    case: str = "",
) -> tuple[Worth, ...]:
    """Every claim of a rule, computed as far as the facts go."""
    entry = library().get(rule) if isinstance(rule, str) else rule
    _check_names(entry, facts)
    found = _deadline(entry, events, now, calendars, case)
    clocked = _from_clock(found) if found else {}
    return tuple(
        _worth(entry, claim, facts, {**clocked, **_kept(claim, events, now, calendars)})
        for claim in entry.rule.claims
    )


def claims_of(found: Deadline, facts: Mapping[str, str]) -> tuple[Worth, ...]:
    """The claims of a deadline that was computed, as far as the facts go."""
    clocked = _from_clock(found)
    asked = found.asked
    entry = found.clause.entry
    return tuple(
        _worth(
            entry,
            claim,
            facts,
            {**clocked, **_kept(claim, asked.events, asked.now, asked.chosen)},
        )
        for claim in entry.rule.claims
    )


def _deadline(
    entry: Entry, events: Events, now: Moment, calendars: Sequence[Calendar], case: str
) -> Deadline | None:
    """The rule's own deadline where its claims ask for it; None where it cannot be had."""
    asked = {name for claim in entry.rule.claims for tier in claim.tiers for name in _names(tier)}
    if not asked & GIVEN:
        return None
    return deadline(entry, events, now, calendars, case=case) if events else None


def _names(tier: Tier) -> set[str]:
    return {name for text in (tier.value, tier.when) if text for name in names_in(text)}


def _from_clock(found: Deadline) -> dict[str, Value]:
    done = found.asked.events.get(found.clause.done) if found.clause.done else None
    at = _first_day(done if done is not None else found.asked.now, found)
    last = _plain(found.rolled_last_day)
    told: dict[str, Value] = {"days_late": Decimal(max(0, (at - last).days))}
    if done is not None:
        told["in_time"] = found.status is Status.KEPT
        told["days_used"] = Decimal(_used(found, at))
    return told


def _used(found: Deadline, at: date) -> int:
    trigger = found.asked.events.get(found.clause.trigger)
    if trigger is None:
        return 0
    start = _first_day(trigger, found)
    calendars = found.asked.calendars
    if found.clause.term[-1].unit in OPEN_DAYS and calendars:
        return max(calendar.between(start, at) for calendar in calendars)
    return (at - start).days


def _first_day(value: Moment | Sequence[Moment], found: Deadline) -> date:
    days = [value] if isinstance(value, date) else list(value)
    return min(_plain(_local(each, found)) for each in days)


def _local(moment: Moment, found: Deadline) -> Moment:
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment.astimezone(found.clause.zone)
    return moment


def _plain(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _kept(
    claim: Claim, events: Events, now: Moment, calendars: Sequence[Calendar]
) -> dict[str, Value]:
    """Whether other rules were kept, as far as these events tell."""
    told: dict[str, Value] = {}
    for name, rule in claim.kept.items():
        entry = library().get(rule)
        known = {event: events[event] for event in events if event in _taken(entry)}
        try:
            status = deadline(entry, known, now, calendars).status
        except NoDeadline:
            continue
        if entry.rule.done in known:
            told[name] = status is Status.KEPT
        elif status is Status.OVERDUE:
            told[name] = False
    return told


def _taken(entry: Entry) -> set[str]:
    return {entry.rule.trigger, entry.rule.done, *(each.event for each in entry.rule.also_from)}


def _worth(
    entry: Entry, claim: Claim, facts: Mapping[str, str], clocked: Mapping[str, Value]
) -> Worth:
    known: dict[str, Value] = dict(clocked)
    for name, needed in claim.inputs.items():
        written = facts.get(name, needed.default)
        if written:
            known[name] = _value(name, needed, written)
    for name in claim.kept:
        if name in facts:
            known[name] = _flag(name, facts[name])
    tier, missing = _tier(claim, known)
    amount = evaluate(tier.value, known) if tier and tier.value and not missing else None
    used = names_in(tier.value) | names_in(tier.when or "0") if tier and tier.value else set()
    return Worth(
        claim=claim.id,
        title=claim.title.text,
        amount=None if amount is None else Decimal(amount),
        currency=claim.currency,
        formula=tier.value if tier else "",
        used={name: _written(known[name]) for name in sorted(used) if name in known},
        missing=tuple(sorted(missing)),
        says=tier.says.text if tier and tier.says and not missing else None,
        grade=claim.grade or entry.rule.grade,
        article=claim.article or entry.rule.article,
        source=claim.source or entry.rule.source,
    )


def _tier(claim: Claim, known: Mapping[str, Value]) -> tuple[Tier | None, set[str]]:
    """The first line that holds, and what is missing to know it."""
    for tier in claim.tiers:
        if tier.when:
            missing = names_in(tier.when) - set(known)
            if missing:
                return tier, missing
            if not evaluate(tier.when, known):
                continue
        return tier, (names_in(tier.value) - set(known) if tier.value else set())
    return None, set()


def _value(name: str, needed: Input, written: str) -> Value:
    if needed.kind == "flag":
        return _flag(name, written)
    try:
        number = Decimal(written.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise BadRequest(
            Text(
                f"{name} 要写成不小于零的数，如 {name}=120.50，不能是“{written}”。",
                f"{name} must be a number of zero or more, as {name}=120.50, not “{written}”.",
            )
        )
    return number


def _flag(name: str, written: str) -> bool:
    word = written.casefold()
    if word not in _YES | _NO:
        raise BadRequest(
            Text(
                f"{name} 要写 yes 或 no，不能是“{written}”。",
                f"{name} must be yes or no, not “{written}”.",
            )
        )
    return word in _YES


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:f}"


def _check_names(entry: Entry, facts: Mapping[str, str]) -> None:
    held = entry.rule.claims
    if not held:
        raise BadRequest(
            Text(
                f"{entry.rule.id} 没有可以计算的金额。",
                f"{entry.rule.id} has no amount that could be computed.",
            )
        )
    known = {name for claim in held for name in (*claim.inputs, *claim.kept)}
    wrong = set(facts) - known
    if wrong:
        listed = ", ".join(sorted(known)) or "-"
        raise BadRequest(
            Text(
                f"{entry.rule.id} 用不到“{min(wrong)}”。可以给的有：{listed}。",
                f"{entry.rule.id} has no use for “{min(wrong)}”; it takes: {listed}.",
            )
        )
