"""One table of limits: the code and both documents say the same."""

import re
from pathlib import Path

import pytest

from makewhole.statements import limits

DOCS = Path(__file__).parents[2] / "docs"
_ROW = re.compile(r"^\| `([A-Z_]+)` \| ([^|]+) \|", re.MULTILINE)
_WHERE = Path(limits.__file__).read_text(encoding="utf-8")


def figures() -> dict[str, str]:
    """The limits of the code, in its order, as the documents write figures."""
    names = [name for name in vars(limits) if name.isupper() and name != "MB"]
    return {name: said(getattr(limits, name)) for name in names}


def said(value: float) -> str:
    size = int(value)
    return f"{size // limits.MB} MB" if size and size % limits.MB == 0 else f"{value:,}"


@pytest.mark.parametrize("page", ["limits.md", "limits.zh-CN.md"])
def test_the_documents_name_each_limit(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert list(_ROW.findall(text)) == list(figures().items())


def test_each_limit_has_its_reason_above_it() -> None:
    lines = _WHERE.splitlines()
    for name in figures():
        at = next(at for at, line in enumerate(lines) if line.startswith(f"{name} ="))
        assert lines[at - 1].startswith("# ") or lines[at - 1].split(" = ")[0] in figures(), name
