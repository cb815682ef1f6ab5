"""Twelve months of a Chinese household: what it pays, sends and gets back, and when banks post it.

The life is simulated from some days before the statements begin to some days after they end, so
that the edges look as they do in reality: debits without their payment before the first day,
refunds that arrive after the last.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from benchmarks.rows import Account, Act, BankRow, Deed, Funding, Home, Row, State, WalletRow
from benchmarks.town import (
    CANTEEN,
    COFFEE,
    EVERYDAY,
    JD_SHOPS,
    METRO,
    ONLINE,
    PEOPLE,
    Shop,
    is_workday,
    next_workday,
    yuan,
)
from benchmarks.wording import describe

_MARGIN = timedelta(days=14)
_NOWHERE = Funding("")


class Life:
    """The deeds of one household, in the order in which they were thought of."""

    def __init__(self, rng: Random, home: Home) -> None:
        self.rng = rng
        self.home = home
        self.deeds: list[Deed] = []
        self.wallet_rows: list[WalletRow] = []
        self.bank_rows: list[BankRow] = []

    # the days

    def live(self) -> None:
        """Everything that happens between two weeks before the period and two weeks after it."""
        day = self.home.starts_on - _MARGIN
        while day <= self.home.ends_on + _MARGIN:
            self._habits(day)
            self._errands(day)
            self._money_matters(day)
            self._bank_only(day)
            day += timedelta(days=1)
        self._last_minute()

    def _habits(self, day: date) -> None:
        rng, home = self.rng, self.home
        working = is_workday(day)
        wallet = home.wallets[0] if home.wallets[0] != "jd" else home.wallets[-1]
        funding = home.fundings[wallet][0][0]
        if rng.random() < home.coffee * (1.0 if working else 0.25):
            amount = yuan(COFFEE.menu[0]) if rng.random() < 0.9 else COFFEE.price(rng)
            for _cup in range(1 if rng.random() < 0.85 else rng.choice((2, 2, 3))):
                self.buy(_at(rng, day, 8, 17), wallet, COFFEE, funding, amount)
        if working and rng.random() < home.commute:
            fare = METRO.price(rng)
            self.buy(_at(rng, day, 7, 9), wallet, METRO, funding, fare)
            self.buy(_at(rng, day, 17, 21), wallet, METRO, funding, fare)
        if working and rng.random() < 0.5 * home.pace:
            self.buy(_at(rng, day, 11, 13), wallet, CANTEEN, self.fund(wallet), CANTEEN.price(rng))

    def _errands(self, day: date) -> None:
        rng, home = self.rng, self.home
        weights = [1 / (at + 1) for at in range(len(EVERYDAY))]
        for _time in range(_poisson(rng, home.pace)):
            wallet = self._shop_wallet()
            self._buy_and_perhaps_return(day, wallet, rng.choices(EVERYDAY, weights)[0])
        for _time in range(_poisson(rng, 0.18 * home.pace)):
            self._buy_and_perhaps_return(day, self._shop_wallet(), rng.choice(ONLINE))
        if "jd" in home.wallets:
            for _time in range(_poisson(rng, 0.22 * home.pace)):
                shop = rng.choices(JD_SHOPS, (4, 2, 2, 1))[0]
                self._buy_and_perhaps_return(day, "jd", shop)

    def _buy_and_perhaps_return(self, day: date, wallet: str, shop: Shop) -> None:
        rng = self.rng
        at = _at(rng, day, 8, 24)
        funding, amount = self.fund(wallet), shop.price(rng)
        if wallet == "alipay" and shop in ONLINE and rng.random() < 0.12:
            self.abandon(at - timedelta(minutes=rng.randrange(2, 90)), wallet, shop, amount)
            if rng.random() < 0.4:
                return
        deed = self.buy(at, wallet, shop, funding, amount)
        if rng.random() < shop.returns:
            self.give_back(deed)
        elif wallet == "alipay" and rng.random() < 0.006:
            self.fail_and_reverse(deed)
        elif rng.random() < 0.002:
            self.double_and_reverse(deed)

    def _money_matters(self, day: date) -> None:
        rng, home = self.rng, self.home
        for wallet in home.wallets:
            if wallet == "jd":
                continue
            if rng.random() < 0.09:
                self.send(_at(rng, day, 9, 24), wallet, self.fund(wallet))
            if rng.random() < 0.1:
                self.receive(_at(rng, day, 9, 24), wallet)
            if wallet == "alipay" and day.weekday() == 1:
                self.earn(_at(rng, day, 3, 6))
            if rng.random() < 0.035:
                self.own_move(_at(rng, day, 9, 23), wallet)

    def _bank_only(self, day: date) -> None:
        """Movements at the banks that no wallet of the household has to do with."""
        rng = self.rng
        for account in self.home.accounts:
            if not account.credit and day.day == 10:
                self._alone(account, day, yuan(rng.randrange(600_000, 2_400_000)) / 100, "工资")
            if not account.credit and rng.random() < 0.02:
                self._alone(account, day, yuan(-100 * rng.randint(1, 20)), "ATM取款")
            if rng.random() < 0.06:
                self._alone(account, day, -rng.choice(EVERYDAY).price(rng), "POS消费")
            if account.credit and day.day == 18:
                self._repay_card(account, day)
            for stranger in self.home.strangers:
                if rng.random() < 0.08:
                    shop = rng.choice(EVERYDAY)
                    at = _at(rng, day, 8, 23)
                    self._post(account, at, -shop.price(rng), (stranger, Act.PAY, shop))

    def _repay_card(self, card: Account, day: date) -> None:
        amount = yuan(self.rng.randrange(50_000, 600_000)) / 100
        self._alone(card, day, amount, "还款")
        for account in self.home.debit_accounts()[:1]:
            self._alone(account, day, -amount, "信用卡还款")

    def _last_minute(self) -> None:
        """Money that is on its way when the statements end."""
        rng, home = self.rng, self.home
        late = datetime.combine(home.ends_on, time(22, 40, rng.randrange(60)))
        wallet = self._shop_wallet()
        carded = [f for f, _weight in home.fundings[wallet] if f.account and not f.combined]
        if carded:
            deed = self.buy(
                late - timedelta(days=3), wallet, ONLINE[1], carded[0], ONLINE[1].price(rng)
            )
            self.give_back(deed, after=timedelta(days=2, hours=20))
        if "wechat" in home.wallets:
            sent = self.send(late - timedelta(hours=rng.randrange(8)), "wechat", _NOWHERE)
            sent.rows[0].state = State.PENDING
            sent.odd = True
        if home.debit_accounts() and wallet != "jd" and rng.random() < 0.7:
            self.withdraw(late + timedelta(minutes=15), wallet)

    # deeds

    def buy(self, at: datetime, wallet: str, shop: Shop, funding: Funding, amount: Decimal) -> Deed:
        """A purchase; a red packet in combined funding pays a small part of it."""
        rng = self.rng
        row = WalletRow(
            book=wallet,
            at=at,
            amount=-amount,
            act=Act.PAY,
            party=shop.name,
            title=rng.choice(shop.sells),
            category=shop.category,
            funding=funding.label,
            number=self._number(wallet, at),
            merchant_number=self._merchant_number(wallet),
        )
        deed = Deed(
            act=Act.PAY, at=at, wallet=wallet, rows=[row], bank=[], funding=funding, shop=shop
        )
        bank_amount = self._card_part(row, funding, amount)
        if funding.account and bank_amount:
            paid_at = at
            if wallet != "wechat" and rng.random() < 0.02:
                paid_at += timedelta(minutes=rng.randrange(5, 60 * 20))
            via = "wechat" if funding.label.startswith("微信-") else wallet
            post = self._post(funding.account, paid_at, -bank_amount, (via, Act.PAY, shop))
            deed.bank.append(post)
            if via != wallet and "wechat" in self.home.wallets:
                deed.rows.append(self._twin(row, paid_at, funding.account))
                deed.odd = True
        if wallet == "alipay" and shop in ONLINE and self._ends_soon(at):
            row.state = State.AWAITING
        return self._keep(deed)

    def _card_part(self, row: WalletRow, funding: Funding, amount: Decimal) -> Decimal:
        rng = self.rng
        if funding.combined:
            packet = yuan(min(rng.randrange(1, 600), int(amount * 50))) / 100
            return amount - packet
        if row.book == "wechat" and rng.random() < 0.01:
            off = yuan(rng.randrange(1, 90)) / 100
            row.note = f"已优惠¥{off}"
            if amount > off and self.home.before_discount:
                return amount - off
        return amount

    def _twin(self, row: WalletRow, at: datetime, account: Account) -> WalletRow:
        """The WeChat row of a JD purchase that was paid through WeChat."""
        return WalletRow(
            book="wechat",
            at=at,
            amount=row.amount,
            act=Act.PAY,
            party="京东商城平台商户",
            title=f"京东-订单编号{row.number}",
            category="",
            funding=account.label,
            number=self._number("wechat", at),
            merchant_number=self._merchant_number("wechat"),
        )

    def give_back(self, deed: Deed, *, after: timedelta | None = None) -> list[Deed]:
        """A refund of a purchase: whole, in part, in two parts, split or merged at the bank."""
        rng = self.rng
        paid = -deed.rows[0].amount
        if len(deed.rows) > 1:
            return []
        plan = rng.choices(("whole", "part", "parts", "merged", "split"), (50, 24, 9, 8, 9))[0]
        if deed.funding.combined or paid < 6:
            plan = "whole"
        at = deed.at + (after or timedelta(minutes=rng.randrange(4, 60 * 24 * 11)))
        shares = _shares(rng, paid, plan)
        if plan == "whole" and self._void(deed, at):
            return []
        refunds = []
        for at_share, share in enumerate(shares):
            later = at + timedelta(minutes=rng.randrange(1, 9 if plan == "merged" else 4000))
            refunds.append(self._refund(deed, at if at_share == 0 else later, share))
        self._credit(deed, refunds, plan)
        known = [one.rows[0].amount for one in refunds if one.at <= self.home.exported_at]
        self._mark_returned(deed, sum(known, Decimal(0)))
        if len(refunds) == 1 and refunds[0].bank and rng.random() < 0.05:
            # Some refunds stand in no row of the wallet, only in the purchase's status.
            self.wallet_rows.remove(refunds[0].rows[0])
            refunds[0].odd = True
        return refunds

    def _refund(self, deed: Deed, at: datetime, share: Decimal) -> Deed:
        bought = deed.rows[0]
        shared = self.rng.random() < 0.85
        number = self._number(deed.wallet, at)
        if deed.wallet == "alipay" and shared:
            number = f"{bought.number}_{number[:18]}"
        if deed.wallet == "jd":
            number = bought.number
        row = WalletRow(
            book=deed.wallet,
            at=at,
            amount=share,
            act=Act.REFUND,
            party=bought.party,
            title=bought.title,
            category="退款",
            funding=bought.funding,
            number=number,
            merchant_number="" if deed.wallet == "wechat" else bought.merchant_number,
            state=State.ALL_BACK if share == -bought.amount else State.PART_BACK,
        )
        refund = Deed(
            act=Act.REFUND,
            at=at,
            wallet=deed.wallet,
            rows=[row],
            bank=[],
            funding=deed.funding,
            shop=deed.shop,
            source=deed,
        )
        return self._keep(refund)

    def _credit(self, deed: Deed, refunds: list[Deed], plan: str) -> None:
        """The bank's side of refunds; the red packet's share never comes back to the card."""
        account, shop = deed.funding.account, deed.shop
        if account is None or shop is None or not deed.bank:
            return
        to_card = -deed.bank[0].amount if deed.rows[0].amount else Decimal(0)
        for refund in refunds:
            amount = refund.rows[0].amount
            if plan == "whole":
                amount = to_card
            parts = [amount]
            if plan == "split":
                first = yuan(amount * self.rng.randrange(20, 80) / 100)
                parts = [first, amount - first]
            if plan == "merged":
                parts = (
                    []
                    if refund is refunds[0]
                    else [sum((r.rows[0].amount for r in refunds), Decimal(0))]
                )
                refund.odd = refunds[0].odd = True
            for part in parts:
                if part:
                    detail = (deed.wallet, Act.REFUND, shop)
                    refund.bank.append(self._post(account, refund.at, part, detail))

    def _void(self, deed: Deed, at: datetime) -> bool:
        """A card purchase taken back the same day that never reaches the card's statement."""
        account = deed.funding.account
        if not (account and account.credit and self.rng.random() < 0.05):
            return False
        for row in deed.bank:
            self.bank_rows.remove(row)
        deed.bank.clear()
        same_day = min(at, datetime.combine(deed.at.date(), time(23, 59)))
        self._refund(deed, same_day, -deed.rows[0].amount).odd = True
        self._mark_returned(deed, -deed.rows[0].amount)
        deed.odd = True
        return True

    def _mark_returned(self, deed: Deed, back: Decimal) -> None:
        bought = deed.rows[0]
        deed.returned = True
        if back:
            whole = back == -bought.amount
            bought.refunded = back
            bought.state = State.ALL_BACK if whole else State.PART_BACK

    def abandon(self, at: datetime, wallet: str, shop: Shop, amount: Decimal) -> None:
        """An order that was never paid; often the same thing is bought soon after."""
        deed = self.buy(at, wallet, shop, _NOWHERE, amount)
        self.leave_unpaid(deed)
        deed.odd = True

    def double_and_reverse(self, deed: Deed) -> None:
        """The bank debits twice by mistake and takes one debit back by itself."""
        if deed.funding.account is None or not deed.bank or deed.shop is None:
            return
        account, debit = deed.funding.account, deed.bank[0].amount
        later = deed.at + timedelta(minutes=self.rng.randrange(1, 60 * 24 * 3))
        doubled = self._post(account, deed.at, debit, (deed.wallet, Act.PAY, deed.shop))
        back = self._post(account, later, -debit, (deed.wallet, Act.REVERSAL, deed.shop))
        deed.bank += [doubled, back]
        deed.odd = True

    def fail_and_reverse(self, deed: Deed) -> None:
        """A payment that fails after the debit; the bank takes the debit back within days."""
        if deed.funding.account is None or not deed.bank or deed.shop is None:
            return
        self.leave_unpaid(deed)
        at = deed.at + timedelta(minutes=self.rng.randrange(2, 60 * 24 * 4))
        detail = (deed.wallet, Act.REVERSAL, deed.shop)
        amount = -deed.bank[0].amount
        deed.bank.append(self._post(deed.funding.account, at, amount, detail))
        deed.odd = True

    def leave_unpaid(self, deed: Deed) -> None:
        """Make the wallet say that a purchase was closed without having been paid."""
        row = deed.rows[0]
        row.state = State.UNPAID
        if row.book == "alipay":
            row.funding = ""

    def send(self, at: datetime, wallet: str, funding: Funding) -> Deed:
        """A transfer or red packet to a friend; some come back after a day."""
        rng = self.rng
        amount = yuan(rng.choice(("20", "50", "66.66", "100", "188", "200", "500", "1300")))
        act = Act.RED_PACKET if wallet == "wechat" and rng.random() < 0.4 else Act.SEND
        row = WalletRow(
            book=wallet,
            at=at,
            amount=-amount,
            act=act,
            party=rng.choice(PEOPLE),
            title="转账",
            category="转账红包",
            funding=funding.label or ("零钱" if wallet == "wechat" else "余额"),
            number=self._number(wallet, at),
            merchant_number=self._merchant_number(wallet),
        )
        deed = Deed(act=act, at=at, wallet=wallet, rows=[row], bank=[], funding=funding)
        shop = _service("微信转账" if wallet == "wechat" else "转账")
        if funding.account:
            deed.bank.append(self._post(funding.account, at, -amount, (wallet, Act.PAY, shop)))
        self._keep(deed)
        if wallet == "wechat" and rng.random() < 0.05:
            self._send_back(deed, shop)
        return deed

    def _send_back(self, deed: Deed, shop: Shop) -> None:
        row = deed.rows[0]
        at = row.at + timedelta(hours=24, seconds=self.rng.randrange(90))
        if at > self.home.exported_at:
            return
        row.state = State.SENT_BACK
        deed.odd = True
        back = WalletRow(
            book=row.book,
            at=at,
            amount=-row.amount,
            act=Act.REFUND,
            party=row.party,
            title="微信红包" if row.act is Act.RED_PACKET else "转账",
            category="红包",
            funding=row.funding,
            number=row.merchant_number,
            state=State.ALL_BACK,
        )
        deed.rows.append(back)
        self.wallet_rows.append(back)
        if deed.funding.account:
            detail = (row.book, Act.REFUND, shop)
            deed.bank.append(self._post(deed.funding.account, at, -row.amount, detail))

    def receive(self, at: datetime, wallet: str) -> Deed:
        """Money from a friend, kept in the wallet."""
        amount = yuan(self.rng.randrange(100, 30_000)) / 100
        row = WalletRow(
            book=wallet,
            at=at,
            amount=amount,
            act=Act.RECEIVE,
            party=self.rng.choice(PEOPLE),
            title="转账",
            category="转账红包",
            funding="余额" if wallet == "alipay" else "/",
            number=self._number(wallet, at),
        )
        return self._keep(
            Deed(act=Act.RECEIVE, at=at, wallet=wallet, rows=[row], bank=[], funding=_NOWHERE)
        )

    def earn(self, at: datetime) -> Deed:
        """Interest of the wallet's fund, credited inside the wallet."""
        row = WalletRow(
            book="alipay",
            at=at,
            amount=yuan(self.rng.randrange(1, 90)) / 100,
            act=Act.INTEREST,
            party="",
            title="",
            category="",
            funding="",
            number=self._number("alipay", at),
        )
        return self._keep(
            Deed(act=Act.INTEREST, at=at, wallet="alipay", rows=[row], bank=[], funding=_NOWHERE)
        )

    def own_move(self, at: datetime, wallet: str) -> None:
        """Money between the wallet and an own account, in either direction."""
        rng, home = self.rng, self.home
        if not home.debit_accounts():
            return
        act = rng.choices(
            (Act.WITHDRAW, Act.TOP_UP, Act.POCKET_IN, Act.POCKET_OUT, Act.REPAY),
            (
                5,
                2,
                2,
                2,
                1,
            ),
        )[0]
        if act is Act.WITHDRAW:
            self.withdraw(at, wallet)
        elif act is Act.REPAY:
            self._repay_through_wallet(at, wallet)
        else:
            self._own_move(at, wallet, act)

    def withdraw(self, at: datetime, wallet: str) -> Deed:
        """Money from the wallet's balance to an own account; WeChat keeps a fee of 0.1 %."""
        rng = self.rng
        account = rng.choice(self.home.debit_accounts())
        size = yuan(rng.choice((100, 200, 500, 1000))) if rng.random() < 0.3 else None
        net = size or yuan(rng.randrange(1_500, 180_000)) / 100
        free = wallet == "alipay" or rng.random() < 0.3
        fee = Decimal(0) if free else max(yuan(net / 1000), yuan("0.10"))
        return self._own_move(at, wallet, Act.WITHDRAW, (account, net, fee))

    def _own_move(
        self,
        at: datetime,
        wallet: str,
        act: Act,
        given: tuple[Account, Decimal, Decimal] | None = None,
    ) -> Deed:
        rng = self.rng
        account, net, fee = given or (
            rng.choice(self.home.debit_accounts()),
            yuan(100 * rng.randint(1, 30)),
            Decimal(0),
        )
        out = act in {Act.WITHDRAW, Act.POCKET_OUT}
        row = WalletRow(
            book=wallet,
            at=at,
            amount=-(net + fee) if out else net,
            act=act,
            party="",
            title="",
            category="账户存取",
            funding=account.label,
            bank_name=account.label.split("(")[0].removesuffix("储蓄卡"),
            number=self._number(wallet, at),
            fee=fee,
        )
        deed = Deed(
            act=act, at=at, wallet=wallet, rows=[row], bank=[], funding=Funding("", account)
        )
        detail = (wallet, act, _service(""))
        deed.bank.append(self._post(account, at, net if out else -net, detail))
        return self._keep(deed)

    def _repay_through_wallet(self, at: datetime, wallet: str) -> None:
        amount = yuan(self.rng.randrange(20_000, 200_000)) / 100
        cards = [account for account in self.home.accounts if account.credit]
        if wallet == "alipay":
            self._repay_credit_line(at, amount)
            return
        if not cards:
            return
        card = cards[0]
        payer = self.home.debit_accounts()[0]
        row = WalletRow(
            book=wallet,
            at=at,
            amount=-amount,
            act=Act.REPAY,
            party=f"{card.label.split('(')[0].removesuffix('信用卡')}信用卡还款",
            title="",
            category="",
            funding=payer.label,
            number=self._number(wallet, at),
            merchant_number=self._merchant_number(wallet),
        )
        deed = Deed(
            act=Act.REPAY, at=at, wallet=wallet, rows=[row], bank=[], funding=Funding("", payer)
        )
        detail = (wallet, Act.REPAY, _service("信用卡还款"))
        deed.bank += [
            self._post(payer, at, -amount, detail),
            self._post(card, at, amount, detail),
        ]
        self._keep(deed)

    def _repay_credit_line(self, at: datetime, amount: Decimal) -> None:
        payer = self.rng.choice(self.home.debit_accounts())
        row = WalletRow(
            book="alipay",
            at=at,
            amount=-amount,
            act=Act.REPAY,
            party="花呗",
            title=f"花呗主动还款-{at:%Y年%m月}账单",
            category="信用借还",
            funding=payer.label,
            number=self._number("alipay", at),
        )
        deed = Deed(
            act=Act.REPAY, at=at, wallet="alipay", rows=[row], bank=[], funding=Funding("", payer)
        )
        deed.bank.append(self._post(payer, at, -amount, ("alipay", Act.PAY, _service("花呗"))))
        self._keep(deed)

    # rows at the bank

    def _post(
        self, account: Account, at: datetime, amount: Decimal, detail: tuple[str, Act, Shop]
    ) -> BankRow:
        via, act, shop = detail
        shown, booked = self._when(account, at, act)
        names = (shop.name, shop.company)
        summary, place, party = describe(account, via, act, names, self.rng)
        row = BankRow(
            book=account.key,
            at=shown,
            booked=booked,
            amount=amount,
            summary=summary,
            place=place,
            party=party,
        )
        self.bank_rows.append(row)
        return row

    def _alone(self, account: Account, day: date, amount: Decimal, what: str) -> None:
        rng = self.rng
        shown, booked = self._when(account, _at(rng, day, 7, 22), Act.OTHER)
        place = {
            "工资": "清河远见科技有限公司",
            "ATM取款": "清河支行自助设备",
            "POS消费": rng.choice(EVERYDAY).company,
        }.get(what, what)
        self.bank_rows.append(
            BankRow(
                book=account.key,
                at=shown,
                booked=booked,
                amount=amount,
                summary=what.removeprefix("POS"),
                place=place,
                party=place,
            )
        )

    def _when(self, account: Account, at: datetime, act: Act) -> tuple[datetime, date]:
        """The moment the bank prints and the day it books."""
        rng = self.rng
        if act is Act.REFUND:
            fast = account.clock and not account.credit
            waits = (45, 25, 12, 8, 5, 3, 1, 1) if fast else (28, 22, 16, 12, 8, 6, 4, 4)
            wait = rng.choices(range(8), waits)[0]
            seconds = rng.randrange(2, 5000)
            shown = at + timedelta(days=wait, seconds=seconds)
            if wait and rng.random() < 0.6:
                shown = _moved(shown, next_workday(shown.date()))
            return shown, shown.date() if account.clock else self._booked(account, shown)
        if account.clock:
            if rng.random() < 0.01:
                late = _moved(at, next_workday(at.date() + timedelta(days=rng.choice((1, 1, 2)))))
                return late.replace(hour=rng.randrange(1, 6)), late.date()
            shown = at + timedelta(seconds=rng.choice((0, 1, 1, 2, 3, 5, 9, 40, -2)))
            return shown, shown.date()
        booked = self._booked(account, at)
        if account.style == "booked":
            return _moved(at, booked), booked
        if rng.random() < 0.05:
            return _moved(at, booked), booked
        return at, booked

    def _booked(self, account: Account, at: datetime) -> date:
        rng = self.rng
        waits = (80, 13, 5, 2, 0, 0) if account.style == "booked" else (52, 30, 10, 5, 2, 1)
        day = at.date() + timedelta(days=rng.choices(range(6), waits)[0])
        if at.hour >= 23:
            day = max(day, at.date() + timedelta(days=rng.randrange(2)))
        return next_workday(day) if rng.random() < 0.5 else day

    # odds and ends

    def fund(self, wallet: str) -> Funding:
        """One of the wallet's sources of money, by its habit."""
        fundings = self.home.fundings[wallet]
        return self.rng.choices([f for f, _w in fundings], [w for _f, w in fundings])[0]

    def _shop_wallet(self) -> str:
        wallets = [wallet for wallet in self.home.wallets if wallet != "jd"]
        return self.rng.choice(wallets or list(self.home.wallets))

    def _ends_soon(self, at: datetime) -> bool:
        return timedelta(0) < self.home.exported_at - at < timedelta(days=8)

    def _keep(self, deed: Deed) -> Deed:
        self.deeds.append(deed)
        self.wallet_rows += deed.rows
        return deed

    def _number(self, wallet: str, at: datetime) -> str:
        day, digits = f"{at:%Y%m%d}", self.rng.randrange(10**17, 10**18)
        if wallet == "alipay":
            return f"{day}22001{digits}"[:28]
        if wallet == "wechat":
            return f"4200{digits}{day}"
        return str(self.rng.randrange(10**11, 4 * 10**11))

    def _merchant_number(self, wallet: str) -> str:
        digits = self.rng.randrange(10**15, 10**16)
        return {"alipay": f"T200P{digits}", "wechat": f"100{digits}"}.get(wallet, str(digits))


