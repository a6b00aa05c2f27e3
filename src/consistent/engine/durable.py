"""durable-rules behind the engine protocol.

What the Rete network is asked is kept to what was found to be sound (`docs/background/engine.md`):

- The facts of a check are asserted twice, in two **worlds** with a session each: what is sure (answer yes) and what is
  possible (answer not no). A literal is a column of its own, negative ones too, with value 1 where it holds in that world.
  So engine rules only ever test for the presence of a 1; nothing is negated, ordered, or compared as text.
- Values that measures share are numbers of an interning table made for the check. Text, dates and amounts stay outside.
- A comparison of two fields is a column too; one with the judged measure is joined on the number of that measure, which the
  candidates have that lie so to it. What amounts come to is added up between passes.
- What needs negation or counting is decided here, between passes: first whether measure and proposal share values, then the
  questions across measures, whose answers become columns, then the conditions of the rules.
"""

import itertools
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Any
from weakref import WeakKeyDictionary

from attrs import frozen

from consistent.engine._answers import FieldQuestions, columns_of, fields_of
from consistent.engine._durable import Matches, Ruleset
from consistent.engine._network import Network
from consistent.engine.batch import Batch
from consistent.engine.worlds import RuleWorlds, Worlds, ones
from consistent.errors import EngineError
from consistent.model.proposal import Measure, Proposal
from consistent.model.values import Value
from consistent.rules.program import (
    Answer,
    Clause,
    Column,
    Compared,
    Program,
    Quantified,
    Question,
    RuleTruths,
    Shared,
    Undecided,
)
from consistent.truth import Truth

__all__ = ["DurableEngine"]

Matched = set[tuple[int, ...]]
_NOTHING: Matched = set()
_NEVER = Worlds(0, 0)
# Targets that a ruleset matched, by the columns of the proposal and of a measure, or of the proposal alone.
_Told = dict[tuple[frozenset[str], frozenset[str]], list[int]]
_ALONE: frozenset[str] = frozenset()


@frozen(eq=False)
class _Pass:
    """Questions that are put to a network before the rules are: target n of the network is the n-th column."""

    columns: tuple[Shared | Quantified, ...]
    network: Network


@frozen(eq=False)
class _Compiled:
    """The passes of a program: shared values, then quantifiers, then the conditions of rules, then their exceptions.

    Attributes:
        always: for each rule whether its condition, and each of its exceptions, has a clause that asks nothing.
    """

    fields: tuple[FieldQuestions, ...]
    compared: frozenset[Compared]
    passes: tuple[_Pass, ...]
    whens: Network
    exceptions: Network
    always: tuple[tuple[bool, tuple[bool, ...]], ...]

    @classmethod
    def of(cls, program: Program) -> "_Compiled":
        """Build the networks."""
        conditions = tuple(condition for rule in program.rules for condition in rule.conditions)
        quantified = tuple({column for clauses in conditions for column in _columns(clauses, Quantified)})
        within = [column.clauses for column in quantified]
        shared = tuple({column for clauses in (*conditions, *within) for column in _columns(clauses, Shared)})
        fields = fields_of({column for clauses in (*conditions, *within) for column in _columns(clauses, Question)})
        compared = frozenset(column for clauses in (*conditions, *within) for column in _columns(clauses, Compared))
        passes = (_Pass(shared, Network.of_shared(shared)), _Pass(quantified, Network.of_conditions(within)))
        return cls(
            fields,
            compared,
            tuple(stage for stage in passes if stage.columns),
            Network.of_conditions(tuple(rule.when for rule in program.rules)),
            Network.of_conditions(tuple(exception for rule in program.rules for exception in rule.unless)),
            tuple(
                (frozenset() in rule.when, tuple(frozenset() in exception for exception in rule.unless))
                for rule in program.rules
            ),
        )


def _columns(clauses: frozenset[Clause], kind: type[Column]) -> Iterator[Any]:
    return (
        literal.column
        for clause in clauses
        for literal in clause
        if isinstance(literal, Answer) and isinstance(literal.column, kind)
    )


