"""Steps by which files are written, counted, and one of them made to fail, in this process and for good.

Steps are what is asked of the system below a folder, but for what hypothesis keeps there: to open for writing, to write, to flush
to disk, to move, to link, to make a folder, to change modes.
"""

import builtins
import errno
import io
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

__all__ = ["fail_at"]


_plain_open = io.open
_Raw = io.FileIO


class _Steps:
    """Counts steps, and fails at one."""

    def __init__(self, at: int, error: int, below: Path, log: Path) -> None:
        self.at, self.error, self.below = at, error, f"{below}{os.sep}"
        self.log = _plain_open(log, "w", buffering=1)
        self.count = 0
        self.descriptors: dict[int, str] = {}

    def step(self, what: str, path: Any) -> None:
        """Count it if it is one of those below the folder, and fail if it is the one."""
        if isinstance(path, int):
            path = self.descriptors.get(path, "")
        named = _absolute(path) if path else ""
        if not named.startswith(self.below) or ".hypothesis" in named:
            return
        self.count += 1
        self.log.write(json.dumps(f"{what} {named.removeprefix(self.below)}") + "\n")
        if self.count == self.at:
            raise OSError(self.error, os.strerror(self.error), named)


def _absolute(path: Any) -> str:
    """The path from the root; links are not followed, nor is the system asked."""
    found: str = os.path.abspath(os.fspath(path))  # noqa: PTH100  `Path` does not do that
    return found


def _patch(steps: _Steps) -> None:
    def before(name: str, first: Callable[..., Any] = lambda path, *_, **__: path) -> None:
        plain = getattr(os, name)

        def patched(*given: Any, **options: Any) -> Any:
            steps.step(name, first(*given, **options))
            return plain(*given, **options)

        setattr(os, name, patched)

    for name in ("replace", "rename", "link", "symlink", "mkdir", "chmod", "fsync", "ftruncate", "truncate", "write"):
        # Of two paths the second is what comes to be.
        before(
            name,
            (lambda _, to, **__: to)
            if name in {"replace", "rename", "link", "symlink"}
            else lambda path, *_, **__: path,
        )
    plain_os_open = os.open

    def open_descriptor(path: Any, flags: int, *given: Any, **options: Any) -> int:
        writing = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writing:
            steps.step("open", path)
        found = plain_os_open(path, flags, *given, **options)
        if writing:
            steps.descriptors[found] = _absolute(path)
        return found

    class Raw(_Raw):
        """A file whose writes are steps."""

        def write(self, data: Any) -> int:
            steps.step("write", self._place)
            return super().write(data)

        def truncate(self, size: int | None = None) -> int:
            steps.step("truncate", self._place)
            return super().truncate(size)

        @property
        def _place(self) -> Any:
            return steps.descriptors.get(self.fileno(), self.name)

    def open_file(file: Any, mode: str = "r", buffering: int = -1, *text: Any, **options: Any) -> Any:
        if not set(mode) & set("wax+") or options.get("opener") is not None:
            return _plain_open(file, mode, buffering, *text, **options)
        if not isinstance(file, int):
            steps.step("open", file)
        raw = Raw(file, mode.replace("b", "").replace("t", ""), options.pop("closefd", True))
        if not isinstance(file, int):
            steps.descriptors[raw.fileno()] = _absolute(file)
        if buffering == 0:
            return raw
        held = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        options.pop("opener", None)
        if "b" in mode:
            return held
        written = io.TextIOWrapper(held, *text, **options)
        written.reconfigure(line_buffering=buffering == 1)
        return written

    os.open = open_descriptor
    io.open = builtins.open = open_file


def fail_at(number: int, error: str, below: Path, log: Path) -> None:
    """Have a step fail.

    Args:
        number: of the step, counted from one; nothing fails at 0.
        error: the name of the error, `ENOSPC` say.
        below: the folder.
        log: a file that is told each step, in JSON, one a line.
    """
    tempfile.tempdir = None  # it is asked for anew, as by a process that begins
    _patch(_Steps(number, getattr(errno, error), below, log))
