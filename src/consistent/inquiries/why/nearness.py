"""How far a condition is from holding, so that the nearest facts and measures can be told."""

from typing import NamedTuple

from consistent.engine.plain import Scene, evaluate
from consistent.rules.conditions import All, Any, Condition, Not, Reference, Test
from consistent.truth import Truth

__all__ = ["Distance", "distance"]


class Distance(NamedTuple):
    """What is wrong, gravest first: a fact that is not joined is further away than one that says something else."""

    unjoined: int
    failed: int
    unknown: int


def distance(condition: Condition, scene: Scene, *, wanted: bool = True) -> Distance:
    """How far a condition is from holding, or if not wanted from failing."""
    match condition:
        case Not(part):
            return distance(part, scene, wanted=not wanted)
        case All(parts) | Any(parts) if parts:
            each = [distance(part, scene, wanted=wanted) for part in parts]
            if isinstance(condition, Any) is wanted:
                return min(each)
            return Distance(*map(sum, zip(*each, strict=True)))
        case _:
            truth = evaluate(condition, scene)
            if truth is Truth.UNKNOWN:
                return Distance(0, 0, 1)
            fails = (truth is Truth.YES) is not wanted
            joins = isinstance(condition, Test) and isinstance(condition.operand, Reference)
            return Distance(int(fails and joins), int(fails), 0)
