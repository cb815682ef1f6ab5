"""The examples read without a doubt, and comparing them finds what was planted and nothing else."""

import json
from datetime import date
from pathlib import Path

import pytest
from examples.make import statements

from makewhole import reconcile
from makewhole.records import FindingKind
from makewhole.statements import Reading, Source, read

EXAMPLES = Path(__file__).parents[1] / "examples"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))


def reading_of(folder: str) -> Reading:
    files = sorted(path for path in (EXAMPLES / folder).iterdir() if path.is_file())
    return read([Source(path.name, path.read_bytes()) for path in files])


def test_the_files_are_those_that_the_maker_writes() -> None:
    made = statements()
    there = {
        f"{folder}/{path.name}": path.read_bytes()
        for folder in EXPECTED
        for path in (EXAMPLES / folder).iterdir()
    }
    assert there == made


@pytest.mark.parametrize("folder", EXPECTED)
def test_nothing_is_refused_and_nothing_warned_of(folder: str) -> None:
    for statement in reading_of(folder).statements:
        assert not statement.refused
        assert not statement.warnings
        assert statement.rows == statement.stored > 0


@pytest.mark.parametrize("folder", EXPECTED)
def test_findings_are_exactly_the_planted_ones(folder: str) -> None:
    reading = reading_of(folder)
    as_of = date.fromisoformat(EXPECTED[folder]["as_of"])
    scan = reconcile.find(reading.statements, reading.entries, as_of=as_of)
    found = sorted((str(each.kind), f"{each.amount:.2f}", each.currency) for each in scan.findings)
    planted = [
        (each["kind"], each["amount"], each["currency"]) for each in EXPECTED[folder]["findings"]
    ]
    assert found == sorted(planted)


def test_strangers_in_one_scan_change_nothing() -> None:
    folders = [path for folder in EXPECTED for path in sorted((EXAMPLES / folder).iterdir())]
    reading = read([Source(str(path), path.read_bytes()) for path in folders])
    scan = reconcile.find(reading.statements, reading.entries, as_of=date(2026, 4, 20))
    found = sorted((str(each.kind), f"{each.amount:.2f}") for each in scan.findings)
    planted = [
        (each["kind"], each["amount"]) for story in EXPECTED.values() for each in story["findings"]
    ]
    assert found == sorted(planted)


def test_each_kind_is_planted() -> None:
    planted = {each["kind"] for folder in EXPECTED.values() for each in folder["findings"]}
    assert planted == set(FindingKind)
