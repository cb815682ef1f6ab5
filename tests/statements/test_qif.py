"""What QIF leaves open and how it is settled: currency, order of dates, decimal sign, accounts."""

from datetime import date
from decimal import Decimal

import pytest

from makewhole.errors import UnreadableFile
from makewhole.records import Entry, Kind, Movement
from makewhole.statements import Reading, Source, read


def row(day: str = "13/02/2025", amount: str = "-5.00", *more: str) -> str:
    return "\n".join([f"D{day}", f"T{amount}", *more, "^"])


def reading(*rows: str, dates: str = "", currency: str = "EUR", head: str = "Bank") -> Reading:
    text = "\n".join([f"!Type:{head}", *rows, ""])
    return read([Source("a.qif", text.encode())], dates=dates, currency=currency)


def only(*more: str, amount: str = "-5.00", currency: str = "EUR") -> Entry:
    table = reading(row("13/02/2025", amount, *more), currency=currency)
    assert not table.statements[0].refused
    return table.entries[0]


def days(*written: str, dates: str = "") -> list[date]:
    return [entry.occurred_on for entry in reading(*map(row, written), dates=dates).entries]


def test_without_a_currency_the_rows_have_none_and_the_way_out_is_named() -> None:
    found = reading(row(), currency="")
    assert [entry.currency for entry in found.entries] == ["XXX"]
    (warning,) = found.statements[0].warnings
    for language in warning:
        assert "--currency EUR" in language


@pytest.mark.parametrize(
    ("amount", "said", "currency"),
    [("-5,00 €", "", "EUR"), ("USD -5.00", "", "USD"), ("-$5.00", "CAD", "CAD")],
)
def test_a_currency_in_the_amounts_counts(amount: str, said: str, currency: str) -> None:
    entry = only(amount=amount, currency=said)
    assert (entry.amount, entry.currency) == (Decimal("-5.00"), currency)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("13/2/07", date(2007, 2, 13)),
        ("2/13'07", date(2007, 2, 13)),
        ("2/ 5' 7", date(2007, 2, 5)),
        ("28-2-07", date(2007, 2, 28)),
        ("13022007", date(2007, 2, 13)),
        ("5.2'2007", date(2007, 2, 5)),
        ("13.02.2007", date(2007, 2, 13)),
        ("2007-02-13", date(2007, 2, 13)),
        ("20070213", date(2007, 2, 13)),
        ("2/13'85", date(2085, 2, 13)),
        ("2/13/85", date(1985, 2, 13)),
    ],
)
def test_dates(written: str, expected: date) -> None:
    assert days(written, dates="mdy")[0] == expected


def test_the_order_of_dates_is_that_of_the_whole_file() -> None:
    assert days("3/4/25", "13/4/25") == [date(2025, 4, 3), date(2025, 4, 13)]
    assert days("3/4/25", "3/14/25") == [date(2025, 3, 4), date(2025, 3, 14)]
    assert days("3/4/25", "4/3/25", "4/4/25", dates="dmy")[0] == date(2025, 3, 4)


def test_an_open_order_refuses_the_rows_and_asks() -> None:
    refused = reading(row("3/4/25")).statements[0].refused
    assert "--dates dmy" in refused[0].reason.en
    mixed = reading(row("13/4/25"), row("4/14/25")).statements[0].refused
    assert [each.line for each in mixed] == [2, 5]


def test_each_account_has_a_sequence_of_its_own() -> None:
    first = "\n".join(row(day) for day in ("3/1/25", "4/1/25", "1/2/25"))
    second = "\n".join(row(day) for day in ("2/1/25", "5/1/25"))
    table = reading(first, "!Type:CCard", second)
    assert {entry.occurred_on.month for entry in table.entries} == {1, 2}
    assert {entry.account for entry in table.entries} == {"qif:Bank", "qif:CCard"}


@pytest.mark.parametrize(
    ("amounts", "sizes"),
    [
        (["-1,250.00", "3.5"], ["-1250.00", "3.5"]),
        (["-1.250,00", "3,5"], ["-1250.00", "3.5"]),
        (["10'000.00", "12."], ["10000.00", "12"]),
    ],
)
def test_the_decimal_sign_is_that_of_the_whole_file(amounts: list[str], sizes: list[str]) -> None:
    table = reading(*(row(amount=amount) for amount in amounts))
    entries = sorted(table.entries, key=lambda entry: entry.line)
    assert [entry.amount for entry in entries] == [Decimal(size) for size in sizes]


