"""PayPal's words in the languages in which exports were seen: headings, types, statuses.

Words that were not seen are left out: a heading is then found by the shape of the rows, a status
stays unknown, and the kind follows from the sign and from which rows belong together.
"""

import re

from makewhole.records import Kind

HEADINGS: dict[str, tuple[str, ...]] = {
    "date": ("Date", "Datum", "Fecha", "Data", "日付"),
    "time": (
        "Time",
        "Uhrzeit",
        "Zeit",
        "Heure",
        "Hora",
        "Ora",
        "Tijd",
        "Orario",
        "Tijd",
        "Godzina",
        "時間",
    ),
    "zone": (
        "Time Zone",
        "Zeitzone",
        "Fuseau horaire",
        "Zona horaria",
        "Fuso orario",
        "Tijdzone",
        "Strefa czasowa",
        "タイムゾーン",
    ),
    "name": ("Name", "Nom", "Nombre", "Nome", "Naam", "名前"),
    "type": ("Type", "Typ", "Tipo", "タイプ"),
    "description": (
        "Description",
        "Beschreibung",
        "Descripción",
        "Descrizione",
        "Omschrijving",
        "Opis",
    ),
    "status": ("Status", "État", "Estado", "Stato", "ステータス"),
    "currency": ("Currency", "Währung", "Devise", "Divisa", "Valuta", "Waluta", "通貨"),
    "gross": (
        "Gross",
        "Brutto",
        "Avant commission",
        "Brut",
        "Bruto",
        "Lordo",
        "合計",
        "Amount",
        "Betrag",
        "Importo",
        "Importe",
        "Montant",
        "Bedrag",
    ),
    "fee": (
        "Fee",
        "Fees",
        "Gebühr",
        "Entgelt",
        "Commission",
        "Frais",
        "Comisión",
        "Tariffa",
        "Kosten",
        "手数料",
    ),
    "net": ("Net", "Netto", "Neto", "正味"),
    "id": (
        "Transaction ID",
        "Transaktionscode",
        "Numéro de transaction",
        "Id. de transacción",
        "Codice transazione",
        "Transactiereferentie",
        "Transactie-ID",
        "取引ID",
    ),
    "reference": (
        "Reference Txn ID",
        "Zugehöriger Transaktionscode",
        "Ref Transaktionscode",
        "Txn-Referenzkennung",
        "Numéro de la transaction de référence",
        "Nº de transaction de référence",
        "Id. de referencia de trans.",
        "Id. de referencia de la transacción",
        "Codice transazione di riferimento",
        "リファレンス トランザクションID",
    ),
    "impact": (
        "Balance Impact",
        "Auswirkung auf Guthaben",
        "Impact sur le solde",
        "Repercusiones en el saldo",
        "Impatto sul saldo",
    ),
    "event": ("Transaction Event Code", "Transaktionsereigniscode", "Code de transaction"),
    "subject": ("Subject", "Betreff", "Objet", "Asunto", "Oggetto", "件名"),
    "item": (
        "Item Title",
        "Artikelbezeichnung",
        "Titre de l'objet",
        "Nombre del artículo",
        "Titolo oggetto",
        "商品タイトル",
    ),
    "note": ("Note", "Hinweis", "Remarque", "Nota", "Messaggio", "備考"),
    "bank": (
        "Bank Name",
        "Name der Bank",
        "Nom de la banque",
        "Nombre del banco",
        "Nome banca",
        "Naam bank",
    ),
    "bank_account": (
        "Bank Account",
        "Bankkonto",
        "Compte bancaire",
        "Cuenta bancaria",
        "Conto bancario",
        "Bankrekening",
    ),
    "source": ("Payment Source", "Zahlungsquelle", "Source de paiement"),
    "bank_reference": ("Bank Reference ID", "Bankreferenz", "Identifiant bancaire"),
}

