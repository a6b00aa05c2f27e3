"""A sentence at which a lawyer stops is never passed over: read in an act of its own, in either language, its rule speaks or is open.

And of its contrary the rule says nothing.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from consistent import load
from tests.drafting.short_acts import GRAVITY, report_of, told_by

_WRITTEN: dict[str, list[dict[str, Any]]] = tomllib.loads(
    Path(__file__).with_name("grave_sentences.toml").read_text("utf-8")
)
_SENTENCES = _WRITTEN["sentence"]
_HARMLESS = {"en": "Lamps shall be green.", "nl": "Lampen zijn groen."}


_ON_DEFENCE = {
    "en": "establishing the European defence readiness programme",
    "nl": "tot vaststelling van het programma voor de Europese defensiegereedheid",
}


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("sentence", _SENTENCES, ids=lambda sentence: sentence["rule"].partition("/")[2])
def test_not_passed_over(sentence: dict[str, Any], language: str) -> None:
    """The rule says what it must, or more."""
    told = told_by(report_of(language, sentence["basis"][language], sentence[language])).get(sentence["rule"])
    assert told is not None, f"nothing is said by {sentence['rule']}"
    assert GRAVITY.index(told) <= GRAVITY.index(sentence["least"])


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("sentence", _WRITTEN["harmless"], ids=lambda sentence: sentence["rule"].partition("/")[2])
def test_not_turned_round(sentence: dict[str, Any], language: str) -> None:
    """What the act says that it does not do, or leaves to others, is not held against it."""
    told = told_by(report_of(language, sentence["basis"][language], sentence[language]))
    assert told.get(sentence["rule"]) in {None, sentence.get("most")}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_of_lamps_nothing(language: str) -> None:
    """Of an act about lamps none of these rules says anything: it is the sentence that they speak of."""
    told = told_by(report_of(language, _SENTENCES[2]["basis"][language], _HARMLESS[language]))
    assert told.keys() & {sentence["rule"] for sentence in _SENTENCES} == set()


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("crossing", _WRITTEN["crossing"], ids=lambda crossing: crossing["position"])
def test_crossing_is_seen(crossing: dict[str, Any], language: str) -> None:
    """Of what crosses a position a rule of that position speaks, or is open, in an act on defence."""
    basis = crossing["basis"][language]
    told = told_by(report_of(language, basis, crossing[language], _ON_DEFENCE[language]))
    before = told_by(report_of(language, basis, _HARMLESS[language], _ON_DEFENCE[language]))
    carried = {rule.id for rule in load("nl-22112-4027").rules if crossing["position"] in rule.positions}
    assert carried & {rule for rule, said in told.items() if before.get(rule) != said}


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("welcome", _WRITTEN["welcome"], ids=lambda welcome: welcome["en"][:40])
def test_welcome_is_no_conflict(welcome: dict[str, Any], language: str) -> None:
    """What is welcome, or about something else, is in no conflict."""
    told = told_by(report_of(language, welcome["basis"][language], welcome[language], _ON_DEFENCE[language]))
    assert [rule for rule, said in told.items() if said == "conflict"] == []
