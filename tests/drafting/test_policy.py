"""Documents of policy: what each kind of sentence says is read by its force, in both languages, and what describes is no measure."""

from functools import cache

import pytest

from consistent import load
from consistent.documents.reading import read_document
from consistent.drafting.candidate_measure import CandidateMeasure
from consistent.drafting.candidates import candidates_of
from consistent.drafting.cues import Cues, shipped_cues
from consistent.model.text import Language
from consistent.model.vocabulary import Vocabularies

_HEADS = {
    "en": "COM(2026) 905 final\nCOMMUNICATION FROM THE COMMISSION TO THE EUROPEAN PARLIAMENT AND THE COUNCIL\nA plan for harbours\n1. What we do\n",
    "nl": "COM(2026) 905 final\nMEDEDELING VAN DE COMMISSIE AAN HET EUROPEES PARLEMENT EN DE RAAD\nEen plan voor havens\n1. Wat wij doen\n",
}


@cache
def _vocabularies() -> Vocabularies:
    return load("nl-22112-4027").knowledge.vocabularies


@cache
def _cues() -> Cues:
    return shipped_cues(_vocabularies())


def _measures(language: Language, text: str) -> tuple[CandidateMeasure, ...]:
    document = read_document(f"{_HEADS[language]}{text}\n".encode(), "invented.txt")
    return candidates_of(document, _cues(), _vocabularies(), sort="policy")


def _terms(measure: CandidateMeasure, field: str) -> set[str]:
    return {value.term for value in measure.of(field)}


