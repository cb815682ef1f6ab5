"""MT940 and MT942: the SWIFT messages that banks hand out as a statement and as an interim report.

Statement lines are read by their tags; what stands in the remittance tag follows no one standard:
numbered subfields (Germany and neighbours), words between slashes (Netherlands), or free text.
One draft for each account, for a day may run over several messages. What an interim report names
is not booked for certain: some banks report reserved amounts in it, so its rows stay undecided.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from makewhole.records import Declared, Entry, Kind, Movement, Refusal, Side, Text, Total
from makewhole.statements.dates import full_year
from makewhole.statements.layout import account_name
from makewhole.statements.reader import Draft, disagreements, sums
from makewhole.statements.source import Source
from makewhole.statements.values import Refused, money, tail, words

_TAG = re.compile(r":(\d{2}[A-Z]?|NS):(.*)")
_END = re.compile(r"-(?:[A-Z}]{0,4}\s*|\}\{.*|\+.*)")
_LINE_END = re.compile(r"\r\n|\r|\n")
# Home banking once wrote two signs for the end of a line, with or without a real one.
_OLD_LINE_END = "@@"
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})\s*([\d,.]+)")
_CURRENCY = {
    **dict.fromkeys(("60F", "60M", "62F", "62M"), re.compile(r"[CD]\d{6}([A-Z]{3})")),
    **dict.fromkeys(("34F",), re.compile(r"([A-Z]{3})[CD]?[\d,.]")),
    **dict.fromkeys(("90D", "90C"), re.compile(r"\d{1,5}([A-Z]{3})")),
    **dict.fromkeys(("25", "25P"), re.compile(r".*\d([A-Z]{3})$")),
}
_MADE = re.compile(r"(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})([+-]\d{4})")
_SUM = re.compile(r"(\d{1,5})([A-Z]{3})\s*([\d,.]+)")
_ENTRY = re.compile(
    r"(?P<value>\d{6})(?P<entered>\d{4})?\s*(?P<mark>R[CD]|E[CD]|[CD])(?P<funds>[A-Z])?\s*"
    r"(?P<amount>[\d,][\d,.]*)\s*(?P<type>[A-Z][A-Z0-9]{3})?(?P<own>[^\n]*?)(?://(?P<bank>[^\n]*))?"
)
_SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1, "EC": 1, "ED": -1}
_OPENS = {"60F", "60M"}
_NO_REFERENCE = {"NONREF", "NOTPROVIDED", "KREF+", "EREF", "EREF+", ""}
_FULL_LINE = 65
_FULL_SUBFIELD = 27

_SUBFIELDS = re.compile(r"\d{3}([^\w\s/])(?=\d{2})")
_PURPOSE = {*(f"{at:02}" for at in (*range(20, 30), *range(60, 64)))}
_SEPA_WORD = re.compile(
    r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|VWZ|ABWA|ABWE|COAM|OAMT|PURP|MTLG|IBAN|BIC)(?:\+|(?<=MTLG):)"
)
_SLASH_WORD = re.compile(
    r"/(TRTP|TRCD|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|PREF|IREF|KREF|BENM|ORDP|CNTP|RTRN|ISDT|SVCL"
    r"|PURP|ULTB|ULTC|ULTD|ADDR|OCMT|CHGS|EXCH|ACCW|BUSP|ID)/"
)
_RETURNED = re.compile(
    r"RETOURE|R(?:UE|Ü)CK(?:LAST|UEB|ÜB|BUCH|GABE|ZAHL)|REFUND|STORNO|退款", re.IGNORECASE
)
_RETURN_CODES = {"159", "108", "109", "059"}
_SHORT_TEXT = 300


@dataclass(slots=True)
class _Tag:
    name: str
    line: int
    parts: list[str]


@dataclass(slots=True)
class _Message:
    """One statement message: its tags by name, and its rows with their remittance."""

    tags: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[_Tag, _Tag | None]] = field(default_factory=list)

    def balance(self, kind: str) -> "_Balance | None":
        """The opening (60) or closing (62) balance, final or of a page."""
        found = _BALANCE.match(self.tags.get(f"{kind}F") or self.tags.get(f"{kind}M") or "")
        if not found:
            return None
        sign = 1 if found[1] == "C" else -1
        with suppress(Refused):
            return _Balance(_maybe_day(found[2]), found[3], sign * _amount(found[4]))
        return None

    @property
    def currency(self) -> str:
        """The currency of the account, from whichever tag states it."""
        for tag, pattern in _CURRENCY.items():
            found = pattern.match(self.tags.get(tag, ""))
            if found:
                return found[1]
        return ""

    @property
    def interim(self) -> bool:
        """Whether this is an MT942: it has floor limits or a time, and no opening balance."""
        return bool(self.tags.keys() & {"34F", "13", "13D"}) and not self.tags.keys() & _OPENS


class _Balance(NamedTuple):
    """A balance; some banks state zeros for its day."""

    on: date | None
    currency: str
    amount: Decimal


class _Remittance(NamedTuple):
    """What the remittance says, wherever the dialect puts it."""

    counterparty: str = ""
    purpose: str = ""
    reference: str = ""
    returned: str = ""
    original: str = ""


@dataclass(frozen=True, slots=True)
class Swift:
    """Reads every dialect, for the tags are the same in all; a file may hold both messages.

    `wanted` and `without` are the tags by which a message is known.
    """

    name: str
    wanted: tuple[str, ...]
    without: str = ""
    provider: str = "mt940"
    side: Side = Side.BANK

    def closeness(self, source: Source) -> float:
        """The share of the wanted tags that is there; less than all with a tag that must not be."""
        text = source.head
        if ":25" not in text:
            return 0.0
        found = sum(1 for tag in self.wanted if _has(tag, text))
        return (found - bool(self.without and _has(self.without, text))) / len(self.wanted)

    def read(self, source: Source) -> list[Draft]:
        """One draft for each account; a row that cannot be read is refused alone."""
        accounts: dict[tuple[bool, str], list[_Message]] = {}
        for message in _messages(source.text):
            accounts.setdefault((message.interim, _account(message)), []).append(message)
        drafts = [
            _draft(source, account, group, interim=interim)
            for (interim, account), group in accounts.items()
        ]
        if drafts:
            drafts[-1].warnings.extend(_cut_off(source.text, message))
        return drafts


def _cut_off(text: str, last: _Message) -> Iterator[Text]:
    """A warning where an interim report, which has no closing balance, lacks its end."""
    ends = _LINE_END.split(text.rstrip())[-1]
    if last.interim and not last.tags.keys() & {"90C", "90D"} and not _END.fullmatch(ends):
        yield Text(
            "文件没有结尾，最后一笔可能不完整。请重新导出",
            "the file has no end, its last row may be incomplete. Export it again",
        )


def _has(tag: str, text: str) -> bool:
    return re.search(rf"(?m)^(?:@@)?:{tag}:|@@:{tag}:", text) is not None


def _account(message: _Message) -> str:
    return next((message.tags[tag] for tag in ("25", "25P") if tag in message.tags), "").strip()


def _tags(text: str) -> Iterator[_Tag]:
    """The tags with the lines that belong to them; what stands between messages is left out."""
    open_tag: _Tag | None = None
    for number, line in _lines(text):
        found = _TAG.match(line)
        if found:
            if open_tag:
                yield open_tag
            open_tag = _Tag(found[1], number, [found[2]])
        elif open_tag and _END.fullmatch(line):
            yield open_tag
            open_tag = None
        elif open_tag and line.strip():
            open_tag.parts.append(line)
    if open_tag:
        yield open_tag


def _lines(text: str) -> Iterator[tuple[int, str]]:
    old = f"{_OLD_LINE_END}:" in text
    for number, line in enumerate(_LINE_END.split(text), 1):
        if old:
            yield from ((number, part) for part in line.split(_OLD_LINE_END))
        else:
            yield number, line


def _messages(text: str) -> Iterator[_Message]:
    message = _Message()
    last = ""
    for tag in _tags(text):
        # Some banks leave out tag 20; then a second account begins the next message.
        if (tag.name == "20" or tag.name.startswith("25")) and (
            message.tags.keys() & {tag.name, *_OPENS, "34F"}
        ):
            yield message
            message = _Message()
        if tag.name == "NS":
            continue
        if tag.name == "61":
            message.rows.append((tag, None))
        elif tag.name == "86" and last == "61":
            row, before = message.rows[-1]
            # A few banks begin each line of the remittance with its tag.
            parts = [*before.parts, *tag.parts] if before else tag.parts
            message.rows[-1] = (row, _Tag("86", tag.line, parts))
            continue
        else:
            message.tags.setdefault(tag.name, tag.parts[0])
        last = tag.name
    if message.tags or message.rows:
        yield message


def _draft(source: Source, account: str, messages: Sequence[_Message], *, interim: bool) -> Draft:
    entries: list[Entry] = []
    refused: list[Refusal] = []
    warnings: list[Text] = []
    for message in messages:
        before = len(entries)
        currency = message.currency or source.currency
        for row, remittance in message.rows:
            try:
                entry = _entry(source, account, currency, row, remittance)
                entries.append(_unbooked(entry) if interim else entry)
            except Refused as problem:
                refused.append(Refusal(row.line, problem.reason, _short(row, remittance)))
        if not interim:
            warnings += _balance_warnings(message, entries[before:])
    declared = _declared(account, messages, entries, interim=interim)
    computed = sums(("C" if entry.amount > 0 else "D", entry.amount) for entry in entries)
    return Draft(
        file=source.name,
        sha256=source.sha256,
        provider="mt940",
        layout="mt942" if interim else "mt940",
        side=Side.BANK,
        interim=interim,
        encoding=source.encoding,
        entries=entries,
        refused=refused,
        declared=declared,
        computed=computed,
        warnings=[*disagreements(declared, computed, len(entries)), *warnings],
    )


def _entry(
    source: Source, account: str, currency: str, row: _Tag, remittance: _Tag | None
) -> Entry:
    found = _ENTRY.fullmatch(row.parts[0].strip())
    if not found:
        raise Refused("这一行不是 MT940 的流水格式", "not a statement line of MT940")
    if not currency:
        raise Refused("账单没有写明货币", "the statement names no currency")
    value_on = _value_day(found["value"])
    booked_on = _near(found["entered"], value_on) if found["entered"] else None
    mark = found["mark"]
    amount = _SIGNS[mark] * _amount(found["amount"])
    said = _said(remittance.parts) if remittance else _Remittance()
    more = " ".join(part.strip() for part in row.parts[1:])
    reference = _reference(found["bank"], found["own"])
    entry = Entry(
        file=source.name,
        sha256=source.sha256,
        line=row.line,
        provider="mt940",
        side=Side.BANK,
        account=account_name("mt940", account),
        card=tail(account),
        # A value day can lie after the booking, a payment cannot.
        occurred_on=min(value_on, booked_on or value_on),
        booked_on=booked_on,
        amount=amount,
        currency=currency,
        direction_word=mark,
        movement=_movement(mark, amount),
        kind=_kind(mark, amount, found["type"] or "", said),
        counterparty=words(said.counterparty),
        description=words(said.purpose) or more,
        reference=reference,
        merchant_reference=_reference(said.reference, found["own"], but=reference),
        note="" if said.returned == said.purpose else said.returned,
    )
    return _with_original(entry, said.original or _original_in(more))


def _unbooked(entry: Entry) -> Entry:
    """The row of an interim report: what it names may still change or vanish."""
    moved = Movement.UNDECIDED if entry.amount else Movement.NOTHING
    return structs.replace(entry, movement=moved, booked_on=None)


def _original_in(supplement: str) -> str:
    """The foreign amount among the words between slashes below a row."""
    found = re.search(r"/OCMT/([A-Z]{3}[\d.,]+)", supplement)
    return found[1] if found else ""


def _with_original(entry: Entry, stated: str) -> Entry:
    """The entry with the foreign amount that its remittance states."""
    found = re.match(r"([A-Z]{3})\s*([\d.,]+)", stated)
    if not found or found[1] == entry.currency:
        return entry
    with suppress(Refused):
        size = _amount(found[2].rstrip(".,"))
        original = -size if entry.amount < 0 else size
        return structs.replace(entry, original=original, original_currency=found[1])
    return entry


def _movement(mark: str, amount: Decimal) -> Movement:
    if mark.startswith("E"):
        return Movement.UNDECIDED
    if not amount:
        return Movement.NOTHING
    return Movement.ARRIVED if amount > 0 else Movement.LEFT


def _kind(mark: str, amount: Decimal, sort: str, said: _Remittance) -> Kind:
    if mark == "RD" or (amount > 0 and (said.returned or sort[1:] == "RTI")):
        return Kind.REFUND
    if mark == "RC":
        return Kind.OTHER
    if sort[1:] in {"CHG", "COM"}:
        return Kind.FEE
    return Kind.INCOME if amount > 0 else Kind.PAYMENT


def _reference(*candidates: str | None, but: str = "") -> str:
    stated = (words(text or "") for text in candidates)
    return next((each for each in stated if each.upper() not in {*_NO_REFERENCE, but}), "")


def _amount(text: str) -> Decimal:
    """A size whose decimals follow a comma; a single point is accepted in its place."""
    if text.count(",") + text.count(".") > 1:
        raise Refused(f"金额无法识别：{text[:40]!r}", f"not an amount: {text[:40]!r}")
    return money(re.sub(r"^,(?=\d)", "0,", text.replace(".", ",")), comma=True)


def _short_day(text: str) -> date:
    try:
        return date(full_year(int(text[:2])), int(text[2:4]), int(text[4:6]))
    except ValueError:
        raise Refused(f"没有这一天：{text!r}", f"no such day: {text!r}") from None


def _maybe_day(text: str) -> date | None:
    with suppress(Refused):
        return _short_day(text)
    return None


def _value_day(text: str) -> date:
    """The day of value; banks that count thirty days to a month write 29 or 30 February too."""
    if text[2:] in {"0229", "0230"}:
        return _short_day(f"{text[:2]}0301") - timedelta(days=1)
    return _short_day(text)


def _near(month_and_day: str, around: date) -> date:
    """The day without a year that lies nearest to another."""
    candidates = []
    for year in (around.year - 1, around.year, around.year + 1):
        with suppress(ValueError):
            candidates.append(date(year, int(month_and_day[:2]), int(month_and_day[2:])))
    if not candidates:
        raise Refused(f"没有这一天：{month_and_day!r}", f"no such day: {month_and_day!r}")
    return min(candidates, key=lambda on: abs(on - around))


def _said(parts: Sequence[str]) -> _Remittance:
    joined = _unwrapped(parts)
    if _SUBFIELDS.match(joined):
        return _numbered("".join(parts))
    if _SLASH_WORD.search(joined):
        return _slashed(_unwrapped(parts, _FULL_LINE - 1))
    text = " ".join(joined.split())
    return _Remittance(purpose=text, returned=text if _RETURNED.search(text) else "")


def _unwrapped(parts: Sequence[str], full: int = _FULL_LINE) -> str:
    """Pieces as one text: a piece that is full was cut anywhere, a shorter one ends a word."""
    return "".join(part if len(part) >= full else f"{part} " for part in parts).strip()


def _numbered(text: str) -> _Remittance:
    """`166?00GUTSCHRIFT?20EREF+...?32NAME`: subfields of two digits behind one sign."""
    sign = text[3]
    fields: dict[str, list[str]] = {}
    for piece in re.split(rf"{re.escape(sign)}(?=\d{{2}})", text[3:])[1:]:
        fields.setdefault(piece[:2], []).append(piece[2:])
    purpose = [piece for number in fields if number in _PURPOSE for piece in fields[number]]
    by_word = _by_word(_SEPA_WORD, _unwrapped(purpose, _FULL_SUBFIELD))
    title = " ".join(fields.get("00", []))
    stated = by_word.get("SVWZ") or by_word.get("VWZ") or _joined([title, by_word.get("", "")])
    reason = by_word.get("MTLG", "")
    returned = _RETURNED.search(title) or text[:3] in _RETURN_CODES
    code = " ".join(fields.get("34", []))
    return _Remittance(
        counterparty=_joined(["".join([*fields.get("32", []), *fields.get("33", [])])]),
        purpose=_joined([stated, "" if returned else reason]),
        reference=by_word.get("EREF", ""),
        returned=_joined([reason or title, f"({code})" if code else ""]) if returned else "",
        original=by_word.get("OAMT", ""),
    )


def _slashed(text: str) -> _Remittance:
    """`/TRTP/.../NAME/.../REMI/...`: words between slashes, in any order."""
    by_word = _by_word(_SLASH_WORD, text)
    party = by_word.get("CNTP", "").split("/")
    purpose = by_word.get("REMI", "").removeprefix("USTD//").removeprefix("STRD/").strip("/ ")
    return _Remittance(
        counterparty=by_word.get("NAME", "") or (party[2] if len(party) > 2 else ""),  # noqa: PLR2004
        purpose=purpose or by_word.get("TRTP", "") or by_word.get("", ""),
        reference=by_word.get("EREF", ""),
        returned=by_word.get("RTRN", ""),
        original=by_word.get("OCMT", "").strip("/"),
    )


def _by_word(pattern: re.Pattern[str], text: str) -> dict[str, str]:
    """What stands behind each key word, the first time; before the first word under ``""``."""
    pieces = pattern.split(text)
    found = {"": pieces[0].strip("/ ")}
    for word, value in zip(pieces[1::2], pieces[2::2], strict=True):
        found.setdefault(word, " ".join(value.split()).strip("/ "))
    return {word: value for word, value in found.items() if value}


def _joined(parts: Iterable[str]) -> str:
    return " ".join(" ".join(part.split()) for part in parts if part.strip())


def _declared(
    account: str, messages: Sequence[_Message], entries: Sequence[Entry], *, interim: bool
) -> Declared:
    totals = tuple(total for side in "DC" if (total := _stated_sum(messages, side)))
    if interim:
        made = max((at for each in messages if (at := _made(each))), default=None)
        return Declared(account=account, card=tail(account), exported_at=made, totals=totals)
    opened = [on for each in messages if (stated := each.balance("60")) and (on := stated.on)]
    closed = [on for each in messages if (stated := each.balance("62")) and (on := stated.on)]
    starts_on = min(opened, default=None)
    if starts_on and not any(starts_on == (e.booked_on or e.occurred_on) for e in entries):
        # Banks date the opening balance on the first day or on the day before; the later is safe.
        starts_on += timedelta(days=1)
    return Declared(
        account=account,
        card=tail(account),
        starts_on=starts_on,
        ends_on=max(closed, default=None),
        totals=totals,
    )


def _made(message: _Message) -> datetime | None:
    """When an interim report was made; older ones do not say in which zone."""
    found = _MADE.fullmatch(message.tags.get("13D", "").strip())
    with suppress(Refused, ValueError):
        if found:
            year, month, on, hour, minute, offset = found.groups()
            day = _short_day(f"{year}{month}{on}")
            return datetime.fromisoformat(f"{day}T{hour}:{minute}{offset}")
    return None


def _stated_sum(messages: Sequence[_Message], side: str) -> Total | None:
    """Count and sum that tag 90 states for debits or credits, over all messages."""
    found = [_SUM.match(each.tags.get(f"90{side}", "")) for each in messages]
    stated = [each for each in found if each]
    if len(stated) != len(messages):
        return None
    with suppress(Refused):
        amount = sum((_amount(each[3]) for each in stated), Decimal(0))
        return Total(side, sum(int(each[1]) for each in stated), amount)
    return None


def _balance_warnings(message: _Message, entries: Sequence[Entry]) -> list[Text]:
    """A warning with both figures where opening balance and rows do not give the closing one."""
    begin, end = message.balance("60"), message.balance("62")
    if not begin:
        return []
    number = message.tags.get("28C") or message.tags.get("28", "")
    if not end:
        return [
            Text(
                f"账单 {number} 没有期末余额（:62F:），文件可能不完整",
                f"statement {number} has no closing balance (:62F:), the file may be cut off",
            )
        ]
    reached = begin.amount + sum(
        entry.amount for entry in entries if entry.movement is not Movement.UNDECIDED
    )
    if reached == end.amount:
        return []
    return [
        Text(
            f"账单 {number}：期初余额 {begin.amount:f} 加各笔得 {reached:f}，"
            f"期末余额写的是 {end.amount:f}",
            f"statement {number}: the opening balance {begin.amount:f} and the rows give "
            f"{reached:f}, it closes with {end.amount:f}",
        )
    ]


def _short(row: _Tag, remittance: _Tag | None) -> str:
    parts = [*row.parts, *(remittance.parts if remittance else [])]
    text = " ".join(part.strip() for part in parts)
    return text if len(text) <= _SHORT_TEXT else text[:_SHORT_TEXT] + "…"


READERS = (
    Swift("mt940", ("25[A-Z]?", "60[FM]", "6(?:1|2F|2M)")),
    Swift("mt942", ("25[A-Z]?", "(?:34F|13D?)", "(?:61|90[CD])"), without="60[FM]"),
)
