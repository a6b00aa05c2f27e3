"""Where packs are: those that ship, those of installed packages, those of the user's own folders."""

import os
from collections.abc import Iterable, Mapping
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

from attrs import evolve, frozen
from cattrs import Converter

from consistent.errors import Faults, InputError, Location, UsageError, did_you_mean
from consistent.knowledge.entries import Manifest, check_period, check_sources
from consistent.model.vocabulary import find_cycle
from consistent.toml.files import entries_of, is_file, is_folder
from consistent.toml.structuring import structure
from consistent.toml.tomlfile import TomlFile

__all__ = [
    "PackFolder",
    "available_packs",
    "find_pack",
    "pack_of_folder",
    "packs_below",
    "read_manifests",
    "search_roots",
]

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
        InputError: a root cannot be read.
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
        InputError: the folder cannot be read.
    """
    names = {pack.name: pack for pack in _packs_in(folder)}
    if not names:
        raise UsageError(f"no pack in `{folder}`", "a pack has a file facts/NAME/pack.toml")
    below = {each for pack in names.values() for each in _built_on(pack)}
    # Packs that build on each other in a circle leave none on top; any of them leads to the fault.
    tops = sorted(set(names) - below) or sorted(names)[:1]
    if len(tops) > 1:
        raise UsageError(
            f"several packs in `{folder}`: {', '.join(f'`{each}`' for each in tops)}",
            "name one, and the folder in CONSISTENT_PATH",
        )
    return tops[0]


def packs_below(name: str, available: Mapping[str, PackFolder]) -> tuple[PackFolder, ...]:
    """A pack and all that it builds on, directly or not, as far as there are such; each once, itself first."""
    found: dict[str, PackFolder] = {}
    pending = [name]
    while pending:
        each = pending.pop()
        if each in available and each not in found:
            found[each] = available[each]
            pending += _built_on(available[each])
    return tuple(found.values())


def _built_on(pack: PackFolder) -> list[str]:
    """The names that its manifest has; what is wrong with that is told when the pack is read."""
    try:
        built_on = TomlFile.read(pack.facts / "pack.toml").data.get("builds_on")
    except InputError:
        return []
    return [each for each in built_on if isinstance(each, str)] if isinstance(built_on, list) else []


def unknown_pack(name: str, known: Iterable[str]) -> UsageError:
    """The error for a name that no root has."""
    near = did_you_mean(name, known, limit=0)
    own = "name a pack of your own by its folder, or put that in CONSISTENT_PATH"
    return UsageError(f"unknown pack `{name}`", near or f"{did_you_mean(name, known)}; {own}")


def _packs_in(root: Path) -> list[PackFolder]:
    """The packs of a root.

    What looks like a part of a pack and belongs to none is a fault: left out in silence, its rules would seem to have
    nothing to say.
    """
    found = [PackFolder(each.name, each, root / "rules" / each.name) for each in _folders(root / "facts")]
    names = [each.name for each in found]
    faults = Faults()
    for pack in found:
        if not is_file(pack.facts / "pack.toml"):
            faults.add("folder of facts without a manifest", Location(str(pack.facts)), "add a file pack.toml")
    for folder in _folders(root / "rules") if found else ():
        if folder.name not in names:
            help_ = did_you_mean(folder.name, names)
            faults.add(f"folder of rules of an unknown pack `{folder.name}`", Location(str(folder)), help_)
    faults.raise_any()
    return found


def _folders(parent: Path) -> list[Path]:
    if not is_folder(parent):
        return []
    return [each for each in entries_of(parent) if not each.name.startswith(".") and is_folder(each)]


def find_pack(
    pack: str | Path, roots: Iterable[Path | str], *, instead: bool = False
) -> tuple[str, Mapping[str, PackFolder]]:
    """The name of a pack, and all that can be loaded.

    Args:
        pack: a name, or a folder that holds `facts/` and `rules/` of a pack of one's own.
        roots: further folders in which packs are looked for.
        instead: packs of that folder stand in for others of the same name.

    Raises:
        UsageError: there is no such folder.
        InputError: it holds no pack, or several.
    """
    folders = [Path(each) for each in roots]
    name = str(pack)
    available = available_packs([*search_roots(), *folders])
    if isinstance(pack, Path) or "/" in name or (name and name not in available and is_folder(Path(name))):
        folder = Path(pack)
        if not is_folder(folder):
            raise UsageError(f"no folder `{folder}` to load a pack from")
        name = pack_of_folder(folder)
        own = available_packs([folder])
        available = {**available, **own} if instead else available_packs([*search_roots(), *folders, folder])
    return name, available


# The heads of packs, and in which order they build on each other.


def read_manifests(
    name: str, available: Mapping[str, PackFolder], converter: Converter, faults: Faults
) -> dict[str, Manifest]:
    """The manifests of a pack and of those that it builds on, lowest first.

    Raises:
        UsageError: there is no such pack.
        InputError: with every fault of the manifests.
    """
    if name not in available:
        raise unknown_pack(name, available)
    edges: dict[str, tuple[str, ...]] = {}
    files: dict[str, TomlFile] = {}
    read: dict[str, Manifest] = {}
    queue = [name]
    while queue:
        each = queue.pop()
        if each in edges:
            continue
        file = faults.attempt(TomlFile.read, available[each].facts / "pack.toml")
        edges[each] = ()
        if file is None:
            continue
        files[each] = file
        manifest = faults.attempt(structure, converter, file.data, Manifest, file)
        if manifest is None:
            continue
        check_sources(manifest.sources, file, ("sources",), faults)
        check_period(manifest, file, (), faults)
        for index, below in enumerate(manifest.builds_on):
            if below not in available:
                faults.add(
                    f"unknown pack `{below}`",
                    file.location(("builds_on", index)),
                    did_you_mean(below, available),
                )
        edges[each] = tuple(below for below in manifest.builds_on if below in available)
        read[each] = evolve(manifest, name=each)
        queue.extend(edges[each])
    circle = find_cycle(edges)
    if circle:
        place = files[circle[0]].location(("builds_on",))
        faults.add("packs build on each other in a circle: " + " > ".join(circle), place)
    faults.raise_any()
    return {each: read[each] for each in _below_first(name, edges)}


def _below_first(name: str, edges: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The packs in an order in which each comes after those that it builds on."""
    order: dict[str, None] = {}

    def visit(each: str) -> None:
        for below in edges[each]:
            visit(below)
        order[each] = None

    visit(name)
    return list(order)
