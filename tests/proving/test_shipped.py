"""What the shipped packs promise is proved, and of the rules of the Dutch position none is said in vain."""

from threading import Lock

import pytest
from attrs import evolve

from consistent.authoring.lint.linting import lint_pack
from consistent.authoring.proving.guarantees import Prover
from consistent.authoring.proving.witnesses import Bounds
from consistent.checker import KnowledgeBase, load
from consistent.errors import Faults
from consistent.rules.loading import read_condition
from consistent.rules.reading import ConditionReader
from consistent.rules.rule import Rule
from consistent.toml.tomlfile import TomlFile

# Of each guarantee on the tests of the Court: a rule that carries it, what its condition says, and the same with a hole in it.
_WEAKENED = {
    "differences-between-national-rules-carry-no-harmonisation": (
        "legal-basis/mere-differences-between-national-rules",
        'only = ["mere-differences"]',
        'only = ["mere-differences"], all = ["likely-obstacles"]',
    ),
    "harmonisation-that-names-no-obstacle": (
        "legal-basis/internal-market-served",
        '"harmonisation", ',
        "",
    ),
    "main-aim-on-the-basis-of-another-field": (
        "legal-basis/main-aim-without-its-basis",
        "[when.field]",
        '[when.proposal]\nlegal_basis = { none = ["TFEU 192"] }\n[when.field]',
    ),
    "basis-for-what-is-incidental": (
        "legal-basis/basis-for-incidental-aim",
        "main_aims = { empty = false }",
        'main_aims = { empty = false, none = ["transport"] }',
    ),
    "criminal-penalties-on-the-basis-of-another-policy": (
        "legal-basis/criminal-penalties-outside-their-title",
        'none = ["TFEU 75"',
        'none = ["TFEU 325", "TFEU 75"',
    ),
    "tax-where-the-article-shuts-it-out": (
        "legal-basis/tax-on-exceptional-basis",
        'effects = ["taxation", ',
        "effects = [",
    ),
    "unanimity-beside-the-ordinary-procedure": (
        "legal-basis/unanimity-joined-with-ordinary-procedure",
        'kind = "draft-act"',
        'kind = "draft-act"\ndecision_procedure = "cod"',
    ),
    "majority-where-the-limb-asks-unanimity": (
        "procedure/majority-where-the-field-asks-unanimity",
        'proposal.vote = "majority"',
        'proposal.vote = "qualified-majority"',
    ),
    "what-the-article-leaves-to-the-states": (
        "competence/national-choice-taken-over",
        'concept = "binding-act"',
        'concept = { all = ["binding-act", "binds-member-states"] }',
    ),
    "what-the-article-keeps-for-unanimity": (
        "legal-basis/shut-out-by-the-article",
        'none = ["TFEU 114", "TFEU 173", "TFEU 352"]',
        'none = ["TFEU 114", "TFEU 118", "TFEU 173", "TFEU 352"]',
    ),
    "delegation-without-any-limit": (
        "empowerment/blank-delegation",
        'effects = "delegated-power"',
        'effects = "delegated-power-to-amend"',
    ),
    "implementing-act-that-changes-the-act": (
        "empowerment/implementing-act-changes-act",
        'effects = "implementing-power-to-amend"',
        'effects = "implementing-power-to-amend"\nbindingness = "binding"',
    ),
    "agency-that-decides-alone": (
        "competence/agency-powers-loosely-framed",
        '  "inspection",\n',
        "",
    ),
    "agency-that-implements": (
        "competence/implementing-rules-by-agency",
        'effects = "implementing-power"',
        'effects = "implementing-power"\nbindingness = "binding"',
    ),
    "coercion-by-europol-or-eurojust": (
        "competence/agency-beyond-its-article",
        '"inspection", ',
        "",
    ),
    "power-of-decision-for-one-institution": (
        "competence/derived-legal-basis",
        'any = ["council", ',
        "any = [",
    ),
    "own-resources-outside-their-decision": (
        "finance/own-resources-outside-their-decision",
        '"TFEU 325", "TEU 48"',
        '"TFEU 325", "TFEU 113", "TEU 48"',
    ),
    "conditions-on-money-for-states": (
        "finance/conditionality-without-link-to-the-budget",
        'effects = ["conditionality", "sanction"]',
        'effects = ["conditionality"]',
    ),
    "assistance-without-end-on-exceptional-basis": (
        "legal-basis/lasting-assistance-on-exceptional-basis",
        ', "guarantee"]',
        "]",
    ),
    "agreement-without-consent-of-parliament": (
        "agreements/consent-of-parliament-left-out",
        ', "nle-plain"]',
        "]",
    ),
    "states-that-conclude-in-a-field-of-the-union": (
        "agreements/member-states-in-exclusive-field",
        'actors = "member-states"',
        'actors = { any = ["member-states"], none = ["council"] }',
    ),
    "position-of-the-union-is-a-decision": (
        "agreements/position-in-another-form",
        'none = ["decision"]',
        'none = ["decision", "recommendation"]',
    ),
    "disputes-between-states-out-of-court": (
        "rights/treaty-disputes-sent-elsewhere",
        'any = ["member-states", "union"]',
        'any = ["union"]',
    ),
    "restrictive-measures-on-the-basis-of-another-policy": (
        "legal-basis/restrictive-measures-on-another-basis",
        'none = ["TFEU 75"',
        'none = ["TFEU 207", "TFEU 75"',
    ),
    "intrusion-is-weighed-against-the-charter": (
        "competence/rights-limited",
        '"price-control", "inspection", "prohibition"',
        '"price-control", "prohibition"',
    ),
    "data-without-rules-of-protection": (
        "rights/personal-data-unprotected",
        'none = ["data-protection-rules"]',
        'none = ["data-protection-rules", "judicial-protection"]',
    ),
    "penalties-that-reach-back": (
        "legal-certainty/retroactive-penalty",
        'effects = ["sanction", ',
        "effects = [",
    ),
    "barriers-that-the-union-sets-up": (
        "freedoms/barrier-by-the-union",
        'effects = ["market-restriction", "national-preference"]',
        'effects = ["market-restriction"]',
    ),
    "step-to-majority-where-it-is-shut-out": (
        "competence/bridge-clause-shut-out",
        '"TFEU 352", ',
        "",
    ),
    "what-binds-is-not-praised-as-free": (
        "proportionality/binds-nobody",
        'measure = { bindingness = "binding" }',
        'measure = { bindingness = "binding", effects = "sanction" }',
    ),
    "seats-of-agencies-are-for-the-legislature": (
        "legal-basis/agency-seat-by-governments",
        'addressees = "agencies"',
        'addressees = "defence-agency"',
    ),
    "obstacles-do-not-show-themselves": (
        "legal-basis/obstacles-removed",
        'statements = "legal-basis"\n',
        "",
    ),
}


