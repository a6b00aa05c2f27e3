"""The smallest set of fields that settles a report: what must be known whatever the other answers are."""

from collections.abc import Mapping, Sequence

from attrs import define

from consistent.inquiries.edits import Edit, apply, field_of, measure_named
from consistent.inquiries.questions.completing import completions
from consistent.inquiries.questions.pending import Key, Pending
from consistent.model.proposal import Proposal
from consistent.model.values import Value
from consistent.model.vocabulary import Vocabularies

__all__ = ["settling", "value_of"]

# How many combinations of answers are looked at for one field before it is kept unproved.
_MOST = 400
# With more fields than this none is looked at: a draft of a long document leaves hundreds open, and all of them are needed.
_MOST_FIELDS = 100


def settling(
    found: Mapping[Pending, Sequence[Key]], proposal: Proposal, vocabularies: Vocabularies, order: Sequence[Key]
) -> tuple[tuple[Key, ...], bool]:
    """The fields that are needed, in order.

    A field is left out where, whatever the answers for the fields that are kept, no rule is open for want of it. So what
    is kept settles every rule that answers can settle, and without any one of them some answers leave something open.

    Args:
        found: the open rules with the fields that keep them open.
        proposal: as it is.
        vocabularies: for the terms that a field could hold.
        order: every field, what weighs most first; of two that do as well the lighter one is left out.

    Returns:
        The fields, and whether each is proved to be needed; one that could not be proved in time is kept, as all are
        where they are very many.
    """
    kept = list(order)
    if len(kept) > _MOST_FIELDS:
        return tuple(kept), False
    proved = True
    for key in reversed(order):
        search = _Search(proposal, vocabularies, frozenset(kept) - {key}, key)
        if not any(search.leaves_open(each, proposal) for each, keys in found.items() if key in keys):
            kept.remove(key)
        proved = proved and search.left > 0
    return tuple(kept), proved


def value_of(proposal: Proposal, key: Key) -> Value:
    """What is known of a field; of a measure only what it says itself."""
    measure, name = key
    return proposal.value(name) if measure is None else proposal.value(name, measure_named(proposal, measure))


@define
class _Search:
    """For answers to other fields after which a rule is still open for want of one."""

    proposal: Proposal
    vocabularies: Vocabularies
    others: frozenset[Key]
    key: Key
    left: int = _MOST

    def leaves_open(self, rule: Pending, proposal: Proposal) -> bool:
        """Whether there are such answers; yes where they were not looked for to the end."""
        self.left -= 1
        if self.left <= 0:
            return True
        asked = rule.asked(proposal)
        keys = tuple(dict.fromkeys(each.key for each in asked))
        # INVARIANT: an answer only takes tests away, so a field that is not asked for now never is again.
        if self.key not in keys:
            return False
        following = next((each for each in keys if each in self.others), None)
        if following is None:
            return True
        measure, name = following
        tests = [each for each in asked if each.key == following]
        values = completions(value_of(proposal, following), field_of(measure, name), tests, self.vocabularies)
        return any(self.leaves_open(rule, apply(proposal, [Edit(measure, name, each)])) for each in values)
