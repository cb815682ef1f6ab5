"""Which facts are due for checking: numbers, hours and terms age."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from makewhole.directory.facts import Contact, Fact, Grade
from makewhole.directory.loading import banks, country, country_codes, provider, provider_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A fact whose time is over: where it stands, what it says, since when."""

    file: str
    what: str
    grade: Grade
    checked_on: date
    expires_on: date


def due_for_checking(today: date) -> tuple[Due, ...]:
    """Every fact and contact that is no longer good on that day, the longest overdue first."""
    late = (
        Due(
            file=file,
            what=fact.value if isinstance(fact, Contact) else fact.said.en,
            grade=fact.grade,
            checked_on=fact.checked_on,
            expires_on=fact.expires_on,
        )
        for file, fact in _all()
        if fact.checked_on and fact.expires_on and fact.expires_on < today
    )
    return tuple(sorted(set(late), key=lambda each: (each.expires_on, each.file, each.what)))


def _all() -> Iterator[tuple[str, Contact | Fact]]:
    for code in provider_ids():
        wallet, file = provider(code), f"providers/{code}.yaml"
        yield from ((file, each) for each in wallet.contacts.values())
        yield from ((file, each) for each in wallet.facts)
        for rung in wallet.rungs.values():
            yield from ((file, fact) for fact in rung.facts)
    for code in country_codes():
        file = f"channels/{code.lower()}.yaml"
        for rung in country(code).channels.values():
            yield from ((file, fact) for fact in rung.facts)
            yield from ((file, each) for each in rung.contacts if isinstance(each, Contact))
        lines = banks(code)
        if lines:
            held = (*lines.contacts, *lines.operators)
            yield from ((f"banks/{code.lower()}.yaml", each) for each in held)
