"""The solver behind aimed proposals: what brute force finds it finds too, and of nothing that it finds it is wrong."""

from collections.abc import Callable, Iterator
from itertools import islice, product
from typing import Any, ClassVar

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistent import KnowledgeBase
from consistent.engine.plain import PlainEngine
from consistent.findings.states import states
from consistent.model.proposal import MEASURE_FIELDS, Field, Measure, Proposal
from consistent.model.values import Atom, Value
from consistent.rules import conditions as tree  # what begins with `test` would be collected
from consistent.rules.clauses import truth_of
from consistent.rules.compiling import compile_rules
from consistent.rules.conditions import Operator
from consistent.rules.operators import ORDERING
from consistent.rules.program import FactLookup, Program, Question, RuleTruths, ask
from consistent.rules.reading import ConditionReader
from consistent.rules.rule import Rule
from consistent.solving import goals
from consistent.solving import search as solving
from consistent.solving import values as field_values
from consistent.solving.goals import Goal, Goals, meets, plan_of, slots_of, value_at, with_value
from consistent.solving.search import Search
from consistent.solving.values import Wish
from consistent.truth import Truth
from tests.harness.effort import examples
from tests.properties.random_packs import (
    CITATIONS,
    DAY,
    TERMS,
    VOCABULARIES,
    knowledge,
    make_rule,
    packs,
    programs,
    proposals,
)
from tests.properties.random_packs import FIELDS as WORLD

RANDOM = settings(max_examples=examples(30), suppress_health_check=list(HealthCheck))
NOBODY_KNOWS = knowledge(())
READER = ConditionReader(NOBODY_KNOWS)
EMPTY = Value.exactly()
WAYS: dict[str, Callable[[Goals, str], Iterator[Goal]]] = {
    "applies": Goals.applies,
    "defeated": Goals.defeated,
    "excepted": Goals.excepted,
}


def outcome(program: Program, rule: Rule, proposal: Proposal) -> str:
    """What becomes of the rule on the first measure, or on the proposal, by the plain evaluator."""
    found = states(program, PlainEngine().evaluate(program, proposal))[rule.id]
    return found[0].outcome if found else "none"


def solved(program: Program, rule: Rule, way: str) -> Proposal | None:
    """The first proposal that the solver finds on which that becomes of the rule."""
    search = Search(VOCABULARIES)
    judged = rule.scope == "measure"
    ways = WAYS[way](Goals(program), rule.id)
    return next((proposal for goal in ways for proposal in search.proposals(goal, judged=judged)), None)


def exact(proposal: Proposal) -> Proposal:
    """The proposal with nothing left unknown: what is known to be there is all that is there."""
    for slot in slots_of(proposal):
        proposal = with_value(proposal, slot, Value.exactly(*value_at(proposal, slot).yes))
    return proposal


def small_tests() -> st.SearchStrategy[dict[str, Any]]:
    """Tests of three fields of a measure."""
    operand = st.lists(st.sampled_from(TERMS), min_size=1, max_size=2, unique=True)
    words = st.sampled_from(["any", "none", "all", "only", "beyond"])
    asked = st.builds(lambda word, terms: {word: terms}, words, operand)
    empty = st.builds(lambda value: {"empty": value}, st.booleans())
    fields = st.sampled_from(["effects", "areas", "bindingness"])
    return st.dictionaries(fields, asked | empty, min_size=1, max_size=3).map(lambda tests: {"measure": tests})


def small_measures() -> Iterator[Measure]:
    """Every measure with up to two terms in two fields, up to one in a third, and nothing else."""
    nothing: dict[str, Any] = dict.fromkeys(WORLD.measure, EMPTY)
    pairs = [EMPTY, *(Value.exactly(*terms) for terms in {frozenset(pair) for pair in product(TERMS, repeat=2)})]
    singles = [EMPTY, *map(Value.exactly, TERMS)]
    for effects, areas, bindingness in product(pairs, pairs, singles):
        yield Measure(id="m", **nothing | {"effects": effects, "areas": areas, "bindingness": bindingness})


EVERY = Proposal(
    **dict.fromkeys(WORLD.proposal, EMPTY),  # type: ignore[arg-type]  # values all
    measures=tuple(small_measures()),
)


