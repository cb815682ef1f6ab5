from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from makewhole.errors import NoDeadline
from makewhole.rules import (
    Calendar,
    Deadline,
    Entry,
    Kind,
    Moment,
    Party,
    calendars,
    deadline,
    library,
)
from makewhole.rules.schema import Effect

NOW = date(2026, 11, 23)
RULES = [each for each in library() if each.rule.term]
DAY_RULES = [each for each in RULES if not any(u in each.rule.term for u in ("hour", "min", "sec"))]
MOVED = [each for each in DAY_RULES if each.rule.moves]
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
CALENDARS = st.sampled_from(["cn", "us-federal", "gb-sct", "eu-target", "de-he", "in-mh"])


def computed(entry: Entry, events: dict[str, Moment]) -> Deadline | None:
    try:
        return deadline(entry, events, NOW)
    except NoDeadline:
        return None


@given(st.sampled_from(RULES), DAYS)
@settings(max_examples=500)
def test_a_user_is_never_late_and_a_firm_is_never_accused_early(entry: Entry, day: date) -> None:
    found = computed(entry, {entry.rule.trigger: day})
    if found is None:
        return
    assert found.strict_last_day <= found.due <= found.rolled_last_day <= found.overdue_from
    if found.acts is Party.USER and found.kind is Kind.LIMIT:
        assert found.due == found.strict_last_day
    else:
        assert found.due == found.rolled_last_day


@given(st.sampled_from(DAY_RULES), DAYS)
@settings(max_examples=300)
def test_a_day_later_is_never_due_earlier(entry: Entry, day: date) -> None:
    first = computed(entry, {entry.rule.trigger: day})
    second = computed(entry, {entry.rule.trigger: day + timedelta(1)})
    if first and second and first.version == second.version:
        assert first.strict_last_day <= second.strict_last_day
        assert first.rolled_last_day <= second.rolled_last_day


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_one_more_open_day_is_later(name: str, day: date, count: int) -> None:
    calendar = calendars().get(name)
    assert calendar.add(day, count) < calendar.add(day, count + 1)
    assert calendar.between(day, calendar.add(day, count)) == count


@given(CALENDARS, DAYS, st.integers(1, 40), st.integers(0, 60))
def test_a_closing_day_never_shortens_a_term(name: str, day: date, count: int, more: int) -> None:
    calendar = calendars().get(name)
    closed: Calendar = calendars().adjusted(calendar, closed=[day + timedelta(more)])
    assert closed.add(day, count) >= calendar.add(day, count)


@given(DAYS, st.integers(1, 40))
def test_a_term_that_reaches_into_an_unknown_year_is_provisional(day: date, count: int) -> None:
    found = deadline("cn-samr-accept-7wd", {"complaint_received": day}, NOW)
    last = found.rolled_last_day
    assert found.provisional is (last.year > 2026)
    assert calendars().get("cn").knows(day, day + timedelta(count)) is (
        (day + timedelta(count)).year <= 2026
    )


@given(st.sampled_from(MOVED), DAYS, st.data())
@settings(max_examples=1000)
def test_no_later_event_moves_a_day_in_silence(
    entry: Entry, day: date, data: st.DataObject
) -> None:
    events: dict[str, Moment] = {entry.rule.trigger: day}
    before = computed(entry, events)
    moves = data.draw(st.lists(st.sampled_from(entry.rule.moves), min_size=1, unique=True))
    for move in moves:
        at = day + timedelta(data.draw(st.integers(-10, 120)))
        events[move.event] = at
        if move.effect is Effect.PAUSE and data.draw(st.booleans()):
            events[move.until] = at + timedelta(data.draw(st.integers(0, 40)))
    if entry.rule.selector and entry.rule.selector.event in events:
        return
    after = computed(entry, events)
    if before is None or after is None:
        return
    days = (before.strict_last_day, before.rolled_last_day)
    if (after.strict_last_day, after.rolled_last_day) != days:
        said = [step.en for step in after.steps()]
        assert any(entry.rule.id in step and "moves the day under" in step for step in said)


@given(st.sampled_from(DAY_RULES), DAYS, st.dates(date(2024, 1, 1), date(2028, 12, 31)))
@settings(max_examples=300)
def test_the_day_of_asking_never_moves_the_deadline(entry: Entry, day: date, now: date) -> None:
    events: dict[str, Moment] = {entry.rule.trigger: day}
    first = computed(entry, events)
    if first is None:
        return
    again = deadline(entry, events, now)
    assert (again.due, again.overdue_from) == (first.due, first.overdue_from)
