"""The nouns that travel between rooms: frozen, typed, without behaviour beyond themselves.

Amounts are `Decimal` in the currency's major unit and signed from the account holder's view:
positive is money that comes to the holder, negative is money that goes. Moments are aware;
dates are dates in the zone of the export.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a statement.

    `line` is counted on the `page` of a PDF, and through the file or sheet where `page` is 0.
    `occurred_at` is None where the export states no time of day. `card` is the tail of the
    holder's own card on a bank row. `refunded` is what a wallet row says has been given back on
    it; `fee` is kept back by the provider out of `amount`; `original` is a foreign amount that
    the bank booked as `amount`.
    """

    file: str
    sha256: str
    line: int
    provider: str
    side: Side
    account: str
    occurred_on: date
    amount: Decimal
    currency: str
    movement: Movement
    kind: Kind
    id: str = ""
    page: int = 0
    card: str = ""
    occurred_at: datetime | None = None
    booked_on: date | None = None
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
