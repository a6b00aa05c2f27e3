"""From what became of each rule to a report in words."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from consistent.engine.plain import Scene
from consistent.findings.answers import apply_answers
from consistent.findings.identity import Identity
from consistent.findings.judgement import judge
from consistent.findings.outcome import RuleOutcome
from consistent.findings.report import MeasureSummary, OtherPack, ProposalSummary, Report
from consistent.findings.said import (
    LEVELS,
    Because,
    CitedConcept,
    CitedFact,
    CitedPosition,
    CitedPrinciple,
    CitedRule,
    Defeated,
    DefeatedBy,
    Finding,
    JoinedFact,
    Level,
    Open,
    Presumed,
    Reading,
    Said,
    Unknown,
)
from consistent.findings.settling import Row
from consistent.findings.states import State
from consistent.findings.tracing import Step, Tracer, Truths, lasting, open_steps, steps
from consistent.findings.waivers import apply_waivers, time_warnings
from consistent.findings.weighing import weighing
from consistent.findings.wording import (
    StepWords,
    facts_named,
    message_for,
    value_label,
)
from consistent.knowledge.entries import Fact, Knowledge, Limits
from consistent.model.presuming import SAID_WIDELY, as_found
from consistent.model.proposal import Evidence, Measure, Proposal
from consistent.model.recorded import LookedFor
from consistent.model.text import Localized
from consistent.model.values import Atom, Value
from consistent.rules.conditions import Concept, Count, Other, walk
from consistent.rules.program import Program
from consistent.rules.rule import EXCEPTION_HEAD, VERDICTS, Ground, Rule
from consistent.toml.waivers import Waiver
from consistent.truth import Truth

__all__ = ["Citations", "Reasons", "ground_of", "make_report", "place_label", "reading_of", "shown"]


class Citations:
    """What findings rest on, each thing once: rules that say something, and facts that joined; the rest follows from rules."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._rules: dict[str, Rule] = {}
        self._facts: dict[tuple[str, str], Fact] = {}

    def cite(self, rule: Rule) -> None:
        """Note a rule."""
        self._rules[rule.id] = rule

    def join(self, facts: Iterable[Fact]) -> None:
        """Note facts."""
        self._facts.update(((fact.kind, fact.id), fact) for fact in facts)

    def rules(self) -> tuple[CitedRule, ...]:
        """Every rule that was noted, in order of id."""
        return tuple(
            CitedRule(
                id=name, title=rule.title, title_met=rule.title_met, rationale=rule.rationale, sources=rule.sources, defeats=rule.defeats,
                path=rule.anchor.file.path, valid_from=_day(rule.period.valid_from), valid_to=_day(rule.period.valid_to),
            )
            for name, rule in sorted(self._rules.items())
        )  # fmt: skip

    def facts(self) -> tuple[CitedFact, ...]:
        """Every fact that was noted, in order of kind and id."""
        return tuple(self._fact(fact) for _, fact in sorted(self._facts.items()))

    def principles(self) -> tuple[CitedPrinciple, ...]:
        """What the rules are for, in order of id."""
        held = self._knowledge.principles
        return tuple(
            CitedPrinciple(id=name, title=held[name].title, statement=held[name].statement, sources=held[name].sources)
            for name in sorted({rule.principle for rule in self._rules.values()})
        )

    def positions(self) -> tuple[CitedPosition, ...]:
        """The positions that the rules carry, in order of id."""
        held = self._knowledge.positions
        return tuple(
            CitedPosition(
                id=name, kind=held[name].kind, at=held[name].at, summary=held[name].summary, sources=held[name].sources
            )
            for name in sorted({position for rule in self._rules.values() for position in rule.positions})
        )

    def _fact(self, fact: Fact) -> CitedFact:
        kind = self._knowledge.kinds[fact.kind]
        labels = tuple(
            (field.label, Localized(*(value_label(fact.values[name], field, language, self._knowledge) for language in ("en", "nl"))))
            for name, field in kind.fields.items()
            if fact.values[name].yes
        )  # fmt: skip
        place = fact.anchor.location
        return CitedFact(
            kind=fact.kind, id=fact.id, title=kind.title, values=labels, sources=fact.sources, ground=fact.ground,
            readings=fact.readings, path=place.path, line=place.line, verified=_day(fact.verified),
            valid_from=_day(fact.period.valid_from), valid_to=_day(fact.period.valid_to),
        )  # fmt: skip


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


