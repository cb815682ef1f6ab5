"""Satispay's dates, figures, states and kinds, and how its report is known."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from makewhole.errors import UnknownLayout
from makewhole.records import Entry, Kind, Movement, Statement
from makewhole.statements import Source, read
from tests.statements.workbook import xlsx

LIST = "id,name,state,kind,date,amount,currency,extra info"
REPORT = [
    "Data",
    "Nome",
    "Descrizione",
    "Importo",
    "Tipo",
    "Stato",
    "Disponibilità",
    "Disponibilità dopo la transazione",
    "ID (Comunicalo all’Assistenza Clienti in caso di problemi)",
]


def row(
    day: str = "24 lug 2024. 02:59:45",
    *,
    state: str = "APPROVED",
    kind: str = "Customer to Business",
    amount: str = "-5,00",
) -> str:
    return f'u1,Bar,{state},{kind},"{day}","{amount}",EUR,'


def reading(rows: Sequence[str], header: str = LIST) -> tuple[Statement, list[Entry]]:
    table = read([Source("s.csv", "\n".join([header, *rows, ""]).encode())])
    return table.statements[0], sorted(table.entries, key=lambda entry: entry.line)


def only(**cells: str) -> Entry:
    statement, entries = reading([row(**cells)])
    assert not statement.refused
    return entries[0]


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        ("24 lug 2024. 02:59:45", datetime(2024, 7, 24, 0, 59, 45, tzinfo=UTC)),
        ("1 gen 2024, 00:10:00", datetime(2023, 12, 31, 23, 10, tzinfo=UTC)),
        ("1 Aug 2024, 10:00:00", datetime(2024, 8, 1, 8, tzinfo=UTC)),
        ("12/06/2026 22:38", datetime(2026, 6, 12, 20, 38, tzinfo=UTC)),
        ("2026-06-12 22:38:00", datetime(2026, 6, 12, 20, 38, tzinfo=UTC)),
    ],
)
def test_times_are_those_of_central_europe(day: str, moment: datetime) -> None:
    entry = only(day=day)
    assert entry.occurred_at is not None
    assert entry.occurred_at.astimezone(UTC) == moment


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("30,40 €", "30.40"),
        ("-€4,50", "-4.50"),
        ("€1.051,20", "1051.20"),
        ("-33.2", "-33.2"),
        ("-12", "-12"),
        ("30,40 EUR", "30.40"),
    ],
)
def test_amounts_may_carry_the_sign_of_the_euro(cell: str, amount: str) -> None:
    assert only(amount=cell).amount == Decimal(amount)


def test_a_file_with_both_decimal_signs_is_refused() -> None:
    statement, entries = reading([row(amount="1,50"), row(amount="1.50")])
    assert not entries
    assert "both decimal signs" in statement.refused[0].reason.en


@pytest.mark.parametrize(
    ("state", "out", "into"),
    [
        ("APPROVED", "left", "arrived"),
        ("✅ Approvato", "left", "arrived"),
        ("NOT APPROVED", "nothing", "nothing"),
        ("❌ Non approvato", "nothing", "nothing"),
        ("CANCELED", "nothing", "nothing"),
        ("Annullato", "nothing", "nothing"),
        ("⏳ In attesa", "undecided", "undecided"),
        ("PENDING", "undecided", "undecided"),
        ("SHINING", "unknown", "unknown"),
        ("", "unknown", "unknown"),
    ],
)
def test_the_state_decides_what_moved(state: str, out: str, into: str) -> None:
    assert only(state=state).movement is Movement(out)
    assert only(state=state, amount="5,00").movement is Movement(into)


@pytest.mark.parametrize(
    ("word", "out", "into"),
    [
        ("Customer to Business", "payment", "refund"),
        ("🏬 a un Negozio", "payment", "refund"),
        ("Person to Person", "payment", "income"),
        ("💸 da un Contatto", "payment", "income"),
        ("Bank", "withdrawal", "top_up"),
        ("Ricarica", "withdrawal", "top_up"),
        ("Risparmi", "own_transfer", "own_transfer"),
        ("Cashback", "other", "income"),
        ("Moonlight", "other", "other"),
    ],
)
def test_the_kind_is_said_in_two_languages(word: str, out: str, into: str) -> None:
    assert only(kind=word).kind is Kind(out)
    assert only(kind=word, amount="5,00").kind is Kind(into)


def _report(*rows: Sequence[str | float], headings: Sequence[str] = tuple(REPORT)) -> bytes:
    return xlsx([headings, *rows])


Cells = list[str | float]
PAID: Cells = [
    "07/03/2026",
    "Bar",
    "",
    -4.5,
    "🏬 a un Negozio",
    "✅ Approvato",
    "-4.5",
    "95.5",
    "u1",
]


def test_the_report_is_read_with_the_request_in_its_heading() -> None:
    reading = read([Source("r.xlsx", _report(PAID))])
    (entry,) = reading.entries
    assert (entry.reference, entry.amount, str(entry.occurred_on)) == (
        "u1",
        Decimal("-4.5"),
        "2026-03-07",
    )
    assert reading.statements[0].layout == "report"


def test_a_top_up_names_the_account_that_its_description_names() -> None:
    filled = ["07/03/2026", "Ricarica Satispay", "Ricarica Satispay (IT60X0542811101000000123456)"]
    row_: Cells = [*filled, 50, "Banca", "✅ Approvato", "50", "145.5", "u2"]
    (entry,) = read([Source("r.xlsx", _report(row_))]).entries
    assert entry.kind is Kind.TOP_UP
    assert entry.funding == "IT60X0542811101000000123456 (3456)"


def test_a_balance_that_does_not_follow_is_a_warning() -> None:
    later: Cells = ["08/03/2026", *PAID[1:6], "-4.5", "80", "u2"]
    statement = read([Source("r.xlsx", _report(PAID, later))]).statements[0]
    (warning,) = statement.warnings
    assert "should be 91.0, the export says 80" in warning.en


def test_a_cancelled_row_is_no_part_of_the_balance() -> None:
    cancelled: Cells = [*PAID[:5], "❌ Annullato", "-4.5", "95.5", "u2"]
    later: Cells = [*PAID[:6], "-4.5", "91", "u3"]
    assert not read([Source("r.xlsx", _report(PAID, cancelled, later))]).statements[0].warnings


def test_common_headings_alone_are_not_satispays() -> None:
    plain = ["Date", "Name", "Description", "Amount", "Type", "Status", "x", "y", "ID"]
    with pytest.raises(UnknownLayout):
        read([Source("r.xlsx", _report(PAID, headings=plain))])
    asked = [*plain[:-1], "ID (Tell it to Customer Care)"]
    assert read([Source("r.xlsx", _report(PAID, headings=asked))]).entries[0].reference == "u1"
