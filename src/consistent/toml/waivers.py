"""Waivers from TOML: findings that somebody has accepted, with the reason, and until when."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from consistent.errors import Faults, InputError, Location
from consistent.model.text import Localized
from consistent.shown import Shown
from consistent.toml.proposals import opened
from consistent.toml.structuring import Problems, as_date, as_title, class_hook, new_converter, structure, tables_of
from consistent.toml.tomlfile import TomlFile

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["Waiver", "WaiverInput", "holds_waivers", "read_waivers", "waivers_from"]


@frozen(kw_only=True)
class Waiver(Shown):
    """A finding that is accepted.

    Attributes:
        rule: the id.
        measure: the id; None for wherever the rule applies.
        proposal: its reference, CELEX or procedure number; None for every proposal.
        reason: why; one text stands for both languages.
        owner: who answers for it.
        since, until: the first and last day; None for no first day.
        place: where it stands.
    """

    rule: str
    measure: str | None = None
    proposal: str | None = None
    reason: Localized
    owner: str
    since: date | None = None
    until: date
    place: Location = field(default=Location("<waiver>"), eq=False, metadata={"internal": True})


@lru_cache(maxsize=1)
def _converter() -> "Converter":
    converter = new_converter()
    hook = class_hook(converter, Waiver, {"reason": lambda value, _: as_title(value)})
    converter.register_structure_hook(Waiver, hook)
    return converter


_HELP = "a file of waivers has a table `[[waiver]]` for each"


def read_waivers(file: TomlFile) -> tuple[Waiver, ...]:
    """The waivers of a file, in its order; whether their rules exist is told when they are used.

    Raises:
        InputError: with every fault of the file.
    """
    faults = Faults()
    found = []
    for at, item in tables_of(file, "waiver", _HELP, faults):
        if _backwards(item):
            faults.add("`until` is before `since`", file.location((*at, "until")))
        waiver = faults.attempt(structure, _converter(), item, Waiver, file, at)
        if waiver is not None:
            found.append(evolve(waiver, place=file.location(at)))
    faults.raise_any()
    return tuple(found)


def holds_waivers(content: bytes) -> bool:
    """Whether a file holds waivers and nothing else: among proposals it is none, and no mistake."""
    if b"waiver" not in content:
        return False
    try:
        return set(TomlFile.parse(content, "<waivers>").data) == {"waiver"}
    except InputError:
        return False


def _backwards(item: Mapping[str, Any]) -> bool:
    """Whether a waiver ends before it begins; told even where something else is wrong with it."""
    try:
        return as_date(item.get("until")) < as_date(item.get("since"))
    except Problems:
        return False


WaiverInput = Waiver | Path | str | Mapping[str, Any]


def waivers_from(given: WaiverInput | Iterable[WaiverInput]) -> tuple[Waiver, ...]:
    """Waivers from wherever they are: a path, TOML text, a dict in the shape of the TOML, a waiver, or several of these.

    Text that holds a line break or a `[` is taken for TOML, other text for a path.

    Raises:
        InputError: with every fault of all.
    """
    listed = given if isinstance(given, Iterable) and not isinstance(given, str | Mapping) else [given]
    faults = Faults()
    found: list[Waiver] = []
    for waiver in listed:
        if isinstance(waiver, Waiver):
            found.append(waiver)
        else:
            file = faults.attempt(opened, waiver, "<waivers>")
            found.extend((file and faults.attempt(read_waivers, file)) or ())
    faults.raise_any()
    return tuple(found)
