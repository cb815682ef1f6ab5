"""Wallet and bank from file to finding: in order nothing is found, a planted fault and no more.

`pairs.toml` holds each pair as it should be; a fault adds, drops or changes rows of it.
"""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from makewhole.desk import scan_files
from makewhole.reconcile.sentences import STATUS_AGED
from makewhole.records import Scan
from makewhole.statements import Reading, called
from tests.reconcile import exports

PAIRS = tomllib.loads(Path(__file__).with_name("pairs.toml").read_text(encoding="utf-8"))
AS_OF = date(2026, 7, 1)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is otherwise than it should be, and what is then found: kind and amount."""

    pair: str
    found: tuple[str, str]
    without: str = ""
    more: dict[str, list[list[str]]] = field(default_factory=dict)


def scanned(folder: Path, pair: str, fault: Fault | None = None) -> tuple[Reading, Scan]:
    for side, named in PAIRS[pair].items():
        rows = [row for name, row in named.items() if not fault or name != fault.without]
        more = fault.more.get(side, []) if fault else []
        text = getattr(exports, side)(*rows[:-1], *more, *rows[-1:])
        (folder / f"{side}.txt").write_text(text, encoding="utf-8")
    reading, scan = scan_files([folder], as_of=AS_OF)
    assert {statement.provider for statement in reading.statements} == set(PAIRS[pair])
    assert not any(statement.refused for statement in reading.statements)
    return reading, scan


@pytest.mark.parametrize("pair", PAIRS)
def test_in_order_nothing_is_found(tmp_path: Path, pair: str) -> None:
    _reading, scan = scanned(tmp_path, pair)
    assert scan.findings == ()
    assert scan.in_transit == ()


FAULTS = [
    Fault(
        pair="venmo and chase",
        found=("debited_unpaid", "88.00"),
        more={
            "chase": [["03/10/2026", "VENMO            PAYMENT    1035551 WEB ID: 32", "-88.00"]]
        },
    ),
    Fault(pair="venmo and chase", found=("sent_not_arrived", "400.00"), without="out at bank"),
    Fault(pair="venmo and chase", found=("refund_not_arrived", "16.75"), without="back at bank"),
    Fault(
        pair="venmo and chase",
        found=("charged_twice", "64.00"),
        more={
            "chase": [["03/24/2026", "VENMO            PAYMENT    1035558 WEB ID: 32", "-64.00"]]
        },
    ),
    Fault(
        pair="venmo and chase",
        found=("debited_unrecorded", "19.99"),
        more={
            "chase": [["03/18/2026", "VENMO            PAYMENT    1035559 WEB ID: 32", "-19.99"]]
        },
    ),
    Fault(
        pair="cash app and wells fargo",
        found=("debited_unpaid", "77.00"),
        more={
            "wellsfargo": [
                ["03/10/2026", "PURCHASE AUTHORIZED ON 03/09 CASH APP*DEV OKONO CA", "-77.00"]
            ]
        },
    ),
    Fault(
        pair="cash app and wells fargo", found=("sent_not_arrived", "200"), without="out at bank"
    ),
    Fault(
        pair="cash app and wells fargo", found=("refund_not_arrived", "21"), without="back at bank"
    ),
    Fault(
        pair="paypal and schwab",
        found=("debited_unpaid", "88.00"),
        more={"schwab": [["03/17/2026", "PAYPAL INST XFER 260316~ Tran: ACHDW", "-88.00"]]},
    ),
    Fault(pair="paypal and schwab", found=("sent_not_arrived", "32.00"), without="out 2 at bank"),
    Fault(
        pair="paypal and schwab",
        found=("debited_unrecorded", "41.00"),
        more={"schwab": [["03/12/2026", "PAYPAL INST XFER 260311~ Tran: ACHDW", "-41.00"]]},
    ),
    Fault(
        pair="revolut and dkb",
        found=("debited_unpaid", "75.00"),
        more={"dkb": [["13.03.26", "Revolut**1234* Vilnius", "VISA Debitkartenumsatz", "-75,00"]]},
    ),
    Fault(
        pair="revolut and dkb",
        found=("charged_twice", "50.00"),
        more={"dkb": [["11.03.26", "Revolut**1234* Vilnius", "VISA Debitkartenumsatz", "-50,00"]]},
    ),
    Fault(
        pair="revolut and dkb",
        found=("debited_unrecorded", "33.00"),
        more={"dkb": [["20.03.26", "Revolut**1234* Vilnius", "VISA Debitkartenumsatz", "-33,00"]]},
    ),
    Fault(pair="wise and n26", found=("sent_not_arrived", "110.00"), without="out 2 at bank"),
    Fault(
        pair="satispay and camt",
        found=("debited_unpaid", "60.00"),
        more={"camt": [["2026-03-12", "Satispay Europe S.A.", "-60.00"]]},
    ),
    Fault(
        pair="satispay and camt",
        found=("charged_twice", "40.00"),
        more={"camt": [["2026-03-19", "Satispay Europe S.A.", "-40.00"]]},
    ),
    Fault(
        pair="phonepe and sbi",
        found=("debited_unpaid", "75.00"),
        more={
            "sbi": [
                ["13/03/2026", "WDL TFR UPI/DR/607212345671/SAMPLE M/YESB/m@paytm/UPI", "-75.00"]
            ]
        },
    ),
    Fault(pair="phonepe and sbi", found=("sent_not_arrived", "500.00"), without="got at bank"),
    Fault(pair="phonepe and sbi", found=("refund_not_arrived", "22.00"), without="back at bank"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.pair}: {fault.found[0]}")
def test_a_fault_is_found_and_nothing_else(tmp_path: Path, fault: Fault) -> None:
    _reading, scan = scanned(tmp_path, fault.pair, fault)
    assert [(str(each.kind), str(each.amount)) for each in scan.findings] == [fault.found]
    assert scan.in_transit == ()


def test_a_failed_payment_is_known_at_the_bank_by_its_number(tmp_path: Path) -> None:
    (fault,) = [each for each in FAULTS if each.found == ("debited_unpaid", "75.00")][1:]
    _reading, scan = scanned(tmp_path, "phonepe and sbi", fault)
    (finding,) = scan.findings
    assert finding.confidence == 0.96
    assert finding.caveats == (STATUS_AGED,)


def test_what_an_app_received_and_the_bank_does_not_show_says_so(tmp_path: Path) -> None:
    (fault,) = [each for each in FAULTS if each.without == "got at bank"]
    _reading, scan = scanned(tmp_path, "phonepe and sbi", fault)
    assert scan.findings[0].sentence == (
        (
            "PhonePe 显示 2026-03-06 11:02:00 的 500.00 INR（RAVI SAMPLE）已收款，"
            "收款账户“XX1234”；印度国家银行(1234)的账单到 2026-04-30 为止没有这笔入账。"
        ),
        (
            "PhonePe shows 500.00 INR on 2026-03-06 11:02:00 (RAVI SAMPLE) as received in "
            "“XX1234”; the statement of SBI (1234) shows no such credit up to 2026-04-30."
        ),
    )


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.pair}: {fault.found[0]}")
def test_providers_are_called_as_people_call_them(tmp_path: Path, fault: Fault) -> None:
    _reading, scan = scanned(tmp_path, fault.pair, fault)
    codes = {code for code in PAIRS[fault.pair] if code != called()[code].en}
    said = [*scan.findings[0].sentence, *(text for match in scan.matches for text in match.why)]
    words = set(re.findall(r"[a-z0-9-]+", " ".join(said).replace(str(tmp_path), "")))
    assert not codes & words
