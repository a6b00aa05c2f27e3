"""What installed packages add by entry point, and which version of one is installed.

`importlib.metadata` tells both, and takes longer to be imported, and to read the metadata of all that is installed, than most commands have
to do. So its files are read here, by the names that packaging gives them; where packages may lie in another way it is asked after all.
"""

import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from importlib.machinery import PathFinder
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple, Protocol, TypeVar

from consistent.errors import UsageError
from consistent.version import extra_of

__all__ = ["EntryPoint", "added", "entry_points", "installed_version"]

T = TypeVar("T")
_KINDS = (".dist-info", ".egg-info")
_FILE = "entry_points.txt"


class EntryPoint(Protocol):
    """What a package offers under a name."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def value(self) -> str:
        """Where it is: a module, and for the most part an attribute of that."""

    def load(self) -> object:
        """Import it."""


class _Named(NamedTuple):
    """An entry point as its file has it: `name = module:attribute`."""

    name: str
    value: str

    def load(self) -> object:
        module, _, attributes = self.value.partition("[")[0].partition(":")
        found: object = import_module(module.strip())
        for attribute in filter(None, attributes.strip().split(".")):
            found = getattr(found, attribute)
        return found


class _Package(NamedTuple):
    """An installed package: its name and version as the folder of its metadata has them, and its entry points by group."""

    name: str
    version: str
    entries: dict[str, tuple[_Named, ...]]


def added(group: str, kind: type[T], what: str, name: str | None = None) -> dict[str, T]:
    """Everything that installed packages add to a group, by the name of the entry, in order of name.

    Args:
        group: of entry points.
        kind: what each entry must be.
        what: how messages call one.
        name: of the one entry that is asked for; all unless given. Others are left alone, whatever is wrong with them.

    Raises:
        UsageError: an entry is something else, or cannot be loaded.
        ModuleNotFoundError: it needs what an extra of this package brings.
    """
    found: dict[str, T] = {}
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        if name is not None and entry.name != name:
            continue
        try:
            loaded = entry.load()
        except (ImportError, AttributeError) as error:
            if isinstance(error, ModuleNotFoundError) and extra_of(error):
                raise
            raise UsageError(f"{what} `{entry.name}` cannot be loaded: {error}") from None
        if not isinstance(loaded, kind):
            raise UsageError(f"{what} `{entry.name}` is not a `{kind.__name__}`")
        found[entry.name] = loaded
    return found


def entry_points(*, group: str) -> tuple[EntryPoint, ...]:
    """The entry points of a group, of all installed packages; of several packages of one name those of the first, as Python does."""
    packages = _installed()
    if packages is None:
        from importlib import metadata  # noqa: PLC0415  large, and seldom needed

        return tuple(metadata.entry_points(group=group))
    first: dict[str, _Package] = {}
    for package in packages:
        first.setdefault(package.name, package)
    return tuple(entry for package in first.values() for entry in package.entries.get(group, ()))


def installed_version(name: str) -> str | None:
    """The version of an installed package; None where there is none of that name."""
    found = next((package.version for package in _installed() or () if package.name == _normal(name)), "")
    if found:
        return found
    from importlib import metadata  # noqa: PLC0415  as above

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _installed() -> list[_Package] | None:
    """What is installed, in order of the path; None where it may lie otherwise than in folders on it."""
    for finder in sys.meta_path:
        if finder is not PathFinder and getattr(finder, "find_distributions", None) is not None:
            return None
    found: list[_Package] = []
    for entry in sys.path:
        folder = Path(entry)
        try:
            status = folder.stat()
        except OSError:  # the archive of the standard library, as a rule, which is seldom there
            continue
        if not S_ISDIR(status.st_mode) or folder.suffix == ".egg":
            return None
        found += _packages_in(folder.absolute(), status.st_mtime_ns)
    return found


@lru_cache(maxsize=256)
def _packages_in(folder: Path, changed: int) -> tuple[_Package, ...]:  # noqa: ARG001  after a change it is another question
    """The packages whose metadata lie in a folder that was changed last at some time."""
    try:
        names = os.listdir(folder)  # noqa: PTH208  names alone, of hundreds
    except OSError:
        return ()
    return tuple(_package(folder, name, kind) for name in names for kind in _KINDS if name.lower().endswith(kind))


def _package(folder: Path, name: str, kind: str) -> _Package:
    called, _, version = name[: -len(kind)].partition("-")
    if kind == ".egg-info":
        version = version.partition("-py")[0]
    return _Package(_normal(called), version, _entries(folder / name))


def _entries(info: Path) -> dict[str, tuple[_Named, ...]]:
    try:
        text = (info / _FILE).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    found: dict[str, tuple[_Named, ...]] = {}
    for group, entry in _pairs(text):
        found[group] = (*found.get(group, ()), entry)
    return found


def _pairs(text: str) -> Iterator[tuple[str, _Named]]:
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            group = line[1:-1]
        elif group and line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield group, _Named(name.strip(), value.strip())


def _normal(name: str) -> str:
    """A name as packages are compared by: case and the kinds of hyphen do not matter."""
    return "-".join(filter(None, name.lower().replace("_", "-").replace(".", "-").split("-")))
