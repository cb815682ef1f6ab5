"""The nouns that travel between rooms: frozen, typed, without behaviour beyond themselves.

Amounts are `Decimal` in the currency's major unit and signed from the account holder's view:
positive is money that comes to the holder, negative is money that goes. Moments are aware;
dates are dates in the zone of the export. Rows come by the million, so an `Entry` is a msgspec
struct: made in a tenth of the time of a dataclass.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import astuple, force_setattr

# ISO 4217's code for "no currency": what an export that names none is kept with.
NO_CURRENCY = "XXX"


class Text(NamedTuple):
    """One thing said to a person, in both languages."""

    zh: str
    en: str

    def __add__(self, other: object) -> "Text":
        """Join two texts language by language."""
        if not isinstance(other, Text):
            return NotImplemented
        return Text(self.zh + other.zh, self.en + other.en)


class Side(StrEnum):
    """Who wrote the statement."""

    WALLET = "wallet"
    BANK = "bank"


class Movement(StrEnum):
    """What happened to the holder's money, computed from direction and status together."""

    LEFT = "left"
    ARRIVED = "arrived"
    NOTHING = "nothing"
    LEFT_AND_RETURNED = "left_and_returned"
    UNDECIDED = "undecided"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What sort of entry a row is, as far as the export says."""

    PAYMENT = "payment"
    REFUND = "refund"
    INCOME = "income"
    TOP_UP = "top_up"
    WITHDRAWAL = "withdrawal"
    OWN_TRANSFER = "own_transfer"
    REPAYMENT = "repayment"
    FUNDING = "funding"
    CONVERSION = "conversion"
    FEE = "fee"
    HOLD = "hold"
    OTHER = "other"


class Entry(Struct, frozen=True, eq=False, gc=False):
    """One row of a statement.

    `line` is counted on the `page` of a PDF, and through the file or sheet where `page` is 0.
    `occurred_at` is None where the export states no time of day. `card` is the tail of the
    holder's own card on a bank row. `refunded` is what a wallet row says has been given back on
    it; `fee` is kept back by the provider out of `amount`; `original` is a foreign amount that
    the bank booked as `amount`. `occurrence` counts equal rows of one file, from 0.
    """

    file: str
    sha256: str
    provider: str
    side: Side
    account: str
    line: int
    occurred_on: date
    amount: Decimal
    currency: str
    movement: Movement
    kind: Kind
    occurred_at: datetime | None = None
    booked_on: date | None = None
    card: str = ""
    direction_word: str = ""
    status_word: str = ""
    counterparty: str = ""
    description: str = ""
    reference: str = ""
    merchant_reference: str = ""
    funding: str = ""
    note: str = ""
    refunded: Decimal | None = None
    fee: Decimal | None = None
    original: Decimal | None = None
    original_currency: str = ""
    page: int = 0
    occurrence: int = 0
    named: str = ""

    @property
    def id(self) -> str:
        """The same for the same row in every export; computed when first asked for."""
        if not self.named:
            text = "\x1f".join(str(part) for part in (*self.identity, self.occurrence))
            force_setattr(self, "named", sha256(text.encode()).hexdigest()[:16])
        return self.named

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes a row the same row in two exports.

        With an order number: the number, the moment and the size of the amount, for status,
        direction and category change while money waits. Without one: all that the row says.
        """
        if self.reference and self.side is Side.WALLET:
            return (
                self.provider,
                self.reference,
                self.occurred_at or self.occurred_on,
                abs(self.amount),
                self.currency,
            )
        return (self.provider, self.account if self.side is Side.BANK else "", *self.said)

    @property
    def said(self) -> tuple[object, ...]:
        """All that the row itself says, wherever it stands."""
        return (
            self.occurred_at or self.occurred_on,
            self.booked_on,
            self.amount,
            self.currency,
            self.card,
            self.direction_word,
            self.status_word,
            self.movement,
            self.kind,
            self.counterparty,
            self.description,
            self.reference,
            self.merchant_reference,
            self.funding,
            self.note,
            self.refunded,
            self.fee,
            self.original,
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Entry):
            return NotImplemented
        return self.id == other.id and astuple(self)[:-1] == astuple(other)[:-1]

    def __hash__(self) -> int:
        return hash((self.file, self.line, self.reference))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that could not be read: where, why, and the row itself."""

    line: int
    reason: Text
    text: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """A sum that an export prints or that was recomputed from its rows."""

    word: str
    count: int | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What an export says of itself outside its rows."""

    account: str = ""
    card: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    exported_at: datetime | None = None
    rows: int | None = None
    totals: tuple[Total, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One export as it was understood: `rows == stored + len(refused)` always holds.

    `added` counts the rows that no other statement had brought; `known` those that were there.
    `accounts` are the accounts its rows belong to, `first_on` and `last_on` its outermost rows.
    """

    file: str
    sha256: str
    provider: str
    layout: str
    side: Side
    encoding: str
    rows: int
    stored: int
    refused: tuple[Refusal, ...] = ()
    declared: Declared = field(default_factory=Declared)
    computed: tuple[Total, ...] = ()
    warnings: tuple[Text, ...] = ()
    accounts: tuple[str, ...] = ()
    first_on: date | None = None
    last_on: date | None = None
    added: int = 0
    known: int = 0
    updated: int = 0


class MatchKind(StrEnum):
    """Why rows belong together."""

    SAME_NUMBER = "same_number"
    SAME_AMOUNT = "same_amount"
    COMBINED_FUNDING = "combined_funding"
    NET_OF_FEE = "net_of_fee"
    NETTED = "netted"
    FOREIGN_CURRENCY = "foreign_currency"
    SPLIT = "split"
    MERGED = "merged"
    REFUND = "refund"
    REVERSAL = "reversal"
    CHAIN = "chain"
    OWN_TRANSFER = "own_transfer"


@dataclass(frozen=True, slots=True)
class Match:
    """Entries that are one movement of money, and why we say so."""

    entries: tuple[str, ...]
    kind: MatchKind
    why: Text


class FindingKind(StrEnum):
    """What was observed. What a law calls it is decided elsewhere."""

    DEBITED_UNPAID = "debited_unpaid"
    DEBITED_UNRECORDED = "debited_unrecorded"
    CHARGED_TWICE = "charged_twice"
    SENT_NOT_ARRIVED = "sent_not_arrived"
    REFUND_NOT_ARRIVED = "refund_not_arrived"
    REFUND_SHORT = "refund_short"
    REFUND_ANNOUNCED_NOT_SEEN = "refund_announced_not_seen"
    AMOUNT_DIFFERS = "amount_differs"
    PENDING_TOO_LONG = "pending_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that went wrong, with its proof.

    `amount` is the money at stake, always positive. `confidence` is between 0 and 1.
    `alternatives` are other rows that may be the open one just as well.
    """

    id: str
    kind: FindingKind
    amount: Decimal
    currency: str
    entries: tuple[str, ...]
    sentence: Text
    confidence: float
    settles: Text
    caveats: tuple[Text, ...] = ()
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InTransit:
    """Money that is still within its usual time; it counts as late from `late_from`."""

    entry: str
    amount: Decimal
    currency: str
    late_from: date
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the statements cover and what they cannot tell."""

    account: str
    starts_on: date | None
    ends_on: date | None
    note: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Everything that comparing the two sides says."""

    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]
    in_transit: tuple[InTransit, ...]
    coverage: tuple[Coverage, ...]
