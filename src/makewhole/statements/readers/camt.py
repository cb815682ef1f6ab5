"""CAMT.052, .053 and .054: account reports, statements and notifications of ISO 20022.

Read without regard to the version: what changed between versions is where a status, a name or an
amount stands, so every place is looked at. One draft for each statement in the file. Reports and
notifications are interim: what a statement books as well counts once.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from makewhole.errors import UnreadableFile
from makewhole.records import Declared, Entry, Kind, Movement, Refusal, Side, Text, Total
from makewhole.statements.layout import account_name
from makewhole.statements.reader import Draft, disagreements, sums
from makewhole.statements.source import Source
from makewhole.statements.values import Refused, count, day, money, tail, words
from makewhole.statements.xmltree import Node, elements

_HEAD = 20_000
_DECIDED = {"BOOK"}
_UNDECIDED = {"PDNG", "FUTR"}
_NO_REFERENCE = {"NOTPROVIDED", "NONREF", "NOT PROVIDED", "NOTAVAILABLE"}
_OPENING = {"OPBD", "PRCD"}
_CLOSING = {"CLBD"}
# Sub-families of the bank transaction code that say "money comes back".
_RETURNS = {"RRTN", "PRDD", "RCDD", "UPDD", "RPCR"}
_NUMBERS = tuple(f"Acct/Id/{kind}" for kind in ("IBAN", "Othr/Id", "PrtryAcct/Id", "BBAN", "UPIC"))
# What the parties call the payment, best first.
_GIVEN = tuple(
    f"Refs/{word}" for word in ("EndToEndId", "TxId", "InstrId", "ChqNb", "MndtId", "UETR")
)
_TOTALS = ("TtlNtries", "TtlCdtNtries", "TtlDbtNtries")
_SHORT_TEXT = 300


class _Money(NamedTuple):
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Camt:
    """One kind of message: `root` is the element under the document, `part` one account's share."""

    name: str
    root: str
    part: str
    interim: bool = False
    provider: str = "camt"
    side: Side = Side.BANK

    def closeness(self, source: Source) -> float:
        """1.0 where the message's root element stands near the beginning."""
        head = source.head[:_HEAD]
        if re.search(rf"<(?:[\w.-]+:)?{self.root}(?:V\d+)?[\s>]", head):
            return 1.0
        return 0.5 if self.name in head else 0.0

    def read(self, source: Source) -> list[Draft]:
        """One draft for each account's part; raises `UnreadableFile` for broken XML."""
        parts = elements(source, self.part)
        if not parts:
            raise UnreadableFile(
                Text(
                    f"{source.name}：这份 {self.name} 里没有账户流水。"
                    "请在网银里选好账户和日期再下载。",
                    f"{source.name}: this {self.name} message holds no account. Choose an account "
                    "and a period at your bank and download it again.",
                )
            )
        return [self._draft(source, part) for part in parts]

    def _draft(self, source: Source, part: Node) -> Draft:
        account = _Account(source, part, part.said(*_NUMBERS))
        entries: list[Entry] = []
        refused: list[Refusal] = []
        for node in part.all("Ntry"):
            try:
                entries.extend(list(_entries(account, node)))
            except Refused as problem:
                refused.append(Refusal(node.line, problem.reason, _short(node.flat())))
        declared = _declared(part, account.number, entries)
        computed = _computed(part)
        return Draft(
            file=source.name,
            sha256=source.sha256,
            provider="camt",
            layout=self.name,
            side=Side.BANK,
            interim=self.interim,
            encoding=source.encoding,
            entries=entries,
            refused=refused,
            declared=declared,
            computed=computed,
            warnings=[
                *disagreements(declared, computed, len(entries)),
                *_balance(part, entries),
            ],
        )


class _Account(NamedTuple):
    """One account's part of the file."""

    source: Source
    part: Node
    number: str


@dataclass(frozen=True, slots=True)
class _Booking:
    """What an entry says once for all the transactions in it."""

    node: Node
    total: _Money
    status: str
    booked_on: date | None
    occurred_on: date
    occurred_at: datetime | None


def _entries(account: _Account, node: Node) -> Iterator[Entry]:
    """The entry as one row, or as its transactions where these have amounts that add up to it."""
    booking = _booking(node, account.part)
    # The first version has the transactions right under the entry.
    groups = [*node.all("NtryDtls"), node]
    details = [each for group in groups for each in group.all("TxDtls")]
    shares = _shares(details, booking.total)
    if shares:
        for detail, share in zip(details, shares, strict=True):
            yield structs.replace(_entry(account, booking, detail, share), line=detail.line)
    else:
        alone = details[0] if len(details) == 1 else Node("TxDtls", node.line, {})
        yield _entry(account, booking, alone, booking.total.amount)


