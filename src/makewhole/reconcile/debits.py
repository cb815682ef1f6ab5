"""Debits of the bank that no payment explains: failed, doubled, different, unrecorded."""

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from math import log

from makewhole.reconcile import calendar, sentences
from makewhole.reconcile.bench import Bench, Verdict
from makewhole.reconcile.book import Leg, Row, Want, delay
from makewhole.reconcile.fits import gives_back, in_time, names_wallet
from makewhole.reconcile.names import funding_of, names_nobody, same_name
from makewhole.records import Entry, FindingKind, Kind, Match, MatchKind, Movement, Text

# Wallets whose exports list every payment, so that a missing row means something.
_RECORDING = frozenset(
    {"alipay", "wechat", "paypal", "jd", "venmo", "cashapp", "revolut", "satispay"}
)
# Payment companies also serve others, and credit lines are settled outside the list of orders.
_NOT_RECORDED = re.compile(r"白条|金条|花呗|借呗|还款|保险|金融|理财|小贷|月付")
# The bank may mask what it names.
_NAMES_JD = re.compile(r"京东|京\*")
_NUMBERS = re.compile(r"\d+")
_NIGHT_ENDS = 6
_SOME_TIME = 0.5
_CANCELLED = "退款-"
_FEW_STRAYS = 2
_MANY_STRAYS = 7
_STRAY_SHARE = 0.2
_TWIN_DAYS = 2
_HABIT = 3
_HABIT_DAYS = 15
_TWIN_MINUTES = 30 / 1440
_SAME_HOUR = 1 / 24
_DIFFERS_DAYS = 3
_DIFFERS_MINUTES = 10 / 1440
_LARGEST_RATIO = 2.0
# A decimal point in the wrong place, by the same shop on the same day.
_LARGEST_SLIP = 10.0
_LARGEST_UNNAMED = 1.5
_LARGEST_MISNAMED = 1.35


