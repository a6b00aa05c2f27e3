"""A fiche of a document lists every power that the text provides for, and marks what nobody has confirmed."""

from pathlib import Path

import pytest

from consistent.fiche.content import Fiche, Gap, Part, Statement
from consistent.fiche.making import fiche_of
from consistent.model.text import LANGUAGES, Language
from tests.document_cases import INVENTED, real
from tests.reports.fiche_cases import document_dossier

REAL = ["proposals/52022PC0068.en.xhtml", "proposals/52025PC0001.en.xhtml", "proposals/JOIN-2022-19.en.akn4eu.xml"]


def powers(made: Fiche) -> Part:
    """Section 6b."""
    return next(each for each in made.sections[5].parts if each.number == "b")


def statements(part: Part) -> list[Statement]:
    return [each for each in part.blocks if isinstance(each, Statement)]


def asked(part: Part) -> list[str]:
    return [each.question for each in part.blocks if isinstance(each, Gap)]


@pytest.mark.parametrize("path", REAL)
def test_real_documents_give_a_fiche(path: str) -> None:
    """Each of another format, in Dutch of an English text; each power once, each with its question."""
    dossier = document_dossier(real(path))
    made = fiche_of(dossier, "nl")
    assert dossier.draft is not None
    granted = dossier.draft.empowerments.granted
    listed = [each for each in statements(powers(made)) if "handelingen (" in each.text]
    assert len(listed) == len(granted)
    assert sum("is toekenning van deze bevoegdheid mogelijk" in each for each in asked(powers(made))) == len(granted)
    assert all(each.question.endswith("?") for each in made.gaps())
    assert all(each.sources for each in made.statements())


def test_the_data_act_with_its_committee_procedure() -> None:
    """Article and paragraph as a Dutch lawyer cites them."""
    told = [each.text for each in statements(powers(fiche_of(document_dossier(real(REAL[0])), "nl")))]
    assert any(
        each.startswith("Artikel 28, lid 5: uitvoeringshandelingen (Europese Commissie), onderzoeksprocedure: '")
        for each in told
    )
    assert any(
        each.startswith("Artikel 25, lid 4: gedelegeerde handelingen (Europese Commissie), ter aanvulling")
        for each in told
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invented_act_in_either_language(language: Language) -> None:
    """Four powers, one delegation, one provision that is listed and delegates nothing."""
    made = fiche_of(document_dossier(INVENTED / f"powers.{language}.txt"), language)
    told = [each.text for each in made.statements()]
    first = {"nl": "Artikel 3, lid 4: gedelegeerde handelingen", "en": "Article 3(4): delegated acts"}[language]
    procedure = {
        "nl": "Artikel 4, lid 1: uitvoeringshandelingen (Europese Commissie), raadplegingsprocedure",
        "en": "Article 4(1): implementing acts (European Commission), advisory procedure",
    }[language]
    mismatch = {
        "nl": "Artikel 4, lid 1: genoemd in het artikel over de uitoefening",
        "en": "Article 4(1): listed in the article on the exercise",
    }[language]
    period = {
        "nl": "voor 60 maanden; stilzwijgend verlengd; in te trekken door Parlement of Raad; bezwaartermijn 2 maanden",
        "en": "for 60 months; extended tacitly; revocable by Parliament or Council; term for objection 2 months",
    }[language]
    assert [sum(each.startswith(one) for each in told) for one in (first, procedure, mismatch)] == [1, 1, 1]
    assert any(period in each for each in told)


def test_a_draft_is_marked_as_unconfirmed() -> None:
    """In the beginning, and at every sentence that rests on it."""
    made = fiche_of(document_dossier(INVENTED / "powers.nl.txt"), "nl")
    assert any("niet is nagekeken" in each.text for each in made.about.blocks if isinstance(each, Statement))
    title = made.sections[0].parts[0].blocks[0]
    assert isinstance(title, Statement)
    assert not title.confirmed


def test_a_text_without_powers_says_that_none_were_found(tmp_path: Path) -> None:
    """And asks, since a machine can miss one."""
    text = (INVENTED / "powers.nl.txt").read_text("utf-8")
    start, end = text.index("4. De Commissie is bevoegd"), text.index("Artikel 7\n")
    path = tmp_path / "none.txt"
    path.write_text(text[:start] + text[end:], "utf-8")
    part = powers(fiche_of(document_dossier(path), "nl"))
    assert statements(part)[0].text == "In de tekst zijn geen gedelegeerde of uitvoeringshandelingen gevonden."
    assert asked(part)[0].startswith("Voorziet het voorstel in gedelegeerde of uitvoeringshandelingen")
