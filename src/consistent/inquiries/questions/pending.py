"""Open rules one by one: what they still ask, and what becomes of them when something is answered.

Conditions are decided here by the plain evaluator, for the one rule and measure in question; engines do whole proposals.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, combinations, product
from typing import cast

from attrs import field, frozen

from consistent.engine.plain import Scene
from consistent.findings.case import Case
from consistent.findings.outcome import RuleOutcome
from consistent.findings.states import State, states
from consistent.findings.tracing import Step, Tracer
from consistent.inquiries.edits import measure_named
from consistent.model.proposal import ORDERED, Field, Proposal
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabularies
from consistent.rules.conditions import KnownValues, Operator, Reference, Several
from consistent.rules.program import FactLookup, Operand, Program, RuleTruths, ask, in_order
from consistent.rules.rule import Rule, reached, stronger
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = [
    "Key",
    "OpenTest",
    "Pending",
    "Range",
    "completions",
    "key_of",
    "pending",
    "ranges",
    "representatives",
    "tests_of",
]

# Which field of which measure, None for the proposal itself.
Key = tuple[str | None, str]


@frozen
class OpenTest:
    """One test that cannot be decided, as it is put to the field that must be known.

    Attributes:
        measure: the id; None for a field of the proposal itself.
        operand: as that of a compiled question.
        named: the atoms of the operand as the rule or the fact names them.
        moving: the operand is what another field is known to hold, which can come to be more.
    """

    measure: str | None
    field: Field
    operator: Operator
    operand: Operand
    named: tuple[Atom, ...]
    moving: bool = False

    @property
    def key(self) -> Key:
        """The field that it is put to."""
        return self.measure, self.field.name


@frozen(eq=False)
class _Evaluated:
    """What becomes of a rule and of those above it on one measure of a proposal, with what was evaluated for each of them."""

    states: Mapping[str, Sequence[State]]
    traced: tuple[tuple[Rule, Scene, Tracer], ...]

    def outcome(self, rule: Rule) -> RuleOutcome:
        """What becomes of one of them."""
        return self.states[rule.id][0].outcome


@frozen(eq=False)
class Pending:
    """A rule on one measure, or on the proposal, with the rules that could defeat it."""

    rule: Rule
    measure: str | None
    _program: Program = field(repr=False)

    def outcome(self, proposal: Proposal) -> RuleOutcome:
        """What becomes of the rule itself."""
        return self._evaluated(proposal).outcome(self.rule)

    def outcome_and_keys(self, proposal: Proposal, among: Collection[Key]) -> tuple[RuleOutcome, tuple[Key, ...]]:
        """What becomes of the rule, and the fields that keep it open; the search ends once each of `among` is found."""
        evaluated = self._evaluated(proposal)
        open_keys: dict[Key, None] = {}
        for key, _ in self._unknown(evaluated):
            open_keys[key] = None
            if len(open_keys) == len(among):
                break
        return evaluated.outcome(self.rule), tuple(key for key in among if key in open_keys)

    def asked(self, proposal: Proposal) -> tuple[OpenTest, ...]:
        """The tests that keep the rule open; empty once it is settled, or where only facts leave it open."""
        facts = self._program.facts
        listed = (
            question
            for key, step in self._unknown(self._evaluated(proposal))
            for question in tests_of(key, step, facts)
        )
        return tuple(dict.fromkeys(listed))

    def _evaluated(self, proposal: Proposal) -> "_Evaluated":
        truths: list[RuleTruths] = []
        traced: list[tuple[Rule, Scene, Tracer]] = []
        for rule in (compiled.rule for compiled in self._program.rules):
            scene, tracer = self._scene(rule, proposal), Tracer()
            unless = tuple((tracer.truth(exception.condition, scene),) for exception in rule.unless)
            truths.append(RuleTruths((tracer.truth(rule.when, scene),), unless))
            traced.append((rule, scene, tracer))
        return _Evaluated(states(self._program, truths), tuple(traced))

    def _unknown(self, evaluated: "_Evaluated") -> Iterator[tuple[Key, Step]]:
        if evaluated.outcome(self.rule) != "open":
            return
        for rule, scene, tracer in evaluated.traced:
            if evaluated.outcome(rule) == "open":
                for condition in rule.conditions:
                    for step in tracer.steps(condition, scene):
                        key = key_of(step) if step.truth is Truth.UNKNOWN else None
                        if key is not None:
                            yield key, step

    def _scene(self, rule: Rule, proposal: Proposal) -> Scene:
        judged = None if rule.scope == "proposal" or self.measure is None else measure_named(proposal, self.measure)
        return Scene(proposal, self._program.facts, judged, judged)


def pending(case: Case) -> tuple[Pending, ...]:
    """Every open rule of a case, in order of rules and measures."""
    rules = {rule.rule.id: rule for rule in case.program.rules}
    above = stronger(rule.rule for rule in case.program.rules)
    listed = []
    programs: dict[str, Program] = {}
    for (name, measure), outcome in case.states().items():
        if outcome == "open":
            if name not in programs:
                programs[name] = Program(
                    tuple(rules[reached_id] for reached_id in reached(name, above)), case.program.facts
                )
            listed.append(Pending(rules[name].rule, measure, programs[name]))
    return tuple(listed)


def key_of(step: Step) -> Key | None:
    """Whose field a test that cannot be decided is about; None where a fact leaves it so, whatever the proposal says."""
    owner, name = step.asked_of
    if owner == "proposal":
        return None, name
    if owner not in {"measure", "judged"} or step.measure is None:
        return None
    # A measure without a basis of its own rests on that of the proposal.
    inherited = name == "legal_basis" and step.measure.legal_basis.unknown
    return (None if inherited else step.measure.id), name


def tests_of(key: Key, step: Step, facts: FactLookup) -> Iterator[OpenTest]:
    """A test that cannot be decided, as it is put to the field that must be known."""
    whose = key[0]
    test, operand = step.test, step.test.operand
    if step.adds is not None:
        for bound in step.adds:
            yield OpenTest(whose, step.field, test.operator, bound, (bound,))
        if not step.adds:
            yield OpenTest(whose, step.field, "any", frozenset(), (), moving=True)
        return
    match operand:
        case Reference() if step.fact is not None:
            atoms = step.fact.values[test.field.name].yes
            for operator, put in facts.asked(test, atoms):
                yield OpenTest(
                    whose, step.field, operator, put, in_order(atoms) if isinstance(put, frozenset) else (put,)
                )
        case Reference() if test.operator != "any" and step.against and not step.against.open:
            for atom in in_order(step.against.yes):
                bound = operand.bound(test.operator, atom)
                yield OpenTest(whose, step.field, test.operator, bound, (bound,))
        case Reference():
            # What is compared with a field of which nothing is known asks for no value yet.
            other = step.against.yes if step.against and test.operator == "any" else frozenset()
            yield OpenTest(whose, step.field, "any", other, in_order(other), moving=True)
        case KnownValues(kind, field_name):
            atoms = frozenset(atom for fact in facts.of_kind(kind) for atom in fact.values[field_name].yes)
            yield OpenTest(whose, step.field, test.operator, facts.closed(atoms, step.field), in_order(atoms))
        case frozenset() | Several() | None:
            yield OpenTest(whose, step.field, test.operator, operand, test.written)
        case _:
            yield OpenTest(whose, step.field, test.operator, operand, (operand,))


# Amounts and dates as the stretches between the thresholds of rules.

# Where a test on a threshold changes its answer: at the threshold itself, or just after it.
_TURNS: dict[Operator, tuple[int, ...]] = {
    "over": (1,), "at_most": (1,), "under": (0,), "at_least": (0,), "any": (0, 1), "only": (0, 1),
}  # fmt: skip
_LAST_DAY = date.max.toordinal()


@frozen
class Range:
    """Whole numbers, or days, on which all tests answer alike.

    Attributes:
        first, last: both included; None for no bound.
        after, before: the thresholds beside it, where a rule names those rather than the bounds themselves.
        example: one of them.
    """

    first: Atom | None
    last: Atom | None
    after: Atom | None
    before: Atom | None
    example: Atom

    def holds(self, atom: Atom) -> bool:
        """Whether it lies within."""
        number = _number(atom)
        return (self.first is None or _number(self.first) <= number) and (
            self.last is None or number <= _number(self.last)
        )


def ranges(asked: Iterable[OpenTest], value: Value, *, dates: bool) -> tuple[Range, ...]:
    """The stretches, lowest first, without those that the value is known not to lie in."""
    turns: set[int] = set()
    named: set[int] = set()
    for question in asked:
        for atom in question.named:
            named.add(_number(atom))
            turns |= {_number(atom) + step for step in _TURNS.get(question.operator, ())}
    starts: list[int | None] = [None, *sorted(turns)]
    ends = [*(start - 1 for start in sorted(turns)), None]
    return tuple(_made(start, end, named, value, dates=dates) for start, end in zip(starts, ends, strict=True)
                 if _example(start, end, value, dates=dates) is not None)  # fmt: skip


def _made(start: int | None, end: int | None, named: set[int], value: Value, *, dates: bool) -> Range:
    def bound(number: int | None) -> Atom | None:
        return None if number is None else _atom(number, dates=dates)

    after = start - 1 if start is not None and start - 1 in named and start not in named else None
    before = end + 1 if end is not None and end + 1 in named and end not in named else None
    example = cast("int", _example(start, end, value, dates=dates))
    return Range(bound(start), bound(end), bound(after), bound(before), _atom(example, dates=dates))


def _example(start: int | None, end: int | None, value: Value, *, dates: bool) -> int | None:
    """A number of the stretch that the value may have: its bounds, else one near them."""
    refused = {_number(atom) for atom in value.no if isinstance(atom, int | date)} if value.open else set()
    for number in _near(start, end, len(refused) + 1):
        within = (start is None or start <= number) and (end is None or number <= end)
        if within and number not in refused and (not dates or 1 <= number <= _LAST_DAY):
            return number
    return None


def _near(start: int | None, end: int | None, count: int) -> Iterator[int]:
    if start is not None:
        yield from range(start, start + count)
    elif end is not None:
        yield from range(end, end - count, -1)
    else:
        yield from range(1, count + 1)


def _number(atom: Atom) -> int:
    return atom.toordinal() if isinstance(atom, date) else int(atom)


def _atom(number: int, *, dates: bool) -> Atom:
    return date.fromordinal(min(max(number, 1), _LAST_DAY)) if dates else number


# What a field could hold, were all known of it: one value for each way in which tests can tell values apart.

# A citation and a paragraph that no rule and no fact names.
_UNNAMED_ARTICLE, _UNNAMED_PARAGRAPH = "TEU 999", "(99)"


def completions(value: Value, field: Field, asked: Sequence[OpenTest], vocabularies: Vocabularies) -> Iterator[Value]:
    """Values that are wholly known and fit what is known: such that every wholly known one passes the same tests as one of them.

    In order of size, those first that pass most tests: a search for an answer that leaves something open ends early.
    """
    atoms = representatives(value, field, asked, vocabularies)
    vague = frozenset(citation for citation in value.yes if _refined(citation, atoms))
    most = 1 if field.single else len(atoms)
    sizes = sorted(range(most + 1), key=lambda size: (size != 1, size))
    for chosen in chain.from_iterable(combinations(atoms, size) for size in sizes):
        # Whoever cites Article 173 means one of its paragraphs at least.
        if all(any(citation in broader_citations(str(atom))[1:] for atom in chosen) for citation in vague):
            yield Value.exactly(*(value.yes - vague), *chosen)


def representatives(
    value: Value, field: Field, asked: Sequence[OpenTest], vocabularies: Vocabularies
) -> tuple[Atom, ...]:
    """Atoms that may be there beyond those that are known: one for each set of tests that an atom can pass."""
    tests = tuple(dict.fromkeys(test for question in asked for test in _by_atom(question)))
    # Where a number of values is asked for, so many of one kind there can be, and one more.
    numbers = [question.operand.number for question in asked if isinstance(question.operand, Several)]
    most = 1 if field.single else max([1, *(number + 1 for number in numbers)])
    by_truths: dict[tuple[Truth, ...], list[Atom]] = {}
    for atom in _pool(value, field, asked, vocabularies):
        if atom in value.yes or not value.may_have(atom):
            continue
        passed = tuple(ask(operator, operand, Value.exactly(atom)) for operator, operand in tests)
        # A citation that is itself vague settles nothing.
        if Truth.UNKNOWN not in passed:
            # Under each cited article a class of its own: one of them at least must be there.
            alike = by_truths.setdefault(
                (*passed, *(Truth.of(_under(atom, held)) for held in sorted(value.yes, key=str))), []
            )
            if len(alike) < most:
                alike.append(atom)
    ranked = sorted(by_truths.items(), key=lambda pair: -sum(pair[0]))
    return tuple(atom for _, alike in ranked for atom in alike)


def _by_atom(question: OpenTest) -> Iterator[tuple[Operator, Operand]]:
    """The tests by which one value is told from another."""
    if isinstance(question.operand, Several):
        yield from (("any", atoms) for atoms in question.operand.of)
    elif question.operator != "empty":
        yield question.operator, question.operand


def _pool(value: Value, field: Field, asked: Sequence[OpenTest], vocabularies: Vocabularies) -> Iterable[Atom]:
    if field.type == "terms":
        return vocabularies[field.vocabulary].terms
    if field.type in ORDERED:
        return [stretch.example for stretch in ranges(asked, value, dates=field.type == "date")]
    named = list(dict.fromkeys(atom for question in asked for atom in question.named))
    if field.type == "citation":
        return [*named, _UNNAMED_ARTICLE, *(f"{citation}{_UNNAMED_PARAGRAPH}" for citation in value.yes)]
    starts = [atom for question in asked if question.operator == "starts_with" for atom in question.named]
    joined = (f"{first}{second}" for first, second in product(starts, named))
    return [*named, *joined, "-", *(f"{text}-" for text in named)]


def _refined(atom: Atom, atoms: Iterable[Atom]) -> bool:
    return any(_under(other, atom) for other in atoms)


def _under(atom: Atom, wider: Atom) -> bool:
    return isinstance(atom, str) and wider in broader_citations(atom)[1:]
