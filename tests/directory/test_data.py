"""The data files: what they must say, what they must not, and which contacts may be shown."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from makewhole.cli.arguments import PROBLEMS
from makewhole.directory import loading
from makewhole.directory.facts import NEEDS_PROOF, About, Contact, Fact, Grade, Source, Way
from makewhole.directory.history import ANSWERED, CONTACTED
from makewhole.directory.provider import Country, Provider
from makewhole.directory.route import event_codes, found_provider, problem_codes
from makewhole.directory.spec import Bound, Clash, RungSpec, Span, Stage, Type, Window
from makewhole.errors import BadData
from makewhole.records import FindingKind
from makewhole.report.words import FINDINGS

HERE = Path(__file__).parent
# Every wallet that complaints are routed for.
WALLETS = (
    *("cn.alipay", "cn.wechatpay", "cn.unionpay", "cn.jdpay", "cn.douyinpay", "cn.meituanpay"),
    *("cn.ecny", "gl.paypal", "us.venmo", "us.cashapp", "us.zelle", "gl.apple", "gl.googlepay"),
    *("gl.samsung", "eu.revolut", "gl.wise", "eu.skrill", "uk.monzo", "in.paytm", "in.phonepe"),
    *("in.gpay", "in.upi", "ke.mpesa", "ph.gcash", "ph.maya", "sg.grabpay", "my.tng"),
    *("id.wallets", "hk.alipayhk", "hk.others", "jp.paypay", "kr.kakaopay", "br.mercadopago"),
    "br.pix",
)


def rungs() -> Iterator[tuple[str, RungSpec]]:
    for code in loading.provider_ids():
        yield from loading.provider(code).rungs.items()
    for code in loading.country_codes():
        yield from loading.country(code).channels.items()


def contacts() -> Iterator[Contact]:
    for code in loading.provider_ids():
        yield from loading.provider(code).contacts.values()
    for code in loading.country_codes():
        for rung in loading.country(code).channels.values():
            yield from (each for each in rung.contacts if isinstance(each, Contact))
        lines = loading.banks(code)
        if lines:
            yield from (*lines.contacts, *lines.operators)


def facts() -> Iterator[Fact]:
    for code in loading.provider_ids():
        yield from loading.provider(code).facts
    for _, rung in rungs():
        yield from rung.facts


def test_every_wallet_is_there() -> None:
    assert sorted(WALLETS) == list(loading.provider_ids())
    assert all(loading.provider(code).id == code for code in WALLETS)


def test_every_country_of_a_wallet_has_channels() -> None:
    for code in WALLETS:
        wallet = loading.provider(code)
        assert set(wallet.countries) <= set(loading.country_codes())
        assert set(wallet.outside) <= set(wallet.countries)
        for country, channels in wallet.outside.items():
            assert set(channels) <= set(loading.country(country).channels)


def test_no_name_means_two_wallets() -> None:
    seen: dict[str, str] = {}
    for code in WALLETS:
        wallet = loading.provider(code)
        for name in {each.casefold() for each in (code, *wallet.aliases, *wallet.name)}:
            assert seen.setdefault(name, code) == code


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("支付宝", ("cn.alipay", "")),
        ("PayPal", ("gl.paypal", "")),
        ("us.paypal", ("gl.paypal", "US")),
        ("CN.WeChatPay", ("cn.wechatpay", "")),
    ],
)
def test_a_wallet_goes_by_its_names(name: str, meant: tuple[str, str]) -> None:
    assert found_provider(name) == meant


def test_sources_have_titles_and_addresses() -> None:
    for key, source in loading.sources().items():
        assert source.title, key
        if source.url:
            parts = urlsplit(source.url)
            assert parts.scheme in {"http", "https"}, key
            assert "." in (parts.hostname or ""), key
    nowhere = {key for key, source in loading.sources().items() if not source.url}
    # A page without a known address may stand beside others, it proves no number.
    for contact in contacts():
        if contact.shown and contact.way in NEEDS_PROOF:
            assert set(contact.source) - nowhere, contact.value


def test_every_source_is_used() -> None:
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in Path(str(loading.DATA)).rglob("*.yaml")
        if path.name != "sources.yaml"
    )
    words = set(re.findall(r"[\w-]+", text))
    assert not set(loading.sources()) - words


def test_two_pages_of_one_site_count_once() -> None:
    def of(url: str) -> str:
        return Source(title="", url=url).publisher

    assert of("https://www.help.wise.com/a") == of("https://wise.com/b") == "wise.com"
    assert of("https://m.standard.co.uk/a") == of("https://standard.co.uk/b") == "standard.co.uk"
    assert of("https://castlehillha.co.uk") != of("https://standard.co.uk")
    assert of("https://bwc.tyut.edu.cn") != of("https://bwc.cug.edu.cn")
    assert not of("")


def test_a_shown_number_has_an_official_page_or_two_publishers() -> None:
    """Written apart from the code that decides it: people lose money to planted hotlines."""
    numbers = {Way.PHONE, Way.SMS, Way.USSD, Way.WHATSAPP, Way.FAX, Way.ACCOUNT}
    known = yaml.safe_load((loading.DATA / "sources.yaml").read_text(encoding="utf-8"))
    shown = [each for each in contacts() if each.shown and each.way in numbers]
    assert shown
    for contact in shown:
        assert contact.grade in {Grade.READ, Grade.REPORTED}, contact.value
        pages = [known[key] for key in contact.source]
        official = any(contact.owner in page.get("official", ()) for page in pages)
        hosts = {urlsplit(page["url"]).netloc for page in pages if "url" in page}
        assert official or len(hosts) > 1, contact.value


def test_the_shown_numbers_are_those_that_a_person_has_looked_at() -> None:
    agreed = yaml.safe_load((HERE / "shown_numbers.yaml").read_text(encoding="utf-8"))
    shown: dict[str, list[str]] = {}
    for contact in contacts():
        if contact.shown and contact.way not in {Way.APP, Way.WEB, Way.CHAT, Way.FORUM, Way.POST}:
            held = shown.setdefault(contact.owner, [])
            if contact.value not in held:
                held.append(contact.value)
    assert shown == agreed


@pytest.mark.parametrize("grade", [Grade.MEMORY, Grade.DOUBTFUL, Grade.SAMPLE])
def test_contacts_of_low_grade_are_never_shown(grade: Grade) -> None:
    low = [each for each in contacts() if each.grade is grade]
    assert not [each.value for each in low if each.shown]


def test_no_fact_hides_a_number_that_is_not_shown() -> None:
    withheld = {each.value for each in contacts() if not each.shown}
    withheld -= {each.value for each in contacts() if each.shown}
    numbers = {value for value in withheld if re.fullmatch(r"[\d+() -]{3,}", value)}
    assert numbers
    for fact in facts():
        words = set(
            re.findall(r"(?<![\d.])[\d+(][\d() -]*\d(?![\d.])", fact.said.zh + " " + fact.said.en)
        )
        assert not words & numbers, fact.said.en


def test_every_fact_and_contact_is_dated() -> None:
    dated: list[Contact | Fact] = [*contacts(), *facts()]
    for each in dated:
        assert each.checked_on is not None
        assert each.expires_on is not None
        days = each.expires_on - each.checked_on
        assert timedelta() < days <= timedelta(days=180)


def test_what_is_urgent_is_checked_more_often() -> None:
    police = loading.country("CN").channels["cn.110"].contacts[0]
    assert isinstance(police, Contact)
    assert police.checked_on is not None
    assert police.expires_on == police.checked_on + timedelta(days=90)


def test_every_text_is_in_two_languages() -> None:
    for fact in facts():
        assert fact.said.zh.strip()
        assert fact.said.en.strip()
        if fact.about is not About.OPERATOR:
            assert not re.search(r"[\u4e00-\u9fff]{12}", fact.said.en), fact.said.en


def test_conditions_rest_on_a_source_or_are_called_ours() -> None:
    for code, rung in rungs():
        for door in rung.opens or ():
            certain = door.grade is not None and door.grade.certain
            assert door.ours or door.grade, code
            assert not certain or door.source, code
            assert not (door.ours and door.grade), code
        bases: list[Window | Bound | Clash] = [*rung.windows, *rung.bounds, *rung.clashes]
        for basis in bases:
            assert not basis.grade.certain or basis.source, code
    for stage, rung in loading.stages().items():
        assert rung.budget, stage
        assert all(door.ours for door in rung.opens or ()), stage
    assert set(loading.stages()) == set(Stage)


def test_only_choices_of_this_house_are_lifted() -> None:
    doors = [door for _, rung in rungs() for door in rung.opens or ()]
    assert not [door for door in doors if door.lifted]


def test_problems_are_those_of_findings_and_more() -> None:
    codes = problem_codes()
    assert codes == PROBLEMS
    assert set(FindingKind) <= set(codes)
    for kind in FindingKind:
        assert loading.problems().problems[kind].name == FINDINGS[kind]


def test_stop_rungs_wait_for_nothing() -> None:
    for code, rung in rungs():
        kind = rung.type or loading.stages()[rung.stage or Stage(code)].type
        if kind is Type.STOP:
            assert not rung.opens, code


WALLET = """
id: xx.made
name: [造, Made]
countries: [CN]
checked_on: 2026-11-23
contacts:
  phone: {way: phone, value: "1", grade: V2, source: [adcc]}
