"""What is peculiar to Wise: fees inside, beside or in a row of their own, shifted rows, states."""

from decimal import Decimal

import pytest

from makewhole.records import Entry, Kind, Movement
from makewhole.statements import Reading, Source, read

STATEMENT = (
    "TransferWise ID,Date,Amount,Currency,Description,Payment Reference,Running Balance,"
    "Payer Name,Payee Name,Payee Account Number,Merchant,Card Holder Full Name,Total fees"
)
HISTORY = (
    "ID,Status,Direction,Created on,Finished on,Source fee amount,Source fee currency,"
    "Source name,Source amount (after fees),Source currency,Target name,"
    "Target amount (after fees),Target currency"
)


def statement(*rows: str, dates: str = "", header: str = STATEMENT) -> Reading:
    return read([Source("wise.csv", "\n".join([header, *rows, ""]).encode())], dates=dates)


def history(row: str) -> Entry:
    (entry,) = statement(row, header=HISTORY).entries
    return entry


@pytest.mark.parametrize(
    ("status", "direction", "movement"),
    [
        ("COMPLETED", "OUT", Movement.LEFT),
        ("COMPLETED", "IN", Movement.ARRIVED),
        ("REFUNDED", "OUT", Movement.LEFT_AND_RETURNED),
        ("REFUNDED", "IN", Movement.ARRIVED),
        ("CANCELLED", "OUT", Movement.NOTHING),
        ("FAILED", "IN", Movement.NOTHING),
        ("PROCESSING", "OUT", Movement.UNDECIDED),
        ("WHO_KNOWS", "OUT", Movement.UNKNOWN),
    ],
)
def test_status_and_direction_say_what_moved(
    status: str, direction: str, movement: Movement
) -> None:
    row = f"TRANSFER-1,{status},{direction},2026-07-01 10:00:00,2026-07-01 10:00:01"
    entry = history(f"{row},0.50,EUR,Ada,10.00,EUR,Ilse,10.00,EUR")
    assert entry.movement is movement
    assert entry.amount == Decimal("10.50" if direction == "IN" else "-10.50")
    assert entry.fee == Decimal("0.50")
    assert entry.occurred_at is None


def test_a_fee_in_another_currency_stays_out_of_the_amount() -> None:
    row = "TRANSFER-1,COMPLETED,IN,2026-07-01 10:00:00,2026-07-01 10:00:01,5.76,CAD"
    entry = history(f"{row},Ada,1136.36,CAD,ADA,800.0,USD")
    assert (entry.amount, entry.currency, entry.fee) == (Decimal("800.0"), "USD", None)
    assert (entry.original, entry.original_currency) == (Decimal("1136.36"), "CAD")
    assert (entry.kind, entry.note) == (Kind.TOP_UP, "5.76 CAD")


def test_the_two_currencies_of_one_card_payment_are_two_rows() -> None:
    at = "2026-08-03 17:11:26,2026-08-03 17:11:26"
    rows = (
        f"CARD_TRANSACTION-1,COMPLETED,OUT,{at},0.07,CAD,Ada,15.70,CAD,Deli,11.18,USD",
        f"CARD_TRANSACTION-1,COMPLETED,OUT,{at},0.00,USD,Ada,23.32,USD,Deli,23.32,USD",
    )
    reading = statement(*rows, header=HISTORY)
    assert sorted(entry.amount for entry in reading.entries) == [
        Decimal("-23.32"),
        Decimal("-15.77"),
    ]


def test_a_history_without_fees_and_names_is_read() -> None:
    header = (
        "ID,Status,Direction,Finished on,Source amount (after fees),Source currency,"
        "Target amount (after fees),Target currency"
    )
    row = "CARD_TRANSACTION-1,COMPLETED,OUT,2026-07-01 10:00:00,10.00,USD,9.00,EUR"
    (entry,) = statement(row, header=header).entries
    assert (entry.amount, entry.fee, str(entry.occurred_on)) == (
        Decimal("-10.00"),
        None,
        "2026-07-01",
    )


