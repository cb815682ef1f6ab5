"""HSBC Hong Kong: signs beside words, days before months, statuses that are not known."""

from decimal import Decimal

import pytest

from makewhole.errors import UnknownLayout
from makewhole.records import Kind, Movement
from makewhole.statements import Reading, Source, read, recognise

CARD = (
    "Transaction date,Post date,Description,Billing amount,Billing currency,"
    "Transaction status,Credit / Debit"
)
SAVINGS = "Date,Description,Billing amount,Billing currency,Balance,Balance currency"


def _read(*lines: str) -> Reading:
    return read([Source("TransactionHistory.csv", "\n".join(lines).encode())])


@pytest.mark.parametrize(
    ("cell", "word", "amount"),
    [
        ("-5.00", "DEBIT", "-5.00"),
        ("5.00", "DEBIT", "-5.00"),
        ("5.00", "CREDIT", "5.00"),
        ("-5.00", "", "-5.00"),
    ],
)
def test_sign_and_word_make_the_amount(cell: str, word: str, amount: str) -> None:
    row = f"02/03/2026,03/03/2026,SHOP,{cell},HKD,POSTED,{word}"
    (entry,) = _read(CARD, row).entries
    assert entry.amount == Decimal(amount)


@pytest.mark.parametrize(("cell", "word"), [("-5.00", "CREDIT"), ("5.00", "MAYBE")])
def test_a_word_that_contradicts_the_sign_is_refused(cell: str, word: str) -> None:
    reading = _read(CARD, f"02/03/2026,03/03/2026,SHOP,{cell},HKD,POSTED,{word}")
    assert reading.entries == []
    assert word in reading.statements[0].refused[0].reason.en


def test_a_month_that_cannot_be_one_is_refused_and_never_swapped() -> None:
    reading = _read(
        CARD,
        "02/03/2026,03/03/2026,SHOP,-5.00,HKD,POSTED,DEBIT",
        "03/13/2026,03/14/2026,SHOP,-6.00,HKD,POSTED,DEBIT",
    )
    assert [entry.occurred_on.isoformat() for entry in reading.entries] == ["2026-03-02"]
    assert [refusal.line for refusal in reading.statements[0].refused] == [3]


@pytest.mark.parametrize(
    ("status", "movement"),
    [
        ("POSTED", Movement.LEFT),
        ("posted", Movement.LEFT),
        ("PENDING", Movement.UNDECIDED),
        ("ON REVIEW", Movement.UNKNOWN),
    ],
)
def test_a_status_decides_what_moved(status: str, movement: Movement) -> None:
    row = f"02/03/2026,03/03/2026,SHOP,-5.00,HKD,{status},DEBIT"
    (entry,) = _read(CARD, row).entries
    assert (entry.movement, entry.status_word) == (movement, status)


@pytest.mark.parametrize(
    ("said", "amount", "kind"),
    [
        ("RETURN:  SHOP", "5.00", Kind.REFUND),
        ("PAYMENT - THANK YOU", "5.00", Kind.REPAYMENT),
        ("AUTOPAY", "5.00", Kind.REPAYMENT),
        ("RETURNED CHEQUE FEE", "-5.00", Kind.PAYMENT),
        ("SALES:   SHOP", "-5.00", Kind.PAYMENT),
        ("CASH REBATE", "5.00", Kind.INCOME),
    ],
)
def test_kinds(said: str, amount: str, kind: Kind) -> None:
    (entry,) = _read(CARD, f"02/03/2026,03/03/2026,{said},{amount},HKD,POSTED,").entries
    assert entry.kind is kind


def test_balances_are_followed_in_each_currency_by_itself() -> None:
    rows = [
        "04/03/2026,A,-5.00,HKD,85.00,HKD",
        "03/03/2026,B,100.00,CNY,100.00,CNY",
        "03/03/2026,C,-5.00,HKD,90.00,HKD",
        "02/03/2026,D,-5.00,HKD,95.00,HKD",
        "01/03/2026,E,-5.00,HKD,100.00,HKD",
    ]
    assert _read(SAVINGS, *rows).statements[0].warnings == ()
    rows[3] = "02/03/2026,F,-5.00,CNY,95.00,CNY"
    (warning,) = _read(SAVINGS, *rows).statements[0].warnings
    assert warning.en.startswith("from line 4 on the balance does not follow")


def test_card_and_savings_are_told_apart_and_a_plain_list_is_nobodys() -> None:
    for header, name in ((CARD, "hk-credit"), (SAVINGS, "hk-debit")):
        assert recognise(Source("x.csv", f"{header}\n".encode())).name == name
    with pytest.raises(UnknownLayout):
        recognise(Source("x.csv", b"Date,Description,Amount,Currency,Balance\n"))
