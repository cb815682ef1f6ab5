"""One page that shows both sides, what went wrong and the proof: self-contained, bilingual, inert.

What statements say is data: it is escaped, freed of signs that reorder letters, and a content
policy lets the page load nothing and run nothing but its own style and script.
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

from makewhole.records import Entry, Scan, Statement, Text, Total
from makewhole.report import words
from makewhole.report.picture import Month, Tone, months
from makewhole.statements import Reading

__all__ = ["MOST_REFUSED", "render"]

MOST_REFUSED = 200
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?")


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A total as an export declares it and as its rows give it; `agrees` is None if undeclared."""

    word: Text
    declared: str
    computed: str
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One statement as the page shows it."""

    statement: Statement
    name: str
    starts_on: date | None
    ends_on: date | None
    totals: tuple[TotalLine, ...]


def render(reading: Reading, scan: Scan, lang: str, as_of: date) -> str:
    """The report as one HTML file, first shown in `lang`, which is `zh` or `en`."""
    drawn = months(reading.entries, scan)
    names = words.short_names(reading.statements)
    refused = [
        (names[each.file], refusal) for each in reading.statements for refusal in each.refused
    ]
    page = _environment().from_string(_part("page.html.j2"))
    html: str = page.render(
        lang=lang,
        as_of=as_of,
        reading=reading,
        scan=scan,
        names=names,
        known={entry.id: entry for entry in reading.entries},
        stakes=words.stakes(scan.findings),
        sheets=_sheets(reading, names),
        months=drawn,
        opened=_opened(drawn),
        anchors=_anchors(drawn),
        labels=_labels(reading.entries),
        refused=refused[:MOST_REFUSED],
        refused_left_out=max(0, len(refused) - MOST_REFUSED),
        **_inline(),
    )
    return html


def _part(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


def _environment() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters.update(
        figure=_figure,
        when=words.when,
        who=words.who,
        confidence=words.confidence,
        provider=words.provider,
        account=words.account,
        unbroken=_unbroken,
    )
    environment.globals.update(
        FINDINGS=words.FINDINGS,
        MATCHES=words.MATCHES,
        MOVEMENTS=words.MOVEMENTS,
        SIDES=words.SIDES,
        Tone=Tone,
        rows=_rows,
    )
    return environment


def _finalize(value: object) -> object:
    """Every plain string that the page shows is made inert; what is markup already is ours."""
    return words.inert(value) if type(value) is str else value


def _figure(amount: Decimal) -> str:
    return words.figure(amount).replace("-", "\u2212")


def _unbroken(sentence: str) -> Any:
    """The sentence as markup in which no line ends inside a date and its time."""
    from markupsafe import Markup, escape

    marked = _MOMENT.sub(r'<span class="figure">\g<0></span>', str(escape(words.inert(sentence))))
    return Markup(marked)  # noqa: S704 - escaped above


def _rows(number: int) -> str:
    """A number of rows in English."""
    return f"{number} row" if number == 1 else f"{number} rows"


def _inline() -> dict[str, object]:
    """The style and script with the digests by which the content policy knows them."""
    from markupsafe import Markup

    parts: dict[str, object] = {}
    for name, file in (("style", "page.css"), ("script", "page.js")):
        text = _part(file)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        parts[name] = Markup(text)  # noqa: S704 - our own file
        parts[f"{name}_digest"] = f"sha256-{digest}"
    return parts


def _opened(drawn: Sequence[Month]) -> set[str]:
    """The months that stand open: those with trouble, or the fullest where there is none."""
    troubled = {month.name for month in drawn if month.troubled}
    fullest = sorted(drawn, key=lambda month: -month.rows)[:1]
    return troubled or {month.name for month in fullest}


def _anchors(drawn: Sequence[Month]) -> dict[str, str]:
    """A place to jump to for each row that is drawn."""
    rows = [
        row
        for month in drawn
        for band in month.bands
        for column in (band.left, band.right)
        for row in column
        if row
    ]
    return {row.entry.id: f"row-{at}" for at, row in enumerate(rows, 1)}


def _labels(entries: Sequence[Entry]) -> dict[str, Text | None]:
    """What tells an account from the others of its side: nothing, the provider, or its name."""
    accounts = {(entry.side, entry.provider, entry.account) for entry in entries}
    sides = Counter(side for side, _provider, _account in accounts)
    providers = Counter((side, provider) for side, provider, _account in accounts)
    return {
        account: None
        if sides[side] == 1
        else words.provider(provider)
        if providers[side, provider] == 1
        else words.account(account)
        for side, provider, account in accounts
    }


def _sheets(reading: Reading, names: Mapping[str, str]) -> list[Sheet]:
    days: dict[str, list[date]] = {}
    for entry in reading.entries:
        days.setdefault(entry.file, []).append(entry.occurred_on)
    return [
        Sheet(
            statement=each,
            name=names[each.file],
            starts_on=each.declared.starts_on or min(days.get(each.file, ()), default=None),
            ends_on=each.declared.ends_on or max(days.get(each.file, ()), default=None),
            totals=tuple(_totals(each)),
        )
        for each in reading.statements
    ]


def _totals(statement: Statement) -> list[TotalLine]:
    declared = {total.word: total for total in statement.declared.totals}
    computed = {total.word: total for total in statement.computed}
    lines = []
    if statement.declared.rows is not None:
        rows, there = statement.declared.rows, statement.rows
        lines.append(TotalLine(Text("行数", "rows"), str(rows), str(there), rows == there))
    for word in dict.fromkeys((*declared, *computed)):
        said = declared.get(word)
        found = computed.get(word) or Total(word, 0, _nothing(said))
        lines.append(
            TotalLine(
                Text(word or "（空）", word or "(empty)"),
                _total(said) if said else "",
                _total(found),
                _agrees(said, found) if said else None,
            )
        )
    return lines


def _nothing(said: Total | None) -> Decimal:
    """Zero, with as many decimals as the declared amount has."""
    declared = said.amount if said and said.amount is not None else Decimal(0)
    return Decimal(0).quantize(declared)


def _agrees(said: Total, found: Total) -> bool:
    return (said.count is None or said.count == found.count) and (
        said.amount is None or said.amount == found.amount
    )


def _total(total: Total) -> str:
    amount = "?" if total.amount is None else _figure(total.amount)
    return amount if total.count is None else f"{amount} ({total.count})"
