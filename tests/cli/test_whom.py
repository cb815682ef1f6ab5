"""The command `whom`: what a frightened person sees first, and the JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from makewhole.cli import main
from makewhole.cli.completion import completion

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
ON = ["--as-of", "2026-11-23"]


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["whom", *ON, *arguments]) == 0
    return capsys.readouterr().out


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(say(capsys, *arguments, "--json"))
    return held


def test_the_next_step_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    out = say(capsys, "--provider", "cn.alipay", "--problem", "account_stolen", "--lang", "zh")
    lines = [line.strip() for line in out.splitlines() if line.strip()]
    assert lines[0] == "支付宝 · 账户被盗 · 中国大陆 · 2026-11-23"
    assert lines[1].startswith("要快：")
    assert lines[2] == "现在先做：冻结账户，不让钱再出去"
    assert lines[3] == "电话 95188"
    assert "核对：2026-11-23，可信度 V2；来源：" in lines[5]
    assert lines[-2].startswith("真客服绝不会要你的密码")


def test_in_english_with_the_day_to_wait_for(capsys: pytest.CaptureFixture[str]) -> None:
    out = say(
        capsys,
        *("--provider", "revolut", "--country", "GB", "--problem", "debited_unpaid"),
        *("--history", "complaint_sent=2026-11-20"),
    )
    lines = out.splitlines()
    assert lines[0] == (
        "Revolut · Bank debited, wallet did not pay · the United Kingdom · 2026-11-23"
    )
    assert "Wait until 2026-12-05, then ask once more: Send the firm a formal complaint" in lines
    assert "7. from 2026-12-12 Financial Ombudsman Service (FOS)  [ladder]" not in lines
    assert any("from 2026-12-12 Financial Ombudsman Service" in line for line in lines)


def test_a_closed_rung_shows_no_contact(capsys: pytest.CaptureFixture[str]) -> None:
    out = say(capsys, "--provider", "cn.alipay", "--problem", "debited_unpaid")
    assert "People's Bank of China" in out
    assert "北京市西城区" not in out


def test_the_json_holds_contacts_with_source_and_date(capsys: pytest.CaptureFixture[str]) -> None:
    held = told(
        capsys,
        *("--provider", "cn.alipay", "--problem", "debited_unpaid", "--amount", "5000CNY"),
        *("--country", "cn"),
    )
    assert (held["provider"], held["country"]) == ("cn.alipay", "CN")
    assert (held["amount"], held["currency"], held["fast"]) == ("5000", "CNY", False)
    assert held["next"] == "support"
    support = held["rungs"][0]
    assert (support["id"], support["open"], support["first_day"]) == ("support", True, "2026-11-23")
    (phone,) = support["contacts"]
    assert (phone["way"], phone["value"], phone["grade"]) == ("phone", "95188", "V2")
    assert (phone["checked_on"], phone["expires_on"]) == ("2026-11-23", "2027-05-22")
    assert phone["hours"] is None
    assert phone["stale"] is False
    assert [source["url"] for source in phone["source"]] == [
        "https://m.xyx234.com/dadadrrc/drrvcsgre",
        "https://bwc.tyut.edu.cn/info/1035/1824.htm",
    ]
    assert support["withheld"] == 3
    assert held["taxonomies"]["cfpb"] == "Other transaction problem"
    assert held["taxonomies"]["jrt"] == {"zh": "设施和系统", "en": "facilities and systems"}


def test_a_withheld_number_is_nowhere_in_the_json(capsys: pytest.CaptureFixture[str]) -> None:
    text = say(capsys, "--provider", "jdpay", "--problem", "account_stolen", "--json")
    assert "95118" not in text
    assert "950618" not in text
    freeze = next(each for each in json.loads(text)["rungs"] if each["id"] == "freeze")
    assert freeze["contacts"] == []
    assert freeze["withheld"] == 2
    assert "open the app yourself" in freeze["hint"]["en"]


def test_a_contact_past_its_day_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["whom", "--provider", "alipay", "--problem", "other", "--as-of", "2027-06-01"]
    assert main(arguments) == 0
    assert "due for checking" in capsys.readouterr().out


def test_a_condition_without_a_confirmed_source_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = say(
        capsys,
        *("--provider", "cn.alipay", "--problem", "debited_unpaid"),
        *("--history", "complaint_sent=2026-11-20"),
    )
    pboc = out.partition("People's Bank of China")[2].splitlines()[1]
    assert "open from 2026-12-06. (This term is not confirmed.)" in pboc


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--provider", "cn.alipai", "--problem", "other"], "no wallet is called “cn.alipai”"),
        (["--provider", "alipay", "--problem", "stolen"], "invalid choice: 'stolen'"),
        (["--provider", "alipay"], "--problem"),
        (["--problem", "other"], "--provider"),
        (["--provider", "alipay", "--problem", "other", "--country", "US"], "known are: CN"),
        (["--provider", "alipay", "--problem", "other", "--amount", "5000"], "as 5000CNY"),
        (["--provider", "alipay", "--problem", "other", "--amount", "5000QQQ"], "as 5000CNY"),
        (["--provider", "alipay", "--problem", "other", "--amount", "-5CNY"], "amount"),
        (["--provider", "alipay", "--problem", "other", "--history", "answered"], "as complaint"),
        (["--provider", "alipay", "--problem", "other", "--history", "x=2026-01-01"], "“x”"),
        (
            ["--provider", "alipay", "--problem", "other", "--history", "answered=2026-31-01"],
            "not a date",
        ),
        (
            ["--provider", "alipay", "--problem", "other", "--history", "answered=2026-11-24"],
            "after 2026-11-23",
        ),
    ],
)
def test_a_mistake_is_told_with_what_to_do(
    capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert main(["whom", *ON, *arguments]) == 2
    said = capsys.readouterr()
    assert complaint in said.err
    assert said.out == ""
    assert "Traceback" not in said.err


def test_wallets_are_completed() -> None:
    from makewhole.cli.arguments import build

    script = completion(build("en"), "bash")
    assert "cn.alipay" in script
    assert "debited_unpaid" in script


def _names(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(_names(inner) for inner in value.values()))
    return set().union(*(_names(inner) for inner in value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("page", ["json.md", "json.zh-CN.md"])
def test_every_field_is_described(capsys: pytest.CaptureFixture[str], page: str) -> None:
    text = (REFERENCE / page).read_text(encoding="utf-8")
    held = told(capsys, "--provider", "alipay", "--problem", "account_stolen")
    for name in _names(held) - {"zh", "en"}:
        assert f"`{name}`" in text, name
