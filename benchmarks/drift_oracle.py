"""What a changed file must read as, and what became of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from benchmarks.drift_files import Place
from makewhole.errors import MakewholeError
from makewhole.records import Entry, Movement
from makewhole.statements import Reading, Source

Read = Callable[[Source], Reading]

_TEXTS = ("reference", "merchant_reference", "counterparty", "description", "funding")
_FIELDS = (
    "occurred_on",
    "occurred_at",
    "booked_on",
    "amount",
    "currency",
    "movement",
    "refunded",
    "fee",
    *_TEXTS,
)


# So far apart may be the days of a payment, its booking and its value.
_OTHER_DAY = timedelta(days=7)


class Outcome(StrEnum):
    """What became of a changed file; the last two are defects."""

    RIGHT = "right"
    WARNED = "warned"
    ROW_REFUSED = "row refused"
    REFUSED = "file refused"
    SILENT = "SILENT"
    CRASH = "CRASH"

    @property
    def defect(self) -> bool:
        """Whether a person would have been misled or left alone."""
        return self in {Outcome.SILENT, Outcome.CRASH}


@dataclass(slots=True)
class Told:
    """What a file reads as: entries and refused rows by their places, and the warnings.

    `named` are the lines that a warning names, `known` counts the rows that another
    statement of the same file has as well.
    """

    entries: dict[Place, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    refused: set[Place] = field(default_factory=set)
    warnings: Counter[str] = field(default_factory=Counter)
    named: set[int] = field(default_factory=set)
    known: int = 0

    @property
    def places(self) -> set[Place]:
        """Where rows stand."""
        return {*self.entries, *self.refused}


def told(source: Source, read: Read) -> Told:
    """What a file reads as."""
    reading = read(source)
    found = Told()
    for entry in reading.entries:
        found.entries[_sheet(entry.file, source), entry.line].append(entry)
    for statement in reading.statements:
        sheet = _sheet(statement.file, source)
        found.refused.update((sheet, refusal.line) for refusal in statement.refused)
        found.known += statement.known
        for text in statement.warnings:
            found.named.update(int(line) for line in re.findall(r"line (\d+)", text.en))
        found.warnings.update(re.sub(r"[\d,.-]+", "#", text.en) for text in statement.warnings)
    return found


def _sheet(file: str, source: Source) -> str:
    return file.removeprefix(source.name).lstrip("#") if source.is_workbook else ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a changed file, and why it is called so."""

    outcome: Outcome
    why: str = ""


def verdict(
    source: Source,
    read: Read,
    before: Told,
    rows: Mapping[Place, tuple[Place, ...]],
    lost: frozenset[str],
) -> Verdict:
    """Judge what a changed file reads as, by the rows that it must hold."""
    try:
        after = told(source, read)
    except MakewholeError as problem:
        return Verdict(Outcome.REFUSED, problem.message.en[:200])
    except Exception as problem:  # noqa: BLE001 - any other is what we look for
        return Verdict(Outcome.CRASH, f"{type(problem).__name__}: {problem}")
    rows = _where_they_are_said_to_be(rows, after)
    wrong = dict(_wrong_rows(before, after, rows, lost))
    if after.known > before.known and _held_once(before, after, rows):
        wrong = {}
    news = list((after.warnings - before.warnings).elements())
    if wrong and not news and not after.named.issuperset(wrong):
        return Verdict(Outcome.SILENT, "; ".join([*wrong.values()][:3]))
    refused = [place for place in after.refused if not _was_refused(before, rows.get(place, ()))]
    if refused:
        return Verdict(Outcome.ROW_REFUSED, f"lines {sorted(line for _, line in refused)[:5]}")
    if wrong:
        return Verdict(Outcome.WARNED, "; ".join(wrong.values()))
    return Verdict(Outcome.WARNED, news[0]) if news else Verdict(Outcome.RIGHT)


def _where_they_are_said_to_be(
    rows: Mapping[Place, tuple[Place, ...]], after: Told
) -> Mapping[Place, tuple[Place, ...]]:
    """The rows without their sheet, where the reading names none."""
    sheets = {sheet for sheet, _line in rows}
    if len(sheets) == 1 and all(not sheet for sheet, _line in after.places):
        return {("", line): origins for (_sheet, line), origins in rows.items()}
    return rows


def _held_once(before: Told, after: Told, rows: Mapping[Place, tuple[Place, ...]]) -> bool:
    """Whether rows that stand twice are held once and said to be so, and nothing else is amiss."""
    twice = Counter(entry.id for entries in after.entries.values() for entry in entries)
    once = {entry.id for entries in before.entries.values() for entry in entries}
    stand = sum(len(before.entries.get(at, ())) for origins in rows.values() for at in origins)
    return set(twice) == once and stand - twice.total() == after.known


def _was_refused(before: Told, origins: Iterable[Place]) -> bool:
    return any(origin in before.refused for origin in origins)


def _wrong_rows(
    before: Told, after: Told, rows: Mapping[Place, tuple[Place, ...]], lost: frozenset[str]
) -> Iterator[tuple[int, str]]:
    """The lines on which rows are missing, too many or changed, and how."""
    for place, origins in rows.items():
        want = [entry for origin in origins for entry in before.entries.get(origin, ())]
        have = after.entries.get(place, [])
        if place in after.refused and not have:
            continue
        if len(want) != len(have):
            yield place[1], f"line {place[1]}: {len(want)} rows became {len(have)}"
            continue
        yield from (
            (place[1], f"line {place[1]}: {change}")
            for one, other in zip(sorted(want, key=_told), sorted(have, key=_told), strict=True)
            if (change := _change(one, other, lost))
        )
    for place, have in after.entries.items():
        if place not in rows and have:
            yield place[1], f"line {place[1]}: {len(have)} rows out of nothing"


def _change(before: Entry, after: Entry, lost: frozenset[str]) -> str:
    for name in _FIELDS:
        was, now = getattr(before, name), getattr(after, name)
        if _plain(was) != _plain(now) and not (name in lost and _is_less(name, before, now)):
            return f"{name} {was!s} became {now!s}"
    return ""


def _told(entry: Entry) -> tuple[Any, ...]:
    return entry.amount, entry.currency, entry.description


def _plain(value: Any) -> Any:
    """A value as it is compared: nothing in a file tells how a lost quote or blank stood in it.

    The same holds for zeros in front of a number.
    """
    if type(value) is not str:
        return value
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r'[\s"]+', "", value))


def _is_less(name: str, before: Entry, now: Any) -> bool:
    """Whether a value says nothing that the row had not said."""
    if name in _TEXTS:
        said = " ".join(getattr(before, each) for each in (*_TEXTS, "note"))
        return set(re.findall(r"\w+", now)) <= set(re.findall(r"\w+", said))
    if name == "occurred_on":
        return bool(abs(now - before.occurred_on) <= _OTHER_DAY)
    return now is Movement.UNKNOWN if name == "movement" else now is None
