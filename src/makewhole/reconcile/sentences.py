"""What is said about leftovers, in Chinese and English; every sentence states only rows' facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from makewhole.reconcile.book import Leg, Want
from makewhole.reconcile.names import funding_of
from makewhole.reconcile.wording import (
    account_words,
    ahead,
    amount,
    apart,
    count,
    of,
    provider_name,
    spaced,
    when,
)
from makewhole.records import Coverage, Entry, Kind, Text


@dataclass(frozen=True, slots=True)
class Said:
    """What was observed, and what would settle it."""

    sentence: Text
    settles: Text


def debited_unpaid(
    failed: Entry, payment: Entry, debit: Entry, returned: Decimal, last: date
) -> Said:
    """The wallet says that a payment failed; the bank debited it all the same."""
    bank, wallet, paid = account_words(debit), provider_name(failed.provider), of(payment)
    money = amount(debit.amount, debit.currency)
    back = amount(returned, debit.currency)
    rest = amount(abs(debit.amount) - returned, debit.currency)
    end = (
        Text(f"只退回了 {back.zh}，还差 {rest.zh}", f"{back.en} came back, {rest.en} did not")
        if returned
        else Text(f"账单到 {last} 为止没有退回", f"no credit gives it back up to {last}")
    )
    return Said(
        Text(
            f"{wallet.zh}：{paid.zh}的状态是“{failed.status_word}”；"
            f"{ahead(bank.zh)}却在 {when(debit)} 扣了 {money.zh}，{end.zh}。",
            f"{wallet.en} says “{failed.status_word}” for {paid.en}, yet {bank.en} debited "
            f"{money.en} on {when(debit)}; {end.en}.",
        ),
        Text(
            "钱包客服按订单号查这笔的支付结果和退款流水",
            "the wallet's support can look up this order's result and refund by its number",
        ),
    )


def charged_twice(payment: Entry, one: Entry, other: Entry) -> Said:
    """One payment in the wallet, two debits at the bank."""
    bank, wallet, paid = account_words(other), provider_name(payment.provider), of(payment)
    money = amount(other.amount, other.currency)
    first, second = sorted((when(one), when(other)))
    days = (
        Text(f"在 {first} 扣了两次 {money.zh}", f"debited {money.en} twice on {first}")
        if first == second
        else Text(
            f"在 {first} 和 {second} 各扣了 {money.zh}",
            f"debited {money.en} on {first} and again on {second}",
        )
    )
    return Said(
        Text(
            f"{ahead(wallet.zh)}只有一笔：{paid.zh}；{ahead(bank.zh)}却{days.zh}。",
            f"{wallet.en} shows one payment, {paid.en}; {bank.en} {days.en}.",
        ),
        Text(
            "两行银行流水各自的交易号：如果只对应一个订单，多扣的一笔应当退回",
            "the transaction numbers of the two bank rows: if both belong to one order, one of "
            "them is owed back",
        ),
    )


def amount_differs(payment: Entry, debit: Entry) -> Said:
    """Both sides show the payment, with different amounts."""
    bank, wallet, paid = account_words(debit), provider_name(payment.provider), of(payment)
    gap = abs(debit.amount) - abs(payment.amount)
    money, more = amount(debit.amount, debit.currency), gap > 0
    size = amount(gap, debit.currency)
    than = spaced(wallet.zh)
    return Said(
        Text(
            f"{ahead(wallet.zh)}记的是 {paid.zh}；{ahead(bank.zh)}在 {when(debit)} "
            f"扣了 {money.zh}，比{than}{'多' if more else '少'} {size.zh}。",
            f"{wallet.en} shows {paid.en}; {bank.en} debited {money.en} on {when(debit)}, "
            f"{size.en} {'more' if more else 'less'} than {wallet.en} shows.",
        ),
        Text("商户订单上写的实付金额", "the amount that the merchant's order says was paid"),
    )


def debited_unrecorded(debit: Entry, wallet_name: str) -> Said:
    """The bank debited for a wallet that knows nothing of it."""
    bank, wallet, row = account_words(debit), provider_name(wallet_name), of(debit)
    return Said(
        Text(
            f"{ahead(bank.zh)}有一笔经{spaced(wallet.zh)}的扣款：{row.zh}；"
            f"{ahead(wallet.zh)}的账单覆盖这段时间，却没有这一笔。",
            f"{bank.en} debited {row.en} through {wallet.en}; {wallet.en}'s export covers that "
            "time and has no such row.",
        ),
        Text(
            "在钱包里按金额和日期搜索；或凭银行流水里的商户订单号，请客服查是哪笔交易",
            "a search by amount and day in the wallet; or the bank's merchant order number, by "
            "which support can find the payment",
        ),
    )


def refund_short(refund: Entry, arrived: Sequence[Entry], missing: Decimal) -> Said:
    """The bank was credited less than the wallet refunded."""
    first = arrived[0]
    bank, wallet, row = account_words(first), provider_name(refund.provider), of(refund)
    gap = amount(missing, first.currency)
    came = [(when(each), amount(each.amount, each.currency)) for each in arrived]
    zh = "、".join(f"{day} 入账 {money.zh}" for day, money in came)
    en = " and ".join(f"{money.en} on {day}" for day, money in came)
    return Said(
        Text(
            f"{ahead(wallet.zh)}退款 {row.zh}；{ahead(bank.zh)}只在 {zh}，还差 {gap.zh}。",
            f"{wallet.en} refunded {row.en}; {bank.en} was credited only {en}, {gap.en} short.",
        ),
        Text(
            "凭钱包的退款流水号请银行查入账金额",
            "the bank can look up the credited amount by the wallet's refund number",
        ),
    )


def not_arrived(leg: Leg, account: Entry, last: date) -> Said:
    """The wallet sent money to the bank, whose statement does not show it up to `last`."""
    bank = account_words(account)
    none = Text(
        f"；{ahead(bank.zh)}的账单到 {last} 为止没有这笔入账。",
        f"; the statement of {bank.en} shows no such credit up to {last}.",
    )
    return Said(
        _sent(leg) + none,
        Text(
            "凭钱包给出的退款或提现流水号，银行能查到是否入账",
            "the bank can tell by the wallet's refund or payout number whether it came",
        ),
    )


def _sent(leg: Leg) -> Text:
    """What the wallet says of money on its way to the bank, and to which account it went."""
    entry = leg.entry
    wallet, row = provider_name(entry.provider), of(entry)
    shows = Text(f"{ahead(wallet.zh)}显示 {row.zh}", f"{wallet.en} shows")
    target = leg.label if funding_of(leg.label).sources else ""
    to = Text(f"到“{target}”", f" to “{target}”") if target else Text("", "")
    if leg.want is Want.REFUND:
        return shows + Text(f"已退{to.zh or '款'}", f" a refund of {row.en}{to.en}")
    if entry.kind is Kind.INCOME:
        into = Text(f"，收款账户“{target}”", f" in “{target}”") if target else to
        return shows + Text(f"已收款{into.zh}", f" {row.en} as received{into.en}")
    said = Text("", "")
    if entry.status_word:
        said = Text(f"，状态“{entry.status_word}”", f" with status “{entry.status_word}”")
    due = _due(leg)
    return Text(
        f"{shows.zh}已转{to.zh or '出'}{said.zh}{due.zh}",
        f"{wallet.en} sent {row.en}{to.en}{said.en}{due.en}",
    )


def _due(leg: Leg) -> Text:
    """What should have come, where a fee was kept back."""
    if not leg.entry.fee:
        return Text("", "")
    money = amount(leg.money, leg.entry.currency)
    fee = amount(leg.entry.fee, leg.entry.currency)
    return Text(
        f"，扣除服务费 {fee.zh}后应到账 {money.zh}",
        f", {money.en} due after a fee of {fee.en}",
    )


def refund_not_seen(purchase: Entry, unseen: Decimal, shown: Decimal, *, at_bank: bool) -> Said:
    """A purchase row announces a refund that neither refund rows nor the bank show."""
    wallet, row = provider_name(purchase.provider), of(purchase)
    gap, seen = amount(unseen, purchase.currency), amount(shown, purchase.currency)
    where = (
        Text("钱包里没有退款行，银行也没有入账", "neither a refund row nor a credit at the bank")
        if at_bank
        else Text("钱包里没有对应的退款行", "no refund row in the wallet")
    )
    if shown:
        end = Text(
            f"只见到退款 {seen.zh}，还差 {gap.zh}", f"refunds of {seen.en} are seen, {gap.en} short"
        )
    else:
        end = Text(
            f"但没有见到 {gap.zh}的退款：{where.zh}", f"no refund of {gap.en} is seen: {where.en}"
        )
    return Said(
        Text(
            f"{wallet.zh}：{row.zh}的状态是“{purchase.status_word}”，{end.zh}。",
            f"{wallet.en} says “{purchase.status_word}” for {row.en}; {end.en}.",
        ),
        Text(
            "账单详情里的退款进度：退到哪里、什么时候",
            "the refund progress in the bill's details: where to, and when",
        ),
    )


def pending_too_long(entry: Entry, known: date, *, debited: bool) -> Said:
    """A row that was not settled on the day for which its export speaks."""
    name, row = account_words(entry), of(entry)
    days = (known - entry.occurred_on).days
    taken = Text("，银行已经扣款", ", and the bank has debited it") if debited else Text("", "")
    return Said(
        Text(
            f"{name.zh}：{row.zh}到 {known} 仍是“{entry.status_word}”，已经 {days} 天{taken.zh}。",
            f"{name.en} shows {row.en}; on {known}, after {count(days, 'day')}, it still said "
            f"“{entry.status_word}”{taken.en}.",
        ),
        Text(
            "重新导出一份账单，看状态是否已经变了",
            "a new export shows whether the status has changed",
        ),
    )


def reversed_after(days: int) -> Text:
    """Why a debit and a credit cancel out."""
    return Text(
        f"银行扣款后原额退回，{apart(days).zh}",
        f"the bank gave the full amount back, {apart(days).en}",
    )


def may_be_returned() -> Text:
    """Why a debit for a failed payment is not a finding yet."""
    return Text(
        "支付没有成功，银行通常会自动退回", "the payment failed; banks usually give the money back"
    )


def not_booked_yet(last: date) -> Text:
    """Why money is in transit."""
    return Text(f"银行账单到 {last} 为止还没有这笔", f"not on the bank's statement up to {last}")


def not_settled_yet(entry: Entry) -> Text:
    """Why a pending row is in transit."""
    return Text(
        f"状态是“{entry.status_word}”，还没有结果",
        f"the status is “{entry.status_word}”, not settled yet",
    )


def another_wallet(account: str, channel: str, debits: int) -> Coverage:
    """A note for many debits of a wallet whose export knows few of the account's."""
    wallet = provider_name(channel)
    note = Text(
        f"有 {debits} 笔经{spaced(wallet.zh)}的扣款不在这份账单里，多半属于绑了同一张卡的另一个"
        f"{spaced(wallet.zh).lstrip()}账户，没有据此下结论",
        f"{debits} debits for {wallet.en} are not in this export of {wallet.en}; most likely "
        f"another {wallet.en} account uses the card too, so nothing was concluded",
    )
    return Coverage(account=account, starts_on=None, ends_on=None, note=note)


