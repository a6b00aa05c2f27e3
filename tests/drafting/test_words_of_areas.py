"""The lexicon of security, defence, supply, foreign policy and justice: what its words speak of, and what they do not."""

import pytest

from consistent import load
from consistent.documents.document import Span
from consistent.drafting.lexicon.lexicon import shipped_lexicon
from consistent.model.text import LANGUAGES, Language

_SPOKEN_OF: dict[Language, dict[str, tuple[str, ...]]] = {
    "en": {
        "The Commission may give orders to the armed forces of a Member State.": ("armed-forces",),
        "Troops may be deployed; the deployment of troops is decided by the Council.": ("deployment",),
        "Member States shall make shooting ranges available for military exercises.": ("military-exercises",),
        "Barracks and naval bases shall be repaired.": ("military-infrastructure",),
        "Reservists and conscripts are paid alike.": ("military-personnel",),
        "The Commission shall adopt a military doctrine for the use of drones.": ("doctrine",),
        "Member States shall submit their defence plans to the Commission.": ("defence-planning",),
        "The needs of the armed forces are listed by kind and number.": ("military-requirements",),
        "Defence spending rises to a share of GDP.": ("defence-budgets",),
        "An armed attack on one is met by all members of NATO.": ("collective-defence",),
        "Projects of permanent structured cooperation may have a higher rate.": ("pesco",),
        "Corridors for military mobility shall be listed.": ("military-mobility",),
        "The production of ammunition shall be increased.": ("ammunition",),
        "Missiles, howitzers and fighter aircraft are bought.": ("missiles", "artillery", "air-combat"),
        "Counter-drone systems and electronic warfare come first.": ("counter-drones", "electronic-warfare"),
        "The procurement of defence products may be supported.": ("defence-procurement",),
        "Contracts are awarded by Directive 2009/81/EC.": ("defence-procurement-law",),
        "Support for the defence industry": ("defence-industry",),
        "Regulation establishing the European Defence Fund": ("defence-programmes",),
        "Grants go to disruptive technologies for defence.": ("defence-innovation",),
        "Member States decide on the export of defence-related products.": ("arms-export",),
        "Transfers of defence-related products within the Union need no licence.": ("intra-eu-transfers",),
        "Control of dual-use items": ("dual-use",),
        "Protection of classified information": ("information-security",),
        "Regulation on critical raw materials": ("critical-raw-materials",),
        "Strategic reserves of fuel are kept; supply chains are mapped.": ("stockpiles", "supply-chains"),
        "Decision on the conclusion of the Agreement with Norway": ("international-agreements",),
        "Assets of listed persons are frozen: the freezing of funds and economic resources.": ("sanctions-policy",),
        "Candidate countries take part.": ("enlargement",),
        "Frontex shall help with border checks.": ("borders",),
        "Applicants for international protection are heard.": ("asylum",),
        "Illegally staying persons are returned.": ("migration",),
        "Criminal proceedings are led by the European Public Prosecutor.": ("criminal-justice",),
        "Europol shall support them.": ("police-cooperation",),
    },
    "nl": {
        "De lidstaten stellen hun strijdkrachten beschikbaar.": ("armed-forces",),
        "De inzet van troepen wordt door de Raad besloten.": ("deployment",),
        "De lidstaten stellen oefenterreinen open.": ("military-exercises",),
        "Kazernes en marinebases worden hersteld.": ("military-infrastructure",),
        "Reservisten en dienstplichtigen krijgen evenveel.": ("military-personnel",),
        "De Commissie stelt een militaire doctrine voor drones vast.": ("doctrine",),
        "De lidstaten leggen hun defensieplannen aan de Commissie voor.": ("defence-planning",),
        "De behoeften van de krijgsmacht staan op een lijst.": ("military-requirements",),
        "De defensie-uitgaven stijgen.": ("defence-budgets",),
        "Op een gewapende aanval antwoorden alle NAVO-leden.": ("collective-defence",),
        "Projecten van permanente gestructureerde samenwerking krijgen meer.": ("pesco",),
        "Corridors voor militaire mobiliteit staan op een lijst.": ("military-mobility",),
        "De munitievoorraad en de productie van munitie gaan omhoog.": ("ammunition",),
        "Raketten, houwitsers en gevechtsvliegtuigen worden gekocht.": ("missiles", "artillery", "air-combat"),
        "Droneafweer en elektronische oorlogvoering gaan voor.": ("counter-drones", "electronic-warfare"),
        "De aanschaf van defensieproducten kan worden gesteund.": ("defence-procurement",),
        "Opdrachten worden gegund volgens Richtlijn 2009/81/EG.": ("defence-procurement-law",),
        "Steun voor de defensie-industrie": ("defence-industry",),
        "Verordening tot oprichting van het Europees Defensiefonds": ("defence-programmes",),
        "Subsidies gaan naar disruptieve technologieën voor defensie.": ("defence-innovation",),
        "De uitvoer van defensieproducten is aan de lidstaten.": ("arms-export",),
        "Voor de overdracht van defensieproducten is geen vergunning nodig.": ("intra-eu-transfers",),
        "Controle op producten voor tweeërlei gebruik": ("dual-use",),
        "Bescherming van gerubriceerde informatie": ("information-security",),
        "Verordening over kritieke grondstoffen": ("critical-raw-materials",),
        "Strategische voorraden brandstof; toeleveringsketens worden beschreven.": ("stockpiles", "supply-chains"),
        "Besluit over de sluiting van de overeenkomst met Noorwegen": ("international-agreements",),
        "De bevriezing van tegoeden en economische middelen.": ("sanctions-policy",),
        "Kandidaat-lidstaten doen mee.": ("enlargement",),
        "Frontex helpt bij grenscontroles.": ("borders",),
        "Asielzoekers en vluchtelingen worden gehoord.": ("asylum",),
        "Illegaal verblijvende personen keren terug.": ("migration",),
        "Het Europees Openbaar Ministerie leidt de strafprocedure.": ("criminal-justice",),
        "Europol ondersteunt hen.": ("police-cooperation",),
    },
}
_OTHER_WORLDS: dict[Language, tuple[str, ...]] = {
    "en": (
        "This Regulation shall enter into force on the twentieth day.",
        "The rights of defence of the parties concerned shall be respected.",
        "The undertaking may submit its defence within ten days.",
        "The task force shall meet twice a year; the workforce is informed.",
        "Payments may be made subject to a security or a financial guarantee.",
        "Member States shall coordinate social security schemes.",
        "Securities shall be admitted to trading on a regulated market.",
        "The Commission may exercise its powers by way of implementing acts.",
        "Training data sets shall be relevant and free of errors.",
        "Member States shall lay down effective, proportionate and dissuasive sanctions.",
        "The order shall be executed within ten days; shares are listed on a stock exchange.",
        "Fish stocks shall be restored above sustainable levels.",
        "Cross-border cooperation among border regions is promoted.",
        "The carbon border adjustment mechanism applies to cement.",
        "The licence and the certificate shall be issued in electronic form.",
        "The migration of data to the new system takes a year.",
        "Artificial intelligence systems and machine learning are covered.",
        "Exports of personal data to third countries are restricted.",
        "The variable component of remuneration shall be deferred.",
        "Rocket, lettuce and other salads shall bear a label.",
        "Enlargement of the scope of the list shall be considered.",
        "The loan agreement shall be concluded before the first payment.",
        "Appropriate restrictive measures shall be taken in respect of the product.",
        "Deployment of recharging points is sped up.",
        "The mining of text and data is allowed.",
    ),
    "nl": (
        "Deze verordening treedt in werking op de twintigste dag.",
        "Deze verordening is verbindend in al haar onderdelen en is rechtstreeks toepasselijk in elke lidstaat.",
        "De rechten van de verdediging van de partijen worden geëerbiedigd.",
        "De veiligheid van speelgoed en van voedsel wordt gewaarborgd.",
        "De rechtszekerheid is gewaarborgd; een zekerheid wordt gesteld.",
        "De communiteit en de communicatie van gemeenschappen.",
        "De lidstaten stellen sancties vast die doeltreffend, evenredig en afschrikkend zijn.",
        "De straffen zijn doeltreffend.",
        "Het grensoverschrijdende verkeer; grenswaarden en grensbedragen.",
        "De Commissie kan om inlichtingen verzoeken.",
        "De vergunning en het certificaat worden kosteloos verleend.",
        "De uitbreiding van het toepassingsgebied wordt overwogen.",
        "De training van modellen met gegevens; de opleiding van personeel.",
        "De afhankelijkheid van het besluit; een onafhankelijke autoriteit.",
        "De handel tussen de lidstaten wordt niet ongunstig beïnvloed.",
        "De leningsovereenkomst wordt gesloten tussen de partijen.",
        "De granaatappelen en garnalen; raketsla draagt een etiket.",
        "De gezamenlijke aankoop van gas en van vaccins.",
        "De migratie van stoffen uit verpakkingen naar levensmiddelen.",
        "De politieke groepen; polissen van verzekeraars.",
        "De houding is defensief; defensieve maatregelen van de bank.",
    ),
}
_ROOTS = ("security", "defence", "security-of-supply", "foreign-policy", "trade", "freedom-security-justice")


def _areas(sentence: str, language: Language) -> set[str]:
    mentions = shipped_lexicon().reader(sentence, language).mentions(Span(0, len(sentence)))
    return {mention.term for mention in mentions if mention.field == "areas" and not mention.hint}


@pytest.mark.parametrize(
    ("language", "sentence", "areas"),
    [(language, *case) for language in LANGUAGES for case in _SPOKEN_OF[language].items()],
)
def test_words_speak_of_their_area(language: Language, sentence: str, areas: tuple[str, ...]) -> None:
    """The narrowest term is met."""
    assert set(areas) <= _areas(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"), [(language, sentence) for language in LANGUAGES for sentence in _OTHER_WORLDS[language]]
)
def test_the_same_words_in_another_sense_speak_of_none(language: Language, sentence: str) -> None:
    """Nothing of security, defence, supply, foreign policy or justice is met where the words mean something else."""
    about = load("treaties").knowledge.vocabularies["areas"].narrower(list(_ROOTS))
    assert not _areas(sentence, language) & about
