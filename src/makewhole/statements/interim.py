"""Interim reports and notices beside statements: what a statement books counts once.

An interim report names a row before it is booked, a notice names it beside the booking and may
tell a batch apart. Where a statement of the same account, or a later report, has the row too, it is
that row: told by the bank's own number and the amount or, without a number, by the words with it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from makewhole.records import Entry, Movement
from makewhole.statements.reader import Draft

_Key = tuple[object, ...]
# Banks use a number again in another year; a row is booked within days.
_SOON = timedelta(days=14)


class _Form(NamedTuple):
    """An entry as one draft has it; the draft of the highest rank has the last word."""

    rank: int
    entry: Entry


def settled(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, interim rows replaced by the form in which the latest draft has them."""
    if not any(draft.interim for draft in drafts):
        return list(drafts)
    drafts = [*_told_apart(drafts)]
    latest = _latest(drafts)
    return [
        replace(draft, entries=[*_replaced(draft.entries, latest)]) if draft.interim else draft
        for draft in drafts
    ]


def _told_apart(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts, a batch that a statement books as one row told apart as a notice does."""
    groups: dict[_Key, list[Entry]] = {}
    for draft in drafts:
        if draft.interim:
            groups.update(_batches(draft.entries))
    for draft in drafts:
        if draft.interim or not groups:
            yield draft
        else:
            entries = [part for entry in draft.entries for part in _parts(entry, groups)]
            yield replace(draft, entries=entries)


def _batches(entries: Iterable[Entry]) -> dict[_Key, list[Entry]]:
    found: dict[_Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.reference:
            found[entry.account, entry.currency, entry.reference].append(entry)
    return {key: parts for key, parts in found.items() if len(parts) > 1}


def _parts(entry: Entry, groups: dict[_Key, list[Entry]]) -> Iterator[Entry]:
    parts = groups.get((entry.account, entry.currency, entry.reference), ())
    if sum((part.amount for part in parts), Decimal(0)) != entry.amount or not parts:
        yield entry
        return
    for part in parts:
        yield structs.replace(
            part,
            file=entry.file,
            sha256=entry.sha256,
            line=entry.line,
            booked_on=entry.booked_on,
            movement=entry.movement if part.movement is Movement.UNDECIDED else part.movement,
            status_word=entry.status_word,
        )


def _latest(drafts: Iterable[Draft]) -> dict[_Key, list[_Form]]:
    """For each key the rows of the last draft that has it, then what earlier ones had more."""
    found: dict[_Key, list[_Form]] = {}
    for rank, draft in enumerate(sorted(drafts, key=_age)):
        own: dict[_Key, list[_Form]] = defaultdict(list)
        for entry in draft.entries:
            for key in _keys(entry):
                own[key].append(_Form(rank, entry))
        for key, forms in own.items():
            found[key] = [*forms, *found.get(key, [])[len(forms) :]]
    return found


def _age(draft: Draft) -> tuple[bool, datetime, str, str]:
    made = draft.declared.exported_at
    return not draft.interim, made or datetime.min.replace(tzinfo=UTC), draft.sha256, draft.file


def _replaced(entries: Iterable[Entry], latest: dict[_Key, list[_Form]]) -> Iterator[Entry]:
    used: dict[_Key, int] = defaultdict(int)
    for entry in entries:
        forms = []
        for key in _keys(entry):
            form = latest[key][used[key]]
            used[key] += 1
            if abs(form.entry.occurred_on - entry.occurred_on) <= _SOON:
                forms.append(form)
        final = max(forms, key=lambda form: form.rank).entry if forms else entry
        yield structs.replace(final, file=entry.file, sha256=entry.sha256, line=entry.line)


def _keys(entry: Entry) -> list[_Key]:
    about = (entry.account, entry.amount, entry.currency)
    said = (entry.counterparty, entry.description, entry.merchant_reference)
    keys: list[_Key] = [(*about, entry.reference)] if entry.reference else []
    return [*keys, (*about, entry.occurred_on, *said)]