def in_period(row: Row, starts_on: date, ends_on: date) -> bool:
    """Whether a statement of the period shows the row; a bank shows what it has booked."""
    shown_on = row.booked if isinstance(row, BankRow) else row.at.date()
    return starts_on <= shown_on <= ends_on


def _service(name: str) -> Shop:
    return Shop(name, name, "", (name,), ("0",))


def _at(rng: Random, day: date, first: int, last: int) -> datetime:
    seconds = rng.randrange(first * 3600, last * 3600)
    return datetime.combine(day, time()) + timedelta(seconds=seconds)


def _moved(at: datetime, day: date) -> datetime:
    return datetime.combine(day, at.time())


def _poisson(rng: Random, mean: float) -> int:
    count, left = 0, rng.expovariate(1.0)
    while left < mean:
        count += 1
        left += rng.expovariate(1.0)
    return count


def _shares(rng: Random, paid: Decimal, plan: str) -> list[Decimal]:
    """How much of a purchase comes back, refund by refund; half of the pairs are equal."""
    if plan in {"whole", "split"}:
        return [paid]
    if plan == "part":
        return [yuan(paid * rng.randrange(15, 85) / 100)]
    first = yuan(paid * rng.randrange(15, 45) / 100)
    second = first if rng.random() < 0.5 else yuan(paid * rng.randrange(15, 45) / 100)
    return [first, second]
