"""What citations say, as data: legal bases, what is cited as a whole, and the steps that came before the act."""

from typing import Literal

from attrs import frozen

from consistent.intake.document import Span
from consistent.sources import is_citation

__all__ = ["BasisKind", "Citations", "LegalBasis", "Step", "StepKind", "Unread"]

BasisKind = Literal[
    "treaty",  # an article of a Treaty, present or past
    "protocol",
    "accession",  # a treaty or act of accession
    "act",  # a regulation, directive, decision ...
    "agreement",
    "budget",
    "other",
]
StepKind = Literal[
    "proposal",
    "initiative",
    "recommendation",
    "opinion",
    "consent",
    "position",
    "transmission",
    "consultation",
    "procedure",
]


@frozen(kw_only=True)
class LegalBasis:
    """A treaty or act that is cited, with one place in it.

    Attributes:
        text: in the spelling of sources where there is one (`TFEU 173(3)`, `Protocol No 2 art. 5`, `CELEX 32021R0691 art. 15(1)`);
            else the name with the place. A treaty that is not named is `Treaty`; one of the two of today, `Treaties`.
        kind: of instrument.
        instrument: what is cited: `TFEU`, `Regulation (EU) 2021/691`.
        place: in it: `173(3)`; empty where it is cited as a whole.
        joined: whether it only stands 'in conjunction with' a basis before it.
        scope: of the words that say for which provisions of the act it is the basis; None where it is for all of them.
        citation: the index of the citation.
        span: in the text of the citation, of the words that name the place, or the instrument where it is cited as a whole.
    """

    text: str
    kind: BasisKind
    instrument: str
    place: str = ""
    joined: bool = False
    scope: Span | None = None
    citation: int
    span: Span


@frozen(kw_only=True)
class Step:
    """Something that came before the act, and is no basis of it.

    Attributes:
        kind: of step.
        by: the institutions that are named, in order: `commission`, `parliament`, `central-bank` ...; empty if none is known.
        procedure: `cod`, `special-legislative-procedure`, `syn` or `bud`; empty where the step does not say.
        citation: the index of the citation.
        span: in the text of the citation, of the words that say so.
    """

    kind: StepKind
    by: tuple[str, ...] = ()
    procedure: str = ""
    citation: int
    span: Span


@frozen(kw_only=True)
class Unread:
    """A citation in which nothing was recognised. It can be a basis.

    Attributes:
        citation: the index of the citation.
        span: in the text of the citation, of its words without the opening ones.
    """

    citation: int
    span: Span


@frozen
class Citations:
    """What the citations of an act say.

    Attributes:
        bases: treaties and acts with a place in them, in the order of the text.
        wholes: treaties and acts cited without a place.
        steps: in the order of the text.
        unread: what was cited and could not be read, in the order of the text.
    """

    bases: tuple[LegalBasis, ...] = ()
    wholes: tuple[LegalBasis, ...] = ()
    steps: tuple[Step, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def treaty_articles(self) -> tuple[str, ...]:
        """The articles of Treaties that are bases, as sources are spelled, each once."""
        return tuple(dict.fromkeys(each.text for each in self.bases if each.kind == "treaty"))

    @property
    def other_bases(self) -> tuple[str, ...]:
        """The bases that are no articles of a Treaty: acts, protocols, accession; each once."""
        return tuple(dict.fromkeys(each.text for each in self.bases if each.kind != "treaty"))

    @property
    def complete(self) -> bool:
        """Whether the articles of Treaties and the other bases are all that there are: nothing cited was left unread or unclear."""
        return not self.unread and all(is_citation(each.text) for each in self.bases)

    @property
    def procedure(self) -> str:
        """The procedure that the citations name; empty where they name none."""
        return next((each.procedure for each in self.steps if each.procedure), "")
