"""Numbers of payments in text: recognised, dated, never refused."""

import re
from datetime import date

import pytest

from makewhole.directory import loading, recognise
from makewhole.directory.numbers import spoiled


@pytest.mark.parametrize(
    ("text", "provider", "number", "day"),
    [
        (
            "交易订单号 2014112400001000340011111118\t",
            "cn.alipay",
            "2014112400001000340011111118",
            date(2014, 11, 24),
        ),
        (
            "退款 2014112400001000340011111118_R1",
            "cn.alipay",
            "2014112400001000340011111118_R1",
            date(2014, 11, 24),
        ),
        (
            "单号：4200000069201710299246843141，",
            "cn.wechatpay",
            "4200000069201710299246843141",
            date(2017, 10, 29),
        ),
        (
            "207210715100077148235523883175",
            "cn.wechatpay",
            "207210715100077148235523883175",
            date(2021, 7, 15),
        ),
        (
            "25022811100401670006000394166443",
            "cn.meituanpay",
            "25022811100401670006000394166443",
            date(2025, 2, 28),
        ),
        ("LKP3DA0Q6F Confirmed.", "ke.mpesa", "LKP3DA0Q6F", date(2017, 11, 25)),
        ("NE10MHGI7K Confirmed.", "ke.mpesa", "NE10MHGI7K", date(2019, 5, 1)),
        (
            "E12345678202009091221abcdef12345",
            "br.pix",
            "E12345678202009091221abcdef12345",
            date(2020, 9, 9),
        ),
        ("Order GPA.1234-5678-9012-34567.", "gl.googlepay", "GPA.1234-5678-9012-34567", None),
        ("case PP-R-ABC-123456789", "gl.paypal", "PP-R-ABC-123456789", None),
    ],
)
def test_a_number_tells_whose_it_is(
    text: str, provider: str, number: str, day: date | None
) -> None:
    (found,) = recognise(text)
    assert (found.provider, found.number, found.day) == (provider, number, day)
    assert found.warning is None


def test_the_provider_of_the_case_decides_what_twelve_digits_are() -> None:
    for provider in ("in.upi", "cn.jdpay"):
        (found,) = recognise("ref 100412324589", provider)
        assert (found.provider, found.number) == (provider, "100412324589")


def test_a_reference_of_upi_holds_the_day_within_a_decade() -> None:
    (found,) = recognise("100412324589", "in.upi", on=date(2021, 1, 5))
    assert found.day == date(2021, 1, 4)
    assert found.warning is None


def test_a_day_apart_is_a_warning_and_no_error() -> None:
    (near,) = recognise("4200000069201710299246843141", on=date(2017, 10, 30))
    assert near.warning is None
    (far,) = recognise("4200000069201710299246843141", on=date(2017, 10, 31))
    assert far.warning is not None
    assert "2017-10-29" in far.warning.zh
    assert "2017-10-31" in far.warning.en


def test_several_numbers_in_one_text() -> None:
    text = "我用支付宝 2014112400001000340011111118 付，微信 4200000069201710299246843141 也付了"
    assert {each.provider for each in recognise(text)} == {"cn.alipay", "cn.wechatpay"}


def test_a_part_of_a_longer_number_is_not_taken() -> None:
    assert recognise("92014112400001000340011111118", "cn.alipay") == ()
    assert recognise("no number here, only 12 words") == ()


def test_long_numbers_that_a_spreadsheet_spoiled_are_named() -> None:
    (told,) = spoiled("订单号 2.01E+27，金额 3.50")
    assert "2.01E+27" in told.zh
    assert "2.01E+27" in told.en
    assert spoiled("2014112400001000340011111118") == ()


@pytest.mark.parametrize("code", loading.provider_ids())
def test_each_example_has_its_shape(code: str) -> None:
    for shape in loading.provider(code).numbers:
        assert re.fullmatch(shape.shape, shape.example)
        found = recognise(f"({shape.example})", code)
        assert [each.number for each in found] == [shape.example]