class Debits:
    """Judges the bank's debits; the order of its methods is the order of claims."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._pairing = bench.pairing
        self._free = [row for row in bench.pairing.rows if not row.taken and row.amount < 0]
        self._returned: set[Row] = set()
        failed = [pair for pair in bench.pairing.pairs if pair.legs[0].want is Want.SHADOW]
        self._failed = {pair.rows[0]: pair.legs[0] for pair in failed}
        self._numbered = {pair.rows[0] for pair in failed if pair.kind is MatchKind.SAME_NUMBER}

    def reversals(self) -> None:
        """Match each credit that gives a debit back with the debit most like it, then nearest."""
        candidates = sorted(
            (
                (_unlike(credit, debit), debit.key, credit.key, debit, credit)
                for debit in (*self._failed, *self._free)
                for credit in self._bench.equal_rows(debit, -debit.amount)
                if gives_back(credit, debit)
            ),
            key=lambda each: each[:3],
        )
        for _unlikeness, _debit, _credit, debit, credit in candidates:
            if debit not in self._returned and not credit.taken:
                self._returned.add(debit)
                debit.taken = credit.taken = True
                failed = self._failed.get(debit)
                self._reverse(debit, credit, failed.entry if failed else None)

    def _reverse(self, debit: Row, back: Row, failed: Entry | None) -> None:
        names = [entry.id for entry in (failed, debit.entry, back.entry) if entry]
        days = (back.day - debit.day).days
        why = sentences.reversed_after(days)
        self._bench.matches.append(Match(tuple(names), MatchKind.REVERSAL, why))

    def unpaid(self) -> None:
        """Debits for payments that the wallet says failed or were closed."""
        for debit, leg in self._failed.items():
            if debit in self._returned:
                continue
            late = calendar.late_from(debit.day, calendar.BOOKING_DAYS, debit.entry.currency)
            if self._bench.as_of < late:
                why = sentences.may_be_returned()
                self._bench.wait(debit.entry, debit.entry.amount, late, why)
            else:
                self._debited_unpaid(leg, debit)

    def _debited_unpaid(self, leg: Leg, debit: Row) -> None:
        bench, entry = self._bench, leg.entry
        numbered = debit in self._numbered
        caveats = [sentences.STATUS_AGED]
        if debit.at is None and not numbered:
            caveats.append(sentences.DATE_ONLY)
        if not debit.channel and not numbered:
            caveats.append(sentences.MAYBE_BY_CARD)
        caveats += self._may_return(debit)
        timed = leg.at is not None and debit.at is not None
        close = timed and abs(delay(leg, debit)) < _SAME_HOUR
        back = self._partly_returned(debit)
        returned = sum((row.entry.amount for row in back), Decimal(0))
        last = bench.book.ends(debit.account, debit.day) or debit.day
        subject = bench.subject(entry)
        bench.find(
            Verdict(
                kind=FindingKind.DEBITED_UNPAID,
                amount=abs(debit.entry.amount) - returned,
                currency=debit.entry.currency,
                entries=(*bench.proof(entry), debit.entry, *(row.entry for row in back)),
                said=sentences.debited_unpaid(entry, subject, debit.entry, returned, last),
                confidence=0.96 if close or numbered else 0.9 if debit.channel else 0.6,
                caveats=caveats,
                alike=[row.entry for row in bench.alike(debit)],
            )
        )

    def _may_return(self, debit: Row) -> list[Text]:
        over = self._bench.window_over(debit, calendar.REFUND_DAYS)
        return [] if over else [sentences.MAY_STILL_RETURN]

    def _partly_returned(self, debit: Row) -> list[Row]:
        """Free credits of the same party, soon after, that together stay below the debit."""
        back: list[Row] = []
        for row in self._pairing.free_rows((debit.account,), debit.entry.currency):
            days = (row.day - debit.day).days
            total = row.amount + sum(each.amount for each in back)
            if (
                row.amount > 0
                and total < -debit.amount
                and 0 <= days <= calendar.REFUND_DAYS
                and row.channel == debit.channel
                and _same_words(row, debit)
            ):
                row.taken = True
                back.append(row)
        return back

    def twice(self) -> None:
        """Debits that repeat one that a payment explains."""
        for debit in self._free:
            if not debit.taken and debit.channel:
                self._look_for_twin(debit)

    def _look_for_twin(self, debit: Row) -> None:
        twins = [
            (row, self._bench.paid[row])
            for row in self._bench.equal_rows(debit, debit.amount)
            if row in self._bench.paid and row.taken and self._is_twin(debit, row)
        ]
        if not twins:
            return
        twin, leg = min(twins, key=lambda each: (abs(_apart(debit, each[0])), each[0].key))
        if self._recorded(debit, [leg.entry.account]) and self._only_one(leg, debit):
            self._charged_twice(debit, twin, leg)

    def _only_one(self, leg: Leg, debit: Row) -> bool:
        """Whether the wallet shows one such payment that day; times tell them apart anyhow."""
        equal = [
            other
            for other in self._bench.paid.values()
            if other.day == leg.day
            and other.amount == leg.amount
            and other.accounts == leg.accounts
            and other.entry.account == leg.entry.account
        ]
        return debit.at is not None or len(equal) == 1

    def _charged_twice(self, debit: Row, twin: Row, leg: Leg) -> None:
        bench = self._bench
        debit.taken = True
        sure = debit.at is not None or debit.day == twin.day
        caveats = [sentences.DELETED, sentences.DATE_ONLY] if debit.at is None else []
        bench.find(
            Verdict(
                kind=FindingKind.CHARGED_TWICE,
                amount=debit.entry.amount,
                currency=debit.entry.currency,
                entries=(*bench.proof(leg.entry), twin.entry, debit.entry),
                said=sentences.charged_twice(bench.subject(leg.entry), twin.entry, debit.entry),
                confidence=0.92 if sure else 0.75,
                caveats=caveats + self._may_return(debit),
                alike=[row.entry for row in bench.alike(debit) if row is not twin],
            )
        )

    def _is_twin(self, debit: Row, row: Row) -> bool:
        """Whether the two stand close enough; closer where the same is bought every day."""
        if row.channel != debit.channel or not _same_words(row, debit):
            return False
        habit = [
            other
            for other in self._bench.equal_rows(debit, debit.amount)
            if other.taken
            and abs((other.day - debit.day).days) <= _HABIT_DAYS
            and _same_words(other, debit)
        ]
        apart = abs(_apart(debit, row))
        if debit.at is not None and row.at is not None:
            return apart <= (_TWIN_MINUTES if len(habit) >= _HABIT else 1.0)
        return apart <= (0 if len(habit) >= _HABIT else _TWIN_DAYS)

    def differing(self) -> None:
        """Pair leftovers of different amounts, the most alike first.

        A payment that no bank row shows and a debit that no payment explains, side by side, are
        one thing far more often than two.
        """
        legs = [
            leg
            for leg in self._pairing.free_legs(Want.DEBIT)
            if not leg.at_most
            and leg.label
            and leg.entry.movement is not Movement.LEFT_AND_RETURNED
            and self._bench.links.trusted(leg)
        ]
        alike = [
            (cost, leg.key, row.key, leg, row)
            for leg in legs
            for row in self._free
            if not row.taken
            and row.account in leg.accounts
            and row.channel in leg.channels
            and (cost := self._unlikeness(leg, row)) is not None
        ]
        for _cost, _leg, _row, leg, row in sorted(alike, key=lambda each: each[:3]):
            if not leg.rows and not row.taken:
                self._differs(leg, row)

    def _unlikeness(self, leg: Leg, row: Row) -> float | None:
        """How little a row of another amount looks like the leg's, or None where it cannot be.

        Without a name that agrees, the amounts and days must be closer.
        """
        if row.amount == leg.amount or row.entry.currency != leg.entry.currency:
            return None
        days = delay(leg, row)
        apart = abs(log(row.amount / leg.amount))
        named = self._pairing.agrees(leg, row)
        if abs(days) <= _DIFFERS_MINUTES and leg.at is not None and row.at is not None:
            largest, latest, weight = _LARGEST_SLIP if named else _LARGEST_RATIO, 1.0, 0.0
        elif named:
            largest = _LARGEST_SLIP if abs(days) < 1 else _LARGEST_RATIO
            latest, weight = _DIFFERS_DAYS, 0.0
        elif names_nobody(row.text):
            largest, latest, weight = _LARGEST_UNNAMED, _DIFFERS_DAYS, 1.0
        else:
            largest, latest, weight = _LARGEST_MISNAMED, 1.0, 3.0
        if apart > log(largest) or not -calendar.EARLY_DAYS <= days <= latest:
            return None
        return weight + abs(days) + apart

    def _differs(self, leg: Leg, row: Row) -> None:
        bench = self._bench
        self._pairing.claim(leg, row)
        more = abs(row.amount) > abs(leg.amount)
        bench.find(
            Verdict(
                kind=FindingKind.AMOUNT_DIFFERS,
                amount=abs(row.entry.amount) - abs(leg.entry.amount),
                currency=row.entry.currency,
                entries=(*bench.proof(leg.entry), row.entry),
                said=sentences.amount_differs(bench.subject(leg.entry), row.entry),
                confidence=0.85 if more else 0.7,
                caveats=[] if more else [sentences.MAYBE_DISCOUNT],
            )
        )

    def unrecorded(self) -> None:
        """Debits for a wallet whose export covers the time and has no such row."""
        strays: dict[tuple[str, str], list[Row]] = {}
        for debit in self._free:
            may_be = not debit.taken and _would_be_recorded(debit) and not self._explained(debit)
            if may_be and self._recorded(debit, self._wallets_of(debit)):
                strays.setdefault((debit.account, debit.channel), []).append(debit)
        for (account, channel), debits in strays.items():
            known = sum(
                row.account == account and row.channel == channel for row in self._bench.paid
            )
            if _belong_elsewhere(len(debits), known):
                self._bench.notes.append(sentences.another_wallet(account, channel, len(debits)))
                continue
            for debit in debits:
                self._debited_unrecorded(debit)

    def _wallets_of(self, debit: Row) -> list[str]:
        """The accounts of the debit's wallet that use its bank account and hold its currency."""
        book, links = self._bench.book, self._bench.links
        return [
            name
            for name in book.wallets.get(debit.channel, ())
            if links.linked(name, debit.account) and book.holds(name, debit.entry.currency)
        ]

    def _explained(self, debit: Row) -> bool:
        """Whether the wallet has a row for the debit after all, by words of doubtful meaning."""
        bank = debit.entry.provider
        doubtful = any(
            leg.amount == debit.amount
            and names_wallet(leg, debit)
            and in_time(leg, debit)
            and any(source.bank == bank for source in funding_of(leg.label).sources)
            for leg in self._pairing.aside
        )
        return doubtful or self._pay_later(debit)

    def _pay_later(self, debit: Row) -> bool:
        """Whether the wallet promised a charge of an amount that it did not state yet.

        Such a promise (先享后付) stands in the export as 0.00, and the charge may have no row.
        Each promise explains one debit.
        """
        for at, promised in enumerate(self._promises):
            if promised.provider == debit.channel:
                days = (debit.day - promised.occurred_on).days
                if 0 <= days <= calendar.DEFERRED_WINDOW:
                    del self._promises[at]
                    return True
        return False

    @cached_property
    def _promises(self) -> list[Entry]:
        """Promises that were neither cancelled nor followed by a payment of the same goods."""
        entries = self._bench.book.entries
        settled = {
            (entry.account, entry.description.removeprefix(_CANCELLED))
            for entry in entries
            if entry.description.startswith(_CANCELLED)
            or (entry.amount and entry.movement is Movement.LEFT)
        }
        return [
            entry
            for entry in entries
            if not entry.amount
            and entry.kind is Kind.HOLD
            and (entry.account, entry.description.removeprefix(_CANCELLED)) not in settled
        ]

    def _debited_unrecorded(self, debit: Row) -> None:
        debit.taken = True
        caveats = [sentences.DELETED, sentences.OTHER_OWNER]
        if debit.at is None:
            caveats.append(sentences.DATE_ONLY)
        self._bench.find(
            Verdict(
                kind=FindingKind.DEBITED_UNRECORDED,
                amount=debit.entry.amount,
                currency=debit.entry.currency,
                entries=(debit.entry,),
                said=sentences.debited_unrecorded(debit.entry, debit.channel),
                confidence=0.8,
                caveats=caveats,
                alike=[row.entry for row in self._bench.alike(debit)],
            )
        )

    @cached_property
    def _late_by_night(self) -> set[str]:
        """Accounts that book by night, in one run, what was paid on the days before."""
        return {
            row.account
            for row, leg in self._bench.paid.items()
            if _by_night(row) and delay(leg, row) >= _SOME_TIME
        }

    def _recorded(self, debit: Row, wallets: Sequence[str]) -> bool:
        """Whether a wallet's export would show the payment behind a debit, had there been one."""
        first = calendar.earliest_origin(debit.day, debit.entry.currency)
        if debit.at is not None and not (_by_night(debit) and debit.account in self._late_by_night):
            # A bank that states the time books at once; a day's grace is enough.
            first = debit.day - timedelta(days=1)
        book = self._bench.book
        return any(book.covers(name, first, debit.day) and book.whole(name) for name in wallets)


