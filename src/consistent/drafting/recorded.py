"""What a draft records of a document beside what rules test: powers, delegations, time limits and quotations, each with its evidence."""

from collections.abc import Callable, Iterator
from typing import cast, get_args

from attrs import evolve

from consistent.documents.citing.references import Place
from consistent.documents.document import Document, Part, Span
from consistent.documents.provisions.empowerments import Empowerment, Empowerments
from consistent.documents.provisions.provisions import Amended
from consistent.documents.provisions.quotations import Passage
from consistent.documents.provisions.time_limits import TimeLimit
from consistent.errors import printable
from consistent.model.evidence import Evidence
from consistent.model.recorded import (
    DivisionKind,
    Quotation,
    QuotationSubject,
    RecordedDelegation,
    RecordedDivision,
    RecordedMismatch,
    RecordedPower,
    RecordedTimeLimit,
    TimeLimitKind,
)

__all__ = [
    "amended",
    "quotation",
    "recorded_delegations",
    "recorded_divisions",
    "recorded_mismatches",
    "recorded_powers",
    "time_limit",
]

# Evidence for a passage, unconfirmed.
Telling = Callable[[Span], Evidence]
# In letters, about three lines of what an act is for, and twice as much of what is quoted by itself.
_PURPOSE, _QUOTED = 300, 700


def recorded_powers(document: Document, empowerments: Empowerments, tell: Telling) -> tuple[RecordedPower, ...]:
    """The delegated and implementing acts that the document provides for.

    Args:
        document: that was read.
        empowerments: of it.
        tell: gives the evidence for a passage.
    """
    return tuple(_power(document, empowerments, granted, tell) for granted in empowerments.granted)


def _power(document: Document, empowerments: Empowerments, granted: Empowerment, tell: Telling) -> RecordedPower:
    delegation = empowerments.delegation_of(granted)
    rule = granted.committee
    return RecordedPower(
        **_where(granted.place),
        kind=granted.kind,
        amends=amended(granted.within),
        holder=granted.holder,
        modality=granted.modality,
        form=granted.form,
        procedure=granted.procedure or None,
        procedure_at=str(granted.procedure_place) if granted.procedure_place else "",
        committee=evolve(tell(rule.span), value=str(rule.place)) if rule else None,
        urgent=granted.urgent,
        effect=None if granted.effect == "unclear" else granted.effect,
        look=None if granted.look == "unclear" else granted.look,
        exercise=_number(delegation.within.place if delegation.within else delegation.place) if delegation else "",
        overrules=str(granted.overrules) if granted.overrules else "",
        purpose=_quoted(document, granted.purposes[0] if granted.purposes else granted.span, _PURPOSE),
        evidence=tell(granted.span),
    )


def recorded_delegations(empowerments: Empowerments, tell: Telling) -> Iterator[RecordedDelegation]:
    """The articles on the exercise of the delegation; arguments as those of `recorded_powers`."""
    for delegation in empowerments.delegations:
        yield RecordedDelegation(
            **_where(delegation.place),
            amends=amended(delegation.within),
            number=delegation.number,
            months=delegation.months,
            indeterminate=delegation.indeterminate,
            tacit=delegation.tacit,
            revocable=delegation.revocable,
            objection=delegation.objection,
            listed=tuple(str(reference.place) for reference in delegation.listed),
            evidence=tell(delegation.span),
        )


def recorded_mismatches(empowerments: Empowerments, tell: Telling) -> Iterator[RecordedMismatch]:
    """Where powers and articles on their exercise do not agree; arguments as those of `recorded_powers`."""
    for mismatch in empowerments.mismatches:
        yield RecordedMismatch(**_where(mismatch.place), kind=mismatch.kind, evidence=tell(mismatch.span))


def time_limit(document: Document, limit: TimeLimit, tell: Telling) -> RecordedTimeLimit:
    """A time limit; arguments as those of `recorded_powers`."""
    when = limit.when
    return RecordedTimeLimit(
        **_where(limit.place),
        kind=cast("TimeLimitKind", limit.kind),
        who=(limit.who,) if limit.who else (),
        provisions=_quoted(document, limit.provisions, _QUOTED) if limit.provisions else "",
        date=when.date,
        number=when.number,
        unit=when.unit,
        after=when.after,
        evidence=tell(limit.span),
    )


_DIVISIONS = frozenset(get_args(DivisionKind))


def recorded_divisions(document: Document, tell: Telling) -> Iterator[RecordedDivision]:
    """The outermost divisions of the articles of the act itself; arguments as those of `recorded_powers`."""
    for act in document.top("act"):
        for terms in act.named("enacting-terms"):
            for part in terms.parts:
                articles = tuple(article.number for article in _own_articles(part) if article.number)
                if part.kind in _DIVISIONS and articles:
                    yield RecordedDivision(
                        kind=cast("DivisionKind", part.kind),
                        number=part.number,
                        heading=printable(" ".join(part.heading.split())),
                        articles=articles,
                        evidence=tell(part.span),
                    )


def _own_articles(part: Part) -> Iterator[Part]:
    """The articles of a division, without those that it puts into another act."""
    for inner in part.parts:
        if inner.kind == "article":
            yield inner
        elif inner.kind in _DIVISIONS:
            yield from _own_articles(inner)


def quotation(document: Document, passage: Passage, tell: Telling) -> Quotation:
    """A passage that a reader needs; arguments as those of `recorded_powers`."""
    return Quotation(
        **(_where(passage.place) if passage.place else {}),
        about=cast("QuotationSubject", passage.about),
        text=_quoted(document, passage.span, _QUOTED),
        evidence=tell(passage.span),
    )


def amended(within: Amended | None) -> str:
    """The provision of another act that something is to become part of, as sources spell it; empty where it is one of this act."""
    if within is None:
        return ""
    if within.act and within.place.article:
        return f"{within.act} art. {within.place}"
    return within.act or str(within.place)


def _where(place: Place) -> dict[str, str]:
    return {"annex": place.annex, "article": place.article, "paragraph": place.paragraph, "point": place.point}


def _number(place: Place) -> str:
    return str(evolve(place, act=""))


def _quoted(document: Document, span: Span, longest: int) -> str:
    """The words of a passage on one line, cut where there are too many."""
    said = printable(" ".join(document.of(span).split()))
    return said if len(said) <= longest else f"{said[:longest].rstrip()} ..."