def test_a_fee_with_a_row_of_its_own_is_not_counted_twice() -> None:
    fee, payment = statement(
        "TRANSFER-7,05-06-2020,-0.62,GBP,TransferWise Charges for: TRANSFER-7,,399.38,,,,,,",
        "TRANSFER-7,05-06-2020,-100.00,GBP,Sent money to Garage,,400.00,,Garage,,,,0.62",
    ).entries
    fee, payment = sorted((fee, payment), key=lambda entry: entry.kind)
    assert (fee.kind, fee.reference, fee.merchant_reference) == (Kind.FEE, "", "TRANSFER-7")
    assert (payment.reference, payment.fee) == ("TRANSFER-7", None)


def test_a_shifted_row_is_read_by_what_it_holds_and_said() -> None:
    reading = statement(
        "TRANSFER-1,29-08-2025,-19.00,EUR,Sent money to Ilse,81.00,,Ilse,DE0050010517,,,,0.00",
        "TRANSFER-2,28-08-2025,-10.00,EUR,Sent money to Ilse,rent,100.00,,Ilse,DE0050010517,,,0.00",
    )
    shifted = next(entry for entry in reading.entries if entry.reference == "TRANSFER-1")
    assert (shifted.counterparty, shifted.note) == ("Ilse", "DE0050010517")
    (warning,) = reading.statements[0].warnings
    assert warning.en.startswith("line 2: the cells from the payment reference on")
    assert "第 2 行从付款附言起" in warning.zh


def test_a_number_as_reference_does_not_make_a_row_shifted() -> None:
    (entry,) = statement(
        "TRANSFER-1,29-08-2025,-19.00,EUR,Sent money to Ilse,4711,81.00,,Ilse,DE0050010517,,,0.00"
    ).entries
    assert entry.note == "4711 DE0050010517"


def test_dates_are_day_first_even_where_the_month_would_fit_too() -> None:
    first, second = statement(
        "CARD-1,02-05-2025,-1.00,EUR,Card transaction of 1.00 EUR issued by Kiosk,,9.00,,,,,,0.00",
        "CARD-2,01-10-2025,-1.00,EUR,Card transaction of 1.00 EUR issued by Kiosk,,8.00,,,,,,0.00",
    ).entries
    assert [str(entry.occurred_on) for entry in (first, second)] == ["2025-05-02", "2025-10-01"]


def test_a_rewritten_file_with_the_month_first_is_refused_unless_it_is_said() -> None:
    rows = (
        "CARD-1,03/25/2025,-1.00,EUR,Card transaction of 1.00 EUR issued by Kiosk,,9.00,,,,,,0.00",
        "CARD-2,03/04/2025,-1.00,EUR,Card transaction of 1.00 EUR issued by Kiosk,,10.00,,,,,,0.00",
    )
    refused = statement(*rows).statements[0].refused
    assert [refusal.line for refusal in refused] == [2, 3]
    assert "not in the order that this provider writes" in refused[0].reason.en
    said = statement(*rows, dates="mdy").entries
    assert [str(entry.occurred_on) for entry in said] == ["2025-03-04", "2025-03-25"]


def test_years_first_are_read_too() -> None:
    (entry,) = statement("CARD-1,2025-03-04,-1.00,EUR,Kiosk,,9.00,,,,,,").entries
    assert str(entry.occurred_on) == "2025-03-04"


def test_money_to_the_holder_is_a_withdrawal() -> None:
    reading = statement(
        "CARD-1,02-05-2025,-1.00,EUR,Card transaction of 1.00 EUR issued by Kiosk,,9.00,,,,Kiosk,"
        "Ada Muster,0.00",
        "TRANSFER-2,03-05-2025,-5.00,EUR,Sent money to Ada Muster,,4.00,,ada muster,DE1,,,0.20",
    )
    kinds = {entry.reference: entry.kind for entry in reading.entries}
    assert kinds == {"CARD-1": Kind.PAYMENT, "TRANSFER-2": Kind.WITHDRAWAL}