DONE = {
    "completed",
    "cleared",
    "canceled reversal",
    "cancelled reversal",
    "abgeschlossen",
    "terminé",
    "terminée",
    "completado",
    "completada",
    "completata",
    "completato",
    "voltooid",
    "完了",
    "已完成",
}
PENDING = {
    "pending",
    "uncleared",
    "unclaimed",
    "processing",
    "in progress",
    "in process",
    "ausstehend",
    "in bearbeitung",
    "en attente",
    "pendiente",
    "in sospeso",
    "in behandeling",
}
SET_ASIDE = {"held", "on hold", "placed"}
NOT_DONE = {
    "denied",
    "failed",
    "expired",
    "voided",
    "rejected",
    "abgelehnt",
    "fehlgeschlagen",
    "abgelaufen",
    "refusé",
    "échoué",
    "expiré",
    "denegado",
    "rechazado",
    "rifiutata",
    "negato",
    "geweigerd",
}
CAME_BACK = {
    "canceled",
    "cancelled",
    "reversed",
    "returned",
    "storniert",
    "annulé",
    "annulée",
    "cancelado",
    "cancelada",
    "annullata",
    "annullato",
    "geannuleerd",
}
REFUNDED = {
    "refunded",
    "zurückgezahlt",
    "rückerstattet",
    "remboursé",
    "remboursée",
    "reembolsado",
    "reembolsada",
    "rimborsata",
    "rimborsato",
    "terugbetaald",
}
PARTLY_REFUNDED = {
    "partially refunded",
    "teilweise zurückgezahlt",
    "teilweise rückerstattet",
    "partiellement remboursé",
    "parcialmente reembolsado",
    "parzialmente rimborsato",
    "gedeeltelijk terugbetaald",
}
MEMO = "memo"


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


# The first that fits decides, so what undoes a hold or a deposit comes before plain words.
KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (
        _any_of(
            r"shopping cart item",
            r"warenkorbartikel",
            r"^(?:invoice|(?:money )?request) (?:sent|received)",
            r"^rechnung gesendet",
        ),
        Kind.OTHER,
    ),
    (
        _any_of(
            r"\bhold\b",
            r"\bholds\b",
            r"payment release",
            r"authori[sz]ation",
            r"\breserve\b",
            r"einbehaltung",
            r"autorisierung",
            r"suspension",
            r"autorisation",
            r"retenci[oó]n",
            r"\bautorizaci[oó]n",
            r"\bblocco\b",
            r"\bautorizzazione",
            r"\bautorisatie",
        ),
        Kind.HOLD,
    ),
    (
        _any_of(
            r"currency conversion",
            r"währungsumrechnung",
            r"conversion de devise",
            r"conversi[oó]n de divisa",
            r"conversione di valuta",
            r"valutaomrekening",
            r"przeliczenie walut",
        ),
        Kind.CONVERSION,
    ),
    (
        _any_of(
            r"bank deposit to pp account",
            r"reversal of ach deposit",
            r"\badd(?:ed)? funds",
            r"\bfunds added",
            r"charge from (?:\w+ )?card",
            r"card (?:deposit|charge)\b",
            r"bankgutschrift",
            r"rückbuchung von ach-gutschrift",
            r"gutschrift auf kreditkarte",
            r"als zahlungsquelle",
            r"virement bancaire sur le compte paypal",
            r"dep[oó]sito bancario",
            r"bonifico bancario sul conto paypal",
            r"versamento generico con carta",
            r"bankstorting",
            r"kaartstorting",
            r"wpłata z rachunku",
        ),
        Kind.FUNDING,
    ),
    (
        _any_of(
            r"(?<!atm )withdraw",
            r"transfer to bank",
            r"abbuchung",
            r"\bretirada\b",
            r"\bopname\b",
            r"\bprelievo\b",
            r"\bretrait\b",
            r"trasferimento avviato dall'utente",
        ),
        Kind.WITHDRAWAL,
    ),
    (_any_of(r"\bfees?\b", r"\bgebühr\b"), Kind.FEE),
    (
        _any_of(
            r"refund",
            r"reversal",
            r"chargeback",
            r"rückzahlung",
            r"rückerstattung",
            r"rückbuchung",
            r"remboursement",
            r"reembolso",
            r"rimborso",
            r"terugbetaling",
        ),
        Kind.REFUND,
    ),
)

# PayPal's event codes are the same in every language; the longest prefix decides.
EVENTS = {
    "T01": Kind.FEE,
    "T02": Kind.CONVERSION,
    "T03": Kind.FUNDING,
    "T04": Kind.WITHDRAWAL,
    "T07": Kind.FUNDING,
    "T1105": Kind.HOLD,
    "T1107": Kind.REFUND,
    "T1108": Kind.FEE,
    "T1110": Kind.HOLD,
    "T1111": Kind.HOLD,
    "T12": Kind.REFUND,
    "T13": Kind.HOLD,
    "T15": Kind.HOLD,
    "T21": Kind.HOLD,
}


def kind_of(event: str, word: str) -> Kind | None:
    """What sort of row the event code or the type word means, or None where neither says it."""
    for length in (5, 3):
        if event[:length].upper() in EVENTS:
            return EVENTS[event[:length].upper()]
    return next((kind for pattern, kind in KINDS if pattern.search(word)), None)
