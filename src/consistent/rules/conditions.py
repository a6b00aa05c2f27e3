"""The conditions of rules, as a tree that stays close to the TOML; and concepts, which are conditions with a name.

Each node knows the key path that it was read from, so that an explanation can point at its line. What stands in a concept was
read from the file of the concept.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Literal

import attrs
from attrs import evolve, field, frozen

from consistent.knowledge.entries import Anchor
from consistent.model.proposal import Field
from consistent.model.text import Language, Localized
from consistent.model.values import Atom
from consistent.packing import Packed
from consistent.rules.examples import Example
from consistent.rules.reckoning import WHOLE, Several, Span, moved, reckoned
from consistent.shown import Shown
from consistent.slots import pickled_short
from consistent.sources import canonical_sources
from consistent.toml.tomlfile import KeyPath

__all__ = [
    "FLIPPED",
    "MOST_COUNTED",
    "All",
    "Any",
    "Concept",
    "Condition",
    "Count",
    "FactExists",
    "Holding",
    "KnownValues",
    "Named",
    "Not",
    "Operator",
    "Other",
    "Reference",
    "Scope",
    "Several",
    "Test",
    "as_named",
    "children",
    "concepts_in",
    "conjuncts",
    "facts_in",
    "first_place",
    "joining",
    "named_directly",
    "rebuilt",
    "tests_in",
    "totals_in",
    "walk",
    "with_children",
    "with_concepts",
]

Scope = Literal["measure", "proposal", "fact"]

# `any`, `only` and `empty` ask for values; the rest compare. What the language calls `none`, `beyond` and the like are
# these under `Not`; `all` is a conjunction.
Operator = Literal["any", "only", "empty", "over", "under", "at_least", "at_most", "contains", "starts_with"]

# A comparison asked the other way round; those that order values are these.
FLIPPED: Mapping[Operator, Operator] = {"over": "under", "under": "over", "at_least": "at_most", "at_most": "at_least"}


@pickled_short
@frozen
class Reference(Shown):
    """A field in place of values: `$measure.areas`, `$proposal.date`.

    `$judged` is the judged measure where `measure` is another one: inside `other` and `count`.

    Attributes:
        share: of its amount, with which another is compared.
        span: after its day, with which another is compared.
    """

    scope: Literal["measure", "proposal", "judged"]
    field: Field
    share: Fraction = WHOLE
    span: Span | None = None

    def bound(self, operator: Operator, atom: Atom) -> Atom:
        """What a value is compared with, where the field has this one."""
        return moved(atom, operator, self.share, self.span)

    def told(self, field: str, language: Language) -> str:
        """What another is compared with, in words, given those for the field."""
        return reckoned(self.share, self.span, field, language)

    def turned(self, scope: Literal["measure", "proposal", "judged"], field: Field) -> "Reference":
        """The comparison asked the other way round: of the field, with this field in the place of the one that was asked."""
        span = None if self.span is None else self.span.back
        return Reference(scope, field, 1 / self.share if self.share else WHOLE, span)


@frozen
class KnownValues:
    """Every value that facts of a kind have in a field, `$legal_basis.article`, in place of values."""

    kind: str
    field: str


@pickled_short
@frozen(kw_only=True)
class Test(Shown):
    """A question to one field.

    Attributes:
        scope: whose field it is.
        operand: for `any` and `only` the atoms, closed under narrower terms, or what stands for them; for comparisons
            one atom or reference, or how many values there are of some; None for `empty`.
        written: the atoms as written, in order, for readers; empty where the operand is a reference.
    """

    scope: Scope
    field: Field
    operator: Operator
    operand: frozenset[Atom] | Atom | Several | Reference | KnownValues | None
    written: tuple[Atom, ...] = ()
    where: KeyPath = attrs.field(eq=False, default=())

    @property
    def named(self) -> frozenset[Atom] | None:
        """The atoms that are looked for, closed under narrower terms; None where no set of them is."""
        operand = self.operand.atoms if isinstance(self.operand, Several) else self.operand
        return operand if isinstance(operand, frozenset) else None


@pickled_short
@frozen
class All(Shown):
    """Every part holds; true without parts."""

    parts: tuple["Condition", ...]


@pickled_short
@frozen
class Any(Shown):
    """One part at least holds; false without parts."""

    parts: tuple["Condition", ...]


@pickled_short
@frozen
class Not(Shown):
    """The part does not hold."""

    part: "Condition"


@pickled_short
@frozen
class FactExists(Shown):
    """A fact of the kind passes all tests; the tests may refer to the measure and the proposal."""

    kind: str
    part: "Condition"
    where: KeyPath = attrs.field(eq=False, default=())


@frozen
class Other(Shown):
    """Another measure of the proposal meets the part, in which scope `measure` is that other one."""

    part: "Condition"
    where: KeyPath = attrs.field(eq=False, default=())


# The highest bound of a count. No act has so many measures; what proves has to look at as many, and one more.
MOST_COUNTED = 1_000


@pickled_short
@frozen
class Count(Shown):
    """The number of measures that meet the part lies within bounds; None for no bound.

    Attributes:
        total: where it is not their number but the sum of their amounts that is bounded, the test of that.
    """

    part: "Condition"
    at_least: int | None
    at_most: int | None
    where: KeyPath = attrs.field(eq=False, default=())
    total: Test | None = None


# Whether a concept holds, as its examples say it.
Holding = Literal["holds", "open", "fails"]


@frozen(kw_only=True)
class Concept(Shown):
    """A condition that has a name of its own: what rules mean by it is written once.

    Attributes:
        id: the name of its file; unique among the packs.
        title: what it says of a measure or a proposal, to be read after either: `steers what a Member State buys`.
        sources: at least one.
        condition: what it stands for; may rest on other concepts.
        exempts: the id of the rule that has an exception to which this is one, and by which it was written; empty for a concept
            that has a file of its own.
    """

    id: str
    pack: str
    title: Localized
    sources: tuple[str, ...] = field(converter=canonical_sources)
    condition: "Condition"
    _examples: Packed[tuple[Example[Holding], ...]] = attrs.field(eq=False)
    anchor: Anchor = attrs.field(eq=False)
    exempts: str = ""

    @property
    def examples(self) -> tuple[Example[Holding], ...]:
        """At least one of which it holds and one of which it does not; none of an exception."""
        return self._examples.content


@pickled_short
@frozen
class Named(Shown):
    """A concept holds: the condition that it stands for."""

    concept: Concept
    where: KeyPath = attrs.field(eq=False, default=())

    @property
    def part(self) -> "Condition":
        """What the concept stands for."""
        return self.concept.condition


Condition = Test | All | Any | Not | FactExists | Other | Count | Named
# Some of these, for `isinstance`.
Kinds = type | tuple[type, ...]


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions that one is put together from, in the order of writing; none of a test."""
    match condition:
        case All(parts) | Any(parts):
            return parts
        case Not(part) | FactExists(_, part) | Other(part) | Count(part):
            return (part,)
        case Named():
            return (condition.part,)
        case Test():
            return ()


