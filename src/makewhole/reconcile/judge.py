"""What is left over after pairing, judged: a finding with its proof, in transit, or a note."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from math import log

from makewhole.reconcile import calendar, wording
from makewhole.reconcile.book import Book, Leg, Row, Want, delay, named_sources
from makewhole.reconcile.legs import refund_passed_on
from makewhole.reconcile.links import Links
from makewhole.reconcile.names import is_payout, names_nobody, same_name
from makewhole.reconcile.pairing import Pairing, gives_back
from makewhole.reconcile.refunds import Refunds
from makewhole.records import (
    Entry,
    Finding,
    FindingKind,
    InTransit,
    Kind,
    Match,
    MatchKind,
    Movement,
    Side,
    Text,
)

# Wallets whose exports list every payment, so that a missing row means something.
_RECORDING = frozenset({"alipay", "wechat", "paypal", "jd"})
# Payment companies also serve others, and credit lines are settled outside the list of orders.
_NOT_RECORDED = re.compile(r"白条|金条|花呗|借呗|还款|保险|金融|理财|小贷|月付")
_SHADOW_DAYS = 3
_TWIN_DAYS = 2
_HABIT = 3
_HABIT_DAYS = 15
_MINUTES = 1 / 1440
_TWIN_MINUTES = 30 * _MINUTES
_DIFFERS_DAYS = 3
_DIFFERS_MINUTES = 10 * _MINUTES
_LARGEST_RATIO = 2.0
_LARGEST_UNNAMED = 1.5
_SHORTEST_UNNAMED = 3.0
_LARGEST_MISNAMED = 1.35
_SYSTEMATIC = 3
_LONG_AFTER = timedelta(days=30)
_PROMPT = {"wechat": 3}


class Judge:
    """Turns leftovers into findings, one kind after the other; each row serves one finding."""

    def __init__(
        self, book: Book, pairing: Pairing, links: Links, refunds: Refunds, as_of: date
    ) -> None:
        self.book = book
        self.pairing = pairing
        self.links = links
        self.refunds = refunds
        self.as_of = as_of
        self.matches: list[Match] = []
        self.findings: list[Finding] = []
        self.in_transit: list[InTransit] = []
        self._reversed: set[Row] = set()
        self._twins: dict[tuple[str, str, int], list[Row]] = {}
        for row in pairing.rows:
            self._twins.setdefault((row.account, row.entry.currency, row.amount), []).append(row)

    def judge(self) -> None:
        """All findings, in the order in which kinds may claim rows."""
        debits = [row for row in self.pairing.rows if not row.taken and row.amount < 0]
        self._reversals(debits)
        self._unpaid()
        for debit in debits:
            self._twice(debit)
        self._short()
        self._differing(debits)
        for debit in debits:
            self._unrecorded(debit)
        for leg in self.pairing.free_legs(Want.REFUND, Want.PAYOUT):
            self._missing(leg)
        self._announced()
        self._pending()
        for leg in self.pairing.free_legs(Want.DEBIT):
            if self.links.trusted(leg):
                self._transit(leg)

    # Debits on the bank's side.

    def _unpaid(self) -> None:
        for pair in self.pairing.pairs:
            leg, debit = pair.legs[0], pair.rows[0]
            if leg.want is not Want.SHADOW:
                continue
            if debit in self._reversed:
                continue
            late = calendar.late_from(debit.day, calendar.BOOKING_DAYS, debit.entry.currency)
            if self.as_of < late:
                self._not_yet_returned(debit, late)
            else:
                self._debited_unpaid(leg, debit)

    def _not_yet_returned(self, debit: Row, late: date) -> None:
        why = Text(
            f"支付没有成功，银行通常会在 {late} 前退回",
            f"the payment failed; the bank usually gives the money back before {late}",
        )
        self.in_transit.append(
            InTransit(
                entry=debit.entry.id,
                amount=abs(debit.entry.amount),
                currency=debit.entry.currency,
                late_from=late,
                why=why,
            )
        )

    def _debited_unpaid(self, leg: Leg, debit: Row) -> None:
        entry = leg.entry
        bank = wording.account_words(debit.entry)
        wallet = wording.provider_name(entry.provider)
        paid = wording.of(self._subject(entry))
        close = leg.at is not None and debit.at is not None and abs(delay(leg, debit)) < 1 / 24
        twins = self._alike(debit)
        caveats = [wording.STATUS_AGED]
        if debit.at is None:
            caveats.append(wording.DATE_ONLY)
        if not self._window_over(debit, calendar.REFUND_DAYS):
            caveats.append(
                Text(
                    "银行可能还会自动退回，账单还没到那一天",
                    "the bank may still return it by itself; the statement ends before that",
                )
            )
        self._add(
            FindingKind.DEBITED_UNPAID,
            debit.entry.amount,
            debit.entry.currency,
            (*self._proof(entry), debit.entry),
            Text(
                f"{wallet.zh} {paid.zh} 状态是“{entry.status_word}”，没有付成，"
                f"但{bank.zh}在 {wording.when(debit.entry)} 扣了 "
                f"{wording.amount(debit.entry.amount, debit.entry.currency)}，之后没有退回。",
                f"{wallet.en} says “{entry.status_word}” for {paid.en}, yet {bank.en} "
                f"debited {wording.amount(debit.entry.amount, debit.entry.currency)} on "
                f"{wording.when(debit.entry)} and nothing came back.",
            ),
            0.96 if close else 0.9 if debit.channel == entry.provider else 0.75,
            Text(
                "钱包客服按订单号查这笔的支付结果和退款流水",
                "the wallet's support can look up this order's result and refund by its number",
            ),
            caveats,
            twins,
        )

    def _reversals(self, free: Sequence[Row]) -> None:
        """Match each credit that gives a debit back with the nearest debit it may give back."""
        failed = {
            pair.rows[0]: pair.legs[0].entry
            for pair in self.pairing.pairs
            if pair.legs[0].want is Want.SHADOW
        }
        candidates = sorted(
            (
                (abs((credit.day - debit.day).days), debit.key, credit.key, debit, credit)
                for debit in (*failed, *free)
                for credit in self._rows_like(debit.account, debit.entry.currency, -debit.amount)
                if gives_back(credit, debit)
            ),
            key=lambda each: each[:3],
        )
        for _days, _debit_key, _credit_key, debit, credit in candidates:
            if debit not in self._reversed and not credit.taken:
                self._reversed.add(debit)
                debit.taken = credit.taken = True
                self._reverse(debit, credit, failed.get(debit))

    def _rows_like(self, account: str, currency: str, amount: int) -> list[Row]:
        return self._twins.get((account, currency, amount), [])

    def _reverse(self, debit: Row, back: Row, failed: Entry | None) -> None:
        names = [entry.id for entry in (failed, debit.entry, back.entry) if entry]
        days = (back.day - debit.day).days
        why = Text(
            f"银行扣款后 {days} 天原额退回",
            f"the bank returned the full amount {days} day(s) after the debit",
        )
        self.matches.append(Match(tuple(names), MatchKind.REVERSAL, why))

    def _twice(self, debit: Row) -> None:
        if debit.taken or not debit.channel:
            return
        twins = [
            row
            for row in self._rows_like(debit.account, debit.entry.currency, debit.amount)
            if row is not debit and row.taken and self._is_twin(debit, row)
        ]
        paired = [(row, leg) for row in twins if (leg := self._leg_of(row))]
        if not paired or not self._recorded(debit, [leg.entry.account for _row, leg in paired]):
            return
        twin, leg = min(paired, key=lambda each: (abs(_apart(debit, each[0])), each[0].key))
        debit.taken = True
        bank = wording.account_words(debit.entry)
        wallet = wording.provider_name(leg.entry.provider)
        paid = wording.of(self._subject(leg.entry))
        money = wording.amount(debit.entry.amount, debit.entry.currency)
        same_time = debit.at is not None or debit.day == twin.day
        caveats = [wording.DELETED] if debit.at is None else []
        if debit.at is None:
            caveats.append(wording.DATE_ONLY)
        self._add(
            FindingKind.CHARGED_TWICE,
            debit.entry.amount,
            debit.entry.currency,
            (*self._proof(leg.entry), twin.entry, debit.entry),
            Text(
                f"{wallet.zh} {paid.zh} "
                f"只有一笔，{bank.zh}却在 {wording.when(twin.entry)} 和 "
                f"{wording.when(debit.entry)} 各扣了 {money}。",
                f"{wallet.en} shows one payment, {paid.en}; {bank.en} debited {money} both on "
                f"{wording.when(twin.entry)} and on {wording.when(debit.entry)}.",
            ),
            0.92 if same_time else 0.75,
            Text(
                "两行银行流水各自的交易号；若只有一个订单，另一笔应退",
                "the transaction numbers of the two bank rows; with one order only, one is owed",
            ),
            caveats,
            [row for row in self._alike(debit) if row is not twin],
        )

    def _is_twin(self, debit: Row, row: Row) -> bool:
        if row.channel != debit.channel or not _same_words(row, debit):
            return False
        apart = abs(_apart(debit, row))
        habit = [
            other
            for other in self._rows_like(debit.account, debit.entry.currency, debit.amount)
            if other.taken
            and abs((other.day - debit.day).days) <= _HABIT_DAYS
            and _same_words(other, debit)
        ]
        if debit.at is not None and row.at is not None:
            return apart <= (_TWIN_MINUTES if len(habit) >= _HABIT else 1.0)
        return apart <= (0 if len(habit) >= _HABIT else _TWIN_DAYS)

    def _leg_of(self, row: Row) -> Leg | None:
        return self._legs_by_row.get(id(row))

    @cached_property
    def _legs_by_row(self) -> dict[int, Leg]:
        return {
            id(pair.rows[0]): pair.legs[0]
            for pair in self.pairing.pairs
            if len(pair.rows) == len(pair.legs) == 1 and pair.legs[0].want is Want.DEBIT
        }

    def _differing(self, debits: Sequence[Row]) -> None:
        """Pair leftovers of different amounts, the most alike first.

        A payment that no bank row shows and a debit that no payment explains, side by side, are
        one thing far more often than two.
        """
        legs = [
            leg
            for leg in self.pairing.free_legs(Want.DEBIT)
            if not leg.at_most
            and leg.label
            and leg.entry.movement is not Movement.LEFT_AND_RETURNED
            and self.links.trusted(leg)
        ]
        free = [row for row in debits if not row.taken]
        alike = [
            (cost, leg.key, row.key, leg, row)
            for leg in legs
            for row in free
            if row.account in leg.accounts
            and row.channel in leg.channels
            and (cost := self._unlikeness(leg, row)) is not None
        ]
        for _cost, _leg, _row, leg, row in sorted(alike, key=lambda each: each[:3]):
            if not leg.rows and not row.taken:
                self._differs(leg, row)

    def _unlikeness(self, leg: Leg, row: Row) -> float | None:
        """How little a row of another amount looks like the leg's own, or None where it cannot be.

        Without a name that agrees, the amounts and days must be closer.
        """
        if row.amount == leg.amount or row.entry.currency != leg.entry.currency:
            return None
        days = delay(leg, row)
        apart = abs(log(row.amount / leg.amount))
        if abs(days) <= _DIFFERS_MINUTES and leg.at is not None and row.at is not None:
            largest, latest, weight = _LARGEST_RATIO, 1.0, 0.0
        elif self.pairing.agrees(leg, row):
            largest, latest, weight = _LARGEST_RATIO, _DIFFERS_DAYS, 0.0
        elif names_nobody(row.text):
            largest, latest, weight = _LARGEST_UNNAMED, _DIFFERS_DAYS, 1.0
        else:
            largest, latest, weight = _LARGEST_MISNAMED, 1.0, 3.0
        if apart > log(largest) or not -calendar.EARLY_DAYS <= days <= latest:
            return None
        return weight + abs(days) + apart

    def _differs(self, leg: Leg, row: Row) -> None:
        self.pairing.take((leg,), (row,), MatchKind.SAME_AMOUNT)
        self.pairing.pairs.pop()
        difference = abs(row.entry.amount) - abs(leg.entry.amount)
        more = abs(row.amount) > abs(leg.amount)
        wallet = wording.provider_name(leg.entry.provider)
        bank = wording.account_words(row.entry)
        taken = wording.amount(row.entry.amount, row.entry.currency)
        gap = wording.amount(difference, row.entry.currency)
        paid = wording.of(self._subject(leg.entry))
        self._add(
            FindingKind.AMOUNT_DIFFERS,
            difference,
            row.entry.currency,
            (*self._proof(leg.entry), row.entry),
            Text(
                f"{wallet.zh}记的是 {paid.zh}，{bank.zh}在 "
                f"{wording.when(row.entry)} 扣了 {taken}，{'多' if more else '少'} {gap}。",
                f"{wallet.en} shows {paid.en}; {bank.en} debited {taken} on "
                f"{wording.when(row.entry)}, {gap} {'more' if more else 'less'}.",
            ),
            0.85 if more else 0.7,
            Text("商户订单的实付金额", "the amount the merchant's order says was paid"),
            [] if more else [wording.MAYBE_DISCOUNT],
            [],
        )

    def _unrecorded(self, debit: Row) -> None:
        if debit.taken or debit.channel not in _RECORDING or _NOT_RECORDED.search(debit.text):
            return
        if debit.channel == "jd" and "京东" not in debit.text:
            return
        wallets = self.book.wallets.get(debit.channel, ())
        linked = [name for name in wallets if self.links.linked(name, debit.account)]
        if not self._recorded(debit, linked):
            return
        debit.taken = True
        wallet = wording.provider_name(debit.channel)
        bank = wording.account_words(debit.entry)
        caveats = [wording.DELETED, wording.OTHER_OWNER]
        if debit.at is None:
            caveats.append(wording.DATE_ONLY)
        self._add(
            FindingKind.DEBITED_UNRECORDED,
            debit.entry.amount,
            debit.entry.currency,
            (debit.entry,),
            Text(
                f"{bank.zh} {wording.of(debit.entry).zh} 写明经{wallet.zh}扣款，"
                f"{wallet.zh}账单覆盖这段时间，却没有这笔。",
                f"{bank.en} debited {wording.of(debit.entry).en} for {wallet.en}; {wallet.en}'s "
                "export covers that time and has no such row.",
            ),
            0.8,
            Text(
                "在钱包 App 里按金额和日期搜索；银行的商户订单号也能查到对应哪笔交易",
                "a search by amount and day in the wallet's app; the bank's merchant order number "
                "tells which trade it was",
            ),
            caveats,
            self._alike(debit),
        )

    def _recorded(self, debit: Row, wallets: Sequence[str]) -> bool:
        """Whether a wallet's export would show the payment behind a debit, had there been one."""
        first = calendar.earliest_origin(debit.day, debit.entry.currency)
        return any(
            self.book.covers(name, first, debit.day) and self.book.whole(name) for name in wallets
        )

    # Money that should have come to the bank.

    def _short(self) -> None:
        """Pair refunds with smaller credits, the most alike first."""
        legs = [
            leg
            for leg in self.pairing.free_legs(Want.REFUND)
            if not leg.at_most and leg.label and self.links.trusted(leg)
        ]
        alike = [
            (cost, leg.key, row.key, leg, row)
            for leg in legs
            for row in self.pairing.free_rows(leg.accounts, leg.entry.currency)
            if (cost := self._shortness(leg, row)) is not None
        ]
        for _cost, _leg, _row, leg, row in sorted(alike, key=lambda each: each[:3]):
            if leg.rows or row.taken:
                continue
            if self.links.due(leg):
                self._refund_short(leg, row)
            else:
                self._transit(leg)

    def _shortness(self, leg: Leg, row: Row) -> float | None:
        """How little a smaller credit looks like the refund, or None where it cannot be."""
        days = (row.day - leg.day).days
        if not 0 < row.amount < leg.amount or row.channel not in leg.channels:
            return None
        named = self.pairing.agrees(leg, row)
        latest = calendar.REFUND_WINDOW if named else 1.5 * calendar.REFUND_DAYS
        apart = log(leg.amount / row.amount)
        if not -calendar.EARLY_DAYS <= days <= latest or is_payout(row.text):
            return None
        if not named and apart > log(_SHORTEST_UNNAMED):
            return None
        return days / 5 + apart + self.pairing.strangeness(leg, row)

    def _refund_short(self, leg: Leg, row: Row) -> None:
        self.pairing.take((leg,), (row,), MatchKind.REFUND)
        self.pairing.pairs.pop()
        missing = leg.entry.amount - row.entry.amount
        wallet = wording.provider_name(leg.entry.provider)
        bank = wording.account_words(row.entry)
        came = wording.amount(row.entry.amount, row.entry.currency)
        gap = wording.amount(missing, row.entry.currency)
        over = self._window_over(row, calendar.REFUND_DAYS)
        late = Text(
            "余下的可能还在路上，账单还没到那一天",
            "the rest may still be on its way; the statement ends before that",
        )
        self._add(
            FindingKind.REFUND_SHORT,
            missing,
            row.entry.currency,
            (leg.entry, row.entry),
            Text(
                f"{wallet.zh}退款 {wording.of(leg.entry).zh}，{bank.zh}在 "
                f"{wording.when(row.entry)} 只入账 {came}，少 {gap}。",
                f"{wallet.en} refunded {wording.of(leg.entry).en}; {bank.en} was credited only "
                f"{came} on {wording.when(row.entry)}, {gap} short.",
            ),
            0.85 if over else 0.7,
            Text(
                "钱包退款流水号对应的银行入账", "the bank's credit for the wallet's refund number"
            ),
            [] if over else [late],
            [],
        )

    def _missing(self, leg: Leg) -> None:
        if leg.hollow or not self.links.trusted(leg):
            return
        if not self.links.due(leg) or self.as_of < leg.late_from:
            self._transit(leg)
            return
        entry = leg.entry
        refund = leg.want is Want.REFUND
        wallet = wording.provider_name(entry.provider)
        bank = wording.account_words(self.book.accounts[leg.accounts[0]])
        due = leg.late_from.isoformat()
        if refund:
            sentence = Text(
                f"{wallet.zh}说 {wording.of(entry).zh} 已退到“{leg.label}”，"
                f"{bank.zh}账单到 {due} 为止没有这笔入账。",
                f"{wallet.en} says {wording.of(entry).en} was refunded to “{leg.label}”; "
                f"{bank.en}'s statement shows no such credit up to {due}.",
            )
        else:
            sentence = Text(
                f"{wallet.zh} {wording.of(entry).zh} 转到“{leg.label}”，状态“{entry.status_word}”，"
                f"{bank.zh}账单到 {due} 为止没有到账。",
                f"{wallet.en} sent {wording.of(entry).en} to “{leg.label}” with status "
                f"“{entry.status_word}”; {bank.en}'s statement shows no arrival up to {due}.",
            )
        rivals = self._rivals(leg)
        origin = refund_passed_on(entry, self.book)
        self._add(
            FindingKind.REFUND_NOT_ARRIVED if refund else FindingKind.SENT_NOT_ARRIVED,
            Decimal(leg.amount).scaleb(-4).quantize(entry.amount),
            entry.currency,
            (origin, entry) if origin else (entry,),
            sentence,
            0.92 if leg.sure else 0.72,
            Text(
                "钱包给出的退款或提现流水号，银行凭它能查是否入账",
                "the wallet's refund or payout number: the bank can tell by it whether it came",
            ),
            [] if leg.sure else [wording.WEAK_LINK],
            rivals,
        )

    def _rivals(self, leg: Leg) -> list[Entry]:
        """Wallet rows that expect the same credit in the same days: any of them may be open."""
        return [
            other.entry
            for other in self.pairing.legs
            if other is not leg
            and other.want is leg.want
            and other.amount == leg.amount
            and other.accounts == leg.accounts
            and abs((other.day - leg.day).days) <= calendar.BOOKING_DAYS
        ]

    def _announced(self) -> None:
        legs = {leg.entry.id: leg for leg in self.pairing.legs if leg.want is Want.ANNOUNCED}
        for name, unseen in self.refunds.unseen.items():
            entry, leg = self.book.by_id[name], legs.get(name)
            if leg and (leg.rows or leg.hollow):
                continue
            if not self._must_show(entry, leg):
                continue
            self._announced_finding(entry, unseen, leg)

    def _must_show(self, entry: Entry, leg: Leg | None) -> bool:
        """Whether statements cover all the time in which the announced refund would be seen.

        When it was announced is not stated; a month after the payment is taken as enough.
        """
        if leg and leg.label and self.links.trusted(leg):
            late = entry.occurred_on + _LONG_AFTER
            if self.as_of >= late and all(
                self.book.covers(account, entry.occurred_on, late) for account in leg.accounts
            ):
                return True
        if entry.refunded is None or named_sources(entry)[0]:
            # A trade that is merely closed promises no refund row, and what goes back to a card
            # shows on the card's statement only.
            return False
        last = self.book.ends(entry.account, entry.occurred_on)
        if last is None or not self.book.whole(entry.account):
            return False
        known = self.book.known_until(entry)
        stated = self.book.statements[entry.file].declared.exported_at is not None
        settled = calendar.late_from(entry.occurred_on, calendar.REFUND_DAYS, entry.currency)
        reaches = stated and last >= known - timedelta(days=1) and known >= settled
        return reaches or last - entry.occurred_on >= _LONG_AFTER

    def _announced_finding(self, entry: Entry, unseen: Decimal, leg: Leg | None) -> None:
        shown = self.refunds.shown.get(entry.id, Decimal(0))
        wallet = wording.provider_name(entry.provider)
        gap = wording.amount(unseen, entry.currency)
        at_bank = leg is not None and bool(leg.label) and self.links.trusted(leg)
        where = Text(
            "钱包里没有退款行，银行也没有入账" if at_bank else "钱包里没有对应的退款行",
            "neither the wallet has a refund row nor the bank a credit"
            if at_bank
            else "the wallet has no refund row for it",
        )
        kind = FindingKind.REFUND_SHORT if shown else FindingKind.REFUND_ANNOUNCED_NOT_SEEN
        self._add(
            kind,
            unseen,
            entry.currency,
            (entry,),
            Text(
                f"{wallet.zh} {wording.of(entry).zh} 写着“{entry.status_word}”，"
                f"还有 {gap} 没见到：{where.zh}。",
                f"{wallet.en} says “{entry.status_word}” for {wording.of(entry).en}; {gap} of it "
                f"was not seen: {where.en}.",
            ),
            0.88 if at_bank else 0.7,
            Text(
                "账单详情里的退款进度，写明退到哪里、什么时候",
                "the refund progress in the bill's details: where to, and when",
            ),
            [wording.DELETED] if at_bank else [wording.NO_BANK, wording.DELETED],
            [],
        )

    def _pending(self) -> None:
        for entry in self.book.entries:
            if entry.movement is not Movement.UNDECIDED or not entry.amount:
                continue
            known = min(self.book.known_until(entry), self.as_of)
            days = _PROMPT.get(entry.provider, calendar.PENDING_DAYS)
            late = calendar.late_from(entry.occurred_on, days, entry.currency)
            if known < late:
                self.in_transit.append(
                    InTransit(
                        entry=entry.id,
                        amount=abs(entry.amount),
                        currency=entry.currency,
                        late_from=late,
                        why=Text(
                            f"状态“{entry.status_word}”，还没有结果",
                            f"status “{entry.status_word}”, not settled yet",
                        ),
                    )
                )
            elif not self._always_pending(entry):
                self._pending_finding(entry, known)

    def _always_pending(self, entry: Entry) -> bool:
        """Whether the export leaves all its payouts pending: then it never settles them."""
        if entry.kind is not Kind.WITHDRAWAL:
            return False
        alike = [
            other
            for other in self.book.entries
            if other.account == entry.account
            and other.kind is entry.kind
            and other.description == entry.description
        ]
        waiting = [other for other in alike if other.movement is Movement.UNDECIDED]
        return len(waiting) >= _SYSTEMATIC and len(waiting) == len(alike)

    def _pending_finding(self, entry: Entry, known: date) -> None:
        name = wording.account_words(entry)
        days = (known - entry.occurred_on).days
        legs = [leg for leg in self.pairing.legs if leg.entry is entry and leg.rows]
        rows = tuple(row.entry for leg in legs for row in leg.rows)
        debited = Text("，银行已扣款", ", and the bank has debited it") if rows else Text("", "")
        self._add(
            FindingKind.PENDING_TOO_LONG,
            entry.amount,
            entry.currency,
            (entry, *rows),
            Text(
                f"{name.zh} {wording.of(entry).zh} 到 {known} 仍是“{entry.status_word}”，"
                f"已经 {days} 天{debited.zh}。",
                f"{name.en} still says “{entry.status_word}” on {known} for "
                f"{wording.of(entry).en}, after {days} days{debited.en}.",
            ),
            0.85 if entry.side is Side.WALLET else 0.7,
            Text("重新导出账单，看状态是否已变", "a new export shows whether the status changed"),
            [wording.STATUS_AGED],
            [],
        )

    # What several kinds need.

    def _subject(self, entry: Entry) -> Entry:
        """The payment that a funding row is for; any other row is its own subject."""
        return self.book.funded_by(entry) or entry

    def _proof(self, entry: Entry) -> tuple[Entry, ...]:
        """The row, with the payment that it funds before it."""
        subject = self._subject(entry)
        return (entry,) if subject is entry else (subject, entry)

    def _transit(self, leg: Leg) -> None:
        ends = [self.book.ends(account, leg.day) for account in leg.accounts]
        if not all(ends) or (self.links.due(leg) and self.as_of >= leg.late_from):
            return
        last = min(end for end in ends if end)
        self.in_transit.append(
            InTransit(
                entry=leg.entry.id,
                amount=Decimal(abs(leg.amount)).scaleb(-4).quantize(leg.entry.amount),
                currency=leg.entry.currency,
                late_from=leg.late_from,
                why=Text(
                    f"银行账单到 {last} 为止还没有这笔，{leg.late_from} 起才算晚",
                    f"not on the bank's statement up to {last}; late from {leg.late_from}",
                ),
            )
        )

    def _window_over(self, row: Row, days: int) -> bool:
        late = calendar.late_from(row.day, days, row.entry.currency)
        return self.as_of >= late and self.book.covers(row.account, row.day, late)

    def _alike(self, row: Row) -> list[Row]:
        """Other rows of the account that nobody could tell from this one."""
        return [
            other
            for other in self._rows_like(row.account, row.entry.currency, row.amount)
            if other is not row
            and other.day == row.day
            and other.at == row.at
            and other.text == row.text
        ]

    def _add(  # noqa: PLR0913 - a finding, said in full
        self,
        kind: FindingKind,
        amount: Decimal,
        currency: str,
        entries: tuple[Entry, ...],
        sentence: Text,
        confidence: float,
        settles: Text,
        caveats: Sequence[Text],
        alternatives: Sequence[Row | Entry],
    ) -> None:
        names = tuple(entry.id for entry in entries)
        others = tuple(
            sorted(each.entry.id if isinstance(each, Row) else each.id for each in alternatives)
        )
        unsure = (wording.one_of(len(others) + 1),) if others else ()
        digest = hashlib.sha256("\x1f".join((kind, *sorted(names))).encode()).hexdigest()
        self.findings.append(
            Finding(
                id=digest[:12],
                kind=kind,
                amount=abs(amount),
                currency=currency,
                entries=names,
                sentence=sentence,
                confidence=confidence,
                settles=settles,
                caveats=(*caveats, *unsure),
                alternatives=others,
            )
        )


def _apart(one: Row, other: Row) -> float:
    """Days between two rows, with fractions where both state a time."""
    if one.at is not None and other.at is not None:
        return one.at - other.at
    return float((one.day - other.day).days)


def _same_words(one: Row, other: Row) -> bool:
    return one.text == other.text or same_name(one.text, other.text)