rungs:
  support: {contacts: [phone]}
"""


@pytest.mark.parametrize(
    ("right", "typo", "told"),
    [
        ("value:", "valwue:", "valwue"),
        ("way: phone", "way: fone", "fone"),
        ("grade: V2", "grade: V3", "V3"),
        ("checked_on: 2026-11-23", "checked_on: soon", "checked_on"),
        ("source: [adcc]", "source: [adc]", "source adc"),
        ("contacts: [phone]", "contacts: [fone]", "contact fone"),
        ("  support:", "  xsupport:", "xsupport"),
        ("[造, Made]", "[造]", "name"),
        ("id: xx.made\n", "", "id"),
        ("id: xx.made\n", "id: xx.made\nid: xx.made\n", "'id' stands twice"),
        ("{contacts: [phone]}", "{problems: [thefts]}", "thefts"),
        ("{contacts: [phone]}", "{begins: [complaint_snt]}", "complaint_snt"),
        ("grade: V2, source: [adcc]", "grade: V2", "needs a source"),
        (
            "rungs:",
            "numbers: [{name: [a, b], shape: '[', example: x, grade: S}]\nrungs:",
            "numbers",
        ),
        (
            "rungs:",
            "numbers: [{name: [a, b], shape: 'a', example: x, grade: S}]\nrungs:",
            "numbers",
        ),
        ("id: xx.made", "id: [", "xx.made.yaml"),
    ],
)
def test_a_typo_is_refused_with_file_and_field(right: str, typo: str, told: str) -> None:
    assert right in WALLET
    name = "providers/xx.made.yaml"
    with pytest.raises(BadData) as refused:
        loading.complete_provider(
            name,
            loading.parsed(name, WALLET.replace(right, typo, 1), Provider),
            loading.sources(),
        )
    for text in refused.value.message:
        assert name in text
        assert told in text


def test_a_ladder_names_channels_of_its_file() -> None:
    text = """
