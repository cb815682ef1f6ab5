"""The order of the verbs, from files on a disk to findings; the one place that knows all rooms."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from makewhole.errors import (
    BadMapping,
    BadRequest,
    BadRule,
    MakewholeError,
    UnreadableFile,
    together,
)
from makewhole.records import NO_CURRENCY, Scan, Text
from makewhole.statements import Layout, Reading, Source, called, read
from makewhole.statements.limits import LARGEST_FILE

if TYPE_CHECKING:
    from makewhole.directory import Route
    from makewhole.rules import Calendar

Progress = Callable[[Text], None]

# Where a country alone does not say which days count.
_CALENDARS = {"UK": ("", "GB", "ENG"), "EU": ("XECB", "", None)}
_SATURDAY = 5

# What lies beside statements in a folder and is none. Anything else has to be readable: a file
# that is skipped in silence could be the one that holds the missing row.
_NO_STATEMENT = (
    *(".md", ".rst", ".html", ".htm", ".css", ".js", ".json", ".toml", ".yaml", ".yml"),
    *(".py", ".sh", ".ini", ".db", ".log", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"),
)
# What many banks offer beside a table, told by how it begins.
_PICTURE = Text("图片", "a picture")
_DRAWN = {
    b"\x89PNG\r\n": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
}
_HIDDEN = (".", "~$")


def read_files(  # noqa: PLR0913 - one argument for each thing a person can say
    paths: Sequence[Path],
    passwords: Sequence[str] = (),
    mapping: Path | None = None,
    progress: Progress | None = None,
    *,
    dates: str = "",
    currency: str = "",
) -> Reading:
    """One table out of files and folders, in the order given.

    Raises one error of `makewhole.errors` that names every file that cannot be read.
    """
    reader = _mapped(mapping) if mapping else None
    problems: list[MakewholeError] = []
    sources = _sources(paths, problems)
    try:
        reading = read(
            sources,
            passwords=passwords,
            mapping=reader,
            dates=dates,
            currency=currency,
            progress=_named(progress),
        )
    except UnreadableFile as problem:
        problems.append(problem)
    if problems:
        raise together(problems)
    return reading


def scan_files(  # noqa: PLR0913 - one argument for each thing a person can say
    paths: Sequence[Path],
    passwords: Sequence[str] = (),
    mapping: Path | None = None,
    same_cards: Mapping[str, str] | None = None,
    *,
    as_of: date,
    dates: str = "",
    currency: str = "",
    progress: Progress | None = None,
) -> tuple[Reading, Scan]:
    """What the files say, and what comparing their two sides says on the day `as_of`."""
    from makewhole import reconcile

    reading = read_files(paths, passwords, mapping, progress, dates=dates, currency=currency)
    _know_currencies(reading)
    if progress:
        progress(Text("正在比对", "comparing"))
    scan = reconcile.find(
        reading.statements,
        reading.entries,
        as_of=as_of,
        same_cards=same_cards or {},
        called=called(),
    )
    return reading, scan


def _know_currencies(reading: Reading) -> None:
    """Raise `BadRequest` where rows lack a currency: no amount could be compared with them."""
    unnamed = {entry.file for entry in reading.entries if entry.currency == NO_CURRENCY}
    if unnamed:
        files = ", ".join(sorted(unnamed))
        raise BadRequest(
            Text(
                f"{files}：文件没有写明货币，无法比对；请用 --currency 写明，如 --currency EUR。",
                f"{files}: the file names no currency, so it cannot be compared. State it with "
                "--currency, as in --currency EUR.",
            )
        )


def chosen_calendars(names: Sequence[str]) -> "list[Calendar]":
    """The calendars called so; a name that is a path is a YAML file of the user's own."""
    return [_calendar(name) for name in names]


