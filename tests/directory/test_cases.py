"""Ladders that a lawyer can read: every case of `cases/` gives exactly what it says."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from makewhole import desk
from makewhole.directory import Route

CASES = [
    (path.stem, case)
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
ENOUGH = 60


def answered(case: dict[str, Any]) -> Route:
    value, _, currency = str(case.get("amount", "")).partition(" ")
    events = [
        (name, day)
        for name, days in case.get("history", {}).items()
        for day in (days if isinstance(days, list) else [days])
    ]
    return desk.whom(
        case["wallet"],
        case["problem"],
        case.get("country", ""),
        (Decimal(value), currency) if value else None,
        events,
        as_of=case["as_of"],
    )


def state(route: Route, code: str) -> str | date:
    rung = next(each for each in route.rungs if each.id == code)
    if rung.open:
        assert rung.first_day is not None
        assert rung.first_day <= route.as_of
        return "open"
    if rung.first_day is None:
        return "closed"
    assert rung.first_day > route.as_of
    return rung.first_day


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{f}: {case['case']}") for f, case in CASES]
)
def test_the_ladder_says_what_the_case_says(case: dict[str, Any]) -> None:
    route = answered(case)
    codes = [rung.id for rung in route.rungs]
    known = {"case", "wallet", "problem", "country", "amount", "as_of", "history"}
    assert not set(case) - known - {"fast", "next", "rungs", "last", "absent", "order", "warned"}
    assert {code: state(route, code) for code in case.get("rungs", {})} == case.get("rungs", {})
    if "next" in case:
        assert route.next is not None
        assert route.next.id == case["next"]
    if "fast" in case:
        assert route.fast is case["fast"]
    last = {rung.id: rung.last_day for rung in route.rungs}
    assert {code: last[code] for code in case.get("last", {})} == case.get("last", {})
    assert not set(codes) & set(case.get("absent", []))
    order = case.get("order", [])
    assert codes[: len(order)] == order
    for code, words in case.get("warned", {}).items():
        rung = next(each for each in route.rungs if each.id == code)
        for language in (0, 1):
            assert any(words in text[language] for text in rung.warnings)


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ({}, "Not yet: send the firm a formal complaint."),
        ({"complaint_sent": date(2026, 11, 20)}, "Wait: 15 working days must have passed"),
        (
            {"complaint_sent": date(2026, 11, 20), "holding_reply": date(2026, 11, 30)},
            "Wait: 35 working days must have passed",
        ),
        ({"final_response": date(2026, 12, 1)}, "Open since 2026-12-01."),
    ],
)
def test_a_rung_says_what_it_waits_for(events: dict[str, date], told: str) -> None:
    case = {"wallet": "uk.monzo", "problem": "debited_unpaid", "as_of": date(2026, 12, 2)}
    route = answered({**case, "history": events})
    fos = next(rung for rung in route.rungs if rung.id == "uk.fos")
    assert fos.why[0].en.startswith(told)
    assert fos.why[0].zh


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= ENOUGH
