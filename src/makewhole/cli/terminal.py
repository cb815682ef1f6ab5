"""What a person reads on a terminal: the summary first, then each finding with its proof.

Nothing that a statement says can steer the terminal: every line passes through `inert`.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

from makewhole.cli import messages
from makewhole.cli.messages import Pair, pick
from makewhole.records import (
    Coverage,
    Entry,
    Finding,
    InTransit,
    Movement,
    Refusal,
    Scan,
    Statement,
)
from makewhole.report.words import (
    FINDINGS,
    SIDES,
    account,
    confidence,
    figure,
    inert,
    provider,
    short_names,
    stakes,
    when,
    who,
)
from makewhole.statements import Reading

MOST_REFUSED = 10
MOST_WARNINGS = 5
MOST_ALTERNATIVES = 5
_GAP = "  "


class Page:
    """Lines for one reader: wrapped on a terminal, left whole in a pipe."""

    def __init__(self, lang: str, names: dict[str, str]) -> None:
        self.lang = lang
        self.names = names
        self.console = Console(
            file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True
        )

    def say(self, pair: Pair, **values: object) -> str:
        """A message in the reader's language."""
        return pick(pair, self.lang).format(**values)

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """One paragraph, hanging by its indent."""
        styled = Styled(inert(text), style=style)
        room = max(self.console.width - indent, 20)
        parts = styled.wrap(self.console, room) if self.console.is_terminal else [styled]
        for part in parts:
            part.rstrip()
            self.console.print(Styled(" " * indent) + part if part.plain else part)

    def heading(self, pair: Pair, style: str = "bold") -> None:
        """A heading with a blank line before it."""
        self.line()
        self.line(pick(pair, self.lang), style)

    def where(self, entry: Entry) -> str:
        """File and line of a row, with the page where the file has pages."""
        return f"{self.names.get(entry.file, entry.file)}:{_place(entry)}"

    def rows(self, entries: Iterable[Entry], indent: int) -> None:
        """Rows of proof in columns."""
        cells = [
            (
                self.where(entry),
                when(entry),
                f"{figure(entry.amount)} {entry.currency}",
                " ".join(part for part in (who(entry), _status(entry)) if part),
            )
            for entry in entries
        ]
        for text in _in_columns(cells):
            self.line(text, indent=indent)


def _place(row: Entry | Refusal) -> str:
    return f"p{row.page}:{row.line}" if row.page else str(row.line)


def _status(entry: Entry) -> str:
    return f"[{entry.status_word}]" if entry.status_word else ""


