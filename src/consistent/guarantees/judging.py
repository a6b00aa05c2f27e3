"""Whether a report keeps a guarantee."""

from collections.abc import Iterator

from attrs import frozen

from consistent.engine.plain import Scene, evaluate
from consistent.findings.report import Report
from consistent.findings.said import Finding, Open
from consistent.guarantees.guarantee import Guarantee, Pattern
from consistent.model.proposal import Measure, Proposal
from consistent.rules.facts import FactLookup
from consistent.truth import Truth

__all__ = ["Breach", "breaches"]


@frozen(kw_only=True)
class Breach:
    """Where a report does not keep a guarantee.

    Attributes:
        measure: the id; None where the proposal as a whole is meant.
        found: what must not be found, of a guarantee that says `never`; empty for one that says `always`, and where it is a
            judgement that is not kept.
    """

    measure: str | None
    found: tuple[Finding | Open, ...] = ()


def breaches(guarantee: Guarantee, proposal: Proposal, report: Report, facts: FactLookup) -> Iterator[Breach]:
    """Every place where the report of a proposal does not keep the guarantee.

    Args:
        guarantee: of the pack that the report is by.
        proposal: that the report is of.
        report: of a check without waivers.
        facts: of the day of the report.
    """
    judged: tuple[Measure | None, ...] = proposal.measures if guarantee.scope == "measure" else (None,)
    for measure in judged:
        if guarantee.given is not None:
            scene = Scene(proposal, facts, measure, measure)
            if evaluate(guarantee.given, scene) is not Truth.YES:
                continue
        where = measure.id if measure else None
        if guarantee.beside is not None and not _holds(guarantee.beside, report, where):
            continue
        if _holds(guarantee.expected, report, where) is (guarantee.kind == "never"):
            found = _found(guarantee.expected, report, where) if guarantee.kind == "never" else ()
            yield Breach(measure=where, found=tuple(found))


def _holds(pattern: Pattern, report: Report, measure: str | None) -> bool:
    if not pattern.judgement:
        return any(_found(pattern, report, measure))
    given = dict(report.judgement)
    return all(given[dimension] in grades for dimension, grades in pattern.judgement)


def _found(pattern: Pattern, report: Report, measure: str | None) -> Iterator[Finding | Open]:
    """What the report says of a measure, or of anything where none is named, that is of the sort."""
    said: tuple[Finding | Open, ...] = (*report.findings, *(report.open if pattern.open else ()))
    for each in said:
        here = measure is None or each.measure == measure
        if here and each.rule in pattern.rules and (not pattern.grounds or each.ground in pattern.grounds):
            yield each
