"""Every export that can be read: how to get it, what it lacks, and when that was checked."""

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from makewhole.cli import messages
from makewhole.cli.jsonout import text_json
from makewhole.cli.messages import pick
from makewhole.errors import BadRequest
from makewhole.records import Text
from makewhole.report.words import SIDES, inert
from makewhole.statements import Format, known_formats


def run(options: argparse.Namespace, lang: str) -> None:
    """List the formats, of the providers named or of all."""
    chosen = _chosen(options.providers)
    if options.json:
        text = json.dumps([_format_json(each) for each in chosen], ensure_ascii=False, indent=1)
        sys.stdout.write(text + "\n")
        return
    for provider, layouts in groupby(chosen, key=lambda each: each.provider):
        sys.stdout.write(inert(_heading(provider, held := list(layouts), lang)) + "\n")
        for layout in held:
            for line in _lines(layout, lang):
                sys.stdout.write(inert(line) + "\n")
        sys.stdout.write("\n")
    count = len({each.provider for each in chosen})
    said = pick(messages.SUMMARY_FORMATS, lang).format(providers=count, layouts=len(chosen))
    sys.stdout.write(said + "\n")


def _chosen(providers: Sequence[str]) -> list[Format]:
    known = known_formats()
    wanted = {name.casefold() for name in providers}
    unknown = wanted - {name for each in known for name in _names(each)}
    if unknown:
        named = ", ".join(sorted({each.provider for each in known}))
        raise BadRequest(
            Text(
                f"没有叫“{min(unknown)}”的钱包或银行。能读的有：{named}",
                f"no wallet or bank is called “{min(unknown)}”. Known are: {named}",
            )
        )
    return [each for each in known if not wanted or wanted & _names(each)]


def _names(each: Format) -> set[str]:
    return {name.casefold() for name in (each.provider, *each.title) if name}


def _heading(provider: str, layouts: Sequence[Format], lang: str) -> str:
    title = pick(layouts[0].title, lang)
    side = pick(SIDES[layouts[0].side], lang) if layouts[0].side else ""
    return " · ".join(part for part in (title or provider, title and provider, side) if part)


def _lines(layout: Format, lang: str) -> list[str]:
    files = " ".join(each.upper() for each in layout.files)
    unknown = pick(messages.NOT_STATED, lang)
    checked = (
        pick(messages.CHECKED_ON, lang).format(
            day=layout.checked_on, grade=layout.grade, source="; ".join(layout.source)
        )
        if layout.checked_on
        else unknown
    )
    return [
        "  " + "  ".join(part for part in (layout.layout, files, pick(layout.name, lang)) if part),
        "    " + pick(messages.EXPORT_BY, lang).format(text=pick(layout.export, lang) or unknown),
        "    " + pick(messages.MISSING_IN, lang).format(text=pick(layout.missing, lang) or unknown),
        "    " + checked,
    ]


def _format_json(each: Format) -> dict[str, Any]:
    return {
        "provider": each.provider,
        "title": text_json(each.title),
        "layout": each.layout,
        "name": text_json(each.name),
        "side": str(each.side) if each.side else None,
        "files": list(each.files),
        "export": text_json(each.export),
        "missing": text_json(each.missing),
        "source": list(each.source),
        "grade": each.grade,
        "checked_on": each.checked_on.isoformat() if each.checked_on else None,
        "own": each.own,
    }
