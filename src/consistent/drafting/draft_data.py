"""A draft as data for programs: the shapes of what `consistent draft --format json` prints."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from types import NoneType
from typing import Any, TypeVar, get_args

from attrs import AttrsInstance, fields, frozen

from consistent.documents.document import Document, Found, Part, Span, page_of, place_of, quote_of
from consistent.documents.provisions.empowerments import Empowerment
from consistent.documents.provisions.grants import ActKind
from consistent.drafting.candidate_measure import CandidateMeasure
from consistent.drafting.draft import Draft
from consistent.drafting.recorded import amended
from consistent.model.proposal import COMMON, Evidence, Measure
from consistent.model.recorded import Quotation, RecordedDivision, RecordedTimeLimit
from consistent.model.text import Localized

__all__ = [
    "DelegationData",
    "DraftData",
    "EmpowermentData",
    "EvidenceData",
    "HeaderData",
    "HintData",
    "MeasureData",
    "StructureData",
    "draft_data",
]


@frozen(kw_only=True)
class EvidenceData:
    """Where a value was read.

    Attributes:
        field: of the header or measure.
        value: which of several values of the field it is for; null where the field has one.
        place: article, recital, cover, and the page where the format has pages; in the language of the document.
        quote: how the passage begins; null where the file says it of itself, outside its text.
        span: from and to which character of the document's text; null as `quote`.
        confidence: from 0 to 1.
        confirmed: whether a person stands for it.
        note: what else must be known.
        prefix: the words before the quote; with these and those after it the passage is found in another version of the text.
        suffix: the words after the quote.
    """

    field: str
    value: str | None
    place: str
    quote: str | None
    span: tuple[int, int] | None
    confidence: float | None
    confirmed: bool
    note: str | None
    prefix: str | None
    suffix: str | None


@frozen(kw_only=True)
class HeaderData:
    """What a document says of itself. Null, or an empty list, where nothing was found.

    Attributes:
        reference: `COM(2022) 68 final`; of a note of the Council, that of the Commission's document it is about.
        related: other documents that the cover names.
        procedure: `2022/0047(COD)`.
        decision_procedure: a term of the vocabulary `procedures`.
        celex: as printed, else from the reference and the kind.
        council_number: `16298/22`.
        carrier: the number of the paper of the Council that sends the document along.
        date: of the document.
        authors: terms of the vocabulary `actors`.
        instrument: a term of the vocabulary `instruments`.
        adopters: who adopts the act.
        addressees: to whom it is addressed.
        title: what follows the type on the cover.
        legal_basis: the Treaty articles that the act is based on: `TFEU 173(3)`.
        other_bases: acts and protocols that it is based on: `CELEX 32021R0691 art. 15(1)`.
        statements: that are there, terms of the vocabulary `statements`.
        statements_absent: that are known not to be there.
        amounts: in the enacting terms, in whole euros.
        budget: what the act as a whole may spend, in whole euros.
        entry_into_force: where the text gives a day.
        applies_from: where the text gives a day.
        end_of_application: where the text gives a day.
        behind: of a note of the Council or an appraisal, the kind of the text behind it.
        excerpt: whether the document shows a part of another one only.
        evidence: for the values that a proposal has; empty where the document makes none.
    """

    reference: str | None
    related: tuple[str, ...]
    procedure: str | None
    decision_procedure: str | None
    celex: str | None
    council_number: str | None
    carrier: str | None
    date: dt.date | None
    authors: tuple[str, ...]
    instrument: str | None
    adopters: tuple[str, ...]
    addressees: tuple[str, ...]
    title: str | None
    legal_basis: tuple[str, ...]
    other_bases: tuple[str, ...]
    statements: tuple[str, ...]
    statements_absent: tuple[str, ...]
    amounts: tuple[int, ...]
    budget: int | None
    entry_into_force: dt.date | None
    applies_from: dt.date | None
    end_of_application: dt.date | None
    behind: str | None
    excerpt: bool
    evidence: tuple[EvidenceData, ...]


@frozen(kw_only=True)
class StructureData:
    """How many parts the document has; those of acts that it quotes, or that stand in its annexes, are not counted.

    Attributes:
        pages: null where the format has none.
    """

    citations: int
    recitals: int
    parts: int
    titles: int
    chapters: int
    sections: int
    articles: int
    paragraphs: int
    points: int
    annexes: int
    headings: int
    notes: int
    pages: int | None


@frozen(kw_only=True)
class EmpowermentData:
    """A delegated or implementing act that the text provides for.

    Attributes:
        article: null where an annex provides for it.
        point: only where points provide for acts of their own.
        amends: the provision of another act that it is to become part of: `CELEX 32011L0083 art. 5`.
        holder: who is empowered.
        modality: `shall`, `may` or `empowered`.
        form: what the text calls the act: `act`, `regulation` or `decision`.
        procedure: of the committee, `examination` or `advisory`; null where the text names none.
        procedure_at: the provision of the committee article that the text refers to.
        committee: the provision that names the article of Regulation (EU) No 182/2011: another where the reference is wrong.
        urgent: whether acts that apply at once, or an urgency procedure, are provided for.
        effect: whether a delegated act `supplements` the act, `amends` it, or `both`.
        look: whether the elements look essential by the words; a cue for the reader.
        exercise: of a delegated act, the article on the exercise of the delegation that the text refers to.
        overrules: the provision that leaves to Member States what the power reaches.
        quote: how what it is for begins.
        span: of the sentence that provides for it.
    """

    article: str | None
    paragraph: str | None
    point: str | None
    annex: str | None
    amends: str | None
    kind: ActKind
    holder: str
    modality: str
    form: str
    procedure: str | None
    procedure_at: str | None
    committee: str | None
    urgent: bool
    effect: str | None
    look: str | None
    exercise: str | None
    overrules: str | None
    quote: str
    span: tuple[int, int]
    page: int | None


@frozen(kw_only=True)
class DelegationData:
    """What an article on the exercise of the delegation says.

    Attributes:
        months: for how long; null for an indeterminate period, and where the text does not say.
        tacit: whether the period is extended unless Parliament or Council oppose.
        objection: months in which they may object.
        listed: the provisions that it says delegate.
        number: that the article evidently should have, where it carries that of another one.
    """

    article: str | None
    amends: str | None
    months: int | None
    indeterminate: bool
    tacit: bool
    revocable: bool
    objection: int | None
    listed: tuple[str, ...]
    number: str | None
    span: tuple[int, int]


@frozen(kw_only=True)
class HintData:
    """Words of a measure that may speak of a term, too unsure for a value.

    Attributes:
        field: of the measure.
        value: a term of its vocabulary.
        quote: the words.
        span: from and to which character.
        confidence: from 0 to 1, as measured.
    """

    field: str
    value: str
    quote: str
    span: tuple[int, int]
    confidence: float


@frozen(kw_only=True)
class MeasureData:
    """A measure as the text seems to have it; an empty list or null where the text says nothing of it.

    Attributes:
        id: unique in the document.
        reference: `Article 5(2)`.
        title: the heading of its article.
        place: where it begins, with the page.
        span: from and to which character.
        describes: of an article that describes the act, what it is: `definitions`; null for one that lays something down.
        evidence: for each value, in the order of the text.
        hints: what its words may speak of as well.
    """

    id: str
    reference: str
    title: str | None
    effects: tuple[str, ...]
    actors: tuple[str, ...]
    addressees: tuple[str, ...]
    areas: tuple[str, ...]
    bindingness: str | None
    finance: tuple[str, ...]
    partners: tuple[str, ...]
    safeguards: tuple[str, ...]
    place: str
    span: tuple[int, int]
    describes: str | None
    evidence: tuple[EvidenceData, ...]
    hints: tuple[HintData, ...]


@frozen(kw_only=True)
class DraftData:
    """A document as it was read.

    Attributes:
        kind: a term of the vocabulary `kinds`, or `council-note`, `fiche`, `opinion`, `treaty` or `unknown`.
        language: two letters; null where it cannot be told.
        format: that it was read from.
        can_be_checked: whether it is a proposal, or sets out policy; else it is checked with `--as-proposal` only.
        remarks: what must be known before relying on it: contradictions, citations that were not read.
        empowerments: in the order of the text.
        delegations: the articles on the exercise of the delegation.
        accompanying: the documents that go with it: staff working documents, the opinion on the impact assessment.
        time_limits: when it applies, and by when somebody must act.
        divisions: its chapters, or what it calls the outermost divisions of its articles.
        quotations: its words on what an appraisal speaks of, such as objectives, options, subsidiarity, sums and sanctions.
        measures: in the order of the text.
    """

    kind: str
    language: str | None
    format: str
    can_be_checked: bool
    remarks: tuple[Localized, ...]
    header: HeaderData
    structure: StructureData
    empowerments: tuple[EmpowermentData, ...]
    delegations: tuple[DelegationData, ...]
    accompanying: tuple[str, ...]
    time_limits: tuple[RecordedTimeLimit, ...]
    divisions: tuple[RecordedDivision, ...]
    quotations: tuple[Quotation, ...]
    measures: tuple[MeasureData, ...]


def draft_data(draft: Draft) -> DraftData:
    """The draft as data."""
    document, header = draft.document, draft.header
    measures = {measure.id: measure for measure in draft.drafted.measures}
    return DraftData(
        kind=header.kind.value,
        language=header.language or None,
        format=document.content.format,
        can_be_checked=draft.refused is None,
        remarks=draft.remarks,
        header=_header(draft),
        structure=_structure(document),
        empowerments=tuple(_empowerment(document, granted) for granted in draft.empowerments.granted),
        delegations=tuple(
            _shaped(
                DelegationData,
                delegation,
                article=delegation.place.article or None,
                amends=amended(delegation.within) or None,
                listed=tuple(str(reference.place) for reference in delegation.listed),
            )
            for delegation in draft.empowerments.delegations
        ),
        accompanying=draft.drafted.accompanying,
        time_limits=draft.drafted.time_limits,
        divisions=draft.drafted.divisions,
        quotations=draft.drafted.quotations,
        measures=tuple(_measure(document, measures[candidate.id], candidate) for candidate in draft.candidates),
    )


_T = TypeVar("_T", bound=AttrsInstance)


def _shaped(shape: type[_T], source: object, **given: Any) -> _T:
    """An object of the shape: what is not given is the attribute of the source that has the same name."""
    taken = {
        field.name: _plain(getattr(source, field.name), field.type)
        for field in fields(shape)
        if field.name not in given
    }
    return shape(**taken, **given)


def _plain(value: Any, type: Any = None) -> Any:
    """A value as data: what was found without its place, a span as a pair, an empty text as null where that is allowed."""
    match value:
        case Found():
            return value.value
        case Span():
            return value.start, value.end
        case tuple():
            return tuple(map(_plain, value))
        case "" if NoneType in get_args(type):
            return None
    return value


def _header(draft: Draft) -> HeaderData:
    """The header as data: values without their places, which are in its evidence."""
    header, application = draft.header, draft.header.application
    return _shaped(
        HeaderData,
        header,
        adopters=header.adopters.value if header.adopters else (),
        other_bases=header.citations.other_bases,
        statements=tuple(sorted(header.statements.present)),
        statements_absent=header.statements.absent,
        entry_into_force=_plain(application.entry_into_force),
        applies_from=_plain(application.start),
        end_of_application=_plain(application.end),
        excerpt=header.excerpt is not None,
        evidence=_evidence(draft.drafted.evidence),
    )


def _structure(document: Document) -> StructureData:
    """How many parts of each kind are the document's own, and its pages."""
    counted = Counter(part.kind for part in _own(document.parts))
    pages = {block.page for block in document.content.blocks if block.page is not None}
    return StructureData(
        citations=counted["citation"],
        recitals=counted["recital"],
        parts=counted["part"],
        titles=counted["title"],
        chapters=counted["chapter"],
        sections=counted["section"],
        articles=counted["article"],
        paragraphs=counted["paragraph"],
        points=counted["point"],
        annexes=counted["annex"],
        headings=counted["heading"],
        notes=counted["note"],
        pages=max(pages, default=None),
    )


