"""A deed of a cue's own example in Dutch is read in other orders of the same sentence."""

import re
from pathlib import Path

import pytest
import tomli

from consistent import load
from consistent.documents.reading import read_document
from consistent.drafting.draft import draft_of
from tests.drafting.short_acts import act_of

_CUES = Path(__file__).parents[2] / "src" / "consistent" / "drafting" / "cues" / "effects.toml"
_PLAIN = re.compile(
    r"((?:De|Het|Een|Elke|Iedere) (?:bevoegde |betrokken |nationale )?[\w-]+|[A-Z][\w-]+(?:en|s)) ([a-z\u00e9]+) ([^.;:]+)\."
)
# The sentence in another order, and the least share of the deeds that is found in it, a little under what was measured.
_ORDERS = {
    "Uiterlijk op 1 mei 2027 {verb} {subject} {rest}.": 0.92,
    "Is de aanvraag onvolledig, dan {verb} {subject} {rest}.": 0.87,
    "Totdat de termijn is verstreken, {verb} {subject} {rest}.": 0.90,
    "{Subject} {verb}, zo nodig na raadpleging van de betrokkenen, {rest}.": 0.87,
    "{Subject} {verb} overeenkomstig artikel 3, lid 2, en met inachtneming van de beginselen van artikel 4 {rest}.": 0.76,
    "{Subject} op wier grondgebied de goederen zich bevinden, {verb} {rest}.": 0.88,
}


def _deeds() -> list[tuple[str, str, str, str]]:
    """Term, subject, verb and the rest of each example that is one plain sentence; not all are taken apart rightly."""
    found = []
    for cue in tomli.loads(_CUES.read_text("utf-8"))["cue"]:
        example = cue.get("example", {}).get("nl")
        kinds = cue.get("documents", ["act"])
        if not isinstance(example, str) or cue["term"] == "obligation" or cue.get("where", "text") != "text":
            continue
        plain = _PLAIN.fullmatch(example)
        if plain is not None and "act" in kinds:
            found.append((cue["term"], *plain.groups()))
    return found


@pytest.mark.parametrize(("order", "least"), _ORDERS.items())
def test_a_deed_is_read_in_other_orders(order: str, least: float) -> None:
    deeds = _deeds()
    assert len(deeds) > 300
    sentences = [
        order.format(subject=subject[0].lower() + subject[1:], Subject=subject, verb=verb, rest=rest)
        for _, subject, verb, rest in deeds
    ]
    document = read_document(act_of("nl", "TFEU 114", sentences), "act.txt")
    drafted = draft_of(document, load("nl-22112-4027").knowledge.vocabularies).candidates
    found = [0] * (len(deeds) + 1)
    for measure in drafted:
        number = re.search(r"\d+", measure.reference)
        assert number is not None
        if any(value.term == deeds[int(number[0]) - 1][0] for value in measure.of("effects")):
            found[int(number[0])] = 1
    assert sum(found) >= least * len(deeds), [
        sentence for sentence, hit in zip(sentences, found[1:], strict=True) if not hit
    ]
