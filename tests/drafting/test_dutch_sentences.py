"""What is read in Dutch sentences on grave things, and that nothing in them or in their harmless contraries is turned round."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from consistent import load
from consistent.documents.reading import read_document
from consistent.drafting.candidates import candidates_of
from consistent.drafting.cues import shipped_cues
from tests.drafting.invented import given

_ROWS: Sequence[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_name("dutch_sentences.toml").read_text("utf-8"))[
    "sentence"
]
_HEAD = "COM(2026) 905 final\nMEDEDELING VAN DE COMMISSIE AAN HET EUROPEES PARLEMENT EN DE RAAD\nEen plan\n1. Wat wij doen\n"
# A little under what is found: of effects, of effects given that are right, of addressees, of how binding it is. Before any cue was mended the
# half that is worked on had 22 of 34 effects, 50 of 58 right and 5 turned round, the half that is held 13 of 20, 27 of 32 and 2; of what is held
# only the two that were turned round were then looked at.
_FLOORS = {"worked": (0.88, 0.95, 0.75, 0.95), "held": (0.60, 0.86, 0.80, 0.90)}
_FIELDS = ("effects", "addressees", "bindingness")


@cache
def _read() -> Mapping[str, set[tuple[str, str]]]:
    """What each sentence gives, by field and term: those of policy each in a communication of its own, the others each as an article."""
    acts = [row["nl"] for row in _ROWS if not row.get("policy")]
    read = dict(zip(acts, given(acts, "dutch"), strict=True))
    vocabularies = load("nl-22112-4027").knowledge.vocabularies
    for row in _ROWS:
        if row.get("policy"):
            document = read_document(f"{_HEAD}{row['nl']}\n".encode(), "invented.txt")
            measures = candidates_of(document, shipped_cues(vocabularies), vocabularies, sort="policy")
            read[row["nl"]] = {(value.field, value.term) for measure in measures for value in measure.values}
    return read


def counted(half: str) -> tuple[Counter[str], list[tuple[str, str, str]]]:
    """Found, asked, right and given by field, as `effects found`; and what was missed, wrong or turned round, with its sentence."""
    effects = load("nl-22112-4027").knowledge.vocabularies["effects"]
    counts, faults = Counter[str](), list[tuple[str, str, str]]()
    for row in _ROWS:
        if row["half"] != half:
            continue
        for name in _FIELDS:
            asked = row.get(name, ())
            asked = [asked] if isinstance(asked, str) else list(asked)
            terms = {term for field, term in _read()[row["nl"]] if field == name}
            for term in asked:
                found = bool(terms & (effects.narrower([term]) if name == "effects" else {term}))
                counts[f"{name} asked"] += 1
                counts[f"{name} found"] += found
                if not found:
                    faults.append(("missed", f"{name} {term}", row["nl"]))
            if name == "effects":
                near = (*asked, *row.get("also", ()))
                allowed = effects.narrower(asked).union(near, *map(effects.broader, near))
                counts["effects given"] += len(terms)
                counts["effects right"] += len(terms & allowed)
                faults += [("wrong", term, row["nl"]) for term in sorted(terms - allowed)]
            never = row.get("never" if name == "effects" else f"never_{name}", ())
            turned = terms & set(never)
            counts["turned round"] += len(turned)
            faults += [("turned", term, row["nl"]) for term in sorted(turned)]
    return counts, faults


@pytest.mark.parametrize("half", _FLOORS)
def test_grave_sentences_and_their_contraries(half: str) -> None:
    """At least so much is found, and so much of the effects given is right; nothing is turned round."""
    counts, faults = counted(half)
    assert [fault for fault in faults if fault[0] == "turned"] == []
    recall, precision, addressees, bindingness = _FLOORS[half]
    assert counts["effects found"] >= recall * counts["effects asked"]
    assert counts["effects right"] >= precision * counts["effects given"]
    assert counts["addressees found"] >= addressees * counts["addressees asked"]
    assert counts["bindingness found"] >= bindingness * counts["bindingness asked"]


# Who must, may or must not: behind the verb or before it, with a clause that no comma ends, with an attribute.
_SUBJECTS = {
    "De lidstaten": True,
    "Elke lidstaat": False,
    "Exploitanten die meer dan tien werknemers hebben": True,
    "De in artikel 4 bedoelde fabrikant": False,
    "Banken met minder dan negen kantoren": True,
    "Een aanbieder wiens vergunning is geschorst": False,
    "Wie een register bijhoudt,": False,
    "Ondernemingen, met uitzondering van kleine ondernemingen,": True,
}
# Finite verb by number, object, and the words that end its clause: `deelt ... mee`, `mee te delen`, `meedelen`.
_DEEDS = (
    ("bewaart", "bewaren", "gegevens", "", "te bewaren", "bewaren"),
    ("deelt", "delen", "gegevens", " mee", "mee te delen", "meedelen"),
)
_CHOICE, _DUTY, _BAN = "a choice", "a duty", "a ban"
# What a form says: its verbs as one or several need them, `{o}` the object and `{no}` none of it.
_FORMS = (
    (_CHOICE, "{S} {kan/kunnen} de {o} {inf}."),
    (_CHOICE, "{S} {hoeft/hoeven} de {o} niet {te}."),
    (_CHOICE, "{S} {behoeft/behoeven} geen {o} {te}."),
    (_CHOICE, "{S} {is/zijn} niet langer gehouden de {o} {te}."),
    (_CHOICE, "{S} {beslist/beslissen} zelf of de {o} worden bewaard."),
    (_CHOICE, "{S} {kan/kunnen} ervoor kiezen de {o} niet {te}."),
    (_CHOICE, "Het staat {s} vrij de {o} {te}."),
    (_CHOICE, "Het is {s} toegestaan de {o} {te}."),
    (_CHOICE, "Voor kleine hoeveelheden {hoeft/hoeven} {s} de {o} niet {te}."),
    (_DUTY, "{S} {f} de {o}{p}."),
    (_DUTY, "{S} {dient/dienen} de {o} {te}."),
    (_DUTY, "{S} {is/zijn} verplicht de {o} {te}."),
    (_DUTY, "Binnen zes maanden {f} {s} de {o}{p}."),
    (_BAN, "{S} {mag/mogen} de {o} niet {inf}."),
    (_BAN, "{S} {f} geen {o}{p}."),
    (_BAN, "{S} {f} de {o} niet{p}."),
    (_BAN, "Het is {s} verboden de {o} {te}."),
    (_BAN, "In geen geval {f} {s} de {o}{p}."),
)
_TURNED = {
    _CHOICE: {("effects", "obligation"), ("effects", "prohibition"), ("bindingness", "binding")},
    _DUTY: {("effects", "prohibition"), ("bindingness", "voluntary")},
    _BAN: {("effects", "obligation"), ("bindingness", "voluntary")},
}


def _made() -> Iterator[tuple[str, str]]:
    for (subject, plural), deed, (says, form) in product(_SUBJECTS.items(), _DEEDS, _FORMS):
        if subject.endswith(",") and "{s}" in form:
            continue
        one, several, thing, particle, to_do, infinitive = deed
        text = re.sub(r"\{(\w+)/(\w+)\}", r"\2" if plural else r"\1", form)
        yield (
            says,
            text.format(
                S=subject,
                s=subject[0].lower() + subject[1:],
                f=several if plural else one,
                o=thing,
                p=particle,
                te=to_do,
                inf=infinitive,
            ),
        )


def test_no_modality_is_turned_round() -> None:
    """A choice is no duty and no ban, a duty no choice and no ban, a ban no duty and no choice, whoever it is for and however it is said."""
    made = list(_made())
    assert len(made) > 250
    read = given([text for _, text in made], "dutch")
    assert [(says, text) for (says, text), terms in zip(made, read, strict=True) if terms & _TURNED[says]] == []


# The same deed said in many ways: with the modal verb far off, for a second verb, as a noun, as a task, in points, behind what is put in.
_WAYS = (
    "De Commissie legt een boete aan de exploitant op.",
    "De Commissie bepaalt binnen welke termijn het gebrek wordt verholpen en kan, indien die termijn niet wordt nageleefd, een boete aan de exploitant opleggen.",
    "De Commissie kan, na de betrokkenen in de gelegenheid te hebben gesteld hun standpunt kenbaar te maken, een boete aan de exploitant opleggen.",
    "De Commissie is bevoegd een boete aan de exploitant op te leggen.",
    "De Commissie is belast met het opleggen van boeten aan exploitanten.",
    "De Commissie gaat over tot oplegging van een boete aan de exploitant.",
    "Het opleggen van een boete aan de exploitant is de taak van de Commissie.",
    "De Commissie heeft de volgende taken:\na) het bijhouden van een register;\nb) het opleggen van boeten aan exploitanten.",
    "De Commissie:\na) stelt de termijnen vast;\nb) legt een boete aan de exploitant op.",
    "De Commissie legt in voorkomend geval en na raadpleging van de lidstaten een boete aan de exploitant op.",
)
_NOT_SO = (
    "De Commissie kan een termijn bepalen, maar legt geen boete aan de exploitant op.",
    "De Commissie is niet belast met het opleggen van boeten aan exploitanten.",
    "Het opleggen van boeten aan exploitanten is verboden.",
    "De Commissie, die een boete aan de exploitant oplegt, stelt de termijn vast.",
)


def test_a_deed_is_read_however_it_is_said() -> None:
    """A fine is found by its verb, its infinitive and its noun alike, and not where it is denied, forbidden or only told of."""
    read = list(given([*_WAYS, *_NOT_SO], "dutch"))
    fined = [("effects", "sanction") in terms for terms in read]
    assert [way for way, found in zip(_WAYS, fined, strict=False) if not found] == []
    assert [way for way, found in zip(_NOT_SO, fined[len(_WAYS) :], strict=True) if found] == []
