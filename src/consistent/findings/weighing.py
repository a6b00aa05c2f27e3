"""What a pack is about, and the provisions of a proposal in that field that weigh: of these no silence is to be overlooked.

Of a pack's field nobody keeps a list: it is what its own rules ask for. An area belongs to it where at least one in twenty of them asks
for it; what a rule or two name in passing does not. A pack on law of every kind has therefore no field but where its rules crowd, and
says of other acts nothing here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from attrs import frozen

from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import Localized
from consistent.model.vocabulary import Vocabulary
from consistent.rules.conditions import All, Any, Count, Named, Other, Test, walk
from consistent.rules.rule import Rule
from consistent.shown import Shown

__all__ = ["WEIGHTS", "Weighing", "Weight", "field_of", "weighing"]

Weight = Literal["member-states", "money", "powers", "unread", "other"]
# What weighs most first: what it asks of Member States, what it spends, whom it empowers; then that of which nobody knows what it does.
WEIGHTS: tuple[Weight, ...] = ("member-states", "money", "powers", "unread", "other")

# One in so many of the rules of a pack asks for what it is about; and one in so many provisions of an act lies there.
_RULES, _PROVISIONS = 20, 2
# What is asked of these, a State has to do. Terms that a vocabulary does not have are left out of account.
_STATES = frozenset({"member-states", "national-authorities", "contracting-authorities"})
_MONEY = frozenset({"financing", "spending-target", "purchase", "taxation", "stockpiling"})
_POWERS = frozenset(
    {"delegated-power", "implementing-power", "transfer-of-powers", "mechanism", "approval", "overruling", "command"}
)
# What follows an act up, as provisions do that say how it lives on.
_FOLLOWING = frozenset({"review", "reporting-duty", "repeal", "monitoring"})
# Under these a rule asks for something; under 'not' it asks that it is not there.
_ASKING = (All, Any, Named, Count, Other)


@frozen(kw_only=True)
class Weighing(Shown):
    """A provision in the field of the pack.

    Attributes:
        measure: its id.
        weight: what it does that weighs most.
        areas: what it is about beside what most of the act is about, the narrowest terms only; may be empty.
    """

    measure: str
    weight: Weight
    areas: tuple[Localized, ...] = ()


def field_of(rules: Iterable[Rule]) -> frozenset[str]:
    """The areas that some rules are about.

    Args:
        rules: of a pack, its own alone.
    """
    asked = [frozenset(_areas(rule)) for rule in rules]
    counts = Counter(area for areas in asked for area in areas)
    return frozenset(area for area, count in counts.items() if count * _RULES >= len(asked))


def _areas(rule: Rule) -> Iterator[str]:
    for part in walk(rule.when, _ASKING):
        if isinstance(part, Test) and part.field.name == "areas" and part.scope == "measure":
            yield from map(str, part.operand if isinstance(part.operand, frozenset) else ())


def weighing(knowledge: Knowledge, rules: Iterable[Rule], proposal: Proposal) -> tuple[Weighing, ...]:
    """The provisions that lie in the field of a pack, in the order of the text; none of an act that as a whole does not lie there.

    Provisions that describe the act, or say how it lives on, are none of them, nor are those that only follow it up or leave something
    alone.

    Args:
        knowledge: of the pack and those that it builds on.
        rules: all that hold; those of the last pack tell its field.
        proposal: what is checked.
    """
    own = knowledge.packs[-1].name
    areas = field_of(rule for rule in rules if rule.pack == own)
    laying_down = [measure for measure in proposal.measures if measure.describes is None]
    lying = [measure for measure in laying_down if not areas.isdisjoint(map(str, measure.areas.yes))]
    if not lying or len(lying) * _PROVISIONS < len(laying_down):
        return ()
    vocabularies = knowledge.vocabularies
    counts = Counter(str(area) for measure in laying_down for area in measure.areas.yes)
    common = frozenset(area for area, count in counts.items() if 1 < len(laying_down) < count * _PROVISIONS)
    terms = _below(vocabularies["effects"])
    return tuple(
        Weighing(
            measure=measure.id,
            weight=_weight(measure, terms),
            areas=tuple(_about(measure, common, vocabularies["areas"])),
        )
        for measure in lying
        if not _only_follows(measure)
    )


def _only_follows(measure: Measure) -> bool:
    """Whether a provision follows the act up, or leaves something alone, and does no more."""
    return _FOLLOWING.issuperset(map(str, measure.effects.yes)) if measure.effects.yes else bool(measure.safeguards.yes)


def _below(effects: Vocabulary) -> Mapping[Weight, frozenset[str]]:
    """The effects by which something spends or empowers, with all below them."""
    wanted: dict[Weight, frozenset[str]] = {"money": _MONEY, "powers": _POWERS}
    known = {weight: frozenset(term for term in terms if term in effects) for weight, terms in wanted.items()}
    return {weight: terms | effects.narrower(terms) for weight, terms in known.items()}


def _weight(measure: Measure, terms: Mapping[Weight, frozenset[str]]) -> Weight:
    effects = frozenset(map(str, measure.effects.yes))
    if not _STATES.isdisjoint(map(str, measure.addressees.yes)) and "voluntary" not in measure.bindingness.yes:
        return "member-states"
    if measure.finance.yes or measure.amount.yes or effects & terms["money"]:
        return "money"
    if effects & terms["powers"]:
        return "powers"
    return "other" if effects else "unread"


def _about(measure: Measure, common: frozenset[str], vocabulary: Vocabulary) -> Iterator[Localized]:
    areas = sorted(map(str, measure.areas.yes))
    wider = {broader for area in areas if area in vocabulary for broader in vocabulary.broader(area)}
    for area in areas:
        if area in vocabulary and area not in wider and area not in common:
            yield vocabulary.terms[area].label
