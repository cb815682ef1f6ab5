"""N26, Monzo and Starling: currencies in headings, orders of dates, own money, balances."""

from decimal import Decimal

import pytest

from makewhole.errors import UnknownLayout
from makewhole.records import Kind, Movement, Side
from makewhole.statements import Reading, Source, read

N26 = (
    "Booking Date,Value Date,Partner Name,Partner Iban,Type,Payment Reference,Account Name,"
    "Amount (EUR)"
)
MONZO = "Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency"
STARLING = "Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)"


def table(header: str, *rows: str, dates: str = "") -> Reading:
    return read([Source("bank.csv", "\n".join([header, *rows, ""]).encode())], dates=dates)


@pytest.mark.parametrize(
    ("header", "row", "provider"),
    [
        (N26, "2025-03-03,,Kiosk,,Presentment,,Main Account,-3.20", "n26"),
        (MONZO, "tx_1,15/03/2025,10:00:00,Card payment,Kiosk,,Food,-3.20,EUR", "monzo"),
        (STARLING.replace("GBP", "EUR"), "15/03/2025,Kiosk,KIOSK,CARD,-3.20,10.00", "starling"),
    ],
)
def test_each_is_a_bank_and_its_rows_are_bookings(header: str, row: str, provider: str) -> None:
    (entry,) = table(header, row).entries
    assert (entry.provider, entry.side) == (provider, Side.BANK)
    assert (entry.amount, entry.currency) == (Decimal("-3.20"), "EUR")
    assert (entry.movement, entry.kind) == (Movement.LEFT, Kind.PAYMENT)
    assert entry.occurred_at is None


def test_headings_of_two_currencies_belong_to_no_layout() -> None:
    with pytest.raises(UnknownLayout):
        table(STARLING.replace("Balance (GBP)", "Balance (EUR)"), "15/03/2025,Kiosk,x,CARD,-1,1")


def test_headings_without_a_currency_belong_to_no_layout() -> None:
    with pytest.raises(UnknownLayout):
        table("Date,Counter Party,Reference,Type,Amount,Balance", "15/03/2025,Kiosk,x,CARD,-1,1")


def test_a_rewritten_export_of_n26_is_read_in_the_order_that_its_dates_tell() -> None:
    row = "15/03/2025,,Kiosk,,Presentment,,Main Account,-3.20"
    (entry,) = table(N26, row).entries
    assert str(entry.occurred_on) == "2025-03-15"


def test_a_rewritten_export_of_n26_that_tells_no_order_is_refused_until_it_is_said() -> None:
    row = "05/03/2025,,Kiosk,,Presentment,,Main Account,-3.20"
    (refused,) = table(N26, row).statements[0].refused
    assert "cannot tell whether dates are day/month" in refused.reason.en
    (entry,) = table(N26, row, dates="dmy").entries
    assert str(entry.occurred_on) == "2025-03-05"


def test_n26_writes_other_currencies_in_its_headings() -> None:
    row = "2025-03-03,,Kiosk,,Presentment,,Main Account,-3.20"
    (entry,) = table(N26.replace("EUR", "USD"), row).entries
    assert entry.currency == "USD"


@pytest.mark.parametrize("header", [MONZO, f"{MONZO},Local amount,Local currency,Extra"])
def test_dates_of_monzo_are_day_first_even_where_the_month_would_fit_too(header: str) -> None:
    rows = (
        "tx_1,02/05/2025,10:00:00,Card payment,Kiosk,,Food,-1.00,GBP",
        "tx_2,01/10/2025,10:00:00,Card payment,Kiosk,,Food,-1.00,GBP",
    )
    days = [str(entry.occurred_on) for entry in table(header, *rows).entries]
    assert days == ["2025-05-02", "2025-10-01"]


def test_a_rewritten_export_of_monzo_with_the_month_first_is_refused() -> None:
    rows = (
        "tx_1,03/25/2025,10:00:00,Card payment,Kiosk,,Food,-1.00,GBP",
        "tx_2,03/04/2025,10:00:00,Card payment,Kiosk,,Food,-1.00,GBP",
    )
    refused = table(MONZO, *rows).statements[0].refused
    assert [refusal.line for refusal in refused] == [2, 3]
    assert "this bank writes dates as dmy" in refused[0].reason.en


@pytest.mark.parametrize(
    ("sort", "amount", "kind"),
    [
        ("Card payment", "-5.00", Kind.PAYMENT),
        ("Card payment", "5.00", Kind.REFUND),
        ("Faster payment", "5.00", Kind.INCOME),
        ("Pot transfer", "-5.00", Kind.OWN_TRANSFER),
        ("Pot transfer", "5.00", Kind.OWN_TRANSFER),
        ("Never seen", "-5.00", Kind.PAYMENT),
    ],
)
def test_the_type_of_a_monzo_row_says_what_sort_it_is(sort: str, amount: str, kind: Kind) -> None:
    (entry,) = table(MONZO, f"tx_1,15/03/2025,10:00:00,{sort},X,,Food,{amount},GBP").entries
    assert entry.kind is kind


def test_a_lost_row_of_starling_is_seen_behind_the_opening_balance() -> None:
    reading = table(
        STARLING,
        "01/03/2025,Opening Balance,,,,100.00",
        "15/03/2025,Kiosk,KIOSK,CARD,-1.00,99.00",
        "17/03/2025,Kiosk,KIOSK,CARD,-1.00,97.00",
    )
    (warning,) = reading.statements[0].warnings
    assert warning.en.startswith("from line 4 on the balance does not follow")
    opening = reading.entries[0]
    assert (opening.movement, opening.amount, opening.note) == (
        Movement.NOTHING,
        Decimal(0),
        "100.00",
    )


def test_an_opening_balance_of_starling_without_a_date_is_a_note() -> None:
    reading = table(
        STARLING, ",Opening Balance,,,,100.00", "15/03/2025,Kiosk,KIOSK,CARD,-1.00,99.00"
    )
    assert (reading.statements[0].rows, reading.statements[0].stored) == (1, 1)
