"""A fiche of a document lists every power that the text provides for, and marks what nobody has confirmed."""

import re
from pathlib import Path

import pytest
from attrs import evolve

from consistent.fiche.content import Fiche, Gap, Listing, Part, Statement
from consistent.fiche.forms import fiche_markdown
from consistent.fiche.making import fiche_of
from consistent.model.text import LANGUAGES, Language
from consistent.reports.dossier import Dossier
from tests.document_cases import INVENTED, real
from tests.reports.fiche_cases import DAY, document_dossier, few

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
    listed = [
        each for each in statements(powers(made)) if "bevoegdheid van de Commissie tot vaststelling van" in each.text
    ]
    assert len(listed) == len(granted)
    assert sum("is toekenning van deze bevoegdheid mogelijk" in each for each in asked(powers(made))) == len(granted)
    assert all(each.question.endswith("?") for each in made.gaps())
    assert all(each.sources for each in made.statements())


def test_the_data_act_with_its_committee_procedure() -> None:
    """Article and paragraph as a Dutch lawyer cites them."""
    told = [each.text for each in statements(powers(fiche_of(document_dossier(real(REAL[0])), "nl")))]
    assert any(
        each.startswith(
            "Artikel 28, lid 5: bevoegdheid van de Commissie tot vaststelling van uitvoeringshandelingen, onderzoeksprocedure: “"
        )
        for each in told
    )
    assert any(
        each.startswith(
            "Artikel 25, lid 4: bevoegdheid van de Commissie tot vaststelling van gedelegeerde handelingen, ter aanvulling"
        )
        for each in told
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invented_act_in_either_language(language: Language) -> None:
    """Four powers, one delegation, one provision that is listed and delegates nothing."""
    made = fiche_of(document_dossier(INVENTED / f"powers.{language}.txt"), language)
    told = [each.text for each in made.statements()]
    first = {
        "nl": "Artikel 3, lid 4: bevoegdheid van de Commissie tot vaststelling van gedelegeerde handelingen",
        "en": "Article 3(4): power of the Commission to adopt delegated acts",
    }[language]
    procedure = {
        "nl": "Artikel 4, lid 1: bevoegdheid van de Commissie tot vaststelling van uitvoeringshandelingen, raadplegingsprocedure",
        "en": "Article 4(1): power of the Commission to adopt implementing acts, advisory procedure",
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


MEMORANDUM = {
    "en": """EUROPEAN COMMISSION

Brussels, 5.1.2026

COM(2026) 7 final

2026/0007 (COD)

Proposal for a

REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL

on the lamps of lighthouses and the powers to name them

EXPLANATORY MEMORANDUM

1. CONTEXT OF THE PROPOSAL

The general objective of the proposal is to keep the lamps of lighthouses lit.

2. LEGAL BASIS, SUBSIDIARITY AND PROPORTIONALITY

Subsidiarity (for non-exclusive competence)

Ships cross borders, so that Member States cannot keep all lamps lit by themselves.

Proportionality

The proposal asks nothing of keepers beyond what keeps a lamp lit at night.

3. RESULTS OF IMPACT ASSESSMENTS

Fundamental rights

The proposal limits the freedom to conduct a business of keepers, and no more.

4. BUDGETARY IMPLICATIONS

The proposal costs EUR 3 million for oil over five years.

""",
    "nl": """EUROPESE COMMISSIE

Brussel, 5.1.2026

COM(2026) 7 final

2026/0007 (COD)

Voorstel voor een

VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD

betreffende de lampen van vuurtorens en de bevoegdheden om ze te benoemen

TOELICHTING

1. ACHTERGROND VAN HET VOORSTEL

De algemene doelstelling van het voorstel is de lampen van vuurtorens brandend te houden.

2. RECHTSGRONDSLAG, SUBSIDIARITEIT EN EVENREDIGHEID

Subsidiariteit (bij niet-exclusieve bevoegdheid)

Schepen varen over grenzen, zodat lidstaten niet alle lampen zelf brandend kunnen houden.

Evenredigheid

Het voorstel vraagt van wachters niets dat verder gaat dan een lamp die 's nachts brandt.

3. RESULTATEN VAN EFFECTBEOORDELINGEN

Grondrechten

Het voorstel beperkt de vrijheid van ondernemerschap van wachters, en niets meer.

4. GEVOLGEN VOOR DE BEGROTING

Het voorstel kost over vijf jaar 3 miljoen EUR aan olie.

""",
}
# Where a sentence of the memorandum has its place: section, letter, how it begins.
PLACES = {
    "en": [(2, "a", "The general objective"), (4, "b", "Ships cross"), (4, "c", "The proposal asks"), (5, "a", "The proposal costs"), (6, "e", "The proposal limits")],
    "nl": [(2, "a", "De algemene doelstelling"), (4, "b", "Schepen varen"), (4, "c", "Het voorstel vraagt"), (5, "a", "Het voorstel kost"), (6, "e", "Het voorstel beperkt")],
}  # fmt: skip
CHAPTERS = {"en": ("CHAPTER", "LAMPS", "REGISTER"), "nl": ("HOOFDSTUK", "LAMPEN", "REGISTER")}


@pytest.fixture(scope="module", params=LANGUAGES)
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Language, Dossier]:
    """The invented act with a memorandum before it, and in two chapters."""
    language: Language = request.param
    text = (INVENTED / f"powers.{language}.txt").read_text("utf-8")
    chapter, first, second = CHAPTERS[language]
    article = {"en": "Article", "nl": "Artikel"}[language]
    for number, heading, before in (("I", first, 1), ("II", second, 4)):
        text = text.replace(f"\n{article} {before}\n", f"\n{chapter} {number}\n{heading}\n\n{article} {before}\n", 1)
    path = tmp_path_factory.mktemp("acts") / "lamps.txt"
    path.write_text(MEMORANDUM[language] + text, "utf-8")
    draft = few().draft(path, path.name)
    return language, Dossier.of(few().check(draft, as_of=DAY), draft)


def blocks_of(made: Fiche, section: int, letter: str) -> Part:
    return next(each for each in made.sections[section - 1].parts if each.number == letter)


def test_the_memorandum_is_quoted_where_it_belongs(whole: tuple[Language, Dossier]) -> None:
    """Under the heading of the form for what it speaks of, in quotation marks, and in no other place."""
    language, dossier = whole
    made = fiche_of(dossier, language)
    for section, letter, start in PLACES[language]:
        quoting = [each.text for each in made.statements() if f"“{start}" in each.text]
        here = Fiche(form="", language=language, title="", about=blocks_of(made, section, letter), sections=())
        assert len(quoting) == 1, start
        assert quoting[0] in [each.text for each in here.statements()]


def test_the_act_is_told_by_chapter(whole: tuple[Language, Dossier]) -> None:
    """Each with its articles, its heading no longer in capitals, and what is asked of whom; every article is in one."""
    language, dossier = whole
    made = fiche_of(dossier, language)
    *_, told = (each for each in blocks_of(made, 2, "a").blocks if isinstance(each, Listing))
    one, two = (item.text for item in told.items)
    assert one.startswith(
        {"en": "Chapter I, “Lamps” (Articles 1 to 3): ", "nl": "Hoofdstuk I, “Lampen” (artikelen 1 tot en met 3): "}[
            language
        ]
    )
    assert two.startswith(
        {"en": "Chapter II, “Register” (Articles 4 to ", "nl": "Hoofdstuk II, “Register” (artikelen 4 tot en met "}[
            language
        ]
    )
    assert {"en": "for Member States obligations", "nl": "voor lidstaten verplichtingen"}[language] in one


def test_a_fiche_of_an_act_that_nobody_had() -> None:
    """What weighs in a chapter is told however rare it is, who pays, who must designate, what a fine can come to; a board is no European Council."""
    path = Path(__file__).parent.parent / "drafting" / "annotations" / "documents" / "chips.nl.txt"
    made = fiche_of(document_dossier(path, as_proposal=True), "nl")
    *_, told = (each for each in blocks_of(made, 2, "a").blocks if isinstance(each, Listing))
    chapters = [item.text for item in told.items]
    assert any("voor ondernemingen" in each and "productieopdracht (artikel 26)" in each for each in chapters)
    assert any("sancties (artikel 33)" in each for each in chapters)
    assert not any("voor de Europese Raad" in each for each in chapters)
    said = fiche_markdown(made)
    for lead, place in (
        ("Over wat wordt besteed, bepalen de artikelen:", "Artikel 3, lid 2: “Het initiatief wordt ondersteund"),
        ("Lidstaten moeten autoriteiten aanwijzen:", "Artikel 31, lid 1: “Elke lidstaat wijst"),
        ("De hoogste sancties zijn:", "Artikel 33, lid 3: “De geldboeten"),
    ):
        assert place in said.partition(lead)[2][:80]


def test_the_same_fiche_from_the_file_as_from_the_document(whole: tuple[Language, Dossier]) -> None:
    """What a draft records is all that a fiche needs: nobody has to keep the document at hand.

    Only what it was made of is not the same: the one knows the bytes of the document, the other those of the file, in which
    what was remarked of the text as a whole is a comment.
    """
    language, made = whole
    assert made.draft is not None
    read = few().read(made.draft.toml())
    # The planted fault: without its tables the file gives another one.
    bare = evolve(read, quotations=(), divisions=(), empowerments=None)
    of_document, of_file, of_bare = (
        fiche_markdown(evolve(fiche_of(dossier, language), identity=""))
        for dossier in (made, *(Dossier.of(few().check(each, as_of=DAY)) for each in (read, bare)))
    )
    remarked = {"en": r"\nThe text contradicts itself in [^\n]*\n", "nl": r"\nDe tekst spreekt zichzelf [^\n]*\n"}[
        language
    ]
    assert of_file == re.sub(remarked, "", of_document)
    assert of_bare != of_document


def test_a_question_that_the_document_answers_is_not_asked(whole: tuple[Language, Dossier]) -> None:
    """Its aim and its cost are quoted; without the memorandum both are asked."""
    with_memorandum = fiche_of(whole[1], "nl")
    without = fiche_of(document_dossier(INVENTED / "powers.nl.txt"), "nl")
    asked, more = ({each.question for each in made.gaps()} for made in (with_memorandum, without))
    assert "Wat kost het voorstel de EU-begroting?" in more - asked
    assert len(asked) < len(more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_provisions_are_cited_in_the_language_of_the_fiche(language: Language) -> None:
    """Whatever the language of the document: no 'Article 3(4)' in Dutch, no 'artikel' in English, but in its own words."""
    other: Language = "nl" if language == "en" else "en"
    made = fiche_of(document_dossier(INVENTED / f"powers.{other}.txt"), language)
    own = re.compile(r"“[^”]*”")
    said = [own.sub("", each.text) for each in made.statements()] + [each.question for each in made.gaps()]
    said += [source.label for each in made.statements() for source in each.sources]
    foreign = {"nl": r"\bArticles? \d", "en": r"\b[Aa]rtikel(?:en)? \d"}[language]
    assert not [each for each in said if re.search(foreign, each)]
