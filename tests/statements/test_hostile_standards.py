"""Damaged files of open standards and of PayPal: refused rows or a named error, nothing else."""

import random
from contextlib import suppress
from pathlib import Path

import pytest

from makewhole.errors import MakewholeError
from makewhole.statements import Source, read
from tests.statements.expected import HERE

FIXTURES = sorted(
    path
    for folder in ("camt", "mt940", "ofx", "paypal")
    for path in (HERE / folder).iterdir()
    if path.suffix != ".json"
)
SCRAPS = [
    *(b"<", b">", b'"', b",", b"\n", b"\0", b"\xff", b"?20", b"-", b"NaN", b"9" * 30, b"1e999"),
    *(b":61:", b":25:", b":60F:", b"<![CDATA[", b"&#x110000;", b"<Ntry>", b"</Ntry>", b"<STMTTRN>"),
]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_damage_is_never_an_accident(path: Path) -> None:
    whole = path.read_bytes()
    chance = random.Random(path.name)  # noqa: S311  the same damage each time
    for _turn in range(25):
        data = bytearray(whole)
        for _hit in range(chance.randint(1, 5)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.choice((0, 0, 7, 300))] = chance.choice(SCRAPS)
        with suppress(MakewholeError):
            for entry in read([Source(path.name, bytes(data))]).entries:
                assert entry.line > 0
                assert entry.amount.is_finite()
                assert entry.occurred_at is None or entry.occurred_at.tzinfo is not None