def _by_night(row: Row) -> bool:
    return row.entry.occurred_at is not None and row.entry.occurred_at.hour < _NIGHT_ENDS


def _would_be_recorded(debit: Row) -> bool:
    if debit.channel == "jd" and not _NAMES_JD.search(debit.text):
        return False
    return debit.channel in _RECORDING and not _NOT_RECORDED.search(debit.text)


def _belong_elsewhere(strays: int, known: int) -> bool:
    """Whether so many debits are unknown that another account of the wallet explains them."""
    return strays > max(_FEW_STRAYS, known) or strays > max(_MANY_STRAYS, _STRAY_SHARE * known)


def _unlike(credit: Row, debit: Row) -> tuple[bool, bool, int]:
    """How little a credit looks like giving back this debit; the words weigh more than the days."""
    days = abs((credit.day - debit.day).days)
    return credit.channel != debit.channel, not _same_words(credit, debit), days


def _apart(one: Row, other: Row) -> float:
    """Days between two rows, with fractions where both state a time."""
    if one.at is not None and other.at is not None:
        return one.at - other.at
    return float((one.day - other.day).days)


def _same_words(one: Row, other: Row) -> bool:
    """Whether two rows say the same, numbers aside, or name the same party."""
    return _NUMBERS.sub("", one.text) == _NUMBERS.sub("", other.text) or same_name(
        one.text, other.text
    )
