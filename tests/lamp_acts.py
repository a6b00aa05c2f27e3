"""An act about lamps, in each language that is read, with places for what tests vary; and documents of plain text."""

from consistent.documents.document import Document
from consistent.documents.formats import plain
from consistent.documents.structure.structure import document_of

__all__ = ["ACT", "text_document"]

ACT = {
    "en": """
THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 91 thereof,
Whereas:
(1) Lamps go out.
HAS ADOPTED THIS REGULATION:
Article 1
Budget
The financial envelope for the implementation of the Lamp Fund shall be {sum}.
Article 2
Other
Article 1 shall apply until 31 December 2040.
Article 3
Entry into force
This Regulation shall enter into force on {force}.
It shall apply from {start} until 31 December 2034.
Done at Brussels,
""",
    "nl": """
DE RAAD VAN DE EUROPESE UNIE,
Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 91,
Overwegende hetgeen volgt:
(1) Lampen doven.
HEEFT DE VOLGENDE VERORDENING VASTGESTELD:
Artikel 1
Begroting
De financiële middelen voor de uitvoering van het Lampenfonds bedragen {sum}.
Artikel 2
Overige
Artikel 1 is van toepassing tot en met 31 december 2040.
Artikel 3
Inwerkingtreding
Deze verordening treedt in werking op {force}.
Zij is van toepassing met ingang van {start} tot en met 31 december 2034.
Gedaan te Brussel,
""",
}


def text_document(text: str) -> Document:
    """A document of plain text, with its structure."""
    return document_of(plain.read(text.encode(), "<text>"), "<text>")
