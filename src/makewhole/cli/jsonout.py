"""Records as the JSON that scripts rely on; documented in docs/reference/json.md."""

from collections.abc import Sequence
from typing import Any

from makewhole.records import (
    Coverage,
    Declared,
    Entry,
    Finding,
    InTransit,
    Match,
    Scan,
    Statement,
    Text,
    Total,
)


def text_json(text: Text) -> dict[str, str]:
    """Both languages of one text."""
    return {"zh": text.zh, "en": text.en}


def said(text: Text, lang: str) -> str:
    """The text in one language, `zh` or `en`."""
    return text.zh if lang == "zh" else text.en


def statement_json(statement: Statement, lang: str) -> dict[str, Any]:
    """One statement; reasons and warnings in the language asked for."""
    return {
        "file": statement.file,
        "sha256": statement.sha256,
        "provider": statement.provider,
        "layout": statement.layout,
        "side": str(statement.side),
        "encoding": statement.encoding,
        "rows": statement.rows,
        "stored": statement.stored,
        "added": statement.added,
        "known": statement.known,
        "updated": statement.updated,
        "refused": [
            {
                "page": each.page or None,
                "line": each.line,
                "reason": said(each.reason, lang),
                "text": each.text,
            }
            for each in statement.refused
        ],
        "declared": _declared_json(statement.declared),
        "computed": {"rows": statement.rows, "totals": _totals_json(statement.computed)},
        "warnings": [said(each, lang) for each in statement.warnings],
    }


def _declared_json(declared: Declared) -> dict[str, Any]:
    return {
        "account": declared.account,
        "card": declared.card,
        "from": declared.starts_on.isoformat() if declared.starts_on else None,
        "to": declared.ends_on.isoformat() if declared.ends_on else None,
        "exported_at": declared.exported_at.isoformat() if declared.exported_at else None,
        "rows": declared.rows,
        "totals": _totals_json(declared.totals),
    }


def _totals_json(totals: tuple[Total, ...]) -> list[dict[str, Any]]:
    return [
        {
            "word": each.word,
            "count": each.count,
            "amount": None if each.amount is None else f"{each.amount:f}",
        }
        for each in totals
    ]


def entry_json(entry: Entry, earlier: Sequence[Entry] = ()) -> dict[str, Any]:
    """One entry; `occurred_at` is a date where the export states no time of day.

    `earlier` are the forms that the row had in older exports, the oldest first.
    """
    return {
        "id": entry.id,
        "file": entry.file,
        "sha256": entry.sha256,
        "page": entry.page or None,
        "line": entry.line,
        "provider": entry.provider,
        "side": str(entry.side),
        "account": entry.account,
        "card": entry.card,
        "occurred_at": (entry.occurred_at or entry.occurred_on).isoformat(),
        "booked_on": entry.booked_on.isoformat() if entry.booked_on else None,
        "amount": f"{entry.amount:f}",
        "currency": entry.currency,
        "direction_word": entry.direction_word,
        "status_word": entry.status_word,
        "movement": str(entry.movement),
        "kind": str(entry.kind),
        "counterparty": entry.counterparty,
        "description": entry.description,
        "reference": entry.reference,
        "merchant_reference": entry.merchant_reference,
        "funding": entry.funding,
        "note": entry.note,
        "refunded": None if entry.refunded is None else f"{entry.refunded:f}",
        "fee": None if entry.fee is None else f"{entry.fee:f}",
        "original": None if entry.original is None else f"{entry.original:f}",
        "original_currency": entry.original_currency,
        "earlier": [entry_json(each) for each in earlier],
    }


def scan_json(scan: Scan) -> dict[str, Any]:
    """What comparing the two sides said."""
    return {
        "matches": [_match_json(each) for each in scan.matches],
        "findings": [_finding_json(each) for each in scan.findings],
        "in_transit": [_transit_json(each) for each in scan.in_transit],
        "coverage": [_coverage_json(each) for each in scan.coverage],
    }


def _match_json(match: Match) -> dict[str, Any]:
    return {"entries": list(match.entries), "kind": str(match.kind), "why": text_json(match.why)}


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "kind": str(finding.kind),
        "amount": f"{finding.amount:f}",
        "currency": finding.currency,
        "entries": list(finding.entries),
        "alternatives": list(finding.alternatives),
        "sentence": text_json(finding.sentence),
        "confidence": finding.confidence,
        "settles": text_json(finding.settles),
        "caveats": [text_json(each) for each in finding.caveats],
    }


def _transit_json(transit: InTransit) -> dict[str, Any]:
    return {
        "entry": transit.entry,
        "amount": f"{transit.amount:f}",
        "currency": transit.currency,
        "late_from": transit.late_from.isoformat(),
        "why": text_json(transit.why),
    }


def _coverage_json(coverage: Coverage) -> dict[str, Any]:
    return {
        "account": coverage.account,
        "from": coverage.starts_on.isoformat() if coverage.starts_on else None,
        "to": coverage.ends_on.isoformat() if coverage.ends_on else None,
        "note": text_json(coverage.note),
    }
