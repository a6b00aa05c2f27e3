"""Areas on which no rule speaks, and measures that cannot keep clear of two principles, where they were planted."""

import json
from pathlib import Path

import pytest

from consistent.authoring.proving.gaps import Bind, Gap, Gaps
from consistent.checker import load
from consistent.cli import main
from tests.pack_writing import write_pack
from tests.proving.rule_writing import EXCEPTION, rule_text

_Q = 'principle = "q"'


class TestGaps:
    def test_areas(self, tmp_path: Path) -> None:
        """One principle speaks on two areas, the other on one, and on both only together with a third."""
        rules = {
            "one": rule_text("one", 'areas = "a"', tail=EXCEPTION + 'safeguards = "a"'),
            "two": rule_text("two", 'areas = "b"\neffects = "a"', verdict="aligned"),
            "three": rule_text("three", 'areas = { all = ["c", "b"] }', head=_Q),
        }
        found = Gaps(load(write_pack(tmp_path, rules))).gaps()
        assert found == (
            Gap(principles=("q",), only=(), areas=("a", "b", "c", "d"), within=()),
            Gap(principles=(), only=("a", "b"), areas=("c", "d"), within=()),
            Gap(principles=("p",), only=("a", "b"), areas=("c", "d"), within=()),
        )

    def test_no_area_asked(self, tmp_path: Path) -> None:
        """A rule that asks for no area speaks on all."""
        rules = {"one": rule_text("one", 'areas = "a"'), "two": rule_text("two", 'effects = "b"')}
        assert Gaps(load(write_pack(tmp_path, rules))).gaps() == ()


class TestBinds:
    def test_caught_between(self, tmp_path: Path) -> None:
        """One principle asks for a safeguard, the other bars it; with an exception in either there is a way out."""
        asks = rule_text("asks", 'effects = "a"\nsafeguards = { none = ["b"] }', verdict="condition")
        bars = rule_text("bars", 'effects = "a"\nsafeguards = "b"', head=_Q)
        caught = Gaps(load(write_pack(tmp_path / "caught", {"asks": asks, "bars": bars})))
        assert tuple(caught.binds()) == (
            Bind(rules=("small/asks", "small/bars"), principles=("p", "q"), kind=(("effects", ("a",)),)),
        )
        free = rule_text("bars", 'effects = "a"\nsafeguards = "b"', head=_Q, tail=EXCEPTION + 'partners = "c"')
        assert tuple(Gaps(load(write_pack(tmp_path / "free", {"asks": asks, "bars": free}))).binds()) == ()


class TestCommand:
    def test_forms(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Text in Dutch, and JSON."""
        folder = str(write_pack(tmp_path, {"one": rule_text("one", 'areas = "a"')}))
        assert main(["gaps", folder, "--lang", "nl"]) == 0
        out = capsys.readouterr().out
        assert "  geen enkele regel op b (nl); c (nl); d (nl)\n  p (nl)\n    alleen op a (nl)\n" in out
        assert main(["gaps", folder, "--format", "json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["gaps"][1] == {"principles": ["p"], "only": ["a"], "areas": ["b", "c", "d"], "within": []}
