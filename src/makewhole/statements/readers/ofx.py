"""OFX 1 (SGML without end tags), OFX 2 (XML) and QFX, read by one small tokenizer.

The markup is a flat stream of tags to it: nothing is expanded, included or nested, so a hostile
file costs no more than its length. Each account of a file is a statement of its own.
"""

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from makewhole.errors import UnreadableFile
from makewhole.records import Declared, Entry, Kind, Movement, Refusal, Side, Text
from makewhole.statements.layout import account_name
from makewhole.statements.reader import Draft
from makewhole.statements.source import Source
from makewhole.statements.values import Refused, clean, money, number, tail, words

# Tags are written in capitals; what is not stands in a name or memo, as in `<b>` or `5 < 6`.
_TOKEN = re.compile(
    r"<!\[CDATA\[|<(?P<end>/?)(?P<name>[A-Z][A-Z0-9._]*)(?:\s[^<>]*)?/?>|(?P<text>[^<]+)|<"
)
# Unless even the root is in small letters.
_SMALL_TOKEN = re.compile(_TOKEN.pattern, re.IGNORECASE)
_CDATA_ENDS = "]]>"
_ROOT = re.compile(r"<OFX\b[^<>]*>", re.IGNORECASE)
# Only what ends with its sign: HTML would also take the beginning of `R&DISTRIBUTION` for one.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DECLARED_CODEC = re.compile(
    r"CHARSET:\s*(125\d)|encoding=[\"'](?:windows-|cp)(125\d)", re.IGNORECASE
)
_HEAD = 20_000
_STATEMENTS = {"STMTRS", "CCSTMTRS", "INVSTMTRS"}
_ROWS = {"STMTTRN", "STMTTRNP", "INVTRAN"}
# Inside a row these hold tags of the same names as the row's own.
_NESTED = {"CURRENCY", "ORIGCURRENCY", "PAYEE", "BANKACCTTO", "CCACCTTO", "BANKACCTFROM"}
# What follows the sums of an account: a row that was left open has ended there.
_BALANCES = {"LEDGERBAL", "AVAILBAL", "BALLIST"}
_MOMENT = re.compile(
    r"(\d{4})(-?)(\d{2})\2(\d{2})(?:[T ]?(\d{2}):?(\d{2}):?(\d{2})?(?:[.:]\d*)?)?"
    r"\s*(?:\[\s*([+-]?\d{1,2})(?:[.:](\d{1,2}))?(?::[^\]]*)?\]|\[[^\]\d]*\])?"
)
# Noon and midnight sharp stand for "no time known", whatever offset follows.
_FILLERS = frozenset({(0, 0, 0), (12, 0, 0)})
# A fraction of an hour, as banks write it: in tenths, hundredths or minutes.
_MINUTES = {"": 0, "0": 0, "00": 0, "25": 15, "5": 30, "50": 30, "30": 30, "75": 45, "45": 45}
_AMOUNT = re.compile(r"[+-]?[\d.,]{0,20}\d[\d.,]{0,20}")
_RETURNED = re.compile(r"\brefund|\breversal|\breversed|\breturned|退款|退货", re.IGNORECASE)
_SHORT_TEXT = 300


class _Token(NamedTuple):
    name: str
    ends: bool
    text: str
    line: int


