"""Who must do something is addressed, though no list of actors knows the noun; who is let in and who is shut out is measured."""

import pytest
from benchmarks.reading import score_of_sentences

from consistent.model.text import LANGUAGES, Language
from tests.drafting.invented import given

_ROLES: dict[str, tuple[str, ...]] = {
    "english": (
        "temporary-work agency",
        "control body",
        "crew member",
        "taxidermist",
        "upholsterer",
        "arbitrator",
        "candidate",
    ),
    "dutch": ("rederij", "verlader", "adverteerder", "verificateur", "marktpartij", "orgelbouwer", "personeelslid"),
}
_THINGS: dict[str, tuple[str, ...]] = {
    "english": ("register", "boiler", "checklist", "decision", "indicator"),
    "dutch": ("kleur", "jaarrekening", "richtingaanwijzer", "verslag"),
}
_SENTENCE = {"english": "The {} shall keep a register of work.", "dutch": "De {} houdt een register van het werk bij."}
# In percent: how much is found in the half of the sentences that is held out.
_LEAST: dict[Language, int] = {"en": 75, "nl": 65}


def _addressed(nouns: tuple[str, ...], language: str) -> list[bool]:
    read = given([_SENTENCE[language].format(noun) for noun in nouns], language)
    return [any(field == "addressees" for field, _ in terms) for terms in read]


# Who must give what: a noun says which Member State is meant, and is nobody itself.
_QUALIFIED = {
    "english": (
        "The beneficiary Member State shall keep a register.",
        "Each importer Member State shall keep a register.",
    ),
    "dutch": ("De begunstigde lidstaat houdt een register bij.",),
}
_UNQUALIFIED = {
    "english": (
        "The beneficiary shall keep a register.",
        "The operators Member States designate shall keep a register.",
    ),
    "dutch": ("De begunstigde houdt een register bij.",),
}


@pytest.mark.parametrize("language", _QUALIFIED)
def test_noun_before_a_name(language: str) -> None:
    """`The beneficiary Member State` is a Member State and no firm."""
    for terms in given(_QUALIFIED[language], language):
        assert {("addressees", "member-states")} <= terms
        assert ("addressees", "firms") not in terms
    for terms in given(_UNQUALIFIED[language], language):
        assert ("addressees", "firms") in terms


@pytest.mark.parametrize("language", _SENTENCE)
def test_who_must_act_is_addressed(language: str) -> None:
    """A role is told by the list or by the form of the noun; a thing of that form is nobody."""
    assert all(_addressed(_ROLES[language], language))
    assert not any(_addressed(_THINGS[language], language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_shut_out_is_found(language: Language) -> None:
    """Often enough to presume that nobody is where nobody was found, and hardly ever wrongly."""
    counts = score_of_sentences(language, "held").counts["excluded_partners"]
    assert 100 * counts.recall >= _LEAST[language]
    assert counts.precision >= 0.95
