"""Real proposals come out, measure by measure, as their golden files argue that they must."""

from functools import cache
from pathlib import Path

import pytest

from consistent.authoring.suite import Collected, Item, Packs, collect_file, failure_text, run
from tests.support import engines

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "tests/golden").glob("*.toml"))
_packs = Packs()


@cache
def _collected(path: Path) -> Collected:
    return collect_file(path, _packs)


ITEMS = [pytest.param(path, item, id=item.id) for path in FILES for item in _collected(path).items]


@pytest.mark.parametrize("engine", engines())
@pytest.mark.parametrize(("path", "item"), ITEMS)
def test_item(path: Path, item: Item, engine: str) -> None:
    """A measure, or the whole, comes out as was argued: by the rules that were expected and no others."""
    failure = run(item, _collected(path).kb, engine)
    assert failure is None, failure_text(failure, "en")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_is_there(path: Path) -> None:
    """A golden file says something of the whole and of each measure, with rules and grades, in the order of the proposal."""
    first, *rest = _collected(path).items
    golden = first.about.golden
    assert first.name == "whole"
    assert len(golden.whole.judgement) == 6
    assert golden.whole.rules
    assert [each.name for each in rest] == [f"measure.{each.id}" for each in golden.proposal.measures]
    assert all(each.rules is not None for each in golden.measures.values())


def test_some_proposals() -> None:
    """Each proposal has its golden file: none goes unlooked at."""
    assert {each.stem for each in FILES} == {path.stem for path in (ROOT / "proposals").glob("*.toml")}
