"""A report as text for a terminal."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from consistent.findings.outcome import LABELS, OUTCOMES, PRESENTATION, WOULD_BE, Outcome
from consistent.findings.report import Report
from consistent.findings.said import Because, Defeated, Finding, Open, Said, Unknown, outcome_of
from consistent.model.text import Language
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GROUND_LABELS, WORDS, engine_notice
from consistent.reports.lines import Line, print_lines, shortened
from consistent.reports.notices import accepted_line, draft_lines, waiver_lines, warning_lines
from consistent.reports.why_text import chain_lines
from consistent.rules.rule import VERDICTS, Verdict
from consistent.sources import source_label

__all__ = ["print_report"]

_GRADE_STYLES = {
    "positive": "green",
    "positive-with-remarks": "yellow",
    "partly-positive-partly-negative": "yellow",
    "negative": "bold red",
    "open": "cyan",
    "not-judged": "dim",
}


# In letters, about two lines.
_LONGEST_QUESTION = 200
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
    print_lines(console, _Text(report, language, verbose=verbose, why=why).whole())


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

    def whole(self) -> Iterator[Line]:
        """Every line of the report, what weighs most first."""
        report = self._report
        yield from self._head()
        yield from self._judgement()
        everything: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
        for outcome in OUTCOMES:
            yield from self._section(outcome, [said for said in everything if outcome_of(said) == outcome])
        if report.not_judged:
            yield 0, Text(f"{self._heading('not-judged')} ({len(report.not_judged)})", style="bold")
            for name in report.not_judged:
                yield 2, self._measure(name)
            yield 0, Text()
        yield from waiver_lines(report, self._language, verbose=self._verbose)
        yield from warning_lines(report, self._language)
        if not report.measures:
            yield 0, Text(self._word("no measures"), style="bold red")
        if len(report.open) > _MANY_OPEN:
            yield 0, Text(self._word("ask"))
        if not report.findings:
            yield 0, Text(self._word("nothing found"))
        yield 0, Text(self._looked_at(), style="dim")
        if report.not_in_force:
            yield 0, Text(self._word("not in force").format(count=report.not_in_force, day=report.as_of), style="bold")
        if notice := engine_notice(report.engine, self._language):
            yield 0, Text(notice, style="dim")

    def _head(self) -> Iterator[Line]:
        report, summary = self._report, self._report.proposal
        title = shortened(summary.title.get(self._language)) if summary.title else ""
        number = summary.reference or summary.celex
        yield 0, Text(" ".join(each for each in (number, title) if each) or summary.name, style="bold")
        facts = [
            summary.celex,
            summary.date,
            f"{self._word('pack')} {report.pack}",
            f"{self._word('as of')} {report.as_of}",
            f"{self._word('engine')} {report.engine}",
        ]
        yield 0, Text(" · ".join(each for each in facts if each), style="dim")
        yield from draft_lines(summary, self._language)
        yield 0, Text()

    def _judgement(self) -> Iterator[Line]:
        yield 0, Text(self._word("judgement"), style="bold")
        labels = {dimension: label.get(self._language) for dimension, label in DIMENSION_LABELS.items()}
        width = max(map(len, labels.values())) + 2
        for dimension, grade in self._report.judgement:
            label = GRADE_LABELS[grade].get(self._language)
            yield 2, Text.assemble(labels[dimension].ljust(width), (label, _GRADE_STYLES[grade]))
        yield 0, Text()

    def _heading(self, outcome: Outcome) -> str:
        return PRESENTATION[outcome].heading.get(self._language)

    def _section(self, outcome: Outcome, items: Sequence[Said]) -> Iterator[Line]:
        """A heading with a count, then the items under the measure that they are about; nothing where there are none."""
        if not items:
            return
        style = f"bold {PRESENTATION[outcome].colour}".rstrip()
        yield 0, Text(f"{self._heading(outcome)} ({len(items)})", style=style)
        for measure, group in groupby(items, key=lambda each: each.measure):
            yield 2, self._measure(measure)
            if self._in_counts and outcome == "open":
                yield 4, Text(self._counts(group), style="dim")
                continue
            for each in group:
                yield from self._item(each)
        yield 0, Text()

    def _counts(self, items: Iterable[Said]) -> str:
        """How many open rules would come to what."""
        found = Counter(each.verdict for each in items)
        return "; ".join(f"{self._would_be(each)}: {found[each]}" for each in VERDICTS if found[each])

    def _would_be(self, verdict: Verdict) -> str:
        return WOULD_BE[verdict].get(self._language)

    def _measure(self, name: str | None) -> Text:
        if name is None:
            return Text(self._word("proposal as a whole"), style="bold")
        title = self._titles[name]
        return Text.assemble((name, "bold"), f"  {shortened(title.get(self._language))}" if title else "")

    def _item(self, each: Said) -> Iterator[Line]:
        brief = isinstance(each, Finding) and each.verdict == "aligned" and not self._verbose
        if isinstance(each, Open) and self._in_short:
            yield 4, self._title(each).append(f"  {self._would_be(each.verdict)} · {each.rule}", style="dim")
            return
        yield 4, self._title(each)
        if isinstance(each, Defeated):
            yield from self._defeat(each)
        elif isinstance(each, Open):
            yield 6, Text.assemble((f"{self._would_be(each.verdict)}: ", "dim"), each.message.get(self._language))
        elif not brief:
            yield 6, Text(each.message.get(self._language))
        accepted = accepted_line(each, self._language) if isinstance(each, Finding) else None
        if accepted is not None:
            yield 6, accepted
        yield 6, self._origin(each)
        if self._why:
            yield from chain_lines(self._report.why(each), self._language, indent=6)
        elif isinstance(each, Finding) and not brief:
            yield 6, self._pair("sources", "; ".join(source_label(one, self._language) for one in each.sources))
            for reason in each.because:
                yield 6, self._pair("because", self._reason(reason))
        elif isinstance(each, Open):
            for question in dict.fromkeys(map(self._question, each.unknown)):
                yield 6, self._pair("unknown", question)
            if each.awaits:
                yield 6, self._pair("awaits", "; ".join(map(self._rule, each.awaits)))

    def _title(self, each: Said) -> Text:
        """With a mark where it rests on a draft that nobody stands for yet."""
        title = Text(each.title.get(self._language))
        if not all(reason.confirmed for reason in each.because):
            title.append(f"  ({self._word('unconfirmed')})", style="yellow")
        return title

    def _question(self, unknown: Unknown) -> str:
        """What must be known; of a question that lists half a treaty, only what it is about."""
        text = unknown.text.get(self._language)
        return text if self._verbose or len(text) <= _LONGEST_QUESTION else f"{unknown.about.get(self._language)}?"

    def _defeat(self, each: Defeated) -> Iterator[Line]:
        """What a rule would say, and the exception or the stronger rules by which it does not."""
        yield 6, Text(each.message.get(self._language))
        if each.by.reason:
            yield 6, self._pair("by", each.by.reason.get(self._language))
            return
        chain = self._report.why(each)
        for number in chain.links[0].stronger:
            said = chain.links[number].said
            if isinstance(said, Finding):
                yield 6, self._pair("by", f"{self._rule(said.rule)}: {said.message.get(self._language)}")

    def _rule(self, name: str) -> str:
        """A rule by its title, and the id by which it is found."""
        title = self._rules.get(name)
        return f"{title.get(self._language)} ({name})" if title else name

    def _origin(self, each: Said) -> Text:
        verdict = [LABELS[each.verdict].get(self._language)] if isinstance(each, Finding) and each.waived else []
        parts = [
            *verdict,
            each.rule,
            GROUND_LABELS[each.ground].get(self._language),
            DIMENSION_LABELS[each.dimension].get(self._language),
        ]
        if each.positions:
            parts.append(f"{self._word('positions')} {', '.join(each.positions)}")
        return Text(" · ".join(parts), style="dim")

    def _pair(self, name: str, text: str) -> Text:
        return Text.assemble((f"{self._word(name)}: ", "dim"), text)

    def _reason(self, each: Because) -> str:
        place = f" ({each.document})" if each.document else ""
        unconfirmed = "" if each.confirmed else f" ({self._word('unconfirmed')})"
        return each.text.get(self._language) + place + unconfirmed

    def _looked_at(self) -> str:
        report = self._report
        return self._word("looked at").format(
            run=report.rules_run,
            silent=report.not_applicable,
            findings=len(report.findings),
            open=len(report.open),
            judged=len(report.measures) - len(report.not_judged),
            measures=len(report.measures),
        )
