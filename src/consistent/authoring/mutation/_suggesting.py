"""An example that would notice a fault: a proposal on which the rule and its mutant differ."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from attrs import evolve, frozen

from consistent.authoring.concept_rules import holding, is_concept
from consistent.authoring.mutation._mutants import Mutant
from consistent.authoring.mutation.killing import said
from consistent.errors import InputError
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Field, Measure, Proposal
from consistent.model.values import UNKNOWN, Atom, Value
from consistent.model.vocabulary import Vocabulary
from consistent.rules.compiling import compile_rules
from consistent.rules.conditions import Condition, Count, FactExists, KnownValues, Reference, Test, tests_in, walk
from consistent.rules.program import FactLookup, ask
from consistent.rules.rule import Rule
from consistent.solving.search import witness
from consistent.toml.writing import field_lines, measure_lines

__all__ = ["nearby", "suggestion"]

# Proposals close to the examples of a rule: with what one field holds changed.

# Of alternatives that only differ in a value a few are enough.
_ALTERNATIVES = 24
_OF_A_KIND = 2
# No rule counts further than a reader would.
_MEASURES = 9
# A citation that no rule is likely to ask for.
_ELSEWHERE: tuple[Atom, ...] = ("TFEU 165(4)", "TFEU 192(1)")
_AMOUNT = 1_000_000
# Of attributes by name; that they are values is known to their class.
_Values = dict[str, Any]
_DAY = date(2026, 1, 1)


@frozen
class _Asked:
    """A field of the proposal or of its measures with values worth a try."""

    of_measures: bool
    field: Field
    atoms: tuple[Atom, ...]


def nearby(rule: Rule, knowledge: Knowledge, day: date) -> Iterator[Proposal]:
    """The proposals, closest first, each once; on the last of them the search ends.

    Raises:
        InputError: the rule spreads out to too many alternatives.
    """
    facts = FactLookup(knowledge, day)
    compiled = compile_rules((rule,), facts, day).rules[0]
    alternatives = sorted(compiled.when, key=lambda clause: sorted(map(str, clause)))[:_ALTERNATIVES]
    simplest = (witness(clause, knowledge.vocabularies) for clause in alternatives)
    asked = list(_gathered(rule, facts, knowledge))
    most = max((bound for condition in rule.conditions for bound in _counted(condition)), default=0)
    seen: set[Proposal] = set()
    for base in (*(shown.proposal for shown in rule.examples), *(shown for shown in simplest if shown is not None)):
        for proposal in (base, *_repeated(base, most), *_edited(base, asked)):
            if proposal not in seen:
                seen.add(proposal)
                yield proposal


def _counted(condition: Condition) -> Iterator[int]:
    """The bounds of every count in a condition."""
    for node in walk(condition):
        if isinstance(node, Count):
            yield from (bound for bound in (node.at_least, node.at_most) if bound is not None)


def _repeated(base: Proposal, most: int) -> Iterator[Proposal]:
    """The proposal with its first measure so often that each bound of a count is passed."""
    for times in range(1, min(most, _MEASURES) + 1 if base.measures else 1):
        yield evolve(base, measures=base.measures[:1] * times + base.measures)


def _gathered(rule: Rule, facts: FactLookup, knowledge: Knowledge) -> Iterator[_Asked]:
    found: dict[tuple[bool, Field], dict[Atom, None]] = {}
    for condition in rule.conditions:
        for of_measures, field, atoms in _asks(condition, facts):
            found.setdefault((of_measures, field), {}).update(dict.fromkeys(atoms))
    for (of_measures, field), named in found.items():
        atoms = dict.fromkeys((*named, *(one for atom in named for one in _near(atom, field, knowledge))))
        yield _Asked(of_measures, field, (*atoms, *_elsewhere(field, named, knowledge)))


def _asks(condition: Condition, facts: FactLookup) -> Iterator[tuple[bool, Field, Iterable[Atom]]]:
    for node in walk(condition):
        match node:
            case FactExists(kind, part):
                yield from _joined(kind, part, facts)
            case Count(total=Test() as total):
                yield True, total.field, total.written
            case Test(scope="fact"):
                pass  # asked for where the fact is looked for
            case Test(operand=Reference() as reference):
                yield node.scope == "measure", node.field, ()
                yield reference.scope != "proposal", reference.field, ()
            case Test(operand=KnownValues() as known):
                values = sorted(facts.values(known, node.field), key=str)
                yield node.scope == "measure", node.field, values[:_OF_A_KIND]
            case Test():
                yield node.scope == "measure", node.field, node.written
            case _:
                pass


def _joined(kind: str, part: Condition, facts: FactLookup) -> Iterator[tuple[bool, Field, Iterable[Atom]]]:
    """Of the facts of a kind a few for each way in which they can pass the tests, as values of the fields that join them."""
    tests = [test for test in tests_in(part) if isinstance(test.operand, frozenset)]
    groups: dict[tuple[object, ...], int] = {}
    for fact in facts.of_kind(kind):
        passed = tuple(ask(test.operator, test.operand, fact.values[test.field.name]) for test in tests)
        groups[passed] = groups.get(passed, 0) + 1
        if groups[passed] > _OF_A_KIND:
            continue
        for test in tests_in(part):
            if isinstance(test.operand, Reference):
                yield (
                    test.operand.scope == "measure",
                    test.operand.field,
                    sorted(fact.values[test.field.name].yes, key=str),
                )


def _near(atom: Atom, field: Field, knowledge: Knowledge) -> Iterator[Atom]:
    """What stands next to a value: a narrower term and one under the same broader one, the day or number before and after."""
    if isinstance(atom, date):
        yield from (atom + timedelta(1), atom - timedelta(1))
    elif isinstance(atom, int):
        yield from (atom + 1, max(atom - 1, 0))
    elif field.type == "terms":
        vocabulary = knowledge.vocabularies[field.vocabulary]
        yield from sorted(vocabulary.narrower((atom,)) - {atom})[:1]
        yield from _siblings(atom, vocabulary)


def _siblings(term: str, vocabulary: Vocabulary) -> Iterator[str]:
    above = set(vocabulary.terms[term].broader)
    near = sorted(name for name, other in vocabulary.terms.items() if name != term and above & set(other.broader))
    yield from [name for name in near if name > term][:1] or near[:1]


def _elsewhere(field: Field, named: Iterable[Atom], knowledge: Knowledge) -> Iterator[Atom]:
    """What the rule does not ask for."""
    if field.type == "terms":
        vocabulary = knowledge.vocabularies[field.vocabulary]
        asked = {str(atom) for atom in named}
        taken = vocabulary.narrower(asked) | {wider for term in asked for wider in vocabulary.broader(term)}
        yield from [term for term in sorted(vocabulary.terms) if term not in taken][:_OF_A_KIND]
    elif field.type == "citation":
        yield from (atom for atom in _ELSEWHERE if atom not in set(named))
    elif field.type in {"amount", "number"}:
        yield _AMOUNT
    elif field.type == "date":
        yield _DAY


def _edited(base: Proposal, asked: Iterable[_Asked]) -> Iterator[Proposal]:
    for question in asked:
        if not question.of_measures:
            for value in _values(base.value(question.field.name), question):
                yield evolve(base, **_Values({question.field.name: value}))
            continue
        for index, measure in enumerate(base.measures):
            put = _putter(base, index)
            for value in _values(measure.value(question.field.name), question):
                yield put(evolve(measure, **_Values({question.field.name: value})))


def _putter(base: Proposal, index: int) -> Callable[[Measure], Proposal]:
    def put(measure: Measure) -> Proposal:
        return evolve(base, measures=(*base.measures[:index], measure, *base.measures[index + 1 :]))

    return put


def _values(value: Value, asked: _Asked) -> Iterator[Value]:
    for atom in asked.atoms:
        yield Value.exactly(atom)
        if value.yes and not asked.field.single:
            yield evolve(value, yes=value.yes | {atom}, no=value.no - {atom})
    yield Value.exactly()
    yield UNKNOWN


# What is not found among so many is far from every example.
_TRIED = 2000


def suggestion(mutant: Mutant, knowledge: Knowledge, today: date) -> str:
    """An example as TOML, but for its title; empty where no proposal close to the examples tells the two apart.

    What it expects is what the rule as it stands says: whether that is right is for a person to judge.
    """
    rule = mutant.original
    day = rule.period.nearest(today)
    for proposal in _tried(rule, knowledge, day):
        expected = said(rule, knowledge, proposal, day)
        if said(mutant.rule, knowledge, proposal, day) != expected:
            return "\n".join(_example_lines(proposal, holding(expected) if is_concept(rule) else expected))
    return ""


@lru_cache(maxsize=2)
def _tried(rule: Rule, knowledge: Knowledge, day: date) -> tuple[Proposal, ...]:
    try:
        return tuple(proposal for proposal, _ in zip(nearby(rule, knowledge, day), range(_TRIED), strict=False))
    except InputError:
        # Told when the rule is used; there is nothing to suggest for it.
        return ()


def _example_lines(proposal: Proposal, expected: str) -> Iterator[str]:
    """An example in the form of a rule's file, without a title."""
    yield "[[example]]"
    yield f'expect = "{expected}"'
    header = list(field_lines(proposal))
    if header:
        yield "[example.proposal]"
        yield from header
    for measure in proposal.measures:
        yield "[[example.measure]]"
        yield from measure_lines(measure, named=False)
