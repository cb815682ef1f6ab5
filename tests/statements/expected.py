"""What a statement reads as, in the form that expected-output files hold.

`python -m tests.statements.expected FILE...` writes `FILE.expected.json` beside each fixture, to
be read by a person before it is committed. What the person has to say of a file stands beside it
in `FILE.told.json`, for a sample under `told` in its digest. `--samples PROVIDER...` writes the
digests of the shared samples that `samples/PROVIDER.json` names; without a provider, of all.
"""

import hashlib
import json
import os
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from makewhole.cli import dev
from makewhole.statements import Reading, Source, read

HERE = Path(__file__).parent
SAMPLES = Path(os.environ.get("MAKEWHOLE_SAMPLES", HERE.parents[1].parent / "shared" / "samples"))
DIGESTS = HERE / "samples"


def known_digests() -> dict[str, Any]:
    """Each shared sample that is known, by its path in the folder of samples."""
    found: dict[str, Any] = {}
    for path in sorted(DIGESTS.glob("*.json")):
        found.update(json.loads(path.read_text(encoding="utf-8")))
    return found


def told_of(path: Path) -> dict[str, Any]:
    """What the person says of a fixture, as arguments of `read`."""
    told = path.with_name(path.name + ".told.json")
    return dict(json.loads(told.read_text(encoding="utf-8"))) if told.exists() else {}


def reading_of(path: Path, told: dict[str, Any] | None = None) -> Reading:
    return read([Source(path.name, path.read_bytes())], **(told or told_of(path)))


def in_full(path: Path, told: dict[str, Any] | None = None) -> dict[str, Any]:
    """What `makewhole dev expected` writes of a file."""
    return dev.in_full(reading_of(path, told))


def in_short(path: Path, told: dict[str, Any] | None = None) -> dict[str, Any]:
    """Counts, sums and a digest of a sample whose rows are not ours to publish."""
    reading = reading_of(path, told)
    full = json.dumps(in_full(path, told), ensure_ascii=False, sort_keys=True)
    sums: Counter[str] = Counter()
    amounts: dict[str, Decimal] = {}
    for entry in reading.entries:
        word = f"{entry.movement} {entry.kind} {entry.currency}"
        sums[word] += 1
        amounts[word] = amounts.get(word, Decimal(0)) + entry.amount
    return {
        **({"told": told} if told else {}),
        "statements": [
            {
                "provider": each.provider,
                "layout": each.layout,
                "side": each.side,
                "encoding": each.encoding,
                "rows": each.rows,
                "refused_lines": [refusal.line for refusal in each.refused],
                "warnings": len(each.warnings),
            }
            for each in reading.statements
        ],
        "sums": {word: f"{sums[word]} rows {amounts[word]}" for word in sorted(sums)},
        "digest": hashlib.sha256(full.encode()).hexdigest()[:16],
    }


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--samples"]:
        for provider in arguments[1:] or sorted(path.stem for path in DIGESTS.glob("*.json")):
            digests = DIGESTS / f"{provider}.json"
            known = json.loads(digests.read_text(encoding="utf-8"))
            found = {name: in_short(SAMPLES / name, known[name].get("told")) for name in known}
            digests.write_text(dev.dumped(found), "utf-8")
        return
    for argument in arguments:
        path = Path(argument)
        path.with_name(path.name + dev.SUFFIX).write_text(dev.dumped(in_full(path)), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
