"""BBVA (Spain): the latest transactions of an account as a workbook, in Spanish or English.

The Spanish export writes the day first. The English one was seen with the month first, so there
the file decides. What both call a foreign currency is the account's own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from makewhole.statements.habits import date_order
from makewhole.statements.layout import Line
from makewhole.statements.western_banks import Habits, Terms, bank, study

_CARD = re.compile(r"\d{12}(\d{4})(?!\d)")


def _study(lines: Sequence[Line], dates: str) -> Habits:
    found = study(_TERMS, lines, dates)
    if lines and lines[0].has("spanish"):
        return found
    return replace(found, order=date_order(((line["booked_on"], "") for line in lines), dates))


def _more(line: Line) -> dict[str, Any]:
    card = _CARD.match(line["comments"])
    return {"card": card[1]} if card else {}


_TERMS = Terms(order="dmy", comma=None, said=("item", "type"), noted=("comments",), more=_more)

READERS = (
    replace(
        bank(
            "bbva",
            "account",
            _TERMS,
            columns={
                "date": ("Eff. Date", "F.Valor", "F. Valor", "Fecha valor", "Value date"),
                "booked_on": ("Date", "Fecha", "F. Operación", "Fecha operación"),
                "item": ("Item", "Concepto"),
                "amount": ("Amount", "Importe"),
                "balance": ("Available", "Disponible", "Saldo"),
            },
            optional={
                "type": ("Transaction", "Movimiento"),
                "currency": ("Foreign currency", "Currency", "Divisa"),
                "comments": ("Comments", "Observaciones"),
                "spanish": ("Importe",),
            },
        ),
        study=_study,
    ),
)
