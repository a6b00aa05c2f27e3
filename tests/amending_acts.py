"""Acts that put long stretches into other acts, as property tests make them up: the articles that are the act's own are known."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

__all__ = ["AmendingAct"]

_WORDS: Mapping[str, Mapping[str, Any]] = {
    "en": {
        "title": ("Proposal for a", "REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL", "on the lamps of lighthouses"),
        "preamble": (
            "THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,",
            "Having regard to the Treaty on the Functioning of the European Union, and in particular Article 100(2) thereof,",
            "Having regard to the proposal from the European Commission,",
            "Whereas:",
            ("(1) It is for the Union to see to the lamps of the towers that are at sea. Ships that know the lamps of one coast do not "
            "know those of the next, and keepers who move from tower to tower have to learn their trade again. A line of this text "
            "is as wide as the page, so that it is known which other lines are not."),
            "HAVE ADOPTED THIS REGULATION:",
        ),
        "article": "Article {}",
        "heading": "Lamps of the coast",
        "text": "The keepers of the coast shall see to the lamps, and shall report to the Member State on the state of them.",
        "amends": "Regulation (EU) 2020/1 is amended as follows:",
        "inserts": "(1) the following Articles are inserted:",
        "last": "(2) Article 90 is deleted.",
        "quoted": "Buoys of the harbour",
        "paragraph": "{}. The masters of harbours shall moor the buoys, and shall light them where the Member State asks for it.",
        "term": "\u2018buoy\u2019 means a \u201cfloating mark\u201d within the meaning of that Convention;",
        "force": ("Entry into force", "This Regulation shall enter into force on the twentieth day following that of its publication."),
        "done": "Done at Brussels,",
    },
    "nl": {
        "title": ("Voorstel voor een", "VERORDENING VAN HET EUROPEES PARLEMENT EN DE RAAD", "betreffende de lampen van vuurtorens"),
        "preamble": (
            "HET EUROPEES PARLEMENT EN DE RAAD VAN DE EUROPESE UNIE,",
            "Gezien het Verdrag betreffende de werking van de Europese Unie, en met name artikel 100, lid 2,",
            "Gezien het voorstel van de Europese Commissie,",
            "Overwegende hetgeen volgt:",
            ("(1) Het is aan de Unie om te zorgen voor de lampen van de torens die op zee staan. Schepen die de lampen van de ene kust "
            "kennen, kennen die van de volgende niet, en wachters die van toren tot toren gaan moeten hun vak opnieuw leren. Een "
            "regel van deze tekst is zo breed als de bladzijde, zodat bekend is welke andere dat niet zijn."),
            "HEBBEN DE VOLGENDE VERORDENING VASTGESTELD:",
        ),
        "article": "Artikel {}",
        "heading": "Lampen van de kust",
        "text": "De wachters van de kust zorgen voor de lampen, en brengen aan de lidstaat verslag uit over de staat daarvan.",
        "amends": "Verordening (EU) 2020/1 wordt als volgt gewijzigd:",
        "inserts": "1) de volgende artikelen worden ingevoegd:",
        "last": "2) artikel 90 wordt geschrapt.",
        "quoted": "Boeien van de haven",
        "paragraph": "{}. De havenmeesters leggen de boeien vast, en verlichten ze waar de lidstaat daarom vraagt.",
        "term": "\u2018boei\u2019: een \u201cdrijvend merk\u201d in de zin van dat verdrag;",
        "force": ("Inwerkingtreding", "Deze verordening treedt in werking op de twintigste dag na die van de bekendmaking ervan."),
        "done": "Gedaan te Brussel,",
    },
}  # fmt: skip


@frozen(kw_only=True)
class AmendingAct:
    """An act one of whose articles puts others into another act.

    Attributes:
        articles: how many it has itself, the last on its entry into force.
        amending: the number of the one that amends; not the last.
        inserted: the numbers of what it puts into the other act, in order.
        paragraphs: of each of these.
        closed: whether a mark says where the quotation ends.
        nested: whether marks stand within what is quoted.
        more: whether another amendment follows in the same article.
    """

    language: str
    articles: int
    amending: int
    inserted: tuple[str, ...]
    paragraphs: int = 2
    closed: bool = True
    nested: bool = False
    more: bool = True

    @property
    def own(self) -> list[str]:
        """The numbers of its own articles."""
        return [str(number) for number in range(1, self.articles + 1)]

    @property
    def lines(self) -> tuple[str, ...]:
        """The text, a line each paragraph."""
        words = _WORDS[self.language]
        lines = [*words["title"], *words["preamble"]]
        for number in range(1, self.articles):
            lines.append(words["article"].format(number))
            if number == self.amending:
                lines += self._insertion
            else:
                lines += (words["heading"], words["text"])
        return (*lines, words["article"].format(self.articles), *words["force"], words["done"])

    @property
    def _insertion(self) -> list[str]:
        words = _WORDS[self.language]
        quoted: list[str] = []
        for number in self.inserted:
            quoted += (words["article"].format(number), words["quoted"])
            quoted += (words["paragraph"].format(at) for at in range(1, self.paragraphs + 1))
            if self.nested:
                quoted.append(words["term"])
        quoted.append(words["paragraph"].format(self.paragraphs + 1))
        quoted[0] = f"\u2018{quoted[0]}"
        quoted[-1] += "\u2019;" if self.closed else ""
        return [words["heading"], words["amends"], words["inserts"], *quoted, *([words["last"]] if self.more else [])]
