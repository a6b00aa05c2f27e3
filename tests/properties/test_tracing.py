"""To trace a condition is to evaluate it: measures that are alike share what was found of them, and nothing else changes."""

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import Proposal
from consistent.engine.plain import Scene, evaluate
from consistent.findings.tracing import Step, Tracer, Truths, lasting
from consistent.model.proposal import Measure
from consistent.rules.conditions import Condition
from consistent.rules.program import Program
from consistent.truth import Truth
from tests.harness.effort import examples
from tests.properties.random_packs import programs, proposals

QUIET = settings(max_examples=examples(80), suppress_health_check=list(HealthCheck), deadline=None)


@st.composite
def repeating(draw: st.DrawFn) -> Proposal:
    """Proposals of which some measures say the same, or nearly so."""
    proposal = draw(proposals())
    if not proposal.measures:
        return proposal
    further = draw(st.lists(st.sampled_from(proposal.measures), max_size=4))
    copies = tuple(evolve(measure, id=f"copy-{number}") for number, measure in enumerate(further))
    return evolve(proposal, measures=(*proposal.measures, *copies))


class _Plain(Truths):
    """Evaluates all anew, each time, and takes no measure for another."""

    def of(self, condition: Condition, scene: Scene) -> Truth:
        return evaluate(condition, scene)

    def first_alike(
        self,
        condition: Condition,  # noqa: ARG002  as of all `Truths`
        scene: Scene,
    ) -> tuple[Measure | None, Measure | None]:
        return scene.measure, scene.judged


def told(steps: list[Step]) -> list[tuple[object, ...]]:
    """What tells steps apart."""
    return [
        (step.test, step.negated, step.truth, id(step.measure), id(step.fact), step.kind, step.through)
        for step in steps
    ]


@QUIET
@given(programs(min_rules=2, max_rules=6), repeating())
def test_alike_measures_change_nothing(program: Program, proposal: Proposal) -> None:
    """Truth and steps are those of the plain evaluator, whatever was traced before, of whichever rule."""
    tracer, plain = Tracer(), Tracer(truths=_Plain())
    for compiled in program.rules:
        rule = compiled.rule
        for measure in proposal.measures if rule.scope == "measure" else (None,):
            scene = Scene(proposal, program.facts, measure, measure)
            for condition in rule.conditions:
                assert tracer.truth(condition, scene) is evaluate(condition, scene)
                assert told(list(tracer.steps(condition, scene))) == told(list(plain.steps(condition, scene)))
                assert told(list(tracer.settled(condition, scene))) == told(list(plain.settled(condition, scene)))


@QUIET
@given(programs(min_rules=2, max_rules=6), st.lists(proposals(), min_size=2, max_size=3))
def test_what_lasts_changes_nothing(program: Program, several: list[Proposal]) -> None:
    """What was found of conditions when one proposal was traced leaves truth and steps of the next as they are."""
    for proposal in several:
        tracer, plain = Tracer(truths=Truths(lasting(program))), Tracer(truths=_Plain())
        for rule in (compiled.rule for compiled in program.rules):
            for measure in proposal.measures if rule.scope == "measure" else (None,):
                scene = Scene(proposal, program.facts, measure, measure)
                for condition in rule.conditions:
                    assert tracer.truth(condition, scene) is evaluate(condition, scene)
                    assert told(list(tracer.steps(condition, scene))) == told(list(plain.steps(condition, scene)))
