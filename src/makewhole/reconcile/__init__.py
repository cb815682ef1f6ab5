"""Pairs the rows of wallets and banks, and names what does not pair.

find(statements, entries, as_of=..., called=...) -> Scan
"""

from collections.abc import Mapping, Sequence
from datetime import date

from makewhole.reconcile import calendar, refunds, unequal, waiting, wording
from makewhole.reconcile.arrivals import Arrivals
from makewhole.reconcile.bench import Bench
from makewhole.reconcile.book import Book, Leg, Row, Want, in_order, paying_row
from makewhole.reconcile.coverage import coverage_of
from makewhole.reconcile.debits import Debits
from makewhole.reconcile.legs import all_legs, sources_of_refunds
from makewhole.reconcile.links import Links, settle
from makewhole.reconcile.names import is_transfer
from makewhole.reconcile.pairing import Pair, Pairing
from makewhole.records import Entry, Match, MatchKind, Scan, Side, Statement, Text

__all__ = ["find"]

_NO_CARDS: Mapping[str, str] = {}
_NO_NAMES: Mapping[str, Text] = {}
_DEBITS = frozenset({Want.DEBIT})
_REFUNDS = frozenset({Want.REFUND})
_PAYOUTS = frozenset({Want.PAYOUT})
_ANNOUNCED = frozenset({Want.ANNOUNCED})
_PENDING = frozenset({Want.PENDING})


def find(
    statements: Sequence[Statement],
    entries: Sequence[Entry],
    *,
    as_of: date,
    same_cards: Mapping[str, str] = _NO_CARDS,
    called: Mapping[str, Text] = _NO_NAMES,
) -> Scan:
    """What the statements of both sides say together.

    `as_of` is the day on which lateness is judged; `same_cards` maps a card tail in one statement
    to the tail by which another statement calls the same card; `called` maps a provider to what
    people call it.
    """
    with wording.calling(called):
        return _find(statements, entries, as_of, same_cards)


def _find(
    statements: Sequence[Statement],
    entries: Sequence[Entry],
    as_of: date,
    same_cards: Mapping[str, str],
) -> Scan:
    book = Book(statements, sorted(entries, key=in_order), same_cards)
    linked = refunds.link(book.entries)
    legs = all_legs(book, linked.unseen)
    chains, legs = _apart(book, legs)
    chained = _pair_chains(book, chains)
    pairing = _pair(book, legs, {**linked.purchases, **sources_of_refunds(book)})
    links = Links(book, pairing.legs)
    bench = Bench(book, pairing, links, linked, as_of)
    _judge(bench)
    matches = [*linked.matches, *_chains(chained, pairing), *bench.matches]
    paired = [pair for pair in pairing.pairs if pair.legs[0].want is not Want.SHADOW]
    matches.extend(_match(pair) for pair in paired)
    matches.extend(_own_transfers(pairing))
    return Scan(
        matches=tuple(sorted(matches, key=lambda match: match.entries)),
        findings=tuple(
            sorted(bench.findings, key=lambda each: (-each.amount, -each.confidence, each.id))
        ),
        in_transit=tuple(sorted(bench.in_transit, key=lambda each: (each.late_from, each.entry))),
        coverage=(*coverage_of(book, links, pairing), *bench.notes),
    )


def _judge(bench: Bench) -> None:
    """All findings, in the order in which kinds may claim rows."""
    debits, arrivals = Debits(bench), Arrivals(bench)
    debits.reversals()
    debits.unpaid()
    debits.twice()
    arrivals.short()
    debits.differing()
    debits.unrecorded()
    arrivals.missing()
    arrivals.announced()
    waiting.pending(bench)
    waiting.not_booked(bench)


def _apart(book: Book, legs: list[Leg]) -> tuple[list[Leg], list[Leg]]:
    """Legs that lead to another wallet's statement, and legs that lead to a bank's."""
    chains = [leg for leg in legs if leg.accounts[0] not in book.accounts]
    return chains, [leg for leg in legs if leg.accounts[0] in book.accounts]


def _pair_chains(book: Book, legs: list[Leg]) -> list[Pair]:
    accounts = {account for leg in legs for account in leg.accounts}
    rows = [
        paying_row(entry)
        for entry in book.entries
        if entry.side is Side.WALLET and entry.account in accounts
    ]
    pairing = Pairing(legs, rows)
    pairing.by_number()
    for wants in (_DEBITS, _REFUNDS, _PENDING):
        pairing.by_amount(wants)
    return pairing.pairs


