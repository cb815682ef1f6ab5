"""Which readers there are, and what is known of the exports they read.

A reader's module lists its readers in `READERS`; beside it lies a TOML file of the same name with
what a person has to know of each layout. Modules of other packages join through the entry point
group `makewhole.readers`.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from makewhole.errors import BrokenReader
from makewhole.records import Side, Text
from makewhole.statements.reader import Reader

GROUP = "makewhole.readers"
_BRACKETS = re.compile(r"\s*[(（].*?[)）]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One layout as people know it: how to export it, what it lacks, when that was checked.

    `grade` says how sure this is: V the provider itself or a real export, V2 public sources,
    M memory, ? inferred. `own` is False for a layout that another package brings.
    """

    provider: str
    layout: str
    side: Side | None
    title: Text
    name: Text
    files: tuple[str, ...]
    export: Text
    missing: Text
    source: tuple[str, ...]
    grade: str
    checked_on: date | None
    own: bool = True


@cache
def known_readers() -> tuple[Reader, ...]:
    """Every reader: those of `readers/` in the order of their modules, then those from outside.

    Raises `BrokenReader` where a package from outside cannot be loaded.
    """
    return tuple(reader for _own, module in _modules() for reader in module.READERS)


@cache
def known_formats() -> tuple[Format, ...]:
    """What is known of every layout, by provider and layout.

    A layout from outside may have no facts; its texts are empty then.
    """
    found = [each for own, module in _modules() for each in _formats_of(module, own=own)]
    return tuple(sorted(found, key=lambda each: (each.provider, each.layout)))


@cache
def called() -> dict[str, Text]:
    """What people call each provider inside a sentence, shorter than its title.

    A data file may say it as `called`; else it is the title without what stands in brackets.
    """
    return {
        reader.provider: name
        for _own, module in _modules()
        if (name := _short(_facts(module)))
        for reader in module.READERS
    }


def _short(facts: dict[str, Any]) -> Text | None:
    if "called" in facts:
        return _both(facts["called"])
    title = _both(facts.get("title", {}))
    return Text(*(_BRACKETS.sub("", name) for name in title)) if all(title) else None


@cache
def _modules() -> tuple[tuple[bool, ModuleType], ...]:
    from makewhole.statements import readers

    inside = sorted(module.name for module in iter_modules(readers.__path__))
    own = [(True, import_module(f"{readers.__name__}.{name}")) for name in inside]
    return (*own, *((False, module) for module in _from_outside()))


def _from_outside() -> Iterator[ModuleType]:
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        try:
            module = point.load()
            list(module.READERS)
        except Exception as error:
            what = f"{type(error).__name__}: {error}"
            raise BrokenReader(
                Text(
                    f"外部格式包 {point.value} 加载失败（{what}）。请更新或卸载它再试。",
                    f"The format package {point.value} cannot be loaded ({what}). Update it or "
                    "uninstall it, then try again.",
                )
            ) from error
        yield module


def _formats_of(module: ModuleType, *, own: bool) -> Iterator[Format]:
    facts = _facts(module)
    for reader in module.READERS:
        layout = facts.get("layouts", {}).get(reader.name, {})
        yield Format(
            provider=reader.provider,
            layout=reader.name,
            side=getattr(reader, "side", None),
            title=_both(facts.get("title", {})),
            name=_both(layout.get("title", {})),
            files=tuple(layout.get("files", ())),
            export=_both(layout.get("export", {})),
            missing=_both(layout.get("missing", {})),
            source=tuple(layout.get("source", ())),
            grade=layout.get("grade", ""),
            checked_on=layout.get("checked_on", facts.get("checked_on")),
            own=own,
        )


@cache
def _facts(module: ModuleType) -> dict[str, Any]:
    beside = Path(module.__file__ or "").with_suffix(".toml")
    return tomllib.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}


def _both(said: dict[str, str]) -> Text:
    return Text(said.get("zh", ""), said.get("en", ""))
