"""Cash App: the export of an account's activity.

A status names what was done as well as whether it was (`CARD CHARGED`, `PAYMENT SENT`); newer
exports say only `COMPLETE`. The sign of the net amount is the direction. Amount and net amount
differ by the fee: the larger of the two is what moved in the wallet, the smaller what the other
side has seen. The account of a row is the holder's bank or card, but on rows of the Cash Card it
is the Cash Card itself, which takes from the balance. Cash App works in the United States, so CST
is Central time.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from makewhole.records import Entry, Kind, Movement, Side, Text
from makewhole.statements.currency import currency
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import (
    Refused,
    clean,
    clock,
    day,
    maybe_money,
    money,
    number,
    words,
)
from makewhole.statements.zones import unplaced_zones, zones_among

# The last word of a status says what became of the row.
_DONE = {"charged", "sent", "deposited", "complete", "completed", "received"}
_OPEN = {"pending", "processing"}
_NOT_DONE = {"failed", "canceled", "cancelled", "declined", "expired"}
_UNDONE = {"refunded", "reversed"}
_KINDS = {
    "sent p2p": (Kind.PAYMENT, Kind.REFUND),
    "received p2p": (Kind.PAYMENT, Kind.INCOME),
    "p2p": (Kind.PAYMENT, Kind.INCOME),
    "cash card debit": (Kind.PAYMENT, Kind.REFUND),
    "cash card": (Kind.PAYMENT, Kind.REFUND),
    "atm withdrawal": (Kind.PAYMENT, Kind.REFUND),
    "cash in": (Kind.OTHER, Kind.TOP_UP),
    "cash out": (Kind.WITHDRAWAL, Kind.OTHER),
    "withdrawal": (Kind.WITHDRAWAL, Kind.OTHER),
    "direct deposit": (Kind.OTHER, Kind.INCOME),
    "boost payment": (Kind.OTHER, Kind.INCOME),
    "loyalty rewards": (Kind.OTHER, Kind.INCOME),
    "bitcoin boost": (Kind.OTHER, Kind.INCOME),
    "savings interest payment": (Kind.OTHER, Kind.INCOME),
    "savings internal transfer": (Kind.OWN_TRANSFER, Kind.OWN_TRANSFER),
}
_TRADE = re.compile(r"(?:bitcoin|stock)\b.*\b(?:buy|sell|sale|purchase)")
_CARD = re.compile(r"cash card|atm withdrawal")
_COIN = re.compile(r"BTC")
_ZONE = re.compile(r"\d\s+([A-Za-z][A-Za-z/_+-]*)$")
_CENTRAL = {"CST": ZoneInfo("America/Chicago")}


def _study(lines: Sequence[Line], _dates: str) -> dict[str, tzinfo]:
    return {**_CENTRAL, **zones_among({zone for line in lines if (zone := _zone(line))})}


def _zone(line: Line) -> str:
    found = _ZONE.search(line["date"])
    return found[1] if found else ""


def _doubts(lines: Sequence[Line]) -> Iterator[Text]:
    for line in lines[:1]:
        yield from unplaced_zones({_zone(each) for each in lines}, line.context)
    unfit = [line.number for line in lines if _fits(line) is False]
    if unfit:
        yield Text(
            f"第 {unfit[0]} 行等 {len(unfit)} 行的金额、手续费和净额对不上，按净额记",
            f"in {len(unfit)} rows, the first in line {unfit[0]}, amount, fee and net amount do "
            "not fit together; the net amount counts",
        )


def _row(line: Line) -> Entry:
    on, at = _moment(line)
    amount, fee = _amounts(line)
    kind = _kind(line, amount)
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        amount=amount,
        currency=_currency(line["currency"]),
        status_word=line["status"],
        movement=_movement(line, amount),
        kind=kind,
        counterparty=words(line["name"]),
        description=" / ".join(filter(None, (words(line["type"]), words(line["notes"])))),
        reference=number(line["id"]),
        funding=_funding(line, kind),
        note=_note(line),
        fee=fee or None,
    )


def _moment(line: Line) -> tuple[date, datetime | None]:
    text = line["date"]
    on, at, zone = day(text), clock(text[8:]), line.context.get(_zone(line))
    return on, None if at is None or zone is None else datetime.combine(on, at, tzinfo=zone)


def _currency(cell: str) -> str:
    code = clean(cell).upper()
    return code if _COIN.fullmatch(code) else currency(code)


def _figure(cell: str) -> Decimal | None:
    """An amount, also one of coins, which stands with the name of the coin behind it."""
    return maybe_money(_COIN.sub("", clean(cell)))


def _amounts(line: Line) -> tuple[Decimal, Decimal]:
    """What moved in the wallet, and the fee that is a part of it."""
    net, gross = _figure(line["net"]), _figure(line["amount"])
    if net is None or gross is None:
        known = gross if net is None else net
        return (money(line["amount"]) if known is None else known), Decimal(0)
    if not _fits(line):
        return net, Decimal(0)
    return max(net, gross, key=abs), abs(abs(net) - abs(gross))


def _fits(line: Line) -> bool | None:
    """Whether amount and net amount differ by the fee; None where one cannot be read."""
    try:
        net, gross, fee = (_figure(line[name]) for name in ("net", "amount", "fee"))
    except Refused:
        return None
    if net is None or gross is None:
        return None
    apart = abs(abs(net) - abs(gross))
    return apart == abs(fee or Decimal(0)) and net * gross >= 0


def _kind(line: Line, amount: Decimal) -> Kind:
    word = line["type"].casefold()
    if _TRADE.search(word):
        return Kind.CONVERSION
    if not word and _on_card(line):
        word = "cash card"
    out, into = _KINDS.get(word, (Kind.OTHER, Kind.OTHER))
    return into if amount > 0 else out


def _movement(line: Line, amount: Decimal) -> Movement:
    state = line["status"].casefold().split()[-1:]
    word = state[0] if state else ""
    if not amount or word in _NOT_DONE:
        return Movement.NOTHING
    if word in _UNDONE:
        return _after(line["type"].casefold(), amount)
    if word in _DONE:
        return Movement.ARRIVED if amount > 0 else Movement.LEFT
    return Movement.UNDECIDED if word in _OPEN else Movement.UNKNOWN


def _after(type_: str, amount: Decimal) -> Movement:
    """What a status of having been given back means: a row of its own, or the row given back.

    Where the type tells who had paid, a sign against it is the money on its way back.
    """
    if type_.startswith("received"):
        return Movement.NOTHING if amount > 0 else Movement.LEFT
    if type_ == "p2p" and amount > 0:
        return Movement.UNKNOWN
    return Movement.ARRIVED if amount > 0 else Movement.LEFT_AND_RETURNED


def _funding(line: Line, kind: Kind) -> str:
    """The bank or card behind a row; the Cash Card and the savings draw on the balance."""
    if _on_card(line):
        return "Cash Card"
    if kind is Kind.OWN_TRANSFER:
        return words(line["account"]) or words(line["type"])
    return words(line["account"])


def _on_card(line: Line) -> bool:
    """Whether the Cash Card was used; its status also stands on wages that come in."""
    type_, status = line["type"].casefold(), line["status"].casefold()
    return bool(_CARD.search(type_)) or (status.startswith("card ") and type_ != "direct deposit")


def _note(line: Line) -> str:
    """What was bought or sold, and the number of the Cash Card."""
    size, asset = words(line["asset_amount"]), words(line["asset"])
    price = words(line["asset_price"])
    traded = " ".join(filter(None, (size, asset))) + (f" @ {price}" if price else "")
    card = words(line["account"]) if _on_card(line) else ""
    return " / ".join(filter(None, (traded.strip(), card)))


READERS = (
    Layout(
        provider="cashapp",
        name="activity",
        to_the_second=True,
        side=Side.WALLET,
        columns={
            "id": ("Transaction ID",),
            "date": ("Date",),
            "type": ("Transaction Type",),
            "currency": ("Currency",),
            "amount": ("Amount",),
            "fee": ("Fee",),
            "net": ("Net Amount",),
            "status": ("Status",),
            "asset": ("Asset Type",),
        },
        optional={
            "asset_price": ("Asset Price",),
            "asset_amount": ("Asset Amount",),
            "notes": ("Notes", "Note"),
            "name": ("Name of sender/receiver",),
            "account": ("Account",),
        },
        row=_row,
        study=_study,
        doubts=_doubts,
        counted=lambda _entry: None,
        anchor="date",
    ),
)
