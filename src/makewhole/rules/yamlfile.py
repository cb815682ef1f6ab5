"""Reads one YAML file into the nouns it must hold, or says which field is wrong and where."""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from msgspec import ValidationError, convert

from makewhole.errors import BadRule
from makewhole.records import Text

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLACE = re.compile(r"^(.*?)(?: - at `(?:key in )?\$?(.*?)`)?$", re.DOTALL)
_ITEM = re.compile(r"^\.?(rules)\[(\d+|\.\.\.)\]\.?")
T = TypeVar("T")


class _Once(_Loader):  # type: ignore[misc, valid-type]
    """YAML in which a key that stands twice is a mistake, not the end of the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        seen: dict[Any, yaml.Node] = {}
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"“{key.value}” stands twice", problem_mark=key.start_mark
                )
            seen[key.value] = key
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


def load(name: str, text: str) -> dict[str, Any]:
    """The mapping that a file holds; `name` is what the file is called in an error."""
    try:
        held = yaml.load(text, Loader=_Once)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f"{name}:{mark.line + 1}" if mark else name
        raise bad(line, str(error.problem or error)) from None
    except (yaml.YAMLError, ValueError) as error:
        raise bad(name, str(error)) from None
    if not isinstance(held, dict):
        raise bad(name, "the file does not hold a mapping")
    return held


def fill(name: str, held: dict[str, Any], kind: type[T]) -> T:
    """`held` as the noun it must be; the error names the rule by its id and the field."""
    try:
        return convert(held, kind, dec_hook=_exactly)
    except ValidationError as error:
        found = _PLACE.match(str(error))
        problem, path = (found[1], found[2] or "") if found else (str(error), "")
        raise bad(_where(name, held, path), problem) from None


def _exactly(kind: type, value: object) -> object:
    raise ValueError(f"{value!r} is not a {kind.__name__}")


def _where(name: str, held: dict[str, Any], path: str) -> str:
    item = _ITEM.match(path)
    if not item or not item[2].isdigit():
        return f"{name}: {path.lstrip('.')}" if path else name
    rule = held["rules"][int(item[2])]
    named = rule.get("id", f"#{int(item[2]) + 1}") if isinstance(rule, dict) else item[2]
    rest = path[item.end() :]
    return f"{name}: rule {named}" + (f", field {rest}" if rest else "")


def bad(where: str, problem: str) -> BadRule:
    """The error for a file that cannot be used."""
    return BadRule(
        Text(
            f"{where}：{problem}。请改好这个文件再试。",
            f"{where}: {problem}; mend the file and try again.",
        )
    )


def read(path: Path) -> str:
    """The text of a file that the package brings."""
    return path.read_text(encoding="utf-8")