class TestAgainstEverything:
    """Over a domain small enough to try everything, the solver finds what is there and nothing that is not."""

    @settings(RANDOM, max_examples=examples(20))
    @given(st.lists(small_tests(), min_size=3, max_size=3), st.none() | small_tests())
    def test_three_rules(self, whens: list[dict[str, Any]], unless: dict[str, Any] | None) -> None:
        """Three rules, each of which defeats the one before, and the first of which may have an exception."""
        made = [make_rule(number, when, [], READER) for number, when in enumerate(whens)]
        if unless is not None:
            made[0] = make_rule(0, whens[0], [unless], READER)
        made[1:] = [evolve(drawn_rule, defeats=(made[number].id,)) for number, drawn_rule in enumerate(made[1:])]
        program = compile_rules(made, FactLookup(NOBODY_KNOWS, DAY), DAY)
        tried = states(program, PlainEngine().evaluate(program, EVERY))
        for rule in made:
            seen = {state.outcome for state in tried[rule.id]}
            for way in WAYS:
                proposal = solved(program, rule, way)
                assert proposal is None or outcome(program, rule, proposal) == way
                assert (proposal is not None) >= (way in seen)

    @RANDOM
    @given(packs(max_rules=3), st.lists(proposals(max_measures=3), min_size=4, max_size=4))
    def test_random_packs(self, kb: KnowledgeBase, drawn: list[Proposal]) -> None:
        """Of any rules of the language: facts, joins, quantifiers, texts, numbers, days, citations within citations."""
        program = kb.program(DAY)
        reckons = any(map(_reckons, kb.rules))
        tried = [exact(evolve(head, measures=other.measures)) for head, other in product(drawn, drawn)]
        for rule in kb.rules:
            seen = {outcome(program, rule, candidate) for candidate in tried}
            for way in WAYS:
                proposal = solved(program, rule, way)
                assert proposal is None or outcome(program, rule, proposal) == way
                assert (proposal is not None) >= (way in seen) or reckons


def _reckons(rule: Rule) -> bool:
    """Whether a rule orders fields against each other, or adds up: of these the search tries the boundaries only."""
    tests = [test for condition in rule.conditions for test in tree.tests_in(condition)]
    ordered = any(test.operator in ORDERING and isinstance(test.operand, tree.Reference) for test in tests)
    return ordered or any(True for condition in rule.conditions for _ in tree.totals_in(condition))


FIELDS: dict[str, tuple[Field, tuple[Atom, ...]]] = {
    "terms": (MEASURE_FIELDS["effects"], TERMS),
    "citation": (MEASURE_FIELDS["legal_basis"], CITATIONS),
    "amount": (MEASURE_FIELDS["amount"], (0, 1, 2, 3, 5, 6, 9)),
    "text": (MEASURE_FIELDS["reference"], ("a", "ab", "b", "ba", "abab", "x", "c a")),
}
COMPARED: dict[str, tuple[str, ...]] = {
    "amount": ("over", "under", "at_least", "at_most"),
    "text": ("contains", "starts_with"),
}


@st.composite
def requirements(draw: st.DrawFn) -> tuple[Field, tuple[Atom, ...], frozenset[tuple[Question, bool]]]:
    """Questions to one field with the answers wanted of them."""
    kind = draw(st.sampled_from(sorted(FIELDS)))
    field, atoms = FIELDS[kind]
    sets = ("any", "only") if kind in {"terms", "citation"} else ("any",)
    asked = set()
    for _ in range(draw(st.integers(1, 4))):
        # Of a set its values are counted.
        counted = ("at_least", "at_most") if "only" in sets else ()
        operator = draw(st.sampled_from((*sets, "empty", *counted, *COMPARED.get(kind, ()))))
        operand: Any = draw(st.sampled_from(atoms))
        if operator in {"any", "only"}:
            held = draw(st.sets(st.sampled_from(atoms), min_size=1, max_size=2))
            operand = VOCABULARIES["effects"].narrower(map(str, held)) if kind == "terms" else frozenset(held)
        elif operator in counted:
            operand = tree.Several(number=draw(st.integers(1, 3)))
        operand = None if operator == "empty" else operand
        asked.add((Question("measure", field.name, operator, operand), draw(st.booleans())))
    return field, atoms, frozenset(asked)


