from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from benchmarks.households import Household, household, main, seeds
from msgspec.structs import replace

from makewhole.records import Entry, FindingKind, Movement
from makewhole.statements import Reading, Source, read

# Together they hold every layout that is written and every kind of fault.
SEEDS = (7, 10, 12, 21, 29)
LAYOUTS = {
    ("alipay", "app-2023"),
    ("wechat", "csv"),
    ("jd", "app"),
    ("icbc", "credit"),
    ("icbc", "debit-2024"),
    ("ccb", "debit"),
    ("citic", "credit"),
    ("cmb", "credit"),
    ("cmb", "debit"),
    ("boc", "credit"),
    ("boc", "debit"),
    ("paypal", "activity"),
    ("ofx", "ofx"),
}


@cache
def made(seed: int) -> Household:
    return household(seed)


@cache
def reading_of(seed: int) -> Reading:
    return read([Source(name, data) for name, data in made(seed).files.items()])


def entries_by_place(seed: int) -> dict[tuple[str, int], Entry]:
    return {(entry.file, entry.line): entry for entry in reading_of(seed).entries}


def test_the_seeds_hold_every_layout_every_kind_and_a_clean_household() -> None:
    statements = [one for seed in SEEDS for one in reading_of(seed).statements]
    assert {(one.provider, one.layout) for one in statements} == LAYOUTS
    assert {fault.kind for seed in SEEDS for fault in made(seed).truth.faults} == set(FindingKind)
    assert any(not made(seed).truth.faults for seed in SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_file_reads_without_refusal_or_warning(seed: int) -> None:
    for statement in reading_of(seed).statements:
        assert not statement.refused
        assert not statement.warnings
        assert statement.added == statement.rows == made(seed).truth.rows[statement.file]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_word_is_one_that_the_readers_know(seed: int) -> None:
    unknown = {
        (entry.provider, entry.status_word)
        for entry in reading_of(seed).entries
        if entry.movement is Movement.UNKNOWN
    }
    assert not unknown


@pytest.mark.parametrize("seed", SEEDS)
def test_one_seed_makes_one_household(seed: int) -> None:
    assert household(seed) == made(seed)


def test_different_seeds_make_different_households() -> None:
    assert len({frozenset(made(seed).files.items()) for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_truth_points_at_rows_of_its_amount(seed: int) -> None:
    entries = entries_by_place(seed)
    for fault in made(seed).truth.faults:
        places = (*fault.wallet_rows, *fault.bank_rows)
        assert places
        for place in (*places, *fault.equivalents, *fault.near):
            assert place in entries
        sizes = {abs(entries[place].amount) for place in places}
        refunded = {entries[place].refunded for place in places}
        apart = {abs(one - other) for one in sizes for other in sizes if one != other}
        net = {
            abs(entry.amount) - (entry.fee or Decimal(0))
            for entry in (entries[place] for place in places)
        }
        assert fault.amount in sizes | refunded | apart | net
        assert fault.kind in set(FindingKind)


@pytest.mark.parametrize("seed", SEEDS)
def test_equivalents_look_like_a_row_of_the_fault(seed: int) -> None:
    entries = entries_by_place(seed)

    def look(entry: Entry) -> Entry:
        return replace(entry, named="", line=0, reference="", merchant_reference="")

    for fault in made(seed).truth.faults:
        own = [look(entries[place]) for place in (*fault.wallet_rows, *fault.bank_rows)]
        for place in fault.equivalents:
            assert look(entries[place]) in own


@pytest.mark.parametrize("seed", SEEDS)
def test_faults_lie_well_before_the_end(seed: int) -> None:
    entries = entries_by_place(seed)
    for fault in made(seed).truth.faults:
        for place in (*fault.wallet_rows, *fault.bank_rows):
            assert (made(seed).truth.as_of - entries[place].occurred_on).days >= 12


def test_the_command_writes_a_folder_for_each_household(tmp_path: Path) -> None:
    main(["--seed", "7", "--count", "2", "--out", str(tmp_path)])
    folders = sorted(folder.name for folder in tmp_path.iterdir())
    assert folders == ["0000", "0001"]
    written = {path.name: path.read_bytes() for path in (tmp_path / "0000").iterdir()}
    truth = written.pop("truth.json").decode()
    assert written == made(seeds(7, 1)[0]).files
    assert f'"as_of": "{made(seeds(7, 1)[0]).truth.as_of}"' in truth
