"""Paragraphs as they are grouped into measures: whom each addresses, and who acts."""

from collections.abc import Iterator

from attrs import define, field, frozen

from consistent.intake.cues.matching import Passage
from consistent.intake.modality import Norm
from consistent.intake.provision_words import Party

__all__ = ["BOUND", "LAYS_DOWN", "Roles", "Unit"]

BOUND = frozenset({"shall", "shall-not", "may-only", "should"})
LAYS_DOWN = BOUND | {"may", "empowered", "will"}


@frozen
class Roles:
    """What part a subject plays: who acts, or on whom."""

    union: frozenset[str]
    states: frozenset[str]

    def side(self, term: str) -> str:
        """The kind of actor, coarsely: what makes two measures of one article."""
        return "union" if term in self.union else "states" if term in self.states else "others"

    def of(self, norm: Norm) -> Iterator[tuple[str, Party]]:
        """The field and party of each subject of a sentence."""
        if norm.modality not in LAYS_DOWN:
            return
        for each in norm.agents:
            if each.name in self.union or each.name in self.states:
                yield "actors", each
        if norm.passive:
            return
        for each in norm.subjects:
            if each.name in self.union:
                yield "actors", each
                continue
            if norm.modality in BOUND:
                yield "addressees", each
            if each.name in self.states and norm.modality in {"shall", "may", "empowered", "will"}:
                yield "actors", each


@define
class Unit:
    """A paragraph, or an article without any: what is grouped into measures.

    Attributes:
        word: what Dutch calls what is numbered: an amending article has points where others have paragraphs.
    """

    number: str
    word: str = "lid"
    passages: list[Passage] = field(factory=list)

    def key(self, roles: Roles) -> tuple[str, str] | None:
        """Whom it addresses, and whether they must or may; None where it does not say."""
        for each in self.passages:
            norm = each.norm
            if norm.subjects and norm.modality in LAYS_DOWN and not norm.passive:
                return roles.side(norm.subjects[0].name), "bound" if norm.modality in BOUND else norm.modality
        return None