def _calendar(name: str) -> "Calendar":
    from makewhole.rules import calendars

    if not name.endswith((".yaml", ".yml")):
        return calendars().get(name)
    path = Path(name)
    try:
        return calendars().own(name, path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadRule(_why(path, error)) from None
    except UnicodeDecodeError:
        raise BadRule(
            Text(
                f"{path}：日历文件不是 UTF-8 文本，请另存为 UTF-8。",
                f"{path}: the calendar file is not UTF-8 text; save it as UTF-8.",
            )
        ) from None


def whom(  # noqa: PLR0913 - one argument for each thing a person can say
    provider: str,
    problem: str,
    country: str = "",
    amount: tuple[Decimal, str] | None = None,
    history: Iterable[tuple[str, date]] = (),
    *,
    as_of: date,
) -> "Route":
    """Whom to turn to on the day `as_of`: every rung, open or closed, and what comes next."""
    from makewhole.directory import Amount, Event, route

    return route(
        provider,
        problem,
        country,
        Amount(*amount) if amount else None,
        [Event(*each) for each in history],
        now=as_of,
        working_days=working_days_after,
    )


def working_days_after(start: date, count: int, calendar: str) -> date | None:
    """The last of so many working days after a day; None where the calendar is not known.

    Public holidays of the country alone: the days on which one firm closes are not known here.
    """
    import holidays

    market, country, subdivision = _CALENDARS.get(calendar, ("", calendar, None))
    try:
        closed = (
            holidays.financial_holidays(market)
            if market
            else holidays.country_holidays(country, subdiv=subdivision)
        )
    except NotImplementedError:
        return None
    day = start
    while count:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in closed:
            count -= 1
    return day


def _named(progress: Progress | None) -> Callable[[str], None] | None:
    if progress is None:
        return None
    return lambda name: progress(Text(f"正在读取 {name}", f"reading {name}"))


def _mapped(path: Path) -> Layout:
    from makewhole.statements.mapping import load_mapping

    try:
        return load_mapping(str(path), path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadMapping(_why(path, error)) from None
    except UnicodeDecodeError:
        raise BadMapping(
            Text(
                f"{path}：列对应文件不是 UTF-8 文本，请另存为 UTF-8。",
                f"{path}: the mapping file is not UTF-8 text; save it as UTF-8.",
            )
        ) from None


def _sources(paths: Iterable[Path], problems: list[MakewholeError]) -> Iterator[Source]:
    """Each file's bytes; what cannot be opened goes to `problems`."""
    for path in paths:
        try:
            for file in _statements_in(path) if path.is_dir() else [path]:
                yield Source(str(file), _bytes(file))
        except OSError as error:
            problems.append(UnreadableFile(_why(path, error)))
        except UnreadableFile as problem:
            problems.append(problem)


def _bytes(file: Path) -> bytes:
    with file.open("rb") as stream:
        data = stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise UnreadableFile(
            Text(
                f"{file}：文件超过 {LARGEST_FILE >> 20} MB，不像账单，没有读。",
                f"{file}: larger than {LARGEST_FILE >> 20} MB, no statement is; it was not read.",
            )
        )
    if not data:
        raise UnreadableFile(Text(f"{file}：文件是空的。", f"{file}: the file is empty."))
    drawn = next((what for start, what in _DRAWN.items() if data.startswith(start)), None)
    if drawn:
        raise UnreadableFile(
            Text(
                f"{file}：这是{drawn.zh}，里面没有能读的表格；请在钱包或银行导出 CSV 或 Excel。",
                f"{file}: this is {drawn.en}, which holds no table that can be read; let the "
                "wallet or bank export CSV or Excel.",
            )
        )
    return data


def is_statement(file: Path) -> bool:
    """Whether a file of a folder is read, by its name."""
    return not file.name.startswith(_HIDDEN) and file.suffix.lower() not in _NO_STATEMENT


def _statements_in(folder: Path) -> list[Path]:
    files = sorted(file for file in folder.iterdir() if file.is_file() and is_statement(file))
    if not files:
        raise UnreadableFile(
            Text(
                f"{folder}：这个文件夹里没有账单文件（子文件夹要另外写出）。",
                f"{folder}: no statement files in this folder; folders inside it are not "
                "searched, name them.",
            )
        )
    return files


def _why(path: Path, error: OSError) -> Text:
    if isinstance(error, FileNotFoundError):
        return Text(f"{path}：没有这个文件，请检查路径。", f"{path}: no such file; check the path.")
    if isinstance(error, PermissionError):
        return Text(
            f"{path}：没有读取权限，请检查文件权限。",
            f"{path}: you may not read this file; check its permissions.",
        )
    reason = error.strerror or error
    return Text(f"{path}：打不开（{reason}）。", f"{path}: cannot be opened ({reason}).")
