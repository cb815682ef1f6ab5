from datetime import date, datetime

import pytest

from makewhole.rules import Deadline, Doubt, Status, deadline


def found(rule: str, event: str, at: str, case: str = "", now: str = "2026-11-23") -> Deadline:
    moment = datetime.fromisoformat(at) if "T" in at else date.fromisoformat(at)
    return deadline(rule, {event: moment}, datetime.fromisoformat(now), case=case)


@pytest.mark.parametrize(
    ("rule", "event", "at", "case", "due"),
    [
        # 24 hours are not the next day.
        (
            "cn-261-atm-24h",
            "transfer_accepted",
            "2026-09-29T14:30",
            "",
            "2026-09-30T14:30:00+08:00",
        ),
        (
            "cn-261-atm-24h",
            "transfer_accepted",
            "2026-12-31T23:59",
            "",
            "2027-01-01T23:59:00+08:00",
        ),
        (
            "cn-261-atm-24h",
            "transfer_accepted",
            "2024-02-28T23:30",
            "",
            "2024-02-29T23:30:00+08:00",
        ),
        (
            "cn-261-atm-24h",
            "transfer_accepted",
            "2026-09-29T06:30Z",
            "",
            "2026-09-30T14:30:00+08:00",
        ),
        ("cn-86-stop-48h", "fraud_reported", "2026-09-30T22:10", "", "2026-10-02T22:10:00+08:00"),
        ("ke-mpesa-24h", "sent", "2026-03-31T21:00", "", "2026-04-01T21:00:00+03:00"),
        (
            "ke-mpesa-24h",
            "reversal_requested",
            "2026-03-31T21:00",
            "till",
            "2026-04-03T21:00:00+03:00",
        ),
        ("ng-cbn-2020", "transaction", "2026-03-31T21:00", "", "2026-04-03T21:00:00+01:00"),
        (
            "ng-cbn-2020",
            "transaction",
            "2026-03-31T21:00",
            "other_atm",
            "2026-04-02T21:00:00+01:00",
        ),
        ("ng-cbn-2020", "transaction", "2026-03-31T21:00", "own_atm", "2026-04-01T21:00:00+01:00"),
        (
            "us-rem-cancel-30min",
            "payment_made",
            "2026-06-30T23:45",
            "",
            "2026-07-01T00:15:00-04:00",
        ),
        # The clocks of New York go forward on 8 March 2026 and back on 1 November 2026.
        (
            "us-rem-cancel-30min",
            "payment_made",
            "2026-03-08T01:45",
            "",
            "2026-03-08T03:15:00-04:00",
        ),
        (
            "us-rem-cancel-30min",
            "payment_made",
            "2026-11-01T00:45",
            "",
            "2026-11-01T01:15:00-04:00",
        ),
        (
            "us-rem-cancel-30min",
            "payment_made",
            "2026-11-01T01:45-04:00",
            "",
            "2026-11-01T01:15:00-05:00",
        ),
        (
            "us-rem-cancel-30min",
            "payment_made",
            "2026-11-01T01:45-05:00",
            "",
            "2026-11-01T02:15:00-05:00",
        ),
        # Brussels goes forward on 29 March 2026.
        ("eu-ipr-10s", "order_received", "2026-03-29T01:59:55", "", "2026-03-29T03:00:05+02:00"),
        ("eu-ipr-10s", "order_received", "2026-12-31T23:59:55", "", "2027-01-01T00:00:05+01:00"),
        (
            "wx-refund-arrival",
            "refund_accepted",
            "2026-09-30T23:50",
            "balance",
            "2026-10-01T00:10:00+08:00",
        ),
    ],
)
def test_hours_run_from_the_minute(rule: str, event: str, at: str, case: str, due: str) -> None:
    result = found(rule, event, at, case)
    shown = (result.strict_last_day, result.due, result.rolled_last_day, result.overdue_from)
    assert {each.isoformat() for each in shown} == {due}
    assert not result.provisional


def test_an_hour_that_the_clocks_repeat_is_read_both_ways() -> None:
    result = found("us-rem-cancel-30min", "payment_made", "2026-11-01T01:45")
    assert result.due.isoformat() == "2026-11-01T01:15:00-05:00"
    assert result.rolled_last_day.isoformat() == "2026-11-01T02:15:00-05:00"
    assert result.doubts == (Doubt.HOUR,)


def test_a_day_without_its_hour_is_read_both_ways() -> None:
    result = found("cn-261-atm-24h", "transfer_accepted", "2026-09-29")
    assert result.due.isoformat() == "2026-09-30T00:00:00+08:00"
    assert result.overdue_from.isoformat() == "2026-10-01T00:00:00+08:00"
    assert result.doubts == (Doubt.HOUR,)


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("2026-09-30T14:29:59+08:00", Status.OPEN),
        ("2026-09-30T14:30:00+08:00", Status.OVERDUE),
        ("2026-09-30T06:29:59+00:00", Status.OPEN),
    ],
)
def test_the_minute_decides(now: str, status: Status) -> None:
    moment = "2026-09-29T14:30"
    assert found("cn-261-atm-24h", "transfer_accepted", moment, now=now).status is status


def test_a_renewed_stop_runs_again_from_its_own_hour() -> None:
    result = deadline(
        "cn-86-stop-48h",
        {
            "fraud_reported": datetime.fromisoformat("2026-09-30T22:10"),
            "stop_renewed": datetime.fromisoformat("2026-10-02T20:00"),
        },
        date(2026, 10, 3),
    )
    assert result.due.isoformat() == "2026-10-04T20:00:00+08:00"


@pytest.mark.parametrize(
    ("at", "due"),
    [
        # In New York it is still 22 May; a moment in UTC is put into the rule's zone first.
        ("2026-05-23T01:00+00:00", date(2026, 5, 27)),
        ("2026-05-21T23:00-07:00", date(2026, 5, 27)),
        ("2026-05-21T23:00-04:00", date(2026, 5, 26)),
    ],
)
def test_a_day_is_a_day_in_the_rules_zone(at: str, due: date) -> None:
    assert found("us-rege-2bd", "loss_learned", at).due == due
