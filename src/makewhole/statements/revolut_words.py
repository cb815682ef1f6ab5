"""Revolut's words: headings, states and types, in the languages in which exports have shown them.

English, Spanish, Italian, French, German, Portuguese, Dutch, Polish, Czech, Hungarian, in this
order. Revolut translates the headings and leaves `State` in English in most languages.
"""

import unicodedata

from makewhole.records import Kind

HEADINGS: dict[str, tuple[str, ...]] = {
    "type": ("Type", "Tipo", "Art", "Rodzaj", "Typ", "Típus"),
    "product": ("Product", "Producto", "Prodotto", "Produit", "Produkt", "Produto", "Termék"),
    "started": (
        "Started Date",
        "Fecha de inicio",
        "Data di inizio",
        "Date de début",
        "Datum des Beginns",
        "Data de início",
        "Startdatum",
        "Data rozpoczęcia",
        "Datum zahájení",
        "Kezdés dátuma",
    ),
    "completed": (
        "Completed Date",
        "Fecha de finalización",
        "Data di completamento",
        "Date de fin",
        "Date d'achèvement",
        "Datum des Abschlusses",
        "Data de conclusão",
        "Datum voltooid",
        "Data zrealizowania",
        "Datum dokončení",
        "Teljesítés dátuma",
    ),
    "description": (
        "Description",
        "Descripción",
        "Descrizione",
        "Beschreibung",
        "Descrição",
        "Beschrijving",
        "Opis",
        "Popis",
        "Leírás",
    ),
    "amount": (
        "Amount",
        "Importe",
        "Importo",
        "Montant",
        "Betrag",
        "Montante",
        "Bedrag",
        "Kwota",
        "Částka",
        "Összeg",
    ),
    "fee": (
        "Fee",
        "Comisión",
        "Costo",
        "Frais",
        "Gebühr",
        "Comissão",
        "Taxa",
        "Kosten",
        "Opłata",
        "Poplatek",
        "Díj",
    ),
    "currency": (
        "Currency",
        "Divisa",
        "Valuta",
        "Devise",
        "Währung",
        "Moeda",
        "Waluta",
        "Měna",
        "Pénznem",
    ),
    "state": ("State", "Estado", "Stato", "État", "Statut", "Status", "Stan", "Stav", "Állapot"),
    "balance": (
        "Balance",
        "Saldo",
        "Solde",
        "Kontostand",
        "Zůstatek",
        "Egyenleg",
    ),
}


def plain(word: str) -> str:
    """A word without accents, case and underscores, as words are compared here."""
    bare = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l"))
    return " ".join("".join(sign for sign in bare if sign.isalnum() or sign == " ").split())


def _words(text: str) -> frozenset[str]:
    return frozenset(plain(word) for word in text.split("|"))


DONE = _words(
    "COMPLETED|COMPLETADO|COMPLETADA|COMPLETATO|COMPLETATA|TERMINÉ|TERMINÉE|ABGESCHLOSSEN|"
    "CONCLUÍDA|CONCLUÍDO|VOLTOOID|ZAKOŃCZONO|DOKONČENO|ELVÉGEZVE"
)
PENDING = _words(
    "PENDING|PENDIENTE|IN SOSPESO|EN ATTENTE|AUSSTEHEND|PENDENTE|IN BEHANDELING|OCZEKUJĄCE|"
    "OCZEKUJĄCY|ČEKÁ SE|FÜGGŐBEN"
)
NOT_DONE = _words(
    "REVERTED|REVERTIDO|REVERTIDA|OPERAZIONE ANNULLATA|ANNULLATO|STORNATO|ANNULÉ|ANNULÉE|"
    "STORNIERT|RÜCKGÄNGIG GEMACHT|TERUGGEDRAAID|COFNIĘTO|ZRUŠENO|VISSZAVONVA|"
    "DECLINED|RECHAZADO|RECHAZADA|RIFIUTATO|RIFIUTATA|REFUSÉ|REFUSÉE|ABGELEHNT|RECUSADO|"
    "RECUSADA|GEWEIGERD|AFGEWEZEN|ODRZUCONO|ZAMÍTNUTO|ELUTASÍTVA|"
    "FAILED|FALLIDO|FALLIDA|FALLITO|ÉCHOUÉ|FEHLGESCHLAGEN|FALHADO|FALHADA|MISLUKT|"
    "CANCELLED|CANCELED|CANCELADO|CANCELADA|DELETED"
)

_KINDS = {
    Kind.PAYMENT: (
        "Card Payment|Pago con tarjeta|Pagamento con carta|Paiement par carte|Kartenbezahlung|"
        "Kartenzahlung|Pagamento com cartão|Kaartbetaling|Płatność kartą|Platba kartou|"
        "Kártyás fizetés|Rev Payment|Revolut Pay|Paiement|Pagamento|ATM|Cash|Cajero|"
        "Cash withdrawal|Výběr z bankomatu|Levantamento"
    ),
    Kind.TOP_UP: (
        "Topup|Top-up|Top up|Deposit|Recarga|Recargas|Ricarica|Ajout de fonds|Einzahlung|"
        "Aufladung|Carregamento|Geld toevoegen|Zasilenie|Dobíjení|Dobití|Feltöltés"
    ),
    Kind.REFUND: (
        "Card Refund|Refund|Rev Payment Refund|Reembolso|Rimborso|Remboursement|Rückerstattung|"
        "Terugbetaling|Zwrot|Vrácení peněz"
    ),
    Kind.CONVERSION: (
        "Exchange|Cambio|Cambia valuta|Change|Umtausch|Câmbio|Wisselen|Wymiana|Směna"
    ),
    Kind.FEE: "Fee|Charge|Comisión|Commissione|Frais|Gebühr|Comissão|Kosten|Opłata|Poplatek|Díj",
    Kind.INCOME: (
        "Interest|Intereses|Interessi|Intérêts|Zinsen|Juros|Rente|Odsetki|Úrok|Kamat|"
        "Cashback|Reward|Bonus|Card Credit"
    ),
    Kind.REPAYMENT: "Credit repayment|Loan repayment|Loan part repayment",
    Kind.HOLD: "Temp Block|Temporary hold",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in _words(words)}
_TRANSFER = _words(
    "Transfer|Transferencia|Transferir|Trasferimento|Virement|Transfert|Überweisung|"
    "Transferência|Overschrijving|Przelew|Převod|Átutalás|Rev Transfer|Tax|Tax transfer"
)


def kind_of(type_: str, *, arrives: bool) -> Kind:
    """What sort of row a type means; a transfer by its direction, an unknown type is `OTHER`."""
    word = plain(type_.replace("_", " "))
    if word in _TRANSFER:
        return Kind.INCOME if arrives else Kind.PAYMENT
    kind = _KIND_OF.get(word, Kind.OTHER)
    if kind is Kind.PAYMENT and arrives:
        return Kind.REFUND
    return kind
