"""What a data file of the directory may say: facts with their source, grade and day of check.

A typo cannot hide: an unknown field, a missing one or a wrong kind is refused with file and place.
"""

from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from msgspec import Struct

from makewhole.records import Text


class Grade(StrEnum):
    """How far a fact can be trusted; the words are those of docs/reference/directory.md."""

    READ = "V"
    REPORTED = "V2"
    SAMPLE = "S"
    MEMORY = "M"
    DOUBTFUL = "?"

    @property
    def certain(self) -> bool:
        """Whether a fact of this grade may be shown without a mark."""
        return self in (Grade.READ, Grade.REPORTED)


class Way(StrEnum):
    """By which means a contact is reached."""

    PHONE = "phone"
    SMS = "sms"
    USSD = "ussd"
    WHATSAPP = "whatsapp"
    FAX = "fax"
    APP = "app"
    CHAT = "chat"
    WEB = "web"
    EMAIL = "email"
    POST = "post"
    IN_PERSON = "in_person"
    ACCOUNT = "account"
    FORUM = "forum"


# People lose money to planted numbers and accounts: these need more than one page that says so.
NEEDS_PROOF = frozenset({Way.PHONE, Way.SMS, Way.USSD, Way.WHATSAPP, Way.FAX, Way.ACCOUNT})
ENOUGH_SOURCES = 2

# Names under which many publishers have their own: edu.cn, co.uk, gov.hk.
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "go", "gov", "net", "org"})
_PAIR = 2

LASTS, LASTS_IF_URGENT = timedelta(days=180), timedelta(days=90)


class About(StrEnum):
    """What a fact tells."""

    OPERATOR = "operator"
    LICENCE = "licence"
    TAKES = "takes"
    REFUSES = "refuses"
    NEEDS = "needs"
    STEP = "step"
    TERM = "term"
    THEN = "then"
    LIMIT = "limit"
    NOTE = "note"


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """A public page; `official` names the providers and channels whose own page it is."""

    title: str
    url: str = ""
    official: tuple[str, ...] = ()

    @property
    def publisher(self) -> str:
        """Who speaks, so that two pages of one site count once."""
        labels = (urlsplit(self.url).hostname or "").split(".")
        keep = 3 if len(labels) > _PAIR and labels[-2] in _SECOND_LEVEL else _PAIR
        return ".".join(labels[-keep:])


class Fact(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that is known, how well, from where, and until when it is good."""

    about: About
    said: Text
    grade: Grade
    source: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    checked_on: date | None = None
    expires_on: date | None = None


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """One way to reach somebody. `shown` is decided on load: False keeps it in the data only."""

    way: Way
    value: str
    grade: Grade
    source: tuple[str, ...] = ()
    name: Text | None = None
    use: Text | None = None
    hours: Text | None = None
    hours_grade: Grade | None = None
    countries: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    urgent: bool = False
    checked_on: date | None = None
    expires_on: date | None = None
    owner: str = ""
    shown: bool = False


def may_be_shown(contact: Contact, sources: dict[str, Source], owner: str) -> bool:
    """Whether a contact is proven well enough to be dialled or written to.

    A number or an account name needs a page of its owner, or two publishers that agree.
    """
    if not contact.grade.certain:
        return False
    told = [sources[key] for key in contact.source]
    if any(owner in source.official for source in told):
        return True
    if contact.way not in NEEDS_PROOF:
        return bool(told)
    return len({source.publisher for source in told if source.url}) >= ENOUGH_SOURCES
