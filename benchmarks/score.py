"""How well findings agree with the truth: precision and recall per kind over made-up households.

    python -m benchmarks.score --seed 7 --count 100 [--json] [--workers 2] [--show 20]

A finding is right when its kind and amount are the fault's and one of its rows is a row of the
fault or one that nobody could tell from it. Each finding answers for one fault at most. Always
exits with 0; what is good enough is for a reader to decide.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Protocol

from benchmarks.households import Fault, Place, household, seeds
from makewhole.records import Entry, Finding, FindingKind, Scan
from makewhole.statements import Reading, Source, read


class Find(Protocol):
    """What is measured: statements and entries in, a scan out."""

    def __call__(self, reading: Reading, /, *, as_of: date) -> Scan:
        """Compare both sides as of the day of export."""


def find(reading: Reading, *, as_of: date) -> Scan:
    """The matcher of this project."""
    from makewhole import reconcile

    return reconcile.find(reading.statements, reading.entries, as_of=as_of, same_cards={})


@dataclass(frozen=True, slots=True)
class Said:
    """One finding by place instead of by entry."""

    kind: str
    amount: str
    places: tuple[Place, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the findings of one household compare with its truth."""

    seed: int
    rows: int
    generating: float
    reading: float
    finding: float
    clean: bool
    faults: tuple[Fault, ...]
    right: tuple[tuple[Fault, Said], ...]
    nearly: tuple[tuple[Fault, Said], ...]
    missed: tuple[Fault, ...]
    false: tuple[Said, ...]
    confused: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]


def outcome(seed: int, finder: Find = find) -> Outcome:
    """The outcome of the household of this seed."""
    started = time.perf_counter()
    made = household(seed)
    generated = time.perf_counter()
    reading = read([Source(name, data) for name, data in made.files.items()])
    was_read = time.perf_counter()
    scan = finder(reading, as_of=made.truth.as_of)
    done = time.perf_counter()
    said = _said(scan.findings, reading.entries)
    faults = list(made.truth.faults)
    right = _answers(faults, said, _exact)
    nearly = _answers(faults, said, _near)
    missed = tuple(fault for fault in faults if all(fault is not hit for hit, _said in right))
    false = tuple(one for one in said if all(one is not hit for _fault, hit in right))
    return Outcome(
        seed=seed,
        rows=len(reading.entries),
        generating=generated - started,
        reading=was_read - generated,
        finding=done - was_read,
        clean=not faults,
        faults=made.truth.faults,
        right=tuple(right),
        nearly=tuple(nearly),
        missed=missed,
        false=false,
        confused=tuple(_confusions(missed, false)),
        unread=tuple(_unread(reading, made.truth.rows)),
    )


def _said(findings: Iterable[Finding], entries: Iterable[Entry]) -> list[Said]:
    places = {entry.id: (entry.file, entry.line) for entry in entries}
    return [
        Said(
            str(finding.kind),
            f"{finding.amount:.2f}",
            tuple(places[name] for name in finding.entries if name in places),
            finding.sentence.en,
        )
        for finding in findings
    ]


def _unread(reading: Reading, rows: dict[str, int]) -> Iterator[str]:
    """Files of which a row was refused or lost: the score would blame the matcher for it."""
    stored = {statement.file: statement.stored for statement in reading.statements}
    for name, count in rows.items():
        if stored.get(name, 0) != count:
            yield f"{name}: {stored.get(name, 0)} of {count} rows"


def _exact(fault: Fault) -> set[Place]:
    return {*fault.wallet_rows, *fault.bank_rows, *fault.equivalents}


def _near(fault: Fault) -> set[Place]:
    return _exact(fault) | set(fault.near)


