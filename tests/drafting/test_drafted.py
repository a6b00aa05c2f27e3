"""What is read in provisions drafted as the institutions do, and what is wrongly read in them; also in those that nobody looked at."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli

from consistent import load
from tests.drafting.invented import given

_TABLE: Mapping[str, list[Mapping[str, Any]]] = tomli.loads((Path(__file__).parent / "drafted.toml").read_text("utf-8"))
_KEYS = {"english": "en", "dutch": "nl"}
# Found of what must be read, right of what is given; a little under what was measured.
_FLOORS = {
    ("worked", "english"): (0.96, 0.98),
    ("worked", "dutch"): (0.91, 0.96),
    ("held", "english"): (0.80, 0.78),
    ("held", "dutch"): (0.69, 0.81),
}


@cache
def _read(language: str) -> Mapping[str, set[str]]:
    every = [row[_KEYS[language]] for row in (*_TABLE["sentence"], *_TABLE["not"])]
    return {
        text: {term for name, term in values if name == "effects"}
        for text, values in zip(every, given(every, language), strict=True)
    }


@pytest.mark.parametrize(("half", "language"), _FLOORS)
def test_effects_of_drafted_provisions(half: str, language: str) -> None:
    """At least so many of the effects that a lawyer reads, and at most so few that none would read."""
    effects = load("nl-22112-4027").knowledge.vocabularies["effects"]
    asked = found = said = right = 0
    for row in _TABLE["sentence"]:
        if row["half"] != half:
            continue
        read = _read(language)[row[_KEYS[language]]]
        near = (*row["effects"], *row.get("also", ()))
        allowed = effects.narrower(row["effects"]).union(near, *map(effects.broader, near))
        asked += len(row["effects"])
        found += sum(bool(read & effects.narrower([term])) for term in row["effects"])
        said += len(read)
        right += len(read & allowed)
    recall, precision = _FLOORS[half, language]
    assert found >= recall * asked, f"{found} of {asked}"
    assert right >= precision * said, f"{right} of {said}"


@pytest.mark.parametrize("language", _KEYS)
def test_what_is_lifted_is_not_given(language: str) -> None:
    """A duty that nobody has, a power that is denied and a choice give no value that says the opposite."""
    wrong = [
        (text, terms)
        for row in _TABLE["not"]
        for text in [row[_KEYS[language]]]
        if (terms := _read(language)[text] & set(row["terms"]))
    ]
    assert not wrong
