"""The order in which things are written says nothing."""

from random import Random

from attrs import evolve

from consistent.checker import KnowledgeBase
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.testing.properties.property import Judge, Property, Setting, difference

__all__ = ["FACTS_IN_ANY_ORDER", "MEASURES_IN_ANY_ORDER", "RULES_IN_ANY_ORDER"]


def _measures(setting: Setting, _: Random) -> Judge:
    def judge(proposal: Proposal, random: Random) -> str | None:
        shuffled = list(proposal.measures)
        random.shuffle(shuffled)
        return difference(setting.states(proposal), setting.states(evolve(proposal, measures=tuple(shuffled))))

    return judge


def _rules(setting: Setting, random: Random) -> Judge:
    rules = list(setting.kb.rules)
    random.shuffle(rules)
    return _same_by(setting, evolve(setting.kb, rules=tuple(rules), programs={}))


def _facts(setting: Setting, random: Random) -> Judge:
    facts = {kind: tuple(random.sample(held, len(held))) for kind, held in setting.kb.knowledge.facts.items()}
    return _same_by(setting, evolve(setting.kb, knowledge=evolve(setting.kb.knowledge, facts=facts), programs={}))


def _same_by(setting: Setting, other: KnowledgeBase) -> Judge:
    changed = evolve(setting, kb=other)

    def judge(proposal: Proposal, _: Random) -> str | None:
        return difference(setting.states(proposal), changed.states(proposal))

    return judge


MEASURES_IN_ANY_ORDER = Property(
    name="measures-in-any-order",
    meaning=Localized(
        "The order of the measures in a proposal changes nothing of what is found on each of them.",
        "De volgorde van de maatregelen in een voorstel verandert niets aan wat over elk daarvan wordt gevonden.",
    ),
    prepare=_measures,
)
RULES_IN_ANY_ORDER = Property(
    name="rules-in-any-order",
    meaning=Localized(
        "The order of the rules changes nothing: what defeats what is written, and does not follow from who comes first.",
        "De volgorde van de regels verandert niets: wat wat opzijzet, staat geschreven en volgt niet uit wie eerst komt.",
    ),
    prepare=_rules,
)
FACTS_IN_ANY_ORDER = Property(
    name="facts-in-any-order",
    meaning=Localized(
        "The order of the facts changes nothing of what is found.",
        "De volgorde van de feiten verandert niets aan wat wordt gevonden.",
    ),
    prepare=_facts,
)
