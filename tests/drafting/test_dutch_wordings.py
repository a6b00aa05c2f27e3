"""Dutch sentences of acts, made up, give the values that they must, however they are worded, and not those that they must not."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import tomli

from consistent import load
from consistent.documents.reading import read_document
from consistent.drafting.candidates import candidates_of
from consistent.drafting.cues import shipped_cues

_WORDINGS = tomli.loads((Path(__file__).parent / "dutch_wordings.toml").read_text("utf-8"))
_DENIED = _WORDINGS.pop("not")
_RIGHT = 0.95
# So many articles an act has.
_ARTICLES = 50
_HEAD = """Voorstel voor een

VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD

betreffende zaken

HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,

HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:

"""


def _spaced(text: str) -> str:
    """With the points of a list as paragraphs."""
    return text.replace("\n", "\n\n")


def _given(sentences: list[str]) -> Iterator[set[tuple[str, str]]]:
    """What each sentence gives as an article of its own, by field and term."""
    vocabularies = load("nl-22112-4027").knowledge.vocabularies
    cues = shipped_cues(vocabularies)
    for first in range(0, len(sentences), _ARTICLES):
        some = sentences[first : first + _ARTICLES]
        articles = (f"Artikel {number}\n\nZaak\n\n{_spaced(text)}\n\n" for number, text in enumerate(some, start=1))
        text = _HEAD + "".join(articles)
        values: dict[str, set[tuple[str, str]]] = {}
        for measure in candidates_of(read_document(text.encode(), "invented.txt"), cues, vocabularies):
            of_article = values.setdefault(measure.id.split("-")[1], set())
            of_article |= {(value.field, value.term) for value in measure.values if not value.inherited}
        yield from (values.get(str(number), set()) for number in range(1, len(some) + 1))


@cache
def _by_sentence() -> Mapping[str, set[tuple[str, str]]]:
    every = [
        text for tables in (_WORDINGS, _DENIED) for table in tables.values() for some in table.values() for text in some
    ]
    return dict(zip(every, _given(every), strict=True))


def _wrong(field: str, table: Mapping[str, list[str]], *, given: bool) -> list[tuple[str, str]]:
    name = "bindingness" if field == "voluntary" else field
    return [
        (term, text)
        for term, some in table.items()
        for text in some
        if ((name, term) in _by_sentence()[text]) is not given
    ]


def _number(table: Mapping[str, list[str]]) -> int:
    return sum(map(len, table.values()))


@pytest.mark.parametrize("field", list(_WORDINGS))
def test_dutch_wordings_give_what_they_say(field: str) -> None:
    """Verb first or last, passive or nominal, in a list: the measure has the value."""
    missed = _wrong(field, _WORDINGS[field], given=True)
    assert len(missed) <= (1 - _RIGHT) * _number(_WORDINGS[field]), missed


@pytest.mark.parametrize("field", list(_DENIED))
def test_the_same_words_give_nothing_where_they_say_something_else(field: str) -> None:
    """A word in a name, in passing, or denied is no value."""
    wrong = _wrong(field, _DENIED[field], given=False)
    assert len(wrong) <= (1 - _RIGHT) * _number(_DENIED[field]), wrong
