"""CMBC: days without a year, and bills that are told apart from those of other banks."""

import pytest

from makewhole.errors import UnknownLayout
from makewhole.statements import Source, read, recognise

WEBSITE = "交易日,记账日,卡号末四位,授权码,金额,摘要"
MAIL = "交易日,记账日,交易摘要,交易金额,卡号末四位"
CMB = "交易日,记账日,交易摘要,人民币金额,卡号末四位"


@pytest.mark.parametrize(
    ("traded", "booked", "day"),
    [
        ("0104", "20260105", "2026-01-04"),
        ("1230", "20260102", "2025-12-30"),
        ("0105", "20260105", "2026-01-05"),
        ("01/04", "2026-01-05", "2026-01-04"),
        ("20251230", "20260102", "2025-12-30"),
        ("", "20260102", "2026-01-02"),
    ],
)
def test_the_year_of_a_purchase_comes_from_its_booking(traded: str, booked: str, day: str) -> None:
    text = f"{WEBSITE}\n{traded},{booked},1875,,5.00,店\n"
    (entry,) = read([Source("cmbc.csv", text.encode())]).entries
    assert entry.occurred_on.isoformat() == day


def test_the_mail_is_claimed_only_where_it_names_the_bank() -> None:
    reader = recognise(Source("x.csv", f"民生信用卡对账单\n{MAIL}\n".encode()))
    assert (reader.provider, reader.name) == ("cmbc", "credit-mail")
    with pytest.raises(UnknownLayout):
        recognise(Source("x.csv", f"信用卡对账单\n{MAIL}\n".encode()))


@pytest.mark.parametrize(
    ("header", "provider"), [(CMB, "cmb"), (f"{CMB},境内外交易标识", "psbc"), (WEBSITE, "cmbc")]
)
def test_bills_of_similar_columns_are_told_apart(header: str, provider: str) -> None:
    assert recognise(Source("x.csv", f"{header}\n".encode())).provider == provider
