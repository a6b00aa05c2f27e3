"""The White Paper comes out, row by row, as the letter itself judges it."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consistent import KnowledgeBase, Report, load
from tests.support import engines, state_of

ROOT = Path(__file__).parents[1]
DAY = date(2025, 6, 1)
GOLDEN: Mapping[str, Any] = tomllib.loads((ROOT / "tests/golden/join-2025-120.toml").read_text("utf-8"))
# How the letter can judge a row, and what the report may then say of it.
ALLOWED = {
    "conflict": {"conflict"},
    "condition": {"condition", "open", "met"},
    "aligned": {"aligned"},
    "not-judged": {"not-judged"},
}
# The rows that the table of measures calls not judged.
NOT_JUDGED = {5, 7, 8, 9, 10, 14, 18, 20, 26, 30, 32, 34, 35, 36, 45, 55}


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The Dutch pack."""
    return load("nl-22112-4027")


@pytest.fixture(scope="module", params=engines())
def report(kb: KnowledgeBase, request: pytest.FixtureRequest) -> Report:
    """The White Paper checked by each engine."""
    return kb.check(ROOT / "proposals/join-2025-120.toml", as_of=DAY, engine=request.param)


@pytest.mark.parametrize("row", GOLDEN)
def test_row(report: Report, row: str) -> None:
    """A row has the outcome that the letter gives it, by the rules that were expected and no others."""
    expected = GOLDEN[row]
    assert {each.rule: state_of(each) for each in report.speaking(row)} == expected["rules"]
    assert report.outcome(row) == expected["outcome"]
    assert expected["outcome"] in ALLOWED[expected["letter"]]


def test_every_row_is_there(report: Report) -> None:
    """The table has 65 rows, and the golden file one entry for each."""
    rows = [f"row-{number}" for number in range(1, 66)]
    assert [each.id for each in report.measures] == rows
    assert list(GOLDEN) == rows


def test_one_conflict(report: Report) -> None:
    """The voluntary mechanism for offensive cyber capabilities is the one thing that the letter turns down."""
    conflicts = [each for each in report.findings if each.verdict == "conflict"]
    assert [(each.measure, each.positions) for each in conflicts] == [("row-52", ("no-eu-offensive-cyber-mechanism",))]
    assert conflicts[0].sources == ("Kamerstuk 22112-4027 IND.P.6",)


def test_not_judged(report: Report) -> None:
    """On rows that the letter leaves unjudged no rule speaks, not even as an open question, and the report lists them."""
    assert report.not_judged == tuple(f"row-{number}" for number in sorted(NOT_JUDGED))
    assert {row for row, entry in GOLDEN.items() if entry["letter"] == "not-judged"} == set(report.not_judged)


def test_verdicts_of_the_letter() -> None:
    """One conflict, four conditions, sixteen not judged, the rest in line."""
    letters = [entry["letter"] for entry in GOLDEN.values()]
    assert {each: letters.count(each) for each in ALLOWED} == {
        "conflict": 1,
        "condition": 4,
        "aligned": 44,
        "not-judged": 16,
    }


def test_judgement(report: Report) -> None:
    """Substance is partly negative for the one conflict; of competence nothing can be said of a paper without a basis."""
    assert dict(report.judgement) == {
        "competence": "not-judged",
        "subsidiarity": "not-judged",
        "proportionality": "not-judged",
        "finance": "positive",
        "burden": "positive-with-remarks",
        "substance": "partly-positive-partly-negative",
    }


def test_whole(report: Report) -> None:
    """On the White Paper as such only its welcome speaks, and nearly two thirds of the rules have nothing to say."""
    assert [each.rule for each in report.speaking(None)] == ["nl-22112-4027/procedure/white-paper-welcomed"]
    assert report.rules_run == len(load("nl-22112-4027").rules)
    names = [report.speaking(each.id) for each in report.measures]
    speaking = {each.rule for said in (*names, report.speaking(None)) for each in said}
    assert report.not_applicable == report.rules_run - len(speaking)
