"""QIF: the lettered lines in which banks and Quicken hand over the register of an account.

The format says neither which currency it is in nor how dates and decimals are written. Order of
dates and decimal sign are decided on the whole file; the currency has to be stated by the person.
Amounts are taken as written, negative for what left the account. A register that a person keeps
may hold rows that no bank has booked; the file does not tell them apart.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal

from makewhole.errors import UnreadableFile
from makewhole.records import NO_CURRENCY, Declared, Entry, Kind, Movement, Refusal, Side, Text
from makewhole.statements.currency import known_currency
from makewhole.statements.dates import day_in, full_year
from makewhole.statements.habits import OPEN_DATES, date_order, decimal_comma
from makewhole.statements.layout import account_name
from makewhole.statements.reader import Draft
from makewhole.statements.source import Source
from makewhole.statements.values import Refused, clean, money, tail, words

_HEAD = 4000
_HEADER = re.compile(
    r"^[ \t\ufeff]*!(?:type:|account\b|option:|clear:)", re.IGNORECASE | re.MULTILINE
)
_LINE_END = re.compile(r"\r\n|\r|\n")
# Sections that hold no money; any other is a register, for some programs translate its name.
_LISTS = {
    *("cat", "class", "memorized", "security", "prices", "budget", "tag", "invitem", "template"),
    *("account", "payee"),
}
_SECURITIES = ("inv", "port")
_OF_SECURITIES = {"Y", "Q"}
# Quicken writes 1/ 5'07 for a day of this century, others put the sign before four digits too.
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.'])\s*(\d{1,2})\s*([-/.'])\s*(\d{1,2}|\d{4})")
_PACKED = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_FIGURE = re.compile(r"\d(?:.{0,30}\d)?[.,]?")
_OPENING = re.compile(
    r"opening balance|solde initial|anfangssaldo|er[oö]ffnungssaldo|saldo inicial|saldo iniziale"
    r"|beginsaldo|openingssaldo|期初余额",
    re.IGNORECASE,
)
# In the header of an account the T holds its sort, in a row an amount.
_SIZE = re.compile(r"[-+\d.,' ]{0,20}\d[-+\d.,' ]{0,20}")
_VOID = re.compile(r"\*+\s*void", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\[([^\]]*)\]")
_RETURNED = re.compile(r"\brefund|\breversal|\breversed|\breturned|退款|退货", re.IGNORECASE)
_PLANNED = {"!", "?"}
_SHORT_TEXT = 300


@dataclass(slots=True)
class _Record:
    """The lines up to a `^`: each letter with what stands behind it, in the order of the file."""

    line: int
    lines: list[tuple[str, str]] = field(default_factory=list)
    ended: bool = True
    cut: bool = False

    def said(self, *letters: str) -> str:
        """What stands behind the first of the letters that says something; splits do not count."""
        for wanted in letters:
            for letter, value in self.lines:
                if letter == wanted and value:
                    return value
        return ""

    def splits(self) -> list[tuple[str, str, str]]:
        """Category, memo and amount of each split."""
        found: list[list[str]] = []
        for letter, value in self.lines:
            if letter == "S":
                found.append([value, "", ""])
            elif letter in "E$" and found:
                found[-1]["SE$".index(letter)] = value
        return [(category, memo, amount) for category, memo, amount in found]


@dataclass(slots=True)
class _Register:
    """One account's rows, with what its header says."""

    name: str
    about: str
    sort: str
    records: list[_Record] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Habits:
    """What holds for every row of the file."""

    order: str | Text
    comma: bool | Text
    currency: str


@dataclass(frozen=True, slots=True)
class Qif:
    """Reads the registers of bank, card, cash, asset and liability accounts."""

    provider: str = "qif"
    name: str = "qif"
    side: Side = Side.BANK

    def closeness(self, source: Source) -> float:
        """1.0 where a section of QIF begins near the head of the text."""
        return 1.0 if _HEADER.search(source.head[:_HEAD]) else 0.0

    def read(self, source: Source) -> list[Draft]:
        """One draft for each account. Raises `UnreadableFile` where there is none."""
        registers = _registers(source.text)
        if not registers:
            raise UnreadableFile(
                Text(
                    f"{source.name}：QIF 文件里没有账户流水。请在网银里选择账户和日期再下载。",
                    f"{source.name}: the QIF file holds no account. Choose an account and a "
                    "period at your bank and download it again.",
                )
            )
        habits = _habits(source, registers)
        unnamed = sum(1 for register in registers if not _name(register)) > 1
        return [
            _draft(source, register, habits, _name(register) or (register.sort if unnamed else ""))
            for register in registers
        ]


