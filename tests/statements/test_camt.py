"""Where CAMT keeps status, amounts, parties and reasons, and what is done with a broken file."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from makewhole.errors import UnreadableFile
from makewhole.records import Entry, Kind, Movement
from makewhole.statements import Reading, Source, read
from tests.statements.expected import HERE

IBAN = "DE89370400440532013000"


def camt(entries: str, *, before: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.04"><BkToCstmrStmt><Stmt>'
        f"<Acct><Id><IBAN>{IBAN}</IBAN></Id></Acct>{before}\n{entries}\n"
        "</Stmt></BkToCstmrStmt></Document>"
    )


def ntry(
    amount: str = "5.00",
    mark: str = "DBIT",
    *,
    status: str = "<Sts>BOOK</Sts>",
    more: str = "",
    details: str = "",
) -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd>{status}'
        f"<BookgDt><Dt>2025-01-07</Dt></BookgDt>{more}<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def reading(text: str | bytes) -> Reading:
    return read([Source("a.xml", text.encode() if isinstance(text, str) else text)])


def only(entries: str) -> Entry:
    table = reading(camt(entries))
    assert not table.statements[0].refused
    assert len(table.entries) == 1
    return table.entries[0]


@pytest.mark.parametrize(
    ("status", "movement"),
    [
        ("<Sts>BOOK</Sts>", "left"),
        ("<Sts><Cd>BOOK</Cd></Sts>", "left"),
        ("<Sts>PDNG</Sts>", "undecided"),
        ("<Sts><Cd>PDNG</Cd></Sts>", "undecided"),
        ("<Sts><Cd>FUTR</Cd></Sts>", "undecided"),
        ("<Sts>INFO</Sts>", "nothing"),
        ("<Sts><Prtry>WHAT</Prtry></Sts>", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_status_decides_what_moved(status: str, movement: str) -> None:
    assert only(ntry(status=status)).movement is Movement(movement)


def test_a_batch_whose_amounts_add_up_is_its_transactions() -> None:
    details = "".join(
        f'\n<TxDtls><Refs><TxId>E{size}</TxId></Refs><Amt Ccy="EUR">{size}</Amt></TxDtls>'
        for size in ("2.00", "3.00")
    )
    table = reading(camt(ntry(details=details)))
    entries = sorted(table.entries, key=lambda entry: entry.line)
    assert [(entry.amount, entry.line) for entry in entries] == [
        (Decimal("-2.00"), 4),
        (Decimal("-3.00"), 5),
    ]


@pytest.mark.parametrize("size", ["2.00", "", "4.00"])
def test_a_batch_that_does_not_add_up_stays_one_row(size: str) -> None:
    amount = f'<Amt Ccy="EUR">{size}</Amt>' if size else ""
    details = f"<TxDtls>{amount}</TxDtls><TxDtls>{amount}</TxDtls>"
    entry = only(ntry(details=details))
    assert (entry.amount, entry.line) == (Decimal("-5.00"), 3)


@pytest.mark.parametrize(
    ("mark", "parties", "name"),
    [
        ("DBIT", "<Cdtr><Nm>Shop</Nm></Cdtr><Dbtr><Nm>Me</Nm></Dbtr>", "Shop"),
        ("CRDT", "<Cdtr><Nm>Me</Nm></Cdtr><Dbtr><Nm>Payer</Nm></Dbtr>", "Payer"),
        ("DBIT", "<Cdtr><Pty><Nm>Shop</Nm></Pty></Cdtr>", "Shop"),
        ("DBIT", "<UltmtCdtr><Pty><Nm>Behind</Nm></Pty></UltmtCdtr>", "Behind"),
        ("DBIT", "<Cdtr><Agt><FinInstnId><Nm>Bank</Nm></FinInstnId></Agt></Cdtr>", "Bank"),
        ("DBIT", f"<Cdtr><Nm>Me</Nm></Cdtr><CdtrAcct><Id><IBAN>{IBAN}</IBAN></Id></CdtrAcct>", ""),
    ],
)
def test_the_counterparty_is_the_other_side(mark: str, parties: str, name: str) -> None:
    details = f"<TxDtls><RltdPties>{parties}</RltdPties></TxDtls>"
    assert only(ntry(mark=mark, details=details)).counterparty == name


def test_a_return_is_a_refund_with_its_reason() -> None:
    details = (
        "<TxDtls><RltdPties><Dbtr><Nm>Me</Nm></Dbtr><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties>"
        "<RtrInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>wrong account</AddtlInf></RtrInf></TxDtls>"
    )
    entry = only(ntry(mark="CRDT", details=details))
    assert (entry.kind, entry.note) == (Kind.REFUND, "AC01 wrong account")
    assert entry.counterparty == "Shop"


@pytest.mark.parametrize(("mark", "kind"), [("CRDT", "refund"), ("DBIT", "other")])
def test_a_reversal_follows_its_own_mark(mark: str, kind: str) -> None:
    entry = only(ntry(mark=mark, more="<RvslInd>true</RvslInd>"))
    assert entry.kind is Kind(kind)
    assert (entry.amount > 0) == (mark == "CRDT")


def test_a_foreign_amount_is_the_original() -> None:
    details = '<TxDtls><AmtDtls><InstdAmt><Amt Ccy="USD">5.40</Amt></InstdAmt></AmtDtls></TxDtls>'
    entry = only(ntry(details=details))
    assert (entry.original, entry.original_currency) == (Decimal("-5.40"), "USD")


def test_related_dates_say_when_it_happened() -> None:
    details = (
        "<TxDtls><RltdDts><AccptncDtTm>2025-01-05T23:10:00+01:00</AccptncDtTm></RltdDts></TxDtls>"
    )
    entry = only(ntry(details=details))
    assert (entry.occurred_on, entry.booked_on) == (date(2025, 1, 5), date(2025, 1, 7))
    assert entry.occurred_at is not None


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (ntry(amount="5,00"), "not an amount"),
        (ntry().replace(' Ccy="EUR"', ""), "no currency"),
        (ntry(mark="BOTH"), "neither credit nor debit"),
        (ntry().replace("2025-01-07", "2025-02-31"), "no such day"),
        (ntry().replace("<BookgDt><Dt>2025-01-07</Dt></BookgDt>", ""), "no date"),
    ],
)
def test_a_bad_entry_is_refused_alone(entry: str, reason: str) -> None:
    table = reading(camt(f"{entry}\n{ntry()}"))
    refused = table.statements[0].refused
    assert [each.line for each in refused] == [3]
    assert reason in refused[0].reason.en
    assert [each.line for each in table.entries] == [4]


def balances(opening: str, closing: str) -> str:
    return "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
        for code, amount in (("OPBD", opening), ("CLBD", closing))
    )


def test_balances_and_totals_are_recomputed() -> None:
    right = balances("10.00", "5.00")
    assert not reading(camt(ntry(), before=right)).statements[0].warnings
    summary = (
        "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries><Sum>9.00</Sum></TtlNtries></TxsSummry>"
    )
    wrong = reading(camt(ntry(), before=balances("10.00", "4.00") + summary)).statements[0]
    assert [warning.en for warning in wrong.warnings] == [
        "TtlNtries: the export declares 2 rows 9.00, its rows give 1 rows 5.00",
        "the opening balance 10.00 and the rows give 5.00, the statement closes with 4.00",
    ]


def test_pages_prove_no_balance() -> None:
    page = "<StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>"
    before = page + balances("10.00", "4.00")
    assert not reading(camt(ntry(), before=before)).statements[0].warnings


def test_prefixes_do_not_matter() -> None:
    text = camt(ntry()).replace("</", "</n:").replace("<", "<n:").replace("<n:/n:", "</n:")
    text = text.replace("<n:?xml", "<?xml").replace("xmlns=", "xmlns:n=")
    assert len(reading(text).entries) == 1


def test_a_declaration_that_lies_does_not_hurt() -> None:
    details = "<TxDtls><RltdPties><Cdtr><Nm>Café</Nm></Cdtr></RltdPties></TxDtls>"
    table = reading(camt(ntry(details=details)).encode("cp1252"))
    assert (table.entries[0].counterparty, table.entries[0].line) == ("Café", 3)


@pytest.mark.parametrize("cut", [-1, -40, -150])
def test_broken_xml_is_not_half_read(cut: int) -> None:
    with pytest.raises(UnreadableFile, match="broken or cut off") as caught:
        reading(camt(ntry())[:cut])
    assert "请重新下载" in caught.value.message.zh


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>\n<Document'
    with pytest.raises(UnreadableFile):
        reading(camt(ntry(amount="&a;")).replace("<Document", bomb))


def test_depth_is_limited() -> None:
    with pytest.raises(UnreadableFile):
        reading(camt("<a>" * 5000 + "</a>" * 5000))


def test_a_message_without_accounts_says_what_to_do() -> None:
    with pytest.raises(UnreadableFile, match="holds no account"):
        reading("<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>")


@pytest.mark.parametrize(
    ("root", "part", "layout"),
    [
        ("BkToCstmrAcctRpt", "Rpt", "camt.052"),
        ("BkToCstmrDbtCdtNtfctn", "Ntfctn", "camt.054"),
    ],
)
def test_reports_and_notifications_are_read_too(root: str, part: str, layout: str) -> None:
    text = camt(ntry()).replace("BkToCstmrStmt", root).replace("Stmt>", f"{part}>")
    assert reading(text).statements[0].layout == layout


def test_the_first_version_names_itself_in_its_root() -> None:
    text = camt(ntry()).replace("BkToCstmrStmt", "BkToCstmrStmtV01")
    assert reading(text).statements[0].layout == "camt.053"


def test_a_sum_of_debits_may_carry_a_minus() -> None:
    stated = "<NbOfNtries>1</NbOfNtries><Sum>-5.00</Sum>"
    summary = f"<TxsSummry><TtlDbtNtries>{stated}</TtlDbtNtries></TxsSummry>"
    assert not reading(camt(ntry(), before=summary)).statements[0].warnings


@pytest.mark.parametrize(("opened", "refused"), [("2025-01-08", 0), ("2025-01-07", 1)])
def test_an_entry_without_a_date_is_of_the_one_day_of_its_statement(
    opened: str, refused: int
) -> None:
    def balance(code: str, on: str) -> str:
        kind = f"<Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        return f'<Bal>{kind}<Amt Ccy="EUR">1.00</Amt><Dt><Dt>{on}</Dt></Dt></Bal>'

    undated = ntry().replace("<BookgDt><Dt>2025-01-07</Dt></BookgDt>", "")
    table = reading(camt(undated, before=balance("OPBD", opened) + balance("CLBD", "2025-01-08")))
    assert len(table.statements[0].refused) == refused
    assert [entry.booked_on for entry in table.entries] == [date(2025, 1, 8)] * (1 - refused)


FILES = ("report-v06.xml", "notice-v04.xml", "statement-v04-batch.xml")


@pytest.mark.parametrize("files", [*permutations(FILES)])
def test_report_notice_and_statement_of_a_day_count_once(files: tuple[str, ...]) -> None:
    table = read([Source(name, (HERE / "camt" / name).read_bytes()) for name in files])
    assert sorted((entry.amount, entry.movement, entry.reference) for entry in table.entries) == [
        (Decimal("-31.50"), "left", "ZD81-0001"),
        (Decimal("-12.00"), "left", "ZD81-0002"),
        (Decimal("30.00"), "arrived", "ZD81-0009"),
        (Decimal("60.00"), "arrived", "ZD81-0009"),
    ]
    assert {entry.booked_on for entry in table.entries} == {date(2025, 3, 10)}
    assert all(each.rows == each.stored + len(each.refused) for each in table.statements)


def interim(text: str) -> str:
    return text.replace("BkToCstmrStmt", "BkToCstmrAcctRpt").replace("Stmt>", "Rpt>")


def test_what_no_statement_has_stays_as_the_report_says() -> None:
    pending = ntry("7.00", status="<Sts>PDNG</Sts>", more="<AcctSvcrRef>P1</AcctSvcrRef>")
    early, late = interim(camt(pending)), camt(ntry())
    table = read([Source("r.xml", early.encode()), Source("s.xml", late.encode())])
    assert {entry.movement for entry in table.entries} == {Movement.UNDECIDED, Movement.LEFT}


def test_a_number_that_comes_again_after_weeks_is_another_row() -> None:
    numbered = ntry(more="<NtryRef>1</NtryRef><AddtlNtryInf>{}</AddtlNtryInf>")
    early = interim(camt(numbered.format("Tea"))).replace("2025-01-07", "2024-12-07")
    late = camt(numbered.format("Petrol"))
    table = read([Source("r.xml", early.encode()), Source("s.xml", late.encode())])
    assert [entry.description for entry in table.entries] == ["Tea", "Petrol"]


def test_a_notice_tells_a_batch_apart_only_where_it_adds_up() -> None:
    number = "<AcctSvcrRef>B7</AcctSvcrRef>"
    parts = "".join(f'<TxDtls><Amt Ccy="EUR">{size}</Amt></TxDtls>' for size in ("2.00", "3.00"))
    early = interim(camt(ntry(more=number, details=parts)))
    for amount, sizes in (("5.00", [-3, -2]), ("6.00", [-6, -3, -2])):
        late = camt(ntry(amount, more=number))
        table = read([Source("s.xml", late.encode()), Source("n.xml", early.encode())])
        assert sorted(int(entry.amount) for entry in table.entries) == sizes


def test_a_bundle_of_files() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for day in ("07", "08", "09"):
            text = camt(ntry()).replace("2025-01-07", f"2025-01-{day}")
            archive.writestr(f"camt053_{day}.xml", text)
        archive.writestr("again.xml", camt(ntry()))
    table = read([Source("bundle.zip", packed.getvalue())])
    assert [entry.occurred_on.day for entry in table.entries] == [7, 8, 9]
    assert sorted((each.added, each.known) for each in table.statements) == [
        *((0, 1), (1, 0), (1, 0), (1, 0))
    ]


def test_documents_one_behind_another_are_all_read() -> None:
    table = reading(camt(ntry()) + "\n" + camt(ntry("6.00")))
    assert {(entry.amount, entry.line) for entry in table.entries} == {
        (Decimal("-5.00"), 3),
        (Decimal("-6.00"), 7),
    }


def test_the_first_version_has_no_group_of_details() -> None:
    entry = ntry(details="<TxDtls><RltdPties><Cdtr><Nm>Shop</Nm></Cdtr></RltdPties></TxDtls>")
    text = camt(entry).replace("<NtryDtls>", "").replace("</NtryDtls>", "")
    text = text.replace(f"<IBAN>{IBAN}</IBAN>", "<PrtryAcct><Id>47 11</Id></PrtryAcct>")
    found = reading(text).entries[0]
    assert (found.counterparty, found.account) == ("Shop", "camt:47 11")


@pytest.mark.parametrize(
    ("code", "opened", "starts"),
    [
        ("OPBD", "2025-01-07", date(2025, 1, 7)),
        ("PRCD", "2025-01-06", date(2025, 1, 7)),
        ("OPBD", "2025-01-09", None),
    ],
)
def test_balances_tell_the_period(code: str, opened: str, starts: date | None) -> None:
    before = "".join(
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Dt><Dt>{on}</Dt></Dt></Bal>"
        for kind, on in ((code, opened), ("CLBD", "2025-01-08"))
    )
    declared = reading(camt(ntry(), before=before)).statements[0].declared
    assert (declared.starts_on, declared.ends_on) == (starts, date(2025, 1, 8))
