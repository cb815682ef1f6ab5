"""What holds for any household: nothing depends on the order of files, on repeats, on strangers."""

import random
from datetime import date

import pytest
from benchmarks.households import household

from makewhole.reconcile import find
from makewhole.records import Scan
from makewhole.statements import Reading, Source, read

SEEDS = [7, 8, 12, 21000080, 21000088]
AS_OF = date(2026, 11, 1)


def reading_of(files: dict[str, bytes]) -> Reading:
    return read([Source(name, data) for name, data in files.items()])


def scan_of(reading: Reading) -> Scan:
    return find(reading.statements, reading.entries, as_of=AS_OF)


@pytest.fixture(params=SEEDS, scope="module")
def files(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return household(request.param).files


def test_the_order_of_files_changes_nothing(files: dict[str, bytes]) -> None:
    names = list(files)
    random.Random(1).shuffle(names)  # noqa: S311 - any order will do
    there = scan_of(reading_of(files))
    back = scan_of(reading_of({name: files[name] for name in names}))
    assert there == back


def test_reading_twice_changes_nothing(files: dict[str, bytes]) -> None:
    again = {**files, **{f"copy of {name}": data for name, data in files.items()}}
    once, twice = reading_of(files), reading_of(again)
    assert [entry.id for entry in once.entries] == [entry.id for entry in twice.entries]
    assert scan_of(once).findings == scan_of(twice).findings


def test_a_stranger_s_statements_change_no_finding(files: dict[str, bytes]) -> None:
    stranger = {f"stranger {name}": data for name, data in household(424245).files.items()}
    alone = scan_of(reading_of(files)).findings
    own = {finding.id for finding in alone}
    strange = {finding.id for finding in scan_of(reading_of(stranger)).findings}
    together = {finding.id for finding in scan_of(reading_of({**files, **stranger})).findings}
    assert together == own | strange


def test_every_finding_points_at_rows_and_says_its_amount(files: dict[str, bytes]) -> None:
    reading = reading_of(files)
    rows = {entry.id for entry in reading.entries}
    for finding in scan_of(reading).findings:
        assert rows.issuperset(finding.entries)
        assert rows.issuperset(finding.alternatives)
        assert finding.amount > 0
        assert 0 < finding.confidence <= 1
        assert finding.sentence.zh
        assert finding.sentence.en
        assert finding.settles.zh


def test_a_bank_row_is_matched_at_most_once(files: dict[str, bytes]) -> None:
    reading = reading_of(files)
    bank = {entry.id for entry in reading.entries if entry.side == "bank"}
    scan = scan_of(reading)
    used = [name for match in scan.matches if match.kind != "chain" for name in match.entries]
    taken = [name for name in used if name in bank]
    assert len(taken) == len(set(taken))
