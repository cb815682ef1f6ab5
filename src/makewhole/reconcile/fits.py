"""Whether a leg and a row may belong together, by their words and their days; amounts aside."""

from datetime import timedelta

from makewhole.reconcile import calendar
from makewhole.reconcile.book import RETURNING, Leg, Row, Want
from makewhole.reconcile.names import is_payout, is_reversal, same_name


def compatible(leg: Leg, row: Row) -> bool:
    """Whether the row's words leave room for the leg: it names the wallet, or none."""
    if not same_sort(leg, row):
        return False
    if row.channel in leg.channels:
        return True
    # A shop's own pay brand may be named as the shop by another wallet's row.
    return (row.channel in {"", "jd", "meituan"}) and bool(leg.label)


def same_sort(leg: Leg, row: Row) -> bool:
    """Whether a credit's words do not say that it is a refund, or a payout, where it is not."""
    if leg.want is Want.PAYOUT:
        return not is_reversal(row.text)
    return leg.want not in RETURNING or not is_payout(row.text)


def names_both(leg: Leg, row: Row) -> bool:
    """Whether the row names the leg's wallet and the other party."""
    return names_wallet(leg, row) and same_name(leg.name, row.text)


def names_party(leg: Leg, row: Row) -> bool:
    """Whether the row names the other party and no other wallet."""
    return compatible(leg, row) and same_name(leg.name, row.text)


def names_wallet(leg: Leg, row: Row) -> bool:
    """Whether the row names the leg's wallet."""
    return row.channel in leg.channels and same_sort(leg, row)


def near_by(leg: Leg, row: Row) -> bool:
    """Whether the row stands in the days in which banks usually book."""
    return -calendar.EARLY_DAYS <= (row.day - leg.day).days <= calendar.BOOKING_DAYS


def in_time(leg: Leg, row: Row) -> bool:
    """Whether the row stands in the days in which the leg may still be booked."""
    days = (row.day - leg.day).days
    if leg.want in RETURNING:
        return -calendar.EARLY_DAYS <= days <= calendar.REFUND_WINDOW
    latest = calendar.latest_booking(leg.day, leg.entry.currency)
    return days >= -calendar.EARLY_DAYS and row.day <= latest


def gives_back(credit: Row, debit: Row) -> bool:
    """Whether a free credit may be the bank giving back just this debit."""
    said = is_reversal(credit.text)
    # A bank that writes only the day of booking may book the reversal before the debit.
    alike = said or credit.text == debit.text
    earliest = debit.day
    if alike and credit.at is None:
        earliest = calendar.earliest_origin(debit.day, debit.entry.currency)
    return (
        not credit.taken
        and credit.amount == -debit.amount
        and earliest <= credit.day <= debit.day + timedelta(days=calendar.REFUND_WINDOW)
        and (credit.channel == debit.channel or said)
    )
