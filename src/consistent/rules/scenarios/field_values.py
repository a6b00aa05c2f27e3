"""Values of one field that give the answers wanted of it: as few atoms as will do."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from attrs import evolve, field, frozen

from consistent.model.proposal import Field
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabularies
from consistent.rules.asking import ask
from consistent.rules.scenarios.atoms import Requirement, candidate_atoms
from consistent.truth import Truth

__all__ = ["Wish", "field_values"]

_EMPTY = Value.exactly()


@frozen(cache_hash=True)
class Wish:
    """What is wanted of one field.

    Attributes:
        asked: questions with the answer that each is to have.
        with_: atoms that must be there.
        without: atoms that must not be there; a narrower or a wider citation may.
    """

    asked: frozenset[Requirement] = field(default=frozenset())
    with_: frozenset[Atom] = field(default=frozenset())
    without: frozenset[Atom] = field(default=frozenset())

    def asking(self, requirement: Requirement) -> "Wish":
        """The same with one question more."""
        return evolve(self, asked=self.asked | {requirement})


def field_values(about: Field, wish: Wish, vocabularies: Vocabularies, *, single: bool) -> Iterator[Value]:
    """Exact values of which all that is wanted holds, the simplest first; none where none can be.

    A question that a set passes by any of its atoms (has any of these, is more than that, is not empty) needs an atom. One
    that it passes by all of them (has none of these, has only these) bars atoms. So a set will do just where none of its
    atoms is barred and each need is met; no set that has more atoms does better.

    Args:
        about: the field.
        wish: what is wanted.
        vocabularies: with that of the field.
        single: whether it takes one atom at most.
    """
    atoms = candidate_atoms(about, wish.asked, wish.with_ | wish.without, vocabularies)
    needs, bars = _needs_and_bars(wish)

    def allowed() -> Iterator[Atom]:
        return (each for each in atoms if each not in wish.without and all(_meets(each, bar) for bar in bars))

    if not needs and not wish.with_:
        # A boundary says more than that there is nothing: it comes first where there is one.
        bounded = about.type in {"amount", "date"} and bool(wish.asked)
        filled = map(Value.exactly, allowed())
        yield from chain(filled, [_EMPTY]) if bounded else chain([_EMPTY], filled)
    elif single:
        if about.type == "terms":
            # No term passes but one that is asked for: the others need not be tried.
            sets = [each.operand for each, _ in needs if isinstance(each.operand, frozenset) and each.operator == "any"]
            atoms = (each for each in atoms if all(each in one for one in sets))
        alone = (each for each in allowed() if wish.with_ <= {each} and all(_meets(each, need) for need in needs))
        yield from map(Value.exactly, alone)
    else:
        yield from _sets(needs, list(allowed()), wish.with_)


def _sets(needs: Sequence[Requirement], allowed: Sequence[Atom], held: frozenset[Atom]) -> Iterator[Value]:
    """Sets of allowed atoms, those that are held among them, that meet every need."""
    met = {atom: frozenset(n for n, need in enumerate(needs) if _meets(atom, need)) for atom in allowed}
    # A need that no atom meets is seen here: the growing would try every way to meet the others first.
    if held <= set(allowed) and frozenset(range(len(needs))) == frozenset[int]().union(*met.values()):
        seen: set[frozenset[Atom]] = set()
        for found in _Sets(met, len(needs)).grown(held):
            if found not in seen:
                seen.add(found)
                yield Value.exactly(*found)


def _needs_and_bars(wish: Wish) -> tuple[list[Requirement], list[Requirement]]:
    """The questions that one atom settles, and those that every atom must pass; each in a fixed order."""
    ranked = sorted(wish.asked, key=lambda each: (each[0].operator, each[1], _size(each), str(_first(each))))
    needs = [each for each in ranked if _by_one(each)]
    return needs, [each for each in ranked if not _by_one(each)]


def _by_one(requirement: Requirement) -> bool:
    question, holds = requirement
    return holds is not (question.operator in {"only", "empty"})


def _size(requirement: Requirement) -> int:
    operand = requirement[0].operand
    return len(operand) if isinstance(operand, frozenset) else 1


def _first(requirement: Requirement) -> Atom | None:
    operand = requirement[0].operand
    return min(operand, key=str, default=None) if isinstance(operand, frozenset) else operand


def _meets(atom: Atom, requirement: Requirement) -> bool:
    question, holds = requirement
    return ask(question.operator, question.operand, Value.exactly(atom)) is Truth.of(holds)


@frozen
class _Sets:
    """Grows sets of atoms until each need is met; `met` tells which needs, by number, each atom meets."""

    met: Mapping[Atom, frozenset[int]]
    needs: int

    def grown(self, held: frozenset[Atom]) -> Iterator[frozenset[Atom]]:
        left = frozenset(range(self.needs)).difference(*(self.met[each] for each in held))
        if not left:
            yield held
            return
        # Of atoms that meet the first need, one that meets others too keeps the set small.
        fitting = [atom for atom, met in self.met.items() if min(left) in met]
        for atom in sorted(fitting, key=lambda each: -len(self.met[each] & left)):
            yield from self.grown(held | {atom})
