"""What becomes of a rule and what is said of a measure: one list, one order and one set of words."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import pytest

import consistent
from consistent.findings.outcome import (
    GRAVE,
    JUDGING,
    LABELS,
    OUTCOMES,
    PRESENTATION,
    PRESSING,
    RULE_OUTCOMES,
    SPOKEN_OUTCOMES,
    WOULD_BE,
    ForetoldOutcome,
    MeasureOutcome,
    gravest,
    gravity,
    weight,
)
from consistent.rules.rule import VERDICTS

_SOURCE = Path(consistent.__file__).parent
_NAMES = {*OUTCOMES, *RULE_OUTCOMES}
# Where such lists stand: what a rule's file may say is part of the language of rules, below the reports.
_HERE = {"findings/outcome.py", "rules/rule.py"}
# More of these names than this, side by side, are a list of them.
_FEW = 2


def _names(parts: Iterable[ast.expr | None]) -> set[str]:
    """The outcomes among some expressions; of a pair, by its first part."""
    firsts = (part.elts[0] if isinstance(part, ast.Tuple) and part.elts else part for part in parts)
    return {str(part.value) for part in firsts if isinstance(part, ast.Constant)} & _NAMES


def _lists(source: str) -> Iterator[int]:
    """The line of each tuple, list, set, table or `Literal` that names more than a few outcomes."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                named = _names(parts)
            case ast.Dict(keys=keys):
                named = _names(keys)
            case _:
                continue
        if len(named) > _FEW:
            yield node.lineno


class TestOneList:
    """The names stand in one module."""

    def test_no_other_lists_them(self) -> None:
        """No other module has a list, a table or a type that names three outcomes or more."""
        files = {path.relative_to(_SOURCE).as_posix(): path for path in _SOURCE.rglob("*.py")}
        found = [f"{name}:{line}" for name in files.keys() - _HERE for line in _lists(files[name].read_text("utf-8"))]
        assert not sorted(found)

    @pytest.mark.parametrize(
        "source",
        [
            'X = ("conflict", "condition", "open")',
            'X = ["applies", "excepted", "defeated"]',
            'X = {"met", "reserved", "defeated"}',
            'X = Literal["applies", "open", "not-applicable"]',
            'X = {"conflict": 1, "aligned": 2, "waived": 3}',
            'X = (("conflict", "red"), ("condition", "yellow"), ("question", "cyan"))',
        ],
    )
    def test_one_would_be_noticed(self, source: str) -> None:
        """A list of outcomes is noticed in whatever form it is written."""
        assert list(_lists(source)) == [1]

    def test_a_pair_is_no_list(self) -> None:
        """Two outcomes beside each other, and words that are none, are let be."""
        assert not list(_lists('X = ("applies", "open")\nY = {"open": 1, "shut": 2, "ajar": 3}'))

    def test_words_for_each(self) -> None:
        """Every outcome has its presentation and its label, every verdict what it would be; nothing else has one."""
        assert tuple(PRESENTATION) == OUTCOMES
        assert LABELS.keys() == _NAMES
        assert tuple(WOULD_BE) == VERDICTS


class TestOneOrder:
    """The gravest first."""

    def test_of_rules(self) -> None:
        """A rule that counts is graver than one that may count, and that than one that does not."""
        assert RULE_OUTCOMES == ("applies", "open", "excepted", "defeated", "not-applicable")
        assert RULE_OUTCOMES[: len(SPOKEN_OUTCOMES)] == SPOKEN_OUTCOMES

    def test_verdicts_keep_it(self) -> None:
        """Verdicts, the outcomes of a measure and what is picked from them stand in the order of all outcomes."""
        for part in (VERDICTS, GRAVE, PRESSING, JUDGING, get_args(MeasureOutcome)):
            assert sorted(part, key=gravity) == list(part)
        assert set(get_args(ForetoldOutcome)) <= {*OUTCOMES, "not-applicable"}

    def test_set_aside_before_reserved(self) -> None:
        """A rule that was judged and set aside says more of a measure than one that leaves the judgement to others."""
        assert gravest(["reserved", "defeated"]) == "defeated"
        assert gravest(["not-judged", "reserved"]) == "reserved"

    def test_weights_keep_it(self) -> None:
        """What is graver never weighs less."""
        weights = [weight(verdict) for verdict in VERDICTS]
        assert weights == sorted(weights, reverse=True)
        assert weights[: len(PRESSING)] == [3, 2, 1]
