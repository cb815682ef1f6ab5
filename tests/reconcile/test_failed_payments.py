"""Payments that failed: when the bank's debit is an accusation, and when it is none."""

from datetime import date
from typing import Any

import pytest

from makewhole.reconcile import sentences
from makewhole.records import Entry, Kind, MatchKind, Movement
from tests.reconcile.made import bank, kinds, others, pairs, scanned, shown, waits, wallet

FAILED: dict[str, Any] = {"movement": Movement.NOTHING, "status_word": "交易关闭"}
FAILURE = wallet("2026-03-02 12:01:00", "-28.00", **FAILED)
NAMED = (
    wallet("2026-03-01 09:00:00", "-5.00", "便利店"),
    bank("2026-03-01", "-5.00", "财付通-便利店"),
)


def test_a_direct_card_payment_at_the_shop_is_no_accusation_where_the_bank_names_wallets() -> None:
    scan = scanned(FAILURE, bank("2026-03-02", "-28.00", "兰州拉面"), *NAMED)
    assert kinds(scan) == []
    assert pairs(scan) == {("002", "003")}


def test_where_the_bank_never_names_wallets_it_is_one_with_doubt() -> None:
    scan = scanned(FAILURE, bank("2026-03-02", "-28.00", "兰州拉面"))
    assert kinds(scan) == [("debited_unpaid", "28.00")]
    (finding,) = scan.findings
    assert finding.confidence == 0.6
    assert finding.caveats == (
        sentences.STATUS_AGED,
        sentences.DATE_ONLY,
        sentences.MAYBE_BY_CARD,
    )


@pytest.mark.parametrize("words", ["便利店", "支付宝-兰州拉面", "抖音支付-兰州拉面"])
def test_another_shop_or_another_wallet_is_no_accusation(words: str) -> None:
    assert kinds(scanned(FAILURE, bank("2026-03-02", "-28.00", words))) == []


@pytest.mark.parametrize(
    ("paid", "debited"),
    [
        ({"funding": ""}, "财付通-兰州拉面"),
        ({"funding": "工商银行(1234)&零钱"}, "财付通-兰州拉面"),
        ({"kind": Kind.TOP_UP, "counterparty": "/"}, "财付通-零钱充值"),
    ],
)
def test_a_failure_may_name_no_card_or_several_or_be_a_top_up(
    paid: dict[str, Any], debited: str
) -> None:
    failure = wallet("2026-03-02 12:01:00", "-28.00", **{**FAILED, **paid})
    scan = scanned(failure, bank("2026-03-02", "-28.00", debited), *NAMED)
    assert kinds(scan) == [("debited_unpaid", "28.00")]
    assert shown(scan) == [("000", "001")]
    assert sentences.MAYBE_BY_CARD not in scan.findings[0].caveats


def test_a_failed_withdrawal_took_nothing_from_the_bank() -> None:
    failure = wallet("2026-03-02 12:01:00", "-28.00", kind=Kind.WITHDRAWAL, **FAILED)
    assert kinds(scanned(failure, bank("2026-03-02", "-28.00", "财付通-零钱充值"))) == []


def test_a_payment_that_succeeded_takes_the_debit_before_one_that_failed() -> None:
    scan = scanned(FAILURE, wallet("2026-03-03 12:00:00", "-28.00"), bank("2026-03-04", "-28.00"))
    assert kinds(scan) == []
    assert pairs(scan) == {("001", "002")}


def test_of_one_failure_and_two_payments_the_two_debits_are_the_payments() -> None:
    paid = [wallet(f"2026-03-02 {hour}:00:00", "-28.00") for hour in ("13", "18")]
    debits = [bank("2026-03-02", "-28.00") for _ in paid]
    scan = scanned(FAILURE, *paid, *debits)
    assert kinds(scan) == []
    assert pairs(scan) == {("001", "003"), ("002", "004")}


def test_equal_debits_of_one_day_are_named_as_alternatives() -> None:
    paid = wallet("2026-03-02 12:03:00", "-28.00")
    scan = scanned(FAILURE, paid, bank("2026-03-02", "-28.00"), bank("2026-03-02", "-28.00"))
    assert shown(scan) == [("000", "003")]
    assert others(scan) == [("002",)]
    assert sentences.one_of(2) in scan.findings[0].caveats


def test_seconds_apart_is_nearly_certain() -> None:
    other = bank("2026-03-09 10:00:00", "-1.00", "ATM")
    scan = scanned(FAILURE, bank("2026-03-02 12:01:05", "-28.00"), other)
    (finding,) = scan.findings
    assert finding.confidence == 0.96
    assert finding.caveats == (sentences.STATUS_AGED,)


REVERSED = "财付通-退款"


@pytest.mark.parametrize("words", [REVERSED, "财付通-兰州拉面"])
@pytest.mark.parametrize("back_on", ["2026-02-26", "2026-02-28", "2026-03-05", "2026-04-16"])
def test_a_reversal_may_be_booked_before_the_debit_where_only_days_are_stated(
    back_on: str, words: str
) -> None:
    scan = scanned(FAILURE, bank("2026-03-05", "-28.00"), bank(back_on, "28.00", words))
    assert kinds(scan) == []
    (match,) = scan.matches
    assert match.kind is MatchKind.REVERSAL
    assert pairs(scan) == {("000", "001", "002")}


