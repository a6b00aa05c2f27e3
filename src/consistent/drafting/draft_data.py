"""A draft as data for programs: the shapes of what `consistent draft --format json` prints."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from consistent.documents.document import Document, Part, Span, page_of, place_of, quote_of
from consistent.documents.provisions.empowerments import Empowerment, Kind
from consistent.drafting.draft import Draft
from consistent.model.proposal import MEASURE_FIELDS, Evidence, Measure
from consistent.model.text import Localized

__all__ = [
    "DelegationData",
    "DraftData",
    "EmpowermentData",
    "EvidenceData",
    "HeaderData",
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
    """

    field: str
    value: str | None
    place: str
    quote: str | None
    span: tuple[int, int] | None
    confidence: float | None
    confirmed: bool
    note: str | None


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
        urgent: whether acts that apply at once, or an urgency procedure, are provided for.
        effect: whether a delegated act `supplements` the act, `amends` it, or `both`.
        look: whether the elements look essential by the words; a cue for the reader.
        exercise: of a delegated act, the article on the exercise of the delegation.
        quote: how what it is for begins.
        span: of the sentence that provides for it.
    """

    article: str | None
    paragraph: str | None
    point: str | None
    annex: str | None
    amends: str | None
    kind: Kind
    holder: str
    modality: str
    form: str
    procedure: str | None
    urgent: bool
    effect: str | None
    look: str | None
    exercise: str | None
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
    """

    article: str | None
    amends: str | None
    months: int | None
    indeterminate: bool
    tacit: bool
    revocable: bool
    objection: int | None
    listed: tuple[str, ...]
    span: tuple[int, int]


@frozen(kw_only=True)
class MeasureData:
    """A measure as the text seems to have it; an empty list or null where the text says nothing of it.

    Attributes:
        id: unique in the document.
        reference: `Article 5(2)`.
        title: the heading of its article.
        place: where it begins, with the page.
        span: from and to which character.
        evidence: for each value, in the order of the text.
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
    evidence: tuple[EvidenceData, ...]


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
    measures: tuple[MeasureData, ...]


# From a draft to data for programs.


def draft_data(draft: Draft) -> DraftData:
    """The draft as data."""
    document, header = draft.document, draft.header
    found = draft.empowerments
    measures = {each.id: each for each in draft.drafted.measures}
    return DraftData(
        kind=header.kind.value,
        language=header.language or None,
        format=document.content.format,
        can_be_checked=draft.refused is None,
        remarks=draft.remarks,
        header=_header(draft),
        structure=_structure(document),
        empowerments=tuple(_empowerment(document, each) for each in found.granted),
        delegations=tuple(
            DelegationData(
                article=each.place.article or None,
                amends=_amended(each.within),
                months=each.months,
                indeterminate=each.indeterminate,
                tacit=each.tacit,
                revocable=each.revocable,
                objection=each.objection,
                listed=tuple(str(one.place) for one in each.listed),
                span=_pair(each.span),
            )
            for each in found.delegations
        ),
        measures=tuple(_measure(document, measures[each.id], each.span) for each in draft.candidates),
    )


def _header(draft: Draft) -> HeaderData:
    header = draft.header
    application = header.application
    return HeaderData(
        reference=_value(header.reference),
        related=_values(header.related),
        procedure=_value(header.procedure),
        decision_procedure=_value(header.decision_procedure),
        celex=_value(header.celex),
        council_number=_value(header.council_number),
        date=_value(header.date),
        authors=_values(header.authors),
        instrument=_value(header.instrument),
        adopters=header.adopters.value if header.adopters else (),
        addressees=_values(header.addressees),
        title=_value(header.title),
        legal_basis=header.legal_basis,
        other_bases=header.citations.other_bases,
        statements=tuple(sorted(header.statements.present)),
        statements_absent=header.statements.absent,
        amounts=_values(header.amounts),
        budget=_value(header.budget),
        entry_into_force=_value(application.entry_into_force),
        applies_from=_value(application.start),
        end_of_application=_value(application.end),
        behind=_value(header.behind),
        excerpt=header.excerpt is not None,
        evidence=_evidence(draft.drafted.evidence),
    )


def _value(found: Any) -> Any:
    return None if found is None else found.value


def _values(found: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(each.value for each in found)


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _structure(document: Document) -> StructureData:
    counted = Counter(each.kind for each in _own(document.parts))
    pages = {each.page for each in document.content.blocks if each.page is not None}
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
    for each in parts:
        yield each
        if each.kind not in {"annex", "quoted"}:
            yield from _own(each.parts)


def _empowerment(document: Document, each: Empowerment) -> EmpowermentData:
    place = each.place
    return EmpowermentData(
        article=place.article or None,
        paragraph=place.paragraph or None,
        point=place.point or None,
        annex=place.annex or None,
        amends=_amended(each.within),
        kind=each.kind,
        holder=each.holder,
        modality=each.modality,
        form=each.form,
        procedure=each.procedure or None,
        urgent=each.urgent,
        effect=None if each.effect == "unclear" else each.effect,
        look=None if each.look == "unclear" else each.look,
        exercise=str(each.exercise) if each.exercise else None,
        quote=quote_of(document, each.purposes[0] if each.purposes else each.span),
        span=_pair(each.span),
        page=page_of(document, each.span),
    )


def _amended(within: Any) -> str | None:
    if within is None:
        return None
    return (
        f"{within.act} art. {within.place}" if within.act and within.place.article else within.act or str(within.place)
    )


def _measure(document: Document, measure: Measure, span: Span) -> MeasureData:
    values: Mapping[str, Any] = {
        name: next(iter(value.yes), None) if about.single else tuple(sorted(map(str, value.yes)))
        for name, about in MEASURE_FIELDS.items()
        if name in _MEASURE_FIELDS and (value := getattr(measure, name)) is not None
    }
    return MeasureData(
        id=measure.id,
        title=measure.title.en if measure.title else None,
        place=place_of(document, span),
        span=_pair(span),
        evidence=_evidence(measure.evidence),
        **values,
    )


_MEASURE_FIELDS = (
    "reference",
    "effects",
    "actors",
    "addressees",
    "areas",
    "bindingness",
    "finance",
    "partners",
    "safeguards",
)


def _evidence(told: Iterable[tuple[str, Evidence]]) -> tuple[EvidenceData, ...]:
    return tuple(
        EvidenceData(
            field=name,
            value=each.value or None,
            place=each.place,
            quote=each.quote or None,
            span=each.span,
            confidence=each.confidence,
            confirmed=each.confirmed,
            note=each.note or None,
        )
        for name, each in told
    )
