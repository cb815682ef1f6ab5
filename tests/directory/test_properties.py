"""Over random histories: no rung before its conditions, no chaser over budget or after an answer.

The conditions are read from the data a second time here, in the plainest way, so that a mistake
in the ladder's own reading shows.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from makewhole.desk import working_days_after
from makewhole.directory import Amount, Event, Rung, ladder, loading, next_step
from makewhole.directory.ladder import is_fast
from makewhole.directory.spec import Door, Need, RungSpec, Span, Stage, Type

HISTORIES = 10_000
BATCHES = 20
FIRST = date(2025, 11, 1)
NAMES = (
    *("occurred", "noticed", "statement_sent", "support_contacted", "dispute_opened"),
    *("dispute_closed", "complaint_sent", "complaint_received", "holding_reply", "answered"),
    *("final_response", "private_sent", "posted", "police_reported", "new_fact"),
    *("contacted:freeze", "contacted:bank", "contacted:br.ouvidoria", "contacted:id.bi"),
    *("answered:support", "answered:cn.12363", "contacted:cn.12363", "contacted:uk.fos"),
)
LIKELY = ("complaint_sent", "support_contacted", "answered", "new_fact", "complaint_sent")


def made(random: Random) -> tuple[str, str, str, list[Event], date]:
    wallet = random.choice(loading.provider_ids())
    country = random.choice(loading.provider(wallet).countries)
    problem = random.choice(list(loading.problems().problems))
    count = random.randrange(9)
    names = [random.choice(NAMES if random.random() < 0.6 else LIKELY) for _ in range(count)]
    events = [Event(name, FIRST + timedelta(days=random.randrange(200))) for name in names]
    return wallet, country, problem, events, FIRST + timedelta(days=random.randrange(230))


def days_of(name: str, events: Sequence[Event], now: date) -> list[date]:
    stands_for = {
        "complaint": ("complaint_received", "complaint_sent"),
        "response": ("final_response", "answered"),
    }
    for each in stands_for.get(name, (name,)):
        days = [event.on for event in events if event.name == each and event.on <= now]
        if days:
            return days
    return []


def later(start: date, span: Span, country: str, calendar: str) -> date:
    if span.answer:
        answer = loading.country(country).answer
        span = answer.within if answer else Span(days=15)
    if span.working_days:
        last = working_days_after(start, span.working_days, calendar)
        assert last is not None
        return last
    # A month has at least 28 days: never later than the real end.
    return start + timedelta(days=span.days + 7 * span.weeks + 28 * span.months + 365 * span.years)


def holds(need: Need, events: Sequence[Event], now: date, country: str) -> bool:
    days = days_of(need.after, events, now)
    if not days:
        return False
    if need.wait is None:
        return True
    return later(min(days), need.wait, country, loading.country(country).calendar) < now


def may_open(door: Door, events: Sequence[Event], now: date, country: str, *, theft: bool) -> bool:
    if any(days_of(name, events, now) for name in door.absent):
        return False
    return all(holds(need, events, now, country) for need in door.needs if theft or not need.urgent)


def spec_of(rung: Rung, wallet: str, country: str) -> RungSpec:
    own = loading.provider(wallet).rungs.get(rung.id)
    return own or loading.country(country).channels.get(rung.id) or RungSpec()


def contacts_of(rung: Rung, spec: RungSpec) -> tuple[str, ...]:
    own = spec.begins
    if own is None:
        shared = rung.id == rung.stage.value or rung.stage in {Stage.POLICE, Stage.COURT}
        own = (loading.stages()[rung.stage].begins or ()) if shared else ()
    return (*own, f"contacted:{rung.id}")


def answers_of(rung: Rung, spec: RungSpec) -> tuple[str, ...]:
    own = spec.answers
    if own is None:
        shared = rung.id == rung.stage.value or rung.stage in {Stage.POLICE, Stage.COURT}
        own = (loading.stages()[rung.stage].answers or ()) if shared else ()
    return (*own, f"answered:{rung.id}")


def check(rung: Rung, case: tuple[str, str, str, list[Event], date], amount: Amount | None) -> None:
    wallet, country, problem, events, now = case
    spec = spec_of(rung, wallet, country)
    doors = loading.stages()[rung.stage].opens or () if spec.opens is None else spec.opens
    theft = problem in loading.problems().groups["theft"]
    if rung.open:
        assert rung.first_day is not None
        assert rung.first_day <= now
        lifted = is_fast(problem, amount) and any(door.lifted for door in doors)
        assert (
            not doors
            or lifted
            or any(may_open(door, events, now, country, theft=theft) for door in doors)
        )
        check_budget(rung, spec, events, now)
    else:
        assert rung.why
        assert rung.first_day is None or rung.first_day > now


def check_budget(rung: Rung, spec: RungSpec, events: Sequence[Event], now: date) -> None:
    past = sorted((each for each in events if each.on <= now), key=lambda each: each.on)
    names = [each.name for each in past]
    fresh_from = max((at for at, name in enumerate(names) if name == "new_fact"), default=-1)
    since = past[fresh_from + 1 :]
    assert not [each for each in since if each.name in answers_of(rung, spec)]
    budget = spec.budget or loading.stages()[rung.stage].budget
    assert budget is not None
    wanted = set(contacts_of(rung, spec))
    if "complaint" in wanted:
        wanted |= {"complaint_sent"} if "complaint_sent" in names else {"complaint_received"}
        if "complaint_received" in names:
            wanted -= {"complaint_sent"}
            wanted |= {"complaint_received"}
    recent = [each for each in since if each.name in wanted and (now - each.on).days < budget.days]
    assert len(recent) < budget.contacts


@pytest.mark.parametrize("batch", range(BATCHES))
def test_no_rung_too_early_and_no_chaser_too_many(batch: int) -> None:
    random = Random(batch)  # noqa: S311 - the same cases every time
    for _ in range(HISTORIES // BATCHES):
        case = made(random)
        wallet, country, problem, events, now = case
        amount = random.choice([None, Amount(random.choice([10, 10**9]), "CNY")])  # type: ignore[arg-type]
        rungs = ladder(
            wallet, problem, country, amount, events, now=now, working_days=working_days_after
        )
        assert len({rung.id for rung in rungs}) == len(rungs)
        for rung in rungs:
            check(rung, case, amount)
        ahead = next_step(rungs)
        assert ahead is None or ahead.open or ahead.first_day
        if is_fast(problem, amount):
            kinds = [rung.type is not Type.STOP for rung in rungs]
            assert kinds == sorted(kinds)


def test_the_order_of_the_history_does_not_matter_between_days() -> None:
    random = Random(1)  # noqa: S311 - the same cases every time
    for _ in range(200):
        wallet, country, problem, events, now = made(random)
        unlike = list({event.on: event for event in events}.values())
        mixed = list(unlike)
        random.shuffle(mixed)
        given = [
            ladder(wallet, problem, country, None, each, now=now, working_days=working_days_after)
            for each in (unlike, mixed)
        ]
        assert given[0] == given[1]


def test_what_has_not_happened_yet_changes_nothing() -> None:
    random = Random(2)  # noqa: S311 - the same cases every time
    for _ in range(200):
        wallet, country, problem, events, now = made(random)
        past = [event for event in events if event.on <= now]
        given = [
            ladder(wallet, problem, country, None, each, now=now, working_days=working_days_after)
            for each in (events, past)
        ]
        assert given[0] == given[1]


def test_a_first_day_that_was_told_is_kept() -> None:
    """On the day that a closed rung named, it is open, if nothing else happens."""
    random = Random(3)  # noqa: S311 - the same cases every time
    told = 0
    for _ in range(1_000):
        wallet, country, problem, events, now = made(random)
        past = [event for event in events if event.on <= now]
        rungs = ladder(
            wallet, problem, country, None, past, now=now, working_days=working_days_after
        )
        for rung in rungs:
            if rung.open or rung.first_day is None:
                continue
            on_the_day, before = (
                ladder(
                    wallet, problem, country, None, past, now=day, working_days=working_days_after
                )
                for day in (rung.first_day, rung.first_day - timedelta(days=1))
            )
            there = next(each for each in on_the_day if each.id == rung.id)
            not_yet = next(each for each in before if each.id == rung.id)
            assert there.open or (there.last_day is not None and there.last_day < rung.first_day)
            assert not not_yet.open
            told += 1
    assert told > 100


def test_without_a_calendar_working_days_open_nothing() -> None:
    events = [Event("complaint_sent", date(2026, 1, 5))]
    rungs = ladder("uk.monzo", "debited_unpaid", "UK", None, events, now=date(2026, 12, 1))
    fos = next(rung for rung in rungs if rung.id == "uk.fos")
    assert not fos.open
    assert fos.first_day is None
