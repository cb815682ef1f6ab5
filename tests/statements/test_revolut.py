"""What is peculiar to Revolut: fees beside amounts, states, languages, one-cell workbooks."""

from decimal import Decimal

import pytest

from makewhole.records import Entry, Kind, Movement
from makewhole.statements import Reading, Source, read
from tests.statements.workbook import xlsx

HEADER = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance"
BUSINESS = (
    "Date started (UTC),Date completed (UTC),ID,Type,State,Description,Payment currency,Amount,"
    "Total amount,Fee,Balance,Account"
)


def table(*rows: str, header: str = HEADER) -> Reading:
    return read([Source("revolut.csv", "\n".join([header, *rows, ""]).encode())])


def only(reading: Reading) -> Entry:
    (entry,) = reading.entries
    return entry


@pytest.mark.parametrize(
    ("amount", "fee", "stored", "kept"),
    [
        ("-100.00", "1.00", "-101.00", "1.00"),
        ("100.00", "1.00", "100.00", "1.00"),
        ("0.00", "7.99", "-7.99", "7.99"),
        ("-20.00", "0.00", "-20.00", None),
        ("0.00", "-7.99", "7.99", None),
    ],
)
def test_the_amount_is_what_the_paying_side_gave(
    amount: str, fee: str, stored: str, kept: str | None
) -> None:
    row = f"TRANSFER,Current,2025-03-01 10:00:00,2025-03-01 10:00:01,x,{amount},{fee},EUR,COMPLETED"
    entry = only(table(f"{row},1.00"))
    assert entry.amount == Decimal(stored)
    assert entry.fee == (None if kept is None else Decimal(kept))


@pytest.mark.parametrize(
    ("state", "movement"),
    [
        ("COMPLETED", Movement.LEFT),
        ("Completato", Movement.LEFT),
        ("TERMINÉ", Movement.LEFT),
        ("ZAKOŃCZONO", Movement.LEFT),
        ("PENDING", Movement.UNDECIDED),
        ("EN ATTENTE", Movement.UNDECIDED),
        ("REVERTED", Movement.NOTHING),
        ("OPERAZIONE ANNULLATA", Movement.NOTHING),
        ("COFNIĘTO", Movement.NOTHING),
        ("DECLINED", Movement.NOTHING),
        ("FAILED", Movement.NOTHING),
        ("ON_HOLIDAY", Movement.UNKNOWN),
        ("", Movement.UNKNOWN),
    ],
)
def test_a_state_says_what_moved_and_an_unknown_one_stays_unknown(
    state: str, movement: Movement
) -> None:
    entry = only(table(f"CARD_PAYMENT,Current,2025-03-01 10:00:00,,Shop,-5.00,0.00,EUR,{state},"))
    assert entry.movement is movement
    assert entry.status_word == state


def test_times_name_no_zone_so_a_row_keeps_its_day() -> None:
    row = "CARD_PAYMENT,Current,2025-03-01 23:59:59,2025-03-02 04:00:00,Shop,-5,0,EUR,COMPLETED,1"
    entry = only(table(row))
    assert entry.occurred_at is None
    assert (str(entry.occurred_on), str(entry.booked_on)) == ("2025-03-01", "2025-03-02")


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            (
                "Tipo,Producto,Fecha de inicio,Fecha de finalización,Descripción,Importe,Comisión,"
                "Divisa,State,Saldo"
            ),
            (
                "Pago con tarjeta,Oro,2025-03-01 10:00:00,2025-03-02 10:00:00,Panadería,-5.00,0.50,"
                "EUR,COMPLETADO,10.00"
            ),
        ),
        (
            ("Rodzaj,Data rozpoczęcia,Data zrealizowania,Opis,Kwota,Opłata,Waluta,State,Saldo"),
            (
                'Płatność kartą,2025-03-01 10:00:00,2025-03-02 10:00:00,Chleb,"-5","0,5",'
                'PLN,ZAKOŃCZONO,"10,00"'
            ),
        ),
        (
            (
                "Tipo;Prodotto;Data di inizio;Data di completamento;Descrizione;Importo;Costo;"
                "Valuta;Stato;Saldo"
            ),
            (
                "Pagamento con carta;Oro;2025-03-01 10:00:00;2025-03-02 10:00:00;Forno;-5,00;0,50;"
                "EUR;COMPLETATO;1.010,00"
            ),
        ),
        (
            "Típus,Termék,Kezdés dátuma,Teljesítés dátuma,Leírás,Összeg,Díj,Pénznem,State,Egyenleg",
            (
                "Kártyás fizetés,Számla,2025-03-01 10:00:00,2025-03-02 10:00:00,Pékség,-5,0.50,"
                "HUF,ELVÉGEZVE,10"
            ),
        ),
        (
            "Type,Product,Startdatum,Datum voltooid,Beschrijving,Bedrag,Kosten,Valuta,Status,Saldo",
            (
                "Kaartbetaling,Betaalrekening,2025-03-01 10:00:00,2025-03-02 10:00:00,Bakker,-5.00,"
                "0.50,EUR,VOLTOOID,10.00"
            ),
        ),
    ],
)
def test_headings_and_words_of_other_languages(header: str, row: str) -> None:
    entry = only(table(row, header=header))
    assert entry.amount == Decimal("-5.50")
    assert (entry.movement, entry.kind) == (Movement.LEFT, Kind.PAYMENT)
    assert str(entry.booked_on) == "2025-03-02"


