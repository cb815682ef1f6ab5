"""The one table of transactions: statements laid over each other without loss or doubling.

Equal rows of one file are kept as often as they occur. Where exports overlap, each row is held
once; a row that changed between two exports is held in its latest form, its earlier forms kept
beside it. The result does not depend on the order in which files are given.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from makewhole.records import Entry, Side, Statement
from makewhole.statements.reader import Draft

Identity = tuple[object, ...]


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
    held: dict[Identity, list[list[Entry]]] = defaultdict(list)
    tallies: dict[int, _Tally] = {}
    for at in sorted(range(len(given)), key=lambda at: _age(given[at])):
        tallies[at] = _lay(given[at], held)
    reading = Reading([_statement(draft, tallies[at]) for at, draft in enumerate(given)])
    for identity, slots in held.items():
        for occurrence, versions in enumerate(slots):
            name = _id(identity, occurrence)
            named = [replace(version, id=name) for version in versions]
            reading.entries.append(named[-1])
            if len(named) > 1:
                reading.earlier[name] = named[:-1]
    reading.entries.sort(key=in_time)
    return reading


def in_time(entry: Entry) -> tuple[object, ...]:
    """Order by day, moment, then the id, which depends on nothing outside the row."""
    at = entry.occurred_at
    return entry.occurred_on, at.timestamp() if at else 0.0, entry.id


def _age(draft: Draft) -> tuple[object, ...]:
    """Older exports first; what the export states counts, then its rows, then its bytes."""
    latest = max((entry.occurred_on for entry in draft.entries), default=date.min)
    exported = draft.declared.exported_at
    stated = exported.astimezone(UTC) if exported else datetime.min.replace(tzinfo=UTC)
    return stated, draft.declared.ends_on or latest, latest, draft.sha256, draft.file


def _lay(draft: Draft, held: dict[Identity, list[list[Entry]]]) -> _Tally:
    """Lay one draft over the table: equal rows first, then changed ones, then new ones."""
    tally = _Tally()
    rows: dict[Identity, list[Entry]] = defaultdict(list)
    for entry in draft.entries:
        rows[identity_of(entry)].append(entry)
    for identity, entries in rows.items():
        slots = held[identity]
        free = list(range(len(slots)))
        changed = []
        for entry in entries:
            same = next((at for at in free if _said(slots[at][-1]) == _said(entry)), None)
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
    return tally


def identity_of(entry: Entry) -> Identity:
    """What makes a row the same row in two exports.

    With an order number: the number, the moment and the size of the amount, for status,
    direction and category change while money waits. Without one: all that the row says.
    """
    scope = entry.account if entry.side is Side.BANK else ""
    if entry.reference and entry.side is Side.WALLET:
        return (
            entry.provider,
            entry.reference,
            entry.occurred_at or entry.occurred_on,
            abs(entry.amount),
            entry.currency,
        )
    return (entry.provider, scope, *_said(entry))


def _said(entry: Entry) -> Identity:
    return (
        entry.occurred_at or entry.occurred_on,
        entry.booked_on,
        entry.amount,
        entry.currency,
        entry.card,
        entry.direction_word,
        entry.status_word,
        entry.movement,
        entry.kind,
        entry.counterparty,
        entry.description,
        entry.reference,
        entry.merchant_reference,
        entry.funding,
        entry.note,
        entry.refunded,
        entry.fee,
        entry.original,
    )


def _id(identity: Identity, occurrence: int) -> str:
    text = "\x1f".join(str(part) for part in (*identity, occurrence))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


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