# Sentence, how binding, who acts, on whom, what it does; of effects only those that must be among them.
@pytest.mark.parametrize(
    ("language", "sentence", "bindingness", "actors", "addressees", "effects"),
    [
        # What its author will do, is doing, or intends.
        (
            "en",
            "The Commission will, together with the High Representative, present a roadmap on drones.",
            "announcement",
            {"commission"},
            set(),
            {"roadmap", "cooperation"},
        ),
        (
            "nl",
            "De Commissie zal samen met de hoge vertegenwoordiger een routekaart voor drones presenteren.",
            "announcement",
            {"commission"},
            set(),
            {"roadmap", "cooperation"},
        ),
        (
            "en",
            "Moreover, the Commission is currently assessing the rules on pilots.",
            "announcement",
            {"commission"},
            set(),
            {"review"},
        ),
        (
            "nl",
            "De Commissie onderzoekt momenteel de regels voor loodsen.",
            "announcement",
            {"commission"},
            set(),
            {"review"},
        ),
        (
            "en",
            "The Commission stands ready to assist Member States in aggregating demand.",
            "announcement",
            {"commission"},
            {"member-states"},
            {"assistance", "demand-aggregation"},
        ),
        (
            "nl",
            "De Commissie staat klaar om de lidstaten te helpen bij het bundelen van de vraag.",
            "announcement",
            {"commission"},
            {"member-states"},
            {"assistance", "demand-aggregation"},
        ),
        (
            "en",
            "The EU will continue to support Ukraine.",
            "announcement",
            {"union"},
            {"third-country-authorities"},
            {"assistance"},
        ),
        (
            "nl",
            "De EU zal Oekraïne blijven steunen.",
            "announcement",
            {"union"},
            {"third-country-authorities"},
            {"assistance"},
        ),
        (
            "en",
            "We will deepen our partnership with partner countries.",
            "announcement",
            {"union"},
            {"third-country-authorities"},
            {"partnership"},
        ),
        (
            "nl",
            "Wij zullen ons partnerschap met de partnerlanden verdiepen.",
            "announcement",
            {"union"},
            {"third-country-authorities"},
            {"partnership"},
        ),
        # What will be done, or is being done, by whoever is meant.
        (
            "en",
            "Guidelines on quays are being developed by the Commission.",
            "announcement",
            {"commission"},
            set(),
            {"guidance"},
        ),
        (
            "nl",
            "Momenteel worden door de Commissie richtsnoeren voor kades opgesteld.",
            "announcement",
            {"commission"},
            set(),
            {"guidance"},
        ),
        (
            "en",
            "A dedicated task force will be set up to monitor shortages.",
            "announcement",
            set(),
            set(),
            {"task-force", "monitoring"},
        ),
        (
            "nl",
            "Er zal een taskforce worden opgericht om tekorten te monitoren.",
            "announcement",
            set(),
            set(),
            {"task-force", "monitoring"},
        ),
        # A legislative proposal to come.
        (
            "en",
            "The Commission intends to table a legislative proposal on pilots.",
            "announced-legislation",
            {"commission"},
            set(),
            {"further-proposals"},
        ),
        (
            "nl",
            "De Commissie is voornemens een wetgevingsvoorstel over loodsen in te dienen.",
            "announced-legislation",
            {"commission"},
            set(),
            {"further-proposals"},
        ),
        # Calls.
        (
            "en",
            "Member States should replenish their stocks through joint procurement.",
            "call",
            {"member-states"},
            {"member-states"},
            {"recommendation", "joint-procurement"},
        ),
        (
            "nl",
            "De lidstaten dienen hun voorraden aan te vullen door middel van gezamenlijke aanbestedingen.",
            "call",
            {"member-states"},
            {"member-states"},
            {"recommendation", "joint-procurement"},
        ),
        (
            "en",
            "The Commission calls on Member States to share data with pilots.",
            "call",
            {"commission"},
            {"member-states"},
            {"recommendation", "information-sharing"},
        ),
        (
            "nl",
            "Daarom roept de Commissie de lidstaten op gegevens met loodsen te delen.",
            "call",
            {"commission"},
            {"member-states"},
            {"recommendation", "information-sharing"},
        ),
        (
            "en",
            "The European Parliament and the Council are invited to agree on the proposal.",
            "call",
            set(),
            {"co-legislators"},
            {"recommendation"},
        ),
        (
            "nl",
            "Het Europees Parlement en de Raad worden verzocht het eens te worden over het voorstel.",
            "call",
            set(),
            {"co-legislators"},
            {"recommendation"},
        ),
        (
            "en",
            "Priority should be given to the reuse of old anchors.",
            "call",
            set(),
            set(),
            {"priority-setting", "recommendation"},
        ),
        (
            "nl",
            "Er moet voorrang worden gegeven aan het hergebruik van oude ankers.",
            "call",
            set(),
            set(),
            {"priority-setting", "recommendation"},
        ),
        (
            "en",
            "Member States need to invest more.",
            "call",
            {"member-states"},
            {"member-states"},
            {"funding"},
        ),
        # What is needed, without anybody who is asked.
        (
            "en",
            "It is crucial that we protect old wrecks.",
            "statement",
            set(),
            set(),
            {"emphasis", "protection"},
        ),
        (
            "nl",
            "Het is cruciaal oude wrakken te beschermen.",
            "statement",
            set(),
            set(),
            {"emphasis", "protection"},
        ),
        (
            "en",
            "This requires investing in deeper quays.",
            "statement",
            set(),
            set(),
            set(),
        ),
        ("nl", "Dit vergt diepere kades.", "statement", set(), set(), set()),
        (
            "en",
            "There is a clear need for closer coordination between pilots.",
            "statement",
            set(),
            set(),
            {"coordination"},
        ),
        (
            "nl",
            "Er is behoefte aan nauwere coördinatie tussen loodsen.",
            "statement",
            set(),
            set(),
            {"coordination"},
        ),
        # What can be used.
        ("en", "The Quay Fund can be used to finance cranes.", "voluntary", set(), set(), {"funding"}),
        ("nl", "Het kadefonds kan worden gebruikt om kranen te financieren.", "voluntary", set(), set(), {"funding"}),
        # What the document, a proposal or a plan has in it.
        (
            "en",
            "This Strategy seeks to simplify the rules on cranes.",
            "statement",
            {"commission"},
            set(),
            {"simplification"},
        ),
        (
            "nl",
            "Deze strategie beoogt de regels voor kranen te vereenvoudigen.",
            "statement",
            {"commission"},
            set(),
            {"simplification"},
        ),
        (
            "en",
            "The proposal also extends the scheme to old cranes.",
            "statement",
            set(),
            set(),
            {"expansion"},
        ),
        ("nl", "Het voorstel breidt de regeling uit tot oude kranen.", "statement", set(), set(), {"expansion"}),
        # The law restated.
        (
            "en",
            "Under the Crane Directive, Member States shall inspect old cranes.",
            "binding",
            {"member-states"},
            {"member-states"},
            {"obligation"},
        ),
        (
            "nl",
            "De lidstaten zijn verplicht oude kranen te keuren.",
            "binding",
            {"member-states"},
            {"member-states"},
            {"obligation"},
        ),
    ],
)
def test_a_sentence_is_read_by_its_force(
    language: Language, sentence: str, bindingness: str, actors: set[str], addressees: set[str], effects: set[str]
) -> None:
    """Announced, called for, needed, allowed, told or binding: who acts and on whom follows from that."""
    (measure,) = _measures(language, sentence)
    assert _terms(measure, "bindingness") == {bindingness}
    assert (_terms(measure, "actors"), _terms(measure, "addressees")) == (actors, addressees)
    assert effects <= _terms(measure, "effects")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Over the last decade, imports of cranes have fallen by a third."),
        ("en", "The Commission launched a study on cranes in 2020."),
        ("en", "There are 300 harbours in the Union."),
        ("en", "Support for harbours has grown."),
        ("nl", "In de afgelopen tien jaar is de invoer van kranen met een derde gedaald."),
        ("nl", "De Commissie startte in 2020 een studie over kranen."),
        ("nl", "De Unie telt 300 havens."),
    ],
)
def test_what_describes_is_no_measure(language: Language, sentence: str) -> None:
    """Figures and the past lay nothing down."""
    assert _measures(language, sentence) == ()


