"""How far a wallet's words for a funding source can be trusted to mean one bank account.

A card tail says it; a bank's name only suggests it, and the rows must bear it out. Where they do
not, what is missing there is no finding but a note.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from makewhole.reconcile.book import UNPROVEN, Book, Leg, Want
from makewhole.reconcile.names import funding_of
from makewhole.reconcile.pairing import Pairing

_JUDGED = frozenset({Want.DEBIT, Want.REFUND, Want.PAYOUT})
_ENOUGH = 3
_ENOUGH_SURE = 5
_LEAST_SHARE = 0.5
_LEAST_SHARE_SURE = 0.2
_LEAST_UNNAMED = 2
_MOST_ON_ONE = 0.75

Label = tuple[str, str]


@dataclass(slots=True)
class _Record:
    due: int = 0
    paired: int = 0
    sure: bool = False


class Links:
    """Which funding words lead to a known account, judged by how their rows paired."""

    def __init__(self, book: Book, legs: Iterable[Leg]) -> None:
        self._book = book
        self._records: dict[Label, _Record] = defaultdict(_Record)
        self._pairs: set[tuple[str, str]] = set()
        for leg in legs:
            if leg.want in UNPROVEN:
                continue
            for row in leg.rows:
                self._pairs.add((leg.entry.account, row.account))
            if leg.sure:
                self._pairs.update((leg.entry.account, account) for account in leg.accounts)
            if leg.want in _JUDGED and not leg.hollow and (leg.rows or self.due(leg)):
                record = self._records[leg.entry.account, leg.label]
                record.sure = leg.sure
                record.due += 1
                record.paired += bool(leg.rows)

    def due(self, leg: Leg) -> bool:
        """Whether statements cover the whole time in which the leg should have been booked."""
        return all(self._book.covers(account, leg.day, leg.late_from) for account in leg.accounts)

    def trusted(self, leg: Leg) -> bool:
        """Whether the leg's absence on its accounts means something."""
        record = self._records[leg.entry.account, leg.label]
        if leg.sure:
            return record.due < _ENOUGH_SURE or record.paired >= _LEAST_SHARE_SURE * record.due
        if not leg.label and len(leg.accounts) != 1:
            return False
        if not leg.label or len(leg.accounts) != 1:
            return record.paired >= max(_ENOUGH, _LEAST_SHARE * record.due)
        if leg.entry.currency and not self._book.holds(leg.accounts[0], leg.entry.currency):
            return False
        if record.due >= _ENOUGH:
            return record.paired >= _LEAST_SHARE * record.due
        return self._named(leg) or record.paired >= _LEAST_UNNAMED

    def _named(self, leg: Leg) -> bool:
        """Whether the label names the bank whose statement this is."""
        provider = self._book.accounts[leg.accounts[0]].provider
        return any(source.bank == provider for source in funding_of(leg.label).sources)

    def linked(self, wallet: str, account: str) -> bool:
        """Whether a wallet account is known to use a bank account."""
        return (wallet, account) in self._pairs

    def untrusted(self) -> list[tuple[Label, int, int]]:
        """Labels whose rows mostly did not pair: wallet account and words, due, paired."""
        return [
            (label, record.due, record.paired)
            for label, record in sorted(self._records.items())
            if label[1] and _mostly_missing(record)
        ]


def _mostly_missing(record: _Record) -> bool:
    if record.sure:
        return record.due >= _ENOUGH_SURE and record.paired < _LEAST_SHARE_SURE * record.due
    return record.due >= _ENOUGH and record.paired < _LEAST_SHARE * record.due


def settle(book: Book, pairing: Pairing, wants: Collection[Want]) -> bool:
    """Narrow words that may mean several accounts to the one that their rows bear out.

    Legs whose words fit none of the accounts tried are set aside: looked for no more, and noted.
    Says whether anything changed, so that what was paired wrongly can be paired anew.
    """
    groups: dict[Label, list[Leg]] = defaultdict(list)
    for leg in pairing.legs:
        if leg.label and not leg.sure:
            groups[leg.entry.account, leg.label].append(leg)
    links = Links(book, pairing.legs)
    changed = False
    for label, legs in groups.items():
        judged = [
            leg
            for leg in legs
            if leg.want in wants and not leg.hollow and (leg.rows or links.due(leg))
        ]
        rows = Counter(row.account for leg in judged for row in leg.rows)
        if len(judged) < _ENOUGH_SURE:
            continue
        account, most = rows.most_common(1)[0] if rows else ("", 0)
        if rows.total() < _LEAST_SHARE * len(judged):
            pairing.doubted[label] = (len(judged), rows.total())
            pairing.set_aside(legs)
            changed = True
        elif len(legs[0].accounts) > 1 and most >= _MOST_ON_ONE * rows.total():
            pairing.narrow(legs, account)
            changed = True
    return changed