def _answers(
    faults: Sequence[Fault], said: Sequence[Said], reach: Callable[[Fault], set[Place]]
) -> list[tuple[Fault, Said]]:
    """Faults with the finding that answers for each; findings on the very rows go first."""
    free = list(said)
    hits: list[tuple[Fault, Said]] = []
    left = list(faults)
    for places_of in (_own, reach):
        for fault in list(left):
            found = next((one for one in free if _is_right(fault, one, places_of(fault))), None)
            if found:
                hits.append((fault, found))
                free.remove(found)
                left.remove(fault)
    return hits


def _own(fault: Fault) -> set[Place]:
    return {*fault.wallet_rows, *fault.bank_rows}


def _is_right(fault: Fault, said: Said, places: set[Place]) -> bool:
    kinds = {fault.kind, *fault.or_kinds}
    amounts = {f"{amount:.2f}" for amount in (fault.amount, *fault.or_amounts)}
    return said.kind in kinds and said.amount in amounts and not places.isdisjoint(said.places)


def _confusions(missed: Iterable[Fault], false: Sequence[Said]) -> Iterator[tuple[str, str]]:
    """What a missed fault was taken for: another kind, or its own kind with another figure."""
    for fault in missed:
        on_rows = [one for one in false if not _near(fault).isdisjoint(one.places)]
        for one in on_rows[:1]:
            figure = " with another amount" if one.kind == fault.kind else ""
            yield fault.kind, one.kind + figure
        if not on_rows:
            yield fault.kind, "nothing"


@dataclass
class Tally:
    """Counts of one kind, or of all."""

    planted: int = 0
    right: int = 0
    nearly: int = 0
    false: int = 0

    @property
    def precision(self) -> float | None:
        """The share of findings that were right; None where nothing was found."""
        found = self.right + self.false
        return self.right / found if found else None

    @property
    def recall(self) -> float | None:
        """The share of faults that were found; None where none was planted."""
        return self.right / self.planted if self.planted else None

    @property
    def near_precision(self) -> float | None:
        """Precision when rows of near days count as well."""
        found = self.right + self.false
        return self.nearly / found if found else None

    @property
    def near_recall(self) -> float | None:
        """Recall when rows of near days count as well."""
        return self.nearly / self.planted if self.planted else None


@dataclass
class Score:
    """Everything that a set of households says."""

    outcomes: list[Outcome]
    wall: float
    kinds: dict[str, Tally] = field(default_factory=dict)
    total: Tally = field(default_factory=Tally)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.kinds = {str(kind): Tally() for kind in FindingKind}
        for one in self.outcomes:
            for fault in one.faults:
                self._count("planted", fault.kind)
            for fault, _said in one.right:
                self._count("right", fault.kind)
            for fault, _said in one.nearly:
                self._count("nearly", fault.kind)
            for said in one.false:
                self._count("false", said.kind)
            self.confused.update(one.confused)

    def _count(self, what: str, kind: str) -> None:
        for tally in (self.kinds.setdefault(kind, Tally()), self.total):
            setattr(tally, what, getattr(tally, what) + 1)

    @property
    def alarmed(self) -> int:
        """Households with at least one finding that is not so."""
        return sum(1 for one in self.outcomes if one.false)

    @property
    def clean(self) -> list[Outcome]:
        """Households in which nothing was planted."""
        return [one for one in self.outcomes if one.clean]


def score(numbers: Sequence[int], finder: Find = find, workers: int = 1) -> Score:
    """The score over the households of these seeds."""
    started = time.perf_counter()
    one = partial(outcome, finder=finder)
    if workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            outcomes = list(pool.map(one, numbers, chunksize=2))
    else:
        outcomes = [one(number) for number in numbers]
    return Score(outcomes, time.perf_counter() - started)


