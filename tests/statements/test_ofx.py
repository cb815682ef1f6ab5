"""Which OFX is read how: accounts, moments, amounts, and files that lie or break off."""

import re
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from makewhole.errors import UnreadableFile
from makewhole.records import Entry, Kind, Movement, Refusal
from makewhole.statements import Reading, Source, read


def ofx(rows: str, *, currency: str = "USD", account: str = "0001234") -> str:
    return (
        f"<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>{currency}"
        f"<BANKACCTFROM><BANKID>1<ACCTID>{account}</BANKACCTFROM>"
        f"<BANKTRANLIST><DTSTART>20250101<DTEND>20250131\n{rows}\n</BANKTRANLIST>"
        "</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    )


def row(posted: str = "20250105", amount: str = "-5.00", more: str = "") -> str:
    return f"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{posted}<TRNAMT>{amount}<FITID>F1{more}</STMTTRN>"


def reading(text: str | bytes) -> Reading:
    return read([Source("a.ofx", text.encode() if isinstance(text, str) else text)])


def only(rows: str) -> Entry:
    table = reading(ofx(rows))
    assert not table.statements[0].refused
    return table.entries[0]


def refusal(rows: str) -> Refusal:
    table = reading(ofx(rows))
    assert not table.entries
    return table.statements[0].refused[0]


@pytest.mark.parametrize(
    ("posted", "offset"),
    [
        ("20250105101500[-5:EST]", -5.0),
        ("20250105101500.250[-7:MST]", -7.0),
        ("20250105101500[0:GMT]", 0.0),
        ("20250105101500[+1]", 1.0),
        ("20250105101500[-3.5:NST]", -3.5),
        ("20250105101500[+5.30:IST]", 5.5),
        ("20250105101500 [ +5.75 : NPT ]".replace(" : ", ":"), 5.75),
    ],
)
def test_a_moment_with_an_offset_stays_aware(posted: str, offset: float) -> None:
    entry = only(row(posted))
    assert entry.booked_on == date(2025, 1, 5)
    assert entry.occurred_at is not None
    assert entry.occurred_at.utcoffset() == timedelta(hours=offset)
    assert entry.occurred_at.replace(tzinfo=UTC) == datetime(2025, 1, 5, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "posted", ["20250105", "202501051015", "20250105120000", "20250105000000.000"]
)
def test_a_time_without_an_offset_is_only_a_day(posted: str) -> None:
    entry = only(row(posted))
    assert (entry.occurred_on, entry.occurred_at) == (date(2025, 1, 5), None)


def test_the_users_date_is_when_it_happened_the_posted_one_when_it_was_booked() -> None:
    entry = only(row("20250105", more="<DTUSER>20250103"))
    assert (entry.occurred_on, entry.booked_on) == (date(2025, 1, 3), date(2025, 1, 5))


@pytest.mark.parametrize("posted", ["", "20250231", "2025", "20250105990000[0:GMT]", "soon"])
def test_a_bad_date_refuses_its_row_alone(posted: str) -> None:
    table = reading(ofx(f"{row(posted)}\n{row()}"))
    assert [each.line for each in table.statements[0].refused] == [2]
    assert [entry.line for entry in table.entries] == [3]


@pytest.mark.parametrize("amount", ["", "$120", "1.0.0", "1,234", "--5", "five", "1e3"])
def test_a_bad_amount_refuses_its_row(amount: str) -> None:
    assert "not an amount" in refusal(row(amount=amount)).reason.en


@pytest.mark.parametrize(
    ("amounts", "sums"),
    [(["-12,50", "1000,5"], ["-12.50", "1000.5"]), (["-1,250.00", "+3.5"], ["-1250.00", "3.5"])],
)
def test_a_comma_is_decimal_where_it_is_the_only_sign(amounts: list[str], sums: list[str]) -> None:
    table = reading(ofx("\n".join(row(amount=amount) for amount in amounts)))
    entries = sorted(table.entries, key=lambda entry: entry.line)
    assert [entry.amount for entry in entries] == [Decimal(size) for size in sums]


def test_each_account_is_a_statement() -> None:
    text = ofx(row(), account="111122223333") + ofx(row(), account="9/4444-5555")
    table = reading(text)
    assert {entry.account for entry in table.entries} == {"ofx:111122223333", "ofx:9/4444-5555"}
    assert {entry.card for entry in table.entries} == {"3333", "5555"}


def test_equal_rows_with_one_number_are_both_kept() -> None:
    assert len(reading(ofx(f"{row()}{row()}")).entries) == 2


@pytest.mark.parametrize(
    ("sort", "amount", "name", "kind"),
    [
        ("SRVCHG", "-5", "x", "fee"),
        ("CREDIT", "5", "PAYPAL REFUND", "refund"),
        ("CREDIT", "5", "Payroll", "income"),
        ("DEBIT", "-5", "RETURNED CHECK FEE", "payment"),
    ],
)
def test_kinds(sort: str, amount: str, name: str, kind: str) -> None:
    text = (
        f"<STMTTRN><TRNTYPE>{sort}<DTPOSTED>20250105<TRNAMT>{amount}<FITID>1<NAME>{name}</STMTTRN>"
    )
    entry = only(text)
    assert (entry.kind, entry.direction_word) == (Kind(kind), sort)


def test_pending_rows_are_undecided() -> None:
    text = "<STMTTRNP><TRNTYPE>POS<DTTRAN>20250105<TRNAMT>-5.00<NAME>Kiosk</STMTTRNP>"
    entry = only(text)
    assert (entry.movement, entry.booked_on) == (Movement.UNDECIDED, None)


def test_trades_in_securities_are_refused_and_not_lost() -> None:
    text = "<BUYSTOCK><INVBUY><INVTRAN><FITID>9<DTTRADE>20250105</INVTRAN></INVBUY></BUYSTOCK>"
    assert "securities" in refusal(text).reason.en


def test_a_foreign_currency_of_the_row_counts() -> None:
    nested = "<CURRENCY><CURRATE>1.0<CURSYM>EUR</CURRENCY>"
    assert only(row(more=nested)).currency == "EUR"


def test_debits_with_the_sign_of_credits_are_warned_about() -> None:
    table = reading(ofx(row(amount="5.00")))
    assert "all 1 amounts marked DEBIT are positive" in table.statements[0].warnings[0].en


@pytest.mark.parametrize(
    ("head", "codec", "name"),
    [
        ("ENCODING:USASCII\nCHARSET:1252\n", "utf-8", "Café Zürich"),
        ("ENCODING:UTF-8\nCHARSET:NONE\n", "cp1252", "Café Zürich"),
        ("ENCODING:USASCII\nCHARSET:1251\n", "cp1251", "Кафе"),
    ],
)
def test_the_bytes_decide_the_encoding(head: str, codec: str, name: str) -> None:
    table = reading(f"{head}\n{ofx(row(more=f'<NAME>{name}'))}".encode(codec))
    assert table.entries[0].counterparty == name


def test_entities_and_stray_signs_are_text() -> None:
    entry = only(row(more="<NAME>A &amp; B &lt;C&gt;<MEMO>5 < 6 & <b>so</b>"))
    assert (entry.counterparty, entry.description) == ("A & B <C>", "5 < 6 & <b>so</b>")


@pytest.mark.parametrize("cut", [40, 120, 200, 260])
def test_a_file_that_breaks_off_is_not_half_read(cut: int) -> None:
    text = ofx(row())
    with pytest.raises(UnreadableFile, match="breaks off") as caught:
        reading(text[:cut])
    assert "请重新下载" in caught.value.message.zh


def test_a_file_without_accounts_says_what_to_do() -> None:
    with pytest.raises(UnreadableFile, match="no account statement"):
        reading("<OFX><SIGNONMSGSRSV1></SIGNONMSGSRSV1></OFX>")


@pytest.mark.parametrize("filler", ["<A>", "<![CDATA[", "<a ", "</STMTTRN>", "<STMTTRN>", "&amp;"])
def test_hostile_repetition_takes_linear_time(filler: str) -> None:
    text = ofx(filler * 60_000)
    begun = time.perf_counter()
    try:
        reading(text)
    except UnreadableFile:
        assert filler == "<![CDATA["
    assert time.perf_counter() - begun < 5


def test_entities_of_a_document_type_are_not_expanded() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE OFX [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    table = reading(head + ofx(row(more="<NAME>&x;")))
    assert table.entries[0].counterparty == "&x;"


def test_a_debit_of_nothing_has_no_wrong_sign() -> None:
    assert not reading(ofx(row(amount="-0"))).statements[0].warnings


@pytest.mark.parametrize(
    "posted", ["2025-01-05", "20250105 10:15:00", "20250105[EST]", "20250105101500[]"]
)
def test_dates_that_the_standard_does_not_know(posted: str) -> None:
    entry = only(row(posted))
    assert (entry.occurred_on, entry.occurred_at) == (date(2025, 1, 5), None)


@pytest.mark.parametrize(("amount", "size"), [("-1.204,50", "-1204.50"), ("-1,204.50", "-1204.50")])
def test_the_last_of_two_signs_is_decimal(amount: str, size: str) -> None:
    assert only(row(amount=amount)).amount == Decimal(size)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("R&DISTRIBUTION &COPY SHOP", "R&DISTRIBUTION &COPY SHOP"),
        ("B&amp;W &#8211; &#x41;", "B&W \u2013 A"),
        ("5 &lt; 6", "5 < 6"),
    ],
)
def test_only_whole_entities_are_taken_for_signs(written: str, name: str) -> None:
    assert only(row(more=f"<NAME>{written}")).counterparty == name


