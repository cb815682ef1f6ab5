"""A sign of life on stderr for work that takes longer than a second; silent elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer

from makewhole.report.words import inert

PATIENCE = 1.0


@contextmanager
def waiting(*, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that is told what is being done and shows it once patience ends."""
    if quiet or not sys.stderr.isatty():
        yield lambda _doing: None
        return
    from rich.console import Console
    from rich.text import Text

    status = Console(stderr=True).status("")
    timer = Timer(PATIENCE, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda doing: status.update(Text(inert(doing)))
    finally:
        timer.cancel()
        timer.join()
        status.stop()
