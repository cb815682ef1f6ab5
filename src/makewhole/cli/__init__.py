"""The verbs from a shell. Start-up is a feature: nothing heavy loads before a verb needs it."""

import os
import sys
from collections.abc import Sequence

from makewhole import __version__

INTERRUPTED = 130
READER_WENT_AWAY = 141
COULD_NOT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 nothing wrong, 1 findings, 2 could not do it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _open_what_is_closed()
    try:
        code = _run(given)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _say_no_more()
        return READER_WENT_AWAY
    except OSError as error:
        # Files are opened where their errors are named; what is left is the output.
        _say_no_more()
        return _no_output(given, error)
    return code


def _open_what_is_closed() -> None:
    """A shell can start us without stdout or stderr; the work and its exit code still count."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123


def _say_no_more() -> None:
    """Python would complain once more when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _no_output(given: Sequence[str], error: OSError) -> int:
    from contextlib import suppress

    from makewhole.cli.messages import NO_OUTPUT, language, pick

    said = pick(NO_OUTPUT, language(given, os.environ)).format(reason=error.strerror or error)
    with suppress(OSError):
        sys.stderr.write(f"{said}\n")
    return COULD_NOT


def _run(given: list[str]) -> int:
    if given == ["--version"]:
        sys.stdout.write(f"makewhole {__version__}\n")
        return 0
    from makewhole.cli.arguments import Misused, build
    from makewhole.cli.messages import language

    lang = language(given, os.environ)
    parser = build(lang)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        options = parser.parse_args(given)
    except Misused as misuse:
        sys.stderr.write(f"{misuse}\n")
        return 2
    except SystemExit:  # argparse has printed the help
        return 0
    if options.run == "completion":
        from makewhole.cli.completion import completion

        sys.stdout.write(completion(parser, options.shell))
        return 0
    from makewhole.cli import commands

    return commands.run(options, lang)