def test_two_decimal_signs_refuse_the_rows() -> None:
    assert len(reading(row(amount="1,25"), row(amount="1.25")).statements[0].refused) == 2


@pytest.mark.parametrize(
    ("more", "amount", "movement", "kind"),
    [
        (["PTea"], "-5.00", "left", "payment"),
        (["PTea"], "5.00", "arrived", "income"),
        (["PTEA REFUND"], "5.00", "arrived", "refund"),
        (["PMove", "L[Savings]"], "-5.00", "left", "own_transfer"),
        (["POpening Balance", "L[Girokonto]"], "5.00", "nothing", "other"),
        (["PSolde initial", "L[Compte]"], "5.00", "nothing", "other"),
        (["P**VOID**Tea"], "-5.00", "nothing", "payment"),
        (["PTea", "C!"], "-5.00", "undecided", "payment"),
        (["PTea", "C*"], "-5.00", "left", "payment"),
        (["PTea"], "0.00", "nothing", "payment"),
    ],
)
def test_what_a_row_means(more: list[str], amount: str, movement: str, kind: str) -> None:
    entry = only(*more, amount=amount)
    assert (entry.movement, entry.kind) == (Movement(movement), Kind(kind))


def test_splits_belong_to_their_row() -> None:
    entry = only("LFood", "SFood", "Ebread", "$-2.00", "SHome", "$-3.00")
    assert (entry.amount, entry.note) == (Decimal("-5.00"), "Food bread -2.00; Home -3.00")
    wrong = reading(row("13/02/2025", "-5.00", "SFood", "$-2.00")).statements[0]
    assert [warning.en for warning in wrong.warnings] == [
        "line 2: the splits add up to -2.00, the row states -5.00"
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("T-5.00\nPTea\n^", "no date"),
        ("D13/02/2025\nPTea\n^", "not an amount"),
        ("D31/02/2025\nT-5.00\n^", "no such day"),
        ("Dsoon\nT-5.00\n^", "not a date"),
        ("D13/02/2025\nNBuy\nYNordlicht\nQ10\nT5.00\n^", "securities"),
    ],
)
def test_a_bad_row_is_refused_alone(bad: str, reason: str) -> None:
    statement = reading(row(), bad, row()).statements[0]
    assert (statement.stored, [each.line for each in statement.refused]) == (2, [5])
    assert reason in statement.refused[0].reason.en


@pytest.mark.parametrize(
    ("end", "stored", "warning"),
    [
        ("T-5.00\nPTea", 2, "no end mark"),
        ("T-5.00\n", 2, "no end mark"),
        ("T-5", 1, "no end mark"),
        ("T-5.00\n^", 2, ""),
    ],
)
def test_a_file_that_breaks_off(end: str, stored: int, warning: str) -> None:
    text = f"!Type:Bank\n{row()}\nD14/02/2025\n{end}"
    statement = read([Source("a.qif", text.encode())], currency="EUR").statements[0]
    assert statement.stored == stored
    assert warning in " ".join(each.en for each in statement.warnings)


def test_accounts_and_lists() -> None:
    account = "!Account\nNGiro\nDKonto 4711\nT{}\n^\n"
    text = (
        "!Option:AutoSwitch\n" + account.format("Bank") + "NAlt\nTBank\n^\n!Clear:AutoSwitch\n"
        "!Type:Cat\nNFood\nE\n^\n" + account.format("Bank") + f"!type:bank \n{row()}\n"
        "!Type:Memorized\nKP\nT-1.00\nPTea\n^\n!Account\nNVisa\nTCCard\n^\n"
        f"!Type:CCard\n{row()}\n" + account.format("Bank") + f"!Type:Bank\n{row()}\n"
    )
    table = read([Source("a.qif", text.replace("\n", "\r\n").encode())], currency="EUR")
    assert [each.declared.account for each in table.statements] == ["Giro", "Visa"]
    assert [each.stored for each in table.statements] == [2, 1]
    assert {entry.card for entry in table.entries if entry.account == "qif:Giro"} == {"4711"}


def test_lists_alone_are_no_statement() -> None:
    with pytest.raises(UnreadableFile, match="holds no account"):
        reading("NFood\nE\n^", head="Cat")


def test_an_empty_register_is_a_statement_without_rows() -> None:
    assert reading(currency="").statements[0].rows == 0
