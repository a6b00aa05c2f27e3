"""Acts that the Court annulled for their legal basis are not passed over, and those that it upheld are not condemned."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consistent import KnowledgeBase, load
from consistent.findings.report import Report
from consistent.findings.said import Said

CASES = tomllib.loads((Path(__file__).parent / "decided_cases.toml").read_text("utf-8"))
STATEMENTS = (
    "legal-basis", "subsidiarity", "proportionality", "instrument-choice", "reasons", "fundamental-rights", "budget",
    "burden-on-others", "national-rules", "impact-assessment", "consultation", "required-opinions", "title-v-position",
    "residual-basis", "social-partners", "exceptional-circumstances",
)  # fmt: skip


@cache
def _treaties() -> KnowledgeBase:
    return load("treaties")


def _report(case: dict[str, Any]) -> Report:
    """What is found of the act of a case, with every usual statement, so that only its substance speaks."""
    kb = _treaties()
    header = {
        "authors": case.get("authors", ["commission"]), "kind": case["kind"], "instrument": [], "legal_basis": case["legal_basis"],
        "statements": list(STATEMENTS), "budget": 0,
    }  # fmt: skip
    measure = {
        "id": "act", "areas": case["areas"], "effects": case["effects"], "actors": ["council"], "addressees": ["firms"],
        "bindingness": "binding", "finance": [], "partners": [], "safeguards": [],
    }  # fmt: skip
    return kb.check({"proposal": header, "measure": [measure]}).report


def _within(source: str, cited: str) -> bool:
    return source == cited or source.startswith((f"{cited}(", f"{cited} "))


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "cites" in case])
def test_annulled(name: str) -> None:
    """A finding, or a rule that is open, cites the article on which the act should have been, or the case."""
    case = CASES[name]
    report = _report(case)
    said: list[Said] = [*(found for found in report.findings if found.verdict != "aligned"), *report.open]
    sources = {source for one in said if one.dimension == "competence" for source in one.sources}
    assert any(_within(source, cited) for source in sources for cited in case["cites"]), sorted(sources)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["outcome"] == "upheld"])
def test_upheld(name: str) -> None:
    """No conflict and no condition on competence."""
    found = _report(CASES[name]).findings
    against = [one.rule for one in found if one.dimension == "competence" and one.verdict in {"conflict", "condition"}]
    # A basis that is not among the facts is to be looked up by hand, which says nothing against it.
    assert set(against) <= {"treaties/legal-basis/legal-basis-not-held"}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case["outcome"] == "upheld"])
def test_no_flood(name: str) -> None:
    """On the basis of an act that was upheld, two questions at most."""
    found = _report(CASES[name]).findings
    asked = [one.rule for one in found if one.rule.startswith("treaties/legal-basis/") and one.verdict == "question"]
    assert len(asked) <= 2, asked


def test_own_areas() -> None:
    """An act on any basis that deals with what that basis is for is not asked for another; TFEU 352 has no field of its own."""
    kb = _treaties()
    bases = [fact.values for fact in kb.knowledge.facts["legal_basis"]]
    proposals = [
        {
            "proposal": {"kind": "legislative-proposal", "legal_basis": sorted(map(str, values["article"].yes))},
            "measure": [
                {
                    "id": "act",
                    "areas": sorted(map(str, values["areas"].yes)),
                    "effects": ["harmonisation", "obligation"],
                }
            ],
        }
        for values in bases
        if "TFEU 352(1)" not in values["article"].yes
    ]
    rule = "treaties/legal-basis/field-with-own-basis-not-cited"
    asked = [
        proposal["proposal"]
        for proposal, check in zip(proposals, kb.check_many(proposals), strict=True)
        if rule in {*(one.rule for one in check.report.findings), *(one.rule for one in check.report.open)}
    ]
    assert not asked
