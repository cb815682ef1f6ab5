"""The rows of both sides in the shape in which they are compared.

A `Row` is one row of a bank, or of a wallet that pays for another. A `Leg` is what a wallet row
makes us expect on an account: so much, that way, from that day on.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from makewhole.reconcile import calendar
from makewhole.reconcile.channels import channel_of
from makewhole.reconcile.names import FundingSource, bank_fits, funding_of, stated_day
from makewhole.records import Entry, Kind, Side, Statement

# Amounts are compared as whole ten-thousandths; no currency has smaller units in statements.
_SCALE = 4
_SECONDS_A_DAY = 86400.0


def units(amount: Decimal) -> int:
    """An amount as whole ten-thousandths of its currency's unit."""
    return int(amount.scaleb(_SCALE))


class Want(StrEnum):
    """Why a leg is looked for, which decides what its absence means."""

    DEBIT = "debit"
    PENDING = "pending"
    SHADOW = "shadow"
    REFUND = "refund"
    ANNOUNCED = "announced"
    PAYOUT = "payout"
    DEFERRED = "deferred"


RETURNING = frozenset({Want.REFUND, Want.ANNOUNCED})
# Legs whose rows say nothing of whether a wallet uses an account.
UNPROVEN = frozenset({Want.SHADOW, Want.DEFERRED})


@dataclass(slots=True, eq=False)
class Row:
    """A row of the paying side. `amount` is signed; `day` counts days, fractions where timed."""

    entry: Entry
    account: str
    amount: int
    day: date
    at: float | None
    channel: str
    text: str
    taken: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """Order in time; rows of one day as the bank booked them, then by content."""
        entry = self.entry
        return (
            self.day,
            self.at or 0.0,
            entry.booked_on or entry.occurred_on,
            entry.id,
        )


