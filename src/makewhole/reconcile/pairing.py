"""Pairs legs with rows: shared numbers, then equal amounts, then the cases where amounts differ.

Each pass takes what the one before left. Inside a pass, equal amounts on one account are paired in
order of time by `align`; the result does not depend on the order in which files were given.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from statistics import median

from makewhole.reconcile import calendar
from makewhole.reconcile.align import Tempo, align
from makewhole.reconcile.book import RETURNING, UNPROVEN, Leg, Row, Want, delay
from makewhole.reconcile.names import is_payout, is_reversal, letters_of, names_nobody, same_name
from makewhole.reconcile.refunds import usable
from makewhole.records import MatchKind

Accepts = Callable[[Leg, Row], bool]

_LONG_NUMBER = 12
_NUMBER = re.compile(r"[0-9A-Za-z]{12,}")
_FEWEST_TO_LEARN = 10
_FEWEST_ALIASES = 2
# Clocks of wallet and bank differ by this much, in days.
_CLOCKS_APART = 0.02
_MOST_PARTS = 4
_MOST_CANDIDATES = 14
_TOGETHER_DAYS = 10 / 1440
_LARGEST_FEE = 0.011
# What a red packet pays is rarely more than a small part.
_SMALLEST_PART = 0.3
_LACKING_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Legs and rows that are one movement of money."""

    legs: tuple[Leg, ...]
    rows: tuple[Row, ...]
    kind: MatchKind


