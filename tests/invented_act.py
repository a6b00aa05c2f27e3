"""One small act in every format, for tests that compare what comes of it."""

import html
import json
from collections.abc import Mapping, Sequence

from tests.built_docx import docx, paragraph
from tests.drawn_pdfs import prose

__all__ = ["FORMATS", "LINES", "in_format", "written"]

# The lines of the act, by language.
LINES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "EUROPEAN COMMISSION",
        "Brussels, 4.5.2026",
        "EXPLANATORY MEMORANDUM",
        "1. CONTEXT OF THE PROPOSAL",
        (
            "Lamps of lighthouses differ from coast to coast, and Article 1 ends that, as the Commission has long asked for. Ships "
            "that know the lamps of one coast do not know those of the next, and keepers who move from tower to tower have to "
            "learn their trade again. A line of this text is as wide as the page, so that it is known which other lines are not."
        ),
        "Proposal for a",
        "REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL",
        "on the lamps of lighthouses",
        "THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,",
        "Having regard to the Treaty on the Functioning of the European Union, and in particular Article 100(2) thereof,",
        "Having regard to the proposal from the European Commission,",
        "Whereas:",
        "(1) Ships need lamps that they can tell apart, and Article 3 of the Convention on lamps gives them those.",
        "(2) Keepers need lamps that last,",
        "HAVE ADOPTED THIS REGULATION:",
        "CHAPTER I",
        "GENERAL PROVISIONS",
        "Article 1",
        "Subject matter",
        "1. This Regulation lays down rules on:",
        "(a) the brightness of lamps;",
        "(b) the upkeep of lamps, namely:",
        "(i) their cleaning; and",
        "(ii) their repair.",
        "2. It does not apply to candles.",
        "CHAPTER II",
        "FINAL PROVISIONS",
        "Article 2",
        "Amendments",
        "Regulation (EU) 2020/1 is amended as follows:",
        "(1) the following Article 5a is inserted:",
        "\u2018Article 5a",
        "Buoys",
        "1. Buoys shall be lit.",
        "2. Lit buoys shall be green.\u2019;",
        "(2) Article 9 is deleted.",
        "Article 3",
        "Entry into force",
        "This Regulation shall enter into force on the twentieth day following that of its publication.",
        "Done at Brussels,",
        "ANNEX I",
        "Colours of lamps",
        "Lamps of the north shall be red, and lamps of the south shall be green, as they have always been at sea.",
    ),
    "nl": (
        "EUROPESE COMMISSIE",
        "Brussel, 4.5.2026",
        "TOELICHTING",
        "1. ACHTERGROND VAN HET VOORSTEL",
        (
            "Lampen van vuurtorens verschillen van kust tot kust, en artikel 1 maakt daaraan een einde, zoals al lang gevraagd is. "
            "Schepen die de lampen van de ene kust kennen, kennen die van de volgende niet, en wachters die van toren tot toren "
            "gaan moeten hun vak opnieuw leren. Een regel van deze tekst is zo breed als de bladzijde."
        ),
        "Voorstel voor een",
        "VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD",
        "betreffende de lampen van vuurtorens",
        "HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,",
        "Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 100, lid 2,",
        "Gezien het voorstel van de Europese Commissie,",
        "Overwegende hetgeen volgt:",
        "(1) Schepen hebben lampen nodig die zij uit elkaar kunnen houden, en artikel 3 van het Verdrag geeft hun die.",
        "(2) Wachters hebben lampen nodig die lang meegaan,",
        "HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:",
        "HOOFDSTUK I",
        "ALGEMENE BEPALINGEN",
        "Artikel 1",
        "Onderwerp",
        "1. Deze verordening bevat regels over:",
        "a) de sterkte van lampen;",
        "b) het onderhoud van lampen, namelijk:",
        "i) het poetsen ervan, en",
        "ii) het herstel ervan.",
        "2. Zij is niet van toepassing op kaarsen.",
        "HOOFDSTUK II",
        "SLOTBEPALINGEN",
        "Artikel 2",
        "Wijzigingen",
        "Verordening (EU) 2020/1 wordt als volgt gewijzigd:",
        "1) het volgende artikel 5 bis wordt ingevoegd:",
        "\u2018Artikel 5 bis",
        "Boeien",
        "1. Boeien worden verlicht.",
        "2. Verlichte boeien zijn groen.\u2019;",
        "2) artikel 9 wordt geschrapt.",
        "Artikel 3",
        "Inwerkingtreding",
        "Deze verordening treedt in werking op de twintigste dag na die van de bekendmaking ervan.",
        "Gedaan te Brussel,",
        "BIJLAGE I",
        "Kleuren van lampen",
        "Lampen van het noorden zijn rood en lampen van het zuiden zijn groen, zoals zij dat op zee altijd geweest zijn.",
    ),
}
FORMATS = ("text", "json", "html", "docx", "pdf")


def written(language: str, format: str) -> bytes:
    """The act in a language and a format."""
    return in_format(LINES[language], format)


def in_format(lines: Sequence[str], format: str) -> bytes:
    """Lines, each a paragraph, in a format."""
    match format:
        case "text":
            return "\n\n".join(lines).encode()
        case "json":
            return json.dumps({"content": "\n".join(lines)}).encode()
        case "html":
            body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
            return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()
        case "docx":
            return docx("".join(paragraph(f"<w:r><w:t>{html.escape(line)}</w:t></w:r>") for line in lines))
        case _:
            return prose(lines, divided=False, justified=False, size=8, indent=0)
