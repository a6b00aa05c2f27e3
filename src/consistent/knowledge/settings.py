"""Which pack is used where none is named.

The first of these that there is: the one that the variable CONSISTENT_PACK names, by name or folder; `pack` of a project file, a name,
or with a slash or a dot in front a folder, from that of the file; the pack that the working folder holds; that of primary law.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from attrs import frozen

from consistent.errors import Fault, InputError, Location, UsageError
from consistent.knowledge.packs import (
    PackFolder,
    available_packs,
    find_pack,
    pack_of_folder,
    packs_below,
    search_roots,
    unknown_pack,
)
from consistent.knowledge.project_file import Setting, project_settings
from consistent.toml.files import entries_of, is_file, is_folder
from consistent.toml.tomlfile import type_name

__all__ = ["PRIMARY_LAW", "VARIABLE", "ChosenPack", "DefaultPack", "choose_pack", "default_pack"]

# Usable by any Member State; a position builds on it.
PRIMARY_LAW = "treaties"
VARIABLE = "CONSISTENT_PACK"


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
