"""What the translation and the evaluator say of one proposal, side by side."""

from collections.abc import Iterator
from itertools import combinations
from typing import get_args

from consistent.authoring.guarantees.judging import breaches
from consistent.authoring.proving._symbolic import GivenProposal, Universe, sort_of, universe_of
from consistent.authoring.proving.outcomes import Outcomes
from consistent.authoring.proving.translating import Spot, Translator
from consistent.authoring.proving.witnesses import conditions_of
from consistent.checker import KnowledgeBase
from consistent.engine.plain import PlainEngine, Scene, evaluate
from consistent.findings.judging import ground_of
from consistent.findings.outcome import SPOKEN_OUTCOMES
from consistent.findings.states import states
from consistent.model.proposal import Fields, Proposal
from consistent.rules.guarantees import Guarantee, Pattern
from consistent.rules.program import Program
from consistent.rules.rule import Grade, Ground
from consistent.solving.goals import field_at, slots_of, value_at
from consistent.sources import broader_citations
from consistent.truth import Truth
from tests.properties.random_packs import ANCHOR, DAY, TEXT

__all__ = ["differences", "with_atoms_of"]


def with_atoms_of(universe: Universe, proposal: Proposal, fields: Fields) -> Universe:
    """The universe with all that the proposal holds."""
    found = {sort: dict.fromkeys(atoms) for sort, atoms in universe.atoms.items()}
    for slot in slots_of(proposal):
        value = value_at(proposal, slot)
        for atom in sorted(value.yes | value.no, key=str):
            wider = broader_citations(atom) if isinstance(atom, str) else (atom,)
            found[sort_of(field_at(slot, fields))].update(dict.fromkeys(wider))
    return Universe({sort: tuple(atoms) for sort, atoms in found.items()})


def differences(kb: KnowledgeBase, proposal: Proposal) -> Iterator[str]:
    """Where the two do not say the same: of conditions, outcomes and grounds, and of what guarantees ask for."""
    program = kb.program(DAY)
    asked = [(condition, program.facts) for condition in conditions_of(program)]
    universe = with_atoms_of(
        universe_of(asked, kb.knowledge.fields.every, kb.knowledge.vocabularies), proposal, kb.knowledge.fields
    )
    outcomes = Outcomes(program, Translator(GivenProposal(proposal, universe, kb.knowledge.fields), program.facts))
    yield from _of_rules(outcomes, proposal)
    case = kb.case(proposal, as_of=DAY, engine="plain")
    for pattern in _patterns(program):
        guarantee = Guarantee(
            id="x", pack="x", title=TEXT, sources=(), given=None, scope="proposal", beside=None, kind="never",
            expected=pattern, anchor=ANCHOR,
        )  # fmt: skip
        said, found = outcomes.says(pattern, None), bool(list(breaches(guarantee, case)))
        if said is not found:
            yield f"{pattern}: {said}, not {found}"


def _patterns(program: Program) -> Iterator[Pattern]:
    grades: tuple[Grade, ...] = get_args(Grade)
    yield from (Pattern(judgement=(("competence", frozenset({grade})),)) for grade in grades)
    grounds: tuple[Ground, ...] = get_args(Ground)
    for rule in (compiled.rule for compiled in program.rules):
        for size in range(len(grounds)):
            for chosen in combinations(grounds, size):
                yield Pattern(rules=(rule.id,), grounds=frozenset(chosen), open=size == 1)


def _of_rules(outcomes: Outcomes, proposal: Proposal) -> Iterator[str]:
    program = outcomes.program
    settled = states(program, PlainEngine().evaluate(program, proposal))
    for rule in (compiled.rule for compiled in program.rules):
        measures = list(enumerate(proposal.measures)) if rule.scope == "measure" else [(None, None)]
        for index, (place, measure) in enumerate(measures):
            scene, spot = Scene(proposal, program.facts, measure, measure), Spot(place, place)
            for number, condition in enumerate((rule.when, *(exception.condition for exception in rule.unless))):
                pair, truth = outcomes.translator.truth(condition, spot), evaluate(condition, scene)
                if (pair.sure, pair.possible) != (truth is Truth.YES, truth is not Truth.NO):
                    yield f"{rule.id}, condition {number}, at {place}: {pair}, not {truth!r}"
            became = outcomes.of(rule.id, place)
            found = " and ".join(name for name in SPOKEN_OUTCOMES if getattr(became, name)) or "not-applicable"
            if found != settled[rule.id][index].outcome:
                yield f"{rule.id} at {place}: {found}, not {settled[rule.id][index].outcome}"
            if rule.ground == "law":
                contested = outcomes.translator.contested(rule.when, spot)
                if contested is not (ground_of(rule, scene) == "contested"):
                    yield f"{rule.id} at {place}: contested {contested}, not {ground_of(rule, scene)}"
