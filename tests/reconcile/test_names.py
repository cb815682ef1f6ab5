"""By which words wallets, banks and funding sources are known, and by which they are not."""

import pytest

from makewhole.reconcile.banks import bank_named
from makewhole.reconcile.channels import channel_of
from makewhole.reconcile.names import FundingSource, bank_fits, funding_of


@pytest.mark.parametrize(
    ("text", "wallet"),
    [
        ("VENMO DES:CASHOUT ID:XXXXX787 INDN:DANA ROOK CO ID:XXXXX992 PPD", "venmo"),
        ("VENMO            PAYMENT    1035551234567   WEB ID: 3264681992", "venmo"),
        ("PURCHASE AUTHORIZED ON 12/30 VENMO* Visa Direct NY S302 CARD 1234", "venmo"),
        ("VENMO *TOMAS VALE", "venmo"),
        ("CASH APP*ILSE MARROW", "cashapp"),
        ("Visa Direct Cash App*Cash Ou 6200000021", "cashapp"),
        ("Cash App DES:* Cash App ID:T32XXXX", "cashapp"),
        ("CASHAPP*ILSE", "cashapp"),
        ("Square Inc DES:* Cash App ID:T1", "cashapp"),
        ("Revolut*1234*            revolut.com  GBR", "revolut"),
        ("REVOLUT**1234* VILNIUS", "revolut"),
        ("Revolut Bank UAB Ada Muster", "revolut"),
        ("WISE EUROPE SA concepto: ahorro", "wise"),
        ("Wise US Inc", "wise"),
        ("TransferWise Ltd P1234567", "wise"),
        ("Faster payment Wise Wise", "wise"),
        ("Einkauf; Payment UBS TWINT", "twint"),
        ("TWINT  *Kiosk am See       Bern   CHE", "twint"),
        ("SDD Satispay Europe S.A.", "satispay"),
        ("PAYONEER INC EDI", "payoneer"),
        ("MPESA-254700000123-UB03DD10AB", "mpesa"),
        ("M-PESA TRANSFER", "mpesa"),
        ("PAYPAL *LANTERNS 402-935-7733 CA", "paypal"),
        ("PAYPAL           INST XFER  LANTERNS        WEB ID: PAYPALSI77", "paypal"),
        ("PayPal (Europe) S.a.r.l. et Cie., S.C.A. PP.4711.PP . VENMO SHOP", "paypal"),
        ("支付宝-兰州拉面", "alipay"),
        ("有限公司2088****0156", "alipay"),
        ("jd.com", "jd"),
    ],
)
def test_a_bank_row_names_a_wallet(text: str, wallet: str) -> None:
    assert channel_of(text) == wallet


@pytest.mark.parametrize(
    "text",
    [
        "PENNYWISE BOOKS",
        "Jimmy Wise",
        "WISE OWL TOYS",
        "Otherwise Payments",
        "REVOLUTION BAR LEEDS",
        "CASH APPLIANCES 12",
        "LAST CASH",
        "TWINTOWN DELI",
        "JD SPORTS LEEDS",
        "JD WETHERSPOON",
        "UPI/DR/208812345678/SAMPLE M/YESB",
        "LAVENMORE INN",
    ],
)
def test_a_shop_that_merely_sounds_like_a_wallet_is_none(text: str) -> None:
    assert channel_of(text) == ""


@pytest.mark.parametrize(
    ("words", "bank"),
    [
        ("Chase Checking *1559", "chase"),
        ("JPMORGAN CHASE BANK", "chase"),
        ("WELLS FARGO BANK, N.A.", "wellsfargo"),
        ("Bank of America Debit *8812", "bofa"),
        ("Capital One 360", "capitalone"),
        ("Charles Schwab Bank", "schwab"),
        ("ING-DiBa AG", "ing-de"),
        ("Deutsche Kreditbank AG", "dkb"),
        ("Stadtsparkasse Unterstadt(4711)", "sparkasse"),
        ("SBI Debit Card", "sbi"),
        ("State Bank Of India - 51", "sbi"),
        ("Bank of Scotland", "lloyds"),
        ("中国邮政储蓄银行(1234)", "psbc"),
        ("CMBC", "cmbc"),
        ("Royal Bank of Scotland", ""),
        ("SHIPPING BANK", ""),
        ("Purchase Bank", ""),
    ],
)
def test_a_wallet_names_a_bank(words: str, bank: str) -> None:
    assert bank_named(words) == bank


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("Visa Debit *1559", FundingSource("Visa Debit *1559", is_bank=True, tail="1559")),
        ("XX4521", FundingSource("XX4521", is_bank=True, tail="4521")),
        (
            "IT60X0542811101000000123456 (3456)",
            FundingSource("IT60X0542811101000000123456 (3456)", is_bank=True, tail="3456"),
        ),
        (
            "Chase Checking *4410",
            FundingSource("Chase Checking *4410", is_bank=True, bank="chase", tail="4410"),
        ),
        (
            "数字人民币-中国银行钱包(0637)",
            FundingSource("数字人民币-中国银行钱包(0637)", is_bank=False, wallet="ecny"),
        ),
    ],
)
def test_what_a_funding_column_says(words: str, source: FundingSource) -> None:
    assert funding_of(words).sources == (source,)


@pytest.mark.parametrize("words", ["Your Cash", "Cash Card", "Current", "balance", "Fuliza"])
def test_a_pocket_of_the_wallet_is_no_source_outside(words: str) -> None:
    assert funding_of(words).sources == ()


@pytest.mark.parametrize("words", ["Venmo balance", "M-PESA", "Satispay"])
def test_a_wallet_s_own_balance_is_no_bank(words: str) -> None:
    (source,) = funding_of(words).sources
    assert not source.is_bank


def test_a_named_bank_fits_its_own_statement_and_any_standard() -> None:
    (source,) = funding_of("Chase Checking *4410").sources
    fits = [
        name for name in ("chase", "wellsfargo", "ofx", "qif", "mine") if bank_fits(source, name)
    ]
    assert fits == ["chase", "ofx", "qif", "mine"]
