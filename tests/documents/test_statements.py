"""Statements that a proposal makes, and those that it is known not to make."""

from pathlib import Path

import pytest
import tomli

from consistent.documents.header.header import read_header
from consistent.documents.reading import read_document
from tests.lamp_acts import ACT, text_document

_MEMORANDUM = """
EXPLANATORY MEMORANDUM
1. CONTEXT OF THE PROPOSAL
Lamps of the towers go out at night, and this is not what they are for.
2. LEGAL BASIS, SUBSIDIARITY AND PROPORTIONALITY
Subsidiarity
No Member State on its own can light the sea, for the sea is common to all of them.
Proportionality
Not applicable.
3. RESULTS OF CONSULTATIONS AND IMPACT ASSESSMENTS
Impact assessment
The Commission has made no impact assessment, for the lamps could not wait.
4. BUDGETARY IMPLICATIONS
The oil is paid from the budget of the Union.
Proposal for a
COUNCIL REGULATION
on lamps
"""


def _html(text: str) -> bytes:
    headings = {"Subsidiarity", "Proportionality", "Impact assessment", "EXPLANATORY MEMORANDUM"}
    lines = (
        f"<h2>{line}</h2>" if line in headings or line[:2] in {"1.", "2.", "3.", "4."} else f"<p>{line}</p>"
        for line in text.strip().splitlines()
    )
    return f"<html><body>{''.join(lines)}</body></html>".encode()


def test_statements() -> None:
    """A statement is present by a heading with text; absent where it says that there is none, or the whole lacks it."""
    text = _MEMORANDUM + ACT["en"].format(sum="EUR 5 million", force="1 May 2030", start="1 June 2030")
    document = read_document(_html(text))
    statements = read_header(document).statements
    assert set(statements.present) == {"subsidiarity", "budget", "reasons"}
    assert document.of(statements.present["subsidiarity"]) == "Subsidiarity"
    assert set(statements.disclaimed) == {"proportionality", "impact-assessment"}
    assert set(statements.absent) >= {"proportionality", "impact-assessment", "fundamental-rights", "consultation"}


@pytest.mark.parametrize(
    ("language", "section", "state"),
    [
        ("en", "There are no budgetary implications.", "absent"),
        ("en", "This proposal will not have any budgetary implications.", "absent"),
        ("en", "The proposal has no implications for the EU budget.", "absent"),
        ("en", "Not applicable.", "absent"),
        ("en", "There are no additional budgetary implications: the envelope of the Fund pays.", "present"),
        ("en", "There are no budgetary implications beyond two posts.", "present"),
        ("en", "The proposal has no implications for the EU budget in 2027, but EUR 3 million in 2028.", "present"),
        ("en", "Oil costs EUR 5 million a year, from the margin of heading 1.", "present"),
        ("nl", "Het voorstel heeft geen gevolgen voor de begroting van de Unie.", "absent"),
        ("nl", "Het voorstel heeft geen budgettaire gevolgen.", "absent"),
        ("nl", "Het voorstel heeft geen gevolgen voor de begroting, behalve voor twee posten.", "present"),
        ("nl", "De olie kost 5 miljoen EUR per jaar, uit de marge van rubriek 1.", "present"),
    ],
)
def test_statement_on_the_budget(language: str, section: str, state: str) -> None:
    """It says what the act costs and how that is met: that it costs nothing is none."""
    memorandum = {
        "en": f"EXPLANATORY MEMORANDUM\n1. CONTEXT OF THE PROPOSAL\nLamps go out.\n4. BUDGETARY IMPLICATIONS\n{section}\nProposal for a\nCOUNCIL REGULATION\non lamps\n",
        "nl": f"TOELICHTING\n1. ACHTERGROND VAN HET VOORSTEL\nLampen doven.\n4. GEVOLGEN VOOR DE BEGROTING\n{section}\nVoorstel voor een\nVERORDENING VAN DE RAAD\nbetreffende lampen\n",
    }[language]
    act = ACT[language].format(sum="EUR 5", force="1 May 2030", start="1 June 2030")
    statements = read_header(read_document(_html(memorandum + act))).statements
    assert ("budget" in statements.present, "budget" in statements.absent) == (state == "present", state == "absent")
    assert ("budget" in statements.disclaimed) == (state == "absent")


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("The Union has exclusive competence, and the subsidiarity principle does not apply.", "absent"),
        (
            "The principle of subsidiarity does not apply as regards trade; lamps at sea no State can light alone.",
            "present",
        ),
        ("No Member State on its own can light the sea, for the sea is common to all of them.", "present"),
    ],
)
def test_statement_on_subsidiarity(said: str, state: str) -> None:
    """That the principle does not apply accounts for nothing, should it apply all the same."""
    text = _MEMORANDUM.replace(
        "No Member State on its own can light the sea, for the sea is common to all of them.", said
    )
    act = ACT["en"].format(sum="EUR 5 million", force="1 May 2030", start="1 June 2030")
    statements = read_header(read_document(_html(text + act))).statements
    assert ("subsidiarity" in statements.present, "subsidiarity" in statements.absent) == (
        state == "present",
        state == "absent",
    )


