"""Where packs are: those that ship, those of installed packages, those of the user's own folders."""

import os
from collections.abc import Iterable, Mapping
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

from attrs import frozen

from consistent.errors import InputError, UsageError, did_you_mean
from consistent.reading.tomlfile import TomlFile

__all__ = ["PackFolder", "available_packs", "pack_of_folder", "search_roots"]

_HERE = Path(__file__).resolve()


@frozen
class PackFolder:
    """A pack on disk.

    Attributes:
        name: of the pack and of both folders.
        facts: holds `pack.toml`.
        rules: may not exist, where a pack has facts only.
    """

    name: str
    facts: Path
    rules: Path


def shipped_root() -> Path:
    """The folder that holds `facts/` and `rules/`: of the checkout, or inside the installed package."""
    installed = _HERE.parents[1] / "_packs"
    return installed if installed.is_dir() else _HERE.parents[3]


def search_roots() -> list[Path]:
    """Folders in which packs are looked for by name: shipped, of installed packages, of `CONSISTENT_PATH`."""
    roots = [shipped_root()]
    entries = sorted(entry_points(group="consistent.packs"), key=lambda each: each.name)
    roots.extend(Path(str(files(entry.value))) for entry in entries)
    roots.extend(Path(each) for each in os.environ.get("CONSISTENT_PATH", "").split(os.pathsep) if each)
    return roots


def available_packs(roots: Iterable[Path] | None = None) -> Mapping[str, PackFolder]:
    """Every pack in the roots (by default the search roots), by name.

    Raises:
        UsageError: two roots hold a pack of one name.
    """
    found: dict[str, PackFolder] = {}
    for root in search_roots() if roots is None else roots:
        for pack in _packs_in(root):
            if pack.name in found and found[pack.name].facts.resolve() != pack.facts.resolve():
                raise UsageError(f"pack `{pack.name}` is in two folders: {found[pack.name].facts} and {pack.facts}")
            found.setdefault(pack.name, pack)
    return found


def pack_of_folder(folder: Path) -> str:
    """The name of the one pack in a user's folder that no other pack there builds on.

    Raises:
        UsageError: the folder holds no pack, or several.
    """
    names = {pack.name: pack for pack in _packs_in(folder)}
    if not names:
        raise UsageError(f"no pack in `{folder}`: it has no facts/NAME/pack.toml")
    below: set[str] = set()
    for pack in names.values():
        try:
            below.update(map(str, TomlFile.read(pack.facts / "pack.toml").data.get("builds_on", [])))
        except InputError:
            continue
    tops = sorted(set(names) - below) or sorted(names)
    if len(tops) > 1:
        raise UsageError(
            f"several packs in `{folder}`: {', '.join(f'`{each}`' for each in tops)}; name one, and the folder in CONSISTENT_PATH"
        )
    return tops[0]


def unknown_pack(name: str, known: Iterable[str]) -> UsageError:
    """The error for a name that no root has."""
    help_ = did_you_mean(name, known)
    return UsageError(f"unknown pack `{name}`" + (f"\nhelp: {help_}" if help_ else ""))


def _packs_in(root: Path) -> Iterable[PackFolder]:
    facts = root / "facts"
    if not facts.is_dir():
        return
    for folder in sorted(facts.iterdir()):
        if (folder / "pack.toml").is_file():
            yield PackFolder(folder.name, folder, root / "rules" / folder.name)
