"""The drift alarm finds planted defects, and none in the layouts as they are."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.drift import Subject, Trial, prepared, tried
from benchmarks.drift_kinds import KINDS
from benchmarks.drift_oracle import Outcome

from makewhole.errors import UnknownLayout
from makewhole.records import Entry, Kind, Movement, Side, Text
from makewhole.statements import Draft, Layout, Reading, Source
from makewhole.statements.layout import Line
from makewhole.statements.table import lay_together
from makewhole.statements.values import day, money, words

TOY = """Toy Bank - account statement
Account: 00331875
Posted,Details,Amount,Our number
2026-03-02,WALLET*TEA HOUSE,-18.00,T0001
2026-03-05,WALLET*BICYCLES,-1250.00,T0002
2026-03-09,WALLET REFUND TEA HOUSE,18.00,T0003
End of statement
"""
HEADER = 2


def _row(line: Line) -> Entry:
    amount = money(line["amount"])
    return line.entry(
        occurred_on=day(line["day"]),
        amount=amount,
        currency="EUR",
        movement=Movement.ARRIVED if amount > Decimal(0) else Movement.LEFT,
        kind=Kind.PAYMENT,
        description=words(line["details"]),
        reference=line["number"],
    )


LAYOUT = Layout(
    provider="toybank",
    name="current",
    side=Side.BANK,
    columns={"day": ("Posted",), "details": ("Details",), "amount": ("Amount",)},
    optional={"number": ("Our number",)},
    row=_row,
    anchor="day",
)


@dataclass(frozen=True)
class Toy:
    """The toy layout with something done to its entries."""

    spoil: Callable[[Source, list[Entry]], list[Entry]]
    layout: Layout = LAYOUT
    provider: str = LAYOUT.provider
    name: str = LAYOUT.name

    def closeness(self, source: Source) -> float:
        return self.layout.closeness(source)

    def read(self, source: Source) -> list[Draft]:
        drafts = self.layout.read(source)
        for draft in drafts:
            draft.entries[:] = self.spoil(source, draft.entries)
        return drafts

    def reading(self, source: Source) -> Reading:
        if self.closeness(source) < 1.0:
            raise UnknownLayout(Text("", ""))
        return lay_together(self.read(source))


def unspoilt(_source: Source, entries: list[Entry]) -> list[Entry]:
    return entries


def counting_lines(_source: Source, entries: list[Entry]) -> list[Entry]:
    """Lose what stands before the line on which the first row has always stood."""
    return [entry for entry in entries if entry.line > HEADER + 1]


def dropping_equal_rows(_source: Source, entries: list[Entry]) -> list[Entry]:
    return list({entry.said: entry for entry in entries}.values())


def breaking(source: Source, entries: list[Entry]) -> list[Entry]:
    if b"Loyalty" in source.data:
        raise KeyError("Loyalty")
    return entries


def drifted(spoil: Callable[[Source, list[Entry]], list[Entry]]) -> list[Trial]:
    toy = Toy(spoil)
    ready = prepared(toy, "toy.csv", TOY.encode(), toy.reading)
    assert isinstance(ready, Subject)
    assert ready.file.is_table
    return list(tried([ready], seed=3, count=4 * len(KINDS)))


def defects(trials: list[Trial]) -> set[tuple[str, Outcome]]:
    found = [(trial.kind, trial.verdict.outcome) for trial in trials]
    return {each for each in found if each[1].defect}


def test_a_line_counted_instead_of_found_is_noticed() -> None:
    assert ("line above the header removed", Outcome.SILENT) in defects(drifted(counting_lines))


def test_equal_rows_that_are_dropped_are_noticed() -> None:
    assert {("row repeated", Outcome.SILENT), ("many equal rows", Outcome.SILENT)} <= defects(
        drifted(dropping_equal_rows)
    )


def test_a_crash_is_noticed() -> None:
    assert ("column added", Outcome.CRASH) in defects(drifted(breaking))


def test_one_seed_makes_the_same_files() -> None:
    assert drifted(unspoilt) == drifted(unspoilt)


def test_each_kind_fits_the_toy_or_says_why_not() -> None:
    tried_ = {trial.kind for trial in drifted(unspoilt)}
    no_use = {
        "dates without zeros in front",
        "dates in the order of another country",
        "half of the file in another encoding",
        "numbers as 8.15E+14",
        "numbers rounded to 15 digits",
        "seconds lost",
        "zeros in front of numbers lost",
    }
    assert {kind.name for kind in KINDS} - tried_ == no_use
