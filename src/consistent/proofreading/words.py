"""The words by which a language is proofread: `words.toml`."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import tomli
from attrs import frozen

__all__ = ["Words", "proofreading_words"]

_FILE = Path(__file__).with_name("words.toml")


@frozen(kw_only=True, eq=False)
class Words:
    """The words of one language.

    Attributes:
        patterns: by name, tried in either case.
        listed: lists of words, by name.
    """

    patterns: Mapping[str, re.Pattern[str]]
    listed: Mapping[str, frozenset[str]]


@cache
def proofreading_words(language: str) -> Words:
    """The words of a language that provisions are read in.

    Raises:
        KeyError: it is another.
    """
    data = tomli.loads(_FILE.read_text("utf-8"))[language]
    return Words(
        patterns={name: re.compile(said, re.IGNORECASE) for name, said in data.items() if isinstance(said, str)},
        listed={name: frozenset(said) for name, said in data.items() if isinstance(said, list)},
    )
