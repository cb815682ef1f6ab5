"""What exports of Indian banks share: narrations, the number of a UPI payment, two amount columns.

A narration such as `UPI/P2M/412345678901/SAMPLE/...` or `UPI-SAMPLE-...-412345678901-...` holds
the twelve digits that the payer's app shows as UTR or UPI reference. Banks state no time of day.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from makewhole.records import Declared, Entry, Kind, Text
from makewhole.statements.balances import Step, broken_balance
from makewhole.statements.chinese_banks import in_or_out, movement_of, stated
from makewhole.statements.layout import Line
from makewhole.statements.regrid import as_note, cell, header_of
from makewhole.statements.source import Grid, Row, Source
from makewhole.statements.spelled_dates import day_of, is_spelled, order_where_day_leads
from makewhole.statements.upi import rupees, signed
from makewhole.statements.values import Refused, clean, maybe_money, tail, words

_TWELVE = re.compile(r"(?<!\d)(\d{12})(?!\d)")
_BY_NUMBER = re.compile(r"\b(?:UPI|IMPS|UPIAR|UPIAB|MMT)\b", re.IGNORECASE)
_PADDED = re.compile(r"0{1,8}(\d{12})")
_KINDS = (
    (
        re.compile(r"\brefund|\breversal\b|\bREV\b|\brvsl\b|\breturn(?:ed)?\b", re.IGNORECASE),
        1,
        Kind.REFUND,
    ),
    (
        re.compile(r"\b(?:charges?|chrgs?|chgs?|fee|gst)\b(?!.*\bUPI\b)", re.IGNORECASE),
        -1,
        Kind.FEE,
    ),
)
_DATED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}")
_SUMS = re.compile(
    r"(?:opening|closing|brought forward|carried forward|transaction total|b/f|c/f|total)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\W*(?:statement summary|legends?\b|unless the constituent|end of (?:the )?statement|"
    r"this is a (?:computer|system)|generated on|registered office)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:(?:Account|A/c)\s{0,9}(?:No\.?|Number|Num)?[\s:\-–_']{0,30}"
    r"|Transactions List\b.*[-–]\s{0,9})"
    r"(?P<number>[\dXx*]{4,20}\d{4})\b",
    re.IGNORECASE,
)
# A line with so many cells is no note, whatever they hold.
_ROW_CELLS = 5
_DAY = r"(\d{1,2}[-/ ](?:[A-Za-z]{3,9}|\d{1,2})[-/ ,]{1,2}\d{2,4})"
_PERIOD = re.compile(
    rf"(?:From|Start Date|Period)\b\W{{0,6}}{_DAY}\W{{0,12}}(?:To|End Date)?\W{{0,6}}{_DAY}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Habits:
    """The order of dates that holds for the whole file."""

    order: str | Text


def study(lines: Sequence[Line], dates: str) -> _Habits:
    """The order of dates in the file."""
    return _Habits(order_where_day_leads((line["date"] for line in lines), dates))


def row(line: Line) -> Entry:
    """A row with one column for each way, or with an amount and DR or CR."""
    on = day_of(line["date"], line.context.order)
    amount = stated(amount_of(line))
    narration = " ".join(words(line["details"]).split())
    reference = _reference(line["reference"])
    return line.entry(
        occurred_on=on,
        amount=amount,
        currency="INR",
        direction_word=line["way"],
        movement=movement_of(amount),
        kind=_kind(narration, amount),
        description=narration,
        reference=reference or words(line["id"]),
        merchant_reference=shared_number(narration, reference),
    )


def amount_of(line: Line) -> Decimal | None:
    """The signed amount of a row; None where it has none."""
    if line.has("way"):
        return signed(line["way"], rupees(line["amount"])) if line["amount"] else None
    return in_or_out(_bare(line["credit"]), _bare(line["debit"]))


def _bare(text: str) -> str:
    return re.sub(r"^(?:₹|INR|Rs\.?)\s*", "", text, flags=re.IGNORECASE)


def shared_number(narration: str, reference: str) -> str:
    """The twelve digits that a UPI or IMPS payment has on both sides, or the empty string."""
    if not _BY_NUMBER.search(narration.replace("/", " ").replace("-", " ")):
        return ""
    found = _TWELVE.search(narration)
    if found:
        return found[1]
    return reference if _TWELVE.fullmatch(reference) else ""


def _reference(text: str) -> str:
    """The reference without the zeros with which a bank fills it up."""
    plain = clean(text).lstrip("'`")
    if not plain.strip("-0 "):
        return ""
    padded = _PADDED.fullmatch(plain)
    return padded[1] if padded else plain


def _kind(narration: str, amount: Decimal) -> Kind:
    for pattern, sign, kind in _KINDS:
        if (amount > 0) == (sign > 0) and pattern.search(narration):
            return kind
    if not amount:
        return Kind.OTHER
    return Kind.INCOME if amount > 0 else Kind.PAYMENT


def doubts(lines: Sequence[Line]) -> Iterator[Text]:
    """A warning where the running balance breaks."""
    steps = []
    for line in lines:
        try:
            amount, balance = amount_of(line), _balance(line["balance"])
        except Refused:
            continue
        if amount is not None and balance is not None:
            steps.append(Step(line.number, amount, balance))
    yield from broken_balance(steps)


def _balance(text: str) -> Decimal | None:
    """A balance, which may carry CR or DR behind it, and `-,` in front where it is overdrawn."""
    plain = _bare(clean(text))
    owed = plain.upper().rstrip(".").endswith("DR")
    plain = re.sub(r"\s*[CD]R\.?$", "", plain, flags=re.IGNORECASE)
    if plain.startswith("-,"):
        plain = "-" + plain[2:]
    value = maybe_money(plain)
    return -value if owed and value is not None else value


def facts(text: str) -> Declared:
    """The tail of the account and the period, as far as the text around the rows states them."""
    account = _ACCOUNT.search(text)
    period = _PERIOD.search(text)
    first = last = None
    if period:
        try:
            order = order_where_day_leads(period.groups())
            first, last = day_of(period[1], order), day_of(period[2], order)
        except Refused:
            first = last = None
    return Declared(card=tail(account["number"]) if account else "", starts_on=first, ends_on=last)


def _is_dated(text: str) -> bool:
    return bool(_DATED.match(text)) or is_spelled(text)


Words = Sequence[str]


def tidied(date_: Words, details: Words, *amounts: Words) -> Callable[[Source], Sequence[Grid]]:
    """Joins narrations that run over lines, and sets apart sums, summaries and legends.

    Takes the headings of the date, of the narration, and of the columns of money.
    """

    def regrid(source: Source) -> Sequence[Grid]:
        return [_tidy(grid, header_of(grid, date_, details, *amounts)) for grid in source.grids]

    return regrid


def _tidy(grid: Grid, found: tuple[int, list[int]] | None) -> Grid:
    if found is None:
        return grid
    header, (date_, details, *amounts) = found
    rows: list[Row] = list(grid.rows[: header + 1])
    ended = False
    for line, cells in grid.rows[header + 1 :]:
        if _is_dated(cell(cells, date_)):
            rows.append((line, cells))
            continue
        filled = {at for at in range(len(cells)) if cell(cells, at)}
        said = next((cell(cells, at) for at in sorted(filled)), "")
        ended = ended or bool(_ENDS.match(said))
        if not ended and filled and filled <= {details} and len(rows) > header + 1:
            rows[-1] = rows[-1][0], _joined(rows[-1][1], cells[details], details)
        elif not ended and len(filled) >= _ROW_CELLS and any(map(str.isdigit, "".join(cells))):
            rows.append((line, cells))
        elif ended or _SUMS.match(cell(cells, details) or said) or not _holds_money(cells, amounts):
            rows.append((line, as_note(cells)))
        else:
            rows.append((line, cells))
    return Grid(grid.name, rows)


def _joined(above: Sequence[str], below: str, at: int) -> list[str]:
    """The row with more of its narration; a number broken over two lines is one again."""
    first, rest = cell(above, at), clean(below)
    gap = "" if first[-1:].isdigit() and rest[:1].isdigit() else " "
    return [f"{first}{gap}{rest}" if place == at else each for place, each in enumerate(above)]


def _holds_money(cells: Sequence[str], amounts: Sequence[int]) -> bool:
    for at in amounts:
        try:
            if maybe_money(_bare(cell(cells, at))) is not None:
                return True
        except Refused:
            continue
    return False
