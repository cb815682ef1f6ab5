"""What can be typed, and what it means; every text in the language of the person who types."""

from __future__ import annotations

import argparse
import os
import re
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError

from makewhole.cli import messages
from makewhole.cli.completion import SHELLS
from makewhole.cli.messages import Pair, pick

TYPE_CHECKING = False  # importing `typing` would cost a fifth of the help
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from decimal import Decimal
    from typing import NoReturn

_NARROWEST, _WIDEST = 60, 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?"
)
_HEADING = re.compile(r"^(\S+):$", re.MULTILINE)
_SUM = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?) ?([A-Za-z]{3})")
_SAME_CARD = re.compile(r"([0-9]{4})=([0-9]{4})")

# Kinds of problems; directory/data/problems.yaml says what each is, a test holds both together.
PROBLEMS = (
    "debited_unpaid",
    "debited_unrecorded",
    "charged_twice",
    "sent_not_arrived",
    "refund_not_arrived",
    "refund_short",
    "refund_announced_not_seen",
    "amount_differs",
    "pending_too_long",
    "account_stolen",
    "unknown_transaction",
    "scam_payment",
    "account_frozen",
    "privacy_leak",
    "merchant_dispute",
    "other",
)


class Misused(Exception):
    """The arguments are not understood; the text says which, and where help is."""


class _Formatter(argparse.HelpFormatter):
    """Help whose lines are broken where their writer broke them: Chinese has no blanks."""

    usage_word = "usage: "

    def __init__(self, prog: str, **options: object) -> None:
        options.update(width=_width(), max_help_position=26)
        super().__init__(prog, **options)  # type: ignore[arg-type]

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self.usage_word if prefix is None else prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:  # noqa: ARG002
        return text.splitlines()

    def _fill_text(self, text: str, width: int, indent: str) -> str:  # noqa: ARG002
        return "\n".join(indent + line for line in text.splitlines())


class _ChineseFormatter(_Formatter):
    usage_word = pick(messages.USAGE, "zh")

    def format_help(self) -> str:
        return _HEADING.sub(r"\1：", super().format_help())


def _width() -> int:
    """The terminal's width within limits; `shutil` would cost more than the whole help."""
    try:
        columns = os.get_terminal_size(1).columns
    except (OSError, ValueError):
        columns = 80
    return max(_NARROWEST, min(columns, _WIDEST))


