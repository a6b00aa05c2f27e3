"""The comparison of engines catches each trap of durable-rules once the guard against it is out.

Each trap (`docs/background/engine.md` lists them) is planted by taking its guard out of the adapter, or by doing the thing the naive
way, and the comparison with the plain evaluator has to notice: by other truths, by an `EngineError`, or, where C code goes
astray, by the death of a process of its own. With the guards in place the same inputs agree.

Run as a module with the name of a trap, this plants it and compares: exit code 0 where the engines agree, 3 where not.
"""

import itertools
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

pytest.importorskip("durable_rules_engine", reason="durable-rules cannot be imported", exc_type=ImportError)

from consistent.engine import _durable, _network
from consistent.engine import durable as durable_module
from consistent.engine._durable import Matches, Ruleset
from consistent.engine._network import Network
from consistent.engine._patterns import EngineRule, Pattern, Same
from consistent.engine.columns.evaluating import ColumnsEngine
from consistent.engine.durable import DurableEngine, _Evaluation
from consistent.engine.plain import PlainEngine
from consistent.engine.protocol import Engine
from consistent.errors import EngineError
from consistent.model.proposal import Measure, Proposal
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.rules.compiling import compile_rules
from consistent.rules.program import Answer, Clause, FactLookup, Join, Program, Question
from consistent.rules.reading import ConditionReader
from tests.harness.effort import examples
from tests.properties.random_packs import DAY, MEASURE, PROPOSAL, knowledge, make_rule, programs, proposals

pytestmark = pytest.mark.property
ROOT = Path(__file__).parents[2]
# Enough for every trap that random rules meet, and in a campaign as many as memory holds.
_SEED = 0
RANDOM_CASES = min(max(60, examples(60)), 5_000)

Case = tuple[Program, Proposal]
Patch = pytest.MonkeyPatch

AGREE, DIFFER, FAIL = "the engines agree", "the engines differ", "durable-rules gave an error"
NOTICED = 3


def compare(cases: Sequence[Case]) -> str:
    """What the comparison says of some cases, with networks built anew."""
    engine = DurableEngine()
    for program, proposal in cases:
        try:
            if engine.evaluate(program, proposal) != PlainEngine().evaluate(program, proposal):
                return DIFFER
        except (EngineError, MemoryError) as error:
            print(error)  # noqa: T201  shown where a test fails
            return FAIL
    return AGREE


# --- Inputs


def rules(*conditions: dict[str, Any]) -> Program:
    """A program with a rule for each condition."""
    known = knowledge(())
    reader = ConditionReader(known)
    made = [make_rule(number, each, [], reader) for number, each in enumerate(conditions)]
    return compile_rules(made, FactLookup(known, DAY), DAY)


def known(**fields: Atom | tuple[Atom, ...]) -> dict[str, Any]:
    """Values of fields."""
    return {name: Value.exactly(*(atoms if isinstance(atoms, tuple) else (atoms,))) for name, atoms in fields.items()}


def proposal(*measures: dict[str, Any], **fields: Atom) -> Proposal:
    """A proposal of which all is known: what is not given is empty."""
    nothing: Any = Value.exactly()
    made = [
        Measure(id=f"m{number}", **{**dict.fromkeys(MEASURE, nothing), **each}) for number, each in enumerate(measures)
    ]
    return Proposal(measures=tuple(made), **{**dict.fromkeys(PROPOSAL, nothing), **known(**fields)})


