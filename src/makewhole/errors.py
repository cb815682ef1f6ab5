"""Every error a user can meet: what happened, where, and what to do next.

MakewholeError
├── UnreadableFile        a file cannot be opened or decoded
│   ├── UnknownLayout     nobody knows this file
│   ├── AmbiguousLayout   more than one reader claims it
│   └── PasswordNeeded    an archive or a PDF is locked
├── BrokenReader          a format of another package cannot be loaded
├── BadMapping            a mapping file does not say what is needed
├── BadRule               a file of rules or calendars does not say what is needed
├── NoDeadline            a rule gives no last day for what is known
│   ├── UnknownRule       no rule has this name
│   ├── UnknownCalendar   no calendar has this name
│   ├── UnknownEvent      the rule knows no such event or case
│   ├── MissingEvent      the event that starts the term was not given
│   ├── NotInForce        the rule did not hold on the day that decides
│   └── NoTerm            the rule sets no number of days
├── BadData               a data file of this package does not say what is needed
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


class BadRule(MakewholeError):
    """A file of rules or calendars is not valid; the message names file, rule and field."""


class NoDeadline(MakewholeError):
    """A rule gives no last day for what is known; the message says what is needed."""


class UnknownRule(NoDeadline):
    """No rule has this name."""


class UnknownCalendar(NoDeadline):
    """No calendar has this name."""


class UnknownEvent(NoDeadline):
    """The rule takes no event, or knows no case, of this name."""


class MissingEvent(NoDeadline):
    """The event that starts the term was not given."""


class NotInForce(NoDeadline):
    """The rule did not hold on the day that decides; the message names the one that did."""


class NoTerm(NoDeadline):
    """The law sets no number of days here; the message gives its own words."""


class BadData(MakewholeError):
    """A data file of this package lacks a field, has one too many, or contradicts itself."""


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
