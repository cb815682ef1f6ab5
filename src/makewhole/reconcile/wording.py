"""Sentences about rows, in Chinese and English, that state only what the rows state."""

from decimal import Decimal

from makewhole.reconcile.book import Leg, Row, delay
from makewhole.reconcile.names import names_nobody, same_name
from makewhole.records import Entry, MatchKind, Text

_WALLETS = {
    "alipay": Text("支付宝", "Alipay"),
    "wechat": Text("微信支付", "WeChat Pay"),
    "jd": Text("京东", "JD"),
    "meituan": Text("美团", "Meituan"),
    "paypal": Text("PayPal", "PayPal"),
}
_BANKS = {
    "boc": Text("中国银行", "Bank of China"),
    "icbc": Text("工商银行", "ICBC"),
    "ccb": Text("建设银行", "CCB"),
    "citic": Text("中信银行", "CITIC"),
    "cmb": Text("招商银行", "CMB"),
}
# Readers that stand for a standard: their statements name an account and no bank.
_STANDARDS = frozenset({"ofx", "camt", "mt940"})
_SOME_BANK = Text("银行账户", "bank account")
_LONGEST_NAME = 24


def provider_name(provider: str) -> Text:
    """A provider as people call it."""
    if provider in _STANDARDS:
        return _SOME_BANK
    known = _WALLETS.get(provider) or _BANKS.get(provider)
    return known or Text(provider, provider)


def account_words(entry: Entry) -> Text:
    """The account that a row stands on, by provider and card tail."""
    name = provider_name(entry.provider)
    return Text(f"{name.zh}({entry.card})", f"{name.en} ({entry.card})") if entry.card else name


def when(entry: Entry) -> str:
    """Day and, where stated, time of day, in the zone of the export."""
    at = entry.occurred_at
    return at.strftime("%Y-%m-%d %H:%M:%S") if at else entry.occurred_on.isoformat()


def amount(value: Decimal, currency: str) -> str:
    """An absolute amount with its currency."""
    return f"{abs(value):f} {currency}"


def party(entry: Entry) -> str:
    """The other party in the words of the export, cut to a readable length.

    Banks often name the payment company as the account holder and the shop elsewhere.
    """
    names = [entry.counterparty, entry.description]
    name = next((each for each in names if each and not names_nobody(each)), "")
    name = name or entry.counterparty or entry.description
    return name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"


def of(entry: Entry) -> Text:
    """One row in a few words: when, how much, with whom."""
    money = amount(entry.amount, entry.currency)
    name = party(entry)
    return Text(
        f"{when(entry)} {money}（{name}）" if name else f"{when(entry)} {money}",
        f"{money} on {when(entry)} ({name})" if name else f"{money} on {when(entry)}",
    )


def why_paired(leg: Leg, row: Row, kind: MatchKind) -> Text:
    """Which fields of a leg and a row agreed, and by how much."""
    days = delay(leg, row)
    parts = [_amounts(leg, row, kind), _delay(days, timed=_timed(leg, row)), _account(leg, row)]
    if row.channel and row.channel in leg.channels:
        name = provider_name(row.channel)
        parts.append(Text(f"银行行写明{name.zh}", f"the bank's row names {name.en}"))
    if same_name(leg.name, row.text):
        parts.append(Text("对方名称相符", "the other party's name agrees"))
    return joined(parts)


def joined(parts: list[Text]) -> Text:
    """Several remarks as one."""
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def _timed(leg: Leg, row: Row) -> bool:
    return leg.at is not None and row.at is not None


_MINUTES_A_DAY = 1440


def _delay(days: float, *, timed: bool) -> Text:
    if timed and abs(days) < 1:
        minutes = round(abs(days) * _MINUTES_A_DAY)
        return Text(f"时间相差 {minutes} 分钟", f"{minutes} minutes apart")
    whole = round(days)
    if whole == 0:
        return Text("同一天", "the same day")
    if whole < 0:
        return Text(f"银行早 {-whole} 天", f"the bank {-whole} day(s) earlier")
    return Text(f"银行晚 {whole} 天", f"the bank {whole} day(s) later")


def _amounts(leg: Leg, row: Row, kind: MatchKind) -> Text:
    theirs = amount(row.entry.amount, row.entry.currency)
    if kind is MatchKind.SAME_NUMBER:
        return Text(f"单号相同，金额 {theirs}", f"the same order number, amount {theirs}")
    if abs(row.amount) == abs(leg.amount) and row.entry.currency == leg.entry.currency:
        return Text(f"金额相同 {theirs}", f"the same amount {theirs}")
    ours = amount(leg.entry.amount, leg.entry.currency)
    return Text(f"钱包 {ours}，银行 {theirs}", f"wallet {ours}, bank {theirs}")


def _account(leg: Leg, row: Row) -> Text:
    words = account_words(row.entry)
    if leg.sure:
        return Text(f"卡号尾号对应 {words.zh}", f"the card tail is that of {words.en}")
    if leg.label:
        return Text(f"付款方式“{leg.label}”可对应 {words.zh}", f"“{leg.label}” may be {words.en}")
    return Text(f"账单没有写付款卡，按 {words.zh}", f"no card is named; on {words.en}")


GROUPS = {
    MatchKind.SPLIT: Text("一笔分成几笔入账，合计相符", "booked in several parts, the sum agrees"),
    MatchKind.MERGED: Text("几笔合成一笔入账，合计相符", "booked as one, the sum agrees"),
    MatchKind.COMBINED_FUNDING: Text(
        "组合付款，银行只付其中一部分", "combined funding, the bank paid a part"
    ),
    MatchKind.NET_OF_FEE: Text("到账金额已扣手续费", "the fee was kept back"),
    MatchKind.FOREIGN_CURRENCY: Text("银行以另一币种入账", "booked in another currency"),
}
