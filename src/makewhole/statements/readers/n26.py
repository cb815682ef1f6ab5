"""N26: the CSV of the app and the website since 2024, and the earlier one in several languages.

N26 is a bank here: its rows are bookings. The currency stands in a heading, `Amount (EUR)`. An
account and each of its spaces count as accounts of their own where the export names them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from makewhole.records import Text
from makewhole.statements.currency import known_currency
from makewhole.statements.currency_headings import CurrencyInHeading
from makewhole.statements.habits import date_order
from makewhole.statements.layout import Line
from makewhole.statements.values import clean, signed
from makewhole.statements.western_banks import Habits, Terms, amount_of, bank, figure, study


def _foreign(line: Line) -> dict[str, Any]:
    """The amount in the currency in which it was paid; in old exports it has no sign."""
    code = known_currency(line["original_currency"])
    size = figure(line["original"], comma=line.context.comma is True)
    if not size or code is None or code == clean(line["currency"]):
        return {}
    sign = -1 if amount_of(_TERMS, line) < 0 else 1
    return {"original": signed(sign, abs(size)), "original_currency": code}


_TERMS = Terms(
    order="ymd", comma=None, said=("type", "description"), noted=("iban",), more=_foreign
)


def _study(lines: Sequence[Line], dates: str) -> Habits:
    """Year first, as N26 writes; a rewritten file in the order that its dates tell."""
    habits = study(_TERMS, lines, dates)
    if isinstance(habits.order, Text):
        order = date_order(((line["date"], "") for line in lines), dates)
        return replace(habits, order=order)
    return habits


def _layout(
    name: str, columns: dict[str, tuple[str, ...]], optional: dict[str, tuple[str, ...]]
) -> CurrencyInHeading:
    both = {"amount": _AMOUNT, "currency": ("Currency",)}
    layout = bank("n26", name, _TERMS, columns={**columns, **both}, optional=optional)
    return CurrencyInHeading(replace(layout, study=_study))


_AMOUNT = ("Amount", "Betrag", "Montant", "Importe")

READERS = (
    _layout(
        "csv",
        columns={
            "date": ("Booking Date",),
            "booked_on": ("Booking Date",),
            "counterparty": ("Partner Name",),
            "iban": ("Partner Iban",),
            "type": ("Type",),
            "description": ("Payment Reference",),
        },
        optional={
            "value_on": ("Value Date",),
            "account": ("Account Name",),
            "original": ("Original Amount",),
            "original_currency": ("Original Currency",),
        },
    ),
    _layout(
        "csv-2023",
        columns={
            "date": ("Date", "Datum", "Fecha"),
            "booked_on": ("Date", "Datum", "Fecha"),
            "counterparty": ("Payee", "Empfänger", "Bénéficiaire", "Beneficiario"),
            "iban": (
                "Account number",
                "Kontonummer",
                "Numéro de compte",
                "Número de cuenta",
            ),
            "type": (
                "Transaction type",
                "Transaktionstyp",
                "Type de transaction",
                "Tipo de transacción",
            ),
            "description": (
                "Payment reference",
                "Verwendungszweck",
                "Référence de paiement",
                "Referencia de pago",
            ),
        },
        optional={
            "account": ("Account name", "Kontoname"),
            "original": (
                "Amount (Foreign Currency)",
                "Betrag (Fremdwährung)",
                "Montant (Devise étrangère)",
            ),
            "original_currency": (
                "Type Foreign Currency",
                "Fremdwährung",
                "Sélectionnez la devise étrangère",
            ),
        },
    ),
)
