import pytest

from makewhole.statements.currency import currencies_named, currency, known_currency
from makewhole.statements.values import Refused


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("人民币", "CNY"),
        ("人民币元 ", "CNY"),
        ("RMB", "CNY"),
        ("cny", "CNY"),
        ("人民币(CNY)", "CNY"),
        ("美元（汇）", "USD"),
        ("港币", "HKD"),
        ("日圆", "JPY"),
        ("EUR", "EUR"),
        ("\t英镑", "GBP"),
    ],
)
def test_words_and_codes_of_currencies(cell: str, code: str) -> None:
    assert currency(cell) == code


@pytest.mark.parametrize("cell", ["", "-", "贝壳", "XYZ", "人民币/美元", "元币"])
def test_an_unknown_or_contradictory_word_is_refused_and_shown(cell: str) -> None:
    assert known_currency(cell) is None
    with pytest.raises(Refused) as caught:
        currency(cell)
    assert cell in caught.value.reason.zh
    assert cell in caught.value.reason.en


def test_currencies_that_running_text_names() -> None:
    assert currencies_named("人民币账户交易明细 与 美元账户交易明细") == {"CNY", "USD"}
    assert currencies_named("单元格") == frozenset()
