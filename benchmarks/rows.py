"""What happens in a household before any provider writes it down: deeds, rows, planted faults."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from benchmarks.town import Shop


class Act(StrEnum):
    """What a row is about, in no provider's words."""

    PAY = "pay"
    REFUND = "refund"
    TOP_UP = "top_up"
    WITHDRAW = "withdraw"
    POCKET_IN = "pocket_in"
    POCKET_OUT = "pocket_out"
    SEND = "send"
    RED_PACKET = "red_packet"
    RECEIVE = "receive"
    REPAY = "repay"
    INTEREST = "interest"
    REVERSAL = "reversal"
    OTHER = "other"


class State(StrEnum):
    """How far a wallet row has come."""

    DONE = "done"
    AWAITING = "awaiting"
    PENDING = "pending"
    UNPAID = "unpaid"
    PART_BACK = "part_back"
    ALL_BACK = "all_back"
    SENT_BACK = "sent_back"


@dataclass(slots=True, eq=False, kw_only=True)
class Account:
    """A bank account or card of the household, with a statement of its own."""

    key: str
    bank: str
    credit: bool
    tail: str
    clock: bool
    label: str
    starts_on: date
    ends_on: date
    style: str = ""
    names: dict[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Funding:
    """Where a wallet takes money from: the cell it prints, and the account if it has a statement.

    `combined` says that a red packet paid part of it.
    """

    label: str
    account: Account | None = None
    combined: bool = False


@dataclass(slots=True, eq=False, kw_only=True)
class Row:
    """A row of a statement. `file` and `line` are set when it is written.

    `look` is what is printed of its account, time, amount and text: rows with equal looks cannot
    be told apart by anybody.
    """

    book: str
    at: datetime
    amount: Decimal
    file: str = ""
    line: int = 0
    look: tuple[str, ...] = ()


@dataclass(slots=True, eq=False, kw_only=True)
class WalletRow(Row):
    """A row of a wallet's statement; `amount` is signed for the holder."""

    act: Act
    party: str
    title: str
    category: str
    funding: str
    number: str = ""
    merchant_number: str = ""
    note: str = ""
    state: State = State.DONE
    refunded: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    bank_name: str = ""
    zone: str = ""
    status: str = ""
    currency: str = ""


@dataclass(slots=True, eq=False, kw_only=True)
class BankRow(Row):
    """A row of a bank's statement: `at` is the day or moment it prints, `booked` its posting."""

    booked: date
    summary: str
    place: str
    party: str


@dataclass(slots=True, eq=False, kw_only=True)
class Deed:
    """One thing the household did, with all the rows that tell of it."""

    act: Act
    at: datetime
    wallet: str
    rows: list[WalletRow]
    bank: list[BankRow]
    funding: Funding
    shop: Shop | None = None
    source: "Deed | None" = None
    returned: bool = False
    odd: bool = False


@dataclass(slots=True, eq=False, kw_only=True)
class Planted:
    """A fault and the rows that show it.

    `or_kinds` are other names that a fair reader could give to what the rows show;
    `or_amounts` other figures for the same loss (before the fee, for example).
    """

    kind: str
    amount: Decimal
    currency: str
    wallet: list[WalletRow]
    bank: list[BankRow]
    or_kinds: tuple[str, ...] = ()
    or_amounts: tuple[Decimal, ...] = ()


@dataclass(slots=True, kw_only=True)
class Home:
    """A household: its wallets, accounts, period and habits.

    `strangers` are wallets that pay from the household's cards but have no statement here;
    `before_discount` says that WeChat shows amounts before the discount that its note names.
    """

    wallets: tuple[str, ...]
    accounts: tuple[Account, ...]
    starts_on: date
    ends_on: date
    exported_at: datetime
    currency: str
    holder: str
    pace: float
    coffee: float
    commute: float
    fundings: dict[str, list[tuple[Funding, float]]]
    strangers: tuple[str, ...] = ()
    before_discount: bool = False

    def debit_accounts(self) -> list[Account]:
        """The accounts that money can be sent to."""
        return [account for account in self.accounts if not account.credit]
