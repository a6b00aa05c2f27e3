"""The points of a rule: every condition, alternative, join and exception that a test can find true or false."""

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from consistent.reading.tomlfile import KeyPath
from consistent.rules.conditions import (
    All,
    Any,
    Condition,
    Count,
    FactExists,
    Not,
    Other,
    Test,
    children,
    first_place,
    with_children,
)
from consistent.rules.rule import Rule

__all__ = ["Path", "Point", "PointKind", "points_of", "replaced"]

PointKind = Literal["condition", "alternative", "join", "exception", "superiority"]
# Steps from a condition down to one of its parts.
Path = tuple[int, ...]


@frozen(eq=False)
class Point:
    """Something of a rule that can be true or false.

    Attributes:
        rule: the id.
        kind: a `condition` is one test; an `alternative` one branch of several; a `join` looks for a fact or a measure; an
            `exception` is an `unless` as a whole; a `superiority` is a rule that the rule defeats.
        part: the exception that it stands in; None in `when`.
        path: where in the condition; empty for the whole.
        condition: itself; None for a superiority.
        where: its key in the rule's file.
        defeats: the id of the weaker rule, of a superiority.
    """

    rule: str
    kind: PointKind
    part: int | None
    path: Path
    condition: Condition | None
    where: KeyPath
    defeats: str = ""


def points_of(rule: Rule) -> Iterator[Point]:
    """The points of a rule, in the order of writing."""
    yield from _inside(rule, None, rule.when, (), ("when",))
    for number, exception in enumerate(rule.unless):
        at: KeyPath = ("unless", number)
        condition = exception.condition
        if not _is_leaf(condition):
            yield Point(rule.id, "exception", number, (), condition, at)
        yield from _inside(rule, number, condition, (), at)
    for number, weaker in enumerate(rule.defeats):
        yield Point(rule.id, "superiority", None, (), None, ("defeats", number), weaker)


def _inside(rule: Rule, part: int | None, condition: Condition, path: Path, at: KeyPath) -> Iterator[Point]:
    match condition:
        case Test() | Not(Test()):
            test = condition if isinstance(condition, Test) else condition.part
            where = test.where if isinstance(test, Test) else at
            yield Point(rule.id, "condition", part, path, condition, where)
        case All(parts):
            for index, each in enumerate(parts):
                yield from _inside(rule, part, each, (*path, index), at)
        case Any(parts):
            for index, each in enumerate(parts):
                here = (*path, index)
                if not _is_leaf(each):
                    yield Point(rule.id, "alternative", part, here, each, first_place(each, at))
                yield from _inside(rule, part, each, here, at)
        case Not(inner):
            yield from _inside(rule, part, inner, (*path, 0), at)
        case FactExists(_, inner) | Other(inner) | Count(inner):
            yield Point(rule.id, "join", part, path, condition, condition.where)
            yield from _inside(rule, part, inner, (*path, 0), condition.where)


def _is_leaf(condition: Condition) -> bool:
    """Whether it has a point of its own already."""
    return isinstance(condition, Test | FactExists | Other | Count) or (
        isinstance(condition, Not) and isinstance(condition.part, Test)
    )


def replaced(condition: Condition, path: Path, *, holds: bool) -> Condition:
    """The condition with the part at a path taken to hold always, or never."""
    if not path:
        return All(()) if holds else Any(())
    index, rest = path[0], path[1:]
    parts = list(children(condition))
    parts[index] = replaced(parts[index], rest, holds=holds)
    return with_children(condition, parts)