class Reasons:
    """Makes a `Because` of each test on one proposal."""

    def __init__(self, knowledge: Knowledge, proposal: Proposal) -> None:
        self._knowledge, self._proposal = knowledge, proposal
        self._numbers = {measure.id: number for number, measure in enumerate(proposal.measures)}
        self.words = StepWords(knowledge)

    def because(self, step: Step, rule: Rule, text: Localized | None = None) -> Because:
        """Everything there is to tell of a test of that rule.

        Args:
            step: the test.
            rule: in whose file it stands.
            text: the test in words; as `StepWords` has them unless given.
        """
        subject, field = step.asked_of
        evidence: Evidence | None = None
        of_fact = step.fact is not None and subject == step.fact.kind
        if step.fact is not None and of_fact:
            measure, value = None, step.fact.values[field]
        else:
            measure = None if subject == "proposal" else step.measure
            value = self._proposal.value(field, measure)
            source, atoms = self._source(field, measure) or self._proposal, _decisive(step, value)
            evidence = source.evidence_for(field, _confirmed(step, source, atoms) or atoms)
        return Because(
            subject=subject,
            measure=None if measure is None else measure.id,
            field=field,
            condition=self.words.condition(step),
            found=shown(value),
            known=not value.open,
            line=rule.anchor.file.line(step.where),
            proposal_line=None if of_fact else self._line(field, measure),
            document=place_label(evidence),
            quote=evidence.quote if evidence else "",
            note=evidence.note if evidence else "",
            secondary=evidence.secondary if evidence else "",
            span=evidence.span if evidence else None,
            confirmed=evidence is None or evidence.confirmed,
            text=text or self.words.reason(step, value),
            concepts=tuple(_cited(named.concept, truth) for named, truth in step.through),
        )

    def _line(self, field: str, measure: Measure | None) -> int | None:
        """The line of the proposal's file that has a field; None where there is none."""
        source = self._source(field, measure)
        head = ("proposal",) if source is None else ("measure", self._numbers[source.id])
        file = self._proposal.file
        return None if file is None else file.line((*head, field))

    def _source(self, field: str, measure: Measure | None) -> Measure | None:
        """The measure that a value is read from; one without a legal basis of its own rests on the proposal's."""
        inherited = measure is not None and field == "legal_basis" and measure.legal_basis.unknown
        return None if inherited else measure


def _cited(concept: Concept, truth: Truth) -> CitedConcept:
    holds = None if truth is Truth.UNKNOWN else truth is Truth.YES
    return CitedConcept(id=concept.id, title=concept.title, sources=concept.sources, holds=holds)


def _decisive(step: Step, value: Value) -> frozenset[Atom]:
    """The values that a test was about: those that it asks for, there or known not to be, or else all that are there."""
    operand = step.test.named
    if operand is None:
        return value.yes
    return value.yes & operand or (value.no & operand if value.open else frozenset()) or value.yes


def _confirmed(step: Step, source: Measure | Proposal, atoms: frozenset[Atom]) -> frozenset[Atom]:
    """Of values of which one is enough for a test those that a person stands for: on these it rests."""
    if step.test.operator != "any" or step.truth is not Truth.YES or len(atoms) == 1:
        return frozenset()
    told = {str(atom): atom for atom in atoms}
    return frozenset(
        told[evidence.value]
        for name, evidence in source.evidence
        if name == step.asked_of[1] and evidence.confirmed and evidence.value in told
    )


