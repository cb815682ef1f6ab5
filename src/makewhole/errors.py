"""Every error a user can meet: what happened, where, and what to do next.

MakewholeError
├── UnreadableFile        a file cannot be opened or decoded
│   ├── UnknownLayout     nobody knows this file
│   ├── AmbiguousLayout   more than one reader claims it
│   └── PasswordNeeded    an archive or a PDF is locked
├── BrokenReader          a format of another package cannot be loaded
├── BadMapping            a mapping file does not say what is needed
└── BadRequest            an argument contradicts itself or the files
"""

from collections.abc import Sequence

from makewhole.records import Text


class MakewholeError(Exception):
    """Something the user can act on; `message` is the whole explanation in both languages."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.en)
        self.message = message


class UnreadableFile(MakewholeError):
    """A file cannot be opened, decoded or taken apart."""


class UnknownLayout(UnreadableFile):
    """No reader recognises the file; the message names the layouts that came closest."""


class AmbiguousLayout(UnreadableFile):
    """Two readers or more recognise the file; the message names them."""


class PasswordNeeded(UnreadableFile):
    """An archive or a PDF is encrypted and no password, or the wrong one, was given."""


class BrokenReader(MakewholeError):
    """A package that brings formats of its own cannot be loaded."""


class BadMapping(MakewholeError):
    """A mapping file is not valid TOML or lacks a column."""


class BadRequest(MakewholeError):
    """The arguments contradict each other or the files."""


def together(problems: Sequence[MakewholeError]) -> MakewholeError:
    """One error that says all; a single problem stays itself."""
    if len(problems) == 1:
        return problems[0]
    messages = [problem.message for problem in problems]
    return UnreadableFile(
        Text("\n".join(each.zh for each in messages), "\n".join(each.en for each in messages))
    )
