"""One rule made ready to be counted: the version that applies, the case chosen, terms parsed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from makewhole.errors import BadRequest, MissingEvent, NoTerm, NotInForce, UnknownEvent
from makewhole.records import Text
from makewhole.rules.library import Entry, events_of
from makewhole.rules.schema import (
    EXACT,
    OPEN_DAYS,
    Case,
    Effect,
    Grade,
    Kind,
    Move,
    Party,
    Pick,
    Roll,
    Selector,
    Term,
    Version,
    When,
    parse_term,
)

Moment = date | datetime
Events = Mapping[str, Moment | Sequence[Moment]]


class Begin(Struct, frozen=True):
    """An event and the term that runs from it."""

    event: str
    term: Term


class Shift(Struct, frozen=True):
    """A move with its terms parsed."""

    move: Move
    term: Term
    at_most: Term

    @property
    def effect(self) -> Effect:
        """What the event does."""
        return self.move.effect


class Clause(Struct, frozen=True, eq=False):
    """What the clock needs of a rule."""

    entry: Entry
    version: Version
    case: Case | None
    trigger: str
    term: Term
    begins: tuple[Begin, ...]
    pick: Pick
    ceiling: Begin | None
    shifts: tuple[Shift, ...]
    acts: Party
    kind: Kind
    done: str
    zone: ZoneInfo
    calendars: tuple[str, ...]
    provider_days: bool
    roll: Roll
    exact: bool
    open_days: bool
    uses_calendar: bool
    received_on_open_day: bool
    readings: tuple[bool, ...]
    grade: Grade
    article: str
    source: tuple[str, ...]
    events: frozenset[str]


def clause_for(entry: Entry, events: Events, case: str = "") -> tuple[Clause, bool]:
    """The clause that applies to these events, and whether its version is certain.

    Refuses, by name, events that the rule does not take, a missing trigger, and a rule that did
    not hold on the day that decides.
    """
    version, sure = _version(entry, events)
    clause = made(entry, version, case)
    if not clause.events.issuperset(events):
        raise _unknown_event(clause, events)
    _check_repeats(clause, events)
    if clause.trigger not in events and not any(each.event in events for each in clause.begins):
        raise _missing(clause)
    return clause, sure


def _check_repeats(clause: Clause, events: Events) -> None:
    """Demands and pauses may come twice; what starts a term happens once."""
    may = {name for each in clause.shifts for name in (each.move.event, each.move.until)}
    for name, value in events.items():
        if not isinstance(value, date) and name not in may and len(value) > 1:
            raise BadRequest(
                Text(
                    f"“{name}”写了 {len(value)} 个日期，请只留一个。",
                    f"“{name}” was given {len(value)} dates; keep one.",
                )
            )


def _version(entry: Entry, events: Events) -> tuple[Version, bool]:
    rule = entry.rule
    if not rule.in_force:
        raise NotInForce(
            Text(
                f"{rule.id} 在核对时还没有生效，不能用来计算。{rule.note.zh if rule.note else ''}",
                f"{rule.id} was not in force when it was checked and is not applied. "
                f"{rule.note.en if rule.note else ''}".rstrip(),
            )
        )
    versions = versions_of(entry)
    decisive = rule.selector.event if rule.selector else rule.trigger
    day = _day_of(events.get(decisive), entry)
    if day is not None:
        held = next((each for each in versions if _held(each, day)), None)
        if held is None:
            raise _not_in_force(entry, decisive, day)
        return held, True
    day = _day_of(events.get(rule.trigger), entry)
    if day is None or rule.selector is None:
        return versions[0], rule.selector is None
    possible = [each for each in versions if _possible(each, day, rule.selector.lies)]
    if not possible:
        raise _not_in_force(entry, rule.trigger, day)
    alike = len(possible) == len(versions) > 1 and len({each.term for each in possible}) == 1
    return possible[0], alike or _certain(possible[0], day, rule.selector)


@lru_cache(maxsize=1024)
def versions_of(entry: Entry) -> tuple[Version, ...]:
    """The rule's versions; one that never changed is its own."""
    rule = entry.rule
    name = rule.valid_from.isoformat() if rule.valid_from else "undated"
    own = Version(name, rule.valid_from, rule.valid_to)
    return rule.versions or (own,)


