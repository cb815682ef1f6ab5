"""Worked examples as a lawyer can read them: YAML beside the tests, one file for an instrument."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from makewhole.rules import Calendar, Deadline, calendars, deadline

HERE = Path(__file__).parent


def read(path: Path) -> list[dict[str, Any]]:
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(held, list)
    return held


def every_case() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(HERE.glob("*/**/*.yaml")):
        for number, case in enumerate(read(path), 1):
            yield f"{path.relative_to(HERE).with_suffix('')}-{number}-{case['rule']}", case


def moment(value: Any) -> date | datetime:
    if isinstance(value, str):
        return datetime.fromisoformat(value)
    assert isinstance(value, date)
    return value


def chosen(case: dict[str, Any]) -> list[Calendar]:
    return [calendars().get(name) for name in case.get("calendar", ())]


def computed(case: dict[str, Any], **more: date | datetime) -> Deadline:
    events = {name: moment(value) for name, value in case["events"].items()}
    now = more.pop("now", moment(case.get("as_of", date(2026, 11, 23))))
    return deadline(case["rule"], {**events, **more}, now, chosen(case), case=case.get("case", ""))
