"""A change of rules is told by its meaning, with a proposal that is judged differently; a refactoring changes nothing."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from consistent.authoring.proving.comparing import Change, _Pair, compare_packs
from consistent.checker import load
from consistent.cli import main
from consistent.model.values import Value
from consistent.rules.rule import Rule
from tests.pack_writing import write_pack
from tests.proving.rule_writing import EXCEPTION, rule_text

_OLD = {
    "one": rule_text("one", 'effects = ["a", "b"]', tail=EXCEPTION + 'safeguards = "a"'),
    "two": rule_text("two", 'areas = "a"', verdict="question", head='defeats = ["small/one"]'),
}
_CHANGES: Mapping[str, tuple[str, str, str, str]] = {
    "alternatives written apart": (
        rule_text("one", "", tail='[[when.any]]\nmeasure.effects = "b"\n[[when.any]]\nmeasure.effects = "a"\n' + EXCEPTION + 'safeguards = "a"'),
        "equal", "", "",
    ),
    "another title": (rule_text("other", 'effects = ["a", "b"]', tail=EXCEPTION + 'safeguards = "a"'), "equal", "", ""),
    "asks for less": (
        rule_text("one", 'effects = ["a", "b", "c"]', tail=EXCEPTION + 'safeguards = "a"'), "wider", "not-applicable", "applies",
    ),
    "asks for more": (rule_text("one", 'effects = "a"', tail=EXCEPTION + 'safeguards = "a"'), "narrower", "applies", "not-applicable"),
    "no exception": (rule_text("one", 'effects = ["a", "b"]'), "wider", "open", "applies"),
    "other things": (
        rule_text("one", 'effects = ["a", "c"]', tail=EXCEPTION + 'safeguards = "a"'), "different", "applies", "not-applicable",
    ),
    "another verdict": (
        rule_text("one", 'effects = ["a", "b"]', verdict="condition", tail=EXCEPTION + 'safeguards = "a"'), "different", "", "",
    ),
}  # fmt: skip


def _compared(tmp_path: Path, rules: Mapping[str, str]) -> dict[str, Change]:
    old, new = write_pack(tmp_path / "old", _OLD), write_pack(tmp_path / "new", rules)
    found = compare_packs(load(old), load(new))
    return {change.rule: change for change in found.changes}


class TestMeaning:
    @pytest.mark.parametrize("name", _CHANGES)
    def test_meaning(self, name: str, tmp_path: Path) -> None:
        """Of one rule that is changed; the other one stays as it was."""
        text, meaning, before, after = _CHANGES[name]
        found = _compared(tmp_path, {**_OLD, "one": text})
        change = found["small/one"]
        assert (change.meaning, change.before, change.after) == (meaning, before, after)
        assert found["small/two"].meaning == "equal"

    def test_only_what_depends_on_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of packs of equal meaning the solver is asked nothing; of a changed rule what it and those that it defeats come to."""
        asked: list[str] = []
        honest = _Pair._can

        def noted(pair: _Pair, formula: object, rule: Rule) -> bool:
            asked.append(rule.id)
            return honest(pair, formula, rule)

        monkeypatch.setattr(_Pair, "_can", noted)
        more = {**_OLD, "three": rule_text("three", 'areas = "c"'), "four": rule_text("four", 'areas = "d"')}
        old = load(write_pack(tmp_path / "old", more))
        titled = {**more, "three": rule_text("other", 'areas = "c"')}
        assert compare_packs(old, load(write_pack(tmp_path / "titled", titled))).same
        assert not asked
        changed = load(
            write_pack(
                tmp_path / "new", {**more, "two": rule_text("two", 'areas = "b"', head='defeats = ["small/one"]')}
            )
        )
        assert not compare_packs(old, changed).same
        assert set(asked) == {"small/one", "small/two"}

    def test_smallest_witness(self, tmp_path: Path) -> None:
        """The proposal that shows it says no more than it must."""
        change = _compared(tmp_path, {**_OLD, "one": _CHANGES["asks for less"][0]})["small/one"]
        assert change.witness is not None
        (measure,) = change.witness.measures
        assert "c" in measure.effects.yes
        assert (measure.partners, measure.bindingness) == (Value(), Value())

    def test_superiority_is_part_of_it(self, tmp_path: Path) -> None:
        """A rule that is no longer defeated is judged otherwise, though nothing of it was changed."""
        found = _compared(tmp_path, {**_OLD, "two": rule_text("two", 'areas = "a"', verdict="question")})
        assert {name: change.meaning for name, change in found.items()} == {"small/one": "wider", "small/two": "equal"}

    def test_added_and_removed(self, tmp_path: Path) -> None:
        """Rules that only one of the packs has."""
        found = _compared(tmp_path, {"one": _OLD["one"], "new": rule_text("new", 'effects = "d"')})
        assert {name: change.meaning for name, change in found.items()} == {
            "small/one": "wider", "small/new": "added", "small/two": "removed",
        }  # fmt: skip


class TestCommand:
    def test_status_and_forms(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing changed: 0. Something changed: 1, with the proposal."""
        old, new = (
            write_pack(tmp_path / "old", _OLD),
            write_pack(tmp_path / "new", {**_OLD, "one": _CHANGES["asks for more"][0]}),
        )
        assert main(["compare", str(old), str(old), "--lang", "nl"]) == 0
        assert capsys.readouterr().out == "gelijk: 2; enger: 0; ruimer: 0; anders: 0; nieuw: 0; vervallen: 0\n"
        assert main(["compare", str(old), str(new), "--format", "json"]) == 1
        told = {change["rule"]: change for change in json.loads(capsys.readouterr().out)}
        assert told["small/one"]["meaning"] == "narrower"
        assert main(["compare", str(old), str(new)]) == 1
        assert "judged differently, before: applies, after: does not apply" in capsys.readouterr().out
