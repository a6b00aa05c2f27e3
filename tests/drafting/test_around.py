"""What goes around a proposal is no proposal, and says so; what carries one is read through to it."""

from typing import Any

import pytest
import tomli

from consistent import load
from consistent.drafting.draft import Draft
from tests.document_cases import INVENTED

_AROUND = tomli.loads((INVENTED / "around.toml").read_text("utf-8"))["cover"]
_HEADS = {
    "en": (
        (
            "EUROPEAN COMMISSION\nBrussels, 4.5.2026\nCOM(2026) 920 final\n2026/0920(COD)\nProposal for a\n"
            "REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL\n{}\n(Text with EEA relevance)\n"
            "THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,\n"
            "Having regard to the Treaty on the Functioning of the European Union, and in particular Article 114 thereof,\n"
            "Whereas:\n(1) Lamps go out.\nHAVE ADOPTED THIS REGULATION:\nArticle 1\nLamps\nThe Member States shall light lamps.\n"
        ),
        "on the cybersecurity of lamps",
    ),
    "nl": (
        (
            "EUROPESE COMMISSIE\nBrussel, 4.5.2026\nCOM(2026) 920 final\n2026/0920(COD)\nVoorstel voor een\n"
            "VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD\n{}\n(Voor de EER relevante tekst)\n"
            "HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,\n"
            "Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 114,\n"
            "Overwegende hetgeen volgt:\n(1) Lampen doven.\nHEBBEN DE VOLGENDE VERORDENING VASTGESTELD:\n"
            "Artikel 1\nLampen\nDe lidstaten laten lampen branden.\n"
        ),
        "betreffende de cyberbeveiliging van lampen",
    ),
}


_KB = load("treaties")


def drafted(text: str, *, as_proposal: bool = False) -> Draft:
    """The draft of a text."""
    return _KB.draft(text.encode(), "text", as_proposal=as_proposal)


@pytest.mark.parametrize("case", _AROUND, ids=[case["name"] for case in _AROUND])
def test_around_a_proposal(case: dict[str, Any]) -> None:
    """Each is refused with help, and drafted all the same where that is asked for; what carries a proposal is not refused."""
    read = drafted(case["text"])
    assert (read.refused is None) is case["expect"]["checked"]
    if read.refused is not None:
        assert "--as-proposal" in read.refused.help
    assert drafted(case["text"], as_proposal=True).proposal is not None


@pytest.mark.parametrize("case", [case for case in _AROUND if case["expect"]["checked"]], ids=lambda case: case["name"])
def test_evidence_names_the_document_that_is_carried(case: dict[str, Any]) -> None:
    """A finding cites the number of the Commission, not that of the note."""
    proposal = drafted(case["text"]).proposal
    reference = case["expect"]["reference"]
    assert proposal.reference.yes == {reference}
    assert {piece.document for _, piece in proposal.evidence} == {reference.removesuffix(" final")}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_title_in_capitals_says_the_same(language: str) -> None:
    """Areas of the title do not depend on the size of its letters, nor does where it ends."""
    head, title = _HEADS[language]
    plain, shouted = drafted(head.format(title)), drafted(head.format(title.upper()))
    areas = [[measure.areas.yes for measure in read.proposal.measures] for read in (plain, shouted)]
    assert areas[0] == areas[1] == [{"cyber"}]
    assert [read.header.title.value for read in (plain, shouted) if read.header.title] == [title, title.upper()]
