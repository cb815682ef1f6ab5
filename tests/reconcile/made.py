"""Small statements made up row by row, for saying exactly what should be found in them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from makewhole.reconcile import find
from makewhole.records import Declared, Entry, Kind, Movement, Scan, Side, Statement
from makewhole.statements import called

BEIJING = ZoneInfo("Asia/Shanghai")
LATER = date(2026, 11, 1)


def entry(side: Side, when: str, amount: str, **fields: Any) -> Entry:
    """One row; `when` is a day, with a time of day where the export states one."""
    at = datetime.fromisoformat(when).replace(tzinfo=BEIJING) if len(when) > 10 else None
    value = Decimal(amount)
    defaults: dict[str, Any] = {
        "file": "file",
        "sha256": "0" * 64,
        "line": 1,
        "side": side,
        "occurred_on": date.fromisoformat(when[:10]),
        "occurred_at": at,
        "amount": value,
        "currency": "CNY",
        "movement": Movement.ARRIVED if value > 0 else Movement.LEFT,
        "kind": Kind.REFUND if value > 0 else Kind.PAYMENT,
    }
    return Entry(**{**defaults, **fields})


def wallet(when: str, amount: str, name: str = "兰州拉面", **fields: Any) -> Entry:
    """A row of a WeChat export, paid with the card 1234 of ICBC unless said otherwise."""
    defaults = {
        "provider": "wechat",
        "account": "wechat:me",
        "counterparty": name,
        "funding": "工商银行(1234)",
        "status_word": "支付成功",
        "file": "wechat.csv",
    }
    return entry(Side.WALLET, when, amount, **{**defaults, **fields})


def bank(when: str, amount: str, words: str = "财付通-兰州拉面", **fields: Any) -> Entry:
    """A row of the ICBC card 1234."""
    defaults = {
        "provider": "icbc",
        "account": "icbc:1234",
        "card": "1234",
        "description": words,
        "file": "icbc.csv",
    }
    return entry(Side.BANK, when, amount, **{**defaults, **fields})


def scanned(
    *rows: Entry,
    covered: tuple[str, str] = ("2026-01-01", "2026-06-30"),
    as_of: date = LATER,
    same_cards: Mapping[str, str] | None = None,
    declared: Mapping[str, Declared] | None = None,
) -> Scan:
    """What a scan of the rows says; every file covers the days given unless `declared` tells."""
    named = [replace(row, named=f"{row.file}:{at:03d}", line=at) for at, row in enumerate(rows)]
    return find(
        statements_of(named, covered, declared or {}),
        named,
        as_of=as_of,
        same_cards=same_cards or {},
        called=called(),
    )


def statements_of(
    rows: Iterable[Entry], covered: tuple[str, str], declared: Mapping[str, Declared]
) -> list[Statement]:
    """One statement for each file that the rows name."""
    files: dict[str, list[Entry]] = {}
    for row in rows:
        files.setdefault(row.file, []).append(row)
    period = Declared(
        starts_on=date.fromisoformat(covered[0]), ends_on=date.fromisoformat(covered[1])
    )
    return [
        Statement(
            file=file,
            sha256="0" * 64,
            provider=those[0].provider,
            layout="made",
            side=those[0].side,
            encoding="utf-8",
            rows=len(those),
            stored=len(those),
            declared=declared.get(file, period),
            accounts=tuple(sorted({row.account for row in those})),
            first_on=min(row.occurred_on for row in those),
            last_on=max(row.occurred_on for row in those),
        )
        for file, those in files.items()
    ]


def kinds(scan: Scan) -> list[tuple[str, str]]:
    """Kind and amount of each finding, in the order given."""
    return [(str(finding.kind), str(finding.amount)) for finding in scan.findings]


def pairs(scan: Scan) -> set[tuple[str, ...]]:
    """Which rows were matched, by position."""
    return {tuple(name.split(":")[1] for name in match.entries) for match in scan.matches}


def shown(scan: Scan) -> list[tuple[str, ...]]:
    """Which rows each finding points at, by position, in the order given."""
    return [_positions(finding.entries) for finding in scan.findings]


def others(scan: Scan) -> list[tuple[str, ...]]:
    """Which rows each finding could mean as well, by position."""
    return [_positions(finding.alternatives) for finding in scan.findings]


def waits(scan: Scan) -> list[tuple[str, str]]:
    """What is in transit, by position, and the day from which it is late."""
    return [(_positions([each.entry])[0], str(each.late_from)) for each in scan.in_transit]


def notes(scan: Scan) -> list[str]:
    """What the scan says of things that nobody can tell, in English."""
    return [each.note.en for each in scan.coverage if each.starts_on is None]


def _positions(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.split(":")[1] for name in names)
