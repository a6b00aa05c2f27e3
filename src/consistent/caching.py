"""The cache of loaded packs: a knowledge base as a pickle, in a folder of the user's own, by a key of all that went into it.

Three parts. The key is a digest of the files of the pack and of those that it builds on, of the code that loads them, and of the
libraries below: any change makes it another key, so that nothing has to be invalidated. The folder keeps bytes by key, written
atomically and read whole or not at all. An entry brings both together for one pack.
"""

import os
import pickle
import stat
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from attrs import frozen
from platformdirs import user_cache_path

from consistent.errors import InputError
from consistent.knowledge.packs import PackFolder, packs_below
from consistent.plugins import installed_version
from consistent.toml.files import read_file, toml_files

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
    "_lazy", "caching", "check", "checker", "engine", "errors", "findings", "garbage", "knowledge", "limits", "locking", "messages", "model",
    "pack_reading", "packing", "plugins", "rules", "shown", "slots", "solving", "sources", "toml", "truth",
    "version",
)  # fmt: skip
_LIBRARIES = ("attrs", "cattrs", "tomli")


def pack_key(folders: Sequence[PackFolder]) -> str | None:
    """The cache key of a pack: equal only where loading it would come to the same.

    Args:
        folders: its own first, then those of the packs that it builds on; every file in them counts, with its name.

    Returns:
        Hexadecimal; None where a file cannot be read, or the source of the code that runs is not there.
    """
    if _CODE is None:
        return None
    try:
        return _digest([_CODE.encode(), *_content(folders)])
    except InputError:
        return None


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


# INVARIANT: computed on import. Code that is edited while the process runs is not the code that it runs.
_CODE = code_key()


# The folder: private to the user, as what comes out of it is unpickled, which can run code.

_VARIABLE = "CONSISTENT_CACHE"
_OFF = frozenset({"", "off"})
_MARK = b"consistent cache 1\n"
_KEPT, _UNFINISHED = ".kept", ".unfinished"
_MAX_ENTRIES, _MAX_UNUSED = 20, 30 * 24 * 3600  # number; seconds since the last use
_ABANDONED = 3600  # seconds after which an unfinished file is taken for one whose writer was killed


@frozen
class PrivateFolder:
    """The folder; it is made when something is first put into it.

    Attributes:
        most: how many entries are kept.
    """

    path: Path
    most: int = _MAX_ENTRIES

    def get(self, key: str) -> bytes | None:
        """The content under a key; None on a cache miss: there is none, or it is not as it was put (checksum, owner, rights)."""
        with suppress(OSError), self._opened() as folder:
            content = _read(key + _KEPT, folder)
            kept = content[len(_MARK) + sha256().digest_size :]
            if content.startswith(_head(key, kept)):
                with suppress(OSError):  # marks its use, by which it is evicted late; the folder may be read only
                    os.utime(key + _KEPT, dir_fd=folder)
                return kept
        return None

    def put(self, key: str, content: bytes) -> None:
        """Put content under a key, and evict what is old. The write is atomic: who reads meanwhile finds the old content or the new.

        Whatever the system refuses is passed over: the next process loads the pack from its files again.
        """
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                self.path.mkdir(mode=0o700)
            with self._opened() as folder:
                _write(key + _KEPT, _head(key, content) + content, folder)
                _prune(folder, self.most)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """A descriptor of the folder, checked once: paths could lead to another folder between the check and the use (TOCTOU)."""
        folder = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            _check_private(os.fstat(folder))
            yield folder
        finally:
            os.close(folder)


def cache_root() -> Path | None:
    """The folder for all that is kept: the one that CONSISTENT_CACHE names, or else the user's cache; None if it is switched off.

    None too where the system does not tell where the user is at home.
    """
    named = os.environ.get(_VARIABLE)
    if named is not None:
        return None if named.strip().lower() in _OFF else Path(named)
    try:
        ours = user_cache_path("consistent")
    except RuntimeError:  # so newer releases of platformdirs say it; before, the path begins with `~`
        return None
    return ours if ours.is_absolute() else None


def cache_folder() -> PrivateFolder | None:
    """The folder for packs; None where nothing is kept, or the system does not tell whose a file is."""
    return _folder_for("packs", _MAX_ENTRIES)


def _folder_for(name: str, most: int) -> PrivateFolder | None:
    root = cache_root() if os.open in os.supports_dir_fd else None
    return None if root is None else PrivateFolder(root / name, most)


# What was read in documents. Everything that is said of one follows from its bytes, the pack and the code, all of it.
_MAX_READINGS = 200


class Readings:
    """What was read in documents and compared, each under a key of all that it follows from; nothing where the cache is off."""

    def __init__(self) -> None:
        self._folder = _folder_for("readings", _MAX_READINGS)

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


def _head(key: str, content: bytes) -> bytes:
    """What a file begins with: a checksum of key and content, so that a truncated or renamed file is a cache miss."""
    checksum = sha256(key.encode() + b"\0")
    checksum.update(content)
    return _MARK + checksum.digest()


def _read(name: str, folder: int) -> bytes:
    # Non-blocking, as to open a pipe would wait for who writes to it; without following links, which may lead elsewhere.
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        _check_private(status)
        return file.read() if stat.S_ISREG(status.st_mode) else b""


def _write(name: str, content: bytes, folder: int) -> None:
    beside = f"{name}.{os.urandom(8).hex()}{_UNFINISHED}"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside, dir_fd=folder)
        raise


# In a browser there is no other user.
_user = getattr(os, "geteuid", os.getuid) if hasattr(os, "getuid") else lambda: 0


def _check_private(status: os.stat_result) -> None:
    if status.st_uid != _user() or status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise PermissionError("not the user's alone")


def _prune(folder: int, most: int) -> None:
    """Evict what was not used for long and, least recently used first, what is too many; remove what was never finished."""
    now = time.time()
    found: list[tuple[float, str]] = []
    for name in os.listdir(folder):
        if name.endswith((_KEPT, _UNFINISHED)):
            with suppress(OSError):
                found.append((now - os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime, name))
    kept = sorted(pair for pair in found if pair[1].endswith(_KEPT))
    gone = [name for number, (age, name) in enumerate(kept) if number >= most or age > _MAX_UNUSED]
    gone += [name for age, name in found if name.endswith(_UNFINISHED) and age > _ABANDONED]
    for name in gone:
        with suppress(OSError):
            os.unlink(name, dir_fd=folder)


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
        folder = _folder_for("last", _MAX_ENTRIES)
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
            last = _folder_for("last", _MAX_ENTRIES)
            if last is not None and facts is not None:
                last.put(self._last_key, f"{self._key} {facts}".encode())

    @property
    def _last_key(self) -> str:
        """Of the pack, whatever is in its files: of where these are and the code that loads them."""
        roots = (os.fsencode(root) for folder in self._folders for root in (folder.facts, folder.rules))
        return _digest([(_CODE or "").encode(), *roots])


def entry_of(name: str, available: Mapping[str, PackFolder]) -> Entry | None:
    """The cache entry of a pack; None where the cache is off, or there is no such pack that can be read.

    Args:
        name: of the pack.
        available: every pack that can be loaded.
    """
    folder = cache_folder()
    folders = packs_below(name, available) if folder else ()
    key = pack_key(folders) if folders else None
    return None if folder is None or key is None else Entry(folders, key, folder)
