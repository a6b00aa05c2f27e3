"""A guarantee: what a check must find, or must not find, in every proposal of which something is so."""

from typing import Literal

from attrs import frozen

from consistent.findings.report import Grade
from consistent.knowledge.entries import Anchor
from consistent.model.text import Localized
from consistent.rules.conditions import Condition
from consistent.rules.rule import Dimension, Ground, Verdict

__all__ = ["Guarantee", "Pattern"]


@frozen(kw_only=True)
class Pattern:
    """Findings of some sort, or the judgement of some dimensions.

    Attributes:
        rules: ids of the rules that can say it, in order; empty where judgements are meant.
        grounds: of the finding, which is contested where a fact that it rests on is; any, where empty.
        open: whether what is open counts too.
        judgement: grades by dimension, any of which is meant; empty where findings are meant.
    """

    rules: tuple[str, ...] = ()
    grounds: frozenset[Ground] = frozenset()
    open: bool = False
    judgement: tuple[tuple[Dimension, frozenset[Grade]], ...] = ()


@frozen(kw_only=True, eq=False)
class Guarantee:
    """A promise of a pack.

    It speaks of each measure of which `given` certainly holds, or of the whole proposal where `given` asks for no measure or
    is left out. What it asks for is looked for in what the check says of that measure; or of the whole proposal with all its
    measures.

    Attributes:
        id: the pack and the key of its table.
        sources: what it carries; at least one.
        given: a condition as rules have them; None for every proposal.
        scope: whether it speaks of each measure or of the proposal as a whole.
        beside: it speaks only where this is found too; None for no such limit.
        kind: whether what is expected must always be found, or never.
    """

    id: str
    pack: str
    title: Localized
    sources: tuple[str, ...]
    given: Condition | None
    scope: Literal["measure", "proposal"]
    beside: Pattern | None
    kind: Literal["always", "never"]
    expected: Pattern
    anchor: Anchor


@frozen(kw_only=True)
class PatternData:
    """A pattern as its table has it."""

    verdict: tuple[Verdict, ...] = ()
    ground: tuple[Ground, ...] = ()
    dimension: tuple[Dimension, ...] = ()
    principle: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    open: bool = False
    judgement: "JudgementData | None" = None


@frozen(kw_only=True)
class JudgementData:
    """Grades by dimension, as the table has them."""

    competence: tuple[Grade, ...] = ()
    subsidiarity: tuple[Grade, ...] = ()
    proportionality: tuple[Grade, ...] = ()
    finance: tuple[Grade, ...] = ()
    burden: tuple[Grade, ...] = ()
    substance: tuple[Grade, ...] = ()