def shown(value: Value) -> tuple[str, ...]:
    """The atoms of a value as text, in order."""
    return tuple(sorted(atom.isoformat() if isinstance(atom, date) else str(atom) for atom in value.yes))


def place_label(evidence: Evidence | None) -> str:
    """The document and the place in it; empty where there is no evidence."""
    return "" if evidence is None else " ".join(part for part in (evidence.document, evidence.place) if part)


def make_report(
    knowledge: Knowledge,
    program: Program,
    proposal: Proposal,
    rows: Iterable[Row],
    *,
    assumed: Proposal | None = None,
    presumed: Iterable[tuple[Rule, tuple[Measure | None, ...]]] = (),
    day: date,
    engine: str,
    waivers: Iterable[Waiver] = (),
    known: frozenset[str] = frozenset(),
    limits: Limits = Limits(),  # noqa: B008  frozen
    most_told: int | None = None,
    elsewhere: Sequence[OtherPack] = (),
    identity: Identity | None = None,
) -> Report:
    """Put everything that was found into words.

    Args:
        knowledge: for labels, principles and positions.
        program: the rules that were checked.
        proposal: what was checked.
        rows: every rule and measure of which something is to be said.
        assumed: it with what was looked for and not found taken for absent; itself unless given.
        presumed: every rule that is presumed not to apply, and where.
        day: the day whose facts, rules and waivers count.
        engine: its name.
        waivers: findings that are accepted.
        known: ids of all rules of the pack, checked or not: what a waiver may name.
        limits: from when on time is worth a warning.
        most_told: of each open rule it is told in so many places what is known and what must be, in further ones that it is open and
            no more; in all of them unless given.
        elsewhere: other packs that speak of it.
        identity: what the report comes of.
    """
    writer = _Writer(knowledge, program, proposal, assumed or proposal)
    findings: list[Finding] = []
    unsettled: list[tuple[Row, Level | None]] = []
    opens: list[Open] = []
    defeated: list[Defeated] = []
    speaking: set[str | None] = set()
    cited: set[str] = set()
    told: Counter[str] = Counter()
    for row in rows:
        rule, measure, state = row.compiled.rule, row.measure, row.state
        cited.add(rule.id)
        if rule.verdict != "reserved":
            speaking.add(_id(measure))
        if state.outcome == "applies":
            findings.append(writer.finding(rule, measure))
        elif state.outcome == "open":
            # Who is told in no place why it is open does not ask how far the words go.
            unsettled.append((row, None if most_told == 0 else writer.level(rule, measure)))
        else:
            defeated.append(writer.defeated(rule, measure, state))
    # Where the words go furthest, that is told first.
    for row, level in sorted(unsettled, key=lambda entry: LEVELS.index(entry[1] or "said")):
        rule = row.compiled.rule
        write = writer.open if most_told is None or told[rule.id] < most_told else writer.open_in_short
        told[rule.id] += 1
        opens.append(write(rule, row.measure, row.state, level))
    silent = tuple(_presumed(rule, where) for rule, where in presumed)
    cited_or_silent = cited | {rule.rule for rule in silent}
    order = {name: number for number, name in enumerate([None, *(measure.id for measure in proposal.measures)])}

    def place(said: Said) -> tuple[int, int, str]:
        return order[said.measure], VERDICTS.index(said.verdict), said.rule

    opens.sort(key=place)
    run = frozenset(compiled.rule.id for compiled in program.rules)
    in_program = run | {rule.id for rule in program.dormant}
    marked, uses = apply_waivers(
        waivers, sorted(findings, key=place), opens, proposal=proposal, day=day, run=run, known=known | run
    )
    marked, answers = apply_answers(marked, proposal, {each.rule.id: each.rule for each in program.rules})
    marked = tuple(sorted(marked, key=place))
    rules, facts = writer.citations.rules(), writer.citations.facts()
    return Report(
        proposal=_summary(proposal),
        pack=knowledge.packs[-1].name,
        as_of=day.isoformat(),
        engine=engine,
        judgement=judge(marked, opens, defeated, [measure.id for measure in proposal.measures]),
        findings=marked,
        open=tuple(opens),
        defeated=tuple(sorted(defeated, key=place)),
        measures=tuple(
            MeasureSummary(
                id=measure.id, title=measure.title, reference=", ".join(sorted(map(str, measure.reference.yes)))
            )
            for measure in proposal.measures
        ),
        not_judged=tuple(measure.id for measure in proposal.measures if measure.id not in speaking),
        not_applicable=len(program.rules) - len(cited_or_silent),
        rules_run=len(program.rules),
        not_in_force=len(program.dormant),
        waivers=uses,
        warnings=time_warnings((*marked, *opens, *defeated), facts, rules, uses, day=day, limits=limits),
        rules=rules,
        facts=facts,
        principles=writer.citations.principles(),
        positions=writer.citations.positions(),
        positions_held=len(knowledge.positions),
        positions_short=tuple(position.id for position in knowledge.positions_short),
        other_packs=knowledge.other_packs,
        elsewhere=tuple(elsewhere),
        # Who chose rules knows that the others are silent.
        weighing=weighing(knowledge, (each.rule for each in program.rules), proposal) if known <= in_program else (),
        identity=identity,
        answers=answers,
        presumed=silent,
        readings=tuple(reading_of(looked, knowledge) for looked in proposal.looked_for if not looked.by)
        if silent
        else (),
    )