def _pair(book: Book, legs: list[Leg], purchases: Mapping[str, str]) -> Pairing:
    pairing = Pairing(legs, book.rows, purchases)
    pairing.by_number()
    pairing.learn()
    unequal.discounted(pairing)
    _pair_and_settle(book, pairing, _DEBITS | _PAYOUTS)
    unequal.combined(pairing)
    pairing.by_amount(_DEBITS, shared=True)
    unequal.parts(pairing, _DEBITS)
    unequal.netted(pairing)
    unequal.split_debits(pairing)
    pairing.send_back()
    pairing.hollow_out(Links(book, pairing.legs).due)
    _pair_and_settle(book, pairing, _DEBITS | _PAYOUTS | _REFUNDS)
    unequal.combined(pairing)
    pairing.by_amount(_REFUNDS, shared=True)
    unequal.parts(pairing, _REFUNDS)
    pairing.by_amount(_ANNOUNCED)
    unequal.parts(pairing, _REFUNDS | _ANNOUNCED)
    unequal.grouped(pairing, _REFUNDS | _ANNOUNCED)
    unequal.on_sibling_cards(pairing, book.siblings)
    pairing.by_amount(_PENDING)
    unequal.net_of_fee(pairing)
    # A failed payment of just the amount explains a debit better than a larger one paid in part.
    pairing.shadows()
    unequal.combined(pairing, strangers=True)
    pairing.by_amount(_ANNOUNCED, shared=True)
    pairing.deferred()
    unequal.foreign(pairing, pairing.free_legs(Want.DEBIT, Want.REFUND))
    return pairing


def _pair_and_settle(book: Book, pairing: Pairing, wants: frozenset[Want]) -> None:
    """Pair equal amounts, and once more where words turn out to mean another account."""
    for _again in range(2):
        for want in sorted(wants):
            pairing.by_amount(frozenset({want}))
        if not settle(book, pairing, wants):
            return


def _chains(pairs: Sequence[Pair], pairing: Pairing) -> list[Match]:
    """Each payment that one wallet made through another, with the bank's row where it is known."""
    at_bank: dict[str, list[str]] = {}
    for pair in pairing.pairs:
        for leg in pair.legs:
            at_bank.setdefault(leg.entry.id, []).extend(row.entry.id for row in pair.rows)
    matches = []
    for pair in pairs:
        leg, row = pair.legs[0], pair.rows[0]
        entries = (leg.entry.id, row.entry.id, *at_bank.get(row.entry.id, ()))
        payer = wording.provider_name(row.entry.provider)
        why = wording.joined(
            [
                Text(
                    f"经{wording.spaced(payer.zh)}{'退款' if leg.amount > 0 else '付款'}，只算一次",
                    f"{'refunded' if leg.amount > 0 else 'paid'} through {payer.en}, counted once",
                ),
                wording.why_paired((leg,), (row,), pair.kind),
            ]
        )
        matches.append(Match(entries, MatchKind.CHAIN, why))
    return matches


def _match(pair: Pair) -> Match:
    entries = (*(leg.entry.id for leg in pair.legs), *(row.entry.id for row in pair.rows))
    return Match(entries, pair.kind, wording.why_paired(pair.legs, pair.rows, pair.kind))


def _own_transfers(pairing: Pairing) -> list[Match]:
    """Money moved between the holder's own bank accounts: no finding, and no riddle either."""
    moved = [
        row for row in pairing.rows if not row.taken and not row.channel and is_transfer(row.text)
    ]
    arrivals: dict[tuple[str, int], list[Row]] = {}
    for row in moved:
        if row.amount > 0:
            arrivals.setdefault((row.entry.currency, row.amount), []).append(row)
    matches = []
    for row in moved:
        near = [
            other
            for other in arrivals.get((row.entry.currency, -row.amount), ())
            if not other.taken and other.account != row.account and _soon(row, other)
        ]
        if near:
            row.taken = near[0].taken = True
            matches.append(_own_transfer(row, near[0]))
    return matches


def _soon(row: Row, other: Row) -> bool:
    return -calendar.EARLY_DAYS <= (other.day - row.day).days <= calendar.BOOKING_DAYS


def _own_transfer(row: Row, other: Row) -> Match:
    days = (other.day - row.day).days
    why = Text(
        f"两个账户之间金额相同的转账，{wording.apart(days).zh}",
        f"a transfer of one amount between two accounts, {wording.apart(days).en}",
    )
    return Match((row.entry.id, other.entry.id), MatchKind.OWN_TRANSFER, why)
