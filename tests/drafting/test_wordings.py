"""Sentences of acts, made up, give the values that they must, however they are worded, and not those that they must not."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import tomli

from consistent import load
from consistent.documents.reading import read_document
from consistent.drafting.candidates import candidates_of
from consistent.drafting.cues import shipped_cues

_RIGHT = 0.95
# So many articles an act has.
_ARTICLES = 50
_HEADS = {
    "dutch": """Voorstel voor een

VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD

betreffende zaken

HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,

HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:

""",
    "english": """Proposal for a

REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL

concerning matters

THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,

HAVE ADOPTED THIS REGULATION:

""",
}
_ARTICLE = {"dutch": "Artikel {number}\n\nZaak\n\n", "english": "Article {number}\n\nMatter\n\n"}
_WORDINGS = {
    language: tomli.loads((Path(__file__).parent / f"{language}_wordings.toml").read_text("utf-8"))
    for language in _HEADS
}
_DENIED = {language: tables.pop("not") for language, tables in _WORDINGS.items()}


def _spaced(text: str) -> str:
    """With the points of a list as paragraphs."""
    return text.replace("\n", "\n\n")


def _given(sentences: list[str], language: str) -> Iterator[set[tuple[str, str]]]:
    """What each sentence gives as an article of its own, by field and term."""
    vocabularies = load("nl-22112-4027").knowledge.vocabularies
    cues = shipped_cues(vocabularies)
    for first in range(0, len(sentences), _ARTICLES):
        some = sentences[first : first + _ARTICLES]
        articles = (
            f"{_ARTICLE[language].format(number=number)}{_spaced(text)}\n\n"
            for number, text in enumerate(some, start=1)
        )
        text = _HEADS[language] + "".join(articles)
        values: dict[str, set[tuple[str, str]]] = {}
        for measure in candidates_of(read_document(text.encode(), "invented.txt"), cues, vocabularies):
            of_article = values.setdefault(measure.id.split("-")[1], set())
            of_article |= {(value.field, value.term) for value in measure.values if not value.inherited}
        yield from (values.get(str(number), set()) for number in range(1, len(some) + 1))


@cache
def _by_sentence(language: str) -> Mapping[str, set[tuple[str, str]]]:
    every = [
        text
        for tables in (_WORDINGS[language], _DENIED[language])
        for table in tables.values()
        for some in table.values()
        for text in some
    ]
    return dict(zip(every, _given(every, language), strict=True))


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
