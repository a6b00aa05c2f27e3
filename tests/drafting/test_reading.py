"""How much of what documents say is read, and how much of what is read is right: against annotations made by hand."""

import re
from functools import cache

import pytest
import tomli
from benchmarks.reading import FIELDS, FOLDER, Score, agreement, annotations, score

from consistent import load
from consistent.model.proposal import MEASURE_FIELDS
from tests.document_cases import REAL

# Floors on the half that is held out, a little under what was measured: recall and precision by language, sort and field.
_FLOORS = {
    ("en", "act", "effects"): (0.73, 0.92),
    ("en", "act", "areas"): (0.80, 0.95),
    ("en", "act", "areas beside the title"): (0.75, 0.90),
    ("en", "act", "actors"): (0.80, 0.95),
    ("en", "act", "addressees"): (0.76, 0.93),
    ("en", "act", "binding"): (0.92, 0.95),
    ("en", "act", "voluntary"): (0.65, 0.85),
    ("en", "act", "safeguards"): (0.65, 0.90),
    ("en", "policy", "effects"): (0.55, 0.75),
    ("en", "policy", "areas"): (0.60, 0.85),
    ("en", "policy", "addressees"): (0.40, 0.85),
    ("en", "policy", "bindingness"): (0.60, 0.90),
    ("nl", "act", "effects"): (0.68, 0.91),
    ("nl", "act", "areas"): (0.75, 0.93),
    ("nl", "act", "areas beside the title"): (0.70, 0.90),
    ("nl", "act", "actors"): (0.84, 0.95),
    ("nl", "act", "addressees"): (0.75, 0.94),
    ("nl", "act", "binding"): (0.90, 0.95),
    ("nl", "act", "safeguards"): (0.66, 0.74),
    ("nl", "policy", "effects"): (0.60, 0.66),
    ("nl", "policy", "areas"): (0.60, 0.75),
    ("nl", "policy", "addressees"): (0.42, 0.83),
    ("nl", "policy", "bindingness"): (0.66, 0.92),
}
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="real documents not at hand")


@cache
def _held(language: str, sort: str) -> Score:
    whole = Score()
    for annotation in annotations("held"):
        # The rows of a document of policy are passages.
        if annotation.language == language and ("passage" in annotation.rows[0]) == (sort == "policy"):
            whole.add(score(annotation))
    return whole


@pytest.mark.parametrize(("language", "sort", "field"), _FLOORS)
def test_recall_and_precision_of_what_is_held_out(language: str, sort: str, field: str) -> None:
    counts = _held(language, sort).counts[field]
    recall, precision = _FLOORS[language, sort, field]
    assert counts.said > 0
    assert counts.given > 0
    assert (counts.recall >= recall, counts.precision >= precision) == (True, True), counts


def test_annotations_use_terms_of_the_vocabulary() -> None:
    vocabularies = load("nl-22112-4027").knowledge.vocabularies
    faults = []
    for path in (*FOLDER.glob("*.toml"), *FOLDER.glob("second/*.toml")):
        for row in tomli.loads(path.read_text("utf-8"))["measure"]:
            for name in FIELDS:
                given = row.get(name, ())
                known = vocabularies[MEASURE_FIELDS[name].vocabulary]
                faults += [
                    (path.name, name, term)
                    for term in ([given] if isinstance(given, str) else given)
                    if term not in known
                ]
    assert not faults


@pytest.mark.parametrize("turned", [False, True])
def test_published_agreement_of_two_readers(*, turned: bool) -> None:
    read = agreement(turned=turned)
    told = re.search(
        rf"^\| {'second in first' if turned else 'first in second'} \|(.*)\|$",
        (FOLDER / "README.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert told is not None
    fields = ("effects", "areas", "actors", "addressees", "bindingness", "safeguards")
    assert [cell.strip() for cell in told[1].split("|")] == [
        f"{read.shared[name] / read.asked[name]:.2f}" for name in fields
    ]