class TestOneField:
    """The values of one field, against every set of up to three atoms."""

    @settings(RANDOM, max_examples=examples(200))
    @given(requirements())
    def test_complete_and_right(self, wanted: tuple[Field, tuple[Atom, ...], frozenset[tuple[Question, bool]]]) -> None:
        """A value is found just where one will do, and each that is found will do."""
        field, atoms, asked = wanted
        most = 1 if field.single else 3
        tried = {Value.exactly(*chosen) for size in range(most + 1) for chosen in product(atoms, repeat=size)}

        def fits(value: Value) -> bool:
            return all(ask(question.operator, question.operand, value) is Truth.of(holds) for question, holds in asked)

        found = list(islice(field_values.field_values(field, Wish(asked), VOCABULARIES, single=field.single), 8))
        assert all(map(fits, found))
        assert bool(found) >= any(map(fits, tried))

    @pytest.mark.parametrize(
        ("asked", "barred"),
        [
            ({"starts_with": "a"}, ("a",)),
            ({"contains": "b"}, ("b", " b", "xb")),
            ({"starts_with": "a", "contains": "b"}, ("ab", "a b", "acb")),
        ],
    )
    def test_none_of_the_named_texts(self, asked: dict[Operator, str], barred: tuple[str, ...]) -> None:
        """A text that may be none of those that are named goes on beyond what it has to begin with or to hold."""
        field = MEASURE_FIELDS["reference"]
        wanted = {(Question("measure", field.name, operator, text), True) for operator, text in asked.items()}
        named = (Question("measure", field.name, "any", frozenset(barred)), False)
        found = list(field_values.field_values(field, Wish(frozenset({*wanted, named})), VOCABULARIES, single=True))
        assert found
        for value in found:
            assert all(
                ask(question.operator, question.operand, value) is Truth.of(holds)
                for question, holds in (*wanted, named)
            )


class TestTruths:
    """The normal form, read literal by literal, says what the condition says."""

    @RANDOM
    @given(programs(max_rules=3), proposals(max_measures=3))
    def test_as_the_plain_evaluator(self, program: Program, proposal: Proposal) -> None:
        """Of every condition on every measure, with all that is unknown."""
        for compiled, truths in zip(program.rules, PlainEngine().evaluate(program, proposal), strict=True):
            measures = proposal.measures if compiled.rule.scope == "measure" else (None,)
            said = [tuple(truth_of(condition, proposal, one) for one in measures) for condition in compiled.conditions]
            assert RuleTruths(said[0], tuple(said[1:])) == truths


class TestPlans:
    """A plan is little, and what it leaves room for changes nothing."""

    @RANDOM
    @given(packs(max_rules=2), st.data())
    def test_room(self, kb: KnowledgeBase, data: st.DataObject) -> None:
        """Filled in anywhere within its room, it still meets its goal."""
        program = kb.program(DAY)
        for rule in kb.rules:
            judged = rule.scope == "measure"
            for goal in islice(Goals(program).applies(rule.id), 2):
                for found in islice(Search(VOCABULARIES).proposals(goal, judged=judged), 1):
                    plan = plan_of(found, goal, WORLD, judged=judged)
                    proposal = plan.proposal
                    assert meets(proposal, goal, judged=judged)
                    for slot, loosest in plan.room.items():
                        more = data.draw(st.sets(st.sampled_from(TERMS), max_size=2))
                        if slot[1] in {"effects", "areas", "safeguards"}:
                            added = (atom for atom in more if atom not in loosest.no)
                            proposal = with_value(proposal, slot, Value.exactly(*loosest.yes, *added))
                    assert outcome(program, rule, proposal) == "applies"


