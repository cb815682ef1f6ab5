"""Comdirect: the bookings of an account, in euros; one text holds party, purpose and reference.

A row that is not booked yet has the word "offen" for its day.
"""

import re
from typing import Any

from makewhole.records import Movement
from makewhole.statements.layout import Line
from makewhole.statements.western_banks import Terms, bank, sepa_facts

_PARTY = re.compile(
    r"(?:Empfänger|Auftraggeber|Zahlungspflichtiger):\s*(.+?)\s*(?=Kto/IBAN:|Buchungstext:|$)"
)
_NUMBER = re.compile(r"End-to-End-Ref\.:\s*(\S+)")


def _more(line: Line) -> dict[str, Any]:
    party, number = _PARTY.search(line["description"]), _NUMBER.search(line["description"])
    fields: dict[str, Any] = {"counterparty": party[1] if party else ""}
    if number and number[1].casefold() != "nicht":
        fields["merchant_reference"] = number[1]
    if line["date"].casefold() == "offen":
        fields |= {"status_word": line["date"], "movement": Movement.UNDECIDED, "booked_on": None}
    return fields


READERS = (
    bank(
        "comdirect",
        "bookings",
        Terms(order="dmy", currency="EUR", comma=True, said=("type", "description"), more=_more),
        columns={
            "date": ("Buchungstag",),
            "value_on": ("Wertstellung (Valuta)", "Valuta"),
            "type": ("Vorgang",),
            "description": ("Buchungstext",),
            "amount": ("Umsatz in EUR",),
        },
        about=sepa_facts,
    ),
)
