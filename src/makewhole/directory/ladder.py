"""The order in which to go, from freezing an account to court: what is open, from when, and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from makewhole.directory.budget import Allowance, allowance
from makewhole.directory.doors import Basis, Case, Verdict, bounded, judged
from makewhole.directory.facts import About, Contact, Fact
from makewhole.directory.history import Event, History
from makewhole.directory.loading import (
    banks,
    country,
    country_codes,
    large_from,
    problems,
    provider,
    stages,
)
from makewhole.directory.provider import Country, Provider
from makewhole.directory.spans import WorkingDays
from makewhole.directory.spec import RANK, Budget, Clash, RungSpec, Span, Stage, Type
from makewhole.directory.wording import (
    CLASH,
    CLASH_DONE,
    NO_CONTACT,
    NO_CONTACT_OTHER,
    OWN_CARD_FIRST,
    UNCONFIRMED,
    filled,
)
from makewhole.errors import BadRequest
from makewhole.records import Text

# Where no source gives a firm a time to answer: a choice of this house.
_USUAL_ANSWER = Span(days=15)
_OURS = Basis(ours=True)
_EVERYWHERE = (
    Stage.FREEZE,
    Stage.BANK,
    Stage.SIM,
    Stage.SUPPORT,
    Stage.TRACE,
    Stage.COMPLAINT,
    Stage.PRIVATE,
    Stage.PUBLIC,
    Stage.COURT,
)
# Several rungs share these stages; only here does one event count for all of them.
_SHARED = {Stage.POLICE, Stage.COURT}
_URGENT, _URGENT_UNLESS_SMALL = "always", "unless_small"


class Amount(NamedTuple):
    """Money at stake."""

    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One place to turn to, as it stands on a day.

    `first_day` is the first permitted day, None while only another event can open the rung, or
    never. `chaser` says that it was contacted before. `withheld` counts contacts that are known
    but not confirmed; they are not shown.
    """

    id: str
    stage: Stage
    type: Type
    name: Text
    open: bool
    first_day: date | None
    last_day: date | None
    why: tuple[Text, ...]
    warnings: tuple[Text, ...]
    contacts: tuple[Contact, ...]
    withheld: int
    hint: Text | None
    facts: tuple[Fact, ...]
    basis: tuple[Basis, ...]
    provisional: bool
    chaser: bool
    contacted_on: date | None
    answered_on: date | None


class _Placed(NamedTuple):
    """A rung on a ladder, with its code and what its stage gives it."""

    code: str
    spec: RungSpec
    stage: Stage

    @property
    def type(self) -> Type:
        return self.spec.type or stages()[self.stage].type or Type.LADDER

    @property
    def name(self) -> Text:
        return self.spec.name or stages()[self.stage].name or Text(self.code, self.code)

    def _inherits(self) -> bool:
        return self.code == self.stage.value or self.stage in _SHARED

    @property
    def begins(self) -> tuple[str, ...]:
        if self.spec.begins is not None:
            return self.spec.begins
        return (stages()[self.stage].begins or ()) if self._inherits() else ()

    @property
    def answers(self) -> tuple[str, ...]:
        if self.spec.answers is not None:
            return self.spec.answers
        return (stages()[self.stage].answers or ()) if self._inherits() else ()


def ladder(  # noqa: PLR0913 - what the answer depends on, each by its name
    provider_id: str,
    problem: str,
    country_code: str = "",
    amount: Amount | None = None,
    history: Iterable[Event] = (),
    *,
    now: date,
    working_days: WorkingDays | None = None,
) -> tuple[Rung, ...]:
    """Every rung for this problem in the order to take them, open or closed on the day `now`.

    `working_days` counts working days by a calendar; without it such terms have no day and what
    waits for them stays closed.
    """
    wallet = provider(provider_id)
    code = chosen_country(wallet, country_code)
    place = country(code)
    case = _case(place, problem, amount, History.until(now, history), now, working_days)
    placed = sorted(
        _rungs_of(wallet, place, case),
        key=lambda each: (case.fast and each.type is not Type.STOP, RANK[each.stage]),
    )
    shown = [_rung(each, wallet, place, case, amount) for each in placed]
    return _warned(shown, {each.code: each.spec.clashes for each in placed})


