"""Who owes what by when: law and providers' own procedures as dated YAML, and the clock."""

from makewhole.rules.claims import Worth, claims, claims_of
from makewhole.rules.clause import Events, Moment
from makewhole.rules.clock import Deadline, Doubt, Status, deadline, others
from makewhole.rules.days import Calendar, Calendars, calendars
from makewhole.rules.due import Due, due
from makewhole.rules.library import Entry, Library, library
from makewhole.rules.schema import Grade, Kind, Party

__all__ = [
    "Calendar",
    "Calendars",
    "Deadline",
    "Doubt",
    "Due",
    "Entry",
    "Events",
    "Grade",
    "Kind",
    "Library",
    "Moment",
    "Party",
    "Status",
    "Worth",
    "calendars",
    "claims",
    "claims_of",
    "deadline",
    "due",
    "library",
    "others",
]
