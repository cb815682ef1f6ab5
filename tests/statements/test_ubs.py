"""What is peculiar to UBS: collective orders, rows not booked yet, totals, rows in quotes."""

from decimal import Decimal

import pytest

from makewhole.records import Entry, Kind, Movement
from makewhole.statements import Reading, Source, read

HEADER = (
    "Trade date;Trade time;Booking date;Value date;Currency;Debit;Credit;Individual amount;Balance;"
    "Transaction no.;Description1;Description2;Description3;Footnotes;"
)
CARD = (
    "sep=;\nAccount number;Card number;Account/Cardholder;Purchase date;Booking text;Sector;Amount;"
    "Original currency;Rate;Currency;Debit;Credit;Booked"
)


def table(*rows: str, before: str = "", header: str = HEADER) -> Reading:
    text = "\n".join([*([before, ""] if before else []), header, *rows, ""])
    return read([Source("ubs.csv", text.encode())])


def moved(
    on: str, debit: str, credit: str, balance: str, number: str, party: str = "Shop", time: str = ""
) -> str:
    return f"{on};{time};{on};{on};CHF;{debit};{credit};;{balance};{number};{party};;;;"


def only(reading: Reading) -> Entry:
    (entry,) = reading.entries
    return entry


def test_a_payment_by_twint_is_named_by_its_party_and_has_swiss_time() -> None:
    entry = only(
        table(
            moved("2026-07-05", "-18.00", "", "", "T1", '"Bakery; Payment UBS TWINT"', "19:01:11")
        )
    )
    assert entry.counterparty == "Bakery"
    assert entry.description == "Bakery; Payment UBS TWINT"
    assert str(entry.occurred_at) == "2026-07-05 19:01:11+02:00"
    assert entry.movement is Movement.LEFT


@pytest.mark.parametrize(("debit", "amount"), [("-18.00", "-18.00"), ("18.00", "-18.00")])
def test_a_debit_goes_out_with_or_without_its_sign(debit: str, amount: str) -> None:
    assert only(table(moved("2026-01-05", debit, "", "", "T1"))).amount == Decimal(amount)


def test_a_row_without_a_booking_date_is_not_booked_yet() -> None:
    entry = only(table("2026-01-05;10:00:00;;2026-01-05;CHF;-18.00;;;;T1;Shop;;;;"))
    assert (entry.movement, entry.booked_on) == (Movement.UNDECIDED, None)


def test_the_single_amounts_of_an_order_move_nothing_and_have_its_day_and_sign() -> None:
    order, first, second = table(
        ";;2026-01-05;2026-01-05;CHF;-150.00;;;850.00;T1;Order;;;;",
        ";;;;CHF;;;100.00;;T1;Insurance;;;;",
        ";;;;CHF;;;-50.00;;T1;Club;;;;",
    ).entries
    rows = sorted((order, first, second), key=lambda entry: entry.line)
    assert [entry.amount for entry in rows] == [Decimal(-150), Decimal(-100), Decimal(-50)]
    assert [entry.movement for entry in rows] == [Movement.LEFT, *[Movement.NOTHING] * 2]
    assert {str(entry.occurred_on) for entry in rows} == {"2026-01-05"}


def test_a_single_amount_of_no_order_and_no_day_is_refused() -> None:
    (refused,) = (
        table(moved("2026-01-05", "-1.00", "", "", "T1"), ";;;;CHF;;;100.00;;T9;Nobody;;;;")
        .statements[0]
        .refused
    )
    assert refused.line == 3
    assert refused.reason.en == "not a date: ''"


BEFORE = (
    "IBAN:;CH93 0000 0000 0000 0000 0;\nFrom:;2026-01-01;\nUntil:;2026-01-31;\n"
    "Opening balance:;1'000.00;\nClosing balance:;{};\nValued in:;CHF;\n"
    "Numbers of transactions in this period:;{};"
)


def test_what_the_preamble_states_is_kept_and_agrees() -> None:
    statement = table(
        moved("2026-01-06", "", "50.00", "1030.00", "T2"),
        moved("2026-01-05", "-20.00", "", "980.00", "T1"),
        before=BEFORE.format("1'030.00", 2),
    ).statements[0]
    assert statement.warnings == ()
    assert statement.declared.account == "CH9300000000000000000"
    assert (str(statement.declared.starts_on), str(statement.declared.ends_on)) == (
        "2026-01-01",
        "2026-01-31",
    )
    assert statement.accounts == ("ubs:CH9300000000000000000",)


