"""M-Pesa's statements and messages: wrapped details, three forms of dates, what is refused."""

from decimal import Decimal

import pytest

from makewhole.records import Entry, Kind, Movement
from makewhole.statements import Reading, Source, read, recognise

HEADER = "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Balance"


LOST = (
    "from line 2 on the balance does not follow: after the row before it should be 85.00, the "
    "export says 80.00. A row may be missing or may have been changed"
)


def reading(*rows: str, header: str = HEADER, dates: str = "") -> Reading:
    text = "\n".join([header, *rows, ""])
    return read([Source("mpesa.csv", text.encode())], dates=dates)


def entry(details: str, paid_in: str = "", withdrawn: str = "", status: str = "Completed") -> Entry:
    found = reading(f"SA18AA11BC,2024-01-09 13:51:00,{details},{status},{paid_in},{withdrawn},1.00")
    assert not found.statements[0].refused
    return found.entries[0]


def told(*messages: str) -> Reading:
    return read([Source("messages.txt", "\n".join(messages).encode())])


@pytest.mark.parametrize(
    ("details", "paid_in", "withdrawn", "kind", "party"),
    [
        (
            "Customer Transfer to - 2547******715 JANE SAMPLE",
            "",
            "5.00",
            Kind.PAYMENT,
            "JANE SAMPLE",
        ),
        ("Customer Transfer to 0722***111 - JANE SAMPLE", "", "5.00", Kind.PAYMENT, "JANE SAMPLE"),
        ("Customer Payment to Small Business to - 0743***708 MAMA", "", "5", Kind.PAYMENT, "MAMA"),
        ("Pay Bill to 888 - CITY FEES Acc. 7", "", "5", Kind.PAYMENT, "CITY FEES"),
        ("Pay Bill Charge", "", "5.00", Kind.FEE, ""),
        ("Customer Transfer of Funds Charge", "", "-5.00", Kind.FEE, ""),
        ("Funds received from - 2547******1 JOHN", "5.00", "", Kind.INCOME, "JOHN"),
        (
            "Business Payment from 300600 - ACME LTD via API. Ref 1",
            "5",
            "",
            Kind.INCOME,
            "ACME LTD",
        ),
        ("OverDraft of Credit Party", "5.00", "", Kind.FUNDING, ""),
        (
            "OD Loan Repayment to 232323 - M-PESA Overdraw",
            "",
            "5",
            Kind.REPAYMENT,
            "M-PESA Overdraw",
        ),
        ("Customer Withdrawal At Agent Till 12345 - SHOP", "", "5", Kind.OTHER, "SHOP"),
        ("M-Shwari Withdraw", "5.00", "", Kind.OWN_TRANSFER, ""),
        ("M-Shwari Loan Disburse", "5.00", "", Kind.OTHER, ""),
        ("Customer Transfer Reversal", "5.00", "", Kind.REFUND, ""),
        ("Customer Transfer Reversal", "", "5.00", Kind.OTHER, ""),
        ("Recharge to 4093441SAFARICOM by - 2547******915 IAN", "", "5", Kind.PAYMENT, "SAFARICOM"),
        ("Something new", "", "5.00", Kind.PAYMENT, ""),
    ],
)
def test_details_say_what_a_row_is_and_with_whom(
    details: str, paid_in: str, withdrawn: str, kind: Kind, party: str
) -> None:
    found = entry(details, paid_in, withdrawn)
    assert (found.kind, found.counterparty) == (kind, party)
    assert abs(found.amount) == 5
    assert (found.amount > 0) is bool(paid_in)


@pytest.mark.parametrize(
    ("status", "movement"),
    [
        ("Completed", Movement.LEFT),
        ("COMPLETED", Movement.LEFT),
        ("Failed", Movement.NOTHING),
        ("Pending", Movement.UNDECIDED),
        ("Reversed", Movement.LEFT_AND_RETURNED),
        ("Sleeping", Movement.UNKNOWN),
        ("", Movement.UNKNOWN),
    ],
)
def test_a_status_says_what_moved(status: str, movement: Movement) -> None:
    assert entry("Airtime Purchase", withdrawn="5.00", status=status).movement is movement


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-01-09 13:51:00", "2024-01-09T13:51:00+03:00"),
        ("09-01-24 13:51", "2024-01-09T13:51:00+03:00"),
        ("09/01/2024 13:51", "2024-01-09T13:51:00+03:00"),
        ("9 Jan 2024 1:51 PM", "2024-01-09T13:51:00+03:00"),
    ],
)
def test_dates_are_those_of_kenya(written: str, day: str) -> None:
    found = reading(f"SA18AA11BC,{written},Airtime Purchase,Completed,,5.00,1.00").entries[0]
    assert found.occurred_at is not None
    assert found.occurred_at.isoformat() == day


