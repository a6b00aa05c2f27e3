"""Legal bases say what the treaties say, as far as a program can tell."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOL = ROOT / "tools/verify_facts.py"
FACTS = ROOT / "facts/treaties/legal-bases"
# The texts by article do not ship: named by the variable, or beside the checkout.
TEXTS = Path(os.environ.get("CONSISTENT_TREATIES", ROOT.parent / "shared/treaties"))
present = pytest.mark.skipif(not (TEXTS / "tfeu_en.json").is_file(), reason="the treaty texts are not at hand")


def _verify(facts: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TOOL), str(TEXTS), "--facts", str(facts)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)


@present
def test_no_fact_contradicts_the_treaties() -> None:
    """Each article exists, and says the procedure, vote and exclusion that the fact holds, where it says any."""
    found = _verify(FACTS)
    assert found.returncode == 0, found.stdout + found.stderr
    summary = found.stdout.splitlines()[-1]
    assert summary.endswith("0 contradicted")
    assert int(summary.split(" confirmed")[0].split()[-1]) >= 200


@present
@pytest.mark.parametrize(
    ("old", "new"),
    [('"cod"', '"cns"'), ("harmonisation = false", "harmonisation = true"), ('"TFEU 173(3)"', '"TFEU 173(9)"')],
)
def test_contradiction_is_told(tmp_path: Path, old: str, new: str) -> None:
    """A fact that says otherwise than the treaty is named, and the status is 1."""
    shutil.copytree(FACTS, tmp_path / "facts")
    (changed,) = (each for each in (tmp_path / "facts").glob("*.toml") if '"tfeu-173-3"' in each.read_text("utf-8"))
    text = changed.read_text("utf-8")
    changed.write_text(text.replace(old, new), "utf-8")
    assert text != changed.read_text("utf-8")
    found = _verify(tmp_path / "facts")
    assert found.returncode == 1
    assert "contradicted: tfeu-173-3" in found.stdout
