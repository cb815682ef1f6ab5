import re
from datetime import date, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest

from makewhole.records import FindingKind, MatchKind, Movement
from makewhole.report import MOST_REFUSED, picture, render, words
from makewhole.report.words import confidence, inert, who
from tests.report.household import AS_OF, HOSTILE, Household, calm, troubled


@pytest.fixture(scope="module")
def home() -> Household:
    return troubled()


@pytest.fixture(scope="module")
def page(home: Household) -> str:
    return render(home.reading(), home.scan(), "zh", AS_OF)


def _text(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "input", "br", "path"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(re.sub(r"(<path[^>]*)/>", r"\1>", html))
    assert parser.open == []
    return parser.seen


def test_every_code_has_words() -> None:
    assert set(words.FINDINGS) == set(FindingKind)
    assert set(words.MATCHES) == set(MatchKind)
    assert set(words.MOVEMENTS) == set(Movement)


def test_every_finding_and_every_row_of_proof_appears(home: Household, page: str) -> None:
    findings = page.split('id="findings"')[1].split('id="picture"', maxsplit=1)[0]
    assert findings.count("<article") == len(home.findings)
    shown = _text(findings)
    by_id = {entry.id: entry for entry in home.entries}
    for finding in home.findings:
        for text in (finding.sentence, finding.settles, *finding.caveats):
            assert inert(text.zh) in shown
            assert inert(text.en) in shown
        for name in (*finding.entries, *finding.alternatives):
            entry = by_id[name]
            assert f"{entry.file}，, 第 {entry.line} 行line {entry.line}" in shown
            assert who(entry) in shown
            assert f"{entry.amount:f} {entry.currency}".replace("-", "\u2212") in shown
            assert entry.occurred_on.isoformat() in shown


def test_hostile_words_stay_words(page: str) -> None:
    tags = _tags(page)
    assert [tag for tag, _ in tags].count("script") == 1
    assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
    assert not any("style" in attributes for _, attributes in tags)
    assert inert(HOSTILE) in _text(page)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def test_the_page_needs_nothing_from_outside(page: str) -> None:
    assert not re.search(
        r"(?i)\b(?:https?:|//[a-z]|url\(|@import|data:)", page.split("<body>", maxsplit=1)[0]
    )
    for _, attributes in _tags(page):
        for name in ("src", "href", "action", "data", "srcset"):
            assert (attributes.get(name) or "#").startswith("#")
    assert "http:" not in page
    assert "https:" not in page


def test_the_policy_knows_the_style_and_the_script(page: str) -> None:
    import base64
    import hashlib

    policy = next(
        attributes["content"] or ""
        for tag, attributes in _tags(page)
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    for tag in ("style", "script"):
        inside = page.split(f"<{tag}>")[1].split(f"</{tag}>", maxsplit=1)[0]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize(("lang", "root"), [("zh", "zh-CN"), ("en", "en")])
def test_both_languages_are_inside_and_one_is_shown(home: Household, lang: str, root: str) -> None:
    html = render(home.reading(), home.scan(), lang, AS_OF)
    tags = _tags(html)
    assert tags[0] == ("html", {"lang": root})
    chosen = [each["id"] for tag, each in tags if tag == "input" and "checked" in each]
    assert chosen == [f"show-{lang}"]
    spans = [each["lang"] for tag, each in tags if tag == "span" and "lang" in each]
    assert spans.count("zh-CN") == spans.count("en") > 100


def test_every_link_arrives(page: str) -> None:
    tags = _tags(page)
    places = [each["id"] for _, each in tags if "id" in each]
    assert len(places) == len(set(places))
    links = {(each["href"] or "")[1:] for tag, each in tags if tag == "a"}
    assert links <= set(places)


def test_what_an_export_declares_stands_beside_what_its_rows_give(page: str) -> None:
    shown = _text(page.split('id="statements"')[1])
    assert "1,717.60 (27)1,712.60 (26)≠ 不一致no" in shown.replace("\n", "")


def test_refused_rows_are_shown_up_to_a_stated_number(home: Household) -> None:
    reading = home.reading()
    statement = next(each for each in reading.statements if each.refused)
    object.__setattr__(statement, "refused", statement.refused * (MOST_REFUSED + 7))
    shown = _text(render(reading, home.scan(), "en", AS_OF))
    assert shown.count("not an amount: '12,3x'") == MOST_REFUSED
    assert "Only the first 200 stand here; for 7 more see --json." in shown


def test_a_calm_household() -> None:
    home = calm()
    html = render(home.reading(), home.scan(), "en", AS_OF)
    assert "Nothing wrong was found" in html
    assert 'id="findings"' not in html
    assert html.count('<details class="month" open>') == 1


def test_nothing_at_all() -> None:
    empty = Household()
    html = render(empty.reading(), empty.scan(), "zh", AS_OF)
    assert "没有可以比对的行" in html
    _tags(html)


def test_every_row_is_drawn_once_or_counted(home: Household) -> None:
    months = picture.months(home.reading().entries, home.scan())
    rows = [
        row.entry.id
        for month in months
        for band in month.bands
        for row in (*band.left, *band.right)
        if row
    ]
    assert sorted(rows) == sorted(entry.id for entry in home.entries)
    assert [month.name for month in months] == ["2026-01", "2026-02", "2026-03"]
    assert [bool(month.troubled) for month in months] == [True, False, True]


def test_ten_thousand_rows_stay_usable() -> None:
    home = Household()
    for number in range(5000):
        day = date(2024, 1, 1) + timedelta(days=number % 700)
        paid = home.row("wechat", f"{day} 12:00:00", "-1.00")
        booked = home.row("boc", str(day), "-1.00")
        home.match(MatchKind.SAME_AMOUNT, paid, booked)
    scan = home.scan()
    months = picture.months(home.reading().entries, scan)
    drawn = sum(
        row is not None
        for month in months
        for band in month.bands
        for row in (*band.left, *band.right)
    )
    left_out = sum(sum(month.left_out.values()) for month in months)
    assert drawn <= picture.MOST_CALM
    assert drawn + left_out == 10_000
    html = render(home.reading(), scan, "en", AS_OF)
    assert len(html) < 3_000_000
    assert "Not drawn in this month" in html


def test_pairs_fans_and_loose_ends(home: Household) -> None:
    months = picture.months(home.reading().entries, home.scan())
    curves = {
        curve.path: curve for month in months for band in month.bands for curve in band.curves
    }.values()
    hubs = [curve for curve in curves if curve.dots and curve.tone is picture.Tone.PAIRED]
    assert len(hubs) == 3
    assert sum(curve.loose for curve in curves) == 1
    barred = [curve for curve in curves if "V" in curve.path]
    assert len(barred) == 3
    waiting = [curve for curve in curves if curve.tone is picture.Tone.TRANSIT]
    assert len(waiting) == 1


def test_both_columns_of_a_band_are_equally_long(home: Household) -> None:
    for month in picture.months(home.reading().entries, home.scan()):
        top = 0
        for band in month.bands:
            assert len(band.left) == len(band.right) == band.height <= picture.TALLEST_BAND
            assert band.top == top
            top += band.height


@pytest.mark.parametrize(
    ("value", "word"), [(1.0, "certain"), (0.9, "certain"), (0.7, "likely"), (0.69, "possible")]
)
def test_confidence_in_words(value: float, word: str) -> None:
    assert confidence(value).en == word


def test_a_row_that_never_moved_is_marked(page: str) -> None:
    (row,) = re.findall(r'<li class="row finding unmoved"(.*?)</li>', page, re.DOTALL)
    assert "钱没有动nothing moved" in _text(row)


def test_a_row_shows_the_numbers_of_its_matches_beside_a_finding_too(page: str) -> None:
    rows = re.findall(
        r'<li class="row ([^"]*)"[^>]* data-match="([^"]*)">(.*?)</li>', page, re.DOTALL
    )
    assert {tone.split()[0] for tone, _numbers, _row in rows} >= {"finding", "paired"}
    for _tone, numbers, row in rows:
        assert f"={numbers.replace(' ', ', ')}" in _text(row)


def test_an_account_is_called_by_its_provider(page: str) -> None:
    covered = _text(page.split('id="coverage"')[1].split("</section>", maxsplit=1)[0])
    assert "中国银行 6217Bank of China 6217" in covered
    assert "boc:" not in covered
