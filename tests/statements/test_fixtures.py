"""Every fixture reads as its expected file says; every shared sample as its digest says."""

import json
from pathlib import Path

import pytest

from tests.statements.expected import HERE, SAMPLES, in_full, in_short, known_digests

FIXTURES = sorted(
    path.with_name(path.name.removesuffix(".expected.json"))
    for path in HERE.glob("*/*.expected.json")
)
KNOWN_SAMPLES = known_digests()


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fixture_reads_as_expected(path: Path) -> None:
    expected = path.with_name(path.name + ".expected.json").read_text(encoding="utf-8")
    assert in_full(path) == json.loads(expected)


@pytest.mark.parametrize("name", sorted(KNOWN_SAMPLES))
def test_shared_sample_reads_as_expected(name: str) -> None:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"the shared sample {name} is not on this machine")
    told = KNOWN_SAMPLES[name].get("told")
    assert in_short(path, told) == KNOWN_SAMPLES[name]
