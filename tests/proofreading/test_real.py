"""Real documents: each hit was looked up in the text; and faults planted in one."""

from collections import Counter

import pytest

from consistent.proofreading.proofread import discrepancies_of
from consistent.proofreading.text import Text
from tests.document_cases import read_once, real
from tests.proofreading.planting import found_of, planted_in

# Small ones; `python -m tests.proofreading` takes all.
SAID = {
    "proposals/JOIN-2022-19.en.akn4eu.xml": [
        "Article 3(1)(g) refers to `points (a) to (d)`, which this act does not have",
        "recital 4 says that implementing powers are given to the Commission, but no article gives one",
    ],
    "proposals/52025PC0001.en.xhtml": [],
    "proposals/52025PC0006.en.xhtml": [],
    "acts/L_2019310NL.control-tax.nl.json": [],
}


def _text(path: str) -> Text:
    text = Text.of(read_once(real(path)))
    assert text is not None
    return text


@pytest.mark.parametrize("path", SAID)
def test_what_is_said(path: str) -> None:
    """A sanctions act of which the drafting tool lost two points and a power; others without a fault."""
    assert [each.message.en for each in discrepancies_of(_text(path))] == SAID[path]


def test_planted_faults() -> None:
    """References that lead nowhere are found, and a sum that differs in one digit from the recital."""
    planted: Counter[str] = Counter()
    missed: list[str] = []
    for path in ("proposals/JOIN-2022-19.en.akn4eu.xml", "proposals/52025PC0001.en.xhtml"):
        text = _text(path)
        before = frozenset(each.message.en for each in discrepancies_of(text))
        for fault in planted_in(text, 2):
            planted[fault.fault] += 1
            if not found_of(text.document, fault, before):
                missed.append(fault.fault)
    assert planted["reference to no article"] == 2
    assert planted["another figure"] >= 1
    assert set(missed) <= {"reference to the next article"}
