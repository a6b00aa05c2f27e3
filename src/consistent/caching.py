"""The cache of loaded packs: a knowledge base as a pickle, in a folder of the user's own, by a key of all that went into it.

Two parts. The key is a digest of the files of the pack and of those that it builds on, of the code that loads them, and of the
libraries below: any change makes it another key, so that nothing has to be invalidated. To read all these takes longer than what is done with the
pack, so the key is kept by their stamps, and computed again where one changed. An entry brings the key of a pack together with the folder (`PrivateFolder`).
"""

import os
import pickle
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from consistent.errors import InputError
from consistent.knowledge.packs import PackFolder, packs_below
from consistent.plugins import installed_version
from consistent.private_folder import PrivateFolder, cache_root, folder_for
from consistent.stamps import Stamp, stamp_of
from consistent.toml.files import is_taken_to_hold_other, read_file, toml_files

__all__ = [
    "LOADING",
    "Entry",
    "PrivateFolder",
    "Readings",
    "cache_folder",
    "cache_root",
    "code_key",
    "entry_of",
    "facts_key",
    "pack_key",
]

_PACKAGE = Path(__file__).resolve().parent
# What loading a pack runs: modules and folders of this package.
LOADING = (
    "_lazy", "caching", "check", "checker", "engine", "errors", "findings", "garbage", "generated", "knowledge", "limits", "locking", "messages", "model",
    "pack_reading", "packing", "plugins", "private_folder", "rules", "shown", "slots", "solving", "sources", "stamps", "toml",
    "truth", "version",
)  # fmt: skip
_LIBRARIES = ("attrs", "cattrs", "tomli")


def pack_key(folders: Sequence[PackFolder]) -> str | None:
    """The cache key of a pack: equal only where loading it would come to the same.

    Args:
        folders: its own first, then those of the packs that it builds on; every file in them counts, with its name.

    Returns:
        Hexadecimal; None where a file cannot be read, or the source of the code that runs is not there.
    """
    code = _code_that_runs()
    if code is None:
        return None
    try:
        return _digest([code.encode(), *_content(folders)])
    except InputError:
        return None


def _known_key(folders: Sequence[PackFolder]) -> str | None:
    """As `pack_key`, without a look into files that are as they were when it was computed last."""
    stamp = None if is_taken_to_hold_other() else _stamp(folders)
    kept_in = folder_for("keys", _MAX_KEYS)
    if stamp is None or kept_in is None:
        return pack_key(folders)
    known = kept_in.get(stamp.digest)
    if known is not None:
        return known.decode("ascii", "replace")
    key = pack_key(folders)
    # INVARIANT: looked at again, and only what is settled is kept: no file was changed while it was read, and any change to come shows.
    if key is not None and stamp.is_settled and _stamp(folders) == stamp:
        kept_in.put(stamp.digest, key.encode())
    return key


def _stamp(folders: Iterable[PackFolder]) -> Stamp | None:
    """Of the files of packs, and of the code that runs, with what it stands on."""
    of_packs = stamp_of(root for folder in folders for root in (folder.facts, folder.rules))
    if of_packs is None or _CODE is None:
        return None
    parts = [_CODE.digest, of_packs.digest, sys.version, *(f"{name} {installed_version(name)}" for name in _LIBRARIES)]
    return Stamp(_digest(part.encode() for part in parts), max(_CODE.newest, of_packs.newest))


def _content(folders: Iterable[PackFolder]) -> Iterator[bytes]:
    for folder in folders:
        yield from _held(folder.facts)
        yield from _held(folder.rules)


def facts_key(folders: Iterable[PackFolder], *, but: Collection[str] = ()) -> str | None:
    """A digest of all files of facts of packs, but for those of some names; None where one cannot be read."""
    try:
        return _digest(part for folder in folders for part in _held(folder.facts, but))
    except InputError:
        return None


def _held(root: Path, but: Collection[str] = ()) -> Iterator[bytes]:
    yield os.fsencode(root)
    for path in toml_files(root):
        if path.name not in but:
            yield os.fsencode(path)
            yield read_file(path, str(path))


def code_key(rooms: Iterable[str] = LOADING) -> str | None:
    """A digest of the code in modules and folders of this package, and of what it stands on; None where it is not there."""
    parts = [sys.version.encode()]
    try:
        for library in _LIBRARIES:
            version = installed_version(library)
            if version is None:
                return None
            parts.append(f"{library} {version}".encode())
        for room in rooms:
            module = _PACKAGE / f"{room}.py"
            paths = [module] if module.is_file() else sorted((_PACKAGE / room).rglob("*.py"))
            if not paths:
                return None  # installed without its source
            for path in paths:
                parts += [os.fsencode(path.relative_to(_PACKAGE)), path.read_bytes()]
    except OSError:
        return None
    return _digest(parts)


