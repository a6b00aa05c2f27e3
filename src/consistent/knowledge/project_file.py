"""What project files set: which pack is used, in which language, and what else is said again and again.

A project file is `consistent.toml`, or `pyproject.toml` with a table `[tool.consistent]`, in the working folder or above it; of both in
one folder the first counts. Its keys are `SETTINGS`; each holds as the nearest file has it.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from consistent.errors import ConsistentError, Fault, InputError, Location, UsageError, did_you_mean
from consistent.model.text import LANGUAGES, Language
from consistent.toml.files import is_file, read_file
from consistent.toml.tomlfile import KeyPath, TomlFile, type_name

__all__ = ["SETTINGS", "Setting", "language_set", "project_settings"]

_LANGUAGE = "CONSISTENT_LANG"
# By the name of a project file, where the settings stand in it.
_PROJECT_FILES: Mapping[str, KeyPath] = {"consistent.toml": (), "pyproject.toml": ("tool", "consistent")}
_READABLE = "see to it that it can be read, or work in another folder"
# What a project file can set, and of what type. Each but the pack has the name of an option of the command.
SETTINGS: Mapping[str, type] = {
    "pack": str, "lang": str, "color": str, "pager": bool, "fail-on": str, "strict": bool, "engine": str, "waivers": list,
    "ending-within": int, "verified-within": int,
}  # fmt: skip
_TYPES: Mapping[type, str] = {str: "text", bool: "true or false", int: "a whole number", list: "a list of texts"}


@frozen
class Setting:
    """What a project file sets.

    Attributes:
        value: as it stands there; of the type that `SETTINGS` names.
        place: where it stands.
    """

    value: Any
    place: Location

    def path(self, written: str) -> Path:
        """A path that stands in it, which is from the folder of its file."""
        return Path(self.place.path).parent / written


def project_settings() -> Mapping[str, Setting]:
    """What project files set, by key: of each key what the nearest file says that has it.

    Raises:
        InputError: a file cannot be read, has a key that there is not, or a value of another type; of `pack` any value will do,
            since it is in nobody's way where another pack is named.
    """
    try:
        here = Path.cwd()
    except OSError:
        # The working folder was taken away; nothing can lie in it or be found from it.
        return {}
    found: dict[str, Setting] = {}
    for folder in (here, *here.parents):
        for name, at in _PROJECT_FILES.items():
            path = Path(os.path.relpath(folder / name, here))
            settings = _settings(read_file(path, str(path)), str(path), at) if _is_there(path) else None
            if settings is not None:
                found = {**settings, **found}
                break
    return found


def _is_there(path: Path) -> bool:
    try:
        return is_file(path)
    except InputError as error:
        # It may name a pack: to go on would check against another one.
        raise InputError(evolve(fault, help=_READABLE) for fault in error.faults) from None


# A command asks several times, and parsing is what takes long.
@lru_cache(maxsize=16)
def _settings(content: bytes, path: str, at: KeyPath) -> Mapping[str, Setting] | None:
    """What a project file sets; None where the file says nothing of this program.

    Raises:
        InputError: it cannot be used.
    """
    if at and b"consistent" not in content:
        # Whatever is wrong with it is no concern of this program.
        return None
    file = TomlFile.parse(content, path)
    table: Any = file.data
    for depth, key in enumerate(at):
        if key not in table:
            return None
        table = table[key]
        if not isinstance(table, Mapping):
            raise InputError([Fault(f"expected a table, found {type_name(table)}", file.location(at[: depth + 1]))])
    faults = []
    for key, value in table.items():
        if key not in SETTINGS:
            help = did_you_mean(key, SETTINGS)
            faults.append(Fault(f"unknown key `{key}`", file.location((*at, key)), help))
        elif key != "pack" and not _is(value, SETTINGS[key]):
            message = f"expected {_TYPES[SETTINGS[key]]}, found {type_name(value)}"
            faults.append(Fault(message, file.location((*at, key))))
    if not table:
        faults.append(Fault("missing key `pack`", file.location(at), 'write for instance `pack = "treaties"`'))
    if faults:
        raise InputError(faults)
    return {key: Setting(value, file.location((*at, key))) for key, value in table.items()}


def _is(value: object, kind: type) -> bool:
    """Whether a value is of a type; a boolean is no number, and a list is one of texts."""
    if isinstance(value, list):
        return kind is list and all(isinstance(each, str) for each in value)
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def language_set() -> Language | None:
    """The language that CONSISTENT_LANG names, or else a project file; None where neither does.

    Raises:
        UsageError: the variable names none. What is wrong with a project file is told by who uses the rest of it.
    """
    named = os.environ.get(_LANGUAGE, "")
    for language in LANGUAGES:
        if language == named:
            return language
    if named:
        raise UsageError(f"`{named}` in {_LANGUAGE} is no language of this command", f"one of {', '.join(LANGUAGES)}")
    with suppress(ConsistentError):
        setting = project_settings().get("lang")
        return next((language for language in LANGUAGES if setting and setting.value == language), None)
    return None
