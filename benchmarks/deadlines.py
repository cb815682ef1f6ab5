"""Deadlines by the million: how long a batch takes, and how long all rules of one case.

    python -m benchmarks.deadlines [--count 1000000] [--workers 2]

The batch asks every rule that has a term, over four years of days, in as many processes as there
are workers. The case asks all rules of one jurisdiction once, after they were loaded.
"""

import argparse
import os
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice

from makewhole.errors import NoDeadline
from makewhole.rules import Entry, calendars, deadline, library

_FIRST = date(2023, 1, 2)
_DAYS = 1400
_TODAY = date(2026, 11, 23)
_RUNS = 21


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured: deadlines, seconds, and refusals by rules that did not hold."""

    count: int
    seconds: float
    refused: int


def entries(jurisdiction: str = "") -> list[Entry]:
    """The rules that set a term, read and ready."""
    return [
        each
        for each in library()
        if each.rule.term and jurisdiction in {"", each.instrument.jurisdiction}
    ]


def batch(share: tuple[int, int]) -> int:
    """Compute `count` deadlines beginning with number `start`; gives how many were refused."""
    start, count = share
    rules = entries()
    refused = 0
    for number, entry in zip(
        range(start, start + count), islice(cycle(rules), start % len(rules), None), strict=False
    ):
        day = _FIRST + timedelta(number % _DAYS)
        try:
            deadline(entry, {entry.rule.trigger: day}, _TODAY)
        except NoDeadline:
            refused += 1
    return refused


def measure(count: int, workers: int) -> Measured:
    """The whole batch, starting of processes and loading of rules included."""
    share = -(-count // workers)
    shares = [(at, min(share, count - at)) for at in range(0, count, share)]
    started = time.perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        refused = sum(pool.map(batch, shares))
    return Measured(count, time.perf_counter() - started, refused)


def one_case(jurisdiction: str) -> tuple[int, float]:
    """How many rules a case of this jurisdiction has, and the median time for all of them."""
    rules = entries(jurisdiction)
    for calendar in calendars():
        calendar.opens(_TODAY)
    times = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        for entry in rules:
            try:
                deadline(entry, {entry.rule.trigger: date(2026, 9, 18)}, _TODAY)
            except NoDeadline:
                continue
        times.append(time.perf_counter() - started)
    return len(rules), statistics.median(times)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.deadlines")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    given = parser.parse_args(arguments)
    started = time.perf_counter()
    held = entries()
    print(
        f"{len(held)} rules with a term loaded in {(time.perf_counter() - started) * 1000:.0f} ms"
    )
    for jurisdiction in ("CN", "US", "UK", "EU", "IN"):
        rules, seconds = one_case(jurisdiction)
        print(f"{jurisdiction}: all {rules} rules of a case in {seconds * 1000:.2f} ms")
    found = measure(given.count, given.workers)
    print(
        f"{found.count} deadlines in {found.seconds:.1f} s with {given.workers} workers, "
        f"{found.count / found.seconds:,.0f} a second, {found.refused} of them refused"
    )


if __name__ == "__main__":
    main()
