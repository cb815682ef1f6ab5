"""Pairs what is one movement of money although amounts differ: parts, fees, discounts, currency.

These passes run over the small remainder that equal amounts leave.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations

from makewhole.reconcile import calendar
from makewhole.reconcile.book import RETURNING, Leg, Row, Want, delay
from makewhole.reconcile.fits import compatible, in_time, names_wallet, near_by
from makewhole.reconcile.names import same_name
from makewhole.reconcile.pairing import Pairing
from makewhole.records import MatchKind, Side

_MOST_PARTS = 4
_MOST_DEBITS = 3
_MOST_CANDIDATES = 14
_GROUP_DAYS = (1, 3, 7)
_TOGETHER_DAYS = 10 / 1440
_LARGEST_FEE = 0.011
# What a red packet pays is rarely more than a small part.
_SMALLEST_PART = 0.3
_LACKING_WEIGHT = 4.0
# That it paid nothing at all is possible, and less likely than a part.
_WHOLE_WEIGHT = 2.0


def discounted(pairing: Pairing) -> None:
    """Pair payments with a debit that is smaller by just the discount that the wallet names."""
    for leg in pairing.free_legs(Want.DEBIT):
        if not leg.amount < leg.less < 0:
            continue
        rows = [
            row
            for account in leg.accounts
            for row in pairing.rows_of(account, leg.entry.currency, leg.less)
            if not row.taken and near_by(leg, row) and names_wallet(leg, row)
        ]
        if rows:
            row = min(rows, key=lambda row: (abs(delay(leg, row)), row.key))
            pairing.take((leg,), (row,), MatchKind.COMBINED_FUNDING)


def parts(pairing: Pairing, wants: frozenset[Want]) -> None:
    """Pair one leg with several rows, and several legs with one row, where sums agree."""
    for leg in pairing.free_legs(*wants):
        if leg.want is not Want.DEBIT:
            rows = [row for row in _candidates(pairing, leg) if 0 < row.amount < leg.amount]
            chosen = _subset(rows, leg.amount)
            if chosen:
                pairing.take((leg,), chosen, MatchKind.SPLIT)
    merged: dict[tuple[tuple[str, ...], str], list[Leg]] = defaultdict(list)
    for leg in pairing.free_legs(*wants):
        merged[leg.accounts, leg.entry.currency].append(leg)
    for (accounts, currency), legs in merged.items():
        for row in list(pairing.free_rows(accounts, currency)):
            near = [leg for leg in legs if not leg.rows and _may_merge(leg, row)]
            chosen_legs = _merged(near, row)
            if chosen_legs:
                pairing.take(chosen_legs, (row,), MatchKind.MERGED)


def split_debits(pairing: Pairing) -> None:
    """Pair a payment with the two or three debits, a day apart at most, that make it up."""
    for leg in pairing.free_legs(Want.DEBIT):
        rows = [row for row in _candidates(pairing, leg) if leg.amount < row.amount]
        chosen = _subset(rows, leg.amount, most=_MOST_DEBITS)
        if chosen and (max(row.day for row in chosen) - min(row.day for row in chosen)).days <= 1:
            pairing.take((leg,), chosen, MatchKind.SPLIT)


def netted(pairing: Pairing) -> None:
    """Pair a payment with a debit from which a refund of the same day is already taken off.

    Its refunds are then looked for no more.
    """
    refunds: dict[str, list[Leg]] = defaultdict(list)
    for leg in pairing.free_legs(*RETURNING):
        refunds[pairing.purchases.get(leg.entry.id, leg.entry.id)].append(leg)
    for leg in pairing.free_legs(Want.DEBIT):
        back = [each for each in refunds[leg.entry.id] if (each.day - leg.day).days <= 1]
        rest = leg.amount + sum(each.amount for each in back)
        rows = [row for row in _candidates(pairing, leg) if row.amount == rest]
        if back and rows:
            row = min(rows, key=lambda row: (abs(delay(leg, row)), row.key))
            pairing.take((leg,), (row,), MatchKind.NETTED)
            for each in back:
                each.hollow = True


def grouped(pairing: Pairing, wants: frozenset[Want]) -> None:
    """Pair several refunds with several credits where all that is left near by sums up alike."""
    sides: dict[tuple[tuple[str, ...], str, frozenset[str]], list[Leg]] = defaultdict(list)
    for leg in pairing.free_legs(*wants):
        sides[leg.accounts, leg.entry.currency, leg.channels].append(leg)
    for days in _GROUP_DAYS:
        for (accounts, currency, _channels), legs in sides.items():
            for cluster in _clusters([leg for leg in legs if not leg.rows], days):
                rows = [
                    row
                    for row in pairing.free_rows(accounts, currency)
                    if row.amount > 0
                    and names_wallet(cluster[0], row)
                    and (row.day - cluster[0].day).days >= 0
                    and (row.day - cluster[-1].day).days <= days
                ]
                if rows and sum(leg.amount for leg in cluster) == sum(row.amount for row in rows):
                    pairing.take(tuple(cluster), tuple(rows), MatchKind.MERGED)


def _clusters(legs: list[Leg], days: int) -> list[list[Leg]]:
    clusters: list[list[Leg]] = []
    for leg in sorted(legs, key=lambda each: each.key):
        if clusters and (leg.day - clusters[-1][-1].day).days <= days:
            clusters[-1].append(leg)
        else:
            clusters.append([leg])
    return clusters


def _candidates(pairing: Pairing, leg: Leg) -> list[Row]:
    longest = calendar.REFUND_WINDOW if leg.want in RETURNING else calendar.BOOKING_DAYS
    return [
        row
        for row in pairing.free_rows(leg.accounts, leg.entry.currency)
        if (row.amount > 0) == (leg.amount > 0)
        and -calendar.EARLY_DAYS <= (row.day - leg.day).days <= longest
        and names_wallet(leg, row)
    ][:_MOST_CANDIDATES]


def on_sibling_cards(pairing: Pairing, siblings: Callable[[str], tuple[str, ...]]) -> None:
    """Pair legs with equal rows that the same bill lists under another card of the holder."""
    for leg in pairing.free_legs(Want.DEBIT, Want.REFUND, Want.ANNOUNCED):
        rows = [
            row
            for account in leg.accounts
            for sibling in siblings(account)
            for row in pairing.rows_of(sibling, leg.entry.currency, leg.amount)
            if not row.taken and names_wallet(leg, row) and in_time(leg, row)
        ]
        if leg.sure and rows:
            row = min(rows, key=lambda row: (abs(delay(leg, row)), row.key))
            pairing.take((leg,), (row,), MatchKind.SAME_AMOUNT)


def net_of_fee(pairing: Pairing) -> None:
    """Pair withdrawals with a slightly smaller credit: the fee was kept back."""
    for leg in pairing.free_legs(Want.PAYOUT):
        rows = [
            row
            for row in pairing.free_rows(leg.accounts, leg.entry.currency)
            if 0 < leg.amount - row.amount <= _LARGEST_FEE * leg.amount
            and compatible(leg, row)
            and -1 <= (row.day - leg.day).days <= calendar.BOOKING_DAYS
        ]
        if rows:
            row = min(rows, key=lambda row: (leg.amount - row.amount, row.key))
            pairing.take((leg,), (row,), MatchKind.NET_OF_FEE)


def combined(pairing: Pairing, *, strangers: bool = False) -> None:
    """Pair legs of which something else paid a part with a row that is no larger, nearest first.

    `strangers` lets in rows that do not name the same party. A refund of such a payment
    gives back what the bank had paid.
    """
    _smaller(pairing, pairing.free_legs(Want.DEBIT), strangers=strangers)
    _smaller(pairing, pairing.free_legs(*RETURNING), strangers=strangers)


def _smaller(pairing: Pairing, legs: Iterable[Leg], *, strangers: bool) -> None:
    paid = _bank_shares(pairing)
    near = []
    for leg in legs:
        share = None
        if leg.want in RETURNING:
            share = paid.get(pairing.purchases.get(leg.entry.id, leg.entry.id))
        if not leg.at_most and share is None:
            continue
        for row in pairing.free_rows(leg.accounts, leg.entry.currency):
            if _may_be_part(leg, row, share):
                stranger = pairing.strangeness(leg, row)
                if strangers or not stranger:
                    lacking = _LACKING_WEIGHT * (1 - row.amount / leg.amount) or _WHOLE_WEIGHT
                    cost = stranger + abs(delay(leg, row)) + lacking
                    near.append((cost, leg.key, row.key, leg, row))
    for _cost, _leg, _row, leg, row in sorted(near, key=lambda each: each[:3]):
        if not leg.rows and not row.taken:
            whole = row.amount == leg.amount
            kind = MatchKind.SAME_AMOUNT if whole else MatchKind.COMBINED_FUNDING
            pairing.take((leg,), (row,), kind)


def _bank_shares(pairing: Pairing) -> dict[str, int]:
    """What the bank paid of payments that something else paid in part, or that were discounted."""
    return {
        leg.entry.id: abs(leg.rows[0].amount)
        for leg in pairing.legs
        if leg.want is Want.DEBIT and leg.rows and abs(leg.rows[0].amount) < abs(leg.amount)
    }


def foreign(pairing: Pairing, legs: list[Leg]) -> None:
    """Pair legs in one currency with rows that the bank booked in another.

    A stated original amount decides; without one, only a lone leg and a lone row of the same
    party within the window are paired.
    """
    others = [row for row in pairing.rows if not row.taken and row.entry.side is Side.BANK]
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
            pairing.take((leg,), (chosen[0],), MatchKind.FOREIGN_CURRENCY)


def _may_be_part(leg: Leg, row: Row, share: int | None) -> bool:
    """Whether the row may be the bank's part of the leg; `share` is the part where it is known."""
    return (
        _SMALLEST_PART * abs(leg.amount) <= abs(row.amount) <= abs(leg.amount)
        and (row.amount > 0) == (leg.amount > 0)
        and share in {None, abs(row.amount)}
        and names_wallet(leg, row)
        and in_time(leg, row)
    )


def _subset(rows: list[Row], total: int, *, most: int = _MOST_PARTS) -> tuple[Row, ...]:
    for size in range(2, most + 1):
        for chosen in combinations(rows, size):
            if sum(row.amount for row in chosen) == total:
                return chosen
    return ()


def _may_merge(leg: Leg, row: Row) -> bool:
    """Whether the leg may be a part of the row: smaller, same way, earlier, same wallet."""
    if not 0 < abs(leg.amount) < abs(row.amount) or (leg.amount > 0) != (row.amount > 0):
        return False
    longest = calendar.REFUND_WINDOW if leg.want in RETURNING else calendar.BOOKING_DAYS
    return names_wallet(leg, row) and -calendar.EARLY_DAYS <= (row.day - leg.day).days <= longest


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
        and near_by(leg, row)
        and compatible(leg, row)
    )
