"""What a rule is: the nouns of the YAML files, checked word by word when a file is read.

A file that does not fit is refused as a whole, naming the file, the rule and the field. Terms are
written as a lawyer would say them: `7 working days`, `30 days + 90 days`, `24 hours`.
"""

import re
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct, field

from makewhole.records import Text

_TERM = re.compile(r"(\d{1,4}) (second|minute|hour|day|working day|business day|week|month|year)s?")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Unit(StrEnum):
    """What a term counts."""

    SECONDS = "second"
    MINUTES = "minute"
    HOURS = "hour"
    DAYS = "day"
    WORKING_DAYS = "working day"
    BUSINESS_DAYS = "business day"
    WEEKS = "week"
    MONTHS = "month"
    YEARS = "year"


EXACT = {Unit.SECONDS: 1, Unit.MINUTES: 60, Unit.HOURS: 3600}
OPEN_DAYS = frozenset({Unit.WORKING_DAYS, Unit.BUSINESS_DAYS})


class Span(NamedTuple):
    """So many of one unit."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number} {self.unit}{'' if self.number == 1 else 's'}"


Term = tuple[Span, ...]


class Grade(StrEnum):
    """How well a fact is known, from read word by word to doubtful."""

    READ = "V"
    REPORTED = "V2"
    MEMORY = "M"
    DOUBTFUL = "?"

    @property
    def unconfirmed(self) -> bool:
        """Whether nobody has read it anywhere: it must never look certain."""
        return self in {Grade.MEMORY, Grade.DOUBTFUL}


class Party(StrEnum):
    """Who is bound, and who has to act."""

    USER = "user"
    FIRM = "firm"
    BANK = "bank"
    NONBANK = "nonbank"
    ISSUER = "issuer"
    MERCHANT = "merchant"
    PROCESSOR = "processor"
    REGULATOR = "regulator"
    OMBUDSMAN = "ombudsman"
    ADR = "adr"
    POLICE = "police"
    BOTH = "both"


class Kind(StrEnum):
    """What the last day of a term is: the last one to act on, or the last one to wait."""

    LIMIT = "limit"
    WAIT = "wait"


class Roll(StrEnum):
    """What happens when the last day is a day of rest."""

    NONE = "none"
    ARGUABLE = "arguable"
    LAW = "law"


class Pick(StrEnum):
    """Which of several days counts."""

    EARLIEST = "earliest"
    LATEST = "latest"


class Effect(StrEnum):
    """What a later event does to a running term."""

    REPLACE = "replace"
    RESTART = "restart"
    PAUSE = "pause"


class When(StrEnum):
    """Where the event that chooses the version lies from the trigger."""

    BEFORE = "before"
    AFTER = "after"
    ANY = "any"


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing said to a person, as YAML writes it."""

    zh: str
    en: str

    @property
    def text(self) -> Text:
        """The same as the house's own pair."""
        return Text(self.zh, self.en)


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a fact can be read."""

    title: str
    url: str = ""


class Selector(Struct, frozen=True, forbid_unknown_fields=True):
    """The event whose date decides which version applies."""

    event: str
    lies: When = When.ANY
    within_days: int = 0


class Start(Struct, frozen=True, forbid_unknown_fields=True):
    """Another event from which a term may run."""

    event: str
    term: str = ""


class Case(Struct, frozen=True, forbid_unknown_fields=True):
    """The rule under other circumstances, or another term that it holds; chosen by name."""

    id: str
    when: Words
    term: str
    trigger: str = ""
    acts: Party | None = None
    binds: tuple[Party, ...] = ()
    kind: Kind | None = None
    done: str = ""
    roll: Roll | None = None
    calendars: tuple[str, ...] = ()
    provider_days: bool | None = None
    grade: Grade | None = None
    article: str = ""
    source: tuple[str, ...] = ()


class Move(Struct, frozen=True, forbid_unknown_fields=True):
    """A later event that moves the last day, if it comes in time."""

    event: str
    effect: Effect
    says: Words
    term: str = ""
    until: str = ""
    at_most: str = ""
    grade: Grade | None = None


class Version(Struct, frozen=True, forbid_unknown_fields=True):
    """The rule as it stood for a while, where it differs."""

    id: str
    valid_from: date | None = None
    valid_to: date | None = None
    article: str = ""
    instrument: Words | None = None
    term: str = ""
    grade: Grade | None = None
    source: tuple[str, ...] = ()
    note: Words | None = None


class Input(Struct, frozen=True, forbid_unknown_fields=True):
    """Something a formula has to be told."""

    zh: str
    en: str
    kind: str = "money"
    default: str = ""


class Tier(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of a formula: the value, and when it holds."""

    value: str
    when: str = ""
    says: Words | None = None


class Claim(Struct, frozen=True, forbid_unknown_fields=True):
    """What the law lets somebody claim or lose: formula, inputs, source."""

    id: str
    title: Words
    currency: str
    tiers: tuple[Tier, ...]
    inputs: dict[str, Input] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    grade: Grade | None = None
    source: tuple[str, ...] = ()
    article: str = ""


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """Who owes what by when. What is not said here, the instrument says for all its rules."""

    id: str
    title: Words
    binds: tuple[Party, ...]
    acts: Party
    grade: Grade
    trigger: str
    article: str = ""
    source: tuple[str, ...] = ()
    kind: Kind = Kind.LIMIT
    term: str = ""
    no_term: Words | None = None
    also_from: tuple[Start, ...] = ()
    pick: Pick = Pick.LATEST
    ceiling: Start | None = None
    moves: tuple[Move, ...] = ()
    cases: tuple[Case, ...] = ()
    done: str = ""
    calendars: tuple[str, ...] = ()
    provider_days: bool = False
    received_on_open_day: bool = False
    roll: Roll = Roll.NONE
    counting: tuple[str, ...] = ("cc-next-day",)
    valid_from: date | None = None
    valid_to: date | None = None
    in_force: bool = True
    selector: Selector | None = None
    superseded_by: str = ""
    supersedes: str = ""
    versions: tuple[Version, ...] = ()
    consequence: Words | None = None
    note: Words | None = None
    opens: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    zone: str = ""
    checked_on: date | None = None
    expires_on: date | None = None


class Instrument(Struct, frozen=True, forbid_unknown_fields=True):
    """A law, a regulator's rule, a scheme's or a provider's own terms."""

    id: str
    name: Words
    jurisdiction: str
    zone: str
    checked_on: date
    expires_on: date


class RuleFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One YAML file: an instrument, its sources, and its rules."""

    instrument: Instrument
    rules: tuple[Rule, ...]
    sources: dict[str, Source] = field(default_factory=dict)
    events: dict[str, Words] = field(default_factory=dict)


class Convention(Struct, frozen=True, forbid_unknown_fields=True):
    """A way of counting that many rules share."""

    says: Words
    grade: Grade
    source: str = ""


def parse_term(written: str) -> Term:
    """The term in `written`, such as `7 working days`; ValueError tells what is wrong with it."""
    spans = []
    for part in written.split(" + "):
        found = _TERM.fullmatch(part)
        if not found:
            raise ValueError(
                f"“{written}” is not a term; write it as “7 working days” or “30 days + 90 days”"
            )
        spans.append(Span(int(found[1]), Unit(found[2])))
    exact = sum(span.unit in EXACT for span in spans)
    if exact not in (0, len(spans)):
        raise ValueError(f"“{written}” mixes hours with days; say it in one of them")
    return tuple(spans)


def is_name(written: str) -> bool:
    """Whether `written` can be the name of an event or an input."""
    return bool(_NAME.fullmatch(written))