def _presumed(rule: Rule, where: Sequence[Measure | None]) -> Presumed:
    return Presumed(
        rule=rule.id, title=rule.title, verdict=rule.verdict, ground=rule.ground, dimension=rule.dimension,
        measures=tuple(measure.id for measure in where if measure is not None),
    )  # fmt: skip


def reading_of(looked: LookedFor, knowledge: Knowledge) -> Reading:
    """What a field was read for, as reports tell it."""
    label = knowledge.fields.measure[looked.field].label
    return Reading(field=looked.field, label=label, terms=len(looked.terms), found=looked.found, of=looked.of)


class _Writer:
    def __init__(self, knowledge: Knowledge, program: Program, proposal: Proposal, assumed: Proposal) -> None:
        self._knowledge, self._program, self._proposal, self._assumed = knowledge, program, proposal, assumed
        self._assumed_measures = {measure.id: measure for measure in assumed.measures}
        self._found: tuple[Proposal, Mapping[str, Measure]] | None = None
        self._tell = Reasons(knowledge, proposal)
        self._trace = Tracer(truths=Truths(lasting(program)))
        self._others: dict[str, bool] = {}
        self._opened: dict[tuple[str | int, ...], tuple[list[Step], list[Step]]] = {}
        self.citations = Citations(knowledge)

    def finding(self, rule: Rule, measure: Measure | None) -> Finding:
        traced = list(self._trace.steps(rule.when, self._scene(measure)))
        return Finding(**self._same(rule, measure), **self._reasons(rule, measure, traced))

    def _same(self, rule: Rule, measure: Measure | None, outcome: RuleOutcome = "applies") -> dict[str, Any]:
        """What is said of every rule that says something."""
        self.citations.cite(rule)
        return {
            "rule": rule.id, "title": rule.title_where(outcome), "principle": rule.principle, "positions": rule.positions,
            "verdict": rule.verdict, "dimension": rule.dimension, "measure": _id(measure),
        }  # fmt: skip

    def _reasons(self, rule: Rule, measure: Measure | None, traced: Sequence[Step]) -> dict[str, Any]:
        """What is said of what holds: the tests, the facts that joined, and the message with their values."""
        facts = list({id(step.fact): step.fact for step in traced if step.fact is not None}.values())
        self.citations.join(facts)
        # Of which fact it is, an open rule may not know yet.
        is_told = facts_named(rule.message) <= {fact.kind for fact in facts}
        return {
            "ground": _ground(rule, facts),
            "message": message_for(rule.message, self._knowledge, self._proposal, measure, facts) if is_told else rule.title,
            "sources": tuple(dict.fromkeys((*rule.sources, *(source for fact in facts for source in fact.sources)))),
            "facts": tuple(JoinedFact(kind=fact.kind, id=fact.id, ground=fact.ground, sources=fact.sources) for fact in facts),
            "because": tuple(dict.fromkeys(self._tell.because(step, rule) for step in traced)),
        }  # fmt: skip

    def open(self, rule: Rule, measure: Measure | None, state: State, level: Level | None) -> Open:
        settled, undecided = self._open_steps(rule, measure)
        return Open(
            **self._same(rule, measure), **self._reasons(rule, measure, settled),
            unknown=tuple(dict.fromkeys(map(self._unknown, undecided))), awaits=state.by, level=level,
        )  # fmt: skip

    def level(self, rule: Rule, measure: Measure | None) -> Level | None:
        """How far the words of the text go; as far as nothing where an exception holds of all that was found."""
        if self._found is None:
            as_read = as_found(self._proposal, self._knowledge.vocabularies) or self._proposal
            self._found = as_read, {each.id: each for each in as_read.measures}
        as_read, measures = self._found
        if as_read is self._proposal:
            return None
        found = None if measure is None else measures[measure.id]
        scene, truth = Scene(as_read, self._program.facts, found, found), self._trace.truth
        if any(truth(exception.condition, scene) is Truth.YES for exception in rule.unless):
            return "nothing"
        levels: dict[Truth, Level] = {Truth.YES: "said", Truth.UNKNOWN: "near", Truth.NO: "nothing"}
        return levels[truth(rule.when, scene)]

    def _open_steps(self, rule: Rule, measure: Measure | None) -> tuple[list[Step], list[Step]]:
        """The tests of an open rule that are decided in its favour, and those that cannot be decided.

        They are traced once for all measures that are alike in what the rule reads, where it reads no other measure besides.
        """
        scene, assumed = self._scene(measure), self._assumed_scene(measure)
        if measure is None or self._reads_others(rule):
            return self._trace_open(rule, scene, assumed)
        truths = self._trace.truths
        firsts = (truths.first_alike(condition, each) for condition in rule.conditions for each in (scene, assumed))
        key: tuple[str | int, ...] = (rule.id, *(id(first) for first, _ in firsts))
        found = self._opened.get(key)
        if found is None:
            found = self._opened[key] = self._trace_open(rule, scene, assumed)
            return found
        return [step.put_to(measure) for step in found[0]], [step.put_to(measure) for step in found[1]]

    def _reads_others(self, rule: Rule) -> bool:
        """Whether a rule reads other measures than the one that it is put to."""
        if rule.id not in self._others:
            nodes = (node for condition in rule.conditions for node in walk(condition))
            self._others[rule.id] = any(isinstance(node, Other | Count) for node in nodes)
        return self._others[rule.id]

    def _trace_open(self, rule: Rule, scene: Scene, assumed: Scene) -> tuple[list[Step], list[Step]]:
        # Of each fact that could be joined the same is unknown: one of them is enough.
        undecided, _ = open_steps(rule, scene, assumed, self._trace.truths)
        unknown = {_sameness(step): step for step in undecided}
        return list(self._trace.settled(rule.when, scene)), list(unknown.values())

    def open_in_short(self, rule: Rule, measure: Measure | None, state: State, level: Level | None) -> Open:
        """That a rule is open, which takes no tracing: in an unreviewed draft thousands are."""
        return Open(
            **self._same(rule, measure), ground=rule.ground, message=rule.title, sources=rule.sources, facts=(), because=(),
            unknown=(), awaits=state.by, level=level,
        )  # fmt: skip

    def _unknown(self, step: Step) -> Unknown:
        subject, field = step.asked_of
        words = self._tell.words
        return Unknown(
            subject=subject,
            measure=_id(step.measure) if subject == "measure" else None,
            field=field,
            condition=words.condition_put(step),
            about=words.subject(step),
            text=words.unknown(step),
            near=self._near(step, field) if subject == "measure" else "",
            concepts=tuple(_cited(named.concept, truth) for named, truth in step.through),
        )

    def _near(self, step: Step, field: str) -> str:
        """The words of a measure that may speak of what a test asks for."""
        measure = step.measure
        hints = [hint for name, hint in measure.hints if name == field] if measure else []
        terms = self._program.facts.asked_for(step.test, step.fact) if hints or field in SAID_WIDELY else None
        if measure is None or (hints and terms is None):
            return hints[0].quote if hints else ""
        words = next((hint.quote for hint in hints if hint.value in (terms or ())), "")
        return words or self._near_by_wider(measure, field, terms or frozenset())

    def _near_by_wider(self, measure: Measure, field: str, terms: frozenset[Atom]) -> str:
        """Those of a partner wider than each that is asked for: where third countries are shut out, an ally may be."""
        if field not in SAID_WIDELY:
            return ""
        vocabulary = self._knowledge.vocabularies["partners"]
        wider = {above for term in terms if term in vocabulary for above in vocabulary.broader(str(term))}
        there = wider & {str(atom) for atom in measure.value(field).yes}
        evidence = measure.evidence_for(field, there) if there else None
        return evidence.quote if evidence else ""

    def defeated(self, rule: Rule, measure: Measure | None, state: State) -> Defeated:
        number = state.exception
        exception = None if number is None else rule.unless[number]
        scene = self._scene(measure)
        conditions = [rule.when, *([exception.condition] if exception else ())]
        traced = [step for condition in conditions for step in self._trace.steps(condition, scene)]
        head = {name: getattr(exception, name) for name in EXCEPTION_HEAD} if exception else {"reason": None}
        return Defeated(
            **self._same(rule, measure, state.outcome), **self._reasons(rule, measure, traced),
            met=number is not None and rule.verdict == "condition",
            by=DefeatedBy(rule=state.by[0] if state.by else None, exception=number, **head),
        )  # fmt: skip

    def _scene(self, measure: Measure | None) -> Scene:
        return Scene(self._proposal, self._program.facts, measure, measure)

    def _assumed_scene(self, measure: Measure | None) -> Scene:
        assumed = None if measure is None else self._assumed_measures[measure.id]
        return Scene(self._assumed, self._program.facts, assumed, assumed)


