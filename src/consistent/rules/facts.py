"""The facts that hold on one day, as conditions see them."""

from collections.abc import Iterable
from datetime import date

from consistent.knowledge.base import Knowledge
from consistent.knowledge.entries import Fact
from consistent.model.proposal import Field
from consistent.model.values import Atom
from consistent.rules.conditions import KnownValues

__all__ = ["FactLookup"]


class FactLookup:
    """Looks facts up by kind, and values up in facts."""

    def __init__(self, knowledge: Knowledge, day: date) -> None:
        self._knowledge = knowledge
        self._facts = {
            kind: tuple(fact for fact in facts if day in fact.period) for kind, facts in knowledge.facts.items()
        }

        self._closed: dict[str, dict[frozenset[Atom], frozenset[Atom]]] = {}

    def of_kind(self, kind: str) -> tuple[Fact, ...]:
        """Every fact of the kind."""
        return self._facts.get(kind, ())

    def closed(self, atoms: Iterable[Atom], field: Field) -> frozenset[Atom]:
        """The atoms with, for terms, every narrower one."""
        given = frozenset(atoms)
        if field.type != "terms":
            return given
        # The same set again for the same atoms, so that what was asked of it before need not be asked anew.
        known = self._closed.setdefault(field.vocabulary, {})
        if given not in known:
            narrower = self._knowledge.vocabularies[field.vocabulary].narrower(str(atom) for atom in given)
            known[given] = frozenset(narrower)
        return known[given]

    def values(self, known: KnownValues, field: Field) -> frozenset[Atom]:
        """Every value that facts of a kind have in a field."""
        atoms = (atom for fact in self.of_kind(known.kind) for atom in fact.values[known.field].yes)
        return self.closed(atoms, field)
