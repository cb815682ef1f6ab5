"""Pairs legs with rows: shared numbers first, then equal amounts.

Each pass takes what the one before left. Inside a pass, equal amounts on one account are paired in
order of time by `align`; the result does not depend on the order in which files were given.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from statistics import median

from makewhole.reconcile import calendar
from makewhole.reconcile.align import Tempo, align
from makewhole.reconcile.book import RETURNING, Leg, Row, Want, delay
from makewhole.reconcile.fits import compatible, names_both, names_party, names_wallet, near_by
from makewhole.reconcile.names import letters_of, names_nobody, same_name
from makewhole.reconcile.refunds import usable
from makewhole.records import MatchKind

Accepts = Callable[[Leg, Row], bool]

_LONG_NUMBER = 12
_NUMBER = re.compile(r"[0-9A-Za-z]{12,}")
_FEWEST_TO_LEARN = 10
_FEWEST_ALIASES = 2
# Clocks of wallet and bank differ by this much, in days.
_CLOCKS_APART = 0.02


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
        self.purchases = purchases or {}
        self.legs = sorted(legs, key=lambda leg: leg.key)
        self.rows = sorted(rows, key=lambda row: row.key)
        self.pairs: list[Pair] = []
        # Legs whose words proved to mean another account, and how many were due and paired.
        self.aside: list[Leg] = []
        self.doubted: dict[tuple[str, str], tuple[int, int]] = {}
        self._by_amount: dict[tuple[str, str, int], list[Row]] = defaultdict(list)
        self._by_account: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.rows:
            currency = row.entry.currency
            self._by_amount[row.account, currency, row.amount].append(row)
            self._by_account[row.account, currency].append(row)
        self._tempo: dict[str, Tempo] = {}
        # Accounts that never name a wallet: on others a silent row is no wallet's.
        self._mute = {row.account for row in self.rows} - {
            row.account for row in self.rows if row.channel
        }
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

    def rows_of(self, account: str, currency: str, amount: int) -> list[Row]:
        """All rows of an amount on an account, taken or not, in order of time."""
        return self._by_amount[account, currency, amount]

    def tempo(self, account: str) -> Tempo:
        """How the account books, as learned from payments that could pair in one way only."""
        return self._tempo.get(account, Tempo(longest=calendar.BOOKING_DAYS))

    # The passes over equal amounts.

    def by_number(self) -> None:
        """Pair legs and rows that carry the same order number and amount; failed payments last."""
        numbered: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            entry = row.entry
            words = f"{entry.reference} {entry.merchant_reference} {entry.description} {entry.note}"
            for number in set(_NUMBER.findall(words)):
                numbered[number].append(row)
        if not numbered:
            return
        for leg in sorted(self.legs, key=lambda leg: leg.want is Want.SHADOW):
            if leg.want is not Want.DEFERRED:
                self._numbered(leg, numbered)

    def _numbered(self, leg: Leg, numbered: Mapping[str, list[Row]]) -> None:
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
            rows = [row for row in self.equal_rows(leg) if near_by(leg, row)]
            if len(rows) != 1 or not compatible(leg, rows[0]):
                continue
            key = (rows[0].account, leg.entry.currency, leg.amount)
            if sum(1 for rival in rivals[key] if near_by(rival, rows[0])) == 1:
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
        hollow: dict[Leg, Leg] = {leg: leg for leg in missing}
        returns = [
            (leg, purchase)
            for leg in self.free_legs(*RETURNING)
            if (purchase := debits.get(self.purchases.get(leg.entry.id, leg.entry.id)))
        ]
        own = {purchase for _leg, purchase in returns if purchase in hollow}
        for leg, purchase in returns:
            spare = [other for other in missing if other not in own]
            for other in spare:
                if purchase.rows and _interchangeable(other, purchase):
                    own.add(other)
                    hollow[purchase] = other
                    break
            leg.hollow = leg.hollow or purchase in hollow

    def send_back(self) -> None:
        """Look for refunds on the account that had paid, and for no more than it had paid.

        The account counts where words alone leave it open, the amount where all is given back.
        """
        paid = {
            leg.entry.id: leg for leg in self.legs if leg.want is Want.DEBIT and len(leg.rows) == 1
        }
        for leg in self.free_legs(*RETURNING):
            purchase = paid.get(self.purchases.get(leg.entry.id, leg.entry.id))
            if purchase is None:
                continue
            row = purchase.rows[0]
            if not leg.sure and row.account in leg.accounts:
                leg.accounts, leg.sure = (row.account,), True
            if leg.amount == -purchase.amount and 0 < -row.amount < leg.amount:
                leg.amount, leg.at_most = -row.amount, False

    def set_aside(self, legs: Iterable[Leg]) -> None:
        """Undo what was paired for these legs, and look for them no more."""
        gone = set(legs)
        self._undo(gone)
        self.aside.extend(leg for leg in self.legs if leg in gone)
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
        # Once more with the bank's own names for each party, learned from the first time.
        self._undo(self._equal_pairs().intersection(legs))
        for window in self._widening():
            self._in_turn(legs, (self._agrees_with_wallet, names_wallet), window)
        for window in self._widening():
            self._in_turn(legs, (names_party, self._may_be), window)
        for window in (_booking_tempo, _latest_tempo, _early_tempo):
            self._in_turn(legs, (*_SOME_WORDS, self._may_be), window)
            self._mend(legs, window)

    def _equal_pairs(self) -> set[Leg]:
        return {pair.legs[0] for pair in self.pairs if pair.kind is MatchKind.SAME_AMOUNT}

    def _agrees_with_wallet(self, leg: Leg, row: Row) -> bool:
        return names_wallet(leg, row) and self.agrees(leg, row)

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
        """Learn by which words the bank calls each party of the wallet."""
        self._aliases = Counter(
            (pair.legs[0].entry.counterparty, letters)
            for pair in self.pairs
            if pair.kind is MatchKind.SAME_AMOUNT and (letters := letters_of(pair.rows[0].text))
        )

    def _may_be(self, leg: Leg, row: Row) -> bool:
        return row.account in self._mute and compatible(leg, row)

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
            free = [row for row in self.equal_rows(block[0]) if names_wallet(block[0], row)]
            alone = [leg for leg in block if not leg.rows]
            if not free or not alone:
                continue
            rows = [row for row in paired.values() if names_wallet(block[0], row)]
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

    def shadows(self) -> None:
        """Pair failed payments with the debits that nothing else explains.

        A debit that does not name the wallet may be a payment by the card itself, made instead.
        """
        legs = self.free_legs(Want.SHADOW)
        for window in (_booking_tempo, _latest_tempo):
            self._in_turn(legs, (*_WITH_WALLET, self._silent_and_named), window)

    def _silent_and_named(self, leg: Leg, row: Row) -> bool:
        return row.account in self._mute and names_party(leg, row)

    def deferred(self) -> None:
        """Pair what a wallet held with the debit that comes weeks later and names the wallet."""
        later = Tempo(longest=calendar.DEFERRED_WINDOW)
        self._equal(self.free_legs(Want.DEFERRED), names_wallet, lambda _leg: later)

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
            by_name = accepts in {names_both, names_party, self._agrees_with_wallet}
            for group in _alike(block, by_name=by_name):
                rows = [row for row in self.equal_rows(group[0]) if accepts(group[0], row)]
                if rows:
                    widest = max((window(leg) for leg in group), key=lambda tempo: tempo.longest)
                    self._align(group, rows, widest)

    def _align(self, legs: list[Leg], rows: list[Row], tempo: Tempo) -> None:
        for leg, row in _aligned(legs, rows, tempo):
            self.take((leg,), (row,), MatchKind.SAME_AMOUNT)


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


_WITH_WALLET: tuple[Accepts, ...] = (names_both, names_wallet)
_SOME_WORDS: tuple[Accepts, ...] = (names_both, names_wallet, names_party)


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


def _alike(block: list[Leg], *, by_name: bool) -> list[list[Leg]]:
    """The legs of a block in groups that accept the same rows."""
    groups: dict[object, list[Leg]] = defaultdict(list)
    for leg in block:
        named = leg.name if by_name else ""
        groups[named, leg.channels, bool(leg.label)].append(leg)
    return list(groups.values())