def _booking(node: Node, part: Node) -> _Booking:
    total = _money(node.at("Amt"))
    if total is None:
        raise Refused("这一笔没有金额", "this entry has no amount")
    sign = _sign(node)
    booked_on, booked_at = _when(node.at("BookgDt"))
    value_on = _when(node.at("ValDt"))[0]
    if booked_on is None and value_on is None:
        booked_on = _only_day(part)
    on = booked_on or value_on
    if on is None:
        raise Refused("这一笔没有日期", "this entry has no date")
    return _Booking(
        node,
        _Money(sign * total.amount, total.currency),
        node.said("Sts/Cd", "Sts/Prtry", "Sts"),
        booked_on,
        on,
        booked_at,
    )


def _only_day(part: Node) -> date | None:
    """The day of a statement whose booked balances are all of one day; its rows may have none."""
    dates = {on for node in _booked(part, {"OPBD", *_CLOSING}) if (on := _balance_day(node))}
    closed = any(_booked(part, _CLOSING))
    return dates.pop() if closed and len(dates) == 1 else None


def _shares(details: Sequence[Node], total: _Money) -> list[Decimal]:
    """The signed amount of each transaction of a batch, or nothing where they do not add up."""
    if len(details) <= 1:
        return []
    shares = []
    for detail in details:
        own = _own_amount(detail, total.currency)
        if own is None:
            return []
        mark = detail.said("CdtDbtInd")
        sign = _sign(detail) if mark else (1 if total.amount > 0 else -1)
        shares.append(sign * own)
    return shares if sum(shares) == total.amount else []


def _own_amount(detail: Node, currency: str) -> Decimal | None:
    places = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/InstdAmt/Amt", "AmtDtls/CntrValAmt/Amt")
    for place in places:
        found = _money(detail.at(place))
        if found and found.currency == currency:
            return found.amount
    return None


def _entry(account: _Account, booking: _Booking, detail: Node, amount: Decimal) -> Entry:
    node = booking.node
    reason = _return_reason(detail)
    # A reversal or return names the parties as the original payment did.
    went_back = bool(reason) or node.said("RvslInd").lower() in {"true", "1"}
    occurred_on, occurred_at = _when(detail.at("RltdDts"))
    if occurred_on is None:
        occurred_on, occurred_at = booking.occurred_on, booking.occurred_at
    foreign = _foreign(detail, booking.total.currency)
    name, ultimate = _other_side(account, detail, credit=(amount > 0) != went_back)
    references = _references(node, detail)
    return Entry(
        file=account.source.name,
        sha256=account.source.sha256,
        line=node.line,
        provider="camt",
        side=Side.BANK,
        account=account_name("camt", account.number),
        card=tail(account.number),
        occurred_on=occurred_on,
        occurred_at=occurred_at,
        booked_on=booking.booked_on,
        amount=amount,
        currency=booking.total.currency,
        direction_word=node.said("CdtDbtInd"),
        status_word=booking.status,
        movement=_movement(booking.status, amount),
        kind=_kind(node, detail, amount, went_back=went_back),
        counterparty=words(name),
        description=_purpose(node, detail),
        reference=references[0],
        merchant_reference=references[1],
        note=_joined([ultimate, reason]),
        original=None if foreign is None else (foreign.amount if amount > 0 else -foreign.amount),
        original_currency=foreign.currency if foreign else "",
    )


def _money(node: Node | None) -> _Money | None:
    if node is None:
        return None
    currency = node.attributes.get("Ccy", "").upper()
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise Refused(f"金额没有写明货币：{node.text[:40]!r}", f"no currency: {node.text[:40]!r}")
    if not re.fullmatch(r"\s*-?\d+(?:\.\d*)?\s*", node.text):
        raise Refused(f"金额无法识别：{node.text[:40]!r}", f"not an amount: {node.text[:40]!r}")
    return _Money(money(node.text), currency)


def _sign(node: Node) -> int:
    mark = node.said("CdtDbtInd").upper()
    if mark not in {"CRDT", "DBIT"}:
        raise Refused(f"收支方向不明：{mark[:20]!r}", f"neither credit nor debit: {mark[:20]!r}")
    return 1 if mark == "CRDT" else -1


