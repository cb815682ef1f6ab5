from datetime import date
from decimal import Decimal

import pytest

from makewhole.errors import BadRequest
from makewhole.rules import Moment, Worth, calendars, claims, claims_of, deadline

NOW = date(2026, 11, 23)


def worth(rule: str, facts: dict[str, str], calendar: str = "", **events: str) -> Worth:
    days: dict[str, Moment] = {name: date.fromisoformat(day) for name, day in events.items()}
    chosen = [calendars().get(calendar)] if calendar else []
    return claims(rule, facts, days, NOW, chosen)[0]


@pytest.mark.parametrize(
    ("notice", "loss", "bears"),
    [
        # Learned Fri 22 May 2026, two business days end on Wed 27; statement of 1 June, 60 days
        # end on 31 July.
        ("2026-05-27", ("30", "0", "0"), "30"),
        ("2026-05-27", ("900", "0", "0"), "50"),
        ("2026-05-28", ("30", "100", "0"), "130"),
        ("2026-05-28", ("900", "100", "0"), "150"),
        ("2026-05-28", ("900", "1000", "0"), "500"),
        ("2026-07-31", ("900", "449", "700"), "499"),
        ("2026-08-01", ("900", "449", "700"), "1199"),
        ("2026-08-01", ("900", "1000", "700"), "1200"),
    ],
)
def test_the_tiers_of_regulation_e(notice: str, loss: tuple[str, str, str], bears: str) -> None:
    names = ("loss_in_two_days", "loss_after_two_days", "loss_after_sixty_days")
    found = worth(
        "us-rege-500",
        dict(zip(names, loss, strict=True)),
        loss_learned="2026-05-22",
        statement_sent="2026-06-01",
        notice_given=notice,
    )
    assert found.amount == Decimal(bears)
    assert found.currency == "USD"


@pytest.mark.parametrize(("notice", "bears"), [("2026-07-31", "0"), ("2026-08-01", "700")])
def test_without_a_device_nothing_is_borne_in_sixty_days(notice: str, bears: str) -> None:
    found = worth(
        "us-rege-500",
        {"device": "no", "loss_after_sixty_days": "700"},
        loss_learned="2026-05-22",
        statement_sent="2026-06-01",
        notice_given=notice,
    )
    assert found.amount == Decimal(bears)


def test_tiers_can_be_told_without_dates() -> None:
    facts = {"two_days": "no", "sixty_days": "yes", "loss_in_two_days": "20"}
    assert worth("us-rege-500", facts).amount == 20
    assert worth("us-rege-500", {"two_days": "no"}).missing == ("sixty_days",)


@pytest.mark.parametrize(
    ("reversed_on", "days", "amount"),
    [("2026-08-15", "0", "0"), ("2026-08-16", "1", "100"), ("2026-08-20", "5", "500")],
)
def test_india_pays_by_the_day(reversed_on: str, days: str, amount: str) -> None:
    events = {"transaction": date(2026, 8, 14), "reversed": date.fromisoformat(reversed_on)}
    (found,) = claims_of(deadline("in-tat-upi-p2p", events, NOW), {})
    assert found.used == {"days_late": days}
    assert found.amount == Decimal(amount)


def test_what_is_not_reversed_grows_by_the_day() -> None:
    events = {"transaction": date(2026, 8, 14)}
    (found,) = claims_of(deadline("in-tat-upi-p2p", events, date(2026, 8, 25)), {})
    assert found.amount == 1000


