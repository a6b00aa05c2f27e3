"""From a dossier to what its page has beside the outlines of a report: where things stand, lead to, and can be filtered by."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from consistent.findings.outcome import OUTCOMES, PRESENTATION, Outcome, gravest, gravity
from consistent.findings.said import Because, Defeated, Finding, Open, Said, Unknown, outcome_of
from consistent.findings.wording import found_label
from consistent.knowledge.entries import Knowledge
from consistent.locking import cached_property
from consistent.model.proposal import Evidence, Field, Measure
from consistent.model.text import LANGUAGES, Language, Localized, localized
from consistent.reports.dossier import Dossier
from consistent.reports.first_screen import first_screen, first_screen_outline
from consistent.reports.html._words import PAGE_WORDS
from consistent.reports.html.anchors import Anchors, Mark, MarkedDocument, marked_document
from consistent.reports.interview_text import folded_interview_outline
from consistent.reports.labels import GROUND_LABELS, WORDS, noted, passage_label
from consistent.reports.notices import (
    draft_outline,
    other_packs_outline,
    presumed_outline,
    waiver_outline,
    warning_outline,
)
from consistent.reports.outline import BREAK, Block, Item, Paragraph, Span, Spans, Table, dim, plain, spans, strong
from consistent.reports.questions_text import questions_outline
from consistent.reports.repairs_text import repair_outline
from consistent.reports.said_text import LONGEST_QUESTION, SaidText, closing_outline
from consistent.reports.silence import silences_in_full
from consistent.reports.terminal import shortened
from consistent.reports.why_text import chain_outline
from consistent.rules.rule import DIMENSIONS, VERDICTS

if TYPE_CHECKING:
    from consistent.inquiries.questions.open_questions import OpenQuestions

__all__ = ["Entry", "Matrix", "MatrixRow", "Outlines", "Picture", "ProposalPage", "Tile"]


@frozen
class Outlines:
    """The same outline in each language; order and number of the blocks may differ."""

    en: tuple[Block, ...]
    nl: tuple[Block, ...]

    @classmethod
    def of(cls, outline: Callable[[Language], Iterable[Block]]) -> "Outlines":
        """Of both languages."""
        return cls(tuple(outline("en")), tuple(outline("nl")))


@frozen(kw_only=True)
class Entry:
    """What stands folded on the page: a finding, an open rule with all measures on which it is open, or a measure.

    Attributes:
        anchor: where links find it.
        outcome: what it is shown as: of a measure, the gravest thing that is said of it.
        title: of the rule or the measure.
        body: what is told once it is unfolded.
        said: the finding, or the first of the open ones; None for a measure.
        measure: the id of a measure; empty for what is said.
        count: how often it is said.
    """

    anchor: str
    outcome: Outcome
    title: Localized
    body: Outlines
    said: Said | None = None
    measure: str = ""
    count: int = 1


@frozen(kw_only=True)
class MatrixRow:
    """A measure, or for None the proposal as a whole, against each principle.

    Attributes:
        outcome: the gravest thing that is said of it.
        cells: the gravest thing by principle, and what says it; None where nothing is said.
    """

    measure: str | None
    outcome: Outcome
    cells: tuple[Said | None, ...]


@frozen(kw_only=True)
class Matrix:
    """Measures against principles, by id and title; the principle with the gravest things first."""

    principles: tuple[tuple[str, Localized], ...]
    rows: tuple[MatrixRow, ...]


@frozen(kw_only=True)
class Tile:
    """A measure in the picture of a proposal, in units of the picture, with the words that a pointer calls up."""

    x: float
    y: float
    width: float
    height: float
    outcome: Outcome
    label: str
    tooltip: str
    anchor: str


@frozen(kw_only=True)
class Picture:
    """The proposal in outline: its measures in order, and where in the document the text of each stands.

    Attributes:
        tiles: a measure each.
        strip: the same as stretches of the document; empty without one.
        counts: how many measures have each outcome.
    """

    width: int
    height: int
    tiles: tuple[Tile, ...]
    strip: tuple[Tile, ...]
    counts: tuple[tuple[Outcome, int], ...]


# In units of the picture, which is as wide as the page.
_WIDTH, _TILE, _GAP, _STRIP = 960, (90, 34), 6, 26
_LETTERS = 9


class _Waiting(NamedTuple):
    """What an open rule waits for: questions, and stronger rules that are open themselves."""

    questions: tuple[Localized, ...]
    awaits: tuple[str, ...]


class ProposalPage:
    """All that the page shows of one proposal; its template asks for it by these names.

    Attributes:
        dossier: of the proposal.
        prefix: of its anchors; differs between proposals of one page.
        anchors: where each thing of the report stands.
    """

    def __init__(self, dossier: Dossier, prefix: str) -> None:
        """Of a dossier, with the prefix of its anchors."""
        self.dossier, self.prefix, self.report = dossier, prefix, dossier.report
        self.anchors = Anchors(dossier, prefix)
        self._said = {language: self._said_text(language) for language in LANGUAGES}

    def _said_text(self, language: Language) -> SaidText:
        return SaidText(
            self.report, language, verbose=True, address=lambda measure: f"#{self.anchors.measure(measure)}"
        )

    @property
    def title(self) -> Localized:
        """Of the proposal; its name where it has none."""
        summary = self.report.proposal
        return localized(lambda language: shortened(summary.title.get(language)) if summary.title else summary.name)

    @property
    def number(self) -> str:
        """By which it is known; may be empty."""
        return self.report.proposal.reference or self.report.proposal.celex

    @property
    def facts(self) -> tuple[tuple[Localized, str], ...]:
        """Of the check: words and value."""
        report = self.report
        return ((WORDS["pack"], report.pack), (WORDS["as of"], report.as_of), (WORDS["engine"], report.engine))

    @property
    def remarks(self) -> Outlines:
        """What must be known before relying on the report."""
        report = self.report
        return Outlines.of(
            lambda language: (
                *draft_outline(report.proposal, language),
                *other_packs_outline(report.pack, report.other_packs, language, report.elsewhere),
            )
        )

    @property
    def first(self) -> Outlines:
        """What it all comes to, on one screen."""
        screen = first_screen(self.report, self.dossier.left)

        def address(said: Said) -> str:
            return f"#{self.anchors.said(said)}"

        return Outlines.of(lambda language: first_screen_outline(screen, language, hints=False, address=address))

    @property
    def grades(self) -> Iterator[tuple[str, str, tuple[tuple[Outcome, int], ...]]]:
        """Of each dimension, the grade, and how often each outcome is behind it."""
        counts: dict[str, Counter[Outcome]] = {dimension: Counter() for dimension in DIMENSIONS}
        for said in self.anchors.everything:
            counts[said.dimension][outcome_of(said)] += 1
        for dimension, grade in self.report.judgement:
            yield dimension, grade, _counted(counts[dimension])

    @cached_property
    def matrix(self) -> Matrix:
        """Measures against the principles of which any rule says anything."""
        cells: dict[tuple[str | None, str], Said] = {}
        counts: dict[str, Counter[Outcome]] = {}
        for said in self.anchors.everything:
            counts.setdefault(said.principle, Counter())[outcome_of(said)] += 1
            before = cells.setdefault((said.measure, said.principle), said)
            if gravity(outcome_of(said)) < gravity(outcome_of(before)):
                cells[said.measure, said.principle] = said

        def weight(principle: str) -> tuple[list[int], str]:
            return [-counts[principle][outcome] for outcome in OUTCOMES], principle

        principles = sorted(counts, key=weight)
        titles = {principle.id: principle.title for principle in self.report.principles}
        of_whole = [outcome_of(said) for (measure, _), said in cells.items() if measure is None]
        outcomes: dict[str | None, Outcome] = {None: gravest(of_whole)} if of_whole else {}
        outcomes |= {measure.id: self.report.outcome(measure.id) for measure in self.report.measures}
        return Matrix(
            principles=tuple(
                (principle, titles.get(principle, Localized(principle, principle))) for principle in principles
            ),
            rows=tuple(
                MatrixRow(
                    measure=measure,
                    outcome=outcome,
                    cells=tuple(cells.get((measure, principle)) for principle in principles),
                )
                for measure, outcome in outcomes.items()
            ),
        )

    @cached_property
    def picture(self) -> Picture:
        """The measures as tiles in rows, and below them, where there is a document, as stretches of a strip."""
        measures, across = self.report.measures, _WIDTH // (_TILE[0] + _GAP)
        length = len(self.dossier.draft.document.text) if self.dossier.draft else 0
        tiles = [
            self._tile(
                measure.id,
                x=(number % across) * (_TILE[0] + _GAP),
                y=(number // across) * (_TILE[1] + _GAP),
                width=_TILE[0],
                height=_TILE[1],
            )
            for number, measure in enumerate(measures)
        ]
        below = -(-len(measures) // across) * (_TILE[1] + _GAP)
        strip = [
            self._tile(
                measure,
                x=round(_WIDTH * start / length, 1),
                y=below,
                width=max(1.5, round(_WIDTH * (end - start) / length, 1)),
                height=_STRIP,
            )
            for measure, (start, end) in self._measure_spans.items()
        ]
        return Picture(
            width=_WIDTH,
            height=below + (_STRIP if strip else 0),
            tiles=tuple(tiles),
            strip=tuple(strip),
            counts=_counted(Counter(self.report.outcome(measure.id) for measure in measures)),
        )

    def _tile(self, measure: str, *, x: float, y: float, width: float, height: float) -> Tile:
        outcome = self.report.outcome(measure)
        label = PRESENTATION[outcome].label
        # A tooltip has one language only: both are told.
        told = " / ".join(dict.fromkeys((label.en, label.nl)))
        return Tile(
            x=x,
            y=y,
            width=width,
            height=height,
            outcome=outcome,
            label=measure if len(measure) <= _LETTERS else f"{measure[: _LETTERS - 1]}…",
            tooltip=f"{measure}: {told}",
            anchor=self.anchors.measure(measure),
        )

    @cached_property
    def sections(self) -> tuple[tuple[Outcome, tuple[tuple[str, tuple[Entry, ...]], ...]], ...]:
        """Findings and rules that are set aside, by outcome and ground; what weighs most first."""
        entries: dict[Outcome, dict[str, list[Entry]]] = {
            outcome: {ground: [] for ground in GROUND_LABELS} for outcome in OUTCOMES
        }
        for said in self.anchors.told:
            entries[outcome_of(said)][said.ground].append(self._finding(said))
        return tuple(
            (outcome, tuple((ground, tuple(listed)) for ground, listed in grounds.items() if listed))
            for outcome, grounds in entries.items()
            if any(grounds.values())
        )

    def _finding(self, said: Finding | Defeated) -> Entry:
        passages = dict.fromkeys(
            (reason.document, reason.quote, localized(partial(noted, reason)), self._passage_anchor(reason))
            for reason in said.because
            if reason.document
        )

        def body(language: Language) -> Iterator[Block]:
            text = self._said[language]
            yield from map(Paragraph, text.told(said))
            if said.sources:
                yield Paragraph(text.sources(said))
            if passages:
                yield _lead("passages", language)
                yield from (Item(_passage(*passage, language)) for passage in passages)

        return Entry(
            anchor=self.anchors.said(said),
            outcome=outcome_of(said),
            title=localized(lambda language: plain(self._said[language].title(said))),
            body=Outlines.of(body),
            said=said,
        )

    @property
    def silent(self) -> Outlines:
        """What lies in the field of the pack, and no rule finds anything of."""

        def address(measure: str) -> str:
            return f"#{self.anchors.measure(measure)}"

        return Outlines.of(
            lambda language: [
                block for each in silences_in_full(self.report, language, address) for block in each.blocks
            ]
        )

    @property
    def presumed(self) -> Outlines:
        """The rules that are presumed not to apply, with what that rests on."""
        return Outlines.of(
            lambda language: [block for each in presumed_outline(self.report, language) for block in each.blocks]
        )

    def chain(self, said: Said) -> Outlines:
        """All that a finding rests on."""
        chain = self.report.why(said)
        return Outlines.of(lambda language: chain_outline(chain, language))

    @cached_property
    def open_rules(self) -> tuple[Entry, ...]:
        """Open rules, each with the measures on which it is open; what would be gravest first."""
        order = {rule: number for number, rule in enumerate(dict.fromkeys(said.rule for said in self.report.open))}
        ordered = sorted(self.report.open, key=lambda said: (VERDICTS.index(said.verdict), order[said.rule]))
        return tuple(self._open_rule(list(group)) for _, group in groupby(ordered, key=lambda said: said.rule))

    def _open_rule(self, group: Sequence[Open]) -> Entry:
        first = group[0]
        # Measures that wait for the same stand together.
        waiting: dict[_Waiting, list[str | None]] = {}
        for said in group:
            asked = tuple(dict.fromkeys(_asked(unknown, self.dossier.knowledge) for unknown in said.unknown))
            waiting.setdefault(_Waiting(asked, said.awaits), []).append(said.measure)

        def body(language: Language) -> Iterator[Block]:
            text = self._said[language]
            yield from map(Paragraph, text.told(first) if len(group) == 1 else [text.origin(first)])
            for (questions, awaits), measures in waiting.items():
                yield from map(Item, text.waits((question.get(language) for question in questions), awaits))
                yield Item(tuple(self._measure_links(measures, language)))
                yield BREAK
            if first.sources:
                yield Paragraph(text.sources(first))

        return Entry(
            anchor=self.anchors.said(first),
            outcome="open",
            title=first.title,
            body=Outlines.of(body),
            said=first,
            count=len(group),
        )

    def _measure_links(self, measures: Iterable[str | None], language: Language) -> Iterator[Span]:
        for number, measure in enumerate(measures):
            name = measure or WORDS["proposal as a whole"].get(language)
            yield from ([Span(", ")] if number else [])
            yield Span(name, url=f"#{self.anchors.measure(measure)}")

    @property
    def questions_left(self) -> int:
        """How many questions there are, those that are not told too."""
        left = self.dossier.interview
        return self._questions.count if left is None else len(left.questions)

    @property
    def questions_in_short(self) -> bool:
        """Whether there are more questions than the first ones, which are told."""
        return len(self._questions.questions) < self._questions.count

    @cached_property
    def _questions(self) -> "OpenQuestions":
        # Where nobody asked for all: those of a draft that leaves thousands of rules open are too many for a page.
        return self.dossier.questions or self.dossier.check.questions(in_short=True)

    @property
    def questions(self) -> Outlines:
        """What is to be asked, as `consistent ask` tells it."""
        left = self.dossier.interview
        if left is None:
            return Outlines.of(lambda language: questions_outline(self._questions, language))

        def address(measure: str) -> str:
            return f"#{self.anchors.measure(measure)}"

        return Outlines.of(lambda language: folded_interview_outline(left, language, address))

    @cached_property
    def repairs(self) -> Outlines | None:
        """What would have to change, as `consistent repair` tells it; None where nobody asked."""
        repairs = self.dossier.repairs
        return Outlines.of(lambda language: repair_outline(repairs, language, conditions=True)) if repairs else None

    @cached_property
    def measures(self) -> tuple[Entry, ...]:
        """The measures in the order of the proposal."""
        said_of: dict[str | None, list[Finding | Defeated]] = {}
        for said in self.anchors.told:
            said_of.setdefault(said.measure, []).append(said)
        opens = Counter(said.measure for said in self.report.open)
        return tuple(
            Entry(
                anchor=self.anchors.measure(measure.id),
                measure=measure.id,
                outcome=self.report.outcome(measure.id),
                title=self.anchors.title(measure.id),
                body=self._measure(measure, said_of.get(measure.id, []), opens[measure.id]),
            )
            for measure in self.dossier.proposal.measures
        )

    def _measure(self, measure: Measure, listed: Iterable[Finding | Defeated], opens: int) -> Outlines:
        ordered = sorted(listed, key=lambda said: gravity(outcome_of(said)))
        known = [
            (name, field) for name, field in self.dossier.knowledge.fields.measure.items() if measure.value(name).yes
        ]
        start = self._starts.get(measure.id)

        def body(language: Language) -> Iterator[Block]:
            if start:
                yield Paragraph(Span(PAGE_WORDS["in the text"].get(language), url=f"#{start}"))
            if ordered or opens:
                yield _lead("said", language)
            for said in ordered:
                title = Span(said.title.get(language), url=f"#{self.anchors.said(said)}")
                yield Item((_outcome(outcome_of(said), language), ": ", title))
            if opens:
                shown = PRESENTATION["open"]
                count = f"{PAGE_WORDS['rules open'].get(language)}: {opens}"
                yield Item((Span(f"{shown.sign} ", tone=shown.tone), Span(count, url=f"#{self.prefix}-open")))
            if known:
                yield _lead("known", language)
                yield Table(
                    rows=tuple(
                        (
                            spans(dim(field.label.get(language))),
                            spans(found_label(measure.value(name), field, language, self.dossier.knowledge)),
                        )
                        for name, field in known
                    )
                )
            yield _lead("evidence", language)
            yield from self._quotes(measure.evidence, self.dossier.knowledge.fields.measure, language)

        return Outlines.of(body)

    @property
    def whole(self) -> Outlines:
        """Where the values of the proposal itself were read."""
        return Outlines.of(
            lambda language: self._quotes(
                self.dossier.proposal.evidence, self.dossier.knowledge.fields.proposal, language
            )
        )

    def _quotes(
        self, read: Sequence[tuple[str, Evidence]], fields: Mapping[str, Field], language: Language
    ) -> Iterator[Block]:
        for name, evidence in read:
            label = fields[name].label if name in fields else PAGE_WORDS.get(name, PAGE_WORDS["all fields"])
            place = " ".join(part for part in (evidence.document, evidence.place) if part)
            anchor = self.anchors.spans.get(evidence.span, "") if evidence.span else ""
            unconfirmed = "" if evidence.confirmed else f" ({WORDS['unconfirmed'].get(language)})"
            yield Item(
                (
                    label.get(language),
                    *((" ", Span(evidence.value, "code")) if evidence.value else ()),
                    ": ",
                    *_passage(place, evidence.quote, localized(partial(noted, evidence)), anchor, language),
                    Span(unconfirmed, "emphasis"),
                )
            )
        if not read:
            yield Paragraph(PAGE_WORDS["no evidence"].get(language))

    @cached_property
    def document(self) -> MarkedDocument | None:
        """The text that the proposal was drafted from, with the passages marked on which anything rests."""
        if self.dossier.draft is None:
            return None
        resting: dict[tuple[int, int], list[Said]] = {span: [] for span in self.anchors.spans}
        for said in self.anchors.everything:
            for span in dict.fromkeys(reason.span for reason in said.because):
                if span in resting:
                    resting[span].append(said)
        marks = [
            Mark(
                anchor=self.anchors.spans[span],
                span=span,
                notes=tuple(
                    (self.anchors.number(said), outcome_of(said), self.anchors.said(said))
                    for said in listed
                    if not isinstance(said, Open)
                ),
                waiting=sum(isinstance(said, Open) for said in listed),
            )
            for span, listed in resting.items()
        ]
        begins: dict[int, list[tuple[str, Outcome, str]]] = {}
        for measure, (start, _) in self._measure_spans.items():
            begins.setdefault(start, []).append((measure, self.report.outcome(measure), self.anchors.measure(measure)))
        return marked_document(self.dossier.draft.document, self.prefix, marks, begins)

    @cached_property
    def _measure_spans(self) -> dict[str, tuple[int, int]]:
        """The text of each measure in the document that it was drafted from."""
        if self.dossier.draft is None:
            return {}
        read = ((measure.id, measure.evidence_for("reference")) for measure in self.dossier.proposal.measures)
        return {measure: evidence.span for measure, evidence in read if evidence and evidence.span}

    @cached_property
    def _starts(self) -> dict[str, str]:
        """Of each measure, the paragraph in which its text begins."""
        parts = self.document.parts if self.document else ()
        return {
            measure: paragraph.anchor
            for part in parts
            for paragraph in part.paragraphs
            for measure, _, _ in paragraph.measures
        }

    @property
    def closing(self) -> Outlines:
        """How much was looked at, and what was not."""
        return Outlines.of(lambda language: closing_outline(self.report, language))

    @cached_property
    def notices(self) -> Outlines:
        """Waivers to look at, and what will not hold for long."""
        return Outlines.of(
            lambda language: (
                *waiver_outline(self.report, language, verbose=True),
                *warning_outline(self.report, language),
            )
        )

    def _passage_anchor(self, reason: Because) -> str:
        return self.anchors.spans.get(reason.span, "") if reason.span else ""


def _counted(counts: Mapping[Outcome, int]) -> tuple[tuple[Outcome, int], ...]:
    return tuple((outcome, counts[outcome]) for outcome in OUTCOMES if counts[outcome])


def _lead(name: str, language: Language) -> Paragraph:
    return Paragraph(strong(PAGE_WORDS[name].get(language)), "lead")


def _outcome(outcome: Outcome, language: Language) -> Span:
    shown = PRESENTATION[outcome]
    return Span(f"{shown.sign} {shown.label.get(language)}", tone=shown.tone)


def _passage(place: str, quote: str, note: Localized, anchor: str, language: Language) -> Spans:
    """Where something was read, how that begins, what else must be known of it, and the way to it."""
    return spans(
        (
            passage_label(place, language),
            *([f" “{quote}”"] if quote else []),
            *([dim(f" {note.get(language)}")] if note.get(language) else []),
            *((" ", Span(PAGE_WORDS["in the text"].get(language), url=f"#{anchor}")) if anchor else ()),
        )
    )


def _asked(unknown: Unknown, knowledge: Knowledge) -> Localized:
    """What must be known, without whose it is: that is told once for all measures that wait for it."""
    fields = {"measure": knowledge.fields.measure, "proposal": knowledge.fields.proposal}.get(unknown.subject, {})
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
