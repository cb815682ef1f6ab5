"""Refunds: cancelled, netted, regrouped, short, announced, or taken for something else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from makewhole.reconcile import sentences
from makewhole.reconcile.refunds import link
from makewhole.records import Declared, Entry, Kind, MatchKind, Movement
from tests.reconcile.made import bank, kinds, notes, others, pairs, scanned, shown, waits, wallet

BACK = "财付通-退款"
ATM = bank("2026-05-30", "-1.00", "ATM")
RETURNED: dict[str, Any] = {
    "movement": Movement.LEFT_AND_RETURNED,
    "status_word": "已全额退款",
}


def buy(when: str, amount: str = "-80.00", number: int = 1, **fields: Any) -> Entry:
    return wallet(when, amount, reference=f"ORDER{number:011d}", **fields)


def refund(when: str, amount: str = "80.00", number: int = 1, **fields: Any) -> Entry:
    return wallet(when, amount, merchant_reference=f"ORDER{number:011d}", **fields)


def credit(when: str, amount: str = "80.00", words: str = BACK, **fields: Any) -> Entry:
    return bank(when, amount, words, **fields)


BOUGHT = (buy("2026-03-02 12:00:00"), bank("2026-03-02", "-80.00"))
REFUND = refund("2026-03-05 12:00:00")


def test_what_the_bank_never_took_it_cannot_give_back() -> None:
    scan = scanned(buy("2026-03-02 12:00:00"), refund("2026-03-02 12:30:00"), ATM)
    assert kinds(scan) == []
    assert scan.in_transit == ()
    assert kinds(scanned(buy("2026-03-02 12:00:00", **RETURNED), ATM)) == []


def test_of_equal_payments_any_may_be_the_one_cancelled() -> None:
    cancelled = (buy("2026-03-04 12:00:00", number=2), refund("2026-03-04 12:30:00", number=2))
    scan = scanned(*BOUGHT, *cancelled)
    assert kinds(scan) == []
    earlier = scanned(
        buy("2026-03-01 12:00:00", number=2), *BOUGHT, refund("2026-03-02 12:30:00"), ATM
    )
    assert kinds(earlier) == []
    long_before = scanned(buy("2026-02-01 12:00:00", number=2), *BOUGHT, REFUND, ATM)
    assert kinds(long_before) == [("refund_not_arrived", "80.00")]


@pytest.mark.parametrize("mark", ["_", "*REFUND_"])
def test_a_refund_may_carry_the_number_of_its_purchase_before_its_own(mark: str) -> None:
    bought = [buy("2026-03-02 12:00:00", number=number) for number in (1, 2)]
    back = wallet("2026-03-05 12:00:00", "80.00", reference=f"{bought[0].reference}{mark}P001R001")
    (match,) = link([*bought, replace(back, kind=Kind.REFUND)]).matches
    assert match.entries == (bought[0].id, back.id)


def regrouped(days: tuple[str, ...], credits_: dict[str, str]) -> list[Entry]:
    amounts = ["30.00", "50.00", "20.00"]
    rows = [refund(f"{day} 12:00:00", amount) for day, amount in zip(days, amounts, strict=True)]
    return [*rows, *(credit(day, amount) for amount, day in credits_.items())]


@pytest.mark.parametrize(
    ("days", "credits_"),
    [
        (("2026-03-05",) * 3, {"45.00": "2026-03-06", "55.00": "2026-03-06"}),
        (
            ("2026-03-02", "2026-03-04", "2026-03-07"),
            {"45.00": "2026-03-08", "55.00": "2026-03-10"},
        ),
    ],
)
def test_several_refunds_may_come_as_several_credits(
    days: tuple[str, ...], credits_: dict[str, str]
) -> None:
    scan = scanned(*regrouped(days, credits_))
    assert kinds(scan) == []
    (match,) = scan.matches
    assert match.kind is MatchKind.MERGED
    assert pairs(scan) == {("000", "001", "002", "003", "004")}


def test_announced_refunds_may_come_as_several_credits() -> None:
    amounts = ["30.00", "50.00", "20.00"]
    bought = [
        buy("2026-03-02 12:00:00", f"-{amount}", number, refunded=Decimal(amount))
        for number, amount in enumerate(amounts)
    ]
    debits = [bank("2026-03-02", f"-{amount}") for amount in amounts]
    credits_ = credit("2026-03-06", "45.00"), credit("2026-03-07", "55.00")
    assert kinds(scanned(*bought, *debits, *credits_)) == []


@pytest.mark.parametrize("back_on", ["2026-03-02 12:00:30", "2026-03-03 12:00:30"])
def test_a_refund_of_the_same_day_may_be_taken_off_the_debit(back_on: str) -> None:
    scan = scanned(
        buy("2026-03-02 12:00:00", "-131.77"),
        refund(back_on, "39.84"),
        bank("2026-03-03", "-91.93"),
        ATM,
    )
    assert kinds(scan) == []
    assert MatchKind.NETTED in {match.kind for match in scan.matches}
    assert pairs(scan) == {("000", "002"), ("000", "001")}


def test_a_debit_without_a_refund_to_take_off_differs() -> None:
    scan = scanned(buy("2026-03-02 12:00:00", "-131.77"), bank("2026-03-03", "-91.93"))
    assert kinds(scan) == [("amount_differs", "39.84")]


def test_a_refund_short_in_two_credits_names_both() -> None:
    parts = bank("2026-03-07", "45.00"), bank("2026-03-09", "30.00")
    scan = scanned(*BOUGHT, REFUND, *parts)
    assert kinds(scan) == [("refund_short", "5.00")]
    assert shown(scan) == [("002", "003", "004")]
    assert scan.findings[0].caveats == ()


@pytest.mark.parametrize(("last", "found"), [(10, []), (16, [("refund_short", "35.00")])])
def test_the_rest_of_a_refund_may_still_come(last: int, found: list[tuple[str, str]]) -> None:
    scan = scanned(
        *BOUGHT,
        REFUND,
        bank("2026-03-07", "45.00"),
        as_of=date(2026, 3, last),
        covered=("2026-01-01", f"2026-03-{last}"),
    )
    assert kinds(scan) == found
    assert [each.caveats for each in scan.findings] == [(sentences.REST_MAY_COME,)] * len(found)
    assert waits(scan) == ([] if found else [("002", "2026-03-16")])


ANNOUNCED = buy("2026-03-02 12:00:00", refunded=Decimal("50.00"), status_word="已退款(￥50.00)")


def test_an_announced_refund_shown_in_part_is_short_by_the_rest() -> None:
    rows = (
        ANNOUNCED,
        BOUGHT[1],
        refund("2026-03-05 12:00:00", "20.00"),
        credit("2026-03-06", "20"),
    )
    scan = scanned(*rows)
    assert kinds(scan) == [("refund_short", "30.00")]
    assert shown(scan) == [("000",)]
    assert scan.findings[0].caveats == (sentences.DELETED,)
    assert "refunds of 20.00 CNY are seen, 30.00 CNY short" in scan.findings[0].sentence.en
    assert kinds(scanned(*rows, credit("2026-03-08", "30.00"))) == []


@pytest.mark.parametrize("funding", ["零钱", "招商银行(9999)"])
def test_the_wallet_alone_shows_that_an_announced_refund_has_no_row(funding: str) -> None:
    row = wallet(
        "2026-03-02 12:00:00",
        "-80.00",
        funding=funding,
        refunded=Decimal("50.00"),
        status_word="已退款(￥50.00)",
    )
    scan = scanned(row)
    assert kinds(scan) == [("refund_announced_not_seen", "50.00")]
    assert scan.findings[0].confidence == 0.7
    assert scan.findings[0].caveats == (sentences.NO_BANK, sentences.DELETED)
    came = wallet("2026-03-04 12:00:00", "50.00", funding=funding)
    assert kinds(scanned(row, came)) == []
    soon = Declared(starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 20))
    assert kinds(scanned(row, declared={"wechat.csv": soon})) == []


def test_a_closed_trade_without_a_statement_promises_nothing() -> None:
    assert kinds(scanned(wallet("2026-03-02 12:00:00", "-80.00", funding="零钱", **RETURNED))) == []


@pytest.mark.parametrize("funding", ["工商银行(1234)", "工商银行(1234)&红包"])
def test_the_refund_of_a_payment_in_parts_gives_back_the_bank_s_part(funding: str) -> None:
    scan = scanned(
        buy("2026-03-02 12:00:00", funding="工商银行(1234)&红包"),
        bank("2026-03-02", "-77.00"),
        refund("2026-03-05 12:00:00", funding=funding),
        credit("2026-03-07", "77.00"),
    )
    assert kinds(scan) == []
    assert pairs(scan) == {("000", "001"), ("000", "002"), ("002", "003")}


def test_a_refund_may_stand_under_another_card_of_the_same_bill() -> None:
    sibling: dict[str, Any] = {"account": "icbc:5678", "card": "5678"}
    scan = scanned(*BOUGHT, REFUND, credit("2026-03-07", **sibling))
    assert kinds(scan) == []
    assert ("002", "003") in pairs(scan)
    assert "another card of the same bill" in scan.matches[-1].why.en
    elsewhere = scanned(*BOUGHT, REFUND, credit("2026-03-07", **sibling, file="other.csv"))
    assert kinds(elsewhere) == [("refund_not_arrived", "80.00")]


WITHDRAWN = wallet("2026-03-05 13:00:00", "-80.00", kind=Kind.WITHDRAWAL, status_word="提现已到账")


def test_refunds_and_payouts_are_not_taken_for_each_other() -> None:
    paid_out = credit("2026-03-06", words="财付通-提现")
    assert kinds(scanned(*BOUGHT, REFUND, paid_out)) == [("refund_not_arrived", "80.00")]
    assert kinds(scanned(WITHDRAWN, credit("2026-03-06"))) == [("sent_not_arrived", "80.00")]
    scan = scanned(REFUND, WITHDRAWN, paid_out, credit("2026-03-07"))
    assert kinds(scan) == []
    assert pairs(scan) == {("000", "003"), ("001", "002")}


def test_of_equal_refunds_the_open_one_is_not_known() -> None:
    refunds = [refund(f"2026-03-05 1{number}:00:00", number=number) for number in range(3)]
    scan = scanned(*refunds, credit("2026-03-07"), credit("2026-03-07"))
    assert kinds(scan) == [("refund_not_arrived", "80.00")]
    assert shown(scan) == [("002",)]
    assert others(scan) == [("000", "001")]
    assert scan.findings[0].caveats == (sentences.one_of(3),)


@pytest.mark.parametrize(
    ("came", "found"),
    [("2026-03-04", 0), ("2026-04-19", 0), ("2026-04-20", 1), ("2026-03-03", 1)],
)
def test_a_refund_comes_from_a_day_before_to_weeks_after(came: str, found: int) -> None:
    assert len(kinds(scanned(REFUND, credit(came)))) == found


@pytest.mark.parametrize("day", ["2025-12-28", "2026-07-03"])
def test_outside_the_bank_s_period_a_refund_cannot_be_missed(day: str) -> None:
    year = Declared(starts_on=date(2025, 1, 1), ends_on=date(2026, 12, 31))
    scan = scanned(refund(f"{day} 12:00:00"), *BOUGHT, declared={"wechat.csv": year})
    assert kinds(scan) == []
    assert waits(scan) == []
    assert len(notes(scan)) == 1
    assert "1 row involving" in notes(scan)[0]
    assert "outside the time" in notes(scan)[0]


def test_a_period_that_ends_too_early_leaves_the_refund_in_transit() -> None:
    scan = scanned(*BOUGHT, refund("2026-06-25 12:00:00"))
    assert kinds(scan) == []
    assert waits(scan) == [("002", "2026-07-06")]


def test_one_payment_the_bank_never_took_excuses_one_refund() -> None:
    linked = {"merchant_reference": "20260302000001"}
    scan = scanned(
        wallet("2026-03-02 12:00:00", "-80.00", reference="20260302000001"),
        wallet("2026-03-02 12:30:00", "-80.00", reference="20260302000002"),
        wallet("2026-03-02 13:00:00", "80.00", **linked),
        wallet("2026-03-05 12:00:00", "80.00", merchant_reference="20260302000002"),
        bank("2026-03-02", "-80.00"),
    )
    assert kinds(scan) == [("refund_not_arrived", "80.00")]


def test_a_refund_claims_no_more_than_the_bank_had_paid() -> None:
    rows = (
        wallet(
            "2026-03-02 12:00:00",
            "-80.00",
            funding="工商银行(1234)&红包",
            reference="20260302000001",
        ),
        wallet("2026-03-05 12:00:00", "80.00", merchant_reference="20260302000001"),
        bank("2026-03-02", "-77.00"),
    )
    assert kinds(scanned(*rows)) == [("refund_not_arrived", "77.00")]
    assert kinds(scanned(*rows, bank("2026-03-07", "70.00"))) == [("refund_short", "7.00")]
    assert kinds(scanned(*rows, bank("2026-03-07", "77.00"))) == []
