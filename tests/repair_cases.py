"""Random cases in which something can be repaired: rules of every verdict that defeat each other, and facts on legal bases."""

from typing import Any

from attrs import evolve
from hypothesis import assume
from hypothesis import strategies as st

from consistent.engine.plain import PlainEngine
from consistent.errors import InputError
from consistent.findings.case import Case
from consistent.knowledge.entries import Fact, Knowledge
from consistent.model.proposal import Field, Proposal
from consistent.model.values import Value
from consistent.rules.compiling import compile_rules
from consistent.rules.program import FactLookup
from consistent.rules.reading import ConditionReader
from consistent.rules.rule import Rule, Verdict
from tests.properties.random_packs import DAY, KINDS, TERMS, conditions, facts, knowledge, make_rule, proposals

__all__ = ["NEAR_TERMS", "cases"]

# Of the terms that random proposals use.
NEAR_TERMS = {"effects": {"a": ("e", "f"), "d": ("b",)}}

_LEGAL = {"procedure": "procedures", "vote": "votes", "instrument": "instruments"}
_GRAVE: tuple[Verdict, ...] = ("conflict", "condition")
_VERDICTS: tuple[Verdict, ...] = ("conflict", "conflict", "condition", "aligned", "question")


@st.composite
def _legal_facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    """Facts that say which procedure, vote and instruments go with an article."""
    terms = st.sets(st.sampled_from(TERMS), max_size=2)
    return tuple(
        evolve(each, values={**each.values, **{name: Value.exactly(*draw(terms)) for name in _LEGAL}})
        for each in draw(facts())
    )


def _knowledge(held: tuple[Fact, ...]) -> Knowledge:
    fields = {**KINDS["basis"].fields, **{name: Field(name, "terms", words) for name, words in _LEGAL.items()}}
    return evolve(knowledge(held), kinds={"basis": evolve(KINDS["basis"], fields=fields)})


@st.composite
def cases(draw: st.DrawFn, *, max_rules: int = 4, max_measures: int = 2) -> Case:
    """A proposal before some rules, of which the first is likely to apply, decided by the plain evaluator."""
    known = _knowledge(draw(_legal_facts()))
    reader = ConditionReader(known)
    proposal = draw(_proposals(max_measures))
    drawn = [(draw(_met(proposal)), draw(st.lists(_safeguarded(), max_size=2)), draw(st.sampled_from(_GRAVE)))]
    others = st.tuples(conditions(depth=0), st.lists(conditions(depth=0), max_size=1), st.sampled_from(_VERDICTS))
    drawn += draw(st.lists(others, max_size=max_rules - 1))
    rules: list[Rule] = []
    for number, (when, unless, verdict) in enumerate(drawn):
        rule = evolve(make_rule(number, when, unless, reader), verdict=verdict)
        below = [each.id for each in rules if rule.scope == "proposal" or each.scope == "measure"]
        defeats = draw(st.sets(st.sampled_from(below), max_size=1)) if below else set[str]()
        rules.append(evolve(rule, defeats=tuple(defeats)))
    lookup = FactLookup(known, DAY)
    try:
        program = compile_rules(rules, lookup, DAY)
    except InputError:  # spreads out further than any that a person writes
        assume(False)
        raise
    return Case(knowledge=known, program=program, engine=PlainEngine(), proposal=proposal, day=DAY)


@st.composite
def _proposals(draw: st.DrawFn, max_measures: int) -> Proposal:
    """Proposals with a measure at least, and with a procedure, vote and instrument."""
    proposal = draw(proposals(max_measures))
    assume(proposal.measures)
    terms = st.sets(st.sampled_from(TERMS), max_size=1).map(lambda atoms: Value.exactly(*atoms))
    header: dict[str, Any] = {name: draw(terms) for name in ("instrument", "decision_procedure", "vote")}
    return evolve(proposal, **header)


@st.composite
def _met(draw: st.DrawFn, proposal: Proposal) -> dict[str, Any]:
    """A condition that the first measure or the header meets where it says anything."""
    measure = proposal.measures[0]
    told = [
        (owner, field, atom)
        for owner, fields in (
            ("measure", ("effects", "legal_basis", "safeguards")),
            ("proposal", ("legal_basis", "instrument")),
        )
        for field in fields
        for atom in sorted(proposal.value(field, measure if owner == "measure" else None).yes, key=str)
    ]
    if not told:
        return draw(conditions(depth=0))
    owner, field, atom = draw(st.sampled_from(told))
    return {owner: {field: [atom]}}


def _safeguarded() -> st.SearchStrategy[dict[str, Any]]:
    """Exceptions that something can be added for."""
    terms = st.lists(st.sampled_from(TERMS), min_size=1, max_size=2, unique=True)
    words = st.tuples(st.sampled_from(["any", "all"]), terms).map(lambda pair: {pair[0]: pair[1]})
    return st.one_of(
        words.map(lambda test: {"measure": {"safeguards": test}}),
        words.map(lambda test: {"proposal": {"statements": test}}),
    )
