"""Input of the library in whatever form it comes."""

from collections.abc import Mapping
from pathlib import Path

from consistent.errors import Fault, InputError, Location
from consistent.reading.structuring import type_name
from consistent.reading.tomlfile import TomlFile

__all__ = ["opened"]


def opened(given: object, name: str) -> TomlFile:
    """Input as a file: a path, TOML text, or a dict in its shape.

    Text that holds a line break or a `[` is taken for TOML, other text for a path.

    Args:
        given: the input.
        name: what messages call what is no file.

    Raises:
        InputError: it is none of these, or cannot be read.
    """
    if isinstance(given, Path):
        return TomlFile.read(given)
    if isinstance(given, str):
        is_text = "\n" in given or "[" in given or not given.strip()
        return TomlFile.parse(given) if is_text else TomlFile.read(Path(given))
    if not isinstance(given, Mapping):
        raise InputError([Fault(f"expected a path, TOML text or a dict, found {type_name(given)}", Location(name))])
    return TomlFile.of_dict(given)