class _Evaluation:
    """The evaluation of one proposal, pass by pass; holds the answers so far."""

    def __init__(
        self,
        proposal: Proposal,
        sids: Iterator[int],
        fields: Iterable[FieldQuestions] = (),
        compared: Iterable[Compared] = (),
    ) -> None:
        self._proposal = proposal
        self._sids = sids
        self._answers: dict[Column, Worlds] = {}
        for field in fields:
            field.answers.evict()
            numbers = field.numbers((proposal,), proposal.measures)
            columns = zip(field.answers.questions, *columns_of(field.answers, numbers), strict=True)
            self._answers |= {
                question: Worlds(sure, possible) if possible else _NEVER for question, sure, possible in columns
            }
        for column in compared:
            subjects = proposal.measures if column.scope == "measure" else (None,)
            self.record(column, tuple(column.answer(proposal, subject) for subject in subjects))

    def answers(self, column: Column) -> Worlds:
        """The answer for each measure, or one for the proposal."""
        if isinstance(column, Undecided):
            return Worlds.of((Truth.UNKNOWN,))
        if column not in self._answers:  # pragma: no cover  the pass before has it
            raise EngineError(f"no answer for {column}")
        return self._answers[column]

    def record(self, column: Column, answers: tuple[Truth, ...]) -> None:
        """Keep the answer that a pass gave to a column."""
        self._answers[column] = Worlds.of(answers)

    def record_never(self, column: Column) -> None:
        """Keep that the answer to a column is no everywhere."""
        self._answers[column] = _NEVER

    def run(self, network: Network, wanted: AbstractSet[int] | None = None) -> tuple[Matches, Matches]:
        """Matches that are sure, and those that are possible.

        Args:
            network: what is asked.
            wanted: targets that matter; of others there may be matches, or not. All unless given.
        """
        worlds: list[Matches] = []
        told: list[_Told] = [{} for _ in network.rulesets]
        for possible, held_where in enumerate(self._held(network)):
            matches: Matches = {}
            subjects = self._subject_columns(network, held_where, wanted)
            elements = self._element_facts(network, possible=bool(possible))
            for ruleset, told_before in zip(network.rulesets, told, strict=True):
                held = list(map(ruleset.properties.intersection, subjects))
                if not ruleset.apart:
                    facts = [_fact(number, columns) for number, columns in enumerate(held) if columns]
                    facts += [text for number, text in elements if number in ruleset.fields]
                    if facts:
                        ruleset.run(facts, str(next(self._sids)), matches)
                else:
                    self._run_apart(ruleset, held, told_before, matches)
            worlds.append(matches)
        return worlds[0], worlds[1]

    def _run_apart(self, ruleset: Ruleset, held: Sequence[frozenset[str]], told: "_Told", matches: Matches) -> None:
        """Matches of a ruleset that joins a measure with nothing but the proposal.

        What one measure matches then hangs on the columns that it has, and the proposal; so of those that have the same, in either
        world, the engine is asked once.

        Args:
            ruleset: what is asked.
            held: the columns of the proposal, and of each measure, that the ruleset tests.
            told: what the engine told before, by these; grows.
            matches: by target; grows.
        """
        of_proposal, *of_measures = held
        asked = [_ALONE, *dict.fromkeys(filter(None, of_measures))]
        asked = [columns for columns in asked if (of_proposal, columns) not in told]
        facts = [_fact(0, of_proposal)] if of_proposal else []
        facts += [_fact(number, columns) for number, columns in enumerate(asked, start=1) if columns]
        told |= {(of_proposal, columns): [] for columns in asked}
        if asked and facts:
            # Where all was told before, in the other world, nothing is left to ask.
            found: Matches = {}
            ruleset.run(facts, str(next(self._sids)), found)
            for target, subjects in found.items():
                for subject in subjects:
                    told[of_proposal, asked[subject[0] - 1] if subject else _ALONE].append(target)
        for target in told[of_proposal, _ALONE]:
            matches.setdefault(target, set()).add(())
        for number, columns in enumerate(of_measures, start=1):
            for target in told[of_proposal, columns] if columns else ():
                matches.setdefault(target, set()).add((number,))

    def _held(self, network: Network) -> tuple[dict[str, int], dict[str, int]]:
        """Where each column of a network holds, what is sure and what is possible: bit 0 for the proposal, the others for measures.

        A column that holds nowhere may be left out.
        """
        every = (1 << len(self._proposal.measures)) - 1
        sure: dict[str, int] = {}
        possible: dict[str, int] = {}
        for literal, name in network.columns.items():
            column = literal.column
            answer = self._answers.get(column) or self.answers(column)
            one, other = answer.sure, answer.possible
            if literal.positive and not other:
                continue
            is_measure = column.scope == "measure"
            if not literal.positive:
                # What is surely not so is all that is not possible.
                one, other = (bits ^ (every if is_measure else 1) for bits in (other, one))
            sure[name], possible[name] = (one << 1, other << 1) if is_measure else (one, other)
        return sure, possible

    def _subject_columns(
        self, network: Network, held: Mapping[str, int], wanted: AbstractSet[int] | None = None
    ) -> list[set[str]]:
        """For the proposal and each measure the columns that hold and may make a match."""
        columns: list[set[str]] = [set() for _ in range(len(self._proposal.measures) + 1)]
        for names, targets in network.together.items():
            # Most hold nowhere; it takes longer to tell whether they matter.
            bits = -1
            for name in names:
                bits &= held.get(name, 0)
                if not bits:
                    break
            if bits and (wanted is None or not wanted.isdisjoint(targets)):
                for number in ones(bits):
                    columns[number].update(names)
        return columns

    def _element_facts(self, network: Network, *, possible: bool) -> list[tuple[int, str]]:
        """A fact for each value that a joined field has, or may have, with the number of the field."""
        values: list[tuple[int, int, Value]] = []
        for (_, owner, name), number in network.fields.items():
            subjects: Sequence[Measure | None] = self._proposal.measures if owner == "measure" else (None,)
            first = 1 if owner == "measure" else 0
            values += [
                (number, first + index, self._proposal.value(name, subject)) for index, subject in enumerate(subjects)
            ]
        named = sorted(
            {atom for *_, value in values for atom in value.yes}, key=lambda atom: (type(atom).__name__, str(atom))
        )
        interned = dict(zip(named, _value_numbers(), strict=False))
        # What an open field may hold beyond all that is named; two open fields may share it.
        unnamed = next(itertools.islice(_value_numbers(), len(named), None))
        facts = []
        for number, subject, value in values:
            numbers = [
                interned[atom] for atom in (named if possible else value.yes) if not possible or value.may_have(atom)
            ]
            if possible and value.open:
                numbers.append(unnamed)
            facts += [(number, f'"n":{subject},"f":{number},"v":{interned_atom}') for interned_atom in numbers]
        return [*facts, *self._compared_facts(network, possible=possible)]

    def _compared_facts(self, network: Network, *, possible: bool) -> Iterator[tuple[int, str]]:
        """A comparison is joined on the judged measure: a candidate has the number of each to which it lies so, which has its own."""
        for (_, whose, join), number in network.compared.items():
            measures = tuple(enumerate(self._proposal.measures, start=1))
            for judged, measure in measures:
                against = self._proposal.value(join.judged_field, measure)
                if whose == "judged":
                    yield number, f'"n":{judged},"f":{number},"v":{judged}'
                    continue
                for candidate, other in measures:
                    truth = join.between(self._proposal.value(join.candidate_field, other), against)
                    if truth is Truth.YES or (possible and truth is Truth.UNKNOWN):
                        yield number, f'"n":{candidate},"f":{number},"v":{judged}'


