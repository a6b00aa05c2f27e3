"""From when the measures of a drafted act apply: law that reaches back is seen, and other law is not taken for it."""

from datetime import date

import pytest

from consistent import load
from consistent.drafting.draft import draft_of
from consistent.model.values import UNKNOWN, Value
from tests.lamp_acts import text_document

ACT = {
    "en": """EUROPEAN COMMISSION
Brussels, 4.5.2026
COM(2026) 905 final
2026/0905 (COD)
Proposal for a
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on the upkeep of lamps
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 91 thereof,
Whereas:
(1) Lamps go out.
HAVE ADOPTED THIS REGULATION:
Article 1
Duties
Keepers shall clean every lamp each week.
Article 2
Penalties
Member States shall ensure that a breach of Article 1 is punishable as a criminal offence by a maximum term of imprisonment of at least two years.
Article 3
Entry into force
This Regulation shall enter into force on the twentieth day following that of its publication in the Official Journal of the European Union.
{start}
Done at Brussels,
""",
    "nl": """EUROPESE COMMISSIE
Brussel, 4.5.2026
COM(2026) 905 final
2026/0905 (COD)
Voorstel voor een
VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD
betreffende het onderhoud van lampen
HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,
Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 91,
Overwegende hetgeen volgt:
(1) Lampen doven.
HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:
Artikel 1
Verplichtingen
Wachters moeten elke lamp wekelijks schoonmaken.
Artikel 2
Straffen
De lidstaten zorgen ervoor dat een inbreuk op artikel 1 strafbaar is met een maximale gevangenisstraf van ten minste twee jaar.
Artikel 3
Inwerkingtreding
Deze verordening treedt in werking op de twintigste dag na die van de bekendmaking ervan in het Publicatieblad van de Europese Unie.
{start}
Gedaan te Brussel,
""",
}
BEFORE, NONE = Value.exactly(date(2024, 3, 1)), Value.exactly()


@pytest.mark.parametrize(
    ("language", "start", "expected"),
    [
        ("en", "It shall apply from 1 March 2024.", (BEFORE, BEFORE)),
        ("en", "It shall apply with effect from 1 March 2024.", (BEFORE, BEFORE)),
        ("en", "It shall apply retroactively from 1 March 2024.", (BEFORE, BEFORE)),
        ("en", "It shall have retroactive effect from 1 March 2024.", (BEFORE, BEFORE)),
        ("en", "It shall apply from 1 March 2029.", (NONE, NONE)),
        ("en", "", (NONE, NONE)),
        ("en", "It shall apply from 1 March 2029. However, Article 2 shall apply from 1 March 2024.", (NONE, BEFORE)),
        ("en", "It shall apply from 1 March 2024. However, Article 2 shall apply from 1 March 2029.", (BEFORE, NONE)),
        ("en", "It shall apply from 1 March 2024, with the exception of Article 2, which shall apply from six months after its entry into force.", (BEFORE, NONE)),
        ("en", "Section 3 of Chapter II shall apply from 1 March 2024.", (UNKNOWN, UNKNOWN)),
        ("en", "Section 3 of Chapter II shall apply from 1 March 2029.", (NONE, NONE)),
        ("en", "Article 1 shall apply as of 1 March 2024.", (BEFORE, NONE)),
        ("nl", "Zij is van toepassing met ingang van 1 maart 2024.", (BEFORE, BEFORE)),
        ("nl", "Zij is van toepassing met terugwerkende kracht vanaf 1 maart 2024.", (BEFORE, BEFORE)),
        ("nl", "Zij werkt terug tot en met 1 maart 2024.", (BEFORE, BEFORE)),
        ("nl", "Zij heeft terugwerkende kracht tot 1 maart 2024.", (BEFORE, BEFORE)),
        ("nl", "Zij is van toepassing met ingang van 1 maart 2029.", (NONE, NONE)),
        ("nl", "Artikel 2 is van toepassing met ingang van 1 maart 2024.", (NONE, BEFORE)),
    ],
)  # fmt: skip
def test_a_start_before_the_act_is_read(language: str, start: str, expected: tuple[Value, Value]) -> None:
    document = text_document(ACT[language].format(start=start))
    proposal = draft_of(document, load("treaties").knowledge.vocabularies).proposal
    first, second = (measure for measure in proposal.measures if measure.id in {"art-1", "art-2"})
    assert (first.starts, second.starts) == expected
    for measure in (first, second):
        # What was read has its passage, the sentence that says so.
        told = measure.evidence_for("starts")
        assert (told is not None) == (measure.starts != NONE)
        assert told is None or told.place.endswith("3")


