"""Finding the header and telling rows from notes while exports drift."""

import pytest

from makewhole.errors import UnknownLayout
from makewhole.records import Movement
from makewhole.statements import Reading, Source, read
from tests.statements.made import HEADER, export, row

ROWS = [row(1), row(2, minute=1), row(3, minute=2)]


def reading(data: bytes) -> Reading:
    return read([Source("export.csv", data)])


def test_a_header_on_the_first_line_loses_no_row() -> None:
    assert len(reading(export(ROWS, preamble=False)).entries) == 3


@pytest.mark.parametrize("extra", [1, 3, 40])
def test_a_preamble_may_grow(extra: int) -> None:
    grown = "新的提示\n".encode("gb18030") * extra + export(ROWS)
    assert len(reading(grown).entries) == 3


def test_columns_may_change_places_and_strangers_may_join() -> None:
    names = ["来源", *reversed(HEADER.rstrip(",").split(","))]
    lines = [",".join(["x", *reversed(each.rstrip(",").split(",")[:12])]) for each in [row(1)]]
    moved = lines[0].split(",")
    moved[1:] = [*[""] * (len(names) - len(moved)), *moved[1:]]
    found = reading("\n".join([",".join(names), ",".join(moved)]).encode())
    assert [(str(entry.amount), entry.movement) for entry in found.entries] == [
        ("-9.90", Movement.LEFT)
    ]


def test_a_missing_column_names_the_closest_layout() -> None:
    with pytest.raises(UnknownLayout) as caught:
        reading(export(ROWS).replace("交易状态".encode("gb18030"), "别的".encode("gb18030")))
    assert "alipay/app-2023" in caught.value.message.en
    assert "--mapping" in caught.value.message.zh


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (row(9).replace("2026-03-02", "2026-02-31"), "no such day"),
        (row(9).replace("9.90", "九块九"), "not an amount"),
        (row(9).replace("9.90", "9,9x"), "cells than the header"),
        (row(9).replace("20260302220014", "8.15E+14").replace("0000000009\t", "\t"), "spreadsheet"),
        (",".join(row(9).split(",")[:3]), "not an amount"),
        (row(9).split(",")[0], "not an amount"),
    ],
)
def test_a_broken_row_is_refused_with_its_line_and_the_others_stay(
    broken: str, reason: str
) -> None:
    found = reading(export([ROWS[0], broken, ROWS[1]]))
    (statement,) = found.statements
    (refusal,) = statement.refused
    assert statement.rows == 3
    assert statement.stored == 2
    assert refusal.line == 13
    assert reason in refusal.reason.en
    assert refusal.text


def test_an_unknown_status_is_shown_as_unknown() -> None:
    found = reading(export([row(1, status="从未见过")]))
    assert found.entries[0].movement is Movement.UNKNOWN
    assert found.entries[0].status_word == "从未见过"


def test_a_stray_quote_swallows_no_rows() -> None:
    quoted = row(2, minute=1).replace("午餐", '"午餐')
    found = reading(export([ROWS[0], quoted, ROWS[2]]))
    statement = found.statements[0]
    assert statement.rows == 3
    assert statement.stored + len(statement.refused) == 3
    assert statement.stored >= 2


def test_declared_totals_that_disagree_are_warned_about_with_both_figures() -> None:
    data = export(ROWS).decode("gb18030").replace("共3笔记录", "共5笔记录\n支出：4笔 40.00元")
    warnings = [each.en for each in reading(data.encode("gb18030")).statements[0].warnings]
    assert warnings == [
        "the export declares 5 rows, the file has 3",
        "支出: the export declares 4 rows 40.00, its rows give 3 rows 29.70",
    ]


@pytest.mark.parametrize("unit", ["（元）", "(人民币)", " (CNY)", "（单位：元）"])
def test_a_unit_behind_a_heading_does_not_hide_it(unit: str) -> None:
    text = export(ROWS).decode("gb18030").replace("收/支,金额,", f"收/支,金额{unit},")
    assert [str(entry.amount) for entry in reading(text.encode()).entries] == ["-9.90"] * 3


def test_a_heading_without_unit_goes_before_one_with_it() -> None:
    text = export([row(1)]).decode("gb18030").replace("收/支,金额,", "收/支,优惠,金额,")
    text = text.replace("优惠", "金额（元）").replace("支出,9.90", "支出,0.10,9.90")
    assert [str(entry.amount) for entry in reading(text.encode()).entries] == ["-9.90"]


def test_headings_repeated_in_english_or_on_the_next_page_are_no_rows() -> None:
    english = "Time,Category,Party,Account,Title,Direction,Amount,Method,Status,No.,No.,Note,"
    page = HEADER.replace("金额", "金额（元）")
    lines = [HEADER, english, ROWS[0], page, *ROWS[1:]]
    statement = reading("\n".join(lines).encode()).statements[0]
    assert (statement.rows, statement.stored) == (3, 3)


def test_a_dated_note_stays_a_note_in_a_sheet_as_wide_as_its_table() -> None:
    wide = "," * 12
    note = f"说明：2026-03-09 起不再提供纸质账单{wide}"
    lines = [f"共3笔记录{wide}", HEADER, *ROWS, note]
    statement = reading("\n".join(lines).encode()).statements[0]
    assert (statement.rows, statement.stored) == (3, 3)


def test_a_date_without_a_year_is_still_a_row() -> None:
    lines = [HEADER, *ROWS, "03/02,半行" + "," * 11]
    statement = reading("\n".join(lines).encode()).statements[0]
    assert [refusal.line for refusal in statement.refused] == [5]


def test_a_cell_below_no_heading_is_refused_where_the_others_have_none() -> None:
    shifted = ROWS[1].replace("午餐,", "午餐,两份,").removesuffix(",")
    statement = reading("\n".join([HEADER, ROWS[0], shifted, ROWS[2]]).encode()).statements[0]
    assert [refusal.line for refusal in statement.refused] == [3]
