"""How often a rung may be contacted: within its budget, and never after an answer.

A new fact starts both anew.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from makewhole.directory.history import ANSWERED, CONTACTED, History
from makewhole.directory.spec import Budget
from makewhole.directory.wording import CHASER, NEWS, REPLIED, SPENT, filled
from makewhole.records import Text

NEW_FACT = "new_fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Whether a rung may be contacted now; `first_day` is None where only a new fact helps."""

    allowed: bool
    first_day: date | None
    why: Text | None
    contacted_on: date | None = None
    answered_on: date | None = None


def allowance(  # noqa: PLR0913 - what counts as contact, as answer, and how many
    code: str,
    begins: tuple[str, ...],
    answers: tuple[str, ...],
    budget: Budget,
    history: History,
    now: date,
) -> Allowance:
    """What the budget of a rung says on the day `now`."""
    contacts = history.places((*begins, CONTACTED + code))
    replies = history.places((*answers, ANSWERED + code))
    news = max(history.places((NEW_FACT,)), default=-1)
    days = [event.on for event in history.events]
    last = days[contacts[-1]] if contacts else None
    replied = days[replies[-1]] if replies else None
    if replies and replies[-1] > news:
        return Allowance(
            allowed=False,
            first_day=None,
            why=filled(REPLIED, day=replied),
            contacted_on=last,
            answered_on=replied,
        )
    spent = [days[place] for place in contacts if place > news]
    free = _free_from(spent, budget, now)
    if free > now:
        why: Text | None = filled(
            SPENT, last=last, contacts=budget.contacts, days=budget.days, day=free
        )
        return Allowance(
            allowed=False, first_day=free, why=why, contacted_on=last, answered_on=replied
        )
    why = None
    if spent:
        why = filled(CHASER, last=last)
    elif contacts or replies:
        why = NEWS
    return Allowance(allowed=True, first_day=now, why=why, contacted_on=last, answered_on=replied)


def _free_from(spent: list[date], budget: Budget, now: date) -> date:
    """The first day on which fewer than the budget's contacts lie within its days."""
    if len(spent) < budget.contacts:
        return now
    return max(now, spent[-budget.contacts] + timedelta(days=budget.days))
