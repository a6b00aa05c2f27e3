"""Keys of content: equal only where loading the same pack would come to the same."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from consistent.errors import InputError
from consistent.knowledge.finding_packs import PackFolder
from consistent.reading.files import read_file, toml_files

__all__ = ["LOADING", "pack_key"]

_PACKAGE = Path(__file__).resolve().parents[1]
# What loading a pack runs: modules and folders of this package.
LOADING = (
    "caching", "check", "checker", "engine", "errors", "findings", "garbage", "guarantees", "knowledge", "model",
    "packing", "packs", "reading", "rules", "sources", "truth",
)  # fmt: skip
_LIBRARIES = ("attrs", "cattrs", "tomli")


def pack_key(folders: Sequence[PackFolder]) -> str | None:
    """The key of a pack.

    Args:
        folders: its own first, then those of the packs that it builds on; every file in them counts, with its name.

    Returns:
        Hexadecimal; None where a file cannot be read, or it cannot be told which code runs.
    """
    if _CODE is None:
        return None
    try:
        return _digest([_CODE.encode(), *_content(folders)])
    except InputError:
        return None


def _content(folders: Iterable[PackFolder]) -> Iterator[bytes]:
    for folder in folders:
        for root in (folder.facts, folder.rules):
            yield os.fsencode(root)
            for path in toml_files(root):
                yield os.fsencode(path)
                yield read_file(path, str(path))


def _code() -> str | None:
    """The key of the code that runs, and of what it stands on."""
    parts = [sys.version.encode()]
    try:
        parts += [f"{each} {version(each)}".encode() for each in _LIBRARIES]
        for room in LOADING:
            module = _PACKAGE / f"{room}.py"
            paths = [module] if module.is_file() else sorted((_PACKAGE / room).rglob("*.py"))
            if not paths:
                return None  # installed without its source
            for path in paths:
                parts += [os.fsencode(path.relative_to(_PACKAGE)), path.read_bytes()]
    except (PackageNotFoundError, OSError):
        return None
    return _digest(parts)


def _digest(parts: Iterable[bytes]) -> str:
    digest = sha256()
    for each in parts:
        # With its length, so that nothing can move from one part into the next.
        digest.update(len(each).to_bytes(8, "big"))
        digest.update(each)
    return digest.hexdigest()


# INVARIANT: taken when this is imported. What is edited while the process lives on is not the code that it runs.
_CODE = _code()
