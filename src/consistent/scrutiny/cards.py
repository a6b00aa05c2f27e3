"""Whether national parliaments can show a card on a proposal, and at how many votes."""

from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import frozen

from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Proposal
from consistent.scrutiny.clock import terms
from consistent.scrutiny.competence import is_exclusive
from consistent.sources import broader_citations

__all__ = ["Card", "Cards", "cards_for"]

_LEGISLATIVE = "legislative-proposal"


@frozen(kw_only=True)
class Card:
    """A threshold.

    Attributes:
        votes: so many at least.
        sources: in their canonical spelling.
    """

    name: Literal["yellow", "yellow-justice", "orange"]
    votes: int
    sources: tuple[str, ...]


@frozen(kw_only=True)
class Cards:
    """What national parliaments can do.

    Attributes:
        applies: whether they can give a reasoned opinion at all; None where it is not known.
        why: what decides: the kind of document, the category of competence, or what is not known of these.
        total: votes that there are.
        cards: that can be shown; without the one for the ordinary legislative procedure where it is not known to be that.
    """

    applies: bool | None
    why: Literal["legislative", "not-legislative", "exclusive", "kind-unknown", "competence-unknown"]
    total: int
    cards: tuple[Card, ...]


def cards_for(proposal: Proposal, knowledge: Knowledge, day: date) -> Cards:
    """The cards that can be shown on a proposal.

    Args:
        proposal: any.
        knowledge: of the pack; it tells which bases lie in exclusive competence.
        day: of the proposal, else of the check: how many Member States there are.
    """
    total = _total(day)
    applies, why = _applies(proposal, knowledge, day)
    return Cards(
        applies=applies, why=why, total=total, cards=() if applies is False else tuple(_cards(proposal, total))
    )


def _applies(
    proposal: Proposal, knowledge: Knowledge, day: date
) -> tuple[bool | None, Literal["legislative", "not-legislative", "exclusive", "kind-unknown", "competence-unknown"]]:
    kinds = knowledge.vocabularies.get("kinds")
    known = {str(kind) for kind in proposal.kind.yes}
    has = kinds is not None and _LEGISLATIVE in kinds
    legislative = kinds.narrower([_LEGISLATIVE]) if kinds is not None and has else frozenset({_LEGISLATIVE})
    above = frozenset(kinds.broader(_LEGISLATIVE)) if kinds is not None and has else frozenset()
    if known and not known & legislative:
        return (None, "kind-unknown") if known & above else (False, "not-legislative")
    if not known:
        return None, "kind-unknown"
    exclusive = is_exclusive(proposal, knowledge, day)
    if exclusive:
        return False, "exclusive"
    return (True, "legislative") if exclusive is False else (None, "competence-unknown")


def _total(day: date) -> int:
    votes = terms()["votes"]
    states = max(
        (row for row in votes["members"] if row["since"] <= day),
        key=lambda row: row["since"],
        default=votes["members"][0],
    )
    return int(votes["each"] * states["states"])


def _cards(proposal: Proposal, total: int) -> list[Card]:
    known = terms()["cards"]
    cited = {wider for basis in proposal.legal_basis.yes for wider in broader_citations(str(basis))}
    justice = bool(cited & set(known["yellow-justice"]["bases"]))
    names: list[Literal["yellow", "yellow-justice", "orange"]] = ["yellow-justice" if justice else "yellow"]
    if str(known["orange"]["procedure"]) in map(str, proposal.decision_procedure.yes):
        names.append("orange")
    return [Card(name=name, votes=_least(known[name], total), sources=tuple(known[name]["sources"])) for name in names]


def _least(card: dict[str, object], total: int) -> int:
    """The least number of votes that reaches a share, or passes it."""
    share = Fraction(str(card["share"])) * total
    whole = share.numerator // share.denominator
    if card.get("over"):
        return whole + 1
    return whole + (whole < share)
