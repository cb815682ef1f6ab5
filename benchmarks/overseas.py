"""Twelve months of an American household: PayPal in front, a checking account and a card behind.

One purchase is a payment row and the row that funds it, tied by Reference Txn ID; the bank sees
only the funding. Days at the bank are posting days.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from benchmarks.rows import Account, Act, BankRow, Deed, Funding, Home, WalletRow
from benchmarks.town import yuan

_ZONE = ZoneInfo("America/Los_Angeles")
_SHOPS = (
    ("Spinnaker Music", ("10.99",), 0.0),
    ("Harbor Coffee Roasters", ("4.75", "5.25"), 0.0),
    ("Juniper Rides", (), 0.01),
    ("Pine and Paper Books", (), 0.08),
    ("Thimble Clothing", (), 0.2),
    ("Northlight Games", ("19.99", "59.99"), 0.05),
    ("Kettle Kitchenware", (), 0.12),
    ("Birch Cloud Storage", ("2.99",), 0.0),
)
_BANK = Funding("bank")
_CARD = Funding("card")
_BALANCE = Funding("balance")


class PayPalLife:
    """The deeds of one household with PayPal."""

    def __init__(self, rng: Random, home: Home) -> None:
        self.rng = rng
        self.home = home
        self.deeds: list[Deed] = []
        self.wallet_rows: list[WalletRow] = []
        self.bank_rows: list[BankRow] = []
        self._balance = Decimal(100)
        self._account = {
            "bank": next(account for account in home.accounts if not account.credit),
            "card": next((account for account in home.accounts if account.credit), None),
        }

    def live(self) -> None:
        """Everything from two weeks before the period to two weeks after it."""
        rng, home = self.rng, self.home
        day = home.starts_on - timedelta(days=14)
        weights = [1 / (at + 1) for at in range(len(_SHOPS))]
        while day <= home.ends_on + timedelta(days=14):
            while rng.random() < 0.4 * home.pace:
                self._shop(day, *rng.choices(_SHOPS, weights)[0])
            if rng.random() < 0.07:
                self.receive(_at(rng, day))
            if rng.random() < 0.08 and self._balance > 40:
                self.withdraw(_at(rng, day))
            if rng.random() < 0.02:
                self._abroad(_at(rng, day))
            self._bank_only(day)
            day += timedelta(days=1)
        self.pending(datetime.combine(home.ends_on, time(9, 12)))

    def _shop(self, day: date, name: str, menu: tuple[str, ...], returns: float) -> None:
        rng = self.rng
        amount = (
            yuan(rng.choice(menu))
            if menu
            else yuan(Decimal(int(2400 * rng.lognormvariate(0, 0.7))) / 100)
        )
        deed = self.buy(_at(rng, day), name, amount)
        if rng.random() < returns:
            self.give_back(deed)

    def buy(self, at: datetime, name: str, amount: Decimal) -> Deed:
        """A purchase paid from the bank, a card or the balance."""
        funding = self.rng.choices((_BANK, _CARD, _BALANCE), (6, 3, 2))[0]
        if funding is _BALANCE and self._balance < amount:
            funding = _BANK
        kind = self.rng.choice(
            ("Express Checkout Payment", "PreApproved Payment Bill User Payment")
        )
        row = self._row(at, name, kind, -amount)
        deed = Deed(act=Act.PAY, at=at, wallet="paypal", rows=[row], bank=[], funding=funding)
        self._fund(deed, amount)
        return self._keep(deed)

    def _fund(self, deed: Deed, amount: Decimal) -> None:
        label = deed.funding.label
        if label == "balance":
            self._balance -= amount
            return
        kind = "Bank Deposit to PP Account " if label == "bank" else "General Card Deposit"
        row = self._row(deed.at, "", kind, amount)
        row.merchant_number = deed.rows[0].number
        row.act = Act.TOP_UP
        deed.rows.append(row)
        account = self._account[label]
        deed.funding = Funding(label, account)
        if account:
            name = deed.rows[0].party
            deed.bank.append(self._post(account, deed.at, -amount, name))

    def _abroad(self, at: datetime) -> None:
        """A purchase in euros: payment, two conversion rows and the funding in dollars."""
        euros = yuan(Decimal(self.rng.randrange(500, 9000)) / 100)
        dollars = yuan(euros * Decimal("1.1274"))
        paid = self._row(at, "Atelier Lumen", "Express Checkout Payment", -euros)
        away = self._row(at, "", "General Currency Conversion", -dollars)
        into = self._row(at, "", "General Currency Conversion", euros)
        paid.currency = into.currency = "EUR"
        away.merchant_number = into.merchant_number = paid.number
        deed = Deed(
            act=Act.PAY, at=at, wallet="paypal", rows=[paid], bank=[], funding=_BANK, odd=True
        )
        self._fund(deed, dollars)
        deed.rows += [away, into]
        self._keep(deed)

    def give_back(self, deed: Deed) -> Deed | None:
        """A refund: to the card it goes on to the card, otherwise it stays in the balance."""
        rng = self.rng
        paid = -deed.rows[0].amount
        share = paid if rng.random() < 0.7 else yuan(paid * rng.randrange(20, 80) / 100)
        at = deed.at + timedelta(minutes=rng.randrange(60, 60 * 24 * 12))
        row = self._row(at, deed.rows[0].party, "Payment Refund", share)
        row.merchant_number = deed.rows[0].number
        row.act = Act.REFUND
        refund = Deed(
            act=Act.REFUND,
            at=at,
            wallet="paypal",
            rows=[row],
            bank=[],
            funding=deed.funding,
            source=deed,
        )
        deed.returned = True
        if deed.funding.label != "card":
            self._balance += share
        else:
            onward = self._row(at, "", "General Card Withdrawal", -share)
            onward.merchant_number = row.number
            refund.rows.append(onward)
            account = self._account["card"]
            if account:
                refund.bank.append(self._post(account, at, share, deed.rows[0].party))
        return self._keep(refund)

    def receive(self, at: datetime) -> Deed:
        """Money received for goods, less PayPal's fee, kept in the balance."""
        gross = yuan(Decimal(self.rng.randrange(1000, 30_000)) / 100)
        row = self._row(at, "Robin Vale", "General Payment", gross)
        row.fee = yuan(gross * Decimal("0.0349") + Decimal("0.49"))
        self._balance += gross - row.fee
        return self._keep(
            Deed(act=Act.RECEIVE, at=at, wallet="paypal", rows=[row], bank=[], funding=_BALANCE)
        )

    def withdraw(self, at: datetime) -> Deed:
        """Money from the balance to the checking account."""
        amount = yuan(self._balance * self.rng.randrange(40, 95) / 100)
        self._balance -= amount
        row = self._row(at, "", "General Withdrawal", -amount)
        row.act = Act.WITHDRAW
        account = self._account["bank"]
        deed = Deed(
            act=Act.WITHDRAW,
            at=at,
            wallet="paypal",
            rows=[row],
            bank=[],
            funding=Funding("bank", account),
        )
        if account:
            deed.bank.append(self._post(account, at, amount, ""))
        return self._keep(deed)

    def pending(self, at: datetime) -> Deed:
        """A payment to a person that nobody has accepted yet."""
        amount = yuan(Decimal(self.rng.randrange(1000, 20_000)) / 100)
        row = self._row(at, "Sam Alder", "General Payment", -amount)
        row.status = "Pending"
        row.act = Act.SEND
        return self._keep(
            Deed(
                act=Act.SEND,
                at=at,
                wallet="paypal",
                rows=[row],
                bank=[],
                funding=_BALANCE,
                odd=True,
            )
        )

    def _bank_only(self, day: date) -> None:
        rng = self.rng
        checking = self._account["bank"]
        card = self._account["card"]
        if checking and day.day in {1, 15}:
            self._alone(checking, day, yuan("2180.44"), "OAKMONT PAYROLL DIR DEP")
        if checking and rng.random() < 0.3:
            self._alone(checking, day, -yuan(rng.randrange(400, 9000)) / 100, "POS GROCER 114")
        if card and rng.random() < 0.4:
            self._alone(card, day, -yuan(rng.randrange(300, 12_000)) / 100, "CORNER DINER")
        if checking and card and day.day == 20:
            amount = yuan(rng.randrange(20_000, 90_000)) / 100
            self._alone(checking, day, -amount, "CARD AUTOPAY")
            self._alone(card, day, amount, "AUTOMATIC PAYMENT - THANK YOU")

    def _alone(self, account: Account, day: date, amount: Decimal, name: str) -> None:
        self.bank_rows.append(_bank_row(account, day, amount, name, ""))

    def _post(self, account: Account, at: datetime, amount: Decimal, shop: str) -> BankRow:
        day = at.date() + timedelta(days=self.rng.choices(range(5), (20, 45, 22, 10, 3))[0])
        while day.weekday() > 4:
            day += timedelta(days=1)
        cut = shop.upper()[: self.rng.choice((8, 14, 22))]
        if account.credit:
            name, memo = f"PAYPAL *{shop.upper().replace(' ', '')[:14]}", ""
        elif amount > 0:
            name, memo = "PAYPAL TRANSFER", f"PPD ID: PAYPALSD11 {at:%y%m%d}"
        else:
            name, memo = "PAYPAL INST XFER", f"{at:%y%m%d} {cut}".strip()
        row = _bank_row(account, day, amount, name, memo)
        self.bank_rows.append(row)
        return row

    def _row(self, at: datetime, name: str, kind: str, amount: Decimal) -> WalletRow:
        number = "".join(self.rng.choices("0123456789ABCDEFGHJKLMNPRSTUVWXY", k=17))
        return WalletRow(
            book="paypal",
            at=at,
            amount=amount,
            act=Act.PAY,
            party=name,
            title="",
            category=kind,
            funding="",
            number=number,
            zone=at.replace(tzinfo=_ZONE).tzname() or "PST",
            status="Completed",
            currency="USD",
        )

    def _keep(self, deed: Deed) -> Deed:
        self.deeds.append(deed)
        self.wallet_rows += deed.rows
        return deed


def _bank_row(account: Account, day: date, amount: Decimal, name: str, memo: str) -> BankRow:
    at = datetime.combine(day, time(12))
    return BankRow(
        book=account.key, at=at, booked=day, amount=amount, summary=name, place=memo, party=""
    )


def _at(rng: Random, day: date) -> datetime:
    return datetime.combine(day, time()) + timedelta(seconds=rng.randrange(7 * 3600, 23 * 3600))
