"""Where packs are: those that ship, those of installed packages, those of the user's own folders."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, frozen

from consistent import plugins
from consistent.errors import Faults, InputError, Location, UsageError, did_you_mean
from consistent.knowledge.entries import Manifest, check_period, check_sources
from consistent.knowledge.versions import Requirement, check_version, name_of, requirement
from consistent.model.vocabulary import find_cycle
from consistent.toml.files import entries_of, is_file, is_folder, read_file, toml_files
from consistent.toml.structuring import Problems, structure
from consistent.toml.tomlfile import TomlFile

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = [
    "PackFolder",
    "available_packs",
    "find_pack",
    "pack_digest",
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
        instead_of: the facts of a pack of the same name for which this one stands in; None where there is none.
    """

    name: str
    facts: Path
    rules: Path
    instead_of: Path | None = None


def shipped_root() -> Path:
    """The folder that holds `facts/` and `rules/`: of the checkout, or inside the installed package."""
    installed = _HERE.parents[1] / "_packs"
    return installed if installed.is_dir() else _HERE.parents[3]


def search_roots() -> list[Path]:
    """Folders in which packs are looked for by name: shipped, of installed packages, of `CONSISTENT_PATH`."""
    roots = [shipped_root()]
    entries = sorted(plugins.entry_points(group="consistent.packs"), key=lambda entry: entry.name)
    roots.extend(Path(str(files(entry.value))) for entry in entries)
    roots.extend(Path(folder) for folder in os.environ.get("CONSISTENT_PATH", "").split(os.pathsep) if folder)
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
    below = {name for pack in names.values() for name in _built_on(pack)}
    # Packs that build on each other in a circle leave none on top; any of them leads to the fault.
    tops = sorted(set(names) - below) or sorted(names)[:1]
    if len(tops) > 1:
        raise UsageError(
            f"several packs in `{folder}`: {', '.join(f'`{top}`' for top in tops)}",
            "name one, and the folder in CONSISTENT_PATH",
        )
    return tops[0]


def packs_below(name: str, available: Mapping[str, PackFolder]) -> tuple[PackFolder, ...]:
    """A pack and all that it builds on, directly or not, as far as there are such; each once, itself first."""
    found: dict[str, PackFolder] = {}
    pending = [name]
    while pending:
        pack = pending.pop()
        if pack in available and pack not in found:
            found[pack] = available[pack]
            pending += _built_on(available[pack])
    return tuple(found.values())


def _built_on(pack: PackFolder) -> list[str]:
    """The names that its manifest has; what is wrong with that is told when the pack is read."""
    try:
        built_on = TomlFile.read(pack.facts / "pack.toml").data.get("builds_on")
    except InputError:
        return []
    return [name_of(told) for told in built_on if isinstance(told, str)] if isinstance(built_on, list) else []


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
    found = [PackFolder(facts.name, facts, root / "rules" / facts.name) for facts in _folders(root / "facts")]
    names = {pack.name for pack in found}
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
    return [path for path in entries_of(parent) if not path.name.startswith(".") and is_folder(path)]


def pack_digest(pack: PackFolder) -> str:
    """The SHA-256 of what a pack holds: equal wherever and in whatever order its files lie, and however their lines end.

    It is that of a list of its files, as `sha256sum` prints them in order of their names from the root of the pack; of each file a
    line ends as on Linux, since TOML reads no other. Comments count: what the digest is of can be looked at.

    Raises:
        InputError: a file cannot be read.
    """
    listed = []
    for top, folder in (("facts", pack.facts), ("rules", pack.rules)):
        for path in toml_files(folder):
            content = read_file(path, str(path)).replace(b"\r\n", b"\n")
            within = path.relative_to(folder).as_posix()
            listed.append((f"{top}/{pack.name}/{within}", sha256(content).hexdigest()))
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(listed))
    return sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def find_pack(pack: str | Path, roots: Iterable[Path | str]) -> tuple[str, Mapping[str, PackFolder]]:
    """The name of a pack, and all that can be loaded.

    Args:
        pack: a name, or a folder that holds `facts/` and `rules/` of a pack of one's own. Packs of that folder stand in for others
            of the same name, as where one is developed that is installed too (`PackFolder.instead_of`).
        roots: further folders in which packs are looked for.

    Raises:
        UsageError: there is no such folder.
        InputError: it holds no pack, or several.
    """
    folders = [Path(root) for root in roots]
    name = str(pack)
    available = available_packs([*search_roots(), *folders])
    if isinstance(pack, Path) or "/" in name or (name and name not in available and is_folder(Path(name))):
        folder = Path(pack)
        if not is_folder(folder):
            raise UsageError(f"no folder `{folder}` to load a pack from")
        name = pack_of_folder(folder)
        available = {**available, **dict(_standing_in(available_packs([folder]), available))}
    return name, available