@pytest.mark.parametrize(
    "credit",
    [
        bank("2026-02-25", "28.00", REVERSED),
        bank("2026-04-20", "28.00", REVERSED),
        bank("2026-03-03", "28.00", "财付通-张三"),
        bank("2026-03-03 10:00:00", "28.00", REVERSED),
        bank("2026-03-06", "27.99", "财付通-张三"),
    ],
    ids=["long before", "long after", "no reversal", "timed", "less"],
)
def test_a_credit_that_cannot_be_the_reversal_changes_nothing(credit: Entry) -> None:
    clock = "2026-03-05 12:01:05" if credit.occurred_at else "2026-03-05"
    scan = scanned(FAILURE, bank(clock, "-28.00"), credit)
    assert kinds(scan) == [("debited_unpaid", "28.00")]
    assert shown(scan) == [("000", "001")]


def test_a_reversal_belongs_to_the_nearest_debit() -> None:
    scan = scanned(
        FAILURE,
        wallet("2026-03-20 12:01:00", "-28.00", **FAILED),
        bank("2026-03-02", "-28.00"),
        bank("2026-03-20", "-28.00"),
        bank("2026-03-22", "28.00", REVERSED),
    )
    assert kinds(scan) == [("debited_unpaid", "28.00")]
    assert shown(scan) == [("000", "002")]
    assert pairs(scan) == {("001", "003", "004")}


def test_a_partial_return_lowers_the_amount_and_is_named() -> None:
    scan = scanned(
        FAILURE,
        bank("2026-03-02", "-28.00"),
        bank("2026-03-04", "10.00"),
        bank("2026-03-06", "8.00"),
        bank("2026-03-07", "3.00", "财付通-便利店"),
    )
    assert kinds(scan) == [("debited_unpaid", "10.00")]
    assert shown(scan) == [("000", "001", "002", "003")]
    assert "18.00 CNY came back, 10.00 CNY did not" in scan.findings[0].sentence.en


def test_what_may_still_be_returned_is_in_transit() -> None:
    rows = (FAILURE, bank("2026-03-02", "-28.00"))
    early = scanned(*rows, as_of=date(2026, 3, 7), covered=("2026-01-01", "2026-03-07"))
    assert kinds(early) == []
    assert waits(early) == [("001", "2026-03-08")]
    late = scanned(*rows, as_of=date(2026, 3, 8), covered=("2026-01-01", "2026-03-08"))
    assert kinds(late) == [("debited_unpaid", "28.00")]
    assert waits(late) == []
    assert sentences.MAY_STILL_RETURN in late.findings[0].caveats


def paypal(amount: str, reference: str, name: str = "Harbor Ferries", **fields: Any) -> Entry:
    here = {"provider": "paypal", "account": "paypal:me", "currency": "USD", "funding": ""}
    row = {**here, "file": "paypal.csv", "reference": reference}
    return wallet("2026-03-14 08:00:00", amount, name, **{**row, **fields})


def checking(amount: str, name: str) -> Entry:
    here: dict[str, Any] = {"provider": "ofx", "account": "ofx:1", "card": "", "file": "bank.ofx"}
    return bank("2026-03-16", amount, f"PAYPAL INST XFER {name}", currency="USD", **here)


FUNDING: dict[str, Any] = {"kind": Kind.FUNDING, "description": "Bank Deposit", "name": ""}
DENIED: dict[str, Any] = {"movement": Movement.NOTHING, "status_word": "Denied"}
BOOKS = (
    paypal("-24.99", "PAYMENT000000001", "Fernhill Books"),
    paypal("24.99", "DEPOSIT000000001", merchant_reference="PAYMENT000000001", **FUNDING),
    checking("-24.99", "FERNHILL"),
)
DEBIT = checking("-88.50", "HARBOR FERR")


def test_a_denied_payment_without_a_funding_row_was_debited() -> None:
    scan = scanned(*BOOKS, paypal("-88.50", "PAYMENT000000002", **DENIED), DEBIT)
    assert kinds(scan) == [("debited_unpaid", "88.50")]
    assert shown(scan) == [("003", "004")]
    assert pairs(scan) == {("001", "002")}


def test_a_denied_payment_with_a_denied_funding_row_counts_once() -> None:
    funding = {**FUNDING, **DENIED, "merchant_reference": "PAYMENT000000002"}
    denied = paypal("-88.50", "PAYMENT000000002", **DENIED)
    scan = scanned(*BOOKS, denied, paypal("88.50", "DEPOSIT000000002", **funding), DEBIT)
    assert kinds(scan) == [("debited_unpaid", "88.50")]
    assert shown(scan) == [("003", "004", "005")]
    assert "Harbor Ferries" in scan.findings[0].sentence.en


def test_a_payment_without_a_funding_row_came_from_the_balance_and_explains_no_debit() -> None:
    scan = scanned(*BOOKS, paypal("-88.50", "PAYMENT000000002"), DEBIT)
    assert kinds(scan) == [("debited_unrecorded", "88.50")]
    assert shown(scan) == [("004",)]
