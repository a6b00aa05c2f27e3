"""A report as an outline, and on a terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import Console

from consistent.findings.outcome import LABELS, OUTCOMES, PRESENTATION, WOULD_BE, Outcome
from consistent.findings.report import Report
from consistent.findings.said import Because, Defeated, Finding, Open, Said, Unknown, outcome_of
from consistent.model.text import Language, Tone
from consistent.reports.entries import measure_heading, proposal_label
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GROUND_LABELS, WORDS, engine_notice
from consistent.reports.notices import (
    accepted_line,
    draft_lines,
    looked_at,
    other_packs_lines,
    waiver_lines,
    warning_lines,
)
from consistent.reports.outline import (
    BREAK,
    Block,
    Inline,
    Item,
    Paragraph,
    Section,
    Span,
    Spans,
    Table,
    dim,
    pair,
    spans,
    strong,
)
from consistent.reports.terminal import print_lines
from consistent.rules.rule import VERDICTS, Grade, Verdict
from consistent.sources import source_label

__all__ = ["LONGEST_QUESTION", "print_report", "report_lines"]

# In letters, about two lines: a question longer than this lists half a treaty, and what is asked about is enough then.
LONGEST_QUESTION = 200
# From the first on `ask` serves a reader better, from the second on each open rule gets one line, and from the third on they
# are only counted: `--verbose` tells them all.
_MANY_OPEN, _TOO_MANY_OPEN, _FAR_TOO_MANY_OPEN = 10, 30, 150


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
    print_lines(console, report_lines(report, language, verbose=verbose, why=why))


def report_lines(report: Report, language: Language, *, verbose: bool = False, why: bool = False) -> Iterator[Block]:
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
        self._verbose = verbose or why
        self._titles = {each.id: each.title for each in report.measures}
        self._in_short = len(report.open) > _TOO_MANY_OPEN and not self._verbose
        self._in_counts = len(report.open) > _FAR_TOO_MANY_OPEN and not self._verbose
        self._rules = {each.id: each.title for each in report.rules}

    def _word(self, name: str) -> str:
        return WORDS[name].get(self._language)

    def whole(self) -> Iterator[Block]:
        """All of the report, what weighs most first."""
        report = self._report
        yield from self._head()
        yield from self._judgement()
        everything: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
        for outcome in OUTCOMES:
            yield from self._section(outcome, [said for said in everything if outcome_of(said) == outcome])
        if report.not_judged:
            heading = strong(f"{self._heading('not-judged')} ({len(report.not_judged)})")
            yield Section(heading, [Item(self._measure(measure)) for measure in report.not_judged])
            yield BREAK
        yield from waiver_lines(report, self._language, verbose=self._verbose)
        yield from warning_lines(report, self._language)
        if not report.measures:
            yield Paragraph(strong(self._word("no measures"), "bad"))
        if len(report.open) > _MANY_OPEN:
            yield Paragraph(self._word("ask"))
        if not report.findings:
            yield Paragraph(self._word("nothing found"))
        yield Paragraph(dim(looked_at(report, self._language)))
        if report.not_in_force:
            word = self._word("not in force")
            yield Paragraph(strong(word.format(count=report.not_in_force, day=report.as_of)))
        if notice := engine_notice(report.engine, self._language):
            yield Paragraph(dim(notice))

    def _head(self) -> Iterator[Block]:
        report, summary = self._report, self._report.proposal
        facts = [
            summary.celex,
            summary.date,
            f"{self._word('pack')} {report.pack}",
            f"{self._word('as of')} {report.as_of}",
            f"{self._word('engine')} {report.engine}",
        ]
        yield Section(
            strong(proposal_label(summary, self._language)),
            [
                Paragraph(dim(" · ".join(filter(None, facts)))),
                *draft_lines(summary, self._language),
                *other_packs_lines(self._report.pack, self._report.other_packs, self._language),
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
        yield Section(strong(self._word("judgement")), [Table(rows=rows)] if rows else [])
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
            blocks.append(Item(self._measure(measure), below))
        yield Section(strong(f"{self._heading(outcome)} ({len(items)})", PRESENTATION[outcome].tone), blocks)
        yield BREAK

    def _counts(self, items: Iterable[Said]) -> str:
        """How many open rules would come to what."""
        found = Counter(each.verdict for each in items)
        return "; ".join(f"{self._would_be(each)}: {found[each]}" for each in VERDICTS if found[each])

    def _would_be(self, verdict: Verdict) -> str:
        return WOULD_BE[verdict].get(self._language)

    def _measure(self, name: str | None) -> Spans:
        return measure_heading(name, self._titles[name] if name else None, self._language)

    def _item(self, said: Said) -> Item:
        if isinstance(said, Open) and self._in_short:
            where = dim(f"  {self._would_be(said.verdict)} · {said.rule}")
            return Item((*self._title(said), where))
        return Item(self._title(said), [*map(Item, self._told(said)), *self._behind(said)])

    def _is_brief(self, said: Said) -> bool:
        return isinstance(said, Finding) and said.verdict == "aligned" and not self._verbose

    def _told(self, said: Said) -> Iterator[Inline]:
        """What is said and by which rule."""
        if isinstance(said, Defeated):
            yield from self._defeat(said)
        elif isinstance(said, Open):
            yield pair(self._would_be(said.verdict), said.message.get(self._language))
        elif not self._is_brief(said):
            yield said.message.get(self._language)
        accepted = accepted_line(said, self._language) if isinstance(said, Finding) else None
        if accepted is not None:
            yield accepted
        yield self._origin(said)

    def _behind(self, said: Said) -> Iterator[Block]:
        """What it rests on, or hangs on."""
        if self._why:
            from consistent.reports.why_text import chain_lines  # noqa: PLC0415  few reports are asked for it

            yield from chain_lines(self._report.why(said), self._language)
        elif isinstance(said, Finding) and not self._is_brief(said):
            cited = "; ".join(source_label(source, self._language) for source in said.sources)
            yield Item(self._pair("sources", cited))
            for reason in said.because:
                yield Item(self._pair("because", self._reason(reason)))
        elif isinstance(said, Open):
            for question in dict.fromkeys(map(self._question, said.unknown)):
                yield Item(self._pair("unknown", question))
            if said.awaits:
                yield Item(self._pair("awaits", "; ".join(map(self._rule, said.awaits))))

    def _title(self, said: Said) -> Spans:
        """With a mark where it rests on a draft that nobody stands for yet."""
        is_confirmed = all(reason.confirmed for reason in said.because)
        mark = [] if is_confirmed else [Span(f"  ({self._word('unconfirmed')})", tone="caution")]
        return spans((said.title.get(self._language), *mark))

    def _question(self, unknown: Unknown) -> str:
        """What must be known; of a question that lists half a treaty, only what it is about."""
        text = unknown.text.get(self._language)
        return text if self._verbose or len(text) <= LONGEST_QUESTION else f"{unknown.about.get(self._language)}?"

    def _defeat(self, said: Defeated) -> Iterator[Inline]:
        """What a rule would say, and the exception or the stronger rules by which it does not."""
        yield said.message.get(self._language)
        if said.by.reason:
            yield self._pair("by", said.by.reason.get(self._language))
            return
        chain = self._report.why(said)
        for number in chain.links[0].stronger:
            stronger = chain.links[number].said
            if isinstance(stronger, Finding):
                yield self._pair("by", f"{self._rule(stronger.rule)}: {stronger.message.get(self._language)}")

    def _rule(self, name: str) -> str:
        """A rule by its title, and the id by which it is found."""
        title = self._rules.get(name)
        return f"{title.get(self._language)} ({name})" if title else name

    def _origin(self, said: Said) -> Span:
        is_waived = isinstance(said, Finding) and said.waived
        parts = [
            *([LABELS[said.verdict].get(self._language)] if is_waived else []),
            said.rule,
            GROUND_LABELS[said.ground].get(self._language),
            DIMENSION_LABELS[said.dimension].get(self._language),
        ]
        if said.positions:
            parts.append(f"{self._word('positions')} {', '.join(said.positions)}")
        return dim(" · ".join(parts))

    def _pair(self, name: str, text: str) -> Spans:
        return pair(self._word(name), text)

    def _reason(self, each: Because) -> str:
        place = f" ({each.document})" if each.document else ""
        unconfirmed = "" if each.confirmed else f" ({self._word('unconfirmed')})"
        return each.text.get(self._language) + place + unconfirmed
