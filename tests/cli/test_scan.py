import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from makewhole import report
from makewhole.cli import main
from tests.report.household import HOSTILE, Household, calm, troubled

Arrange = Callable[[Household], list[dict[str, Any]]]
Captured = pytest.CaptureFixture[str]


def test_nothing_wrong_is_zero(found: Arrange, capsys: Captured) -> None:
    found(calm())
    assert main(["scan", "x"]) == 0
    out = capsys.readouterr().out
    assert "rows 120 · matches 60 · findings 0 · in transit 0" in out
    assert "Nothing wrong was found." in out


@pytest.mark.parametrize(("side", "other"), [("wallet", "bank"), ("bank", "wallet")])
def test_one_side_alone_is_said_to_be_compared_with_nothing(
    found: Arrange, capsys: Captured, side: str, other: str
) -> None:
    home = calm()
    home.entries[:] = [entry for entry in home.entries if entry.side == side]
    home.matches.clear()
    found(home)
    assert main(["scan", "x"]) == 0
    assert f"Only the {side}'s side is here, so nothing could be compared with a {other};" in (
        capsys.readouterr().out
    )


def test_findings_are_one(found: Arrange, capsys: Captured) -> None:
    home = troubled()
    found(home)
    assert main(["scan", "x", "--as-of", "2026-04-02"]) == 1
    out = capsys.readouterr().out
    assert "findings 4 · in transit 1 · as of 2026-04-02" in out
    assert "Money at stake: 312.00 CNY, 25.00 USD" in out
    assert "1. Bank debited, wallet did not pay  199.00 CNY  (certain)" in out
    assert "2. Refund did not arrive  86.00 CNY  (likely)" in out
    assert "3. Charged twice  25.00 USD  (possible)" in out
    assert "late from 2026-04-04" in out
    lines = {entry.id: f":{entry.line} {entry.occurred_on}" for entry in home.entries}
    single = re.sub(" +", " ", out)
    for finding in home.findings:
        for name in (*finding.entries, *finding.alternatives):
            assert lines[name] in single


def test_a_person_reads_chinese(found: Arrange, capsys: Captured) -> None:
    found(troubled())
    assert main(["scan", "x", "--lang", "zh"]) == 1
    out = capsys.readouterr().out
    assert "涉及金额：312.00 CNY, 25.00 USD" in out
    assert "1. 银行扣了款，钱包没付成  199.00 CNY  （确定）" in out
    assert "2026-04-04 起算逾期" in out


def test_hostile_words_cannot_steer_the_terminal(found: Arrange, capsys: Captured) -> None:
    found(troubled())
    main(["scan", "x"])
    main(["scan", "x", "--json"])
    assert not set("\x1b\u202e\u202c") & set(capsys.readouterr().out)


def test_long_lists_are_folded_to_a_count(found: Arrange, capsys: Captured) -> None:
    home = troubled()
    first = home.findings[2]
    object.__setattr__(first, "alternatives", tuple(each.id for each in home.entries[:9]))
    found(home)
    main(["scan", "x"])
    assert "and 4 more, see --json" in capsys.readouterr().out


def test_json_has_the_documented_shape(found: Arrange, capsys: Captured) -> None:
    found(troubled())
    assert main(["scan", "x", "--json", "--as-of", "2026-04-02"]) == 1
    shown = capsys.readouterr()
    told = json.loads(shown.out)
    names = ["statements", "entries", "matches", "findings", "in_transit", "coverage", "as_of"]
    assert list(told) == names
    assert set(told["matches"][0]) == {"entries", "kind", "why"}
    finding = told["findings"][2]
    assert finding["amount"] == "25.00"
    assert finding["sentence"]["en"] == f"{HOSTILE} was charged twice"
    assert set(finding) >= {
        *("id", "kind", "amount", "currency", "entries", "sentence", "confidence", "caveats")
    }
    assert told["as_of"] == "2026-04-02"
    assert "Attention" in shown.err


