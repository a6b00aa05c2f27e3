"""To which pack a file or folder belongs: told by where it lies, without reading the pack.

INVARIANT: nothing is imported but the standard library. pytest imports this at its start, for the plugin.
"""

from pathlib import Path
from typing import NamedTuple

__all__ = ["PackPath", "is_of_pack", "is_pack_folder", "pack_around"]

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