def _held(version: Version, day: date) -> bool:
    begun = version.valid_from is None or day >= version.valid_from
    return begun and (version.valid_to is None or day <= version.valid_to)


def _possible(version: Version, day: date, lies: When) -> bool:
    """Whether an event that lies so from `day` can fall into the version."""
    if lies is When.AFTER:
        return version.valid_to is None or day <= version.valid_to
    if lies is When.BEFORE:
        return version.valid_from is None or day >= version.valid_from
    return _held(version, day)


def _certain(version: Version, day: date, selector: Selector) -> bool:
    """Whether the event that decides must lie in the version, from where the trigger lies."""
    if not _held(version, day):
        return False
    if selector.lies is When.AFTER:
        return version.valid_to is None
    if selector.lies is When.BEFORE:
        begun = version.valid_from
        reach = selector.within_days
        return begun is None or (reach > 0 and (day - begun).days > reach)
    return False


def _not_in_force(entry: Entry, event: str, day: date) -> NotInForce:
    rule = entry.rule
    versions = versions_of(entry)
    first, last = versions[0].valid_from, versions[0].valid_to
    for version in versions[1:]:
        first = min(first, version.valid_from) if first and version.valid_from else None
        last = max(last, version.valid_to) if last and version.valid_to else None
    later = last is not None and day > last
    other = rule.superseded_by if later else rule.supersedes
    zh = f"；请看 {other}" if other else ""
    en = f"; see {other}" if other else ""
    zh_span = f"{first or '…'} 至 {last or '今'}"
    en_span = f"from {first or '…'}" + (f" to {last}" if last else "")
    return NotInForce(
        Text(
            f"{rule.id} 不适用：决定版本的“{word(entry, event).zh}”（{event}）是 {day}，"
            f"这条规则的有效期是 {zh_span}{zh}。",
            f"{rule.id} does not apply: “{word(entry, event).en}” ({event}), which decides, "
            f"is {day}, and the rule holds {en_span}{en}.",
        )
    )


def _day_of(value: Moment | Sequence[Moment] | None, entry: Entry) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(zone(entry.zone)).date() if value.tzinfo else value.date()
    if isinstance(value, date):
        return value
    return _day_of(max(value, key=str), entry)


zone = lru_cache(maxsize=64)(ZoneInfo)


@lru_cache(maxsize=4096)
def made(entry: Entry, version: Version, case: str = "") -> Clause:
    """The clause for one version and one case of a rule."""
    rule = entry.rule
    chosen = case_named(entry, case) if case else None
    written = chosen.term if chosen else version.term or rule.term
    if not written:
        raise _no_term(entry)
    term = parse_term(written)
    own_start = chosen is not None and bool(chosen.trigger)
    begins = (
        ()
        if own_start
        else tuple(
            Begin(each.event, parse_term(each.term) if each.term else term)
            for each in rule.also_from
        )
    )
    shifts = () if own_start else tuple(map(_shift, rule.moves))
    ceiling = None if own_start or not rule.ceiling else rule.ceiling
    roll = chosen.roll if chosen and chosen.roll is not None else rule.roll
    provider_days = (
        chosen.provider_days if chosen and chosen.provider_days is not None else rule.provider_days
    )
    done = (chosen.done if chosen else "") or ("" if own_start else rule.done)
    spans = [span for terms in _all_terms(term, begins, shifts) for span in terms]
    open_days = any(span.unit in OPEN_DAYS for span in spans)
    exact = term[0].unit in EXACT
    pauses = any(each.effect is Effect.PAUSE for each in shifts)
    two_ways = exact or pauses or rule.received_on_open_day or roll is not Roll.NONE
    return Clause(
        entry=entry,
        version=version,
        case=chosen,
        trigger=(chosen.trigger if chosen else "") or rule.trigger,
        term=term,
        begins=begins,
        pick=rule.pick,
        ceiling=Begin(ceiling.event, parse_term(ceiling.term)) if ceiling else None,
        shifts=shifts,
        acts=(chosen.acts if chosen else None) or rule.acts,
        kind=(chosen.kind if chosen else None) or rule.kind,
        done=done,
        zone=zone(entry.zone),
        calendars=(chosen.calendars if chosen else ()) or rule.calendars,
        provider_days=provider_days,
        roll=roll,
        exact=exact,
        open_days=open_days,
        uses_calendar=open_days or roll is not Roll.NONE,
        received_on_open_day=rule.received_on_open_day,
        readings=(False, True) if two_ways else (False,),
        grade=(chosen.grade if chosen else None) or version.grade or rule.grade,
        article=(chosen.article if chosen else "") or version.article or rule.article,
        source=(chosen.source if chosen else ()) or version.source or rule.source,
        events=frozenset(events_of(rule)),
    )


