"""Concepts as rules: what measures, tests and changes rules then serves concepts as they are."""

from collections.abc import Mapping

from attrs import evolve

from consistent.checker import KnowledgeBase
from consistent.knowledge.entries import Period, Principle
from consistent.locking import Lock
from consistent.packing import Packed
from consistent.rules.conditions import Concept, Holding, concepts_in, with_concepts
from consistent.rules.examples import Example
from consistent.rules.reading import scope_of
from consistent.rules.rule import Expectation, Rule

__all__ = ["as_rule", "beside_rules", "changed_by", "holding", "is_concept"]

# A rule that asks whether the concept holds: of no other verdict does so little follow.
_EXPECTED: Mapping[Holding, Expectation] = {"holds": "question", "open": "open", "fails": "not-applicable"}
_HOLDING: Mapping[str, Holding] = {expected: holding for holding, expected in _EXPECTED.items()}


def as_rule(concept: Concept) -> Rule:
    """A rule that applies where a concept holds, with its examples; called by its pack and the folder of concepts."""
    examples = tuple(
        Example(title=example.title, expect=_EXPECTED[example.expect], proposal=example.proposal, place=example.place)
        for example in concept.examples
    )
    return Rule(
        id=f"{concept.pack}/concepts/{concept.id}", pack=concept.pack, title=concept.title, principle="", positions=(), ground="law",
        verdict="question", dimension="substance", sources=concept.sources, rationale=concept.title, defeats=(), period=Period(),
        scope=scope_of([concept.condition]), when=concept.condition, unless=(), message=concept.title, examples=Packed(examples),
        anchor=concept.anchor,
    )  # fmt: skip


def is_concept(rule: Rule) -> bool:
    """Whether a rule was made of a concept."""
    return not rule.principle


def holding(outcome: str) -> Holding:
    """What an outcome of such a rule says of the concept."""
    return _HOLDING[outcome]


def beside_rules(kb: KnowledgeBase) -> KnowledgeBase:
    """A pack in which each concept is a rule too, after the others."""
    if not kb.concepts:
        return kb
    nothing = next(iter(kb.concepts.values())).title
    principle = Principle(id="", title=nothing, statement=nothing, sources=())
    knowledge = evolve(kb.knowledge, principles={**kb.knowledge.principles, "": principle})
    rules = (*kb.rules, *map(as_rule, kb.concepts.values()))
    return evolve(kb, knowledge=knowledge, rules=rules, programs={}, lock=Lock())


def changed_by(kb: KnowledgeBase, changed: Rule) -> tuple[Rule, ...]:
    """The rules of a pack that are others once a concept means something else, as they are then.

    Args:
        kb: the pack.
        changed: made of the concept, with another condition.
    """
    name = changed.id.rpartition("/")[2]
    versions = {name: evolve(kb.concepts[name], condition=changed.when)}
    found = []
    for rule in kb.rules:
        if rule.id != changed.id and any(each.id == name for part in rule.conditions for each in concepts_in(part)):
            when, *unless = (with_concepts(part, versions) for part in rule.conditions)
            exceptions = zip(rule.unless, unless, strict=True)
            found.append(
                evolve(
                    rule,
                    when=when,
                    unless=tuple(evolve(exception, condition=part) for exception, part in exceptions),
                    scope=scope_of((when, *unless)),
                )
            )
    return tuple(found)
