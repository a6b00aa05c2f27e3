"""How far the tests of a pack reach: figures by rule and in all."""

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from consistent.authoring.coverage.measuring import Measured, Tried, measure
from consistent.authoring.suite.golden_files import Golden
from consistent.checker import KnowledgeBase
from consistent.model.text import today
from consistent.rules.rule import Rule

__all__ = ["Coverage", "Figures", "RuleCoverage", "cover"]


@frozen
class Figures:
    """Numbers of points.

    Attributes:
        points: that can be both true and false.
        both_ways: that were seen true and false.
        decided: that decided an outcome by themselves, both while true and while false.
    """

    points: int
    both_ways: int
    decided: int

    @classmethod
    def of(cls, points: Iterable[Measured]) -> "Figures":
        """The figures of some points; what the facts of the pack never let be otherwise is left out."""
        counted = [each for each in points if not each.fixed]
        return cls(len(counted), sum(each.both_ways for each in counted), sum(each.decides for each in counted))

    @property
    def share(self) -> float:
        """The part that was seen both ways, from 0 to 1; 1 where there is none."""
        return self.both_ways / self.points if self.points else 1.0

    @property
    def deciding_share(self) -> float:
        """The part that decided both ways, from 0 to 1; 1 where there is none."""
        return self.decided / self.points if self.points else 1.0


@frozen
class RuleCoverage:
    """What was seen of a rule.

    Attributes:
        points: in the order of writing.
    """

    rule: Rule
    points: tuple[Measured, ...]

    @property
    def figures(self) -> Figures:
        """Of its points."""
        return Figures.of(self.points)


@frozen
class Coverage:
    """What the tests of a pack show of its rules.

    Attributes:
        pack: the name.
        rules: in order of id.
        tests: the number of proposals on which something is expected.
    """

    pack: str
    rules: tuple[RuleCoverage, ...]
    tests: int

    @property
    def figures(self) -> Figures:
        """Of all rules."""
        return Figures.of(point for each in self.rules for point in each.points)


def cover(kb: KnowledgeBase, goldens: Sequence[Golden] = (), *, rules: Iterable[str] | None = None) -> Coverage:
    """Measure what the examples of a pack, and golden files, show of its rules.

    Args:
        kb: the pack.
        goldens: files that were read for this pack.
        rules: the ids of those to measure; those of the pack itself, without the packs that it builds on, unless given.
    """
    wanted = frozenset(rules) if rules is not None else frozenset(each.id for each in kb.rules if each.pack == kb.name)
    tried = [*_examples(kb, wanted), *(_golden(each) for each in goldens)]
    found: Mapping[str, tuple[Measured, ...]] = measure(kb, tried, wanted)
    covered = tuple(RuleCoverage(each, found[each.id]) for each in kb.rules if each.id in wanted)
    return Coverage(kb.name, covered, len(tried))


def _examples(kb: KnowledgeBase, wanted: frozenset[str]) -> Iterable[Tried]:
    for rule in kb.rules:
        if rule.id in wanted:
            for each in rule.examples:
                yield Tried(
                    name=each.title.en, proposal=each.proposal, day=rule.period.nearest(today()), rules=frozenset({rule.id}), first_only=True
                )  # fmt: skip


def _golden(golden: Golden) -> Tried:
    return Tried(name=golden.file.path, proposal=golden.proposal, day=golden.as_of)
