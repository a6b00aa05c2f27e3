"""Writes several files, all of them or none."""

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from consistent.errors import Fault, Faults, InputError, Location, UsageError
from consistent.model.text import Language, Localized
from consistent.toml.files import create_file, is_file, read_file
from consistent.toml.rewriting import written

__all__ = ["checked_name", "checked_path", "filled", "place_all"]


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
            folders += _make_folders(path.parent)
            create_file(path, text.encode(), force=force)
            placed.append(path)
    except InputError:
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


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those around it; the ones that were not there, outermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    made: list[Path] = []
    for path in reversed(missing):
        try:
            path.mkdir()
        except OSError as error:
            for one in reversed(made):
                one.rmdir()
            reason = (error.strerror or str(error)).lower()
            raise InputError([Fault(f"folder cannot be made: {reason}", Location(str(path)))]) from None
        made.append(path)
    return made


# Fills the templates of new files, in one language.


def filled(template: str, language: Language, **values: Any) -> str:
    """The text that a template gives.

    Args:
        template: the name of a file in `templates/`, without its ending.
        language: of comments and prose. What a reader of reports sees stands in both.
        values: that it names; each of them must be given.
    """
    text = _environment.get_template(f"{template}.j2").render(language=language, say=partial(_say, language), **values)
    return text.strip() + "\n"


def _say(language: Language, en: str, nl: str) -> str:
    return Localized(en, nl).get(language)


# What is filled in goes into TOML and Markdown, by `toml` where it is a value.
_environment = Environment(
    loader=PackageLoader(__package__),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701  no HTML is made
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["toml"] = written


# Names of new packs and rules.

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_HELP = "write small letters, digits and hyphens: `my-position`"


def checked_name(name: str) -> str:
    """A name, if a pack can have it.

    Raises:
        UsageError: it cannot.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"`{name}` is no name for a pack", _HELP)
    return name


def checked_path(name: str) -> tuple[str, ...]:
    """The parts of the id of a rule.

    Raises:
        UsageError: no rule can have it.
    """
    parts = tuple(name.split("/"))
    if not all(map(_NAME.fullmatch, parts)):
        raise UsageError(f"`{name}` is no id for a rule", "write names with `/` between: `subject/name-of-the-defect`")
    return parts
