"""Rows that are not settled: within their usual time, or pending for too long."""

from datetime import date

from makewhole.reconcile import calendar, sentences
from makewhole.reconcile.bench import Bench, Verdict
from makewhole.reconcile.book import Want
from makewhole.records import Entry, FindingKind, Kind, Movement, Side

_SYSTEMATIC = 3
# A WeChat transfer that is not accepted comes back after a day.
_PROMPT = {"wechat": 3}


def pending(bench: Bench) -> None:
    """Undecided rows, judged on the day for which their export speaks."""
    at_bank = {leg.entry.id: leg.rows for leg in bench.pairing.legs if leg.rows}
    for entry in bench.book.entries:
        if entry.movement is not Movement.UNDECIDED or not entry.amount:
            continue
        rows = at_bank.get(entry.id, [])
        if any(row.amount > 0 for row in rows):
            # The bank was credited: what the wallet calls pending has arrived.
            continue
        known = min(bench.book.known_until(entry), bench.as_of)
        days = _PROMPT.get(entry.provider, calendar.PENDING_DAYS)
        late = calendar.late_from(entry.occurred_on, days, entry.currency)
        if known < late:
            bench.wait(entry, entry.amount, late, sentences.not_settled_yet(entry))
        elif not _never_settled(bench, entry):
            _pending_too_long(bench, entry, known, [row.entry for row in rows])


def _never_settled(bench: Bench, entry: Entry) -> bool:
    """Whether the export leaves all its payouts pending: then the status says nothing."""
    if entry.kind is not Kind.WITHDRAWAL:
        return False
    alike = [
        other
        for other in bench.book.entries
        if other.account == entry.account
        and other.kind is entry.kind
        and other.description == entry.description
    ]
    return len(alike) >= _SYSTEMATIC and all(
        other.movement is Movement.UNDECIDED for other in alike
    )


def _pending_too_long(bench: Bench, entry: Entry, known: date, debits: list[Entry]) -> None:
    bench.find(
        Verdict(
            kind=FindingKind.PENDING_TOO_LONG,
            amount=entry.amount,
            currency=entry.currency,
            entries=(entry, *debits),
            said=sentences.pending_too_long(entry, known, debited=bool(debits)),
            confidence=0.85 if entry.side is Side.WALLET else 0.7,
            caveats=[sentences.STATUS_AGED],
        )
    )


def not_booked(bench: Bench) -> None:
    """Payments that the bank has not booked yet and still may."""
    for leg in bench.pairing.free_legs(Want.DEBIT):
        if bench.links.trusted(leg):
            bench.wait_for(leg)