def test_a_file_rewritten_with_the_month_first_is_read_so() -> None:
    rows = [
        f"SA18AA11B{at},{day},x y,Completed,,5.00,"
        for at, day in enumerate(("1/9/2024", "1/31/2024"))
    ]
    days = [found.occurred_on.isoformat() for found in reading(*rows).entries]
    assert days == ["2024-01-09", "2024-01-31"]


def test_a_file_that_mixes_orders_is_refused() -> None:
    rows = [
        f"SA18AA11B{at},{day},x y,Completed,,5.00,"
        for at, day in enumerate(("31/1/2024", "1/31/2024"))
    ]
    refused = reading(*rows).statements[0].refused
    assert [refusal.line for refusal in refused] == [2, 3]
    assert "mixes" in refused[0].reason.en


def test_details_and_times_that_were_broken_are_joined() -> None:
    found = reading(
        "SA18AA11BC,2024-01-09,Customer Transfer to -,Completed,,5.00,10.00",
        ",13:51:00,2547******715 JANE,,,,",
        ",,SAMPLE,,,,",
        "Page 1 of 2,,,,,,",
        ",,Page 1 of 2,,,,",
        "SA19AA11BC,2024-01-08,Airtime Purchase,Completed,,5.00,15.00",
    )
    assert not found.statements[0].refused
    assert found.entries[1].description == "Customer Transfer to - 2547******715 JANE SAMPLE"
    assert str(found.entries[1].occurred_at) == "2024-01-09 13:51:00+03:00"
    assert found.entries[0].description == "Airtime Purchase"


def test_a_row_that_lost_its_time_is_refused_and_not_joined() -> None:
    refused = (
        reading(
            "SA18AA11BC,2024-01-09 10:00:00,Airtime Purchase,Completed,,5.00,10.00",
            ",,Airtime Purchase,Completed,,7.00,3.00",
        )
        .statements[0]
        .refused
    )
    assert [refusal.line for refusal in refused] == [3]


def test_both_columns_filled_or_none_is_refused() -> None:
    refused = (
        reading(
            "SA18AA11BC,2024-01-09 10:00:00,Airtime Purchase,Completed,5.00,5.00,10.00",
            "SA18AA11BD,2024-01-09 10:00:00,Airtime Purchase,Completed,,,10.00",
        )
        .statements[0]
        .refused
    )
    assert [refusal.reason.en for refusal in refused] == [
        "both “Paid In” (5.00) and “Withdrawn” (5.00) are filled",
        "this row has no amount",
    ]


def test_a_lost_row_shows_in_the_balance() -> None:
    found = reading(
        "SA03AA11BC,2024-01-11 10:00:00,Airtime Purchase,Completed,,5.00,80.00",
        "SA02AA11BC,2024-01-10 10:00:00,Airtime Purchase,Failed,,5.00,",
        "SA01AA11BC,2024-01-09 10:00:00,Pay Bill to 1 - X,Completed,,5.00,90.00",
        "SA01AA11BC,2024-01-09 10:00:00,Pay Bill Charge,Completed,,5.00,90.00",
        "SA00AA11BC,2024-01-08 10:00:00,Airtime Purchase,Completed,,5.00,100.00",
    )
    assert [warning.en for warning in found.statements[0].warnings] == [LOST]


def test_totals_that_the_rows_do_not_give_are_a_warning() -> None:
    preamble = "TOTAL:,0.00,9.00\n"
    found = reading(
        "SA18AA11BC,2024-01-09 13:51:00,Airtime Purchase,Completed,,5.00,1.00",
        header=preamble + HEADER,
    )
    assert [warning.en for warning in found.statements[0].warnings] == [
        "Withdrawn: the export declares ? rows 9.00, its rows give 1 rows 5.00"
    ]


def test_an_organisation_whose_balances_disagree_is_warned_of() -> None:
    header = (
        "Opening Balance:,100.00,Closing Balance:,90.00\n"
        "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Other Party Info"
    )
    found = reading(
        "SA18AA11BC,09-01-2024 13:51:00,Pay Bill from x,Completed,5.00,,254*1 - JANE", header=header
    )
    assert found.statements[0].layout == "organisation"
    assert found.entries[0].counterparty == "JANE"
    assert "give 105.00" in found.statements[0].warnings[0].en


