"""For those who add a format: what a statement reads as, in the form that expected files hold."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from makewhole.cli.jsonout import entry_json, statement_json
from makewhole.cli.messages import EXPECTED_WRITTEN, pick
from makewhole.errors import UnreadableFile
from makewhole.records import Text
from makewhole.statements import Reading, Source, read

SUFFIX = ".expected.json"


def run(options: argparse.Namespace, lang: str) -> None:
    """Write `FILE.expected.json` beside each file, to be read by a person."""
    for name in options.files:
        path = Path(name)
        reading = read(
            [_source(path)],
            passwords=options.password,
            dates=options.dates,
            currency=options.currency or "",
        )
        beside = path.with_name(path.name + SUFFIX)
        beside.write_text(dumped(in_full(reading)), encoding="utf-8")
        sys.stderr.write(pick(EXPECTED_WRITTEN, lang).format(path=beside) + "\n")


def in_full(reading: Reading) -> dict[str, Any]:
    """Every field that is set of every statement and entry, ids left out, in the files' order."""
    return {
        "statements": [_statement(statement_json(each, "en")) for each in reading.statements],
        "entries": [
            _set({**entry_json(each), "id": "", "file": ""})
            for each in sorted(
                reading.entries, key=lambda entry: (entry.file, entry.page, entry.line)
            )
        ],
    }


def dumped(content: object) -> str:
    """The text of an expected file."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _statement(fields: dict[str, Any]) -> dict[str, Any]:
    return _set({**fields, "refused": [_set(each) for each in fields["refused"]]})


def _set(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in ("", None, [], {})}


def _source(path: Path) -> Source:
    try:
        return Source(path.name, path.read_bytes())
    except OSError as error:
        reason = error.strerror or error
        raise UnreadableFile(
            Text(f"{path}：打不开（{reason}）。", f"{path}: cannot be opened ({reason}).")
        ) from None
