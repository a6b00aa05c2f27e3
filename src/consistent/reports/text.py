"""A report as an outline, and on a terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import Console

from consistent.findings.outcome import OUTCOMES, PRESENTATION, Outcome
from consistent.findings.report import Report
from consistent.findings.said import Finding, Open, Said, outcome_of
from consistent.model.text import Language, Tone
from consistent.reports.entries import proposal_label
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS
from consistent.reports.notices import (
    draft_outline,
    other_packs_outline,
    presumed_outline,
    waiver_outline,
    warning_outline,
)
from consistent.reports.outline import (
    BREAK,
    Block,
    Item,
    Paragraph,
    Section,
    Span,
    Table,
    dim,
    spans,
    strong,
)
from consistent.reports.said_text import SaidText, closing_outline
from consistent.reports.silence import silences_in_full
from consistent.reports.terminal import print_outline
from consistent.rules.rule import VERDICTS, Grade

__all__ = ["print_report", "report_outline"]

# From the first on each open rule gets one line, and from the second on they are only counted: `--verbose` tells them all.
_TOO_MANY_OPEN, _FAR_TOO_MANY_OPEN = 30, 150


def print_report(
    report: Report, console: Console, language: Language, *, verbose: bool = False, why: bool = False
) -> None:
    """Print a report.

    Args:
        report: what to print.
        console: where; its width and colours are used.
        language: of all words but those of the proposal itself.
        verbose: with the reasons of findings that are in line too.
        why: with the whole chain of everything that is said.
    """
    print_outline(console, report_outline(report, language, verbose=verbose, why=why))


def report_outline(report: Report, language: Language, *, verbose: bool = False, why: bool = False) -> Iterator[Block]:
    """A report, what weighs most first; the arguments are those of `print_report`."""
    yield from _Text(report, language, verbose=verbose, why=why).whole()


def _grade(grade: Grade, label: str) -> Span:
    tones: Mapping[Grade, Tone] = {
        "positive": "good",
        "positive-with-remarks": "caution",
        "partly-positive-partly-negative": "caution",
        "open": "unknown",
    }
    if grade == "not-judged":
        return dim(label)
    return strong(label, "bad") if grade == "negative" else Span(label, tone=tones[grade])


class _Text:
    def __init__(self, report: Report, language: Language, *, verbose: bool, why: bool) -> None:
        self._report, self._language, self._why = report, language, why
        self._said = SaidText(report, language, verbose=verbose or why)
        self._verbose = verbose or why
        self._in_short = len(report.open) > _TOO_MANY_OPEN and not self._verbose
        self._in_counts = len(report.open) > _FAR_TOO_MANY_OPEN and not self._verbose

    def whole(self) -> Iterator[Block]:
        """All of the report, what weighs most first."""
        report = self._report
        yield from self._head()
        yield from self._judgement()
        everything: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
        for outcome in OUTCOMES:
            yield from self._section(outcome, [said for said in everything if outcome_of(said) == outcome])
        for silent in silences_in_full(report, self._language):
            yield silent
            yield BREAK
        if report.not_judged:
            heading = strong(f"{self._heading('not-judged')} ({len(report.not_judged)})")
            yield Section(heading, [Item(self._said.measure(measure)) for measure in report.not_judged])
            yield BREAK
        yield from presumed_outline(report, self._language)
        yield from waiver_outline(report, self._language, verbose=self._verbose)
        yield from warning_outline(report, self._language)
        yield from closing_outline(report, self._language)

    def _head(self) -> Iterator[Block]:
        report, summary = self._report, self._report.proposal
        facts = [
            summary.celex,
            summary.date,
            f"{self._said.word('pack')} {report.pack}",
            f"{self._said.word('as of')} {report.as_of}",
            f"{self._said.word('engine')} {report.engine}",
        ]
        yield Section(
            strong(proposal_label(summary, self._language)),
            [
                Paragraph(dim(" · ".join(filter(None, facts)))),
                *draft_outline(summary, self._language),
                *other_packs_outline(
                    self._report.pack, self._report.other_packs, self._language, self._report.elsewhere
                ),
            ],
            indent=0,
        )
        yield BREAK

    def _judgement(self) -> Iterator[Block]:
        rows = tuple(
            (
                spans(DIMENSION_LABELS[dimension].get(self._language)),
                spans(_grade(grade, GRADE_LABELS[grade].get(self._language))),
            )
            for dimension, grade in self._report.judgement
        )
        yield Section(strong(self._said.word("judgement")), [Table(rows=rows)] if rows else [])
        yield BREAK

    def _heading(self, outcome: Outcome) -> str:
        return PRESENTATION[outcome].heading.get(self._language)

    def _section(self, outcome: Outcome, items: Sequence[Said]) -> Iterator[Block]:
        """A heading with a count, then the items under the measure that they are about; nothing where there are none."""
        if not items:
            return
        blocks = []
        for measure, group in groupby(items, key=lambda said: said.measure):
            among = list(group)
            in_counts = self._in_counts and outcome == "open"
            below = [Item(dim(self._counts(among)))] if in_counts else list(map(self._item, among))
            blocks.append(Item(self._said.measure(measure), below))
        yield Section(strong(f"{self._heading(outcome)} ({len(items)})", PRESENTATION[outcome].tone), blocks)
        yield BREAK

    def _counts(self, items: Iterable[Said]) -> str:
        """How many open rules would come to what."""
        counts = Counter(said.verdict for said in items)
        return "; ".join(
            f"{self._said.would_be(verdict)}: {counts[verdict]}" for verdict in VERDICTS if counts[verdict]
        )

    def _item(self, said: Said) -> Item:
        title = self._said.title(said)
        if isinstance(said, Open) and self._in_short:
            return Item((*title, dim(f"  {self._said.would_be(said.verdict)} · {said.rule}")))
        return Item(title, [*map(Item, self._said.told(said)), *self._behind(said)])

    def _behind(self, said: Said) -> Iterator[Block]:
        """What it rests on, or hangs on."""
        if self._why:
            from consistent.reports.why_text import chain_outline  # noqa: PLC0415  few reports are asked for it

            yield from chain_outline(self._report.why(said), self._language)
        elif isinstance(said, Finding) and not self._said.is_brief(said):
            yield Item(self._said.sources(said))
            yield from map(Item, self._said.reasons(said))
        elif isinstance(said, Open):
            yield from map(Item, self._said.unknowns(said))
