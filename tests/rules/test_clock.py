from datetime import date

import pytest

from makewhole.errors import (
    BadRequest,
    MissingEvent,
    NoDeadline,
    NoTerm,
    NotInForce,
    UnknownCalendar,
    UnknownEvent,
    UnknownRule,
)
from makewhole.rules import Deadline, Doubt, Moment, Status, calendars, deadline, others

NOW = date(2026, 11, 23)


def found(rule: str, case: str = "", calendar: tuple[str, ...] = (), **events: str) -> Deadline:
    days = {name: date.fromisoformat(day) for name, day in events.items()}
    return deadline(rule, days, NOW, [calendars().get(each) for each in calendar], case=case)


@pytest.mark.parametrize(
    ("rule", "events", "case", "error", "says"),
    [
        ("cn-samr-accept-7d", {}, "", UnknownRule, "cn-samr-accept-7wd"),
        ("cn-samr-accept-7wd", {}, "", MissingEvent, "--on complaint_received="),
        ("cn-samr-accept-7wd", {"complaint_recieved": NOW}, "", UnknownEvent, "complaint_received"),
        ("cn-nfra-15d", {"complaint_received": NOW}, "x", UnknownEvent, "extension_notified"),
        ("cn-768-dispute", {"dispute_arose": NOW}, "", NoTerm, "timely and properly"),
        ("eu-psr-future", {"event": NOW}, "", NotInForce, "was not in force"),
        (
            "in-ios21-1y",
            {"complaint_received": date(2025, 9, 2), "ombudsman_received": date(2026, 7, 1)},
            "",
            NotInForce,
            "in-ios26-90d",
        ),
        (
            "in-ios26-90d",
            {"complaint_received": date(2026, 5, 2), "ombudsman_received": date(2026, 6, 30)},
            "",
            NotInForce,
            "in-ios21-1y",
        ),
        ("in-fraud27-5d", {"transaction": date(2026, 12, 31)}, "", NotInForce, "in-liab-bank-3wd"),
        (
            "in-liab-bank-3wd",
            {"alert_received": date(2027, 1, 2), "transaction": date(2027, 1, 1)},
            "",
            NotInForce,
            "in-fraud27-5d",
        ),
        (
            "cn-samr-mediate-45wd",
            {"complaint_accepted": date(2026, 4, 20), "complaint_received": date(2026, 4, 15)},
            "",
            NotInForce,
            "cn-samr-mediate-60d",
        ),
        ("uk-psr-refund-1bd", {"provider_aware": date(2018, 1, 12)}, "", NotInForce, "2018-01-13"),
        ("br-med-80d", {"transaction": date(9999, 12, 31)}, "", BadRequest, "2100"),
    ],
)
def test_what_cannot_be_computed_is_refused_by_name(
    rule: str, events: dict[str, Moment], case: str, error: type[NoDeadline], says: str
) -> None:
    with pytest.raises(error) as refused:
        deadline(rule, events, NOW, case=case)
    assert says in refused.value.message.en
    assert refused.value.message.zh != refused.value.message.en


def test_an_unknown_calendar_is_refused_by_name() -> None:
    with pytest.raises(UnknownCalendar, match="gb-scotch"):
        calendars().get("gb-scotch")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("England", "gb-eng"),
        ("GB_ENG", "gb-eng"),
        ("uk-sct", "gb-sct"),
        ("Northern Ireland", "gb-nir"),
        ("TARGET", "eu-target"),
        ("Hesse", "de-he"),
        ("中国", "cn"),
        ("maharashtra", "in-mh"),
        ("federal-reserve", "us-fed"),
    ],
)
def test_calendars_have_more_than_one_name(written: str, meant: str) -> None:
    assert calendars().get(written).id == meant


@pytest.mark.parametrize(
    ("rule", "events", "version", "doubts"),
    [
        ("cn-samr-bar-3y", {"harm_known": "2026-05-01"}, "order-121", ()),
        (
            "cn-samr-bar-3y",
            {"harm_known": "2024-05-01", "complaint_made": "2026-04-14"},
            "order-20",
            (),
        ),
        (
            "cn-samr-mediate-60d",
            {"complaint_accepted": "2026-04-20"},
            "order-121",
            (),
        ),
        ("cn-samr-mediate-60d", {"complaint_accepted": "2026-06-20"}, "order-121", ()),
        ("eu-ipr-10s", {"order_received": "2025-10-08"}, "euro-area-receiving", (Doubt.HOUR,)),
        ("in-fraud27-45d", {"complaint_received": "2027-02-01"}, "2027-01-01", (Doubt.VERSION,)),
    ],
)
def test_the_selector_event_decides_the_version(
    rule: str, events: dict[str, str], version: str, doubts: tuple[Doubt, ...]
) -> None:
    days = {name: date.fromisoformat(day) for name, day in events.items()}
    result = deadline(rule, days, NOW)
    assert result.version == version
    assert result.doubts == doubts


