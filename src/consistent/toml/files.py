"""Files and folders: listed, read with limits (size, kind of file), and written atomically.

What the system refuses becomes a fault, and nothing is left out in silence.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from consistent.errors import Fault, Faults, InputError, Location
from consistent.limits import FILE

__all__ = [
    "create_file",
    "entries_of",
    "is_file",
    "is_folder",
    "is_taken_to_hold_other",
    "read_file",
    "read_stream",
    "replace_file",
    "taken_to_hold",
    "toml_files",
]


def is_folder(path: Path) -> bool:
    """Whether there is a folder of that name.

    Raises:
        InputError: it cannot be told: a folder on the way may not be entered.
    """
    try:
        return path.is_dir()
    except OSError as error:
        raise _refused("file or folder", error, str(path)) from None


def is_file(path: Path) -> bool:
    """Whether there is something of that name that can be opened as a file; a link that leads nowhere is told later.

    Raises:
        InputError: it cannot be told: a folder on the way may not be entered.
    """
    try:
        return path.is_symlink() or path.exists()
    except OSError as error:
        raise _refused("file", error, str(path)) from None


def entries_of(folder: Path) -> list[Path]:
    """What lies in a folder, in order of name.

    Raises:
        InputError: the folder cannot be read.
    """
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise _refused("folder", error, str(folder)) from None


def toml_files(folder: Path) -> list[Path]:
    """Every TOML file under a folder, in order of path; none where there is no such folder.

    Raises:
        InputError: with every folder that cannot be read, and every file that would be passed over for its name.
    """
    if not is_folder(folder):
        return []
    faults = Faults()
    found: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: faults.found.extend(_refused("folder", error, str(folder)).faults))
    for where, folders, names in walk:
        folders.sort()
        found.extend(Path(where) / name for name in names if name.endswith(".toml"))
        for name in sorted(filter(_is_passed_over, names)):
            path = str(Path(where) / name)
            help_ = f"call it `{name[: name.lower().index(_TOML)]}{_TOML}`, or move it elsewhere"
            faults.add(f"file is not read: its name does not end in `{_TOML}`", Location(path), help_)
    faults.raise_any()
    return sorted(found)


_TOML = ".toml"


def _is_passed_over(name: str) -> bool:
    """Whether a file was meant to be read, by its name, and is not: `rule.toml.txt`. What editors leave behind was not."""
    return _TOML in name.lower() and not name.endswith((_TOML, "~")) and not name.startswith((".", "#"))


# What files are taken to hold, by absolute path.
_overlay: ContextVar[Mapping[str, bytes]] = ContextVar("overlay", default=MappingProxyType({}))


@contextmanager
def taken_to_hold(contents: Mapping[Path, bytes]) -> Iterator[None]:
    """As long as it lasts, files are read as if they held something else: what an editor has not saved, or what is tried out.

    Args:
        contents: by path; the files are there, as what is not is in no list of files.
    """
    token = _overlay.set({os.path.abspath(path): content for path, content in contents.items()})  # noqa: PTH100  as in `read_file`
    try:
        yield
    finally:
        _overlay.reset(token)


def is_taken_to_hold_other() -> bool:
    """Whether any file is just now taken to hold something else than it does."""
    return bool(_overlay.get())


def read_file(path: Path, name: str) -> bytes:
    """The content of a file, or of a pipe such as `/dev/stdin`.

    Args:
        path: the file.
        name: how messages call it.

    Raises:
        InputError: it cannot be opened, is too large, or is a folder or device. A device may never end.
    """
    held = _overlay.get().get(os.path.abspath(path)) if _overlay.get() else None  # noqa: PTH100  links stay as they are named
    if held is not None:
        return held
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISFIFO(status.st_mode)):
            what, dutch = ("a folder", "een map") if stat.S_ISDIR(status.st_mode) else ("a device", "een apparaat")
            raise _fault(f"file cannot be read: it is {what}", name, dutch=f"bestand is niet te lezen: het is {dutch}")
        if status.st_size > FILE.most:
            raise FILE.passed(name)
        # To open a pipe that nobody writes to would wait for ever. Opened so it is empty.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if stat.S_ISFIFO(status.st_mode):
                os.set_blocking(descriptor, True)
            # All there is, as a rule. To ask for the most that is allowed makes room for that much, each time.
            content = file.read(status.st_size + 1)
            return content if len(content) <= status.st_size else content + file.read(FILE.most + 1 - len(content))
    except OSError as error:
        raise _refused("file", error, name, within=False) from None
    except ValueError:  # a null character in the name
        raise _fault(
            "file cannot be read: no file has such a name",
            name,
            dutch="bestand is niet te lezen: geen bestand heeft zo'n naam",
        ) from None


def read_stream(stream: BinaryIO | None, name: str) -> bytes:
    """What standard input holds, up to one byte more than is allowed.

    Raises:
        InputError: it is closed or fails.
    """
    if stream is None:
        raise _fault("input is closed", name, dutch="invoer is gesloten")
    try:
        return stream.read(FILE.most + 1)
    except OSError as error:
        raise _refused("input", error, name, within=False) from None


def replace_file(path: Path, old: bytes, new: bytes) -> None:
    """Replace the content of a file atomically: whatever ends the process, the old or the new content is there, whole.

    Args:
        path: the file; where it is a link, what that leads to.
        old: what it held when it was read; if it holds anything else by now it is left alone.
        new: what it is to hold.

    Raises:
        InputError: it was changed meanwhile, or cannot be written.
    """
    if read_file(path, str(path)) != old:
        raise _fault(
            "file was changed by another program meanwhile, and is left as it is",
            str(path),
            dutch="bestand is intussen door een ander programma gewijzigd, en blijft zoals het is",
        )
    target = path.resolve()

    def finish(made: Path) -> None:
        made.chmod(stat.S_IMODE(target.stat().st_mode))
        made.replace(target)

    _write(target, new, finish, str(path))


def create_file(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a new file atomically: it is there whole, or not at all. A device or pipe that has the name is written to.

    Args:
        path: the file.
        content: what it is to hold.
        force: whether a file that is there already is replaced; of a link, what that leads to.

    Raises:
        InputError: there is one already, or it cannot be written.
    """
    if is_file(path) and path.exists() and not (path.is_file() or path.is_dir()):
        try:
            path.write_bytes(content)
        except OSError as error:
            raise _not_written(error, str(path)) from None
        return
    target = path.resolve() if force else path

    def finish(made: Path) -> None:
        made.chmod(0o666 & ~_umask())
        # In a browser there are no links, and no other program that could have made a file of that name by now.
        if force or not hasattr(os, "link"):
            made.replace(target)
        else:
            # Fails where there is a file of that name by now, as replacing does not.
            os.link(made, target)

    if not force and is_file(path):
        raise _fault(
            "file exists already, and is left as it is",
            str(path),
            "`--force` replaces it",
            dutch="bestand bestaat al, en blijft zoals het is",
            dutch_help="met `--force` wordt het vervangen",
        )
    _write(target, content, finish, str(path))


