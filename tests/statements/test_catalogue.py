"""What is known of the formats: each layout has its facts, in both languages, with a source."""

from datetime import date

import pytest

from makewhole.statements import Format, called, known_formats, known_readers

FORMATS = known_formats()
_GRADES = {"V", "V2", "M", "?"}
_FILES = {*("csv", "xlsx", "xls", "html", "pdf", "txt", "ofx", "qfx", "qif", "sta", "xml", "zip")}


def test_every_reader_is_listed_once() -> None:
    assert sorted((each.provider, each.layout) for each in FORMATS) == sorted(
        (reader.provider, reader.name) for reader in known_readers()
    )


@pytest.mark.parametrize("each", FORMATS, ids=lambda each: f"{each.provider}/{each.layout}")
def test_what_people_have_to_know_is_said(each: Format) -> None:
    if not each.title.en:
        pytest.skip("its facts are still being collected")
    assert all(all(text) for text in (each.title, each.name, each.export, each.missing))
    assert set(each.files) <= _FILES
    assert each.files
    assert each.source
    assert each.grade in _GRADES
    assert each.checked_on is not None
    assert each.checked_on >= date(2026, 1, 1)


def test_a_provider_has_a_short_name_wherever_it_has_a_title() -> None:
    titled = {each.provider for each in FORMATS if each.title.en}
    assert set(called()) == titled
    assert called()["mpesa"] == ("M-Pesa", "M-Pesa")
    assert called()["chase"] == ("大通银行", "Chase")
    assert called()["mt940"] == ("银行账户", "bank account")


def test_a_short_name_has_no_brackets_and_no_list() -> None:
    assert not [
        name for names in called().values() for name in names if set("()（）、,，") & set(name)
    ]
