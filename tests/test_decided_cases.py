"""Acts that the Court decided on: those it annulled are caught on the ground that it gave, those it upheld are in conflict with nothing."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from consistent import load

CASES = [
    case
    for path in sorted((Path(__file__).parent / "decided_cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


def _within(source: str, cited: str) -> bool:
    return source == cited or source.startswith((f"{cited}(", f"{cited} "))


def _findings(case: dict[str, Any]) -> list[tuple[str, str, tuple[str, ...]]]:
    check = load("treaties").check({"proposal": case["proposal"], "measure": case["measure"]})
    return [(finding.rule, finding.verdict, finding.sources) for finding in check.findings]


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["outcome"] == "annulled"], ids=lambda case: case["name"]
)
def test_annulled_act_is_caught_on_the_right_ground(case: dict[str, Any]) -> None:
    """A finding on the act rests on what the Court annulled it for."""
    found = _findings(case)
    caught = [
        rule for rule, _, sources in found for source in sources for cited in case["cites"] if _within(source, cited)
    ]
    assert caught, found


@pytest.mark.parametrize("case", [case for case in CASES if case["outcome"] == "upheld"], ids=lambda case: case["name"])
def test_upheld_act_conflicts_with_nothing(case: dict[str, Any]) -> None:
    """Questions and remarks may be left; nothing is called a conflict."""
    assert [rule for rule, verdict, _ in _findings(case) if verdict == "conflict"] == []
