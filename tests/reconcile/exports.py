"""Exports of wallets and banks, made up row by row; each function gives one file's text."""

from collections.abc import Iterable

_VENMO = (
    ",ID,Datetime,Type,Status,Note,From,To,Amount (total),Amount (tip),Amount (tax),Amount (fee),"
    "Tax Rate,Tax Exempt,Funding Source,Destination,Beginning Balance,Ending Balance,"
    "Statement Period Venmo Fees,Terminal Location,Year to Date Venmo Fees,Disclaimer"
)
_CASHAPP = (
    '"Transaction ID","Date","Transaction Type","Currency","Amount","Fee","Net Amount",'
    '"Asset Type","Asset Price","Asset Amount","Status","Notes","Name of sender/receiver","Account"'
)
_PAYPAL = (
    '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net",'
    '"From Email Address","To Email Address","Transaction ID","Reference Txn ID"'
)
_REVOLUT = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance"
_WISE = (
    '"TransferWise ID",Date,Amount,Currency,Description,"Payment Reference","Running Balance",'
    '"Exchange From","Exchange To","Exchange Rate","Payer Name","Payee Name",'
    '"Payee Account Number",Merchant,"Card Last Four Digits","Card Holder Full Name",'
    'Attachment,Note,"Total fees"'
)
_SATISPAY = (
    "Data;Nome;Descrizione;Importo;Tipo;Stato;Disponibilità;Disponibilità dopo la transazione;"
    "ID (Comunicalo all'Assistenza Clienti in caso di problemi)"
)
_MPESA = "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Balance"
_PHONEPE = "Date,Time,Transaction Details,Transaction ID,UTR No,Account,Type,Amount,Status"
_CHASE = "Details,Posting Date,Description,Amount,Type,Balance,Check or Slip #"
_SCHWAB = (
    '"Date","Status","Type","CheckNumber","Description","Withdrawal","Deposit","RunningBalance"'
)
_DKB = (
    '"Buchungsdatum";"Wertstellung";"Status";"Zahlungspflichtige*r";"Zahlungsempfänger*in";'
    '"Verwendungszweck";"Umsatztyp";"IBAN";"Betrag (€)";"Gläubiger-ID";"Mandatsreferenz";'
    '"Kundenreferenz"'
)
_N26 = (
    '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference",'
    '"Account Name","Amount (EUR)","Original Amount","Original Currency","Exchange Rate"'
)
_SBI = "Date,Details,Ref No/Cheque No,Debit,Credit,Balance"


def _file(head: str, rows: Iterable[str]) -> str:
    return "\n".join([head, *rows, ""])


def venmo(*rows: tuple[str, str, str, str, str, str, str]) -> str:
    """Venmo's statement of March: moment, type, status, other side, amount, source, destination."""
    lines = []
    for at, (moment, type_, status, other, amount, source, target) in enumerate(rows):
        comes, asked = "+" in amount, type_ == "Charge"
        names = f"{other},Dana Rook" if comes is not asked else f"Dana Rook,{other}"
        lines.append(
            f',42241110000000000{at:02d},{moment},{type_},{status},note,{names},"{amount}",'
            f",0,,0,,{source},{target},,,,Venmo,,"
        )
    return _file(
        "Account Statement - (@Dana-Rook-3) - March 1st to April 1st 2026 ,,,,,,,,,,,,,,,,,,,,,\n"
        "Account Activity,,,,,,,,,,,,,,,,,,,,,\n" + _VENMO,
        lines,
    )


def cashapp(*rows: tuple[str, str, str, str, str, str, str]) -> str:
    """Cash App's activity: moment, type, amount, fee, net amount, status, other side."""
    lines = []
    for at, (moment, type_, amount, fee, net, status, other) in enumerate(rows):
        lines.append(
            f'"p71m{at}","{moment} EST","{type_}","USD","{amount}","{fee}","{net}","","","",'
            f'"{status}","","{other}","Visa Debit 4410"'
        )
    return _file(_CASHAPP, lines)


def paypal(*rows: tuple[str, str, str, str, str, str, str]) -> str:
    """PayPal's activity: day, name, type, status, gross, number, number of the row it is for."""
    return _file(
        _PAYPAL,
        (
            f'"{day}","12:00:00","PST","{name}","{type_}","{status}","USD","{gross}","0.00",'
            f'"{gross}","","","{own}","{of}"'
            for day, name, type_, status, gross, own, of in rows
        ),
    )


def revolut(*rows: tuple[str, str, str, str, str]) -> str:
    """Revolut's statement: day, type, description, amount, state."""
    return _file(
        _REVOLUT,
        (
            f"{type_},Current,{day} 12:00:00,{day} 12:00:05,{text},{amount},0.00,EUR,{state},"
            for day, type_, text, amount, state in rows
        ),
    )


def wise(*rows: tuple[str, str, str, str]) -> str:
    """Wise's statement: day, description, amount, payee."""
    return _file(
        _WISE,
        (
            f'TRANSFER-16960000{at:02d},{day},{amount},EUR,"{text}",,,,,,,"{payee}",,,,'
            f'"Ada Muster",,,0.00'
            for at, (day, text, amount, payee) in enumerate(rows)
        ),
    )


