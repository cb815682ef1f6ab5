"""ING Germany (ING-DiBa): the list of bookings of an account, with a running balance, in euros."""

from makewhole.statements.western_banks import Terms, bank, sepa_facts

READERS = (
    bank(
        "ing-de",
        "bookings",
        Terms(order="dmy", currency="EUR", comma=True, said=("type", "description")),
        columns={
            "date": ("Buchung",),
            "value_on": ("Valuta", "Wertstellungsdatum"),
            "counterparty": ("Auftraggeber/Empfänger", "Auftraggeber/Empfaenger"),
            "type": ("Buchungstext",),
            "description": ("Verwendungszweck",),
            "amount": ("Betrag",),
        },
        optional={
            "booked_on": ("Buchung",),
            "balance": ("Saldo",),
            "currency": ("Währung", "Waehrung"),
            "creditor": ("Gläubiger-ID",),
            "mandate": ("Mandatsreferenz",),
            "merchant_reference": ("Kundenreferenz",),
        },
        about=sepa_facts,
    ),
)
