"""Which pack is used where none is named.

The first of these that there is: the one that the variable CONSISTENT_PACK names, by name or folder; that of the nearest project
file, from the working folder upwards; the pack that the working folder holds; that of primary law.

A project file is `consistent.toml`, or `pyproject.toml` with a table `[tool.consistent]`; of both in one folder the first counts. Its
`pack` is a name, or with a slash or a dot in front a folder, from that of the file. Nothing else is read of it.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from attrs import evolve, frozen

from consistent.errors import Fault, InputError, Location, UsageError, did_you_mean
from consistent.knowledge.packs import (
    PackFolder,
    available_packs,
    find_pack,
    pack_of_folder,
    packs_below,
    search_roots,
    unknown_pack,
)
from consistent.toml.files import entries_of, is_file, is_folder, read_file
from consistent.toml.structuring import type_name
from consistent.toml.tomlfile import KeyPath, TomlFile

__all__ = ["PRIMARY_LAW", "VARIABLE", "ChosenPack", "DefaultPack", "choose_pack", "default_pack"]

# Usable by any Member State; a position builds on it.
PRIMARY_LAW = "treaties"
VARIABLE = "CONSISTENT_PACK"

# By the name of a project file, where the settings stand in it.
_PROJECT_FILES: Mapping[str, KeyPath] = {"consistent.toml": (), "pyproject.toml": ("tool", "consistent")}
_NAME_ONE = f"name a pack with `--pack`, or in {VARIABLE}"


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
    return _of_project_file() or _of_working_folder() or DefaultPack(PRIMARY_LAW, "none")


def _of_project_file() -> DefaultPack | None:
    try:
        here = Path.cwd()
    except OSError:
        # The working folder was taken away; nothing can lie in it or be found from it.
        return None
    for folder in (here, *here.parents):
        for name, at in _PROJECT_FILES.items():
            path = Path(os.path.relpath(folder / name, here))
            found = _setting(path, at) if _is_there(path) else None
            if found is not None:
                return found
    return None


def _is_there(path: Path) -> bool:
    try:
        return is_file(path)
    except InputError as error:
        # It may name a pack: to go on would check against another one.
        raise InputError(evolve(fault, help=_NAME_ONE) for fault in error.faults) from None


def _setting(path: Path, at: KeyPath) -> DefaultPack | None:
    """The pack that a project file names; None where the file says nothing of this program.

    Raises:
        InputError: it cannot be read, or says something else than the name of a pack.
    """
    content = read_file(path, str(path))
    if at and b"consistent" not in content:
        # Whatever is wrong with it is no concern of this program.
        return None
    file = TomlFile.parse(content, str(path))
    table: Any = file.data
    for depth, key in enumerate(at):
        if key not in table:
            return None
        table = table[key]
        if not isinstance(table, Mapping):
            raise InputError([Fault(f"expected a table, found {type_name(table)}", file.location(at[: depth + 1]))])
    faults = [
        Fault(f"unknown key `{key}`", file.location((*at, key)), did_you_mean(key, ["pack"]))
        for key in table
        if key != "pack"
    ]
    pack = table.get("pack")
    if "pack" not in table:
        faults.append(Fault("missing key `pack`", file.location(at), f'write for instance `pack = "{PRIMARY_LAW}"`'))
    elif not isinstance(pack, str) or not pack.strip():
        said = "blank text" if isinstance(pack, str) else type_name(pack)
        faults.append(Fault(f"expected the name of a pack or its folder, found {said}", file.location((*at, "pack"))))
    if faults:
        raise InputError(faults)
    # As golden files tell the two apart.
    is_path = "/" in pack or pack.startswith(".")
    return DefaultPack(path.parent / pack if is_path else pack, "project file", file.location((*at, "pack")))


def _of_working_folder() -> DefaultPack | None:
    facts = Path("facts")
    holds_pack = is_folder(facts) and any(is_file(path / "pack.toml") for path in entries_of(facts))
    return DefaultPack(Path(), "working folder") if holds_pack else None