def next_step(rungs: Sequence[Rung]) -> Rung | None:
    """What to do now: the first open rung not taken yet, else a chaser, else what to await."""
    way = [each for each in rungs if each.type is not Type.SIDE]
    reached = max((RANK[each.stage] for each in way if _taken(each, Type.LADDER)), default=-1)
    fresh = (
        each
        for each in way
        if each.open and not each.contacted_on
        if each.type is Type.STOP or RANK[each.stage] >= reached
    )
    found = next(fresh, None)
    if found:
        return found
    ahead = [each for each in way if RANK[each.stage] >= reached]
    chasers = [each for each in ahead if each.open and each.chaser]
    if chasers:
        return chasers[-1]
    coming = [each for each in ahead if each.first_day]
    return min(coming, key=lambda each: each.first_day or date.max, default=None)


def _taken(rung: Rung, kind: Type) -> bool:
    return rung.type is kind and rung.contacted_on is not None


def chosen_country(wallet: Provider, code: str) -> str:
    """The country whose ladder is meant; raises where the wallet has none there."""
    wanted = code.upper()
    if not wanted:
        return wallet.countries[0]
    named = wanted if wanted in country_codes() else _area_of(wanted)
    if named not in wallet.countries:
        known = "、".join(wallet.countries), ", ".join(wallet.countries)
        raise BadRequest(
            Text(
                f"没有 {wallet.name.zh} 在 {code} 的资料；有的是：{known[0]}。",
                f"nothing is known of {wallet.name.en} in {code}; known are: {known[1]}.",
            )
        )
    return named


def _area_of(code: str) -> str:
    for each in country_codes():
        if code in country(each).also:
            return each
    return code


def is_fast(problem: str, amount: Amount | None) -> bool:
    """Whether the fast ladder holds: theft, or an amount that is large for its currency."""
    if is_large(amount):
        return True
    kind = problems().problems[problem]
    if kind.urgent == _URGENT_UNLESS_SMALL:
        return amount is None or amount.currency not in large_from()
    return kind.urgent == _URGENT


def is_large(amount: Amount | None) -> bool:
    """Whether an amount reaches the sum from which this house hurries."""
    if amount is None or amount.currency not in large_from():
        return False
    return amount.value >= large_from()[amount.currency]


def _case(  # noqa: PLR0913 - a case is made of these
    place: Country,
    problem: str,
    amount: Amount | None,
    history: History,
    now: date,
    working_days: WorkingDays | None,
) -> Case:
    answer = place.answer
    return Case(
        history=history,
        now=now,
        theft=problem in problems().groups["theft"],
        fast=is_fast(problem, amount),
        kinds=_kinds(problem),
        calendar=place.calendar,
        answer=answer.within if answer else _USUAL_ANSWER,
        answer_basis=Basis(answer.rule, answer.grade, answer.source) if answer else _OURS,
        working_days=working_days or (lambda _start, _count, _calendar: None),
    )


def _kinds(problem: str) -> frozenset[str]:
    known = problems()
    if problem not in known.problems:
        named = ", ".join(known.problems)
        raise BadRequest(
            Text(
                f"没有叫“{problem}”的问题。有的是：{named}",
                f"no problem is called “{problem}”. Known are: {named}",
            )
        )
    return frozenset({problem, *(name for name, held in known.groups.items() if problem in held)})


def _rungs_of(wallet: Provider, place: Country, case: Case) -> Iterator[_Placed]:
    codes = wallet.outside.get(place.country, place.ladder)
    outside = [
        _Placed(code, spec, spec.stage or Stage.OUTSIDE)
        for code in codes
        for spec in (place.channels[code],)
    ]
    own = [_Placed(code, spec, spec.stage or Stage(code)) for code, spec in wallet.rungs.items()]
    taken = {each.code for each in own} | {each.stage.value for each in outside}
    common = [
        _Placed(stage.value, RungSpec(), stage) for stage in _EVERYWHERE if stage.value not in taken
    ]
    for each in (*common, *own, *outside):
        if _applies(each, place.country, case):
            yield each


def _applies(rung: _Placed, code: str, case: Case) -> bool:
    if rung.spec.countries and code not in rung.spec.countries:
        return False
    named = rung.spec.problems
    return _concerns(stages()[rung.stage].problems if named is None else named, case.kinds)


def _concerns(named: tuple[str, ...] | None, kinds: frozenset[str]) -> bool:
    if not named:
        return True
    if any(each.startswith("not ") and each.removeprefix("not ") in kinds for each in named):
        return False
    wanted = [each for each in named if not each.startswith("not ")]
    return not wanted or not kinds.isdisjoint(wanted)


