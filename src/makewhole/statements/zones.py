"""Time zones as exports name them: abbreviations, offsets and names of the zone database."""

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from makewhole.records import Text
from makewhole.statements.values import Refused

# Hours from UTC. CST and IST are missing on purpose: each names several zones.
_OFFSETS = {
    "UTC": 0.0,
    "GMT": 0.0,
    "Z": 0.0,
    "WET": 0.0,
    "WEST": 1.0,
    "BST": 1.0,
    "CET": 1.0,
    "MEZ": 1.0,
    "CEST": 2.0,
    "MESZ": 2.0,
    "EET": 2.0,
    "EEST": 3.0,
    "MSK": 3.0,
    "EAT": 3.0,
    "SGT": 8.0,
    "HKT": 8.0,
    "AWST": 8.0,
    "JST": 9.0,
    "KST": 9.0,
    "ACST": 9.5,
    "ACDT": 10.5,
    "AEST": 10.0,
    "AEDT": 11.0,
    "NZST": 12.0,
    "NZDT": 13.0,
    "EST": -5.0,
    "EDT": -4.0,
    "CDT": -5.0,
    "MST": -7.0,
    "MDT": -6.0,
    "PST": -8.0,
    "PDT": -7.0,
    "AKST": -9.0,
    "AKDT": -8.0,
    "HST": -10.0,
    "BRT": -3.0,
}
_WRITTEN = re.compile(r"(?:GMT|UTC)?\s*([+-])(\d{1,2}):?(\d{2})?")
# Names that are in use for one season only, and where that season is kept.
_SEASONAL = {
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "MDT": "America/Denver",
    "CDT": "America/Chicago",
    "EDT": "America/New_York",
    "AKDT": "America/Anchorage",
    "BST": "Europe/London",
    "CEST": "Europe/Berlin",
    "EEST": "Europe/Helsinki",
    "AEDT": "Australia/Sydney",
    "NZDT": "Pacific/Auckland",
}
# A name of several zones is the one whose summer name stands in the same file.
_SUMMER_OF = {"CST": "CDT"}
_FARTHEST = timedelta(hours=24)


@lru_cache(maxsize=256)
def zone_of(name: str) -> tzinfo:
    """The zone that a name or offset means. Raises `Refused` for one that is unknown."""
    text = name.strip()
    hours = _OFFSETS.get(text.upper())
    if hours is not None:
        return timezone(timedelta(hours=hours), text.upper())
    found = _WRITTEN.fullmatch(text.upper())
    if found:
        offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        if offset < _FARTHEST:
            return timezone(-offset if found[1] == "-" else offset)
    # Without a slash a name may be a code that means something else elsewhere.
    if "/" in text:
        try:
            return ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            pass
    raise Refused(f"不认识的时区：{text[:40]!r}", f"unknown time zone: {text[:40]!r}")


def zones_among(names: Collection[str]) -> dict[str, tzinfo]:
    """The zones that the names in one file mean; a name that leaves it open is left out."""
    found: dict[str, tzinfo] = {}
    spelled = {name.strip().upper() for name in names}
    for name in names:
        summer = _SUMMER_OF.get(name.strip().upper(), "")
        if summer in spelled:
            found[name] = ZoneInfo(_SEASONAL[summer])
            continue
        with suppress(Refused):
            found[name] = zone_of(name)
    return found


def unplaced_zones(names: Collection[str], known: Collection[str]) -> Iterator[Text]:
    """One warning where a file names zones that leave open where they are."""
    unknown = sorted(set(names) - set(known) - {""})
    if unknown:
        said = "、".join(unknown)[:80]
        yield Text(
            f"时区 {said} 说不准是哪里，这些行只记日期，不记时刻",
            f"the time zone {said} does not say for certain where; its rows keep their day and no "
            "time",
        )


def out_of_season(name: str, at: datetime) -> bool:
    """Whether a zone name that is in use for one season only is not in use at that local time."""
    place = _SEASONAL.get(name.strip().upper())
    if place is None:
        return False
    return at.replace(tzinfo=ZoneInfo(place)).tzname() != name.strip().upper()
