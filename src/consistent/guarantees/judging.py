"""Whether what is found of a proposal keeps a guarantee."""

from collections.abc import Iterator

from attrs import define, field, frozen

from consistent.engine.plain import Scene, evaluate
from consistent.findings.report import Report
from consistent.findings.said import Finding, Open
from consistent.guarantees.guarantee import Guarantee, Pattern
from consistent.inquiries.case import Case
from consistent.model.proposal import Measure
from consistent.truth import Truth

__all__ = ["Breach", "breaches"]


@frozen(kw_only=True)
class Breach:
    """Where a guarantee is not kept.

    Attributes:
        measure: the id; None where the proposal as a whole is meant.
        rules: those that say what must not be said, in order; empty of a guarantee that says `always`, and of one that
            speaks of judgements.
    """

    measure: str | None
    rules: tuple[str, ...] = ()


def breaches(guarantee: Guarantee, case: Case) -> Iterator[Breach]:
    """Every place where a guarantee is not kept.

    Args:
        guarantee: of the pack that the case is by.
        case: without waivers.

    Raises:
        EngineError: the engine did not do all of its work.
    """
    proposal = case.proposal
    judged: tuple[Measure | None, ...] = proposal.measures if guarantee.scope == "measure" else (None,)
    view = _View(case)
    for measure in judged:
        if guarantee.given is not None:
            scene = Scene(proposal, case.program.facts, measure, measure)
            if evaluate(guarantee.given, scene) is not Truth.YES:
                continue
        where = measure.id if measure else None
        if guarantee.beside is not None and not view.holds(guarantee.beside, where):
            continue
        if view.holds(guarantee.expected, where) is (guarantee.kind == "never"):
            yield Breach(measure=where, rules=view.rules(guarantee.expected, where))


@define(eq=False)
class _View:
    """What is found, in as many words as are asked for: a report takes far longer than the bare outcomes."""

    case: Case
    _outcomes: list[tuple[str, str | None, str]] | None = field(default=None, init=False)
    _report: Report | None = field(default=None, init=False)

    def holds(self, pattern: Pattern, measure: str | None) -> bool:
        """Whether what is meant is found of a measure, or of anything where none is named."""
        if not pattern.judgement:
            return bool(self.rules(pattern, measure))
        given = dict(self._told().judgement)
        return all(given[dimension] in grades for dimension, grades in pattern.judgement)

    def rules(self, pattern: Pattern, measure: str | None) -> tuple[str, ...]:
        """The rules that say what is meant."""
        said = self._by_ground(pattern) if pattern.grounds else self._by_outcome()
        meant = {"applies", "open"} if pattern.open else {"applies"}
        named = set(pattern.rules)
        found = (
            rule
            for rule, where, outcome in said
            if rule in named and outcome in meant and (measure is None or where == measure)
        )
        return tuple(sorted(set(found)))

    def _by_outcome(self) -> list[tuple[str, str | None, str]]:
        if self._outcomes is None:
            self._outcomes = [(*key, outcome) for key, outcome in self.case.states().items()]
        return self._outcomes

    def _by_ground(self, pattern: Pattern) -> list[tuple[str, str | None, str]]:
        """Of what stands on the grounds that are meant; the ground shows with the facts that joined."""
        report = self._told()
        said: tuple[Finding | Open, ...] = (*report.findings, *report.open)
        return [
            (each.rule, each.measure, "applies" if isinstance(each, Finding) else "open")
            for each in said
            if each.ground in pattern.grounds
        ]

    def _told(self) -> Report:
        if self._report is None:
            self._report = self.case.report()
        return self._report
