"""The drift alarm: every layout's fixtures changed as exports drift, and what becomes of each.

    python -m benchmarks.drift --seed 7 --count 200 --workers 2
    python -m benchmarks.drift --only toybank --show 20

No row may be lost, doubled or changed in silence: each changed file is read right, refused, or
warned about.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.drift_files import Column, File, Part, Record, shape_of, taken_apart
from benchmarks.drift_kinds import KINDS, drifted
from benchmarks.drift_oracle import Outcome, Read, Told, Verdict, told, verdict
from makewhole.errors import MakewholeError
from makewhole.statements import Layout, Reader, Reading, Source, known_readers, read, recognise
from makewhole.statements.grid import headings_in
from makewhole.statements.values import heading

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "statements"
_SUFFIX = ".expected.json"
_FEW = 2


@dataclass(frozen=True)
class Subject:
    """One fixture of one layout, as records and as it reads untouched."""

    layout: str
    file: File
    before: Told
    read: Read


@dataclass(frozen=True, slots=True)
class Trial:
    """One changed file and what became of it; layout, seed and number make it again."""

    layout: str
    number: int
    fixture: str
    kind: str
    verdict: Verdict


@dataclass(slots=True)
class Result:
    """All trials, and the layouts and fixtures that could not be tried."""

    trials: list[Trial] = field(default_factory=list)
    untried: dict[str, str] = field(default_factory=dict)
    wall: float = 0.0

    @property
    def defects(self) -> list[Trial]:
        """Those in which a row was lost, doubled or changed in silence, or the program broke."""
        return [trial for trial in self.trials if trial.verdict.outcome.defect]


@cache
def _readers() -> dict[str, Reader]:
    return {f"{each.provider}/{each.name}": each for each in known_readers()}


@cache
def fixtures() -> dict[str, list[Path]]:
    """The fixtures of each layout that reads one, PDFs left out: they are not tables of text."""
    found: dict[str, list[Path]] = {title: [] for title in _readers()}
    for expected in sorted(FIXTURES.glob(f"*/*{_SUFFIX}")):
        path = expected.with_name(expected.name.removesuffix(_SUFFIX))
        source = Source(path.name, path.read_bytes())
        if source.is_pdf or source.is_archive:
            continue
        with suppress(MakewholeError):
            reader = recognise(source)
            found[f"{reader.provider}/{reader.name}"].append(path)
    return found


def _reading(source: Source, *, said: dict[str, Any]) -> Reading:
    return read([source], **said)


def subject(layout: str, path: Path) -> Subject | str:
    """A fixture made ready to be changed, or why it cannot be."""
    beside = path.with_name(path.name + ".told.json")
    said = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {}
    return prepared(_readers()[layout], path.name, path.read_bytes(), partial(_reading, said=said))


def prepared(reader: Reader, name: str, data: bytes, read: Read) -> Subject | str:
    """A file made ready to be changed, or why it cannot be.

    Written again from its records it must still read as before, else what a change does would not
    be told from what the writing does.
    """
    before = told(Source(name, data), read)
    if not before.places:
        return "no rows"
    source = Source(name, data)
    file = taken_apart(source, before.places)
    if {
        place for records in file.sheets.values() for each in records for place in each.origins
    } != (before.places):
        return "its rows are not lines of the file"
    file.refused = frozenset(before.refused)
    _find_header(file, reader)
    for written_anew in (False, True):
        copy = file.copy()
        if written_anew:
            for each in copy.records:
                each.raw = None
        if _kept(copy, before, read):
            continue
        if not written_anew:
            return "not read as before when written again"
        file.is_table = False
    return Subject(f"{reader.provider}/{reader.name}", file, before, read)


def _kept(file: File, before: Told, read: Read) -> bool:
    data, rows = file.write()
    source = Source(file.name, data)
    return verdict(source, read, before, rows, frozenset()).outcome is Outcome.RIGHT


def _find_header(file: File, reader: Reader) -> None:
    """Say which records stand above, are headings, and what the columns are."""
    declared = getattr(reader, "layout", reader)
    records = file.records
    first = next(at for at, each in enumerate(records) if each.part is Part.ROW)
    rows = file.rows
    if not isinstance(declared, Layout) or any(each.filled <= _FEW for each in rows):
        file.is_table = False
        return
    found = _declared_header(declared, records[:first])
    if found is None:
        least = max(_FEW + 1, min(each.filled for each in rows) // 2)
        likely = [at for at in range(first) if records[at].filled >= least]
        found = likely[-1] if likely else None
    for records_ in file.sheets.values():
        _mark_parts(records_, records[found].cells if found is not None else None)
    if found is not None:
        file.columns = _columns(file, declared, known=type(reader) is Layout)


def _declared_header(layout: Layout, above: Sequence[Record]) -> int | None:
    needed = [{heading(word) for word in words} for words in layout.columns.values()]
    for at, each in enumerate(above):
        words = headings_in(each.cells).words
        if all(not names.isdisjoint(words) for names in needed):
            return at
    return None


def _mark_parts(records: list[Record], header: list[str] | None) -> None:
    below = False
    for at, each in enumerate(records):
        if header is not None and each.part is not Part.ROW and each.cells == header:
            each.part, below = Part.HEADER, True
        elif each.part is Part.ROW:
            below = True
        elif not below:
            each.part = Part.ABOVE
        elif at and records[at - 1].part is Part.HEADER and _is_heading(each):
            each.part = Part.HEADER


def _is_heading(record: Record) -> bool:
    """Whether a line below a header is more of it, as headings in a second language are."""
    return record.filled > _FEW and not any(map(str.isdigit, "".join(record.cells)))


def _columns(file: File, layout: Layout, *, known: bool) -> list[Column]:
    needs: dict[str, tuple[str, bool]] = {}
    for names, needed in ((layout.optional, False), (layout.columns, True)):
        for name, words in names.items():
            needs.update((heading(word), (name, needed)) for word in words)
    header = file.header
    cells = header.cells if header else []
    found = []
    for at, cell in enumerate(cells):
        (exact,), (plain,), _words = headings_in([cell])
        name, need = needs.get(exact) or needs.get(plain) or ("", None)
        shape = shape_of(each.cells[at] for each in file.rows if at < len(each.cells))
        named = need is not None
        if cell.strip():
            found.append(
                Column(at, cell, name, shape, False if known and not named else need, named)
            )
    return found


def trials(layout: str, seed: int, count: int) -> tuple[list[Trial], dict[str, str]]:
    """So many changed files of one layout, and why some of its fixtures were left out."""
    untried: dict[str, str] = {}
    ready: list[Subject] = []
    for path in fixtures()[layout]:
        made = subject(layout, path)
        if isinstance(made, str):
            untried[f"{path.parent.name}/{path.name}"] = made
        else:
            ready.append(made)
    if not ready:
        untried[layout] = "no fixture"
        return [], untried
    return [*tried(ready, seed, count)], untried


def tried(ready: Sequence[Subject], seed: int, count: int) -> Iterator[Trial]:
    """Change the files in so many ways; the kinds take turns, the places are drawn."""
    for number in range(count):
        rng = Random(f"drift {seed} {ready[0].layout} {number}")
        each = ready[rng.randrange(len(ready))]
        for kind, file in islice(drifted(each.file, rng, number % len(KINDS)), 1):
            data, rows = file.write()
            judged = verdict(Source(file.name, data), each.read, each.before, rows, file.lost)
            yield Trial(each.layout, number, each.file.name, kind.name, judged)


def measure(layouts: Sequence[str], seed: int, count: int, workers: int = 1) -> Result:
    """All trials of these layouts."""
    started = time.perf_counter()
    one = partial(trials, seed=seed, count=count)
    result = Result()
    if workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            told_ = list(pool.map(one, layouts))
    else:
        told_ = [one(layout) for layout in layouts]
    for done, untried in told_:
        result.trials.extend(done)
        result.untried.update(untried)
    result.wall = time.perf_counter() - started
    return result


def changed(layout: str, seed: int, number: int) -> tuple[str, bytes] | None:
    """The changed file of one trial, to be looked at."""
    made = [subject(layout, path) for path in fixtures()[layout]]
    ready = [each for each in made if isinstance(each, Subject)]
    rng = Random(f"drift {seed} {layout} {number}")
    each = ready[rng.randrange(len(ready))]
    for _kind, file in islice(drifted(each.file, rng, number % len(KINDS)), 1):
        return file.name, file.write()[0]
    return None


def _counts(trials_: Iterable[Trial]) -> list[int]:
    counted = Counter(trial.verdict.outcome for trial in trials_)
    return [counted[outcome] for outcome in Outcome]


def report(result: Result) -> str:
    """The tables for a terminal."""
    lines = [f"{'':<46}{'all':>7}" + "".join(f"{each:>13}" for each in Outcome)]
    groups = {
        kind.name: [each for each in result.trials if each.kind == kind.name] for kind in KINDS
    }
    groups["all"] = result.trials
    for name, group in groups.items():
        counts = "".join(f"{count:>13}" for count in _counts(group))
        lines.append(f"{name:<46}{len(group):>7}{counts}")
    lines += ["", f"{len({each.layout for each in result.trials})} layouts, {result.wall:.0f} s"]
    lines += [f"not tried: {name}: {why}" for name, why in sorted(result.untried.items())]
    return "\n".join(lines)


def _shown(trial: Trial) -> str:
    judged = trial.verdict
    return (
        f"{judged.outcome:<12} {trial.layout} {trial.number} {trial.fixture}: {trial.kind}: "
        f"{judged.why}"
    )


def main(arguments: list[str] | None = None) -> None:
    """Change, read, judge, and print the tables; ends with 1 where something went wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.drift",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=200, help="changed files for each layout")
    parser.add_argument("--only", default="", help="a provider, or provider/layout")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--show", default="", help="print the trials of a kind or an outcome")
    parser.add_argument("--write", type=int, help="write the changed file of this number")
    given = parser.parse_args(arguments)
    layouts = [each for each in fixtures() if given.only in {"", each, each.partition("/")[0]}]
    if given.write is not None:
        made = changed(layouts[0], given.seed, given.write)
        if made:
            Path(f"drifted-{made[0]}").write_bytes(made[1])
        return
    result = measure(layouts, given.seed, given.count, given.workers)
    print(report(result))
    shown = result.defects
    if given.show:
        shown = [each for each in result.trials if given.show in {each.kind, each.verdict.outcome}]
    print("\n".join(["", *map(_shown, shown)]))
    if result.defects:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