def _sameness(step: Step) -> tuple[int, int, str]:
    """A key that is equal for two steps that read the same, also where they were put to different facts."""
    return id(step.test), id(step.measure), step.kind


def _id(measure: Measure | None) -> str | None:
    return None if measure is None else measure.id


def ground_of(rule: Rule, scene: Scene) -> Ground:
    """What a rule that applies stands on, with the facts that joined; see `_ground`."""
    if rule.ground != "law":
        return rule.ground
    return _ground(rule, [step.fact for step in steps(rule.when, scene) if step.fact is not None])


def _ground(rule: Rule, facts: Sequence[Fact]) -> Ground:
    """A finding of law that rests on a contested fact is contested itself."""
    return "contested" if rule.ground == "law" and any(fact.ground == "contested" for fact in facts) else rule.ground


def _summary(proposal: Proposal) -> ProposalSummary:
    def first(value: Value) -> str:
        return next(iter(shown(value)), "")

    elsewhere = proposal.elsewhere
    return ProposalSummary(
        name=proposal.name, reference=first(proposal.reference), celex=first(proposal.celex), title=proposal.title,
        date=first(proposal.date), kind=first(proposal.kind), measures=len(proposal.measures), path=proposal.path,
        unconfirmed=proposal.unconfirmed, remarks=proposal.remarks, read=len(proposal.read),
        elsewhere=len(elsewhere), sources=tuple(dict.fromkeys(read.secondary or read.document for read in elsewhere)),
    )  # fmt: skip
