"""The reference pages name every option, field, code and kind, in both languages."""

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from makewhole.cli.arguments import build
from makewhole.cli.jsonout import entry_json, scan_json, statement_json
from makewhole.cli.rulesout import deadline_json, due_json, rule_json
from makewhole.records import FindingKind, Kind, MatchKind, Movement
from makewhole.rules import Status, claims_of, deadline, due, library, others
from tests.report.household import troubled

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for name, verb in action.choices.items():
                yield name
                yield from _options(verb)


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner)


@pytest.mark.parametrize("page", ["cli.md", "cli.zh-CN.md"])
def test_every_option_is_described(page: str) -> None:
    text = (REFERENCE / page).read_text(encoding="utf-8")
    for option in _options(build("en")):
        assert option in text


@pytest.mark.parametrize("page", ["json.md", "json.zh-CN.md"])
def test_every_field_and_kind_is_described(page: str) -> None:
    text = (REFERENCE / page).read_text(encoding="utf-8")
    home = troubled()
    reading = home.reading()
    told = {
        "statements": [statement_json(each, "en") for each in reading.statements],
        "entries": [entry_json(each) for each in reading.entries],
        **scan_json(home.scan()),
        "as_of": date(2026, 4, 2).isoformat(),
    }
    codes = [*FindingKind, *Kind, *MatchKind, *Movement]
    for name in {*_names(told), *codes} - {"zh", "en", "statements"}:
        assert f"`{name}`" in text, name


@pytest.mark.parametrize("page", ["json.md", "json.zh-CN.md"])
def test_every_field_of_rules_and_deadlines_is_described(page: str) -> None:
    text = (REFERENCE / page).read_text(encoding="utf-8").partition("\n## deadline")[2]
    today = date(2026, 11, 23)
    found = deadline("us-rege-10bd", {"notice_received": date(2026, 6, 30)}, today)
    told = deadline_json(found, others(found), claims_of(found, {}), by_day=True)
    rules = [rule_json(each) for each in library()]
    fields = {*told, *rules[0], *told["others"][0], *told["claims"][0], *due_json(due(today)[0])}
    inner = ("moves", "cases", "versions", "claims")
    fields |= {name for rule in rules for part in inner for each in rule[part] for name in each}
    for name in (*fields, *Status):
        assert f"`{name}`" in text, name
