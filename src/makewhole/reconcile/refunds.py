"""Purchases and the refund rows that the same wallet shows for them.

A refund is linked by number where the wallet gives one, else by party, funding, amount and order
in time. What a purchase announces and no row shows is left over, to be looked for at the bank.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from makewhole.reconcile import wording
from makewhole.reconcile.names import same_name
from makewhole.records import Entry, Kind, Match, MatchKind, Movement, Side, Text

_MOST_PARTS = 4
_MOST_CANDIDATES = 12
_LEAST_NUMBER = 6
# What parts the number of the purchase from that of the refund; since 2026 a word stands there.
_REFUND_NUMBER = re.compile(r"\*REFUND_|_")


@dataclass(frozen=True, slots=True)
class Refunds:
    """Links found, and by purchase the announced refund that no row shows, and the part shown.

    `purchases` maps the id of a refund row to that of its purchase.
    """

    matches: list[Match]
    unseen: dict[str, Decimal]
    shown: dict[str, Decimal]
    purchases: dict[str, str]


def link(entries: Sequence[Entry]) -> Refunds:
    """Link refund rows to purchases inside each wallet."""
    pools: dict[str, tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
    for entry in entries:
        if entry.side is not Side.WALLET:
            continue
        purchases, refunds = pools[entry.account]
        if entry.kind is Kind.REFUND and entry.movement is Movement.ARRIVED:
            refunds.append(entry)
        elif entry.amount < 0 and entry.movement in {Movement.LEFT, Movement.LEFT_AND_RETURNED}:
            purchases.append(entry)
    found = Refunds([], {}, {}, {})
    for purchases, refunds in pools.values():
        _link_pool(purchases, refunds, found)
    for match in found.matches:
        purchase, *parts = match.entries
        found.purchases.update(dict.fromkeys(parts, purchase))
    return found


def _link_pool(purchases: list[Entry], refunds: list[Entry], found: Refunds) -> None:
    free: dict[str, list[Entry]] = defaultdict(list)
    left = {each.id: amount for each in purchases if (amount := announced_by(each))}
    by_number = _by_number(purchases)
    shown: dict[str, Decimal] = defaultdict(Decimal)
    for refund in refunds:
        purchase = _numbered(refund, by_number, shown)
        if purchase is None:
            free[refund.funding].append(refund)
            continue
        found.matches.append(_match(purchase, (refund,), by_number=True))
        shown[purchase.id] += refund.amount
        if purchase.id in left:
            # A trade closed after a refund row has said what it has to say.
            rest = left[purchase.id] - refund.amount if purchase.refunded else Decimal(0)
            left[purchase.id] = max(rest, Decimal(0))
    open_ = [each for each in purchases if left.get(each.id)]
    for size in range(1, _MOST_PARTS + 1):
        for purchase in open_:
            if left[purchase.id]:
                parts = _parts(purchase, left[purchase.id], free[purchase.funding], size)
                if parts:
                    found.matches.append(_match(purchase, parts, by_number=False))
                    shown[purchase.id] += left[purchase.id]
                    left[purchase.id] = Decimal(0)
    still = [each for each in open_ if left[each.id]]
    for purchase in still:
        if not _other_refunds(purchase, left[purchase.id], free[purchase.funding]):
            found.unseen[purchase.id] = left[purchase.id]
            found.shown[purchase.id] = shown[purchase.id]
            _link_part(purchase, free[purchase.funding], still, found)


def _link_part(
    purchase: Entry, refunds: list[Entry], rivals: Sequence[Entry], found: Refunds
) -> None:
    """Count a refund row of the party that is smaller than announced, where only one fits."""
    left = found.unseen[purchase.id]
    smaller = [
        refund
        for refund in refunds
        if refund.amount < left and _before(purchase, refund) and _same_party(purchase, refund)
    ]
    alone = all(rival is purchase or not _same_party(rival, purchase) for rival in rivals)
    if purchase.refunded and len(smaller) == 1 and alone:
        refunds.remove(smaller[0])
        found.matches.append(_match(purchase, (smaller[0],), by_number=False))
        found.unseen[purchase.id] = left - smaller[0].amount
        found.shown[purchase.id] += smaller[0].amount


def announced_by(purchase: Entry) -> Decimal | None:
    """The refund that a purchase row itself speaks of, or None."""
    if purchase.refunded:
        return purchase.refunded
    return -purchase.amount if purchase.movement is Movement.LEFT_AND_RETURNED else None


def _by_number(purchases: list[Entry]) -> dict[str, list[Entry]]:
    numbers: dict[str, list[Entry]] = defaultdict(list)
    for purchase in purchases:
        for number in {purchase.reference, purchase.merchant_reference}:
            if usable(number):
                numbers[number].append(purchase)
    return numbers


def usable(number: str) -> bool:
    """Whether a number can identify anything: long enough, and not masked."""
    return len(number) >= _LEAST_NUMBER and "*" not in number and "xx" not in number.lower()


def _numbered(
    refund: Entry, by_number: dict[str, list[Entry]], shown: Mapping[str, Decimal]
) -> Entry | None:
    """The one purchase that shares a number with the refund and is large and early enough."""
    origin = _REFUND_NUMBER.split(refund.reference, maxsplit=1)[0]
    numbers = [origin, refund.reference, refund.merchant_reference]
    for number in numbers:
        fitting = [
            purchase
            for purchase in by_number.get(number, ())
            if _before(purchase, refund)
            and refund.amount + shown.get(purchase.id, Decimal(0)) <= -purchase.amount
        ]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _before(purchase: Entry, refund: Entry) -> bool:
    if purchase.occurred_at and refund.occurred_at:
        return purchase.occurred_at <= refund.occurred_at
    return purchase.occurred_on <= refund.occurred_on


def _parts(purchase: Entry, left: Decimal, refunds: list[Entry], size: int) -> tuple[Entry, ...]:
    """So many refund rows of the same party that make up the sum, the earliest first.

    They are taken out of `refunds`.
    """
    later = [refund for refund in refunds if _before(purchase, refund) and refund.amount <= left]
    party = [refund for refund in later if _same_party(purchase, refund)][:_MOST_CANDIDATES]
    for parts in combinations(party, size):
        if sum(part.amount for part in parts) == left:
            for part in parts:
                refunds.remove(part)
            return parts
    return ()


def _other_refunds(purchase: Entry, left: Decimal, refunds: list[Entry]) -> bool:
    """Whether refund rows of the party that belong to no other purchase could hold the sum."""
    later = [
        refund for refund in refunds if _before(purchase, refund) and _same_party(purchase, refund)
    ]
    return sum((refund.amount for refund in later), Decimal(0)) >= left


def _same_party(purchase: Entry, refund: Entry) -> bool:
    return purchase.counterparty == refund.counterparty or same_name(
        f"{purchase.counterparty}{purchase.description}",
        f"{refund.counterparty}{refund.description}",
    )


def _match(purchase: Entry, refunds: tuple[Entry, ...], *, by_number: bool) -> Match:
    total = sum((refund.amount for refund in refunds), Decimal(0))
    back = wording.amount(total, purchase.currency)
    paid = wording.amount(purchase.amount, purchase.currency)
    reason = (
        Text("单号相同", "the same number")
        if by_number
        else Text("商户、付款方式和金额相符", "the same party, funding and amount")
    )
    return Match(
        entries=(purchase.id, *(refund.id for refund in refunds)),
        kind=MatchKind.REFUND,
        why=Text(
            f"钱包内退款 {back.zh}，对应消费 {paid.zh}：{reason.zh}",
            f"a refund of {back.en} in the wallet for the payment of {paid.en}: {reason.en}",
        ),
    )
