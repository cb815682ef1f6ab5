"""M-Pesa messages pasted into a text file: each says in a sentence what moved and what is left.

One message may speak of two movements, for the transaction cost comes on top of the amount; it
then gives two entries. Messages without a date take it from another with the same code.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from makewhole.records import Entry, Kind, Movement, Refusal, Side, Text
from makewhole.statements.grouped_balances import Part, broken_groups
from makewhole.statements.reader import Draft
from makewhole.statements.regrid import printed_lines
from makewhole.statements.source import Source
from makewhole.statements.spelled_dates import day_of, order_where_day_leads
from makewhole.statements.values import Refused, clock, money

PROVIDER = "mpesa"
# Kenya and Tanzania share their time.
_NAIROBI = ZoneInfo("Africa/Nairobi")
_CURRENCIES = {"ksh": "KES", "kes": "KES", "tsh": "TZS", "tzs": "TZS"}
# A code, and perhaps the beginning of "Confirmed".
_BEGUN = re.compile(r"[A-Z]{2}[A-Z0-9]{0,8}(?:\s+(\w*\.?))?")
_SHORT = 160

_CODE = r"(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{8,12}"
_BEGINS = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<code>{_CODE})\s+confirmed\b|failed\.\s|you have insufficient funds)",
    re.IGNORECASE,
)
_A = r"(?P<unit>Ksh|KES|Tsh|TZS)s?\.?\s*(?P<amount>\d[\d,]*(?:\.\d{1,2})?)"
_WHEN = r"on\s+(?P<on>\d{1,2}[/-]\d{1,2}[/-]\d{2,4})(?:\s+at\s+(?P<at>\d{1,2}:\d{2}\s*[AP]M))?"
_BEFORE_BALANCE = r"(?=\s*\.?\s*New M-?PESA|\s*\.?\s*New balance|\s*$)"


@dataclass(frozen=True, slots=True)
class _Form:
    """One kind of message: its sentence, the direction of the money, and what sort of row it is."""

    pattern: re.Pattern[str]
    sign: int
    kind: Kind


def _form(sentence: str, sign: int, kind: Kind) -> _Form:
    return _Form(re.compile(sentence, re.IGNORECASE | re.DOTALL), sign, kind)


_FORMS = (
    _form(
        rf"(?:reversal of transaction|transaction)\s+(?P<origin>{_CODE})\s+has been\s+"
        rf"(?:successfully\s+)?reversed\b.*?{_A}\s+(?:is|has been|was)\s+"
        r"(?:credited|returned|added)",
        1,
        Kind.REFUND,
    ),
    _form(
        rf"(?:reversal of transaction|transaction)\s+(?P<origin>{_CODE})\s+has been\s+"
        rf"(?:successfully\s+)?reversed\b.*?{_A}\s+(?:is|has been|was)\s+(?:debited|deducted)",
        -1,
        Kind.OTHER,
    ),
    _form(rf"Fuliza M-?PESA amount is\s+{_A}", 1, Kind.FUNDING),
    _form(
        rf"{_A}\s+from your M-?PESA has been used to (?:\w+ )?pay your outstanding "
        r"(?P<name>Fuliza)",
        -1,
        Kind.REPAYMENT,
    ),
    _form(rf"you have received\s+{_A}\s+from\s+(?P<name>.+?)\s+{_WHEN}", 1, Kind.INCOME),
    _form(rf"{_A}\s+received from\s+(?P<name>.+?)\s+{_WHEN}", 1, Kind.INCOME),
    _form(
        rf"{_A}\s+(?:sent|paid) to\s+(?P<name>.+?)\s+for account\s+(?P<account>.+?)\s+{_WHEN}",
        -1,
        Kind.PAYMENT,
    ),
    _form(
        rf"you have paid\s+{_A}\s+to\s+(?P<name>.+?)"
        rf"(?:\s+for account\s+(?P<account>.+?))?\s+{_WHEN}",
        -1,
        Kind.PAYMENT,
    ),
    _form(rf"{_A}\s+(?:sent|paid) to\s+(?P<name>.+?)\s*\.?\s+{_WHEN}", -1, Kind.PAYMENT),
    _form(
        rf"you bought\s+{_A}(?:\s+of)?\s+(?P<name>airtime)"
        rf"(?:\s+for\s+(?P<account>[\d*]+))?\s+{_WHEN}",
        -1,
        Kind.PAYMENT,
    ),
    _form(rf"{_WHEN}\.?\s*withdraw\s+{_A}\s+from\s+(?P<name>.+?){_BEFORE_BALANCE}", -1, Kind.OTHER),
    _form(rf"you have withdrawn\s+{_A}\s+from\s+(?P<name>.+?)\s+{_WHEN}", -1, Kind.OTHER),
    _form(rf"{_A}\s+withdrawn from\s+(?P<name>.+?)\s+{_WHEN}", -1, Kind.OTHER),
    _form(rf"{_WHEN}\.?\s*give\s+{_A}\s+cash to\s+(?P<name>.+?){_BEFORE_BALANCE}", 1, Kind.OTHER),
    _form(rf"you have deposited\s+{_A}\s+(?:to|into|at)\s+(?P<name>.+?)\s+{_WHEN}", 1, Kind.OTHER),
    _form(
        rf"{_A}\s+transferred to\s+(?P<name>.+?)(?:\s+account)?\s+{_WHEN}", -1, Kind.OWN_TRANSFER
    ),
    _form(
        rf"{_A}\s+transferred from\s+(?P<name>.+?)(?:\s+account)?\s+{_WHEN}", 1, Kind.OWN_TRANSFER
    ),
)
_FAILED = re.compile(
    rf"(?:to|of|send|pay|withdraw|buy)\s+{_A}(?:\s+(?:to|from|of)\s+(?P<name>.+?))?\s+{_WHEN}",
    re.IGNORECASE | re.DOTALL,
)
_ASKED = re.compile(
    r"confirmed\.?\s*your\s+(?:m-?pesa\s+)?(?:account\s+)?balance was", re.IGNORECASE
)
_DATED = re.compile(_WHEN, re.IGNORECASE)
_COST = re.compile(
    r"transaction cost,?\s*(?:Ksh|KES|Tsh|TZS)s?\.?\s*(?P<cost>\d[\d,]*(?:\.\d{1,2})?)",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"(?:New\s+M-?PESA\s+(?:account\s+)?|New\s+|\.\s*(?:Your\s+)?M-?PESA\s+)balance\s+is\s+"
    r"(?:Ksh|KES|Tsh|TZS)?s?\.?\s*(?P<balance>\d[\d,]*(?:\.\d{1,2})?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Message:
    line: int
    code: str
    text: str

    @property
    def is_answer(self) -> bool:
        """Whether it only answers a question about the balance."""
        return bool(_ASKED.search(self.text))


@dataclass(frozen=True, slots=True)
class Messages:
    """Reads the messages in a text, whatever stands before, between and behind them."""

    provider: str = PROVIDER
    name: str = "messages"

    def closeness(self, source: Source) -> float:
        """1.0 where there is a message whose sentence is known."""
        if not _may_hold(source):
            return 0.0
        return 1.0 if any(_read(each) for each in _messages(source) if each.code) else 0.0

    def read(self, source: Source) -> list[Draft]:
        """One draft with what the messages say; a message that says no movement is refused."""
        messages = [message for message in _messages(source) if not message.is_answer]
        moments = _moments(messages, source.dates)
        entries: list[Entry] = []
        refused: list[Refusal] = []
        steps: list[Part] = []
        for message in messages:
            try:
                told = list(_entries(message, moments, source))
            except Refused as problem:
                refused.append(Refusal(message.line, problem.reason, message.text[:_SHORT]))
                continue
            entries.extend(told)
            steps.append(_step(message, told))
        return [
            Draft(
                file=source.name,
                sha256=source.sha256,
                provider=self.provider,
                layout=self.name,
                side=Side.WALLET,
                encoding=source.encoding,
                entries=entries,
                refused=refused,
                warnings=[*broken_groups(steps), *_cut_off(source)],
            )
        ]


def _may_hold(source: Source) -> bool:
    if source.head:
        return "onfirmed" in source.head
    return any("onfirmed" in each for grid in source.grids for _n, row in grid.head for each in row)


def _messages(source: Source) -> list[_Message]:
    """The messages of a text; what stands between two belongs to the one before."""
    starts: list[int] = []
    numbers: list[int] = []
    lines: list[str] = []
    length = 0
    for number, line in printed_lines(source):
        starts.append(length)
        numbers.append(number)
        lines.append(line)
        length += len(line) + 1
    text = "\n".join(lines)
    found = list(_BEGINS.finditer(text))
    messages = []
    for match, after in zip_longest(found, found[1:]):
        said = " ".join(text[match.start() : after.start() if after else None].split())
        number = numbers[bisect_right(starts, match.start()) - 1]
        messages.append(_Message(number, (match["code"] or "").upper(), said))
    return messages


def _cut_off(source: Source) -> Iterator[Text]:
    """A warning where the text ends within the first words of a message."""
    last = next((line for _number, line in reversed(printed_lines(source)) if line.strip()), "")
    begun = _BEGUN.fullmatch(last.strip())
    if begun and "confirmed.".startswith((begun[1] or "").casefold()):
        yield Text(
            f"文件像是在一条短信中间断开了：“{last.strip()}”。请重新导出",
            f"the file seems to break off within a message: “{last.strip()}”. Export it again",
        )


def _read(message: _Message) -> tuple[_Form, re.Match[str]] | None:
    for form in _FORMS:
        found = form.pattern.search(message.text)
        if found:
            return form, found
    return None


def _moments(messages: Iterable[_Message], said: str) -> Mapping[str, Any]:
    """The order of dates in the file, and for each code the date that a message states."""
    dated = [(message, found) for message in messages if (found := _DATED.search(message.text))]
    moments: dict[str, Any] = {
        "": order_where_day_leads((found["on"] for _m, found in dated), said)
    }
    for message, found in dated:
        # A day without a time is when a loan falls due.
        if message.code and found["at"]:
            moments.setdefault(message.code, found)
    return moments


def _entries(message: _Message, moments: Mapping[str, Any], source: Source) -> Iterator[Entry]:
    if not message.code:
        yield _failed(message, moments, source)
        return
    told = _read(message)
    if told is None:
        raise Refused("不认识这种短信", "this kind of message is not known")
    form, found = told
    groups = found.groupdict()
    stated = found if groups.get("at") or groups.get("on") else moments.get(message.code)
    on, at = _moment(stated, moments[""])
    amount = _signed(form.sign, found["amount"])
    name = " ".join((groups.get("name") or "").split()).rstrip(" .")
    fields: dict[str, Any] = {
        "file": source.name,
        "sha256": source.sha256,
        "line": message.line,
        "provider": PROVIDER,
        "side": Side.WALLET,
        "account": PROVIDER,
        "occurred_on": on,
        "occurred_at": at,
        "currency": _CURRENCIES[found["unit"].casefold()],
        "status_word": "Confirmed",
        "reference": message.code,
    }
    yield Entry(
        **fields,
        amount=amount,
        movement=_movement(amount),
        kind=form.kind,
        counterparty=name,
        description=" ".join(found[0].split()),
        merchant_reference=groups.get("origin") or "",
        funding="Fuliza" if form.kind is Kind.FUNDING else "M-PESA",
        note=f"A/C {groups['account'].strip()}" if groups.get("account") else "",
    )
    cost = _cost(message)
    if cost:
        yield Entry(
            **fields,
            amount=-cost,
            movement=Movement.LEFT,
            kind=Kind.FEE,
            description="Transaction cost",
            funding="M-PESA",
        )


def _failed(message: _Message, moments: Mapping[str, Any], source: Source) -> Entry:
    found = _FAILED.search(message.text)
    if not found:
        raise Refused(
            "交易失败的短信，没有写明金额或日期；钱没有动",
            "a message of failure that states no amount or no date; no money moved",
        )
    on, at = _moment(found, moments[""])
    return Entry(
        file=source.name,
        sha256=source.sha256,
        line=message.line,
        provider=PROVIDER,
        side=Side.WALLET,
        account=PROVIDER,
        occurred_on=on,
        occurred_at=at,
        amount=_signed(-1, found["amount"]),
        currency=_CURRENCIES[found["unit"].casefold()],
        status_word="Failed",
        movement=Movement.NOTHING,
        kind=Kind.PAYMENT,
        counterparty=(found["name"] or "").rstrip(" ."),
        description=message.text[:_SHORT],
        funding="M-PESA",
    )


def _moment(stated: re.Match[str] | None, order: str | Text) -> tuple[date, datetime | None]:
    if stated is None:
        raise Refused(
            "这条短信没有写日期，文件里也没有同一单号、写了日期的短信",
            "this message states no date, and no other message with its code does",
        )
    on = day_of(stated["on"], order)
    at = clock(stated["at"] or "")
    return on, None if at is None else datetime.combine(on, at, tzinfo=_NAIROBI)


def _signed(sign: int, text: str) -> Decimal:
    size = money(text.rstrip(","))
    return -size if sign < 0 and size else size


def _movement(amount: Decimal) -> Movement:
    if not amount:
        return Movement.NOTHING
    return Movement.ARRIVED if amount > 0 else Movement.LEFT


def _cost(message: _Message) -> Decimal:
    found = _COST.search(message.text)
    return money(found["cost"].rstrip(",")) if found else Decimal(0)


def _step(message: _Message, told: Iterable[Entry]) -> Part:
    left = _LEFT.search(message.text)
    moved = sum(
        (entry.amount for entry in told if entry.movement is not Movement.NOTHING), Decimal(0)
    )
    return Part(message.line, moved, _balance(left["balance"]) if left else None, message.code)


def _balance(written: str) -> Decimal | None:
    with suppress(Refused):
        return money(written.rstrip(","))
    return None