def _standing_in(own: Mapping[str, PackFolder], others: Mapping[str, PackFolder]) -> Iterator[tuple[str, PackFolder]]:
    """The packs of a folder, each with the one for which it stands in."""
    for name, pack in own.items():
        other = others.get(name)
        is_other = other is not None and other.facts.resolve() != pack.facts.resolve()
        yield name, evolve(pack, instead_of=other.facts) if other is not None and is_other else pack


# The heads of packs, and in which order they build on each other.


def read_manifests(
    name: str, available: Mapping[str, PackFolder], converter: "Converter", faults: Faults
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
    wanted: list[tuple[Requirement, Location]] = []
    queue = [name]
    while queue:
        pack = queue.pop()
        if pack in edges:
            continue
        file = faults.attempt(TomlFile.read, available[pack].facts / "pack.toml")
        edges[pack] = ()
        if file is None:
            continue
        files[pack] = file
        manifest = faults.attempt(structure, converter, file.data, Manifest, file)
        if manifest is None:
            continue
        check_sources(manifest.sources, file, ("sources",), faults)
        check_period(manifest, file, (), faults)
        _attempt(check_version, manifest.version, file.location(("version",)), faults)
        below = list(_requirements(manifest, file, available, faults))
        wanted += below
        edges[pack] = tuple(each.name for each, _ in below)
        read[pack] = evolve(manifest, name=pack)
        queue.extend(edges[pack])
    for each, place in wanted:
        _check_met(each, place, read, available, faults)
    circle = find_cycle(edges)
    if circle:
        place = files[circle[0]].location(("builds_on",))
        faults.add("packs build on each other in a circle: " + " > ".join(circle), place)
    faults.raise_any()
    return {pack: read[pack] for pack in _below_first(name, edges)}


def _requirements(
    manifest: Manifest, file: TomlFile, available: Mapping[str, PackFolder], faults: Faults
) -> Iterator[tuple[Requirement, Location]]:
    """What a pack builds on, as far as there is such a pack, each with the place where that is said."""
    for index, told in enumerate(manifest.builds_on):
        place = file.location(("builds_on", index))
        found = _attempt(requirement, told, place, faults)
        if found is None:
            continue
        if found.name in available:
            yield found, place
        else:
            faults.add(f"unknown pack `{found.name}`", place, did_you_mean(found.name, available))


def _check_met(
    wanted: Requirement,
    place: Location,
    read: Mapping[str, Manifest],
    available: Mapping[str, PackFolder],
    faults: Faults,
) -> None:
    """Note where the pack that would be used is not of a version that will do."""
    found = read.get(wanted.name)
    if found is None or wanted.is_met_by(found.version):
        return
    told = f"is version {found.version}" if found.version else "tells no version"
    faults.add(
        f"needs pack `{wanted.name}` {wanted.range}, and that {told}",
        place,
        f"it is the one in {available[wanted.name].facts}; get another version of it, or change the range",
    )


R = TypeVar("R")


def _attempt(read: Callable[[str], R], text: str, place: Location, faults: Faults) -> R | None:
    """What is read of a text; None where that cannot be, which is noted."""
    try:
        return read(text)
    except Problems as error:
        for problem in error.problems:
            faults.add(problem.message, place, problem.help)
    return None


def _below_first(name: str, edges: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The packs in an order in which each comes after those that it builds on."""
    order: dict[str, None] = {}

    def visit(pack: str) -> None:
        for below in edges[pack]:
            visit(below)
        order[pack] = None

    visit(name)
    return list(order)
