"""Whether the tests of a pack notice that a rule was changed: its examples first, then everything else that is tested."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from attrs import evolve, frozen

from consistent.authoring.concept_rules import changed_by, is_concept
from consistent.authoring.mutation._mutants import Mutant
from consistent.authoring.suite import KINDS, Collected, Item, run
from consistent.authoring.suite.examples import EXAMPLES
from consistent.checker import KnowledgeBase
from consistent.engine.plain import PlainEngine
from consistent.errors import Fault, InputError, Location
from consistent.findings.opposition import check_opposition
from consistent.findings.outcome import verdict_or_outcome
from consistent.findings.states import states
from consistent.knowledge.entries import Knowledge
from consistent.locking import Lock
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.rules.program import CompiledRule, FactLookup, Program
from consistent.rules.rule import Rule

__all__ = ["FATES", "Fate", "PackTests", "Result", "Results", "outcomes", "said", "score"]

# The plain engine reads conditions as they are written, so that a mutant need not be compiled.
_ENGINE = "plain"
_HELP = "mend it first: `consistent test` tells more"


def outcomes(rule: Rule, knowledge: Knowledge, proposal: Proposal, day: date) -> tuple[str, ...]:
    """What becomes of a rule, by itself, on each measure or on the proposal: its verdict, or the state that it is in."""
    if day not in rule.period:
        return ()
    # The plain evaluator reads conditions as they are written; nothing has to be compiled for it.
    program = Program((CompiledRule(rule, frozenset(), ()),), _facts(knowledge, day))
    found = states(program, PlainEngine().evaluate(program, proposal))[rule.id]
    return tuple(verdict_or_outcome(state.outcome, rule.verdict) for state in found)


def said(rule: Rule, knowledge: Knowledge, proposal: Proposal, day: date) -> str:
    """What an example with that proposal would have to expect."""
    return next(iter(outcomes(rule, knowledge, proposal, day)), "not-applicable")


@lru_cache(maxsize=32)
def _facts(knowledge: Knowledge, day: date) -> FactLookup:
    return FactLookup(knowledge, day)


@frozen(eq=False)
class PackTests:
    """The tests of a pack, for one mutant after another.

    Attributes:
        kb: the pack without a fault.
        beside: golden files and the like, with their packs.
    """

    kb: KnowledgeBase
    beside: tuple[Collected, ...] = ()

    def check(self, rules: Iterable[Rule]) -> None:
        """Check that no test fails as things are: one that does would seem to notice every fault.

        Raises:
            InputError: with every test that does not come out as it says.
            EngineError: the evaluator did not do all of its work.
        """
        wanted = {rule.id for rule in rules}
        examples = [(item, self.kb) for item in EXAMPLES.of_pack(self.kb) if item.group in wanted]
        items = [*examples, *((item, self.kb) for item in self._beyond_examples(self.kb, wanted))]
        items += [(item, collected.kb) for collected in self.beside for item in collected.items]
        failures = (run(item, kb, _ENGINE) for item, kb in items)
        faults = [Fault(failure.message.en, failure.item.place, _HELP) for failure in failures if failure is not None]
        if faults:
            raise InputError(faults)

    def killer(self, mutant: Mutant) -> str | None:
        """The first test that fails, so that the mutant is killed.

        Returns:
            The id of the test; empty where none fails, and the mutant survives; None where the pack does not load with it.

        Raises:
            EngineError: the evaluator did not do all of its work.
        """
        touched = self._touched(mutant.rule)
        changed = _with(self.kb, touched)
        alone = changed.only(lambda rule: rule is mutant.rule)
        killed = next((item.id for item in EXAMPLES.of_pack(alone) if run(item, alone, _ENGINE)), "")
        ids = {rule.id for rule in touched}
        if not killed and len(touched) > 1:
            resting = changed.only(lambda rule: rule.id in ids)
            killed = next((item.id for item in EXAMPLES.of_pack(resting) if run(item, resting, _ENGINE)), "")
        if killed:
            return killed
        try:
            check_opposition(changed.rules, changed.knowledge)
        except InputError:
            return None
        return next((item.id for item, kb in self._rest(changed, touched) if run(item, kb, _ENGINE)), "")

    def _touched(self, rule: Rule) -> tuple[Rule, ...]:
        """The rules that a fault in one changes: itself, and those that rest on it where it is a concept."""
        return (rule, *changed_by(self.kb, rule)) if is_concept(rule) else (rule,)

    def _rest(self, changed: KnowledgeBase, touched: Sequence[Rule]) -> Iterator[tuple[Item, KnowledgeBase]]:
        """Everything but examples, which hold of their own rule only."""
        yield from ((beyond, changed) for beyond in self._beyond_examples(changed, {rule.id for rule in touched}))
        noticed: dict[int, bool] = {}
        for collected in self.beside:
            kb = _with(collected.kb, touched)
            for item in collected.items:
                golden = getattr(item.about, "golden", None)
                key = id(golden)
                if key not in noticed:
                    noticed[key] = golden is None or self._says_otherwise(touched, golden.proposal, golden.as_of)
                if noticed[key]:
                    yield item, kb

    def _beyond_examples(self, kb: KnowledgeBase, rules: Collection[str]) -> Iterator[Item]:
        """What a pack says of itself beyond examples, as far as it depends on the rules."""
        for kind in KINDS:
            for item in kind.of_pack(kb) if kind is not EXAMPLES else ():
                # Of the pack as it is: which rules a test depends on, a fault in one of them does not change.
                concerned = kind.concerns(item, self.kb)
                if concerned is None or not concerned.isdisjoint(rules):
                    yield item

    def _says_otherwise(self, touched: Sequence[Rule], proposal: Proposal, day: date) -> bool:
        """Whether rules say of a proposal what they do not without the fault; to check a golden file takes far longer."""
        known, originals = self.kb.knowledge, {rule.id: rule for rule in self.kb.rules}
        return any(
            _spoken(originals[rule.id], known, proposal, day) != _spoken(rule, known, proposal, day)
            for rule in touched
            if not is_concept(rule)
        )


def _spoken(rule: Rule, knowledge: Knowledge, proposal: Proposal, day: date) -> object:
    """All that others can notice of a rule on a proposal; None where it says nothing."""
    found = outcomes(rule, knowledge, proposal, day)
    if all(outcome == "not-applicable" for outcome in found):
        return None
    return found, rule.scope, rule.ground, rule.defeats


def _with(kb: KnowledgeBase, changed: Iterable[Rule]) -> KnowledgeBase:
    """The pack with other versions of rules, and nothing compiled: programs hold the rules that they were compiled from."""
    versions = {rule.id: rule for rule in changed}
    rules = tuple(versions.get(other.id, other) for other in kb.rules)
    return evolve(kb, rules=rules, programs={}, lock=Lock())


# What became of the mutants of a pack, and how much of them its tests noticed.

Fate = Literal["killed", "survived", "equivalent", "invalid"]
FATES: tuple[Fate, ...] = get_args(Fate)


@frozen(kw_only=True)
class Result:
    """What became of one mutant.

    Attributes:
        id: the rule, the operator and the place.
        fate: killed by a test; survived all; means the same as the rule or as a mutant before it; or is no rule that loads.
        by: the test that killed it; empty otherwise.
        place: where the fault was planted.
        diff: of a survivor: what it changes in the file, line by line, in the form of a patch.
        suggestion: of a survivor: an example that would kill it, as TOML; empty where none was found.
    """

    id: str
    rule: str
    fate: Fate
    by: str = ""
    place: Location
    diff: tuple[str, ...] = ()
    suggestion: str = ""


@frozen(kw_only=True)
class Results:
    """What became of all mutants.

    Attributes:
        found: by rule, in the order of the pack, and for each in the order of its file; rules without a mutant have an empty one.
        left: ids of rules that time did not suffice for.
        accepted: the reason for each survivor that is let live, by id.
        stale: ids that are accepted and did not survive, with their place; empty unless all rules were run.
    """

    found: Mapping[str, tuple[Result, ...]]
    left: tuple[str, ...] = ()
    accepted: Mapping[str, Localized]
    stale: tuple[tuple[str, Location], ...] = ()

    @property
    def all(self) -> tuple[Result, ...]:
        """Every result, in order."""
        return tuple(result for found in self.found.values() for result in found)

    @property
    def survivors(self) -> tuple[Result, ...]:
        """Those that no test noticed, the accepted among them."""
        return tuple(result for result in self.all if result.fate == "survived")


def score(results: Iterable[Result]) -> float | None:
    """How many of a hundred mutants were killed, those left out that are none; None where there is no mutant."""
    fates = [result.fate for result in results if result.fate in {"killed", "survived"}]
    return 100 * fates.count("killed") / len(fates) if fates else None
