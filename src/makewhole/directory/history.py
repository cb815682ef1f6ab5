"""What has happened in a case so far, asked by event: when first, when last, in which order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from makewhole.directory.loading import events

CONTACTED, ANSWERED = "contacted:", "answered:"


class Event(NamedTuple):
    """Something that happened on a day; `contacted:RUNG` and `answered:RUNG` name a rung."""

    name: str
    on: date


@dataclass(frozen=True, slots=True)
class History:
    """The events up to a day, in the order of their days; events of one day keep theirs."""

    events: tuple[Event, ...]

    @classmethod
    def until(cls, now: date, happened: Iterable[Event]) -> "History":
        """What had happened by the end of the day `now`."""
        past = (event for event in happened if event.on <= now)
        return cls(tuple(sorted(past, key=lambda event: event.on)))

    def first(self, name: str) -> date | None:
        """The first day of an event; of events that stand for it, the first kind that is given."""
        return min(self._days(name), default=None)

    def last(self, name: str) -> date | None:
        """The last day of an event."""
        return max(self._days(name), default=None)

    def places(self, names: Iterable[str]) -> list[int]:
        """Where in the order events of these names stand."""
        return sorted({place for name in names for place in self._places(name)})

    def _days(self, name: str) -> Sequence[date]:
        return [self.events[place].on for place in self._places(name)]

    def _places(self, name: str) -> Sequence[int]:
        known = events().get(name)
        for each in known.any if known and known.any else (name,):
            places = [at for at, event in enumerate(self.events) if event.name == each]
            if places:
                return places
        return ()
