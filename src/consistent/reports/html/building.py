"""From a dossier to all that the page shows of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from consistent.findings.outcome import OUTCOMES, PRESENTATION, Outcome, gravest, gravity
from consistent.findings.report import Report
from consistent.findings.said import Defeated, Finding, Open, Said, Unknown, outcome_of
from consistent.findings.wording import found_label
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Evidence, Field, Measure
from consistent.model.text import Language, Localized, localized
from consistent.model.values import Value
from consistent.reports.dossier import Dossier
from consistent.reports.html.anchors import Anchors, Mark, marked_document, source_view
from consistent.reports.html.view import (
    CellView,
    DocumentView,
    GradeView,
    GroupView,
    MatrixView,
    MeasureView,
    OpenView,
    Outlines,
    PassageView,
    PictureView,
    ProposalView,
    QuoteView,
    RowView,
    SaidView,
    SectionView,
    StatePicture,
    WaitingView,
)
from consistent.reports.html.words import PAGE_WORDS
from consistent.reports.labels import GROUND_LABELS, WORDS, engine_notice
from consistent.reports.notices import (
    accepted_line,
    draft_lines,
    looked_at,
    other_packs_lines,
    waiver_lines,
    warning_lines,
)
from consistent.reports.outline import Paragraph, plain
from consistent.reports.questions_text import questions_lines
from consistent.reports.repairs_text import repair_lines
from consistent.reports.terminal import shortened
from consistent.reports.text import LONGEST_QUESTION
from consistent.reports.why_text import chain_lines
from consistent.rules.rule import DIMENSIONS, VERDICTS

__all__ = ["matrix", "measure_views", "open_views", "picture", "proposal_quotes", "proposal_view", "sections"]

# Measures as the page shows them, and against principles.

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


# Where everything stands in the picture of a proposal.

# In units of the picture, which is as wide as the page.
_WIDTH, _TILE, _GAP, _STRIP = 960, (90, 34), 6, 26
_LETTERS = 9


def picture(measures: Sequence[MeasureView], spans: Sequence[tuple[int, int] | None], length: int) -> PictureView:
    """The measures as tiles in rows, and below them, where there is a document, as stretches of a strip.

    Args:
        measures: in the order of the proposal.
        spans: of each, its text in the document.
        length: of the document, in characters; 0 where there is none.
    """
    across = _WIDTH // (_TILE[0] + _GAP)
    tiles = [
        _piece(
            each,
            x=(number % across) * (_TILE[0] + _GAP),
            y=(number // across) * (_TILE[1] + _GAP),
            width=_TILE[0],
            height=_TILE[1],
        )
        for number, each in enumerate(measures)
    ]
    below = -(-len(measures) // across) * (_TILE[1] + _GAP)
    strip = [
        _piece(
            each,
            x=round(_WIDTH * span[0] / length, 1),
            y=below,
            width=max(1.5, round(_WIDTH * (span[1] - span[0]) / length, 1)),
            height=_STRIP,
        )
        for each, span in zip(measures, spans, strict=True)
        if span and length
    ]
    counts = Counter(each.state for each in measures)
    return PictureView(
        width=_WIDTH,
        height=below + (_STRIP if strip else 0),
        tiles=tuple(tiles),
        strip=tuple(strip),
        counts=tuple((state, counts[state]) for state in OUTCOMES if counts[state]),
    )


def _piece(measure: MeasureView, *, x: float, y: float, width: float, height: float) -> StatePicture:
    label = PRESENTATION[measure.state].label
    # A tooltip has one language only: both are told.
    told = " / ".join(dict.fromkeys((label.en, label.nl)))
    return StatePicture(
        x=x,
        y=y,
        width=width,
        height=height,
        state=measure.state,
        label=measure.id if len(measure.id) <= _LETTERS else f"{measure.id[: _LETTERS - 1]}…",
        tooltip=f"{measure.id}: {told}",
        anchor=measure.anchor,
    )


# Findings, defeated rules and open rules as the page shows them.


def sections(anchors: Anchors) -> tuple[SectionView, ...]:
    """Findings by verdict and ground, what weighs most first; rules that are set aside after them."""
    views = [_said(each, anchors) for each in anchors.told]
    made = []
    for state in OUTCOMES:
        listed = [each for each in views if each.state == state]
        grounds = [[each for each in listed if each.ground == ground] for ground in GROUND_LABELS]
        if listed:
            groups = tuple(GroupView(ground=group[0].ground, items=tuple(group)) for group in grounds if group)
            made.append(
                SectionView(
                    anchor=f"{anchors.prefix}-{state}",
                    state=state,
                    heading=PRESENTATION[state].heading,
                    count=len(listed),
                    groups=groups,
                )
            )
    return tuple(made)


def _said(said: Finding | Defeated, anchors: Anchors) -> SaidView:
    chain = anchors.report.why(said)
    owner = anchors.title(said.measure)
    return SaidView(
        anchor=anchors.said(said),
        state=outcome_of(said),
        rule=said.rule,
        title=said.title,
        ground=said.ground,
        dimension=said.dimension,
        measure=said.measure or "",
        owner=owner,
        owner_anchor=anchors.measure(said.measure),
        message=said.message,
        accepted=_accepted(said),
        unconfirmed=not all(each.confirmed for each in said.because),
        passages=tuple(dict.fromkeys(anchors.passage(each) for each in said.because if each.document)),
        positions=said.positions,
        sources=tuple(map(source_view, said.sources)),
        chain=Outlines.of(lambda language: chain_lines(chain, language)),
    )


def _accepted(said: Finding | Defeated) -> Localized | None:
    if not isinstance(said, Finding) or said.waived is None:
        return None

    def told(language: Language) -> str:
        line = accepted_line(said, language)
        return plain(line) if line else ""

    return localized(told)


def open_views(anchors: Anchors) -> tuple[OpenView, ...]:
    """Open rules, each with the measures on which it is open; what would be gravest first."""
    opens = anchors.report.open
    order = {rule: number for number, rule in enumerate(dict.fromkeys(each.rule for each in opens))}
    ordered = sorted(opens, key=lambda each: (VERDICTS.index(each.verdict), order[each.rule]))
    return tuple(_open(list(group), anchors) for _, group in groupby(ordered, key=lambda each: each.rule))


def _open(group: list[Open], anchors: Anchors) -> OpenView:
    first = group[0]
    waiting = tuple(_waiting(group, anchors))
    return OpenView(
        anchor=anchors.said(first),
        rule=first.rule,
        title=first.title,
        verdict=first.verdict,
        ground=first.ground,
        dimension=first.dimension,
        count=len(group),
        message=first.message if len(group) == 1 else None,
        waiting=waiting,
        sources=tuple(map(source_view, first.sources)),
    )


def _waiting(group: Iterable[Open], anchors: Anchors) -> Iterator[WaitingView]:
    """Those that wait for the same together."""
    alike: dict[tuple[tuple[Localized, ...], tuple[str, ...]], list[str | None]] = {}
    for each in group:
        asked = tuple(dict.fromkeys(map(_asked, each.unknown)))
        alike.setdefault((asked, each.awaits), []).append(each.measure)
    for (asked, awaits), measures in alike.items():
        listed = tuple((each or "", anchors.measure(each)) for each in measures)
        yield WaitingView(unknown=asked, awaits=awaits, measures=listed)


def _asked(unknown: Unknown) -> Localized:
    """What must be known, without whose it is: that is told once for all measures that wait for it."""
    fields = {"measure": MEASURE_FIELDS, "proposal": PROPOSAL_FIELDS}.get(unknown.subject, {})
    field = fields.get(unknown.field)
    if field is None:
        return unknown.text
    whose = PAGE_WORDS["the proposal"] if unknown.subject == "proposal" else None

    def told(language: Language) -> str:
        text, about = unknown.text.get(language), unknown.about.get(language)
        label = field.label.get(language)
        named = f"{whose.get(language)}, {label}" if whose else label
        if not text.startswith(about) or len(text) > LONGEST_QUESTION:
            return f"{named}?"
        return named + text.removeprefix(about)

    return localized(told)


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
