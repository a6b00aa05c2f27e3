"""A folder of the user's own, in which bytes are kept by key: written atomically, and read whole or not at all.

Private to the user, as what comes out of it is unpickled or run. It knows no class of attrs: what these are made of is kept in it.
"""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from platformdirs import user_cache_path

__all__ = ["MAX_ENTRIES", "PrivateFolder", "cache_root", "folder_for"]

_VARIABLE = "CONSISTENT_CACHE"
_OFF = frozenset({"", "off"})
_MARK = b"consistent cache 1\n"
_KEPT, _UNFINISHED = ".kept", ".unfinished"
MAX_ENTRIES, _MAX_UNUSED = 20, 30 * 24 * 3600  # number; seconds since the last use
_ABANDONED = 3600  # seconds after which an unfinished file is taken for one whose writer was killed


class PrivateFolder:
    """The folder; it is made when something is first put into it."""

    __slots__ = ("most", "path")

    def __init__(self, path: Path, most: int = MAX_ENTRIES) -> None:
        """Name a folder.

        Args:
            path: of it.
            most: how many entries are kept.
        """
        self.path, self.most = path, most

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PrivateFolder) and (self.path, self.most) == (other.path, other.most)

    def __hash__(self) -> int:
        return hash((self.path, self.most))

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


def folder_for(name: str, most: int = MAX_ENTRIES) -> PrivateFolder | None:
    """The folder for what goes by a name; None where nothing is kept, or the system does not tell whose a file is."""
    root = cache_root() if os.open in os.supports_dir_fd else None
    return None if root is None else PrivateFolder(root / name, most)


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
