"""PayPal: activity download and monthly or financial statement, in any language of the account.

The order of day and month and the decimal sign follow the account's locale and are decided on
the whole file; where the file does not tell, its rows are refused. One purchase is several rows:
the payment, the funding from bank or card, and two conversion rows for foreign money.
"""

import copy
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal

from makewhole.records import Entry, Kind, Movement, Side, Text
from makewhole.statements import paypal_words as said
from makewhole.statements.dates import day_in, orders_of
from makewhole.statements.habits import date_order, decimal_comma
from makewhole.statements.layout import Layout, Line
from makewhole.statements.reader import Draft
from makewhole.statements.source import Grid, Row, Source
from makewhole.statements.values import Refused, clean, clock, maybe_money, money, number, words
from makewhole.statements.wrapped import Wrapped
from makewhole.statements.zones import unplaced_zones, zone_of, zones_among

_DEEPEST_HEADER = 30
_ROWS_PROBED = 20


@dataclass(frozen=True, slots=True)
class _Habits:
    """What holds for the whole file: the order of dates, the decimal sign, which rows are legs."""

    order: str | Text
    comma: bool | Text
    legs: "_Legs"
    has_impact: bool
    zones: dict[str, tzinfo]


def _study(lines: Sequence[Line], dates: str) -> _Habits:
    comma = decimal_comma(line[name] for line in lines for name in ("gross", "fee", "net"))
    return _Habits(
        order=date_order(((line["date"], line["zone"]) for line in lines), dates),
        comma=comma,
        legs=_legs(lines, comma=comma is True),
        has_impact=any(line["impact"] for line in lines),
        zones=zones_among({line["zone"] for line in lines if line["zone"]}),
    )


def _doubts(lines: Sequence[Line]) -> Iterator[Text]:
    """A warning where a zone name means several zones or none: its rows keep only their day."""
    for line in lines[:1]:
        yield from unplaced_zones({each["zone"] for each in lines}, line.context.zones)


@dataclass(frozen=True, slots=True)
class _Legs:
    """Lines of rows that carry a payment."""

    conversions: frozenset[int]
    fundings: frozenset[int]


def _legs(lines: Sequence[Line], *, comma: bool) -> _Legs:
    """The rows that carry a payment, told in no language: by moment, reference, currency, sign."""
    sizes = {line.number: size for line in lines if (size := _size(line, comma=comma))}
    nameless = [line for line in lines if not line["name"] and line.number in sizes]
    sides: dict[tuple[str, str], set[tuple[str, bool]]] = defaultdict(set)
    for line in nameless:
        sides[line["date"], line["time"]].add((line["currency"], sizes[line.number] > 0))
    conversions = {
        line.number
        for line in nameless
        if any(
            currency != line["currency"] and came != (sizes[line.number] > 0)
            for currency, came in sides[line["date"], line["time"]]
        )
    }
    paid = {line["id"] for line in lines if sizes.get(line.number, 0) < 0 and line["name"]}
    fundings = {
        line.number for line in nameless if sizes[line.number] > 0 and line["reference"] in paid
    }
    return _Legs(frozenset(conversions), frozenset(fundings - conversions))


def _size(line: Line, *, comma: bool) -> Decimal | None:
    try:
        return money(line["gross"], comma=comma)
    except Refused:
        return None


def _row(line: Line) -> Entry:
    habits: _Habits = line.context
    if isinstance(habits.order, Text):
        raise Refused(*habits.order)
    if isinstance(habits.comma, Text):
        raise Refused(*habits.comma)
    comma = habits.comma
    on, at = _moment(line, habits.order, habits.zones)
    gross = money(line["gross"], comma=comma)
    fee = maybe_money(line["fee"], comma=comma)
    kind = _kind(line, habits, gross)
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=gross,
        currency=_currency(line["currency"]),
        direction_word=line["impact"],
        status_word=line["status"],
        movement=_movement(line, habits, kind, gross),
        kind=kind,
        counterparty=words(line["name"]),
        description=_joined(line["type"] or line["description"], line["subject"], line["item"]),
        reference=number(line["id"]),
        merchant_reference=number(line["reference"]),
        funding=_funding(line),
        note=_joined(line["note"], line["bank_reference"]),
        fee=-fee if fee else None,
    )


