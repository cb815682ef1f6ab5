import textwrap
from datetime import date
from pathlib import Path

import pytest
import yaml

from makewhole.errors import BadRule
from makewhole.rules import Calendars, Entry, Library, calendars, deadline, due, library
from makewhole.rules.library import DATA

ENTRIES = list(library())
# Every id of the page of facts; none may get lost.
IDS = set(
    """
cn-pboc-first-institution cn-pboc-accept-7wd cn-pboc-reply-15d cn-pboc-reply-max-60d
cn-768-dispute cn-768-impl cn-43-records-1y cn-43-prepay cn-bankcard-court cn-nfra-15d
cn-nfra-review-30d cn-nfra-review-decide-30d cn-261-atm-24h cn-261-modes cn-86-stop-48h cn-afl-20
cn-samr-accept-7wd cn-samr-mediate-60d cn-samr-mediate-45wd cn-samr-bar-3y cn-order20-report
cn-refund-7d cn-limitation-3y cn-pipl-breach cn-petition cn-reconsider-60d cn-police-review
us-rege-2bd us-rege-500 us-rege-60d-stmt us-rege-notice us-rege-err-60d us-rege-confirm-10bd
us-rege-10bd us-rege-45d us-rege-credit-notice-2bd us-rege-correct-1bd us-rege-report-3bd
us-rege-redebit-5bd us-rege-prepaid-60d us-rem-cancel-30min us-rem-180d us-rem-90d us-regz-60d
us-regz-ack-30d us-regz-resolve us-cfpb-15d us-cfpb-feedback-60d
uk-psr-13m uk-psr-refund-1bd uk-psr-35gbp uk-psr-d1 uk-psr-defective uk-psr-dd-8w uk-disp-ack
uk-disp-3bd uk-disp-psd-15bd uk-disp-8w uk-fos-open uk-fos-6m uk-fos-6y3y uk-app-5bd uk-app-13m
uk-s75
eu-psd2-13m eu-psd2-refund-1bd eu-psd2-50eur eu-psd2-8w eu-psd2-10bd eu-psd2-d1 eu-psd2-89
eu-psd2-15bd eu-adr-90d eu-ipr-10s eu-psr-future
in-tat-upi-p2p in-tat-upi-merchant in-tat-imps in-tat-ppi in-tat-card in-tat-ombud
in-liab-bank-3wd in-liab-bank-credit in-liab-ppi-3d in-liab-ppi-10d in-fraud27-5d in-fraud27-45d
in-fraud27-card-5d in-fraud27-comp in-ios26-30d in-ios26-90d in-ios26-award in-ios21-1y
br-med-80d br-med-7d br-med-11d ke-mpesa-24h ng-cbn-2020 ph-bsp-7-45 id-ojk-10wd my-bnm-2026
sg-eupg hk-svf hk-cobp au-rg271 au-epc ca-56d tw-foi jp wx-refund-365d wx-refund-arrival
pp-dispute-180d pp-escalate-20d cash-60d card-mc-120d card-visa-120d
""".split()  # noqa: SIM905 - a list of quoted names would hide them
)

JURISDICTION = """
instrument:
  id: zz-payments-act
  name: {zh: 示例国支付法, en: Payments Act of Exampleland}
  jurisdiction: ZZ
  zone: Africa/Cairo
  checked_on: 2026-11-23
  expires_on: 2027-05-22
sources:
  act: {title: Payments Act}
defaults:
  source: [act]
  grade: V
rules:
  - id: zz-refund-2wd
    title: {zh: 两个工作日退款, en: Refund in two working days}
    binds: [bank]
    acts: firm
    trigger: complaint_received
    term: 2 working days
    calendars: [zz]
    done: refund_received
"""
CALENDAR = """
id: zz
name: {zh: 示例国, en: Exampleland}
rest: [friday, saturday]
source: act
sources: {act: {title: Holidays Act}}
years:
  2026:
    closed: {'2026-11-26': Founding Day}
"""
CASES = """
- rule: zz-refund-2wd
  events: {complaint_received: 2026-11-25}
  due: 2026-11-30
  overdue_from: 2026-12-01
"""


def test_every_rule_of_the_page_is_there() -> None:
    assert {entry.rule.id for entry in ENTRIES} >= IDS


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda each: each.rule.id)
def test_a_rule_says_where_it_comes_from(entry: Entry) -> None:
    rule = entry.rule
    if rule.grade.unconfirmed:
        return
    assert rule.source
    assert all(entry.sources[key].title for key in rule.source)
    assert entry.instrument.expires_on > entry.instrument.checked_on
    assert rule.title.zh != rule.title.en


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda each: each.rule.id)
def test_what_a_rule_points_to_exists(entry: Entry) -> None:
    rule = entry.rule
    known = {each.rule.id for each in ENTRIES}
    pointed = {each for each in rule.opens if "." not in each}
    pointed |= {rule.supersedes, rule.superseded_by} - {""}
    pointed |= {name for claim in rule.claims for name in claim.kept.values()}
    assert pointed <= known
    cases = {name for case in rule.cases for name in case.calendars}
    assert {*rule.calendars, *cases} <= set(calendars().ids())


