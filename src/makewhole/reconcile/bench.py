"""What every judgement works on: the book, the pairs, the findings, and common questions."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from makewhole.reconcile import calendar, sentences
from makewhole.reconcile.book import Book, Leg, Row, Want, delay
from makewhole.reconcile.links import Links
from makewhole.reconcile.pairing import Pairing
from makewhole.reconcile.refunds import Refunds
from makewhole.reconcile.sentences import Said
from makewhole.records import Coverage, Entry, Finding, FindingKind, InTransit, Match, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A finding before it has a name: `alike` are rows that may be the open ones just as well."""

    kind: FindingKind
    amount: Decimal
    currency: str
    entries: tuple[Entry, ...]
    said: Said
    confidence: float
    caveats: Sequence[Text] = ()
    alike: Sequence[Entry] = ()


class Bench:
    """The state of judging; each row serves one finding."""

    def __init__(
        self, book: Book, pairing: Pairing, links: Links, refunds: Refunds, as_of: date
    ) -> None:
        self.book = book
        self.pairing = pairing
        self.links = links
        self.refunds = refunds
        self.as_of = as_of
        self.matches: list[Match] = []
        self.findings: list[Finding] = []
        self.in_transit: list[InTransit] = []
        self.notes: list[Coverage] = []
        self._equal: dict[tuple[str, str, int], list[Row]] = {}
        for row in pairing.rows:
            self._equal.setdefault((row.account, row.entry.currency, row.amount), []).append(row)

    def equal_rows(self, row: Row, amount: int) -> list[Row]:
        """All rows of an amount on the row's account, taken or not."""
        return self._equal.get((row.account, row.entry.currency, amount), [])

    def alike(self, row: Row) -> list[Row]:
        """Other rows of the account that may be the open one just as well.

        These are rows that look the same, and, where the bank states no time, rows of the same
        party and amount whose payment could as well have been booked as this row.
        """
        return [
            other
            for other in self.equal_rows(row, row.amount)
            if other is not row
            and other.channel == row.channel
            and (_look_the_same(other, row) or self._could_change_places(row, other))
        ]

    def _could_change_places(self, row: Row, other: Row) -> bool:
        leg = self.paid.get(other)
        if leg is None or row.at is not None or not self.pairing.agrees(leg, row):
            return False
        return self.pairing.tempo(row.account).cost(delay(leg, row)) is not None

    @cached_property
    def paid(self) -> dict[Row, Leg]:
        """The payment behind each debit that has just one."""
        return {
            pair.rows[0]: pair.legs[0]
            for pair in self.pairing.pairs
            if len(pair.rows) == len(pair.legs) == 1 and pair.legs[0].want is Want.DEBIT
        }

    def subject(self, entry: Entry) -> Entry:
        """The payment that a funding row is for; any other row is its own subject."""
        return self.book.funded_by(entry) or entry

    def proof(self, entry: Entry) -> tuple[Entry, ...]:
        """The row, with the payment that it funds before it."""
        subject = self.subject(entry)
        return (entry,) if subject is entry else (subject, entry)

    def window_over(self, row: Row, days: int) -> bool:
        """Whether statements reach beyond the days in which something may follow the row."""
        late = calendar.late_from(row.day, days, row.entry.currency)
        return self.as_of >= late and self.book.covers(row.account, row.day, late)

    def find(self, verdict: Verdict) -> None:
        """Add a finding; its name depends on its kind and rows alone."""
        names = tuple(entry.id for entry in verdict.entries)
        others = tuple(sorted(entry.id for entry in verdict.alike))
        unsure = (sentences.one_of(len(others) + 1),) if others else ()
        digest = hashlib.sha256("\x1f".join((verdict.kind, *sorted(names))).encode()).hexdigest()
        self.findings.append(
            Finding(
                id=digest[:12],
                kind=verdict.kind,
                amount=abs(verdict.amount),
                currency=verdict.currency,
                entries=names,
                sentence=verdict.said.sentence,
                confidence=verdict.confidence,
                settles=verdict.said.settles,
                caveats=(*verdict.caveats, *unsure),
                alternatives=others,
            )
        )

    def wait(self, entry: Entry, amount: Decimal, late: date, why: Text) -> None:
        """Note money that is still within its usual time."""
        self.in_transit.append(
            InTransit(
                entry=entry.id,
                amount=abs(amount),
                currency=entry.currency,
                late_from=late,
                why=why,
            )
        )

    def wait_for(self, leg: Leg) -> None:
        """Note a leg that the bank has not booked yet, if its statement reaches the leg's day."""
        ends = [self.book.ends(account, leg.day) for account in leg.accounts]
        if not all(ends) or (self.links.due(leg) and self.as_of >= leg.late_from):
            return
        last = min(end for end in ends if end)
        self.wait(leg.entry, leg.money, leg.late_from, sentences.not_booked_yet(last))


def _look_the_same(one: Row, other: Row) -> bool:
    return one.day == other.day and one.at == other.at and one.text == other.text
