"""What another text of a rule would come to, before it is saved: its faults, its examples, and what changes of the proposals at hand."""

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve, frozen

from consistent.authoring.coverage.measuring import Coverage, cover
from consistent.authoring.mutation.killing import PackTests, Results
from consistent.authoring.mutation.running import fates_of
from consistent.authoring.suite import Failure
from consistent.authoring.suite.examples import EXAMPLES
from consistent.checker import KnowledgeBase
from consistent.findings.outcome import RuleOutcome, verdict_or_outcome
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.rules.rule import Rule, Verdict, reached, stronger, weaker

__all__ = ["Change", "Tested", "Trial", "tested", "tried"]

# It decides a long draft several times faster than the others; all of them find the same.
_ENGINE = "columns"
_Said = RuleOutcome | Verdict


@frozen
class Change:
    """What becomes of a rule otherwise.

    Attributes:
        proposal: its name.
        measure: None for the proposal as a whole.
        before, after: the verdict where the rule applies, and else what becomes of it.
    """

    proposal: str
    rule: str
    measure: str | None
    before: _Said
    after: _Said


@frozen
class Trial:
    """What a text of a rule comes to.

    Attributes:
        examples: how many it has.
        failures: of them.
        changes: of the proposals at hand.
    """

    examples: int
    failures: tuple[Failure, ...]
    changes: tuple[Change, ...]


def tried(kb: KnowledgeBase, name: str, text: str, proposals: Mapping[str, Proposal]) -> Trial:
    """Try another text of a rule; nothing is written.

    Args:
        kb: the pack as it is.
        name: the id of the rule.
        text: TOML.
        proposals: those at hand, by name.

    Raises:
        UsageError, InputError: as `KnowledgeBase.amended`.
    """
    amended = kb.amended(name, text)
    rule = amended.rule(name)
    alone = amended.only(lambda each: each is rule)
    items = tuple(EXAMPLES.of_pack(alone))
    failures = tuple(failure for item in items if (failure := EXAMPLES.run(item, alone, _ENGINE, None)) is not None)
    return Trial(len(items), failures, tuple(_changes(kb, amended, rule, proposals)))


def _changes(
    kb: KnowledgeBase, amended: KnowledgeBase, rule: Rule, proposals: Mapping[str, Proposal]
) -> Iterator[Change]:
    """What becomes otherwise of the rule, and of those that stand above or below it in either version."""
    versions = (*kb.rules, *amended.rules)
    above = stronger(versions)
    concerned = {name for below in reached(rule.id, weaker(versions)) for name in reached(below, above)}
    old, new = (each.only(lambda one: one.id in concerned) for each in (kb, amended))
    for name, proposal in proposals.items():
        before, after = (_said(pack, proposal) for pack in (old, new))
        for place in dict.fromkeys((*before, *after)):
            pair = before.get(place, "not-applicable"), after.get(place, "not-applicable")
            if pair[0] != pair[1]:
                yield Change(name, *place, *pair)


def _said(kb: KnowledgeBase, proposal: Proposal) -> Mapping[tuple[str, str | None], _Said]:
    """What becomes of each rule that says something."""
    verdicts = {rule.id: rule.verdict for rule in kb.rules}
    states = kb.case(proposal, engine=_ENGINE).states()
    return {place: verdict_or_outcome(outcome, verdicts[place[0]]) for place, outcome in states.items()}


@frozen
class Tested:
    """How well the examples of a rule test it.

    Attributes:
        coverage: which of its conditions they put to the test.
        mutants: which small faults in it they notice; those that the pack lets live are not among the survivors to mend.
    """

    coverage: Coverage
    mutants: Results


def tested(kb: KnowledgeBase, name: str, text: str, day: date, accepted: Mapping[str, Localized]) -> Tested:
    """What the examples of a text of a rule leave untested; nothing is written.

    Args:
        kb: the pack as it is.
        name: the id of the rule.
        text: TOML.
        day: whose facts count, where the rule does not hold on another day only.
        accepted: why a mutant is let live, by its id.

    Raises:
        UsageError, InputError: as `KnowledgeBase.amended`; or an example does not come out as it says.
    """
    amended = kb.amended(name, text)
    rule = amended.rule(name)
    # Guarantees rest on other rules too: what is left untested here is left by the examples.
    alone = evolve(amended.only(lambda each: each is rule), guarantees=())
    tests = PackTests(alone)
    tests.check([rule])
    results = Results(found={rule.id: fates_of(tests, rule.id, day)}, accepted=accepted)
    return Tested(cover(alone, rules=[rule.id]), results)
