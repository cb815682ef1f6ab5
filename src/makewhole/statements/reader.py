"""What a reader is, and what it hands over: a draft of a statement before it meets the others."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from makewhole.records import Declared, Entry, Refusal, Side, Text, Total
from makewhole.statements.source import Source

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One export as its reader understood it, entries in the order of the file.

    `interim` says that it is a report or notice, whose rows a statement of the account repeats.
    """

    file: str
    sha256: str
    provider: str
    layout: str
    side: Side
    encoding: str
    entries: list[Entry]
    refused: list[Refusal]
    declared: Declared = field(default_factory=Declared)
    computed: tuple[Total, ...] = ()
    warnings: list[Text] = field(default_factory=list)
    interim: bool = False


class Reader(Protocol):
    """Recognises one layout of one provider by content and reads it.

    Every module in `readers/` lists its readers in `READERS`; nothing else needs to know them.
    """

    @property
    def provider(self) -> str:
        """The wallet or bank, or the name of an open standard."""

    @property
    def name(self) -> str:
        """The layout's name, unique for the provider."""

    def closeness(self, source: Source) -> float:
        """How much of what identifies this layout the source has: 1.0 claims it, below does not."""

    def read(self, source: Source) -> list[Draft]:
        """The drafts in a claimed source: one, or one for each account or sheet that it holds."""


def sums(items: Iterable[tuple[str, Decimal] | None]) -> tuple[Total, ...]:
    """Count and sum of absolute amounts for each word, in the order of first appearance."""
    held: defaultdict[str, list[Decimal]] = defaultdict(list)
    for item in filter(None, items):
        held[item[0]].append(item[1])
    return tuple(
        Total(word, len(amounts), sum(map(abs, amounts), _NONE)) for word, amounts in held.items()
    )


def disagreements(declared: Declared, computed: tuple[Total, ...], rows: int) -> list[Text]:
    """A warning with both figures for each declared total that the rows do not give."""
    warnings = []
    if declared.rows is not None and declared.rows != rows:
        warnings.append(
            Text(
                f"账单声明共 {declared.rows} 笔，文件里有 {rows} 笔",
                f"the export declares {declared.rows} rows, the file has {rows}",
            )
        )
    have = {total.word: total for total in computed}
    for total in declared.totals:
        mine = have.get(total.word, Total(total.word, 0, Decimal(0)))
        wrong_count = total.count is not None and total.count != mine.count
        wrong_sum = total.amount is not None and total.amount != mine.amount
        if wrong_count or wrong_sum:
            said = _figures(total)
            found = _figures(mine)
            warnings.append(
                Text(
                    f"{total.word}：账单声明 {said.zh}，逐行合计 {found.zh}",
                    f"{total.word}: the export declares {said.en}, its rows give {found.en}",
                )
            )
    return warnings


def _figures(total: Total) -> Text:
    count = "?" if total.count is None else str(total.count)
    amount = "?" if total.amount is None else f"{total.amount:f}"
    return Text(f"{count} 笔 {amount}", f"{count} rows {amount}")
