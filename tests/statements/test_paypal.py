"""How PayPal's dates, decimal signs, zones, words and statuses are decided."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from makewhole.records import Entry, Kind, Movement, Statement
from makewhole.statements import Source, read
from makewhole.statements.zones import zone_of

HEADER = (
    "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Reference Txn ID"
)


def row(
    day: str = "01/31/2025",
    *,
    zone: str = "PST",
    name: str = "Shop",
    word: str = "Website Payment",
    status: str = "Completed",
    gross: str = "-5.00",
    number: str = "T1",
) -> str:
    return f'"{day}",12:00:00,{zone},{name},{word},{status},USD,"{gross}",0.00,"{gross}",{number},'


def reading(rows: Sequence[str], header: str = HEADER) -> tuple[Statement, list[Entry]]:
    table = read([Source("p.csv", "\n".join([header, *rows, ""]).encode())])
    return table.statements[0], sorted(table.entries, key=lambda entry: entry.line)


def only(**cells: str) -> Entry:
    statement, entries = reading([row(**cells)])
    assert not statement.refused
    return entries[0]


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (["31/01/2025", "01/02/2025"], "2025-01-31"),
        (["01/02/2025", "01/31/2025"], "2025-01-02"),
        (["1.2.2025", "2.2.2025"], "2025-02-01"),
        (["2025-02-01", "2025-03-01"], "2025-02-01"),
        (["2025/02/01", "2025/03/01"], "2025-02-01"),
        (["05/05/2025", "06/06/2025"], "2025-05-05"),
        # Only one order lets the rows run in one direction of time.
        (["01/02/2025", "10/02/2025", "05/03/2025"], "2025-02-01"),
        (["05/03/2025", "10/02/2025", "01/02/2025"], "2025-03-05"),
    ],
)
def test_the_order_of_dates_is_read_from_the_whole_file(days: list[str], first: str) -> None:
    rows = [row(day, zone="GMT", number=f"T{at}") for at, day in enumerate(days)]
    _statement, entries = reading(rows)
    assert entries[0].occurred_on.isoformat() == first


def test_a_zone_name_of_one_season_settles_the_order() -> None:
    # As day/month the first would be 1 November, and PDT was still in use then.
    _statement, entries = reading([row("01/11/2025", zone="PST")])
    assert entries[0].occurred_on.isoformat() == "2025-01-11"


@pytest.mark.parametrize("days", [["02/01/2025"], ["01/02/2025", "01/03/2025"]])
def test_an_open_order_refuses_every_row(days: list[str]) -> None:
    statement, entries = reading([row(day, zone="GMT") for day in days])
    assert not entries
    assert [refusal.line for refusal in statement.refused] == list(range(2, 2 + len(days)))
    assert "cannot tell whether dates are day/month or month/day" in statement.refused[0].reason.en
    assert "说不准" in statement.refused[0].reason.zh
    for language in statement.refused[0].reason:
        assert "--dates dmy" in language
        assert "--dates mdy" in language


@pytest.mark.parametrize(("said", "day"), [("dmy", "2025-01-02"), ("mdy", "2025-02-01")])
def test_the_person_may_say_the_order_that_the_file_leaves_open(said: str, day: str) -> None:
    data = f"{HEADER}\n{row('02/01/2025', zone='GMT')}\n".encode()
    table = read([Source("p.csv", data)], dates=said)
    assert [entry.occurred_on.isoformat() for entry in table.entries] == [day]


def test_what_the_file_says_of_its_dates_counts_more_than_the_person() -> None:
    data = f"{HEADER}\n{row('01/31/2025')}\n".encode()
    table = read([Source("p.csv", data)], dates="dmy")
    assert [entry.occurred_on.isoformat() for entry in table.entries] == ["2025-01-31"]


def test_contradicting_orders_refuse_every_row() -> None:
    statement, entries = reading([row("31/01/2025"), row("01/31/2025")])
    assert not entries
    assert "mixes different orders" in statement.refused[0].reason.en


@pytest.mark.parametrize(
    ("figures", "amounts"),
    [
        (["-1,653.75", "2.00"], ["-1653.75", "2.00"]),
        (["-1.653,75", "2,00"], ["-1653.75", "2.00"]),
        (["-1\u00a0653,75", "2,00"], ["-1653.75", "2.00"]),
        (["-1,653", "2"], ["-1653", "2"]),
        (["-1.653", "2"], ["-1653", "2"]),
    ],
)
def test_the_decimal_sign_is_read_from_the_whole_file(
    figures: list[str], amounts: list[str]
) -> None:
    rows = [
        f'31/01/2025,12:00:00,PST,Shop,Payment,Completed,JPY,"{figure}",,"{figure}",T{at},'
        for at, figure in enumerate(figures)
    ]
    _statement, entries = reading(rows)
    assert [entry.amount for entry in entries] == [Decimal(amount) for amount in amounts]


def test_both_decimal_signs_refuse_every_row() -> None:
    rows = [
        '31/01/2025,12:00:00,PST,Shop,Payment,Completed,EUR,"1,50",,"1,50",T1,',
        '31/01/2025,12:00:00,PST,Shop,Payment,Completed,EUR,"1.50",,"1.50",T2,',
    ]
    statement, entries = reading(rows)
    assert not entries
    assert "both decimal signs" in statement.refused[0].reason.en


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("PST", 20), ("PDT", 19), ("CET", 11), ("CEST", 10), ("Europe/Berlin", 11), ("GMT+08:00", 4)],
)
def test_each_row_has_its_own_zone(zone: str, hour: int) -> None:
    entry = only(zone=zone)
    assert entry.occurred_at is not None
    assert entry.occurred_at.astimezone(UTC) == datetime(2025, 1, 31, hour, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["QQT", "CST", "Mars/Olympus", "Europe", "../etc/hosts"])
def test_an_unknown_zone_leaves_its_row_the_day_and_is_a_warning(zone: str) -> None:
    statement, entries = reading([row(zone=zone), row(number="T2")])
    assert [entry.occurred_on.isoformat() for entry in entries] == ["2025-01-31", "2025-01-31"]
    assert [entry.occurred_at is None for entry in entries] == [True, False]
    (warning,) = statement.warnings
    assert zone in warning.zh
    assert f"the time zone {zone} does not say for certain where" in warning.en


def test_a_zone_name_of_several_zones_is_settled_by_its_summer_name() -> None:
    statement, entries = reading([row(zone="CST"), row("06/30/2025", zone="CDT", number="T2")])
    moments = [entry.occurred_at for entry in entries]
    assert moments == [
        datetime(2025, 1, 31, 18, tzinfo=UTC),
        datetime(2025, 6, 30, 17, tzinfo=UTC),
    ]
    assert not statement.warnings


def test_an_empty_zone_leaves_the_day() -> None:
    assert only(zone="").occurred_at is None


def test_zone_names_are_offsets() -> None:
    winter = datetime(2025, 1, 1, tzinfo=zone_of("aest"))
    assert winter.isoformat() == "2025-01-01T00:00:00+10:00"


@pytest.mark.parametrize(
    ("status", "sent", "received"),
    [
        ("Completed", "left", "arrived"),
        ("Abgeschlossen", "left", "arrived"),
        ("Terminé", "left", "arrived"),
        ("Canceled Reversal", "left", "arrived"),
        ("Pending", "undecided", "undecided"),
        ("Uncleared", "undecided", "undecided"),
        ("Held", "undecided", "undecided"),
        ("Ausstehend", "undecided", "undecided"),
        ("Denied", "nothing", "nothing"),
        ("Voided", "nothing", "nothing"),
        ("Expired", "nothing", "nothing"),
        ("Canceled", "left_and_returned", "nothing"),
        ("Reversed", "left_and_returned", "nothing"),
        ("Refunded", "left_and_returned", "arrived"),
        ("Partially Refunded", "left", "arrived"),
        ("Removed", "unknown", "unknown"),
        ("Entfernt", "unknown", "unknown"),
        ("", "unknown", "unknown"),
    ],
)
def test_status_and_sign_decide_what_moved(status: str, sent: str, received: str) -> None:
    outgoing, incoming = only(status=status), only(status=status, gross="5.00")
    assert (outgoing.movement, incoming.movement) == (Movement(sent), Movement(received))
    assert outgoing.refunded is None


@pytest.mark.parametrize(
    ("word", "gross", "kind", "movement"),
    [
        ("Bank Deposit to PP Account ", "5.00", "funding", "arrived"),
        ("Charge From Debit Card", "5.00", "funding", "arrived"),
        ("Add Funds from a Bank Account", "5.00", "funding", "arrived"),
        ("Bankgutschrift auf PayPal-Konto", "5.00", "funding", "arrived"),
        ("Versamento generico con carta", "5.00", "funding", "arrived"),
        ("Reversal of ACH Deposit", "-5.00", "funding", "left"),
        ("General Withdrawal", "-5.00", "withdrawal", "left"),
        ("Von Nutzer eingeleitete Abbuchung", "-5.00", "withdrawal", "left"),
        ("Retirada iniciada por el usuario", "-5.00", "withdrawal", "left"),
        ("Algemene opname", "-5.00", "withdrawal", "left"),
        ("General Currency Conversion", "-5.00", "conversion", "left"),
        ("Conversione di valuta generica", "5.00", "conversion", "arrived"),
        ("Payment Refund", "5.00", "refund", "arrived"),
        ("Reembolso de pago", "5.00", "refund", "arrived"),
        ("Payment Hold", "-5.00", "hold", "nothing"),
        ("Payment Release", "5.00", "hold", "nothing"),
        ("Einbehaltung für offene Autorisierung", "-5.00", "hold", "nothing"),
        ("Rückbuchung allgemeiner Einbehaltung", "5.00", "hold", "nothing"),
        ("Partner Fee", "-5.00", "fee", "left"),
        ("Invoice Sent", "5.00", "other", "nothing"),
        ("Warenkorbartikel", "5.00", "other", "nothing"),
        ("PreApproved Payment Bill User Payment", "-5.00", "payment", "left"),
        ("Pagamento preautorizzato utenza", "-5.00", "payment", "left"),
        ("ATM Withdrawal", "-5.00", "payment", "left"),
        ("Mobile Payment", "5.00", "income", "arrived"),
    ],
)
def test_the_type_says_what_sort_of_row_it_is(
    word: str, gross: str, kind: str, movement: str
) -> None:
    entry = only(word=word, gross=gross)
    assert (entry.kind, entry.movement) == (Kind(kind), Movement(movement))


@pytest.mark.parametrize(
    ("status", "movement"),
    [("Placed", "undecided"), ("Pending", "nothing"), ("Canceled", "nothing")],
)
def test_a_hold_is_open_only_while_it_is_placed(status: str, movement: str) -> None:
    assert only(word="Temporary Hold", status=status).movement is Movement(movement)


def test_memo_rows_and_item_lines_move_nothing() -> None:
    header = f"{HEADER},Balance Impact"
    rows = [f"{row()}Debit", f"{row(number='T2')}Memo", f"{row(number='T3')}"]
    rows = [text.replace("T1,", "T1,,").replace("T2,", "T2,,") for text in rows]
    _statement, entries = reading(rows, header)
    assert [entry.movement for entry in entries] == ["left", "nothing", "nothing"]


def test_an_event_code_counts_more_than_the_word() -> None:
    header = f"{HEADER},Transaction Event Code"
    _statement, entries = reading([f"{row(word='Talletus', gross='5.00')},T0300"], header)
    assert entries[0].kind is Kind.FUNDING


def test_fees_are_kept_back_out_of_the_gross() -> None:
    line = "31/01/2025,12:00:00,PST,Mira,Payment,Completed,EUR,84.00,-4.25,79.75,T1,"
    _statement, entries = reading([line])
    assert (entries[0].amount, entries[0].fee) == (Decimal("84.00"), Decimal("4.25"))


def test_twelve_hour_times_are_understood() -> None:
    line = "31/01/2025,1:05:00 PM,PST,Mira,Payment,Completed,EUR,84.00,0.00,84.00,T1,"
    _statement, entries = reading([line])
    assert entries[0].occurred_at is not None
    assert entries[0].occurred_at.hour == 13


def test_a_row_without_a_currency_is_refused() -> None:
    statement, entries = reading(
        ["31/01/2025,12:00:00,PST,Mira,Payment,Completed,,84.00,0,84.00,T1,"]
    )
    assert not entries
    assert "no currency" in statement.refused[0].reason.en


UNKNOWN = "Paiva,Aika,Vyohyke,Selite,Valuutta,Yht,Kulu,Netto2,Saldo,Tunnus," + "x," * 8


def unknown(day: str, gross: str) -> str:
    return f"{day},10:00:00,EET,Maksu,EUR,{gross},0.00,{gross},0.00,TUNNUS{day[:2]}AB,{',' * 7}"


def test_an_odd_row_in_an_unknown_language_hides_no_row_above_it() -> None:
    days = ["28/01/2025", "29/01/2025", "30/01/2025", "31/01/2025"]
    rows = [unknown(day, "-5.00") for day in days]
    rows[1] = unknown(days[1], "?")
    statement, entries = reading(rows, UNKNOWN)
    assert (statement.layout, statement.rows) == ("statement", 4)
    assert [refusal.line for refusal in statement.refused] == [3]
    assert [entry.line for entry in entries] == [2, 4, 5]


def test_an_older_export_without_fees_is_read_by_its_amount() -> None:
    header = "Data,Orario,Fuso orario,Nome,Tipo,Stato,Valuta,Importo,Codice ricevuta,Saldo"
    statement, (entry,) = reading(
        ['25/03/2021,12:00:00,CET,Bar Lume,Pagamento,Completata,EUR,"-50,00",,"10,00"'], header
    )
    assert statement.layout == "activity"
    assert (entry.amount, entry.movement) == (Decimal("-50.00"), Movement.LEFT)
