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
from typing import Literal

from attrs import evolve, frozen

from consistent.documents.citing.article_references import (
    ArticleReference,
    celex_of_match,
    reference_runs,
    without_overlap,
)
from consistent.documents.document import Span
from consistent.documents.words.citation_words import CitationWords, citation_words, plain
from consistent.sources import is_citation

__all__ = [
    "OLD_TREATIES",
    "BasisKind",
    "CitationReader",
    "Citations",
    "LegalBasis",
    "Step",
    "StepKind",
    "Unread",
    "read_citations",
]

BasisKind = Literal[
    "treaty",  # an article of a Treaty, present or past
    "protocol",
    "accession",  # a treaty or act of accession
    "act",  # a regulation, directive, decision ...
    "agreement",
    "budget",
    "other",
]
StepKind = Literal[
    "proposal",
    "initiative",
    "recommendation",
    "opinion",
    "consent",
    "position",
    "transmission",
    "consultation",
    "procedure",
]


@frozen(kw_only=True)
class LegalBasis:
    """A treaty or act that is cited, with one place in it.

    Attributes:
        text: in the spelling of sources where there is one (`TFEU 173(3)`, `Protocol No 2 art. 5`, `CELEX 32021R0691 art. 15(1)`);
            else the name with the place. A treaty that is not named is `Treaty`; one of the two of today, `Treaties`.
        kind: of instrument.
        instrument: what is cited: `TFEU`, `Regulation (EU) 2021/691`.
        place: in it: `173(3)`; empty where it is cited as a whole.
        joined: whether it only stands 'in conjunction with' a basis before it.
        scope: of the words that say for which provisions of the act it is the basis; None where it is for all of them.
        citation: the index of the citation.
        span: in the text of the citation, of the words that name the place, or the instrument where it is cited as a whole.
    """

    text: str
    kind: BasisKind
    instrument: str
    place: str = ""
    joined: bool = False
    scope: Span | None = None
    citation: int
    span: Span


@frozen(kw_only=True)
class Step:
    """Something that came before the act, and is no basis of it.

    Attributes:
        kind: of step.
        by: the institutions that are named, in order: `commission`, `parliament`, `central-bank` ...; empty if none is known.
        procedure: `cod`, `special-legislative-procedure`, `syn` or `bud`; empty where the step does not say.
        citation: the index of the citation.
        span: in the text of the citation, of the words that say so.
    """

    kind: StepKind
    by: tuple[str, ...] = ()
    procedure: str = ""
    citation: int
    span: Span


@frozen(kw_only=True)
class Unread:
    """A citation in which nothing was recognised. It can be a basis.

    Attributes:
        citation: the index of the citation.
        span: in the text of the citation, of its words without the opening ones.
    """

    citation: int
    span: Span


