"""Annotations for GitHub: commands that hold just what they should."""

import re
from urllib.parse import unquote

import pytest

from tests.reports.report_cases import HOSTILE, ROOT, checked, golden_dossiers, hostile_proposal, rendered

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


@pytest.fixture(autouse=True)
def _in_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are told from the current folder."""
    monkeypatch.chdir(ROOT)


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Each line as the runner reads it: name, properties, message."""
    found = []
    for line in text.splitlines():
        read = COMMAND.fullmatch(line)
        assert read is not None
        pairs = dict(each.split("=", 1) for each in read[2].split(","))
        found.append((read[1], {key: unquote(value) for key, value in pairs.items()}, unquote(read[3])))
    return found


def test_places_and_levels() -> None:
    """A conflict is an error at its line and columns, what is accepted or open a notice; the gravest stand first."""
    found = commands(rendered("github", golden_dossiers(), "en").decode())
    assert [name for name, _, _ in found] == ["error"] + ["notice"] * (len(found) - 1)
    properties = found[0][1]
    lines = (ROOT / properties["file"]).read_text(encoding="utf-8").split("\n")
    shown = lines[int(properties["line"]) - 1][int(properties["col"]) - 1 : int(properties["endColumn"]) - 1]
    assert (shown[0], shown[-1]) == ("[", "]")
    assert properties["title"].startswith("conflict: ")
    accepted = [text for _, each, text in found if each["title"].startswith("accepted: ")]
    # Why, by whom and until when: without that an acceptance cannot be judged.
    assert accepted
    assert all(re.search(r" accepted: .+ \(.+, until \d{4}-\d\d-\d\d\)$", each) for each in accepted)
    assert any(each["title"].endswith("open rules: 1") for _, each, _ in found)
    assert any("Not judged: no rule speaks on these (14): art-3" in text for _, _, text in found)


def test_harm_stays_text() -> None:
    """Whatever a proposal says, each line is one command of ours, and no old command stands in any."""
    text = rendered("github", [checked(hostile_proposal())], "en").decode()
    found = commands(text)
    assert "##[" not in text
    assert {key for _, properties, _ in found for key in properties} <= {
        "file", "line", "endLine", "col", "endColumn", "title",
    }  # fmt: skip
    told = " ".join(message for _, _, message in found)
    for word in (HOSTILE[0], HOSTILE[3], HOSTILE[6], "100% %0A::error::"):
        assert word in told


def test_silence_is_explained() -> None:
    """A check that finds nothing says so, and what was looked at."""
    found = commands(rendered("github", [checked('[proposal]\ntitle = "Act"\n', rules=("cyber",))], "nl").decode())
    assert [name for name, _, _ in found] == ["notice"]
    assert "Geen bevindingen. Dat is geen goedkeuring" in found[0][2]
