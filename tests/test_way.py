"""The way of a proposal and of a rule through the modules is the one that CONTRIBUTING.md tells, and goes one way."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tools.trace_way import Layers, Trace

from consistent.model.proposal import Proposal
from consistent.toml.tomlfile import TomlFile
from tests.pack_writing import rule_text, write_pack
from tests.support import needs_durable_rules

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
WAYS = PAGE.split("## The way of a proposal, and of a rule\n")[1].split("\n## ")[0].split("\n\n")[-2:]
# So many modules take part today. A way that gets longer is worth a thought before the number is raised.
MOST_FOR_A_PROPOSAL, MOST_FOR_A_RULE = 77, 50

# The ways lead through durable-rules.
pytestmark = needs_durable_rules


def _named(way: str) -> list[str]:
    """The modules that a paragraph names, in order of first mention."""
    paths = dict.fromkeys(re.findall(r"`([\w/]+)\.py`", way))
    return [f"consistent.{each.replace('/', '.')}" for each in paths]


def _trace(cache: Path | str, *arguments: str | Path) -> Mapping[str, list[str]]:
    """What the tool found, in the folder and with the settings of this repository."""
    # Tests name the pack by a variable; what is told is how a project file names it.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CONSISTENT_")}
    environment |= {"CONSISTENT_CACHE": str(cache)}
    command = [sys.executable, "tools/trace_way.py", *map(str, arguments), "--json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: Mapping[str, list[str]] = json.loads(done.stdout)
    return found


def test_proposal(tmp_path: Path) -> None:
    """A check with a pack that was loaded before enters the modules in the order that is told, and no call turns back."""
    found = _trace(tmp_path, "proposal", "proposals/join-2025-120.toml")
    named = _named(WAYS[0])
    assert [each for each in found["modules"] if each in named] == named
    assert found["turns"] == []
    assert len(found["modules"]) <= MOST_FOR_A_PROPOSAL


def test_rule(tmp_path: Path) -> None:
    """A pack that was not loaded before is read, compiled and matched in the order that is told, and no call turns back."""
    rules = {"one": rule_text("one", 'effects = ["a"]\nareas = ["b"]'), "two": rule_text("two", 'effects = ["b"]')}
    pack = write_pack(tmp_path / "pack", rules)
    proposal = tmp_path / "proposal.toml"
    proposal.write_text('[proposal]\n[[measure]]\nid = "m"\neffects = ["a"]\nareas = ["b"]\n', "utf-8")
    found = _trace("off", "rule", proposal, "--pack", pack)
    named = _named(WAYS[1])
    assert [each for each in found["modules"] if each in named] == named
    assert found["turns"] == []
    assert len(found["modules"]) <= MOST_FOR_A_RULE


def test_turn_is_seen() -> None:
    """A call from the model up to the file that a proposal was read from turns back, as the model was not entered from there."""
    proposal = Proposal(file=TomlFile.parse("proposal.kind = 'act'"))
    trace = Trace(Layers.of_project())
    with trace.running():
        proposal.place(("proposal", "kind"))
    assert [(each.caller, each.called) for each in trace.turns] == [
        ("consistent.model.proposal.place", "consistent.toml.tomlfile.location")
    ]
    assert not trace.callbacks
