"""What is wrong with a file or folder, whatever it is: a pack or a part of one, golden files, waivers, proposals."""

from collections.abc import Iterator, MutableMapping
from contextlib import suppress
from pathlib import Path

from attrs import evolve, frozen

from consistent.authoring._pack_paths import is_of_pack, is_pack_folder, pack_around
from consistent.authoring.suite.golden_files import is_golden, read_golden
from consistent.authoring.suite.items import PackKey, Packs
from consistent.checker import KnowledgeBase
from consistent.errors import Fault, InputError, Location, UsageError
from consistent.pack_reading import Kept
from consistent.reports.terminal import shown_path
from consistent.toml.files import is_file, is_folder
from consistent.toml.tomlfile import TomlFile
from consistent.toml.waivers import read_waivers

__all__ = ["faults_in", "faults_of_file", "files_in", "kind_of", "pack_of_proposal"]


# What lies beside the facts and rules of a pack, as `consistent new pack` makes it.
_BESIDE = ("proposals", "goldens")


@frozen
class _Whole:
    """What is read as one: a pack, or a file that belongs to none."""

    path: Path
    is_pack: bool


def faults_in(
    path: Path, pack: str | None = None, kept: MutableMapping[PackKey, Kept] | None = None
) -> tuple[Fault, ...]:
    """Everything that is wrong with a file or folder, as far as it can be told at once.

    Args:
        path: a folder of packs, of which the folders `proposals/` and `goldens/` count too; a part of a pack; a golden file,
            waivers, a proposal, or a folder of these.
        pack: in whose terms proposals are; see `pack_of_proposal`.
        kept: what was read of packs before.

    Raises:
        UsageError: there is no such pack.
        InputError: there is no such file, or a folder cannot be read.
    """
    if not is_folder(path) and not is_file(path):
        raise InputError([Fault("no such file or folder", Location(str(path)))])
    inside = path.resolve()
    packs = Packs(kept)
    found: list[Fault] = []
    for whole in _wholes(path):
        told = _faults_of_pack(whole.path, packs) if whole.is_pack else faults_of_file(whole.path, pack, packs)
        for fault in told:
            place = Path(fault.location.path).resolve()
            if place.is_relative_to(inside):
                # Golden files name their pack by another way to it.
                found.append(evolve(fault, location=evolve(fault.location, path=shown_path(str(place)))))
    return tuple(dict.fromkeys(found))


def _wholes(path: Path) -> Iterator[_Whole]:
    """What is read to know all about a path."""
    if pack_around(path) is not None:
        yield _Whole(path, is_pack=True)
        return
    root = path.absolute() if is_pack_folder(path) or not is_of_pack(path) else path.absolute().parent
    for manifest in sorted(root.glob("facts/*/pack.toml")):
        yield _Whole(manifest, is_pack=True)
    for file in files_in(path):
        if pack_around(file) is None:
            yield _Whole(file, is_pack=False)


def files_in(path: Path) -> Iterator[Path]:
    """The TOML files of a file or folder that are of packs, or lie where `consistent new pack` puts what is not, in order."""
    # Whatever else lies beside a pack may be anything.
    parts = ["facts", "rules", *_BESIDE] if is_pack_folder(path) else ["."]
    for folder in [path / part for part in parts]:
        yield from sorted(folder.rglob("*.toml")) if is_folder(folder) else filter(is_file, [folder])


def _faults_of_pack(path: Path, packs: Packs) -> tuple[Fault, ...]:
    try:
        packs.around(path)
    except InputError as error:
        return error.faults
    return ()


def kind_of(file: TomlFile) -> str:
    """What a file that belongs to no pack is: `golden`, `waivers`, `proposal`, or nothing that is known here."""
    if is_golden(file):
        return "golden"
    if "waiver" in file.data:
        return "waivers"
    return "proposal" if file.data.keys() & {"proposal", "measure"} else ""


def pack_of_proposal(path: Path, pack: str | None, packs: Packs) -> KnowledgeBase:
    """The pack in whose terms a proposal is: the one that is named, that of the folder that it lies in, or the default one.

    Raises:
        UsageError: there is no such pack.
        InputError: it cannot be used.
    """
    if pack is not None:
        return packs.named(pack)
    for folder in path.absolute().parents:
        if is_pack_folder(folder):
            with suppress(UsageError):  # it holds several
                return packs.named(str(folder))
    return packs.named(None)


def faults_of_file(path: Path, pack: str | None = None, packs: Packs | None = None) -> tuple[Fault, ...]:
    """What is wrong with a file that belongs to no pack.

    Args:
        path: of the file.
        pack: in whose terms a proposal is; see `pack_of_proposal`.
        packs: those that were loaded already.

    Raises:
        UsageError: there is no such pack.
    """
    packs = packs or Packs()
    try:
        file = TomlFile.read(path)
        kind = kind_of(file)
        if kind == "golden":
            read_golden(file, packs)
        elif kind == "waivers":
            read_waivers(file)
        elif kind == "proposal":
            pack_of_proposal(path, pack, packs).read_file(file)
    except InputError as error:
        return error.faults
    return ()
