"""What the pages on proofs show is what the commands say."""

import json
import re
from pathlib import Path

import pytest

from consistent.authoring.accepted import read_explanations
from consistent.cli import main
from tests.pack_writing import write_pack
from tests.planted_pack import write_sound_pack
from tests.proving.rule_writing import rule_text

_ROOT = Path(__file__).parents[2]
_TEXT = (_ROOT / "docs/how-to/prove.md").read_text("utf-8")
_REFERENCE = (_ROOT / "docs/reference/proving.md").read_text("utf-8")
_PACK = 'title = { en = "My position", nl = "Mijn positie" }\nbuilds_on = ["treaties"]\nsources = ["TEU 5"]\n'
_BOTH = '{ en = "Forces stay national.", nl = "De krijgsmacht blijft nationaal." }'
_PRINCIPLES = f'[forces]\ntitle = {_BOTH}\nstatement = {_BOTH}\nsources = ["TEU 4(2)"]\n'
_HEAD = (
    f'title = {_BOTH}\nprinciple = "forces"\nground = "policy"\nverdict = "conflict"\ndimension = "substance"\n'
    f'sources = ["TEU 4(2)"]\nrationale = {_BOTH}\n'
)
_EXAMPLES = (
    '[[example]]\ntitle = "yes"\nexpect = "conflict"\n[[example.measure]]\n'
    '[[example]]\ntitle = "no"\nexpect = "not-applicable"\n[[example.measure]]\n'
)


@pytest.fixture(autouse=True)
def _width(monkeypatch: pytest.MonkeyPatch) -> None:
    """As wide as where nothing says how wide: whoever runs the tests may have said something."""
    monkeypatch.delenv("COLUMNS", raising=False)


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", _TEXT, re.DOTALL)


def test_proving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The guarantees of the first example come out as the document says; what it leaves out is marked."""
    (promised,) = (block for block in _blocks("toml") if "guarantees.toml" in block)
    folder = tmp_path / "my-position/facts/my-position"
    folder.mkdir(parents=True)
    (folder / "guarantees.toml").write_text(promised.partition("\n")[2], "utf-8")
    (folder / "pack.toml").write_text(_PACK, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["prove", "my-position/", "--select", "my-position"]) == 1
    out = capsys.readouterr().out
    (shown,) = (block for block in _blocks("text") if block.startswith("refuted"))
    for part in shown.split("...\n"):
        assert part in out


def test_linting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The rule of the second example, with the head and examples that every rule needs, has the lints that it shows."""
    (rule,) = (block for block in _blocks("toml") if block.startswith("message"))
    for name, text in {
        "facts/my-position/pack.toml": _PACK,
        "facts/my-position/principles.toml": _PRINCIPLES,
        "rules/my-position/command.toml": _HEAD + rule + _EXAMPLES,
    }.items():
        path = tmp_path / "my-position" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["lint", "my-position/"]) == 1
    (shown,) = (block for block in _blocks("text") if block.startswith("exception"))
    assert capsys.readouterr().out == shown


def test_explanation(tmp_path: Path) -> None:
    """The explanation that it shows is one."""
    (shown,) = (block for block in _blocks("toml") if block.startswith("[[explained]]"))
    (tmp_path / "lint.toml").write_text(shown, "utf-8")
    (found,) = read_explanations(tmp_path)
    assert found.lints == ("unread-fact competence *",)


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The keys of JSON are those of its tables, in all four commands."""
    section = _REFERENCE.partition("\n## JSON\n")[2].partition("\n## ")[0]
    shared, *parts = re.split(r"^`consistent (?=\w+`)", section, flags=re.MULTILINE)
    tables = {part.partition("`")[0]: _keys(part) | _keys(shared) for part in parts}
    small = str(write_pack(tmp_path / "small", {"one": rule_text("one", 'areas = "a"')}))
    given = {
        "prove": [str(write_sound_pack(tmp_path / "lamp"))],
        "lint": [small],
        "compare": [small, small],
        "gaps": [small],
    }
    found = {}
    for command, packs in given.items():
        main([command, *packs, "--format", "json"])
        told = json.loads(capsys.readouterr().out)
        found[command] = set(told[0] if isinstance(told, list) else told)
    assert found == tables


def _keys(text: str) -> set[str]:
    """The names in the first column of tables."""
    return {
        name for cell in re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE) for name in re.findall(r"`(\w+)`", cell)
    }
