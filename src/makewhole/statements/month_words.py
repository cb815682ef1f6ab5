"""Dates that spell their month in English or Italian: `28 May, 2026`, `12-Mar-2019`, `24 lug 2024`.

No word of one language names another month in the other, so the file's language need not be known.
"""

import re
from datetime import date

from makewhole.statements.values import Refused, clean

_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ITALIAN = ("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic")
_MONTHS = {name: at for names in (_ENGLISH, _ITALIAN) for at, name in enumerate(names, start=1)}
_DAY_FIRST = re.compile(r"(\d{1,2})[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})(?!\d)")


def spelled_day(cell: str) -> date | None:
    """The date at the beginning of a cell that spells its month, or None where it spells none.

    Raises `Refused` where there is no such day.
    """
    text = clean(cell)
    found = _DAY_FIRST.match(text)
    month = _MONTHS.get(found[2][:3].casefold()) if found else None
    if found is None or month is None:
        return None
    try:
        return date(int(found[3]), month, int(found[1]))
    except ValueError:
        raise Refused(f"没有这一天：{text[:40]!r}", f"no such day: {text[:40]!r}") from None
