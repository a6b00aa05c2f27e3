"""How often what an act does is read in sentences that were written without looking at a cue; also those that nobody looks at."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
import tomli

from consistent import load
from tests.drafting.invented import given

_ROUNDS: Mapping[str, Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]] = tomli.loads(
    (Path(__file__).parent / "paraphrases.toml").read_text("utf-8")
)
# Floors, a little under what was measured.
_FLOORS = {
    ("first", "worked", "english"): 0.90,
    ("first", "worked", "dutch"): 0.93,
    ("first", "held", "english"): 0.78,
    ("first", "held", "dutch"): 0.85,
    ("second", "worked", "english"): 0.84,
    ("second", "worked", "dutch"): 0.80,
    ("second", "held", "english"): 0.64,
    ("second", "held", "dutch"): 0.64,
}


@cache
def _read(language: str) -> Mapping[str, set[str]]:
    """The effects of each sentence of a language, all put to the reader at once."""
    every = [
        text
        for halves in _ROUNDS.values()
        for languages in halves.values()
        for some in languages[language].values()
        for text in some
    ]
    return {
        text: {term for name, term in values if name == "effects"}
        for text, values in zip(every, given(every, language), strict=True)
    }


@pytest.mark.parametrize(("written", "half", "language"), _FLOORS)
def test_share_of_sentences_in_which_the_effect_is_read(written: str, half: str, language: str) -> None:
    """The term itself, or a narrower one, in at least so many of them."""
    effects = load("nl-22112-4027").knowledge.vocabularies["effects"]
    sentences = [(term, text) for term, some in _ROUNDS[written][half][language].items() for text in some]
    missed = [(term, text) for term, text in sentences if not _read(language)[text] & effects.narrower([term])]
    assert 1 - len(missed) / len(sentences) >= _FLOORS[written, half, language]