def _digest(parts: Iterable[bytes]) -> str:
    digest = sha256()
    for part in parts:
        # With its length, so that nothing can move from one part into the next.
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _stamp_of_code() -> Stamp | None:
    return stamp_of(path for room in LOADING for path in (_PACKAGE / f"{room}.py", _PACKAGE / room))


# INVARIANT: taken on import. Code that is edited while the process runs is not the code that it runs.
_CODE = _stamp_of_code()


@cache
def _code_that_runs() -> str | None:
    """The key of the code that this process runs; None where it cannot be told, as it is not what lies there any more."""
    code = code_key()
    return code if _CODE is not None and _stamp_of_code() == _CODE else None


_MAX_KEYS = 100  # of stamps; a key is short


def cache_folder() -> PrivateFolder | None:
    """The folder for packs; None where nothing is kept, or the system does not tell whose a file is."""
    return folder_for("packs")


# What was read in documents. Everything that is said of one follows from its bytes, the pack and the code, all of it.
_MAX_READINGS = 200


class Readings:
    """What was read in documents and compared, each under a key of all that it follows from; nothing where the cache is off."""

    def __init__(self) -> None:
        self._folder = folder_for("readings", _MAX_READINGS)

    def get(self, *parts: str) -> object | None:
        """What was put there; None on a cache miss."""
        content = self._folder.get(_reading_key(parts)) if self._folder else None
        if content is None:
            return None
        try:
            found: object = pickle.loads(content)  # noqa: S301  from a folder that is the user's alone
        except Exception:  # noqa: BLE001  a miss, whatever is wrong: it can be read again
            return None
        return found

    def put(self, found: object, *parts: str) -> None:
        """Keep something under a key of all that it follows from."""
        if self._folder is not None:
            self._folder.put(_reading_key(parts), pickle.dumps(found, pickle.HIGHEST_PROTOCOL))


def _reading_key(parts: Iterable[str]) -> str:
    return _digest([_whole_code().encode(), *(part.encode("utf-8", "surrogatepass") for part in parts)])


@cache
def _whole_code() -> str:
    """A digest of all that reading, drafting and checking run and know: any change makes what was kept a miss."""
    parts = [sys.version.encode()]
    for path in sorted(path for suffix in ("*.py", "*.toml") for path in _PACKAGE.rglob(suffix)):
        with suppress(OSError):
            parts += [os.fsencode(path.relative_to(_PACKAGE)), path.read_bytes()]
    return _digest(parts)


# The entry of one pack.


@frozen
class Entry:
    """The cache entry of a pack, for its files as they are now."""

    _folders: tuple[PackFolder, ...]
    _key: str
    _kept_in: PrivateFolder

    def read(self) -> object | None:
        """The knowledge base that was cached; None on a cache miss."""
        return self._read(self._key)

    def read_last(self) -> tuple[object, str] | None:
        """What the pack came to when it was cached last, with other files maybe, and the key of its files of facts then.

        None where nothing of it is in the cache.
        """
        folder = folder_for("last")
        content = folder.get(self._last_key) if folder else None
        key, _, facts = content.decode("ascii", "replace").partition(" ") if content else ("", "", "")
        loaded = self._read(key) if key and facts else None
        return None if loaded is None else (loaded, facts)

    def _read(self, key: str) -> object | None:
        content = self._kept_in.get(key)
        if content is None:
            return None
        try:
            found: object = pickle.loads(content)  # noqa: S301  from a folder that is the user's alone
        except Exception:  # noqa: BLE001  a miss, whatever is wrong: the files of the pack are there
            return None
        return found

    def write(self, loaded: object) -> None:
        """Cache what loading the pack came to, unless its files changed meanwhile: it would stand under the key of other files."""
        facts = facts_key(self._folders)
        # INVARIANT: looked at last, so that the key of facts is one of these files too.
        if pack_key(self._folders) == self._key:
            self._kept_in.put(self._key, pickle.dumps(loaded, pickle.HIGHEST_PROTOCOL))
            last = folder_for("last")
            if last is not None and facts is not None:
                last.put(self._last_key, f"{self._key} {facts}".encode())

    @property
    def _last_key(self) -> str:
        """Of the pack, whatever is in its files: of where these are and the code that loads them."""
        roots = (os.fsencode(root) for folder in self._folders for root in (folder.facts, folder.rules))
        return _digest([(_code_that_runs() or "").encode(), *roots])


def entry_of(name: str, available: Mapping[str, PackFolder]) -> Entry | None:
    """The cache entry of a pack; None where the cache is off, or there is no such pack that can be read.

    Args:
        name: of the pack.
        available: every pack that can be loaded.
    """
    folder = cache_folder()
    folders = packs_below(name, available) if folder else ()
    key = _known_key(folders) if folders else None
    return None if folder is None or key is None else Entry(folders, key, folder)
