"""Sentences about rows, in Chinese and English, that state only what the rows state."""

from decimal import Decimal

from makewhole.reconcile.book import Leg, Row, delay
from makewhole.reconcile.names import same_name
from makewhole.records import Entry, FindingKind, MatchKind, Text

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
_LONGEST_NAME = 24


def provider_name(provider: str) -> Text:
    """A provider as people call it."""
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
    """The other party in the words of the export, cut to a readable length."""
    name = entry.counterparty or entry.description
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

TITLES = {
    FindingKind.DEBITED_UNPAID: Text("扣了款但支付未成功", "debited although the payment failed"),
    FindingKind.DEBITED_UNRECORDED: Text("银行扣款，钱包没有记录", "debited without a record"),
    FindingKind.CHARGED_TWICE: Text("同一笔扣了两次", "charged twice"),
    FindingKind.SENT_NOT_ARRIVED: Text("转出未到账", "sent and not arrived"),
    FindingKind.REFUND_NOT_ARRIVED: Text("退款未到账", "refund not arrived"),
    FindingKind.REFUND_SHORT: Text("退款少了", "refund short"),
    FindingKind.REFUND_ANNOUNCED_NOT_SEEN: Text("说已退款但没见到", "refund announced, not seen"),
    FindingKind.AMOUNT_DIFFERS: Text("两边金额不同", "amounts differ"),
    FindingKind.PENDING_TOO_LONG: Text("待处理太久", "pending too long"),
}

DELETED = Text(
    "钱包账单不含已删除的记录，请先在 App 里查一下是否删过这笔",
    "wallet exports leave out deleted bills; check in the app whether this one was deleted",
)
OTHER_OWNER = Text(
    "如果家人的同一钱包也绑了这张卡，这笔可能是家人的",
    "if a family member's wallet uses this card, the payment may be theirs",
)
DATE_ONLY = Text("银行账单只有日期没有时刻", "the bank's statement has dates and no times")
WEAK_LINK = Text(
    "钱包没有写全卡号，假定就是这份银行账单的账户",
    "the wallet does not name the card in full; it is taken to be the account of this statement",
)
NO_BANK = Text(
    "没有这个付款方式的账单，只依据钱包自己的记录",
    "there is no statement of that funding source; this rests on the wallet's own rows",
)
MAYBE_DISCOUNT = Text("差额可能是银行的优惠立减", "the difference may be a discount by the bank")
STATUS_AGED = Text(
    "状态是导出账单那天的，之后可能已变", "the status is of the day of export and may have changed"
)


def one_of(count: int) -> Text:
    """A caveat for rows that nobody could tell apart."""
    return Text(
        f"有 {count} 行无法区分，缺的是其中一行，不一定是列出的这行",
        f"{count} rows cannot be told apart: one of them is open, not necessarily the one shown",
    )
