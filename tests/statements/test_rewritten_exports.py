"""Exports of the Chinese wallets that users, tools and spreadsheet programs have changed."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import asdict

from makewhole.statements import Reading, Source, read

HERE = Path(__file__).parent
NAMES = [
    "alipay/web-2020.csv",
    "alipay/app-2022.csv",
    "alipay/app-2024.csv",
    "wechat/csv-2024.csv",
    "jd/app-2024.csv",
    "jd/app-2023.csv",
    "meituan/app-2025.csv",
]
Table = list[list[str]]
OUTSIDE_THE_ROW = ("id", "file", "sha256", "line", "account")


def table(name: str) -> tuple[Table, int]:
    """The cells of a fixture and the place of its header."""
    data = (HERE / name).read_bytes()
    text = data.decode("utf-8-sig" if data[:1] == b"\xef" else "gb18030")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    wanted = {"金额", "金额(元)", "金额（元）", "实付金额"}
    header = next(at for at, cells in enumerate(rows) if wanted & {cell.strip() for cell in cells})
    return rows, header


def reading(rows: Table) -> Reading:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return read([Source("changed.csv", text.getvalue().encode())])


def said(result: Reading, *ignored: str) -> list[dict[str, Any]]:
    """The entries as far as their rows say them."""
    left_out = {*OUTSIDE_THE_ROW, *ignored}
    return [
        {field: value for field, value in asdict(entry).items() if field not in left_out}
        for entry in sorted(result.entries, key=lambda entry: entry.line)
    ]


def without_preamble(rows: Table, header: int) -> Table:
    return rows[header:]


def with_longer_preamble(rows: Table, header: int) -> Table:
    return [["新的说明一"], ["9. 2024-01-01 起生效的说明", ""], [], *rows[:header], *rows[header:]]


def with_unknown_column(rows: Table, header: int) -> Table:
    width = len(rows[header])
    return [
        [*cells[:2], "从没见过的列" if at == header else "x", *cells[2:]]
        if at >= header and len(cells) >= width
        else cells
        for at, cells in enumerate(rows)
    ]


def with_columns_reversed(rows: Table, header: int) -> Table:
    width = len(rows[header])
    return [
        cells[width - 1 :: -1] if at >= header and len(cells) >= width else cells
        for at, cells in enumerate(rows)
    ]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "change", [without_preamble, with_longer_preamble, with_unknown_column, with_columns_reversed]
)
def test_a_changed_table_reads_the_same(name: str, change: Callable[[Table, int], Table]) -> None:
    rows, header = table(name)
    original, changed = reading(rows), reading(change(rows, header))
    assert said(changed) == said(original)
    assert changed.statements[0].provider == original.statements[0].provider
    assert changed.statements[0].rows == original.statements[0].rows


@pytest.mark.parametrize("name", [name for name in NAMES if name != "alipay/app-2022.csv"])
def test_the_remark_column_may_be_missing(name: str) -> None:
    rows, header = table(name)
    at = [cell.strip() for cell in rows[header]].index("备注")
    fewer = [[*cells[:at], *cells[at + 1 :]] for cells in rows[header:]]
    assert said(reading(fewer), "note", "fee") == said(reading(rows), "note", "fee")


@pytest.mark.parametrize("name", NAMES)
def test_times_without_seconds_are_a_warning(name: str) -> None:
    rows, header = table(name)
    clocks = [[_without_seconds(cell) for cell in cells] for cells in rows[header:]]
    statement = reading(clocks).statements[0]
    assert sum("seconds" in warning.en for warning in statement.warnings) == 1
    assert not any("seconds" in warning.en for warning in reading(rows).statements[0].warnings)
    assert statement.stored == reading(rows).statements[0].stored


def _without_seconds(cell: str) -> str:
    day, _, clock = cell.strip().partition(" ")
    return f"{day.replace('-', '/')} {clock[:5]}" if clock[2:3] == clock[5:6] == ":" else cell


def test_rounded_order_numbers_are_a_warning() -> None:
    rows, header = table("wechat/csv-2024.csv")
    at = rows[header].index("交易单号")
    rounded = [
        [*cells[:at], cells[at].strip()[:15] + "0" * 13, *cells[at + 1 :]]
        for cells in rows[header + 1 :]
        if len(cells) > at
    ]
    statement = reading([rows[header], *rounded]).statements[0]
    assert ["order numbers" in warning.en for warning in statement.warnings] == [True]
    assert not reading(rows[header:]).statements[0].warnings


def test_a_number_in_scientific_notation_refuses_its_row_alone() -> None:
    rows, header = table("wechat/csv-2024.csv")
    at = rows[header].index("交易单号")
    damaged = [list(cells) for cells in rows[header:]]
    damaged[2][at] = "1.00005E+27"
    statement = reading(damaged).statements[0]
    assert [refusal.line for refusal in statement.refused] == [3, len(damaged)]
    assert "1.00005E+27" in statement.refused[0].reason.en
    assert statement.rows == statement.stored + 2
