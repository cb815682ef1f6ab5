"""Reads damaged files and holds each reading to its promises; one process, one slice of inputs.

An input is made of its number alone, so that whatever happens to a process can be made again.
"""

import gc
import logging
import os
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from random import Random
from types import FrameType
from typing import Any

import pdfplumber.page

from benchmarks.fuzz_seeds import CONTAINERS, Seed, families
from benchmarks.mutations import damaged, damaged_inside, damaged_stream
from makewhole.errors import MakewholeError
from makewhole.records import Entry
from makewhole.statements import Reading, Source, pdf, read
from makewhole.statements.interim import settled
from makewhole.statements.pdf import worker
from makewhole.statements.table import lay_together

# All readers look at one input in so many; at the others only the seed's own does.
ALL_LOOK = 64
TWICE = 512
# No input is larger than 60 kB; what takes so long takes hours for a megabyte.
SLOW = 1.0
SECONDS = 10.0
_MEMORY = 3 << 30
_REPORT = 2.0
# What takes less is not measured further.
_NOTED = 0.003
_PACKED = {"zip", "xlsx", "ods"}
_INSIDE = 0.7
_CLAIMED = 1.0


class TooSlow(BaseException):
    """An input took longer than any statement of its size may."""


class Broken(Exception):
    """A reading breaks a promise."""


@dataclass
class Tally:
    """What became of the inputs."""

    inputs: int = 0
    with_rows: int = 0
    errors: int = 0
    passed_by: int = 0
    rows: int = 0
    refused: int = 0
    slowest: tuple[float, int] = (0.0, -1)
    risen: tuple[int, int] = (0, -1)
    largest: int = 0
    defects: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Count another slice of the inputs too."""
        for name in ("inputs", "with_rows", "errors", "passed_by", "rows", "refused"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest = max(self.slowest, other.slowest)
        self.risen = max(self.risen, other.risen)
        self.defects += other.defects


def made(seed: int, family: str, number: int) -> tuple[Seed, bytes]:
    """The input of that number: which file it was, and its damaged bytes."""
    chance = Random(f"{seed}/{family}/{number}")
    chosen = chance.choice(families()[family])
    others = [each.data for each in _others(chance)]
    if family == "pdf" and chance.random() < _INSIDE:
        return chosen, damaged_stream(chance, chosen.data, others)
    if family in _PACKED and chance.random() < _INSIDE:
        return chosen, damaged_inside(chance, chosen.data, others)
    return chosen, damaged(chance, chosen.data, others)


def _others(chance: Random) -> Iterator[Seed]:
    every = families()
    for _time in range(2):
        yield chance.choice(every[chance.choice(list(every))])


def work(seed: int, family: str, numbers: range, now: Any, pipe: Connection) -> None:
    """Read each input of a slice; `now` holds the number at hand, tallies go through the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A library that panics says so by itself before it raises.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    families()
    if family == "pdf":
        logging.disable(logging.CRITICAL)
        pdf._ask = _asked_here
    watch = Watch()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    tally, told = _fresh(Tally()), time.monotonic()
    for number in numbers:
        now.value = number
        one(tally, watch, number, made(seed, family, number), family)
        if time.monotonic() - told > _REPORT:
            pipe.send(tally)
            tally, told = _fresh(tally), time.monotonic()
    pipe.send(tally)


def _asked_here(name: str, request: dict[str, Any], data: bytes) -> Iterator[dict[str, Any]]:
    """What the process for PDFs would say, said by this one: to start it takes half a second."""
    # That process puts its own drawing board in this place, once.
    board = pdfplumber.page.PDFPageAggregatorWithMarkedContent
    try:
        yield from worker.read(
            _Patience(), data, request["passwords"], frozenset(request["vocabulary"])
        )
    except (worker.TooMuch, MemoryError, RecursionError, TooSlow):
        yield {"problem": "too_much", "of": name}
    except Exception as problem:  # noqa: BLE001 - that process calls whatever is raised broken
        yield {"problem": worker._named(problem)}
    finally:
        setattr(pdfplumber.page, "PDFPageAggregatorWithMarkedContent", board)  # noqa: B010


class _Patience(worker.Clock):
    """The alarm of each input is the only clock."""

    def __init__(self) -> None:
        super().__init__(SECONDS)

    def allow(self, letters: int, *, at_once: bool = False) -> None:
        """Let it go on."""


def _fresh(before: Tally) -> Tally:
    """A new tally that knows the largest memory and the slowest input so far."""
    known = before.largest or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Tally(slowest=before.slowest, largest=known)


