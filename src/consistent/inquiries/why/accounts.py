"""What became of one rule, measure by measure, with its conditions as a tree: the data of `why not`."""

from typing import Literal

from attrs import frozen

from consistent.findings.outcome import RuleOutcome
from consistent.findings.report import Chain
from consistent.findings.said import Because, Reading
from consistent.model.text import Localized
from consistent.rules.rule import Dimension, Ground, Verdict
from consistent.shown import Shown

__all__ = ["Account", "Exemption", "Node", "Shortfall", "Stronger", "Tally", "WhyNot"]

Held = Literal["yes", "unknown", "no"]


@frozen(kw_only=True)
class Shortfall(Shown):
    """By how much a test failed.

    Attributes:
        kind: `below` and `above` a bound in euros, `before` and `after` one in days; `broader` than the term that is
            asked for; `related` to it by a common broader term or wider citation; `excess`: what ought not to be there;
            `absent`: what is said not to be there; `fewer` and `more` values than so many.
        by: euros, days, values, or steps between terms; None where there is nothing to count.
        found: the values that come nearest, or that are too much.
        asked: what they come near to; may be empty.
        common: of what is related, the nearest thing above both.
        text: the same in words.
    """

    kind: Literal["below", "above", "before", "after", "broader", "related", "excess", "absent", "fewer", "more"]
    by: int | None
    found: tuple[str, ...]
    asked: tuple[str, ...]
    common: str
    text: Localized


@frozen(kw_only=True)
class Tally:
    """Of how many facts, measures or parts how many hold, and of how many it is not known."""

    held: int
    unknown: int
    of: int


@frozen(kw_only=True)
class Node(Shown):
    """One condition of the rule, with what became of it.

    Attributes:
        kind: `all`, `any` and `not` join their parts; `fact`, `other`, `count` and `sum` look for facts or measures, of which
            the parts are those that came nearest; `candidate` is such a fact or measure; `concept` is one that is named, with
            what it stands for as its part; the rest are tests.
        held: whether it holds.
        asks: what it asks, in words, without the measure.
        has: what was found, in words; empty for `not`, a concept and a candidate.
        text: both, with whose field it is.
        path, line, key: where it stands in the rule's file, what stands in a concept in the file of that; a candidate, in the
            file of the fact or the proposal.
        because: of a test, its value with passage and line.
        asked: of a test, the values that are asked for, or those of the field that it is compared with; empty where
            that is every value of a kind of fact.
        short: of a test or a sum that failed, by how much.
        tally: of `all`, `any`, `fact`, `other`, `count` and `sum`.
        fact: of a candidate, the id of the fact.
        measure: of a candidate, the id of the measure.
        concept: the id of a concept.
        sources: of a concept, and of a candidate that is a fact.
        parts: in the order of writing; candidates with the nearest first.
    """

    kind: Literal["test", "all", "any", "not", "fact", "other", "count", "sum", "candidate", "concept"]
    held: Held
    asks: Localized
    has: Localized
    text: Localized
    path: str
    line: int | None
    key: str
    because: Because | None = None
    asked: tuple[str, ...] = ()
    short: Shortfall | None = None
    tally: Tally | None = None
    fact: str | None = None
    measure: str | None = None
    concept: str | None = None
    sources: tuple[str, ...] = ()
    parts: tuple["Node", ...] = ()

    @property
    def first_failed(self) -> "Node":
        """The first condition in it that failed, of those that all must hold; itself where it joins none."""
        failed = [part for part in self.parts if part.held == "no"]
        return failed[0].first_failed if self.kind in {"all", "candidate"} and failed else self


@frozen(kw_only=True)
class Exemption(Shown):
    """An exception of the rule with its conditions; what it says of itself as `RuleException` has it."""

    reason: Localized
    node: Node
    id: str = ""
    title: Localized | None = None
    sources: tuple[str, ...] = ()


@frozen(kw_only=True)
class Stronger:
    """A rule that defeats this one where it applies.

    Attributes:
        outcome: what became of it here.
        decides: whether this rule is set aside by it, or awaits it.
    """

    rule: str
    title: Localized
    outcome: RuleOutcome
    decides: bool


@frozen(kw_only=True)
class Account(Shown):
    """What became of the rule on one measure, or on the proposal as a whole.

    Attributes:
        measure: the id; None for the whole.
        exception: the number of the exception that holds.
        when: the rule's conditions.
        chain: where the report says something of it.
        presumed: of a rule that is open, but presumed not to apply, the tests that ask for what was looked for and not found;
            None of any other.
    """

    measure: str | None
    title: Localized | None
    outcome: RuleOutcome
    exception: int | None
    when: Node
    unless: tuple[Exemption, ...]
    stronger: tuple[Stronger, ...]
    chain: Chain | None
    presumed: tuple[Node, ...] | None = None


@frozen(kw_only=True)
class WhyNot(Shown):
    """What became of one rule.

    Attributes:
        scope: whether the rule judges each measure or the proposal as a whole.
        path: of the rule's file.
        proposal: names what was judged.
        as_of: the day whose facts and rules were used.
        in_force: whether the rule holds on that day; if not, there are no accounts.
        valid_from, valid_to: ISO; empty for no bound.
        accounts: one for each measure in order, or one for the whole.
        readings: what it rests on where the rule is presumed not to apply; empty where it is not.
    """

    rule: str
    title: Localized
    verdict: Verdict
    ground: Ground
    dimension: Dimension
    scope: Literal["measure", "proposal"]
    path: str
    proposal: Localized
    as_of: str
    in_force: bool
    valid_from: str
    valid_to: str
    accounts: tuple[Account, ...]
    readings: tuple[Reading, ...] = ()

    def of(self, measure: str | None) -> Account:
        """The account of a measure, or of the whole.

        Raises:
            KeyError: there is none.
        """
        for account in self.accounts:
            if account.measure == measure:
                return account
        raise KeyError(measure)