def _in_columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows as text with aligned columns, by the cells that letters take; figures to the right."""
    cleaned = [[inert(cell) for cell in row] for row in rows]
    widths = [max(cell_len(cell) for cell in column) for column in zip(*cleaned, strict=True)]
    for row in cleaned:
        padded = [
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        padded[2] = " " * (widths[2] - cell_len(row[2])) + row[2]
        yield _GAP.join(padded).rstrip()


def show_reading(reading: Reading, lang: str) -> None:
    """What was understood of each file."""
    page = Page(lang, short_names(reading.statements))
    _refused(page, reading.statements)
    for statement in reading.statements:
        _statement(page, statement)
    _unknown(page, reading.entries)
    _warnings(page, reading.statements)
    page.line()
    page.line(
        page.say(
            messages.SUMMARY_READ,
            files=len({statement.sha256 for statement in reading.statements}),
            statements=len(reading.statements),
            rows=len(reading.entries),
        ),
        "bold",
    )


def _statement(page: Page, statement: Statement) -> None:
    page.line()
    page.line(page.names[statement.file], "bold")
    page.line(
        page.say(
            messages.STATEMENT,
            side=pick(SIDES[statement.side], page.lang),
            provider=pick(provider(statement.provider), page.lang),
            layout=statement.layout,
            encoding=statement.encoding,
        ),
        indent=2,
    )
    refused = len(statement.refused)
    page.line(
        page.say(messages.ROWS, rows=statement.rows, stored=statement.stored, refused=refused),
        indent=2,
    )
    if statement.known or statement.updated:
        page.line(
            page.say(
                messages.OVERLAP,
                added=statement.added,
                known=statement.known,
                updated=statement.updated,
            ),
            indent=2,
        )
    for total in statement.computed:
        page.line(
            page.say(
                messages.TOTALS,
                word=total.word or pick(messages.EMPTY_WORD, page.lang),
                count="?" if total.count is None else total.count,
                amount="?" if total.amount is None else figure(total.amount),
            ),
            indent=4,
        )


def show_scan(reading: Reading, scan: Scan, lang: str, as_of: date) -> None:
    """The summary, the findings in the order given, and all that a careful reader needs to know."""
    page = Page(lang, short_names(reading.statements))
    known = {entry.id: entry for entry in reading.entries}
    _refused(page, reading.statements)
    page.line(
        page.say(
            messages.SUMMARY_SCAN,
            files=len({statement.sha256 for statement in reading.statements}),
            rows=len(reading.entries),
            matches=len(scan.matches),
            findings=len(scan.findings),
            in_transit=len(scan.in_transit),
            as_of=as_of.isoformat(),
        ),
        "bold",
    )
    _verdict(page, reading, scan)
    for number, finding in enumerate(scan.findings, 1):
        _finding(page, number, finding, known)
    _in_transit(page, scan.in_transit, known)
    if scan.coverage:
        page.heading(messages.COVERAGE)
        for each in scan.coverage:
            _coverage(page, each)
    _unknown(page, reading.entries)
    _warnings(page, reading.statements)


def _verdict(page: Page, reading: Reading, scan: Scan) -> None:
    if scan.findings:
        sums = ", ".join(f"{figure(sum_)} {code}" for code, sum_ in stakes(scan.findings).items())
        page.line(page.say(messages.AT_STAKE, sums=sums), "bold red")
    elif reading.entries:
        page.line(page.say(messages.NOTHING_WRONG), "green")
        sides = {entry.side for entry in reading.entries}
        if len(sides) == 1:
            page.line(page.say(messages.ONE_SIDE[sides.pop()]), "yellow")
    else:
        page.line(page.say(messages.NO_ROWS), "yellow")


def _finding(page: Page, number: int, finding: Finding, known: dict[str, Entry]) -> None:
    lang = page.lang
    title = pick(FINDINGS[finding.kind], lang)
    sure = page.say(messages.SURE, word=pick(confidence(finding.confidence), lang))
    page.line()
    page.line(
        f"{number}. {title}{_GAP}{figure(finding.amount)} {finding.currency}{_GAP}{sure}",
        "bold red",
    )
    page.line(pick(finding.sentence, lang), indent=3)
    page.rows((known[each] for each in finding.entries if each in known), indent=5)
    alternatives = [known[each] for each in finding.alternatives if each in known]
    if alternatives:
        page.line(page.say(messages.ALTERNATIVES), "dim", indent=3)
        page.rows(alternatives[:MOST_ALTERNATIVES], indent=5)
        _and_more(page, len(alternatives) - MOST_ALTERNATIVES, indent=5)
    page.line(page.say(messages.SETTLES) + pick(finding.settles, lang), indent=3)
    for caveat in finding.caveats:
        page.line(page.say(messages.CAVEAT) + pick(caveat, lang), "dim", indent=3)


def _in_transit(page: Page, moving: Sequence[InTransit], known: dict[str, Entry]) -> None:
    if not moving:
        return
    page.heading(messages.IN_TRANSIT, "bold yellow")
    for each in moving:
        if each.entry in known:
            page.rows([known[each.entry]], indent=2)
        late = page.say(messages.LATE_FROM, day=each.late_from.isoformat())
        why = pick(each.why, page.lang)
        page.line(f"{figure(each.amount)} {each.currency} · {late} · {why}", "yellow", indent=4)


def _coverage(page: Page, each: Coverage) -> None:
    """One note; the period goes before it where the note does not say it already."""
    note = pick(each.note, page.lang)
    days = [day.isoformat() for day in (each.starts_on, each.ends_on) if day]
    period = "" if all(day in note for day in days) else " – ".join(days)
    called = pick(account(each.account), page.lang)
    about = " ".join(part for part in (called, period) if part)
    page.line(page.say(messages.OF, what=about, said=note) if about else note, indent=2)


def _refused(page: Page, statements: Sequence[Statement]) -> None:
    """Rows that take no part come first: nobody may overlook them."""
    rows = [(each, refusal) for each in statements for refusal in each.refused]
    if not rows:
        return
    page.line(page.say(messages.ROWS_REFUSED, count=len(rows)), "bold yellow")
    for statement, refusal in rows[:MOST_REFUSED]:
        reason = pick(refusal.reason, page.lang)
        page.line(f"{page.names[statement.file]}:{_place(refusal)}{_GAP}{reason}", indent=2)
        page.line(refusal.text, "dim", indent=6)
    _and_more(page, len(rows) - MOST_REFUSED, indent=2)
    page.line()


def _unknown(page: Page, entries: Iterable[Entry]) -> None:
    """Status words that no reader knows, each with its count and first row."""
    first: dict[tuple[str, str], Entry] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        if entry.movement is Movement.UNKNOWN:
            word = entry.provider, entry.status_word
            first.setdefault(word, entry)
            counts[word] += 1
    if not counts:
        return
    page.heading(messages.UNKNOWN, "bold yellow")
    for word, entry in first.items():
        page.line(
            page.say(
                messages.UNKNOWN_WORD,
                provider=pick(provider(word[0]), page.lang),
                word=word[1],
                count=counts[word],
                where=page.where(entry),
            ),
            indent=2,
        )


def _warnings(page: Page, statements: Sequence[Statement]) -> None:
    warnings = dict.fromkeys((each.file, text) for each in statements for text in each.warnings)
    if not warnings:
        return
    page.heading(messages.WARNINGS)
    for file, text in list(warnings)[:MOST_WARNINGS]:
        said = pick(text, page.lang)
        page.line(page.say(messages.OF, what=page.names[file], said=said), indent=2)
    _and_more(page, len(warnings) - MOST_WARNINGS, indent=2)


def _and_more(page: Page, count: int, indent: int) -> None:
    if count > 0:
        page.line(page.say(messages.NOT_DRAWN, count=count), "dim", indent=indent)
