"""The verbs as commands: arguments in, words on a terminal or JSON out, an exit code back."""

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from makewhole.cli import messages
from makewhole.cli.jsonout import entry_json, scan_json, statement_json
from makewhole.cli.messages import Pair, pick
from makewhole.cli.waiting import waiting
from makewhole.errors import BadRequest, MakewholeError
from makewhole.records import Text
from makewhole.report.words import inert
from makewhole.statements import Reading

NOTHING_WRONG, FINDINGS, COULD_NOT = 0, 1, 2

# JSON leaves these as they are, a terminal would obey them.
_STEERING = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def run(options: argparse.Namespace, lang: str) -> int:
    """Run one verb; a user's mistake becomes words on stderr and the code 2."""
    try:
        return _VERBS[options.run](options, lang)
    except MakewholeError as problem:
        for line in pick(problem.message, lang).splitlines():
            _complain(line)
        return COULD_NOT


def read(options: argparse.Namespace, lang: str) -> int:
    """Show what was understood of the files; write it as tables where that is asked for."""
    from makewhole import desk

    tables = _tables(options)
    with waiting(quiet=options.quiet) as doing:
        reading = desk.read_files(
            _paths(options),
            _passwords(options),
            _mapping(options),
            _told(doing, lang),
            dates=options.dates,
            currency=options.currency or "",
        )
        for path, written in [(path, table(reading)) for path, table in tables.items()]:
            _write(path, written)
    if options.json:
        _say_refused(reading, lang)
        _print_json(_reading_json(reading, lang))
    else:
        from makewhole.cli.terminal import show_reading

        show_reading(reading, lang)
    for path in () if options.quiet else tables:
        said = pick(messages.ROWS_WRITTEN, lang)
        _complain(said.format(count=len(reading.entries), path=path))
    return NOTHING_WRONG


def _tables(options: argparse.Namespace) -> dict[Path, Callable[[Reading], bytes]]:
    """The tables to write and how each is made."""
    asked: dict[Path, Callable[[Reading], bytes]] = {}
    if not options.csv and not options.xlsx:
        return asked
    from makewhole.statements.own_tables import csv_bytes, xlsx_bytes

    if options.csv:
        asked[Path(options.csv)] = lambda reading: csv_bytes(reading.entries)
    if options.xlsx:
        path = Path(options.xlsx)
        if any(path.absolute() == other.absolute() for other in asked):
            raise BadRequest(_text(messages.ONE_OUTPUT, path=path))
        asked[path] = lambda reading: xlsx_bytes(reading.entries)
    for path in asked:
        _may_write(path, _paths(options))
    return asked


def scan(options: argparse.Namespace, lang: str) -> int:
    """Compare the two sides; print or write what was found."""
    from makewhole import desk

    same_cards = _same_cards(options.same_card)
    report = Path(options.html) if options.html else None
    if report:
        _may_write(report, _paths(options))
    as_of: date = options.as_of or datetime.now().astimezone().date()
    with waiting(quiet=options.quiet) as doing:
        reading, found = desk.scan_files(
            _paths(options),
            _passwords(options),
            _mapping(options),
            same_cards,
            as_of=as_of,
            dates=options.dates,
            currency=options.currency or "",
            progress=_told(doing, lang),
        )
        if report:
            from makewhole.report import render

            _write(report, render(reading, found, lang, as_of).encode("utf-8", "replace"))
    if options.json:
        _say_refused(reading, lang)
        about = {"as_of": as_of.isoformat()}
        _print_json({**_reading_json(reading, lang), **scan_json(found), **about})
    else:
        from makewhole.cli.terminal import show_scan

        show_scan(reading, found, lang, as_of)
    if report and not options.quiet:
        _complain(pick(messages.WRITTEN, lang).format(path=report))
    return FINDINGS if found.findings else NOTHING_WRONG


def formats(options: argparse.Namespace, lang: str) -> int:
    """List every export that can be read."""
    from makewhole.cli import formats

    formats.run(options, lang)
    return NOTHING_WRONG


def rules(options: argparse.Namespace, lang: str) -> int:
    """Show the rules, what they are worth, and what is due for checking."""
    from makewhole.cli import rules

    rules.run(options, lang)
    return NOTHING_WRONG