class Watch:
    """Ends an input that takes too long; one clock for all inputs, for to set it takes a while."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, SECONDS / 10, SECONDS / 10)

    def start(self) -> None:
        """Begin a new input."""
        self._began = time.monotonic()

    def _look(self, _signal: int, _frame: FrameType | None) -> None:
        if time.monotonic() - self._began > SECONDS:
            self.start()
            raise TooSlow


def one(
    tally: Tally, watch: Watch, number: int, damaged_file: tuple[Seed, bytes], family: str
) -> None:
    """Read one input and count what became of it."""
    seed, data = damaged_file
    tally.inputs += 1
    began = time.perf_counter()
    watch.start()
    try:
        _count(tally, attempt(seed, data, number, contained=family in CONTAINERS))
    except MakewholeError as problem:
        tally.errors += 1
        if not all(problem.message) or seed.name not in problem.message.zh:
            tally.defects.append((number, f"an error that does not explain itself: {problem}"))
    except TooSlow:
        tally.defects.append((number, f"{traceback.format_exc()}took more than {SECONDS} s"))
    except BaseException:  # noqa: BLE001 - this is what is looked for
        tally.defects.append((number, traceback.format_exc()))
    spent = time.perf_counter() - began
    if spent > min(_NOTED, tally.slowest[0]):
        _note(tally, number, spent, lambda: attempt(seed, data, number))


def _note(tally: Tally, number: int, spent: float, again: Callable[[], object]) -> None:
    """The time and memory of an input that took long; on a busy machine its second time counts."""
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tally.risen = max(tally.risen, (after - tally.largest, number))
    tally.largest = max(tally.largest, after)
    if spent > tally.slowest[0]:
        began = time.process_time()
        with suppress(Exception, TooSlow):
            again()
        spent = min(spent, time.process_time() - began)
        tally.slowest = max(tally.slowest, (spent, number))
        if spent > SLOW:
            tally.defects.append((number, f"slow: more than {SLOW} s of the processor"))


def _count(tally: Tally, reading: Reading | None) -> None:
    if reading is None:
        tally.passed_by += 1
        return
    tally.with_rows += any(statement.rows for statement in reading.statements)
    tally.rows += sum(statement.stored for statement in reading.statements)
    tally.refused += sum(len(statement.refused) for statement in reading.statements)


def attempt(seed: Seed, data: bytes, number: int, *, contained: bool = False) -> Reading | None:
    """What the input reads as, or None where the seed's own reader no longer claims it.

    Raises `Broken` where the reading breaks a promise.
    """
    if seed.reader is None or number % ALL_LOOK == 0:
        reading = read([Source(seed.name, data)], **seed.told)
    else:
        source = Source(seed.name, data, **seed.told)
        if source.is_archive or seed.reader.closeness(source) < _CLAIMED:
            return None
        reading = lay_together(settled(seed.reader.read(source)))
    # The line of a page is the row of its table.
    lines = None if contained or seed.name.endswith(".html") else len(data.splitlines()) + 1
    _keeps_its_promises(reading, lines, seed.reader.provider if seed.reader else "")
    if number % TWICE == 0 and reading != read([Source(seed.name, data)], **seed.told):
        raise Broken("reading twice gives two results")
    return reading


def _keeps_its_promises(reading: Reading, lines: int | None, reader: str) -> None:
    for statement in reading.statements:
        if statement.rows != statement.stored + len(statement.refused):
            raise Broken(f"rows {statement.rows} are not stored plus refused")
        if statement.stored != statement.added + statement.known + statement.updated:
            raise Broken(f"stored {statement.stored} are not added, known and updated")
        for refusal in statement.refused:
            if not all(refusal.reason) or refusal.line < 1:
                raise Broken(f"a refusal without line or reason: {refusal}")
    if len(reading.entries) != sum(statement.added for statement in reading.statements):
        raise Broken("the table does not hold the rows that were added")
    for entry in reading.entries:
        _is_whole(entry, lines, reader)


def _is_whole(entry: Entry, lines: int | None, reader: str) -> None:
    amounts = (entry.amount, entry.fee, entry.refunded, entry.original)
    if not all(amount is None or amount.is_finite() for amount in amounts):
        raise Broken(f"an amount that is none: {_at(entry)}")
    if entry.occurred_at is not None and entry.occurred_at.tzinfo is None:
        raise Broken(f"a moment without a zone: {_at(entry)}")
    if not (len(entry.currency) == 3 and entry.currency.isascii() and entry.currency.isupper()):
        raise Broken(f"a currency that is none: {_at(entry)}")
    # Our own table keeps the lines of the files that it was made of.
    known = lines is None or entry.line <= lines or reader == "makewhole"
    if entry.line < 1 or not known:
        raise Broken(f"a line that the file does not have: {_at(entry)}")


def _at(entry: Entry) -> str:
    return f"{entry.provider}, line {entry.line}"
