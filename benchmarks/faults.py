"""Faults planted into a life: each takes a deed that went well and makes it go wrong.

A fault lies so far from the ends of the statements that whoever reads them can know; no two
faults of a household share an account and an amount.
"""

from collections.abc import Callable, Iterator
from copy import copy
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random

from benchmarks.life import Life
from benchmarks.overseas import PayPalLife
from benchmarks.rows import Act, BankRow, Deed, Planted, State, WalletRow
from benchmarks.town import COFFEE, METRO, yuan

_AFTER_START = timedelta(days=12)
_BEFORE_END = {
    "refund_not_arrived": 45,
    "refund_short": 45,
    "refund_announced_not_seen": 45,
    "sent_not_arrived": 25,
    "pending_too_long": 30,
}
_USUAL_BEFORE_END = 20


class Planter:
    """Plants faults into one life and remembers where."""

    def __init__(self, rng: Random, life: Life | PayPalLife) -> None:
        self.rng = rng
        self.life = life
        self.planted: list[Planted] = []
        self._used: set[int] = set()
        self._figures: set[Decimal] = set()

    def plant(self, count: int) -> list[Planted]:
        """Up to `count` faults, of kinds drawn evenly from those this household can have."""
        kinds = list(_PAYPAL_KINDS if isinstance(self.life, PayPalLife) else _KINDS)
        for _fault in range(count):
            self.rng.shuffle(kinds)
            for kind in kinds:
                fault = _PLANTS[kind](self)
                if fault:
                    self.planted.append(fault)
                    self._figures.add(fault.amount)
                    break
        return self.planted

    def pick(self, kind: str, fits: Callable[[Deed], bool]) -> Deed | None:
        """A random deed that went well, fits, and lies well inside all statements it touches."""
        deeds = [deed for deed in self._well(kind) if fits(deed)]
        if not deeds:
            return None
        deed = self.rng.choice(deeds)
        self._used.add(id(deed))
        return deed

    def _well(self, kind: str) -> Iterator[Deed]:
        for deed in self.life.deeds:
            if deed.odd or deed.returned or id(deed) in self._used:
                continue
            if deed.source and (deed.source.odd or id(deed.source) in self._used):
                continue
            if deed.rows[0].amount.copy_abs() in self._figures:
                continue
            first, last = self._window(kind, deed)
            if first <= deed.at <= last and (not deed.source or deed.source.at >= first):
                yield deed

    def _window(self, kind: str, deed: Deed) -> tuple[datetime, datetime]:
        home, account = self.life.home, deed.funding.account
        starts = max(home.starts_on, account.starts_on) if account else home.starts_on
        ends = min(home.ends_on, account.ends_on) if account else home.ends_on
        before = timedelta(days=_BEFORE_END.get(kind, _USUAL_BEFORE_END))
        noon = time(12)
        return datetime.combine(starts, noon) + _AFTER_START, datetime.combine(ends, noon) - before

    def run_of_equals(self, deed: Deed, days: int) -> bool:
        """Whether the same shop took the same amount from the same account on a near day."""
        return any(
            other is not deed
            and other.act is Act.PAY
            and other.funding.account is deed.funding.account
            and other.rows[0].amount == deed.rows[0].amount
            and other.rows[0].party == deed.rows[0].party
            and abs((other.at - deed.at).days) <= days
            for other in self.life.deeds
        )

    def forget(self, row: WalletRow | BankRow) -> None:
        """Take a row out of its statement."""
        if isinstance(row, WalletRow):
            self.life.wallet_rows.remove(row)
        else:
            self.life.bank_rows.remove(row)

    def found(self, kind: str, amount: Decimal, deed: Deed, **more: object) -> Planted:
        """The fault as truth will tell it."""
        wallet = [row for row in deed.rows if row in self.life.wallet_rows]
        return Planted(
            kind=kind,
            amount=abs(amount),
            currency=self.life.home.currency,
            wallet=wallet,
            bank=[row for row in deed.bank if row in self.life.bank_rows],
            **more,  # type: ignore[arg-type]
        )


def _carded(deed: Deed) -> bool:
    """A purchase of which one bank row shows exactly what the wallet shows."""
    return (
        deed.act is Act.PAY
        and deed.funding.account is not None
        and not deed.funding.combined
        and len(deed.bank) == 1
        and deed.bank[0].amount == deed.rows[0].amount
    )


def _debited_unrecorded(planter: Planter) -> Planted | None:
    in_a_run = planter.rng.random() < 0.35

    def fits(deed: Deed) -> bool:
        return _carded(deed) and (deed.shop in {COFFEE, METRO}) is in_a_run

    kind = "debited_unrecorded"
    deed = planter.pick(kind, fits) or planter.pick(kind, _carded)
    if deed is None:
        return None
    for row in deed.rows:
        planter.forget(row)
    either = ("charged_twice",) if planter.run_of_equals(deed, 2) else ()
    return planter.found("debited_unrecorded", deed.bank[0].amount, deed, or_kinds=either)


def _debited_unpaid(planter: Planter) -> Planted | None:
    deed = planter.pick("debited_unpaid", lambda deed: _carded(deed) and deed.wallet != "jd")
    if deed is None:
        return None
    if isinstance(planter.life, PayPalLife):
        for row in deed.rows:
            row.status = "Denied"
    else:
        planter.life.leave_unpaid(deed)
        if planter.rng.random() < 0.3 and deed.shop:
            again = deed.at + timedelta(seconds=planter.rng.randrange(20, 240))
            amount = -deed.rows[0].amount
            planter.life.buy(again, deed.wallet, deed.shop, deed.funding, amount)
    return planter.found("debited_unpaid", deed.bank[0].amount, deed)


