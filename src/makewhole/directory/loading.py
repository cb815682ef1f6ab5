"""Reads the data files, each when it is first asked for, and refuses what they should not say."""

import re
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
import yaml
from msgspec.structs import replace

from makewhole.directory.facts import (
    LASTS,
    LASTS_IF_URGENT,
    Contact,
    Fact,
    Source,
    may_be_shown,
)
from makewhole.directory.provider import Banks, Country, Happening, Problems, Provider
from makewhole.directory.spec import Bound, Clash, Door, RungSpec, Stage, Window
from makewhole.errors import BadData
from makewhole.records import Text

DATA = files("makewhole.directory") / "data"

_Model = TypeVar("_Model")
_Fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_URGENT_STAGES = {Stage.FREEZE, Stage.BANK, Stage.SIM, Stage.POLICE}


class _Loader(_Fast):  # type: ignore[misc,valid-type]
    """YAML as data only, in which no key may stand twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - the signature is PyYAML's
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
        held: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return held


def parsed(name: str, text: str, model: type[_Model]) -> _Model:
    """The text of a data file as `model`; an error names the file and the field."""
    try:
        return msgspec.convert(yaml.load(text, _Loader), model)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise BadData(
            Text(f"{name}：资料文件有误：{error}", f"{name}: the data file is wrong: {error}")
        ) from None


def _read(name: str, model: type[_Model]) -> _Model:
    return parsed(name, (DATA / name).read_text(encoding="utf-8"), model)


@cache
def sources() -> dict[str, Source]:
    """Every public page by its key."""
    return _read("sources.yaml", dict[str, Source])


@cache
def problems() -> Problems:
    """Kinds of problems and what others call them."""
    return _read("problems.yaml", Problems)


@cache
def events() -> dict[str, Happening]:
    """Every event that a history may name."""
    return _read("events.yaml", dict[str, Happening])


@cache
def stages() -> dict[Stage, RungSpec]:
    """What a rung is where its file does not say otherwise."""
    return _read("stages.yaml", dict[Stage, RungSpec])


@cache
def large_from() -> dict[str, int]:
    """From which amount the fast ladder holds, by currency."""
    return _read("fast.yaml", dict[str, int])


def provider_ids() -> tuple[str, ...]:
    """Every provider, in the order of the files."""
    return _stems("providers")


def country_codes() -> tuple[str, ...]:
    """Every country that has a file of channels."""
    return tuple(stem.upper() for stem in _stems("channels"))


def _stems(folder: str) -> tuple[str, ...]:
    names = sorted(each.name for each in (DATA / folder).iterdir())
    return tuple(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


@cache
def provider(code: str) -> Provider:
    """A provider by its id, complete: its contacts are judged, its facts dated."""
    name = f"providers/{code}.yaml"
    return complete_provider(name, _read(name, Provider), sources())


@cache
def country(code: str) -> Country:
    """A country by its code, complete: contacts judged, facts dated."""
    name = f"channels/{code.lower()}.yaml"
    return complete_country(name, _read(name, Country), sources())


@cache
def banks(code: str) -> Banks | None:
    """The lines of a country's banks and mobile operators, where any are kept."""
    name = f"banks/{code.lower()}.yaml"
    if not (DATA / name).is_file():
        return None
    read = _read(name, Banks)
    owner = f"banks.{code.lower()}"
    known = sources()

    def judged(lines: tuple[Contact, ...]) -> tuple[Contact, ...]:
        return tuple(
            _judged(name, each, read.checked_on, known, owner, soon=True) for each in lines
        )

    return replace(read, contacts=judged(read.contacts), operators=judged(read.operators))


def complete_provider(name: str, read: Provider, known: dict[str, Source]) -> Provider:
    """The provider with every fact dated, every contact judged and every name resolved."""
    day = read.checked_on
    contacts = {
        key: _judged(name, each, day, known, read.id, soon=each.urgent)
        for key, each in read.contacts.items()
    }
    rungs = {
        key: _complete_rung(name, key, each, day, known, read.id, contacts)
        for key, each in read.rungs.items()
    }
    for shape in read.numbers:
        _check_shape(name, shape.shape, shape.example)
        _check_sources(name, shape.source, known)
    return replace(read, contacts=contacts, rungs=rungs, facts=_dated(name, read.facts, day, known))


