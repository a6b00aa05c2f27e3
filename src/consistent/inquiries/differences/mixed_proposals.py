"""Proposals between two versions of one: each amendment made or not."""

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from consistent.inquiries.differences.amendments import Key
from consistent.inquiries.differences.matching import Pair
from consistent.inquiries.edits import Edit, apply
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field, Measure, Proposal
from consistent.model.values import Value

__all__ = ["MixedProposals"]


@frozen
class _Reread:
    """A value that was written once and reads otherwise with the terms of the other pack."""

    measure: str | None
    field: Field
    old: Value
    new: Value


class MixedProposals:
    """Every version between two; a measure is called by its number among the matched ones."""

    def __init__(self, old: Proposal, new: Proposal, pairs: Sequence[Pair], keys: frozenset[Key]) -> None:
        self._keys = keys
        self._base = evolve(old, measures=tuple(_numbered(pair, number) for number, pair in enumerate(pairs)))
        self._edits: dict[Key, Edit] = {}
        self._reread: list[_Reread] = []
        for key, measure, field, before, after in _values(old, new, pairs):
            if key in keys:
                self._edits[key] = Edit(measure, field.name, after)
            elif before != after:
                self._reread.append(_Reread(measure, field, before, after))
        # A measure that was added is there once its amendment is made, one that was dropped until then.
        self._there = {("measure", number): pair.old is None for number, pair in enumerate(pairs)}

    def of(self, made: frozenset[Key]) -> Proposal:
        """The version with these amendments made."""
        edits = [edit for key, edit in self._edits.items() if key in made]
        edits += [Edit(each.measure, each.field.name, self._value(each, made)) for each in self._reread]
        proposal = apply(self._base, edits)
        gone = {str(key[1]) for key, added in self._there.items() if key in self._keys and (key in made) is not added}
        return evolve(proposal, measures=tuple(each for each in proposal.measures if each.id not in gone))

    def _value(self, reread: _Reread, made: frozenset[Key]) -> Value:
        """Of each term, what the version of the vocabulary that it is taken from makes of it."""
        edited = {str(key[2]) for key in self._keys if key[:2] == ("term", reread.field.vocabulary)}
        undone = {each for each in edited if ("term", reread.field.vocabulary, each) not in made}
        if not undone or undone == edited:
            return reread.old if undone else reread.new
        return evolve(reread.new, no=(reread.new.no - undone) | (reread.old.no & undone))


def _numbered(pair: Pair, number: int) -> Measure:
    measure = pair.old or pair.new
    if measure is None:  # pragma: no cover  a pair has one at least
        raise AssertionError(pair)
    return evolve(measure, id=str(number))


def _values(
    old: Proposal, new: Proposal, pairs: Sequence[Pair]
) -> Iterator[tuple[Key, str | None, Field, Value, Value]]:
    """Every field of what both versions have, with its two values."""
    parts: list[tuple[int | None, Proposal | Measure, Proposal | Measure, Mapping[str, Field]]]
    parts = [(None, old, new, PROPOSAL_FIELDS)]
    for number, pair in enumerate(pairs):
        if pair.old is not None and pair.new is not None:
            parts.append((number, pair.old, pair.new, MEASURE_FIELDS))
    for where, before, after, fields in parts:
        name = None if where is None else str(where)
        for each in fields.values():
            yield ("value", where, each.name), name, each, getattr(before, each.name), getattr(after, each.name)