@dataclass(slots=True, eq=False)
class Leg:
    """What one wallet row makes us expect. `amount` is signed as the bank would sign it.

    `accounts` are the accounts on which it may stand; `sure` says that a card tail names them.
    `at_most` holds where a part was paid by something else, so that the bank shows less; `less`
    is the amount without a discount that the wallet names, where it names one. `hollow` says that
    it gives back what the bank never took: card payments cancelled on the same day often reach
    no statement. `party` names the other party where the row itself does not.
    """

    entry: Entry
    want: Want
    amount: int
    day: date
    at: float | None
    accounts: tuple[str, ...]
    sure: bool
    channels: frozenset[str]
    at_most: bool = False
    less: int = 0
    hollow: bool = False
    label: str = ""
    party: str = ""
    rows: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The words by which the wallet names the other party."""
        return f"{self.entry.counterparty} {self.entry.description} {self.party}"

    @property
    def key(self) -> tuple[object, ...]:
        """Order in time, then by content."""
        return self.day, self.at or 0.0, self.entry.id, self.want

    @property
    def money(self) -> Decimal:
        """The expected amount, without its sign."""
        return Decimal(abs(self.amount)).scaleb(-_SCALE).quantize(self.entry.amount)

    @property
    def late_from(self) -> date:
        """The first day on which the leg counts as late."""
        days = calendar.REFUND_DAYS if self.want in RETURNING else calendar.BOOKING_DAYS
        return calendar.late_from(self.day, days, self.entry.currency)


def delay(leg: Leg, row: Row) -> float:
    """Days from the wallet's moment to the bank's; whole days where one of them has no time."""
    if leg.at is not None and row.at is not None:
        return row.at - leg.at
    return float((row.day - leg.day).days)


@dataclass(frozen=True, slots=True)
class Span:
    """Days that one statement covers, first and last included."""

    first: date
    last: date


def in_order(entry: Entry) -> tuple[object, ...]:
    """Order by day, moment, then the id, so that the order of files does not matter."""
    return entry.occurred_on, in_days(entry) or 0.0, entry.id


def in_days(entry: Entry) -> float | None:
    """The moment of an entry as days with fractions, or None where no time is stated."""
    at = entry.occurred_at
    return None if at is None else at.timestamp() / _SECONDS_A_DAY


class Book:
    """All rows by account, what each account covers, and how wallets' words lead to accounts."""

    def __init__(
        self,
        statements: Sequence[Statement],
        entries: Sequence[Entry],
        same_cards: Mapping[str, str],
    ) -> None:
        self.entries = entries
        self.by_id = {entry.id: entry for entry in entries}
        self.by_reference = {
            (entry.account, entry.reference): entry for entry in entries if entry.reference
        }
        self.statements = {statement.file: statement for statement in statements}
        self._statements = statements
        self._same = _Tails(same_cards)
        self.rows = _bank_rows(entries)
        self.accounts: dict[str, Entry] = {}
        self._currencies: dict[str, set[str]] = {}
        for row in self.rows:
            self.accounts.setdefault(row.account, row.entry)
        for entry in entries:
            self._currencies.setdefault(entry.account, set()).add(entry.currency)
        self.spans = _spans(statements)

    @cached_property
    def wallets(self) -> dict[str, list[str]]:
        """Wallet accounts by provider."""
        found: dict[str, list[str]] = {}
        for entry in self.entries:
            names = found.setdefault(entry.provider, [])
            if entry.side is Side.WALLET and entry.account not in names:
                names.append(entry.account)
        return found

    def accounts_for(self, source: FundingSource, currency: str) -> tuple[tuple[str, ...], bool]:
        """The accounts that a wallet's words may mean, and whether a card tail says so.

        Accounts in the currency come before accounts that hold only others.
        """
        named = [
            (name, entry)
            for name, entry in self.accounts.items()
            if bank_fits(source, entry.provider)
        ]
        fitting = [each for each in named if currency in self._currencies[each[0]]] or named
        if source.tail:
            exact = tuple(
                name for name, entry in fitting if self._same.card(source.tail, entry.card)
            )
            if exact:
                return exact, True
            return tuple(name for name, entry in fitting if not entry.card), False
        known = [name for name, entry in fitting if source.bank == entry.provider]
        return tuple(known or [name for name, _entry in fitting]), False

    def holds(self, account: str, currency: str) -> bool:
        """Whether an account has rows in the currency."""
        return currency in self._currencies.get(account, ())

    def siblings(self, account: str) -> tuple[str, ...]:
        """Other bank accounts on the same statements: further cards of one bill."""
        together = {
            name
            for statement in self.statements.values()
            if account in statement.accounts
            for name in statement.accounts
        }
        return tuple(sorted(together - {account}))

    def funded_by(self, entry: Entry) -> Entry | None:
        """The payment for which a funding row fetched the money."""
        if entry.kind is not Kind.FUNDING:
            return None
        return self.by_reference.get((entry.account, entry.merchant_reference))

    def covers(self, account: str, first: date, last: date) -> bool:
        """Whether statements cover an account on all days from first to last."""
        return any(span.first <= first and last <= span.last for span in self.spans[account])

    def ends(self, account: str, day: date) -> date | None:
        """The last day of the span of the account that holds the day."""
        return next(
            (span.last for span in self.spans[account] if span.first <= day <= span.last), None
        )

    def whole(self, account: str) -> bool:
        """Whether the account's statements hold as many rows as they declare."""
        return all(
            statement.declared.rows is None or statement.declared.rows <= statement.rows
            for file in self._files[account]
            if (statement := self.statements.get(file))
        )

    def open_accounts(self, currency: str) -> tuple[str, ...]:
        """Every bank account that has rows in the currency."""
        return tuple(name for name in self.accounts if currency in self._currencies[name])

    @cached_property
    def _files(self) -> dict[str, set[str]]:
        files: dict[str, set[str]] = {}
        for entry in self.entries:
            files.setdefault(entry.account, set()).add(entry.file)
        return files

    def known_until(self, entry: Entry) -> date:
        """The last day for which a statement that holds the entry's day speaks.

        That is the day on which it was exported, else its end. A later statement that begins
        after the entry's day does not repeat the entry, so it says nothing of it.
        """
        day = entry.occurred_on
        ends = [
            statement.declared.exported_at.date() if statement.declared.exported_at else span.last
            for statement in self._speaking[entry.account]
            if (span := _span(statement)) and span.first <= day <= span.last
        ]
        return max(ends, default=day)

    @cached_property
    def _speaking(self) -> Mapping[str, list[Statement]]:
        speaking: dict[str, list[Statement]] = defaultdict(list)
        for statement in self._statements:
            for account in statement.accounts:
                speaking[account].append(statement)
        return speaking


