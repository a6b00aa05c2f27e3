"""Sentences of acts, made up, give the values that they must, however they are worded, and not those that they must not."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
import tomli

from tests.drafting.invented import LANGUAGES, given

_RIGHT = 0.95
_WORDINGS = {
    language: tomli.loads((Path(__file__).parent / f"{language}_wordings.toml").read_text("utf-8"))
    for language in LANGUAGES
}
_DENIED = {language: tables.pop("not") for language, tables in _WORDINGS.items()}


@cache
def _by_sentence(language: str) -> Mapping[str, set[tuple[str, str]]]:
    every = [
        text
        for tables in (_WORDINGS[language], _DENIED[language])
        for table in tables.values()
        for some in table.values()
        for text in some
    ]
    return dict(zip(every, given(every, language), strict=True))


def _wrong(language: str, field: str, table: Mapping[str, list[str]], *, given: bool) -> list[tuple[str, str]]:
    name = "bindingness" if field == "voluntary" else field
    return [
        (term, text)
        for term, some in table.items()
        for text in some
        if ((name, term) in _by_sentence(language)[text]) is not given
    ]


def _number(table: Mapping[str, list[str]]) -> int:
    return sum(map(len, table.values()))


@pytest.mark.parametrize(("language", "field"), [(each, field) for each in _WORDINGS for field in _WORDINGS[each]])
def test_wordings_give_what_they_say(language: str, field: str) -> None:
    """Verb first or last, passive or nominal, in a clause or a list: the measure has the value."""
    table = _WORDINGS[language][field]
    missed = _wrong(language, field, table, given=True)
    assert len(missed) <= (1 - _RIGHT) * _number(table), missed


@pytest.mark.parametrize(("language", "field"), [(each, field) for each in _DENIED for field in _DENIED[each]])
def test_the_same_words_give_nothing_where_they_say_something_else(language: str, field: str) -> None:
    """A word in a name, in passing, or denied is no value."""
    table = _DENIED[language][field]
    wrong = _wrong(language, field, table, given=False)
    assert len(wrong) <= (1 - _RIGHT) * _number(table), wrong