@pytest.mark.parametrize(
    ("language", "text", "bindingness", "actors", "addressees"),
    [
        (
            "en",
            "The Commission will:\n1. Map old cranes. Consider including pilots.\n2. Promote the use of ropes.",
            ["announcement"] * 3,
            {"commission"},
            set(),
        ),
        (
            "en",
            "The Commission:\n- will map cranes;\n- intends to buy ropes.",
            ["announcement"] * 2,
            {"commission"},
            set(),
        ),
        (
            "en",
            "The Commission calls on Member States to:\n- map cranes;\n- train pilots.",
            ["call"] * 2,
            {"commission"},
            {"member-states"},
        ),
        ("en", "Key actions\nMap the old cranes.\nLaunch a study on ropes.", ["announcement"] * 2, set(), set()),
        (
            "nl",
            "De Commissie zal:\n- kranen in kaart brengen;\n- touw kopen.",
            ["announcement"] * 2,
            {"commission"},
            set(),
        ),
        (
            "nl",
            "De lidstaten:\n- moeten kranen in kaart brengen;\n- dienen touw te kopen.",
            ["call"] * 2,
            {"member-states"},
            {"member-states"},
        ),
        ("nl", "Kernacties\nKranen in kaart brengen;\nTouw kopen.", ["announcement"] * 2, set(), set()),
    ],
)
def test_points_go_on_with_the_words_above_them(
    language: Language, text: str, bindingness: list[str], actors: set[str], addressees: set[str]
) -> None:
    """A point does what its head says, by whom that says; the head itself is told by its points."""
    points = _measures(language, text)
    assert [next(iter(_terms(measure, "bindingness"))) for measure in points] == bindingness
    assert all((_terms(measure, "actors"), _terms(measure, "addressees")) == (actors, addressees) for measure in points)
