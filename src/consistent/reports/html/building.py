"""From a dossier to all that the page shows of it."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from consistent.findings.outcome import OUTCOMES, Outcome
from consistent.findings.report import Report
from consistent.findings.said import Defeated, Finding, Said, outcome_of
from consistent.model.text import Language, Localized, localized
from consistent.reports.caveats import looked_at
from consistent.reports.dossier import Dossier
from consistent.reports.html.anchors import Anchors
from consistent.reports.html.document_view import DocumentView
from consistent.reports.html.marking import Mark, marked_document
from consistent.reports.html.measures import matrix, measure_views, proposal_quotes
from consistent.reports.html.picture import picture
from consistent.reports.html.saying import open_views, sections
from consistent.reports.html.view import GradeView, Outlines, ProposalView
from consistent.reports.labels import WORDS, engine_notice
from consistent.reports.lines import shortened
from consistent.reports.notices import draft_lines, other_packs_lines, waiver_lines, warning_lines
from consistent.reports.outline import Paragraph, plain
from consistent.reports.questions_text import questions_lines
from consistent.reports.repairs_text import repair_lines
from consistent.rules.rule import DIMENSIONS

__all__ = ["proposal_view"]


def proposal_view(dossier: Dossier, prefix: str) -> ProposalView:
    """All that the page shows of a proposal.

    Args:
        dossier: of the proposal. Where nobody asked for questions, the first ones are looked for: all of them are too many
            for a page where a draft leaves thousands of rules open.
        prefix: of the anchors; differs between proposals of one page.
    """
    anchors = Anchors(dossier, prefix)
    report, summary = dossier.report, dossier.report.proposal
    spans = _measure_spans(dossier)
    document = _document(anchors, spans)
    starts = _starts(document)
    measures = measure_views(anchors, starts)
    length = len(dossier.draft.document.text) if dossier.draft else 0
    questions, repairs = dossier.questions or dossier.check.questions(in_short=True), dossier.repairs
    return ProposalView(
        anchor=prefix,
        title=_title(dossier),
        number=summary.reference or summary.celex,
        facts=(
            (WORDS["pack"], report.pack),
            (WORDS["as of"], report.as_of),
            (WORDS["engine"], report.engine),
        ),
        remarks=_lines(lambda language: [plain(note.text) for note in _remarks(report, language)]),
        grades=_grades(anchors),
        picture=picture(measures, [spans.get(each.id) for each in measures], length),
        matrix=matrix(anchors),
        sections=sections(anchors),
        open=open_views(anchors),
        open_count=len(report.open),
        measures=measures,
        quotes=proposal_quotes(anchors),
        document=document,
        questions=Outlines.of(lambda language: questions_lines(questions, language)),
        questions_short=len(questions.questions) < questions.count,
        repairs=Outlines.of(lambda language: repair_lines(repairs, language, conditions=True)) if repairs else None,
        notices=Outlines.of(
            lambda language: (*waiver_lines(report, language, verbose=True), *warning_lines(report, language))
        ),
        not_judged=tuple((each, anchors.title(each), anchors.measure(each)) for each in report.not_judged),
        not_looked_at=_not_looked_at(dossier),
    )


def _remarks(report: Report, language: Language) -> Iterator[Paragraph]:
    yield from draft_lines(report.proposal, language)
    yield from other_packs_lines(report.pack, report.other_packs, language)


def _title(dossier: Dossier) -> Localized:
    summary = dossier.report.proposal
    return localized(lambda language: shortened(summary.title.get(language)) if summary.title else summary.name)


def _lines(lines: Callable[[Language], Sequence[str]]) -> tuple[Localized, ...]:
    """Lines that are as many in both languages."""
    return tuple(Localized(en, nl) for en, nl in zip(lines("en"), lines("nl"), strict=True))


def _grades(anchors: Anchors) -> tuple[GradeView, ...]:
    counts: dict[str, Counter[Outcome]] = {each: Counter() for each in DIMENSIONS}
    for each in anchors.everything:
        counts[each.dimension][outcome_of(each)] += 1
    return tuple(
        GradeView(
            dimension=dimension,
            grade=grade,
            counts=tuple((state, counts[dimension][state]) for state in OUTCOMES if counts[dimension][state]),
        )
        for dimension, grade in anchors.report.judgement
    )


def _measure_spans(dossier: Dossier) -> dict[str, tuple[int, int]]:
    """The text of each measure in the document that it was drafted from."""
    if dossier.draft is None:
        return {}
    told = ((each.id, each.evidence_for("reference")) for each in dossier.proposal.measures)
    return {id: evidence.span for id, evidence in told if evidence and evidence.span}


def _document(anchors: Anchors, spans: dict[str, tuple[int, int]]) -> DocumentView | None:
    if anchors.dossier.draft is None:
        return None
    resting: dict[tuple[int, int], list[Said]] = {each: [] for each in anchors.spans}
    for said in anchors.everything:
        for span in dict.fromkeys(each.span for each in said.because if each.span in resting):
            if span is not None:
                resting[span].append(said)
    marks = [
        Mark(
            anchor=anchors.spans[span],
            span=span,
            notes=tuple(
                (anchors.number(each), outcome_of(each), anchors.said(each))
                for each in listed
                if isinstance(each, Finding | Defeated)
            ),
            waiting=sum(not isinstance(each, Finding | Defeated) for each in listed),
        )
        for span, listed in resting.items()
    ]
    begins: dict[int, list[tuple[str, Outcome, str]]] = {}
    for id, span in spans.items():
        begins.setdefault(span[0], []).append((id, anchors.report.outcome(id), anchors.measure(id)))
    return marked_document(anchors.dossier.draft.document, anchors.prefix, marks, begins)


def _starts(document: DocumentView | None) -> dict[str, str]:
    """Of each measure, the paragraph in which its text begins."""
    parts = document.parts if document else ()
    return {id: block.anchor for part in parts for block in part.blocks for id, _, _ in block.measures}


def _not_looked_at(dossier: Dossier) -> tuple[Localized, ...]:
    """How much was looked at, and what was not, gravest first."""
    report = dossier.report
    told = []
    if not report.measures:
        told.append(WORDS["no measures"])
    if not report.findings:
        told.append(WORDS["nothing found"])
    if report.not_in_force:
        text = WORDS["not in force"]
        told.append(localized(lambda language: text.get(language).format(count=report.not_in_force, day=report.as_of)))
    if engine_notice(report.engine, "en"):
        told.append(localized(partial(engine_notice, report.engine)))
    return (*told, localized(partial(looked_at, report)))