def test_a_payment_and_its_charge_of_the_same_size_are_two_rows() -> None:
    row = "SA18AA11BC,2024-01-09 13:51:00,{},Completed,,5.00,1.00"
    found = reading(row.format("Pay Bill to 1 - X"), row.format("Pay Bill Charge"))
    assert [each.kind for each in found.entries].count(Kind.FEE) == 1
    assert len(found.entries) == 2


WHEN = "on 1/2/24 at 3:20 PM"


@pytest.mark.parametrize(
    ("message", "amount", "kind", "party"),
    [
        (
            "You have received Ksh1,235 from\nJOHN 254700\n@\nNew",
            "1235",
            Kind.INCOME,
            "JOHN 254700",
        ),
        ("Ksh1,500.00 received from JOHN @.", "1500.00", Kind.INCOME, "JOHN"),
        ("You have paid Ksh1,200.00 to X LTD for account 12 @.", "-1200.00", Kind.PAYMENT, "X LTD"),
        ("Tsh2,100 sent to MUSHI SAMPLE @.", "-2100", Kind.PAYMENT, "MUSHI SAMPLE"),
        ("You bought Ksh20.00 of airtime for 0700 @.", "-20.00", Kind.PAYMENT, "airtime"),
        ("You have withdrawn Ksh3,000.00 from Agent X @.", "-3000.00", Kind.OTHER, "Agent X"),
        ("Ksh50.00 transferred from KCB account @.", "50.00", Kind.OWN_TRANSFER, "KCB"),
        (
            "Transaction QLR94D4CO7 has been reversed @. Ksh5.00 has been returned to you.",
            "5.00",
            Kind.REFUND,
            "",
        ),
        (
            "Reversal of transaction QLR94D4CO7 has been reversed @ and Ksh5.00 is debited.",
            "-5.00",
            Kind.OTHER,
            "",
        ),
    ],
)
def test_messages_say_what_moved(message: str, amount: str, kind: Kind, party: str) -> None:
    found = told(f"QLR45W5W0K Confirmed.{message.replace('@', WHEN)}")
    assert not found.statements[0].refused
    (only,) = found.entries
    assert (only.amount, only.kind, only.counterparty) == (Decimal(amount), kind, party)
    assert only.currency == ("TZS" if "Tsh" in message else "KES")


def test_a_missing_message_shows_in_the_balance() -> None:
    found = told(
        f"QLR45W5W0K Confirmed. Ksh10.00 sent to A {WHEN}. New M-PESA balance is Ksh90.00.",
        f"QLR55W5W0K Confirmed. Ksh10.00 sent to A {WHEN}. New M-PESA balance is Ksh70.00.",
    )
    (warning,) = found.statements[0].warnings
    assert "from line 2 on" in warning.en
    assert "should be 80.00, the export says 70.00" in warning.en


def test_a_text_that_only_speaks_of_confirming_is_not_claimed() -> None:
    for text in ("Your order AB12CD34EF confirmed. Thank you.", "Confirmed. Ksh5 sent to nobody"):
        source = Source("note.txt", text.encode())
        with pytest.raises(Exception, match="no known layout"):
            recognise(source)


def test_a_balance_that_is_no_figure_ends_no_reading() -> None:
    found = told(
        "QLR45W5W0K Confirmed. Ksh28.00 sent to SAMPLE 0700000765 on 27/12/22 at 9:25 PM. "
        "New M-PESA balance is Ksh7,42. Transaction cost, Ksh0.00."
    )
    assert [entry.amount for entry in found.entries] == [Decimal("-28.00")]


def test_only_line_ends_count_as_lines() -> None:
    sent = "Ksh28.00 sent to SAMPLE\x85\u2028 0700000765 on 27/12/22 at 9:25 PM."
    found = told(f"QLR45W5W0K Confirmed. {sent}", f"QLR45W5W1K Confirmed. {sent}")
    assert [entry.line for entry in found.entries] == [1, 2]


@pytest.mark.parametrize("rest", ["QLT88LDGT8", "QLT88LDGT8 Co", "QLT88"])
def test_a_text_that_breaks_off_within_a_message_says_so(rest: str) -> None:
    text = (
        "QLR45W5W0K Confirmed. Ksh2,528.00 sent to A SAMPLE 0700000765 on 27/12/22 at 9:25 PM. "
        "New M-PESA balance is Ksh7,421.00. Transaction cost, Ksh51.00.\n"
    )
    whole = read([Source("m.txt", text.encode())]).statements[0]
    assert not whole.warnings
    cut = read([Source("m.txt", (text + rest).encode())]).statements[0]
    (warning,) = cut.warnings
    assert warning.en.startswith("the file seems to break off within a message")
