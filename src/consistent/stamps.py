"""Stamps of files: what the system tells of them without opening one, by which it shows that nothing was changed since.

A stamp has name, size, inode, and the times at which content (mtime) and entry (ctime) changed last. What writes to a file changes both, and
who sets the former back changes the latter. Only a change within one tick of the file system's clock leaves a stamp as it is; so a stamp
says nothing of what is so new that such a change may be yet to come.
"""

import os
import stat
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

__all__ = ["Stamp", "stamp_of"]

# Seconds: the coarsest clock of a file system in use ticks every two.
_SETTLED = 3.0


class Stamp(NamedTuple):
    """Of files and folders with all in them.

    Attributes:
        digest: hexadecimal; equal where every name, size, inode and time is.
        newest: when the last of them changed, in seconds as of `time.time`.
    """

    digest: str
    newest: float

    @property
    def is_settled(self) -> bool:
        """Whether any change from now on makes it another stamp; not of what changed just now, or has a time that is yet to come."""
        return self.newest < time.time() - _SETTLED


def stamp_of(roots: Iterable[Path | str]) -> Stamp | None:
    """The stamp of files and folders, whatever they hold but for what Python compiled; None where one cannot be looked at, or is no file.

    Args:
        roots: in an order that counts. What is not there counts as not there.
    """
    told: list[str] = []
    newest = 0
    try:
        for root in roots:
            path = os.fspath(root)
            told.append(f"root {path!a}")
            if os.path.isdir(path):  # noqa: PTH112  as fast as can be: some hundreds of files
                newest = max(newest, _note_below(told, path))
            elif os.path.lexists(path):
                newest = max(newest, _note(told, "", os.stat(path)))  # noqa: PTH116  as above
    except OSError:
        return None
    return Stamp(sha256("\n".join(told).encode()).hexdigest(), newest / 1e9)


def _note_below(told: list[str], folder: str) -> int:
    """Note what is in a folder, which by itself counts for no more than the names in it; the last change in nanoseconds."""
    newest = 0
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            if name != "__pycache__":
                told.append(f"in {name!a}")
                newest = max(newest, _note_below(told, entry.path))
                told.append("out")
            continue
        newest = max(newest, _note(told, name, entry.stat(follow_symlinks=False)))
        if entry.is_symlink():
            # Where it leads too; what leads nowhere has no stamp.
            newest = max(newest, _note(told, name, entry.stat()))
    return newest


def _note(told: list[str], name: str, status: os.stat_result) -> int:
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISLNK(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        raise OSError(f"{name!a} is a pipe or a device, of which the next look may find other content")
    content, entry = status.st_mtime_ns, status.st_ctime_ns
    told.append(f"{name!a} {status.st_mode} {status.st_dev} {status.st_ino} {status.st_size} {content} {entry}")
    return max(content, entry)
