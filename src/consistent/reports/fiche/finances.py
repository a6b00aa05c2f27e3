"""Section 5 of the fiche: what the proposal costs, as far as it says so."""

from collections.abc import Iterator

from consistent.reports.fiche.content import Block, Listing
from consistent.reports.fiche.matter import Matter

__all__ = ["budget"]


def budget(matter: Matter) -> Iterator[Block]:
    """The amount of the whole, and the amounts of measures."""
    value = matter.proposal.budget
    for amount in value.yes:
        label = matter.label("budget", amount)
        yield matter.stated(matter.say("budget", amount=label) if amount else matter.say("no cost"), "budget")
    if not value.yes:
        yield matter.gap("budget")
    items = tuple(
        matter.stated(f"{matter.name_of(each)}: {label}.", "amount", each)
        for each in matter.proposal.measures
        for label in matter.labels("amount", each)
    )
    if items:
        yield Listing(lead=matter.say("amounts"), items=items)
