"""What it takes for a rule to come out in a certain way: conditions that are to hold, and others that are not to.

A goal is a conjunction. Where there are several ways to an outcome, each is a goal of its own; they come in a fixed order.
Superiority is that of `findings.states`: a rule that is itself defeated defeats nothing, and what is open above keeps a rule
open below.
"""

from collections.abc import Iterable, Iterator
from itertools import product

from attrs import evolve, frozen

from consistent.model.values import Atom
from consistent.rules.program import (
    Answer,
    Clause,
    CompiledRule,
    Join,
    Program,
    Quantified,
    Question,
    Shared,
    Undecided,
)
from consistent.rules.superiority import reached, stronger

__all__ = ["Goal", "Goals", "Wanted", "clauses_in_order", "literals_in_order"]


@frozen(cache_hash=True)
class Wanted:
    """That one of the clauses holds, or that none does, with nothing left unknown."""

    clauses: frozenset[Clause]
    holds: bool


Goal = tuple[Wanted, ...]


class Goals:
    """The goals of one program."""

    def __init__(self, program: Program) -> None:
        self._rules = {each.rule.id: each for each in program.rules}
        self._above = stronger(each.rule for each in program.rules)

    def above(self, name: str) -> tuple[str, ...]:
        """The rules that defeat a rule directly."""
        return tuple(self._above[name])

    def with_stronger(self, name: str) -> tuple[str, ...]:
        """The rule, and each that defeats it directly or not."""
        return reached(name, self._above)

    def applies(self, name: str) -> Iterator[Goal]:
        """Ways in which the rule applies: each clause with no exception and nothing stronger."""
        free = self._undefeated(name)
        yield from (own + rest for own in self._own(name) for rest in free)

    def defeated(self, name: str) -> Iterator[Goal]:
        """Ways in which it would apply, and a stronger rule does."""
        over = [goal for each in self._above[name] for goal in self.applies(each)]
        yield from (own + rest for own in self._own(name) for rest in over)

    def excepted(self, name: str) -> Iterator[Goal]:
        """Ways in which an exception holds: each clause of the rule with each of an exception."""
        rule = self._rules[name]
        ways = [each for exception in rule.unless for each in clauses_in_order(exception)]
        yield from ((_one(own), _one(way)) for way in ways for own in clauses_in_order(rule.when))

    def nearly_applies(self, name: str) -> Iterator[Goal]:
        """Ways in which the rule fails by one literal of one clause alone."""
        rule = self._rules[name]
        free = self._undefeated(name)
        for clause in clauses_in_order(rule.when):
            for literal in literals_in_order(clause):
                flipped = _flipped(literal)
                if flipped is not None:
                    rest = _one(clause - {literal} | {flipped})
                    failing = Wanted(rule.when, holds=False)
                    yield from ((rest, failing, *_none(rule), *outside) for outside in free)

    def _own(self, name: str) -> Iterator[Goal]:
        rule = self._rules[name]
        yield from ((_one(clause), *_none(rule)) for clause in clauses_in_order(rule.when))

    def _undefeated(self, name: str) -> list[Goal]:
        """Ways in which no stronger rule applies or is open."""
        each_out = [list(self.out(above)) for above in self._above[name]]
        return [tuple(wanted for goal in goals for wanted in goal) for goals in product(*each_out)]

    def out(self, name: str) -> Iterator[Goal]:
        """Ways in which a rule neither applies nor is open."""
        rule = self._rules[name]
        yield (Wanted(rule.when, holds=False),)
        yield from ((Wanted(each, holds=True),) for each in rule.unless)
        yield from self.defeated(name)


def _one(clause: Clause) -> Wanted:
    return Wanted(frozenset({clause}), holds=True)


def _none(rule: CompiledRule) -> Goal:
    return tuple(Wanted(each, holds=False) for each in rule.unless)


def _flipped(literal: Answer | Join) -> Answer | None:
    """The opposite; none of what nothing decides, nor of a join, which stands in quantifiers only."""
    if isinstance(literal, Join) or isinstance(literal.column, Undecided):
        return None
    return evolve(literal, positive=not literal.positive)


def clauses_in_order(clauses: Iterable[Clause]) -> list[Clause]:
    """Clauses in an order that is the same in every process, small ones first."""
    return sorted(clauses, key=_clause_key)


def literals_in_order(clause: Clause) -> list[Answer | Join]:
    """The literals of a clause in an order that is the same in every process."""
    return sorted(clause, key=_literal_key)


def _clause_key(clause: Clause) -> tuple[int, list[str]]:
    return len(clause), sorted(map(_literal_key, clause))


def _literal_key(literal: Answer | Join) -> str:
    if isinstance(literal, Join):
        return f"join {literal.candidate_field} {literal.judged_field}"
    match literal.column:
        case Question(scope, name, operator, operand):
            said = f"{scope} {name} {operator} {_operand_key(operand)}"
        case Shared(own, common):
            said = f"shared {own} {common}"
        case Undecided():
            said = "undecided"
        case Quantified() as column:
            clauses = [_clause_key(each) for each in clauses_in_order(column.clauses)]
            said = f"quantified {column.scope} {column.at_least} {column.at_most} {column.others_only} {clauses}"
    return f"{said} {literal.positive}"


def _operand_key(operand: frozenset[Atom] | Atom | None) -> str:
    return " ".join(sorted(map(str, operand))) if isinstance(operand, frozenset) else str(operand)
