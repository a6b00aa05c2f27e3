"""A concept means what it stands for: written out by hand, every rule of a random pack comes to the same, in each evaluator and in the proofs."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from consistent.authoring.proving import translating
from consistent.authoring.proving.formulas import Pair
from consistent.checker import KnowledgeBase
from consistent.engine import plain
from consistent.engine.choosing import engine_named
from consistent.engine.columns.evaluating import ColumnsEngine
from consistent.engine.plain import PlainEngine, Scene, evaluate
from consistent.findings.tracing import steps
from consistent.model.proposal import Proposal
from consistent.rules import compiling
from consistent.rules.compiling import compile_rules
from consistent.rules.conditions import All, Condition, Count, Named, Other, concepts_in, rebuilt, walk
from consistent.rules.program import FactLookup, Program
from consistent.rules.rule import Rule
from tests.harness.effort import examples
from tests.properties.random_packs import DAY, packs, proposals
from tests.proving.comparing_truths import differences
from tests.support import engines

pytestmark = pytest.mark.property
QUIET = settings(max_examples=examples(150, desk=30), suppress_health_check=list(HealthCheck), deadline=None)


def written_out(condition: Condition) -> Condition:
    """A condition with what each concept stands for in its place."""
    return rebuilt(condition, lambda part: part.part if isinstance(part, Named) else part)


def without_concepts(rule: Rule) -> Rule:
    """A rule that names no concept and asks the same."""
    unless = tuple(evolve(exception, condition=written_out(exception.condition)) for exception in rule.unless)
    return evolve(rule, when=written_out(rule.when), unless=unless)


def _programs(kb: KnowledgeBase) -> tuple[Program, Program]:
    facts = FactLookup(kb.knowledge, DAY)
    plain_rules = [without_concepts(rule) for rule in kb.rules]
    return compile_rules(kb.rules, facts, DAY), compile_rules(plain_rules, facts, DAY)


@lru_cache(maxsize=1)
def cases() -> Sequence[tuple[KnowledgeBase, Proposal]]:
    """Random packs and proposals, the same ones in each run."""
    found: list[tuple[KnowledgeBase, Proposal]] = []

    @seed(1)
    @settings(max_examples=60, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(packs(min_rules=4), proposals(max_measures=2))
    def collect(kb: KnowledgeBase, proposal: Proposal) -> None:
        found.append((kb, proposal))

    collect()
    return found


class TestWrittenOut:
    def test_random_packs_name_concepts(self) -> None:
        """Else the rest of this file would show nothing."""
        conditions = [condition for kb, _ in cases() for rule in kb.rules for condition in rule.conditions]
        assert sum(map(_names_any, conditions)) > len(conditions) / 4

    @QUIET
    @given(packs(min_rules=2, max_rules=5), st.lists(proposals(), min_size=2, max_size=3))
    def test_same_clauses_and_truths(self, kb: KnowledgeBase, drawn: list[Proposal]) -> None:
        """The compiled rules are equal, and all evaluators find for both what the plain one finds for the rule written out."""
        named, out = _programs(kb)
        for one, other in zip(named.rules, out.rules, strict=True):
            assert (one.when, one.unless) == (other.when, other.unless)
            assert one.rule.scope == other.rule.scope
            assert not any(map(_names_any, other.rule.conditions))
        for proposal in drawn:
            expected = PlainEngine().evaluate(out, proposal)
            for engine in map(engine_named, engines()):
                assert engine.evaluate(named, proposal) == expected

    @QUIET
    @given(packs(), proposals())
    def test_same_steps(self, kb: KnowledgeBase, proposal: Proposal) -> None:
        """An explanation names the same tests; each of them that a concept asks says so, with whether that holds."""
        named, out = _programs(kb)
        for one, other in zip(named.rules, out.rules, strict=True):
            for measure in proposal.measures if one.rule.scope == "measure" else (None,):
                scene = Scene(proposal, named.facts, measure, measure)
                for condition, plain_condition in zip(one.rule.conditions, other.rule.conditions, strict=True):
                    found = list(steps(condition, scene))
                    assert [step.test for step in found] == [step.test for step in steps(plain_condition, scene)]
                    for step in found:
                        for concept, truth in step.through:
                            # One that looks at other measures is asked of the judged one, its tests are of the others.
                            others = any(isinstance(node, Other | Count) for node in walk(concept))
                            at = scene if others else evolve(scene, measure=step.measure)
                            assert step.fact or step.measure is None or evaluate(concept, at) is truth

    @settings(max_examples=examples(30, desk=6), suppress_health_check=list(HealthCheck), deadline=None)
    @given(packs(min_rules=2, max_rules=4), st.lists(proposals(max_measures=3), min_size=3, max_size=3))
    def test_same_proofs(self, kb: KnowledgeBase, drawn: list[Proposal]) -> None:
        """The proofs read a rule with concepts as the evaluator reads it, and as they read it written out."""
        out = evolve(kb, rules=tuple(map(without_concepts, kb.rules)), programs={})
        for proposal in drawn:
            assert list(differences(kb, proposal)) == list(differences(out, proposal)) == []


def _names_any(condition: Condition) -> bool:
    return any(True for _ in concepts_in(condition))


# Planted faults: each way of reading a concept wrongly is found out.

_normal, _evaluate, _truth = compiling._normal, plain.evaluate, translating.Translator._truth


def _compiled_as_always(condition: Condition, facts: FactLookup, *, positive: bool = True) -> compiling.Clauses:
    """Takes a concept for one that holds."""
    return _normal(All(()) if isinstance(condition, Named) else condition, facts, positive=positive)


def _compiled_without_negation(condition: Condition, facts: FactLookup, *, positive: bool = True) -> compiling.Clauses:
    """Forgets that the concept is denied."""
    return _normal(condition, facts, positive=positive or isinstance(condition, Named))


def _translated_as_sure(translator: translating.Translator, condition: Condition, spot: translating.Spot) -> Pair:
    """Takes a concept of which it is not known for one that does not hold."""
    pair = _truth(translator, condition, spot)
    return Pair(pair.sure, pair.sure) if isinstance(condition, Named) else pair


def _noticed(check: Callable[[KnowledgeBase, Proposal], bool]) -> bool:
    """Whether some random pack and proposal show a fault."""
    return not all(check(kb, proposal) for kb, proposal in cases())


def _same_truths(kb: KnowledgeBase, proposal: Proposal) -> bool:
    program = compile_rules(kb.rules, FactLookup(kb.knowledge, DAY), DAY)
    return ColumnsEngine().evaluate(program, proposal) == PlainEngine().evaluate(program, proposal)


def _same_proofs(kb: KnowledgeBase, proposal: Proposal) -> bool:
    return not list(differences(kb, proposal))


class TestPlanted:
    @pytest.mark.parametrize("fault", [_compiled_as_always, _compiled_without_negation])
    def test_compiled_wrongly(self, fault: Callable[..., compiling.Clauses], monkeypatch: pytest.MonkeyPatch) -> None:
        """A compiler that reads concepts wrongly is found out by the comparison with the plain evaluator."""
        monkeypatch.setattr(compiling, "_normal", fault)
        assert _noticed(_same_truths)

    def test_translated_wrongly(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """So is a translation for the solver in which a concept cannot be unknown."""
        monkeypatch.setattr(translating.Translator, "_truth", _translated_as_sure)
        assert _noticed(_same_proofs)

    def test_nothing_planted(self) -> None:
        """Without a fault the same search finds nothing."""
        assert not _noticed(_same_truths)
