"""What is done to what, by lists of verbs and kinds of objects: pairs that nobody wrote down, and sentences that only look like them."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from consistent import load
from consistent.drafting.cues.verbs import verbs_of
from tests.drafting.invented import given

_ROWS: Sequence[Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("verbs_and_objects.toml").read_text("utf-8")
)["sentence"]
# Found, of thirty effects that must be read, and of thirty that must not; a little off what was measured.
_FLOORS = {"dutch": ("nl", 25, 4), "english": ("en", 24, 2)}


@pytest.mark.parametrize("language", _FLOORS)
def test_pairs_that_nobody_wrote_down(language: str) -> None:
    """Of provisions that no cue was made from, most effects are read, and few where the words only look like it."""
    key, least, most = _FLOORS[language]
    effects = load("nl-22112-4027").knowledge.vocabularies["effects"]
    rows = [row for row in _ROWS if key in row]
    found = near = 0
    for row, read in zip(rows, given([row[key] for row in rows], language), strict=True):
        terms = {term for field, term in read if field == "effects"}
        if "effects" in row:
            found += bool(terms & effects.narrower(row["effects"]))
        else:
            near += bool(terms & effects.narrower(row["near"]))
    assert found >= least
    assert near <= most


@pytest.mark.parametrize(
    ("verb", "language", "met", "not_met"),
    [
        ("provide:provision", "en", "shall ensure the timely provision of seeds", "shall regard the provision of seeds"),
        ("collect:collection", "en", "shall be responsible for collecting seeds", "officers responsible for collecting seeds"),
        ("put in place", "en", "are required to put a plan in place", "the plan put in place"),
        ("verstrekken/verstrekt:verstrekking", "nl", "dragen zorg voor de verstrekking van zaad", "na de verstrekking van zaad"),
    ],
)  # fmt: skip
def test_forms_of_a_verb(verb: str, language: str, met: str, not_met: str) -> None:
    """A verb is met as a noun or a gerund only where that is what somebody must do."""
    carriers = {"en": r"\bensure\b", "nl": r"\bdragen\szorg\svoor\b"}[language]
    phrase = verbs_of([verb], language, carriers)
    assert phrase is not None
    assert phrase.pattern.search(met) is not None
    assert phrase.pattern.search(not_met) is None
