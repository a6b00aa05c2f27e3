"""Writes several files as one transaction: all of them or, where one cannot be written, none."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from consistent.errors import Fault, Faults, InputError, Location
from consistent.toml.files import create_file, is_file, read_file

__all__ = ["place_all"]


def place_all(files: Mapping[Path, str], *, force: bool = False) -> None:
    """Write files, with the folders that they need.

    Args:
        files: by path, what each is to hold.
        force: whether files that are there already are replaced.

    Raises:
        InputError: one is there already (with every such file), or cannot be written; then nothing has changed.
    """
    faults = Faults()
    for path in files:
        if is_file(path) and not force:
            faults.add("file exists already, and is left as it is", Location(str(path)), "`--force` replaces it")
    faults.raise_any()
    before = {path: read_file(path, str(path)) for path in files if is_file(path)}
    folders: list[Path] = []
    placed: list[Path] = []
    try:
        for path, text in files.items():
            _make_folders(path.parent, folders)
            create_file(path, text.encode(), force=force)
            placed.append(path)
    except (InputError, KeyboardInterrupt):
        for path in placed:
            if path in before:
                create_file(path, before[path], force=True)
            else:
                path.unlink()
        for folder in reversed(folders):
            # What somebody else has put there meanwhile stays.
            with suppress(OSError):
                folder.rmdir()
        raise


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Make a folder and those around it; the ones that were not there are noted, outermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        made.append(path)
        try:
            path.mkdir()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise InputError([Fault(f"folder cannot be made: {reason}", Location(str(path)))]) from None
