"""Which account a wallet's words mean, and when nothing may be concluded from what is missing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from makewhole.reconcile import sentences
from makewhole.reconcile.wording import calling
from makewhole.records import Declared, Entry, Kind, MatchKind, Movement
from makewhole.statements import called
from tests.reconcile.made import bank, kinds, notes, pairs, scanned, shown, wallet

ATM = bank("2026-05-30", "-1.00", "ATM")
SECOND: dict[str, Any] = {"account": "icbc:9999", "card": "9999", "file": "second.csv"}
ATM_THERE = bank("2026-05-30", "-1.00", "ATM", **SECOND)


def payments(number: int, funding: str, start: int = 1) -> list[Entry]:
    """Payments of one day each, with amounts of their own."""
    return [
        wallet(f"2026-03-{day:02d} 12:00:00", f"-{day}.00", funding=funding)
        for day in range(start, start + number)
    ]


def debits(number: int, start: int = 1, **account: Any) -> list[Entry]:
    return [
        bank(f"2026-03-{day:02d}", f"-{day}.00", **account) for day in range(start, start + number)
    ]


def refund(funding: str) -> Entry:
    return wallet("2026-03-25 12:00:00", "80.00", funding=funding)


MISSED = [("refund_not_arrived", "80.00")]
BARE = "工商银行"


def test_a_bank_s_name_alone_means_its_only_account_with_a_caveat() -> None:
    scan = scanned(refund(BARE), ATM)
    assert kinds(scan) == MISSED
    assert scan.findings[0].confidence == 0.72
    assert scan.findings[0].caveats == (sentences.WEAK_LINK,)
    tailed = scanned(refund("工商银行(1234)"), ATM)
    assert tailed.findings[0].confidence == 0.92
    assert tailed.findings[0].caveats == ()


@pytest.mark.parametrize(("paired", "found"), [(2, []), (3, MISSED), (6, MISSED)])
def test_a_bank_s_name_may_mean_two_accounts_until_its_rows_bear_one_out(
    paired: int, found: list[tuple[str, str]]
) -> None:
    scan = scanned(refund(BARE), *payments(paired, BARE), *debits(paired), ATM, ATM_THERE)
    assert kinds(scan) == found


def test_words_borne_out_on_one_account_are_not_looked_for_on_the_other() -> None:
    late = wallet("2026-03-20 12:00:00", "-50.00", funding=BARE)
    here, there = bank("2026-03-21", "-50.00"), bank("2026-03-20", "-50.00", **SECOND)
    few = scanned(late, here, there)
    assert pairs(few) == {("000", "002")}
    many = scanned(late, here, there, *payments(6, BARE), *debits(6))
    assert ("000", "001") in pairs(many)


@pytest.mark.parametrize("funding", ["工商银行(5555)", "招商银行(1234)", "招商银行"])
def test_another_tail_or_another_bank_yields_a_note_with_the_number_of_rows(funding: str) -> None:
    scan = scanned(*payments(4, funding), refund(funding), *debits(4))
    assert kinds(scan) == []
    assert pairs(scan) == set()
    assert notes(scan) == [
        f"5 rows involving “{funding}”: there is no statement of that account to check against"
    ]


@pytest.mark.parametrize("told", [{"5555": "1234"}, {"1234": "5555"}])
def test_two_tails_declared_to_be_one_card_are_one(told: dict[str, str]) -> None:
    rows = (*payments(4, "工商银行(5555)"), refund("工商银行(5555)"), *debits(4))
    scan = scanned(*rows, same_cards=told)
    assert kinds(scan) == MISSED
    assert scan.findings[0].confidence == 0.92
    assert notes(scan) == []


def test_words_that_rarely_pair_yield_a_note_and_no_finding() -> None:
    scan = scanned(*payments(3, BARE), refund(BARE), *debits(1))
    assert kinds(scan) == []
    (note,) = notes(scan)
    assert note.startswith("of 4 rows involving “工商银行” only 1 ")
    assert "--same-card" in note
    assert kinds(scanned(*payments(3, BARE), refund(BARE), *debits(2))) == MISSED


def test_even_a_tail_is_not_believed_where_almost_nothing_pairs() -> None:
    rows = (*payments(5, "工商银行(1234)"), refund("工商银行(1234)"))
    assert kinds(scanned(*rows, *debits(1))) == []
    assert kinds(scanned(*rows, *debits(2))) == MISSED


def test_only_rows_that_moved_money_from_elsewhere_are_counted_as_unfunded() -> None:
    scan = scanned(
        refund("招商银行(9999)"),
        wallet("2026-03-02 12:00:00", "-5.00", funding="招商银行(9999)"),
        wallet("2026-03-02 12:00:00", "-5.00", funding="农业银行"),
        wallet("2026-03-02 12:00:00", "-5.00", funding="零钱"),
        wallet("2026-03-02 12:00:00", "-5.00", funding="建设银行(1)", movement=Movement.NOTHING),
        ATM,
    )
    assert [note.split(":")[0] for note in notes(scan)] == [
        "1 row involving “农业银行”",
        "2 rows involving “招商银行(9999)”",
    ]


@pytest.mark.parametrize(
    ("known", "strays", "concluded"), [(2, 2, True), (2, 3, False), (20, 7, True), (20, 8, False)]
)
def test_a_flood_of_unknown_debits_is_another_wallet_s_and_no_finding(
    known: int,
    strays: int,
    concluded: bool,  # noqa: FBT001
) -> None:
    unknown = [bank(f"2026-04-0{day}", f"-{day}.50", "财付通-某店") for day in range(1, strays + 1)]
    scan = scanned(*payments(known, "工商银行(1234)"), *debits(known), *unknown)
    assert len(kinds(scan)) == (strays if concluded else 0)
    with calling(called()):
        note = sentences.another_wallet("", "wechat", strays).note.en
    assert notes(scan) == [note] * (not concluded)


@pytest.mark.parametrize(
    ("when", "found"),
    [("2026-03-11", 0), ("2026-03-20", 1), ("2026-03-11 12:00:00", 1), ("2026-04-01", 0)],
)
def test_a_debit_is_unknown_where_the_wallet_covers_all_days_it_may_be_from(
    when: str, found: int
) -> None:
    march = Declared(starts_on=date(2026, 3, 10), ends_on=date(2026, 3, 31))
    clock = " 13:00:00" if len(when) > 10 else ""
    known = (
        wallet("2026-03-12 13:00:00", "-5.00", "便利店"),
        bank(f"2026-03-12{clock}", "-5.00", "财付通-便利店"),
    )
    scan = scanned(bank(when, "-66.00"), *known, declared={"wechat.csv": march})
    assert len(kinds(scan)) == found


PAYPAL: dict[str, Any] = {
    "provider": "paypal",
    "account": "paypal:me",
    "currency": "USD",
    "file": "paypal.csv",
}
BANKS: list[dict[str, Any]] = [
    {"provider": "ofx", "account": f"ofx:{at}", "card": "", "currency": "USD", "file": f"{at}.ofx"}
    for at in range(2)
]


def funded(day: int, label: str) -> list[Entry]:
    """A PayPal payment and the row that fetched its money, with the label it does it by."""
    number, here = f"PAYMENT{day:09d}", {**PAYPAL, "funding": ""}
    when = f"2026-03-{day:02d} 12:00:00"
    fetched = {"kind": Kind.FUNDING, "description": label, "merchant_reference": number}
    return [
        wallet(when, f"-{day}.00", reference=number, **here),
        wallet(when, f"{day}.00", "", **{**here, **fetched}),
    ]


def test_paypal_s_labels_are_narrowed_to_the_account_that_each_stands_for() -> None:
    labels = {"Bank Deposit": range(1, 7), "Card Deposit": range(11, 17)}
    usual = [row for label, days in labels.items() for day in days for row in funded(day, label)]
    shown_there = [
        bank(f"2026-03-{day:02d}", f"-{day}.00", "PAYPAL INST XFER", **account)
        for days, account in zip(labels.values(), BANKS, strict=True)
        for day in days
    ]
    last = funded(25, "Bank Deposit")
    sooner = bank("2026-03-25", "-25.00", "PAYPAL INST XFER", **BANKS[1])
    later = bank("2026-03-26", "-25.00", "PAYPAL INST XFER", **BANKS[0])
    scan = scanned(*last, sooner, later, *usual, *shown_there)
    assert ("001", "003") in pairs(scan)
    assert kinds(scan) == [("debited_unrecorded", "25.00")]
    assert shown(scan) == [("002",)]


STEAM = wallet(
    "2026-03-02 12:00:00", "-9.99", "Steam Games", **{**PAYPAL, "funding": "工商银行(1234)"}
)
IN_YUAN = bank("2026-03-03", "-71.20", "PAYPAL *STEAM GAMES")
STATED: dict[str, Any] = {"original": Decimal("-9.99"), "original_currency": "USD"}


def test_foreign_money_pairs_by_the_stated_original_or_a_lone_row_of_the_name() -> None:
    by_name = scanned(STEAM, IN_YUAN)
    assert kinds(by_name) == []
    assert by_name.matches[0].kind is MatchKind.FOREIGN_CURRENCY
    stated = bank("2026-03-04", "-91.20", "PAYPAL *OTHER", **STATED)
    assert pairs(scanned(STEAM, IN_YUAN, stated)) == {("000", "002")}
    assert (
        pairs(scanned(STEAM, IN_YUAN, bank("2026-03-04", "-91.20", IN_YUAN.description))) == set()
    )
    assert pairs(scanned(STEAM, bank("2026-03-03", "-71.20", "PAYPAL *OTHER"))) == set()


MEITUAN: dict[str, Any] = {
    "provider": "meituan",
    "account": "meituan",
    "funding": "微信支付",
    "file": "meituan.csv",
}
MEAL = (
    wallet("2026-03-02 12:00:00", "-33.00", "饭", **MEITUAN),
    wallet("2026-03-02 12:00:05", "-33.00", "美团平台商户"),
    bank("2026-03-02", "-33.00", "财付通-美团平台商户"),
    wallet("2026-03-03 12:00:00", "33.00", "饭", **MEITUAN),
    wallet("2026-03-03 12:01:00", "33.00", "美团平台商户"),
)


def test_a_refund_through_three_parties_is_one_refund() -> None:
    scan = scanned(*MEAL, bank("2026-03-05", "33.00", "财付通-退款"))
    assert kinds(scan) == []
    chains = [match for match in scan.matches if match.kind is MatchKind.CHAIN]
    assert len(chains) == 2
    assert {("000", "001", "002"), ("003", "004", "005")} <= pairs(scan)


def test_a_refund_that_three_parties_miss_counts_once() -> None:
    scan = scanned(*MEAL, ATM)
    assert kinds(scan) == [("refund_not_arrived", "33.00")]
    assert shown(scan) == [("004",)]
    assert ("003", "004") in pairs(scan)


def test_words_set_aside_are_noted_and_their_rows_accuse_nobody() -> None:
    bare = [
        wallet(f"2026-03-{day:02d} 12:00:00", f"-{day}.00", funding="工商银行")
        for day in (1, 10, 11, 12, 13, 14)
    ]
    known = [wallet(f"2026-03-{day} 12:00:00", f"-{day}.00") for day in (20, 21)]
    at_bank = [bank(f"2026-03-{day:02d}", f"-{day}.00") for day in (1, 20, 21)]
    scan = scanned(*bare, *known, *at_bank)
    assert kinds(scan) == []
    assert any("of 6 rows involving “工商银行” only 1" in each.note.en for each in scan.coverage)
