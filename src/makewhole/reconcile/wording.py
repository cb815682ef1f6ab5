"""Sentences about rows, in Chinese and English, that state only what the rows state."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal

from makewhole.reconcile.book import Leg, Row, delay
from makewhole.reconcile.names import funding_of, names_nobody, same_name
from makewhole.records import Entry, MatchKind, Side, Text

# Wallets that banks name and that have no reader.
_UNREAD = {"twint": Text("TWINT", "TWINT"), "other": Text("另一个钱包", "another wallet")}
_LONGEST_NAME = 24

# How providers are called is one thing for a whole scan, and every sentence asks for it.
_CALLED: ContextVar[Mapping[str, Text]] = ContextVar("called", default={})  # noqa: B039


@contextmanager
def calling(names: Mapping[str, Text]) -> Iterator[None]:
    """Call providers by these names as long as it lasts."""
    before = _CALLED.set(names)
    try:
        yield
    finally:
        _CALLED.reset(before)


def provider_name(provider: str) -> Text:
    """A provider as people call it; its code where nobody said."""
    return _CALLED.get().get(provider) or _UNREAD.get(provider) or Text(provider, provider)


def account_words(entry: Entry) -> Text:
    """The account that a row stands on, by provider and card tail."""
    name = provider_name(entry.provider)
    return Text(f"{name.zh}({entry.card})", f"{name.en} ({entry.card})") if entry.card else name


def when(entry: Entry) -> str:
    """Day and, where stated, time of day, in the zone of the export."""
    at = entry.occurred_at
    return at.strftime("%Y-%m-%d %H:%M:%S") if at else entry.occurred_on.isoformat()


def amount(value: Decimal, currency: str) -> Text:
    """An absolute amount with its currency, as each language writes it."""
    size = f"{abs(value):f}"
    return Text(f"{size} 元" if currency == "CNY" else f"{size} {currency}", f"{size} {currency}")


def count(number: int, unit: str) -> str:
    """A number with an English unit, plural where it is not one."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def ahead(zh: str) -> str:
    """A name before Chinese text, set off by a blank where it is Latin."""
    return f"{zh} " if zh[-1:].isascii() and zh[-1:].isalnum() else zh


def spaced(zh: str) -> str:
    """A name inside Chinese text: Latin letters are set off by blanks, Chinese is not."""
    return f"{' ' if zh[:1].isascii() else ''}{ahead(zh)}"


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
        f"{when(entry)} 的 {money.zh}（{name}）" if name else f"{when(entry)} 的 {money.zh}",
        f"{money.en} on {when(entry)} ({name})" if name else f"{money.en} on {when(entry)}",
    )


def why_paired(legs: Sequence[Leg], rows: Sequence[Row], kind: MatchKind) -> Text:
    """Which fields of legs and rows agreed, and by how much."""
    leg, row = legs[0], rows[0]
    remarks = [_amounts(legs, rows, kind), _delay(leg, row), _account(leg, row)]
    if row.channel and row.channel in leg.channels:
        remarks.append(_named(row))
    if same_name(leg.name, row.text):
        remarks.append(Text("对方名称相符", "the other party's name agrees"))
    return joined([*([GROUPS[kind]] if kind in GROUPS else []), *remarks])


def joined(parts: Sequence[Text]) -> Text:
    """Several remarks as one."""
    return Text(
        "；".join(part.zh for part in parts if part.zh),
        "; ".join(part.en for part in parts if part.en),
    )


def apart(days: int) -> Text:
    """How many days lie between two rows."""
    if days == 0:
        return Text("同一天", "the same day")
    return Text(f"相差 {abs(days)} 天", f"{count(abs(days), 'day')} apart")


_MINUTES_A_DAY = 1440


def _delay(leg: Leg, row: Row) -> Text:
    days = delay(leg, row)
    if leg.at is not None and row.at is not None and abs(days) < 1:
        minutes = int(abs(days) * _MINUTES_A_DAY)
        if not minutes:
            return Text("时间相差不到 1 分钟", "less than a minute apart")
        return Text(f"时间相差 {minutes} 分钟", f"{count(minutes, 'minute')} apart")
    whole = round(days)
    if whole == 0:
        return apart(0)
    if whole < 0:
        return Text(f"银行早 {-whole} 天", f"the bank {count(-whole, 'day')} earlier")
    return Text(f"银行晚 {whole} 天", f"the bank {count(whole, 'day')} later")


def _amounts(legs: Sequence[Leg], rows: Sequence[Row], kind: MatchKind) -> Text:
    ours = _sum([amount(leg.money, leg.entry.currency) for leg in legs])
    theirs = _sum([amount(row.entry.amount, row.entry.currency) for row in rows])
    if kind is MatchKind.SAME_NUMBER:
        return Text(f"单号相同，金额 {theirs.zh}", f"the same order number, amount {theirs.en}")
    if len(legs) == len(rows) == 1 and _is_same(legs[0], rows[0].entry):
        return Text(f"金额相同 {theirs.zh}", f"the same amount {theirs.en}")
    return Text(f"钱包 {ours.zh}，银行 {theirs.zh}", f"wallet {ours.en}, bank {theirs.en}")


def _is_same(leg: Leg, row: Entry) -> bool:
    """Whether both sides name one amount, with or without decimals."""
    return leg.money == abs(row.amount) and leg.entry.currency == row.currency


def _sum(money: Sequence[Text]) -> Text:
    return Text("＋".join(each.zh for each in money), " + ".join(each.en for each in money))


def _named(row: Row) -> Text:
    name = provider_name(row.channel)
    if row.entry.side is Side.BANK:
        return Text(f"银行行写明{spaced(name.zh)}", f"the bank's row names {name.en}")
    payer = provider_name(row.entry.provider)
    return Text(f"{payer.zh}那一行写明{spaced(name.zh)}", f"the row of {payer.en} names {name.en}")


def _account(leg: Leg, row: Row) -> Text:
    words = account_words(row.entry)
    if row.entry.side is Side.WALLET:
        return Text("", "")
    if row.account not in leg.accounts:
        return Text(
            f"同一份账单的另一张卡 {words.zh}", f"another card of the same bill, {words.en}"
        )
    if leg.sure:
        return Text(f"卡号尾号对应{spaced(words.zh)}", f"the card tail is that of {words.en}")
    if funding_of(leg.label).sources:
        return Text(
            f"付款方式“{leg.label}”可对应{spaced(words.zh)}", f"“{leg.label}” may be {words.en}"
        )
    return Text(f"账单没有写付款卡，按{spaced(words.zh)}", f"no card is named; on {words.en}")


GROUPS = {
    MatchKind.SPLIT: Text("一笔分成几笔入账，合计相符", "booked in several parts, the sum agrees"),
    MatchKind.MERGED: Text("几笔合在一起入账，合计相符", "booked together, the sums agree"),
    MatchKind.COMBINED_FUNDING: Text("银行只付其中一部分", "the bank paid a part of it"),
    MatchKind.NETTED: Text("扣款时已减去当天的退款", "debited less the refund of the same day"),
    MatchKind.NET_OF_FEE: Text("到账金额已扣手续费", "the fee was kept back"),
    MatchKind.FOREIGN_CURRENCY: Text("银行以另一币种入账", "booked in another currency"),
}
