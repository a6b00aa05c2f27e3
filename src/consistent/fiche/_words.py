"""The words with which forms are filled, and the formations of the Council, as data: `words.toml` and `formations.toml` beside this module."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from attrs import frozen
from cattrs import Converter

from consistent.model.text import Localized
from consistent.toml.structuring import new_converter, structure
from consistent.toml.tomlfile import TomlFile

__all__ = ["Formation", "formations", "words"]


@frozen(kw_only=True)
class Formation:
    """A formation of the Council, with the terms for areas that it deals with, and what is narrower."""

    name: Localized
    areas: tuple[str, ...]


@cache
def formations() -> tuple[Formation, ...]:
    """The formations of the Council."""
    file = _file("formations")
    return structure(_converter(), file.data["formations"], tuple[Formation, ...], file, ("formations",))


@cache
def words(table: str) -> Mapping[str, Localized]:
    """A table of words and sentences, by key."""
    file = _file("words")
    return {key: structure(_converter(), text, Localized, file, (table, key)) for key, text in file.data[table].items()}


@cache
def _converter() -> Converter:
    return new_converter()


@cache
def _file(name: str) -> TomlFile:
    return TomlFile.parse(files(__package__).joinpath(f"{name}.toml").read_bytes(), f"{name}.toml")
