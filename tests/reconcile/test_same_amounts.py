"""Which of several rows of one amount is the payment: by words, days, clocks and sums."""

from datetime import date, timedelta
from typing import Any

import pytest

from makewhole.records import Entry, Kind, MatchKind, Movement
from tests.reconcile.made import bank, kinds, pairs, scanned, wallet

NAMELESS = "财付通-快捷支付"


def paid(when: str, amount: str = "-9.90", name: str = "兰州拉面", **fields: Any) -> Entry:
    return wallet(f"{when} 18:00:00" if len(when) == 10 else when, amount, name, **fields)


def booked(
    when: str, words: str = "财付通-兰州拉面", amount: str = "-9.90", **fields: Any
) -> Entry:
    return bank(when, amount, words, **fields)


def test_a_row_of_the_day_without_a_name_comes_before_a_named_one_days_later() -> None:
    scan = scanned(paid("2026-03-02"), booked("2026-03-02", NAMELESS), booked("2026-03-06"))
    assert pairs(scan) == {("000", "001")}
    assert kinds(scan) == [("debited_unrecorded", "9.90")]


def test_of_rows_of_one_day_the_named_one_is_taken() -> None:
    scan = scanned(
        paid("2026-03-02 08:00:00"),
        paid("2026-03-02 09:00:00", name="便利店"),
        booked("2026-03-02", "财付通-便利店"),
        booked("2026-03-02"),
    )
    assert pairs(scan) == {("000", "003"), ("001", "002")}


def test_neighbours_move_where_that_leaves_nobody_alone() -> None:
    payments = paid("2026-03-02"), paid("2026-03-06")
    scan = scanned(*payments, booked("2026-03-06"), booked("2026-03-10"))
    assert pairs(scan) == {("000", "002"), ("001", "003")}
    assert kinds(scan) == []


@pytest.mark.parametrize(
    ("day", "last", "too_late"),
    [
        ("2026-03-06", "2026-03-13", "2026-03-14"),
        ("2026-09-30", "2026-10-14", "2026-10-15"),
    ],
    ids=["weekend", "National Day"],
)
def test_booking_takes_five_working_days_at_most(day: str, last: str, too_late: str) -> None:
    year: dict[str, Any] = {"covered": ("2026-01-01", "2026-12-31"), "as_of": date(2027, 1, 1)}
    assert pairs(scanned(paid(day), booked(last), **year)) == {("000", "001")}
    late = scanned(paid(day), booked(too_late), **year)
    assert kinds(late) == [("debited_unrecorded", "9.90")]


def test_a_row_of_the_day_before_is_the_last_resort() -> None:
    early = booked("2026-03-01")
    assert pairs(scanned(paid("2026-03-02"), early)) == {("000", "001")}
    assert pairs(scanned(paid("2026-03-02"), early, booked("2026-03-09"))) == {("000", "002")}
    assert pairs(scanned(paid("2026-03-02"), booked("2026-02-28"))) == set()


def test_an_account_that_books_two_days_later_is_expected_to() -> None:
    start = date(2026, 2, 2)
    days = [start + timedelta(days=at) for at in range(12)]
    usual = [
        row
        for at, day in enumerate(days, 1)
        for row in (
            paid(str(day), f"-{at}.00"),
            booked(str(day + timedelta(days=2)), amount=f"-{at}.00"),
        )
    ]
    rows = (paid("2026-03-02"), booked("2026-03-02"), booked("2026-03-04"))
    assert ("000", "002") in pairs(scanned(*rows, *usual))
    assert ("000", "001") in pairs(scanned(*rows, *usual[:8]))


def test_clocks_may_be_seconds_apart_either_way() -> None:
    rows = [paid("2026-03-02 23:59:58"), paid("2026-03-03 12:00:05"), paid("2026-03-03 12:20:00")]
    clocks = ["2026-03-03 00:00:02", "2026-03-03 12:00:00", "2026-03-03 12:19:55"]
    scan = scanned(*rows, *map(booked, clocks))
    assert pairs(scan) == {("000", "003"), ("001", "004"), ("002", "005")}


def test_a_time_that_all_rows_share_is_no_time() -> None:
    days = ["2026-03-02", "2026-03-03", "2026-03-04"]
    noon = [booked(f"{day} 12:00:00") for day in days]
    assert pairs(scanned(*map(paid, days), *noon)) == {
        ("000", "003"),
        ("001", "004"),
        ("002", "005"),
    }
    assert "the same day" in scanned(*map(paid, days), *noon).matches[0].why.en


PAYPAL: dict[str, Any] = {
    "provider": "paypal",
    "account": "paypal:me",
    "funding": "",
    "currency": "USD",
    "file": "paypal.csv",
}
OFX: dict[str, Any] = {
    "provider": "ofx",
    "account": "ofx:1",
    "card": "",
    "currency": "USD",
    "file": "bank.ofx",
}


def test_the_day_that_the_bank_s_words_state_comes_before_the_day_of_booking() -> None:
    payments = paid("2026-03-02", **PAYPAL), paid("2026-03-08", **PAYPAL)
    rows = [
        booked(f"2026-03-{day}", f"PAYPAL INST XFER {stated}", **OFX)
        for day, stated in (("10", "260302"), ("09", "260308"))
    ]
    assert pairs(scanned(*payments, *rows)) == {("000", "002"), ("001", "003")}


@pytest.mark.parametrize("words", ["抖音支付-兰州拉面", "支付宝-兰州拉面", "兰州拉面 Apple Pay"])
@pytest.mark.parametrize("amount", ["-9.90", "9.90"])
def test_a_row_of_another_wallet_is_never_taken(words: str, amount: str) -> None:
    rows = paid("2026-03-02", amount), booked("2026-03-02", words, amount)
    assert pairs(scanned(*rows)) == set()


