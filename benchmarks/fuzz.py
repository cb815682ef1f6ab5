"""Damaged files by the million: nothing but a named error leaves a reader, and no row is lost.

    python -m benchmarks.fuzz [--seed 1] [--count 20000] [--reader all|NAME...] [--workers 2]
                              [--keep FOLDER] [--only NUMBER]

`NAME` is a family: a reader of text (delimited, ofx, qif, mt940, camt, mpesa, html) or a container
(zip, xls, xlsx, ods, pdf). Inputs are made of the fixtures, a seed and a number: `--only` reads the
one of that number again, and what goes wrong is kept in a folder where one is given.
"""

import argparse
import multiprocessing
import re
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.fuzz_seeds import CONTAINERS, TEXTS, families
from benchmarks.fuzz_worker import SECONDS, Tally, attempt, made, work

_HUNG = 6 * SECONDS
_SHORT = 160
_KEPT = 5
_processes = multiprocessing.get_context("fork")


@dataclass
class _Worker:
    """A process with the slice that it reads."""

    process: Any
    pipe: Connection
    now: Any
    numbers: range
    seen: int = -1
    since: float = 0.0

    def is_hung(self) -> bool:
        """Whether it has been at one input for longer than the process itself allows."""
        at = self.now.value
        if at != self.seen:
            self.seen, self.since = at, time.monotonic()
        return time.monotonic() - self.since > _HUNG


def fuzz(seed: int, family: str, count: int, workers: int) -> tuple[Tally, float]:
    """Read so many inputs of a family on several processes: what became of them, in what time."""
    tally, began = Tally(), time.monotonic()
    running = [_started(seed, family, range(at, count, workers)) for at in range(workers)]
    while running:
        ended = []
        for worker in running:
            while worker.pipe.poll(0.2 / len(running)):
                try:
                    tally.add(worker.pipe.recv())
                except EOFError:
                    break
            if not worker.process.is_alive() or worker.is_hung():
                ended.append(worker)
        for worker in ended:
            running.remove(worker)
            running += _after(seed, family, worker, tally)
    return tally, time.monotonic() - began


def _started(seed: int, family: str, numbers: range) -> _Worker:
    ours, theirs = _processes.Pipe(duplex=False)
    now = _processes.Value("q", numbers.start, lock=False)
    process = _processes.Process(target=work, args=(seed, family, numbers, now, theirs))
    with warnings.catch_warnings():
        # The child starts no thread before it has read its inputs.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    theirs.close()
    return _Worker(process, ours, now, numbers, since=time.monotonic())


def _after(seed: int, family: str, worker: _Worker, tally: Tally) -> Iterator[_Worker]:
    """The last tally of an ended process; if it died, a defect and the rest of its slice."""
    if worker.process.is_alive():
        worker.process.kill()
    worker.process.join()
    while worker.pipe.poll():
        try:
            tally.add(worker.pipe.recv())
        except EOFError:
            break
    if worker.process.exitcode == 0:
        return
    at = worker.now.value
    tally.defects.append((at, f"the process ended with {worker.process.exitcode}"))
    rest = range(at + worker.numbers.step, worker.numbers.stop, worker.numbers.step)
    if rest:
        yield _started(seed, family, rest)


def table(results: Sequence[tuple[str, Tally, float]]) -> str:
    """One line a family."""
    heads = ("inputs", "a second", "with rows", "rows", "refused", "errors", "left out")
    more = ("slowest ms", "risen MB", "defects")
    lines = [f"{'family':<10}{'seeds':>6}" + "".join(f"{head:>11}" for head in (*heads, *more))]
    for family, tally, seconds in results:
        figures = (
            *(tally.inputs, round(tally.inputs / max(seconds, 0.001)), tally.with_rows),
            *(tally.rows, tally.refused, tally.errors, tally.passed_by),
            *(round(tally.slowest[0] * 1000), round(tally.risen[0] / 1024, 1), len(tally.defects)),
        )
        cells = "".join(f"{figure:>11}" for figure in figures)
        lines.append(f"{family:<10}{len(families()[family]):>6}{cells}")
    return "\n".join(lines)


def _causes(tally: Tally) -> dict[str, list[int]]:
    """The numbers of what broke, by where and how."""
    found: dict[str, list[int]] = {}
    for number, what in tally.defects:
        lines = what.strip().splitlines()
        places = [line.strip() for line in lines if line.lstrip().startswith("File ")]
        said = re.sub(r"[0-9]+", "N", lines[-1])[:_SHORT]
        found.setdefault(" | ".join([*places[-1:], said]), []).append(number)
    return found


def _keep(folder: Path, seed: int, family: str, tally: Tally) -> None:
    """The inputs that broke something, with what they broke, and the slowest and the largest."""
    folder.mkdir(parents=True, exist_ok=True)
    every = dict(tally.defects)
    for number in (each for numbers in _causes(tally).values() for each in numbers[:_KEPT]):
        what = every[number]
        chosen, data = made(seed, family, number)
        name = f"{family}-{seed}-{number}-{chosen.name}"
        (folder / name).write_bytes(data)
        (folder / f"{name}.txt").write_text(what, encoding="utf-8")
    for what, number in (("slowest", tally.slowest[1]), ("largest", tally.risen[1])):
        if number >= 0:
            chosen, data = made(seed, family, number)
            (folder / f"{what}-{family}-{seed}-{number}-{chosen.name}").write_bytes(data)


def _again(seed: int, family: str, number: int) -> None:
    chosen, data = made(seed, family, number)
    print(f"{chosen.provider}/{chosen.name}, {len(data)} bytes")
    print(attempt(chosen, data, number, contained=family in CONTAINERS))


def main(arguments: list[str] | None = None) -> int:
    """Fuzz the families that are named; 1 where a promise was broken."""
    known = [*families()]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument(
        "--reader", nargs="+", default=["all"], choices=["all", "text", "containers", *known]
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", type=int)
    given = parser.parse_args(arguments)
    groups = {"all": known, "text": TEXTS, "containers": CONTAINERS}
    wanted = {name for word in given.reader for name in groups.get(word, (word,))}
    results = []
    for family in (name for name in known if name in wanted):
        if given.only is not None:
            _again(given.seed, family, given.only)
            continue
        tally, seconds = fuzz(given.seed, family, given.count, given.workers)
        results.append((family, tally, seconds))
        print("\n".join(table(results[-1:]).splitlines()[len(results) > 1 :]), flush=True)
        for cause, numbers in sorted(_causes(tally).items(), key=lambda each: -len(each[1])):
            print(f"--- {len(numbers)} of {family}, as {numbers[0]}: {cause}", flush=True)
        if given.keep:
            _keep(given.keep, given.seed, family, tally)
    return int(any(tally.defects for _family, tally, _seconds in results))


if __name__ == "__main__":
    raise SystemExit(main())