def test_a_lost_row_is_seen_in_count_closing_balance_and_running_balance() -> None:
    warnings = (
        table(
            moved("2026-01-06", "", "50.00", "1030.00", "T3"),
            moved("2026-01-04", "-10.00", "", "990.00", "T1"),
            before=BEFORE.format("1'030.00", 3),
        )
        .statements[0]
        .warnings
    )
    assert [warning.en.partition(",")[0] for warning in warnings] == [
        "the export declares 3 rows",
        "the opening balance 1000.00 and the rows give 1040.00",
        "from line 10 on the balance does not follow: after the row before it should be 1040.00",
    ]
    assert "账单声明共 3 笔，文件里有 2 笔" in warnings[0].zh
    assert "期初余额 1000.00 加上各笔应为 1040.00，账单写的期末余额是 1030.00" in warnings[1].zh


def test_balances_may_stand_only_beside_the_last_row_of_a_day() -> None:
    rows = (
        moved("2026-01-06", "-5.00", "", "970.00", "T4"),
        moved("2026-01-06", "-5.00", "", "", "T3"),
        moved("2026-01-05", "-10.00", "", "980.00", "T2"),
        moved("2026-01-05", "-10.00", "", "", "T1"),
    )
    assert table(*rows).statements[0].warnings == ()


def test_a_row_in_quotes_is_parted_into_its_cells() -> None:
    row = moved("2026-01-05", "-18.00", "", "", "T1", '""Shop; Some Street 9; Town""')
    entry = only(table(f'"{row}"'))
    assert (entry.counterparty, entry.amount) == ("Shop", Decimal("-18.00"))


@pytest.mark.parametrize(
    ("row", "movement", "kind", "amount", "currency"),
    [
        ("29.09.2025;Bakery;;7.50;CHF;;;;;", Movement.UNDECIDED, Kind.PAYMENT, "-7.50", "CHF"),
        ("29.09.2025;Hotel;;95.00;EUR;;;;;", Movement.UNDECIDED, Kind.PAYMENT, "-95.00", "EUR"),
        (
            "29.09.2025;Bakery;;7.50;CHF;;CHF;7.50;;30.09.2025",
            *(Movement.LEFT, Kind.PAYMENT),
            "-7.50",
            "CHF",
        ),
        (
            "29.09.2025;Balance brought forward;;;;;CHF;9.00;;",
            *(Movement.NOTHING, Kind.OTHER),
            "-9.00",
            "CHF",
        ),
        (
            "29.09.2025;TRANSFER FROM ACCOUNT;;9.00;CHF;;CHF;;9.00;29.09.2025",
            *(Movement.ARRIVED, Kind.REPAYMENT),
            "9.00",
            "CHF",
        ),
    ],
)
def test_rows_of_the_card(
    row: str, movement: Movement, kind: Kind, amount: str, currency: str
) -> None:
    entry = only(table(f"0000 1234;XXXX XXXX XXXX 9876;ADA;{row}", header=CARD))
    assert (entry.movement, entry.kind) == (movement, kind)
    assert (entry.amount, entry.currency) == (Decimal(amount), currency)
    assert (entry.account, entry.card) == ("ubs:00001234", "9876")


def test_a_row_whose_day_cannot_be_read_is_refused_and_the_rest_is_kept() -> None:
    statement = table(
        moved("2026-01-06", "", "50.00", "1030.00", "T2"),
        moved("2026-02-30", "-20.00", "", "980.00", "T1"),
    ).statements[0]
    assert (statement.stored, [refusal.line for refusal in statement.refused]) == (1, [3])


def test_a_row_in_quotes_with_a_line_end_inside_is_not_lost() -> None:
    row = moved("2026-01-05", "-18.00", "", "", "T1").replace("Shop", "Shop\r in town")
    entries = table(f'"{row}"', moved("2026-01-04", "-1.00", "", "", "T0")).entries
    assert [entry.amount for entry in entries] == [Decimal("-1.00"), Decimal("-18.00")]