def _charged_twice(planter: Planter) -> Planted | None:
    rng = planter.rng
    deed = planter.pick("charged_twice", _carded)
    if deed is None:
        return None
    again = copy(deed.bank[0])
    wait = timedelta(seconds=rng.randrange(1, 600)) if rng.random() < 0.6 else timedelta(days=1)
    again.at += wait
    again.booked = max(again.booked + timedelta(days=wait.days), again.at.date())
    deed.bank.append(again)
    planter.life.bank_rows.append(again)
    either = ("debited_unrecorded",) if planter.run_of_equals(deed, 2) else ()
    return planter.found("charged_twice", again.amount, deed, or_kinds=either)


def _sent_not_arrived(planter: Planter) -> Planted | None:
    deed = planter.pick("sent_not_arrived", lambda deed: deed.act is Act.WITHDRAW)
    if deed is None:
        return None
    amount, whole = deed.bank[0].amount, -deed.rows[0].amount
    planter.forget(deed.bank.pop())
    return planter.found("sent_not_arrived", amount, deed, or_amounts=(whole,))


def _refunded(deed: Deed) -> bool:
    """A refund that the bank shows in full."""
    return (
        deed.act is Act.REFUND
        and deed.source is not None
        and bool(deed.bank)
        and sum((row.amount for row in deed.bank), Decimal(0)) == deed.rows[0].amount
        and not deed.funding.combined
    )


def _with_purchase(deed: Deed, fault: Planted) -> Planted:
    if deed.source:
        fault.wallet += deed.source.rows[:1]
        deed.source.odd = True
    return fault


def _need_refund(planter: Planter) -> None:
    """Make sure that a refund exists by giving back a purchase or two."""
    life = planter.life
    for _attempt in range(2):
        deed = planter.pick("refund_not_arrived", _carded)
        if deed and isinstance(life, Life):
            life.give_back(deed)
            planter._used.discard(id(deed))


def _refund_not_arrived(planter: Planter) -> Planted | None:
    if planter.rng.random() < 0.3:
        _need_refund(planter)
    deed = planter.pick("refund_not_arrived", _refunded)
    if deed is None:
        return None
    amount = deed.rows[0].amount
    for row in deed.bank:
        planter.forget(row)
    deed.bank.clear()
    return _with_purchase(deed, planter.found("refund_not_arrived", amount, deed))


def _refund_short(planter: Planter) -> Planted | None:
    def fits(deed: Deed) -> bool:
        return _refunded(deed) and len(deed.bank) == 1 and deed.rows[0].amount > 5

    if planter.rng.random() < 0.3:
        _need_refund(planter)
    deed = planter.pick("refund_short", fits)
    if deed is None:
        return None
    missing = yuan(deed.bank[0].amount * planter.rng.randrange(10, 60) / 100)
    deed.bank[0].amount -= missing
    return _with_purchase(deed, planter.found("refund_short", missing, deed))


def _refund_announced_not_seen(planter: Planter) -> Planted | None:
    rng, life = planter.rng, planter.life
    deed = planter.pick(
        "refund_announced_not_seen",
        lambda deed: _carded(deed) and deed.rows[0].amount < -3 and len(deed.rows) == 1,
    )
    if deed is None or isinstance(life, PayPalLife):
        return None
    row = deed.rows[0]
    paid = -row.amount
    whole = deed.wallet == "alipay" or rng.random() < 0.5
    back = paid if whole else yuan(paid * rng.randrange(15, 85) / 100)
    row.refunded, row.state = back, State.ALL_BACK if whole else State.PART_BACK
    deed.returned = True
    return planter.found("refund_announced_not_seen", back, deed)


def _amount_differs(planter: Planter) -> Planted | None:
    rng = planter.rng
    deed = planter.pick("amount_differs", lambda deed: _carded(deed) and deed.rows[0].amount < -8)
    if deed is None:
        return None
    row = deed.bank[0]
    off = yuan(row.amount * rng.randrange(4, 30) / 100) + yuan("0.01")
    row.amount += -off if rng.random() < 0.3 else off
    return planter.found("amount_differs", row.amount - deed.rows[0].amount, deed)


def _pending_too_long(planter: Planter) -> Planted | None:
    life, rng = planter.life, planter.rng
    span = (life.home.ends_on - life.home.starts_on).days
    if isinstance(life, PayPalLife):
        day = life.home.starts_on + timedelta(days=rng.randrange(12, span - 40))
        deed = life.pending(datetime.combine(day, time(9, rng.randrange(60))))
    else:
        if "wechat" not in life.home.wallets:
            return None
        picked = planter.pick(
            "pending_too_long", lambda deed: deed.act is Act.SEND and deed.wallet == "wechat"
        )
        if picked is None:
            return None
        deed = picked
        deed.rows[0].state = State.PENDING
    return planter.found("pending_too_long", deed.rows[0].amount, deed)


_PLANTS: dict[str, Callable[[Planter], Planted | None]] = {
    "debited_unpaid": _debited_unpaid,
    "debited_unrecorded": _debited_unrecorded,
    "charged_twice": _charged_twice,
    "sent_not_arrived": _sent_not_arrived,
    "refund_not_arrived": _refund_not_arrived,
    "refund_short": _refund_short,
    "refund_announced_not_seen": _refund_announced_not_seen,
    "amount_differs": _amount_differs,
    "pending_too_long": _pending_too_long,
}
_KINDS = tuple(_PLANTS)
_PAYPAL_KINDS = (
    "debited_unpaid",
    "debited_unrecorded",
    "charged_twice",
    "sent_not_arrived",
    "refund_not_arrived",
    "amount_differs",
    "pending_too_long",
)