def score_json(result: Score) -> dict[str, Any]:
    """The score for scripts."""
    return {
        "households": len(result.outcomes),
        "clean_households": len(result.clean),
        "clean_households_with_false_alarm": sum(1 for one in result.clean if one.false),
        "households_with_false_alarm": result.alarmed,
        "rows": sum(one.rows for one in result.outcomes),
        "seconds": {
            "wall": round(result.wall, 3),
            "generating": round(sum(one.generating for one in result.outcomes), 3),
            "reading": round(sum(one.reading for one in result.outcomes), 3),
            "finding": round(sum(one.finding for one in result.outcomes), 3),
        },
        "all": _tally_json(result.total),
        "kinds": {kind: _tally_json(tally) for kind, tally in result.kinds.items()},
        "confusion": [
            {"fault": fault, "taken_for": taken, "count": count}
            for (fault, taken), count in sorted(result.confused.items())
        ],
        "unread": [line for one in result.outcomes for line in one.unread],
    }


def _tally_json(tally: Tally) -> dict[str, Any]:
    return {
        "planted": tally.planted,
        "right": tally.right,
        "false": tally.false,
        "precision": _rounded(tally.precision),
        "recall": _rounded(tally.recall),
        "near_precision": _rounded(tally.near_precision),
        "near_recall": _rounded(tally.near_recall),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def report(result: Score) -> str:
    """The score as a table for people."""
    lines = [
        (
            f"{'kind':<28}{'planted':>8}{'right':>7}{'false':>7}{'precision':>11}{'recall':>8}"
            f"{'near prec.':>12}{'near rec.':>11}"
        )
    ]
    lines += [_report_line(kind, tally) for kind, tally in result.kinds.items()]
    lines.append(_report_line("all", result.total))
    told = score_json(result)
    seconds = told["seconds"]
    lines += [
        "",
        (
            f"{told['households']} households, {told['rows']} rows; "
            f"{told['clean_households']} clean, of which "
            f"{told['clean_households_with_false_alarm']} with a false alarm; "
            f"{result.alarmed} of all with a false alarm"
        ),
        (
            f"wall {seconds['wall']:.1f} s: generating {seconds['generating']:.1f}, "
            f"reading {seconds['reading']:.1f}, finding {seconds['finding']:.1f} (added up)"
        ),
    ]
    if result.confused:
        lines += ["", "missed faults and what they were taken for:"]
        lines += [
            f"{count:>5}  {fault} -> {taken}"
            for (fault, taken), count in sorted(result.confused.items())
        ]
    if told["unread"]:
        lines += ["", "files not read in full:", *told["unread"]]
    return "\n".join(lines)


def _report_line(name: str, tally: Tally) -> str:
    shares = (tally.precision, tally.recall, tally.near_precision, tally.near_recall)
    told = ["-" if share is None else f"{share:.3f}" for share in shares]
    return (
        f"{name:<28}{tally.planted:>8}{tally.right:>7}{tally.false:>7}"
        f"{told[0]:>11}{told[1]:>8}{told[2]:>12}{told[3]:>11}"
    )


def details(result: Score, most: int) -> Iterator[str]:
    """Misses and false alarms with their rows, for looking into them."""
    shown = 0
    for one in result.outcomes:
        for fault in one.missed:
            yield (
                f"miss   {one.seed} {fault.kind} {fault.amount} {fault.currency} "
                f"wallet {_places(fault.wallet_rows)} bank {_places(fault.bank_rows)}"
            )
            shown += 1
        for said in one.false:
            yield f"false  {one.seed} {said.kind} {said.amount} {_places(said.places)}"
            yield f"       {said.sentence}"
            shown += 1
        if shown >= most:
            return


def _places(places: Iterable[Place]) -> str:
    return " ".join(f"{file}:{line}" for file, line in places) or "-"


def main(arguments: list[str] | None = None) -> None:
    """Score a set of households and print it."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.score",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--only", type=int, help="the one household of this seed, as --show names")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print about so many misses and alarms")
    given = parser.parse_args(arguments)
    numbers = [given.only] if given.only is not None else seeds(given.seed, given.count)
    result = score(numbers, workers=given.workers)
    if given.json:
        print(json.dumps(score_json(result), ensure_ascii=False, indent=1))
    else:
        print(report(result))
    if given.show:
        print()
        print("\n".join(details(result, given.show)))


if __name__ == "__main__":
    main()
