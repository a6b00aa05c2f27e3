"""Kleene's logic, against the tables in his own book: written out here once more, as an oracle."""

from itertools import product

import pytest

from consistent.truth import Truth, all_of, any_of

NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES
AND = {
    (NO, NO): NO, (NO, UNKNOWN): NO, (NO, YES): NO,
    (UNKNOWN, NO): NO, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, YES): UNKNOWN,
    (YES, NO): NO, (YES, UNKNOWN): UNKNOWN, (YES, YES): YES,
}  # fmt: skip
OR = {
    (NO, NO): NO, (NO, UNKNOWN): UNKNOWN, (NO, YES): YES,
    (UNKNOWN, NO): UNKNOWN, (UNKNOWN, UNKNOWN): UNKNOWN, (UNKNOWN, YES): YES,
    (YES, NO): YES, (YES, UNKNOWN): YES, (YES, YES): YES,
}  # fmt: skip


@pytest.mark.parametrize("pair", list(product(Truth, repeat=2)))
def test_conjunction_and_disjunction(pair: tuple[Truth, Truth]) -> None:
    """Two values combine as in Kleene's tables."""
    assert all_of(pair) is AND[pair]
    assert any_of(pair) is OR[pair]


def test_no_values_at_all() -> None:
    """An empty conjunction holds and an empty disjunction does not."""
    assert all_of(()) is YES
    assert any_of(()) is NO


def test_negation() -> None:
    """Yes and no swap, and what is unknown stays unknown."""
    assert [each.negated() for each in (NO, UNKNOWN, YES)] == [YES, UNKNOWN, NO]


@pytest.mark.parametrize("values", list(product(Truth, repeat=3)))
def test_de_morgan(values: tuple[Truth, ...]) -> None:
    """Negating a conjunction gives the disjunction of the negations."""
    assert all_of(values).negated() is any_of(each.negated() for each in values)


@pytest.mark.parametrize("values", list(product(Truth, repeat=3)))
def test_decided_whatever_the_unknown_is(values: tuple[Truth, ...]) -> None:
    """What three values make is decided only if it is the same for both things that each unknown could be."""
    completions = list(product(*([each] if each is not UNKNOWN else [NO, YES] for each in values)))
    for combine in (all_of, any_of):
        outcomes = {combine(each) for each in completions}
        assert combine(values) is (outcomes.pop() if len(outcomes) == 1 else UNKNOWN)


def test_of_what_is_decided() -> None:
    """A boolean has the truth value of its name."""
    assert Truth.of(decided=True) is YES
    assert Truth.of(decided=False) is NO
