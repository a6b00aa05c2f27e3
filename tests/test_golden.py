"""The White Paper comes out as the letter itself judges it; row by row, see `golden/join-2025-120.toml`."""

from datetime import date
from pathlib import Path

import pytest

from consistent import KnowledgeBase, Report, load
from consistent.authoring.suite.golden_files import Golden, read_golden
from consistent.authoring.suite.items import Packs
from consistent.toml.tomlfile import TomlFile

ROOT = Path(__file__).parents[1]
DAY = date(2025, 6, 1)
# The rows that the table of measures calls not judged.
NOT_JUDGED = {5, 7, 8, 9, 10, 14, 18, 20, 26, 30, 32, 34, 35, 36, 45, 55}


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The Dutch pack."""
    return load("nl-22112-4027")


@pytest.fixture(scope="module")
def golden() -> Golden:
    """What must come out."""
    return read_golden(TomlFile.read(ROOT / "tests/golden/join-2025-120.toml"), Packs())[0]


@pytest.fixture(scope="module")
def report(kb: KnowledgeBase) -> Report:
    """The White Paper checked; that each engine says the same of it is seen in `test_golden_proposals.py`."""
    return kb.check(ROOT / "proposals/join-2025-120.toml", as_of=DAY).report


def test_every_row_is_there(report: Report, golden: Golden) -> None:
    """The table has 65 rows, and the letter is quoted on each."""
    rows = [f"row-{number}" for number in range(1, 66)]
    assert [each.id for each in report.measures] == rows
    assert [name for name, each in golden.measures.items() if each.letter] == rows


def test_one_conflict(report: Report) -> None:
    """The voluntary mechanism for offensive cyber capabilities is the one thing that the letter turns down."""
    conflicts = [each for each in report.findings if each.verdict == "conflict"]
    assert [(each.measure, each.positions) for each in conflicts] == [("row-52", ("no-eu-offensive-cyber-mechanism",))]
    assert conflicts[0].sources == ("Kamerstuk 22112-4027 IND.P.6",)


def test_not_judged(report: Report, golden: Golden) -> None:
    """On rows that the letter leaves unjudged no rule speaks, not even as an open question, and the report lists them."""
    assert report.not_judged == tuple(f"row-{number}" for number in sorted(NOT_JUDGED))
    assert {row for row, each in golden.measures.items() if each.letter == "not-judged"} == set(report.not_judged)


def test_verdicts_of_the_letter(golden: Golden) -> None:
    """One conflict, four conditions, sixteen not judged, the rest in line."""
    letters = [each.letter for each in golden.measures.values()]
    assert {each: letters.count(each) for each in set(letters)} == {
        "conflict": 1,
        "condition": 4,
        "aligned": 44,
        "not-judged": 16,
    }


def test_most_rules_are_silent(report: Report) -> None:
    """Nearly two thirds of the rules have nothing to say of the White Paper, and all were asked."""
    assert report.rules_run == len(load("nl-22112-4027").rules)
    places = [report.speaking(each.id) for each in report.measures]
    speaking = {each.rule for said in (*places, report.speaking(None)) for each in said}
    assert report.not_applicable == report.rules_run - len(speaking)
