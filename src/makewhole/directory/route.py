"""From what a person types to the whole answer: the wallet, the country, every rung, what next."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from makewhole.directory.history import ANSWERED, CONTACTED, Event
from makewhole.directory.ladder import (
    Amount,
    Rung,
    chosen_country,
    is_fast,
    ladder,
    next_step,
)
from makewhole.directory.loading import country, events, problems, provider, provider_ids
from makewhole.directory.provider import Country, Provider
from makewhole.directory.spans import WorkingDays
from makewhole.errors import BadRequest
from makewhole.records import Text

_WITH_COUNTRY = re.compile(r"([a-z]{2})\.\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The whole answer to “whom do I turn to?”."""

    provider: Provider
    country: Country
    problem: str
    amount: Amount | None
    as_of: date
    fast: bool
    rungs: tuple[Rung, ...]
    next: Rung | None


def route(  # noqa: PLR0913 - one argument for each thing a person can say
    name: str,
    problem: str,
    country_code: str = "",
    amount: Amount | None = None,
    history: Iterable[Event] = (),
    *,
    now: date,
    working_days: WorkingDays | None = None,
) -> Route:
    """Whom to turn to; raises `BadRequest` with what is known where a name is not."""
    code, meant = found_provider(name)
    wallet = provider(code)
    happened = tuple(history)
    for event in happened:
        _check(event, now)
    chosen = chosen_country(wallet, country_code or meant)
    rungs = ladder(code, problem, chosen, amount, happened, now=now, working_days=working_days)
    return Route(
        provider=wallet,
        country=country(chosen),
        problem=problem,
        amount=amount,
        as_of=now,
        fast=is_fast(problem, amount),
        rungs=rungs,
        next=next_step(rungs),
    )


def found_provider(name: str) -> tuple[str, str]:
    """The id of a wallet and the country that its name implies, by id or any of its names."""
    wanted = name.strip().casefold()
    if wanted in provider_ids():
        return wanted, ""
    for code in provider_ids():
        wallet = provider(code)
        if wanted in {each.casefold() for each in (*wallet.aliases, *wallet.name)}:
            prefix = _WITH_COUNTRY.fullmatch(wanted)
            return code, prefix[1].upper() if prefix else ""
    known = ", ".join(provider_ids())
    raise BadRequest(
        Text(
            f"不认识“{name}”这个钱包。有的是：{known}",
            f"no wallet is called “{name}”. Known are: {known}",
        )
    )


def problem_codes() -> tuple[str, ...]:
    """Every kind of problem."""
    return tuple(problems().problems)


def event_codes() -> tuple[str, ...]:
    """Every event that a history can name, beside `contacted:RUNG` and `answered:RUNG`."""
    return tuple(code for code, event in events().items() if not event.any)


def _check(event: Event, now: date) -> None:
    if event.on > now:
        raise BadRequest(
            Text(
                f"{event.name} 的日期 {event.on} 在 {now} 之后；要看那天的情况请用 --as-of。",
                f"{event.name} is dated {event.on}, after {now}; for a later view use --as-of.",
            )
        )
    if event.name in event_codes() or event.name.startswith((CONTACTED, ANSWERED)):
        return
    known = ", ".join(event_codes())
    raise BadRequest(
        Text(
            f"不认识“{event.name}”这件事。有的是：{known}，以及 contacted:步骤、answered:步骤",
            f"no event is called “{event.name}”. Known are: {known}, and contacted:RUNG, "
            "answered:RUNG",
        )
    )
