"""Sentences made up, each put as an article of an act of its own, and what is read in it."""

from collections.abc import Iterator, Sequence

from consistent import load
from consistent.documents.reading import read_document
from consistent.drafting.candidate_measure import CandidateMeasure
from consistent.drafting.candidates import candidates_of
from consistent.drafting.cues import shipped_cues

__all__ = ["LANGUAGES", "given", "hinted"]

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
LANGUAGES = tuple(_HEADS)


def _spaced(text: str) -> str:
    """With the points of a list as paragraphs."""
    return text.replace("\n", "\n\n")


def given(sentences: Sequence[str], language: str) -> Iterator[set[tuple[str, str]]]:
    """What each sentence gives as an article of its own, by field and term."""
    for measures in _measures(sentences, language):
        yield {(value.field, value.term) for measure in measures for value in measure.values if not value.inherited}


def hinted(sentences: Sequence[str], language: str) -> Iterator[set[tuple[str, str]]]:
    """What each sentence gives hints of, and no value, as an article of its own, by field and term."""
    for measures in _measures(sentences, language):
        yield {(hint.field, hint.term) for measure in measures for hint in measure.hints}


def _measures(sentences: Sequence[str], language: str) -> Iterator[list[CandidateMeasure]]:
    """What is drafted of each sentence as an article of its own."""
    vocabularies = load("nl-22112-4027").knowledge.vocabularies
    cues = shipped_cues(vocabularies)
    for first in range(0, len(sentences), _ARTICLES):
        some = sentences[first : first + _ARTICLES]
        articles = (
            f"{_ARTICLE[language].format(number=number)}{_spaced(text)}\n\n"
            for number, text in enumerate(some, start=1)
        )
        text = _HEADS[language] + "".join(articles)
        drafted: dict[str, list[CandidateMeasure]] = {}
        for measure in candidates_of(read_document(text.encode(), "invented.txt"), cues, vocabularies):
            drafted.setdefault(measure.id.split("-")[1], []).append(measure)
        yield from (drafted.get(str(number), []) for number in range(1, len(some) + 1))