class Pairing:
    """The state of pairing: who is still free, and what was paired.

    `purchases` maps a refund row of a wallet to the purchase that it gives back.
    """

    def __init__(
        self, legs: Iterable[Leg], rows: Iterable[Row], purchases: Mapping[str, str] | None = None
    ) -> None:
        self._purchases = purchases or {}
        self.legs = sorted(legs, key=lambda leg: leg.key)
        self.rows = sorted(rows, key=lambda row: row.key)
        self.pairs: list[Pair] = []
        self._by_amount: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
        self._by_account: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.rows:
            currency = row.entry.currency
            self._by_amount[row.account, currency, row.amount].append(row)
            self._by_account[row.account, currency].append(row)
        self._tempo: dict[str, Tempo] = {}
        self._speaking: set[str] = set()
        self._aliases: Counter[tuple[str, frozenset[str]]] = Counter()

    def take(self, legs: tuple[Leg, ...], rows: tuple[Row, ...], kind: MatchKind) -> None:
        """Pair legs with rows; none of them is free afterwards."""
        for row in rows:
            row.taken = True
        for leg in legs:
            leg.rows.extend(rows)
        self.pairs.append(Pair(legs, rows, kind))

    def claim(self, leg: Leg, row: Row) -> None:
        """Take a leg and a row for a finding: they belong together and do not agree."""
        row.taken = True
        leg.rows.append(row)

    def free_legs(self, *wants: Want) -> list[Leg]:
        """Legs of these wants that have no row yet."""
        return [leg for leg in self.legs if leg.want in wants and not leg.rows and not leg.hollow]

    def free_rows(self, accounts: Iterable[str], currency: str) -> Iterator[Row]:
        """Rows of the accounts that nothing has taken, in order of time."""
        for account in accounts:
            for row in self._by_account[account, currency]:
                if not row.taken:
                    yield row

    def equal_rows(self, leg: Leg) -> list[Row]:
        """Free rows of just the leg's amount on its accounts, in order of time."""
        found = [
            row
            for account in leg.accounts
            for row in self._by_amount[account, leg.entry.currency, leg.amount]
            if not row.taken
        ]
        return found if len(leg.accounts) == 1 else sorted(found, key=lambda row: row.key)

    def tempo(self, account: str) -> Tempo:
        """How the account books, as learned from payments that could pair in one way only."""
        return self._tempo.get(account, Tempo(longest=calendar.BOOKING_DAYS))

    # The passes over equal amounts.

    def by_number(self) -> None:
        """Pair legs and rows that carry the same order number and amount."""
        numbered: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            entry = row.entry
            words = f"{entry.reference} {entry.merchant_reference} {entry.description} {entry.note}"
            for number in set(_NUMBER.findall(words)):
                numbered[number].append(row)
        if not numbered:
            return
        for leg in self.legs:
            if leg.want in UNPROVEN:
                continue
            for number in (leg.entry.reference, leg.entry.merchant_reference):
                if len(number) < _LONG_NUMBER or not usable(number) or leg.rows:
                    continue
                rows = [
                    row
                    for row in numbered.get(number, ())
                    if not row.taken and row.amount == leg.amount and row.account in leg.accounts
                ]
                if rows:
                    row = min(rows, key=lambda row: abs(delay(leg, row)))
                    self.take((leg,), (row,), MatchKind.SAME_NUMBER)

    def learn(self) -> None:
        """Learn each account's usual and longest delay from payments that are alone in sight."""
        delays: dict[str, list[float]] = defaultdict(list)
        rivals: dict[tuple[str, str, int], list[Leg]] = defaultdict(list)
        for leg in self.free_legs(Want.DEBIT):
            for account in leg.accounts:
                rivals[account, leg.entry.currency, leg.amount].append(leg)
        for leg in self.free_legs(Want.DEBIT):
            rows = [row for row in self.equal_rows(leg) if _near(leg, row)]
            if len(rows) != 1 or not compatible(leg, rows[0]):
                continue
            key = (rows[0].account, leg.entry.currency, leg.amount)
            if sum(1 for rival in rivals[key] if _near(rival, rows[0])) == 1:
                delays[rows[0].account].append(delay(leg, rows[0]))
        for account, seen in delays.items():
            if len(seen) >= _FEWEST_TO_LEARN:
                usual = median(seen)
                off = sorted(abs(each - usual) for each in seen)
                widest = min(calendar.BOOKING_DAYS, usual + max(1.0, 2 * off[-1 - len(off) // 50]))
                self._tempo[account] = Tempo(usual, widest)

    def hollow_out(self, due: Callable[[Leg], bool]) -> None:
        """Look no more for refunds of payments that the bank should show and never took.

        Of several equal payments any may be the one that was cancelled.
        """
        debits = {leg.entry.id: leg for leg in self.legs if leg.want is Want.DEBIT}
        missing = [leg for leg in debits.values() if not leg.rows and due(leg)]
        for leg in self.free_legs(*RETURNING):
            purchase = debits.get(self._purchases.get(leg.entry.id, leg.entry.id))
            leg.hollow = purchase is not None and any(
                other is purchase or _interchangeable(other, purchase) for other in missing
            )

    def withdraw(self, legs: Iterable[Leg]) -> None:
        """Undo what was paired for these legs, and look for them no more."""
        gone = set(legs)
        self._undo(gone)
        self.legs = [leg for leg in self.legs if leg not in gone]

    def narrow(self, legs: Iterable[Leg], account: str) -> None:
        """Look for these legs on one account only, and undo what was paired on others."""
        astray = set()
        for leg in legs:
            leg.accounts = (account,)
            if any(row.account != account for row in leg.rows):
                astray.add(leg)
        self._undo(astray)

    def _undo(self, legs: Collection[Leg]) -> None:
        for pair in self.pairs:
            if pair.legs[0] in legs:
                for row in pair.rows:
                    row.taken = False
                for leg in pair.legs:
                    leg.rows.clear()
        self.pairs = [pair for pair in self.pairs if pair.legs[0] not in legs]

    def discounted(self) -> None:
        """Pair payments with a debit that is smaller by just the discount that the wallet names."""
        for leg in self.free_legs(Want.DEBIT):
            if not leg.amount < leg.less < 0:
                continue
            rows = [
                row
                for account in leg.accounts
                for row in self._by_amount[account, leg.entry.currency, leg.less]
                if not row.taken and _near(leg, row) and _names_wallet(leg, row)
            ]
            if rows:
                row = min(rows, key=lambda row: (abs(delay(leg, row)), row.key))
                self.take((leg,), (row,), MatchKind.COMBINED_FUNDING)

    def by_amount(self, wants: frozenset[Want], *, shared: bool = False) -> None:
        """Pair equal amounts: rows that name wallet and party first, then those that name less.

        `shared` picks the legs of which something else paid a part instead of the others.
        """
        legs = [
            leg
            for leg in self.legs
            if leg.want in wants and leg.at_most is shared and not leg.hollow
        ]
        if wants & RETURNING:
            usual = Tempo(longest=1.5 * calendar.REFUND_DAYS)
            self._listen()
            self._in_turn(legs, (*_SOME_WORDS, self._may_be), lambda _leg: usual)
            late = Tempo(longest=calendar.REFUND_WINDOW, earliest=-calendar.EARLY_DAYS)
            self._in_turn(legs, _SOME_WORDS, lambda _leg: late)
            return
        # A row of the usual day with another name is likelier than a named one days later.
        for window in self._widening():
            self._in_turn(legs, _WITH_WALLET, window)
        self._listen()
        for window in self._widening():
            self._in_turn(legs, (_names_party, self._may_be), window)
        for window in (_booking_tempo, _latest_tempo, _early_tempo):
            self._in_turn(legs, (*_SOME_WORDS, self._may_be), window)
            self._mend(legs, window)

    def agrees(self, leg: Leg, row: Row) -> bool:
        """Whether row and leg name the same party, alike or as other pairs have shown."""
        alias = self._aliases[leg.entry.counterparty, letters_of(row.text)]
        return alias >= _FEWEST_ALIASES or same_name(leg.name, row.text)

    def strangeness(self, leg: Leg, row: Row) -> float:
        """How far a row's words are from the leg's party, in days of delay."""
        if self.agrees(leg, row):
            return 0.0
        return 1.0 if names_nobody(row.text) else 2.0

    def _listen(self) -> None:
        """Learn which accounts name the wallet on its rows: there a silent row is no wallet's.

        And by which words the bank calls each party of the wallet.
        """
        self._aliases = Counter(
            (pair.legs[0].entry.counterparty, letters)
            for pair in self.pairs
            if pair.kind is MatchKind.SAME_AMOUNT and (letters := letters_of(pair.rows[0].text))
        )
        named = Counter(row.account for pair in self.pairs for row in pair.rows if row.channel)
        self._speaking = {account for account, rows in named.items() if rows >= _FEWEST_TO_LEARN}

    def _may_be(self, leg: Leg, row: Row) -> bool:
        return row.account not in self._speaking and compatible(leg, row)

    def _widening(self) -> tuple[Callable[[Leg], Tempo], ...]:
        """Windows around each account's usual delay, from the same day to the longest learned."""
        return (
            partial(self._within, days=0.5),
            partial(self._within, days=1.5),
            partial(self._within, days=calendar.BOOKING_DAYS),
        )

    def _within(self, leg: Leg, days: float) -> Tempo:
        tempo = self.tempo(leg.accounts[0])
        return replace(tempo, longest=min(tempo.longest, tempo.usual + days))

    def _mend(self, legs: list[Leg], window: Callable[[Leg], Tempo]) -> None:
        """Pair whole blocks anew, names aside, where that leaves fewer rows without a partner.

        What was paired near by may have left a leg and a row that are too far apart, while a
        shift of their neighbours brings all together.
        """
        blocks: dict[tuple[object, ...], list[Leg]] = defaultdict(list)
        for leg in legs:
            blocks[leg.accounts, leg.entry.currency, leg.amount, leg.channels].append(leg)
        for block in blocks.values():
            paired = {leg: leg.rows[0] for leg in block if len(leg.rows) == 1}
            free = [row for row in self.equal_rows(block[0]) if _names_wallet(block[0], row)]
            alone = [leg for leg in block if not leg.rows]
            if not free or not alone:
                continue
            rows = [row for row in paired.values() if _names_wallet(block[0], row)]
            movable = [leg for leg in block if not leg.rows or leg.rows[0] in rows]
            self._mend_block(movable, sorted([*rows, *free], key=lambda row: row.key), window)

    def _mend_block(self, legs: list[Leg], rows: list[Row], window: Callable[[Leg], Tempo]) -> None:
        before = sum(bool(leg.rows) for leg in legs)
        tempo = max((window(leg) for leg in legs), key=lambda each: each.longest)
        pairs = _aligned(legs, rows, tempo)
        if len(pairs) > before:
            self._undo(set(legs))
            for leg, row in pairs:
                self.take((leg,), (row,), MatchKind.SAME_AMOUNT)

    def deferred(self) -> None:
        """Pair what a wallet held with the debit that comes weeks later and names the wallet."""
        later = Tempo(longest=calendar.DEFERRED_WINDOW)
        self._equal(self.free_legs(Want.DEFERRED), _names_wallet, lambda _leg: later)

    def _in_turn(
        self, legs: list[Leg], words: Iterable[Accepts], window: Callable[[Leg], Tempo]
    ) -> None:
        for accepts in words:
            self._equal([leg for leg in legs if not leg.rows], accepts, window)

    def _equal(self, legs: list[Leg], accepts: Accepts, window: Callable[[Leg], Tempo]) -> None:
        blocks: dict[tuple[object, ...], list[Leg]] = defaultdict(list)
        for leg in legs:
            blocks[leg.accounts, leg.entry.currency, leg.amount].append(leg)
        for block in blocks.values():
            for group in _alike(block, accepts):
                rows = [row for row in self.equal_rows(group[0]) if accepts(group[0], row)]
                if rows:
                    widest = max((window(leg) for leg in group), key=lambda tempo: tempo.longest)
                    self._align(group, rows, widest)

    def _align(self, legs: list[Leg], rows: list[Row], tempo: Tempo) -> None:
        for leg, row in _aligned(legs, rows, tempo):
            self.take((leg,), (row,), MatchKind.SAME_AMOUNT)

    # The passes in which amounts differ, over the small remainder.

    def parts(self, wants: frozenset[Want]) -> None:
        """Pair one leg with several rows, and several legs with one row, where sums agree."""
        for leg in self.free_legs(*wants):
            if leg.want is not Want.DEBIT:
                rows = [row for row in self._candidates(leg) if 0 < row.amount < leg.amount]
                chosen = _subset(rows, leg.amount)
                if chosen:
                    self.take((leg,), chosen, MatchKind.SPLIT)
        merged: dict[tuple[tuple[str, ...], str], list[Leg]] = defaultdict(list)
        for leg in self.free_legs(*wants):
            merged[leg.accounts, leg.entry.currency].append(leg)
        for (accounts, currency), legs in merged.items():
            for row in list(self.free_rows(accounts, currency)):
                near = [leg for leg in legs if not leg.rows and _may_merge(leg, row)]
                chosen_legs = _merged(near, row)
                if chosen_legs:
                    self.take(chosen_legs, (row,), MatchKind.MERGED)

    def _candidates(self, leg: Leg) -> list[Row]:
        longest = calendar.REFUND_WINDOW if leg.want in RETURNING else calendar.BOOKING_DAYS
        return [
            row
            for row in self.free_rows(leg.accounts, leg.entry.currency)
            if (row.amount > 0) == (leg.amount > 0)
            and -calendar.EARLY_DAYS <= (row.day - leg.day).days <= longest
            and _names_wallet(leg, row)
        ][:_MOST_CANDIDATES]

    def net_of_fee(self) -> None:
        """Pair withdrawals with a slightly smaller credit: the fee was kept back."""
        for leg in self.free_legs(Want.PAYOUT):
            rows = [
                row
                for row in self.free_rows(leg.accounts, leg.entry.currency)
                if 0 < leg.amount - row.amount <= _LARGEST_FEE * leg.amount
                and compatible(leg, row)
                and -1 <= (row.day - leg.day).days <= calendar.BOOKING_DAYS
            ]
            if rows:
                row = min(rows, key=lambda row: (leg.amount - row.amount, row.key))
                self.take((leg,), (row,), MatchKind.NET_OF_FEE)

    def combined(self, *, strangers: bool = False) -> None:
        """Pair legs of which something else paid a part with a smaller row, the nearest first.

        `strangers` lets in rows that do not name the same party. A refund of such a payment
        gives back what the bank had paid.
        """
        self._smaller(self.free_legs(Want.DEBIT), strangers=strangers)
        self._smaller(self.free_legs(*RETURNING), strangers=strangers)

    def _smaller(self, legs: Iterable[Leg], *, strangers: bool) -> None:
        paid = {
            leg.entry.id: abs(leg.rows[0].amount)
            for leg in self.legs
            if leg.at_most and leg.want is Want.DEBIT and leg.rows
        }
        near = []
        for leg in legs:
            if not leg.at_most:
                continue
            share = None
            if leg.want in RETURNING:
                share = paid.get(self._purchases.get(leg.entry.id, leg.entry.id))
            for row in self.free_rows(leg.accounts, leg.entry.currency):
                if _may_be_part(leg, row, share):
                    stranger = self.strangeness(leg, row)
                    if strangers or not stranger:
                        lacking = _LACKING_WEIGHT * (1 - row.amount / leg.amount)
                        cost = stranger + abs(delay(leg, row)) + lacking
                        near.append((cost, leg.key, row.key, leg, row))
        for _cost, _leg, _row, leg, row in sorted(near, key=lambda each: each[:3]):
            if not leg.rows and not row.taken:
                self.take((leg,), (row,), MatchKind.COMBINED_FUNDING)

    def foreign(self, legs: list[Leg]) -> None:
        """Pair legs in one currency with rows that the bank booked in another.

        A stated original amount decides; without one, only a lone leg and a lone row of the same
        party within the window are paired.
        """
        others = [row for row in self.rows if not row.taken and row.entry.side == "bank"]
        for leg in legs:
            near = [row for row in others if not row.taken and _foreign(leg, row)]
            stated = [
                row
                for row in near
                if row.entry.original is not None
                and row.entry.original_currency == leg.entry.currency
                and abs(row.entry.original) == abs(leg.entry.amount)
            ]
            named = [row for row in near if same_name(leg.name, row.text)]
            chosen = stated[:1] or (named if len(named) == 1 else [])
            if chosen:
                self.take((leg,), (chosen[0],), MatchKind.FOREIGN_CURRENCY)


def _aligned(legs: list[Leg], rows: list[Row], tempo: Tempo) -> list[tuple[Leg, Row]]:
    """The best pairing in order of time; by the clock where both sides state one."""
    timed = all(leg.at is not None for leg in legs) and all(row.at is not None for row in rows)
    if timed:
        tempo = replace(tempo, earliest=min(tempo.earliest, -_CLOCKS_APART))
    ours = [moment_of(leg, timed=timed) for leg in legs]
    theirs = [moment_of(row, timed=timed) for row in rows]
    return [(legs[mine], rows[other]) for mine, other in align(ours, theirs, tempo)]


def moment_of(item: Leg | Row, *, timed: bool) -> float:
    """The place in time by which items are aligned, in days."""
    if timed and item.at is not None:
        return item.at
    return float(item.day.toordinal())


def compatible(leg: Leg, row: Row) -> bool:
    """Whether the row's words leave room for the leg: it names the wallet, or none."""
    if not _same_sort(leg, row):
        return False
    if row.channel in leg.channels:
        return True
    # A shop's own pay brand may be named as the shop by another wallet's row.
    return (row.channel in {"", "jd", "meituan"}) and bool(leg.label)


def _same_sort(leg: Leg, row: Row) -> bool:
    """Whether a credit's words do not say that it is a refund, or a payout, where it is not."""
    if leg.want is Want.PAYOUT:
        return not is_reversal(row.text)
    return leg.want not in RETURNING or not is_payout(row.text)


def _names_both(leg: Leg, row: Row) -> bool:
    return _names_wallet(leg, row) and same_name(leg.name, row.text)


def _names_party(leg: Leg, row: Row) -> bool:
    return compatible(leg, row) and same_name(leg.name, row.text)


def _names_wallet(leg: Leg, row: Row) -> bool:
    return row.channel in leg.channels and _same_sort(leg, row)


_WITH_WALLET: tuple[Accepts, ...] = (_names_both, _names_wallet)
_SOME_WORDS: tuple[Accepts, ...] = (_names_both, _names_wallet, _names_party)


def _near(leg: Leg, row: Row) -> bool:
    return -calendar.EARLY_DAYS <= (row.day - leg.day).days <= calendar.BOOKING_DAYS


def _may_be_part(leg: Leg, row: Row, share: int | None) -> bool:
    """Whether the row may be the bank's part of the leg; `share` is the part where it is known."""
    return (
        _SMALLEST_PART * abs(leg.amount) <= abs(row.amount) < abs(leg.amount)
        and (row.amount > 0) == (leg.amount > 0)
        and share in {None, abs(row.amount)}
        and _names_wallet(leg, row)
        and _in_time(leg, row)
    )


def _in_time(leg: Leg, row: Row) -> bool:
    """Whether the row stands in the days in which the leg may still be booked."""
    days = (row.day - leg.day).days
    if leg.want in RETURNING:
        return -calendar.EARLY_DAYS <= days <= calendar.REFUND_WINDOW
    latest = calendar.latest_booking(leg.day, leg.entry.currency)
    return days >= -calendar.EARLY_DAYS and row.day <= latest


def _interchangeable(one: Leg, other: Leg) -> bool:
    near = abs((one.day - other.day).days) <= calendar.BOOKING_DAYS
    return near and one.amount == other.amount and one.accounts == other.accounts


def _booking_tempo(_leg: Leg) -> Tempo:
    return Tempo(longest=calendar.BOOKING_DAYS)


def _latest_tempo(leg: Leg) -> Tempo:
    latest = calendar.latest_booking(leg.day, leg.entry.currency)
    return Tempo(longest=(latest - leg.day).days)


def _early_tempo(leg: Leg) -> Tempo:
    return replace(_latest_tempo(leg), earliest=-calendar.EARLY_DAYS)


def _alike(block: list[Leg], accepts: Accepts) -> list[list[Leg]]:
    """The legs of a block in groups that accept the same rows."""
    groups: dict[object, list[Leg]] = defaultdict(list)
    for leg in block:
        named = leg.name if accepts in {_names_both, _names_party} else ""
        groups[named, leg.channels, bool(leg.label)].append(leg)
    return list(groups.values())


def _subset(rows: list[Row], total: int) -> tuple[Row, ...]:
    for size in range(2, _MOST_PARTS + 1):
        for chosen in combinations(rows, size):
            if sum(row.amount for row in chosen) == total:
                return chosen
    return ()


def _may_merge(leg: Leg, row: Row) -> bool:
    """Whether the leg may be a part of the row: smaller, same way, earlier, same wallet."""
    if not 0 < abs(leg.amount) < abs(row.amount) or (leg.amount > 0) != (row.amount > 0):
        return False
    longest = calendar.REFUND_WINDOW if leg.want in RETURNING else calendar.BOOKING_DAYS
    return _names_wallet(leg, row) and -calendar.EARLY_DAYS <= (row.day - leg.day).days <= longest


def _merged(legs: list[Leg], row: Row) -> tuple[Leg, ...]:
    near = sorted(legs, key=lambda leg: (abs((row.day - leg.day).days), leg.key))
    for size in range(2, _MOST_PARTS + 1):
        for chosen in combinations(near[:_MOST_CANDIDATES], size):
            if sum(leg.amount for leg in chosen) == row.amount and _together(chosen):
                return tuple(sorted(chosen, key=lambda leg: leg.key))
    return ()


def _together(legs: tuple[Leg, ...]) -> bool:
    """Payments merge only when made in one go; refunds of any days may be merged."""
    if legs[0].want is not Want.DEBIT:
        return True
    times = [leg.at for leg in legs]
    known = [at for at in times if at is not None]
    return len(known) == len(times) and max(known) - min(known) <= _TOGETHER_DAYS


def _foreign(leg: Leg, row: Row) -> bool:
    return (
        row.entry.currency != leg.entry.currency
        and (row.amount > 0) == (leg.amount > 0)
        and _near(leg, row)
        and compatible(leg, row)
    )


def gives_back(credit: Row, debit: Row) -> bool:
    """Whether a free credit may be the bank giving back just this debit."""
    after = (credit.day - debit.day).days
    said = is_reversal(credit.text)
    # A bank that writes only the day of booking may book the reversal before the debit.
    earliest = -calendar.BOOKING_DAYS if said and credit.at is None else 0
    return (
        not credit.taken
        and credit.amount == -debit.amount
        and earliest <= after <= calendar.REFUND_WINDOW
        and (credit.channel == debit.channel or said)
    )