def _moment(line: Line, order: str, zones: Mapping[str, tzinfo]) -> tuple[date, datetime | None]:
    on = day_in(line["date"], order)
    at, zone = clock(line["time"]), zones.get(line["zone"])
    return on, None if at is None or zone is None else datetime.combine(on, at, tzinfo=zone)


def _currency(cell: str) -> str:
    code = clean(cell).upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise Refused(f"没有写明货币：{cell[:20]!r}", f"no currency code: {cell[:20]!r}")
    return code


def _kind(line: Line, habits: _Habits, gross: Decimal) -> Kind:
    known = said.kind_of(line["event"], line["type"] or line["description"])
    if known:
        return known
    if line.number in habits.legs.conversions:
        return Kind.CONVERSION
    if line.number in habits.legs.fundings:
        return Kind.FUNDING
    return Kind.INCOME if gross > 0 else Kind.PAYMENT


def _movement(line: Line, habits: _Habits, kind: Kind, gross: Decimal) -> Movement:
    """What moved; a statement without a status column lists only what is completed."""
    status = " ".join(line["status"].casefold().split())
    if _moves_nothing(line, habits, status) or kind is Kind.OTHER:
        return Movement.NOTHING
    if kind is Kind.HOLD:
        # Set aside inside the wallet, and for as long as it is placed nobody knows for whom.
        return Movement.UNDECIDED if status in said.SET_ASIDE else Movement.NOTHING
    if not line.has("status") or status in said.DONE:
        return _by_sign(gross)
    if status in said.PENDING or status in said.SET_ASIDE:
        return Movement.UNDECIDED
    return Movement.NOTHING if status in said.NOT_DONE else _after(status, gross)


def _moves_nothing(line: Line, habits: _Habits, status: str) -> bool:
    """Whether the export says that the balance is untouched: a memo, or another row's item."""
    impact = line["impact"].casefold()
    item = habits.has_impact and not impact and status in said.DONE
    return impact == said.MEMO or item


def _by_sign(gross: Decimal) -> Movement:
    if not gross:
        return Movement.NOTHING
    return Movement.ARRIVED if gross > 0 else Movement.LEFT


def _after(status: str, gross: Decimal) -> Movement:
    """What a later change of status left of a row that had been completed.

    Money sent comes back on the same row. Money received goes back as a row of its own when it is
    refunded, but a cancelled or reversed receipt did not stay.
    """
    if status in said.PARTLY_REFUNDED or (status in said.REFUNDED and gross > 0):
        return _by_sign(gross)
    if status in said.REFUNDED:
        return Movement.LEFT_AND_RETURNED
    if status in said.CAME_BACK:
        return Movement.NOTHING if gross > 0 else Movement.LEFT_AND_RETURNED
    return Movement.UNKNOWN


def _funding(line: Line) -> str:
    bank, account = words(line["bank"]), words(line["bank_account"])
    if bank and account:
        return f"{bank}({account})"
    return bank or account or words(line["source"])


def _joined(*parts: str) -> str:
    return " / ".join(dict.fromkeys(text for part in parts if (text := words(part))))


