"""A sign of life: one line where no terminal is, soon, and never for quick work."""

import time

import pytest

from makewhole.cli import waiting as module
from makewhole.cli.waiting import waiting

Captured = pytest.CaptureFixture[str]


def test_quick_work_says_nothing(capsys: Captured) -> None:
    with waiting(quiet=False) as doing:
        doing("reading a.csv")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("quiet", [False, True])
def test_longer_work_says_one_line(
    *, quiet: bool, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.02)
    with waiting(quiet=quiet) as doing:
        time.sleep(0.2)
        for number in range(300):
            doing(f"reading {number}\x1b.csv")
    assert capsys.readouterr().err == ("" if quiet else "reading 0.csv …\n")


def test_work_that_is_under_way_is_named(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.1)
    with waiting(quiet=False) as doing:
        doing("reading a.csv")
        doing("reading b.csv")
        time.sleep(0.6)
    assert capsys.readouterr().err == "reading b.csv …\n"