def complete_country(name: str, read: Country, known: dict[str, Source]) -> Country:
    """The country with every fact dated, every contact judged and every name resolved."""
    for code in read.ladder:
        if code not in read.channels:
            raise _wrong(name, f"ladder: {code} is no channel of this file")
    channels = {
        key: _complete_rung(name, key, each, read.checked_on, known, key, {})
        for key, each in read.channels.items()
    }
    return replace(read, channels=channels)


def _complete_rung(  # noqa: PLR0913 - what a rung's facts need to be judged
    name: str,
    key: str,
    rung: RungSpec,
    day: date,
    known: dict[str, Source],
    owner: str,
    by_key: dict[str, Contact],
) -> RungSpec:
    stage = rung.stage or _stage_of(name, key)
    if rung.name is None and stages()[stage].name is None:
        raise _wrong(name, f"{key}: name is missing")
    for group in rung.problems or ():
        _check_problem(name, group)
    for used in _events_of(rung):
        _check_event(name, used)
    bases: tuple[Door | Window | Bound | Clash, ...] = (
        *(rung.opens or ()),
        *rung.windows,
        *rung.bounds,
        *rung.clashes,
    )
    for basis in bases:
        _check_sources(name, basis.source, known)
    soon = stage in _URGENT_STAGES
    contacts: list[Contact] = []
    for each in rung.contacts:
        if isinstance(each, str):
            if each not in by_key:
                raise _wrong(name, f"{key}: contact {each} is not under contacts")
            contacts.append(by_key[each])
        else:
            contacts.append(_judged(name, each, day, known, owner, soon=soon or each.urgent))
    return replace(
        rung,
        stage=stage,
        contacts=tuple(contacts),
        facts=_dated(name, rung.facts, day, known),
    )


def _stage_of(name: str, key: str) -> Stage:
    try:
        return Stage(key)
    except ValueError:
        raise _wrong(name, f"{key}: stage is missing") from None


def _judged(  # noqa: PLR0913 - what a contact needs to be judged
    name: str, contact: Contact, day: date, known: dict[str, Source], owner: str, *, soon: bool
) -> Contact:
    _check_sources(name, contact.source, known)
    if contact.grade.certain and not contact.source:
        raise _wrong(name, f"{contact.value}: grade {contact.grade} needs a source")
    checked = contact.checked_on or day
    lasts = LASTS_IF_URGENT if soon else LASTS
    return replace(
        contact,
        owner=owner,
        checked_on=checked,
        expires_on=contact.expires_on or checked + lasts,
        shown=may_be_shown(contact, known, owner),
    )


def _dated(
    name: str, facts: tuple[Fact, ...], day: date, known: dict[str, Source]
) -> tuple[Fact, ...]:
    for fact in facts:
        _check_sources(name, fact.source, known)
        if fact.grade.certain and not fact.source:
            raise _wrong(name, f"{fact.said.en}: grade {fact.grade} needs a source")
        for group in fact.problems:
            _check_problem(name, group)
    return tuple(
        replace(
            fact,
            checked_on=fact.checked_on or day,
            expires_on=fact.expires_on or (fact.checked_on or day) + LASTS,
        )
        for fact in facts
    )


def _events_of(rung: RungSpec) -> Iterator[str]:
    yield from rung.begins or ()
    yield from rung.answers or ()
    for door in rung.opens or ():
        yield from door.absent
        yield from (need.after for need in door.needs)
    for window in rung.windows:
        yield from (need.after for need in window.since)


def _check_event(name: str, event: str) -> None:
    if event not in events() and not event.startswith(("contacted:", "answered:")):
        raise _wrong(name, f"{event} is no event; see events.yaml")


def _check_problem(name: str, code: str) -> None:
    known = problems()
    plain = code.removeprefix("not ")
    if plain not in known.groups and plain not in known.problems:
        raise _wrong(name, f"{plain} is no problem and no group; see problems.yaml")


def _check_sources(name: str, keys: Iterable[str], known: dict[str, Source]) -> None:
    for key in keys:
        if key not in known:
            raise _wrong(name, f"source {key} is not in sources.yaml")


def _check_shape(name: str, shape: str, example: str) -> None:
    try:
        fits = re.fullmatch(shape, example)
    except re.error as error:
        raise _wrong(name, f"numbers: {shape}: {error}") from None
    if not fits:
        raise _wrong(name, f"numbers: {example} does not have the shape {shape}")


def _wrong(name: str, why: str) -> BadData:
    return BadData(Text(f"{name}：资料文件有误：{why}", f"{name}: the data file is wrong: {why}"))