def cases_of(entry: Entry) -> tuple[Case, ...]:
    """The cases that a rule names, and those that a later event would make of it."""
    rule = entry.rule
    named = {each.id for each in rule.cases}
    moved = (
        Case(each.event, each.says, each.term, grade=each.grade)
        for each in rule.moves
        if each.effect is Effect.REPLACE and each.event not in named
    )
    return (*rule.cases, *moved)


def case_named(entry: Entry, case: str) -> Case:
    """The case of this name; the rule itself as a case where no name is given."""
    rule = entry.rule
    if not case:
        return Case("", rule.title, rule.term)
    found = next((each for each in cases_of(entry) if each.id == case), None)
    if found is None:
        raise _unknown_case(entry, case)
    return found


def _all_terms(term: Term, begins: Sequence[Begin], shifts: Sequence[Shift]) -> list[Term]:
    return [term, *(each.term for each in begins), *(each.term for each in shifts)]


def _shift(move: Move) -> Shift:
    return Shift(
        move,
        parse_term(move.term) if move.term else (),
        parse_term(move.at_most) if move.at_most else (),
    )


def word(entry: Entry, event: str) -> Text:
    """What an event is called."""
    known = entry.events.get(event)
    return known.text if known else Text(event, event)


def _listed(entry: Entry, events: Sequence[str]) -> Text:
    return Text(
        "、".join(f"{each}（{word(entry, each).zh}）" for each in events),
        ", ".join(f"{each} ({word(entry, each).en})" for each in events),
    )


def _missing(clause: Clause) -> MissingEvent:
    name, event = clause.entry.rule.id, clause.trigger
    said = word(clause.entry, event)
    return MissingEvent(
        Text(
            f"{name} 从“{said.zh}”起算，缺少这一天：请写 --on {event}=2026-09-29。",
            f"{name} runs from “{said.en}”, which is missing: add --on {event}=2026-09-29.",
        )
    )


def _unknown_event(clause: Clause, events: Events) -> UnknownEvent:
    wrong = min(set(events) - clause.events)
    near = get_close_matches(wrong, clause.events, n=1)
    taken = _listed(clause.entry, events_of(clause.entry.rule))
    zh = f"是不是 {near[0]}？" if near else ""
    en = f" Do you mean {near[0]}?" if near else ""
    return UnknownEvent(
        Text(
            f"{clause.entry.rule.id} 没有名叫“{wrong}”的事件。{zh}可用的有：{taken.zh}。",
            f"{clause.entry.rule.id} takes no event called “{wrong}”.{en} It takes: {taken.en}.",
        )
    )


def _unknown_case(entry: Entry, case: str) -> UnknownEvent:
    known = cases_of(entry)
    zh = "；".join(f"{each.id}（{each.when.zh}）" for each in known) or "没有"
    en = "; ".join(f"{each.id} ({each.when.en})" for each in known) or "none"
    return UnknownEvent(
        Text(
            f"{entry.rule.id} 没有名叫“{case}”的情形。可用的有：{zh}。",
            f"{entry.rule.id} has no case called “{case}”. It has: {en}.",
        )
    )


def _no_term(entry: Entry) -> NoTerm:
    rule = entry.rule
    said = rule.no_term.text if rule.no_term else Text("", "")
    cases = ", ".join(each.id for each in rule.cases)
    zh = f"可以用 --case 选：{cases}。" if cases else ""
    en = f" With --case: {cases}." if cases else ""
    return NoTerm(
        Text(
            f"{rule.id} 没有规定天数：{said.zh}。{zh}",
            f"{rule.id} sets no number of days: {said.en}.{en}",
        )
    )
