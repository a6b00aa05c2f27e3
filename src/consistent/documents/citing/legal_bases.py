"""Legal bases, from citations: 'Having regard to the Treaty ..., and in particular Article 114 thereof'.

What is cited with an article is a basis; what is cited as a whole is kept beside it, and so are the steps that came before
the act: proposal, opinions, consent, the procedure. A citation names its treaty or act first and the articles after 'in
particular', or the articles first and the act after them; articles in the title of an act are no basis.

The Treaties that were, are never taken for those that are: `EC 95`, `EEC 235`, `ECSC 95`; the Treaty on European Union as it
was before 1 December 2009 is `EU`, as the Court of Justice cites it, and a protocol of those days has the treaty in front.

'The Treaties' are two today. An article of which only one of them has the number is of that one; of any other the treaty is
not told, and it stays `Treaties 42(4)`. What is cited and cannot be read is kept as such.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from consistent.documents.citing._citations import (
    OLD_TREATIES,
    BasisKind,
    CitationReader,
    Citations,
    LegalBasis,
    Step,
    StepKind,
    Unread,
)
from consistent.documents.document import Span
from consistent.documents.words.citation_words import CitationWords, citation_words, plain

__all__ = ["BasisKind", "Citations", "LegalBasis", "Step", "StepKind", "Unread", "read_citations"]

# From 56 on there are articles of the Treaty on the Functioning of the European Union only.
_LAST_ARTICLE_OF_TEU = 55


def read_citations(citations: Sequence[str], language: str, *, before_lisbon: bool | None = None) -> Citations:
    """Read the citations of an act.

    Args:
        citations: each as it stands in the text, opening words included; several can stand in one, and so can a list after
            'Having regard to:'.
        language: of the citations.
        before_lisbon: whether the act is of before 1 December 2009; None where that is not known. Then it is taken to be where
            the citations name a Treaty that has lapsed and not the Treaty on the Functioning of the European Union.

    Raises:
        UsageError: citations in this language cannot be read.
    """
    words = citation_words(language)
    cited: list[LegalBasis] = []
    steps: list[Step] = []
    unread: list[Unread] = []
    for index, citation in enumerate(citations):
        # Blanks for another number of the same article, so that what stands around it is as close as if it were not there.
        text = words.asides.sub(lambda found: " " * len(found[0]), citation)
        for begin, end, kind in _pieces(text, words):
            step = _step(text, begin, end, kind, index, words)
            if step is not None:
                steps.append(step)
            elif kind == "opener":
                read = CitationReader(text, begin, end, index, words).read()
                cited += read
                if not read and text[begin:end].strip(_MARKS):
                    unread.append(Unread(citation=index, span=_stripped(text, begin, end)))
    named = {basis.instrument for basis in cited}
    if before_lisbon is None:
        before_lisbon = "TFEU" not in named and (
            bool(named & OLD_TREATIES) or any(basis.place[:2] in {"J.", "K."} for basis in cited)
        )
    bases = [_of_its_time(basis, named, before_lisbon=before_lisbon) for basis in cited]
    return Citations(
        bases=tuple(basis for basis in bases if basis.place),
        wholes=tuple(basis for basis in bases if not basis.place),
        steps=tuple(steps),
        unread=tuple(unread),
    )


def _pieces(text: str, words: CitationWords) -> Iterator[tuple[int, int, str]]:
    """Where each citation in a text begins, after its opening words if it has them, where it ends, and what opens it."""
    ender = words.enders.search(text)
    limit = ender.start() if ender else len(text)
    begun: tuple[int, str] | None = None
    for match in words.beginnings.finditer(text, 0, limit):
        if begun:
            yield from _items(text, begun[0], match.start(), begun[1], words)
        kind = match.lastgroup or "opener"
        begun = (match.end() if kind == "opener" else match.start(kind), kind)
    if begun:
        yield from _items(text, begun[0], limit, begun[1], words)


def _items(text: str, begin: int, end: int, kind: str, words: CitationWords) -> Iterator[tuple[int, int, str]]:
    """A citation as it is, or each item of the list that its opening words lead up to."""
    if kind == "opener" and _LIST.match(text, begin, end):
        for match in words.items.finditer(text, begin, end):
            if text[begin : match.start()].strip(_MARKS):
                yield begin, match.start(), kind
            begin = match.end()
    yield begin, end, kind


# What stands around the words of a citation.
_MARKS = " ,;:.\n\t\u2013\u2014-"
_LIST = re.compile(r"\s*:")


def _stripped(text: str, begin: int, end: int) -> Span:
    words = text[begin:end]
    start = begin + len(words) - len(words.lstrip(_MARKS))
    return Span(start, begin + len(words.rstrip(_MARKS)))


def _step(text: str, begin: int, end: int, kind: str, index: int, words: CitationWords) -> Step | None:
    """The step that a citation tells of; None where it cites a treaty or act."""
    if kind == "opener":
        opening = words.steps.match(text, begin, end)
        if opening is None:
            return None
        kind, begin = words.step_names[plain(opening["word"])], opening.start("word")
    # Footnotes and what the step refers to come after the institution.
    stop = re.compile(r"[(\d]").search(text, begin, end)
    clause = stop.start() if stop else end
    procedure = words.procedures.search(text, begin, end) if kind == "procedure" else None
    by = (
        words.institution_names[plain(institution[0])]
        for institution in words.institutions.finditer(text, begin, clause)
    )
    return Step(
        kind=_STEPS[kind],
        by=() if kind == "procedure" else tuple(dict.fromkeys(by)),
        procedure=words.procedure_names[plain(procedure[0])] if procedure else "",
        citation=index,
        span=Span(begin, begin + len(text[begin:end].rstrip(" ,;\n\t"))),
    )


_STEPS: Mapping[str, StepKind] = {
    "proposal": "proposal",
    "initiative": "initiative",
    "recommendation": "recommendation",
    "opinion": "opinion",
    "consent": "consent",
    "position": "position",
    "transmission": "transmission",
    "consultation": "consultation",
    "procedure": "procedure",
}


def _of_its_time(basis: LegalBasis, named: set[str], *, before_lisbon: bool) -> LegalBasis:
    """The basis with its treaty told apart from that of another time; 'the Treaty' is the only one that is named elsewhere."""
    name = basis.instrument
    treaties = named & {"TFEU", "TEU", "Euratom", *OLD_TREATIES}
    if name == "Treaty" and len(treaties) == 1:
        name = next(iter(treaties))
    if name == "Treaties" and not before_lisbon and _number(basis.place) > _LAST_ARTICLE_OF_TEU:
        name = "TFEU"
    if name == "TEU" and before_lisbon:
        name = "EU"
    if basis.kind == "protocol" and before_lisbon and name.startswith("Protocol No "):
        treaty = next((lapsed for lapsed in ("EC", "EEC", "ECSC", "EU") if lapsed in named), "EU")
        name = f"{treaty} {name}"
    return (
        evolve(basis, instrument=name, text=name + basis.text.removeprefix(basis.instrument))
        if name != basis.instrument
        else basis
    )


def _number(place: str) -> int:
    """The number of an article; 0 for what is not in one."""
    match = re.match(r"\d+", place)
    return int(match[0]) if match else 0
