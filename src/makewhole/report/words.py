"""Codes as words in both languages, and figures and names as a person reads them."""

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import PurePath

from makewhole.records import (
    Entry,
    Finding,
    FindingKind,
    MatchKind,
    Movement,
    Side,
    Statement,
    Text,
)

FINDINGS = {
    FindingKind.DEBITED_UNPAID: Text("银行扣了款，钱包没付成", "Bank debited, wallet did not pay"),
    FindingKind.DEBITED_UNRECORDED: Text(
        "银行扣了款，钱包没有记录", "Bank debited, wallet has no record"
    ),
    FindingKind.CHARGED_TWICE: Text("同一笔扣了两次", "Charged twice"),
    FindingKind.SENT_NOT_ARRIVED: Text("转出了，没有到账", "Sent, did not arrive"),
    FindingKind.REFUND_NOT_ARRIVED: Text("退款没有到账", "Refund did not arrive"),
    FindingKind.REFUND_SHORT: Text("退款少了", "Refund is short"),
    FindingKind.REFUND_ANNOUNCED_NOT_SEEN: Text(
        "说要退款，没见到退款", "Refund announced, not seen"
    ),
    FindingKind.AMOUNT_DIFFERS: Text("两边金额不同", "Amounts differ"),
    FindingKind.PENDING_TOO_LONG: Text("处理中太久", "Pending too long"),
}
MATCHES = {
    MatchKind.SAME_NUMBER: Text("单号相同", "same number"),
    MatchKind.SAME_AMOUNT: Text("金额相同", "same amount"),
    MatchKind.COMBINED_FUNDING: Text("组合付款", "combined funding"),
    MatchKind.NET_OF_FEE: Text("扣除手续费", "net of fee"),
    MatchKind.NETTED: Text("扣除退款", "net of refund"),
    MatchKind.FOREIGN_CURRENCY: Text("外币", "foreign currency"),
    MatchKind.SPLIT: Text("拆成几笔", "split"),
    MatchKind.MERGED: Text("几笔合一", "merged"),
    MatchKind.REFUND: Text("退款", "refund"),
    MatchKind.REVERSAL: Text("冲正", "reversal"),
    MatchKind.CHAIN: Text("多方同一笔", "chain"),
    MatchKind.OWN_TRANSFER: Text("自己转账", "own transfer"),
}
MOVEMENTS = {
    Movement.LEFT: Text("已支出", "left"),
    Movement.ARRIVED: Text("已到账", "arrived"),
    Movement.NOTHING: Text("钱没有动", "nothing moved"),
    Movement.LEFT_AND_RETURNED: Text("支出后已退回", "left and returned"),
    Movement.UNDECIDED: Text("尚未定", "undecided"),
    Movement.UNKNOWN: Text("状态不认识", "unknown status"),
}
SIDES = {Side.WALLET: Text("钱包", "wallet"), Side.BANK: Text("银行", "bank")}

CERTAIN, LIKELY = 0.9, 0.7

# Controls, and the signs that reorder or hide text: a statement could use them to lie.
_BREAKS = re.compile("[\t\r\n\v\f\u0085\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def inert(text: str) -> str:
    """The text on one line, without anything that steers a terminal or reorders letters."""
    return _UNSEEN.sub("", _BREAKS.sub(" ", text))


def provider(code: str) -> Text:
    """A provider as people call it."""
    # Commands that draw no report load this room for its words only.
    from makewhole.statements import called

    return called().get(code) or Text(code, code)


def account(name: str) -> Text:
    """An account as people call it: its provider, and what tells it apart there."""
    code, _, own = name.partition(":")
    called = provider(code)
    return Text(f"{called.zh} {own}".rstrip(), f"{called.en} {own}".rstrip())


def confidence(value: float) -> Text:
    """How sure a finding is, in a word."""
    if value >= CERTAIN:
        return Text("确定", "certain")
    return Text("很可能", "likely") if value >= LIKELY else Text("可能", "possible")


def figure(amount: Decimal) -> str:
    """An amount with its decimals as given and grouped thousands."""
    return f"{amount:,f}"


def when(entry: Entry) -> str:
    """The day and, where the export states it, the time of day, in the export's own zone."""
    if entry.occurred_at is None:
        return entry.occurred_on.isoformat()
    return entry.occurred_at.strftime("%Y-%m-%d %H:%M:%S").removesuffix(":00")


def who(entry: Entry) -> str:
    """Whom and what a row names, in its own words; what one part repeats of another is left out."""
    told: list[str] = []
    for word in (entry.counterparty, entry.description, entry.note):
        if not any(word in other for other in told):
            told = [other for other in told if other not in word] + [word]
    return inert(" · ".join(told))


def stakes(findings: Iterable[Finding]) -> dict[str, Decimal]:
    """The money at stake in each currency, in the order of the findings."""
    sums: dict[str, Decimal] = {}
    for finding in findings:
        sums[finding.currency] = sums.get(finding.currency, Decimal(0)) + finding.amount
    return sums


def short_names(statements: Iterable[Statement]) -> dict[str, str]:
    """A name for each file: its last part where that is enough to tell the files apart."""
    files = list(dict.fromkeys(statement.file for statement in statements))
    last = [PurePath(file).name or file for file in files]
    if len(set(last)) < len(files):
        return {file: file for file in files}
    return dict(zip(files, last, strict=True))
