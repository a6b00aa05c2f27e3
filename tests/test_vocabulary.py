"""Terms and the terms above and below them."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistent.model.text import Localized
from consistent.model.vocabulary import Term, Vocabulary, find_cycle


def vocabulary(broader: Mapping[str, tuple[str, ...]]) -> Vocabulary:
    """A vocabulary in which each term is under those named."""
    return Vocabulary("areas", {each: Term(each, Localized(each, each), above) for each, above in broader.items()})


DIAMOND = vocabulary({"a": (), "b": ("a",), "c": ("a",), "d": ("b", "c"), "e": ("d",), "lone": ()})


class TestDiamond:
    """`d` is under both `b` and `c`, which are under `a`; `e` is under `d`."""

    def test_broader_is_nearest_first_and_once(self) -> None:
        """The top is reached by two ways and named once, last."""
        assert DIAMOND.broader("e") == ("d", "b", "c", "a")
        assert DIAMOND.broader("d") == ("b", "c", "a")
        assert DIAMOND.broader("a") == DIAMOND.broader("lone") == ()

    def test_narrower_includes_the_term(self) -> None:
        """A term stands for itself and all that is below, by either way."""
        assert DIAMOND.narrower(["a"]) == {"a", "b", "c", "d", "e"}
        assert DIAMOND.narrower(["b"]) == {"b", "d", "e"}
        assert DIAMOND.narrower(["c", "lone"]) == {"c", "d", "e", "lone"}
        assert DIAMOND.narrower([]) == frozenset()

    def test_siblings_do_not_meet(self) -> None:
        """`b` is not under `c`."""
        assert "b" not in DIAMOND.narrower(["c"])

    def test_contains(self) -> None:
        """A vocabulary has the terms that it defines."""
        assert "d" in DIAMOND
        assert "f" not in DIAMOND

    def test_unknown_term(self) -> None:
        """A term that is not there is an error, never an empty answer."""
        with pytest.raises(KeyError):
            DIAMOND.narrower(["f"])


@st.composite
def hierarchies(draw: st.DrawFn) -> dict[str, tuple[str, ...]]:
    """Terms without a circle: each is under some that come before it."""
    names = [f"t{number}" for number in range(draw(st.integers(1, 9)))]
    found: dict[str, tuple[str, ...]] = {}
    for number, name in enumerate(names):
        above = draw(st.sets(st.sampled_from(names[:number]), max_size=3)) if number else set()
        found[name] = tuple(sorted(above))
    order = draw(st.permutations(names))
    return {each: found[each] for each in order}


def reachable(edges: Mapping[str, tuple[str, ...]], start: str) -> set[str]:
    """Every node that a walk of one step or more arrives at: the closure, step by step."""
    found = set(edges.get(start, ()))
    while more := {after for each in found for after in edges.get(each, ())} - found:
        found |= more
    return found


@given(hierarchies())
def test_hierarchy_is_the_closure(broader: dict[str, tuple[str, ...]]) -> None:
    """What is above a term is what walks up from it reach, and narrower is the same seen from above."""
    terms = vocabulary(broader)
    for term in broader:
        assert set(terms.broader(term)) == reachable(broader, term)
        assert len(set(terms.broader(term))) == len(terms.broader(term))
        assert terms.narrower([term]) == {term} | {each for each in broader if term in reachable(broader, each)}
    assert find_cycle(broader) == ()


class TestFindCycle:
    """A circle is found wherever it is, and only where there is one."""

    def test_of_one(self) -> None:
        """A node may point to itself."""
        assert find_cycle({"a": ("b",), "b": ("b",)}) == ("b", "b")

    def test_behind_a_tail(self) -> None:
        """The way to the circle is no part of it."""
        found = find_cycle({"a": ("b",), "b": ("c",), "c": ("d",), "d": ("b",)})
        assert found == ("b", "c", "d", "b")

    def test_diamond_is_none(self) -> None:
        """Two ways to one node are no circle."""
        assert find_cycle({"d": ("b", "c"), "b": ("a",), "c": ("a",), "a": ()}) == ()

    def test_edge_to_nowhere(self) -> None:
        """A node that is named and not listed leads no further."""
        assert find_cycle({"a": ("gone",)}) == ()
        assert find_cycle({}) == ()

    @given(
        st.dictionaries(
            st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3, unique=True).map(tuple)
        )
    )
    def test_any_graph(self, edges: dict[str, tuple[str, ...]]) -> None:
        """A circle is told iff a node reaches itself, and what is told is one: closed, along edges, no node twice."""
        found = find_cycle(edges)
        assert bool(found) is any(each in reachable(edges, each) for each in edges)
        if found:
            assert found[0] == found[-1]
            assert all(after in edges[each] for each, after in pairwise(found))
            assert len(set(found)) == len(found) - 1
