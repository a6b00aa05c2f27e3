"""From a draft to data for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from consistent.intake.document import Document, Part, Span
from consistent.intake.draft_data import (
    DelegationData,
    DraftData,
    EmpowermentData,
    EvidenceData,
    HeaderData,
    MeasureData,
    StructureData,
)
from consistent.intake.drafting import Draft
from consistent.intake.empowerments import Empowerment
from consistent.intake.places import page_of, place_of, quote_of
from consistent.model.proposal import MEASURE_FIELDS, Evidence, Measure

__all__ = ["draft_data"]


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
