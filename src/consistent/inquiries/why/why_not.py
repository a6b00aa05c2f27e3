"""What became of one rule on each measure, and why it did not apply."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from attrs import evolve

from consistent.engine.plain import Scene
from consistent.errors import UsageError, did_you_mean
from consistent.findings.case import Case
from consistent.findings.judging import reading_of
from consistent.findings.report import Chain, Report
from consistent.findings.settling import Settlement
from consistent.findings.states import State, states
from consistent.inquiries.why._tree import Common, NodeBuilder
from consistent.inquiries.why.accounts import Account, Exemption, Node, Stronger, WhyNot
from consistent.locking import cached_property
from consistent.model.presuming import presumed
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import Localized
from consistent.rules.rule import EXCEPTION_HEAD, Rule, find_rule, reached, stronger

__all__ = ["WhyNots", "why_not"]

_States = Mapping[str, tuple[State, ...]]


def why_not(case: Case, rule: str, measure: str | None = None) -> WhyNot:
    """What became of a rule; who asks for more than one asks `WhyNots`, with the same arguments."""
    return WhyNots(case).of(rule, measure)


class WhyNots:
    """What became of the rules of one case, one after the other.

    What they have in common is found once: the engine is asked when the first is asked for, and what a test says of a value is told
    for all measures that have it.

    Args:
        case: the proposal before the rules of a day.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._rules = {compiled.rule.id: compiled.rule for compiled in case.program.rules}

    @cached_property
    def _settlement(self) -> Settlement:
        return self._case.settled((self._case.proposal,))

    @cached_property
    def _above(self) -> Mapping[str, Sequence[str]]:
        return stronger(self._rules.values())

    @cached_property
    def _common(self) -> Common:
        return Common(self._case)

    @cached_property
    def _presumed(self) -> Common:
        """The same of the proposal with what was looked for and not found taken for absent."""
        proposal = self._case.proposal
        return Common(evolve(self._case, proposal=presumed(proposal, self._case.knowledge.vocabularies) or proposal))

    def of(self, rule: str, measure: str | None = None) -> WhyNot:
        """What became of a rule.

        Args:
            rule: its id, or the last part of it where only one rule has that.
            measure: the id of the one that is asked about; all unless given.

        Raises:
            UsageError: there is no such rule or measure, or the rule judges the proposal as a whole.
            EngineError: the engine did not do all of its work.
        """
        target = find_rule((*self._rules.values(), *self._case.program.dormant), rule)
        judged = _judged(self._case, target, measure)
        in_force = self._rules.get(target.id) is target
        return _told(self._case, target, self._accounts(target, judged) if in_force else (), in_force=in_force)

    def _accounts(self, rule: Rule, judged: Sequence[Measure | None]) -> tuple[Account, ...]:
        # The rules on which the fate of one depends: itself, those above it, and those above these.
        wanted = set(reached(rule.id, self._above))
        program = self._case.program
        narrow = evolve(program, rules=tuple(compiled for compiled in program.rules if compiled.rule.id in wanted))
        case, settlement = evolve(self._case, program=narrow), self._settlement.narrowed(narrow)
        settled = states(narrow, settlement.batch.truths())
        # Most rules say nothing; of these nothing is to be put into words.
        speaks = any(said.rule == rule.id for said in settlement.spoken(0))
        report = case.written(settlement, 0, identified=False) if speaks else None
        builder = NodeBuilder(self._common, rule)
        accounts = (_account(case, rule, subject, settled, report, builder) for subject in judged)
        return tuple(
            self._presuming(rule, account) if account.outcome == "open" and account.chain is None else account
            for account in accounts
        )

    def _presuming(self, rule: Rule, account: Account) -> Account:
        """The account of a rule that is open and of which the report says nothing: it is presumed not to apply."""
        case = self._presumed.case
        judged = None if account.measure is None else case.proposal.measures[self._common.numbers[account.measure]]
        scene, builder = Scene(case.proposal, case.program.facts, judged, judged), NodeBuilder(self._presumed, rule)
        pairs = [(account.when, rule.when, ("when",))] + [
            (exemption.node, exception.condition, ("unless", index))
            for index, (exemption, exception) in enumerate(zip(account.unless, rule.unless, strict=True))
        ]
        lacking = [
            node for as_is, condition, at in pairs for node in _decided(as_is, builder.node(condition, scene, at))
        ]
        return evolve(account, presumed=tuple(lacking))