@pytest.mark.parametrize(
    ("language", "recital", "term"),
    [
        ("en", "In view of the urgency, an exception to the eight-week period of Protocol No 1 is needed.", "urgency"),
        ("en", "The Treaty does not provide, for this Regulation, powers other than those of Article 352.", "residual-basis"),
        ("en", "The Commission held a two-stage consultation of the social partners under Article 154 TFEU.", "social-partners"),
        ("en", "In accordance with Article 3 of Protocol No 21 on the position of the United Kingdom and Ireland it takes part.", "title-v-position"),
        ("en", "Lamps are urgent, the social partners were heard, and the Treaty provides other powers.", None),
        ("nl", "Wegens de spoed is een uitzondering op de in Protocol nr. 1 bedoelde periode van acht weken nodig.", "urgency"),
        ("nl", "Het Verdrag voorziet voor deze verordening in geen andere bevoegdheden dan die van artikel 352.", "residual-basis"),
        ("nl", "De raadpleging in twee fasen van de sociale partners op grond van artikel 154 VWEU is gehouden.", "social-partners"),
        ("nl", "Lampen zijn dringend, en de sociale partners zijn gehoord.", None),
    ],
)  # fmt: skip
def test_statements_of_recitals(language: str, recital: str, term: str | None) -> None:
    """Recitals make a statement by words that make no other, and none is absent for want of them."""
    act = ACT[language].format(sum="EUR 5", force="1 May 2030", start="1 June 2030")
    first = {"en": "(1) Lamps go out.", "nl": "(1) Lampen doven."}[language]
    statements = read_header(text_document(act.replace(first, f"{first}\n(2) {recital}"))).statements
    assert set(statements.present) - {"reasons"} == ({term} if term else set())
    assert statements.absent == ()


def test_statements_that_are_never_read() -> None:
    """What no words surely say stays unknown, though the memorandum was read to its end and has no word of it."""
    text = _MEMORANDUM + ACT["en"].format(sum="EUR 5 million", force="1 May 2030", start="1 June 2030")
    statements = read_header(read_document(_html(text))).statements
    folder = Path(__file__).parents[2] / "facts" / "treaties" / "vocabulary"
    terms = set(tomli.loads((folder / "statements.toml").read_text("utf-8")))
    assert terms - set(statements.present) - set(statements.absent) == {
        *(
            "burden-on-others",
            "council-implementing",
            "exceptional-circumstances",
            "national-rules",
            "nine-participants",
            "required-opinions",
        ),
        *("legal-basis", "residual-basis", "social-partners", "title-v-position", "urgency"),
    }


def test_lost_headings() -> None:
    """Where the words of a heading occur but the heading was not recognised, nothing is said to be absent."""
    text = _MEMORANDUM.replace(
        "Proposal for a\nCOUNCIL", "**Budgetary implications** Fundamental rights are kept.\nProposal for a\nCOUNCIL"
    )
    act = ACT["en"].format(sum="EUR 5 million", force="1 May 2030", start="1 June 2030")
    statements = read_header(read_document(_html(text + act))).statements
    assert "fundamental-rights" not in {*statements.absent, *statements.present}
    assert "consultation" in statements.absent


def test_statements_of_part() -> None:
    """Without a memorandum nothing is known to be absent."""
    text = ACT["en"].format(sum="EUR 5 million", force="1 May 2030", start="1 June 2030")
    statements = read_header(text_document(text)).statements
    assert (set(statements.present), statements.absent) == ({"reasons"}, ())
