"""DKB: current account and credit card, the exports since 2023 and those before, in euros.

The old current account lists its balance of a day (Tagessaldo) among the rows; such a row moves
nothing, whatever amount it shows.
"""

from decimal import Decimal
from typing import Any

from makewhole.records import Kind, Movement
from makewhole.statements.layout import Line
from makewhole.statements.values import words
from makewhole.statements.western_banks import Terms, abroad, amount_of, bank, sepa_facts

_STATUSES = {"gebucht": None, "vorgemerkt": Movement.UNDECIDED}
_AMOUNT = ("Betrag (€)", "Betrag (EUR)", "Betrag")
_SEPA = {
    "creditor": ("Gläubiger-ID", "Glaeubiger-ID"),
    "mandate": ("Mandatsreferenz",),
    "merchant_reference": ("Kundenreferenz",),
}


def _other_side(line: Line) -> dict[str, Any]:
    """Who paid where money came in, and who was paid where it went out."""
    payer, payee = words(line["payer"]), words(line["payee"])
    came = amount_of(_CURRENT, line) > 0
    return {"counterparty": (payer or payee) if came else (payee or payer)}


def _old_row(line: Line) -> dict[str, Any]:
    if "tagessaldo" not in f"{line['type']} {line['description']}".casefold():
        return {}
    return {
        "amount": Decimal(0),
        "movement": Movement.NOTHING,
        "kind": Kind.OTHER,
        "note": line["amount"],
    }


def _foreign(line: Line) -> dict[str, Any]:
    return abroad(line["foreign"], comma=True)


_CURRENT = Terms(
    order="dmy",
    currency="EUR",
    comma=True,
    statuses=_STATUSES,
    noted=("creditor", "mandate"),
    more=_other_side,
)

READERS = (
    bank(
        "dkb",
        "current",
        _CURRENT,
        columns={
            "date": ("Buchungsdatum",),
            "status": ("Status",),
            "payer": ("Zahlungspflichtige*r", "Zahlungspflichtiger", "Zahlungspflichtige:r"),
            "payee": ("Zahlungsempfänger*in", "Zahlungsempfänger", "Zahlungsempfänger:in"),
            "description": ("Verwendungszweck",),
            "amount": _AMOUNT,
        },
        optional={
            "booked_on": ("Buchungsdatum",),
            "value_on": ("Wertstellung",),
            "type": ("Umsatztyp",),
            "iban": ("IBAN",),
            **_SEPA,
        },
        about=sepa_facts,
    ),
    bank(
        "dkb",
        "current-before-2023",
        Terms(
            order="dmy",
            currency="EUR",
            comma=True,
            said=("type", "description"),
            noted=("creditor", "mandate"),
            more=_old_row,
        ),
        columns={
            "date": ("Buchungstag", "Buchungsdatum"),
            "type": ("Buchungstext",),
            "counterparty": ("Auftraggeber / Begünstigter", "Auftraggeber/Begünstigter"),
            "description": ("Verwendungszweck",),
            "bank_code": ("BLZ",),
            "amount": _AMOUNT,
        },
        optional={
            "booked_on": ("Buchungstag", "Buchungsdatum"),
            "value_on": ("Wertstellung",),
            "number": ("Kontonummer",),
            **_SEPA,
        },
        about=sepa_facts,
    ),
    bank(
        "dkb",
        "credit",
        Terms(order="dmy", currency="EUR", comma=True, statuses=_STATUSES, more=_foreign),
        columns={
            "date": ("Belegdatum",),
            "booked_on": ("Wertstellung",),
            "status": ("Status",),
            "description": ("Beschreibung",),
            "type": ("Umsatztyp",),
            "amount": _AMOUNT,
        },
        optional={"foreign": ("Fremdwährungsbetrag", "Ursprünglicher Betrag")},
        about=sepa_facts,
    ),
    bank(
        "dkb",
        "credit-before-2023",
        Terms(order="dmy", currency="EUR", comma=True, more=_foreign),
        columns={
            "billed": (
                "Umsatz abgerechnet und nicht im Saldo enthalten",
                "Umsatz abgerechnet",
                "Umsatz abgerechnet?",
            ),
            "date": ("Belegdatum",),
            "booked_on": ("Wertstellung",),
            "description": ("Beschreibung",),
            "amount": _AMOUNT,
        },
        optional={"foreign": ("Ursprünglicher Betrag", "Fremdwährungsbetrag")},
        about=sepa_facts,
    ),
)
