"""References of an act to itself that cannot be right, as remarks for its reader."""

from collections.abc import Iterator, Sequence

from consistent.documents.document import Document, place_of
from consistent.documents.provisions.empowerments import Empowerments
from consistent.documents.provisions.provisions import Provision
from consistent.documents.structure.structure import misnumbered_articles
from consistent.documents.words.provision_words import ProvisionWords, words_of
from consistent.errors import printable
from consistent.model.text import Localized

__all__ = ["self_reference_remarks"]

# In letters: as far behind a reference the act can stand that it names a provision of.
_SOON = 40
_NOWHERE = Localized(
    "{place} refers to `{quote}`, which this act does not have",
    "{place} verwijst naar `{quote}`, maar die bepaling heeft deze handeling niet",
)
_NO_COMMITTEE = Localized(
    "{place} refers to article {named} for the committee procedure, but the committee article is {article}",
    "{place} verwijst voor de comitéprocedure naar artikel {named}, maar het comité staat in artikel {article}",
)
_NO_EXERCISE = Localized(
    "{place} refers to article {named} for the exercise of the delegation, but that is article {article}",
    "{place} verwijst voor de uitoefening van de delegatie naar artikel {named}, maar dat is artikel {article}",
)


def self_reference_remarks(
    document: Document, provisions: Sequence[Provision], empowerments: Empowerments
) -> Iterator[Localized]:
    """Where the act names an article or paragraph that it does not have, or one that speaks of something else.

    Args:
        document: with its structure.
        provisions: of the document. What is to become part of another act names that act's provisions, and is passed over.
        empowerments: of the document.
    """
    words = words_of(document.language)
    if words is None or len(document.top("act")) != 1:
        return
    yield from _leading_nowhere(document, provisions, words)
    for granted in empowerments.granted:
        place, named = place_of(document, granted.span), granted.procedure_place
        if granted.misnumbered and named is not None and granted.committee is not None:
            yield _said(_NO_COMMITTEE, place=place, named=str(named), article=granted.committee.place.article)
        delegation = empowerments.delegation_of(granted)
        exercise = granted.exercise
        if delegation is not None and exercise is not None and granted.within is None:
            own = delegation.number or delegation.place.article
            if exercise.article not in {own, delegation.place.article}:
                yield _said(_NO_EXERCISE, place=place, named=exercise.article, article=own)


def _leading_nowhere(document: Document, provisions: Sequence[Provision], words: ProvisionWords) -> Iterator[Localized]:
    """References to an article, or a paragraph of an article, that is not there; each once."""
    own = [provision for provision in provisions if provision.amended is None]
    articles = {provision.place.article for provision in own if not provision.place.annex}
    articles |= {number for _, number in misnumbered_articles(document)}
    numbered: dict[str, set[str]] = {}
    for provision in own:
        if provision.place.paragraph and not provision.place.annex:
            numbered.setdefault(provision.place.article, set()).add(provision.place.paragraph)
    if not all(article.isdecimal() for article in articles):
        return  # numbers of another kind than is understood here
    # An article that amends another act speaks of that act's provisions.
    amending = {
        provision.place.article for provision in own if words.patterns["amending"].search(document.of(provision.span))
    }
    seen: set[tuple[str, str]] = set()
    for provision in own:
        if provision.place.article in amending:
            continue
        for reference in provision.references:
            place = reference.place
            if place.act or place.annex or not place.article.isdecimal() or provision.place.annex:
                continue
            absent = place.article not in articles
            paragraphs = numbered.get(place.article, set())
            lost = bool(place.paragraph) and place.paragraph.isdecimal() and place.paragraph not in paragraphs
            # An article without numbered paragraphs may have lost them in the format.
            if not (absent or (lost and paragraphs)) or (place.article, place.paragraph) in seen:
                continue
            if words.patterns["elsewhere"].search(document.text, reference.span.end, reference.span.end + _SOON):
                continue
            seen.add((place.article, place.paragraph))
            quote = printable(" ".join(document.of(reference.span).split()))
            yield _said(_NOWHERE, place=place_of(document, provision.span), quote=quote)


def _said(text: Localized, **values: str) -> Localized:
    return Localized(text.en.format(**values), text.nl.format(**values))