def with_children(condition: Condition, parts: Sequence[Condition]) -> Condition:
    """The same condition over other parts.

    Args:
        condition: any.
        parts: as many as it has, in the order of `children`.
    """
    match condition:
        case All() | Any():
            return evolve(condition, parts=tuple(parts))
        case Not() | FactExists() | Other() | Count():
            (part,) = parts
            return evolve(condition, part=part)
        case Named():
            (part,) = parts
            return evolve(condition, concept=evolve(condition.concept, condition=part))
        case Test():
            return condition


def walk(condition: Condition, through: Kinds = object) -> Iterator[Condition]:
    """A condition and everything in it, each before its parts, in the order of writing.

    Args:
        condition: from which to go down.
        through: into which kinds of condition to go; what stands in others is left out, they themselves are not.
    """
    waiting = [condition]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, through):
            waiting.extend(reversed(children(node)))


def rebuilt(condition: Condition, change: Callable[[Condition], Condition]) -> Condition:
    """A condition with every part of it changed, from the tests upwards.

    Args:
        condition: any.
        change: what to put in the place of a condition, whose parts are changed already; itself for no change.
    """
    return change(with_children(condition, [rebuilt(part, change) for part in children(condition)]))


def totals_in(condition: Condition) -> Iterator[Test]:
    """The test of every sum of a condition, in the order of writing."""
    return (node.total for node in walk(condition) if isinstance(node, Count) and node.total is not None)


def tests_in(condition: Condition) -> Iterator[Test]:
    """Every test of a condition, in the order of writing."""
    return (node for node in walk(condition) if isinstance(node, Test))


def facts_in(condition: Condition) -> Iterator[FactExists]:
    """Every condition on a fact, in the order of writing."""
    return (node for node in walk(condition) if isinstance(node, FactExists))


def concepts_in(condition: Condition) -> Iterator[Concept]:
    """Every concept that a condition names, in the order of writing, each before those that it rests on; exceptions too."""
    return (node.concept for node in walk(condition) if isinstance(node, Named))


def named_directly(condition: Condition) -> tuple[Concept, ...]:
    """The concepts that a condition names itself, and not by another concept."""
    through = (All, Any, Not, FactExists, Other, Count)
    return tuple(node.concept for node in walk(condition, through) if isinstance(node, Named))


def with_concepts(condition: Condition, versions: Mapping[str, Concept]) -> Condition:
    """A condition with other versions of the concepts in it, and of those on which these rest.

    Args:
        condition: any.
        versions: by id; what is not among them stays as it is. They go in no circle.
    """
    if isinstance(condition, Named) and condition.concept.id in versions:
        condition = evolve(condition, concept=versions[condition.concept.id])
    return with_children(condition, [with_concepts(part, versions) for part in children(condition)])


def as_named(condition: Condition) -> Condition:
    """A condition without what its concepts stand for: equal to another where both are written alike."""
    if isinstance(condition, Named) and not condition.concept.exempts:
        nothing = Localized("", "")
        return evolve(condition, concept=evolve(condition.concept, title=nothing, sources=(), condition=All(())))
    return with_children(condition, [as_named(part) for part in children(condition)])


def joining(condition: Condition) -> Iterator[tuple[Condition, str]]:
    """The conditions by which a finding can name a fact, each with the kind of fact: joins, and quantifiers over measures that join.

    A count without a lower bound joins nothing: it can hold of no measure at all.
    """
    for node in walk(condition, (All, Any, Named)):
        if isinstance(node, FactExists):
            yield node, node.kind
        elif isinstance(node, Other) or (isinstance(node, Count) and node.at_least):
            yield from ((node, kind) for _, kind in joining(node.part))


def conjuncts(condition: Condition) -> Iterator[Condition]:
    """What must all hold for a condition to hold; the condition itself where it is no conjunction."""
    return (node for node in walk(condition, All) if not isinstance(node, All))


def first_place(condition: Condition, at: KeyPath = ()) -> KeyPath:
    """Where the first test, fact, quantifier or concept of a condition stands.

    Args:
        condition: any.
        at: the key of a condition that has none of these.
    """
    return next((node.where for node in walk(condition) if not isinstance(node, All | Any | Not)), at)