def test_coins_are_read_with_all_their_decimals() -> None:
    row = "Exchange,Current,2025-03-01 10:00:00,2025-03-01 10:00:00,Exchanged to XAU,0.168,0.000338"
    entry = only(table(f"{row},XAU,COMPLETED,0.167662"))
    assert (entry.amount, entry.fee) == (Decimal("0.168"), Decimal("0.000338"))


def test_columns_may_stand_in_another_order_and_some_may_be_missing() -> None:
    header = "Description,Amount,Currency,State,Completed Date,Started Date,Type,Extra"
    row = "Shop,-5.00,EUR,COMPLETED,2025-03-02 10:00:00,2025-03-01 10:00:00,CARD_PAYMENT,x"
    entry = only(table(row, header=header))
    assert (entry.amount, entry.fee, entry.funding) == (Decimal("-5.00"), None, "")


def test_a_workbook_may_hold_each_row_in_one_cell() -> None:
    rows = [
        [HEADER],
        [
            (
                'Card Payment,Current,2025-03-01 10:00:00,2025-03-02 10:00:00,"Shop, Town",'
                "-5.00,0.00,EUR,COMPLETED,10.00"
            )
        ],
    ]
    entry = only(read([Source("revolut.xlsx", xlsx(rows))]))
    assert (entry.counterparty, entry.amount) == ("Shop, Town", Decimal("-5.00"))


def test_a_workbook_with_columns_and_numbers() -> None:
    card = ["Card Payment", "Current", "2025-03-01 10:00:00", "2025-03-02 10:00:00", "Shop"]
    rows: list[list[str | float]] = [
        [*HEADER.split(",")],
        [*card, -5.25, 0.0, "EUR", "COMPLETED", 10.0],
    ]
    entry = only(read([Source("revolut.xlsx", xlsx(rows))]))
    assert (entry.amount, entry.line) == (Decimal("-5.25"), 2)


def test_a_lost_row_is_named_for_its_pocket() -> None:
    def row(product: str, day: int, amount: str, balance: str) -> str:
        at = f"2025-03-{day:02d} 10:00:00"
        return f"TRANSFER,{product},{at},{at},x,{amount},0.00,EUR,COMPLETED,{balance}"

    reading = table(
        row("Current", 1, "-5.00", "95.00"),
        row("Savings", 1, "5.00", "5.00"),
        row("Current", 3, "-5.00", "80.00"),
        row("Savings", 3, "5.00", "10.00"),
    )
    (warning,) = reading.statements[0].warnings
    assert warning.en == (
        "from line 4 on the balance of Current EUR does not follow: after the row before it should "
        "be 90.00, the export says 80.00. A row may be missing or may have been changed"
    )


def test_a_rewritten_file_whose_dates_leave_the_order_open_is_refused() -> None:
    row = "ATM,Current,05/03/2025 10:00,05/03/2025 10:00,Cash,-5.00,0.00,EUR,COMPLETED,1.00"
    (refused,) = table(row).statements[0].refused
    assert "cannot tell whether dates are day/month or month/day" in refused.reason.en
    file = Source("revolut.csv", f"{HEADER}\n{row}\n".encode())
    assert str(only(read([file], dates="dmy")).occurred_on) == "2025-03-05"


def test_the_total_of_a_business_row_decides_whatever_the_sign_of_its_fee() -> None:
    row = "2025-03-01 10:00:00,2025-03-01 10:00:00,a-1,CARD_PAYMENT,COMPLETED,Shop,EUR,-10.00"
    for fee in ("0.40", "-0.40"):
        entry = only(table(f"{row},-10.40,{fee},5.00,EUR Main", header=BUSINESS))
        assert (entry.amount, entry.fee) == (Decimal("-10.40"), Decimal("0.40"))


def test_a_row_without_a_currency_is_refused() -> None:
    row = "CARD_PAYMENT,Current,2025-03-01 10:00:00,,Shop,-5.00,0.00,,COMPLETED,"
    (refused,) = table(row).statements[0].refused
    assert refused.reason.en == "no currency code: ''"
