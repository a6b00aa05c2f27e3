"""What project files set: which pack is used where none is named, in which language, and what else is said again and again.

A project file is `consistent.toml`, or `pyproject.toml` with a table `[tool.consistent]`, in the working folder or above it; of both in
one folder the first counts. Its keys are `SETTINGS`; each holds as the nearest file has it.

Of packs the first of these is used that there is: the one that the variable CONSISTENT_PACK names, by name or folder; `pack` of a
project file, a name, or with a slash or a dot in front a folder, from that of the file; the pack that the working folder holds; that of
primary law.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from attrs import evolve, frozen

from consistent.errors import ConsistentError, Fault, InputError, Location, UsageError, did_you_mean
from consistent.knowledge.packs import (
    PackFolder,
    available_packs,
    find_pack,
    pack_of_folder,
    packs_below,
    search_roots,
    unknown_pack,
)
from consistent.model.text import LANGUAGES, Language
from consistent.toml.files import entries_of, is_file, is_folder, read_file
from consistent.toml.structuring import type_name
from consistent.toml.tomlfile import KeyPath, TomlFile

__all__ = [
    "PRIMARY_LAW",
    "SETTINGS",
    "VARIABLE",
    "ChosenPack",
    "DefaultPack",
    "Setting",
    "choose_pack",
    "default_pack",
    "language_set",
    "project_settings",
]

# Usable by any Member State; a position builds on it.
PRIMARY_LAW = "treaties"
VARIABLE = "CONSISTENT_PACK"
LANGUAGE_VARIABLE = "CONSISTENT_LANG"

# By the name of a project file, where the settings stand in it.
_PROJECT_FILES: Mapping[str, KeyPath] = {"consistent.toml": (), "pyproject.toml": ("tool", "consistent")}
_READABLE = "see to it that it can be read, or work in another folder"
# What a project file can set, and of what type. Each but the pack has the name of an option of the command.
SETTINGS: Mapping[str, type] = {
    "pack": str, "lang": str, "color": str, "pager": bool, "fail-on": str, "strict": bool, "engine": str, "waivers": list,
    "ending-within": int, "verified-within": int,
}  # fmt: skip
_TYPES: Mapping[type, str] = {str: "text", bool: "true or false", int: "a whole number", list: "a list of texts"}


@frozen
class Setting:
    """What a project file sets.

    Attributes:
        value: as it stands there; of the type that `SETTINGS` names.
        place: where it stands.
    """

    value: Any
    place: Location

    def path(self, written: str) -> Path:
        """A path that stands in it, which is from the folder of its file."""
        return Path(self.place.path).parent / written


@frozen
class DefaultPack:
    """The pack that is used where none is named.

    Attributes:
        pack: its name, or its folder as a path.
        origin: what names it; `none` where nothing does, and primary law is all that is used.
        place: of the setting; None where there is none.
    """

    pack: str | Path
    origin: Literal["variable", "project file", "working folder", "none"]
    place: Location | None = None

    @property
    def name(self) -> str:
        """What it is called: its name, or its folder.

        Raises:
            UsageError: the working folder holds several packs.
            InputError: it cannot be read.
        """
        return pack_of_folder(Path()) if self.origin == "working folder" else str(self.pack)


@frozen
class ChosenPack:
    """The pack that is used, with all that can be loaded.

    Attributes:
        name: of the pack; there may be no such pack where it was named by whoever asks.
        available: every pack by name.
        others: names of packs that it does not build on, in order; told only where nothing and nobody named a pack.
    """

    name: str
    available: Mapping[str, PackFolder]
    others: tuple[str, ...] = ()


def choose_pack(pack: str | Path | None, roots: Iterable[Path | str] = ()) -> ChosenPack:
    """The pack that is named, or else the default one.

    Args:
        pack: a name, a folder, or None for the default. Packs of a folder stand in for others of the same name.
        roots: further folders in which packs are looked for.

    Raises:
        UsageError: there is no such folder.
        InputError: the folder holds no pack, or several; a setting cannot be read, or names no pack.
    """
    if pack is not None:
        return ChosenPack(*find_pack(pack, roots))
    default = default_pack()
    if default.place is not None:
        return _set_pack(default, default.place, roots)
    name, available = find_pack(default.pack, roots)
    if default.origin != "none":
        return ChosenPack(name, available)
    used = {folder.name for folder in packs_below(name, available)}
    return ChosenPack(name, available, tuple(sorted(available.keys() - used)))


def _set_pack(default: DefaultPack, place: Location, roots: Iterable[Path | str]) -> ChosenPack:
    """The pack of a setting; whatever is wrong with it is told at the place of the setting."""
    try:
        if default.origin == "project file" and isinstance(default.pack, str):
            # No folder of the working folder: a project file may lie far above that.
            name, available = default.pack, available_packs([*search_roots(), *map(Path, roots)])
        else:
            name, available = find_pack(default.pack, roots)
        if name not in available:
            raise unknown_pack(name, available)
    except UsageError as error:
        raise InputError([Fault(error.message, place, error.help)]) from None
    return ChosenPack(name, available)


def default_pack() -> DefaultPack:
    """The pack that is used where none is named; it need not be there.

    Raises:
        InputError: a project file, or the working folder, cannot be read.
    """
    if named := os.environ.get(VARIABLE):
        return DefaultPack(named, "variable", Location(VARIABLE))
    setting = project_settings().get("pack")
    if setting is not None:
        return _pack_set(setting)
    return _of_working_folder() or DefaultPack(PRIMARY_LAW, "none")


def project_settings() -> Mapping[str, Setting]:
    """What project files set, by key: of each key what the nearest file says that has it.

    Raises:
        InputError: a file cannot be read, has a key that there is not, or a value of another type; of `pack` any value will do,
            since it is in nobody's way where another pack is named.
    """
    try:
        here = Path.cwd()
    except OSError:
        # The working folder was taken away; nothing can lie in it or be found from it.
        return {}
    found: dict[str, Setting] = {}
    for folder in (here, *here.parents):
        for name, at in _PROJECT_FILES.items():
            path = Path(os.path.relpath(folder / name, here))
            settings = _settings(read_file(path, str(path)), str(path), at) if _is_there(path) else None
            if settings is not None:
                found = {**settings, **found}
                break
    return found


def _is_there(path: Path) -> bool:
    try:
        return is_file(path)
    except InputError as error:
        # It may name a pack: to go on would check against another one.
        raise InputError(evolve(fault, help=_READABLE) for fault in error.faults) from None


# A command asks several times, and parsing is what takes long.
@lru_cache(maxsize=16)
def _settings(content: bytes, path: str, at: KeyPath) -> Mapping[str, Setting] | None:
    """What a project file sets; None where the file says nothing of this program.

    Raises:
        InputError: it cannot be used.
    """
    if at and b"consistent" not in content:
        # Whatever is wrong with it is no concern of this program.
        return None
    file = TomlFile.parse(content, path)
    table: Any = file.data
    for depth, key in enumerate(at):
        if key not in table:
            return None
        table = table[key]
        if not isinstance(table, Mapping):
            raise InputError([Fault(f"expected a table, found {type_name(table)}", file.location(at[: depth + 1]))])
    faults = []
    for key, value in table.items():
        if key not in SETTINGS:
            help = did_you_mean(key, SETTINGS)
            faults.append(Fault(f"unknown key `{key}`", file.location((*at, key)), help))
        elif key != "pack" and not _is(value, SETTINGS[key]):
            message = f"expected {_TYPES[SETTINGS[key]]}, found {type_name(value)}"
            faults.append(Fault(message, file.location((*at, key))))
    if not table:
        faults.append(Fault("missing key `pack`", file.location(at), f'write for instance `pack = "{PRIMARY_LAW}"`'))
    if faults:
        raise InputError(faults)
    return {key: Setting(value, file.location((*at, key))) for key, value in table.items()}


def _is(value: object, kind: type) -> bool:
    """Whether a value is of a type; a boolean is no number, and a list is one of texts."""
    if isinstance(value, list):
        return kind is list and all(isinstance(each, str) for each in value)
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _pack_set(setting: Setting) -> DefaultPack:
    """The pack that a project file names.

    Raises:
        InputError: it is no name.
    """
    pack = setting.value
    if not isinstance(pack, str) or not pack.strip():
        said = "blank text" if isinstance(pack, str) else type_name(pack)
        raise InputError([Fault(f"expected the name of a pack or its folder, found {said}", setting.place)])
    # As golden files tell the two apart.
    is_path = "/" in pack or pack.startswith(".")
    return DefaultPack(setting.path(pack) if is_path else pack, "project file", setting.place)


def _of_working_folder() -> DefaultPack | None:
    facts = Path("facts")
    holds_pack = is_folder(facts) and any(is_file(path / "pack.toml") for path in entries_of(facts))
    return DefaultPack(Path(), "working folder") if holds_pack else None


def language_set() -> Language | None:
    """The language that CONSISTENT_LANG names, or else a project file; None where neither does.

    Raises:
        UsageError: the variable names none. What is wrong with a project file is told by who uses the rest of it.
    """
    named = os.environ.get(LANGUAGE_VARIABLE, "")
    for language in LANGUAGES:
        if language == named:
            return language
    if named:
        raise UsageError(
            f"`{named}` in {LANGUAGE_VARIABLE} is no language of this command", f"one of {', '.join(LANGUAGES)}"
        )
    with suppress(ConsistentError):
        setting = project_settings().get("lang")
        return next((language for language in LANGUAGES if setting and setting.value == language), None)
    return None