class _Parser(ArgumentParser):
    """A parser that speaks one language and never exits by itself on a mistake."""

    def __init__(self, *, lang: str, **options: object) -> None:
        super().__init__(
            **options,  # type: ignore[arg-type]
            add_help=False,
            allow_abbrev=False,
            formatter_class=_ChineseFormatter if lang == "zh" else _Formatter,
        )
        self.lang = lang
        self._positionals.title = pick(messages.ARGUMENTS, lang)
        self._optionals.title = pick(messages.OPTIONS, lang)

    def option(self, *names: str, about: Pair, **options: object) -> argparse.Action:
        """Add an argument with its help in the parser's language."""
        return self.add_argument(*names, help=pick(about, self.lang), **options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        problem = _in_chinese(message) if self.lang == "zh" else message
        shown = "".join(letter if letter.isprintable() else "?" for letter in problem)
        text = pick(messages.MISUSED, self.lang).format(problem=shown, program=self.prog)
        raise Misused(text)


def _in_chinese(message: str) -> str:
    for pattern, said in messages.ARGPARSE_ZH:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return found.expand(said)
    return message


def build(lang: str) -> ArgumentParser:
    """The parser of the whole command line in `zh` or `en`."""
    parser = _Parser(
        lang=lang,
        prog="makewhole",
        description=pick(messages.ABOUT, lang),
        epilog=pick(messages.CODES, lang),
    )
    _help_and_language(parser)
    parser.option(
        "--version", about=messages.VERSION, action="version", version=_version(), default=SUPPRESS
    )
    verbs = parser.add_subparsers(
        dest="run", required=True, metavar="COMMAND", title=pick(messages.COMMANDS, lang)
    )
    for name, about, add in (
        ("read", messages.READ, _add_read_only),
        ("scan", messages.SCAN, _add_scan),
        ("deadline", messages.DEADLINE, _add_deadline),
        ("rules", messages.RULES, _add_rules),
        ("formats", messages.FORMATS, _add_formats),
        ("whom", messages.WHOM, _add_whom),
        ("dev", messages.DEV, _add_dev),
        ("completion", messages.COMPLETION, _add_completion),
    ):
        text = pick(about, lang)
        verb = verbs.add_parser(name, help=text, description=text, lang=lang)
        add(verb)
        _help_and_language(verb)
    return parser


def _add_formats(verb: _Parser) -> None:
    verb.option("providers", about=messages.PROVIDERS, nargs="*", metavar="PROVIDER")
    verb.option("--json", about=messages.JSON, action="store_true")


def _add_rules(verb: _Parser) -> None:
    tools = verb.add_subparsers(
        dest="tool", required=True, metavar="COMMAND", title=pick(messages.COMMANDS, verb.lang)
    )
    for name, about, add in (
        ("list", messages.RULES_LIST, _add_rules_list),
        ("show", messages.RULES_SHOW, _add_rules_show),
        ("due", messages.RULES_DUE, _add_rules_due),
        ("claim", messages.RULES_CLAIM, _add_rules_claim),
        ("calendars", messages.RULES_CALENDARS, _add_nothing),
    ):
        text = pick(about, verb.lang)
        tool = tools.add_parser(name, help=text, description=text, lang=verb.lang)
        add(tool)
        tool.option("--json", about=messages.JSON, action="store_true")
        _help_and_language(tool)


def _add_nothing(verb: _Parser) -> None:
    pass


def _add_rules_list(verb: _Parser) -> None:
    verb.option(
        "--in",
        about=messages.IN_JURISDICTION,
        metavar="CC",
        action="append",
        default=[],
        dest="within",
    )


def _add_rules_show(verb: _Parser) -> None:
    verb.option("rule", about=messages.RULE, metavar="RULE")


def _add_rules_due(verb: _Parser) -> None:
    verb.option("--as-of", about=messages.AS_OF, metavar="DATE", type=_day(verb.lang))


def _add_rules_claim(verb: _Parser) -> None:
    _add_events(verb)
    verb.option(
        "--with",
        about=messages.WITH,
        metavar="NAME=VALUE",
        action="append",
        default=[],
        dest="facts",
        type=_fact(verb.lang),
    )


def _add_deadline(verb: _Parser) -> None:
    _add_rules_claim(verb)
    verb.option("--zone", about=messages.ZONE, metavar="ZONE", type=_zone(verb.lang))
    verb.option("--days", about=messages.BY_DAY, action="store_true")
    verb.option("--json", about=messages.JSON, action="store_true")


def _add_events(verb: _Parser) -> None:
    verb.option("rule", about=messages.RULE, metavar="RULE")
    many = {"action": "append", "default": []}
    day = _day(verb.lang)
    verb.option("--on", about=messages.ON, metavar="EVENT=DATE", type=_event(verb.lang), **many)
    verb.option("--case", about=messages.CASE, metavar="CASE", default="")
    verb.option("--calendar", about=messages.CALENDAR, metavar="NAME", **many)
    verb.option("--closed", about=messages.CLOSED, metavar="DATE", type=day, **many)
    verb.option("--open", about=messages.OPENED, metavar="DATE", type=day, **many)
    moment = _moment(verb.lang)
    verb.option("--as-of", about=messages.MOMENT_AS_OF, metavar="DATE", type=moment)


def _add_dev(verb: _Parser) -> None:
    tools = verb.add_subparsers(
        dest="tool", required=True, metavar="COMMAND", title=pick(messages.COMMANDS, verb.lang)
    )
    text = pick(messages.DEV_EXPECTED, verb.lang)
    expected = tools.add_parser("expected", help=text, description=text, lang=verb.lang)
    path = _path(verb.lang)
    expected.option("files", about=messages.FILES, nargs="+", metavar="FILE", type=path)
    expected.option("--password", about=messages.PASSWORD, metavar="P", action="append", default=[])
    expected.option("--dates", about=messages.DATES, choices=messages.DATE_ORDERS, default="")
    _add_currency(expected)
    _help_and_language(expected)


def _version() -> str:
    from makewhole import __version__

    return f"makewhole {__version__}"


def _help_and_language(parser: _Parser) -> None:
    # `messages.language` has read --lang before any parser existed; it stands here to be allowed.
    parser.option("--lang", about=messages.LANG, choices=messages.LANGUAGES, default=SUPPRESS)
    parser.option("-h", "--help", about=messages.HELP, action="help", default=SUPPRESS)


def _add_read(verb: _Parser) -> None:
    path = _path(verb.lang)
    verb.option("files", about=messages.FILES, nargs="+", metavar="FILE", type=path)
    verb.option("--password", about=messages.PASSWORD, metavar="P", action="append", default=[])
    verb.option("--mapping", about=messages.MAPPING, metavar="M", type=path)
    verb.option("--dates", about=messages.DATES, choices=messages.DATE_ORDERS, default="")
    _add_currency(verb)
    verb.option("--json", about=messages.JSON, action="store_true")
    verb.option("--quiet", about=messages.QUIET, action="store_true")


def _add_read_only(verb: _Parser) -> None:
    _add_read(verb)
    path = _path(verb.lang)
    verb.option("--csv", about=messages.CSV, metavar="OUT", type=path)
    verb.option("--xlsx", about=messages.XLSX, metavar="OUT", type=path)


def _add_scan(verb: _Parser) -> None:
    _add_read(verb)
    verb.option("--html", about=messages.HTML, metavar="REPORT", type=_path(verb.lang))
    verb.option(
        "--same-card",
        about=messages.SAME_CARD,
        metavar="OLD=NEW",
        action="append",
        default=[],
        type=_same_card(verb.lang),
    )
    verb.option("--as-of", about=messages.AS_OF, metavar="DATE", type=_day(verb.lang))


def _add_whom(verb: _Parser) -> None:
    lang = verb.lang
    verb.option("--provider", about=messages.PROVIDER, metavar="P", required=True, type=_path(lang))
    verb.option(
        "--problem",
        about=messages.PROBLEM,
        metavar="KIND",
        required=True,
        choices=PROBLEMS,
    )
    verb.option("--country", about=messages.COUNTRY, metavar="CC")
    verb.option("--amount", about=messages.AMOUNT, metavar="SUM", type=_amount(lang))
    verb.option(
        "--history",
        about=messages.HISTORY,
        metavar="EVENT=DATE",
        action="append",
        default=[],
        type=_happened(lang),
    )
    verb.option("--as-of", about=messages.AS_OF_WHOM, metavar="DATE", type=_day(lang))
    verb.option("--json", about=messages.JSON, action="store_true")


def _add_currency(verb: _Parser) -> None:
    verb.option(
        "--currency",
        about=messages.CURRENCY,
        metavar="CODE",
        type=_currency(verb.lang),
    )


def _add_completion(verb: _Parser) -> None:
    verb.option("shell", about=messages.SHELL, choices=SHELLS)


def _path(lang: str) -> Callable[[str], str]:
    def path(text: str) -> str:
        # An unset variable in a script; `Path` would take it for the folder one is in.
        if not text:
            raise ArgumentTypeError(pick(messages.NO_NAME, lang))
        return text

    return path


def _day(lang: str) -> Callable[[str], date]:
    def day(text: str) -> date:
        from datetime import date

        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise ArgumentTypeError(pick(messages.BAD_DATE, lang).format(text=text))

    return day


def _moment(lang: str) -> Callable[[str], date]:
    def moment(text: str) -> date:
        from datetime import date, datetime

        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
            if _MOMENT.fullmatch(text):
                return datetime.fromisoformat(text)
        except ValueError:
            pass
        raise ArgumentTypeError(pick(messages.BAD_MOMENT, lang).format(text=text))

    return moment


def _event(lang: str) -> Callable[[str], tuple[str, date]]:
    moment = _moment(lang)

    def event(text: str) -> tuple[str, date]:
        name, equals, value = text.rpartition("=")
        if equals and not name:
            raise ArgumentTypeError(pick(messages.BAD_ON, lang).format(text=text))
        return name, moment(value)

    return event


def _fact(lang: str) -> Callable[[str], tuple[str, str]]:
    def fact(text: str) -> tuple[str, str]:
        name, _, value = text.partition("=")
        if not name or not value:
            raise ArgumentTypeError(pick(messages.BAD_WITH, lang).format(text=text))
        return name, value

    return fact


def _zone(lang: str) -> Callable[[str], str]:
    def zone(text: str) -> str:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            raise ArgumentTypeError(pick(messages.BAD_ZONE, lang).format(text=text)) from None
        return text

    return zone


def _currency(lang: str) -> Callable[[str], str]:
    def currency(text: str) -> str:
        from makewhole.statements.currency import known_currency

        code = known_currency(text)
        if code is None:
            raise ArgumentTypeError(pick(messages.BAD_CURRENCY, lang).format(text=text))
        return code

    return currency


def _amount(lang: str) -> Callable[[str], tuple[Decimal, str]]:
    def amount(text: str) -> tuple[Decimal, str]:
        from decimal import Decimal

        from makewhole.statements.currency import known_currency

        found = _SUM.fullmatch(text)
        code = known_currency(found[2]) if found else None
        if not found or code is None:
            raise ArgumentTypeError(pick(messages.BAD_AMOUNT, lang).format(text=text))
        return Decimal(found[1].replace(",", "")), code

    return amount


def _happened(lang: str) -> Callable[[str], tuple[str, date]]:
    def event(text: str) -> tuple[str, date]:
        name, equals, day = text.rpartition("=")
        if not equals or not name.strip():
            raise ArgumentTypeError(pick(messages.BAD_HISTORY, lang).format(text=text))
        return name.strip(), _day(lang)(day)

    return event


def _same_card(lang: str) -> Callable[[str], tuple[str, str]]:
    def same_card(text: str) -> tuple[str, str]:
        found = _SAME_CARD.fullmatch(text)
        if not found or found[1] == found[2]:
            raise ArgumentTypeError(pick(messages.BAD_SAME_CARD, lang).format(text=text))
        return found[1], found[2]

    return same_card
