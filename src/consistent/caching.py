"""Keys of content: equal only where loading the same pack would come to the same."""

import os
import pickle
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from secrets import token_hex

from attrs import frozen
from platformdirs import user_cache_path

from consistent.errors import InputError
from consistent.knowledge.packs import PackFolder, packs_below
from consistent.toml.files import read_file, toml_files

__all__ = ["LOADING", "Entry", "PrivateFolder", "cache_folder", "entry_of", "pack_key"]

_PACKAGE = Path(__file__).resolve().parent
# What loading a pack runs: modules and folders of this package.
LOADING = (
    "caching", "check", "checker", "engine", "errors", "findings", "garbage", "knowledge", "model", "packing",
    "rules", "solving", "sources", "toml", "truth",
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


# A folder of the user's own in which content is kept by key: it comes back whole, or not at all.

_VARIABLE = "CONSISTENT_CACHE"
_OFF = frozenset({"", "off"})
_MARK = b"consistent cache 1\n"
_KEPT, _UNFINISHED = ".kept", ".unfinished"
_MOST, _LONGEST = 20, 30 * 24 * 3600  # entries; seconds without being used
_ABANDONED = 3600  # seconds after which nobody is writing a file any more


@frozen
class PrivateFolder:
    """The folder; it is made when something is first put into it."""

    path: Path

    def get(self, key: str) -> bytes | None:
        """What was put there under a key; None where nothing is, or not what was put."""
        with suppress(OSError), self._opened() as folder:
            content = _read(key + _KEPT, folder)
            kept = content[len(_MARK) + sha256().digest_size :]
            if content.startswith(_head(key, kept)):
                with suppress(OSError):  # it may be read only
                    os.utime(key + _KEPT, dir_fd=folder)
                return kept
        return None

    def put(self, key: str, content: bytes) -> None:
        """Keep something under a key; who reads meanwhile finds what was there before or this, whole."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                self.path.mkdir(mode=0o700)
            with self._opened() as folder:
                _write(key + _KEPT, _head(key, content) + content, folder)
                _prune(folder)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """The folder held open, so that no other takes its place between the look at its owner and its use."""
        folder = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            _check_private(os.fstat(folder))
            yield folder
        finally:
            os.close(folder)


def cache_folder() -> PrivateFolder | None:
    """The folder for packs, in the one that CONSISTENT_CACHE names or else in the user's cache; None if it is switched off.

    None too where the system does not tell whose a file is, or where the user is at home.
    """
    if os.open not in os.supports_dir_fd:
        return None
    named = os.environ.get(_VARIABLE)
    if named is None:
        try:
            ours = user_cache_path("consistent")
        except RuntimeError:  # so newer releases of platformdirs say it; before, the path begins with `~`
            return None
        return PrivateFolder(ours / "packs") if ours.is_absolute() else None
    return None if named.strip().lower() in _OFF else PrivateFolder(Path(named) / "packs")


def _head(key: str, content: bytes) -> bytes:
    """What a file begins with: the checksum holds only for this content under this key."""
    checksum = sha256(key.encode() + b"\0")
    checksum.update(content)
    return _MARK + checksum.digest()


def _read(name: str, folder: int) -> bytes:
    # Not blocking: somebody may have put a pipe there.
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        _check_private(status)
        return file.read() if stat.S_ISREG(status.st_mode) else b""


def _write(name: str, content: bytes, folder: int) -> None:
    beside = f"{name}.{token_hex(8)}{_UNFINISHED}"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(beside, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside, dir_fd=folder)
        raise


def _check_private(status: os.stat_result) -> None:
    if status.st_uid != os.geteuid() or status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise PermissionError("not the user's alone")


def _prune(folder: int) -> None:
    """Remove what was not used for long, what is beyond the number that is kept, and what was never finished."""
    now = time.time()
    found: list[tuple[float, str]] = []
    for name in os.listdir(folder):
        if name.endswith((_KEPT, _UNFINISHED)):
            with suppress(OSError):
                found.append((now - os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime, name))
    kept = sorted(pair for pair in found if pair[1].endswith(_KEPT))
    gone = [name for number, (age, name) in enumerate(kept) if number >= _MOST or age > _LONGEST]
    gone += [name for age, name in found if name.endswith(_UNFINISHED) and age > _ABANDONED]
    for name in gone:
        with suppress(OSError):
            os.unlink(name, dir_fd=folder)


# The entry of a pack: the knowledge base that loading it came to, kept for the next process.


@frozen
class Entry:
    """Where a pack is kept, in the content that it has now."""

    _folders: tuple[PackFolder, ...]
    _key: str
    _kept_in: PrivateFolder

    def read(self) -> object | None:
        """What was kept; None where nothing is."""
        content = self._kept_in.get(self._key)
        if content is None:
            return None
        try:
            found: object = pickle.loads(content)  # noqa: S301  from a folder that is the user's alone
        except Exception:  # noqa: BLE001  whatever is wrong with what was kept, the pack itself is there
            return None
        return found

    def write(self, loaded: object) -> None:
        """Keep what loading the pack came to, unless the pack was changed meanwhile."""
        if pack_key(self._folders) == self._key:
            self._kept_in.put(self._key, pickle.dumps(loaded, pickle.HIGHEST_PROTOCOL))


def entry_of(name: str, available: Mapping[str, PackFolder]) -> Entry | None:
    """The entry of a pack; None where nothing is to be kept, or there is no such pack that can be read.

    Args:
        name: of the pack.
        available: every pack that can be loaded.
    """
    folder = cache_folder()
    folders = packs_below(name, available) if folder else ()
    key = pack_key(folders) if folders else None
    return None if folder is None or key is None else Entry(folders, key, folder)
