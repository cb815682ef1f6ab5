"""Which rules there are: finds a rule's file by its id, reads that file alone, checks it whole.

No list needs editing: every YAML file below `data/` is found. A file is read when one of its
rules is asked for; the ids of all files are found by a quick look at their text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from makewhole.errors import UnknownRule
from makewhole.records import Text
from makewhole.rules.formula import names_in
from makewhole.rules.schema import (
    Claim,
    Convention,
    Instrument,
    Rule,
    RuleFile,
    Source,
    Words,
    is_name,
    parse_term,
)
from makewhole.rules.yamlfile import bad, fill, load, read

DATA = Path(__file__).with_name("data")
_ID = re.compile(r"^  - id: (\S+)", re.MULTILINE)
# What a formula may use without being told: see `claims`.
GIVEN = frozenset({"days_late", "days_used", "in_time"})


class Entry(Struct, frozen=True, eq=False):
    """A rule with what its file says for all its rules."""

    rule: Rule
    instrument: Instrument
    sources: Mapping[str, Source]
    events: Mapping[str, Words]
    file: str

    @property
    def zone(self) -> str:
        """The zone in which its days begin and end."""
        return self.rule.zone or self.instrument.zone


class Library:
    """The rules in one folder or several; later folders add to the earlier ones."""

    def __init__(self, folders: Iterable[Path] = (DATA,)) -> None:
        self._folders = tuple(folders)
        self._files: dict[str, tuple[Entry, ...]] = {}
        self._index: dict[str, Path] | None = None
        self._entries: dict[str, Entry] = {}

    def __iter__(self) -> Iterator[Entry]:
        """Every rule, in the order of its files."""
        for path in self._paths():
            yield from self._read(path)

    def get(self, name: str) -> Entry:
        """The rule called `name`; one that nobody knows is refused with its nearest names."""
        held = self._entries.get(name)
        if held is None:
            path = self._by_id().get(name)
            if path is None:
                raise self._unknown(name)
            self._read(path)
            held = self._entries[name]
        return held

    def ids(self) -> tuple[str, ...]:
        """The ids of all rules, without reading more than their lines."""
        return tuple(self._by_id())

    def _unknown(self, name: str) -> UnknownRule:
        near = get_close_matches(name, self._by_id(), n=3, cutoff=0.5)
        zh = f"相近的有：{'、'.join(near)}。" if near else ""
        en = f"; near it: {', '.join(near)}" if near else ""
        return UnknownRule(
            Text(
                f"没有叫“{name}”的规则。{zh}全部规则见 makewhole rules list。",
                f"no rule is called “{name}”{en}; all rules: makewhole rules list",
            )
        )

    def _paths(self) -> list[Path]:
        found = [path for folder in self._folders for path in sorted(folder.glob("*/**/*.yaml"))]
        return [path for path in found if not path.name.startswith(".")]

    def _by_id(self) -> dict[str, Path]:
        if self._index is None:
            index: dict[str, Path] = {}
            for path in self._paths():
                for name in _ID.findall(read(path)):
                    if name in index:
                        raise bad(self._name(path), f"rule {name} is in {self._name(index[name])}")
                    index[name] = path
            self._index = index
        return self._index

    def _name(self, path: Path) -> str:
        inside = [folder for folder in self._folders if path.is_relative_to(folder)]
        return str(path.relative_to(inside[0])) if inside else path.name

    def _read(self, path: Path) -> tuple[Entry, ...]:
        name = self._name(path)
        if name not in self._files:
            entries = read_file(name, read(path), self._known_events())
            self._files[name] = entries
            self._entries.update({entry.rule.id: entry for entry in entries})
        return self._files[name]

    @cache  # noqa: B019 - a library lives as long as the program
    def _known_events(self) -> dict[str, Words]:
        known: dict[str, Words] = {}
        for folder in self._folders:
            path = folder / "events.yaml"
            if path.exists():
                known |= fill("events.yaml", load("events.yaml", read(path)), dict[str, Words])
        return known


def read_file(name: str, text: str, events: Mapping[str, Words]) -> tuple[Entry, ...]:
    """The rules of one file; the first thing that is wrong with it is an error that names it."""
    held = load(name, text)
    shared = held.pop("defaults", {})
    if not isinstance(shared, dict):
        raise bad(f"{name}: defaults", "this must be a mapping of fields")
    rules = held.get("rules")
    if isinstance(rules, list):
        held["rules"] = [_completed(rule, shared) for rule in rules]
    file = fill(name, held, RuleFile)
    known = {**events, **file.events}
    entries = tuple(Entry(rule, file.instrument, file.sources, known, name) for rule in file.rules)
    for entry in entries:
        for field, problem in _problems(entry):
            raise bad(f"{name}: rule {entry.rule.id}, field {field}", problem)
    return entries


def _completed(rule: Any, shared: Mapping[str, Any]) -> Any:
    return {**shared, **rule} if isinstance(rule, dict) else rule


def _problems(entry: Entry) -> Iterator[tuple[str, str]]:
    rule = entry.rule
    for field, event in _events_named(rule):
        if event not in entry.events:
            near = get_close_matches(event, entry.events, n=1)
            hint = f"; do you mean “{near[0]}”?" if near else ""
            yield field, f"no event is called “{event}”{hint}"
    yield from _wrong_terms(rule)
    for field, source in _sources_named(rule):
        if source not in entry.sources:
            yield field, f"the file has no source “{source}”"
    if not rule.grade.unconfirmed and not rule.source:
        yield "source", f"a fact of grade {rule.grade} needs a source"
    if bool(rule.term) == bool(rule.no_term):
        yield "term", "a rule has either a term or words in no_term"
    if _counts_open_days(rule) and not rule.calendars:
        yield "calendars", "working or business days need a calendar"
    if rule.counting and not set(rule.counting) <= set(conventions()):
        unknown = min(set(rule.counting) - set(conventions()))
        yield "counting", f"no convention is called “{unknown}”"
    if len({case.id for case in rule.cases}) < len(rule.cases):
        yield "cases", "two cases have the same id"
    for claim in rule.claims:
        yield from _wrong_formulas(claim)


def events_of(rule: Rule) -> tuple[str, ...]:
    """Every event that the rule takes, its trigger first."""
    named = [event for _, event in _events_named(rule)]
    return tuple(dict.fromkeys([rule.trigger, *named]))


def _events_named(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "trigger", rule.trigger
    for start in rule.also_from:
        yield "also_from", start.event
    for move in rule.moves:
        yield "moves", move.event
        if move.until:
            yield "moves", move.until
    if rule.ceiling:
        yield "ceiling", rule.ceiling.event
    if rule.selector:
        yield "selector", rule.selector.event
    if rule.done:
        yield "done", rule.done
    for case in rule.cases:
        if case.trigger:
            yield f"cases.{case.id}", case.trigger
        if case.done:
            yield f"cases.{case.id}", case.done


def _terms_written(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "term", rule.term
    for start in rule.also_from:
        yield "also_from", start.term
    for move in rule.moves:
        yield "moves", move.term
        yield "moves", move.at_most
    if rule.ceiling:
        yield "ceiling", rule.ceiling.term
    for case in rule.cases:
        yield f"cases.{case.id}", case.term
    for version in rule.versions:
        yield f"versions.{version.id}", version.term


def _wrong_terms(rule: Rule) -> Iterator[tuple[str, str]]:
    for field, written in _terms_written(rule):
        if written:
            try:
                parse_term(written)
            except ValueError as error:
                yield field, str(error)


def _counts_open_days(rule: Rule) -> bool:
    written = [term for _, term in _terms_written(rule)]
    return rule.roll != "none" or any(
        "working day" in term or "business day" in term for term in written
    )


def _sources_named(rule: Rule) -> Iterator[tuple[str, str]]:
    parts = (
        rule.source,
        *(each.source for each in rule.cases),
        *(each.source for each in rule.versions),
    )
    for sources in (*parts, *(claim.source for claim in rule.claims)):
        for source in sources:
            yield "source", source


def _wrong_formulas(claim: Claim) -> Iterator[tuple[str, str]]:
    field = f"claims.{claim.id}"
    known = {*claim.inputs, *claim.kept, *GIVEN}
    for name in (*claim.inputs, *claim.kept):
        if not is_name(name):
            yield field, f"“{name}” cannot be the name of an input"
    for tier in claim.tiers:
        for formula in (tier.value, tier.when):
            try:
                unknown = names_in(formula) - known if formula else set()
            except ValueError as error:
                yield field, str(error)
                continue
            if unknown:
                yield field, f"the formula names “{min(unknown)}”, which is no input"


@cache
def conventions() -> dict[str, Convention]:
    """The ways of counting, by id."""
    name = "conventions.yaml"
    return fill(name, load(name, read(DATA / name)), dict[str, Convention])


@cache
def library() -> Library:
    """The rules that the package brings."""
    return Library()
