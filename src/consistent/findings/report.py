"""What a check found, as data that outlives the check.

A report is made of frozen values alone: it can be built, compared, pickled and read from a file by itself. What can be asked
beyond it (why not, what is open, what would change it) needs the rules and the proposal, and hangs on `consistent.check`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from attrs import field, frozen

from consistent.errors import UsageError
from consistent.findings.answers import AnswerUse
from consistent.findings.identity import Identity
from consistent.findings.judgement import Judgement
from consistent.findings.outcome import GRAVE, PRESSING, Bar, MeasureOutcome
from consistent.findings.rows import Row, rows_of
from consistent.findings.said import (
    CitedFact,
    CitedPosition,
    CitedPrinciple,
    CitedRule,
    CitedSource,
    Defeated,
    Finding,
    Open,
    Presumed,
    Reading,
    Said,
    Spoken,
    spoken_of,
)
from consistent.findings.waivers import TimeWarning, WaiverUse
from consistent.findings.weighing import Weighing
from consistent.locking import cached_property
from consistent.model.text import Language, Localized
from consistent.rules.rule import VERDICTS
from consistent.shown import Drawn, Shown
from consistent.sources import parse_source

__all__ = ["Chain", "Chains", "Link", "MeasureSummary", "OtherPack", "ProposalSummary", "Report", "cited_source"]

# What something that is said rests on, from the passage of the proposal to the article of the treaty.

C = TypeVar("C", CitedFact, CitedPosition, CitedPrinciple)
S = TypeVar("S", Finding, Open, Defeated)
_ByMeasure = Mapping[str | None, Sequence[S]]


@frozen(kw_only=True)
class Link(Shown):
    """One rule in a chain.

    Attributes:
        said: what the rule says, with its tests under `because`: passage, value, line in the proposal and in the rule.
        rule: with its file.
        principle: the id of what the rule is for.
        positions: ids of the positions that it carries.
        stronger: the links of stronger rules that say something here, as numbers in `Chain.links`. A finding among them
            defeats this one; an open one is awaited; one that is itself set aside lets this one count.
    """

    said: Said
    rule: CitedRule
    principle: str
    positions: tuple[str, ...]
    stronger: tuple[int, ...]


@frozen(kw_only=True)
class Chain(Shown):
    """Everything that a finding, an open or a defeated rule rests on, each thing once.

    Attributes:
        path: the proposal's file.
        links: what was asked about first, then every stronger rule that it depends on, and those that these depend on.
        facts: that joined in any of them.
        principles: what the rules are for.
        positions: that the rules carry; may be empty.
        sources: of all of these and of the passages, with their addresses.
    """

    path: str
    links: tuple[Link, ...]
    facts: tuple[CitedFact, ...]
    principles: tuple[CitedPrinciple, ...]
    positions: tuple[CitedPosition, ...]
    sources: tuple[CitedSource, ...]

    @property
    def said(self) -> Said:
        """What was asked about."""
        return self.links[0].said


class Chains:
    """Finds the chain of whatever a report says; made once for a report."""

    def __init__(
        self,
        path: str,
        everything: Iterable[Said],
        *,
        rules: Sequence[CitedRule],
        facts: Iterable[CitedFact],
        principles: Iterable[CitedPrinciple],
        positions: Iterable[CitedPosition],
    ) -> None:
        """Take what the report holds.

        Args:
            path: the proposal's file.
            everything: that is said.
            rules: that say it, each once.
            facts: that joined, each once.
            principles: what the rules are for, each once.
            positions: that the rules carry, each once.
        """
        self._path = path
        # INVARIANT: a rule says one thing at most of a measure.
        self._said = {(said.rule, said.measure): said for said in everything}
        self._rules = {rule.id: rule for rule in rules}
        self._facts = {(fact.kind, fact.id): fact for fact in facts}
        self._principles = {principle.id: principle for principle in principles}
        self._positions = {position.id: position for position in positions}
        self._above: dict[str, list[str]] = {}
        for rule in rules:
            for weaker in rule.defeats:
                self._above.setdefault(weaker, []).append(rule.id)

    def of(self, said: Said) -> Chain:
        """The chain of something that is said.

        Raises:
            UsageError: the report does not say it.
        """
        if self._said.get((said.rule, said.measure)) != said:
            raise UsageError("the report does not say this", "take it from `findings`, `open` or `defeated`")
        listed, edges = [said], []
        for entry in listed:  # a worklist: it grows on the way
            above = list(self._stronger(entry))
            listed += [upper for upper in above if upper not in listed]
            edges.append(tuple(listed.index(upper) for upper in above))
        links = tuple(
            Link(
                said=entry,
                rule=self._rules[entry.rule],
                principle=entry.principle,
                positions=entry.positions,
                stronger=up,
            )
            for entry, up in zip(listed, edges, strict=True)
        )
        facts = _each_once(self._facts[fact.kind, fact.id] for entry in listed for fact in entry.facts)
        principles = _each_once(self._principles[entry.principle] for entry in listed)
        positions = _each_once(self._positions[name] for entry in listed for name in entry.positions)
        return Chain(
            path=self._path,
            links=links,
            facts=facts,
            principles=principles,
            positions=positions,
            sources=_sources(links, (*facts, *principles, *positions)),
        )

    def _stronger(self, said: Said) -> Iterator[Said]:
        """What stronger rules say of the same measure, or of the proposal as a whole."""
        if isinstance(said, Defeated) and said.by.exception is not None:
            return  # Its own exception decides: no other rule is asked.
        for name in self._above.get(said.rule, ()):
            for measure in dict.fromkeys((said.measure, None)):
                if (name, measure) in self._said:
                    yield self._said[name, measure]


def cited_source(text: str) -> CitedSource | None:
    """A source with its label and address in both languages; None where the text is in no form of a source."""
    source = parse_source(text)
    if source is None:
        return None
    en, nl = source.url("en"), source.url("nl")
    address = Localized(en, nl) if en and nl else None
    return CitedSource(text=text, label=Localized(source.label("en"), source.label("nl")), url=address)


def _sources(
    links: Sequence[Link], cited: Iterable[CitedFact | CitedPrinciple | CitedPosition]
) -> tuple[CitedSource, ...]:
    texts = [text for link in links for text in link.said.sources]
    texts += [text for cited_entry in cited for text in cited_entry.sources]
    # A passage may be cited in words of its own, which lead to no address.
    reasons = [reason for link in links for reason in link.said.because]
    texts += [text for link in links if isinstance(link.said, Defeated) for text in link.said.by.sources]
    texts += [source for reason in reasons for concept in reason.concepts for source in concept.sources]
    texts += [reason.document for reason in reasons]
    return tuple(source for text in dict.fromkeys(texts) if (source := cited_source(text)))


def _each_once(items: Iterable[C]) -> tuple[C, ...]:
    """By identity: a report holds each once already."""
    return tuple({id(item): item for item in items}.values())


@frozen(kw_only=True)
class ProposalSummary(Shown):
    """Which proposal it was. Empty text and None stand for what is not known.

    Attributes:
        unconfirmed: the number of its values that were read in a document and that no person stands for yet.
        remarks: what must be known of the document that it was read from; may be empty.
        read: in how many places its values were read.
        elsewhere: in how many of them the proposal itself was not read, but a secondary source or another document.
        sources: which these were, each once.
    """

    name: str
    reference: str
    celex: str
    title: Localized | None
    date: str
    kind: str
    measures: int
    path: str
    unconfirmed: int = 0
    remarks: tuple[Localized, ...] = ()
    read: int = 0
    elsewhere: int = 0
    sources: tuple[str, ...] = ()


@frozen(kw_only=True)
class MeasureSummary(Shown):
    """Which measures it has.

    Attributes:
        reference: where in the text it stands; empty where that is not known.
    """

    id: str
    title: Localized | None
    reference: str = ""


@frozen(kw_only=True)
class OtherPack(Shown):
    """A pack that was not used, and how many of its own rules are about areas or legal bases of the proposal."""

    name: str
    rules: int


@frozen(kw_only=True)
class Report(Drawn):
    """Everything that a check has to say of one proposal.

    Attributes:
        pack: the pack that was checked against, with those that it builds on.
        as_of: the day whose facts and rules were used.
        engine: which engine decided.
        judgement: the grade of each dimension, in the order of the Dutch appraisal.
        findings: in order of measure, worst first; those that are accepted among them, marked `waived`.
        not_judged: ids of measures on which no rule speaks, in order; one that leaves the judgement to others does not.
        not_applicable: the number of rules that say nothing of this proposal.
        rules_run: the number of rules that were checked.
        not_in_force: the number of further rules, which do not hold on that day.
        waivers: what became of each waiver, in the order of their files; may be empty.
        warnings: what the report rests on and will not, or may not, hold for long; may be empty.
        answers: what became of each answer of a person, in the order of the file; may be empty.
        presumed: rules that are presumed not to apply, as something that they need was looked for and not found; in order of
            gravity. They are not open, and count for no grade.
        readings: what that rests on; empty where nothing is presumed.
        positions_held: the number of positions of the packs.
        positions_short: ids of those that rules carry in part or not at all, as the packs say.
        other_packs: names of packs that could have been checked against as well; only where nobody named a pack.
        elsewhere: other packs that speak of what the proposal is about, the one with most to say first; only where that was
            asked for, and nobody named a pack or the one that was used says nothing.
        weighing: provisions in the field of the pack, in the order of the text, whatever rules say of them; empty where rules were
            selected, and of an act that does not lie there.
        identity: what it came of: versions, digests and options. None in reports that others built, or that come from a version
            before there was any. It plays no part in equality: two reports are equal where they say the same.
        rules, facts, principles, positions: what findings, open and defeated rules rest on, each once, in order of id.
    """

    __shown__ = ("proposal", "pack", "as_of", "findings", "open", "defeated", "measures")

    proposal: ProposalSummary
    pack: str
    as_of: str
    engine: str
    judgement: Judgement = field(converter=Judgement)
    findings: tuple[Finding, ...]
    open: tuple[Open, ...]
    defeated: tuple[Defeated, ...]
    measures: tuple[MeasureSummary, ...]
    not_judged: tuple[str, ...]
    not_applicable: int
    rules_run: int
    not_in_force: int
    rules: tuple[CitedRule, ...]
    facts: tuple[CitedFact, ...]
    principles: tuple[CitedPrinciple, ...]
    positions: tuple[CitedPosition, ...]
    waivers: tuple[WaiverUse, ...] = ()
    warnings: tuple[TimeWarning, ...] = ()
    positions_held: int = 0
    positions_short: tuple[str, ...] = ()
    other_packs: tuple[str, ...] = ()
    elsewhere: tuple[OtherPack, ...] = ()
    answers: tuple[AnswerUse, ...] = ()
    presumed: tuple[Presumed, ...] = ()
    readings: tuple[Reading, ...] = ()
    weighing: tuple[Weighing, ...] = ()
    identity: Identity | None = field(default=None, eq=False)

    @property
    def presumptions(self) -> int:
        """How often a rule is presumed not to apply, over all measures."""
        return sum(max(1, len(rule.measures)) for rule in self.presumed)

    @property
    def spoken(self) -> tuple[Spoken, ...]:
        """Which rules say something, and of which measures, in the order of findings.

        What is waived is among it: a waiver accepts a finding, it does not take it away.
        """
        order = {name: number for number, name in enumerate([None, *(measure.id for measure in self.measures)])}
        return tuple(
            sorted(
                map(spoken_of, self._everything),
                key=lambda spoken: (order[spoken.measure], VERDICTS.index(spoken.verdict), spoken.rule),
            )
        )

    def to_rows(self, language: Language = "en") -> list[Row]:
        """A flat dict of plain values for each finding, open and defeated rule: `pandas.DataFrame(report.to_rows())`.

        Each has all columns, which are those of `consistent.findings.rows.COLUMNS`; each is text but `confirmed`,
        which is true or false. What there is more of is parted by ` | `, and what a row has not is empty, as the measure is where the
        proposal as a whole is meant.

        Args:
            language: of titles and sentences.
        """
        titles = {measure.id: measure.title for measure in self.measures}
        return rows_of(self._everything, self.proposal.name, titles, language)

    def why(self, said: Said) -> Chain:
        """Everything that a finding, an open or a defeated rule of this report rests on, each thing once.

        Raises:
            UsageError: the report does not say it.
        """
        return self._chains.of(said)

    @cached_property
    def _chains(self) -> Chains:
        # Made when it is first asked for, as most reports are only read.
        return Chains(
            self.proposal.path,
            self._everything,
            rules=self.rules,
            facts=self.facts,
            principles=self.principles,
            positions=self.positions,
        )

    @property
    def _everything(self) -> tuple[Said, ...]:
        return (*self.findings, *self.open, *self.defeated)

    def outcome(self, measure: str) -> MeasureOutcome:
        """What the report says of a measure, the gravest thing first.

        A conflict weighs more than a missing condition, that more than what is open (a question for a person among it),
        that more than what is waived, that more than what is in line; a measure of which only a met condition or a
        defeated rule speaks is `met` or `defeated`.
        """
        of_findings, of_open, of_defeated = self._by_measure
        findings = [finding for finding in of_findings.get(measure, ()) if finding.verdict != "reserved"]
        verdicts = {finding.verdict for finding in findings if finding.waived is None}
        graver: tuple[Literal["conflict", "condition"], ...] = ("conflict", "condition")
        for verdict in graver:
            if verdict in verdicts:
                return verdict
        if "question" in verdicts or any(pending.verdict != "reserved" for pending in of_open.get(measure, ())):
            return "open"
        if any(finding.waived for finding in findings):
            return "waived"
        if verdicts:
            return "aligned"
        met = {defeated.met for defeated in of_defeated.get(measure, ()) if defeated.verdict != "reserved"}
        if met:
            return "met" if True in met else "defeated"
        return "not-judged"

    def reaches(self, bar: Bar) -> bool:
        """Whether it holds something at or above a bar: a conflict, a missing condition, something open.

        What is waived does not count.
        """
        verdicts = {finding.verdict for finding in self.findings if finding.waived is None}
        match bar:
            case "never":
                return False
            case "conflict":
                return "conflict" in verdicts
            case "condition":
                return not verdicts.isdisjoint(GRAVE)
            case "open":
                return not verdicts.isdisjoint(PRESSING) or bool(self.open)

    def speaking(self, measure: str | None) -> Iterator[Said]:
        """Everything that is said of a measure, or of the proposal as a whole."""
        for by_measure in self._by_measure:
            yield from by_measure.get(measure, ())

    @cached_property
    def _by_measure(self) -> tuple[_ByMeasure[Finding], _ByMeasure[Open], _ByMeasure[Defeated]]:
        """Findings, open and defeated rules of each measure: asked of each in turn, all would be looked through as often."""
        return _by_measure(self.findings), _by_measure(self.open), _by_measure(self.defeated)


def _by_measure(listed: Iterable[S]) -> _ByMeasure[S]:
    by_measure: dict[str | None, list[S]] = {}
    for said in listed:
        by_measure.setdefault(said.measure, []).append(said)
    return by_measure
