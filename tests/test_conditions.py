"""The tree of conditions: walking through it, and building it anew."""

from collections.abc import Iterator

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from consistent.authoring.strategies.random_packs import rules
from consistent.model.proposal import MEASURE_FIELDS
from consistent.rules import conditions as tree  # what begins with `test` would be collected
from consistent.rules.conditions import (
    All,
    Any,
    Condition,
    Count,
    FactExists,
    Not,
    Other,
    children,
    conjuncts,
    facts_in,
    first_place,
    joining,
    rebuilt,
    walk,
    with_children,
)


def _test(name: str, scope: str = "measure") -> tree.Test:
    """A test that is told apart from others by where it stands."""
    field = MEASURE_FIELDS["areas"]
    return tree.Test(scope=scope, field=field, operator="any", operand=frozenset({name}), where=(name,))  # type: ignore[arg-type]  # a scope


A, B, C, D = map(_test, "abcd")
FACT = FactExists("basis", All((_test("e", "fact"), _test("f", "fact"))), ("fact",))
COUNT = Count(Any((C, D)), 1, None, ("count",))
WHOLE = All((A, Any((Not(B), FACT)), COUNT, Not(FACT)))


def _places(nodes: Iterator[Condition]) -> list[str]:
    """What was met, in order: the place of what has one, else the kind."""
    return [str(getattr(node, "where", (type(node).__name__,))[0]) for node in nodes]


def _drawn() -> st.SearchStrategy[Condition]:
    return rules().flatmap(lambda rule: st.sampled_from(rule.conditions))


class TestWalk:
    """Each condition before its parts, in the order of writing."""

    def test_order(self) -> None:
        """Down into the first part before the second is met."""
        fact = ["fact", "All", "e", "f"]
        assert _places(walk(WHOLE)) == ["All", "a", "Any", "Not", "b", *fact, "count", "Any", "c", "d", "Not", *fact]

    def test_through(self) -> None:
        """What is not gone through is met itself, and nothing in it."""
        assert _places(walk(WHOLE, All)) == ["All", "a", "Any", "count", "Not"]
        assert _places(walk(WHOLE, (All, Any))) == ["All", "a", "Any", "Not", "fact", "count", "Not"]
        assert _places(walk(COUNT, All)) == ["count"]

    def test_of_a_kind(self) -> None:
        """Tests, facts, facts that are joined, what must hold together, and the first place."""
        assert _places(tree.tests_in(WHOLE)) == ["a", "b", "e", "f", "c", "d", "e", "f"]
        assert list(facts_in(WHOLE)) == [FACT, FACT]
        assert list(joining(WHOLE)) == [(FACT, FACT.kind)]
        counted = Count(All((A, FACT)), 1, None, ("count",))
        assert list(joining(All((counted, evolve(counted, at_least=None))))) == [(counted, FACT.kind)]
        assert list(joining(Other(counted))) == [(Other(counted), FACT.kind)]
        assert list(conjuncts(All((A, All((B, COUNT)), Any((C, D)))))) == [A, B, COUNT, Any((C, D))]
        assert list(conjuncts(A)) == [A]
        assert not list(conjuncts(All(())))
        assert first_place(Any((Not(FACT), A))) == ("fact",)
        assert first_place(All(()), ("when",)) == ("when",)

    def test_deep(self) -> None:
        """Nesting has no depth at which a walk breaks off."""
        condition: Condition = A
        for _ in range(10_000):
            condition = Not(condition)
        assert list(tree.tests_in(condition)) == [A]

    @given(_drawn())
    def test_every_node_once(self, condition: Condition) -> None:
        """As many conditions are met as there are, each with its parts."""

        def size(node: Condition) -> int:
            return 1 + sum(map(size, children(node)))

        assert sum(1 for _ in walk(condition)) == size(condition)


class TestRebuilt:
    """The same tree with what is changed."""

    @given(_drawn())
    def test_without_a_change(self, condition: Condition) -> None:
        """The tree itself, with its kinds of fact, its bounds and its places."""
        again = rebuilt(condition, lambda node: node)
        assert again == condition
        assert [getattr(node, "where", ()) for node in walk(again)] == [
            getattr(node, "where", ()) for node in walk(condition)
        ]

    @given(_drawn())
    def test_from_below(self, condition: Condition) -> None:
        """Each condition is changed once, after its parts."""
        seen: list[Condition] = []

        def change(node: Condition) -> Condition:
            seen.append(node)
            return node

        rebuilt(condition, change)
        assert seen[-1] == condition
        assert len(seen) == sum(1 for _ in walk(condition))

    def test_a_test(self) -> None:
        """What is changed in a test is changed wherever it stands, and nothing else is."""

        def moved(node: Condition) -> Condition:
            return evolve(node, where=("x",)) if isinstance(node, tree.Test) and node.where == ("c",) else node

        assert _places(tree.tests_in(rebuilt(WHOLE, moved))) == ["a", "b", "e", "f", "x", "d", "e", "f"]

    def test_other_parts(self) -> None:
        """A condition takes other parts and stays of its kind."""
        assert with_children(All((A, B)), [C, D]) == All((C, D))
        assert with_children(COUNT, [A]) == Count(A, 1, None)
        assert with_children(Other(A), [B]) == Other(B)
        assert with_children(A, []) == A
