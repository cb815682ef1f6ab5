"""Recognising an export by content: one reader claims it, and errors name who came close."""

from pathlib import Path

import pytest

from makewhole.errors import AmbiguousLayout, UnknownLayout
from makewhole.records import Entry, Side
from makewhole.statements import Source, known_readers, recognise
from makewhole.statements.layout import Layout, Line
from tests.statements.expected import HERE

PROVIDERS = {reader.provider for reader in known_readers()}
FIXTURES = sorted(
    path
    for path in HERE.glob("*/*")
    if path.parent.name in PROVIDERS and path.suffix not in {".json", ".py", ".toml", ".zip"}
)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_exactly_one_reader_claims_a_fixture(path: Path) -> None:
    source = Source("renamed", path.read_bytes())
    claims = [reader for reader in known_readers() if reader.closeness(source) >= 1.0]
    assert [reader.provider for reader in claims] == [path.parent.name]


def test_every_layout_has_a_name_of_its_own() -> None:
    titles = [(reader.provider, reader.name) for reader in known_readers()]
    assert len(titles) == len(set(titles))


def test_a_file_that_nobody_knows_names_the_closest_layouts() -> None:
    headings = "交易日期,入账日期,交易描述,卡末四位,交易币种,结算币种"
    source = Source("half.csv", f"{headings}\n2024-01-01,,x,1,元,元\n".encode())
    with pytest.raises(UnknownLayout) as caught:
        recognise(source)
    message = caught.value.message
    assert "half.csv" in message.zh
    assert "half.csv" in message.en
    assert "citic/credit" in message.zh
    assert "The closest layouts are citic/credit" in message.en
    assert "--mapping" in message.zh
    assert "--mapping" in message.en


def test_a_file_without_any_known_heading_says_so() -> None:
    with pytest.raises(UnknownLayout) as caught:
        recognise(Source("poem.txt", b"no table here\n"))
    assert "No layout comes close." in caught.value.message.en
    assert "没有相近的格式" in caught.value.message.zh


def _toy(name: str, **columns: tuple[str, ...]) -> Layout:
    def row(_line: Line) -> Entry:
        raise NotImplementedError

    return Layout(provider="toy", name=name, side=Side.BANK, columns=columns, row=row, anchor="on")


def test_two_readers_that_claim_a_file_are_both_named() -> None:
    readers = (
        _toy("narrow", on=("Date",), amount=("Amount",)),
        _toy("wide", on=("Date",), amount=("Amount",), note=("Note",)),
    )
    source = Source("both.csv", b"Date,Amount,Note\n2024-01-01,1.00,x\n")
    with pytest.raises(AmbiguousLayout) as caught:
        recognise(source, readers)
    for language in caught.value.message:
        assert "both.csv" in language
        assert "toy/narrow" in language
        assert "toy/wide" in language
        assert "--mapping" in language


def test_a_heading_of_another_layout_ends_the_claim() -> None:
    narrow = Layout(
        provider="toy",
        name="narrow",
        side=Side.BANK,
        columns={"on": ("Date",), "amount": ("Amount",)},
        without=("Note",),
        row=_toy("x").row,
        anchor="on",
    )
    wide = _toy("wide", on=("Date",), amount=("Amount",), note=("Note",))
    source = Source("one.csv", b"Date,Amount,Note\n2024-01-01,1.00,x\n")
    assert recognise(source, (narrow, wide)) is wide
