"""What each wallet row makes us expect on the bank's side."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from makewhole.reconcile.book import Book, Leg, Want, in_days, named_sources, units
from makewhole.reconcile.names import FundingSource, funding_of
from makewhole.records import Entry, Kind, Movement, Side

_NO_LEG = frozenset({Kind.FEE, Kind.CONVERSION, Kind.INCOME})
_FROM_BANK = frozenset({Kind.TOP_UP, Kind.FUNDING})
# Apps that hold no money: what they show as received is credited to the account they name.
_PASSING_ON = frozenset({"phonepe", "googlepay", "paytm", "bhim"})
# A refund that only a status word announces is dated by the purchase, for want of better.
_WANTS = {
    Movement.LEFT: Want.DEBIT,
    Movement.ARRIVED: Want.DEBIT,
    Movement.LEFT_AND_RETURNED: Want.DEBIT,
    Movement.NOTHING: Want.SHADOW,
    Movement.UNDECIDED: Want.PENDING,
    Movement.UNKNOWN: Want.PENDING,
}


def all_legs(book: Book, unseen: Mapping[str, Decimal]) -> list[Leg]:
    """The legs of every wallet row, in order of time.

    `unseen` maps a purchase to the refund that it announces and no refund row of the wallet shows.
    """
    funded = _funded_elsewhere(book)
    legs = [
        leg
        for entry in book.entries
        if entry.side is Side.WALLET and entry.id not in funded
        for leg in _legs(entry, book, unseen.get(entry.id))
    ]
    return sorted(legs, key=lambda leg: leg.key)


def _funded_elsewhere(book: Book) -> set[str]:
    """PayPal-like rows whose money came or went through a row of its own.

    Where a wallet writes such funding rows, a payment without one was paid from the balance.
    """
    funding = {entry.account for entry in book.entries if entry.kind is Kind.FUNDING}
    fetched = {entry.merchant_reference for entry in book.entries if entry.kind is Kind.FUNDING}
    passed_on = {
        entry.merchant_reference
        for entry in book.entries
        if entry.kind is Kind.WITHDRAWAL and entry.merchant_reference
    }
    return {
        entry.id
        for entry in book.entries
        if entry.side is Side.WALLET
        and (
            (
                entry.account in funding
                and entry.kind not in {Kind.FUNDING, Kind.WITHDRAWAL}
                # A failed payment may have no funding row and have been debited all the same.
                and not (entry.movement is Movement.NOTHING and entry.reference not in fetched)
            )
            or (entry.kind is Kind.REFUND and entry.reference in passed_on)
        )
    }


def refund_passed_on(entry: Entry, book: Book) -> Entry | None:
    """The refund that a payout sends on to the card or bank that had paid."""
    if entry.kind is not Kind.WITHDRAWAL or not entry.merchant_reference:
        return None
    origin = book.by_reference.get((entry.account, entry.merchant_reference))
    return origin if origin and origin.kind is Kind.REFUND else None


def sources_of_refunds(book: Book) -> dict[str, str]:
    """For each payout that sends a refund on, the funding row of the payment it gives back."""
    funding = {
        (entry.account, entry.merchant_reference): entry.id
        for entry in book.entries
        if entry.kind is Kind.FUNDING and entry.merchant_reference
    }
    sources = {}
    for entry in book.entries:
        refund = refund_passed_on(entry, book)
        if refund and (entry.account, refund.merchant_reference) in funding:
            sources[entry.id] = funding[entry.account, refund.merchant_reference]
    return sources


def _legs(entry: Entry, book: Book, unseen: Decimal | None) -> Iterator[Leg]:
    if _passed_on(entry):
        yield from _leg(entry, book, Want.PAYOUT, units(entry.amount))
    if entry.kind in _NO_LEG or not entry.amount:
        return
    if entry.kind is Kind.HOLD:
        # Enjoyed now, paid later: what was held may be debited weeks after, without a new row.
        accounts = book.open_accounts(entry.currency)
        amount = -abs(units(entry.amount))
        if accounts:
            yield _make(entry, Want.DEFERRED, amount, accounts, sure=False, source=None)
        return
    if entry.kind is Kind.WITHDRAWAL:
        yield from _payout(entry, book)
        return
    if entry.kind is Kind.REFUND or (entry.amount > 0 and entry.kind not in _FROM_BANK):
        if entry.kind is Kind.REFUND and entry.movement in {Movement.ARRIVED, Movement.UNDECIDED}:
            want = Want.REFUND if entry.movement is Movement.ARRIVED else Want.PENDING
            yield from _leg(entry, book, want, abs(units(entry.amount)))
        return
    yield from _leg(entry, book, _WANTS[entry.movement], -abs(units(entry.amount)))
    if entry.kind is Kind.REPAYMENT and entry.movement is Movement.LEFT:
        yield from _repayment(entry, book)
    if unseen:
        yield from _leg(entry, book, Want.ANNOUNCED, units(unseen))


def _passed_on(entry: Entry) -> bool:
    return (
        entry.kind is Kind.INCOME
        and entry.movement is Movement.ARRIVED
        and entry.provider in _PASSING_ON
        and bool(entry.funding)
    )


def _payout(entry: Entry, book: Book) -> Iterator[Leg]:
    if entry.movement in {Movement.NOTHING, Movement.LEFT_AND_RETURNED}:
        return
    want = Want.PAYOUT if entry.movement is Movement.LEFT else Want.PENDING
    if want is Want.PAYOUT and refund_passed_on(entry, book):
        want = Want.REFUND
    yield from _leg(entry, book, want, abs(units(entry.amount)) - units(entry.fee or Decimal(0)))


def _repayment(entry: Entry, book: Book) -> Iterator[Leg]:
    """The credit card that a repayment goes to is named as the other party."""
    for source in funding_of(entry.counterparty).sources:
        if source.is_bank:
            accounts, sure = book.accounts_for(source, entry.currency)
            if accounts:
                amount = abs(units(entry.amount))
                yield _make(entry, Want.PAYOUT, amount, accounts, sure=sure, source=source)
            return


def _leg(entry: Entry, book: Book, want: Want, amount: int) -> Iterator[Leg]:
    sources, combined = named_sources(entry)
    if not entry.funding and not sources:
        accounts = book.open_accounts(entry.currency)
        if accounts:
            leg = _make(entry, want, amount, accounts, sure=False, source=None)
            if entry.kind in {Kind.FUNDING, Kind.WITHDRAWAL}:
                # A deposit from a card and one from a bank come from different accounts.
                leg.label = entry.description
            funded = book.funded_by(entry)
            leg.party = funded.counterparty if funded else ""
            yield leg
        return
    for source in sources:
        accounts, sure = _accounts(entry, book, source)
        if accounts:
            leg = _make(entry, want, amount, accounts, sure=sure, source=source)
            leg.at_most = combined
            if want is Want.DEBIT:
                leg.less = amount + _discount(entry)
            yield leg


_DISCOUNT = re.compile(r"优惠\s*[¥￥]?\s*(\d+(?:\.\d{1,2})?)")


def _discount(entry: Entry) -> int:
    """The discount that a wallet's note names (`已优惠¥0.77`), in units.

    Whether the row's amount is before or after it differs, so both amounts are looked for.
    """
    found = _DISCOUNT.search(entry.note)
    return units(Decimal(found[1])) if found else 0


def _accounts(entry: Entry, book: Book, source: FundingSource) -> tuple[tuple[str, ...], bool]:
    """Where a source leads: to the other wallet's statement if there is one, else to the bank."""
    if source.wallet and source.wallet != entry.provider:
        wallets = book.wallets.get(source.wallet)
        if wallets:
            return tuple(wallets), False
    return book.accounts_for(source, entry.currency) if source.is_bank else ((), False)


def _make(  # noqa: PLR0913 - one leg, said in full
    entry: Entry,
    want: Want,
    amount: int,
    accounts: tuple[str, ...],
    *,
    sure: bool,
    source: FundingSource | None,
) -> Leg:
    channels = {entry.provider}
    if source and source.wallet:
        channels.add(source.wallet)
    return Leg(
        entry=entry,
        want=want,
        amount=amount,
        day=entry.occurred_on,
        at=in_days(entry),
        accounts=tuple(sorted(accounts)),
        sure=sure,
        channels=frozenset(channels),
        label=source.words if source else "",
    )


def unfunded(book: Book) -> dict[tuple[str, str], int]:
    """Funding sources that no statement covers, with the number of rows that name them."""
    missing: dict[tuple[str, str], int] = {}
    for entry in book.entries:
        if entry.side is Side.BANK or entry.kind in _NO_LEG or entry.movement is Movement.NOTHING:
            continue
        for source in named_sources(entry)[0]:
            if source.wallet == entry.provider and not source.is_bank:
                continue
            if not _accounts(entry, book, source)[0]:
                key = (entry.account, source.words)
                missing[key] = missing.get(key, 0) + 1
    return missing