def test_one_rule_reads_one_file() -> None:
    fresh = Library()
    fresh.get("us-regz-60d")
    assert len(fresh._files) == 1


def test_a_jurisdiction_is_yaml_and_a_yaml_test_no_code(tmp_path: Path) -> None:
    """Three files and nothing else: the rule, its calendar, its worked examples."""
    law = tmp_path / "law" / "zz"
    law.mkdir(parents=True)
    (law / "payments-act.yaml").write_text(JURISDICTION, encoding="utf-8")
    (tmp_path / "zz.yaml").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "cases.yaml").write_text(CASES, encoding="utf-8")
    entry = Library([DATA, tmp_path]).get("zz-refund-2wd")
    calendar = Calendars(tmp_path).get("zz")
    for case in yaml.safe_load((tmp_path / "cases.yaml").read_text(encoding="utf-8")):
        found = deadline(entry, case["events"], date(2026, 11, 23), [calendar])
        # Thu 26 is a holiday, Fri and Sat are the weekend: Sun 29 and Mon 30 count.
        assert (found.due, found.overdue_from) == (case["due"], case["overdue_from"])


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("    trigger:", "    trigr:", "rule zz-refund-2wd: Object contains unknown field `trigr`"),
        ("2 working days", "2 workdays", "rule zz-refund-2wd, field term: “2 workdays”"),
        ("2 working days", "2 working days + 3 hours", "mixes hours with days"),
        ("complaint_received", "complaint_recieved", "do you mean “complaint_received”"),
        ("acts: firm", "acts: frim", "rule zz-refund-2wd, field acts: Invalid enum value 'frim'"),
        ("grade: V", "grade: V3", "Invalid enum value 'V3'"),
        ("source: [act]", "source: [law]", "no source “law”"),
        ("  source: [act]\n", "", "a fact of grade V needs a source"),
        ("    calendars: [zz]\n", "", "field calendars: working or business days need a calendar"),
        ("    title:", "    title: 3\n    x:", "field title: Expected `object`, got `int`"),
        ("2026-11-23", "2026-11-31", "day is out of range"),
        ("    term: 2 working days\n", "", "either a term or words"),
        ("acts: firm", "acts: firm\n    acts: user", "“acts” stands twice"),
        ("acts: firm", "acts: firm\n    counting: [cc-nxt]", "no convention is called “cc-nxt”"),
        ("jurisdiction: ZZ\n", "\n", "missing required field `jurisdiction`"),
    ],
)  # fmt: skip
def test_a_typo_names_the_file_the_rule_and_the_field(
    tmp_path: Path, wrong: str, right: str, says: str
) -> None:
    assert wrong in JURISDICTION
    law = tmp_path / "law"
    law.mkdir()
    (law / "zz.yaml").write_text(JURISDICTION.replace(wrong, right), encoding="utf-8")
    with pytest.raises(BadRule) as refused:
        list(Library([DATA, tmp_path]))
    assert "law/zz.yaml" in refused.value.message.en
    assert says in refused.value.message.en
    assert "law/zz.yaml" in refused.value.message.zh


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    law = tmp_path / "law"
    law.mkdir()
    text = JURISDICTION.replace("zz-refund-2wd", "us-rege-2bd")
    (law / "zz.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadRule, match=r"law/zz\.yaml: rule us-rege-2bd is in law/us/regulation-e"):
        Library([DATA, tmp_path]).get("us-rege-2bd")


@pytest.mark.parametrize(
    "formula",
    ["__import__('os')", "loss.real", "min(*loss)", "loss if loss else 0", "'a' * 9", "lost", "9*"],
)  # fmt: skip
def test_a_formula_is_arithmetic_on_its_inputs(tmp_path: Path, formula: str) -> None:
    claim = textwrap.indent(
        textwrap.dedent(f"""\
        claims:
          - id: c
            title: {{zh: 甲, en: a}}
            currency: EUR
            inputs: {{loss: {{zh: 损失, en: loss}}}}
            tiers: [{{value: "{formula}"}}]
        """),
        "    ",
    )
    law = tmp_path / "law"
    law.mkdir()
    (law / "zz.yaml").write_text(JURISDICTION + claim, encoding="utf-8")
    with pytest.raises(BadRule, match=r"rule zz-refund-2wd, field claims\.c"):
        list(Library([tmp_path, DATA]))


def test_what_is_due_for_checking() -> None:
    today = {each.id: each for each in due(date(2026, 11, 23))}
    assert not any(each.expired for each in today.values())
    assert today["cn-pboc-reply-15d"].unconfirmed
    assert today["cn"].unconfirmed
    assert "us-rege-2bd" not in today
    later = {each.id: each for each in due(date(2027, 5, 22))}
    assert later["us-rege-2bd"].expired
    assert later["gb-eng"].expired
    assert not {each.id: each for each in due(date(2027, 5, 21))}.get("us-rege-2bd")
