"""Packs that are loaded once, however many items are run before them."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from consistent.checker import KnowledgeBase, load
from consistent.errors import InputError, UsageError
from consistent.reports.terminal import shown_path

__all__ = ["PackPath", "Packs", "is_of_pack", "is_pack_folder", "pack_around"]

# To which pack a file or folder belongs, by where it lies; told without reading a pack.

_PARTS = ("rules", "facts")


class PackPath(NamedTuple):
    """A pack by its name, and the folder that holds its `facts/` and `rules/`."""

    root: Path
    name: str


def pack_around(path: Path) -> PackPath | None:
    """The pack whose folder of rules or facts a path is, or lies in; None where there is none."""
    whole = path.absolute()
    for parent in whole.parents:
        if parent.name in _PARTS:
            name = whole.relative_to(parent).parts[0]
            if (parent.parent / "facts" / name / "pack.toml").is_file():
                return PackPath(parent.parent, name)
    return None


def is_pack_folder(path: Path) -> bool:
    """Whether a folder holds a pack, or several."""
    return next(path.glob("facts/*/pack.toml"), None) is not None


def is_of_pack(path: Path) -> bool:
    """Whether a path is the folder of a pack, that of its rules or facts, or lies in one of these."""
    whole = path.absolute()
    is_part = whole.name in _PARTS and is_pack_folder(whole.parent)
    return is_pack_folder(whole) or is_part or pack_around(whole) is not None


class Packs:
    """The packs of a run."""

    def __init__(self) -> None:
        self._loaded: dict[tuple[str | Path, ...], KnowledgeBase | InputError] = {}

    def named(self, pack: str, beside: Path | None = None) -> KnowledgeBase:
        """A pack by its name or folder.

        Args:
            pack: a name, or a path.
            beside: the folder from which a path is read; the current one unless given.

        Raises:
            UsageError: there is no such pack.
            InputError: its files cannot be used.
        """
        is_path = "/" in pack or pack.startswith(".")
        if not is_path:
            return self._load((pack,), lambda: load(pack))
        folder = (beside or Path()) / pack
        return self._load((folder.resolve(),), lambda: load(folder))

    def around(self, path: Path) -> KnowledgeBase:
        """The pack in whose folder a path lies.

        Raises:
            UsageError: it lies in none.
            InputError: the files of the pack cannot be used.
        """
        found = pack_around(path)
        if found is None:
            raise UsageError(f"`{path}` lies in no pack", "a pack has a file facts/NAME/pack.toml")
        # As a reader knows it, for the places of faults.
        root = Path(shown_path(str(found.root)))
        return self._load((found.name, found.root.resolve()), lambda: load(found.name, roots=[root]))

    def _load(self, key: tuple[str | Path, ...], how: Callable[[], KnowledgeBase]) -> KnowledgeBase:
        if key not in self._loaded:
            try:
                self._loaded[key] = how()
            except InputError as error:
                self._loaded[key] = error
        found = self._loaded[key]
        if isinstance(found, InputError):
            raise InputError(found.faults)
        return found
