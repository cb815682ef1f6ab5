"""A PDF into pages of words and ruling lines, in a process of its own that may be stopped.

Reads one request from standard input and answers with lines of JSON. What a file may cost is
bounded here: pages, letters, objects, unpacked bytes, memory and time of the processor.
"""

import json
import logging
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

from makewhole.statements.limits import (
    LETTERS_A_SECOND,
    MOST_LETTERS,
    MOST_LETTERS_ON_PAGE,
    MOST_PAGES,
    MOST_RULES_ON_PAGE,
    MOST_UNPACKED,
    PDF_MEMORY,
)
from makewhole.statements.pdf.drawing import Sheet, sheet_of
from makewhole.statements.pdf.page import Facts
from makewhole.statements.pdf.tables import grids

_INVISIBLE = 3


class TooMuch(Exception):
    """The file asks for more than a statement needs; the argument says of what."""


def main() -> None:
    """Answer the request on standard input; the caller watches how long that takes."""
    request = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    logging.disable(logging.CRITICAL)
    import pdfplumber  # noqa: F401 - before the clock starts

    _confine()
    clock = Clock(request["patience"])
    clock.allow(0)
    try:
        _answer(read(clock, data, request["passwords"], frozenset(request["vocabulary"])))
    except TooMuch as problem:
        _answer([{"problem": "too_much", "of": str(problem)}])
    except (MemoryError, RecursionError):
        _answer([{"problem": "too_much", "of": "memory"}])
    except Exception as problem:  # noqa: BLE001 - whatever a broken file raises, it is broken
        _answer([{"problem": _named(problem)}])


def _answer(messages: Iterable[dict[str, Any]]) -> None:
    for message in messages:
        sys.stdout.write(json.dumps(message, ensure_ascii=True) + "\n")
        sys.stdout.flush()


def _confine() -> None:
    """Limit memory and depth where the system can; the caller limits time everywhere."""
    sys.setrecursionlimit(600)
    with suppress(ImportError, ValueError, OSError):
        import resource

        with open("/proc/self/statm", encoding="ascii") as sizes:  # noqa: PTH123
            used = int(sizes.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + PDF_MEMORY, used + PDF_MEMORY))


class Clock:
    """Ends this process when its patience is used up: each letter found earns a little more."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._start = time.process_time()

    def allow(self, letters: int, *, at_once: bool = False) -> None:
        """Set the clock anew after so many letters: for one page, or for all that was earned."""
        if hasattr(signal, "setitimer"):
            spent = time.process_time() - self._start
            left = self._patience + letters / LETTERS_A_SECOND - spent
            left = left if at_once else min(left, self._patience)
            signal.setitimer(signal.ITIMER_PROF, max(left, 0.001))


def _named(problem: BaseException) -> str:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    inner = problem.args[0] if problem.args and isinstance(problem.args[0], Exception) else problem
    if isinstance(inner, TooMuch):
        return "too_much"
    if isinstance(inner, PDFPasswordIncorrect):
        return "password"
    if isinstance(inner, PDFEncryptionError):
        return "encryption"
    if isinstance(inner, MemoryError | RecursionError):
        return "too_much"
    return "broken"


def read(
    clock: Clock, data: bytes, passwords: list[str], vocabulary: frozenset[str]
) -> Iterator[dict[str, Any]]:
    """A message for each page that was read, and one with the tables of all."""
    import pdfplumber.page
    import pdfplumber.pdf
    from pdfminer import pdftypes

    setattr(pdftypes, "zlib", _Unpacker())  # noqa: B010
    gauge = _gauge()
    setattr(pdfplumber.page, "PDFPageAggregatorWithMarkedContent", gauge)  # noqa: B010
    document = _opened(data, passwords)
    pages = document.pages
    if len(pages) > MOST_PAGES:
        raise TooMuch("pages")
    read_so_far: list[Facts] = []
    doubts: dict[str, list[int]] = {"blank": [], "hidden": [], "garbled": []}
    letters = 0
    for at, page in enumerate(pages, 1):
        clock.allow(letters)
        sheet = _sheet(page, gauge)
        letters += len(sheet.letters) + sheet.garbled
        if letters > MOST_LETTERS:
            raise TooMuch("letters")
        facts = sheet.facts(at, float(page.width), float(page.height))
        read_so_far.append(facts)
        _doubt(doubts, at, sheet, facts)
        page.close()
        yield {"page": at, "of": len(pages)}
    clock.allow(letters, at_once=True)
    yield {"grids": grids(read_so_far, vocabulary), "pages": len(pages), **doubts}


def _opened(data: bytes, passwords: list[str]) -> Any:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    for password in passwords[:-1]:
        try:
            return pdfplumber.open(BytesIO(data), password=password)
        except Exception as problem:
            inner = problem.args[0] if problem.args else problem
            if not isinstance(inner, PDFPasswordIncorrect):
                raise
    return pdfplumber.open(BytesIO(data), password=passwords[-1])


def _sheet(page: Any, gauge: Any) -> Sheet:
    gauge.hidden = gauge.drawn = 0
    sheet = sheet_of(page.layout)
    sheet.hidden = gauge.hidden
    if len(sheet.letters) > MOST_LETTERS_ON_PAGE:
        raise TooMuch("letters")
    return sheet


def _doubt(doubts: dict[str, list[int]], page: int, sheet: Sheet, facts: Facts) -> None:
    """Note a page whose text cannot be had: a picture, hidden text over one, letters unknown."""
    if sheet.garbled > len(sheet.letters) / 4:
        doubts["garbled"].append(page)
    elif not facts.words:
        doubts["hidden" if sheet.hidden else "blank"].append(page)


class _Unpacker:
    """Stands for `zlib` in the parser, and unpacks no more than a statement can hold."""

    def __init__(self) -> None:
        import zlib

        self.error = zlib.error
        self.decompressobj = zlib.decompressobj
        self._left = MOST_UNPACKED

    def decompress(self, data: bytes) -> bytes:
        import zlib

        unpacker = zlib.decompressobj()
        plain = unpacker.decompress(data, self._left + 1)
        self._left -= len(plain)
        if self._left < 0:
            raise TooMuch("unpacked")
        if not unpacker.eof:
            raise zlib.error("incomplete")
        return plain


def _gauge() -> Any:
    """The parser's drawing board, made to count what is drawn and to leave out what is hidden."""
    from pdfplumber.page import PDFPageAggregatorWithMarkedContent

    class Gauge(PDFPageAggregatorWithMarkedContent):
        hidden = 0
        drawn = 0
        unseen = False

        def render_string(self, textstate: Any, *more: Any) -> None:
            type(self).unseen = textstate.render == _INVISIBLE
            super().render_string(textstate, *more)

        def render_char(self, *given: Any) -> float:
            self._count()
            board = self.cur_item
            before = len(board._objs)
            width = super().render_char(*given)
            if self.unseen:
                del board._objs[before:]
                type(self).hidden += 1
            return width

        def paint_path(self, *given: Any, **named: Any) -> None:
            self._count()
            super().paint_path(*given, **named)

        def _count(self) -> None:
            type(self).drawn += 1
            if type(self).drawn > MOST_LETTERS_ON_PAGE + MOST_RULES_ON_PAGE:
                raise TooMuch("objects")

        def tag_cur_item(self) -> None:
            """Marked content is of no use here."""

    return Gauge


if __name__ == "__main__":
    main()
