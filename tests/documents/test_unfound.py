"""What is lost on the way from a document to a draft is said, and what has a number or a dash before it is not lost."""

import pytest

from consistent import load
from consistent.drafting.draft import Draft

HEAD = {
    "en": """EUROPEAN COMMISSION
Brussels, 4.5.2026
COM(2026) 901 final
2026/0901 (COD)
Proposal for a
DIRECTIVE OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on the lamps of towers
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 100(2) thereof,
Whereas:
(1) Lamps go out.
HAVE ADOPTED THIS DIRECTIVE:
""",
    "nl": """EUROPESE COMMISSIE
Brussel, 4.5.2026
COM(2026) 901 final
2026/0901 (COD)
Voorstel voor een
RICHTLIJN VAN HET EUROPEES PARLEMENT EN DE RAAD
betreffende de lampen van torens
HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,
Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 100, lid 2,
Overwegende hetgeen volgt:
(1) Lampen doven.
HEBBEN DE VOLGENDE RICHTLIJN VASTGESTELD:
""",
}
GLUED = {
    "en": "Article 1Lamps\n1.Member States shall keep lamps.\n2.The Commission may, by means of implementing acts, list them.\n",
    "nl": "Artikel 1Lampen\n1.De lidstaten zorgen ervoor dat lampen branden.\n2.De Commissie kan uitvoeringshandelingen vaststellen.\n",
}
ACTIONS = {
    "en": """EUROPEAN COMMISSION
Brussels, 5.2.2026
COM(2026) 50 final
COMMUNICATION FROM THE COMMISSION TO THE EUROPEAN PARLIAMENT AND THE COUNCIL
A plan for lamps
1.1 What will be done
- The Commission will set up an agency for lamps.
{mark} Member States should keep lamps in all the towers of their coasts.
""",
    "nl": """EUROPESE COMMISSIE
Brussel, 5.2.2026
COM(2026) 50 final
MEDEDELING VAN DE COMMISSIE AAN HET EUROPEES PARLEMENT EN DE RAAD
Een plan voor lampen
1.1 Wat er gaat gebeuren
- De Commissie zal een agentschap voor lampen oprichten.
{mark} De lidstaten moeten lampen houden in alle torens aan hun kust.
""",
}


def drafted(text: str) -> Draft:
    """The draft that a text gives."""
    return load("treaties").draft(text.encode(), "invented")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_numbers_that_cling_take_no_subject(language: str) -> None:
    """A paragraph is read alike, whether or not there is a blank after its number."""
    glued = drafted(HEAD[language] + GLUED[language]).proposal
    apart = drafted(HEAD[language] + GLUED[language].replace("1.", "1. ").replace("2.", "2. ")).proposal
    assert [measure.addressees for measure in glued.measures] == [measure.addressees for measure in apart.measures]
    assert [measure.effects for measure in glued.measures] == [measure.effects for measure in apart.measures]
    assert {"member-states"} <= glued.measures[0].addressees.yes
    assert {"obligation"} <= glued.measures[0].effects.yes


@pytest.mark.parametrize("mark", ["-", "\u2022", "2.", "(b)"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_points_of_policy_are_measures(language: str, mark: str) -> None:
    """What a document of policy lists with dashes or numbers is read like any other sentence of it."""
    measures = drafted(ACTIONS[language].format(mark=mark)).proposal.measures
    assert [set(measure.bindingness.yes) for measure in measures] == [{"announcement"}, {"call"}]
    assert [set(measure.actors.yes) for measure in measures] == [{"commission"}, {"member-states"}]


@pytest.mark.parametrize("list", ["table", "ol"])
def test_lists_that_set_paragraphs_apart(list: str) -> None:
    """What begins an article is a paragraph of it, though a page sets it as a row or an item; what a sentence leads up to is a point."""
    texts = [
        "Lamps shall be lit.",
        "Member States shall keep:",
        "The Commission shall be empowered to adopt delegated acts on lamps.",
    ]
    points = "<table><tr><td>(a)</td><td>oil;</td></tr><tr><td>(b)</td><td>wicks.</td></tr></table>"
    texts[1] += points
    rows = "".join(f"<tr><td>{number}.</td><td>{text}</td></tr>" for number, text in enumerate(texts, 1))
    items = "".join(f"<li>{text}</li>" for text in texts)
    body = f"<table>{rows}</table>" if list == "table" else f"<ol>{items}</ol>"
    head = "".join(f"<p>{line}</p>" for line in HEAD["en"].splitlines())
    draft = drafted(f"<html><body>{head}<p>Article 1</p><p>Lamps</p>{body}</body></html>")
    assert [paragraph.number for paragraph in draft.document.named("paragraph")] == ["1", "2", "3"]
    assert [point.number for point in draft.document.named("point")] == ["a", "b"]
    assert [(empowerment.place.paragraph, empowerment.place.point) for empowerment in draft.empowerments.granted] == [
        ("3", "")
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no articles"),
        (
            "Article 1\nLamps\nLamps shall be lit.\nArticle 3\nOil\nOil shall be kept.\nArticle 4\nWicks\nWicks too.\n",
            "others: 2;",
        ),
        ("Article 1\nLamps\n1. Lamps shall be lit.\n2. Oil shall be kept for those lamps that", "(Article 1(2))"),
        (
            "Article 1\nLamps\nLamps shall be lit.\nArticle 2\nOil\nOil shall be kept.\nDone at Brussels,\nThe President\n",
            "",
        ),
    ],
    ids=["no-articles", "gap", "cut-off", "whole"],
)
def test_what_is_missing_is_said(text: str, told: str) -> None:
    """An act without articles, a number left out among them and a text that is cut off are told with the draft."""
    head = HEAD["en"] if text else HEAD["en"].partition("HAVE ADOPTED")[0]
    remarks = [remark.en for remark in drafted(head + text).remarks]
    assert len(remarks) == bool(told)
    assert told in "".join(remarks)
