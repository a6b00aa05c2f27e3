"""Faults planted in real documents, one at a time: what proofreading finds of them is how much it finds.

Each fault is one that drafts have: an article gets another number, a reference another article, the article on the exercise of the
delegation loses a provision, the committee another procedure, a figure another value, a definition another name.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from attrs import evolve, frozen

from consistent.documents.document import Document, Span
from consistent.documents.structure.structure import document_of
from consistent.proofreading.figures import figures_in
from consistent.proofreading.proofread import discrepancies_of
from consistent.proofreading.terms import defined_terms
from consistent.proofreading.text import Text

__all__ = ["FAULTS", "Planted", "found_of", "planted_in"]


@frozen(kw_only=True)
class Planted:
    """A fault.

    Attributes:
        fault: which of `FAULTS`.
        span: of the words that are put otherwise.
        words: that stand there instead.
    """

    fault: str
    span: Span
    words: str

    def document(self, document: Document) -> Document:
        """The document with it."""
        return _edited(document, self.span, self.words)


def _edited(document: Document, span: Span, words: str) -> Document:
    """A document with other words in one place, its structure made anew."""
    blocks = list(document.content.blocks)
    at = max(index for index, start in enumerate(document.starts) if start <= span.start)
    block, start = blocks[at], document.starts[at]
    line = block.line[: span.start - start] + words + block.line[span.end - start :]
    if block.number and line.startswith(block.number):
        blocks[at] = evolve(block, text=line[len(block.number) :].strip())
    else:
        # What stood apart in the markup was changed itself.
        number = line.removesuffix(block.text).strip() if block.number else ""
        blocks[at] = evolve(block, number=number, text=block.text if number else line)
    return document_of(evolve(document.content, blocks=tuple(blocks)), document.name)


# Where faults can be planted.


def _number_in(text: Text, span: Span, number: str) -> Span | None:
    """Where a number stands in a reference: the first time, as a word of its own."""
    match = re.search(rf"(?<!\w){re.escape(number)}(?!\w)", text.document.of(span))
    return Span(span.start + match.start(), span.start + match.end()) if match else None


def _own_references(text: Text) -> Iterator[tuple[Span, str]]:
    """The numbers of articles that provisions of this act refer to by one place alone."""
    for provision in text.own:
        if provision.place.annex or provision.place.article in text.amending or provision.modality == "definition":
            continue
        for reference in provision.references:
            place = reference.place
            alone = sum(other.span == reference.span for other in provision.references) == 1
            if place.act or place.annex or not place.article.isdecimal() or not alone or reference.target is None:
                continue
            at = _number_in(text, reference.span, place.article)
            if at is not None and place.article != provision.place.article:
                yield at, place.article


def _articles(text: Text) -> list[str]:
    return [part.number for part in text.act.named("article") if part.number.isdecimal()]


def _gone(text: Text) -> Iterator[Planted]:
    """A reference to an article behind the last."""
    beyond = str(max(map(int, _articles(text)), default=0) + 7)
    for at, _ in _own_references(text):
        yield Planted(fault="reference to no article", span=at, words=beyond)


def _shifted(text: Text) -> Iterator[Planted]:
    """A reference to the article behind the one that is meant."""
    known = set(_articles(text))
    for at, number in _own_references(text):
        after = str(int(number) + 1)
        if after in known:
            yield Planted(fault="reference to the next article", span=at, words=after)


def _renumbered(text: Text) -> Iterator[Planted]:
    """An article that others refer to, with a number that is far on."""
    named = {number for _, number in _own_references(text)}
    for part in text.act.named("article"):
        line = Span(part.span.start, min(part.span.end, part.span.start + 20))
        at = _number_in(text, line, part.number) if part.number in named else None
        if at is not None:
            yield Planted(fault="article renumbered", span=at, words=str(int(part.number) + 300))


def _unlisted(text: Text) -> Iterator[Planted]:
    """A provision taken off the list of the article on the exercise of the delegation: its number becomes that of another."""
    for delegation in text.empowerments.delegations:
        for reference in delegation.listed if delegation.within is None else ():
            at = _number_in(text, reference.span, reference.place.article)
            if at is not None:
                yield Planted(fault="delegation not listed", span=at, words="1")


def _other_committee(text: Text) -> Iterator[Planted]:
    """A power that refers to another article for the committee."""
    for power in text.empowerments.granted:
        place = power.procedure_place
        if place is not None and power.procedure_span is not None and power.within is None and power.committee:
            at = _number_in(text, Span(power.procedure_span.end - 60, power.procedure_span.end), place.article)
            if at is not None:
                yield Planted(fault="another committee article", span=at, words="2")


def _other_procedure(text: Text) -> Iterator[Planted]:
    """A committee article with the other procedure of Regulation (EU) No 182/2011."""
    pattern = text.words.patterns["procedures.committee_article"]
    for provision in text.own:
        match = pattern.search(text.document.text, provision.span.start, provision.span.end)
        if match is not None and match["number"] in {"4", "5"}:
            words = "5" if match["number"] == "4" else "4"
            yield Planted(fault="another committee procedure", span=Span(*match.span("number")), words=words)


def _without_committee(text: Text) -> Iterator[Planted]:
    """A power whose sentence on the procedure is gone."""
    for power in text.empowerments.granted:
        sentence = power.procedure_span
        if sentence is not None and sentence != power.span and power.within is None:
            yield Planted(fault="committee procedure dropped", span=sentence, words="")


def _other_figure(text: Text) -> Iterator[Planted]:
    """A sum, share, day or number of an article with another first digit, where the same is said elsewhere."""
    outside = Span(0, text.act.named("enacting-terms")[0].span.start) if text.act.named("enacting-terms") else None
    for provision in text.own:
        if provision.place.annex or provision.place.article in text.amending:
            continue
        for sort, _, span in figures_in(text, provision.span):
            said = text.document.of(span)
            digit = re.search(r"[1-8]", said)
            repeated = outside is not None and said in text.document.of(outside)
            if sort != "period" and digit is not None and repeated:
                words = said[: digit.start()] + str(int(digit[0]) + 1) + said[digit.end() :]
                yield Planted(fault="another figure", span=span, words=words)


def _renamed_term(text: Text) -> Iterator[Planted]:
    """A definition of a word that nothing uses."""
    for term in defined_terms(text):
        at = text.document.text.find(term.names[0], term.provision.span.start, term.provision.span.end)
        if at >= 0:
            yield Planted(fault="term renamed", span=Span(at, at + len(term.names[0])), words="zyxwuvian quarkel")


FAULTS: Mapping[str, Callable[[Text], Iterator[Planted]]] = {
    "reference to no article": _gone,
    "reference to the next article": _shifted,
    "article renumbered": _renumbered,
    "delegation not listed": _unlisted,
    "another committee article": _other_committee,
    "another committee procedure": _other_procedure,
    "committee procedure dropped": _without_committee,
    "another figure": _other_figure,
    "term renamed": _renamed_term,
}


def planted_in(text: Text, most: int) -> Iterator[Planted]:
    """Faults to plant in a document, of each kind so many at most, spread over it.

    Args:
        text: of the document.
        most: of each kind.
    """
    for plant in FAULTS.values():
        places = list(plant(text))
        step = max(1, len(places) // most)
        yield from islice(places[::step], most)


def found_of(document: Document, planted: Planted, before: frozenset[str]) -> tuple[str, ...]:
    """What proofreading says of a document with a fault, and not of it without; empty where it is missed.

    Args:
        document: without the fault.
        planted: the fault.
        before: the English messages of what was found without it.
    """
    text = Text.of(planted.document(document))
    if text is None:
        return ("the document is no longer read as an act",)
    return tuple(each.message.en for each in discrepancies_of(text) if each.message.en not in before)