@frozen
class Citations:
    """What the citations of an act say.

    Attributes:
        bases: treaties and acts with a place in them, in the order of the text.
        wholes: treaties and acts cited without a place.
        steps: in the order of the text.
        unread: what was cited and could not be read, in the order of the text.
    """

    bases: tuple[LegalBasis, ...] = ()
    wholes: tuple[LegalBasis, ...] = ()
    steps: tuple[Step, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def treaty_articles(self) -> tuple[str, ...]:
        """The articles of Treaties that are bases, as sources are spelled, each once."""
        return tuple(dict.fromkeys(basis.text for basis in self.bases if basis.kind == "treaty"))

    @property
    def other_bases(self) -> tuple[str, ...]:
        """The bases that are no articles of a Treaty: acts, protocols, accession; each once."""
        return tuple(dict.fromkeys(basis.text for basis in self.bases if basis.kind != "treaty"))

    @property
    def complete(self) -> bool:
        """Whether the articles of Treaties and the other bases are all that there are: nothing cited was left unread or unclear."""
        return not self.unread and all(is_citation(basis.text) for basis in self.bases)

    @property
    def procedure(self) -> str:
        """The procedure that the citations name; empty where they name none."""
        return next((step.procedure for step in self.steps if step.procedure), "")


OLD_TREATIES = frozenset({"EC", "EEC", "ECSC"})
# A name without a number goes no further: 'Agreement between the European Community and ...'.
_LONGEST_NAME = 200
# Nor do the words between two things that are cited.
_LONGEST_LINK = 120
_COMMA_OR_BLANK = re.compile(r"[\s,]*+")
_COMMA = re.compile(r"\s*+,\s*+")


_KINDS: Mapping[str, BasisKind] = {
    "treaty": "treaty",
    "protocol": "protocol",
    "accession": "accession",
    "agreement": "agreement",
    "budget": "budget",
    "other": "other",
}


@frozen
class _Event:
    """Something that a citation says, in its place."""

    start: int
    end: int
    kind: Literal["instrument", "places", "particular", "conjunction", "again", "end", "scope"]
    places: tuple[tuple[str, Span], ...] = ()
    match: re.Match[str] | None = None


class CitationReader:
    """Reads one citation of a treaty or act, from after its opening words.

    A name opens the citation, or articles and a name. After a treaty its articles follow; after an act its title, in which
    nothing counts, until 'in particular' or 'and to'. Among the articles, a further name with 'and' or 'in conjunction with' opens
    anew, and so does one right after an act.
    """

    def __init__(self, text: str, begin: int, end: int, index: int, words: CitationWords) -> None:
        self.text, self.begin, self.end, self.index, self.words = text, begin, end, index, words
        self.events = self._from_name(self._events())
        self.bases: list[LegalBasis] = []
        self.head: LegalBasis | None = None
        self.joined = False
        self.latest = 0  # how many bases the last run of articles gave

    def read(self) -> list[LegalBasis]:
        """The bases, in the order of the text; a treaty or act without a place where it is cited as a whole."""
        zone: Literal["start", "title", "places", "scope"] = "start"
        scope_begins = before = 0
        at = 0
        while at < len(self.events):
            event = self.events[at]
            after = self._event(at + 1)
            if zone == "start":
                if event.kind not in {"instrument", "places"} or not self._between(
                    self.words.lead, self.begin, event.start
                ):
                    return []
                if event.kind == "places" and not self._is_of(at):
                    shared = self._shared(at)
                    if shared is None:
                        return []
                    self._named(self.events[shared], shared)
                    zone = "places"
            if zone == "title" and event.kind == "places" and (self._is_beside(at, before) or self._is_thereof(at)):
                zone = "places"
            if event.kind == "places" and zone in {"start", "places"}:
                own = self.words.own.match(self.text, event.end, self.end)
                if after is not None and self._is_of(at):
                    event = self._apart(event, after, at + 1)
                    zone, at = self._named(after, at + 1), at + 1
                if not own:
                    self._bind(event)
                before = max(before, self.events[at].end)
            elif event.kind == "places" and zone == "scope":
                own = self.words.own.match(self.text, event.end, self.end)
                last = own.end() if own else event.end
                word = re.compile(r"\s*\w+").match(self.text, last, self.end) if own else None
                self._limit(Span(scope_begins, word.end() if word else last))
                zone, before = "places", word.end() if word else last
            elif event.kind == "instrument" and (
                zone == "start" or (zone in {"places", "title"} and self._opens_anew(before, event.start))
            ):
                zone = self._named(event, at)
                before = event.end
            elif event.kind == "particular" and self._leads(event, after) and self.head is not None:
                zone, before = "places", event.end
            elif event.kind == "conjunction" and self._leads(event, after) and zone != "start":
                self.joined, zone, before = True, "places", event.end
            elif event.kind == "again" and zone == "title":
                before = event.end
            elif event.kind == "end":
                self.joined, before = False, event.end
            elif event.kind == "scope" and zone == "places" and after is not None and after.kind == "places":
                zone, scope_begins = "scope", event.start
            at += 1
        return self.bases

    def _events(self) -> list[_Event]:
        """What the citation says, in the order of the text: instruments, runs of places, and the words that link them."""
        # What stands in brackets by itself is the short name of what stands before: '(TFEU)'.
        events = [
            _Event(name.start(), name.end(), "instrument", match=name)
            for name in self.words.instruments.finditer(self.text, self.begin, self.end)
            if not name["name"] or self.text[name.start() - 1 : name.end() + 1] != f"({name[0]})"
        ]
        piece = self.text[self.begin : self.end]
        for run in reference_runs(piece, self.words.articles):
            places = tuple((reference.place, _moved(reference, self.begin)) for reference in run)
            events.append(_Event(places[0][1].start, places[-1][1].end, "places", places))
        for division in self.words.divisions.finditer(self.text, self.begin, self.end):
            place = f"{self.words.division_names[plain(division['word'])]} {division['number']}"
            events.append(_Event(division.start(), division.end(), "places", ((place, Span(*division.span())),)))
        for link in self.words.links.finditer(self.text, self.begin, self.end):
            match link.lastgroup:
                case "particular" | "conjunction" | "again" | "end" | "scope" as kind:
                    events.append(_Event(link.start(), link.end(), kind))
        return without_overlap(events)

    def _from_name(self, events: list[_Event]) -> list[_Event]:
        """The events from the number on, of an act that is described first: 'the first Regulation made ... (Regulation No 17)'."""
        description = self.words.described.match(self.text, self.begin, self.end)
        numbered = (at for at, event in enumerate(events) if event.match and event.match["act"])
        first = next(numbered, None) if description else None
        if first is None:
            return events
        self.begin = events[first].start
        return events[first:]

    def _between(self, pattern: re.Pattern[str], begin: int, end: int) -> bool:
        return 0 <= end - begin <= _LONGEST_LINK and pattern.fullmatch(self.text, begin, end) is not None

    def _event(self, at: int) -> _Event | None:
        return self.events[at] if at < len(self.events) else None

    def _is_of(self, at: int) -> bool:
        """Whether the instrument that comes next is the one that the places are in: 'Article 12(5) of Regulation ...'."""
        return self._is_joint(at) or self._after_comma(at)

    def _shared(self, at: int) -> int | None:
        """The instrument that the first places are in with others: 'Article 114 in conjunction with Article 115 TFEU'."""
        while at + 2 < len(self.events) and self.events[at + 1].kind == "conjunction":
            if not self._leads(self.events[at + 1], self.events[at + 2]):
                return None
            at += 2
            if self._is_of(at):
                return at + 1
        return None

    def _is_beside(self, at: int, before: int) -> bool:
        """Whether places come right after what was cited and are of another instrument: 'and Article 16 TFEU'."""
        return self._is_of(at) and self._between(self.words.joined, before, self.events[at].start)

    def _is_thereof(self, at: int) -> bool:
        """Whether places are said to be of what was named before: 'Article 5 thereof'."""
        after = self._event(at + 1)
        return (
            after is not None
            and after.kind == "end"
            and self._between(_COMMA_OR_BLANK, self.events[at].end, after.start)
        )

    def _is_joint(self, at: int) -> bool:
        """Whether 'of', or nothing, stands between places and the name of an instrument."""
        event, after = self.events[at], self._event(at + 1)
        return (
            after is not None and after.kind == "instrument" and self._between(self.words.joint, event.end, after.start)
        )

    def _after_comma(self, at: int) -> bool:
        """Whether a treaty after a comma is the one that the places are in: 'Article 42(4), TEU'.

        It is not where articles of its own follow: 'Article 114, TEU, in particular Article 5'.
        """
        if not self._is_comma_named(at):
            return False
        after = self._event(at + 2)
        if self.head is None or after is None or after.kind not in {"places", "particular"}:
            return True
        return after.kind == "places" and (self._is_joint(at + 2) or self._is_comma_named(at + 2))

    def _is_comma_named(self, at: int) -> bool:
        """Whether a comma alone stands between places and the name of a treaty."""
        event, after = self.events[at], self._event(at + 1)
        if after is None or after.match is None or not after.match["name"]:
            return False
        kind = self.words.names[plain(after.match["name"])][0]
        return kind == "treaty" and self._between(_COMMA, event.end, after.start)

    def _apart(self, event: _Event, after: _Event, at: int) -> _Event:
        """The places that are in the instrument that comes next, once those of the treaty or act before it are bound.

        'The Treaty ..., and in particular Article 114 and Article 31 of the Euratom Treaty': each names one; but 'Articles 30
        and 31 of' names two of the same, and so do articles of a treaty that was named before.
        """
        if self.head is None or not self.bases or self.bases[-1].place:
            return event
        name = self._instrument(after, at).instrument
        if name == "Treaty" or any(basis.instrument == name for basis in self.bases):
            return event
        last = len(event.places) - 1
        while last > 0 and not self._says_article(event.places[last][1]):
            last -= 1
        # Parts before one article share its words: 'points (a) and (b) of Article 31'.
        while last > 0 and event.places[last - 1][1] == event.places[last][1]:
            last -= 1
        if last > 0:
            self._bind(evolve(event, places=event.places[:last]))
        return evolve(event, places=event.places[last:])

    def _says_article(self, span: Span) -> bool:
        tokens = self.words.articles.tokens(self.text[span.start : span.end])
        return any(token.kind in {"article", "articles"} for token in tokens)

    def _opens_anew(self, begin: int, end: int) -> bool:
        """Whether a name that comes after what was cited is one more thing cited, and not what that is annexed to."""
        return self._between(self.words.joined, begin, end) and not self._between(self.words.owned, begin, end)

    def _leads(self, event: _Event, after: _Event | None) -> bool:
        """Whether articles, or a name, come right after a link."""
        return (
            after is not None
            and after.kind in {"places", "instrument"}
            and self._between(self.words.joined, event.end, after.start)
        )

    def _named(self, event: _Event, at: int) -> Literal["title", "places"]:
        """Take up a treaty or act; what comes next."""
        self.head = self._instrument(event, at)
        self.bases.append(self.head)
        self.latest = 0
        return "places" if self.head.kind in {"treaty", "protocol"} else "title"

    def _bind(self, event: _Event) -> None:
        """The places, in the instrument that was named last."""
        if self.head is None:
            return
        if self.bases and not self.bases[-1].place:
            self.bases.pop()
        for place, span in event.places:
            text = _spelled(self.head, place)
            self.bases.append(evolve(self.head, text=text, place=place, span=span, joined=self.joined))
        self.latest = len(event.places)

    def _limit(self, scope: Span) -> None:
        """The scope of what the last articles are a basis for."""
        for index in range(len(self.bases) - self.latest, len(self.bases)):
            self.bases[index] = evolve(self.bases[index], scope=scope)

    def _instrument(self, event: _Event, at: int) -> LegalBasis:
        """The treaty or act that an event names, as a basis without a place.

        Args:
            event: of the kind `instrument`.
            at: its index; a name without a number goes on to the next event.
        """
        match = event.match
        if match is None:  # pragma: no cover  events of this kind have one
            raise AssertionError
        span = Span(event.start, event.end)
        if match["act"]:
            celex = celex_of_match(match, self.words.acts)
            name = " ".join(match[0].split())
            return LegalBasis(
                text=f"CELEX {celex}" if celex else name, kind="act", instrument=name, citation=self.index, span=span
            )
        if match["protocol"] and match["protocol_number"]:
            return self._protocol(int(match["protocol_number"]), span, at)
        kind, short = self.words.names[plain(match["name"])]
        if not short:
            links = (later.start for later in self.events[at + 1 :] if later.kind != "instrument")
            span = self._name(event.start, next(links, self.end))
            short = " ".join(self.text[span.start : span.end].split())
        return LegalBasis(text=short, kind=_KINDS[kind], instrument=short, citation=self.index, span=span)

    def _protocol(self, number: int, span: Span, at: int) -> LegalBasis:
        """A protocol by its number: to the Treaties of today, to a Treaty that was, or to an agreement."""
        name = f"Protocol No {number}"
        for event in self.events[at + 1 :]:
            known = event.match["name"] if event.match else None
            if known is None:
                continue
            what, short = self.words.names[plain(known)]
            if short in OLD_TREATIES:
                name = f"{short} {name}"
            elif what == "agreement" and self._between(self.words.joint, span.end, event.start):
                agreement = self.head.instrument if self.head and self.head.kind == "agreement" else known
                return LegalBasis(
                    text=f"{agreement}, {name}",
                    kind="agreement",
                    instrument=f"{agreement}, {name}",
                    citation=self.index,
                    span=span,
                )
            break
        return LegalBasis(text=name, kind="protocol", instrument=name, citation=self.index, span=span)

    def _name(self, begin: int, end: int) -> Span:
        """The name of what has no number: up to a bracket, or to what the citation says next."""
        end = min(end, begin + _LONGEST_NAME)
        annexed = self.words.annexed.search(self.text, begin, end)
        name = self.text[begin : annexed.start() if annexed else end].partition("(")[0]
        return Span(begin, begin + len(self.words.dangling.sub("", name)))


def _spelled(head: LegalBasis, place: str) -> str:
    if head.kind == "treaty":
        return f"{head.text} {place}"
    return f"{head.text} {place}" if " " in place else f"{head.text} art. {place}"


def _moved(reference: ArticleReference, by: int) -> Span:
    return Span(reference.span.start + by, reference.span.end + by)


# Citations of an act: which of them are bases of it, and which are steps.

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
        text = words.asides.sub(lambda match: " " * len(match[0]), citation)
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
    """The step that a citation tells of; None where it cites a treaty or act.

    Args:
        text: of the citations.
        begin: where the citation begins, after its opening words.
        end: where it ends.
        kind: what opens it: `opener`, or the kind of step.
        index: of the citation.
        words: of its language.
    """
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
