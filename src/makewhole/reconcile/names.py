"""The words by which statements name banks, wallets and pockets; names are weak evidence.

Collected from the funding columns of wallets and the description columns of banks. A name narrows
a search; it never decides alone.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

# Reader name of a bank, and how wallets call it.
_BANKS = {
    "icbc": "工商银行|工行|ICBC",
    "boc": "中国银行|中行|Bank of China",
    "ccb": "建设银行|建行|CCB",
    "abc": "农业银行|农行",
    "citic": "中信银行|中信",
    "cmb": "招商银行|招行|CMB",
    "bocom": "交通银行|交行",
    "spdb": "浦发银行|浦东发展银行",
    "cgb": "广发银行|广东发展银行",
    "cmbc": "民生银行",
    "ceb": "光大银行",
    "cib": "兴业银行",
    "pab": "平安银行",
    "psbc": "邮储银行|邮政储蓄|邮政银行",
    "hxb": "华夏银行",
    "hsbc": "汇丰",
    "spd": "上海银行",
    "bob": "北京银行",
    "sbi": r"State Bank of India|\bSBI\b",
    "hdfc": "HDFC",
    "icici": "ICICI",
    "axis": "Axis Bank",
}
_BANK = {name: re.compile(words, re.IGNORECASE) for name, words in _BANKS.items()}
_SOME_BANK = re.compile(
    r"银行|信用社|农信|农商|储蓄卡|信用卡|借记卡|\bbank\b|visa|mastercard", re.IGNORECASE
)

# Readers that stand for a standard and not for one bank: their accounts fit any bank's name.
_OPEN_READERS = frozenset({"ofx", "camt", "mt940"})

_WALLETS = {
    "alipay": re.compile(r"支付宝|蚂蚁|alipay|\b2088\d{4,}", re.IGNORECASE),
    "wechat": re.compile(r"财付通|微信|tenpay|wechat|weixin", re.IGNORECASE),
    "jd": re.compile(r"网银在线|京东|\bjd\b", re.IGNORECASE),
    "meituan": re.compile(r"美团|三快在线|meituan", re.IGNORECASE),
    "paypal": re.compile(r"paypal|贝宝", re.IGNORECASE),
    # Wallets without a reader: their rows belong to none of the statements at hand.
    "other": re.compile(
        r"抖音|合众易宝|拼多多支付|快手支付|苏宁支付|翼支付|和包|度小满|apple ?pay", re.IGNORECASE
    ),
}
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
    bank = next((name for name, words in _BANK.items() if words.search(part)), "")
    found = _TAIL.search(part)
    tail = (found[1] or found[2]) if found else ""
    wallet = next((name for name, words in _WALLETS.items() if words.match(part)), "")
    is_bank = bool(bank or tail or _SOME_BANK.search(part))
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
    if provider in _OPEN_READERS or not source.bank or provider not in _BANKS:
        return True
    return source.bank == provider


@lru_cache(maxsize=65536)
def channel_of(text: str) -> str:
    """The wallet that a bank row names, the one named first where there are several."""
    first, name = len(text) + 1, ""
    for wallet, words in _WALLETS.items():
        found = words.search(text)
        if found and found.start() < first:
            first, name = found.start(), wallet
    return name


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
    r"科技|网络|技术|中国|深圳市|paypal|inst xfer|\btran\b|achdw|\(cn\)"
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