def _told(case: Case, target: Rule, accounts: tuple[Account, ...], *, in_force: bool) -> WhyNot:
    sought = {node.because.field for account in accounts for node in account.presumed or () if node.because}
    return WhyNot(
        rule=target.id, title=target.title, verdict=target.verdict, ground=target.ground, dimension=target.dimension,
        scope=target.scope, path=target.anchor.file.path, proposal=_name(case.proposal), as_of=case.day.isoformat(),
        in_force=in_force, valid_from=_day(target.period.valid_from), valid_to=_day(target.period.valid_to),
        accounts=accounts,
        readings=tuple(
            reading_of(looked, case.knowledge) for looked in case.proposal.looked_for if looked.field in sought and not looked.by
        ),
    )  # fmt: skip


def _judged(case: Case, rule: Rule, measure: str | None) -> Sequence[Measure | None]:
    """The measures that are asked about; None for the proposal as a whole."""
    measures = case.proposal.measures
    if rule.scope == "proposal":
        if measure is not None:
            raise UsageError(f"rule `{rule.id}` judges the proposal as a whole", "ask without a measure")
        return (None,)
    if measure is None:
        return measures
    chosen = [candidate for candidate in measures if candidate.id == measure]
    if not chosen:
        names = [candidate.id for candidate in measures]
        raise UsageError(f"no measure `{measure}` in this proposal", did_you_mean(measure, names))
    return chosen


def _decided(as_is: Node, assumed: Node) -> Iterator[Node]:
    """The tests that are not known, and are decided where what was looked for and not found is taken for absent."""
    if as_is.held != "unknown":
        return
    if as_is.kind == "test":
        if assumed.held != "unknown":
            yield as_is
    elif as_is.kind in {"all", "any", "not", "concept"}:
        for part, other in zip(as_is.parts, assumed.parts, strict=True):
            yield from _decided(part, other)
    elif assumed.held != "unknown":
        # Which facts and measures come nearest is another matter by now: of those that did, what is not known.
        yield from _unknown(as_is)


def _unknown(node: Node) -> Iterator[Node]:
    if node.kind == "test" and node.held == "unknown":
        yield node
    for part in node.parts:
        yield from _unknown(part)


def _account(
    case: Case, rule: Rule, measure: Measure | None, settled: _States, report: Report | None, builder: NodeBuilder
) -> Account:
    scene = Scene(case.proposal, case.program.facts, measure, measure)
    number = 0 if measure is None else case.proposal.measures.index(measure)
    state = settled[rule.id][number]
    above = tuple(
        Stronger(
            rule=compiled.rule.id,
            title=compiled.rule.title,
            outcome=settled[compiled.rule.id][number if compiled.rule.scope == "measure" else 0].outcome,
            decides=compiled.rule.id in state.by,
        )
        for compiled in case.program.rules
        if rule.id in compiled.rule.defeats
    )
    unless = tuple(
        Exemption(
            node=builder.node(exception.condition, scene, ("unless", index)),
            **{name: getattr(exception, name) for name in EXCEPTION_HEAD},
        )
        for index, exception in enumerate(rule.unless)
    )
    name = None if measure is None else measure.id
    return Account(
        measure=name, title=case.proposal.title if measure is None else measure.title, outcome=state.outcome,
        exception=state.exception, when=builder.node(rule.when, scene, ("when",)), unless=unless, stronger=above,
        chain=None if report is None else _chain(report, rule, name),
    )  # fmt: skip


def _chain(report: Report, rule: Rule, measure: str | None) -> Chain | None:
    said = [saying for saying in report.speaking(measure) if saying.rule == rule.id]
    return report.why(said[0]) if said else None


def _name(proposal: Proposal) -> Localized:
    """What names the proposal; only a title differs by language."""
    title = proposal.title
    return title if title and title.en == proposal.name else Localized(proposal.name, proposal.name)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
