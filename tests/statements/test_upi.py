"""UPI on both sides: what apps print, what Indian banks narrate, and the number they share."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from makewhole.desk import scan_files
from makewhole.records import FindingKind, Kind, MatchKind, Movement
from makewhole.statements import Reading, Source, read
from makewhole.statements.indian_banks import shared_number
from makewhole.statements.source import Grid

AXIS = "Tran Date,CHQNO,PARTICULARS,DR,CR,BAL,SOL"
ACCOUNT = "Statement of Account No - 923010000009829 for the period (From : {} To : {})"
PHONEPE = """Transaction Statement for +919800000001
Jan 01, 2025 - Jan 31, 2025
Date Transaction Details Type Amount
{}
"""


def block(day: str, utr: str, amount: str = "INR 180.00", account: str = "XX9829") -> str:
    return (
        f"Jan {day}, 2025 Paid to SAMPLE STORE Debit {amount}\n"
        f"08:03 AM Transaction ID : T250104080300{utr}\nUTR No : {utr}\nDebited from {account}"
    )


def told(text: str, name: str = "statement.txt") -> Reading:
    return read([Source(name, text.encode())])


def workbook(**sheets: Sequence[Sequence[object]]) -> Source:
    source = Source("paytm.xlsx", b"a workbook")
    source.grids = [
        Grid(name, [(at, [str(cell) for cell in cells]) for at, cells in enumerate(rows, 1)])
        for name, rows in sheets.items()
    ]
    return source


def both_sides(folder: Path, app: str, bank: str) -> tuple[Path, Path]:
    wallet, statement = folder / "phonepe.txt", folder / "axis.csv"
    wallet.write_text(app, encoding="utf-8")
    statement.write_text(bank, encoding="utf-8")
    return wallet, statement


def test_an_app_and_a_bank_meet_by_the_number_that_both_print(tmp_path: Path) -> None:
    app = PHONEPE.format("\n".join(block(f"{at:02d}", f"50001234567{at}") for at in range(4, 8)))
    bank = "\n".join(
        [
            ACCOUNT.format("01-01-2025", "31-01-2025"),
            AXIS,
            # The bank books them the other way round, so that amount and day alone would err.
            *(
                f"{12 - at:02d}-01-2025,-,UPI/P2M/50001234567{at}/SAMPLE STO/Yes Bank/UPI,180.00,,"
                f"{1000 - 180 * (8 - at)}.00,1"
                for at in range(7, 3, -1)
            ),
        ]
    )
    files = both_sides(tmp_path, app, bank)
    reading, scan = scan_files(files, as_of=date(2025, 3, 1))
    assert {match.kind for match in scan.matches} == {MatchKind.SAME_NUMBER}
    assert len(scan.matches) == 4
    numbers = {entry.id: entry.merchant_reference for entry in reading.entries}
    assert all(len({numbers[name] for name in match.entries}) == 1 for match in scan.matches)
    assert not scan.findings


def test_a_payment_that_failed_in_the_app_and_was_debited_is_found(tmp_path: Path) -> None:
    header = "Date,Time,Transaction Details,Transaction ID,UTR,Account,Type,Amount,Status"
    rows = [
        f"{at:02d}/01/2025,10:00 AM,Paid to SHOP,T25010410000{at:02d},5000123456{at:02d},XX9829,"
        f"DEBIT,{at}.00,{'FAILED' if at == 14 else 'SUCCESS'}"
        for at in range(10, 20)
    ]
    bank = [
        f"{at:02d}-01-2025,-,UPI/P2M/5000123456{at:02d}/SHOP/Yes Bank/UPI,{at}.00,,,1"
        for at in range(10, 20)
    ]
    files = both_sides(
        tmp_path,
        "\n".join([header, *rows]),
        "\n".join([ACCOUNT.format("01-01-2025", "31-01-2025"), AXIS, *bank]),
    )
    _reading, scan = scan_files(files, as_of=date(2025, 3, 1))
    assert [finding.kind for finding in scan.findings] == [FindingKind.DEBITED_UNPAID]
    assert scan.findings[0].amount == Decimal("14.00")


@pytest.mark.parametrize(
    ("amount", "read_as"),
    [
        ("INR 1,25,000.50", "-125000.50"),
        ("₹30", "-30"),
        ("Rs. 30.00", "-30.00"),
        ("INR30.5", "-30.5"),
    ],
)
def test_rupees_are_read_however_they_are_written(amount: str, read_as: str) -> None:
    found = told(PHONEPE.format(block("04", "500012345674", amount)))
    assert [str(entry.amount) for entry in found.entries] == [read_as]


def test_the_time_below_a_missing_amount_is_not_the_amount() -> None:
    found = told(PHONEPE.format(block("04", "500012345674", "INR")))
    assert [refusal.reason.en for refusal in found.statements[0].refused] == [
        "this row has no amount"
    ]


def test_pages_may_break_inside_a_payment() -> None:
    one = block("04", "500012345674").replace(
        "UTR No", "Page 1 of 2\nThis is a system generated statement. Ask us.\nUTR No"
    )
    (entry,) = told(PHONEPE.format(one)).entries
    assert (entry.merchant_reference, entry.funding) == ("500012345674", "XX9829")
    assert entry.description == "Paid to SAMPLE STORE"


def test_pages_of_a_pdf_give_one_row_for_a_payment() -> None:
    header = ("Date", "Transaction Details", "Type", "Amount")
    details = (
        "Paid to SAMPLE STORE\nTransaction ID : T25010408030{0}\nUTR No : 50001234567{0}\n"
        "Debited from XX9829"
    )
    pages = [
        (header, (f"Jan 0{at}, 2025\n08:03 AM", details.format(at), "Debit", "INR\n180.00"))
        for at in (4, 5)
    ]
    source = workbook(first=pages[0], second=pages[1])
    source.data = b""
    found = read([source])
    assert [entry.merchant_reference for entry in found.entries] == ["500012345674", "500012345675"]
    assert {(entry.amount, entry.funding, entry.description) for entry in found.entries} == {
        (Decimal("-180.00"), "XX9829", "Paid to SAMPLE STORE")
    }


def test_a_google_pay_statement_is_read_from_cells_too() -> None:
    rows = (
        ("Date & time", "Transaction details", "Amount"),
        (
            "01 Aug, 2026\n10:53 AM",
            "Paid to Sample\nUPI Transaction ID: 621312345678\nPaid by HDFC Bank 6722",
            "₹1,500",
        ),
    )
    source = workbook(pages=rows)
    source.data = b""
    (entry,) = read([source]).entries
    assert (entry.provider, entry.funding) == ("googlepay", "HDFC Bank 6722")
    assert entry.amount == -1500
    assert (entry.counterparty, entry.merchant_reference) == ("Sample", "621312345678")


def test_a_table_of_another_app_with_such_columns_is_not_claimed() -> None:
    text = "Date,Details,Transaction ID,UTR,Type,Amount\n01/01/2025,x,ABC,1,DEBIT,1.00\n"
    with pytest.raises(Exception, match="no known layout"):
        told(text, "other.csv")


SUMMARY = (
    ("Paytm Statement for",),
    ("SAMPLE KUMAR",),
    ("Period", "1 OCT'26 - 31 OCT'26"),
    ("Total Money Paid", "- Rs.1,274.50"),
    ("", "2 Payments made"),
    ("Total Money Received", "+ Rs.99"),
    ("", "1 Payments received"),
)
PASSBOOK = (
    ("Date", "Time", "Transaction Details", "Your Account", "Amount", "UPI Ref No.", "Tags"),
    ("03/10/2026", "20:04:04", "Paid to A", "SBI - 51", "-40.00", "627612345678", ""),
    ("02/10/2026", "20:04:04", "Paid to B", "SBI - 51", "-1,234.50", 627612345679, ""),
    ("01/10/2026", "20:04:04", "Money sent", "SBI - 51", "-5.00", 627612345677, "# Self transfer"),
    ("01/10/2026", "08:04:04", "Received from C", "SBI - 51", "+100.00", 627612345676, ""),
)


def test_paytm_totals_are_checked_without_own_transfers() -> None:
    found = read([workbook(Summary=SUMMARY, Passbook_Payment_History=PASSBOOK)])
    (statement,) = found.statements
    assert (statement.layout, statement.rows, statement.refused) == ("upi", 4, ())
    assert (statement.declared.starts_on, statement.declared.ends_on) == (
        date(2026, 10, 1),
        date(2026, 10, 31),
    )
    assert [warning.en for warning in statement.warnings] == [
        "Money Received: the export declares 1 rows 99, its rows give 1 rows 100.00"
    ]
    assert [entry.merchant_reference for entry in found.entries if entry.amount == -1234.50] == [
        "627612345679"
    ]
    assert [entry.kind for entry in found.entries if entry.amount == -5] == [Kind.OWN_TRANSFER]


@pytest.mark.parametrize(
    ("status", "movement"),
    [
        ("SUCCESS", Movement.LEFT),
        ("Failed", Movement.NOTHING),
        ("DECLINED", Movement.NOTHING),
        ("Pending", Movement.UNDECIDED),
        ("Refunded", Movement.LEFT_AND_RETURNED),
        ("Half done", Movement.UNKNOWN),
        ("", Movement.UNKNOWN),
    ],
)
def test_a_status_says_what_moved(status: str, movement: Movement) -> None:
    header = (
        "Date,Time,Bank Name,Account Number,Sender,Receiver,Payment ID,Pay/Collect,Amount,DR/CR,"
        "Status"
    )
    row = f"13/10/2026,18:04:11,B,XX1,me,you,1,Pay,5.00,DR,{status}"
    assert told(f"{header}\n{row}\n").entries[0].movement is movement


@pytest.mark.parametrize(
    ("narration", "reference", "number"),
    [
        ("UPI/P2A/412345678901/ASHA/State Ban/rent", "", "412345678901"),
        ("UPI-SHOP-shop@ybl-YESB0YBLUPI-412345678901-PAY", "", "412345678901"),
        ("TO TRANSFER-UPI/DR/412345678901/RITIK/SBIN/x@/UPI--", "", "412345678901"),
        ("WDL TFR UPI/DR/412345678901/X 0097690162092", "", "412345678901"),
        ("MMT/IMPS/412345678901/NA/ASHA", "", "412345678901"),
        ("UPI-SHOP-shop@ybl", "412345678901", "412345678901"),
        ("NEFT/412345678901/ACME", "", ""),
        ("NEFT CR-ACME", "412345678901", ""),
        ("UPI/50100000009829/X", "", ""),
    ],
)
def test_the_shared_number_stands_in_the_narration(
    narration: str, reference: str, number: str
) -> None:
    assert shared_number(narration, reference) == number


def test_narrations_over_several_lines_are_one_and_numbers_are_mended() -> None:
    header = "Date,Narration,Chq./Ref.No.,Value Dt,Withdrawal Amt.,Deposit Amt.,Closing Balance"
    rows = [
        "04/01/25,UPI-SHOP-SHOP@YBL-YESB0YBLUPI-4004,,04/01/25,180.00,,820.00",
        ",12345678-PAYMENT FROM,,,,,",
        ",PHONE,,,,,",
        "16/01/25,FEE,,16/01/25,20.00,,800.00",
    ]
    found = told("\n".join([header, *rows]), "hdfc.csv")
    first = found.entries[0]
    assert first.description == "UPI-SHOP-SHOP@YBL-YESB0YBLUPI-400412345678-PAYMENT FROM PHONE"
    assert first.merchant_reference == "400412345678"
    assert not found.statements[0].refused


def test_a_row_of_a_bank_without_date_but_with_money_is_refused() -> None:
    rows = ["16-03-2025,-,X,1.00,,9.00,1", ",-,Y,2.00,,7.00,1", ",,OPENING BALANCE,,,10.00,1"]
    (statement,) = told("\n".join([AXIS, *rows]), "axis.csv").statements
    assert [refusal.line for refusal in statement.refused] == [3]
    assert statement.rows == 2
