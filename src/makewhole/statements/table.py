"""The one table of transactions: statements laid over each other without loss or doubling.

Equal rows of one file are kept as often as they occur. Where exports overlap, each row is held
once; a row that changed between two exports is held in its latest form, its earlier forms kept
beside it. The result does not depend on the order in which files are given.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby, islice
from operator import attrgetter, lt
from typing import Any

from msgspec.structs import replace

from makewhole.records import Entry, Statement
from makewhole.statements.reader import Draft

_Identity = tuple[object, ...]
_Held = dict[_Identity, list[list[Entry]]]


@dataclass
class Reading:
    """What a set of files says: its statements in the order given, and the table of their rows.

    `earlier` maps an entry's id to the forms it had in older exports, oldest first.
    """

    statements: list[Statement] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    earlier: dict[str, list[Entry]] = field(default_factory=dict)


@dataclass
class _Tally:
    added: int = 0
    known: int = 0
    updated: int = 0


def lay_together(drafts: Iterable[Draft]) -> Reading:
    """One table out of many drafts; see the module's promise."""
    given = list(drafts)
    crowded = _crowded(given)
    held: _Held = defaultdict(list)
    tallies: dict[int, _Tally] = {}
    reading = Reading()
    for at in sorted(range(len(given)), key=lambda at: _age(given[at])):
        tallies[at] = tally = _Tally()
        rows = given[at].entries
        if crowded:
            meeting: list[Entry] = []
            for entry in rows:
                (meeting if _likeness(entry) in crowded else reading.entries).append(entry)
            tally.added = len(rows) - len(meeting)
            _lay(meeting, held, tally)
        else:
            reading.entries.extend(rows)
            tally.added = len(rows)
    reading.statements = [_statement(draft, tallies[at]) for at, draft in enumerate(given)]
    _take_over(held, reading)
    _put_in_time(reading.entries)
    return reading


def _crowded(drafts: Sequence[Draft]) -> set[object]:
    """The likenesses that more than one row has: of all others nothing can be the same row."""
    rows = sum(len(draft.entries) for draft in drafts)
    named = {entry.reference for draft in drafts for entry in draft.entries}
    if len(named) == rows and "" not in named:
        return set()
    seen: set[object] = set()
    crowded: set[object] = set()
    for draft in drafts:
        for entry in draft.entries:
            like = _likeness(entry)
            before = len(seen)
            seen.add(like)
            if len(seen) == before:
                crowded.add(like)
    return crowded


def _likeness(entry: Entry) -> object:
    """A part of the row's identity that is quick to compare."""
    return entry.reference or (entry.amount, entry.description)


def _take_over(held: _Held, reading: Reading) -> None:
    for slots in held.values():
        for occurrence, versions in enumerate(slots):
            counted = (
                [replace(version, occurrence=occurrence) for version in versions]
                if occurrence
                else versions
            )
            reading.entries.append(counted[-1])
            if len(counted) > 1:
                reading.earlier[counted[-1].id] = counted[:-1]


def _put_in_time(entries: list[Entry]) -> None:
    """Order by day, moment, then the id, which depends on nothing outside the row."""
    key = _clock(entries)
    clocks = list(map(key, entries))
    if all(map(lt, clocks, islice(clocks, 1, None))):
        return
    entries.sort(key=key)
    at = 0
    for _moment, group in groupby(entries, key):
        together = list(group)
        if len(together) > 1:
            entries[at : at + len(together)] = sorted(together, key=attrgetter("id"))
        at += len(together)


def _clock(entries: Iterable[Entry]) -> Callable[[Entry], Any]:
    """What orders the entries: moments of one zone are compared as they are."""
    zones = {entry.occurred_at and entry.occurred_at.tzinfo for entry in entries}
    if len(zones) == 1 and None not in zones:
        return attrgetter("occurred_on", "occurred_at")
    return _stamp


def _stamp(entry: Entry) -> tuple[date, float]:
    return entry.occurred_on, entry.occurred_at.timestamp() if entry.occurred_at else 0.0


def _age(draft: Draft) -> tuple[object, ...]:
    """Older exports first; what the export states counts, then its rows, then its bytes."""
    latest = max((entry.occurred_on for entry in draft.entries), default=date.min)
    exported = draft.declared.exported_at
    stated = exported.astimezone(UTC) if exported else datetime.min.replace(tzinfo=UTC)
    return stated, draft.declared.ends_on or latest, latest, draft.sha256, draft.file


def _lay(entries: Iterable[Entry], held: _Held, tally: _Tally) -> None:
    """Lay rows over the table: equal rows first, then changed ones, then new ones."""
    rows: dict[_Identity, list[Entry]] = defaultdict(list)
    for entry in entries:
        rows[entry.identity].append(entry)
    for identity, meeting in rows.items():
        slots = held[identity]
        free = list(range(len(slots)))
        changed = []
        for entry in meeting:
            same = next((at for at in free if slots[at][-1].said == entry.said), None)
            if same is None:
                changed.append(entry)
                continue
            free.remove(same)
            slots[same][-1] = entry
            tally.known += 1
        for entry in changed:
            if free:
                slots[free.pop(0)].append(entry)
                tally.updated += 1
            else:
                slots.append([entry])
                tally.added += 1


def _statement(draft: Draft, tally: _Tally) -> Statement:
    return Statement(
        file=draft.file,
        sha256=draft.sha256,
        provider=draft.provider,
        layout=draft.layout,
        side=draft.side,
        encoding=draft.encoding,
        rows=len(draft.entries) + len(draft.refused),
        stored=len(draft.entries),
        refused=tuple(draft.refused),
        declared=draft.declared,
        computed=draft.computed,
        warnings=tuple(draft.warnings),
        accounts=tuple(sorted({entry.account for entry in draft.entries})),
        first_on=min((entry.occurred_on for entry in draft.entries), default=None),
        last_on=max((entry.occurred_on for entry in draft.entries), default=None),
        added=tally.added,
        known=tally.known,
        updated=tally.updated,
    )
