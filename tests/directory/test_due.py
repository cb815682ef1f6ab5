"""What is due for checking, and that a country is added without code."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from makewhole import desk
from makewhole.directory import due_for_checking, loading
from tests.directory.test_cases import answered, state

CACHED = (
    loading.sources,
    loading.problems,
    loading.events,
    loading.stages,
    loading.large_from,
    loading.provider,
    loading.country,
    loading.banks,
)


def test_nothing_is_due_on_the_day_of_the_check() -> None:
    assert due_for_checking(date(2026, 11, 23)) == ()


def test_lines_that_stop_money_are_due_after_ninety_days() -> None:
    assert due_for_checking(date(2027, 2, 21)) == ()
    due = due_for_checking(date(2027, 2, 22))
    assert {each.expires_on for each in due} == {date(2027, 2, 21)}
    assert ("channels/cn.yaml", "110") in {(each.file, each.what) for each in due}
    assert ("channels/cn.yaml", "12363") not in {(each.file, each.what) for each in due}


def test_everything_is_due_after_half_a_year() -> None:
    due = due_for_checking(date(2027, 5, 23))
    assert ("channels/cn.yaml", "12363") in {(each.file, each.what) for each in due}
    assert [each.expires_on for each in due] == sorted(each.expires_on for each in due)
    assert len(due) > 400


COUNTRY = """
country: NZ
name: [新西兰, New Zealand]
calendar: NZ
currency: NZD
checked_on: 2026-11-23
answer: {within: {working_days: 5}, grade: M}
ladder: [nz.made]
channels:
  nz.made:
    name: [某机构, A made-up body]
    stage: outside
    opens:
      - {needs: [{after: complaint, wait: {working_days: 5}}], grade: M}
    bounds:
      - {least: 100, currency: NZD, closes: true, said: [至少, up], grade: V, source: [made]}
"""
WALLET = """
id: nz.wallet
name: [某钱包, A made-up wallet]
countries: [NZ]
checked_on: 2026-11-23
"""
CASES: list[dict[str, object]] = [
    {"amount": "100 NZD", "as_of": date(2026, 11, 9), "is": date(2026, 11, 10)},
    {"amount": "100 NZD", "as_of": date(2026, 11, 10), "is": "open"},
    {"amount": "99 NZD", "as_of": date(2026, 11, 10), "is": "closed"},
]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data in another place, to which files can be added."""
    there = tmp_path / "data"
    shutil.copytree(Path(str(loading.DATA)), there)
    monkeypatch.setattr(loading, "DATA", there)
    for cached in CACHED:
        cached.cache_clear()
    yield there
    for cached in CACHED:
        cached.cache_clear()


def test_a_country_and_a_wallet_are_files_and_no_code(elsewhere: Path) -> None:
    (elsewhere / "channels" / "nz.yaml").write_text(COUNTRY, encoding="utf-8")
    (elsewhere / "providers" / "nz.wallet.yaml").write_text(WALLET, encoding="utf-8")
    with (elsewhere / "sources.yaml").open("a", encoding="utf-8") as sources:
        sources.write('made: {title: "A made-up page", url: "https://example.org"}\n')
    for case in CASES:
        route = answered(
            {
                "wallet": "nz.wallet",
                "problem": "debited_unpaid",
                "history": {"complaint_sent": date(2026, 11, 2)},
                **case,
            }
        )
        assert state(route, "nz.made") == case["is"]


def test_an_unknown_calendar_gives_no_day() -> None:
    assert desk.working_days_after(date(2026, 1, 1), 5, "XX") is None