@dataclass(slots=True)
class _Row:
    sort: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Statement:
    fields: dict[str, str] = field(default_factory=dict)
    rows: list[_Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ofx:
    """Reads every version of OFX; the version decides nothing but the spelling of tags."""

    provider: str = "ofx"
    name: str = "ofx"
    side: Side = Side.BANK

    def closeness(self, source: Source) -> float:
        """1.0 where the text has the root tag of OFX near its beginning."""
        head = source.head[:_HEAD]
        if _ROOT.search(head):
            return 1.0
        return 0.5 if re.search(r"OFXHEADER|<\?OFX\b", head) else 0.0

    def read(self, source: Source) -> list[Draft]:
        """One draft for each account; raises `UnreadableFile` where the file breaks off."""
        text, encoding = _decoded(source)
        statements, server, whole = _parsed(text)
        if not whole:
            raise UnreadableFile(
                Text(
                    f"{source.name}：OFX 文件不完整，没有结尾的 </OFX>，所以没有读。请重新下载。",
                    f"{source.name}: the OFX file breaks off, its closing </OFX> is missing, so "
                    "nothing was read. Download it again.",
                )
            )
        if not statements:
            raise UnreadableFile(
                Text(
                    f"{source.name}：OFX 文件里没有账户流水。请在网银里选择账户和日期再下载。",
                    f"{source.name}: the OFX file holds no account statement. Choose an account "
                    "and a period at your bank and download it again.",
                )
            )
        return [_draft(source, encoding, statement, server) for statement in statements]


def _decoded(source: Source) -> tuple[str, str]:
    """The text and its encoding: the bytes decide, for most headers claim 1252 whatever they are.

    Only a claim to another single-byte page counts, where the bytes are no Unicode.
    """
    declared = _DECLARED_CODEC.search(source.head[:_HEAD])
    codec = f"cp{declared[1] or declared[2]}" if declared else "cp1252"
    if codec != "cp1252" and not source.encoding.startswith("utf"):
        with suppress(LookupError, UnicodeDecodeError):
            return _in_lines(source.data.decode(codec)), codec
    return _in_lines(source.text), source.encoding


def _in_lines(text: str) -> str:
    """The text with lines that end alike, for rows are named by them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _tokens(text: str) -> Iterator[_Token]:
    """Tags with the text up to the next tag, entities unescaped, in one pass."""
    name, ends, begins, parts = "", False, 1, [""]
    at, line, counted = 0, 1, 0
    root = _ROOT.search(text)
    token = _SMALL_TOKEN if root and "ofx" in root[0] else _TOKEN
    while at < len(text):
        found = token.match(text, at)
        if not found:
            break
        after = found.end()
        if found[0] == "<![CDATA[":
            close = text.find(_CDATA_ENDS, after)
            close = len(text) if close < 0 else close
            parts.append(text[after:close])
            after = close + len(_CDATA_ENDS)
        elif found["name"]:
            yield _Token(name, ends, "".join(parts), begins)
            line += text.count("\n", counted, at)
            counted = at
            name, ends, begins, parts = found["name"].upper(), bool(found["end"]), line, []
        else:
            parts.append(_unescaped(found[0]))
        at = after
    yield _Token(name, ends, "".join(parts), begins)


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _parsed(text: str) -> tuple[list[_Statement], str, bool]:
    """The statements, the server's time, and whether the file has its end."""
    statements: list[_Statement] = []
    row: _Row | None = None
    nested = server = ""
    inside = whole = False
    for token in _tokens(text):
        value = clean(token.text)
        if token.ends:
            if row and token.name in {row.sort, "BANKTRANLIST", "BANKTRANLISTP"}:
                row = None
            elif token.name == nested:
                nested = ""
            elif token.name in _STATEMENTS:
                inside = False
            whole = whole or token.name == "OFX"
        elif token.name in _STATEMENTS:
            statements.append(_Statement())
            inside, row, nested = True, None, ""
        elif token.name in _ROWS and inside:
            row, nested = _Row(token.name, token.line), ""
            statements[-1].rows.append(row)
        elif token.name in _BALANCES and inside:
            row, nested = None, token.name
        elif token.name in _NESTED and not value:
            nested = token.name
        elif row and value:
            row.fields.setdefault(f"{nested}.{token.name}" if nested else token.name, value)
        elif inside and value:
            place = f"{nested}.{token.name}" if nested in _BALANCES else token.name
            statements[-1].fields.setdefault(place, value)
        elif token.name == "DTSERVER":
            server = server or value
    return statements, server, whole


def _draft(source: Source, encoding: str, statement: _Statement, server: str) -> Draft:
    facts = statement.fields
    number_ = facts.get("ACCTID", "")
    comma = _decimal_comma(statement)
    entries: list[Entry] = []
    refused: list[Refusal] = []
    for row in statement.rows:
        try:
            entries.append(_entry(source, facts, row, comma=comma))
        except Refused as problem:
            refused.append(Refusal(row.line, problem.reason, _as_text(row)))
    entries = _without_corrected(entries, statement)
    return Draft(
        file=source.name,
        sha256=source.sha256,
        provider="ofx",
        layout="ofx",
        side=Side.BANK,
        encoding=encoding,
        entries=entries,
        refused=refused,
        declared=Declared(
            account=number_,
            card=tail(number_),
            starts_on=_maybe_day(facts.get("DTSTART", "")),
            ends_on=_maybe_day(facts.get("DTEND") or facts.get("LEDGERBAL.DTASOF", "")),
            exported_at=_maybe_moment(server),
        ),
        warnings=_signs(entries),
    )


def _entry(source: Source, facts: dict[str, str], row: _Row, *, comma: bool) -> Entry:
    if row.sort == "INVTRAN":
        raise Refused(
            "证券交易，不是账户收支，没有读", "a trade in securities, no account entry; not read"
        )
    told = row.fields
    booked_on, posted_at = _stated(told.get("DTPOSTED") or told.get("DTTRAN") or "")
    occurred_on, occurred_at = booked_on, posted_at
    with suppress(Refused):
        occurred_on, occurred_at = _stated(told.get("DTUSER", ""))
    amount = _amount(told.get("TRNAMT", ""), comma=comma)
    pending = row.sort == "STMTTRNP"
    name = words(told.get("EXTDNAME", "") or told.get("NAME", "") or told.get("PAYEE.NAME", ""))
    account = facts.get("ACCTID", "")
    return Entry(
        file=source.name,
        sha256=source.sha256,
        line=row.line,
        provider="ofx",
        side=Side.BANK,
        account=account_name("ofx", account),
        card=tail(account),
        occurred_on=occurred_on,
        occurred_at=occurred_at,
        booked_on=None if pending else booked_on,
        amount=amount,
        currency=_currency(told.get("CURRENCY.CURSYM") or facts.get("CURDEF") or source.currency),
        direction_word=told.get("TRNTYPE", ""),
        status_word="PENDING" if pending else "",
        movement=Movement.UNDECIDED if pending else _moved(amount, told),
        kind=_kind(amount, told),
        counterparty=name,
        description=words(told.get("MEMO", "")),
        reference=number(told.get("FITID", "")),
        merchant_reference=_second_number(told),
        note=_correction(told),
        original_currency=told.get("ORIGCURRENCY.CURSYM", ""),
    )


def _without_corrected(entries: list[Entry], statement: _Statement) -> list[Entry]:
    """The rows, those that another one deletes or replaces as moving nothing.

    A row that replaces what an earlier download had names its own number.
    """
    corrected = {row.fields.get("CORRECTFITID", "") for row in statement.rows} - {""}
    return [
        structs.replace(entry, movement=Movement.NOTHING)
        if entry.reference in corrected and not entry.note
        else entry
        for entry in entries
    ]


def _moved(amount: Decimal, told: dict[str, str]) -> Movement:
    if not amount or told.get("CORRECTACTION", "").upper() == "DELETE":
        return Movement.NOTHING
    return Movement.ARRIVED if amount > 0 else Movement.LEFT


def _kind(amount: Decimal, told: dict[str, str]) -> Kind:
    sort = told.get("TRNTYPE", "").upper()
    if sort in {"FEE", "SRVCHG"}:
        return Kind.FEE
    if sort == "HOLD":
        return Kind.HOLD
    if amount <= 0:
        return Kind.PAYMENT
    said = f"{told.get('NAME', '')} {told.get('MEMO', '')}"
    return Kind.REFUND if _RETURNED.search(said) else Kind.INCOME


def _second_number(told: dict[str, str]) -> str:
    return next(
        (text for name in ("REFNUM", "CHECKNUM") if (text := told.get(name, "")).strip("0 ")), ""
    )


def _correction(told: dict[str, str]) -> str:
    action, of = told.get("CORRECTACTION", ""), told.get("CORRECTFITID", "")
    return f"{action} {of}".strip()


def _currency(code: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{3}", code):
        raise Refused(f"没有写明货币：{code[:20]!r}", f"no currency code: {code[:20]!r}")
    return code.upper()


def _decimal_comma(statement: _Statement) -> bool:
    """Whether the amounts of an account have a comma as their only sign, as the standard allows."""
    amounts = [row.fields.get("TRNAMT", "") for row in statement.rows]
    return any("," in text for text in amounts) and not any("." in text for text in amounts)


def _amount(text: str, *, comma: bool) -> Decimal:
    bare = re.sub(r"\s", "", text)
    # With both signs the last one is the decimal sign.
    comma = bare.rfind(",") > bare.rfind(".") if "." in bare and "," in bare else comma
    if not _AMOUNT.fullmatch(bare) or (comma and re.search(r",\d{3}$", bare)):
        raise Refused(f"金额无法识别：{text[:40]!r}", f"not an amount: {text[:40]!r}")
    return money(bare, comma=comma)


def _stated(text: str) -> tuple[date, datetime | None]:
    """The day as written and, where the time's offset is stated too, the aware moment."""
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        raise Refused(f"日期无法识别：{text[:40]!r}", f"not a date: {text[:40]!r}")
    try:
        on = date(int(found[1]), int(found[3]), int(found[4]))
        if found[5] is None:
            return on, None
        clock = (int(found[5]), int(found[6]), int(found[7] or 0))
        # Without an offset banks write whatever is at hand: local time, noon, midnight.
        naive = datetime(on.year, on.month, on.day, *clock, tzinfo=None)  # noqa: DTZ001
        if found[8] is None or clock in _FILLERS:
            return on, None
        return on, naive.replace(tzinfo=_zone(found[8], found[9]))
    except (ValueError, KeyError):
        raise Refused(
            f"没有这个日期或时刻：{text[:40]!r}", f"no such date or time: {text[:40]!r}"
        ) from None


def _zone(hours: str, fraction: str | None) -> timezone:
    minutes = abs(int(hours)) * 60 + _MINUTES[fraction or ""]
    return timezone(timedelta(minutes=-minutes if hours.startswith("-") else minutes))


def _maybe_day(text: str) -> date | None:
    with suppress(Refused):
        return _stated(text)[0]
    return None


def _maybe_moment(text: str) -> datetime | None:
    """The server's time, by the standard in UTC where no offset is stated."""
    with suppress(Refused):
        return _stated(text if "[" in text else f"{text}[0]")[1]
    return None


def _signs(entries: list[Entry]) -> list[Text]:
    """A warning where every debit of the file has the sign of a credit."""
    debits = [
        entry for entry in entries if entry.direction_word.upper() == "DEBIT" and entry.amount
    ]
    if not debits or any(entry.amount < 0 for entry in debits):
        return []
    return [
        Text(
            f"{len(debits)} 笔标为 DEBIT 的金额都是正数，已按文件所写读入，请核对方向",
            f"all {len(debits)} amounts marked DEBIT are positive; they were read as written, "
            "check their direction",
        )
    ]


def _as_text(row: _Row) -> str:
    text = " ".join(f"{name}={value}" for name, value in row.fields.items())
    return text if len(text) <= _SHORT_TEXT else text[:_SHORT_TEXT] + "…"


READERS = (Ofx(),)