country: XX
name: [某地, Somewhere]
calendar: XX
currency: XXX
checked_on: 2026-11-23
ladder: [xx.nobody]
channels: {}
"""
    with pytest.raises(BadData, match=r"xx\.yaml.*xx\.nobody"):
        loading.complete_country(
            "channels/xx.yaml", loading.parsed("channels/xx.yaml", text, Country), {}
        )


def test_events_of_rungs_name_rungs() -> None:
    codes = {code for code, _ in rungs()} | {stage.value for stage in Stage}
    for _, rung in rungs():
        needs = [need for door in rung.opens or () for need in door.needs]
        named = [need.after for need in needs] + list(rung.begins or ()) + list(rung.answers or ())
        for event in named:
            if event.startswith((CONTACTED, ANSWERED)):
                assert event.partition(":")[2] in codes
        assert {clash.other for clash in rung.clashes} <= codes


def test_a_span_has_one_unit() -> None:
    for _, rung in rungs():
        spans = [need.wait for door in rung.opens or () for need in door.needs if need.wait]
        for span in spans:
            set_units = [unit for unit in Span.__struct_fields__ if getattr(span, unit)]
            assert len(set_units) == 1


def test_problems_are_in_the_glossary() -> None:
    glossary = (HERE.parents[1] / "docs" / "glossary.md").read_text(encoding="utf-8")
    for code, problem in loading.problems().problems.items():
        assert f"| `{code}` | {problem.name.en} | {problem.name.zh} |" in glossary


@pytest.mark.parametrize("page", ["directory.md", "directory.zh-CN.md"])
def test_the_reference_names_every_event_stage_and_grade(page: str) -> None:
    text = (HERE.parents[1] / "docs" / "reference" / page).read_text(encoding="utf-8")
    for name in (*event_codes(), *Stage, *Type, *Grade):
        assert f"`{name}`" in text, name