@pytest.mark.parametrize("amount", ["-9.90", "9.90"])
def test_a_silent_row_may_be_the_wallet_s_only_where_the_bank_never_names_one(amount: str) -> None:
    rows = paid("2026-03-02", amount), booked("2026-03-03", "POS PURCHASE 0001", amount)
    named = paid("2026-04-02", "-5.00"), booked("2026-04-02", amount="-5.00")
    assert pairs(scanned(*rows)) == {("000", "001")}
    assert pairs(scanned(*rows, *named)) == {("002", "003")}


@pytest.mark.parametrize(
    ("seen", "found"),
    [(2, ("amount_differs", "5.10")), (1, ("debited_unrecorded", "15.00"))],
)
def test_the_bank_s_name_for_a_party_is_learned(seen: int, found: tuple[str, str]) -> None:
    alias = "财付通-上海牛肉餐饮"
    known = [
        row
        for at in range(1, seen + 1)
        for row in (
            paid(f"2026-03-0{at}", f"-{at}.00"),
            booked(f"2026-03-0{at}", alias, f"-{at}.00"),
        )
    ]
    assert kinds(scanned(paid("2026-04-02"), booked("2026-04-04", alias, "-15.00"), *known)) == [
        found
    ]


def test_the_learned_names_tell_equal_payments_of_one_day_apart() -> None:
    names = {"兰州拉面": "财付通-上海牛肉餐饮", "便利店": "财付通-沪江便民商贸"}
    known = [
        row
        for at, (ours, theirs) in enumerate([*names.items()] * 2, 1)
        for row in (
            paid(f"2026-03-0{at}", f"-{at}.00", ours),
            booked(f"2026-03-0{at}", theirs, f"-{at}.00"),
        )
    ]
    payments = [paid(f"2026-04-02 1{at}:00:00", name=ours) for at, ours in enumerate(names)]
    rows = [booked("2026-04-02", theirs) for theirs in reversed(names.values())]
    assert {("000", "003"), ("001", "002")} <= pairs(scanned(*payments, *rows, *known))
    assert pairs(scanned(*payments, *rows)) == {("000", "002"), ("001", "003")}


@pytest.mark.parametrize(("second", "merged"), [("18:09:00", True), ("19:30:00", False)])
def test_payments_within_minutes_may_be_booked_as_one(second: str, merged: bool) -> None:  # noqa: FBT001
    parts = paid("2026-03-02", "-30.00"), paid(f"2026-03-02 {second}", "-20.00")
    scan = scanned(*parts, booked("2026-03-03", amount="-50.00"))
    assert (kinds(scan) == []) is merged
    assert (pairs(scan) == {("000", "001", "002")}) is merged


@pytest.mark.parametrize(("second", "split"), [("2026-03-03", True), ("2026-03-05", False)])
def test_one_payment_may_be_booked_as_two(second: str, split: bool) -> None:  # noqa: FBT001
    parts = booked("2026-03-02", amount="-30.00"), booked(second, amount="-20.00")
    scan = scanned(paid("2026-03-02", "-50.00"), *parts)
    assert (kinds(scan) == []) is split
    assert [match.kind for match in scan.matches] == [MatchKind.SPLIT] * split


@pytest.mark.parametrize("amount", ["-50.00", "-49.60"])
def test_the_discount_that_a_note_names_is_taken_off_or_not(amount: str) -> None:
    row = paid("2026-03-02", "-50.00", note="已优惠¥0.40")
    assert kinds(scanned(row, booked("2026-03-02", amount=amount))) == []
    plain = paid("2026-03-02", "-50.00")
    scan = scanned(
        row, plain, booked("2026-03-02", amount="-50"), booked("2026-03-02", amount=amount)
    )
    assert kinds(scan) == []


def test_another_discount_than_the_note_s_differs() -> None:
    row = paid("2026-03-02", "-50.00", note="已优惠¥0.40")
    assert kinds(scanned(row, booked("2026-03-02", amount="-49.50"))) == [
        ("amount_differs", "0.50")
    ]


KNOWN = (paid("2026-03-01", "-5.00"), booked("2026-03-01", amount="-5.00"))
HELD: dict[str, Any] = {
    "kind": Kind.HOLD,
    "movement": Movement.NOTHING,
    "description": "先享后付-充电宝",
    "funding": "",
}


def charged(day: str, amount: str = "-15.00") -> Entry:
    return booked(day, "财付通-充电", amount)


@pytest.mark.parametrize(
    ("day", "found"), [("2026-04-30", []), ("2026-05-10", [("debited_unrecorded", "15.00")])]
)
@pytest.mark.parametrize("held", ["-15.00", "0.00"])
def test_what_is_paid_later_is_no_unknown_debit(
    held: str, day: str, found: list[tuple[str, str]]
) -> None:
    assert kinds(scanned(*KNOWN, paid("2026-03-02", held, **HELD), charged(day))) == found


def test_a_promise_explains_one_debit_and_a_cancelled_one_none() -> None:
    promise = paid("2026-03-02", "0.00", **HELD)
    scan = scanned(*KNOWN, promise, charged("2026-03-30"), charged("2026-04-02", "-25.00"))
    assert kinds(scan) == [("debited_unrecorded", "25.00")]
    cancelled = paid("2026-03-03", "0.00", **{**HELD, "description": "退款-先享后付-充电宝"})
    scan = scanned(*KNOWN, promise, cancelled, charged("2026-03-30"))
    assert kinds(scan) == [("debited_unrecorded", "15.00")]
