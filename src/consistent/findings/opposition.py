"""Strict rules of opposite verdict that superiority leaves beside each other on one measure.

Two rules are **opposed** where one says `conflict` and the other `aligned` on the same question, which is to say for the
same principle in the same dimension, and both judge measures or both the proposal as a whole. A rule is **strict** where it
is on settled ground (`law` or `policy`) and has no exception. Two opposed strict rules contradict each other where there is
a day and a simple measure (`solving.search.witness`) on which both apply, whatever defeats either of them taken into account.

INVARIANT: no false alarm. What the search comes up with is put to the plain evaluator, and the outcomes to superiority; only
what both say is told. It may miss a contradiction that shows on intricate measures only.
"""

from collections.abc import Collection, Iterable, Iterator, MutableMapping
from datetime import date, timedelta

from consistent.engine.plain import PlainEngine
from consistent.errors import Fault, InputError
from consistent.findings.states import states
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Measure, Proposal
from consistent.model.values import Atom
from consistent.rules.compiling import compile_rules
from consistent.rules.conditions import KnownValues, tests_in
from consistent.rules.program import Clause, CompiledRule, FactLookup
from consistent.rules.rule import Rule, reached, stronger
from consistent.solving.search import FieldValues, witness

__all__ = ["Witnesses", "check_opposition"]

_HELP = "let one defeat the other, or give one an exception: for instance"


# Of two rules and all that defeat them: a measure on which both apply, or None.
Witnesses = MutableMapping[tuple[Rule, ...], Proposal | None]


def check_opposition(
    rules: Iterable[Rule],
    knowledge: Knowledge,
    about: Collection[str] | None = None,
    kept: Witnesses | None = None,
) -> None:
    """Check that no two strict rules contradict each other.

    Args:
        rules: all of them.
        knowledge: what they may name.
        about: ids; only pairs are looked at of which one is among them. All unless given.
        kept: what was found before with the same knowledge, of rules that are the same still; what is found now is noted.

    Raises:
        InputError: with every pair that does, each with a measure that shows it.
    """
    listed = tuple(rules)
    search = _Search(listed, knowledge, kept)
    faults = [
        _fault(one, other, example)
        for one, other in _opposed(listed)
        if (about is None or one.id in about or other.id in about)
        and (example := search.witness(one, other)) is not None
    ]
    if faults:
        raise InputError(faults)


def _opposed(rules: Iterable[Rule]) -> Iterator[tuple[Rule, Rule]]:
    """Strict rules of opposite verdict on one question; whether one defeats the other shows on a measure."""
    aligned: dict[tuple[str, str, str], list[Rule]] = {}
    strict = [rule for rule in rules if rule.ground != "contested" and not rule.unless]
    for rule in strict:
        if rule.verdict == "aligned":
            aligned.setdefault((rule.principle, rule.dimension, rule.scope), []).append(rule)
    for rule in strict:
        for other in (
            aligned.get((rule.principle, rule.dimension, rule.scope), ()) if rule.verdict == "conflict" else ()
        ):
            yield rule, other


class _Search:
    def __init__(self, rules: Iterable[Rule], knowledge: Knowledge, kept: Witnesses | None = None) -> None:
        self._kept = {} if kept is None else kept
        self._rules = {rule.id: rule for rule in rules}
        self._above = stronger(self._rules.values())
        self._knowledge = knowledge
        self._lookups: dict[date, FactLookup] = {}
        self._values: FieldValues = {}
        self._compiled: dict[tuple[str, date], CompiledRule | None] = {}

    def witness(self, one: Rule, other: Rule) -> Proposal | None:
        """A proposal on whose first measure, or on which, both rules apply; None where none was found."""
        concerned = (one, other, *self._with_stronger(one, other))
        if concerned not in self._kept:
            self._kept[concerned] = self._sought(one, other)
        return self._kept[concerned]

    def _sought(self, one: Rule, other: Rule) -> Proposal | None:
        for day in self._days(one, other):
            compiled = [self._alternatives(rule, day) for rule in (one, other)]
            for left in compiled[0]:
                for right in compiled[1]:
                    example = witness(left | right, self._knowledge.vocabularies, self._values)
                    if example is not None and self._both_apply(one, other, example, day):
                        return example
        return None

    def _days(self, one: Rule, other: Rule) -> Iterator[date]:
        """The first day on which both rules hold, and each later one on which a fact begins or has ended, if they ask for facts."""
        period = one.period.within(other.period)
        if period.never:
            return
        start = period.valid_from or date.min
        yield start
        if not any(map(_asks_facts, (one, other))):
            return
        held = [fact.period for facts in self._knowledge.facts.values() for fact in facts]
        edges = {period.valid_from for period in held if period.valid_from}
        edges |= {period.valid_to + timedelta(1) for period in held if period.valid_to and period.valid_to < date.max}
        yield from sorted(edge for edge in edges if edge > start and edge in period)

    def _alternatives(self, rule: Rule, day: date) -> list[Clause]:
        """The rule's condition in normal form, in a fixed order; none where it is too wide to compile."""
        key = (rule.id, day)
        if key not in self._compiled:
            try:
                self._compiled[key] = compile_rules((rule,), self._facts(day), day).rules[0]
            except InputError:
                # Told when the rule is used; it is not what is looked for here.
                self._compiled[key] = None
        compiled = self._compiled[key]
        return sorted(compiled.when, key=lambda clause: sorted(map(str, clause))) if compiled else []

    def _both_apply(self, one: Rule, other: Rule, proposal: Proposal, day: date) -> bool:
        """Whether both count, by the plain evaluator and with all that could defeat them."""
        try:
            program = compile_rules(self._with_stronger(one, other), self._facts(day), day)
        except InputError:
            return False
        settled = states(program, PlainEngine().evaluate(program, proposal))
        return all(settled[rule.id][0].outcome == "applies" for rule in (one, other))

    def _facts(self, day: date) -> FactLookup:
        if day not in self._lookups:
            self._lookups[day] = FactLookup(self._knowledge, day)
        return self._lookups[day]

    def _with_stronger(self, *rules: Rule) -> list[Rule]:
        """The rules and whatever defeats them, directly or not."""
        names = dict.fromkeys(name for rule in rules for name in reached(rule.id, self._above))
        return [self._rules[name] for name in names]


def _asks_facts(rule: Rule) -> bool:
    return any(test.scope == "fact" or isinstance(test.operand, KnownValues) for test in tests_in(rule.when))


def _fault(one: Rule, other: Rule, example: Proposal) -> Fault:
    there = other.anchor.file.location(("verdict",))
    message = (
        f"`{one.id}` says `conflict` and `{other.id}` (at {there}) says `aligned` for principle `{one.principle}`,"
        " and both can apply to one measure"
    )
    return Fault(message, one.anchor.file.location(("verdict",)), f"{_HELP} {_shown(example)}")


def _shown(example: Proposal) -> str:
    """What the proposal and its measures have, in a line, as TOML has it."""
    parts = [*_filled(example, "proposal.")]
    for number, measure in enumerate(example.measures):
        parts += _filled(measure, "measure." if number == 0 else f"{measure.id}.")
    return ", ".join(parts) or "a measure of which every field is empty"


def _filled(part: Proposal | Measure, owner: str) -> Iterator[str]:
    for name in part.names():
        value = part.value(name)
        yield from (f"{owner}{name} = {_written(atom)}" for atom in sorted(value.yes, key=str))


def _written(atom: Atom) -> str:
    return f'"{atom}"' if isinstance(atom, str) else str(atom)
