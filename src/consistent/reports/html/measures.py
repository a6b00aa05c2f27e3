"""Measures as the page shows them, and against principles."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from consistent.findings.outcome import OUTCOMES, Outcome, gravest, gravity
from consistent.findings.said import Defeated, Finding, outcome_of
from consistent.findings.wording import found_label
from consistent.knowledge.base import Knowledge
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Evidence, Field, Measure
from consistent.model.text import Localized, localized
from consistent.model.values import Value
from consistent.reports.html.anchors import Anchors
from consistent.reports.html.view import CellView, MatrixView, MeasureView, PassageView, QuoteView, RowView
from consistent.reports.html.words import PAGE_WORDS

__all__ = ["matrix", "measure_views", "proposal_quotes"]

_NOTHING = CellView(state=None, anchor="")


def measure_views(anchors: Anchors, starts: Mapping[str, str]) -> tuple[MeasureView, ...]:
    """The measures in the order of the proposal.

    Args:
        anchors: of the proposal.
        starts: of measures whose text the page holds, where it begins.
    """
    report = anchors.report
    said: dict[str | None, list[Finding | Defeated]] = {}
    for each in anchors.told:
        said.setdefault(each.measure, []).append(each)
    opens = Counter(each.measure for each in report.open)
    return tuple(
        _measure(each, anchors, said.get(each.id, []), opens[each.id], starts.get(each.id, ""))
        for each in anchors.dossier.proposal.measures
    )


def _measure(
    measure: Measure, anchors: Anchors, said: Iterable[Finding | Defeated], open: int, start: str
) -> MeasureView:
    knowledge = anchors.dossier.knowledge
    title = anchors.title(measure.id)
    fields = tuple(
        (field.label, _value(getattr(measure, name), field, knowledge))
        for name, field in MEASURE_FIELDS.items()
        if getattr(measure, name).yes
    )
    quotes = tuple(_quotes(measure.evidence, MEASURE_FIELDS, anchors))
    ordered = sorted(said, key=lambda each: gravity(outcome_of(each)))
    return MeasureView(
        anchor=anchors.measure(measure.id),
        id=measure.id,
        title=title,
        state=anchors.report.outcome(measure.id),
        fields=fields,
        said=tuple((outcome_of(each), each.title, anchors.said(each)) for each in ordered),
        open=open,
        quotes=quotes,
        place=start,
    )


def _value(value: Value, field: Field, knowledge: Knowledge) -> Localized:
    return localized(lambda language: found_label(value, field, language, knowledge))


def proposal_quotes(anchors: Anchors) -> tuple[QuoteView, ...]:
    """Where the values of the proposal itself were read."""
    return tuple(_quotes(anchors.dossier.proposal.evidence, PROPOSAL_FIELDS, anchors))


def _quotes(told: Iterable[tuple[str, Evidence]], fields: Mapping[str, Field], anchors: Anchors) -> Iterator[QuoteView]:
    for name, each in told:
        label = fields[name].label if name in fields else PAGE_WORDS.get(name, PAGE_WORDS["all fields"])
        place = " ".join(part for part in (each.document, each.place) if part)
        anchor = anchors.spans.get(each.span, "") if each.span else ""
        yield QuoteView(
            field=label,
            value=each.value,
            passage=PassageView(place=place, quote=each.quote, note=each.note, anchor=anchor),
            confirmed=each.confirmed,
        )


def matrix(anchors: Anchors) -> MatrixView:
    """Measures against the principles of which any rule says anything; the principle with the gravest things first."""
    report = anchors.report
    cells: dict[tuple[str | None, str], CellView] = {}
    counts: dict[str, Counter[Outcome]] = {}
    for each in anchors.everything:
        state = outcome_of(each)
        counts.setdefault(each.principle, Counter())[state] += 1
        before = cells.get((each.measure, each.principle), _NOTHING)
        if before.state is None or gravity(state) < gravity(before.state):
            cells[each.measure, each.principle] = CellView(state=state, anchor=anchors.said(each))

    def weight(principle: str) -> tuple[list[int], str]:
        return [-counts[principle][state] for state in OUTCOMES], principle

    titles = {each.id: each.title for each in report.principles}
    principles = sorted(counts, key=weight)

    def row(measure: str | None, state: Outcome) -> RowView:
        return RowView(
            anchor=anchors.measure(measure),
            measure=measure or "",
            title=anchors.title(measure),
            state=state,
            cells=tuple(cells.get((measure, each), _NOTHING) for each in principles),
        )

    whole = [cell.state for (measure, _), cell in cells.items() if measure is None and cell.state]
    rows = [row(None, gravest(whole))] if whole else []
    rows += [row(each.id, report.outcome(each.id)) for each in report.measures]
    return MatrixView(
        principles=tuple((each, titles.get(each, Localized(each, each))) for each in principles), rows=tuple(rows)
    )