@lru_cache(maxsize=1)
def random_cases() -> Sequence[Case]:
    """Random rules and proposals, the same ones in each run."""
    found: list[Case] = []

    # A seed and not `derandomize`, which draws others whenever a letter of this function changes.
    @seed(_SEED)
    @settings(
        max_examples=RANDOM_CASES, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(programs(), st.lists(proposals(), min_size=2, max_size=3))
    def collect(program: Program, checked: list[Proposal]) -> None:
        found.extend((program, each) for each in checked)

    collect()
    return found


IS_E = {"measure": {"effects": {"any": ["e"]}}}
SHARES = {"count": {"measure": {"areas": "$judged.areas"}, "at_least": 1}}


def not_while_kind_is_e() -> Sequence[Case]:
    """A measure that is blocked by a property of the proposal."""
    program = rules({**IS_E, "not": {"proposal": {"kind": {"any": ["e"]}}}})
    return [(program, proposal(known(effects="e"), kind="e"))]


def not_while_kind_is_unknown() -> Sequence[Case]:
    """A measure that may be blocked, as nothing is known of that property of the proposal."""
    ((program, blocked),) = not_while_kind_is_e()
    return [(program, evolve(blocked, kind=UNKNOWN))]


def kind_is_another() -> Sequence[Case]:
    """A measure that is not blocked, as the proposal is known to be of another kind."""
    program = rules({
        **IS_E,
        "proposal": {"statements": {"any": ["e"]}},
        "not": {"proposal": {"kind": {"any": ["e"]}}},
    })  # fmt: skip
    return [(program, proposal(known(effects="e"), kind="a", statements="e"))]


def two_rules_on_one_fact() -> Sequence[Case]:
    """A measure of which the conditions of two rules hold."""
    return [(rules(IS_E, {"measure": {"effects": {"any": ["a", "e"]}}}), proposal(known(effects="e")))]


def literal_or_join() -> Sequence[Case]:
    """The third measure counts by a literal, the first two by a join."""
    program = rules({"count": {"any": [IS_E, {"measure": {"areas": "$judged.areas"}}], "at_least": 3}})
    return [(program, proposal(known(areas="e"), known(areas="e"), known(effects="e")))]


def many_tests_on_one_fact() -> Sequence[Case]:
    """One measure that passes 70 tests."""
    program = rules(*({"measure": {"amount": {"over": bound}}} for bound in range(70)))
    return [(program, proposal(known(amount=100)))]


def shares_with_itself() -> Sequence[Case]:
    """One measure, which shares its area with itself."""
    return [(rules(SHARES), proposal(known(areas="e")))]


def two_of_a_kind() -> Sequence[Case]:
    """Two measures of which a condition holds, and of one another too: of what is alike the engine is asked once."""
    other = {"measure": {"effects": {"any": ["a"]}}}
    return [(rules(IS_E, other), proposal(known(effects="e"), known(effects=("a", "e"))))]


def first_then_second() -> Sequence[Case]:
    """Of the first proposal a condition holds for one measure, of the second for none but it is asked."""
    program = rules(IS_E, {"measure": {"effects": {"any": ["a"]}}})
    return [(program, proposal(known(effects=first))) for first in ("e", "a")]


def beyond_64_bits() -> Sequence[Case]:
    """Two amounts that are not equal, both beyond what 64 bits hold."""
    program = rules({"count": {"measure": {"amount": "$judged.amount"}, "at_least": 2}})
    return [(program, proposal(known(amount=2**63), known(amount=2**63 + 1)))]


def ordered_beyond_64_bits() -> Sequence[Case]:
    """An amount over a bound, both beyond what 64 bits hold."""
    return [(rules({"measure": {"amount": {"over": 2**63}}}), proposal(known(amount=2**63 + 1)))]


def long_texts() -> Sequence[Case]:
    """A text of 65,536 characters, and the question for another one."""
    program = rules({"measure": {"reference": {"any": ["a" * 65_535 + "b"]}}})
    return [(program, proposal(known(reference="a" * 65_536)))]


def prefixes() -> Sequence[Case]:
    """A text with the wanted part inside, not at its start."""
    program = rules({"measure": {"reference": {"starts_with": "b"}}})
    return [(program, proposal(known(reference="abc"), known(reference="bc")))]


def joined_texts() -> Sequence[Case]:
    """Texts that differ but have one 32-bit hash, or one length beyond 65,535."""
    program = rules({"count": {"measure": {"reference": "$judged.reference"}, "at_least": 2}})
    pairs = [("costarring", "liquid"), ("a" * 65_536, "a" * 65_535 + "b"), ("1", "01"), ("ab", "abc")]
    return [(program, proposal(*(known(reference=each) for each in pair))) for pair in pairs]


def joined_pairs_with_one_hash() -> Sequence[Case]:
    """Value 539 of measure 20 and value 538 of measure 34: the pairs have one hash, as the engine combines those.

    Measure 20 and 34 share a reference with measure 1, which shares a basis with 34 only.
    """
    program = rules({
        "count": {"measure": {"areas": "$judged.areas", "legal_basis": "$judged.legal_basis"}, "at_least": 2}
    })  # fmt: skip
    # Values are numbered in order of text, the areas behind the citations.
    cited = [f"TFEU {number:03}" for number in range(101, 701)]
    measures = [known(legal_basis=tuple(cited), areas="z")] + [known() for _ in range(39)]
    measures[0] = known(legal_basis=(cited[538],), areas="z")
    measures[1] = known(legal_basis=tuple(cited[:537]) + tuple(cited[539:]))
    measures[19] = known(areas="z")
    measures[33] = known(areas="z", legal_basis=(cited[537],))
    return [(program, proposal(*measures))]


def sharing() -> Sequence[Case]:
    """Measures that share areas with one another in several ways."""
    program = rules({"other": {"areas": "$judged.areas"}}, IS_E)
    areas: Sequence[tuple[Atom, ...]] = [("a", "b"), ("b",), ("e",), (), ("a", "e")]
    return [(program, proposal(*(known(areas=each, effects=each) for each in areas)))]


def many_checks() -> Sequence[Case]:
    """More checks than there can be sessions; with nothing unknown the two worlds have one."""
    return [*two_of_a_kind()] * 1200


# --- Faults


def _extension(patch: Patch, **functions: Callable[..., Any]) -> Any:
    """Replaces functions of the extension; returns the whole one."""
    real: Any = _durable._extension
    patch.setattr(_durable, "_extension", SimpleNamespace(**{**vars(real), **functions}))
    return real


def events_for_facts(patch: Patch) -> None:
    """Asserts events."""
    real: Any = _durable._extension
    _extension(patch, assert_fact=real.assert_event)


def unequal_on_sparse_facts(patch: Patch) -> None:
    """Asks what is negative with `!=` of the positive column, which is missing where it does not hold."""
    column, whole = Network._column, Pattern.definition

    class Negative(str):
        __slots__ = ()

    def of_positive(self: Network, literal: Answer) -> str:
        name = column(self, evolve(literal, positive=True))
        return name if literal.positive else Negative(name)

    def definition(self: Pattern) -> dict[str, Any]:
        tests = whole(self)[self.alias]
        every: list[dict[str, Any]] = tests.get("$and", [tests])
        for number, (name, value) in enumerate(self.constants):
            if isinstance(name, Negative):
                every[number] = {"$neq": {name: value}}
        return {self.alias: {"$and": every} if len(every) > 1 else every[0]}

    patch.setattr(Network, "_column", of_positive)
    patch.setattr(Pattern, "definition", definition)


def negation_in_engine(patch: Patch) -> None:
    """Has the engine decide, by `none`, what the proposal must not be. The proposal's fact is the first."""
    whole = Network._clause

    def clause(self: Network, target: int, literals: Clause) -> EngineRule:
        negative = {
            each
            for each in literals
            if isinstance(each, Answer) and not each.positive and each.column.scope == "proposal"
        }
        rule = whole(self, target, literals - negative)
        blockers = tuple(
            Pattern(f"none{number}$not", ((self._column(evolve(each, positive=True)), 1),))
            for number, each in enumerate(negative)
        )
        return evolve(rule, patterns=rule.patterns + blockers)

    patch.setattr(Network, "_clause", clause)


def negation_in_engine_blocked_late(patch: Patch) -> None:
    """Has the engine decide negation, and asserts the proposal's fact last."""
    negation_in_engine(patch)
    run = Ruleset.run

    def backwards(self: Ruleset, facts: Iterable[str], sid: str, matches: Matches) -> None:
        run(self, list(facts)[::-1], sid, matches)

    patch.setattr(Ruleset, "run", backwards)


def literal_and_join_in_one_or(patch: Patch) -> None:
    """Makes one engine rule with `$or` of a clause with a literal and one with a join."""

    def of_conditions(targets: Sequence[frozenset[Clause]]) -> Network:
        network = Network()
        made: list[EngineRule] = []
        for target, clauses in enumerate(targets):
            literals = [each for clause in clauses for each in clause if isinstance(each, Answer)]
            joins = [each for clause in clauses for each in clause if isinstance(each, Join)]
            if not (joins and literals):
                made += [network._clause(target, clause) for clause in clauses]
                continue
            rule = network._clause(target, frozenset(joins))
            either = Pattern("m", ((network._column(literals[0]), 1),), (Same("n", "a0", "n"),))
            made.append(evolve(rule, patterns=(*rule.patterns, either), result=("m", "b0")))
        network._build(made)
        return network

    definition = Pattern.definition

    def with_or(self: Pattern) -> dict[str, Any]:
        if self.alias != "m" or not self.same:
            return definition(self)
        ((name, value),) = self.constants
        return {"m": {"$and": [{"$or": [{name: value}, {"n": {"a0": "n"}}]}, {"j": {"a0": "j"}}]}}

    patch.setattr(Network, "of_conditions", of_conditions)
    patch.setattr(Pattern, "definition", with_or)


def last_test_false(patch: Patch) -> None:
    """Has the engine tell other measures from the judged one, by a test across facts that comes last."""
    _others_in_engine(patch, trailing=[])


def last_test_true(patch: Patch) -> None:
    """Has the engine tell other measures from the judged one, with a test behind that always holds."""
    _others_in_engine(patch, trailing=[{"j": {"a0": "j"}}])


def _others_in_engine(patch: Patch, trailing: list[dict[str, Any]]) -> None:
    definition = Pattern.definition

    def with_unequal(self: Pattern) -> dict[str, Any]:
        if not self.same or self.alias != "b0":
            return definition(self)
        tests: list[dict[str, Any]] = [{"f": self.constants[0][1]}, {"v": {"a0": "v"}}, {"$neq": {"n": {"a0": "n"}}}]
        return {self.alias: {"$and": tests + trailing}}

    patch.setattr(Pattern, "definition", with_unequal)


def nothing_behind_last_test(patch: Patch) -> None:
    """Leaves out the test that always holds."""

    def definition(self: Pattern) -> dict[str, Any]:
        tests: list[dict[str, Any]] = [{name: value} for name, value in self.constants]
        tests += [{each.name: {each.alias: each.other}} for each in self.same]
        return {self.alias: {"$and": tests} if len(tests) > 1 else tests[0]}

    patch.setattr(Pattern, "definition", definition)


def one_ruleset(patch: Patch) -> None:
    """Puts all rules in one ruleset."""
    patch.setattr(_network, "fits", lambda *_: True)


def batches(patch: Patch) -> None:
    """Asserts the facts of a session in one call."""
    waiting: list[str] = []

    def assert_fact(handle: int, fact: str) -> tuple[int, int]:
        waiting.append(fact)
        if '"z":1' not in fact:
            return 0, 0
        batch = f"[{','.join(waiting)}]"
        waiting.clear()
        code, state = real.assert_facts(handle, batch)
        return code, state

    real = _extension(patch, assert_fact=assert_fact)


def batches_with_exponent(patch: Patch) -> None:
    """The same, with a number in exponent form in the facts from the second on."""
    batches(patch)
    run = Ruleset.run
    patch.setattr(
        Ruleset,
        "run",
        lambda self, facts, sid, found: run(
            self, (f'"x":1e3,{each}' if number else each for number, each in enumerate(facts)), sid, found
        ),
    )


def ids_with_one_hash(patch: Patch) -> None:
    """Takes ids that collide."""
    patch.setattr(_durable, "_fact_ids", lambda: itertools.chain(("costarring", "liquid"), map(str, itertools.count())))


def codes_unread(patch: Patch) -> None:
    """Believes that every fact is taken."""

    def assert_fact(handle: int, fact: str) -> tuple[int, int]:
        return 0, real.assert_fact(handle, fact)[1]

    real = _extension(patch, assert_fact=assert_fact)


def sids_with_one_hash(patch: Patch) -> None:
    """Takes session ids that collide."""
    sids = itertools.cycle(("costarring", "liquid"))
    run = Ruleset.run
    patch.setattr(Ruleset, "run", lambda self, facts, _, found: run(self, facts, next(sids), found))


def sessions_kept(patch: Patch) -> None:
    """Never deletes a session."""
    _extension(patch, delete_state=lambda *_: None)


def no_canary(patch: Patch) -> None:
    """Does not mind that the last fact did not come back."""
    run = Ruleset.run

    def forgiving(self: Ruleset, facts: Iterable[str], sid: str, found: Matches) -> None:
        try:
            run(self, facts, sid, found)
        except EngineError as error:
            if "did not come back" not in str(error):
                raise

    patch.setattr(Ruleset, "run", forgiving)


def sessions_always_deleted(patch: Patch) -> None:
    """Deletes a session after an error too, when it may have run no action."""
    run = Ruleset.run

    def deleting(self: Ruleset, facts: Iterable[str], sid: str, found: Matches) -> None:
        try:
            run(self, facts, sid, found)
        except EngineError:
            _durable._extension.delete_state(self._handle, sid)
            raise

    patch.setattr(Ruleset, "run", deleting)


def unconfirmed(patch: Patch) -> None:
    """Takes every match for one."""
    patch.setattr(_durable, "confirmed", lambda *_: True)


def raw_values(patch: Patch) -> None:
    """Joins on the values themselves instead of numbers that stand for them."""

    def element_facts(self: _Evaluation, network: Network, *, possible: bool) -> list[tuple[int, str]]:
        return [
            (number, f'"n":{subject},"f":{number},"v":{json.dumps(atom, default=str)}')
            for (_, _, name), number in network.fields.items()
            for subject, measure in enumerate(self._proposal.measures, 1)
            for atom in self._proposal.value(name, measure).yes
        ]

    patch.setattr(_Evaluation, "_element_facts", element_facts)


def constants_in_engine(patch: Patch) -> None:
    """Puts the values in the facts of measures, and has the engine compare them with constants."""
    native: dict[str, dict[str, Any]] = {}
    operators = {"over": "$gt", "starts_with": "$mt"}
    column = Network._column

    def noted(self: Network, literal: Answer) -> str:
        name, question = column(self, literal), literal.column
        assert isinstance(question, Question)
        operand = question.operand
        (raw,) = operand if isinstance(operand, frozenset) else (operand,)
        test = {question.field: raw}
        native[name] = {operators[question.operator]: test} if question.operator in operators else test
        return name

    def with_values(self: _Evaluation, ruleset: Ruleset, held: object, told: object, matches: Matches) -> None:
        given = [
            f'"n":{number}' + "".join(f',"{name}":{json.dumps(atom)}' for name in ("amount", "reference")
            for atom in self._proposal.value(name, measure).yes)
            for number, measure in enumerate(self._proposal.measures, 1)
        ]  # fmt: skip
        columns = "".join(f',"{name}":1' for name in native if name in ruleset.properties)
        ruleset.run([each + columns for each in given], str(next(self._sids)), matches)

    def definition(self: Pattern) -> dict[str, Any]:
        ((name, _),) = self.constants
        return {self.alias: native[name]}

    patch.setattr(Network, "_column", noted)
    patch.setattr(_Evaluation, "_run_apart", with_values)
    patch.setattr(Pattern, "definition", definition)


def one_fact_for_two_places(patch: Patch) -> None:
    """Gives a field one number, wherever it stands in a match."""
    patch.setattr(
        Network, "_field", lambda self, _, owner, name: self.fields.setdefault(("", owner, name), len(self.fields))
    )


def networks_shared(patch: Patch) -> None:
    """Lets all threads and processes use one set of networks."""
    patch.setattr(durable_module, "threading", SimpleNamespace(local=SimpleNamespace))
    patch.setattr(os, "getpid", lambda: 0)


# --- Traps


@frozen
class Trap:
    """A trap, planted.

    Attributes:
        says: what is known of durable-rules.
        plants: what takes the guard out, or does it the naive way.
        cases: where it shows.
        shows: what the comparison says then.
    """

    says: str
    plants: tuple[Callable[[Patch], None], ...]
    cases: Callable[[], Sequence[Case]]
    shows: str = DIFFER


TRAPS = {
    "event": Trap("an event that two rules match fires one of them", (events_for_facts,), two_rules_on_one_fact),
    "event, at random": Trap(
        "as before; the engine itself sees where that cannot be", (events_for_facts,), random_cases, FAIL
    ),
    "missing": Trap("a missing field matches neither `==` nor `!=`", (unequal_on_sparse_facts,), kind_is_another),
    "missing, at random": Trap("as before", (unequal_on_sparse_facts,), random_cases),
    "none": Trap(
        "`none` is decided on assertion: a later fact takes no match back",
        (negation_in_engine_blocked_late,),
        not_while_kind_is_e,
    ),
    "none of the unknown": Trap(
        "`none` takes what is not sure for what is not", (negation_in_engine,), not_while_kind_is_unknown, FAIL
    ),
    "or": Trap("an `$or` of a literal and a join loses the literal", (literal_and_join_in_one_or,), literal_or_join),
    "branches": Trap(
        "more than 64 tests that one fact passes give error 303", (one_ruleset,), many_tests_on_one_fact, FAIL
    ),
    "batch": Trap(
        "in a batch all behind a fact that cannot be read is dropped in silence: the canary notices",
        (batches_with_exponent,),
        sharing,
        FAIL,
    ),
    "batch, no canary": Trap(
        "in a batch all behind a fact that cannot be read is dropped in silence",
        (batches_with_exponent, no_canary),
        sharing,
    ),
    "fact ids": Trap(
        "of two facts whose ids have one hash the second is dropped: the code notices",
        (ids_with_one_hash,),
        two_of_a_kind,
        FAIL,
    ),
    "fact ids, no codes": Trap(
        "of two facts whose ids have one hash the second is dropped", (ids_with_one_hash, codes_unread), two_of_a_kind
    ),
    "session ids": Trap(
        "sessions whose ids have one hash are one: the ids of facts come twice, and the code notices",
        (sids_with_one_hash, sessions_kept),
        first_then_second,
        FAIL,
    ),
    "session ids, no codes": Trap(
        "sessions whose ids have one hash are one: the canary is taken for the earlier one",
        (sids_with_one_hash, sessions_kept, codes_unread),
        first_then_second,
        FAIL,
    ),
    "session ids, no codes, no canary": Trap(
        "sessions whose ids have one hash are one",
        (sids_with_one_hash, sessions_kept, codes_unread, no_canary),
        first_then_second,
    ),
    "big numbers joined": Trap("numbers saturate at 2**63 - 1", (raw_values, unconfirmed), beyond_64_bits),
    "big numbers ordered": Trap("numbers saturate at 2**63 - 1", (constants_in_engine,), ordered_beyond_64_bits),
    "long texts": Trap(
        "lengths are taken modulo 65,536, so that texts of 65,536 characters are all equal to a constant",
        (constants_in_engine,),
        long_texts,
    ),
    "parts of texts": Trap("regular expressions have no anchors of their own", (constants_in_engine,), prefixes),
    "one fact, two places": Trap(
        "the engine never takes one fact for two places of a match", (one_fact_for_two_places,), shares_with_itself
    ),
}

# What the notes warn of, or what is guarded twice, and makes no difference in this version.
WITHOUT_EFFECT = {
    "matches unconfirmed": Trap(
        "frames are found by a 32-bit hash of the joined values, but these are compared then",
        (unconfirmed,),
        joined_pairs_with_one_hash,
    ),
    "matches unconfirmed, at random": Trap("as before", (unconfirmed,), random_cases),
    "texts joined": Trap(
        "joins find frames by the hash of the whole text and then compare texts",
        (raw_values, unconfirmed),
        joined_texts,
    ),
    "big numbers joined, but confirmed": Trap(
        "the numbers of a match come back as they went in", (raw_values,), beyond_64_bits
    ),
    "nothing behind the last join": Trap(
        "the last of some equality joins can only be false where two numbers have one hash",
        (nothing_behind_last_test,),
        joined_pairs_with_one_hash,
    ),
    "nothing behind the last join, at random": Trap("as before", (nothing_behind_last_test,), random_cases),
    "true behind the last join": Trap("a last test that holds ends the program in time", (last_test_true,), sharing),
    "batches": Trap("in a batch a fact that matches nothing drops none behind it", (batches,), random_cases),
    "blocked first": Trap("`none` is right where what blocks comes first", (negation_in_engine,), not_while_kind_is_e),
    "session ids, cleaned up": Trap(
        "sessions of one hash are apart once deleted", (sids_with_one_hash,), first_then_second
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_fault_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison notices a planted fault."""
    trap = TRAPS[name]
    for plant in trap.plants:
        plant(monkeypatch)
    assert compare(trap.cases()) == trap.shows, trap.says


@pytest.mark.parametrize("cases", dict.fromkeys(each.cases for each in TRAPS.values()))
def test_guards_in_place(cases: Callable[[], Sequence[Case]]) -> None:
    """The same inputs agree where no fault is planted."""
    assert compare(cases()) == AGREE


@pytest.mark.parametrize("name", WITHOUT_EFFECT)
def test_fault_without_effect(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a guard is the second one, or guards against what this version does not do, nothing changes without it."""
    trap = WITHOUT_EFFECT[name]
    for plant in trap.plants:
        plant(monkeypatch)
    assert compare(trap.cases()) == AGREE, trap.says


# --- Faults that end the process

# In seconds; what takes half a minute alone takes many times that beside others on a busy machine.
_PATIENCE = 800


def crash(*words: str, pages: bool = False) -> int:
    """The exit code of this module run with some words; negative for a signal.

    The C library fills memory with a pattern when it hands it out, so that no pointer is null by luck; with `pages` what is not
    very small has pages of its own, so that nothing of ours lies behind its end.
    """
    command = [sys.executable, "-m", "tests.properties.test_traps", *words]
    env = {**os.environ, "MALLOC_PERTURB_": "85"} | ({"MALLOC_MMAP_THRESHOLD_": "64"} if pages else {})
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, timeout=_PATIENCE, check=False).returncode


def crashes(*words: str, pages: bool = False) -> bool:
    """Whether the process is ended by a signal, in one of several runs: what lies behind the end is a matter of luck."""
    return any(crash(*words, pages=pages) < 0 for _ in range(12))


class TestProcesses:
    """Where C code goes astray, the process of the check dies; nothing is found in silence."""

    @pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told where to put memory")
    def test_last_test_false(self) -> None:
        """A last test across facts that is false is read past its end."""
        assert crashes("sharing_often", "last_test_false", pages=True)

    def test_last_test_true(self) -> None:
        """With a test behind it that always holds, the same rules are sound."""
        assert crash("sharing_often", "last_test_true", pages=True) == 0

    def test_sessions_kept(self) -> None:
        """A ruleset holds 1,024 sessions: one more gives a `MemoryError`, and its memory is not to be trusted then."""
        assert crash("many_checks", "sessions_kept") != 0

    def test_sessions_deleted(self) -> None:
        """As many checks are no trouble where each session is deleted."""
        assert crash("many_checks") == 0

    @pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can be told to fill memory")
    def test_session_without_action_deleted(self) -> None:
        """To delete a session that has run no action frees pointers that were never set."""
        assert crashes("two_of_a_kind", "ids_with_one_hash", "sessions_always_deleted")

    def test_session_without_action_left(self) -> None:
        """The adapter leaves such a session alone, and the error of the engine is all that comes of it."""
        assert crash("two_of_a_kind", "ids_with_one_hash") == NOTICED

    def test_after_fork(self) -> None:
        """A forked child builds networks of its own, and parent and child go on."""
        assert crash("sharing", "fork") == 0

    def test_after_fork_shared(self) -> None:
        """That a child has networks of its own makes no difference in this version."""
        assert crash("sharing", "networks_shared", "fork") == 0

    def test_exception_in_consequent(self) -> None:
        """The stock host swallows an exception in a consequent, which is why the adapter has neither."""
        assert crash("host") == 0


def sharing_often() -> Sequence[Case]:
    """Many networks, so that a read past the end of a definition hits something."""
    return [case for _ in range(200) for case in sharing()]


def swallow_exception() -> int:
    """Has a consequent fail under the stock host; 0 if the caller does not hear of it."""
    from durable.lang import assert_fact, m, ruleset, when_all

    with ruleset("swallowing"):

        @when_all(m.a == 1)  # type: ignore[untyped-decorator,unused-ignore]  # durable-rules has no types
        def fail(_: Any) -> None:
            raise ValueError

    state = assert_fact("swallowing", {"id": "1", "sid": "1", "a": 1})
    return 0 if "exception" in state else 1


def compare_in_fork(cases: Sequence[Case]) -> int:
    """Compares, forks, and compares in the child and again in the parent."""
    engine = DurableEngine()
    wanted = [PlainEngine().evaluate(*each) for each in cases]
    agree = [engine.evaluate(*each) for each in cases] == wanted
    child = os.fork()
    agree = agree and [engine.evaluate(*each) for each in cases] == wanted
    if not child:
        os._exit(0 if agree else NOTICED)
    return 0 if agree and os.waitpid(child, 0)[1] == 0 else NOTICED


class TestThreads:
    """One engine object may be used from any thread."""

    @pytest.mark.parametrize("engine", [DurableEngine, ColumnsEngine])
    def test_four_threads(self, engine: Callable[[], Engine]) -> None:
        """Four threads at once find what one finds."""
        assert self._differing(engine()) == 0

    @staticmethod
    def _differing(engine: Engine) -> int:
        cases = [*random_cases()[:40], *sharing()]
        wanted = [PlainEngine().evaluate(*each) for each in cases]
        interval = sys.getswitchinterval()
        sys.setswitchinterval(1e-6)
        try:
            with ThreadPoolExecutor(4) as pool:
                found = pool.map(lambda _: [engine.evaluate(*each) for each in cases], range(4))
                return sum(each != wanted for each in found)
        finally:
            sys.setswitchinterval(interval)


# --- What the adapter promises


class TestAdapter:
    """Guards that no planted fault can show."""

    def test_last_join_always_true(self) -> None:
        """Each pattern with tests across facts ends with one that always holds.

        With equality alone its absence does not show (see `WITHOUT_EFFECT`); with any other test it would end the process.
        """
        compiled = [durable_module._Compiled.of(program) for program, _ in [*random_cases(), *joined_texts()]]
        networks = [
            each for one in compiled for each in (one.whens, one.exceptions, *(part.network for part in one.passes))
        ]
        patterns = [
            pattern
            for each in networks
            for ruleset in each.rulesets
            for rule in ruleset._sources
            for pattern in rule.patterns
            if pattern.same
        ]
        assert patterns
        for each in patterns:
            assert each.definition()[each.alias]["$and"][-1] == {"j": {each.same[0].alias: "j"}}

    def test_failed_clean_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A session that cannot be deleted is an error of the engine."""
        real: Any = _durable._extension
        _extension(monkeypatch, delete_state=lambda handle, _: real.delete_state(handle, "no such session"))
        with pytest.raises(EngineError, match=r"^durable-rules failed: Could not delete state, error code: 309$"):
            DurableEngine().evaluate(*two_of_a_kind()[0])


def main(cases: str, *plants: str) -> int:
    """Compares with some faults planted; see the module."""
    if cases == "host":
        return swallow_exception()
    found: Sequence[Case] = globals()[cases]()
    with pytest.MonkeyPatch.context() as patch:
        for plant in plants:
            if plant != "fork":
                globals()[plant](patch)
        if "fork" in plants:
            return compare_in_fork(found)
        return 0 if compare(found) == AGREE else NOTICED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