@pytest.mark.parametrize(
    ("rule", "facts", "amount"),
    [
        ("uk-psr-35gbp", {"loss_before_notice": "34.99"}, "34.99"),
        ("uk-psr-35gbp", {"loss_before_notice": "35.01"}, "35"),
        ("uk-psr-35gbp", {"loss_before_notice": "900", "loss_after_notice": "100"}, "35"),
        (
            "uk-psr-35gbp",
            {
                "loss_before_notice": "900",
                "loss_after_notice": "100",
                "fraud_or_gross_negligence": "yes",
            },
            "1000",
        ),
        ("eu-psd2-50eur", {"loss_before_notice": "49.99"}, "49.99"),
        ("eu-psd2-50eur", {"loss_before_notice": "50.01"}, "50"),
        ("eu-psd2-50eur", {"loss_before_notice": "900", "undetectable": "yes"}, "0"),
        ("eu-psd2-50eur", {"loss_before_notice": "900", "no_sca": "yes"}, "0"),
        ("uk-psr-refund-1bd", {"amount": "900", "borne": "35"}, "865"),
        ("eu-psd2-refund-1bd", {"amount": "20", "borne": "50"}, "0"),
        ("uk-app-5bd", {"amount": "1000"}, "900"),
        ("uk-app-5bd", {"amount": "99"}, "0"),
        ("uk-app-5bd", {"amount": "1000", "vulnerable": "yes"}, "1000"),
        ("uk-app-5bd", {"amount": "90000"}, "84900"),
        ("uk-app-5bd", {"amount": "90000", "vulnerable": "yes"}, "85000"),
        ("us-rege-10bd", {"amount": "49"}, "0"),
        ("us-rege-10bd", {"amount": "120.50"}, "70.50"),
        ("in-ios26-award", {"consequential_loss": "4000000", "hardship": "400000"}, "3300000"),
        ("cn-refund-7d", {"price": "19.90"}, "19.90"),
        ("cn-43-prepay", {"loss": "800"}, "800"),
    ],
)
def test_caps_on_both_sides(rule: str, facts: dict[str, str], amount: str) -> None:
    assert worth(rule, facts).amount == Decimal(amount)


@pytest.mark.parametrize(
    ("told", "amount"),
    [
        # Alert Mon 17 Aug 2026; 3 working days end on Thu 20, 7 on Wed 26: Sat 22 is the fourth.
        ("2026-08-20", "0"),
        ("2026-08-21", "10000"),
        ("2026-08-26", "10000"),
        ("2026-08-27", None),
    ],
)
def test_the_steps_of_the_indian_bank_rule(told: str, amount: str | None) -> None:
    found = worth(
        "in-liab-bank-3wd",
        {"amount": "30000", "cap": "10000"},
        alert_received="2026-08-17",
        notice_given=told,
    )
    assert found.amount == (None if amount is None else Decimal(amount))
    assert found.grade == "M"


@pytest.mark.parametrize(
    ("told", "value", "amount"),
    [
        ("2026-08-17", "30000", "0"),
        ("2026-08-18", "30000", "10000"),
        ("2026-08-21", "8000", "8000"),
        ("2026-08-22", "8000", None),
    ],
)
def test_the_steps_of_the_indian_wallet_rule(told: str, value: str, amount: str | None) -> None:
    found = worth(
        "in-liab-ppi-3d", {"amount": value}, alert_received="2026-08-14", notice_given=told
    )
    assert found.amount == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("reported", "loss", "before", "amount"),
    [
        ("2027-02-15", "20000", "no", "17000"),
        ("2027-02-15", "29411.77", "no", "25000"),
        ("2027-02-15", "50000", "no", "25000"),
        ("2027-02-15", "50000.01", "no", "0"),
        ("2027-02-15", "20000", "yes", "0"),
        ("2027-02-16", "20000", "no", "0"),
    ],
)
def test_the_indian_compensation(reported: str, loss: str, before: str, amount: str) -> None:
    found = worth(
        "in-fraud27-comp",
        {"net_loss": loss, "claimed_before": before},
        transaction="2027-02-10",
        both_reports_made=reported,
    )
    assert found.amount == Decimal(amount)


def test_what_is_missing_is_named() -> None:
    found = worth("uk-psr-35gbp", {})
    assert found.amount is None
    assert found.missing == ("loss_before_notice",)
    assert worth("us-rege-2bd", {"loss": "5"}, loss_learned="2026-05-22").missing == ("in_time",)


@pytest.mark.parametrize(
    ("rule", "facts", "says"),
    [
        ("uk-psr-35gbp", {"loss": "1"}, "loss_before_notice"),
        ("uk-psr-35gbp", {"loss_before_notice": "much"}, "much"),
        ("uk-psr-35gbp", {"loss_before_notice": "-1"}, "-1"),
        ("uk-psr-35gbp", {"loss_before_notice": "NaN"}, "NaN"),
        (
            "uk-psr-35gbp",
            {"loss_before_notice": "1", "fraud_or_gross_negligence": "perhaps"},
            "perhaps",
        ),
        ("cn-nfra-15d", {"loss": "1"}, "no amount"),
    ],
)
def test_facts_that_make_no_sense_are_refused(rule: str, facts: dict[str, str], says: str) -> None:
    with pytest.raises(BadRequest) as refused:
        claims(rule, facts, {}, NOW)
    assert says in refused.value.message.en
