"""What became of each rule where it judges, in a form in which two checks can be compared."""

from collections.abc import Mapping

from attrs import field, frozen

from consistent.findings.outcome import StandingOutcome
from consistent.findings.report import Report
from consistent.findings.said import Defeated, Finding, Open, Said, Unknown
from consistent.rules.rule import Dimension, Ground, Verdict

__all__ = ["Ask", "Standing", "Standings", "Where", "ask_of", "level", "standings_of"]

# A rule, and the measure by its number among the matched ones; None for the proposal as a whole.
Where = tuple[str, int | None]
# What must be known, without words: subject, measure by number, field, condition; or a stronger rule that is open.
Ask = tuple[str, int | None, str, str]


@frozen
class Standing:
    """What became of a rule at one place.

    Attributes:
        outcome: it applies, is open, is a condition that is met, or is set aside.
        verdict: what it says, or would say.
        ground, dimension: as in a finding.
        waived: whether it is accepted; two standings are compared without it.
    """

    outcome: StandingOutcome
    verdict: Verdict
    ground: Ground
    dimension: Dimension
    waived: bool = field(default=False, eq=False)
    _asks: frozenset[Ask] = field(default=frozenset(), repr=False)

    @property
    def asks(self) -> frozenset[Ask]:
        """What must be known before it is decided; empty unless open."""
        return self._asks


Standings = Mapping[Where, Standing]


def standings_of(report: Report, numbers: Mapping[str, int]) -> Standings:
    """What a report says, by rule and number of the measure.

    Args:
        report: to read.
        numbers: of each measure by its id.
    """
    said: tuple[Said, ...] = (*report.findings, *report.open, *report.defeated)
    return {(each.rule, _number(each.measure, numbers)): _standing(each, numbers) for each in said}


def ask_of(unknown: Unknown, numbers: Mapping[str, int]) -> Ask:
    """Something that must be known, in a form in which two checks can be compared."""
    return unknown.subject, _number(unknown.measure, numbers), unknown.field, unknown.condition


def level(standing: Standing | None) -> int:
    """How good an outcome is: 0 a conflict, 1 one on contested law, 2 a missing condition, 3 open, 5 in line or met.

    4 is what weighs neither way: nothing said, set aside, accepted, judged elsewhere, or open whether it is in line.
    """
    if standing is None or standing.waived or standing.verdict == "reserved" or standing.outcome == "defeated":
        return 4
    if standing.outcome == "met":
        return 5
    if standing.outcome == "open":
        return 4 if standing.verdict == "aligned" else 3
    match standing.verdict:
        case "conflict":
            return int(standing.ground == "contested")
        case "condition":
            return 2
        case "question":
            return 3
    return 5


def _number(measure: str | None, numbers: Mapping[str, int]) -> int | None:
    return None if measure is None else numbers[measure]


def _standing(said: Said, numbers: Mapping[str, int]) -> Standing:
    match said:
        case Finding():
            return Standing("applies", said.verdict, said.ground, said.dimension, waived=said.waived is not None)
        case Open():
            asks = frozenset(ask_of(each, numbers) for each in said.unknown)
            asks |= {("rule", None, "", each) for each in said.awaits}
            return Standing("open", said.verdict, said.ground, said.dimension, asks=asks)
        case Defeated():
            return Standing("met" if said.met else "defeated", said.verdict, said.ground, said.dimension)
