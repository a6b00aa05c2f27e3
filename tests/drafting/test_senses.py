"""Words of two senses: what is read in harmless sentences of other fields, and in those that mean it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.drafting.invented import LANGUAGES, given, hinted

_SENTENCES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("senses.toml").read_text("utf-8"))["sentence"]
_KEYS = {"english": "en", "dutch": "nl"}


def _terms(sentence: dict[str, Any], key: str) -> set[tuple[str, str]]:
    """The terms of a list, by field; the field is `areas` unless it is named."""
    named = (term.rpartition(".") for term in sentence.get(key, ()))
    return {(field or "areas", term) for field, _, term in named}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_read_in_the_sense_it_has(language: str) -> None:
    """No sentence gives a term in whose sense nobody reads it; each gives the term that it speaks of."""
    texts = [sentence[_KEYS[language]] for sentence in _SENTENCES]
    faults = []
    for sentence, text, terms in zip(_SENTENCES, texts, given(texts, language), strict=True):
        faults += [(text, "is read as", *term) for term in _terms(sentence, "not") & terms]
        faults += [(text, "is not read as", *term) for term in _terms(sentence, "says") - terms]
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_comes_of_a_word_in_passing(language: str) -> None:
    """Where not even a hint is due, none is given: each would be a question to a person."""
    some = [sentence for sentence in _SENTENCES if "nor" in sentence]
    texts = [sentence[_KEYS[language]] for sentence in some]
    assert [
        (text, *term)
        for sentence, text, terms in zip(some, texts, hinted(texts, language), strict=True)
        for term in _terms(sentence, "nor") & terms
    ] == []