class _Tails:
    """Card tails that the user declared to be the same card."""

    def __init__(self, same: Mapping[str, str]) -> None:
        self._same = {frozenset(pair) for pair in same.items()}

    def card(self, ours: str, theirs: str) -> bool:
        return bool(theirs) and (ours == theirs or frozenset((ours, theirs)) in self._same)


# A time of day that so many of an account's rows share is no time but a filler.
_FILLER_SHARE = 0.5


def _bank_rows(entries: Sequence[Entry]) -> list[Row]:
    rows = [entry for entry in entries if entry.side is Side.BANK]
    clocks = Counter((entry.account, _clock(entry)) for entry in rows)
    counts = Counter(entry.account for entry in rows)
    return [
        _bank_row(
            entry,
            timed=clocks[entry.account, _clock(entry)] <= _FILLER_SHARE * counts[entry.account],
        )
        for entry in rows
    ]


def _clock(entry: Entry) -> object:
    return entry.occurred_at.time() if entry.occurred_at else None


def _bank_row(entry: Entry, *, timed: bool) -> Row:
    text = " ".join(part for part in (entry.description, entry.counterparty, entry.note) if part)
    channel = channel_of(text)
    stated = stated_day(text, entry.occurred_on) if channel == "paypal" else None
    return Row(
        entry=entry,
        account=entry.account,
        amount=units(entry.amount),
        day=stated or entry.occurred_on,
        at=in_days(entry) if timed and not stated else None,
        channel=channel,
        text=text,
    )


def paying_row(entry: Entry) -> Row:
    """A wallet's row as the paying side of another wallet's row."""
    return Row(
        entry=entry,
        account=entry.account,
        amount=units(entry.amount),
        day=entry.occurred_on,
        at=in_days(entry),
        channel=channel_of(f"{entry.counterparty} {entry.description}"),
        text=f"{entry.counterparty} {entry.description}",
    )


# Two exports whose rows lie this close are taken as one stretch of time.
_BRIDGED_DAYS = 3


def _spans(statements: Sequence[Statement]) -> dict[str, list[Span]]:
    """What each account's statements cover: the stated period, else from first row to last."""
    spans: dict[str, list[Span]] = {}
    for statement in statements:
        span = _span(statement)
        if span:
            for account in statement.accounts:
                spans.setdefault(account, []).append(span)
    return {account: _joined(parts) for account, parts in spans.items()}


def _span(statement: Statement) -> Span | None:
    first = statement.declared.starts_on or statement.first_on
    last = statement.declared.ends_on or statement.last_on
    return Span(first, last) if first and last else None


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.first, each.last)):
        if joined and (span.first - joined[-1].last).days <= _BRIDGED_DAYS:
            joined[-1] = Span(joined[-1].first, max(joined[-1].last, span.last))
        else:
            joined.append(span)
    return joined


_OWN_MONEY = frozenset({Kind.WITHDRAWAL, Kind.TOP_UP})


def named_sources(entry: Entry) -> tuple[tuple[FundingSource, ...], bool]:
    """The foreign sources of a wallet row, and whether something else paid a part.

    Money moved between wallet and bank may name the bank as the other party instead.
    """
    sources, combined = _sources(entry.funding, entry.provider)
    if not sources and entry.kind in _OWN_MONEY:
        for words in (entry.counterparty, entry.description):
            named, _combined = _sources(words, entry.provider)
            banks = tuple(source for source in named if source.is_bank)
            if banks:
                return banks[:1], False
    return sources, combined


def _sources(words: str, provider: str) -> tuple[tuple[FundingSource, ...], bool]:
    funding = funding_of(words)
    sources = tuple(each for each in funding.sources if each.wallet != provider or each.is_bank)
    return sources, funding.combined or len(sources) < len(funding.sources) or len(sources) > 1