@pytest.mark.parametrize("language", ACT)
@pytest.mark.parametrize("year", [2024, 2029])
def test_criminal_law_that_reaches_back_is_flagged(language: str, year: int) -> None:
    start = {"en": "It shall apply from 1 March {}.", "nl": "Zij is van toepassing met ingang van 1 maart {}."}
    base = load("treaties")
    document = text_document(ACT[language].format(start=start[language].format(year)))
    found = {
        (finding.rule, finding.verdict)
        for finding in base.check(draft_of(document, base.knowledge.vocabularies).proposal).findings
    }
    flagged = ("treaties/legal-certainty/retroactive-penalty", "conflict") in found
    assert flagged == (year == 2024)


# What a provision says of itself, in Article 3: whether the measure surely reaches back, may do so, or does not.
@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "With effect from 1 March 2024, keepers shall pay a levy on lamps.", "yes"),
        ("en", "Keepers shall pay the levy as from 1 March 2024.", "yes"),
        ("en", "The levy shall be charged retroactively.", "yes"),
        ("en", "The levy shall not be charged retroactively.", "no"),
        ("en", "The authorities may charge the levy retroactively.", "yes"),
        ("en", "The Commission is empowered to set, with effect from 1 March 2024, the rate of the levy.", "yes"),
        ("en", "The authorities may not charge the levy retroactively.", "no"),
        ("en", "The authorities may charge the levy with effect from 1 March 2029.", "no"),
        ("en", "The levy applies retroactively.", "yes"),
        ("en", "The levy applies as from the day of purchase.", "no"),
        ("en", "Keepers shall pay a levy on all lamps sold since 1 March 2024.", "open"),
        ("en", "The levy shall be due on profits made in the financial year 2023.", "open"),
        ("en", "Keepers shall repay aid received before the entry into force of this Regulation.", "open"),
        ("en", "This Regulation shall apply to contracts concluded before the date of its entry into force.", "open"),
        ("en", "This Regulation shall not apply to contracts concluded before its entry into force.", "no"),
        ("en", "Permits issued before 1 March 2024 shall remain valid.", "no"),
        ("en", "Keepers shall submit a report before 1 March 2029.", "no"),
        ("en", "Keepers shall apply Directive 2001/99/EC as amended before the entry into force of that Directive.", "no"),
        ("nl", "Met ingang van 1 maart 2024 moeten wachters een heffing op lampen betalen.", "yes"),
        ("nl", "De heffing moet met terugwerkende kracht worden geheven.", "yes"),
        ("nl", "De heffing mag niet met terugwerkende kracht worden geheven.", "no"),
        ("nl", "De autoriteiten kunnen de heffing met terugwerkende kracht opleggen.", "yes"),
        ("nl", "De Commissie is bevoegd met ingang van 1 maart 2024 het tarief van de heffing te wijzigen.", "yes"),
        ("nl", "De autoriteiten kunnen de heffing met ingang van 1 maart 2029 opleggen.", "no"),
        ("nl", "De heffing geldt met terugwerkende kracht.", "yes"),
        ("nl", "Wachters moeten steun terugbetalen die zij vóór de inwerkingtreding van deze verordening hebben ontvangen.", "open"),
        ("nl", "Wachters moeten een heffing betalen over winsten uit het boekjaar 2023.", "open"),
        ("nl", "Vergunningen die vóór 1 maart 2024 zijn verleend, blijven geldig.", "no"),
    ],
)  # fmt: skip
def test_a_provision_that_reaches_back_by_its_own_words(language: str, sentence: str, expected: str) -> None:
    document = text_document(ACT[language].format(start=sentence))
    proposal = draft_of(document, load("treaties").knowledge.vocabularies).proposal
    measure = next(measure for measure in proposal.measures if measure.id == "art-3")
    effect = proposal.value("temporal_effect", measure)
    assert effect == {"yes": Value.exactly("retroactive"), "open": UNKNOWN, "no": NONE}[expected]
    told = measure.evidence_for("starts") or measure.evidence_for("temporal_effect")
    assert (told is None) == (expected == "no")
