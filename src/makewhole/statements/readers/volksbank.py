"""German cooperative banks (Volksbank, Raiffeisenbank, GLS): the export of today and the old one.

The old export has no sign: S (Soll) or H (Haben) stands in a column whose heading is a blank. Its
opening and closing balances stand among the rows; they move nothing, and are checked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from makewhole.records import Kind, Movement, Text
from makewhole.statements.layout import Line
from makewhole.statements.values import Refused
from makewhole.statements.western_banks import Terms, amount_of, bank, sepa_facts

_BALANCES = ("Anfangssaldo", "Endsaldo")
_TODAY = Terms(
    order="dmy",
    currency="EUR",
    comma=True,
    said=("type", "description"),
    noted=("remark", "creditor", "mandate"),
)


def _stated_balance(line: Line) -> str:
    return next((word for word in _BALANCES if word in line["merchant_reference"]), "")


def _old_row(line: Line) -> dict[str, Any]:
    word = _stated_balance(line)
    if not word:
        return {}
    return {
        "amount": Decimal(0),
        "movement": Movement.NOTHING,
        "kind": Kind.OTHER,
        "merchant_reference": "",
        "description": word,
        "note": f"{line['amount']} {line['way']}",
    }


_OLD = Terms(order="dmy", currency="EUR", comma=True, signs={"s": -1, "h": 1}, more=_old_row)


def _doubts(lines: Sequence[Line]) -> Iterator[Text]:
    """A warning where the opening balance and the rows do not give the closing one."""
    stated: dict[str, Decimal] = {}
    moved = Decimal(0)
    try:
        for line in lines:
            word, amount = _stated_balance(line), amount_of(_OLD, line)
            if word:
                stated[word] = amount
            else:
                moved += amount
    except Refused:
        return
    if len(stated) == len(_BALANCES):
        opening, closing = (stated[word] for word in _BALANCES)
        if opening + moved != closing:
            yield Text(
                f"期初余额 {opening:f} 加各笔得 {opening + moved:f}，期末余额写的是 {closing:f}。"
                "可能缺了行，或有行被改过",
                f"the opening balance {opening:f} and the rows give {opening + moved:f}, the "
                f"export closes with {closing:f}. A row may be missing or may have been changed",
            )


READERS = (
    bank(
        "volksbank",
        "bookings",
        _TODAY,
        columns={
            "account": ("IBAN Auftragskonto",),
            "date": ("Buchungstag",),
            "counterparty": ("Name Zahlungsbeteiligter",),
            "type": ("Buchungstext",),
            "description": ("Verwendungszweck",),
            "amount": ("Betrag",),
        },
        optional={
            "booked_on": ("Buchungstag",),
            "value_on": ("Valutadatum",),
            "currency": ("Waehrung", "Währung"),
            "balance": ("Saldo nach Buchung",),
            "remark": ("Bemerkung",),
            "creditor": ("Glaeubiger ID", "Gläubiger ID"),
            "mandate": ("Mandatsreferenz",),
        },
    ),
    replace(
        bank(
            "volksbank",
            "bookings-old",
            _OLD,
            columns={
                "date": ("Buchungstag",),
                "owner": ("Auftraggeber/Zahlungsempfänger",),
                "counterparty": ("Empfänger/Zahlungspflichtiger",),
                "description": ("Vorgang/Verwendungszweck",),
                "amount": ("Umsatz",),
            },
            optional={
                # The heading is a blank: required, it would bring every table a little closer.
                "way": ("", "Soll/Haben", "S/H"),
                "booked_on": ("Buchungstag",),
                "value_on": ("Valuta",),
                "currency": ("Währung", "Waehrung"),
                "merchant_reference": ("Kundenreferenz",),
            },
            about=sepa_facts,
        ),
        doubts=_doubts,
    ),
)
