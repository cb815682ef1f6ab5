import json
from pathlib import Path
from typing import Any

import pytest

from makewhole.cli import main


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments, "--lang", "en"])
    out, err = capsys.readouterr()
    return code, out, err


def read(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code, out, err = ran(capsys, *arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


BOTH = ("deadline", "us-rege-2bd", "--on", "2026-06-30", "--closed", "2026-07-03")
DEADLINE = ("deadline", "cn-nfra-15d", "--on", "complaint_received=2026-09-10")


def test_a_deadline_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = read(capsys, *DEADLINE, "--as-of", "2026-09-28")
    assert found["rule"] == "cn-nfra-15d"
    assert found["version"] == "2020-03-01"
    assert found["strict_last_day"] == "2026-09-25"
    assert found["rolled_last_day"] == found["due"] == "2026-09-28"
    assert found["overdue_from"] == "2026-09-29"
    assert found["provisional"] is False
    assert found["status"] == "arguable"
    assert found["grade"] == "V2"
    assert found["source"][0]["url"].startswith("https://english.www.gov.cn/")
    assert set(found["basis"]) == {"zh", "en"}
    assert all(set(step) == {"zh", "en"} for step in found["steps"])
    assert [(each["case"], each["due"]) for each in found["others"]] == [
        ("extension_notified", "2026-10-10"),
        ("second_extension_notified", "2026-11-09"),
    ]


@pytest.mark.parametrize("written", ["2026-09-10", "trigger=2026-09-10"])
def test_the_trigger_needs_no_name(capsys: pytest.CaptureFixture[str], written: str) -> None:
    assert read(capsys, "deadline", "cn-nfra-15d", "--on", written)["due"] == "2026-09-28"


def test_the_trigger_of_the_rule_is_what_on_takes(capsys: pytest.CaptureFixture[str]) -> None:
    rule = read(capsys, "rules", "show", "uk-disp-psd-15bd")
    given = f"{rule['trigger']}=2026-12-14"
    england = read(capsys, "deadline", rule["id"], "--on", given, "--calendar", "England")
    scotland = read(capsys, "deadline", rule["id"], "--on", given, "--calendar", "gb-sct")
    assert (england["due"], scotland["due"]) == ("2027-01-07", "2027-01-08")
    assert england["calendars"] == ["gb-eng"]


def test_an_hour_term_gives_moments_with_offset(capsys: pytest.CaptureFixture[str]) -> None:
    found = read(capsys, "deadline", "cn-261-atm-24h", "--on", "2026-12-31T23:30")
    assert found["due"] == found["overdue_from"] == "2027-01-01T23:30:00+08:00"


def test_another_zone(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("deadline", "us-rem-cancel-30min", "--on", "2026-06-30T23:45")
    assert read(capsys, *given, "--zone", "America/Chicago")["due"] == "2026-07-01T00:15:00-05:00"


def test_a_providers_own_days(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("deadline", "us-rege-10bd", "--on", "2026-06-30")
    unknown = read(capsys, *given)
    assert (unknown["strict_last_day"], unknown["due"]) == ("2026-07-14", "2026-07-15")
    assert unknown["provisional"] is True
    closed = read(capsys, *given, "--closed", "2026-07-03")
    assert (closed["strict_last_day"], closed["provisional"]) == ("2026-07-15", False)
    opened = read(capsys, *given, "--open", "2026-07-03")
    assert (opened["due"], opened["provisional"]) == ("2026-07-14", False)


def test_a_calendar_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        "id: mine\nname: {zh: 我的银行, en: my bank}\nextends: us-fed\n"
        "closed: {'2026-07-06': 盘点}\n",
        encoding="utf-8",
    )
    given = ("deadline", "us-rege-10bd", "--on", "2026-06-30", "--calendar", str(mine))
    assert read(capsys, *given)["due"] == "2026-07-15"


def test_days_are_listed_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("deadline", "cn-samr-accept-7wd", "--on", "2026-09-18")
    few, many = read(capsys, *given)["steps"], read(capsys, *given, "--days")["steps"]
    assert len(many) - len(few) == 11
    assert {"zh": "2026-09-20（周日）：第 1 天", "en": "2026-09-20 (Sun): day 1"} in many


def test_what_it_is_worth(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--on", "transaction=2026-08-14", "--on", "reversed=2026-08-20")
    claims = read(capsys, "deadline", "in-tat-upi-p2p", *given)["claims"]
    assert (claims[0]["amount"], claims[0]["currency"]) == ("500", "INR")
    claims = read(capsys, "rules", "claim", "uk-psr-35gbp", "--with", "loss_before_notice=90")
    assert (claims[0]["amount"], claims[0]["grade"]) == ("35", "M")


def test_the_list_and_what_is_due(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(read(capsys, "rules", "list")) >= 116
    chinese = read(capsys, "rules", "list", "--in", "cn")
    assert {each["jurisdiction"] for each in chinese} == {"CN"}
    due = read(capsys, "rules", "due", "--as-of", "2026-11-23")
    assert {"cn-pboc-reply-15d", "cn"} <= {each["id"] for each in due}
    assert not any(each["expired"] for each in due)
    held = {each["id"]: each for each in read(capsys, "rules", "calendars")}
    assert held["cn"]["unannounced"] == [2027]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("rules", "list"),
        ("rules", "show", "in-ios26-90d"),
        ("rules", "due"),
        ("rules", "calendars"),
        ("rules", "claim", "us-rege-500", "--with", "two_days=no"),
        DEADLINE,
        (*DEADLINE, "--days"),
        ("deadline", "uk-fos-open", "--on", "2026-12-14"),
        ("deadline", "us-rege-2bd", "--on", "2026-07-01", "--with", "loss=9"),
    ],
)
def test_for_a_person(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], lang: str
) -> None:
    assert main([*arguments, "--lang", lang]) == 0
    out, err = capsys.readouterr()
    assert out
    assert not err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("deadline", "cn-nfra-15"), "no rule is called “cn-nfra-15”; near it: cn-nfra-15d"),
        (("deadline", "cn-nfra-15d"), "add --on complaint_received="),
        (("deadline", "cn-nfra-15d", "--on", "x=2026-09-10"), "no event called “x”"),
        (("deadline", "cn-nfra-15d", "--on", "2026-09-31"), "is not a day or moment"),
        (("deadline", "cn-nfra-15d", "--on", "=2026-09-30"), "is not understood"),
        (("deadline", "us-rege-2bd", "--on", "2026-09-30", "--calendar", "atlantis"), "atlantis"),
        (
            ("deadline", "us-rege-2bd", "--on", "2026-09-30", "--calendar", "no.yaml"),
            "no such file",
        ),
        (("deadline", "us-rege-2bd", "--on", "2026-09-30", "--zone", "Mars/Base"), "Mars/Base"),
        (("deadline", "us-rege-2bd", "--on", "2026-09-30", "--case", "pos"), "no case called"),
        (("deadline", "cn-768-dispute", "--on", "2026-09-30"), "timely and properly"),
        (("rules", "show", "nothing"), "no rule is called"),
        (("rules", "list", "--in", "XX"), "no rules for “XX”"),
        (("rules", "claim", "cn-nfra-15d", "--with", "a=1"), "no amount"),
        (("rules", "claim", "us-rege-500", "--with", "two_days"), "is not understood"),
        (
            (
                "deadline",
                "us-rege-2bd",
                "--on",
                "2026-06-30",
                "--closed",
                "2026-07-03",
                "--open",
                "2026-07-03",
            ),
            "both name 2026-07-03",
        ),
    ],
)
def test_a_mistake_is_named_and_ends_with_two(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    code, out, err = ran(capsys, *arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert "Traceback" not in err