def _fact(number: int, columns: Iterable[str]) -> str:
    """The inside of the fact of a subject."""
    return ",".join([f'"n":{number}', *(f'"{name}":1' for name in sorted(columns))])


def _value_numbers() -> Iterator[int]:
    return itertools.count(1)


class DurableEngine:
    """durable-rules behind the engine protocol. Each thread of each process builds networks of its own."""

    name = "durable-rules"

    def __init__(self) -> None:
        self._local = threading.local()

    most = 1

    def evaluate(self, program: Program, proposal: Proposal) -> tuple[RuleTruths, ...]:
        """What holds of each rule of the program; see `Engine`."""
        return self._batch(program, (proposal,), wholly=True).truths()

    def batch(self, program: Program, proposals: Sequence[Proposal]) -> Batch:
        """What holds of each rule, of the one proposal that it takes; see `Engine`."""
        return self._batch(program, proposals, wholly=False)

    def _batch(self, program: Program, proposals: Sequence[Proposal], *, wholly: bool) -> Batch:
        """Exceptions of rules that apply nowhere are asked for only if wholly."""
        (proposal,) = proposals
        compiled, sids = self._compiled(program)
        check = _Evaluation(proposal, sids, compiled.fields, compiled.compared)
        size = len(proposal.measures)
        for stage in compiled.passes:
            sure, possible = check.run(stage.network)
            for number, column in enumerate(stage.columns):
                if number not in possible and number not in sure and _none_is_no(column):
                    check.record_never(column)
                    continue
                matched = sure.get(number, _NOTHING), possible.get(number, _NOTHING)
                answers = _shared_answers if isinstance(column, Shared) else _quantified_answers(column, proposal)
                check.record(column, answers(*matched, size))
        sizes = [size if rule.rule.scope == "measure" else 1 for rule in program.rules]
        whens = _worlds([is_always for is_always, _ in compiled.always], check.run(compiled.whens), sizes)
        asked = [
            (is_always, subjects, wholly or bool(when.possible))
            for (_, unless_), subjects, when in zip(compiled.always, sizes, whens, strict=True)
            for is_always in unless_
        ]
        wanted = None if wholly else {number for number, (_, _, matters) in enumerate(asked) if matters}
        matches = check.run(compiled.exceptions, wanted)
        unless = iter(_worlds([exception[0] for exception in asked], matches, [exception[1] for exception in asked]))
        rules = (
            RuleWorlds(when, tuple(islice(unless, len(unless_))))
            for (_, unless_), when in zip(compiled.always, whens, strict=True)
        )
        return Batch.of_one(program, proposal, rules)

    def _compiled(self, program: Program) -> tuple[_Compiled, Iterator[int]]:
        local = self._local
        if getattr(local, "process", None) != os.getpid():
            local.process, local.programs, local.sids = os.getpid(), WeakKeyDictionary(), itertools.count(1)
        if program not in local.programs:
            made = program.made_by(self.name)
            local.programs[program] = made if isinstance(made, _Compiled) else _Compiled.of(program)
        return local.programs[program], local.sids

    def prepare(self, program: Program) -> None:
        """Note in a program the networks that checks by it take, for whoever gets it pickled; see `Program.note_made`."""
        program.note_made(self.name, _Compiled.of(program))