def test_the_clock_stops_while_information_is_asked_for() -> None:
    # 1 April is a Wednesday; Easter falls on the weekend of the 5th.
    going = found("uk-app-5bd", calendar=("england",), claim_made="2026-04-13")
    assert going.due == date(2026, 4, 20)
    paused = found(
        "uk-app-5bd",
        calendar=("england",),
        claim_made="2026-04-13",
        information_asked="2026-04-15",
        information_given="2026-04-22",
    )
    # Two days had run with the day of asking, one without it: three or four are left.
    assert paused.strict_last_day == date(2026, 4, 27)
    assert paused.due == date(2026, 4, 28)
    assert paused.overdue_from == date(2026, 4, 29)
    assert any("uk-app-5bd" in step.en and "moves the day" in step.en for step in paused.steps())


def test_the_pause_ends_at_the_outer_limit() -> None:
    long = found(
        "uk-app-5bd",
        calendar=("england",),
        claim_made="2026-04-13",
        information_asked="2026-04-15",
        information_given="2026-09-22",
    )
    assert long.due == date(2026, 6, 3)


def test_a_pause_that_goes_on_is_provisional() -> None:
    waiting = found(
        "uk-app-5bd",
        calendar=("england",),
        claim_made="2026-04-13",
        information_asked="2026-04-15",
    )
    assert waiting.doubts == (Doubt.PAUSED,)


def test_the_long_stop_of_twenty_years() -> None:
    stopped = found("cn-limitation-3y", harmed="2004-05-10", harm_known="2023-01-10")
    assert stopped.due == date(2024, 5, 10)


def test_a_provider_may_be_open_on_a_holiday() -> None:
    base = calendars().get("us-federal")
    opened = calendars().adjusted(base, opened=[date(2026, 7, 3)])
    closed = calendars().adjusted(base, closed=[date(2026, 7, 6), date(2026, 7, 7)])
    events = {"notice_received": date(2026, 6, 30)}
    assert deadline("us-rege-10bd", events, NOW, [opened]).due == date(2026, 7, 14)
    assert deadline("us-rege-10bd", events, NOW, [closed]).due == date(2026, 7, 17)
    assert not deadline("us-rege-10bd", events, NOW, [opened]).provisional


def test_another_bank_works_on_saturdays() -> None:
    mine = calendars().own(
        "mine.yaml",
        "id: mine\nname: {zh: 我的银行, en: my bank}\nrest: [sunday]\nextends: us-federal\n"
        "closed: {'2026-05-26': inventory}\n",
    )
    # Sat 23 is day 1, Mon 25 Memorial Day, Tue 26 the bank's own, Wed 27 day 2.
    events = {"loss_learned": date(2026, 5, 22)}
    assert deadline("us-rege-2bd", events, NOW, [mine]).due == date(2026, 5, 27)


def test_other_cases_are_computed_beside() -> None:
    beside = others(found("cn-nfra-15d", complaint_received="2026-09-10"))
    assert [(each.case, each.due) for each in beside] == [
        ("extension_notified", date(2026, 10, 10)),
        ("second_extension_notified", date(2026, 11, 9)),
    ]
    assert {each.case for each in others(found("us-rege-45d", notice_received="2026-06-30"))} == {
        "pos",
        "foreign",
        "new_account",
    }


def test_an_event_that_comes_too_late_says_so() -> None:
    result = found("cn-nfra-15d", complaint_received="2026-09-10", extension_notified="2026-09-29")
    assert result.due == date(2026, 9, 28)
    assert sum("moves nothing" in step.en for step in result.steps()) == 2


def test_between_the_readings_it_is_arguable() -> None:
    result = found("cn-nfra-15d", complaint_received="2026-09-10", decision_received="2026-09-28")
    assert result.status is Status.ARGUABLE


def test_a_rule_of_unsure_origin_says_so() -> None:
    result = found("cn-pboc-reply-15d", forwarded_complaint_received="2026-09-10")
    assert result.grade == "M"
    assert any("not verified" in step.en for step in result.steps())
    assert any("未经核实" in step.zh for step in result.steps())


def test_steps_tell_every_day() -> None:
    steps = found("cn-samr-accept-7wd", complaint_received="2026-09-18").steps(by_day=True)
    days = [step.en for step in steps if ": day " in step.en]
    assert days[0] == "2026-09-20 (Sun): day 1"
    assert days[-1] == "2026-09-29 (Tue): day 7"
    assert "2026-09-25 (Fri): Mid-Autumn Festival, not counted" in [step.en for step in steps]
    assert "2026-09-25（周五）：中秋节，不算" in [step.zh for step in steps]


def test_a_day_is_known_no_better_than_what_moved_it() -> None:
    plain = found("eu-psd2-15bd", complaint_received="2026-12-14")
    moved = found("eu-psd2-15bd", complaint_received="2026-12-14", holding_reply="2027-01-04")
    assert (plain.grade, moved.grade) == ("V2", "M")


def test_what_starts_a_term_happens_once() -> None:
    twice = {"complaint_received": [date(2026, 9, 10), date(2026, 9, 11)]}
    with pytest.raises(BadRequest, match="complaint_received"):
        deadline("cn-nfra-15d", twice, NOW)
    demands: dict[str, Moment | list[Moment]] = {
        "harm_known": date(2022, 3, 1),
        "demand": [date(2023, 1, 9), date(2024, 5, 6)],
    }
    assert deadline("cn-limitation-3y", demands, NOW).due == date(2027, 5, 6)
