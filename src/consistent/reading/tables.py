"""Files that are a list of tables, `[[name]]`, and nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

from consistent.errors import Fault, Faults, InputError, did_you_mean
from consistent.reading.tomlfile import KeyPath, TomlFile

__all__ = ["tables_of"]


def tables_of(file: TomlFile, name: str, help_: str, faults: Faults) -> Sequence[tuple[KeyPath, Mapping[str, Any]]]:
    """The tables of a file, each with its key; other keys are faults.

    Args:
        file: as opened.
        name: of the tables.
        help_: what the file should be.
        faults: takes what is wrong.

    Raises:
        InputError: it is no list of tables; with all faults so far.
    """
    for key in file.data:
        if key != name:
            faults.add(f"unknown key `{key}`", file.location((key,)), did_you_mean(key, (name,)))
    items = file.data.get(name, [])
    if not isinstance(items, list | tuple) or not all(isinstance(each, Mapping) for each in items):
        raise InputError([*faults.found, Fault("expected a list of tables", file.location((name,)), help_)])
    return [((name, index), item) for index, item in enumerate(items)]
