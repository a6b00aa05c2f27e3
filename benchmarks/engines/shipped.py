"""Proposals for the packs that ship: those in `proposals/`, with values of one moved into another at random."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from attrs import evolve

from consistent import KnowledgeBase
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Measure, Proposal
from consistent.model.values import UNKNOWN, Value
from consistent.rules.program import Answer, Program, Quantified, Question
from consistent.truth import Truth

__all__ = ["PACK", "proposals"]

PACK = "nl-22112-4027"
_FOLDER = Path(__file__).parents[2] / "proposals"
_MOVED = 0.3


def proposals(
    kb: KnowledgeBase, day: date, number: int, *, measures: int = 12, seed: int = 3, unknown: float = 0
) -> Iterator[Proposal]:
    """Random variations, one by one; everything that rules ask is known.

    Args:
        kb: the pack.
        day: whose rules count.
        number: how many.
        measures: of each.
        seed: of all that is random.
        unknown: how often a field of a measure is unknown all the same, from 0 to 1.
    """
    random = Random(seed)
    real = [kb.read(path) for path in sorted(_FOLDER.glob("*.toml"))]
    questions = set(_questions(kb.program(day)))
    heads = _Pool(real, questions, "proposal")
    bodies = _Pool([each for proposal in real for each in proposal.measures], questions, "measure")
    for count in range(number):
        drawn = tuple(Measure(id=f"m{index}", **bodies.draw(random, unknown)) for index in range(measures))
        head = heads.draw(random, 0) | {"reference": Value.exactly(f"COM({count}) 1")}
        yield evolve(Proposal(**head), measures=drawn)


def _questions(program: Program) -> Iterator[Question]:
    clauses = [clause for rule in program.rules for condition in rule.conditions for clause in condition]
    while clauses:
        for each in clauses.pop():
            if isinstance(each, Answer) and isinstance(each.column, Question):
                yield each.column
            elif isinstance(each, Answer) and isinstance(each.column, Quantified):
                clauses.extend(each.column.clauses)


class _Pool:
    """Values of each field, as real proposals or measures have them."""

    def __init__(self, real: list[Proposal] | list[Measure], questions: set[Question], scope: str) -> None:
        fields = PROPOSAL_FIELDS if scope == "proposal" else MEASURE_FIELDS
        # A legal basis is asked of measures too that rest on that of their proposal.
        asked = {
            name: [each for each in questions if each.field == name and (each.scope == scope or name == "legal_basis")]
            for name in fields
        }
        made: dict[Value, Value] = {}
        self._all: list[dict[str, Value]] = []
        for each in real:
            known = {name: _known(getattr(each, name), asked[name]) for name in fields}
            if scope == "measure" and each.legal_basis.unknown:
                known["legal_basis"] = UNKNOWN
            self._all.append({name: made.setdefault(value, value) for name, value in known.items()})

    def draw(self, random: Random, unknown: float) -> dict[str, Any]:
        """One of them, with some fields of others."""
        drawn = dict(random.choice(self._all))
        for name in drawn:
            if random.random() < _MOVED:
                drawn[name] = random.choice(self._all)[name]
            if unknown and random.random() < unknown:
                drawn[name] = UNKNOWN
        return drawn


def _known(value: Value, questions: list[Question]) -> Value:
    """Exactly what is known to be there, less the citations that leave open which paragraph is meant."""
    clear = (
        atom for atom in value.yes
        if all(_asked(each, Value.exactly(atom)) is not Truth.UNKNOWN for each in questions)
    )  # fmt: skip
    return Value.exactly(*clear)


def _asked(question: Question, value: Value) -> Truth:
    held: Mapping[str, Any] = {question.field: value}
    proposal = Proposal(**held) if question.scope == "proposal" else Proposal()
    measure = Measure(id="m", **held) if question.scope == "measure" else None
    return question.answer(proposal, measure)
