"""From rules to a program, in disjunctive normal form: facts are joined in, negation is pushed to the literals.

What a literal asks is a column of the program (`program`). The number of clauses is bounded by `MAX_CLAUSES`.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar, cast

from attrs import evolve

from consistent.errors import Fault, InputError, Location
from consistent.knowledge.entries import Fact
from consistent.model.values import Atom
from consistent.rules.conditions import (
    FLIPPED,
    All,
    Any,
    Condition,
    Count,
    FactExists,
    KnownValues,
    Named,
    Not,
    Other,
    Reference,
    Test,
    tests_in,
)
from consistent.rules.program import (
    Answer,
    Clause,
    Column,
    Compared,
    CompiledRule,
    FactLookup,
    Join,
    Program,
    Quantified,
    Question,
    Shared,
    Subject,
    Total,
    Undecided,
    ask,
)
from consistent.rules.rule import Rule
from consistent.toml.tomlfile import KeyPath
from consistent.truth import Truth

__all__ = ["MAX_CLAUSES", "compile_condition", "compile_rules"]

T = TypeVar("T")
# A condition whose normal form has more clauses than this is a mistake or should be several rules.
MAX_CLAUSES = 256

Clauses = frozenset[Clause]
_ALWAYS: Clauses = frozenset({frozenset()})
_NEVER: Clauses = frozenset()


class _TooManyError(Exception):
    """The normal form of a condition has more than MAX_CLAUSES clauses."""


def compile_rules(rules: Iterable[Rule], facts: FactLookup, day: date, before: Iterable[CompiledRule] = ()) -> Program:
    """Compile the rules that hold on a day against the facts of that day.

    Args:
        rules: all of them.
        facts: of the day.
        day: that counts.
        before: rules as they were compiled with the same facts; those among `rules` are taken over.

    Raises:
        InputError: conditions of rules spread out to too many alternatives.
    """
    compiled: list[CompiledRule] = []
    held: dict[object, object] = {}
    faults: list[Fault] = []
    dormant: list[Rule] = []
    known = {compiled_rule.rule: compiled_rule for compiled_rule in before}
    for rule in rules:
        if day not in rule.period:
            dormant.append(rule)
            continue
        if rule in known:
            compiled.append(known[rule])
            continue
        conditions: list[Clauses] = []
        keys: list[KeyPath] = [("when",), *(("unless", index) for index in range(len(rule.unless)))]
        for at, condition in zip(keys, rule.conditions, strict=True):
            try:
                conditions.append(_normal(condition, facts))
            except _TooManyError:
                message = f"a condition spreads out to more than {MAX_CLAUSES} alternatives"
                faults.append(Fault(message, rule.anchor.file.location(at), "split the rule"))
        if len(conditions) == len(keys):
            when, *unless = (_held_once(clauses, held) for clauses in conditions)
            compiled.append(CompiledRule(rule, when, tuple(unless)))
    if faults:
        raise InputError(faults)
    return Program(tuple(compiled), facts, tuple(dormant))


def _held_once(clauses: Clauses, held: dict[object, object]) -> Clauses:
    """The same clauses, of which what rules have in common is one object: half of a program is, and it is read at each start.

    Args:
        clauses: of one condition.
        held: what other conditions have; grows.
    """

    def once(item: T) -> T:
        return cast("T", held.setdefault(item, item))

    def literal(each: Answer | Join) -> Answer | Join:
        if each in held or not isinstance(each, Answer):
            return once(each)
        column = once(each.column)
        return once(each if column is each.column else Answer(column, each.positive))

    return once(frozenset(once(frozenset(map(literal, clause))) for clause in clauses))


def compile_condition(condition: Condition, facts: FactLookup, place: Location) -> Clauses:
    """Alternatives of conjunctions that together say a condition that stands by itself.

    Args:
        condition: as read.
        facts: of the day.
        place: of the condition, for the fault.

    Raises:
        InputError: it spreads out to too many alternatives.
    """
    try:
        return _normal(condition, facts)
    except _TooManyError:
        message = f"a condition spreads out to more than {MAX_CLAUSES} alternatives"
        raise InputError([Fault(message, place, "split the condition")]) from None


def _normal(condition: Condition, facts: FactLookup, *, positive: bool = True) -> Clauses:
    """Alternatives of conjunctions that together say the condition, or its negation if not positive."""
    match condition:
        case Test():
            return _test(condition, facts, positive=positive)
        case All(parts):
            spread = (_normal(part, facts, positive=positive) for part in parts)
            return _product(spread) if positive else _union(spread)
        case Any(parts):
            spread = (_normal(part, facts, positive=positive) for part in parts)
            return _union(spread) if positive else _product(spread)
        case Not(part):
            return _normal(part, facts, positive=not positive)
        case Named():
            return _normal(condition.part, facts, positive=positive)
        case FactExists(kind, part):
            candidates = _facts(kind, part, facts)
            return candidates if positive else _negated(candidates)
        case Other(part):
            return _answer(_quantified(part, facts, at_least=1, at_most=None, others_only=True), positive=positive)
        case Count(part, at_least, at_most, total=total):
            column = _quantified(part, facts, at_least=at_least, at_most=at_most, others_only=False)
            summed = None if total is None else Total.of(total)
            return _answer(evolve(column, total=summed), positive=positive)


def _answer(column: Column, *, positive: bool) -> Clauses:
    return frozenset({frozenset({Answer(column, positive)})})


def _test(test: Test, facts: FactLookup, *, positive: bool) -> Clauses:
    scope: Subject = "measure" if test.scope == "measure" else "proposal"
    if isinstance(test.operand, Reference):
        reference, own, name = test.operand, test.field.name, test.operand.field.name
        if reference.scope == "judged":
            # INVARIANT: positive, the reader saw to it.
            return frozenset({frozenset({Join(own, name, test.operator, reference)})})
        if test.operator == "any":
            return _answer(Shared(own, name), positive=positive)
        either: Subject = "measure" if "measure" in {scope, reference.scope} else "proposal"
        column = Compared(either, (scope, own), test.operator, (reference.scope, name), reference)
        return _answer(column, positive=positive)
    operand = facts.values(test.operand, test.field) if isinstance(test.operand, KnownValues) else test.operand
    return _answer(Question(scope, test.field.name, test.operator, operand), positive=positive)


def _quantified(
    part: Condition, facts: FactLookup, *, at_least: int | None, at_most: int | None, others_only: bool
) -> Quantified:
    clauses = _normal(part, facts)
    joined = any(isinstance(literal, Join) for clause in clauses for literal in clause)
    return Quantified("measure" if joined or others_only else "proposal", clauses, at_least, at_most, others_only)


def _facts(kind: str, part: Condition, facts: FactLookup) -> Clauses:
    """The alternatives that the facts of a kind leave: tests on the fact are decided, joins become questions."""
    if isinstance(part, All):
        # What decides by itself goes first: most facts are out with that.
        part = All(tuple(sorted(part.parts, key=lambda inner: any(_is_join(test) for test in tests_in(inner)))))
    return _merged({clause for fact in facts.of_kind(kind) for clause in _of_fact(part, fact, facts, positive=True)})


def _is_join(test: Test) -> bool:
    return isinstance(test.operand, Reference)


def _of_fact(part: Condition, fact: Fact, facts: FactLookup, *, positive: bool) -> Clauses:
    match part:
        case All(parts):
            spread = (_of_fact(inner, fact, facts, positive=positive) for inner in parts)
            return _product(spread) if positive else _union(spread)
        case Not(inner):
            return _of_fact(inner, fact, facts, positive=not positive)
        case Test(operand=Reference() as reference):
            return _joined(part, reference, fact, facts, positive=positive)
        case Test():
            truth = ask(part.operator, part.operand, fact.values[part.field.name])
            if truth is Truth.UNKNOWN:
                return _answer(Undecided(), positive=True)
            return _ALWAYS if (truth is Truth.YES) is positive else _NEVER
        case _:  # pragma: no cover  the reader puts nothing else into the tests of a fact
            raise AssertionError(part)


def _joined(test: Test, reference: Reference, fact: Fact, facts: FactLookup, *, positive: bool) -> Clauses:
    """A test of a fact that refers to the measure or the proposal, as a question to that."""
    scope: Subject = "measure" if reference.scope == "measure" else "proposal"
    values = fact.values[test.field.name].yes
    if test.operator == "any":
        operand = facts.closed(values, test.field)
        return _answer(Question(scope, reference.field.name, "any", operand), positive=positive)
    flipped = FLIPPED[test.operator]
    spread = [
        _answer(Question(scope, reference.field.name, flipped, atom), positive=positive)
        for atom in sorted(values, key=str)
    ]
    return _union(spread) if positive else _product(spread)


def _merged(clauses: Iterable[Clause]) -> Clauses:
    """Alternatives that differ in the values of one `any` question only, made one: 'has a or b' for 'has a, or has b'.

    Without it a join with a table of facts would spread out to an alternative for each fact. Where facts are joined on several
    fields, they are merged on one after the other.
    """
    merged = set(clauses)
    for scope, field in sorted({(asked.scope, asked.field) for clause in merged for asked in _any_questions(clause)}):
        merged = _merged_on(merged, scope, field)
    return _checked(merged)


def _merged_on(clauses: Iterable[Clause], scope: Subject, field: str) -> set[Clause]:
    """The same, of the `any` questions to one field."""
    groups: dict[Clause, set[Atom]] = {}
    merged: set[Clause] = set()
    for clause in clauses:
        asked = [question for question in _any_questions(clause) if (question.scope, question.field) == (scope, field)]
        # Where a field is asked twice, two alternatives would differ in more than the one question.
        if len(asked) != 1:
            merged.add(clause)
            continue
        atoms = groups.setdefault(clause - {Answer(asked[0])}, set())
        atoms.update(asked[0].operand)  # type: ignore[arg-type]  # a set, with operator `any`
    for others, atoms in groups.items():
        merged.add(others | {Answer(Question(scope, field, "any", frozenset(atoms)))})
    return merged


def _any_questions(clause: Clause) -> list[Question]:
    return [
        part.column
        for part in clause
        if isinstance(part, Answer)
        and part.positive
        and isinstance(part.column, Question)
        and part.column.operator == "any"
    ]


def _negated(clauses: Clauses) -> Clauses:
    """INVARIANT: no joins; these stand in quantifiers only, and positive."""
    return _product(
        frozenset(
            frozenset({evolve(literal, positive=not literal.positive)})
            for literal in clause
            if isinstance(literal, Answer)
        )
        for clause in clauses
    )


def _union(spread: Iterable[Clauses]) -> Clauses:
    return _checked(clause for clauses in spread for clause in clauses)


def _product(spread: Iterable[Clauses]) -> Clauses:
    result: Clauses = _ALWAYS
    for clauses in spread:
        result = _checked(left | right for left in result for right in clauses)
        if not result:
            break  # whatever comes behind it
    return result


def _checked(clauses: Iterable[Clause]) -> Clauses:
    """The clauses without those that another one covers.

    Raises:
        _TooManyError: there are too many.
    """
    distinct = frozenset(clauses)
    if len(distinct) > MAX_CLAUSES:
        raise _TooManyError
    if len(distinct) <= 1:
        return distinct
    return frozenset(clause for clause in distinct if not any(other < clause for other in distinct))