def _write(target: Path, content: bytes, finish: Callable[[Path], None], name: str) -> None:
    """Write a temporary file beside the target, flush it to disk (fsync), and let `finish` move it to its place.

    Beside it, as only within one file system a file can be moved atomically.
    """
    import tempfile  # noqa: PLC0415  each start would load it, with what makes numbers at random, and most write no file

    try:
        descriptor, beside = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            finish(Path(beside))
        finally:
            Path(beside).unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(error, name) from None


def _not_written(error: OSError, name: str) -> InputError:
    reason = (error.strerror or str(error)).lower()
    return _fault(
        f"file cannot be written: {reason}", name, dutch=f"bestand is niet te schrijven: {_in_dutch(error, reason)}"
    )


def _umask() -> int:
    """The file mode creation mask of the process, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _refused(what: str, error: OSError, name: str, *, within: bool = True) -> InputError:
    """The fault that the system told of; `within`: at the name that it gives, which may lie deeper."""
    reason = (error.strerror or str(error)).lower()
    place = str(error.filename) if within and error.filename else name
    dutch = {"file": "bestand", "folder": "map", "input": "invoer"}.get(what, what)
    return _fault(
        f"{what} cannot be read: {reason}", place, dutch=f"{dutch} is niet te lezen: {_in_dutch(error, reason)}"
    )


# What the system says most, by the number of its error.
_REASONS = {
    errno.ENOENT: "dat bestand of die map bestaat niet",
    errno.EACCES: "geen toegang",
    errno.EPERM: "niet toegestaan",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "wat een map zou moeten zijn, is een bestand",
    errno.ENOSPC: "de schijf is vol",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EROFS: "er kan alleen worden gelezen",
}


def _in_dutch(error: OSError, reason: str) -> str:
    return _REASONS.get(error.errno or 0, reason)


def _fault(message: str, name: str, help: str = "", *, dutch: str = "", dutch_help: str = "") -> InputError:
    return InputError([Fault(message, Location(name), help, (dutch, dutch_help))])