def satispay(*rows: tuple[str, str, str, str, str, str]) -> str:
    """Satispay's report: moment, name, description, amount, kind, state."""
    return _file(
        _SATISPAY,
        (
            f"{moment};{name};{text};{amount};{kind};{state};{amount};;019eb000-1111-7222-8333-{at:012d}"
            for at, (moment, name, text, amount, kind, state) in enumerate(rows)
        ),
    )


def mpesa(*rows: tuple[str, str, str, str, str, str]) -> str:
    """M-Pesa's statement: receipt, moment, details, status, paid in, withdrawn."""
    return _file(
        _MPESA,
        (
            f'{own},{at},{text},{status},"{came}","{went}",'
            for own, at, text, status, came, went in rows
        ),
    )


def phonepe(*rows: tuple[str, str, str, str, str, str]) -> str:
    """PhonePe's statement as a table: day, details, UTR, type, amount, status."""
    return _file(
        _PHONEPE,
        (
            f"{day},11:02 AM,{text},T25080411020012345678{at:02d},{utr},XX1234,{type_},"
            f"{amount},{status}"
            for at, (day, text, utr, type_, amount, status) in enumerate(rows)
        ),
    )


def chase(*rows: tuple[str, str, str]) -> str:
    """Chase's account: day, description, amount."""
    lines = []
    for day, text, amount in rows:
        way = "DEBIT,ACH_DEBIT" if amount.startswith("-") else "CREDIT,ACH_CREDIT"
        details, type_ = way.split(",")
        lines.append(f'{details},{day},"{text}",{amount},{type_},,,')
    return _file(_CHASE, lines)


def wellsfargo(*rows: tuple[str, str, str]) -> str:
    """Wells Fargo's account: day, description, amount."""
    return "".join(f'"{day}","{amount}","*","","{text}"\n' for day, text, amount in rows)


def schwab(*rows: tuple[str, str, str]) -> str:
    """Schwab's checking account: day, description, amount."""
    lines = []
    for day, text, amount in rows:
        out, into = (amount[1:], "") if amount.startswith("-") else ("", amount)
        lines.append(
            f'"{day}","Posted","ACH","","{text}","{out and "$" + out}","{into and "$" + into}",""'
        )
    return _file(_SCHWAB, lines)


def dkb(*rows: tuple[str, str, str, str]) -> str:
    """DKB's current account: day, other side, purpose, amount."""
    return _file(
        '"Girokonto";"DE02120300000000202051"\n"Zeitraum:";"01.03.2026 - 31.03.2026"\n'
        f'"Kontostand vom 31.03.2026:";"1.234,56 €"\n""\n{_DKB}',
        (
            f'"{day}";"{day}";"Gebucht";"Ada Muster";"{other}";"{text}";"'
            f'{"Ausgang" if amount.startswith("-") else "Eingang"}";"";"{amount}";"";"";""'
            for day, other, text, amount in rows
        ),
    )


def n26(*rows: tuple[str, str, str, str]) -> str:
    """N26's account: day, partner, type, amount."""
    return _file(
        _N26,
        (
            f'{day},{day},"{partner}",,"{type_}","","Main Account",{amount},,,'
            for day, partner, type_, amount in rows
        ),
    )


def camt(*rows: tuple[str, str, str]) -> str:
    """A CAMT.053 of an Italian account: day, other side, amount."""
    entries = []
    for at, (day, other, amount) in enumerate(rows):
        out = amount.startswith("-")
        party = "Cdtr" if out else "Dbtr"
        entries.append(
            f'<Ntry><Amt Ccy="EUR">{amount.removeprefix("-")}</Amt>'
            f"<CdtDbtInd>{'DBIT' if out else 'CRDT'}</CdtDbtInd><Sts>BOOK</Sts>"
            f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
            f"<AcctSvcrRef>R{at}</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><{party}><Nm>{other}</Nm>"
            f"</{party}></RltdPties></TxDtls></NtryDtls></Ntry>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>M</MsgId><CreDtTm>2026-04-01T18:00:00+02:00</CreDtTm></GrpHdr><Stmt>"
        "<Id>S</Id><CreDtTm>2026-04-01T18:00:00+02:00</CreDtTm><FrToDt>"
        "<FrDtTm>2026-03-01T00:00:00+01:00</FrDtTm><ToDtTm>2026-03-31T23:59:59+02:00</ToDtTm>"
        "</FrToDt><Acct><Id><IBAN>IT60X0542811101000000123456</IBAN></Id></Acct>"
        f"{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    )


def sbi(*rows: tuple[str, str, str]) -> str:
    """SBI's account: day, details, amount."""
    lines = []
    for day, text, amount in rows:
        out, into = (amount[1:], "") if amount.startswith("-") else ("", amount)
        lines.append(f"{day},{text},,{out},{into},")
    return _file("State Bank of India,,,,,\nAccount Number : XXXXXXX1234,,,,,\n" + _SBI, lines)
