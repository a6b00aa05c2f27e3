"""Small proposals show which rule goes before which: both where it does and where the other stands."""

from functools import cache
from pathlib import Path

import pytest

from consistent.authoring.suite import Collected, Item, Packs, collect_file, failure_text, run
from tests.support import engines

HERE = Path(__file__).parent
FILES = sorted([*(HERE / "golden/superiority").glob("*.toml"), *(HERE / "golden_treaties").glob("*.toml")])
_packs = Packs()


@cache
def _collected(path: Path) -> Collected:
    return collect_file(path, _packs)


ITEMS = [pytest.param(path, item, id=item.id) for path in FILES for item in _collected(path).items]


@pytest.mark.parametrize("engine", engines())
@pytest.mark.parametrize(("path", "item"), ITEMS)
def test_item(path: Path, item: Item, engine: str) -> None:
    """A measure, or the whole, comes out by the rules that were expected and no others."""
    failure = run(item, _collected(path).kb, engine)
    assert failure is None, failure_text(failure, "en")


def test_every_pair() -> None:
    """Each rule that goes before another is seen to do so, and the other is seen to stand by itself."""
    defeated: set[str] = set()
    standing: set[str] = set()
    pairs: set[str] = set()
    for path in FILES:
        kb = _collected(path).kb
        pairs |= {weaker for rule in kb.rules for weaker in rule.defeats}
        for _, expected in _expected(path):
            (defeated if expected[1] == "defeated" else standing).add(expected[0])
    assert pairs <= defeated
    assert pairs <= standing


def _expected(path: Path) -> list[tuple[str, tuple[str, str]]]:
    golden = _collected(path).items[0].about.golden
    parts = [("whole", golden.whole), *golden.measures.items()]
    return [
        (name, (rule, outcome))
        for name, part in parts
        if part is not None
        for rule, outcome in (part.rules or {}).items()
        if outcome not in {"open", "excepted"}
    ]
