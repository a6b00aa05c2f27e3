"""The search for repairs finds exactly what trying every set of changes finds."""

from collections.abc import Iterator
from itertools import combinations
from time import monotonic
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, assume, given, settings

from consistent.findings.case import Case, States
from consistent.inquiries.repairs import move_space
from consistent.inquiries.repairs._moves import Move, compatible, made, valid
from consistent.inquiries.repairs._searching import MOST, Search
from consistent.inquiries.repairs.move_space import moves_for
from tests.harness.effort import examples
from tests.repair_cases import NEAR_TERMS, cases

Place = tuple[str, str | None]
FOREVER = 1e6


def _grave(case: Case, states: States) -> set[Place]:
    verdicts = {each.rule.id: each.rule.verdict for each in case.program.rules}
    return {
        place
        for place, outcome in states.items()
        if outcome == "applies" and verdicts[place[0]] in {"conflict", "condition"}
    }


def _is_repair(case: Case, target: Place, chosen: tuple[Move, ...]) -> bool:
    """By the whole check of every proposal that comes of it."""
    before = _grave(case, case.states())
    for each in made(chosen, case.proposal, case.knowledge.vocabularies):
        states = case.of(each).states()
        if states.get(target) in {"applies", "open"} or not _grave(case, states) <= before:
            return False
    return True


def _sets(case: Case, listed: tuple[Move, ...], most: int) -> Iterator[tuple[Move, ...]]:
    # No random rule reads who takes part; without these moves there are a third fewer to combine.
    usable = [each for each in listed if each.kind != "let-in"]
    for size in range(1, most + 1):
        for chosen in combinations(usable, size):
            cheap = sum(each.cost for each in chosen) <= MOST
            if cheap and all(compatible(*pair) for pair in combinations(chosen, 2)) and valid(chosen, case.proposal):
                yield chosen


def _brute_force(case: Case, target: Place, most: int) -> set[frozenset[Move]]:
    """Every repair of which no part is one, by trying all sets of moves."""
    found: list[frozenset[Move]] = []
    for chosen in _sets(case, moves_for(case), most):
        whole = frozenset(chosen)
        if not any(each <= whole for each in found) and _is_repair(case, target, chosen):
            found.append(whole)
    return set(found)


def _compare(case: Case, most: int) -> int:
    """Both ways for every finding of a case; how many repairs there were."""
    repairs = 0
    with patch.object(move_space, "NEAR_TERMS", NEAR_TERMS):
        targets = sorted(_grave(case, case.states()), key=str)
        assume(targets)
        search = Search(case)
        for target in targets[:2]:
            found = search.smallest(target, max_changes=most, alternatives=None, until=monotonic() + FOREVER)
            sets = [frozenset(search.moves[number] for number in each) for each in found.sets]
            assert found.complete
            assert set(sets) == _brute_force(case, target, most)
            assert [sum(each.cost for each in one) for one in sets] == sorted(
                sum(each.cost for each in one) for one in sets
            )
            repairs += len(sets)
    return repairs


class TestExact:
    """The same smallest repairs, at the same cost, in order of cost."""

    @pytest.mark.parametrize(
        ("measures", "rules", "most", "usual"),
        [pytest.param(2, 4, 2, 70, id="two changes"), pytest.param(1, 3, 3, 40, id="three changes on one measure")],
    )
    def test_same(self, measures: int, rules: int, most: int, usual: int) -> None:
        """On few measures, with few changes; a repair for one case in four and more."""
        found = 0

        @settings(max_examples=examples(usual), suppress_health_check=list(HealthCheck))
        @given(cases(max_measures=measures, max_rules=rules))
        def same(case: Case) -> None:
            nonlocal found
            found += _compare(case, most)

        same()
        assert found > examples(usual) // 4
