"""What the pages of a proposal show, in one language, as data that the templates lay out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from consistent.documents.document import Document
from consistent.findings.outcome import OUTCOMES, WOULD_BE, Outcome, gravest
from consistent.findings.report import Report
from consistent.findings.said import Defeated, Finding, Open, Said, outcome_of
from consistent.findings.wording import found_label
from consistent.inquiries.interview.interview import reference_of
from consistent.inquiries.review import Unconfirmed
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Evidence, Measure, Proposal
from consistent.model.text import Language, Localized
from consistent.reports.first_screen import FirstScreen, first_screen, first_screen_outline
from consistent.reports.html.anchors import Mark, MarkedDocument, marked_document
from consistent.reports.labels import noted, passage_label
from consistent.reports.notices import waiver_status
from consistent.reports.outline import Block, Paragraph, plain
from consistent.reports.said_text import SaidText
from consistent.reports.terminal import shortened
from consistent.web.accepting import name_of_use
from consistent.web.stating import name_of

__all__ = [
    "Card",
    "Group",
    "Told",
    "Waived",
    "anchor_of_span",
    "cards",
    "groups",
    "marked_text",
    "open_rules",
    "paragraph_start",
    "places",
    "shades",
    "summary_blocks",
    "told",
    "waived",
]

_PREFIX = "t"
# So many lines of the summary leave room for the panes.
_MOST_LINES = 4
_ASKING = Localized("“Question”", "“Vraag”")


def anchor_of_span(span: tuple[int, int]) -> str:
    """Where a passage stands on the page."""
    return f"s{span[0]}-{span[1]}"


# The text.


def _read_in(proposal: Proposal) -> set[tuple[int, int]]:
    """The passages that values were read in; the place of a measure is all of its text, and is none."""
    read = [*proposal.evidence, *(each for measure in proposal.measures for each in measure.evidence)]
    return {evidence.span for name, evidence in read if evidence.span and name != "reference"}


def places(proposal: Proposal) -> dict[str, str]:
    """By the anchor of a measure that of its place in the text, where that is no passage besides."""
    read, found = _read_in(proposal), {}
    for number, measure in enumerate(proposal.measures, 1):
        reference = measure.evidence_for("reference")
        if reference is not None and reference.span and reference.span not in read:
            found[f"m-{number}"] = anchor_of_span(reference.span)
            read.add(reference.span)
    return found


def marked_text(document: Document, proposal: Proposal) -> MarkedDocument:
    """The text with all passages marked that anything was read in, and each measure named where it begins."""
    length = len(document.text)
    spans = (span for span in _read_in(proposal) if 0 <= span[0] < span[1] <= length)
    marks = [Mark(anchor=anchor_of_span(span), span=span, notes=(), waiting=0) for span in spans]
    begins: dict[int, list[tuple[str, Outcome, str]]] = {}
    for number, measure in enumerate(proposal.measures, 1):
        reference = measure.evidence_for("reference")
        if reference is not None and reference.span:
            begins.setdefault(reference.span[0], []).append((measure.id, "not-judged", f"m-{number}"))
    return marked_document(document, _PREFIX, marks, begins)


def paragraph_start(document: Document, anchor: str) -> int:
    """At which character of the text a paragraph begins."""
    return document.starts[int(anchor.removeprefix(f"{_PREFIX}-l"))]


def shades(report: Report) -> dict[str, Outcome]:
    """By the anchor of a passage the gravest thing that rests on it."""
    resting: dict[tuple[int, int], list[Outcome]] = {}
    everything: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
    for said in everything:
        for span in {reason.span for reason in said.because if reason.span}:
            resting.setdefault(span, []).append(outcome_of(said))
    return {anchor_of_span(span): gravest(outcomes) for span, outcomes in resting.items()}


# What was read.


@frozen(kw_only=True)
class Card:
    """A value with its passage.

    Attributes:
        name: by which a form means it.
        passages: place, words, note, and the anchor in the text, empty without one.
        rules: how many findings rest on it.
        lacks: whether it can be said not to be there.
        fixed: it can be confirmed only.
    """

    name: str
    label: str
    value: str
    vocabulary: str
    confirmed: bool
    passages: tuple[tuple[str, str, str, str], ...]
    rules: int
    lacks: bool
    fixed: bool


@frozen(kw_only=True)
class Group:
    """A measure, or the proposal itself, with what was read of it.

    Attributes:
        number: of the measure, from one; nought for the proposal itself.
        measure: the id.
        left: how many values are to be confirmed.
    """

    number: int
    measure: str | None
    title: str
    reference: str
    outcome: Outcome
    left: int
    count: int


def groups(proposal: Proposal, values: Iterable[Unconfirmed], report: Report, language: Language) -> Iterator[Group]:
    """The proposal itself and its measures, in order."""
    counts = Counter(item.measure for item in values)
    left = Counter(item.measure for item in values if not item.confirmed)
    yield Group(
        number=0, measure=None, title="", reference="", outcome="not-judged", left=left[None], count=counts[None]
    )
    for number, measure in enumerate(proposal.measures, 1):
        title = measure.title.get(language) if measure.title else ""
        yield Group(
            number=number, measure=measure.id, title=shortened(title) if title else measure.id,
            reference=reference_of(measure), outcome=report.outcome(measure.id), left=left[measure.id],
            count=counts[measure.id],
        )  # fmt: skip


def cards(items: Iterable[Unconfirmed], language: Language, text: str) -> Iterator[Card]:
    """The values of one measure, or of the proposal itself."""
    for item in items:
        takes = item.takes
        yield Card(
            name=name_of(item),
            label=item.label.get(language),
            value=item.text.get(language),
            vocabulary=takes.vocabulary if takes is not None and takes.type == "terms" else "",
            confirmed=item.confirmed,
            passages=tuple(_passage(evidence, text, language) for evidence in item.evidence),
            rules=len(item.rules),
            lacks=item.says in {"has", "may"} and takes is not None,
            fixed=item.field == "all",
        )


def _passage(evidence: Evidence, text: str, language: Language) -> tuple[str, str, str, str]:
    place = " ".join(filter(None, (evidence.document, evidence.place)))
    here = evidence.span is not None and evidence.span[1] <= len(text)
    return (
        passage_label(place, language),
        evidence.quote,
        noted(evidence, language),
        _anchor(evidence.span if here else None),
    )


def _anchor(span: tuple[int, int] | None) -> str:
    """Of a passage in the text; empty where it has no place there."""
    return anchor_of_span(span) if span else ""


def without_passage(part: Proposal | Measure, language: Language, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """The fields that are known and have no passage of their own: label and values."""
    read = {name for name, _ in part.evidence}
    for name, about in knowledge.fields.of(part).items():
        value = part.value(name)
        if value.yes and name not in read:
            yield about.label.get(language), found_label(value, about, language, knowledge)


# What hangs on it.


@frozen(kw_only=True)
class Told:
    """A finding, or a rule that is set aside.

    Attributes:
        anchor: where it stands.
        passages: words of the passages that it rests on, and their anchors, empty without a text.
    """

    anchor: str
    outcome: Outcome
    said: Finding | Defeated
    title: str
    place: str
    blocks: tuple[Block, ...]
    passages: tuple[tuple[str, str], ...]


def told(report: Report, language: Language) -> Iterator[tuple[Outcome, tuple[Told, ...]]]:
    """Findings and rules that are set aside by outcome, the gravest first; not what is left to others."""
    text = SaidText(report, language, verbose=True)
    references = {measure.id: measure.reference or measure.id for measure in report.measures}
    listed: dict[Outcome, list[Told]] = {outcome: [] for outcome in OUTCOMES}
    everything: tuple[Finding | Defeated, ...] = (*report.findings, *report.defeated)
    for number, said in enumerate(everything, 1):
        outcome = outcome_of(said)
        read = [(because.quote, _anchor(because.span)) for because in said.because if because.quote]
        blocks = [*map(Paragraph, text.told(said)), *([Paragraph(text.sources(said))] if said.sources else [])]
        listed[outcome].append(
            Told(
                anchor=f"f-{number}",
                outcome=outcome,
                said=said,
                title=plain(text.title(said)),
                place=references[said.measure] if said.measure else "",
                blocks=tuple(blocks),
                passages=tuple(dict.fromkeys(read)),
            )
        )
    return ((outcome, tuple(entries)) for outcome, entries in listed.items() if entries and outcome != "reserved")


def open_rules(report: Report, language: Language) -> Sequence[tuple[str, str, str, int]]:
    """Each open rule: id, title, what it would come to, and on how many measures."""
    counts = Counter(said.rule for said in report.open)
    first: dict[str, Open] = {}
    for said in report.open:
        first.setdefault(said.rule, said)
    return [
        (rule, said.title.get(language), WOULD_BE[said.verdict].get(language), counts[rule])
        for rule, said in first.items()
    ]


@frozen(kw_only=True)
class Waived:
    """What is accepted.

    Attributes:
        name: of the waiver.
        title: of the rule.
        places: on which measures it accepts a finding; of one that accepts none, for which it is meant.
        status: why it accepts nothing; empty where it does.
        file: in which it stands, where that is not the one of the folder.
    """

    name: str
    rule: str
    title: str
    places: tuple[str, ...]
    reason: str
    owner: str
    since: str
    until: str
    status: str
    file: str


def waived(report: Report, titles: Mapping[str, Localized], own: str, language: Language) -> Iterator[Waived]:
    """What is accepted in a proposal, or was, or would be; not what is accepted in others.

    Args:
        report: of it.
        titles: of rules, by their ids.
        own: the name of the file of the folder.
        language: of the reader.
    """
    references = {measure.id: measure.reference or measure.id for measure in report.measures}
    for use in report.waivers:
        if use.status != "elsewhere":
            meant = use.settles if use.status == "in-use" else ((use.measure,) if use.measure else ())
            yield Waived(
                name=name_of_use(use), rule=use.rule,
                title=titles[use.rule].get(language) if use.rule in titles else use.rule,
                places=tuple(references.get(measure, measure) for measure in meant if measure), reason=use.reason.get(language),
                owner=use.owner, since=use.since, until=use.until, status=waiver_status(use, report, language),
                file="" if use.path == own else use.path,
            )  # fmt: skip


def summary_blocks(
    report: Report, left: int | None, language: Language, addresses: dict[int, str]
) -> tuple[Block, ...]:
    """What it all comes to."""
    screen: FirstScreen = first_screen(report, left)

    def address(said: Said) -> str:
        return addresses.get(id(said), "#question" if outcome_of(said) == "question" else "#open")

    return tuple(
        first_screen_outline(screen, language, number=_MOST_LINES, hints=False, address=address, asking=_ASKING)
    )
