"""Running balances: a chain in any direction is whole, and one warning names the first break."""

from decimal import Decimal

import pytest

from makewhole.statements.balances import Step, broken_balance

WHOLE = [("-10", "90"), ("-20", "70"), ("5", "75"), ("-75", "0"), ("40", "40")]


def steps(rows: list[tuple[str, str]]) -> list[Step]:
    return [
        Step(line, Decimal(change), Decimal(balance))
        for line, (change, balance) in enumerate(rows, 2)
    ]


@pytest.mark.parametrize("rows", [[], WHOLE[:1], WHOLE, WHOLE[::-1]])
def test_a_whole_chain_is_silent_in_both_directions(rows: list[tuple[str, str]]) -> None:
    assert list(broken_balance(steps(rows))) == []


def test_rows_of_one_moment_may_stand_in_any_order() -> None:
    swapped = [WHOLE[0], WHOLE[2], WHOLE[1], *WHOLE[3:]]
    assert list(broken_balance(steps(swapped))) == []


def test_a_lost_row_is_named_by_the_line_that_does_not_follow() -> None:
    (warning,) = broken_balance(steps([*WHOLE[:2], *WHOLE[3:]]))
    assert warning.en == (
        "from line 4 on the balance does not follow: after the row before it should be -5, the "
        "export says 0. A row may be missing or may have been changed"
    )
    assert "第 4 行起余额接不上：按前一笔应是 -5，账单写的是 0" in warning.zh


def test_a_lost_row_is_found_where_the_newest_row_comes_first() -> None:
    kept = [WHOLE[4], WHOLE[3], WHOLE[1], WHOLE[0]]
    (warning,) = broken_balance(steps(kept))
    assert warning.en.startswith("from line 3 on the balance does not follow")


def test_several_breaks_give_one_warning_that_names_the_account() -> None:
    (warning,) = broken_balance(steps([WHOLE[0], WHOLE[2], WHOLE[4]]), "EUR Main")
    assert warning.en.startswith("from line 3 on the balance of EUR Main does not follow")
    assert "第 3 行起 EUR Main 的余额接不上" in warning.zh