def _own(parts: Iterable[Part]) -> Iterator[Part]:
    """Every part that is the document's own."""
    for part in parts:
        yield part
        if part.kind not in {"annex", "quoted"}:
            yield from _own(part.parts)


def _empowerment(document: Document, granted: Empowerment) -> EmpowermentData:
    """An empowerment as data: its place in parts, the beginning of what it is for, and the page."""
    place = granted.place
    return _shaped(
        EmpowermentData,
        granted,
        article=place.article or None,
        paragraph=place.paragraph or None,
        point=place.point or None,
        annex=place.annex or None,
        amends=amended(granted.within) or None,
        effect=None if granted.effect == "unclear" else granted.effect,
        look=None if granted.look == "unclear" else granted.look,
        procedure_at=str(granted.procedure_place) if granted.procedure_place else None,
        committee=str(granted.committee.place) if granted.committee else None,
        exercise=str(granted.exercise) if granted.exercise else None,
        overrules=str(granted.overrules) if granted.overrules else None,
        quote=quote_of(document, granted.purposes[0] if granted.purposes else granted.span),
        page=page_of(document, granted.span),
    )


def _measure(document: Document, measure: Measure, candidate: CandidateMeasure) -> MeasureData:
    """A measure as data: the terms of each field in order, its place in the document, and its evidence."""
    values = {
        name: next(iter(value.yes), None) if about.single else tuple(sorted(map(str, value.yes)))
        for name, about in COMMON.measure.items()
        if name in _MEASURE_FIELDS and (value := measure.value(name)) is not None
    }
    return _shaped(
        MeasureData,
        measure,
        title=measure.title.en if measure.title else None,
        place=place_of(document, candidate.span),
        span=_plain(candidate.span),
        describes=candidate.describes,
        evidence=_evidence(measure.evidence),
        hints=tuple(
            HintData(
                field=hint.field,
                value=hint.term,
                quote=quote_of(document, hint.span),
                span=_plain(hint.span),
                confidence=hint.confidence / 100,
            )
            for hint in candidate.hints
        ),
        **values,
    )


_MEASURE_FIELDS = frozenset(field.name for field in fields(MeasureData))


def _evidence(pieces: Iterable[tuple[str, Evidence]]) -> tuple[EvidenceData, ...]:
    return tuple(_shaped(EvidenceData, evidence, field=name) for name, evidence in pieces)
