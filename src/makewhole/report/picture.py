"""Both sides as two columns: where each row stands, and the curves that join what belongs together.

Rows that a match or a finding joins are shown in one month, that of the earliest of them. Within
a month both columns share the days, so a curve that falls shows how long the money took. What is
too much to draw is counted for each month, never dropped in silence.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import groupby, zip_longest

from makewhole.records import Entry, Finding, MatchKind, Scan, Side, Text
from makewhole.report.words import inert

MOST_TROUBLED = 2000
MOST_CALM = 1500
MOST_CALM_IN_MONTH = 150
# A page of paper holds a band of this many rows; longer days are cut.
TALLEST_BAND = 12

# The gutter between the columns is 100 wide, and each row is 100 high.
_HIGH = 100
_LEFT, _RIGHT, _HUB = 0, 100, 50
_STUB = 34


class Tone(StrEnum):
    """What a row or curve means; told by shape and word as well as by colour."""

    FINDING = "finding"
    TRANSIT = "transit"
    PAIRED = "paired"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry in its column. Numbers count from 1, as the page shows them."""

    entry: Entry
    tone: Tone
    matches: tuple[int, ...]
    kinds: tuple[MatchKind, ...]
    findings: tuple[int, ...]
    candidate_of: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """One drawn connection: an SVG path, a path of dots, and the reach from `top` to `bottom`.

    `match` is 0 where no match stands behind it; `loose` joins rows that should have agreed.
    """

    path: str
    dots: str
    tone: Tone
    match: int
    why: Text
    top: int
    bottom: int
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """One day, or a part of a long one: equally long columns and the curves that pass by."""

    on: date
    top: int
    left: tuple[Row | None, ...]
    right: tuple[Row | None, ...]
    curves: tuple[Curve, ...] = ()

    @property
    def height(self) -> int:
        """How many rows high the band is."""
        return len(self.left)

    @property
    def window(self) -> str:
        """The SVG view box that shows this band's part of the month's curves."""
        return f"0 {self.top * _HIGH} {_RIGHT} {self.height * _HIGH}"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the picture and how many of its rows, by tone, were too many to draw."""

    name: str
    bands: tuple[Band, ...]
    rows: int
    paired: int
    findings: tuple[int, ...]
    in_transit: int
    left_out: Mapping[Tone, int]

    @property
    def troubled(self) -> bool:
        """Whether the month asks for attention."""
        return bool(self.findings or self.in_transit)


@dataclass(slots=True)
class _Ties:
    """What each entry takes part in, by numbers from 1."""

    scan: Scan
    matches: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    findings: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    candidates: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    moving: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for number, match in enumerate(self.scan.matches, 1):
            for each in match.entries:
                self.matches[each].append(number)
        for number, finding in enumerate(self.scan.findings, 1):
            for each in finding.entries:
                self.findings[each].append(number)
            for each in finding.alternatives:
                self.candidates[each].append(number)
        self.moving = {each.entry for each in self.scan.in_transit}

    def tone(self, name: str) -> Tone:
        if name in self.findings:
            return Tone.FINDING
        if name in self.moving:
            return Tone.TRANSIT
        return Tone.PAIRED if name in self.matches else Tone.ALONE

    def row(self, entry: Entry) -> Row:
        numbers = tuple(self.matches.get(entry.id, ()))
        return Row(
            entry=entry,
            tone=self.tone(entry.id),
            matches=numbers,
            kinds=tuple(dict.fromkeys(self.scan.matches[at - 1].kind for at in numbers)),
            findings=tuple(self.findings.get(entry.id, ())),
            candidate_of=tuple(self.candidates.get(entry.id, ())),
        )


Cluster = list[Entry]


def months(entries: Sequence[Entry], scan: Scan) -> tuple[Month, ...]:
    """The whole picture, month by month, within what a browser can bear."""
    ties = _Ties(scan)
    by_month: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in _clusters(entries, scan):
        by_month[f"{cluster[0].occurred_on:%Y-%m}"].append(cluster)
    drawn = _drawn(by_month, ties)
    return tuple(_month(name, by_month[name], drawn, ties) for name in sorted(by_month))


def _clusters(entries: Sequence[Entry], scan: Scan) -> list[Cluster]:
    """Entries that matches and findings join, each in time order, the clusters too."""
    leader = {entry.id: entry.id for entry in entries}

    def find(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    groups = [each.entries for each in scan.matches] + [each.entries for each in scan.findings]
    for group in groups:
        known = [each for each in group if each in leader]
        for each in known[1:]:
            leader[find(each)] = find(known[0])
    clusters: dict[str, Cluster] = defaultdict(list)
    for entry in entries:
        clusters[find(entry.id)].append(entry)
    return list(clusters.values())


def _drawn(by_month: Mapping[str, list[Cluster]], ties: _Ties) -> set[str]:
    """The ids to draw: trouble first, then what stands nearest to it, then the latest months."""
    drawn: set[str] = set()
    troubled_left, calm_left = MOST_TROUBLED, MOST_CALM
    trouble = {
        name: [cluster for cluster in clusters if _troubled(cluster, ties)]
        for name, clusters in by_month.items()
    }
    for name in sorted(by_month, key=lambda name: (bool(trouble[name]), name), reverse=True):
        for cluster in trouble[name]:
            if len(cluster) <= troubled_left:
                troubled_left -= len(cluster)
                drawn.update(entry.id for entry in cluster)
        month_left = min(MOST_CALM_IN_MONTH, calm_left)
        days = [entry.occurred_on for cluster in trouble[name] for entry in cluster]
        calm = (cluster for cluster in by_month[name] if not _troubled(cluster, ties))
        for cluster in sorted(calm, key=lambda cluster: _distance(cluster, days)):
            if len(cluster) <= month_left:
                month_left -= len(cluster)
                calm_left -= len(cluster)
                drawn.update(entry.id for entry in cluster)
    return drawn


def _troubled(cluster: Cluster, ties: _Ties) -> bool:
    return any(ties.tone(entry.id) in {Tone.FINDING, Tone.TRANSIT} for entry in cluster)


def _distance(cluster: Cluster, days: Sequence[date]) -> int:
    return min((abs((cluster[0].occurred_on - day).days) for day in days), default=0)


def _month(name: str, clusters: list[Cluster], drawn: set[str], ties: _Ties) -> Month:
    everything = [entry for cluster in clusters for entry in cluster]
    tones = [ties.tone(entry.id) for entry in everything]
    left_out: dict[Tone, int] = defaultdict(int)
    for entry, tone in zip(everything, tones, strict=True):
        left_out[tone] += entry.id not in drawn
    shown = [[entry for entry in cluster if entry.id in drawn] for cluster in clusters]
    bands = _bands([cluster for cluster in shown if cluster], ties)
    numbers = {number for entry in everything for number in ties.findings.get(entry.id, ())}
    return Month(
        name=name,
        bands=_with_curves(bands, ties),
        rows=len(everything),
        paired=tones.count(Tone.PAIRED),
        findings=tuple(sorted(numbers)),
        in_transit=tones.count(Tone.TRANSIT),
        left_out={tone: count for tone, count in left_out.items() if count},
    )


def _bands(clusters: Iterable[Cluster], ties: _Ties) -> list[Band]:
    placed = [
        (entry.occurred_on, _clock(entry, cluster), entry.id, entry)
        for cluster in clusters
        for entry in cluster
    ]
    bands: list[Band] = []
    top = 0
    for on, group in groupby(sorted(placed, key=lambda each: each[:3]), key=lambda each: each[0]):
        rows = [ties.row(each[3]) for each in group]
        left = [row for row in rows if row.entry.side is Side.WALLET]
        right = [row for row in rows if row.entry.side is Side.BANK]
        both = list(zip_longest(left, right))
        for begin in range(0, len(both), TALLEST_BAND):
            part = both[begin : begin + TALLEST_BAND]
            bands.append(Band(on, top, tuple(a for a, _ in part), tuple(b for _, b in part)))
            top += len(part)
    return bands


def _clock(entry: Entry, cluster: Cluster) -> float:
    """The moment of the row; a row without one stands where its partner stands."""
    moments = [entry.occurred_at] if entry.occurred_at else [each.occurred_at for each in cluster]
    return min((moment.timestamp() for moment in moments if moment), default=float("inf"))


def _with_curves(bands: Sequence[Band], ties: _Ties) -> tuple[Band, ...]:
    curves = list(_curves(_places(bands), ties))
    return tuple(
        replace(band, curves=tuple(curve for curve in curves if _passes(curve, band)))
        for band in bands
    )


def _passes(curve: Curve, band: Band) -> bool:
    end = (band.top + band.height) * _HIGH
    return curve.top <= end and curve.bottom >= band.top * _HIGH


Place = tuple[int, int]


def _places(bands: Iterable[Band]) -> dict[str, Place]:
    """Each drawn row's end of its curves in the gutter."""
    places = {}
    for band in bands:
        for x, rows in ((_LEFT, band.left), (_RIGHT, band.right)):
            for at, row in enumerate(rows, band.top):
                if row:
                    places[row.entry.id] = (x, at * _HIGH + _HIGH // 2)
    return places


def _curves(places: Mapping[str, Place], ties: _Ties) -> Iterator[Curve]:
    scan = ties.scan
    wrong = [set(finding.entries) for finding in scan.findings]
    for number in _numbers(ties.matches, places):
        match = scan.matches[number - 1]
        ends = sorted({places[each] for each in match.entries if each in places})
        if len(ends) > 1:
            whole = any(entries.issuperset(match.entries) for entries in wrong)
            yield _joined(ends, Tone.FINDING if whole else Tone.PAIRED, number, match.why)
    for number in _numbers(ties.findings, places):
        yield from _of_finding(scan.findings[number - 1], places, ties)
    for moving in scan.in_transit:
        if moving.entry in places and not _crosses(moving.entry, places, ties):
            yield _stub(places[moving.entry], Tone.TRANSIT, moving.why)


def _numbers(taking_part: Mapping[str, list[int]], places: Iterable[str]) -> list[int]:
    return sorted({number for name in places for number in taking_part.get(name, ())})


def _of_finding(finding: Finding, places: Mapping[str, Place], ties: _Ties) -> Iterator[Curve]:
    """Rows that no match joins inside the finding: to each other, or to where nothing is."""
    mine = [each for each in finding.entries if each in places]
    linked = {
        each
        for number in _numbers(ties.matches, mine)
        if len(both := set(ties.scan.matches[number - 1].entries).intersection(mine)) > 1
        for each in both
    }
    loose = [each for each in mine if each not in linked]
    ends = sorted({places[each] for each in loose})
    if {x for x, _y in ends} == {_LEFT, _RIGHT}:
        yield replace(_joined(ends, Tone.FINDING, 0, finding.sentence), loose=True)
        return
    for each in loose:
        if not _crosses(each, places, ties):
            yield _stub(places[each], Tone.FINDING, finding.sentence)


def _crosses(name: str, places: Mapping[str, Place], ties: _Ties) -> bool:
    """Whether a match leads from this row to the other side."""
    return any(
        places[other][0] != places[name][0]
        for number in ties.matches.get(name, ())
        for other in ties.scan.matches[number - 1].entries
        if other in places
    )


def _joined(ends: Sequence[Place], tone: Tone, match: int, why: Text) -> Curve:
    """A curve between two ends, or a fan that meets in a hub."""
    heights = [y for _x, y in ends]
    sides = {x for x, _y in ends}
    if len(ends) == 2:  # noqa: PLR2004 - a pair is two
        (x1, y1), (x2, y2) = ends
        bend = _HUB if len(sides) > 1 else abs(x1 - min(20 + (y2 - y1) // 25, 66))
        path, dots = f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}", ""
    else:
        hub = _HUB if len(sides) > 1 else abs(ends[0][0] - 36)
        middle = sum(heights) // len(heights)
        path = "".join(
            f"M{x} {y}C{(x + hub) // 2} {y} {(x + hub) // 2} {middle} {hub} {middle}"
            for x, y in ends
        )
        dots = f"M{hub} {middle}h0"
    return Curve(path, dots, tone, match, _shown(why), min(heights), max(heights))


def _stub(end: Place, tone: Tone, why: Text) -> Curve:
    """A line that leads nowhere: barred for a finding, open for money on its way."""
    x, y = end
    stop = abs(x - _STUB)
    path = f"M{x} {y}H{stop}"
    if tone is Tone.FINDING:
        path += f"M{stop} {y - 20}V{y + 20}"
    dots = f"M{stop} {y}h0" if tone is Tone.TRANSIT else ""
    return Curve(path, dots, tone, 0, _shown(why), y - 20, y + 20)


def _shown(why: Text) -> Text:
    return Text(inert(why.zh), inert(why.en))
