"""What a report says by one rule, in runs of text: a form decides where they stand, and none of them words anything anew."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from consistent.findings.outcome import LABELS, WOULD_BE
from consistent.findings.report import Report
from consistent.findings.said import Because, Defeated, Finding, Open, Said, Unknown, folded
from consistent.findings.wording import exception_text
from consistent.model.text import Language, capitalised
from consistent.reports.alike import asked_once, in_short, names_in_short
from consistent.reports.entries import measure_heading
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS, WORDS, engine_notice, read_in, with_words_near
from consistent.reports.notices import identity_outline, looked_at, person_line, positions_short, read_elsewhere
from consistent.reports.outline import Inline, Paragraph, Span, Spans, dim, pair, spans, strong
from consistent.rules.rule import Verdict
from consistent.sources import parse_source, source_label

__all__ = ["LONGEST_QUESTION", "SaidText", "closing_outline", "source_span"]

# In letters, about two lines: a question longer than this lists half a treaty, and what is asked about is enough then.
LONGEST_QUESTION = 200
# From the first on `ask` serves a reader better than the report.
_MANY_OPEN = 10
_T = TypeVar("_T", Because, Unknown)


def source_span(text: str, language: Language, *, aside: bool = False) -> Span:
    """A source as readers of that language cite it, a link where its address is known.

    Args:
        text: of the source, as rules have it.
        language: of the label, and of what the link leads to.
        aside: whether the address is left out where links cannot be opened.
    """
    source = parse_source(text)
    return Span(source_label(text, language), url=(source.url(language) if source else None) or "", aside=aside)


class SaidText:
    """What rules say in one report, in one language.

    Attributes:
        report: that says it.
        language: of all words.
    """

    def __init__(
        self,
        report: Report,
        language: Language,
        *,
        verbose: bool = False,
        address: Callable[[str | None], str] | None = None,
    ) -> None:
        """Of a report.

        Args:
            report: that says it.
            language: of all words.
            verbose: with messages of what is in line, and long questions in full.
            address: of a measure, or for None of the proposal as a whole, in a form whose texts lead further: there what
                is said names its measure, and sources are links.
        """
        self.report, self.language = report, language
        self._verbose, self._address = verbose, address
        self._titles = {measure.id: measure.title for measure in report.measures}
        self._rules = {rule.id: rule.title for rule in report.rules}

    def word(self, name: str) -> str:
        """One of the words of reports."""
        return WORDS[name].get(self.language)

    def would_be(self, verdict: Verdict) -> str:
        """What an open rule would come to."""
        return WOULD_BE[verdict].get(self.language)

    def measure(self, name: str | None) -> Spans:
        """The heading over what is said of a measure, or of the proposal as a whole."""
        return measure_heading(name, self._titles[name] if name else None, self.language)

    def title(self, said: Said) -> Spans:
        """Of the rule, with a mark where it rests on a draft that nobody stands for yet."""
        is_confirmed = all(reason.confirmed for reason in said.because)
        mark = [] if is_confirmed else [Span(f"  ({self.word('unconfirmed')})", tone="caution")]
        return spans((said.title.get(self.language), *mark))

    def is_brief(self, said: Said) -> bool:
        """Whether it is not worth more than its title; what a person says always is."""
        if not isinstance(said, Finding) or self._verbose:
            return False
        return said.verdict == "aligned" and said.answered is None

    def told(self, said: Said) -> Iterator[Inline]:
        """What is said, that it is accepted, and by which rule."""
        message = said.message.get(self.language)
        if isinstance(said, Open):
            yield pair(self.would_be(said.verdict), message)
        elif not self.is_brief(said):
            yield message
        if isinstance(said, Defeated):
            yield from self._defeat(said)
        accepted = person_line(said, self.language) if isinstance(said, Finding) else None
        if accepted is not None:
            yield accepted
        yield self.origin(said)

    def origin(self, said: Said) -> Spans:
        """The rule, its ground and dimension, and whose position it is."""
        is_waived = isinstance(said, Finding) and said.waived
        parts = [
            *([LABELS[said.verdict].get(self.language)] if is_waived else []),
            said.rule,
            GROUND_LABELS[said.ground].get(self.language),
            DIMENSION_LABELS[said.dimension].get(self.language),
        ]
        if said.positions:
            parts.append(f"{self.word('positions')} {', '.join(said.positions)}")
        text = " · ".join(parts)
        # What several measures share names each of them where it tells what they wait for.
        if self._address is None or isinstance(said, Open):
            return spans(dim(text))
        owner = said.measure or self.word("proposal as a whole")
        return spans((Span(owner, "dim", url=self._address(said.measure)), dim(f" · {text}")))

    def sources(self, said: Said) -> Spans:
        """What the rule goes by."""
        cited = [source_span(source, self.language, aside=self._address is None) for source in said.sources]
        return self._pair("sources", *_joined(cited))

    def reasons(self, said: Said) -> Iterator[Spans]:
        """The tests that hold, each with where its value was read; of many measures of which the same holds some in full."""
        before: set[tuple[str, str]] = set()
        for reason, alike in self._told_of(said.because if self._verbose else folded(said.because)):
            told = reason.document, reason.quote
            yield self._pair("because", self._reason(reason, quoted=told not in before))
            before.add(told)
            yield from self._likewise(alike)

    def question(self, unknown: Unknown) -> str:
        """What must be known; of a question that lists half a treaty, only what it is about."""
        text = unknown.told.get(self.language)
        if not self._verbose and len(text) > LONGEST_QUESTION:
            text = f"{unknown.about.get(self.language)}?"
        return with_words_near(text, unknown, self.language)

    def unknowns(self, said: Open) -> Iterator[Spans]:
        """What must be known, of whom it is asked: of many measures some in full; and what else the rule hangs on."""
        for unknown, alike in self._told_of(asked_once(said.unknown)):
            yield self._pair("unknown", self.question(unknown))
            yield from self._likewise(alike)
        yield from self.waits((), said.awaits)

    def _told_of(self, asked: Sequence[_T]) -> Iterator[tuple[_T, tuple[str, ...]]]:
        return ((one, ()) for one in asked) if self._verbose else in_short(asked)

    def _likewise(self, names: Sequence[str]) -> Iterator[Spans]:
        if names:
            yield self._pair("likewise", names_in_short(names, self.language))

    def waits(self, questions: Iterable[str], awaits: Iterable[str]) -> Iterator[Spans]:
        """What an open rule hangs on.

        Args:
            questions: what must be known, each of which is told once.
            awaits: ids of stronger rules that are open themselves.
        """
        for question in dict.fromkeys(questions):
            yield self._pair("unknown", question)
        if rules := "; ".join(map(self._rule, awaits)):
            yield self._pair("awaits", rules)

    def _defeat(self, said: Defeated) -> Iterator[Spans]:
        """The exception or the stronger rules by which a rule does not count."""
        if said.by.reason:
            yield self._pair("by", exception_text(said.by, self.language))
            return
        chain = self.report.why(said)
        for number in chain.links[0].stronger:
            stronger = chain.links[number].said
            if isinstance(stronger, Finding):
                yield self._pair("by", f"{self._rule(stronger.rule)}: {stronger.message.get(self.language)}")

    def _rule(self, name: str) -> str:
        """A rule by its title, and the id by which it is found."""
        title = self._rules.get(name)
        return f"{title.get(self.language)} ({name})" if title else name

    def _pair(self, name: str, *text: str | Span) -> Spans:
        return pair(self.word(name), *text)

    def _reason(self, reason: Because, *, quoted: bool) -> str:
        place = read_in(reason, self.language, quoted=quoted)
        unconfirmed = "" if reason.confirmed else f" ({self.word('unconfirmed')})"
        return reason.told.get(self.language) + place + unconfirmed


def _joined(parts: Iterable[Span]) -> Iterator[Span]:
    for number, part in enumerate(parts):
        yield from ([Span("; ")] if number else [])
        yield part


def closing_outline(report: Report, language: Language) -> Iterator[Paragraph]:
    """What was not looked at, how much was, and what serves a reader better where much is open."""
    text = SaidText(report, language)
    if not report.measures:
        yield Paragraph(strong(text.word("no measures"), "bad"))
    if len(report.open) > _MANY_OPEN:
        yield Paragraph(text.word("ask"))
    if not report.findings:
        yield Paragraph(text.word("nothing found"))
    yield Paragraph(dim(looked_at(report, language)))
    if read := read_elsewhere(report, language):
        yield Paragraph(Span(f"{capitalised(read)}.", tone="caution"))
    if short := positions_short(report, language):
        yield Paragraph(dim(short))
    if report.not_in_force:
        yield Paragraph(strong(text.word("not in force").format(count=report.not_in_force, day=report.as_of)))
    if notice := engine_notice(report.engine, language):
        yield Paragraph(dim(notice))
    yield from identity_outline(report, language)