def _registers(text: str) -> list[_Register]:
    """The accounts of the file in the order in which their rows begin."""
    found: dict[tuple[str, str], _Register] = {}
    name = about = sort = ""
    for section, record in _records(text):
        if section.startswith("type:"):
            sort = section.removeprefix("type:").strip()
        elif record is None:
            name = about = sort = ""
        elif not _SIZE.fullmatch(record.said("T")):
            name, about, sort = record.said("N"), record.said("D"), record.said("T")
            continue
        # An account header may stand for the header of its rows too.
        if sort.casefold() not in _LISTS and (record or section):
            register = found.setdefault((name, sort.casefold()), _Register(name, about, sort))
            register.records += [record] if record else []
    return list(found.values())


def _records(text: str) -> Iterator[tuple[str, _Record | None]]:
    """Each record with its section; a section of rows alone too, for it may be empty."""
    section = ""
    record = _Record(0)
    lines = _LINE_END.split(text)
    for number, line in enumerate(lines, 1):
        said = clean(line) if line[:1] == "\ufeff" else line.strip()
        if said[:1] in {"!", "^"}:
            if record.lines:
                record.ended = said[0] == "^"
                yield section, record
            record = _Record(0)
            if said[0] == "!":
                section = _section(said)
                if section != "account":
                    yield section, None
        elif said and section:
            record.line = record.line or number
            record.lines.append((said[0], said[1:].strip()))
    if record.lines:
        record.ended, record.cut = False, bool(lines[-1])
        yield section, record


def _section(said: str) -> str:
    """The section that a line beginning with `!` opens; none where it ends a list of accounts."""
    word, _, rest = said[1:].partition(":")
    if word.strip().casefold() == "type":
        return f"type:{rest.strip()}"
    return "" if word.strip().casefold() == "clear" else "account"


def _name(register: _Register) -> str:
    """The account's name; an opening balance names it where no header does."""
    if register.name:
        return register.name
    for record in register.records:
        if _OPENING.fullmatch(record.said("P")):
            return _other_account(record)
    return ""


def _other_account(record: _Record) -> str:
    found = _ELSEWHERE.match(record.said("L"))
    return found[1] if found else ""


def _habits(source: Source, registers: Sequence[_Register]) -> _Habits:
    records = [record for register in registers for record in register.records]
    amounts = [record.said("T", "U") for record in records]
    codes = {code for amount in amounts if (code := _code(amount))}
    return _Habits(
        _order(registers, source.dates),
        decimal_comma(found[0] for amount in amounts if (found := _FIGURE.search(amount))),
        codes.pop() if len(codes) == 1 else source.currency or NO_CURRENCY,
    )


def _code(amount: str) -> str | None:
    """The currency that an amount names beyond doubt; a dollar sign names several."""
    return "EUR" if "€" in amount else known_currency(re.sub(r"[^A-Za-z ]", " ", amount))


def _order(registers: Sequence[_Register], said: str) -> str | Text:
    """The order of the file's dates; each account has a sequence of its own."""
    by_account = [
        [(_date_cell(record), "") for record in register.records] for register in registers
    ]
    together = [cell for cells in by_account for cell in cells]
    order = date_order(together)
    if order is not OPEN_DATES:
        return order
    known = {found for cells in by_account if isinstance(found := date_order(cells), str)}
    return known.pop() if len(known) == 1 else date_order(together, said)


def _date_cell(record: _Record) -> str:
    """The date as other exports write it, with four digits for the year: it never comes first."""
    written = record.said("D")
    packed = _PACKED.fullmatch(written)
    if packed:
        return "-".join(packed.groups())
    found = _YEAR_LAST.fullmatch(written)
    if not found:
        return written
    one, mark, other, before_year, year = found.groups()
    if len(year) <= 2:  # noqa: PLR2004
        year = f"20{int(year):02}" if before_year == "'" else str(full_year(int(year)))
    mark = "/" if mark == "'" else mark
    return f"{one}{mark}{other}{mark}{year}"


def _draft(source: Source, register: _Register, habits: _Habits, name: str) -> Draft:
    entries: list[Entry] = []
    refused: list[Refusal] = []
    card = tail(name) or tail(register.about)
    for record in register.records:
        try:
            entries.append(_entry(source, register, record, habits, (name, card)))
        except Refused as problem:
            refused.append(Refusal(record.line, problem.reason, _as_text(record)))
    return Draft(
        file=source.name,
        sha256=source.sha256,
        provider="qif",
        layout="qif",
        side=Side.BANK,
        encoding=source.encoding,
        entries=entries,
        refused=refused,
        declared=Declared(account=name, card=card),
        warnings=[*_unended(register.records), *_uneven(register.records, habits)],
    )


