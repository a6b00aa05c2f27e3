"""The header of a document: everything about it as a whole, each value with the place that says so."""

from collections.abc import Iterator
from datetime import date

from attrs import evolve, field, frozen

from consistent.documents.citing.legal_bases import Citations, read_citations
from consistent.documents.document import Document, Found, Span, agreed
from consistent.documents.header._cover import addressees_of, front_of, is_prose, title_of, transmitted
from consistent.documents.header._identity import (
    Contradiction,
    contradicting_celex,
    contradicting_procedures,
    contradicting_references,
    own_day,
    own_reference,
    related_to,
)
from consistent.documents.header._statements import Statements, read_statements
from consistent.documents.header.dates import Application, amounts, budget, read_application
from consistent.documents.header.kinds import (
    ADOPTED,
    COUNCIL_PAPERS,
    NOT_THE_COMMISSIONS,
    OTHER_KINDS,
    PARLIAMENTS,
    ActType,
    act_type,
    council_head,
    excerpt,
    kind_of,
    lead,
    self_named,
)
from consistent.documents.header.numbers import celex_from, celex_numbers, council_numbers, procedures, series_of
from consistent.documents.words.citation_words import has_citation_words
from consistent.documents.words.header_words import all_words

__all__ = ["Header", "read_header"]

# What its own author adopts.
_BY_THE_COMMISSION = frozenset({"draft-delegated-act", "draft-implementing-act"})
_DRAFTS = (
    frozenset({"proposal", "amended-proposal", "joint-proposal", "cfsp-proposal", "recommendation-for"})
    | _BY_THE_COMMISSION
)
_LEGISLATIVE = frozenset({"cod", "special-legislative-procedure"})
# Codes of procedures that the vocabulary `procedures` has as terms.
_PROCEDURES = frozenset({"COD", "CNS", "APP", "NLE", "BUD"})
_STEPS = _LEGISLATIVE | {"bud"}
# In letters: type and title stand together on a cover.
_TYPE_WITHIN = 300
_LISBON = date(2009, 12, 1)


@frozen(kw_only=True)
class Header:
    """What a document is.

    Attributes:
        kind: a term of the vocabulary `kinds`, or one of `OTHER_KINDS`; its span is empty (None) where only the file says so.
        behind: of a paper that is no proposal, the kind of the text behind it: that of the Commission's document that a paper
            of the Council transmits, else `draft-act` where an act follows; None where nothing does.
        language: two letters; empty where it cannot be told.
        excerpt: the words by which a page says that it shows a part of a document only; None elsewhere.
        reference: `COM(2022) 68 final`; of a paper of the Council, that of the Commission's document it is about.
        related: other documents that the cover names, in order, each once.
        procedure: `2022/0047(COD)`.
        decision_procedure: a term of the vocabulary `procedures`.
        celex: as printed, else from the reference and the kind.
        council_number: `16298/22`.
        carrier: the number of the paper of the Council that sends the document along, where it does no more than that.
        date: of the document.
        authors: terms of the vocabulary `actors`.
        instrument: a term of the vocabulary `instruments`; of the act that is proposed or adopted.
        adopters: who adopts the act, terms of the vocabulary `actors`, with the title that says so.
        addressees: to whom the act, or a communication, is addressed, terms of the vocabulary `actors`.
        title: what follows the type on the cover.
        whole_title: of a draft, with its type: `Proposal for a REGULATION ... on lamps`; the same as `title` elsewhere.
        citations: what the act says that it is based on; spans are those of the citations, see `citation_spans`.
        citation_spans: of each citation in the document.
        statements: in the memorandum and the recitals.
        amounts: in the enacting terms, in order.
        budget: what the act as a whole may spend.
        application: entry into force, application, end.
        contradictions: values of which the document gives several; each is unknown, and what follows from it too.
    """

    kind: Found[str]
    behind: Found[str] | None = None
    language: str = ""
    excerpt: Span | None = None
    reference: Found[str] | None = None
    related: tuple[Found[str], ...] = ()
    procedure: Found[str] | None = None
    decision_procedure: Found[str] | None = None
    celex: Found[str] | None = None
    council_number: Found[str] | None = None
    carrier: Found[str] | None = None
    date: Found[date] | None = None
    authors: tuple[Found[str], ...] = ()
    instrument: Found[str] | None = None
    adopters: Found[tuple[str, ...]] | None = None
    addressees: tuple[Found[str], ...] = ()
    title: Found[str] | None = None
    whole_title: Found[str] | None = None
    citations: Citations = Citations()
    citation_spans: tuple[Span, ...] = ()
    statements: Statements = field(factory=Statements)
    amounts: tuple[Found[int], ...] = ()
    budget: Found[int] | None = None
    application: Application = Application()
    contradictions: tuple[Contradiction, ...] = ()

    @property
    def legal_basis(self) -> tuple[str, ...]:
        """The articles of Treaties that the act is based on, as sources are spelled."""
        return self.citations.treaty_articles


