"""What the solver holds possible is so, and what it holds impossible never is: on random packs, and on a small one without exception."""

from itertools import product
from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent.authoring.proving.formulas import opposite
from consistent.authoring.proving.witnesses import SolverSession, conditions_of, measures_for, verified
from consistent.checker import KnowledgeBase
from consistent.engine.plain import PlainEngine
from consistent.findings.outcome import RULE_OUTCOMES, SPOKEN_OUTCOMES
from consistent.findings.states import states
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Measure, Proposal
from consistent.model.values import Value
from consistent.model.vocabulary import Term, Vocabulary
from consistent.rules.compiling import compile_rules
from consistent.rules.program import FactLookup, Program
from consistent.rules.reading import ConditionReader
from tests.harness.effort import examples
from tests.properties.random_packs import DAY, TEXT, VOCABULARIES, in_words, knowledge, make_rule, packs, proposals


def _session(program: Program, known: Knowledge, measures: int | None = None) -> SolverSession:
    most = measures or measures_for(conditions_of(program))
    return SolverSession((program,), known.vocabularies, most)


class TestRandomPacks:
    @settings(max_examples=examples(25, desk=4), suppress_health_check=list(HealthCheck))
    @given(packs(min_rules=1, max_rules=3), st.lists(proposals(max_measures=3), min_size=6, max_size=12))
    def test_never_and_sometimes(self, kb: KnowledgeBase, drawn: list[Proposal]) -> None:
        """A rule comes out on a proposal only as the solver says that it can; and where it can, a proposal shows it."""
        program = kb.program(DAY)
        session = _session(program, kb.knowledge)
        seen = {
            (name, state.outcome)
            for proposal in drawn
            for name, found in states(program, PlainEngine().evaluate(program, proposal)).items()
            for state in found
        }
        for rule in (compiled.rule for compiled in program.rules):
            place = 0 if rule.scope == "measure" else None
            there = session.proposal.present[:1] if place == 0 else ()
            for outcome in SPOKEN_OUTCOMES:
                wanted = [*there, getattr(session.outcomes[0].of(rule.id, place), outcome)]
                answer = session.solver.can(wanted)
                assert answer != "unknown"
                if (rule.id, outcome) in seen:
                    assert answer == "yes", (rule.id, outcome)
                elif answer == "yes":
                    witness = _session(program, kb.knowledge)
                    goal = getattr(witness.outcomes[0].of(rule.id, place), outcome)
                    found = witness.smallest([*witness.proposal.present[: len(there)], goal])
                    assert found is not None
                    verified(program, found, [(rule.id, place, outcome)])


def _small() -> tuple[Knowledge, Program]:
    """Rules with exceptions, superiority and quantifiers over two fields with three terms in all."""
    effects = Vocabulary("effects", {"a": Term("a", TEXT), "b": Term("b", TEXT, ("a",))})
    safeguards = Vocabulary("safeguards", {"c": Term("c", TEXT)})
    known = evolve(knowledge(()), vocabularies=in_words({**VOCABULARIES, "effects": effects, "safeguards": safeguards}))
    reader = ConditionReader(known)
    written: list[tuple[dict[str, Any], list[dict[str, Any]]]] = [
        ({"measure": {"effects": {"any": ["a"], "none": ["b"]}}}, [{"measure": {"safeguards": "c"}}]),
        ({"measure": {"effects": {"only": ["b"]}}, "other": {"effects": "$judged.effects"}}, []),
        ({"measure": {"effects": {"beyond": ["b"]}, "safeguards": {"empty": False}}}, [{"measure": {"effects": "b"}}]),
        (
            {
                "count": {"at_least": 2, "measure": {"effects": "a"}},
                "not": {"count": {"at_least": 1, "measure": {"safeguards": "c"}}},
            },
            [],
        ),
        ({"any": [{"measure": {"effects": "b"}}, {"other": {"safeguards": {"none": ["c"]}}}]}, []),
    ]
    rules = [make_rule(number, when, unless, reader) for number, (when, unless) in enumerate(written)]
    rules[1] = evolve(rules[1], defeats=(rules[0].id, rules[4].id))
    rules[2] = evolve(rules[2], defeats=(rules[1].id,))
    rules[3] = evolve(rules[3], defeats=(rules[4].id,))
    return known, compile_rules(rules, FactLookup(known, DAY), DAY)


def _values(terms: dict[str, tuple[str, ...]]) -> list[Value]:
    """Everything that can be known of a field; each term with those that are narrower."""
    found = [Value(frozenset(), frozenset(), open=True)]
    for marks in product("yn?", repeat=len(terms)):
        yes = frozenset(term for term, mark in zip(terms, marks, strict=True) if mark == "y")
        no = frozenset(term for term, mark in zip(terms, marks, strict=True) if mark == "n")
        if all(set(terms[term]) <= no for term in no):
            found.append(Value(yes, no))
        if "?" not in marks:
            found.append(Value.exactly(*yes))
    return list(dict.fromkeys(found))


class TestSmallPack:
    def test_every_proposal_tried(self) -> None:
        """Of every proposal with two measures at most, what any two rules say together: exactly what the solver holds possible."""
        known, program = _small()
        effects, safeguards = _values({"a": ("b",), "b": ()}), _values({"c": ()})
        measures = [(one, other) for one in effects for other in safeguards]
        assert len(measures) == 55
        seen: set[tuple[tuple[str, str], ...]] = set()
        names = [compiled.rule.id for compiled in program.rules]
        for listed in (*product(measures, repeat=1), *product(measures, repeat=2)):
            proposal = Proposal(
                measures=tuple(
                    Measure(id=f"m{number}", effects=one, safeguards=other)
                    for number, (one, other) in enumerate(listed)
                )
            )
            found = states(program, PlainEngine().evaluate(program, proposal))
            first = [(name, found[name][0].outcome) for name in names]
            seen.update((one, other) for one in first for other in first)
        session = _session(program, known, measures=2)
        outcomes = session.outcomes[0]
        places = {compiled.rule.id: 0 if compiled.rule.scope == "measure" else None for compiled in program.rules}

        def formula(name: str, outcome: str) -> object:
            became = outcomes.of(name, places[name])
            if outcome == "not-applicable":
                return [opposite(getattr(became, outcome_name)) for outcome_name in SPOKEN_OUTCOMES]
            return [getattr(became, outcome)]

        ways = [(name, outcome) for name in names for outcome in RULE_OUTCOMES]
        for one, other in product(ways, ways):
            answer = session.solver.can([session.proposal.present[0], *formula(*one), *formula(*other)])  # type: ignore[misc]  # of two kinds of things
            assert answer == ("yes" if (one, other) in seen else "no"), (one, other)
        assert len(seen) > 100
