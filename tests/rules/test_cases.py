from datetime import timedelta
from typing import Any

import pytest

from makewhole.rules import Kind, Status, library

from .cases import computed, every_case, moment

CASES = list(every_case())
_SHOWN = {
    "strict": "strict_last_day",
    "rolled": "rolled_last_day",
    "due": "due",
    "overdue_from": "overdue_from",
    "opens_on": "opens_on",
}


@pytest.mark.parametrize("case", [each for _, each in CASES], ids=[name for name, _ in CASES])
def test_the_days_are_those_of_the_case(case: dict[str, Any]) -> None:
    found = computed(case)
    expected = {field: moment(case[field]) for field in _SHOWN if field in case}
    assert {field: getattr(found, _SHOWN[field]) for field in expected} == expected
    if "provisional" in case:
        assert found.provisional is case["provisional"], found.because()
    if "version" in case:
        assert found.version == case["version"]


@pytest.mark.parametrize("case", [each for _, each in CASES], ids=[name for name, _ in CASES])
def test_both_sides_of_the_limit(case: dict[str, Any]) -> None:
    found = computed(case)
    done = found.clause.done
    if done and done not in case["events"]:
        assert computed(case, **{done: found.strict_last_day}).status is Status.KEPT
        assert computed(case, **{done: found.overdue_from}).status is Status.LATE
    if done in case["events"]:
        return
    before, after = (
        (Status.WAITING, Status.MAY_ACT)
        if found.kind is Kind.WAIT
        else (Status.OPEN, Status.OVERDUE)
    )
    assert computed(case, now=found.strict_last_day).status is before
    assert computed(case, now=found.overdue_from).status is after
    between = found.overdue_from - timedelta(1)
    if found.strict_last_day < between and found.kind is Kind.LIMIT:
        assert computed(case, now=between).status is Status.ARGUABLE


@pytest.mark.parametrize("case", [each for _, each in CASES], ids=[name for name, _ in CASES])
def test_the_steps_name_the_rule_and_end_with_the_day(case: dict[str, Any]) -> None:
    found = computed(case)
    for lang in (0, 1):
        steps = [step[lang] for step in found.steps(by_day=True)]
        assert steps[0].startswith(case["rule"])
        assert found.due.isoformat() in steps[-1]
        assert all(steps)


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 220


def test_each_rule_with_a_term_has_a_case() -> None:
    tested = {(case["rule"], case.get("case", "")) for _, case in CASES}
    rules = [each.rule for each in library() if each.rule.term]
    wanted = {(rule.id, "") for rule in rules if "hour" not in rule.term}
    wanted = {each for each in wanted if "minute" not in each[0] and "30min" not in each[0]}
    exact = {"eu-ipr-10s"}
    assert not {name for name, _ in wanted} - {name for name, _ in tested} - exact