def test_arguments_reach_the_desk(found: Arrange) -> None:
    asked = found(calm())
    cards = ["--same-card", "1875=2875", "--same-card", "0001=2875"]
    said = ["--dates", "dmy", "--currency", "eur"]
    assert main(["scan", "a", "b", *cards, "--as-of", "2026-03-31", "--password", "p", *said]) == 0
    files, passwords, mapping, same_cards = asked[0]["arguments"]
    assert files == [Path("a"), Path("b")]
    assert (passwords, mapping) == (["p"], None)
    assert same_cards == {"1875": "2875", "0001": "2875"}
    assert asked[0]["as_of"] == date(2026, 3, 31)
    assert (asked[0]["dates"], asked[0]["currency"]) == ("dmy", "EUR")


def test_a_card_has_one_successor(found: Arrange, capsys: Captured) -> None:
    asked = found(calm())
    assert main(["scan", "a", "--same-card", "1875=2875", "--same-card", "1875=3875"]) == 2
    assert "two new cards for 1875: 2875 and 3875" in capsys.readouterr().err
    assert asked == []


def test_the_report_is_written_whole(found: Arrange, tmp_path: Path, capsys: Captured) -> None:
    found(troubled())
    target = tmp_path / "report.html"
    target.write_text("an older report")
    assert main(["scan", "x", "--html", str(target), "--lang", "zh"]) == 1
    html = target.read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert html.rstrip().endswith("</html>")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    assert f"报告已写入 {target}" in capsys.readouterr().err


def test_a_failed_scan_leaves_the_older_report(tmp_path: Path, capsys: Captured) -> None:
    target = tmp_path / "report.html"
    target.write_text("an older report")
    assert main(["scan", str(tmp_path / "gone.csv"), "--html", str(target)]) == 2
    assert target.read_text() == "an older report"
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    assert capsys.readouterr().out == ""


def test_a_full_disk_leaves_nothing_half_written(
    found: Arrange, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    found(calm())
    monkeypatch.setattr(Path, "replace", full)
    assert main(["scan", "x", "--html", str(tmp_path / "report.html"), "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "report.html: not written (No space left on device)" in shown.err
    assert list(tmp_path.iterdir()) == []


def test_a_broken_page_leaves_nothing(
    found: Arrange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> str:
        raise RuntimeError

    found(calm())
    monkeypatch.setattr(report, "render", broken)
    with pytest.raises(RuntimeError):
        main(["scan", "x", "--html", str(tmp_path / "report.html")])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("no/where/report.html", "the folder to write to does not exist"),
        (".", "is a folder"),
        ("alipay.csv", "would be overwritten"),
    ],
)
def test_a_report_goes_nowhere_it_must_not(
    place: str,
    said: str,
    found: Arrange,
    alipay: Callable[..., Path],
    tmp_path: Path,
    capsys: Captured,
) -> None:
    asked = found(calm())
    statement = alipay()
    before = statement.read_bytes()
    assert main(["scan", str(statement), "--html", str(tmp_path / place)]) == 2
    assert said in capsys.readouterr().err
    assert asked == []
    assert statement.read_bytes() == before


def test_one_side_alone_is_nothing_wrong(
    alipay: Callable[..., Path], tmp_path: Path, capsys: Captured
) -> None:
    target = tmp_path / "report.html"
    assert main(["scan", str(alipay()), "--as-of", "2026-04-02", "--html", str(target)]) == 0
    assert "What the statements cover" in capsys.readouterr().out
    assert "no statement of this side" in target.read_text(encoding="utf-8")


def test_nothing_is_compared_while_a_currency_is_unknown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.qif"
    path.write_text("!Type:Bank\nD13/02/2025\nT-5.00\nPKiosk\n^\n", encoding="utf-8")
    assert main(["scan", str(path), "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "a.qif: the file names no currency, so it cannot be compared." in shown.err
    assert main(["scan", str(path), "--currency", "EUR", "--lang", "en"]) == 0
