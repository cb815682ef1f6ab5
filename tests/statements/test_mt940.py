"""The marks, dates and dialects of MT940."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from makewhole.records import Entry, Kind, Movement
from makewhole.statements import Reading, Source, read


def sta(*rows: str, opening: str = "C250101EUR100,00", closing: str = "") -> str:
    end = f":62F:{closing}\n" if closing else ""
    body = "\n".join(rows)
    return f":20:X\n:25:NL91ABNA0417164300\n:28C:7/1\n:60F:{opening}\n{body}\n{end}-\n"


def reading(text: str) -> Reading:
    return read([Source("a.sta", text.encode())])


def only(*rows: str) -> Entry:
    table = reading(sta(*rows))
    assert not table.statements[0].refused
    return table.entries[0]


@pytest.mark.parametrize(
    ("mark", "amount", "movement", "kind"),
    [
        ("C", "5.00", "arrived", "income"),
        ("D", "-5.00", "left", "payment"),
        ("RC", "-5.00", "left", "other"),
        ("RD", "5.00", "arrived", "refund"),
        ("CR", "5.00", "arrived", "income"),
        ("RDR", "5.00", "arrived", "refund"),
        ("ED", "-5.00", "undecided", "payment"),
    ],
)
def test_the_mark_is_the_direction(mark: str, amount: str, movement: str, kind: str) -> None:
    entry = only(f":61:2501020102{mark}5,00NTRFNONREF")
    assert (entry.amount, entry.movement) == (Decimal(amount), Movement(movement))
    assert entry.kind is Kind(kind)


@pytest.mark.parametrize(
    ("dates", "occurred", "booked"),
    [
        ("2412310102", date(2024, 12, 31), date(2025, 1, 2)),
        ("2501021231", date(2024, 12, 31), date(2024, 12, 31)),
        ("250102", date(2025, 1, 2), None),
        ("9912310101", date(1999, 12, 31), date(2000, 1, 1)),
        ("2402280229", date(2024, 2, 28), date(2024, 2, 29)),
    ],
)
def test_entry_dates_take_the_nearest_year(dates: str, occurred: date, booked: date | None) -> None:
    entry = only(f":61:{dates}D5,00NTRFNONREF")
    assert (entry.occurred_on, entry.booked_on) == (occurred, booked)


@pytest.mark.parametrize(
    ("written", "amount"),
    [("5,", "5"), ("000000000025,00", "25.00"), ("79,7", "79.7"), ("5.25", "5.25")],
)
def test_amounts(written: str, amount: str) -> None:
    assert only(f":61:250102C{written}NTRFNONREF").amount == Decimal(amount)


@pytest.mark.parametrize(
    "bad",
    [
        "24XX02D1,00NTRFNONREF",
        "250231D1,00NTRFNONREF",
        "250102X1,00NTRF",
        "250102D1.000,00NTRF",
        "",
    ],
)
def test_a_bad_line_is_refused_alone_with_its_remittance(bad: str) -> None:
    table = reading(sta(f":61:{bad}", ":86:what it was", ":61:250102D1,00NTRFNONREF"))
    refused = table.statements[0].refused
    assert [each.line for each in refused] == [5]
    assert "what it was" in refused[0].text
    assert [entry.line for entry in table.entries] == [7]


def test_references_of_bank_and_parties() -> None:
    entry = only(":61:250102D1,00NTRFORDER 5//BANK99", ":86:166?20EREF+E2E-1?21SVWZ+Tee")
    assert (entry.reference, entry.merchant_reference) == ("BANK99", "E2E-1")
    assert only(":61:250102D1,00NTRFNONREF").reference == ""


def test_numbered_subfields() -> None:
    entry = only(
        ":61:250102D1,00NDDTNONREF",
        ":86:105?00LASTSCHRIFT?20SVWZ+PP . ABCDEFGHIJKLMNOPQ?21RSTUV, Ihr Einkauf?32PayPal ",
        "Europe S.a.r.l.?33 et Cie",
    )
    assert entry.counterparty == "PayPal Europe S.a.r.l. et Cie"
    assert entry.description.endswith("Ihr Einkauf")


@pytest.mark.parametrize(
    "remittance",
    [
        ":86:159?00RETOURE?20EREF+X?21MTLG:Konto gesperrt?34903",
        ":86:/TRTP/SEPA/NAME/SHOP/REMI/x/RTRN/AC04",
        ":86:RUECKLASTSCHRIFT SHOP",
    ],
)
def test_returned_money_is_a_refund(remittance: str) -> None:
    assert only(":61:250102C1,00NTRFNONREF", remittance).kind is Kind.REFUND
    assert only(":61:250102D1,00NTRFNONREF", remittance).kind is Kind.PAYMENT


def test_the_reason_of_a_return_is_kept() -> None:
    entry = only(
        ":61:250102C1,00NTRFNONREF", ":86:159?00RETOURE?20EREF+X?21MTLG:Konto gesperrt?34903"
    )
    assert entry.note == "Konto gesperrt (903)"


def test_words_between_slashes() -> None:
    entry = only(
        ":61:250102D1,00NTRFEREF",
        ":86:/EREF/F-9//CNTP/NL02ABNA0123456789/ABNANL2A/Bakkerij/Utrecht//REMI/USTD//Brood/",
    )
    assert (entry.counterparty, entry.description) == ("Bakkerij", "Brood")
    assert entry.merchant_reference == "F-9"


def test_balances_are_recomputed() -> None:
    row = ":61:250102D1,00NTRFNONREF"
    assert not reading(sta(row, closing="C250102EUR99,00")).statements[0].warnings
    wrong = reading(sta(row, closing="C250102EUR98,00")).statements[0]
    assert wrong.warnings[0].en == (
        "statement 7/1: the opening balance 100.00 and the rows give 99.00, it closes with 98.00"
    )
    missing = reading(sta(row)).statements[0]
    assert "no closing balance" in missing.warnings[0].en


def test_pages_of_one_account_are_one_statement() -> None:
    row = ":61:250102D1,00NTRFNONREF"
    table = reading(sta(row) + sta(row) + sta(row).replace("NL91", "NL92"))
    assert [each.stored for each in table.statements] == [2, 1]
    assert len(table.entries) == 3


def test_the_opening_balance_begins_the_period() -> None:
    on_the_day = reading(sta(":61:250101D1,00NTRFNONREF", closing="C250103EUR99,00"))
    assert on_the_day.statements[0].declared.starts_on == date(2025, 1, 1)
    day_before = reading(sta(":61:250102D1,00NTRFNONREF", closing="C250103EUR99,00"))
    assert day_before.statements[0].declared.starts_on == date(2025, 1, 2)
    assert day_before.statements[0].declared.ends_on == date(2025, 1, 3)


def test_without_a_currency_rows_are_refused() -> None:
    table = reading(sta(":61:250102D1,00NTRFNONREF", opening="what"))
    assert "no currency" in table.statements[0].refused[0].reason.en


@pytest.mark.parametrize(
    ("dates", "occurred", "booked"),
    [
        ("2302300301", date(2023, 2, 28), date(2023, 3, 1)),
        ("2302290228", date(2023, 2, 28), date(2023, 2, 28)),
    ],
)
def test_banks_that_count_thirty_days_end_february_late(
    dates: str, occurred: date, booked: date
) -> None:
    entry = only(f":61:{dates}D5,00NTRFNONREF")
    assert (entry.occurred_on, entry.booked_on) == (occurred, booked)


@pytest.mark.parametrize(
    ("line", "amount"), [(":61:250102C,50NTRF", "0.50"), (":61:250102    C7,NTRF", "7")]
)
def test_amounts_without_their_zero(line: str, amount: str) -> None:
    assert only(line).amount == Decimal(amount)


def test_a_balance_without_a_day_still_proves_the_rows() -> None:
    row = ":61:250102D1,00NTRFNONREF"
    for closing, warnings in (("99,00", 0), ("98,00", 1)):
        text = sta(row, opening="C000000EUR100,00", closing=f"C250102EUR{closing}")
        assert len(reading(text).statements[0].warnings) == warnings


def test_remittance_may_repeat_its_tag() -> None:
    entry = only(":61:250102D1,00NTRFNONREF", ":NS:22Kartenzahlung", ":86:PAYPAL *TEE", ":86:LADEN")
    assert entry.description == "PAYPAL *TEE LADEN"


def test_a_foreign_amount_may_stand_below_the_row() -> None:
    entry = only(":61:250102D1,00NTRFNONREF", "/OCMT/USD1,08//CHGS/EUR0,01/", ":86:Tea")
    assert (entry.original, entry.original_currency) == (Decimal("-1.08"), "USD")


def test_messages_may_follow_each_other_without_a_break() -> None:
    block = "-}{1:F01X}{2:O940X}{4:\n"
    text = (
        sta(":61:250102D1,00NTRF", ":86:one").removesuffix("-\n") + block + sta(":61:250103D2,NTRF")
    )
    entries = reading(text).entries
    assert [entry.description for entry in entries] == ["one", ""]


def mt942(*rows: str, limit: str = "EURD0,", sums: str = ":90D:1EUR5,00\n:90C:0EUR0,00\n") -> str:
    body = "".join(f"{row}\n" for row in rows)
    return (
        f":20:X\n:25:NL91ABNA0417164300\n:28C:7/1\n:34F:{limit}\n:13D:2501021015+0100\n"
        f"{body}{sums}-\n"
    )


def test_an_interim_report_is_no_booking() -> None:
    table = reading(mt942(":61:2501020102D5,00NTRFNONREF//B1", ":86:Tea"))
    statement, entry = table.statements[0], table.entries[0]
    assert (statement.layout, statement.warnings) == ("mt942", ())
    assert (entry.movement, entry.booked_on) == (Movement.UNDECIDED, None)
    assert statement.declared.exported_at == datetime.fromisoformat("2025-01-02T10:15+01:00")


def test_the_sums_of_an_interim_report_are_checked() -> None:
    table = reading(mt942(":61:250102D4,00NTRFNONREF"))
    assert [warning.en for warning in table.statements[0].warnings] == [
        "D: the export declares 1 rows 5.00, its rows give 1 rows 4.00"
    ]


@pytest.mark.parametrize(
    ("limit", "sums", "account", "said", "currency"),
    [
        ("CHFD0,", "", "1", "", "CHF"),
        ("0", ":90D:1USD5,00\n", "1", "", "USD"),
        ("0", "", "NL91ABNA0417164300SEK", "", "SEK"),
        ("0", "", "1", "NOK", "NOK"),
    ],
)
def test_the_currency_of_an_interim_report(
    limit: str, sums: str, account: str, said: str, currency: str
) -> None:
    text = mt942(":61:250102D5,00NTRF", limit=limit, sums=sums)
    text = text.replace("NL91ABNA0417164300", account)
    table = read([Source("a.sta", text.encode())], currency=said)
    assert table.entries[0].currency == currency


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_the_statement_books_counts_once(order: tuple[int, int]) -> None:
    rows = (":61:2501020102D5,00NTRFNONREF", ":86:Tea", ":61:2501020102D5,00NTRFNONREF", ":86:Tea")
    early = mt942(*rows, ":61:250102D7,00NTRFNONREF", ":86:Petrol")
    late = sta(*rows, closing="C250102EUR90,00")
    files = [Source(name, text.encode()) for name, text in (("i.sta", early), ("s.sta", late))]
    table = read([files[at] for at in order])
    assert sorted((entry.amount, entry.movement) for entry in table.entries) == [
        (Decimal("-7.00"), Movement.UNDECIDED),
        (Decimal("-5.00"), Movement.LEFT),
        (Decimal("-5.00"), Movement.LEFT),
    ]
    assert {each.file: each.rows for each in table.statements} == {"i.sta": 3, "s.sta": 2}


def test_both_messages_in_one_file_are_two_statements() -> None:
    text = sta(":61:250102D1,00NTRF", closing="C250102EUR99,00") + mt942(":61:250103D5,00NTRF")
    assert [each.layout for each in reading(text).statements] == ["mt940", "mt942"]


def test_the_old_line_ends_of_home_banking() -> None:
    text = sta(":61:250102D1,00NTRF", ":86:PAYPAL *TEE", closing="C250102EUR99,00")
    table = reading(text.replace("\n", "@@"))
    assert (table.entries[0].description, table.statements[0].warnings) == ("PAYPAL *TEE", ())
