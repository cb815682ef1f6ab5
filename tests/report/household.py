"""A made-up household: three statements and a scan with every kind of match and finding."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from makewhole.records import (
    Coverage,
    Declared,
    Entry,
    Finding,
    FindingKind,
    InTransit,
    Kind,
    Match,
    MatchKind,
    Movement,
    Refusal,
    Scan,
    Side,
    Statement,
    Text,
    Total,
)
from makewhole.statements import Reading

BEIJING = timezone(timedelta(hours=8))
AS_OF = date(2026, 4, 2)
FILES = {
    "alipay": "支付宝交易明细(20260101-20260331).csv",
    "wechat": "微信支付账单(20260101-20260331).xlsx",
    "boc": "boc_6217_2026Q1.csv",
}
HOSTILE = '<script>alert("x")</script>\u202eevil\u202c\x1b[31m\'"&'
SHOPS = ["小满面馆", "晨光便利", "南山书局", "绿洲洗衣", "云上咖啡", "快捷打车", "青禾超市"]


@dataclass
class Household:
    entries: list[Entry] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    in_transit: list[InTransit] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    earlier: dict[str, list[Entry]] = field(default_factory=dict)

    def row(self, provider: str, when: str, amount: str, **more: Any) -> str:
        """Add a row; `when` is a day for the bank and a moment for a wallet."""
        moment = datetime.fromisoformat(when)
        side = Side.BANK if provider == "boc" else Side.WALLET
        line = self.lines[provider] = self.lines.get(provider, 24) + 1
        sign = Decimal(amount)
        facts: dict[str, Any] = {
            "movement": Movement.LEFT if sign < 0 else Movement.ARRIVED,
            "kind": Kind.PAYMENT,
            "currency": "CNY",
            "status_word": "" if side is Side.BANK else "支付成功",
            "account": "boc:6217" if side is Side.BANK else provider,
        }
        name = f"{provider}-{line}"
        self.entries.append(
            Entry(
                named=name,
                file=FILES[provider],
                sha256=hashlib.sha256(provider.encode()).hexdigest(),
                line=line,
                provider=provider,
                side=side,
                occurred_on=moment.date(),
                occurred_at=None if len(when) <= 10 else moment.replace(tzinfo=BEIJING),
                amount=sign,
                **{**facts, **more},
            )
        )
        return name

    def match(self, kind: MatchKind, *entries: str) -> None:
        self.matches.append(
            Match(entries, kind, Text("金额相同，相差 1 天", "same amount, one day apart"))
        )

    def finding(
        self, kind: FindingKind, amount: str, entries: list[str], sentence: Text, **more: Any
    ) -> None:
        facts: dict[str, Any] = {
            "confidence": 0.95,
            "settles": Text(
                "银行出具的这笔扣款的商户名称和订单号。",
                "The merchant and order number that the bank holds for this debit.",
            ),
            "currency": "CNY",
        }
        self.findings.append(
            Finding(
                id=f"finding-{len(self.findings)}",
                kind=kind,
                amount=Decimal(amount),
                entries=tuple(entries),
                sentence=sentence,
                **{**facts, **more},
            )
        )

    def scan(self) -> Scan:
        return Scan(
            matches=tuple(self.matches),
            findings=tuple(self.findings),
            in_transit=tuple(self.in_transit),
            coverage=(
                Coverage(
                    account="boc:6217",
                    starts_on=date(2026, 1, 1),
                    ends_on=date(2026, 3, 31),
                    note=Text(
                        "花呗付款的 3 笔没有对应的账单，无法核对。",
                        "Three payments from Huabei have no statement and cannot be checked.",
                    ),
                ),
                Coverage(account="", starts_on=None, ends_on=None, note=Text("没有", "none")),
            ),
        )

    def reading(self) -> Reading:
        ordered = sorted(
            self.entries,
            key=lambda each: (each.occurred_on, str(each.occurred_at or ""), each.id),
        )
        statements = [self._statement(provider) for provider in FILES if provider in self.lines]
        return Reading(statements, ordered, self.earlier)

    def _statement(self, provider: str) -> Statement:
        rows = [entry for entry in self.entries if entry.provider == provider]
        spent = -sum((entry.amount for entry in rows if entry.amount < 0), Decimal(0))
        computed = Total("支出", len(rows), spent)
        refused = (
            Refusal(97, Text("金额无法识别：'12,3x'", "not an amount: '12,3x'"), f"2026,{HOSTILE}"),
        )
        wrong = Total("支出", len(rows) + 1, spent + 5)
        return Statement(
            file=FILES[provider],
            sha256=hashlib.sha256(provider.encode()).hexdigest(),
            provider=provider,
            layout="app-2023" if provider != "boc" else "debit-card",
            side=Side.BANK if provider == "boc" else Side.WALLET,
            encoding="gb18030",
            rows=len(rows) + (provider == "wechat"),
            stored=len(rows),
            refused=refused if provider == "wechat" else (),
            declared=Declared(
                starts_on=date(2026, 1, 1),
                ends_on=date(2026, 3, 31),
                exported_at=datetime(2026, 4, 1, tzinfo=UTC),
                rows=len(rows),
                totals=(wrong,) if provider == "alipay" else (computed,),
            ),
            computed=(computed,),
            warnings=(
                (Text("支出：账单声明与逐行合计不符", "支出: declared and computed differ"),)
                if provider == "alipay"
                else ()
            ),
            added=len(rows),
        )


def calm() -> Household:
    """Twelve weeks in which everything agrees."""
    home = Household()
    day = datetime(2026, 1, 3, 8, 10)  # noqa: DTZ001 - a wall clock in the making
    for number in range(60):
        day += timedelta(days=1 if number % 3 else 2, hours=number % 5, minutes=7 * number % 60)
        amount = f"-{12 + number * 7 % 90}.{number * 13 % 100:02}"
        provider = "wechat" if number % 3 else "alipay"
        shop = SHOPS[number % len(SHOPS)]
        paid = home.row(
            provider,
            day.isoformat(" ", "seconds"),
            amount,
            counterparty=shop,
            description=f"{shop}门店消费",
            funding="中国银行储蓄卡(6217)",
        )
        posted = (day + timedelta(days=number % 4 == 0)).date().isoformat()
        bank = "财付通快捷支付" if provider == "wechat" else "支付宝快捷支付"
        booked = home.row("boc", posted, amount, counterparty=bank, card="6217")
        home.match(MatchKind.SAME_AMOUNT, paid, booked)
    return home


def troubled() -> Household:
    """The same weeks with one of everything that can go wrong, and hostile words."""
    home = calm()
    _matches(home)
    _findings(home)
    waiting = home.row(
        "wechat",
        "2026-03-31 21:10:00",
        "-500.00",
        counterparty="零钱提现",
        status_word="提现已受理",
        kind=Kind.WITHDRAWAL,
    )
    home.in_transit.append(
        InTransit(
            entry=waiting,
            amount=Decimal("500.00"),
            currency="CNY",
            late_from=date(2026, 4, 4),
            why=Text("提现一般两天内到账", "withdrawals usually take up to two days"),
        )
    )
    home.row(
        "alipay", "2026-02-03 12:00:00", "0.00", counterparty=HOSTILE, movement=Movement.NOTHING
    )
    return home


def _matches(home: Household) -> None:
    whole = home.row("alipay", "2026-02-10 19:20:11", "-320.00", counterparty="远山家居")
    parts = [
        home.row("boc", f"2026-02-{day}", amount, counterparty="支付宝")
        for day, amount in (("10", "-200.00"), ("12", "-120.00"))
    ]
    home.match(MatchKind.SPLIT, whole, *parts)
    halves = [
        home.row("wechat", f"2026-02-15 1{at}:00:00", "30.00", counterparty="远山家居 退款")
        for at in range(3)
    ]
    home.match(
        MatchKind.MERGED, *halves, home.row("boc", "2026-02-17", "90.00", counterparty="财付通")
    )
    bought = home.row("alipay", "2026-03-05 09:00:00", "-66.00", counterparty="白鹭票务")
    home.match(MatchKind.SAME_AMOUNT, bought, home.row("boc", "2026-03-05", "-66.00"))
    back = home.row(
        "alipay", "2026-03-09 10:00:00", "66.00", counterparty="白鹭票务", kind=Kind.REFUND
    )
    home.match(MatchKind.REFUND, bought, back)
    home.match(MatchKind.SAME_AMOUNT, back, home.row("boc", "2026-03-11", "66.00"))
    order = home.row("wechat", "2026-02-27 12:30:00", "-38.50", counterparty="美团")
    shown = home.row("alipay", "2026-02-27 12:30:02", "-38.50", counterparty="美团外卖")
    home.match(MatchKind.CHAIN, order, shown, home.row("boc", "2026-03-02", "-38.50"))


def _findings(home: Household) -> None:
    failed = home.row(
        "alipay",
        "2026-03-02 18:41:09",
        "-199.00",
        counterparty="星河数码专营店",
        description="蓝牙耳机 标准版",
        status_word="交易关闭",
        movement=Movement.NOTHING,
    )
    taken = home.row("boc", "2026-03-03", "-199.00", counterparty="支付宝（中国）网络技术")
    home.finding(
        FindingKind.DEBITED_UNPAID,
        "199.00",
        [failed, taken],
        Text(
            "3 月 3 日银行扣了 199.00 元，支付宝里这笔订单是“交易关闭”，之后没有退回。",
            "On 3 March the bank debited 199.00 CNY; Alipay shows the order as closed, "
            "and nothing came back.",
        ),
        caveats=(
            Text("账单可以在导出前删除。", "Bills can be deleted before an export."),
            Text("退款有时要 15 天。", "Refunds sometimes take 15 days."),
        ),
    )
    home.earlier[failed] = [e for e in home.entries if e.id == failed]
    refund = home.row(
        "wechat",
        "2026-01-20 11:05:44",
        "86.00",
        counterparty="绿洲洗衣",
        status_word="已全额退款",
        kind=Kind.REFUND,
    )
    home.finding(
        FindingKind.REFUND_NOT_ARRIVED,
        "86.00",
        [refund],
        Text(
            "微信 1 月 20 日记了 86.00 元退款，到 4 月 2 日银行账单里没有。",
            "WeChat recorded a refund of 86.00 CNY on 20 January; the bank shows none by 2 April.",
        ),
        confidence=0.8,
    )
    twice = [
        home.row("boc", "2026-03-20", "-25.00", counterparty="财付通", currency="USD")
        for _ in range(2)
    ]
    other = home.row("boc", "2026-03-19", "-25.00", counterparty="财付通", currency="USD")
    home.finding(
        FindingKind.CHARGED_TWICE,
        "25.00",
        twice,
        Text(f"{HOSTILE} 扣了两次", f"{HOSTILE} was charged twice"),
        confidence=0.6,
        currency="USD",
        alternatives=(other,),
    )
    announced = home.row(
        "wechat",
        "2026-03-12 10:00:00",
        "-58.00",
        counterparty=HOSTILE,
        description="套餐",
        status_word="已退款(￥18.00)",
    )
    booked = home.row("boc", "2026-03-12", "-85.00", counterparty="财付通")
    home.match(MatchKind.SAME_NUMBER, announced, booked)
    home.finding(
        FindingKind.AMOUNT_DIFFERS,
        "27.00",
        [announced, booked],
        Text("微信写 58.00 元，银行扣了 85.00 元。", "WeChat says 58.00, the bank took 85.00."),
    )
