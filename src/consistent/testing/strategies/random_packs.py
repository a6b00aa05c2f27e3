"""Random knowledge bases: rules over random facts, in the world of `small_world`."""

from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from consistent.checker import KnowledgeBase
from consistent.errors import InputError
from consistent.knowledge.base import Knowledge
from consistent.knowledge.entries import Period
from consistent.packing import Packed
from consistent.reading.proposals import ProposalReader
from consistent.rules.compiling import compile_rules
from consistent.rules.facts import FactLookup
from consistent.rules.program import Program
from consistent.rules.reading import ConditionReader, scope_of
from consistent.rules.rule import Rule, RuleException
from consistent.testing.strategies.random_conditions import conditions
from consistent.testing.strategies.small_world import ANCHOR, DAY, TEXT, facts, knowledge

__all__ = ["make_rule", "packs", "programs", "rules"]

# What stands in for conditions that spread out too far to be compiled.
_PLAIN: dict[str, Any] = {"measure": {"effects": "a"}}


def make_rule(number: int, when: dict[str, Any], unless: list[dict[str, Any]], reader: ConditionReader) -> Rule:
    """A rule with these conditions."""
    read = reader.read(when, ("when",))
    exceptions = tuple(RuleException(reader.read(each, ("unless", index)), TEXT) for index, each in enumerate(unless))
    listed = [read, *(each.condition for each in exceptions)]
    return Rule(
        id=f"random/r{number}", pack="random", title=TEXT, principle="p", positions=(), ground="law", verdict="conflict",
        dimension="competence", sources=("TFEU 1",), rationale=TEXT, defeats=(), period=Period(),
        scope=scope_of(listed),
        when=read, unless=exceptions, message=TEXT, examples=Packed(()), anchor=ANCHOR,
    )  # fmt: skip


def rules() -> st.SearchStrategy[Rule]:
    """Rules over random facts; each can be compiled."""
    return _known_rules(1, 1).map(lambda drawn: drawn[1][0])


def packs(*, min_rules: int = 1, max_rules: int = 4) -> st.SearchStrategy[KnowledgeBase]:
    """Knowledge bases with random facts and rules, some of which defeat others.

    Args:
        min_rules: how many rules at least.
        max_rules: how many at most.
    """
    return _known_rules(min_rules, max_rules).flatmap(_pack)


@st.composite
def programs(draw: st.DrawFn, min_rules: int = 1, max_rules: int = 8) -> Program:
    """Compiled rules over random facts, none of which defeats another."""
    known, drawn = draw(_known_rules(min_rules, max_rules))
    return compile_rules(drawn, FactLookup(known, DAY), DAY)


@st.composite
def _known_rules(draw: st.DrawFn, min_rules: int, max_rules: int) -> tuple[Knowledge, list[Rule]]:
    known = knowledge(draw(facts()))
    reader, lookup = ConditionReader(known), FactLookup(known, DAY)
    depths = st.sampled_from([0, 1, 1, 1, 2])
    pairs = st.tuples(depths.flatmap(conditions), st.lists(conditions(), max_size=2))
    drawn = draw(st.lists(pairs, min_size=min_rules, max_size=max_rules))
    made = [make_rule(number, when, unless, reader) for number, (when, unless) in enumerate(drawn)]
    plain = (make_rule(number, _PLAIN, [], reader) for number in range(len(made)))
    return known, [each if _compiles(each, lookup) else other for each, other in zip(made, plain, strict=True)]


@st.composite
def _pack(draw: st.DrawFn, made: tuple[Knowledge, list[Rule]]) -> KnowledgeBase:
    known, drawn = made
    ranked = []
    for number, each in enumerate(drawn):
        # Downwards only, so that there is no circle; a rule on measures defeats none on the whole proposal.
        below = [one.id for one in drawn[number + 1 :] if each.scope == "proposal" or one.scope == "measure"]
        weaker = draw(st.lists(st.sampled_from(below), unique=True)) if below else []
        ranked.append(evolve(each, defeats=tuple(sorted(weaker))))
    return KnowledgeBase(name="random", knowledge=known, rules=tuple(ranked), reader=ProposalReader(known.vocabularies))


def _compiles(rule: Rule, lookup: FactLookup) -> bool:
    """Random conditions can spread out further than any that a person writes; such a rule is an error of its own."""
    try:
        compile_rules([rule], lookup, DAY)
    except InputError:
        return False
    return True
