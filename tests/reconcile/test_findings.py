"""Each finding kind with a case that must show it and cases that must not."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from makewhole.reconcile.sentences import MAY_STILL_RETURN
from makewhole.records import Declared, Kind, MatchKind, Movement
from tests.reconcile.made import BEIJING, bank, kinds, pairs, scanned, shown, waits, wallet

FAILED: dict[str, Any] = {"movement": Movement.NOTHING, "status_word": "交易关闭"}


def test_a_clean_pair_has_no_finding_and_says_why_it_paired() -> None:
    scan = scanned(wallet("2026-03-02 12:01:00", "-28.00"), bank("2026-03-03", "-28.00"))
    assert kinds(scan) == []
    (match,) = scan.matches
    assert match.kind is MatchKind.SAME_AMOUNT
    assert "28.00 CNY" in match.why.en
    assert "1 day later" in match.why.en
    assert "1234" in match.why.zh


def test_debited_unpaid() -> None:
    scan = scanned(wallet("2026-03-02 12:01:00", "-28.00", **FAILED), bank("2026-03-02", "-28.00"))
    assert kinds(scan) == [("debited_unpaid", "28.00")]
    assert scan.findings[0].entries == ("wechat.csv:000", "icbc.csv:001")


def test_a_failed_payment_that_the_bank_gave_back_is_no_finding() -> None:
    scan = scanned(
        wallet("2026-03-02 12:01:00", "-28.00", **FAILED),
        bank("2026-03-02", "-28.00"),
        bank("2026-03-04", "28.00", "财付通-退款"),
    )
    assert kinds(scan) == []
    assert ("000", "001", "002") in pairs(scan)


def test_a_retry_that_succeeded_leaves_only_the_failed_debit() -> None:
    scan = scanned(
        wallet("2026-03-02 12:01:00", "-28.00", **FAILED),
        wallet("2026-03-02 12:03:00", "-28.00"),
        bank("2026-03-02", "-28.00"),
        bank("2026-03-02", "-28.00"),
    )
    assert kinds(scan) == [("debited_unpaid", "28.00")]
    assert len(scan.findings[0].alternatives) == 1


def test_debited_unrecorded_needs_a_wallet_known_to_use_the_card() -> None:
    known = [wallet("2026-03-01 09:00:00", "-5.00"), bank("2026-03-01", "-5.00")]
    stray = bank("2026-03-20", "-66.00", "财付通-某商店")
    assert kinds(scanned(*known, stray)) == [("debited_unrecorded", "66.00")]
    assert kinds(scanned(stray)) == []
    elsewhere = wallet("2026-03-01 09:00:00", "-5.00", funding="零钱")
    assert kinds(scanned(elsewhere, stray)) == []


def test_a_debit_outside_the_wallets_period_is_no_finding() -> None:
    scan = scanned(
        wallet("2026-03-01 09:00:00", "-5.00"),
        bank("2026-03-01", "-5.00"),
        bank("2026-05-20", "-66.00", "财付通-某商店"),
        declared={"wechat.csv": Declared(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 31))},
    )
    assert kinds(scan) == []


def test_a_trimmed_export_accuses_nobody() -> None:
    whole = Declared(starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30), rows=66)
    scan = scanned(
        wallet("2026-03-01 09:00:00", "-5.00"),
        bank("2026-03-01", "-5.00"),
        bank("2026-03-20", "-66.00", "财付通-某商店"),
        declared={"wechat.csv": whole},
    )
    assert kinds(scan) == []
    assert any("fewer rows than it declares" in each.note.en for each in scan.coverage)


def test_charged_twice() -> None:
    scan = scanned(
        wallet("2026-03-02 12:01:00", "-28.00"),
        bank("2026-03-02", "-28.00"),
        bank("2026-03-03", "-28.00"),
    )
    assert kinds(scan) == [("charged_twice", "28.00")]
    assert len(scan.findings[0].entries) == 3


def test_a_missing_coffee_among_daily_coffees_is_unrecorded_and_not_twice() -> None:
    days = [f"2026-03-{day:02d}" for day in range(2, 16)]
    rows = [bank(day, "-9.90", "财付通-瑞幸咖啡") for day in days]
    drinks = [wallet(f"{day} 08:30:00", "-9.90", "瑞幸咖啡") for day in days if day[-2:] != "09"]
    scan = scanned(*drinks, *rows)
    assert kinds(scan) == [("debited_unrecorded", "9.90")]


def test_equal_amounts_on_one_day_leave_one_open_and_say_so() -> None:
    rows = [bank("2026-03-02", "-9.90", "财付通-瑞幸咖啡") for _ in range(3)]
    drinks = [wallet(f"2026-03-02 0{hour}:30:00", "-9.90", "瑞幸咖啡") for hour in (7, 8)]
    scan = scanned(*drinks, *rows)
    assert len(scan.findings) == 1
    assert any(
        "rows is open, not necessarily the one shown" in caveat.en
        for caveat in scan.findings[0].caveats
    )


WITHDRAWAL: dict[str, Any] = {
    "kind": Kind.WITHDRAWAL,
    "status_word": "提现已到账",
    "counterparty": "工商银行",
    "fee": Decimal("0.10"),
}


def test_sent_not_arrived_counts_the_amount_after_the_fee() -> None:
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-100.10", **WITHDRAWAL), bank("2026-04-30", "-1", "ATM")
    )
    assert kinds(scan) == [("sent_not_arrived", "100.00")]


def test_a_withdrawal_less_its_fee_arrives() -> None:
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-100.10", **WITHDRAWAL),
        bank("2026-03-02", "100.00", "财付通-提现", kind=Kind.INCOME),
    )
    assert kinds(scan) == []
    assert pairs(scan) == {("000", "001")}


def test_refund_not_arrived() -> None:
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-80.00"),
        bank("2026-03-02", "-80.00"),
        wallet("2026-03-05 12:00:00", "80.00"),
        bank("2026-05-30", "-1.00", "ATM"),
    )
    assert kinds(scan) == [("refund_not_arrived", "80.00")]


def test_a_refund_within_its_usual_time_is_in_transit() -> None:
    until = Declared(starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 8))
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-80.00"),
        bank("2026-03-02", "-80.00"),
        wallet("2026-03-05 12:00:00", "80.00"),
        declared={"icbc.csv": until},
    )
    assert kinds(scan) == []
    (transit,) = scan.in_transit
    assert transit.entry == "wechat.csv:002"
    assert transit.late_from == date(2026, 3, 16)


@pytest.mark.parametrize("parts", [["80.00"], ["30.00", "50.00"]])
def test_refunds_may_come_whole_or_split(parts: list[str]) -> None:
    back = [bank(f"2026-03-{7 + at:02d}", value) for at, value in enumerate(parts)]
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-80.00"),
        bank("2026-03-02", "-80.00"),
        wallet("2026-03-05 12:00:00", "80.00"),
        *back,
    )
    assert kinds(scan) == []


def test_two_refunds_may_come_merged() -> None:
    scan = scanned(
        wallet("2026-03-05 12:00:00", "30.00"),
        wallet("2026-03-06 12:00:00", "50.00"),
        bank("2026-03-08", "80.00"),
    )
    assert kinds(scan) == []
    assert pairs(scan) == {("000", "001", "002")}


def test_refund_short() -> None:
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-80.00"),
        bank("2026-03-02", "-80.00"),
        wallet("2026-03-05 12:00:00", "80.00"),
        bank("2026-03-07", "75.00"),
    )
    assert kinds(scan) == [("refund_short", "5.00")]


def test_refund_announced_not_seen() -> None:
    exported = Declared(
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 6, 30),
        exported_at=datetime(2026, 6, 30, 20, 0, tzinfo=BEIJING),
    )
    row = wallet(
        "2026-03-02 12:00:00", "-80.00", refunded=Decimal("39.93"), status_word="已退款(￥39.93)"
    )
    scan = scanned(row, bank("2026-03-02", "-80.00"), declared={"wechat.csv": exported})
    assert kinds(scan) == [("refund_announced_not_seen", "39.93")]


def test_an_announced_refund_that_only_the_bank_shows_is_no_finding() -> None:
    row = wallet(
        "2026-03-02 12:00:00", "-80.00", refunded=Decimal("39.93"), status_word="已退款(￥39.93)"
    )
    scan = scanned(row, bank("2026-03-02", "-80.00"), bank("2026-03-09", "39.93"))
    assert kinds(scan) == []


@pytest.mark.parametrize(("booked", "difference"), [("-82.00", "2.00"), ("-79.00", "1.00")])
def test_amount_differs(booked: str, difference: str) -> None:
    scan = scanned(wallet("2026-03-02 12:00:00", "-80.00"), bank("2026-03-02", booked))
    assert kinds(scan) == [("amount_differs", difference)]


def test_combined_funding_explains_a_smaller_debit() -> None:
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-80.00", funding="工商银行(1234)&红包"),
        bank("2026-03-02", "-77.00"),
    )
    assert kinds(scan) == []
    assert scan.matches[0].kind is MatchKind.COMBINED_FUNDING


def test_each_combined_payment_has_the_debit_that_is_nearest_in_days_and_amount() -> None:
    both = {"funding": "工商银行(1234)&红包"}
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-50.00", "老周", **both),
        wallet("2026-03-05 12:00:00", "-20.00", "阿黎", **both),
        wallet("2026-03-09 12:00:00", "-16.00", **both),
        bank("2026-03-02", "-50.00", "财付通-转账"),
        bank("2026-03-05", "-20.00", "财付通-转账"),
        bank("2026-03-09", "-11.66"),
        bank("2026-03-10", "-16.00"),
    )
    assert {("000", "003"), ("001", "004"), ("002", "005")} <= pairs(scan)
    assert shown(scan) == [("006",)]


@pytest.mark.parametrize(("end", "open_still"), [("2026-06-30", False), ("2026-03-05", True)])
def test_a_double_charge_may_still_be_returned_where_the_statement_ends_soon(
    end: str, *, open_still: bool
) -> None:
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-28.00"),
        bank("2026-03-02", "-28.00"),
        bank("2026-03-02", "-28.00"),
        covered=("2026-01-01", end),
    )
    assert kinds(scan) == [("charged_twice", "28.00")]
    assert (MAY_STILL_RETURN in scan.findings[0].caveats) is open_still


def test_a_credit_gives_back_the_debit_with_its_words_before_a_stranger_of_the_day() -> None:
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-28.00"),
        bank("2026-03-02", "-28.00"),
        bank("2026-03-02", "-28.00"),
        bank("2026-03-05", "-28.00", "移联通信 消费"),
        bank("2026-03-05", "28.00", "财付通-兰州拉面 退款"),
    )
    assert kinds(scan) == []
    assert {name for pair in pairs(scan) for name in pair} == {"000", "001", "002", "004"}


BY_DAY, BY_NIGHT = "2026-03-10 12:00:03", "2026-03-12 03:20:00"
EDGE_BY_DAY, EDGE_BY_NIGHT, LATER_BY_NIGHT = (
    "2026-03-03 15:20:00",
    "2026-03-03 03:20:00",
    "2026-03-20 03:20:00",
)


@pytest.mark.parametrize(
    ("booked", "when", "found"),
    [
        (BY_NIGHT, EDGE_BY_NIGHT, False),
        (BY_NIGHT, EDGE_BY_DAY, True),
        (BY_NIGHT, LATER_BY_NIGHT, True),
        (BY_DAY, EDGE_BY_NIGHT, True),
    ],
)
def test_a_bank_that_books_late_by_night_may_book_what_was_paid_before_the_export(
    booked: str, when: str, *, found: bool
) -> None:
    scan = scanned(
        wallet("2026-03-10 12:00:00", "-28.00"),
        bank(booked, "-28.00"),
        bank(when, "-66.00"),
        covered=("2026-03-01", "2026-06-30"),
    )
    assert kinds(scan) == ([("debited_unrecorded", "66.00")] if found else [])


def test_a_masked_shop_name_of_jd_is_recorded_too() -> None:
    mine = {"provider": "jd", "account": "jd:me", "file": "jd.csv", "counterparty": "京东平台商户"}
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-40.00", **mine),
        bank("2026-03-02", "-40.00", "网银在线-京***商户"),
        bank("2026-03-20", "-175.96", "网银在线-京***商户"),
    )
    assert kinds(scan) == [("debited_unrecorded", "175.96")]


def test_pending_too_long_counts_to_the_day_of_export() -> None:
    waiting: dict[str, Any] = {
        "movement": Movement.UNDECIDED,
        "status_word": "待对方收款",
        "funding": "零钱",
    }
    row = wallet("2026-03-02 12:00:00", "-80.00", **waiting)
    soon = Declared(
        starts_on=date(2026, 3, 1),
        ends_on=date(2026, 3, 3),
        exported_at=datetime(2026, 3, 3, 12, 0, tzinfo=BEIJING),
    )
    assert kinds(scanned(row)) == [("pending_too_long", "80.00")]
    early = scanned(row, declared={"wechat.csv": soon})
    assert kinds(early) == []
    assert len(early.in_transit) == 1


def test_a_later_export_that_does_not_hold_the_day_says_nothing_of_a_pending_row() -> None:
    row = wallet("2026-03-02 12:00:00", "-80.00", movement=Movement.UNDECIDED)
    later = wallet("2026-06-02 12:00:00", "-5.00", file="later.csv")
    march = Declared(starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 4))
    june = Declared(starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 30))
    both = Declared(starts_on=date(2026, 3, 1), ends_on=date(2026, 6, 30))
    apart = scanned(row, later, declared={"wechat.csv": march, "later.csv": june})
    assert kinds(apart) == []
    assert waits(apart) == [("000", "2026-03-06")]
    again = scanned(row, later, declared={"wechat.csv": march, "later.csv": both})
    assert kinds(again) == [("pending_too_long", "80.00")]


def test_a_funding_source_without_a_statement_yields_a_note() -> None:
    scan = scanned(
        wallet("2026-03-05 12:00:00", "80.00", funding="招商银行(9999)"),
        bank("2026-03-09", "-1", "ATM"),
    )
    assert kinds(scan) == []
    assert any("招商银行(9999)" in each.note.zh for each in scan.coverage)


def test_a_card_known_under_two_tails_has_to_be_declared() -> None:
    rows = (
        wallet("2026-03-05 12:00:00", "80.00", funding="工商银行(5555)"),
        bank("2026-05-09", "-1", "ATM"),
    )
    assert kinds(scanned(*rows)) == []
    assert kinds(scanned(*rows, same_cards={"5555": "1234"})) == [("refund_not_arrived", "80.00")]


def test_three_parties_are_one_payment() -> None:
    food = wallet(
        "2026-03-02 12:00:00",
        "-33.00",
        "饭",
        provider="meituan",
        account="meituan",
        funding="微信支付",
        file="meituan.csv",
    )
    paid = wallet("2026-03-02 12:00:05", "-33.00", "美团平台商户")
    scan = scanned(food, paid, bank("2026-03-02", "-33.00", "财付通-美团平台商户"))
    assert kinds(scan) == []
    assert ("000", "001", "002") in pairs(scan)


def test_a_booking_over_the_spring_festival_is_late_and_still_the_payment() -> None:
    scan = scanned(wallet("2026-02-14 12:00:00", "-66.60"), bank("2026-02-24", "-66.60"))
    assert pairs(scan) == {("000", "001")}


def test_transfers_between_own_accounts_are_matched_and_no_finding() -> None:
    other: dict[str, Any] = {"account": "ccb:9", "provider": "ccb", "card": "9", "file": "ccb.csv"}
    scan = scanned(
        bank("2026-03-02", "-500.00", "网转 张三"),
        bank("2026-03-02", "500.00", "转账 张三", kind=Kind.INCOME, **other),
    )
    assert kinds(scan) == []
    assert scan.matches[0].kind is MatchKind.OWN_TRANSFER


def test_the_order_of_rows_changes_nothing_and_a_stranger_statement_neither() -> None:
    rows = [
        wallet("2026-03-02 12:00:00", "-80.00", named="a"),
        wallet("2026-03-05 12:00:00", "80.00", named="b"),
        bank("2026-03-02", "-80.00", named="c"),
        bank("2026-03-03", "-80.00", named="d"),
    ]
    there, back = scanned(*rows), scanned(*reversed(rows))
    assert kinds(there) == kinds(back)
    stranger = bank(
        "2026-03-04",
        "-80.00",
        "财付通-兰州拉面",
        account="cmb:7777",
        provider="cmb",
        card="7777",
        file="cmb.csv",
    )
    assert kinds(scanned(*rows, stranger)) == kinds(there)