def _rung(
    placed: _Placed, wallet: Provider, place: Country, case: Case, amount: Amount | None
) -> Rung:
    spec, stage = placed.spec, placed.stage
    doors = spec.opens if spec.opens is not None else stages()[stage].opens or ()
    verdict = bounded(
        judged(doors, spec.windows, case),
        spec.bounds,
        amount.value if amount else None,
        amount.currency if amount else "",
    )
    spent = allowance(
        placed.code,
        placed.begins,
        placed.answers,
        spec.budget or _budget(stage),
        case.history,
        case.now,
    )
    contacts = tuple(_contacts(placed, place, case))
    shown = tuple(dict.fromkeys(each for each in contacts if each.shown))
    return _closed_by_budget(
        Rung(
            id=placed.code,
            stage=stage,
            type=placed.type,
            name=placed.name,
            open=verdict.open,
            first_day=verdict.first_day,
            last_day=verdict.last_day,
            why=verdict.why,
            warnings=verdict.warnings,
            contacts=shown,
            withheld=len({each.value for each in contacts} - {each.value for each in shown}),
            hint=_hint(stage, shown),
            facts=_facts(placed, wallet, place.country, case),
            basis=verdict.basis,
            provisional=verdict.provisional,
            chaser=spent.contacted_on is not None,
            contacted_on=spent.contacted_on,
            answered_on=spent.answered_on,
        ),
        verdict,
        spent,
    )


def _budget(stage: Stage) -> Budget:
    budget = stages()[stage].budget
    assert budget is not None  # noqa: S101 - a test holds stages.yaml to it
    return budget


def _closed_by_budget(rung: Rung, verdict: Verdict, spent: Allowance) -> Rung:
    """A rung is open when its conditions hold and its budget allows."""
    if not verdict.open:
        return rung
    if spent.allowed:
        return replace(rung, why=(spent.why, *verdict.why[1:])) if spent.why else rung
    late = verdict.last_day and spent.first_day and spent.first_day > verdict.last_day
    return replace(
        rung,
        open=False,
        first_day=None if late else spent.first_day,
        why=(spent.why,) if spent.why else (),
    )


def _contacts(placed: _Placed, place: Country, case: Case) -> Iterator[Contact]:
    own = (each for each in placed.spec.contacts if isinstance(each, Contact))
    lines = banks(place.country)
    extra: Iterable[Contact] = ()
    if lines and placed.code in {Stage.BANK, Stage.TRACE}:
        extra = lines.contacts
    if lines and placed.code == Stage.SIM:
        extra = lines.operators
    for each in (*own, *extra):
        here = not each.countries or place.country in each.countries
        if here and _concerns(each.problems or None, case.kinds):
            yield each


def _hint(stage: Stage, shown: Sequence[Contact]) -> Text | None:
    if not shown:
        return NO_CONTACT.get(stage, NO_CONTACT_OTHER)
    return OWN_CARD_FIRST if stage in {Stage.BANK, Stage.TRACE} else None


def _facts(placed: _Placed, wallet: Provider, code: str, case: Case) -> tuple[Fact, ...]:
    facts = list(placed.spec.facts)
    if placed.stage is Stage.SUPPORT:
        facts += [each for each in wallet.facts if each.about is About.NOTE]
    return tuple(
        each
        for each in facts
        if not each.countries or code in each.countries
        if _concerns(each.problems or None, case.kinds)
    )


def _warned(rungs: list[Rung], clashes: dict[str, tuple[Clash, ...]]) -> tuple[Rung, ...]:
    """Each rung with a warning for every other door that it may close, or that may close it."""
    by_id = {each.id: each for each in rungs}
    warnings: dict[str, list[Text]] = {each.id: [] for each in rungs}
    for code, clash in ((code, clash) for code, held in clashes.items() for clash in held):
        if clash.other in by_id:
            warnings[code].append(_clash(clash, by_id[clash.other]))
            warnings[clash.other].append(_clash(clash, by_id[code]))
    return tuple(
        replace(each, warnings=(*each.warnings, *warnings[each.id])) if warnings[each.id] else each
        for each in rungs
    )


def _clash(clash: Clash, other: Rung) -> Text:
    told = clash.said if clash.grade.certain else clash.said + UNCONFIRMED
    if other.contacted_on:
        return filled(CLASH_DONE, day=other.contacted_on, other=other.name, said=told)
    return filled(CLASH, said=told)
