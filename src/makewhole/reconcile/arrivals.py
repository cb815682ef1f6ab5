"""Money that should have come to the bank: refunds and payouts that are missing or short."""

from datetime import timedelta
from decimal import Decimal
from math import log

from makewhole.reconcile import calendar, sentences
from makewhole.reconcile.bench import Bench, Verdict
from makewhole.reconcile.book import Leg, Row, Want
from makewhole.reconcile.legs import refund_passed_on
from makewhole.reconcile.names import is_payout
from makewhole.records import Entry, FindingKind

_SHORTEST_UNNAMED = 3.0
_DAYS_A_UNIT = 5
_LONG_AFTER = timedelta(days=30)


class Arrivals:
    """Judges what wallets say they sent to a bank."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._pairing = bench.pairing
        self._links = bench.links

    def short(self) -> None:
        """Pair refunds with smaller credits, the most alike first."""
        legs = [
            leg
            for leg in self._pairing.free_legs(Want.REFUND)
            if not leg.at_most and leg.label and self._links.trusted(leg)
        ]
        alike = [
            (cost, leg.key, row.key, leg, row)
            for leg in legs
            for row in self._pairing.free_rows(leg.accounts, leg.entry.currency)
            if (cost := self._shortness(leg, row)) is not None
        ]
        for _cost, _leg, _row, leg, row in sorted(alike, key=lambda each: each[:3]):
            if not leg.rows and not row.taken and self._links.due(leg):
                self._refund_short(leg, row)

    def _shortness(self, leg: Leg, row: Row) -> float | None:
        """How little a smaller credit looks like the refund, or None where it cannot be."""
        if not 0 < row.amount < leg.amount or row.channel not in leg.channels:
            return None
        named = self._pairing.agrees(leg, row)
        latest = calendar.REFUND_WINDOW if named else 1.5 * calendar.REFUND_DAYS
        days = (row.day - leg.day).days
        apart = log(leg.amount / row.amount)
        if not -calendar.EARLY_DAYS <= days <= latest or is_payout(row.text):
            return None
        if not named and apart > log(_SHORTEST_UNNAMED):
            return None
        return days / _DAYS_A_UNIT + apart + self._pairing.strangeness(leg, row)

    def _refund_short(self, leg: Leg, row: Row) -> None:
        rows = [row, *self._further(leg, row)]
        for each in rows:
            self._pairing.claim(leg, each)
        missing = leg.money - sum((each.entry.amount for each in rows), Decimal(0))
        over = self._bench.window_over(rows[-1], calendar.REFUND_DAYS)
        credits_ = [each.entry for each in rows]
        self._bench.find(
            Verdict(
                kind=FindingKind.REFUND_SHORT,
                amount=missing,
                currency=row.entry.currency,
                entries=(*self._rows_of(leg.entry), *credits_),
                said=sentences.refund_short(leg.entry, credits_, missing),
                confidence=0.85 if over else 0.7,
                caveats=[] if over else [sentences.REST_MAY_COME],
            )
        )

    def _further(self, leg: Leg, first: Row) -> list[Row]:
        """More free credits of the party that, with the first, stay below the refund."""
        total, more = first.amount, []
        for row in self._pairing.free_rows(leg.accounts, leg.entry.currency):
            near = abs((row.day - first.day).days) <= calendar.BOOKING_DAYS
            if row is first or not near or self._shortness(leg, row) is None:
                continue
            if self._pairing.agrees(leg, row) and total + row.amount < leg.amount:
                total += row.amount
                more.append(row)
        return more

    def missing(self) -> None:
        """Refunds and payouts that the bank's statement should show by now and does not."""
        for leg in self._pairing.free_legs(Want.REFUND, Want.PAYOUT):
            if not self._links.trusted(leg):
                continue
            if self._links.due(leg) and self._bench.as_of >= leg.late_from:
                self._not_arrived(leg)
            else:
                self._bench.wait_for(leg)

    def _not_arrived(self, leg: Leg) -> None:
        book = self._bench.book
        refund = leg.want is Want.REFUND
        last = min(
            end for account in leg.accounts if (end := book.ends(account, leg.day)) is not None
        )
        self._bench.find(
            Verdict(
                kind=FindingKind.REFUND_NOT_ARRIVED if refund else FindingKind.SENT_NOT_ARRIVED,
                amount=leg.money,
                currency=leg.entry.currency,
                entries=self._rows_of(leg.entry),
                said=sentences.not_arrived(leg, book.accounts[leg.accounts[0]], last),
                confidence=0.92 if leg.sure else 0.72,
                caveats=[] if leg.sure else [sentences.WEAK_LINK],
                alike=self._rivals(leg),
            )
        )

    def _rows_of(self, entry: Entry) -> tuple[Entry, ...]:
        origin = refund_passed_on(entry, self._bench.book)
        return (origin, entry) if origin else (entry,)

    def _rivals(self, leg: Leg) -> list[Entry]:
        """Wallet rows that expect the same credit in the same days: any of them may be open."""
        return [
            other.entry
            for other in self._pairing.legs
            if other is not leg
            and other.want is leg.want
            and other.amount == leg.amount
            and other.accounts == leg.accounts
            and abs((other.day - leg.day).days) <= calendar.BOOKING_DAYS
        ]

    def announced(self) -> None:
        """Refunds that a purchase row speaks of and nothing else shows."""
        legs = {leg.entry.id: leg for leg in self._pairing.legs if leg.want is Want.ANNOUNCED}
        for name, unseen in self._bench.refunds.unseen.items():
            entry, leg = self._bench.book.by_id[name], legs.get(name)
            seen = leg is not None and (leg.rows or leg.hollow)
            if not seen and self._must_show(entry, leg):
                self._not_seen(entry, unseen, leg)

    def _must_show(self, entry: Entry, leg: Leg | None) -> bool:
        """Whether statements cover all the time in which the announced refund would be seen.

        When it was announced is not stated; a month after the payment is taken as enough.
        """
        book = self._bench.book
        if leg and leg.label and self._links.trusted(leg):
            late = entry.occurred_on + _LONG_AFTER
            covered = all(book.covers(name, entry.occurred_on, late) for name in leg.accounts)
            if covered and self._bench.as_of >= late:
                return True
        if entry.refunded is None or leg:
            # A trade that is merely closed promises no refund row; and where there is a statement
            # of the card, it is the card's to show what came back.
            return False
        last = book.ends(entry.account, entry.occurred_on)
        if last is None or not book.whole(entry.account):
            return False
        known = book.known_until(entry)
        stated = book.statements[entry.file].declared.exported_at is not None
        settled = calendar.late_from(entry.occurred_on, calendar.REFUND_DAYS, entry.currency)
        reaches = stated and last >= known - timedelta(days=1) and known >= settled
        return reaches or last - entry.occurred_on >= _LONG_AFTER

    def _not_seen(self, entry: Entry, unseen: Decimal, leg: Leg | None) -> None:
        shown = self._bench.refunds.shown.get(entry.id, Decimal(0))
        at_bank = leg is not None and bool(leg.label) and self._links.trusted(leg)
        self._bench.find(
            Verdict(
                kind=FindingKind.REFUND_SHORT if shown else FindingKind.REFUND_ANNOUNCED_NOT_SEEN,
                amount=unseen,
                currency=entry.currency,
                entries=(entry,),
                said=sentences.refund_not_seen(entry, unseen, shown, at_bank=at_bank),
                confidence=0.88 if at_bank else 0.7,
                caveats=[sentences.DELETED] if at_bank else [sentences.NO_BANK, sentences.DELETED],
            )
        )
