"""Currency words into ISO 4217 codes; a word that is not in the table is refused, never guessed."""

import re
import unicodedata

from makewhole.statements.values import Refused, clean

_ISO_4217 = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL "
    "GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF "
    "KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
    "MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD "
    "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
_CODES = frozenset(_ISO_4217.split())
_WORDS = {
    "CNY": ("RMB", "人民币", "人民币元", "元"),
    "USD": ("美元", "美金"),
    "HKD": ("港币", "港元", "港币元", "港幣"),
    "JPY": ("日元", "日圆", "日币"),
    "EUR": ("欧元",),
    "GBP": ("英镑",),
    "AUD": ("澳元", "澳大利亚元"),
    "CAD": ("加元", "加拿大元"),
    "SGD": ("新加坡元", "新加坡币"),
    "CHF": ("瑞士法郎", "瑞郎"),
    "MOP": ("澳门元", "澳门币"),
    "TWD": ("新台币", "台币"),
    "KRW": ("韩元", "韩国元", "韩币"),
    "THB": ("泰铢", "泰国铢"),
    "NZD": ("新西兰元", "纽元"),
    "RUB": ("卢布", "俄罗斯卢布"),
    "SEK": ("瑞典克朗",),
    "DKK": ("丹麦克朗",),
    "NOK": ("挪威克朗",),
    "MYR": ("林吉特", "马来西亚林吉特"),
    "PHP": ("菲律宾比索",),
    "IDR": ("印尼卢比", "印度尼西亚卢比"),
    "INR": ("印度卢比",),
    "VND": ("越南盾",),
    "AED": ("阿联酋迪拉姆",),
    "SAR": ("沙特里亚尔",),
    "ZAR": ("南非兰特",),
    "BRL": ("巴西雷亚尔", "巴西里亚尔"),
    "TRY": ("土耳其里拉",),
    "MXN": ("墨西哥比索",),
    "KZT": ("坚戈", "哈萨克斯坦坚戈"),
}
_CODE_OF = {word: code for code, words in _WORDS.items() for word in words}
_IN_TEXT = re.compile("|".join(sorted((word for word in _CODE_OF if len(word) > 1), key=len)[::-1]))
# Banknotes and remittances are two accounts in one currency.
_CASH_OR_REMITTANCE = {"钞", "汇", "现钞", "现汇", "CASH", "REMIT"}


def known_currency(cell: str) -> str | None:
    """The code that a cell means, or None where it holds no known word or contradicts itself."""
    text = unicodedata.normalize("NFKC", clean(cell)).upper()
    parts = [part for part in re.split(r"[\s()\[\]/_-]+", text) if part]
    codes = {_code(part) for part in parts if part not in _CASH_OR_REMITTANCE}
    return codes.pop() if len(codes) == 1 else None


def currency(cell: str) -> str:
    """The ISO 4217 code of a currency word or code. Raises `Refused` for a word it cannot place."""
    code = known_currency(cell)
    if code is None:
        text = clean(cell)[:40]
        raise Refused(f"币种无法识别：{text!r}", f"unknown currency: {text!r}")
    return code


def currencies_named(text: str) -> frozenset[str]:
    """The codes of all currencies that running text calls by a Chinese name."""
    return frozenset(_CODE_OF[word] for word in _IN_TEXT.findall(text))


def _code(part: str) -> str | None:
    return part if part in _CODES else _CODE_OF.get(part)
