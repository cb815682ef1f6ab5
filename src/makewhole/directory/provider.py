"""What the data files of providers, countries, problems and numbers hold, as a whole."""

from datetime import date

from msgspec import Struct

from makewhole.directory.facts import Contact, Fact, Grade
from makewhole.directory.spec import RungSpec, Span
from makewhole.records import Text


class Shape(Struct, frozen=True, forbid_unknown_fields=True):
    """How a number of a provider looks. A hint: it proves nothing and refuses nothing.

    `date` names how the day is written at position `at`, where the number carries one.
    """

    name: Text
    shape: str
    example: str
    grade: Grade
    source: tuple[str, ...] = ()
    date: str = ""
    at: int = 0


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a firm of a country has to answer a complaint."""

    within: Span
    rule: str = ""
    grade: Grade = Grade.MEMORY
    source: tuple[str, ...] = ()


class Provider(Struct, frozen=True, forbid_unknown_fields=True):
    """A wallet: its names, contacts, rungs and the shapes of its numbers."""

    id: str
    name: Text
    countries: tuple[str, ...]
    checked_on: date
    aliases: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    contacts: dict[str, Contact] = {}
    rungs: dict[str, RungSpec] = {}
    outside: dict[str, tuple[str, ...]] = {}
    asks: tuple[Text, ...] = ()
    numbers: tuple[Shape, ...] = ()


class Country(Struct, frozen=True, forbid_unknown_fields=True):
    """A jurisdiction: its authorities and communities, and the ladder that most wallets have there.

    `calendar` is the code by which its working days are asked for.
    """

    country: str
    name: Text
    calendar: str
    currency: str
    checked_on: date
    ladder: tuple[str, ...]
    channels: dict[str, RungSpec]
    also: tuple[str, ...] = ()
    answer: Answer | None = None


class Banks(Struct, frozen=True, forbid_unknown_fields=True):
    """The lines of the banks behind the wallets of a country, and of its mobile operators."""

    country: str
    checked_on: date
    contacts: tuple[Contact, ...]
    operators: tuple[Contact, ...] = ()


class Problem(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of problem and what the field's own lists call it."""

    name: Text
    urgent: str = "never"
    cfpb: str = ""
    fca: str = ""
    jrt: Text | None = None
    heimao: str = ""
    upi: str = ""
    med: Text | None = None


class Problems(Struct, frozen=True, forbid_unknown_fields=True):
    """All kinds of problems, and groups of them that files may name."""

    sources: dict[str, tuple[str, ...]]
    groups: dict[str, tuple[str, ...]]
    problems: dict[str, Problem]


class Happening(Struct, frozen=True, forbid_unknown_fields=True):
    """An event of a history in words; `any` makes it stand for the first given of others."""

    done: Text
    do: Text
    any: tuple[str, ...] = ()
