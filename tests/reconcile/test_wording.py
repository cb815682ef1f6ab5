"""What a finding says, word by word, in both languages."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from makewhole.reconcile.wording import count
from makewhole.records import Entry, Kind, Movement, Scan
from tests.reconcile.made import bank, kinds, scanned, wallet

ATM = bank("2026-05-30", "-1.00", "ATM")
FAILED: dict[str, Any] = {"movement": Movement.NOTHING, "status_word": "交易关闭"}


def row(amount: str, **fields: Any) -> Entry:
    return wallet("2026-03-02 12:01:00", amount, **fields)


class Case(NamedTuple):
    """Rows, and the one sentence that is said about them."""

    kind: str
    rows: tuple[Entry, ...]
    zh: str
    en: str


CASES = [
    Case(
        "debited_unpaid",
        (row("-28.00", **FAILED), bank("2026-03-03", "-28.00")),
        "微信支付：2026-03-02 12:01:00 的 28.00 元（兰州拉面）的状态是“交易关闭”；"
        "工商银行(1234)却在 2026-03-03 扣了 28.00 元，账单到 2026-06-30 为止没有退回。",
        "WeChat Pay says “交易关闭” for 28.00 CNY on 2026-03-02 12:01:00 (兰州拉面), yet ICBC "
        "(1234) debited 28.00 CNY on 2026-03-03; no credit gives it back up to 2026-06-30.",
    ),
    Case(
        "debited_unpaid",
        (row("-28.00", **FAILED), bank("2026-03-03", "-28.00"), bank("2026-03-05", "8.00")),
        "微信支付：2026-03-02 12:01:00 的 28.00 元（兰州拉面）的状态是“交易关闭”；"
        "工商银行(1234)却在 2026-03-03 扣了 28.00 元，只退回了 8.00 元，还差 20.00 元。",
        "WeChat Pay says “交易关闭” for 28.00 CNY on 2026-03-02 12:01:00 (兰州拉面), yet ICBC "
        "(1234) debited 28.00 CNY on 2026-03-03; 8.00 CNY came back, 20.00 CNY did not.",
    ),
    Case(
        "charged_twice",
        (row("-28.00"), bank("2026-03-03", "-28.00"), bank("2026-03-03", "-28.00")),
        "微信支付只有一笔：2026-03-02 12:01:00 的 28.00 元（兰州拉面）；"
        "工商银行(1234)却在 2026-03-03 扣了两次 28.00 元。",
        "WeChat Pay shows one payment, 28.00 CNY on 2026-03-02 12:01:00 (兰州拉面); ICBC (1234) "
        "debited 28.00 CNY twice on 2026-03-03.",
    ),
    Case(
        "charged_twice",
        (row("-28.00"), bank("2026-03-03", "-28.00"), bank("2026-03-04", "-28.00")),
        "微信支付只有一笔：2026-03-02 12:01:00 的 28.00 元（兰州拉面）；"
        "工商银行(1234)却在 2026-03-03 和 2026-03-04 各扣了 28.00 元。",
        "WeChat Pay shows one payment, 28.00 CNY on 2026-03-02 12:01:00 (兰州拉面); ICBC (1234) "
        "debited 28.00 CNY on 2026-03-03 and again on 2026-03-04.",
    ),
    Case(
        "debited_unrecorded",
        (row("-5.00"), bank("2026-03-02", "-5.00"), bank("2026-03-20", "-66.00", "财付通-某店")),
        "工商银行(1234)有一笔经微信支付的扣款：2026-03-20 的 66.00 元（财付通-某店）；"
        "微信支付的账单覆盖这段时间，却没有这一笔。",
        "ICBC (1234) debited 66.00 CNY on 2026-03-20 (财付通-某店) through WeChat Pay; WeChat "
        "Pay's export covers that time and has no such row.",
    ),
    Case(
        "sent_not_arrived",
        (row("-100.00", kind=Kind.WITHDRAWAL, status_word="提现已到账"), ATM),
        "微信支付显示 2026-03-02 12:01:00 的 100.00 元（兰州拉面）已转到“工商银行(1234)”，"
        "状态“提现已到账”；工商银行(1234)的账单到 2026-06-30 为止没有这笔入账。",
        "WeChat Pay sent 100.00 CNY on 2026-03-02 12:01:00 (兰州拉面) to “工商银行(1234)” with "
        "status “提现已到账”; the statement of ICBC (1234) shows no such credit up to 2026-06-30.",
    ),
    Case(
        "refund_not_arrived",
        (row("80.00"), ATM),
        "微信支付显示 2026-03-02 12:01:00 的 80.00 元（兰州拉面）已退到“工商银行(1234)”；"
        "工商银行(1234)的账单到 2026-06-30 为止没有这笔入账。",
        "WeChat Pay shows a refund of 80.00 CNY on 2026-03-02 12:01:00 (兰州拉面) to “工商银行"
        "(1234)”; the statement of ICBC (1234) shows no such credit up to 2026-06-30.",
    ),
    Case(
        "refund_short",
        (row("80.00"), bank("2026-03-04", "45.00"), bank("2026-03-05", "30.00")),
        "微信支付退款 2026-03-02 12:01:00 的 80.00 元（兰州拉面）；工商银行(1234)只在 "
        "2026-03-04 入账 45.00 元、2026-03-05 入账 30.00 元，还差 5.00 元。",
        "WeChat Pay refunded 80.00 CNY on 2026-03-02 12:01:00 (兰州拉面); ICBC (1234) was credited "
        "only 45.00 CNY on 2026-03-04 and 30.00 CNY on 2026-03-05, 5.00 CNY short.",
    ),
    Case(
        "amount_differs",
        (row("-80.00"), bank("2026-03-02", "-82.00")),
        "微信支付记的是 2026-03-02 12:01:00 的 80.00 元（兰州拉面）；"
        "工商银行(1234)在 2026-03-02 扣了 82.00 元，比微信支付多 2.00 元。",
        "WeChat Pay shows 80.00 CNY on 2026-03-02 12:01:00 (兰州拉面); ICBC (1234) debited 82.00 "
        "CNY on 2026-03-02, 2.00 CNY more than WeChat Pay shows.",
    ),
    Case(
        "pending_too_long",
        (
            row("-80.00", movement=Movement.UNDECIDED, status_word="待确认收货"),
            bank("2026-03-02", "-80.00"),
        ),
        "微信支付：2026-03-02 12:01:00 的 80.00 元（兰州拉面）到 2026-06-30 仍是“待确认收货”，"
        "已经 120 天，银行已经扣款。",
        "WeChat Pay shows 80.00 CNY on 2026-03-02 12:01:00 (兰州拉面); on 2026-06-30, after 120 "
        "days, it still said “待确认收货”, and the bank has debited it.",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
def test_a_finding_says_what_the_rows_say(case: Case) -> None:
    (finding,) = scanned(*case.rows).findings
    assert finding.kind == case.kind
    assert finding.sentence.zh == case.zh
    assert finding.sentence.en == case.en


ANNOUNCED = row("-80.00", refunded=Decimal("39.93"), status_word="已退款(￥39.93)")


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        (
            (bank("2026-03-02", "-80.00"),),
            "no refund of 39.93 CNY is seen: neither a refund row nor a credit at the bank.",
        ),
        (
            (
                bank("2026-03-02", "-80.00"),
                wallet("2026-03-05 10:00:00", "20.00"),
                bank("2026-03-06", "20.00"),
            ),
            "refunds of 20.00 CNY are seen, 19.93 CNY short.",
        ),
    ],
)
def test_an_announced_refund_is_told_by_what_is_seen_of_it(
    rows: tuple[Entry, ...], end: str
) -> None:
    (finding,) = scanned(ANNOUNCED, *rows).findings
    start = "WeChat Pay says “已退款(￥39.93)” for 80.00 CNY on 2026-03-02 12:01:00 (兰州拉面); "
    assert finding.sentence.en == start + end


def all_chinese(scan: Scan) -> Iterator[str]:
    for finding in scan.findings:
        yield from (text.zh for text in (finding.sentence, finding.settles, *finding.caveats))
    yield from (match.why.zh for match in scan.matches)
    yield from (each.why.zh for each in scan.in_transit)
    yield from (each.note.zh for each in scan.coverage)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
def test_chinese_words_stand_without_blanks_between_them(case: Case) -> None:
    for text in all_chinese(scanned(*case.rows)):
        assert not re.search(r"[\u4e00-\u9fff] +[\u4e00-\u9fff]", text)
        assert " CNY" not in text


@pytest.mark.parametrize(
    ("booked", "zh", "en"),
    [
        ("2026-03-02", "同一天", "the same day"),
        ("2026-03-03", "银行晚 1 天", "the bank 1 day later"),
        ("2026-03-05", "银行晚 3 天", "the bank 3 days later"),
        ("2026-03-01", "银行早 1 天", "the bank 1 day earlier"),
    ],
)
def test_a_match_says_why_in_both_languages(booked: str, zh: str, en: str) -> None:
    (match,) = scanned(row("-28.00"), bank(booked, "-28.00")).matches
    assert match.why.zh == (
        f"金额相同 28.00 元；{zh}；卡号尾号对应工商银行(1234)；银行行写明微信支付；对方名称相符"
    )
    assert match.why.en == (
        f"the same amount 28.00 CNY; {en}; the card tail is that of ICBC (1234); "
        "the bank's row names WeChat Pay; the other party's name agrees"
    )


def test_latin_names_are_set_off_in_chinese_and_other_money_keeps_its_code() -> None:
    here: dict[str, Any] = {"provider": "paypal", "currency": "USD"}
    scan = scanned(row("-9.99", **here), bank("2026-03-02", "-9.99", "PAYPAL *X", currency="USD"))
    assert kinds(scan) == []
    assert "银行行写明 PayPal" in scan.matches[0].why.zh
    assert "9.99 USD" in scan.matches[0].why.zh


def test_units_are_plural_but_for_one() -> None:
    assert [count(number, "row") for number in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
