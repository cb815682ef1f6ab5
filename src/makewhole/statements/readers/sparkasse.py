"""German savings banks (Sparkasse): CSV-CAMT in its versions and CSV-MT940, one account a row."""

from makewhole.records import Movement
from makewhole.statements.western_banks import Terms, bank

_TERMS = Terms(
    order="dmy",
    currency="EUR",
    comma=True,
    statuses={
        "umsatz gebucht": None,
        "gebucht": None,
        "umsatz vorgemerkt": Movement.UNDECIDED,
        "vorgemerkt": Movement.UNDECIDED,
    },
    said=("type", "description"),
    noted=("creditor", "mandate"),
)
_COLUMNS = {
    "account": ("Auftragskonto", "IBAN Auftragskonto"),
    "date": ("Buchungstag",),
    "value_on": ("Valutadatum",),
    "type": ("Buchungstext",),
    "description": ("Verwendungszweck",),
    "counterparty": (
        "Beguenstigter/Zahlungspflichtiger",
        "Begünstigter/Zahlungspflichtiger",
        "Beguenstigter / Zahlungspflichtiger",
    ),
    "amount": ("Betrag",),
}
_OPTIONAL = {
    "booked_on": ("Buchungstag",),
    "currency": ("Waehrung", "Währung"),
    "status": ("Info",),
}
_CREDITOR = ("Glaeubiger ID", "Gläubiger ID", "Gläubiger-ID", "Glaeubiger-ID")

READERS = (
    bank(
        "sparkasse",
        "camt",
        _TERMS,
        columns={
            **_COLUMNS,
            "iban": ("Kontonummer/IBAN", "IBAN", "Kontonummer / IBAN"),
            "creditor": _CREDITOR,
        },
        optional={
            **_OPTIONAL,
            "mandate": ("Mandatsreferenz",),
            "merchant_reference": (
                "Kundenreferenz (End-to-End)",
                "Kundenreferenz",
                "End-to-End-Referenz",
            ),
            "original": ("Lastschrift Ursprungsbetrag",),
        },
    ),
    bank(
        "sparkasse",
        "mt940",
        _TERMS,
        columns={**_COLUMNS, "number": ("Kontonummer",), "bank_code": ("BLZ",)},
        optional=_OPTIONAL,
        without=_CREDITOR,
    ),
)
