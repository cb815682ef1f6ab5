"""T-Bank (Tinkoff, Russia): operations of all cards and accounts, in roubles or their currency.

The export does not say in which zone its times are, so rows keep their day, and the time of day
stands in the note. The amount of payment is what moved; the amount of the operation may be abroad.
"""

import re
from typing import Any

from makewhole.records import Movement
from makewhole.statements.currency import known_currency
from makewhole.statements.layout import Line
from makewhole.statements.values import clean
from makewhole.statements.western_banks import Terms, bank, figure, joined

_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?$")


def _more(line: Line) -> dict[str, Any]:
    clock = _CLOCK.search(clean(line["date"]))
    note = joined((line["category"], line["mcc"], clock[0] if clock else ""))
    original, code = figure(line["original"], comma=True), known_currency(line["original_currency"])
    if original and code and code != known_currency(line["currency"]):
        return {"note": note, "original": original, "original_currency": code}
    return {"note": note}


READERS = (
    bank(
        "tbank",
        "operations",
        Terms(
            order="dmy",
            comma=True,
            statuses={
                "ok": None,
                "failed": Movement.NOTHING,
                "waiting": Movement.UNDECIDED,
                "pending": Movement.UNDECIDED,
                "hold": Movement.UNDECIDED,
            },
            more=_more,
        ),
        columns={
            "date": ("Дата операции",),
            "status": ("Статус",),
            "original": ("Сумма операции",),
            "original_currency": ("Валюта операции",),
            "amount": ("Сумма платежа",),
            "currency": ("Валюта платежа",),
            "description": ("Описание",),
        },
        optional={
            "booked_on": ("Дата платежа",),
            "card": ("Номер карты",),
            "category": ("Категория",),
            "mcc": ("MCC", "МСС"),
        },
    ),
)
