"""What fixtures of banks outside China do not show: refusals, drift, files that look alike."""

from decimal import Decimal

import pytest

from makewhole.errors import UnknownLayout
from makewhole.records import Movement
from makewhole.statements import Reading, Source, read

SCHWAB = "Date,Status,Type,CheckNumber,Description,Withdrawal,Deposit,RunningBalance"
DETAILS = "Date,Description,Amount,Extended Details,Appears On Your Statement As,Address"


def reading(text: str, *, dates: str = "", currency: str = "") -> Reading:
    return read([Source("x.csv", text.encode())], dates=dates, currency=currency)


def refusals(found: Reading) -> list[str]:
    return [refusal.reason.en for refusal in found.statements[0].refused]


def test_columns_may_change_places_and_new_ones_come() -> None:
    text = (
        "Description,Extra,RunningBalance,Deposit,Withdrawal,Type,Date\n"
        "SHOP,x,$1.00,,$9.00,VISA,03/13/2026\n"
    )
    (entry,) = reading(text).entries
    assert (entry.amount, entry.occurred_on.isoformat()) == (Decimal("-9.00"), "2026-03-13")


def test_dates_that_the_bank_does_not_write_are_not_swapped() -> None:
    rows = "13/03/2026,Posted,VISA,,SHOP,$9.00,,\n04/03/2026,Posted,VISA,,SHOP,$9.00,,\n"
    found = reading(f"{SCHWAB}\n{rows}")
    assert not found.entries
    assert all("this bank writes dates as mdy" in reason for reason in refusals(found))
    told = reading(f"{SCHWAB}\n{rows}", dates="dmy")
    days = {entry.line: entry.occurred_on.isoformat() for entry in told.entries}
    assert days == {2: "2026-03-13", 3: "2026-03-04"}


def test_a_single_date_that_does_not_fit_is_refused_alone() -> None:
    rows = "03/13/2026,Posted,VISA,,SHOP,$9.00,,\n13/03/2026,Posted,VISA,,SHOP,$9.00,,\n"
    found = reading(f"{SCHWAB}\n{rows}")
    assert [entry.line for entry in found.entries] == [2]
    assert refusals(found) == ["no such day: '13/03/2026'"]


def test_a_spreadsheet_may_have_put_the_year_first() -> None:
    (entry,) = reading(f"{SCHWAB}\n2026-03-04,Posted,VISA,,SHOP,9,,\n").entries
    assert entry.occurred_on.isoformat() == "2026-03-04"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("03/13/2026,Posted,INTADJUST,,Interest,,,$9.00", "this row has no amount"),
        ("03/13/2026,Posted,VISA,,SHOP,abc,,$9.00", "not an amount: 'abc'"),
        (
            "03/13/2026,Posted,VISA,,SHOP,$1.00,$2.00,$9.00",
            "both the column for money in (2.00) and that for money out (1.00) are filled",
        ),
    ],
)
def test_what_cannot_be_read_is_refused(row: str, reason: str) -> None:
    assert refusals(reading(f"{SCHWAB}\n{row}\n")) == [reason]


@pytest.mark.parametrize(
    ("cell", "amount"), [("-9.00", "-9.00"), ("9.00", "-9.00"), ("(9.00)", "-9.00")]
)
def test_money_out_may_carry_its_own_sign_throughout(cell: str, amount: str) -> None:
    (entry,) = reading(f"{SCHWAB}\n03/13/2026,Posted,VISA,,SHOP,{cell},,\n").entries
    assert entry.amount == Decimal(amount)


def test_a_minus_among_unsigned_money_out_takes_back() -> None:
    rows = "03/13/2026,Posted,VISA,,SHOP,9.00,,\n03/14/2026,Posted,VISA,,SHOP,-9.00,,\n"
    found = reading(f"{SCHWAB}\n{rows}")
    assert [entry.amount for entry in found.entries] == [Decimal("-9.00"), Decimal("9.00")]


def test_an_export_of_amex_that_tells_no_country_needs_the_currency() -> None:
    text = f"{DETAILS}\n13/03/2026,SHOP,9.00,,SHOP,\n"
    (unnamed,) = reading(text).entries
    assert unnamed.currency == "XXX"
    (entry,) = reading(text, currency="AUD").entries
    assert (entry.amount, entry.currency) == (Decimal("-9.00"), "AUD")


def test_an_export_of_amex_that_leaves_the_order_open_is_not_guessed() -> None:
    rows = "03/04/2026,SHOP,9.00,,SHOP,\n01/04/2026,SHOP,9.00,,SHOP,\n02/05/2026,SHOP,9.00,,SHOP,\n"
    found = reading(f"{DETAILS}\n{rows}", currency="AUD")
    assert "cannot tell whether dates are day/month or month/day" in refusals(found)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Description,Amount\n03/13/2026,PAYMENT - THANK YOU,-9.00\n03/14/2026,SHOP,9.00\n",
        "Date,Description,Amount\n03/18/2026,LANTERN NOODLES 00-0PORTLAND            OR,-62.50\n",
        "Date,Description,Amount,Balance\n03/13/2026,SHOP,9.00,1.00\n",
    ],
    ids=["no shape", "charges negative", "four columns"],
)
def test_three_plain_columns_alone_are_nobodys(text: str) -> None:
    with pytest.raises(UnknownLayout) as caught:
        reading(text)
    assert "--mapping" in caught.value.message.en


