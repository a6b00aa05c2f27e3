"""Messages in Dutch: each is found back by its English, which stands in the code that says it."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import tomli

__all__ = ["in_dutch"]

# Braces of TOML that a message shows, `{ empty = true }`, have blanks within.
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")


def in_dutch(message: str) -> str:
    """A message, or its help, in Dutch; as it is where the catalogue has not got it.

    Args:
        message: in English, with its values; one line.
    """
    return _found(message, ("messages",)) or message


def _found(text: str, sections: tuple[str, ...]) -> str | None:
    for english, dutch in _catalogue(sections):
        # Most can be told apart without a pattern.
        if not all(part in text for part in _fixed(english)):
            continue
        match = _pattern(english).fullmatch(text)
        if match:
            values = match.groupdict()
            quoted = {name for name in values if f"`{{{name}}}`" in english}
            return _filled(dutch, {name: each if name in quoted else _value(each) for name, each in values.items()})
    return None


def _filled(dutch: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]], dutch)


def _value(text: str) -> str:
    """A value within a message: a part or a message of the catalogue, a number, or what the user wrote."""
    return text.replace(",", ".") if _GROUPED.fullmatch(text) else _found(text, ("messages", "parts")) or text


@cache
def _catalogue(sections: tuple[str, ...]) -> list[tuple[str, str]]:
    """What the catalogue has, with most words of its own first: the first that fits is the one that is meant."""
    data = tomli.loads(Path(__file__).with_name("messages.nl.toml").read_text("utf-8"))
    entries = [entry for section in sections for entry in data[section].items()]
    return sorted(entries, key=lambda entry: -len(_PLACEHOLDER.sub("", entry[0])))


@lru_cache(maxsize=1024)
def _fixed(english: str) -> tuple[str, ...]:
    return tuple(_PLACEHOLDER.sub("\0", english).split("\0"))


@cache
def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(_PLACEHOLDER, english)
    named = (f"(?P<{part}>.*?)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    return re.compile("".join(named), re.DOTALL)
