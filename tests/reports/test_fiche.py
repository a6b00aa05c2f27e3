"""A fiche has the fixed form, says only what something stands behind, and asks what it cannot know."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from attrs import astuple, evolve

from consistent import load
from consistent.documents.places import place_in
from consistent.fiche._words import formations
from consistent.fiche.content import Fiche, FixedText, Gap, Judgement, Part, Source, Statement
from consistent.fiche.forms import _cited, fiche_markdown
from consistent.fiche.making import fiche_of
from consistent.fiche.matter import Given
from consistent.findings.said import Defeated, Finding
from consistent.model.evidence import Evidence
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import LANGUAGES, Language
from consistent.model.titles import short_title
from consistent.reports.dossier import Dossier
from consistent.reports.labels import noted
from consistent.sources import source_label
from tests.document_cases import real
from tests.drafting.short_acts import act_of
from tests.pack_writing import rule_text, write_pack
from tests.reports.fiche_cases import DAY, ROOT, dossier, fiche, invented, kb

PROPOSALS = sorted(each.stem for each in (ROOT / "proposals").glob("*.toml"))
LEGISLATION = [
    "1 Algemene gegevens",
    "a Titel voorstel",
    "b Datum ontvangst Commissiedocument",
    "c Nr. Commissiedocument",
    "d EUR-Lex",
    "e Nr. impact assessment Commissie en Opinie Raad voor Regelgevingstoetsing",
    "f Behandelingstraject Raad",
    "g Eerstverantwoordelijk ministerie",
    "h Rechtsbasis",
    "i Besluitvormingsprocedure Raad",
    "j Rol Europees Parlement",
    "2 Essentie voorstel",
    "a Inhoud voorstel",
    "b Impact assessment Commissie",
    "3 Nederlandse positie ten aanzien van het voorstel",
    "a Essentie Nederlands beleid op dit terrein",
    "b Beoordeling + inzet ten aanzien van dit voorstel",
    "c Eerste inschatting van krachtenveld",
    "4 Beoordeling bevoegdheid, subsidiariteit en proportionaliteit",
    "a Bevoegdheid",
    "b Subsidiariteit",
    "c Proportionaliteit",
    "5 Financiële consequenties, gevolgen voor regeldruk, concurrentiekracht en geopolitieke aspecten",
    "a Consequenties EU-begroting",
    "b Financiële consequenties (incl. personele) voor rijksoverheid en/of medeoverheden",
    "c Financiële consequenties en gevolgen voor regeldruk voor bedrijfsleven en burger",
    "d Gevolgen voor concurrentiekracht en geopolitieke aspecten",
    "6 Implicaties juridisch",
    "a Consequenties voor nationale en decentrale regelgeving en/of sanctioneringsbeleid",
    "b Gedelegeerde en/of uitvoeringshandelingen, incl. NL-beoordeling daarvan",
    "c Voorgestelde implementatietermijn (bij richtlijnen), dan wel voorgestelde datum inwerkingtreding (bij verordeningen en besluiten) met commentaar t.a.v. haalbaarheid",
    "d Wenselijkheid evaluatie-/horizonbepaling",
    "e Constitutionele toets",
    "7 Implicaties voor uitvoering en/of handhaving",
    "8 Implicaties voor ontwikkelingslanden",
]
# Of which next to nothing is known, so that most rules are open.
UNKNOWN = {"proposal": {"kind": "draft-act"}, "measure": [{"id": "first"}]}
KINDS = ("draft-act", "communication", "white-paper", "recommendation-proposal")


def headings(found: Fiche) -> list[str]:
    return [f"{each.number} {each.heading}" for section in found.sections for each in section.walk()]


def part(found: Fiche, section: int, letter: str = "") -> Part:
    whole = found.sections[section - 1]
    return next(each for each in whole.parts if each.number == letter) if letter else whole


def texts(where: Part) -> list[str]:
    return [each.text for each in Fiche(form="", language="nl", title="", about=where, sections=()).statements()]


def questions(where: Part) -> list[str]:
    return [each.question for each in where.blocks if isinstance(each, Gap)]


def test_the_form_for_legislation() -> None:
    """Ten general data, then the sections in their order."""
    assert headings(fiche("com-2023-237")) == LEGISLATION


@pytest.mark.parametrize("name", PROPOSALS)
def test_each_principle_opens_with_what_is_tested(name: str) -> None:
    """In the form for legislation, and then comes the judgement, or a gap for it; in that for communications the attitude."""
    found = fiche(name)
    for letter in "abc":
        first, second, *_ = part(found, 4, letter).blocks
        if found.form == "communication":
            first, second = FixedText("Als onderdeel van de toets"), first
        assert isinstance(first, FixedText)
        assert first.text.startswith("Als onderdeel van de toets")
        says = {"legislation": "het oordeel van het kabinet", "communication": "de grondhouding van het kabinet"}[
            found.form
        ]
        said = (
            second.statement.text
            if isinstance(second, Judgement)
            else second.question
            if isinstance(second, Gap)
            else ""
        )
        assert says in said.lower()


@pytest.mark.parametrize("name", PROPOSALS)
def test_no_sentence_has_the_whole_title(name: str) -> None:
    """Of the proposal it says 'the proposal': the title stands in 1a."""
    title = dossier(name).proposal.title
    assert title is not None
    said = [*(each.text for each in fiche(name).statements()), *(each.question for each in fiche(name).gaps())]
    assert [each for each in said if title.nl in each] == [title.nl]


def test_the_form_for_communications_is_that_of_a_real_fiche() -> None:
    """Every heading stands in a real appraisal of a communication, in the same order."""
    pages = pytest.importorskip("pypdfium2").PdfDocument(real("fiches/22112-4406.nl.pdf"))
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    at = 0
    for section in fiche("join-2025-120").sections:
        for each in section.walk():
            mark = f"{each.number}{'.' if each.number.isdigit() else ')'}"
            # The real one leaves out of which Board the opinion is.
            heading = each.heading.removesuffix(" Raad voor Regelgevingstoetsing")
            at = text.index(f"{mark} {heading}", at)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROPOSALS)
def test_every_proposal_gives_a_fiche(name: str, language: Language) -> None:
    """Every part holds something: what is known, or a question."""
    found = fiche(name, language)
    for section in found.sections:
        for each in section.parts or (section,):
            assert each.blocks, each.heading
    assert all(each.question.endswith("?") for each in found.gaps())


@pytest.mark.parametrize("name", PROPOSALS)
def test_nothing_that_was_found_is_lost_or_told_twice(name: str) -> None:
    """Every finding, and every met condition, is one statement or one question."""
    found, made = fiche(name), dossier(name)
    report = made.report
    told = Counter(
        (text.rstrip(".").removesuffix(" (betwist recht)"), source.label)
        for each in found.statements()
        for text in spread(each.text, made.proposal)
        for source in each.sources
        if source.label.startswith("regel ")
    )
    asked = Counter(each.question for each in found.gaps())
    everything: list[Finding | Defeated] = [*report.findings, *(each for each in report.defeated if each.met)]
    questions = Counter(sentence(each, made) for each in everything if is_question(each))
    # What is no question by its form has one behind it.
    found_asked = {each: asked[each] + asked[f"{each}: hoe moet dat worden beoordeeld?"] for each in questions}
    assert found_asked == dict(questions)
    assert told == Counter((sentence(each, made), f"regel {each.rule}") for each in everything if not is_question(each))


def numbered(text: str) -> list[int]:
    """The numbers of provisions that a sentence names."""
    numbers: list[int] = []
    for first, last in re.findall(r"(\d+)(?: tot en met (\d+))?", text):
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def spread(text: str, proposal: Proposal) -> list[str]:
    """The sentences that one stands for: of the provision that it names, and of those of which the same is said by number."""
    said, found, same = text.partition(" Hetzelfde geldt voor bepaling")
    if not found:
        return [text]
    titles = [each.title.nl for each in proposal.measures if each.title]
    (first,) = re.findall("|".join(re.escape(f"'{title}'") for title in sorted(titles, key=len, reverse=True)), said)
    return [said, *(said.replace(first, f"'{titles[number - 1]}'", 1) for number in numbered(same))]


def is_question(said: Finding | Defeated) -> bool:
    return isinstance(said, Finding) and said.verdict == "question" and said.waived is None


def sentence(said: Finding | Defeated, made: Dossier) -> str:
    text = " ".join(said.message.nl.split())
    if made.proposal.title:
        text = text.replace(f"'{short_title(made.proposal.title.nl)}'", "het voorstel")
    # A condition that is met is told by what is there, first.
    if isinstance(said, Defeated) and said.met:
        text = f"{said.title.nl}: {text}"
    return text[:1].upper() + text[1:]


@pytest.mark.parametrize("name", PROPOSALS)
def test_every_open_rule_is_asked(name: str) -> None:
    """One by one, or in a question that counts them."""
    gaps = " ".join(each.question for each in fiche(name).gaps())
    for each in dossier(name).report.open:
        assert each.title.nl in gaps or "open regels in totaal" in gaps, each.rule


def test_measures_are_told_by_their_titles() -> None:
    """Ids stand nowhere in a fiche: neither of what is open, nor of what nobody judged."""
    found, made = fiche("join-2025-120"), dossier("join-2025-120")
    titles = {each.id: each.title.nl for each in made.proposal.measures if each.title}
    (told,) = (text for text in texts(found.about) if text.startswith("Bepalingen waarover geen regel iets zegt"))
    assert f"({len(made.report.not_judged)})" in told
    names = [each.id for each in made.proposal.measures]
    assert [names[number - 1] for number in numbered(told.partition(": ")[2])] == list(made.report.not_judged)
    asked = " ".join(each.question for each in found.gaps())
    assert all(f"'{titles[each.measure]}" in asked for each in made.report.open if each.measure)
    assert not re.search(r"\brow-\d", " ".join([told, asked, *(each.text for each in found.statements())]))


def test_many_open_rules_are_told_with_what_they_would_be() -> None:
    """Thousands that would be in line are not the same as one that would be a conflict."""
    many = [each for each in invented(UNKNOWN).gaps() if "open regels in totaal" in each.question]
    assert many
    assert any("zou strijdig zijn: " in each.question for each in many)
    for each in many:
        total, counted = re.findall(r"totaal: (\d+) \((.*?)\)", each.question)[0]
        assert sum(map(int, re.findall(r": (\d+)", counted))) == int(total)


@pytest.mark.parametrize("name", PROPOSALS)
def test_every_grade_says_what_it_rests_on(name: str) -> None:
    """Each dimension is told, and a grade on two measures of sixty is seen to be one."""
    found, report = fiche(name), dossier(name).report
    blocks = [each for part_ in found.walk() for each in part_.blocks]
    graded = [at for at, each in enumerate(blocks) if isinstance(each, Judgement)]
    assert len(graded) == sum(grade not in {"open", "not-judged"} for _, grade in report.judgement)
    for at in graded:
        judged = blocks[at]
        assert isinstance(judged, Judgement)
        findings, measures, every, _ = map(int, re.findall(r"\d+", judged.statement.sources[0].label))
        assert findings
        assert measures <= every == len(report.measures)


def _recorded(proposal: Proposal) -> list[Evidence]:
    """Where powers, delegations and time limits stand that a draft recorded."""
    records = (*(proposal.empowerments or ()), *proposal.delegations, *proposal.mismatches, *proposal.time_limits)
    return [each for record in records for each in astuple(record, recurse=False) if isinstance(each, Evidence)]


@pytest.mark.parametrize("name", PROPOSALS)
def test_every_sentence_rests_on_something_that_is_there(name: str) -> None:
    """A source of the pack, a rule, a passage that the proposal names, the check, or a day that was given."""
    given = Given(transmitted=date(2026, 1, 5), received=date(2026, 1, 2), letter=date(2026, 1, 9))
    found, made = fiche_of(dossier(name), "nl", given), dossier(name)
    known = {source_label(one, "nl") for rule in kb().rules for one in rule.sources}
    known |= {
        source_label(one, "nl") for facts in kb().knowledge.facts.values() for each in facts for one in each.sources
    }
    known |= {
        source_label(f"{each.sources[0]} {at}", "nl") for each in kb().knowledge.positions.values() for at in each.at
    }
    known |= {f"regel {each.id}" for each in kb().rules}
    owners: tuple[Proposal | Measure, ...] = (made.proposal, *made.proposal.measures)
    known |= {source_label(each.document, "nl") for owner in owners for _, each in owner.evidence}
    known |= {
        ", ".join(filter(None, (source_label(each.document, "nl"), place_in(each.place, "nl")))) + noted(each, "nl")
        for each in (*(each for owner in owners for _, each in owner.evidence), *_recorded(made.proposal))
    }
    known |= {"toets aan pakket nl-22112-4027, peildatum 26 november 2026"}
    # The rules on deadlines and on instruments, and what stands in the command itself.
    known |= {
        "Protocol nr. 2, artikel 6",
        "Protocol nr. 2, artikel 3",
        "ST 10722/19",
        "artikel 288 VWEU",
        "artikel 5, lid 3, VEU",
    }
    known |= {"Kamerstuk 22112-1366", "Kamerstuk 22112-4027 INTRO.5", "datum opgegeven bij het maken van het concept"}
    known |= {f"opgegeven in {Path(made.proposal.path).name}"}
    assert found.statements()
    for each in found.statements():
        assert each.sources
        labels = {" ".join(f"{source.label}{source.note}".split()) for source in each.sources}
        assert {label for label in labels if not label.startswith("voorstel op grond van de bevindingen (")} <= {
            " ".join(one.split()) for one in known
        }


def missing_powers(made: Fiche, proposal: Proposal) -> list[str]:
    """The powers that a proposal records, or that measures give, and that are not told in 6b with a question each."""
    told, asked = texts(part(made, 6, "b")), questions(part(made, 6, "b"))
    if proposal.empowerments is not None:
        named = [f"{power.at(made.language)}: " for power in proposal.empowerments]
    else:
        powers = kb().knowledge.vocabularies["effects"].narrower(["delegated-power", "implementing-power"])
        giving = [(number, each) for number, each in enumerate(proposal.measures, 1) if each.effects.yes & powers]
        # Few have no number, and are asked by name.
        by_name = len(proposal.measures) <= 3
        return [
            each.title.nl
            for number, each in giving
            if each.title
            and not (
                any(one.startswith(each.title.nl) for one in told)
                and any(one.startswith(each.title.nl if by_name else f"Bepaling {number}: ") for one in asked)
            )
        ]
    return [each for each in named if not all(any(one.startswith(each) for one in listed) for listed in (told, asked))]


def empty_parts(made: Fiche) -> list[str]:
    """The parts in which nothing is said but fixed words, and nothing is asked."""
    return [
        each.heading
        for section in made.sections
        for each in section.parts or (section,)
        if not [block for block in each.blocks if not isinstance(block, FixedText)]
    ]


@pytest.mark.parametrize("name", PROPOSALS)
def test_every_power_is_told_and_no_part_is_empty(name: str) -> None:
    """Of any proposal; and a power or a part that somebody takes out is missed."""
    made = fiche(name)
    assert not empty_parts(made)
    if made.form == "communication":
        return
    proposal = dossier(name).proposal
    assert not missing_powers(made, proposal)
    law = made.sections[5]
    without = evolve(law, parts=tuple(evolve(each, blocks=()) if each.number == "b" else each for each in law.parts))
    planted = evolve(made, sections=(*made.sections[:5], without, *made.sections[6:]))
    assert empty_parts(planted) == ["Gedelegeerde en/of uitvoeringshandelingen, incl. NL-beoordeling daarvan"]
    powers = kb().knowledge.vocabularies["effects"].narrower(["delegated-power", "implementing-power"])
    assert bool(missing_powers(planted, proposal)) == any(each.effects.yes & powers for each in proposal.measures)


def test_a_sentence_without_a_source_cannot_be_made() -> None:
    """Nor a gap that asks nothing."""
    with pytest.raises(ValueError, match="without words or sources"):
        Statement(text="Lampen zijn wit.", sources=())
    with pytest.raises(ValueError, match="no question"):
        Gap("Vul dit in.")


def test_a_note_on_a_source_is_told_with_it() -> None:
    """What was read in a secondary source must not look as if the document said it."""
    (amount,) = (
        each
        for each in fiche("com-2024-150").statements()
        if each.text.startswith("Het voorstel voorziet in een bedrag")
    )
    note = "secundaire bron: European Parliament, briefing of May 2024"
    assert [(each.label, each.note) for each in amount.sources] == [("COM(2024) 150, budget", note)]
    assert f"COM(2024) 150, budget, met de aantekening '{note}'" in fiche_markdown(fiche("com-2024-150"))


def test_places_in_one_document_are_cited_with_it_once() -> None:
    """The document, and what is noted of it, stand once; what another says is not drawn in."""
    cited = (
        Source("Kamerstuk 1 KERN.1", document="Kamerstuk 1"),
        Source("Kamerstuk 1 IND.2", document="Kamerstuk 1"),
        Source("COM(2099) 1, artikel 3", document="COM(2099) 1", note="gelezen in een samenvatting"),
        Source("COM(2099) 1, artikel 4", document="COM(2099) 1", note="gelezen in een samenvatting"),
        Source("COM(2099) 1, artikel 5", document="COM(2099) 1"),
        Source("regel small/rule"),
    )
    spans = _cited(fiche("com-2023-237"), cited)
    assert "".join(span.text for span in spans) == (
        "Kamerstuk 1 KERN.1; IND.2; COM(2099) 1, artikel 3; artikel 4, met de aantekening 'gelezen in een samenvatting'; "
        "COM(2099) 1, artikel 5; regel small/rule"
    )


def test_what_is_asked_of_many_measures_is_asked_once() -> None:
    """A rule on the whole act that hangs on each of its articles asks one question, with where they stand."""
    measures = "".join(
        f'[[measure]]\nid = "art-{number}"\nreference = "Article {number}"\nareas = ["internal-market"]\n'
        'effects = ["obligation"]\nexcluded_partners = { has = [] }\n'
        for number in range(1, 41)
    )
    pack = load("treaties").selected(["treaties/agreements/international-obligations"])
    check = pack.check(
        f'[proposal]\nkind = "legislative-proposal"\nlegal_basis = ["TFEU 114"]\n{measures}', engine="columns"
    )
    made = fiche_of(Dossier(check=check), "nl")
    (asked,) = (each.question for each in made.gaps() if "uitgesloten partners" in each.question)
    assert asked.endswith("uitgesloten partners: geen (artikelen 1 tot en met 40)?")


def test_the_competence_paragraph() -> None:
    """The bases, their category with the article of the Treaty, and whether they can carry harmonisation."""
    told = texts(part(fiche("com-2023-237"), 4, "a"))
    assert told[1] == "Het voorstel is gebaseerd op artikel 114 VWEU en artikel 173, lid 3, VWEU."
    market, industry = (
        next(one for one in told if one.startswith(f"{each}: op "))
        for each in ("Artikel 114 VWEU", "Artikel 173, lid 3, VWEU")
    )
    assert market.startswith(
        "Artikel 114 VWEU: op het terrein interne markt is sprake van een gedeelde bevoegdheid van de Unie en de "
        "lidstaten (artikel 4, lid 2, onder a), VWEU). Harmonisatie van nationaal recht is op deze grondslag mogelijk."
    )
    assert industry.startswith(
        "Artikel 173, lid 3, VWEU: op de terreinen defensie-industrie en industrie is sprake van"
    )
    assert "(artikel 6, onder b), VWEU). Harmonisatie van nationaal recht is op deze grondslag uitgesloten." in industry


def test_an_unknown_basis_is_a_gap() -> None:
    """Nothing is made up of an article that the pack does not know."""
    found = invented({"proposal": {"kind": "legislative-proposal", "legal_basis": ["TFEU 1"]}, "measure": []})
    assert any("kent artikel 1 VWEU niet als rechtsgrondslag" in each for each in questions(part(found, 4, "a")))


def test_a_whole_article_with_powers_in_its_paragraphs_is_asked() -> None:
    """What is said of one paragraph must not look as if it were said of the basis."""
    asked = questions(part(fiche("com-2025-188"), 4, "a"))
    assert any("noemt artikel 182 VWEU in zijn geheel" in each for each in asked)
    assert not any("noemt artikel 114 VWEU in zijn geheel" in each for each in asked)


def test_the_formation_of_the_council_is_suggested_by_area() -> None:
    """By those of most provisions, the internal market only where nothing narrower is named; else of the bases; and it stays a question."""
    areas = kb().knowledge.vocabularies["areas"]
    assert not [area for formation in formations() for area in formation.areas if area not in areas]

    def asked(basis: str, *named: str) -> str:
        measures = [{"id": f"m{at}", "areas": ["internal-market", area]} for at, area in enumerate(named)]
        found = invented({"proposal": {"kind": "legislative-proposal", "legal_basis": [basis]}, "measure": measures})
        (question,) = questions(part(found, 1, "f"))
        return question

    assert "de Raad Vervoer, Telecommunicatie en Energie" in asked("TFEU 114", "energy", "energy", "fisheries")
    assert "de Raad Concurrentievermogen" in asked("TFEU 114", "internal-market")
    assert "de Raad Milieu" in asked("TFEU 192(1)")
    assert invented({"proposal": {}}).sections[0].parts[5].blocks == (
        Gap("Welke Raadsformatie behandelt het voorstel?"),
    )


def test_what_a_rule_says_of_several_provisions_is_one_sentence() -> None:
    """With each of them named by its article, and a comma where Dutch has one behind a paragraph."""
    drafted = {
        "title": {"en": "Lamps", "nl": "Lamps"},
        "areas": ["taxation"],
        "effects": ["harmonisation"],
        "bindingness": "binding",
    }
    measures = [
        {"id": f"m{at}", "reference": f"Article {at}(1)", **drafted, "evidence": {"reference": {"document": "COM(2026) 7", "place": f"Article {at}(1)", "span": [at, at + 1], "confirmed": False}}}
        for at in (3, 4, 5)
    ]  # fmt: skip
    data = {"proposal": {"kind": "legislative-proposal", "legal_basis": ["TFEU 114"]}, "measure": measures}
    rule = "regel treaties/legal-basis/tax-or-employee-rights-on-internal-market-basis"
    made = invented(data)
    (one,) = (
        each
        for each in made.statements()
        if rule in {source.label for source in each.sources} and "belastingen" in each.text
    )
    assert one.text.startswith("Artikel 3, lid 1, ")
    assert one.text.endswith("Hetzelfde geldt voor artikel 4, lid 1 en artikel 5, lid 1.")


@pytest.mark.parametrize(
    ("place", "dutch"),
    [
        ("Article 4", "artikel 4"),
        ("Article 4(1)(a), page 12", "artikel 4, lid 1, onder a), blz. 12"),
        ("Article 12(2, 3)", "artikel 12, leden 2 en 3"),
        ("Article 52(1-3)", "artikel 52, leden 1 tot en met 3"),
        ("art. 8 to 12", "artikelen 8 tot en met 12"),
        ("recital 5", "overweging 5"),
        ("explanatory memorandum 3.3", "toelichting 3.3"),
        ("cover", "voorblad"),
        ("Security of supply, permits", "Security of supply, permits"),
    ],
)
def test_places_are_told_in_dutch(place: str, dutch: str) -> None:
    """Those that documents give; others stay as they were written."""
    assert place_in(place, "nl") == dutch
    assert place_in(dutch, "nl") == dutch


@pytest.mark.parametrize(
    ("dutch", "place"),
    [
        ("artikel 4, lid 1, onder a), blz. 12", "Article 4(1)(a), page 12"),
        ("overweging 5", "recital 5"),
        ("toelichting", "explanatory memorandum"),
    ],
)
def test_places_are_told_in_english(dutch: str, place: str) -> None:
    """Also of a Dutch document."""
    assert place_in(dutch, "en") == place


def test_a_measure_with_a_basis_of_its_own() -> None:
    """It is listed, and what that basis carries is told."""
    own = {"id": "tax", "title": {"en": "A tax", "nl": "Een belasting"}, "legal_basis": ["TFEU 113"]}
    data = {"proposal": {"kind": "legislative-proposal", "legal_basis": ["TFEU 114"]}, "measure": [own]}
    told = texts(part(invented(data), 4, "a"))
    assert "Artikel 113 VWEU: Een belasting." in told
    assert any(each.startswith("Artikel 113 VWEU: op het terrein") for each in told)


def test_measures_without_a_basis_of_their_own_are_asked() -> None:
    """Beside others that have one, they must not be missing from the list in silence."""
    asked = [
        each for each in questions(part(fiche("com-2024-150"), 4, "a")) if "waarvan dat niet is vastgelegd" in each
    ]
    assert len(asked) == 1
    titles = [each.title.nl for each in dossier("com-2024-150").proposal.measures if each.title]
    seap, status = (titles[number - 1] for number in numbered(asked[0].rpartition(": ")[2]))
    assert "(SEAP)" in seap
    assert "geen btw is verschuldigd" in status
    assert not any("waarvan dat niet is vastgelegd" in each for each in questions(part(fiche("com-2023-237"), 4, "a")))


def test_a_coarse_procedure_is_told_with_what_the_articles_say() -> None:
    """`NLE` on a cover says nothing of the part of Parliament."""
    told = texts(part(fiche("com-2025-122"), 1, "j"))
    assert told[0] == "Niet-wetgevingsprocedure"
    assert len(told) > 1


def test_a_waived_finding_is_told_as_accepted() -> None:
    """With the reason, who answers for it, and until when."""
    proposal = ROOT / "proposals/com-2024-150.toml"
    rule = "nl-22112-4027/supply/compulsion-on-dependencies"
    waiver = {
        "waiver": [
            {
                "rule": rule,
                "measure": "penalties",
                "proposal": "COM(2024) 150 final",
                "reason": {"en": "Agreed in the Council.", "nl": "In de Raad overeengekomen."},
                "owner": "BZ",
                "until": date(2027, 1, 1),
            }
        ]
    }
    report = kb().check(proposal, as_of=DAY, waivers=[waiver])
    assert any(each.waived for each in report.findings)
    made = fiche_of(Dossier.of(report), "nl")
    accepted = [
        each for each in texts(part(made, 3, "b")) if "In de Raad overeengekomen. (BZ, tot en met 2027-01-01)" in each
    ]
    assert len(accepted) == 1


def test_a_provision_that_carries_no_act_is_told() -> None:
    """By the facts of the pack."""
    article = next(iter(kb().knowledge.facts["powerless_provision"])).values["article"].yes
    found = invented({"proposal": {"kind": "legislative-proposal", "legal_basis": sorted(map(str, article))}})
    assert any("kan geen handeling van de Unie worden gebaseerd" in each for each in texts(part(found, 4, "a")))


def test_subsidiarity_is_not_asked_in_exclusive_fields_only() -> None:
    """Of a basis in an exclusive field the principle does not apply (TEU 5(3)); of two bases in two fields it does."""
    alone = invented({"proposal": {"kind": "legislative-proposal", "legal_basis": ["TFEU 207(2)"]}})
    both = invented({"proposal": {"kind": "legislative-proposal", "legal_basis": ["TFEU 207(2)", "TFEU 114"]}})
    sentence = (
        "De artikelen vallen onder exclusieve bevoegdheid; daar is het subsidiariteitsbeginsel niet van toepassing."
    )
    assert sentence in texts(part(alone, 4, "b"))
    assert sentence not in texts(part(both, 4, "b"))
    assert any("het doel van het voorstel zelf niet voldoende" in each for each in questions(part(both, 4, "b")))


def test_a_basis_that_may_have_others_beside_it_leaves_subsidiarity_open() -> None:
    """What is not known is not taken for exclusive."""
    data = {"proposal": {"kind": "legislative-proposal", "legal_basis": {"has": ["TFEU 207(2)"]}}}
    assert any("artikel 5, lid 3, VEU" in each for each in questions(part(invented(data), 4, "b")))


def test_a_communication_has_its_fields_placed() -> None:
    """By the areas of its measures, since it has no legal basis."""
    told = texts(part(fiche("join-2025-120"), 4, "a"))
    assert any(
        each.startswith("Op het terrein industrie is sprake van een ondersteunende bevoegdheid") for each in told
    )


def test_measures_in_none_of_the_fields_are_asked() -> None:
    """Each measure of a communication is counted in a field, or named."""
    asked = questions(part(fiche("join-2025-120"), 4, "a"))
    (rest,) = (each for each in asked if "op geen van de terreinen hierboven" in each)
    assert "(30)" in rest
    titles = [each.title.nl for each in dossier("join-2025-120").proposal.measures if each.title]
    named = " ".join(titles[number - 1] for number in numbered(rest.rpartition(": ")[2]))
    assert "Luchtverdedigingssystemen voor Oekraïne" in named
    # That of industry is placed.
    assert "Industrieprogramma" not in named


def test_a_communication_takes_an_attitude_on_the_three_principles_only() -> None:
    """On money and burdens a real appraisal tells the consequences, and takes none."""
    for letter in "de":
        told = texts(part(fiche("join-2025-120"), 4, letter))
        assert not any("grondhouding" in each for each in told)
    assert texts(part(fiche("join-2025-120"), 4, "e"))[0].startswith("Uitkomst van de toets: ")


def test_grades_are_those_of_the_report_and_open_ones_are_asked() -> None:
    """The scale of the appraisal, in its words."""
    found = fiche("com-2024-150")
    graded = [each for each in part(found, 4, "a").blocks if isinstance(each, Judgement)]
    assert [each.grade for each in graded] == [dict(dossier("com-2024-150").report.judgement)["competence"]]
    assert graded[0].statement.text == "Het oordeel van het kabinet is positief, met kanttekeningen."
    assert not any(isinstance(each, Judgement) for each in part(found, 4, "b").blocks)
    assert questions(part(found, 4, "b"))[0].startswith("Wat is het oordeel van het kabinet over de subsidiariteit: ")


def test_repairs_are_what_to_press_for() -> None:
    """Each finding with its smallest change, and what can be split off under competence."""
    found, repairs = fiche("com-2023-237", repairs=True), dossier("com-2023-237", repairs=True).repairs
    assert repairs is not None
    asked = [each for each in texts(part(found, 3, "b")) if "Andere gevonden mogelijkheden: 4." in each]
    assert len(asked) == len(repairs.findings) == 1
    # The measure by its title: ids mean nothing to a reader of a fiche.
    assert "'De Commissie kan een bedrijf munitie of onderdelen daarvan laten maken" in asked[0]
    assert any("af te splitsen naar een eigen voorstel" in each for each in texts(part(found, 4, "a")))


def test_what_to_press_for_names_the_place() -> None:
    """A provision of a drafted document has the heading of its article for a title, and its place says which is meant."""
    draft = kb().draft(
        act_of("nl", "artikel 114", ["Aanbieders betalen de heffing met terugwerkende kracht."]), "act.txt"
    )
    found = fiche_of(Dossier.of(kb().check(draft, as_of=DAY), draft, repairs=True), "nl")
    assert any("vraag om artikel 1 niet te laten terugwerken" in each for each in texts(part(found, 3, "b")))


def test_without_repairs_the_draft_says_so() -> None:
    """Nothing to press for must not look like nothing to be pressed for."""
    assert "Naar de inzet is niet gezocht." in texts(fiche("com-2023-237").about)


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_follows_the_kind(kind: str) -> None:
    """Recommendations are appraised in the form for communications."""
    form = invented({"proposal": {"kind": kind}}).form
    assert form == ("legislation" if kind == "draft-act" else "communication")


def test_an_unknown_kind_is_asked() -> None:
    """And the longer form taken, in which nothing is left out."""
    found = invented({"proposal": {}})
    assert found.form == "legislation"
    assert "Wat voor document is dit, en is dit het juiste sjabloon?" in questions(found.about)


def test_what_is_not_given_is_named_after_the_file() -> None:
    """A value without evidence says where it was written down."""
    found = invented({"proposal": {"kind": "legislative-proposal", "reference": "COM(2026) 1"}})
    stated = next(each for each in part(found, 1, "c").blocks if isinstance(each, Statement))
    assert stated.sources == (Source("opgegeven in <dict>"),) or stated.sources[0].label.startswith("opgegeven in")


def test_statements_that_are_not_known_are_asked() -> None:
    """Of a known absence the fiche says that it is absent."""
    known = {"kind": "legislative-proposal", "statements": {"has": [], "lacks": ["subsidiarity"]}}
    lacking, silent = invented({"proposal": known}), invented({"proposal": {"kind": "legislative-proposal"}})
    assert "In het voorstel ontbreekt: verantwoording van de subsidiariteit." in texts(part(lacking, 4, "b"))
    assert "Is er een uitvoerige verantwoording van de subsidiariteit?" in questions(part(silent, 4, "b"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pack_that_knows_no_treaties(tmp_path: Path, language: Language) -> None:
    """It has neither kinds nor bases nor statements: what hangs on them is asked."""
    small = load(str(write_pack(tmp_path, {"rule": rule_text("flagged", 'effects = "a"')})))
    data = {"proposal": {"legal_basis": ["TFEU 114"], "budget": 5}, "measure": [{"id": "one", "effects": ["a"]}]}
    found = fiche_of(Dossier.of(small.check(data, as_of=DAY), repairs=True), language)
    assert found.form == "legislation"
    assert any("114" in each for each in questions(part(found, 4, "a")))
    assert any("small/rule" in source.label for each in found.statements() for source in each.sources)


def test_the_same_dossier_gives_an_equal_fiche() -> None:
    """Twice."""
    assert fiche_of(dossier("com-2025-847"), "en") == fiche_of(dossier("com-2025-847"), "en")