def _when(node: Node | None) -> tuple[date | None, datetime | None]:
    """The day that a date element states and, where it has time and offset, the moment."""
    if node is None:
        return None, None
    stated = node.said("TxDtTm", "TxDt/DtTm", "TxDt/Dt", "TxDt", "AccptncDtTm", "DtTm", "Dt")
    if not stated:
        return None, None
    on = day(stated[:10])
    with suppress(ValueError):
        at = datetime.fromisoformat(stated)
        if "T" in stated and at.tzinfo is not None:
            return on, at
    return on, None


def _movement(status: str, amount: Decimal) -> Movement:
    code = status.upper()
    if code == "INFO" or (code in _DECIDED and not amount):
        return Movement.NOTHING
    if code in _UNDECIDED:
        return Movement.UNDECIDED
    if code not in _DECIDED:
        return Movement.UNKNOWN
    return Movement.ARRIVED if amount > 0 else Movement.LEFT


def _kind(node: Node, detail: Node, amount: Decimal, *, went_back: bool) -> Kind:
    codes = {
        each.said(f"BkTxCd/Domn/Fmly/{place}")
        for each in (node, detail)
        for place in ("Cd", "SubFmlyCd")
    }
    if went_back or codes & _RETURNS:
        return Kind.REFUND if amount > 0 else Kind.OTHER
    if codes & {"CHRG", "FEES", "COMM"}:
        return Kind.FEE
    return Kind.INCOME if amount > 0 else Kind.PAYMENT


def _return_reason(detail: Node) -> str:
    """Why a payment came back, as code and words."""
    info = detail.at("RtrInf")
    if info is None:
        return ""
    parts = [
        info.said("Rsn/Cd", "Rsn/Prtry"),
        *(each.text.strip() for each in info.all("AddtlInf")),
    ]
    return _joined(parts) or "RtrInf"


def _foreign(detail: Node, currency: str) -> _Money | None:
    """The amount in another currency that was booked as this one."""
    for place in ("AmtDtls/InstdAmt/Amt", "AmtDtls/TxAmt/Amt", "Amt"):
        with suppress(Refused):
            found = _money(detail.at(place))
            if found and found.currency != currency and found.amount:
                return found
    return None


def _other_side(account: _Account, detail: Node, *, credit: bool) -> tuple[str, str]:
    """The other party and the one behind it: the debtor where money came, the creditor else."""
    for role in ("Dbtr", "Cdtr") if credit else ("Cdtr", "Dbtr"):
        number = detail.said(f"RltdPties/{role}Acct/Id/IBAN", f"RltdPties/{role}Acct/Id/Othr/Id")
        if number and number == account.number:
            continue
        name = _name(detail, role)
        ultimate = _name(detail, f"Ultmt{role}")
        if name or ultimate:
            return name or ultimate, ultimate if name and ultimate != name else ""
    return "", ""


def _name(detail: Node, role: str) -> str:
    place = f"RltdPties/{role}"
    return detail.said(f"{place}/Nm", f"{place}/Pty/Nm", f"{place}/Agt/FinInstnId/Nm")


def _references(node: Node, detail: Node) -> tuple[str, str]:
    """The bank's number of the row, and the number that the parties gave it."""
    own = detail.said("Refs/AcctSvcrRef", "Refs/TxId") or node.said("AcctSvcrRef", "NtryRef")
    for place in _GIVEN:
        given = detail.said(place)
        if given and given.upper() not in _NO_REFERENCE and given != own:
            return own, given
    return own, ""


def _purpose(node: Node, detail: Node) -> str:
    """The remittance, free and structured; without one, what the bank adds to the entry."""
    info = detail.at("RmtInf") or Node("RmtInf", 0, {})
    free = [each.text.strip() for each in info.all("Ustrd")]
    strict = [
        each.said(place)
        for each in info.all("Strd")
        for place in ("CdtrRefInf/Ref", "CdtrRefInf/CdtrRef", "RfrdDocInf/Nb", "AddtlRmtInf")
    ]
    return _joined([*free, *strict]) or words(
        detail.said("AddtlTxInf") or node.said("AddtlNtryInf")
    )