def test_a_row_left_open_ends_where_the_balances_begin() -> None:
    text = ofx(row().replace("</STMTTRN>", "")).replace(
        "</BANKTRANLIST>", "<LEDGERBAL><BALAMT>7.00<DTASOF>20250131</LEDGERBAL></BANKTRANLIST>"
    )
    assert [(entry.amount, entry.occurred_on) for entry in reading(text).entries] == [
        (Decimal("-5.00"), date(2025, 1, 5))
    ]


def test_a_whole_file_in_small_letters() -> None:
    text = ofx(row(more="<NAME>Tea"))
    small = re.sub(r"</?[A-Z0-9]+>", lambda found: found[0].lower(), text)
    entry = reading(small).entries[0]
    assert (entry.counterparty, entry.amount) == ("Tea", Decimal("-5.00"))


def test_a_file_without_a_currency_takes_the_one_that_is_stated() -> None:
    text = ofx(row(), currency="")
    assert "no currency" in reading(text).statements[0].refused[0].reason.en
    assert read([Source("a.ofx", text.encode())], currency="CHF").entries[0].currency == "CHF"


def test_without_a_period_the_balance_says_until_when() -> None:
    text = ofx(row()).replace("<DTEND>20250131", "")
    text = text.replace("</STMTRS>", "<LEDGERBAL><BALAMT>7<DTASOF>20250130</LEDGERBAL></STMTRS>")
    assert reading(text).statements[0].declared.ends_on == date(2025, 1, 30)


@pytest.mark.parametrize(
    ("action", "movement"), [("DELETE", Movement.NOTHING), ("REPLACE", Movement.LEFT)]
)
def test_a_corrected_row_moves_nothing(action: str, movement: Movement) -> None:
    said = f"<CORRECTFITID>F0<CORRECTACTION>{action}"
    first = row(amount="-6.00").replace("<FITID>F1", "<FITID>F0")
    entries = reading(ofx(f"{first}{row(more=said)}")).entries
    assert {entry.reference: entry.movement for entry in entries} == {
        "F0": Movement.NOTHING,
        "F1": movement,
    }


def test_a_row_that_replaces_itself_counts() -> None:
    entry = only(row(more="<CORRECTFITID>F1<CORRECTACTION>REPLACE"))
    assert (entry.movement, entry.note) == (Movement.LEFT, "REPLACE F1")