def test_guarantees() -> None:
    """Each is proved and says something; more than half of them of every proposal, whatever its measures."""
    kb = load()
    prover = Prover(kb)
    found = [prover.prove(guarantee) for guarantee in kb.guarantees]
    assert [proof.guarantee.id for proof in found if proof.status != "proved"] == []
    assert all(proof.speaks for proof in found)
    assert sum(proof.bounds == Bounds() for proof in found) > len(found) / 2


@pytest.fixture(scope="module")
def weakened() -> KnowledgeBase:
    """The treaties with every hole at once; only its guarantees on the tests of the Court are asked about."""
    kb = load("treaties")
    holes = {f"treaties/{rule}": (whole, part) for rule, whole, part in _WEAKENED.values()}
    rules = tuple(_with_hole(rule, *holes[rule.id], kb) if rule.id in holes else rule for rule in kb.rules)
    asked = tuple(guarantee for guarantee in kb.guarantees if guarantee.id.removeprefix("treaties/") in _WEAKENED)
    return evolve(kb, rules=rules, guarantees=asked, programs={}, lock=Lock())


def test_noticed(weakened: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a hole in the rule that carries it a guarantee is proved no more."""
    # The smallest proposal that shows it takes far longer to find than that there is one.
    monkeypatch.setattr(Prover, "_counterexample", lambda *_: None)
    prover = Prover(weakened)
    proved = {guarantee.id for guarantee in weakened.guarantees if prover.prove(guarantee).status == "proved"}
    assert len(weakened.guarantees) == len(_WEAKENED)
    assert not proved


def _with_hole(rule: Rule, whole: str, part: str, kb: KnowledgeBase) -> Rule:
    text = rule.anchor.file.text or ""
    assert whole in text, rule.id
    file, faults = TomlFile.parse(text.replace(whole, part, 1), rule.anchor.file.path), Faults()
    when = read_condition(ConditionReader(kb.knowledge, kb.concepts), file.data["when"], ("when",), file, faults)
    faults.raise_any()
    assert when is not None
    assert when != rule.when, rule.id
    return evolve(rule, when=when)


@pytest.mark.parametrize("pack", ["treaties", "nl-22112-4027"])
def test_lint(pack: str) -> None:
    """Nothing to be mended in the shipped packs."""
    assert [lint for lint in lint_pack(pack) if lint.counts] == []