def one_of(rows: int) -> Text:
    """A caveat where any of several rows may be the open one."""
    return Text(
        f"没有着落的是 {rows} 行中的一行，不一定是列出的这一行",
        f"one of {rows} rows is open, not necessarily the one shown",
    )


DELETED = Text(
    "钱包账单不含已删除的记录，请先确认这笔没有被删过",
    "wallet exports leave out deleted bills; make sure that this one was not deleted",
)
OTHER_OWNER = Text(
    "如果家人的同一钱包也绑了这张卡，这笔可能是家人的",
    "if a family member's wallet uses this card too, the payment may be theirs",
)
MAYBE_BY_CARD = Text(
    "银行没有写明经钱包扣款，也可能是直接刷卡",
    "the bank does not name the wallet; the card itself may have been used",
)
DATE_ONLY = Text("银行账单只有日期，没有时刻", "the bank's statement has dates and no times")
WEAK_LINK = Text(
    "钱包没有写出完整的卡号，这里假定就是这份银行账单的账户",
    "the wallet does not name the card in full; it is taken to be the account of this statement",
)
NO_BANK = Text(
    "没有这个付款方式的账单，只依据钱包自己的记录",
    "there is no statement of that funding source; this rests on the wallet's own rows",
)
MAYBE_DISCOUNT = Text("差额可能是银行的优惠立减", "the difference may be a discount by the bank")
STATUS_AGED = Text(
    "状态以导出账单那天为准，之后可能已经变了",
    "the status is of the day of export and may have changed since",
)
MAY_STILL_RETURN = Text(
    "银行可能还会自动退回，账单还没到那一天",
    "the bank may still return it by itself; the statement ends before that",
)
REST_MAY_COME = Text(
    "余下的可能还在路上，账单还没到那一天",
    "the rest may still be on its way; the statement ends before that",
)
