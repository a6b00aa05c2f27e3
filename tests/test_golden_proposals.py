"""Real proposals come out, measure by measure, as their golden files argue that they must."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consistent import KnowledgeBase, Report, load
from tests.support import engines, state_of

ROOT = Path(__file__).parents[1]
DAY = date(2026, 6, 1)
WHOLE = "proposal"
GOLDEN: Mapping[str, Mapping[str, Any]] = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted((ROOT / "tests/golden").glob("com-*.toml"))
}
MEASURES = [(name, measure) for name, golden in GOLDEN.items() for measure in golden if measure != WHOLE]


@cache
def _kb() -> KnowledgeBase:
    return load("nl-22112-4027")


@cache
def _report(name: str, engine: str) -> Report:
    return _kb().check(ROOT / f"proposals/{name}.toml", as_of=DAY, engine=engine)


@pytest.mark.parametrize("engine", engines())
@pytest.mark.parametrize(("name", "measure"), MEASURES)
def test_measure(name: str, measure: str, engine: str) -> None:
    """A measure has the outcome that was argued, by the rules that were expected and no others."""
    report, expected = _report(name, engine), GOLDEN[name][measure]
    assert {each.rule: state_of(each) for each in report.speaking(measure)} == expected["rules"]
    assert report.outcome(measure) == expected["outcome"]


@pytest.mark.parametrize("engine", engines())
@pytest.mark.parametrize("name", GOLDEN)
def test_whole(name: str, engine: str) -> None:
    """On the proposal as a whole speak the rules that were expected, and each dimension has the grade that follows."""
    report, expected = _report(name, engine), GOLDEN[name][WHOLE]
    assert {each.rule: state_of(each) for each in report.speaking(None)} == expected["rules"]
    assert dict(report.judgement) == expected["judgement"]


@pytest.mark.parametrize("name", GOLDEN)
def test_every_measure_is_there(name: str) -> None:
    """The golden file has one entry for each measure, in the order of the proposal."""
    measures = [each.id for each in _report(name, "plain").measures]
    assert [each for each in GOLDEN[name] if each != WHOLE] == measures


def test_some_proposals() -> None:
    """Each proposal has its golden file: none goes unlooked at."""
    assert set(GOLDEN) == {path.stem for path in (ROOT / "proposals").glob("com-*.toml")}