def deadline(options: argparse.Namespace, lang: str) -> int:
    """Compute the last day under a rule."""
    from makewhole.cli import deadline

    deadline.run(options, lang)
    return NOTHING_WRONG


def whom(options: argparse.Namespace, lang: str) -> int:
    """Say whom to turn to, what is open and from when."""
    from makewhole.cli import whom

    whom.run(options, lang)
    return NOTHING_WRONG


def dev(options: argparse.Namespace, lang: str) -> int:
    """Help those who add a format."""
    from makewhole.cli import dev

    dev.run(options, lang)
    return NOTHING_WRONG


_VERBS = {
    "read": read,
    "scan": scan,
    "deadline": deadline,
    "rules": rules,
    "formats": formats,
    "whom": whom,
    "dev": dev,
}


def _paths(options: argparse.Namespace) -> list[Path]:
    return [Path(file) for file in options.files]


def _passwords(options: argparse.Namespace) -> list[str]:
    """The passwords; one in the environment is not seen by others who list processes."""
    kept = os.environ.get("MAKEWHOLE_PASSWORD")
    return [*options.password, *([kept] if kept else [])]


def _mapping(options: argparse.Namespace) -> Path | None:
    return Path(options.mapping) if options.mapping else None


def _same_cards(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    cards: dict[str, str] = {}
    for old, new in pairs:
        if cards.setdefault(old, new) != new:
            raise BadRequest(_text(messages.TWO_NEW_CARDS, old=old, new=cards[old], other=new))
    return cards


def _told(doing: Callable[[str], None], lang: str) -> Callable[[Text], None]:
    return lambda text: doing(pick(text, lang))


def _text(pair: Pair, **values: object) -> Text:
    return Text(pair[0].format(**values), pair[1].format(**values))


def _complain(line: str) -> None:
    sys.stderr.write(f"{inert(line)}\n")


def _say_refused(reading: Reading, lang: str) -> None:
    """A script that takes the JSON may not look at `refused`; the person at the shell should."""
    count = sum(len(statement.refused) for statement in reading.statements)
    if count:
        _complain(pick(messages.ROWS_REFUSED, lang).format(count=count))


def _reading_json(reading: Reading, lang: str) -> dict[str, Any]:
    return {
        "statements": [statement_json(each, lang) for each in reading.statements],
        "entries": [entry_json(each, reading.earlier.get(each.id, ())) for each in reading.entries],
    }


def _print_json(content: dict[str, Any]) -> None:
    """One item a line: quick for a machine, bearable for a person."""
    with suppress(AttributeError):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    between = "{\n"
    for name, value in content.items():
        sys.stdout.write(f'{between}"{name}": ')
        _print_value(value)
        between = ",\n"
    sys.stdout.write("\n}\n")


def _print_value(value: object) -> None:
    if not isinstance(value, list) or not value:
        sys.stdout.write(_dumped(value))
        return
    between = "[\n"
    for item in value:
        sys.stdout.write(between + _dumped(item))
        between = ",\n"
    sys.stdout.write("\n]")


def _dumped(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _may_write(report: Path, inputs: Iterable[Path]) -> None:
    """Refuse, before any work, a place where a report cannot or must not go."""
    if report.is_dir():
        raise BadRequest(_text(messages.IS_FOLDER, path=report))
    if not report.absolute().parent.is_dir():
        raise BadRequest(_text(messages.NO_FOLDER, path=report))
    if report.exists() and any(_is_read(report, each) for each in inputs):
        raise BadRequest(_text(messages.IS_INPUT, path=report))


def _is_read(path: Path, given: Path) -> bool:
    """Whether a path is one of the files given, or one that is read in a folder given."""
    from makewhole.desk import is_statement

    if not given.exists():
        return False
    if given.is_dir():
        return path.absolute().parent.samefile(given) and is_statement(path)
    return path.samefile(given)


def _write(path: Path, content: bytes) -> None:
    """The whole file or nothing, readable by its owner alone."""
    kept: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.absolute().parent,
            prefix=f".{path.name}.",
            delete=False,
        ) as stream:
            kept = Path(stream.name)
            stream.write(content)
        kept.replace(path)
    except OSError as error:
        raise MakewholeError(
            _text(messages.NOT_WRITTEN, path=path, reason=error.strerror or error)
        ) from None
    finally:
        if kept is not None:
            kept.unlink(missing_ok=True)
