"""What a report says, as a flat list for forms that have one entry for each thing said; and how grave each is."""

from collections import Counter

from consistent.errors import printable
from consistent.findings.outcome import LABELS, WOULD_BE, Outcome, gravity
from consistent.findings.report import ProposalSummary, Report
from consistent.findings.said import Open, Said, outcome_of
from consistent.model.text import Language, Localized
from consistent.reports.labels import WORDS
from consistent.reports.lines import shortened
from consistent.reports.outline import Spans, spans, strong
from consistent.rules.rule import VERDICTS
from consistent.sources import source_label

__all__ = [
    "counts",
    "entries",
    "measure_heading",
    "measure_label",
    "outcome_label",
    "proposal_label",
    "questions",
    "said_sources",
]


def entries(report: Report) -> tuple[Said, ...]:
    """Everything that is said: the proposal as a whole first, then by measure.

    Of each the gravest first, of open rules those that would be; then by rule.
    """
    order = {None: -1} | {each.id: number for number, each in enumerate(report.measures)}

    def place(said: Said) -> tuple[int, int, int, str]:
        return order[said.measure], gravity(outcome_of(said)), VERDICTS.index(said.verdict), said.rule

    return tuple(sorted((*report.findings, *report.open, *report.defeated), key=place))


def counts(report: Report) -> Counter[Outcome]:
    """How often each thing is said; of `not-judged` the number of measures."""
    found = Counter(map(outcome_of, entries(report)))
    found["not-judged"] = len(report.not_judged)
    return found


def outcome_label(said: Said, language: Language) -> str:
    """What became of the rule, in words; of one that is open what it would be too."""
    label = LABELS[outcome_of(said)].get(language)
    return f"{label}: {WOULD_BE[said.verdict].get(language)}" if isinstance(said, Open) else label


def proposal_label(summary: ProposalSummary, language: Language) -> str:
    """Number and title of a proposal; its name where it has neither."""
    title = shortened(summary.title.get(language)) if summary.title else ""
    return printable(" ".join(each for each in (summary.reference or summary.celex, title) if each) or summary.name)


def measure_label(report: Report, measure: str | None, language: Language) -> str:
    """Id and title of a measure, or the words for the proposal as a whole."""
    if measure is None:
        return WORDS["proposal as a whole"].get(language)
    title = next((each.title for each in report.measures if each.id == measure), None)
    return printable(f"{measure}: {shortened(title.get(language))}" if title else measure)


def measure_heading(name: str | None, title: Localized | None, language: Language) -> Spans:
    """A measure by id and title over what is said of it, or the words for the proposal as a whole."""
    if name is None:
        return spans(strong(WORDS["proposal as a whole"].get(language)))
    return spans((strong(name), f"  {shortened(title.get(language))}" if title else ""))


def questions(said: Said, language: Language) -> tuple[str, ...]:
    """What must be known before an open rule is decided, each thing once; empty for any other."""
    if not isinstance(said, Open):
        return ()
    return tuple(dict.fromkeys(printable(each.text.get(language)) for each in said.unknown))


def said_sources(said: Said, language: Language) -> tuple[str, ...]:
    """The sources as readers of that language cite them."""
    return tuple(source_label(each, language) for each in said.sources)
