"""Open rules one by one: what they still ask, and what becomes of them when something is answered.

Conditions are decided here by the plain evaluator, for the one rule and measure in question; engines do whole proposals.
"""

from collections.abc import Collection, Iterator, Mapping

from attrs import field, frozen

from consistent.engine.plain import Scene, evaluate
from consistent.findings.states import State, states
from consistent.findings.tracing import Step, steps
from consistent.inquiries.case import Case
from consistent.inquiries.edits import measure_named
from consistent.model.proposal import Field, Proposal
from consistent.model.values import Atom
from consistent.rules.conditions import FLIPPED, KnownValues, Operator, Reference
from consistent.rules.facts import FactLookup
from consistent.rules.program import Program, RuleTruths
from consistent.rules.rule import Rule
from consistent.rules.superiority import reached, stronger
from consistent.truth import Truth

__all__ = ["Asked", "Key", "Pending", "pending"]

# Which field of which measure, None for the proposal itself.
Key = tuple[str | None, str]


@frozen
class Asked:
    """One test that cannot be decided, as it is put to the field that must be known.

    Attributes:
        measure: the id; None for a field of the proposal itself.
        operand: for `any` and `only` atoms, closed under narrower terms; for comparisons one; None for `empty`.
        named: the atoms of the operand as the rule or the fact names them.
        moving: the operand is what another field is known to hold, which can come to be more.
    """

    measure: str | None
    field: Field
    operator: Operator
    operand: frozenset[Atom] | Atom | None
    named: tuple[Atom, ...]
    moving: bool = False

    @property
    def key(self) -> Key:
        """The field that it is put to."""
        return self.measure, self.field.name


@frozen(eq=False)
class Pending:
    """A rule on one measure, or on the proposal, with the rules that could defeat it."""

    rule: Rule
    measure: str | None
    _program: Program = field(repr=False)

    def states(self, proposal: Proposal) -> Mapping[str, State]:
        """What becomes of the rule, and of those above it, on this measure of a proposal."""
        truths = []
        for each in self._program.rules:
            scene = self._scene(each.rule, proposal)
            unless = tuple((evaluate(one.condition, scene),) for one in each.rule.unless)
            truths.append(RuleTruths((evaluate(each.rule.when, scene),), unless))
        return {name: found[0] for name, found in states(self._program, truths).items()}

    def outcome(self, proposal: Proposal) -> str:
        """What becomes of the rule itself."""
        return self.states(proposal)[self.rule.id].outcome

    def asked(self, proposal: Proposal) -> tuple[Asked, ...]:
        """The tests that keep the rule open; empty once it is settled, or where only facts leave it open."""
        facts = self._program.facts
        listed = (one for key, step in self._unknown(proposal) for one in _asked(key, step, facts))
        return tuple(dict.fromkeys(listed))

    def keys(self, proposal: Proposal, among: Collection[Key]) -> tuple[Key, ...]:
        """The fields that keep the rule open; the search ends once each of those that it can be is found."""
        found: dict[Key, None] = {}
        for key, _ in self._unknown(proposal):
            found[key] = None
            if len(found) == len(among):
                break
        return tuple(key for key in among if key in found)

    def _unknown(self, proposal: Proposal) -> Iterator[tuple[Key, Step]]:
        found = self.states(proposal)
        if found[self.rule.id].outcome != "open":
            return
        for each in self._program.rules:
            if found[each.rule.id].outcome == "open":
                scene = self._scene(each.rule, proposal)
                for condition in each.rule.conditions:
                    for step in steps(condition, scene):
                        key = _key(step) if step.truth is Truth.UNKNOWN else None
                        if key is not None:
                            yield key, step

    def _scene(self, rule: Rule, proposal: Proposal) -> Scene:
        judged = None if rule.scope == "proposal" or self.measure is None else measure_named(proposal, self.measure)
        return Scene(proposal, self._program.facts, judged, judged)


def pending(case: Case) -> tuple[Pending, ...]:
    """Every open rule of a case, in order of rules and measures."""
    rules = {each.rule.id: each for each in case.program.rules}
    above = stronger(each.rule for each in case.program.rules)
    found = []
    programs: dict[str, Program] = {}
    for (name, measure), outcome in case.states().items():
        if outcome == "open":
            if name not in programs:
                programs[name] = Program(tuple(rules[each] for each in reached(name, above)), case.program.facts)
            found.append(Pending(rules[name].rule, measure, programs[name]))
    return tuple(found)


def _key(step: Step) -> Key | None:
    """Whose field a test that cannot be decided is about; None where a fact leaves it so, whatever the proposal says."""
    owner, name = step.asked_of
    if owner == "proposal":
        return None, name
    if owner not in {"measure", "judged"} or step.measure is None:
        return None
    # A measure without a basis of its own rests on that of the proposal.
    inherited = name == "legal_basis" and step.measure.legal_basis.unknown
    return (None if inherited else step.measure.id), name


def _asked(key: Key, step: Step, facts: FactLookup) -> Iterator[Asked]:
    whose = key[0]
    test, operand = step.test, step.test.operand
    match operand:
        case Reference() if step.fact is not None:
            atoms = step.fact.values[test.field.name].yes
            if test.operator == "any":
                yield Asked(whose, step.field, "any", facts.closed(atoms, test.field), _ordered(atoms))
            else:
                flipped = FLIPPED[test.operator]
                yield from (Asked(whose, step.field, flipped, each, (each,)) for each in _ordered(atoms))
        case Reference():
            other = step.against.yes if step.against else frozenset()
            yield Asked(whose, step.field, "any", other, _ordered(other), moving=True)
        case KnownValues(kind, field_name):
            atoms = frozenset(atom for fact in facts.of_kind(kind) for atom in fact.values[field_name].yes)
            yield Asked(whose, step.field, test.operator, facts.closed(atoms, step.field), _ordered(atoms))
        case frozenset() | None:
            yield Asked(whose, step.field, test.operator, operand, test.written)
        case _:
            yield Asked(whose, step.field, test.operator, operand, (operand,))


def _ordered(atoms: frozenset[Atom]) -> tuple[Atom, ...]:
    return tuple(sorted(atoms, key=lambda atom: (type(atom).__name__, atom)))
