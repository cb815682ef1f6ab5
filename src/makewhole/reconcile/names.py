"""What the words of statements name: funding sources, reversals, parties; weak evidence all.

Collected from the funding columns of wallets and the description columns of banks. A name narrows
a search; it never decides alone.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from makewhole.reconcile.banks import bank_named, is_called, is_digital_yuan, sounds_like_bank
from makewhole.reconcile.channels import wallet_named

_TAIL = re.compile(r"(?:[(（*\s]|\b[xX]+)(\d{4})[)）]?\s*$|[(（](\d{4})[)）]")
_REVERSAL = re.compile(
    r"冲正|撤销|退款|退货|退回|冲销|返还|退汇|reversal|refund|return|retoure|storno", re.IGNORECASE
)
_PAYOUT = re.compile(r"提现|转出|withdrawal|payout", re.IGNORECASE)
_MOVED = re.compile(
    r"转账|转帐|还款|汇款|汇入|转入|转出|网转|跨行|transfer|payment|xfer|sepa", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FundingSource:
    """One funding source as a wallet names it.

    `bank` is a reader's name where the bank is known; `wallet` where another wallet paid; `tail`
    the last four digits of the card. `is_bank` also holds for banks without a reader.
    """

    words: str
    is_bank: bool
    bank: str = ""
    tail: str = ""
    wallet: str = ""


@dataclass(frozen=True, slots=True)
class Funding:
    """What a funding column says: the sources with an account behind them, and the rest.

    `combined` holds where red packets, discounts or balance paid a part.
    """

    sources: tuple[FundingSource, ...]
    combined: bool


@lru_cache(maxsize=4096)
def funding_of(words: str) -> Funding:
    """The sources named in a funding column such as `中信银行信用卡(6428)&红包`."""
    parts = [part.strip() for part in re.split(r"[&＆+;；]", words) if part.strip()]
    sources = tuple(source for part in parts if (source := _source(part)))
    return Funding(sources, combined=len(parts) > len(sources))


def _source(part: str) -> FundingSource | None:
    if is_digital_yuan(part):
        return FundingSource(part, is_bank=False, wallet="ecny")
    bank = bank_named(part)
    found = _TAIL.search(part)
    tail = (found[1] or found[2]) if found else ""
    wallet = wallet_named(part)
    is_bank = bool(bank or tail or sounds_like_bank(part))
    if not is_bank and not wallet:
        return None
    return FundingSource(part, is_bank=is_bank, bank=bank, tail=tail, wallet=wallet)


_STATED = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})(?!\d)")
_STATED_DAYS = 10


def stated_day(text: str, booked: date) -> date | None:
    """The day of payment that a bank's words state as YYMMDD, as in `INST XFER 220803`."""
    for found in _STATED.finditer(text):
        try:
            day = date(2000 + int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
        if 0 <= (booked - day).days <= _STATED_DAYS:
            return day
    return None


def bank_fits(source: FundingSource, provider: str) -> bool:
    """Whether an account of this reader may be the bank that the wallet names."""
    return not source.bank or is_called(source.bank, provider)


def is_reversal(text: str) -> bool:
    """Whether a bank's words say that money is given back."""
    return bool(_REVERSAL.search(text))


def is_payout(text: str) -> bool:
    """Whether a bank's words say that a wallet paid out its balance."""
    return bool(_PAYOUT.search(text))


def is_transfer(text: str) -> bool:
    """Whether a bank's words say that money was moved between accounts."""
    return bool(_MOVED.search(text))


_NOISE = re.compile(
    r"支付宝外部商户|支付宝|财付通|微信支付|微信|网银在线|云闪付app|云闪付|银联|网上快捷|快捷支付|"
    r"快捷|银企对接|特约商户|消费|退款|平台商户|有限责任公司|股份有限公司|有限公司|公司|商户|支付|"
    r"科技|网络|技术|中国|深圳市|paypal|inst xfer|\btran\b|achdw|\(cn\)|"
    r"venmo|cash ?app|revolut|transferwise|satispay|payoneer|m-?pesa|twint|cash ?(?:in|out)\b|"
    r"\b(?:payments?|purchase|return|authorized on|visa direct|money transfer|upi|tfr|wdl|dep|"
    r"des|indn|web|ppd|ccd|id)\b"
)
_WORDS = re.compile(r"[0-9a-z\u4e00-\u9fff]*[a-z\u4e00-\u9fff][0-9a-z\u4e00-\u9fff]*")
_LEAST_SHARED = 0.4


@lru_cache(maxsize=65536)
def letters_of(text: str) -> frozenset[str]:
    """Neighbouring letters within each word; signs, blanks and masks part the words."""
    plain = _NOISE.sub(" ", unicodedata.normalize("NFKC", text).lower())
    return frozenset(
        word[at : at + 2] for word in _WORDS.findall(plain) for at in range(len(word) - 1)
    )


def names_nobody(text: str) -> bool:
    """Whether a bank's words name a payment company at most, and no other party."""
    return not letters_of(text)


@lru_cache(maxsize=262144)
def same_name(ours: str, theirs: str) -> bool:
    """Whether two names share enough of the shorter one's letter pairs, wallet words aside.

    Banks truncate and mask names, so the test is lenient; it is never used alone.
    """
    left, right = letters_of(ours), letters_of(theirs)
    if not left or not right:
        return False
    return len(left & right) >= _LEAST_SHARED * min(len(left), len(right))
