"""Laying statements over each other: nothing lost, nothing doubled, whatever the order."""

from collections import Counter
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from makewhole.records import Movement
from makewhole.statements import Reading, Source, known_readers, read
from tests.statements.made import export, row

# Loading every reader takes longer than a single example may.
known_readers()

ROWS = st.lists(
    st.builds(
        row,
        st.integers(1, 4),
        minute=st.integers(0, 2),
        amount=st.sampled_from(["9.90", "10.00"]),
        status=st.sampled_from(["交易成功", "等待确认收货"]),
    ),
    max_size=8,
)


def reading(*files: bytes) -> Reading:
    return read([Source(f"{at}.csv", data) for at, data in enumerate(files)])


def contents(found: Reading) -> Counter[tuple[object, ...]]:
    return Counter(
        (entry.reference, entry.occurred_at, entry.amount, entry.status_word)
        for entry in found.entries
    )


@given(ROWS)
def test_rows_in_are_rows_stored_and_sums_are_kept(rows: list[str]) -> None:
    found = reading(export(rows))
    (statement,) = found.statements
    assert statement.rows == statement.stored == statement.added == len(rows) == len(found.entries)
    total = sum((Decimal(each.split(",")[6]) for each in rows), Decimal(0))
    assert -sum((entry.amount for entry in found.entries), Decimal(0)) == total
    assert len({entry.id for entry in found.entries}) == len(rows)


@given(ROWS)
def test_reading_the_same_file_twice_adds_nothing(rows: list[str]) -> None:
    once, twice = reading(export(rows)), reading(export(rows), export(rows))
    assert contents(once) == contents(twice)
    assert [each.added for each in twice.statements] in ([len(rows), 0], [0, len(rows)])
    assert all(each.rows == each.stored + len(each.refused) for each in twice.statements)


@given(ROWS, st.integers(0, 8), st.integers(0, 8))
def test_overlapping_exports_give_the_union(rows: list[str], one: int, other: int) -> None:
    distinct = list({each.split(",")[9] + each[:20]: each for each in rows}.values())
    first, last = min(one, other), max(one, other)
    overlapping = reading(export(distinct[:last]), export(distinct[first:]))
    assert contents(overlapping) == contents(reading(export(distinct[:last] + distinct[last:])))


@given(ROWS, ROWS)
def test_the_order_of_files_is_irrelevant(ours: list[str], theirs: list[str]) -> None:
    one = export(ours, exported="2026-03-09 08:00:00")
    other = export(theirs, exported="2026-03-10 08:00:00")
    there, back = reading(one, other), reading(other, one)
    assert [entry.id for entry in there.entries] == [entry.id for entry in back.entries]
    assert contents(there) == contents(back)


def test_equal_rows_of_one_file_are_kept_as_often_as_they_occur() -> None:
    assert len(reading(export([row(1), row(1), row(1)])).entries) == 3


def test_a_row_that_changed_is_updated_and_its_earlier_form_kept() -> None:
    older = export([row(1)], exported="2026-03-09 08:00:00")
    newer = export([row(1, status="交易关闭")], exported="2026-03-12 08:00:00")
    for files in ((older, newer), (newer, older)):
        found = reading(*files)
        (entry,) = found.entries
        assert entry.status_word == "交易关闭"
        assert entry.movement is Movement.LEFT_AND_RETURNED
        (earlier,) = found.earlier[entry.id]
        assert earlier.status_word == "交易成功"
        assert sorted(each.updated for each in found.statements) == [0, 1]


def test_a_row_says_its_file_and_line() -> None:
    found = reading(export([row(1), row(2, minute=1)]))
    assert [entry.line for entry in found.entries] == [12, 13]
    assert {entry.sha256 for entry in found.entries} == {found.statements[0].sha256}
