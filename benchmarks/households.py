"""Made-up households: a year of statements in real formats, and the truth about what went wrong.

    python -m benchmarks.households --seed 7 --count 100 --out DIR

writes one folder for each household with its statement files and `truth.json`.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from benchmarks.faults import Planter
from benchmarks.layouts import BANKS, WALLETS, Files
from benchmarks.life import Life, in_period
from benchmarks.overseas import PayPalLife
from benchmarks.rows import Account, BankRow, Funding, Home, Planted, Row, WalletRow
from benchmarks.town import BANK_NAMES, UNSEEN_CARDS

_PAYPAL_SHARE = 1 / 8
_CLEAN_SHARE = 0.25
_MOST_FAULTS = 6
_NEAR_DAYS = 5
_DEBITS = ("icbc-debit", "ccb-debit", "boc-debit", "cmb-debit")
_CREDITS = ("icbc-credit", "citic-credit", "boc-credit", "cmb-credit")
_WITH_CLOCK = {"ccb-debit", "boc-debit"}

Place = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One planted fault: what it is, what it costs, and on which lines it shows.

    `equivalents` are rows that nobody could tell apart from those of the fault: same account, day
    or moment, amount and text. `near` are rows of the same account, amount and text within a few
    days: with late postings, a fair reader may take one of them for the one that is left over.
    `or_kinds` and `or_amounts` are other names and figures that the rows bear out as well.
    """

    kind: str
    amount: Decimal
    currency: str
    wallet_rows: tuple[Place, ...]
    bank_rows: tuple[Place, ...]
    equivalents: tuple[Place, ...]
    near: tuple[Place, ...]
    or_kinds: tuple[str, ...] = ()
    or_amounts: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What really happened in a household; a clean one has no faults."""

    seed: int
    as_of: date
    rows: dict[str, int]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """The statement files of one household by name, and the truth about them."""

    files: dict[str, bytes]
    truth: Truth


def household(seed: int) -> Household:
    """The household of this seed, always the same."""
    rng = Random(f"household {seed}")
    abroad = rng.random() < _PAYPAL_SHARE
    home = _paypal_home(rng) if abroad else _chinese_home(rng)
    life = PayPalLife(rng, home) if abroad else Life(rng, home)
    life.live()
    clean = rng.random() < _CLEAN_SHARE
    planted = Planter(rng, life).plant(0 if clean else rng.randint(1, _MOST_FAULTS))
    wallet_rows = [r for r in life.wallet_rows if in_period(r, home.starts_on, home.ends_on)]
    files, bank_rows = _write(home, wallet_rows, life.bank_rows)
    rows: list[WalletRow | BankRow] = [*wallet_rows, *bank_rows]
    truth = Truth(
        seed=seed,
        as_of=home.exported_at.date(),
        rows={name: sum(1 for row in rows if row.file == name) for name in sorted(files)},
        faults=tuple(_told(planted, rows)),
    )
    return Household(files=files, truth=truth)


def seeds(seed: int, count: int) -> list[int]:
    """The seeds of a set of households; sets of different seeds do not overlap."""
    return [seed * 1_000_003 + at for at in range(count)]


# homes


def _period(rng: Random) -> tuple[date, date, datetime]:
    starts = date(2022, 1, 1) + timedelta(days=rng.randrange(1270))
    ends = starts + timedelta(days=364)
    exported = datetime.combine(ends + timedelta(days=1), time(9, 31, rng.randrange(60)))
    return starts, ends, exported


def _chinese_home(rng: Random) -> Home:
    starts, ends, exported = _period(rng)
    wallets = rng.choices(
        (("alipay",), ("wechat",), ("alipay", "wechat"), ("alipay", "jd"), ("wechat", "jd"),
         ("alipay", "wechat", "jd")),
        (20, 16, 40, 8, 8, 8),
    )[0]  # fmt: skip
    accounts = _accounts(rng, 4 - len(wallets), starts, ends)
    others = [name for name in ("wechat", "alipay", "jd", "douyin") if name not in wallets]
    return Home(
        wallets=wallets,
        accounts=accounts,
        starts_on=starts,
        ends_on=ends,
        exported_at=exported,
        currency="CNY",
        holder=f"user{rng.randrange(100, 999)}",
        pace=rng.choice((0.5, 0.8, 1.2, 2.0)),
        coffee=rng.choice((0.0, 0.4, 0.7, 0.9)),
        commute=rng.choice((0.0, 0.5, 0.85)),
        fundings={wallet: _fundings(rng, wallet, accounts) for wallet in wallets},
        strangers=tuple(rng.sample(others, 1)) if rng.random() < 0.6 else (),
        before_discount=rng.random() < 0.15,
    )


def _accounts(rng: Random, most: int, starts: date, ends: date) -> tuple[Account, ...]:
    keys = [rng.choice(_DEBITS)] if rng.random() < 0.75 else [rng.choice(_CREDITS)]
    while len(keys) < most and rng.random() < 0.6:
        key = rng.choice(_CREDITS if keys[0] in _DEBITS else _DEBITS)
        if key.split("-")[0] not in {other.split("-")[0] for other in keys}:
            keys.append(key)
    return tuple(_account(rng, key, starts, ends) for key in keys)


def _account(rng: Random, key: str, starts: date, ends: date) -> Account:
    bank, kind = key.split("-")
    tail = f"{rng.randrange(1000, 9999)}"
    word = {"debit": "储蓄卡", "credit": "信用卡"}[kind] if rng.random() < 0.7 else ""
    begins = starts + timedelta(days=rng.randrange(5, 50)) if rng.random() < 0.12 else starts
    stops = ends - timedelta(days=rng.randrange(3, 26)) if rng.random() < 0.2 else ends
    if key == "cmb-credit":
        # Its statements are closed on the 25th; what came later is on none of them yet.
        stops = stops if stops.day >= 25 else stops.replace(day=1) - timedelta(days=1)
        stops = stops.replace(day=25)
    return Account(
        key=key,
        bank=bank,
        credit=kind == "credit",
        tail=tail,
        clock=key in _WITH_CLOCK,
        label=f"{rng.choice(BANK_NAMES[bank])}{word}({tail})",
        starts_on=begins,
        ends_on=stops,
        style="booked" if key == "cmb-debit" else "",
    )


def _fundings(
    rng: Random, wallet: str, accounts: tuple[Account, ...]
) -> list[tuple[Funding, float]]:
    """Where the wallet takes money from, the habitual source first, with weights."""
    mine = list(accounts)
    rng.shuffle(mine)
    fundings = [
        (Funding(account.label, account), weight)
        for account, weight in zip(mine, (10.0, 4.0, 2.0), strict=False)
    ]
    balances = {
        "alipay": ("余额宝", "余额", "花呗"),
        "wechat": ("零钱", "零钱通"),
        "jd": ("钱包余额", "白条"),
    }
    fundings += [(Funding(label), rng.choice((0.3, 1.0, 2.0))) for label in balances[wallet]]
    if rng.random() < 0.5:
        unseen = f"{rng.choice(UNSEEN_CARDS)}储蓄卡({rng.randrange(1000, 9999)})"
        fundings.append((Funding(unseen), 1.5))
    if wallet == "alipay":
        first = mine[0]
        fundings.append((Funding(f"{first.label}&红包", first, combined=True), 0.5))
    cmb_card = next((account for account in mine if account.key == "cmb-credit"), None)
    if wallet == "jd" and cmb_card:
        label = f"微信-{cmb_card.label.split('(')[0].removesuffix('信用卡')}信用卡"
        fundings.append((Funding(label, cmb_card), 1.0))
    return fundings


def _paypal_home(rng: Random) -> Home:
    starts, ends, exported = _period(rng)

    def account(key: str, *, credit: bool) -> Account:
        return Account(
            key=key,
            bank="",
            credit=credit,
            tail=f"{rng.randrange(1000, 9999)}",
            clock=False,
            label=key,
            starts_on=starts,
            ends_on=ends - timedelta(days=rng.choice((0, 0, 0, 6))),
        )

    accounts = [account("checking", credit=False)]
    if rng.random() < 0.5:
        accounts.append(account("card", credit=True))
    return Home(
        wallets=("paypal",),
        accounts=tuple(accounts),
        starts_on=starts,
        ends_on=ends,
        exported_at=exported,
        currency="USD",
        holder="jo",
        pace=rng.choice((0.6, 1.0, 1.4)),
        coffee=0.0,
        commute=0.0,
        fundings={},
    )


# files and truth


def _write(
    home: Home, wallet_rows: list[WalletRow], bank_rows: list[BankRow]
) -> tuple[Files, list[BankRow]]:
    files: Files = {}
    shown: list[BankRow] = []
    for wallet in home.wallets:
        mine = [row for row in wallet_rows if row.book == wallet]
        files |= WALLETS[wallet](home, mine)
    for account in home.accounts:
        posted = [
            row
            for row in bank_rows
            if row.book == account.key and in_period(row, account.starts_on, account.ends_on)
        ]
        files |= BANKS[account.key](home, posted, account)
        shown += posted
    return files, shown


def _told(planted: list[Planted], rows: list[WalletRow | BankRow]) -> Iterator[Fault]:
    """The faults by place, with the rows that look like theirs."""
    alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    akin: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        alike[row.look].append(row)
        akin[_likeness(row)].append(row)
    for fault in planted:
        own: list[WalletRow | BankRow] = [*fault.wallet, *fault.bank]
        same = {_place(other) for row in own for other in alike[row.look]}
        near = {
            _place(other)
            for row in own
            for other in akin[_likeness(row)]
            if abs((other.at.date() - row.at.date()).days) <= _NEAR_DAYS
        }
        places = {_place(row) for row in own}
        yield Fault(
            kind=fault.kind,
            amount=fault.amount,
            currency=fault.currency,
            wallet_rows=tuple(_place(row) for row in fault.wallet),
            bank_rows=tuple(_place(row) for row in fault.bank),
            equivalents=tuple(sorted(same - places)),
            near=tuple(sorted(near - same - places)),
            or_kinds=fault.or_kinds,
            or_amounts=fault.or_amounts,
        )


def _place(row: Row) -> Place:
    return row.file, row.line


def _likeness(row: WalletRow | BankRow) -> tuple[object, ...]:
    if isinstance(row, BankRow):
        return row.book, row.amount, row.summary, row.place, row.party
    return row.book, row.amount, row.party, row.funding, row.act


def truth_json(truth: Truth) -> str:
    """The truth as it stands in `truth.json`; amounts are strings."""
    return json.dumps(asdict(truth), ensure_ascii=False, indent=1, default=str) + "\n"


def main(arguments: list[str] | None = None) -> None:
    """Write a set of households below a folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.households", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    for at, seed in enumerate(seeds(given.seed, given.count)):
        made = household(seed)
        folder = given.out / f"{at:04d}"
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in made.files.items():
            (folder / name).write_bytes(data)
        (folder / "truth.json").write_text(truth_json(made.truth), encoding="utf-8")


if __name__ == "__main__":
    main()