@dataclass(frozen=True, slots=True)
class AnyLanguage(Wrapped):
    """A layout whose headings may be in a language that nobody has sent in yet.

    PayPal keeps the order of the columns in every language. Where the headings are unknown, the
    rows show what they are: a day, a time, a zone, a currency, and gross plus fee equals net.
    """

    headings: tuple[str, ...]

    def closeness(self, source: Source) -> float:
        """1.0 where the headings are known or the rows have the shape; else the known share."""
        known = self.layout.closeness(source)
        return 1.0 if known < 1.0 and self._translated(source) else known

    def read(self, source: Source) -> list[Draft]:
        """The drafts; unknown headings are put into English first."""
        known = self.layout.closeness(source) == 1.0
        return self.layout.read(source if known else self._translated(source) or source)

    def _translated(self, source: Source) -> Source | None:
        for grid in source.grids:
            for at, (number_, cells) in enumerate(grid.head[:_DEEPEST_HEADER]):
                rows = [row for _line, row in grid.head[at + 1 : at + 1 + _ROWS_PROBED] if any(row)]
                # No row may be lost above the header, so the first row with the shape decides.
                if rows and self._shaped(rows[0]):
                    mostly = sum(map(self._shaped, rows)) * 2 > len(rows)
                    is_row = any(orders_of(cell) for cell in cells)
                    if len(cells) < len(self.headings) or not mostly or is_row:
                        break
                    header = (number_, [*self.headings, *cells[len(self.headings) :]])
                    return _with_header(source, grid, at, header)
        return None

    def _shaped(self, row: Sequence[str]) -> bool:
        if len(row) < len(self.headings):
            return False
        cell = dict(zip(self.headings, map(clean, row), strict=False))
        figures = [cell["Gross"], cell["Fee"], cell["Net"]]
        comma = decimal_comma(figures) is True
        try:
            gross, fee, net = (money(figure, comma=comma) for figure in figures)
            zone_of(cell["Time Zone"])
        except Refused:
            return False
        return bool(
            gross + fee == net
            and orders_of(cell["Date"])
            and re.fullmatch(r"\d{1,2}:\d{2}:\d{2}.{0,5}", cell["Time"])
            and re.fullmatch(r"[A-Z]{3}", cell["Currency"])
            and re.fullmatch(r"[A-Z0-9-]{8,20}", cell["Transaction ID"])
        )


def _with_header(source: Source, grid: Grid, at: int, header: Row) -> Source:
    rows = list(grid)
    translated = copy.copy(source)
    translated.grids = [Grid(grid.name, [*rows[:at], header, *rows[at + 1 :]])]
    return translated


def _columns(*names: str) -> dict[str, tuple[str, ...]]:
    return {name: said.HEADINGS[name] for name in names}


_ACTIVITY = Layout(
    provider="paypal",
    name="activity",
    side=Side.WALLET,
    columns=_columns("date", "time", "zone", "name", "type", "status", "currency", "gross"),
    optional=_columns(
        "fee",
        "net",
        "id",
        "reference",
        "impact",
        "event",
        "subject",
        "item",
        "note",
        "source",
        "bank_reference",
    ),
    row=_row,
    study=_study,
    doubts=_doubts,
    counted=lambda _entry: None,
    anchor="date",
    to_the_second=True,
    clock="time",
)
_STATEMENT = Layout(
    provider="paypal",
    name="statement",
    side=Side.WALLET,
    columns=_columns("date", "time", "zone", "description", "currency", "gross", "id"),
    optional=_columns("name", "fee", "net", "reference", "bank", "bank_account", "subject", "note"),
    without=said.HEADINGS["status"],
    row=_row,
    study=_study,
    doubts=_doubts,
    counted=lambda _entry: None,
    anchor="date",
    to_the_second=True,
    clock="time",
)
_FIRST_OF_ACTIVITY = (
    "Date,Time,Time Zone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,"
    "To Email Address,Transaction ID"
)
_FIRST_OF_STATEMENT = (
    "Date,Time,Time Zone,Description,Currency,Gross,Fee,Net,Balance,Transaction ID,"
    "From Email Address,Name,Bank Name,Bank Account,Shipping and Handling Amount,Sales Tax,"
    "Invoice ID,Reference Txn ID"
)

READERS = (
    AnyLanguage(_ACTIVITY, tuple(_FIRST_OF_ACTIVITY.split(","))),
    AnyLanguage(_STATEMENT, tuple(_FIRST_OF_STATEMENT.split(","))),
)
