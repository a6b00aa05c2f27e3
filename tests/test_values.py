"""What is known of a field, against every way in which the rest may turn out.

A **completion** of a value is a set that the field may hold for all that is known: it contains `yes`, avoids `no`, and is
`yes` itself if the value is not open. A question to the value is to be answered with yes iff the completions all say yes, with
no iff they all say no. The oracle goes through all of them, over a few atoms of which one stands for all that no rule names.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain, combinations, product
from operator import methodcaller
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistent.model.values import UNKNOWN, Atom, Value
from consistent.sources import broader_citations
from consistent.truth import Truth

Atoms = frozenset[Atom]
A = TypeVar("A")

UNIVERSES: dict[str, tuple[Atom, ...]] = {
    "terms": ("a", "b", "c"),
    "amounts": (0, 1, -(10**30)),
    "dates": (date.min, date(2025, 4, 11), date.max),
}
FRESH = "that no rule names"
# A bare article, two of its paragraphs, a point, and another article that begins with the same digits.
CITATIONS: tuple[Atom, ...] = ("TFEU 17", "TFEU 17(1)", "TFEU 17(1)(a)", "TFEU 17(2)", "TFEU 173")


def subsets(atoms: Iterable[A]) -> Iterator[frozenset[A]]:
    """Every subset, the empty one first."""
    listed = tuple(atoms)
    return map(frozenset, chain.from_iterable(combinations(listed, size) for size in range(len(listed) + 1)))


def all_values(universe: tuple[Atom, ...]) -> Iterator[Value]:
    """Every value over the universe."""
    for yes in subsets(universe):
        yield Value(yes=yes, open=False)
        yield from (Value(yes=yes, no=no, open=True) for no in subsets(set(universe) - yes))


def completions(value: Value, universe: tuple[Atom, ...]) -> list[Atoms]:
    """Every set that the field may hold."""
    if not value.open:
        return [value.yes]
    return [each for each in subsets((*universe, FRESH)) if value.yes <= each and not each & value.no]


def verdict(answers: Iterable[bool]) -> Truth:
    """Yes or no where all answers are the same."""
    found = set(answers)
    return Truth.UNKNOWN if len(found) == 2 else Truth.of(decided=found.pop())


@pytest.mark.parametrize("universe", UNIVERSES.values(), ids=UNIVERSES)
class TestExact:
    """Of terms, texts, amounts and dates, an answer is as definite as what is known allows, and no more."""

    def test_has_any(self, universe: tuple[Atom, ...]) -> None:
        """Whether one of the wanted is there."""
        for value, wanted in product(all_values(universe), subsets(universe)):
            expected = verdict(bool(each & wanted) for each in completions(value, universe))
            assert value.has_any(wanted) is expected, (value, wanted)

    def test_has_only(self, universe: tuple[Atom, ...]) -> None:
        """Whether nothing beyond the allowed is there."""
        for value, allowed in product(all_values(universe), subsets(universe)):
            expected = verdict(each <= allowed for each in completions(value, universe))
            assert value.has_only(allowed) is expected, (value, allowed)

    def test_is_empty(self, universe: tuple[Atom, ...]) -> None:
        """Whether nothing is there."""
        for value in all_values(universe):
            assert value.is_empty() is verdict(not each for each in completions(value, universe)), value

    def test_shares(self, universe: tuple[Atom, ...]) -> None:
        """Whether two values have something in common, each completed on its own."""
        for one, other in product(list(all_values(universe)), repeat=2):
            pairs = product(completions(one, universe), completions(other, universe))
            assert one.shares(other) is verdict(bool(left & right) for left, right in pairs), (one, other)

    def test_shares_with_itself(self, universe: tuple[Atom, ...]) -> None:
        """A value compared with itself, as a measure does that inherits its legal basis: the same, for it is not empty."""
        for value in all_values(universe):
            assert value.shares(value) is verdict(bool(each) for each in completions(value, universe)), value

    def test_may_have(self, universe: tuple[Atom, ...]) -> None:
        """An atom may be there iff a completion has it."""
        for value, atom in product(all_values(universe), universe):
            assert value.may_have(atom) is any(atom in each for each in completions(value, universe)), (value, atom)

    def test_unknown(self, universe: tuple[Atom, ...]) -> None:
        """Nothing is known iff every set is a completion."""
        for value in all_values(universe):
            assert value.unknown is (len(completions(value, universe)) == 2 ** (len(universe) + 1)), value


def test_one_value_at_most() -> None:
    """A field with one value at most is answered as exactly, though the value itself does not know of the limit."""
    universe = UNIVERSES["terms"]
    single = [each for each in all_values(universe) if not each.yes or (len(each.yes) == 1 and not each.open)]
    for value, atoms in product(single, subsets(universe)):
        possible = [each for each in completions(value, universe) if len(each) <= 1]
        assert value.has_any(atoms) is verdict(bool(each & atoms) for each in possible), (value, atoms)
        assert value.has_only(atoms) is verdict(each <= atoms for each in possible), (value, atoms)
        assert value.is_empty() is verdict(not each for each in possible), value


def within(atom: Atom, wider: Atom) -> bool:
    """Whether a citation is the wider one or a part of it."""
    return wider in broader_citations(str(atom))


def cites_any(cited: Atoms, wanted: Atoms) -> bool:
    """What `any` asks of a text whose citations are as narrow as can be."""
    return any(within(atom, each) for atom in cited for each in wanted)


def cites_only(cited: Atoms, allowed: Atoms) -> bool:
    """What `only` asks of a text whose citations are as narrow as can be."""
    return all(any(within(atom, each) for each in allowed) for atom in cited)


def meanings(atom: Atom) -> list[Atom]:
    """What a citation may mean: itself, one of its parts, or a part that no rule names."""
    return [*(each for each in CITATIONS if within(each, atom)), f"{atom}(99)"]


def cited(value: Value) -> Iterator[Atoms]:
    """Every set of citations that the field may mean: one meaning for each that is there, and others where it is open.

    What is known not to be there is not meant either, nor is a part of it.
    """
    rest = sorted({each for atom in CITATIONS for each in meanings(atom)} | {FRESH}, key=str)
    others = (
        list(subsets(rest)) if value.open and len(rest) < 6 else [frozenset(), *(frozenset({each}) for each in rest)]
    )
    for meant in product(*(meanings(each) for each in sorted(value.yes, key=str))):
        for more in others if value.open else [frozenset()]:
            found = frozenset(meant) | more
            if not any(within(atom, each) for atom in found for each in value.no):
                yield found


def consistent_values() -> Iterator[Value]:
    """Values over the citations that are not said to be there and not to be there."""
    return (
        each for each in all_values(CITATIONS) if not any(within(atom, wider) for atom in each.yes for wider in each.no)
    )


class TestCitations:
    """A narrower citation meets a wider one, and a wider one leaves open whether the narrower is meant."""

    def test_narrower_meets_wider(self) -> None:
        """Who cites Article 17(1)(a) cites 17(1) and 17."""
        for wanted in ("TFEU 17(1)(a)", "TFEU 17(1)", "TFEU 17"):
            assert Value.exactly("TFEU 17(1)(a)").has_any(frozenset({wanted})) is Truth.YES
            assert Value.exactly("TFEU 17(1)(a)").has_only(frozenset({wanted})) is Truth.YES

    def test_wider_leaves_narrower_open(self) -> None:
        """Who cites Article 17 may mean 17(1), and may mean another paragraph."""
        assert Value.exactly("TFEU 17").has_any(frozenset({"TFEU 17(1)"})) is Truth.UNKNOWN
        assert Value.exactly("TFEU 17").has_only(frozenset({"TFEU 17(1)"})) is Truth.UNKNOWN

    def test_one_paragraph_is_not_another(self) -> None:
        """Who cites 17(2) does not cite 17(1), nor 173."""
        for wanted in ("TFEU 17(1)", "TFEU 173", "TEU 17"):
            assert Value.exactly("TFEU 17(2)").has_any(frozenset({wanted})) is Truth.NO
            assert Value.exactly("TFEU 17(2)").has_only(frozenset({wanted})) is Truth.NO

    def test_has_any(self) -> None:
        """The answer is that of all meanings."""
        for value in consistent_values():
            possible = list(cited(value))
            for wanted in subsets(CITATIONS):
                expected = verdict(cites_any(each, wanted) for each in possible)
                assert value.has_any(wanted) is expected, (value, wanted)

    def test_has_only(self) -> None:
        """The answer is that of all meanings."""
        for value in consistent_values():
            possible = list(cited(value))
            for allowed in subsets(CITATIONS):
                expected = verdict(cites_only(each, allowed) for each in possible)
                assert value.has_only(allowed) is expected, (value, allowed)

    def test_alternatives_can_be_asked_together(self) -> None:
        """Asking for a or b is asking for a, or for b: the compiler makes one question of many on the strength of it."""
        for value in consistent_values():
            answers = {each: value.has_any(frozenset({each})) for each in CITATIONS}
            for wanted in subsets(CITATIONS):
                assert value.has_any(wanted) is max((answers[each] for each in wanted), default=Truth.NO)

    def test_shares_wider_and_narrower(self) -> None:
        """Two values share a citation that both write alike; a wider and a narrower one may be the same."""
        wide, narrow, other = Value.exactly("TFEU 17"), Value.exactly("TFEU 17(1)"), Value.exactly("TFEU 17(2)")
        assert wide.shares(wide) is narrow.shares(narrow) is Truth.YES
        assert wide.shares(narrow) is narrow.shares(wide) is Truth.UNKNOWN
        assert narrow.shares(other) is Truth.NO


def refined(value: Value, universe: tuple[Atom, ...]) -> Iterator[Value]:
    """Every value that says one thing more: an atom that is there, one that is not, or that there are no others."""
    if not value.open:
        return
    for atom in set(universe) - value.yes - value.no:
        yield Value(yes=value.yes | {atom}, no=value.no, open=True)
        yield Value(yes=value.yes, no=value.no | {atom}, open=True)
    yield Value(yes=value.yes, open=False)


Question = Callable[[Value], Truth]


def questions(universe: tuple[Atom, ...]) -> list[Question]:
    """Every question to one value."""
    asked: list[Question] = [Value.is_empty]
    for atoms in subsets(universe):
        asked += [methodcaller("has_any", atoms), methodcaller("has_only", atoms)]
    return asked


def assert_stays(before: Truth, after: Truth, context: object) -> None:
    """Only what was open may change."""
    assert before in {Truth.UNKNOWN, after}, context


class TestInformationOrder:
    """Knowing more decides what was open, and never turns a yes to a no or back."""

    def test_questions(self) -> None:
        """Questions to one value."""
        universe = UNIVERSES["terms"]
        for value in all_values(universe):
            for wiser, ask in product(refined(value, universe), questions(universe)):
                assert_stays(ask(value), ask(wiser), (value, wiser))

    def test_shares(self) -> None:
        """Whether two values share something, from either side."""
        universe = UNIVERSES["terms"]
        for value, other in product(list(all_values(universe)), repeat=2):
            for wiser in refined(value, universe):
                assert_stays(value.shares(other), wiser.shares(other), (value, wiser, other))
                assert_stays(other.shares(value), other.shares(wiser), (value, wiser, other))

    def test_citations(self) -> None:
        """Questions on citations, where knowing more is also knowing which paragraph is meant."""
        asked = questions(CITATIONS)
        for value in consistent_values():
            narrower = [
                Value(yes=value.yes - {wide} | {narrow}, no=value.no, open=value.open)
                for wide in value.yes
                for narrow in meanings(wide)
            ]
            for wiser in [*refined(value, CITATIONS), *narrower]:
                if any(within(atom, lacked) for atom in wiser.yes for lacked in wiser.no):
                    continue
                if not wiser.open and any(within(lacked, atom) for lacked in value.no for atom in value.yes):
                    continue  # 'Article 17 but not 17(1)' knows more than 'exactly Article 17'
                for ask in asked:
                    assert_stays(ask(value), ask(wiser), (value, wiser))


ATOMS = st.one_of(st.text(max_size=5), st.integers(), st.dates())


@given(st.sets(ATOMS), st.sets(ATOMS))
def test_exactly(one: set[Atom], other: set[Atom]) -> None:
    """What is wholly known is answered as sets are, whatever the atoms."""
    value, wanted = Value.exactly(*one), frozenset(other)
    assert value.has_any(wanted) is Truth.of(decided=bool(value.yes & wanted))
    assert value.has_only(wanted) is Truth.of(decided=value.yes <= wanted)
    assert value.is_empty() is Truth.of(decided=not one)
    assert value.shares(Value.exactly(*other)) is Truth.of(decided=bool(one & other))


@given(st.sets(ATOMS, max_size=4), st.sets(ATOMS, max_size=4))
def test_equal_values_have_equal_hashes(yes: set[Atom], no: set[Atom]) -> None:
    """Answers are kept by value, so that two that are equal must be found as one."""
    one, other = (Value(yes=frozenset(yes), no=frozenset(no)) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert one != Value(yes=frozenset(yes), open=False)


def test_nothing_known() -> None:
    """UNKNOWN answers every question with unknown, but for those that nothing can pass."""
    assert UNKNOWN.unknown
    assert UNKNOWN.has_any(frozenset({"a"})) is UNKNOWN.has_only(frozenset({"a"})) is Truth.UNKNOWN
    assert UNKNOWN.is_empty() is UNKNOWN.shares(UNKNOWN) is UNKNOWN.shares(Value.exactly("a")) is Truth.UNKNOWN
    assert UNKNOWN.has_any(frozenset()) is UNKNOWN.shares(Value.exactly()) is Truth.NO