class TestSearch:
    """What is found does not change from one process to another, and a search that gave up says so."""

    WHEN: ClassVar = {"measure": {"effects": ["b", "e"], "areas": {"none": ["a"]}}, "other": {"areas": "e"}}

    def test_the_simplest_first(self) -> None:
        """The broadest term that is asked for, nothing where nothing is, and one more measure."""
        rule = make_rule(0, self.WHEN, [], READER)
        program = compile_rules([rule], FactLookup(NOBODY_KNOWS, DAY), DAY)
        goal = next(Goals(program).applies(rule.id))
        proposal = next(Search(VOCABULARIES).proposals(goal, judged=True))
        plan = plan_of(proposal, goal, WORLD, judged=True)
        first, second = plan.proposal.measures
        assert (first.effects, first.areas, second.areas) == (Value.exactly("b"), EMPTY, Value.exactly("e"))
        assert not plan.extendable

    def test_given_up(self) -> None:
        """With no step to take, nothing is found, and it is told."""
        rule = make_rule(0, self.WHEN, [], READER)
        program = compile_rules([rule], FactLookup(NOBODY_KNOWS, DAY), DAY)
        search = Search(VOCABULARIES, max_steps=1)
        assert not [
            proposal for goal in Goals(program).applies(rule.id) for proposal in search.proposals(goal, judged=True)
        ]
        assert search.cut_short


FAULTS: dict[str, tuple[object, str, Any]] = {
    "what a field must not have is forgotten": (field_values, "_meets", lambda *_: True),
    "one clause alone is tried": (goals, "clauses_in_order", lambda clauses: sorted(clauses, key=str)[:1]),
    "one literal alone is made to fail": (solving, "literals_in_order", lambda clause: sorted(clause, key=str)[:1]),
    "fewer are never enough": (solving, "_opposites", lambda _: iter(())),
    "no common value is looked for": (Search, "_common", lambda *_: ()),
    "nothing is kept out of a field": (solving, "_excluding", lambda wish, _: wish),
}


class TestPlantedFaults:
    """Where the solver is made wrong, one of a few rules shows it."""

    # Each is met, or has its exception met or not met, in one way only.
    RULES: ClassVar = (
        ({"measure": {"effects": "b", "areas": {"none": ["a"]}, "safeguards": {"empty": False}}}, {"measure": {"areas": "e"}}),
        ({"any": [{"measure": {"effects": {"any": ["a"], "none": ["a"]}}}, {"measure": {"areas": "e"}}]}, None),
        ({"any": [{"measure": {"areas": {"any": ["f"], "none": ["f"]}}}, {"measure": {"effects": "e"}}]}, None),
        ({"measure": {"effects": "b"}}, {"measure": {"effects": "b", "areas": {"none": ["a"]}}}),
        ({"measure": {"effects": "b"}}, {"measure": {"effects": "b", "areas": {"empty": True}}}),
        ({"measure": {"areas": {"empty": True}, "effects": "b"}}, {"measure": {"areas": {"empty": True}, "safeguards": {"none": ["a"]}}}),
        ({"measure": {"effects": "b"}, "not": {"other": {"areas": "e"}}}, None),
        ({"measure": {"effects": "b"}, "not": {"count": {"measure": {"effects": "b"}, "at_least": 3}}}, None),
        ({"measure": {"legal_basis": "$proposal.legal_basis"}}, None),
        ({"measure": {"legal_basis": {"any": ["TFEU 114"], "none": "$proposal.legal_basis"}}, "proposal": {"legal_basis": {"any": ["TFEU 114", "TFEU 173"]}}}, None),
    )  # fmt: skip

    def unsolved(self) -> list[int]:
        """The rules of which the solver finds no measure that they flag, or a wrong one."""
        missed = []
        for number, (when, unless) in enumerate(self.RULES):
            rule = make_rule(0, when, [unless] if unless else [], READER)  # type: ignore[arg-type]  # conditions at random are plain data
            program = compile_rules([rule], FactLookup(NOBODY_KNOWS, DAY), DAY)
            proposal = solved(program, rule, "applies")
            if proposal is None or outcome(program, rule, proposal) != "applies":
                missed.append(number)
        return missed

    def test_sound(self) -> None:
        """As it is, it finds one for each."""
        assert self.unsolved() == []

    @pytest.mark.parametrize("fault", FAULTS)
    def test_seen(self, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Made wrong, it does not."""
        monkeypatch.setattr(*FAULTS[fault])
        assert self.unsolved() != []