@pytest.mark.parametrize(
    "text",
    [
        "03/02/2026,SHOP,20.99,,100.00\n03/03/2026,SHOP,1.00,,50.00\n",
        "03/02/2026,SHOP,20.99,,4500********1234\n",
        "03/02/2026,SHOP,20.99,5.00,100.00\n",
        "03/02/2026,SHOP,20.99,,100.00\nTotal,,20.99,,\n",
        '"03/02/2026","-20.99","*","","SHOP"\n"03/02/2026","-20.99","","","SHOP"\n',
    ],
    ids=["balances do not follow", "a card", "both filled", "a footer", "a star missing"],
)
def test_rows_without_header_that_do_not_bear_it_out_are_nobodys(text: str) -> None:
    with pytest.raises(UnknownLayout):
        reading(text)


def test_one_row_without_header_is_taken_for_chequing() -> None:
    found = reading("03/02/2026,SHOP,20.99,,100.00\n")
    assert found.statements[0].layout == "chequing"
    assert [entry.amount for entry in found.entries] == [Decimal("-20.99")]


def test_an_unknown_status_is_neither_paid_nor_unpaid() -> None:
    (entry,) = reading(f"{SCHWAB}\n03/13/2026,Held,VISA,,SHOP,9.00,,\n").entries
    assert entry.movement is Movement.UNKNOWN


DKB = (
    "Buchungsdatum;Wertstellung;Status;Zahlungspflichtige*r;Zahlungsempfänger*in;"
    "Verwendungszweck;Umsatztyp;IBAN;{amount};Gläubiger-ID;Mandatsreferenz;Kundenreferenz"
)


@pytest.mark.parametrize("heading", ["Betrag (€)", "Betrag (EUR)", "Betrag"])
@pytest.mark.parametrize(
    ("cell", "amount"),
    [("-12,99", "-12.99"), ("1.234", "1234"), ("-1.234,5 €", "-1234.5"), ("-5", "-5")],
)
def test_german_amounts_in_all_their_forms(heading: str, cell: str, amount: str) -> None:
    header = DKB.format(amount=heading)
    row = f"03.01.26;03.01.26;Gebucht;A;B;Zweck;Ausgang;DE1;{cell};;;"
    (entry,) = reading(f"{header}\n{row}\n").entries
    assert entry.amount == Decimal(amount)


def test_a_period_that_is_no_date_is_no_harm() -> None:
    header = DKB.format(amount="Betrag")
    row = "03.01.26;03.01.26;Gebucht;A;B;Zweck;Ausgang;DE1;-1,00;;;"
    found = reading(f'"Zeitraum:";"31.02.2026 - 31.03.2026"\n{header}\n{row}\n')
    declared = found.statements[0].declared
    assert (declared.starts_on, str(declared.ends_on)) == (None, "2026-03-31")


BBVA = "Eff. Date,Date,Item,Transaction,Amount,Foreign currency,Available"


@pytest.mark.parametrize(
    ("dates", "days"), [("", None), ("dmy", ["2026-04-03"] * 2), ("mdy", ["2026-03-04"] * 2)]
)
def test_the_english_export_of_bbva_leaves_the_order_to_the_file(
    dates: str, days: list[str] | None
) -> None:
    row = "03/04/2026,03/04/2026,Shop,Card payment,-9.5,EUR,1\n"
    found = reading(f"{BBVA}\n{row}{row}", dates=dates)
    if days is None:
        assert "cannot tell" in refusals(found)[0]
    else:
        assert [entry.occurred_on.isoformat() for entry in found.entries] == days


@pytest.mark.parametrize("status", ["OK", "FAILED", "WAITING", "НЕЧТО"])
def test_statuses_of_tbank(status: str) -> None:
    header = (
        "Дата операции;Дата платежа;Номер карты;Статус;Сумма операции;Валюта операции;"
        "Сумма платежа;Валюта платежа;Кэшбэк;Категория;MCC;Описание"
    )
    row = f"15.01.2026 12:30:00;15.01.2026;*1;{status};-100.00;RUB;-100.00;RUB;0;Еда;5411;Магнит"
    (entry,) = reading(f"{header}\n{row}\n").entries
    assert entry.movement == {
        "OK": Movement.LEFT,
        "FAILED": Movement.NOTHING,
        "WAITING": Movement.UNDECIDED,
    }.get(status, Movement.UNKNOWN)


@pytest.mark.parametrize(("closing", "warnings"), [("987,60", 0), ("987,61", 1)])
def test_opening_and_closing_balances_among_the_rows_are_checked(
    closing: str, warnings: int
) -> None:
    text = (
        "Buchungstag;Valuta;Auftraggeber/Zahlungsempfänger;Empfänger/Zahlungspflichtiger;"
        "Konto-Nr.;IBAN;BLZ;BIC;Vorgang/Verwendungszweck;Kundenreferenz;Währung;Umsatz; \n"
        "23.06.2020;23.06.2020;A;B;;;;;Gehalt;;EUR;1.000,00;H\n"
        "27.05.2020;;;;;;;;;Anfangssaldo;EUR;12,40;S\n"
        f"24.06.2020;;;;;;;;;Endsaldo;EUR;{closing};H\n"
    )
    assert len(reading(text).statements[0].warnings) == warnings


CHASE = "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #"


@pytest.mark.parametrize(
    ("balances", "warnings"),
    [
        (["", "90.00", "100.00"], 0),
        (["", "91.00", "100.00"], 1),
        (["80.00", "90.00", "100.00"], 0),
        (["80.00", "", "100.00"], 0),
        (["80.00", "91.00", "100.00"], 1),
    ],
)
def test_the_newest_rows_may_have_no_balance_yet(balances: list[str], warnings: int) -> None:
    rows = "".join(f"DEBIT,03/25/2026,SHOP,-10.00,ACH_DEBIT,{held},,\n" for held in balances)
    assert len(reading(f"{CHASE}\n{rows}").statements[0].warnings) == warnings