def _joined(parts: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def _declared(part: Node, account: str, entries: Sequence[Entry]) -> Declared:
    starts_on = _maybe_day(part.said("FrToDt/FrDtTm", "FrToDt/FrDt"))
    ends_on = _maybe_day(part.said("FrToDt/ToDtTm", "FrToDt/ToDt"))
    if starts_on is None and ends_on is None:
        starts_on, ends_on = _between_balances(part, entries)
    return Declared(
        account=account,
        card=tail(account),
        starts_on=starts_on,
        ends_on=ends_on,
        exported_at=_maybe_moment(part.said("CreDtTm")),
        totals=tuple(total for word in _TOTALS if (total := _total(part, word))),
    )


def _between_balances(part: Node, entries: Sequence[Entry]) -> tuple[date | None, date | None]:
    """The period from the opening balance to the closing one, where no period is stated."""
    begin, end = (
        next((on for bal in _booked(part, codes) if (on := _balance_day(bal))), None)
        for codes in (_OPENING, _CLOSING)
    )
    if begin and not any(begin == entry.booked_on for entry in entries):
        # Banks date the opening balance on the first day or on the day before; the later is safe.
        begin += timedelta(days=1)
    return (begin, end) if begin and end and begin <= end else (None, end)


def _booked(part: Node, codes: set[str]) -> Iterator[Node]:
    return (node for node in part.all("Bal") if node.said("Tp/CdOrPrtry/Cd") in codes)


def _balance_day(node: Node) -> date | None:
    with suppress(Refused):
        return _when(node.at("Dt"))[0]
    return None


def _total(part: Node, word: str) -> Total | None:
    found = part.at(f"TxsSummry/{word}")
    if found is None:
        return None
    with suppress(Refused):
        # Some banks write the sum of debits with a minus.
        amount = abs(money(found.said("Sum"))) if found.said("Sum") else None
        return Total(word, count(found.said("NbOfNtries")), amount)
    return None


def _computed(part: Node) -> tuple[Total, ...]:
    """Counts and sums of the entries under the words of the summary, batches counted once."""
    items: list[tuple[str, Decimal]] = []
    for node in part.all("Ntry"):
        with suppress(Refused):
            found = _money(node.at("Amt"))
            if found:
                word = _TOTALS[1] if _sign(node) > 0 else _TOTALS[2]
                items += [(_TOTALS[0], found.amount), (word, found.amount)]
    return sums(items)


def _balance(part: Node, entries: Sequence[Entry]) -> list[Text]:
    """A warning with both figures where the opening balance and the rows do not give the closing.

    Only for a statement that is whole: pages and interim balances prove nothing.
    """
    opening = _balances(part, "OPBD") or _balances(part, "PRCD")
    closing = _balances(part, "CLBD")
    page = ("StmtPgntn", "RptPgntn", "NtfctnPgntn")
    number, last = (part.said(*(f"{at}/{word}" for at in page)) for word in ("PgNb", "LastPgInd"))
    paged = number not in {"", "1"} or last in {"false", "0"}
    if paged or len(opening) != 1 or len(closing) != 1:
        return []
    begin, end = opening[0], closing[0]
    booked = [entry for entry in entries if entry.status_word.upper() in _DECIDED]
    if {begin.currency, *(entry.currency for entry in booked)} != {end.currency}:
        return []
    reached = begin.amount + sum(entry.amount for entry in booked)
    if reached == end.amount:
        return []
    return [
        Text(
            f"期初余额 {begin.amount:f} 加各笔得 {reached:f}，账单写的期末余额是 {end.amount:f}",
            f"the opening balance {begin.amount:f} and the rows give {reached:f}, the statement "
            f"closes with {end.amount:f}",
        )
    ]


def _balances(part: Node, code: str) -> list[_Money]:
    found = []
    for node in part.all("Bal"):
        if node.said("Tp/CdOrPrtry/Cd") == code and not node.at("Tp/SubTp"):
            with suppress(Refused):
                amount = _money(node.at("Amt"))
                if amount:
                    found.append(_Money(_sign(node) * amount.amount, amount.currency))
    return found


def _maybe_day(text: str) -> date | None:
    with suppress(Refused):
        return day(text[:10]) if text else None
    return None


def _maybe_moment(text: str) -> datetime | None:
    with suppress(ValueError):
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else None
    return None


def _short(text: str) -> str:
    return text if len(text) <= _SHORT_TEXT else text[:_SHORT_TEXT] + "…"


READERS = (
    Camt("camt.052", "BkToCstmrAcctRpt", "Rpt", interim=True),
    Camt("camt.053", "BkToCstmrStmt", "Stmt"),
    Camt("camt.054", "BkToCstmrDbtCdtNtfctn", "Ntfctn", interim=True),
)
