"""The Dutch of rules is that of an appraisal and of the Treaties: known mistakes do not come back."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from consistent.checker import load
from consistent.rules.rule import Rule

_HERE = Path(__file__).parent
_REFUSED = tomllib.loads((_HERE / "wordings_refused.toml").read_text("utf-8"))["refused"]
_RULES = load("nl-22112-4027").rules


def _texts(rule: Rule) -> Iterator[str]:
    yield from (rule.title.nl, rule.rationale.nl, rule.message.nl)
    yield from (exception.reason.nl for exception in rule.unless)
    if rule.title_met:
        yield rule.title_met.nl


@pytest.mark.parametrize("refused", _REFUSED, ids=lambda refused: str(refused["write"]))
def test_known_mistakes(refused: dict[str, object]) -> None:
    """No rule says it so; the list tells what to write."""
    pattern, unless = re.compile(str(refused["pattern"]), re.IGNORECASE), refused.get("unless")
    packs = refused.get("packs")
    found = [
        (rule.id, text)
        for rule in _RULES
        if not isinstance(packs, list) or rule.pack in packs
        for text in _texts(rule)
        if pattern.search(text) and not (unless and re.search(str(unless), text))
    ]
    assert found == [], refused["write"]


def test_an_open_rule_names_no_fact_that_did_not_join() -> None:
    """It is told by its title then: a sentence about `unknown` says nothing."""
    proposal = '[proposal]\nkind = "legislative-proposal"\nlegal_basis = ["TFEU 114"]\n[[measure]]\nid = "a"\n'
    said = {each.rule: each for each in load("treaties").check(proposal).report.open}
    rule = said["treaties/legal-basis/field-with-own-basis-not-cited"]
    assert rule.message == rule.title
