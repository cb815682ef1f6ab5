"""Mapping files: a person says in a few lines of TOML which column of a table means what.

What the mapping does not say is not guessed: a status that it does not list stays unknown, a
date that does not fit refuses its row.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from makewhole.errors import BadMapping
from makewhole.records import Declared, Entry, Kind, Movement, Side, Text
from makewhole.statements.dates import ORDERS, day_in
from makewhole.statements.layout import Layout, Line
from makewhole.statements.values import (
    Refused,
    clean,
    clock,
    heading,
    maybe_money,
    money,
    number,
    tail,
    words,
)

_KEYS = (
    "provider",
    "side",
    "currency",
    "timezone",
    "date_format",
    "decimal",
    "sign",
    "account",
    "columns",
    "status",
    "direction",
)
_COLUMNS = (
    "date",
    "time",
    "booked",
    "amount",
    "debit",
    "credit",
    "direction",
    "currency",
    "description",
    "counterparty",
    "reference",
    "merchant_reference",
    "status",
    "funding",
    "card",
    "fee",
)
_BY_SIGN = "moved"
_MOVEMENTS = (_BY_SIGN, "left", "arrived", "nothing", "left_and_returned", "undecided")
_DIRECTIONS = {"in": 1, "out": -1}
_SIGNS = ("as_written", "charges_positive")
_GUIDE = Text(
    "写法见 docs/how-to/write-a-mapping.zh-CN.md。", "See docs/how-to/write-a-mapping.md."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mapping:
    """What a mapping file says, checked."""

    provider: str
    side: Side
    columns: dict[str, tuple[str, ...]]
    currency: str
    zone: tzinfo | None
    date_format: str
    comma: bool
    flipped: bool
    account: str
    statuses: dict[str, str]
    directions: dict[str, int]


def load_mapping(path_name: str, text: str) -> Layout:
    """The layout that a mapping file describes.

    Raises `BadMapping`, which names the file, the line or key, and what to write instead.
    """
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise _bad(
            path_name, f"不是有效的 TOML（{problem}）。", f"not valid TOML ({problem})."
        ) from None
    return _layout(_Checker(path_name, told).mapping())


class _Checker:
    """Takes a mapping apart and stops at the first thing that is wrong."""

    def __init__(self, path_name: str, told: Mapping[str, Any]) -> None:
        self._name = path_name
        self._told = told

    def mapping(self) -> _Mapping:
        """The checked mapping."""
        self._known(self._told, _KEYS, "")
        columns = self._columns()
        self._complete(columns)
        return _Mapping(
            provider=self._word("provider", "mapping"),
            side=Side(self._one_of("side", tuple(Side), Side.BANK)),
            columns=columns,
            currency=self._currency(columns),
            zone=self._zone(),
            date_format=self._date_format(),
            comma=self._one_of("decimal", (".", ","), ".") == ",",
            flipped=self._one_of("sign", _SIGNS, _SIGNS[0]) == _SIGNS[1],
            account=self._word("account", ""),
            statuses=self._table("status", _MOVEMENTS),
            directions={
                word: _DIRECTIONS[way]
                for word, way in self._table("direction", tuple(_DIRECTIONS)).items()
            },
        )

    def _columns(self) -> dict[str, tuple[str, ...]]:
        told = self._told.get("columns")
        if not isinstance(told, dict):
            raise self._bad(
                "缺少 [columns] 一节，不知道哪一列是什么。",
                "the section [columns] is missing, so no column has a meaning.",
            )
        self._known(told, _COLUMNS, "columns.")
        return {name: self._headings(name, value) for name, value in told.items()}

    def _headings(self, name: str, value: object) -> tuple[str, ...]:
        given = value if isinstance(value, list) else [value]
        if not given or not all(isinstance(each, str) and clean(each) for each in given):
            raise self._bad(
                f'columns.{name} 应写成列名，如 {name} = "交易日期"。',
                f'columns.{name} must be the heading of a column, as in {name} = "Date".',
            )
        return tuple(given)

    def _complete(self, columns: Mapping[str, object]) -> None:
        if "date" not in columns:
            raise self._bad(
                "[columns] 里没有 date，需要知道哪一列是日期。",
                "[columns] has no date; say which column holds it.",
            )
        if "amount" not in columns and not {"debit", "credit"} <= columns.keys():
            raise self._bad(
                "[columns] 里没有 amount，也没有成对的 debit 和 credit，需要知道哪一列是金额。",
                "[columns] has neither amount nor both debit and credit; say which column holds "
                "the amount.",
            )
        if "amount" in columns and {"debit", "credit"} & columns.keys():
            raise self._bad(
                "[columns] 里 amount 不能和 debit、credit 同时出现。",
                "[columns] has amount as well as debit or credit; keep one of the two ways.",
            )
        for table in ("status", "direction"):
            if table in self._told and table not in columns:
                raise self._bad(
                    f"有 [{table}] 一节，但 [columns] 里没有 {table} 这一列。",
                    f"there is a section [{table}], but [columns] names no {table} column.",
                )
        if "direction" in columns and "direction" not in self._told:
            raise self._bad(
                "写了 direction 列，还需要 [direction] 一节说明每个词是 in 还是 out。",
                "columns.direction needs a section [direction] that says which words mean in "
                "and which out.",
            )

    def _currency(self, columns: Mapping[str, object]) -> str:
        code = self._word("currency", "").upper()
        if (code and not (len(code) == 3 and code.isalpha())) or not (  # noqa: PLR2004
            code or "currency" in columns
        ):
            raise self._bad(
                '不知道是什么货币：请写 currency = "CNY" 这样的三字母代码，'
                "或在 [columns] 里指明 currency 列。",
                "the currency is missing: write a code of three letters, as in currency = "
                '"EUR", or name a currency column in [columns].',
            )
        return code

    def _zone(self) -> tzinfo | None:
        name = self._word("timezone", "")
        try:
            return ZoneInfo(name) if name else None
        except (KeyError, ValueError, OSError):
            raise self._bad(
                f'不认识的时区 {name!r}，请写 "Asia/Shanghai" 这样的名字。',
                f'unknown timezone {name!r}; write a name like "Europe/Berlin".',
            ) from None

    def _date_format(self) -> str:
        form = self._word("date_format", "ymd")
        if form in ORDERS or "%" in form:
            return form
        raise self._bad(
            f"date_format = {form!r} 不对，请写 ymd、dmy、mdy，或 %d.%m.%Y 这样的格式。",
            f"date_format = {form!r} is not understood; write ymd, dmy, mdy or a form like "
            "%d.%m.%Y.",
        )

    def _table(self, name: str, allowed: Iterable[str]) -> dict[str, str]:
        told = self._told.get(name, {})
        if not isinstance(told, dict):
            raise self._bad(f"[{name}] 应是一节。", f"[{name}] must be a section.")
        for word, meaning in told.items():
            self._allowed(f"{name}.{word}", meaning, tuple(allowed))
        return {heading(word): str(meaning) for word, meaning in told.items()}

    def _one_of(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        value = self._told.get(key, default)
        self._allowed(key, value, allowed)
        return str(value)

    def _word(self, key: str, default: str) -> str:
        value = self._told.get(key, default)
        if not isinstance(value, str):
            raise self._bad(f"{key} 应是带引号的文字。", f"{key} must be text in quotes.")
        return clean(value)

    def _allowed(self, key: str, value: object, allowed: tuple[str, ...]) -> None:
        if value not in allowed:
            choices = ", ".join(f'"{each}"' for each in allowed)
            raise self._bad(
                f"{key} = {value!r} 不对，只能是 {choices}。",
                f"{key} = {value!r} is not allowed; write one of {choices}.",
            )

    def _known(self, told: Mapping[str, Any], allowed: tuple[str, ...], section: str) -> None:
        for key in told:
            if key not in allowed:
                near = get_close_matches(key, allowed, n=1, cutoff=0.5)
                raise self._bad(
                    f"不认识 {section}{key}。"
                    + (
                        f"是不是 {section}{near[0]}？"
                        if near
                        else f"可用的有 {'、'.join(allowed)}。"
                    ),
                    f"unknown key {section}{key}. "
                    + (
                        f"Did you mean {section}{near[0]}?"
                        if near
                        else f"Known are {', '.join(allowed)}."
                    ),
                )

    def _bad(self, zh: str, en: str) -> BadMapping:
        return _bad(self._name, zh, en)


def _bad(path_name: str, zh: str, en: str) -> BadMapping:
    return BadMapping(Text(f"{path_name}：{zh}{_GUIDE.zh}", f"{path_name}: {en} {_GUIDE.en}"))


def _layout(mapping: _Mapping) -> Layout:
    # Every column that the person names must be there: a misspelt status column would otherwise
    # turn pending rows into completed ones.
    return Layout(
        provider=mapping.provider,
        name="mapping",
        side=mapping.side,
        columns=mapping.columns,
        row=lambda line: _row(mapping, line),
        about=lambda _notes: Declared(account=mapping.account, card=tail(mapping.account)),
        counted=lambda _entry: None,
        anchor="date",
    )


def _row(mapping: _Mapping, line: Line) -> Entry:
    on, at = _moment(mapping, line)
    amount = _amount(mapping, line)
    currency = words(line["currency"]).upper() or mapping.currency
    if not currency:
        raise Refused("这一行没有写明货币", "this row states no currency")
    fee = maybe_money(line["fee"], comma=mapping.comma)
    return line.entry(
        occurred_on=on,
        occurred_at=at,
        booked_on=_day(mapping, line["booked"])[0] if words(line["booked"]) else None,
        amount=amount,
        currency=currency,
        direction_word=line["direction"],
        status_word=line["status"],
        movement=_movement(mapping, line, amount),
        kind=Kind.INCOME if amount > 0 else Kind.PAYMENT,
        counterparty=words(line["counterparty"]),
        description=words(line["description"]),
        reference=number(line["reference"]),
        merchant_reference=number(line["merchant_reference"]),
        funding=words(line["funding"]),
        card=tail(line["card"]) or line.about.card,
        fee=abs(fee) if fee else None,
    )


def _moment(mapping: _Mapping, line: Line) -> tuple[date, datetime | None]:
    """The day and, where time and zone are known, the moment."""
    on, at = _day(mapping, line["date"])
    stated = clock(line["time"])
    if stated is not None and mapping.zone is not None:
        at = datetime.combine(on, stated, tzinfo=mapping.zone)
    return on, at


def _day(mapping: _Mapping, cell: str) -> tuple[date, datetime | None]:
    form = mapping.date_format
    if form not in ORDERS:
        return _by_form(cell, form, mapping.zone)
    on = day_in(cell, form)
    stated = clock(clean(cell)[6:])
    if stated is None or mapping.zone is None:
        return on, None
    return on, datetime.combine(on, stated, tzinfo=mapping.zone)


def _by_form(cell: str, form: str, zone: tzinfo | None) -> tuple[date, datetime | None]:
    try:
        read = datetime.strptime(clean(cell), form)  # noqa: DTZ007  the zone follows
    except ValueError:
        raise Refused(
            f"日期 {cell[:40]!r} 与 date_format {form} 不符",
            f"the date {cell[:40]!r} does not fit date_format {form}",
        ) from None
    if not any(mark in form for mark in ("%H", "%I", "%X", "%c", "%T")):
        return read.date(), None
    if read.tzinfo is None and zone is not None:
        read = read.replace(tzinfo=zone)
    return read.date(), read if read.tzinfo else None


def _amount(mapping: _Mapping, line: Line) -> Decimal:
    """The amount from the holder's view: positive comes, negative goes."""
    if not line.has("amount"):
        amount = _of_two(mapping, line)
    elif line.has("direction"):
        way = mapping.directions.get(heading(line["direction"]))
        if way is None:
            raise Refused(
                f"[direction] 里没有“{line['direction'][:20]}”",
                f"[direction] does not list {line['direction'][:20]!r}",
            )
        amount = way * abs(money(line["amount"], comma=mapping.comma))
    else:
        amount = money(line["amount"], comma=mapping.comma)
    return -amount if mapping.flipped and amount else amount


def _of_two(mapping: _Mapping, line: Line) -> Decimal:
    debit = maybe_money(line["debit"], comma=mapping.comma)
    credit = maybe_money(line["credit"], comma=mapping.comma)
    if debit and credit:
        raise Refused("支出和收入两列都有金额", "both debit and credit hold an amount")
    if debit is None and credit is None:
        raise Refused("支出和收入两列都没有金额", "neither debit nor credit holds an amount")
    return abs(credit) if credit else -abs(debit or Decimal(0))


def _movement(mapping: _Mapping, line: Line, amount: Decimal) -> Movement:
    meaning = mapping.statuses.get(heading(line["status"])) if line.has("status") else _BY_SIGN
    if meaning is None:
        return Movement.UNKNOWN
    if meaning != _BY_SIGN:
        return Movement(meaning)
    if not amount:
        return Movement.NOTHING
    return Movement.ARRIVED if amount > 0 else Movement.LEFT
