"""What the Chinese wallets have in common: yuan amounts, words for a bank, words for "nothing"."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from makewhole.statements.values import clean, money, tail

_CENTS = -2
_USUALS = re.compile(r"(?:[0-9]{1,9}\.[0-9]{2}(?:\n|$))+")
_CENT = Decimal("0.01")
_BANK = re.compile(r"银行|信用社|农信|农商|储蓄卡|借记卡|信用卡|[（(]\d{4}[）)]")


def yuan(cell: str) -> Decimal:
    """The exact amount in yuan, written with cents: `12`, `¥12.0` and `12.00` read alike.

    Raises `Refused` for anything that is not an amount.
    """
    amount = money(cell)
    return amount if amount.as_tuple().exponent == _CENTS else with_cents(amount)


def yuans(cells: Sequence[str]) -> list[Decimal]:
    """What `yuan` gives, for a column of cells."""
    together = "\n".join(cells)
    if _USUALS.fullmatch(together) and together.count("\n") == len(cells) - 1:
        return list(map(Decimal, cells))
    return list(map(yuan, cells))


def with_cents(amount: Decimal) -> Decimal:
    """The same amount with cents, which the numbers of a workbook drop."""
    cents = amount.quantize(_CENT)
    return cents if cents == amount else amount


def plain(cell: str) -> str:
    """The cell as it is compared with word lists: half-width signs, no blanks inside."""
    return "".join(unicodedata.normalize("NFKC", clean(cell)).split())


def is_bank(name: str) -> bool:
    """Whether a funding source or counterparty names a bank or a bank's card."""
    return bool(_BANK.search(name))


def bank_among(*names: str) -> str:
    """The name that tells most about a bank: one with a card tail, else the first that is a bank.

    The empty string where none is a bank.
    """
    banks = [name for name in names if is_bank(name)]
    return next((name for name in banks if tail(name)), banks[0] if banks else "")
