"""The fuzzer itself: its inputs can be made again, and it sees what it is meant to see."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks import fuzz_seeds, fuzz_worker
from benchmarks.fuzz import fuzz, main
from benchmarks.fuzz_seeds import TEXTS, Seed, families
from benchmarks.fuzz_worker import Tally, Watch, made, one

from makewhole.statements import Draft, Source

QUICK = [name for name in families() if name != "pdf"]


@pytest.fixture
def watch() -> Iterator[Watch]:
    before = signal.getsignal(signal.SIGALRM)
    yield Watch()
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("family", QUICK)
def test_a_few_damaged_files_of_each_family_break_nothing(family: str, watch: Watch) -> None:
    tally = Tally()
    for number in range(60):
        one(tally, watch, number, made(7, family, number), family)
    assert tally.defects == []
    assert tally.inputs == 60
    assert tally.with_rows > 0


def test_every_text_family_has_seeds() -> None:
    assert set(TEXTS) <= families().keys()


def test_a_number_makes_the_same_input_again() -> None:
    assert made(3, "qif", 11) == made(3, "qif", 11)
    assert made(3, "qif", 11)[1] != made(4, "qif", 11)[1]


class _Careless:
    provider = "careless"
    name = "careless"

    def closeness(self, _source: Source) -> float:
        return 1.0

    def read(self, source: Source) -> list[Draft]:
        raise KeyError(source.name)


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = {"qif": (Seed("a.qif", "careless", b"x", _Careless()),)}
    for module in (fuzz_seeds, fuzz_worker):
        monkeypatch.setattr(module, "families", lambda: seeds)
    monkeypatch.setattr("benchmarks.fuzz.families", lambda: seeds)


@pytest.mark.usefixtures("careless")
def test_what_leaves_a_reader_is_seen_told_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--seed", "2", "--count", "20", "--workers", "2", "--keep", str(tmp_path)]
    assert main(arguments) == 1
    shown = capsys.readouterr().out
    assert "KeyError: 'a.qif'" in shown
    kept = list(tmp_path.glob("qif-2-*-a.qif"))
    assert len(kept) == 5
    number = int(kept[0].name.split("-")[2])
    assert kept[0].read_bytes() == made(2, "qif", number)[1]


@pytest.mark.usefixtures("careless")
def test_each_input_is_read_once() -> None:
    tally, _seconds = fuzz(2, "qif", 25, 2)
    assert tally.inputs == 25
    numbers = [number for number, _what in tally.defects]
    assert len(numbers) == len(set(numbers))
