"""The names by which wallets call banks; a name suggests a bank and never proves an account."""

import re

# By the reader of the bank's statements. Short names are held by their edges: `ING` is no part of
# SHIPPING, `CMB` none of CMBC.
_NAMES = {
    "icbc": r"工商银行|工行|\bICBC\b",
    "boc": r"中国银行|中行|Bank of China",
    "ccb": r"建设银行|建行|\bCCB\b",
    "abc": r"农业银行|农行|Agricultural Bank of China",
    "citic": r"中信银行|中信|\bCITIC\b",
    "cmb": r"招商银行|招行|\bCMB\b|China Merchants Bank",
    "bocom": r"交通银行|交行|\bBOCOM\b|Bank of Communications",
    "spdb": r"浦发银行|浦东发展银行|\bSPDB?\b",
    "cgb": r"广发银行|广东发展银行|\bCGB\b",
    "cmbc": r"民生银行|\bCMBC\b",
    "ceb": r"光大银行",
    "cib": r"兴业银行|\bCIB\b",
    "pab": r"平安银行|Ping An Bank",
    "psbc": r"邮储银行|邮政储蓄|邮政银行|\bPSBC\b",
    "hxb": r"华夏银行",
    "hsbc": r"汇丰|\bHSBC\b",
    "bosc": r"上海银行",
    "bob": r"北京银行",
    "sbi": r"State Bank of India|\bSBI\b",
    "hdfc": r"\bHDFC\b",
    "icici": r"\bICICI\b",
    "axis": r"Axis Bank",
    "chase": r"\bChase\b",
    "bofa": r"Bank of America|\bBofA\b",
    "capitalone": r"Capital ?One",
    "wellsfargo": r"Wells ?Fargo",
    "schwab": r"\bSchwab\b",
    "amex": r"American Express|\bAmex\b",
    "applecard": r"Apple Card",
    "bmo": r"\bBMO\b|Bank of Montreal",
    "td": r"\bTD\b|Toronto-Dominion",
    "lloyds": r"\bLloyds\b|\bHalifax\b|(?<!Royal )Bank of Scotland|\bTSB\b",
    "barclays": r"\bBarclays\b",
    "monzo": r"\bMonzo\b",
    "starling": r"\bStarling\b",
    "n26": r"\bN26\b",
    "dkb": r"\bDKB\b|Deutsche Kreditbank",
    "ing-de": r"\bING\b|\bING-?DiBa\b",
    "comdirect": r"\bcomdirect\b",
    "sparkasse": r"sparkasse\b",
    "volksbank": r"Volksbank|Raiffeisen|\bGLS\b",
    "bbva": r"\bBBVA\b",
    "ubs": r"\bUBS\b",
    "dbs": r"\bDBS\b|\bPOSB\b",
    "tbank": r"\bT-?Bank\b|Tinkoff|Т-Банк|Тинькофф",
}
_BANKS = {bank: re.compile(names, re.IGNORECASE | re.ASCII) for bank, names in _NAMES.items()}
_SOME_BANK = re.compile(
    r"银行|信用社|农信|农商|储蓄卡|信用卡|借记卡|bank\b|\bbanc[ao]\b|\bbanque\b|"
    r"\bche(?:ck|qu)ing\b|\b(?:debit|credit) card\b|visa|mastercard|maestro",
    re.IGNORECASE,
)
# Digital yuan is held in a wallet of its own that a bank opens: no account of that bank pays.
_DIGITAL_YUAN = re.compile(r"数字人民币|数币|e-?CNY\b", re.IGNORECASE)

# Readers that stand for a standard and not for one bank: their accounts fit any bank's name.
_OPEN_READERS = frozenset({"ofx", "qif", "camt", "mt940"})


def bank_named(words: str) -> str:
    """The reader of the bank that the words name, or nothing."""
    return next((bank for bank, names in _BANKS.items() if names.search(words)), "")


def sounds_like_bank(words: str) -> bool:
    """Whether the words speak of a bank or a bank's card, be it known or not."""
    return bool(_SOME_BANK.search(words))


def is_digital_yuan(words: str) -> bool:
    """Whether the words name a wallet of digital yuan."""
    return bool(_DIGITAL_YUAN.search(words))


def is_called(bank: str, provider: str) -> bool:
    """Whether a bank that a wallet names may be the one whose reader is `provider`."""
    return provider in _OPEN_READERS or provider not in _BANKS or bank == provider
