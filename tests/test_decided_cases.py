"""Acts that the Court annulled or declared invalid are caught on the ground that it gave, and those that it upheld are not condemned."""

import tomllib
from pathlib import Path
from typing import Any

from consistent.findings.report import Report
from consistent.findings.said import Said
from tests.legal_cases import treaties, with_outcome
from tests.support import rests_on

CASES = [
    case
    for path in sorted((Path(__file__).parent / "decided_cases").glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
# What a case does not tell is recorded and usual, so that only its substance speaks.
USUAL_PROPOSAL = {
    "authors": ["commission"], "instrument": [], "budget": 0,
    "statements": [
        "legal-basis", "subsidiarity", "proportionality", "instrument-choice", "reasons", "fundamental-rights", "budget",
        "burden-on-others", "national-rules", "impact-assessment", "consultation", "required-opinions", "title-v-position",
        "residual-basis", "social-partners", "exceptional-circumstances",
    ],
}  # fmt: skip
USUAL_MEASURE = {
    "id": "act", "actors": ["council"], "addressees": ["firms"], "bindingness": "binding", "finance": [], "partners": [],
    "safeguards": [],
}  # fmt: skip


def _report(case: dict[str, Any]) -> Report:
    proposal = {
        "proposal": USUAL_PROPOSAL | case["proposal"],
        "measure": [USUAL_MEASURE | measure for measure in case["measure"]],
    }
    return treaties().check(proposal).report


def test_told_apart() -> None:
    """No case stands among them twice, and each that was annulled says on what ground."""
    assert len({(case["name"], case["why"]) for case in CASES}) == len(CASES)
    assert all(("cites" in case) == (case["outcome"] == "annulled") for case in CASES)


@with_outcome(CASES, "annulled")
def test_annulled(case: dict[str, Any]) -> None:
    """A finding, or a rule that is open, rests on what the Court annulled the act for."""
    report = _report(case)
    said: list[Said] = [*(found for found in report.findings if found.verdict != "aligned"), *report.open]
    assert any(rests_on(one, case["cites"]) for one in said), sorted({source for one in said for source in one.sources})


@with_outcome(CASES, "upheld")
def test_upheld(case: dict[str, Any]) -> None:
    """No conflict, and no condition on competence."""
    against = [
        one.rule
        for one in _report(case).findings
        if one.verdict == "conflict" or (one.verdict == "condition" and one.dimension == "competence")
    ]
    assert not against


@with_outcome(CASES, "upheld")
def test_no_flood(case: dict[str, Any]) -> None:
    """On the basis of an act that was upheld, two questions at most."""
    found = _report(case).findings
    asked = [one.rule for one in found if one.rule.startswith("treaties/legal-basis/") and one.verdict == "question"]
    assert len(asked) <= 2, asked


def test_own_areas() -> None:
    """An act on any basis that deals with what that basis is for is not asked for another; TFEU 352 has no field of its own."""
    kb = treaties()
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


def test_own_way() -> None:
    """An act that goes the one way that its basis lays down is not told that procedure, vote or form are foreign to it."""
    kb = treaties()
    proposals: list[dict[str, Any]] = []
    for fact in kb.knowledge.facts["legal_basis"]:
        article, procedures, votes, instruments = (
            sorted(map(str, fact.values[field].yes)) if field in fact.values else []
            for field in ("article", "procedure", "vote", "instruments")
        )
        if len(procedures) == 1 and len(votes) < 2:
            legislative = procedures[0] in {"cod", "cns", "app", "special-legislative-procedure"}
            proposal = {
                "kind": "legislative-proposal" if legislative else "draft-act",
                "legal_basis": article,
                "decision_procedure": procedures[0],
                "vote": votes,
                "instrument": instruments[0] if instruments else [],
            }
            proposals.append({"proposal": proposal, "measure": [{"id": "act", "areas": [], "effects": []}]})
    assert len(proposals) > 200
    folders = ("treaties/procedure/", "treaties/instrument/", "treaties/legal-basis/")
    assert not [
        (proposal["proposal"]["legal_basis"], found.rule)
        for proposal, check in zip(proposals, kb.check_many(proposals), strict=True)
        for found in check.report.findings
        if found.rule.startswith(folders)
        and (found.verdict == "conflict" or found.rule.endswith(("-not-in-basis", "-one-basis")))
    ]
