"""Files that mean harm are refused by name, and none takes much memory before that."""

import os
import sys

import pytest
from benchmarks.hostile import CASES, costs

# A statement whose rows are refused each; all others are refused as a whole, some already because
# nobody knows them by their beginning.
READ = {"text-absurd-amounts", "text-open-quotes", "text-quoted-lines", "text-short-rows"}
REFUSED = {"UnreadableFile", "UnknownLayout"}
MOST_MEGABYTES = 256


@pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="counts as Linux")
def test_no_hostile_file_takes_much_or_raises_what_is_not_documented() -> None:
    told = dict(costs(list(CASES)))
    assert {name for name, each in told.items() if each.outcome == "read"} == READ
    assert {each.outcome for name, each in told.items() if name not in READ} == REFUSED
    assert not {name: each for name, each in told.items() if each.megabytes > MOST_MEGABYTES}


@pytest.mark.parametrize("name", sorted(READ))
def test_no_row_of_a_hostile_statement_is_stored_or_lost(name: str) -> None:
    from makewhole.statements import Source, read

    (statement,) = read([Source(name, CASES[name]())]).statements
    assert statement.stored == 0
    assert len(statement.refused) == statement.rows > 0