def _entry(
    source: Source, register: _Register, record: _Record, habits: _Habits, account: tuple[str, str]
) -> Entry:
    letters = {letter for letter, _value in record.lines}
    if register.sort.casefold().startswith(_SECURITIES) or letters & _OF_SECURITIES:
        raise Refused(
            "证券交易，不是账户收支，没有读", "a trade in securities, no account entry; not read"
        )
    if record.cut and record.lines[-1][0] in "DTU":
        raise Refused(
            "文件在这一行中断，值可能不完整",
            "the file breaks off in this line; it may be cut short",
        )
    if isinstance(habits.order, Text):
        raise Refused(*habits.order)
    amount = _amount(record.said("T", "U"), habits.comma)
    if not record.said("D"):
        raise Refused("这一笔没有日期", "this row has no date")
    on = day_in(_date_cell(record), habits.order)
    memo, category = words(record.said("M")), words(record.said("L"))
    number, status = record.said("N"), record.said("C")
    return Entry(
        file=source.name,
        sha256=source.sha256,
        line=record.line,
        provider="qif",
        side=Side.BANK,
        account=account_name("qif", account[0]),
        card=account[1],
        occurred_on=on,
        booked_on=None if status in _PLANNED else on,
        amount=amount,
        currency=habits.currency,
        status_word=status,
        movement=_movement(record, amount, account[0]),
        kind=_kind(record, amount, account[0]),
        counterparty=words(record.said("P")),
        description=memo or category,
        merchant_reference=number if re.search(r"[1-9]", number) else "",
        note=_parts(record) or (category if memo else ""),
    )


def _amount(written: str, comma: bool | Text) -> Decimal:  # noqa: FBT001 - or why it is unknown
    if isinstance(comma, Text):
        raise Refused(*comma)
    return money(written.replace("€", ""), comma=comma)


def _states_balance(record: _Record, account: str) -> bool:
    """Whether the row only says what was there before: Quicken books it from the account itself."""
    own = _other_account(record)
    return bool(_OPENING.fullmatch(record.said("P")) or (own and own == account))


def _movement(record: _Record, amount: Decimal, account: str) -> Movement:
    if not amount or _states_balance(record, account) or _VOID.match(record.said("P")):
        return Movement.NOTHING
    if record.said("C") in _PLANNED:
        return Movement.UNDECIDED
    return Movement.ARRIVED if amount > 0 else Movement.LEFT


def _kind(record: _Record, amount: Decimal, account: str) -> Kind:
    if _states_balance(record, account):
        return Kind.OTHER
    if _other_account(record):
        return Kind.OWN_TRANSFER
    if amount <= 0:
        return Kind.PAYMENT
    said = f"{record.said('P')} {record.said('M')}"
    return Kind.REFUND if _RETURNED.search(said) else Kind.INCOME


def _parts(record: _Record) -> str:
    """What a split row is made of."""
    return "; ".join(" ".join(part for part in each if part) for each in record.splits())


def _unended(records: Iterable[_Record]) -> Iterator[Text]:
    for record in records:
        if not record.ended:
            yield Text(
                f"第 {record.line} 行起的一笔没有结束符 ^，文件可能不完整",
                f"the row from line {record.line} has no end mark (^), the file may be cut off",
            )


def _uneven(records: Iterable[_Record], habits: _Habits) -> Iterator[Text]:
    """A warning at the first row whose splits do not add up to its amount."""
    for record in records:
        with suppress(Refused):
            parts = [_amount(part, habits.comma) for *_said, part in record.splits() if part]
            whole = _amount(record.said("T", "U"), habits.comma)
            if parts and sum(parts) != whole:
                yield Text(
                    f"第 {record.line} 行：分项合计 {sum(parts):f}，这一笔写的是 {whole:f}",
                    f"line {record.line}: the splits add up to {sum(parts):f}, the row states "
                    f"{whole:f}",
                )
                return


def _as_text(record: _Record) -> str:
    text = " ".join(f"{letter}{value}" for letter, value in record.lines)
    return text if len(text) <= _SHORT_TEXT else text[:_SHORT_TEXT] + "…"


READERS = (Qif(),)
