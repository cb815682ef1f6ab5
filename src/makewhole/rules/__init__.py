"""Who owes what by when: law and providers' own procedures as dated YAML, and the clock."""

from makewhole.rules.clause import Events, Moment
from makewhole.rules.clock import Deadline, Doubt, Status, deadline
from makewhole.rules.days import Calendar, Calendars, calendars
from makewhole.rules.library import Entry, Library, library
from makewhole.rules.schema import Grade, Kind, Party

__all__ = [
    "Calendar",
    "Calendars",
    "Deadline",
    "Doubt",
    "Entry",
    "Events",
    "Grade",
    "Kind",
    "Library",
    "Moment",
    "Party",
    "Status",
    "calendars",
    "deadline",
    "library",
]
