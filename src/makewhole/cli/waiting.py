"""A sign of life on stderr for work that takes a while: moving on a terminal, else one line."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Timer

from makewhole.report.words import inert

# Starting up takes a part of the second within which a person wants to see something.
PATIENCE = 0.5


@contextmanager
def waiting(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that is told what is being done and shows it once patience ends."""
    if quiet:
        yield lambda _doing: None
        return
    told, show, end = _on_terminal() if sys.stderr.isatty() else _once()
    timer = Timer(PATIENCE, show)
    timer.daemon = True
    timer.start()
    try:
        yield told
    finally:
        timer.cancel()
        timer.join()
        end()


_Ways = tuple[Callable[[str], None], Callable[[], None], Callable[[], None]]


def _on_terminal() -> _Ways:
    from rich.console import Console
    from rich.text import Text

    status = Console(stderr=True).status("")
    return lambda doing: status.update(Text(inert(doing))), status.start, status.stop


def _once() -> _Ways:
    """One line, for a log or a program that passes on what we say."""
    line = _Line()
    return line.told, line.due, lambda: None


class _Line:
    """Says what is being done once: when patience has ended and something is being done."""

    def __init__(self) -> None:
        self._doing = ""
        self._due = self._said = False

    def told(self, doing: str) -> None:
        self._doing = doing
        self._say()

    def due(self) -> None:
        self._due = True
        self._say()

    def _say(self) -> None:
        if not self._due or self._said or not self._doing:
            return
        self._said = True
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{inert(self._doing)} …\n")
            sys.stderr.flush()