def read_header(document: Document) -> Header:
    """The header of a document, in whatever format; in a language that is not read, what its cover tells."""
    return _Reader(document).read()


class _Reader:
    """Reads one document; what several values need is found once."""

    def __init__(self, document: Document) -> None:
        self.front = front_of(document)
        self.document, self.cover, self.text = document, self.front.cover, self.front.text
        self.stated, self.first = self.front.stated, self.front.first
        self.type = self._act_type()

    def read(self) -> Header:
        """Everything."""
        differing = contradicting_procedures(self.front)
        procedure = self._procedure() if differing is None else None
        kind = self._kind(procedure)
        if kind.value in NOT_THE_COMMISSIONS - PARLIAMENTS:
            procedure = differing = None
        behind = self._behind(kind.value)
        elsewhere = contradicting_references(self.front, kind.value)
        reference = own_reference(self.front, kind.value) if elsewhere is None else None
        act = next((part.span for part in self.document.named("enacting-terms")), None)
        citations, spans = self._citations()
        step = next((cited for cited in citations.steps if cited.procedure), None)
        if kind.value == "adopted-act" and step is not None and step.procedure in _LEGISLATIVE:
            kind = Found("legislative-act", _within(spans[step.citation], step.span))
        shown = excerpt(self.document, self.cover)
        of_act = kind.value not in OTHER_KINDS or kind.value in COUNCIL_PAPERS or behind is not None
        named = self.type if of_act else None
        instrument = Found(named.instrument, named.span) if named else self._other_instrument(kind.value)
        numbers = (kind.value, reference.value if reference else "", instrument.value if instrument else "")
        celexes = contradicting_celex(self.front, *numbers)
        title = title_of(self.front, self.type)
        return Header(
            kind=kind,
            behind=behind,
            language=self.document.language or (self.first.language if self.first else ""),
            excerpt=shown,
            reference=reference,
            related=related_to(self.front, reference),
            procedure=procedure,
            decision_procedure=self._decision_procedure(procedure)
            or (
                Found(step.procedure, _within(spans[step.citation], step.span))
                if step and step.procedure in _STEPS
                else None
            ),
            celex=None if celexes or elsewhere else self._celex(kind.value, reference, numbers[2]),
            council_number=next(council_numbers(self.text), None) if kind.value in ADOPTED | COUNCIL_PAPERS else None,
            carrier=self.front.carrier,
            date=own_day(self.front, kind.value, self.type),
            authors=tuple(self._authors(kind, reference)),
            instrument=instrument,
            adopters=Found(named.by, named.span) if named else None,
            # What a paper about a document sends along is addressed to others.
            addressees=tuple(addressees_of(self.front, act)) if act or kind.value not in OTHER_KINDS else (),
            title=title,
            whole_title=self._whole_title(title),
            citations=citations,
            citation_spans=spans,
            statements=self._statements(citations, spans, whole=shown is None),
            amounts=tuple(amounts(self.document, act)) if act else (),
            budget=budget(self.document, act) if act else None,
            application=read_application(self.document, act) if act else Application(),
            contradictions=tuple(
                contradiction for contradiction in (elsewhere, differing, celexes) if contradiction is not None
            ),
        )

    def _whole_title(self, title: Found[str] | None) -> Found[str] | None:
        """The title with what the cover leads with, where that is the type of a draft and stands right before it."""
        if title is None or title.span is None or self.first is None or self.first.key not in _DRAFTS:
            return title
        start = self.first.span.start
        if not 0 <= title.span.start - start <= _TYPE_WITHIN:
            return title
        whole = Span(start, title.span.end)
        return Found(" ".join(self.document.of(whole).split()), whole)

    def _statements(self, citations: Citations, spans: tuple[Span, ...], *, whole: bool) -> Statements:
        """The statements of the document; the citations make the one on the opinions that were asked."""
        statements = read_statements(self.document, whole=whole)
        asked = next((step for step in citations.steps if step.kind == "opinion"), None)
        if asked is None:
            return statements
        span = _within(spans[asked.citation], asked.span)
        return evolve(statements, present={**statements.present, "required-opinions": span})

    def _act_type(self) -> ActType | None:
        """The type of the act: directly after the words that propose it, else the first on the cover."""
        head = council_head(self.text, self.cover)
        if head is not None:
            subject = self._subject()
            if subject is None and (self.first is None or self.first.key in COUNCIL_PAPERS):
                # What it says of itself, `General approach`, comes with the subject, which names the act.
                subject = head.end
            if subject is not None:
                return act_type(self.text, subject, len(self.text), self.document.language)
        if self.first is not None and self.first.key not in _DRAFTS:
            subject = self._subject()
            if subject is None and self.first.key in OTHER_KINDS and self.document.top("act"):
                # What Parliament adopts names the act in its own title.
                subject = self.first.span.end
            return act_type(self.text, subject, len(self.text)) if subject is not None else None
        start = self.first.span.end if self.first else 0
        of_language = act_type(self.text, start, len(self.text), self.first.language if self.first else "")
        return of_language or act_type(self.text, start, len(self.text))

    def _subject(self) -> int | None:
        """Where on the cover of another kind of document an act is proposed; None where the document is about policy."""
        acts = self.document.named("title-of-act")
        return acts[0].span.start if acts and acts[0].span.start < len(self.text) else None

    def _kind(self, procedure: Found[str] | None) -> Found[str]:
        """What the document is: by what the file says of itself, before what its text leads with; a paper of the Council by its text.

        Notes the type of the act where only the file says it.
        """
        stated = self.stated.get("kind", "")
        number = procedure.value if procedure else ""
        read = kind_of(self.document, self.cover, self.first, self.type, number)
        if not self._leads_with(read):
            read = Found("unknown", None)
        if not stated or read.value in COUNCIL_PAPERS:
            return read
        whole = Span(0, len(stated))
        first = lead(stated, whole)
        if first is None:
            return read
        type = act_type(stated, first.span.end, len(stated), first.language)
        self.type = self.type or (
            type and ActType(instrument=type.instrument, by=type.by, adopted=None, span=self.cover)
        )
        stated_kind = kind_of(self.document, Span(0, 0), first, type, number)
        return agreed(Found(stated_kind.value, None), read) or read

    def _leads_with(self, kind: Found[str]) -> bool:
        """Whether what says that a document is a draft or sets out policy heads it, and does not stand in its prose."""
        if self.first is None or kind.span != self.first.span or kind.value in OTHER_KINDS:
            return True
        if self.document.top("memorandum") or self.document.named("act") or own_reference(self.front, kind.value):
            return True
        before = self.text[: self.first.span.start]
        head = self._institution("commission")
        # A proposal comes from an institution; a paper about policy need not say so.
        headed = head is not None and head.end <= self.first.span.start
        numbered = next(procedures(before), None) is not None
        return (headed or numbered or self.first.key not in _DRAFTS) and not is_prose(before)

    def _behind(self, kind: str) -> Found[str] | None:
        """See `Header.behind`."""
        if kind not in OTHER_KINDS or kind in {"unknown", "treaty", "parliament-amendments"}:
            return None
        sent = transmitted(self.front) if kind in COUNCIL_PAPERS else None
        acts = self.document.top("act")
        if sent is not None and sent.key not in OTHER_KINDS:
            type = act_type(self.text, sent.span.end, len(self.text), sent.language)
            procedure = next(procedures(self.text), None)
            # The second cover is a document of its own: what stands before it does not count.
            cover = Span(sent.span.start, self.cover.end)
            return kind_of(self.document, cover, evolve(sent, about=False), type, procedure.value if procedure else "")
        return Found("draft-act", acts[0].span) if acts else None

    def _procedure(self) -> Found[str] | None:
        stated = next((number.value for number in procedures(self.stated.get("procedure", ""))), "")
        read = next(procedures(self.text), None)
        if read is None and self.front.carrier is not None:
            read = next(procedures(self.document.text, 0, self.cover.start), None)
        return agreed(Found(stated, None), read) if stated else read

    def _decision_procedure(self, procedure: Found[str] | None) -> Found[str] | None:
        code = procedure.value[-4:-1] if procedure else ""
        return Found(code.lower(), procedure.span) if procedure and code in _PROCEDURES else None

    def _celex(self, kind: str, reference: Found[str] | None, instrument: str) -> Found[str] | None:
        """The CELEX number of the document: of the file, else of the cover, else the one that follows from its reference."""
        stated = next((number.value for number in celex_numbers(self.stated.get("celex", ""))), "")
        read = next(celex_numbers(self.text), None)
        if stated:
            return agreed(Found(stated, None), read)
        derived = celex_from(reference.value, kind, instrument) if reference and kind not in COUNCIL_PAPERS else ""
        if read is not None:
            return read
        return Found(derived, reference.span if reference else None) if derived else None

    def _authors(self, kind: Found[str], reference: Found[str] | None) -> Iterator[Found[str]]:
        """Who drew the document up."""
        series = series_of(reference.value) if reference else ""
        if kind.value in COUNCIL_PAPERS and (
            council_head(self.text, self.cover) or kind.value != "provisional-agreement"
        ):
            yield Found("council", kind.span)
        elif kind.value in PARLIAMENTS or kind.value == "provisional-agreement":
            yield Found("parliament", kind.span)
        elif kind.value in ADOPTED | _BY_THE_COMMISSION and self.type:
            for institution in self.type.by:
                yield Found(institution, self.type.span)
        elif kind.value == "cfsp-proposal":
            yield Found("high-representative", kind.span)
        elif series or kind.value.endswith("-proposal") or kind.value in {"communication", "proposal-for-act"}:
            joint = series == "JOIN" or kind.value.startswith("joint-")
            own = reference.span if reference else kind.span
            for actor in ("commission", "high-representative")[: 1 + joint]:
                yield Found(actor, self._institution(actor) or own)

    def _institution(self, actor: str) -> Span | None:
        for words in all_words().values():
            name = words.institutions[actor].search(self.text) if actor in words.institutions else None
            if name:
                return Span(*name.span())
        return None

    def _other_instrument(self, kind: str) -> Found[str] | None:
        if kind == "draft-budget" and self.first is not None:
            return Found("budget", self.first.span)
        return self_named(self.document) if kind.startswith("draft-") or kind == "proposal-for-act" else None

    def _citations(self) -> tuple[Citations, tuple[Span, ...]]:
        """What the citations of the act say, and the span of each in the document."""
        act = next(iter(self.document.named("act")), None)
        parts = act.named("citation") if act else self.document.named("citation")
        # The citations of acts in annexes are not those of this one.
        preamble = next(iter(act.named("preamble")), None) if act else None
        spans = tuple(part.span for part in parts if preamble is None or part.span in preamble.span)
        if not spans or not has_citation_words(self.document.language):
            return Citations(), spans
        day = own_day(self.front, "", None)
        before = day.value < _LISBON if day else None
        return read_citations(
            [self.document.of(span) for span in spans], self.document.language, before_lisbon=before
        ), spans


def _within(outer: Span, inner: Span) -> Span:
    """A span of a citation as one of the document."""
    return Span(outer.start + inner.start, outer.start + inner.end)
