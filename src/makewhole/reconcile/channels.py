"""The words by which a bank's row names a wallet.

They are taken from rows of banks as public files show them: `VENMO DES:CASHOUT`, `Cash App*NAME`,
`Square Inc DES:* Cash App`, `Revolut*1234*`, `TWINT  *SHOP`, `PAYPAL INST XFER`. A word that is
also part of a shop's name is held by what stands around it.
"""

import re
from functools import lru_cache

_WORDS = {
    # Alipay's accounts have sixteen digits; the numbers of Indian payments have twelve.
    "alipay": r"支付宝|蚂蚁|alipay|\b2088(?:\d{12}\b|\d*\*)",
    "wechat": r"财付通|微信|tenpay|wechat|weixin",
    "jd": r"网银在线|京东|\bjd\b(?!\W*(?:sports?|wetherspoon|gyms?|williams)\b)",
    "meituan": r"美团|三快在线|meituan",
    "paypal": r"paypal|贝宝",
    "venmo": r"\bvenmo\b",
    "cashapp": r"\bcash ?app\b",
    "revolut": r"\brevolut\b",
    # Only with what stands beside the name in its companies: Wise is also a surname.
    "wise": r"\btransferwise\b|\bwise\.com\b|^(?:[a-z]+ payment )?wise(?: wise)*$|"
    r"\bwise (?:europe|payments|us|australia|brasil|asia-pacific|uab|ltd|limited|inc)\b",
    "payoneer": r"\bpayoneer\b",
    "satispay": r"\bsatispay\b",
    "mpesa": r"\bm-?pesa\b",
    # Wallets without a reader: their rows belong to none of the statements at hand.
    "twint": r"\btwint\b",
    "other": r"抖音|合众易宝|拼多多支付|快手支付|苏宁支付|翼支付|和包|度小满|apple ?pay",
}
_WALLETS = {wallet: re.compile(words, re.IGNORECASE | re.ASCII) for wallet, words in _WORDS.items()}


@lru_cache(maxsize=65536)
def channel_of(text: str) -> str:
    """The wallet that a bank row names, the one named first where there are several."""
    first, name = len(text) + 1, ""
    for wallet, words in _WALLETS.items():
        found = words.search(text)
        if found and found.start() < first:
            first, name = found.start(), wallet
    return name


def wallet_named(funding: str) -> str:
    """The wallet with whose name the words for a funding source begin, or nothing."""
    return next((name for name, words in _WALLETS.items() if words.match(funding)), "")
