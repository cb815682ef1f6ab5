"""What a data file may say about rungs: when a door opens, when it shuts, what it is good for."""

from enum import StrEnum

from msgspec import Struct

from makewhole.directory.facts import Contact, Fact, Grade
from makewhole.records import Text


class Type(StrEnum):
    """What a rung is for: it can stop money now, it is the way up, or it stands beside it."""

    STOP = "stop"
    LADDER = "ladder"
    SIDE = "side"


class Stage(StrEnum):
    """Where a rung stands; the order of the members is the order of the ladder."""

    FREEZE = "freeze"
    BANK = "bank"
    SIM = "sim"
    SUPPORT = "support"
    TRACE = "trace"
    DISPUTE = "dispute"
    COMPLAINT = "complaint"
    PRIVATE = "private"
    PUBLIC = "public"
    COMMUNITY = "community"
    OUTSIDE = "outside"
    DATA = "data"
    POLICE = "police"
    COURT = "court"


RANK = {stage: rank for rank, stage in enumerate(Stage)}


class Span(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A length of time in the unit of its text; `answer` stands for the firm's time to answer."""

    days: int = 0
    weeks: int = 0
    months: int = 0
    years: int = 0
    working_days: int = 0
    answer: bool = False


class Need(Struct, frozen=True, forbid_unknown_fields=True):
    """An event that must have happened, and what must have passed since.

    `urgent` needs count only where money was taken by others.
    """

    after: str
    wait: Span | None = None
    urgent: bool = False


class Door(Struct, frozen=True, forbid_unknown_fields=True):
    """One way in: all its needs, and none of the events under `absent`.

    `ours` marks a choice of this house, not of a law; the fast ladder lifts it where `lifted`.
    """

    needs: tuple[Need, ...] = ()
    absent: tuple[str, ...] = ()
    rule: str = ""
    grade: Grade | None = None
    source: tuple[str, ...] = ()
    ours: bool = False
    lifted: bool = False


class Window(Struct, frozen=True, forbid_unknown_fields=True):
    """Until when a rung can be taken: counted from one event, or from the latest of several."""

    since: tuple[Need, ...]
    within: Span
    latest: bool = False
    rule: str = ""
    grade: Grade = Grade.MEMORY
    source: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class Bound(Struct, frozen=True, forbid_unknown_fields=True):
    """A limit of money; outside it the rung is closed, or open with a warning."""

    said: Text
    currency: str
    most: int | None = None
    least: int | None = None
    closes: bool = False
    grade: Grade = Grade.MEMORY
    source: tuple[str, ...] = ()


class Clash(Struct, frozen=True, forbid_unknown_fields=True):
    """Two doors of which the one can close the other: both warn."""

    other: str
    said: Text
    grade: Grade = Grade.MEMORY
    source: tuple[str, ...] = ()


class Budget(Struct, frozen=True, forbid_unknown_fields=True):
    """How many contacts a rung bears within so many days."""

    contacts: int
    days: int


class RungSpec(Struct, frozen=True, forbid_unknown_fields=True):
    """What a file says of a rung; what it leaves out comes from `data/stages.yaml`."""

    name: Text | None = None
    stage: Stage | None = None
    type: Type | None = None
    problems: tuple[str, ...] | None = None
    countries: tuple[str, ...] = ()
    opens: tuple[Door, ...] | None = None
    windows: tuple[Window, ...] = ()
    bounds: tuple[Bound, ...] = ()
    clashes: tuple[Clash, ...] = ()
    contacts: tuple[Contact | str, ...] = ()
    facts: tuple[Fact, ...] = ()
    budget: Budget | None = None
    begins: tuple[str, ...] | None = None
    answers: tuple[str, ...] | None = None