def _truth(sure: bool, possible: bool) -> Truth:  # noqa: FBT001  the two worlds, in order
    return Truth.YES if sure else Truth.UNKNOWN if possible else Truth.NO


def _shared_answers(sure: Matched, possible: Matched, size: int) -> tuple[Truth, ...]:
    return tuple(_truth((number,) in sure, (number,) in possible) for number in range(1, size + 1))


def _none_is_no(column: Shared | Quantified) -> bool:
    """Whether the answer to a column is no wherever nothing matches."""
    if isinstance(column, Shared):
        return True
    return column.total is None and frozenset() not in column.clauses and column.within(0, 0) is Truth.NO


def _quantified_answers(column: Quantified, proposal: Proposal) -> Callable[[Matched, Matched, int], tuple[Truth, ...]]:
    """Counts the candidates.

    A match without a candidate (the proposal alone decides), and a clause without conditions, counts for every measure; a
    match without a judged measure counts for every judged one.
    """
    always = frozenset() in column.clauses

    def candidates(matches: Matched, judged: int, size: int) -> frozenset[int]:
        if always or () in matches:
            chosen = frozenset(range(1, size + 1))
        else:
            chosen = frozenset(match[0] for match in matches if len(match) == 1 or match[1] == judged)
        return chosen - {judged} if column.others_only else chosen

    def answers(sure: Matched, possible: Matched, size: int) -> tuple[Truth, ...]:
        judges = range(1, size + 1) if column.scope == "measure" else (0,)
        if column.total is not None:
            sides = candidates(sure, 0, size), candidates(possible, 0, size)
            truths = [_truth(*(number in side for side in sides)) for number in range(1, size + 1)]
            return (column.total.truth(proposal, truths),)
        counts = ((len(candidates(sure, judged, size)), len(candidates(possible, judged, size))) for judged in judges)
        return tuple(column.within(*count) for count in counts)

    return answers


def _worlds(always: Sequence[bool], matches: tuple[Matches, Matches], sizes: Sequence[int]) -> list[Worlds]:
    """What the conditions are, each for so many subjects.

    Args:
        always: for each condition whether it holds whatever matches.
        matches: in either world, by number of the condition.
        sizes: how many subjects each has.

    Raises:
        EngineError: one is sure where it is not possible.
    """
    worlds = []
    for number, (is_always, size) in enumerate(zip(always, sizes, strict=True)):
        if not is_always and not any(number in world for world in matches):
            worlds.append(_NEVER)
            continue
        sure, possible = (_where(is_always, world.get(number, _NOTHING), size) for world in matches)
        if sure & ~possible:
            raise EngineError("durable-rules found to be so what it did not find to be possible")
        worlds.append(Worlds(sure, possible))
    return worlds


def _where(is_always: bool, matches: Matched, subjects: int) -> int:  # noqa: FBT001  as `_worlds` has it
    """Where a condition holds, of so many subjects; a match of the proposal alone counts for every one."""
    if is_always or () in matches:
        return (1 << subjects) - 1
    return sum(1 << number - 1 for (number,) in matches)
