"""From a compiled pack and proposals to flat tables.

What the language of some engine cannot say is decided beforehand, for all engines alike, and not timed: counts over measures,
values that measure and proposal share, which citations lie within others for `only`, parts of texts. Facts are joined into the
rules already, as `consistent` does it: the best form for every engine, since facts do not change from proposal to proposal.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from benchmarks.engines.flat import Clauses, Compare, Empty, Flag, FlatRule, Has, Kind, Only, Part, Row, Table, Test

from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field, Measure, Proposal
from consistent.model.values import Value
from consistent.rules.program import (
    Answer,
    Clause,
    Column,
    Compared,
    CompiledRule,
    Join,
    Program,
    Quantified,
    Question,
    Shared,
)
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = ["Undecidable", "tables_of"]

_SIGNS = {"over": ">", "at_least": ">=", "under": "<", "at_most": "<="}


class Undecidable(Exception):  # noqa: N818  not a fault
    """Something about the proposal is unknown, which only `consistent` can say."""


def tables_of(program: Program, proposals: Sequence[Proposal]) -> tuple[Table, ...]:
    """The table of measures and that of whole proposals; the latter only if rules judge these.

    Raises:
        Undecidable: something that a rule asks is not known of a proposal.
    """
    made = (_table(program, proposals, scope) for scope in ("measure", "proposal"))
    return tuple(each for each in made if each.rules)


def _table(program: Program, proposals: Sequence[Proposal], scope: str) -> Table:
    rules = _strongest_first([each for each in program.rules if each.rule.scope == scope])
    numbers = {each.rule.id: number for number, each in enumerate(rules)}
    stronger: dict[str, list[int]] = {}
    for each in rules:
        for weaker in each.rule.defeats:
            stronger.setdefault(weaker, []).append(numbers[each.rule.id])
    columns = _Columns()
    flat = tuple(
        FlatRule(
            each.rule.id,
            columns.clauses(each.when),
            tuple(clause for unless in each.unless for clause in columns.clauses(unless)),
            tuple(stronger.get(each.rule.id, ())),
        )
        for each in rules
    )
    rows = tuple(row for each in proposals for row in columns.rows(each, scope))
    sizes = {len(each.measures) for each in proposals} if scope == "measure" else {1}
    (per_proposal,) = sizes or {1}
    return Table(kinds=columns.kinds, rules=flat, rows=rows, per_proposal=per_proposal, whole=scope == "proposal")


def _strongest_first(rules: Sequence[CompiledRule]) -> list[CompiledRule]:
    by_id = {each.rule.id: each for each in rules}
    order: dict[str, CompiledRule] = {}

    def place(each: CompiledRule) -> None:
        for other in rules:
            if each.rule.id in other.rule.defeats and other.rule.id not in order:
                place(other)
        order[each.rule.id] = each

    for each in by_id.values():
        if each.rule.id not in order:
            place(each)
    return list(order.values())


class _Columns:
    """Which fields rows need, learnt from the rules."""

    def __init__(self) -> None:
        self.kinds: dict[str, Kind] = {}
        self._fields: dict[str, tuple[str, Field]] = {}
        self._flags: dict[Column, str] = {}

    def clauses(self, clauses: Iterable[Clause]) -> Clauses:
        """The same in flat terms, in an order that does not change from run to run."""
        flat = (
            tuple(sorted((Part(self._test(each.column), each.positive) for each in clause if isinstance(each, Answer)), key=repr))
            for clause in clauses
        )  # fmt: skip
        return tuple(sorted(flat, key=repr))

    def _test(self, column: Column) -> Test:
        if not isinstance(column, Question):
            return self._flag(column)
        of = MEASURE_FIELDS if column.scope == "measure" else PROPOSAL_FIELDS
        field = of[column.field]
        name = f"{column.scope[0]}_{column.field}"
        if column.operator in _SIGNS:
            bound = column.operand.toordinal() if isinstance(column.operand, date) else column.operand
            # What has no number is given 0: no bound from above may ask for it.
            if column.operator in {"over", "at_least"} and isinstance(bound, int) and bound > 0:
                self._field(name, column.scope, field, "number")
                return Compare(name, _SIGNS[column.operator], bound)  # type: ignore[arg-type]  # a literal
            return self._flag(column)
        several = not field.single
        if column.operator == "empty" and several:
            self._field(name, column.scope, field, "set")
            return Empty(name)
        if isinstance(column.operand, frozenset) and all(isinstance(each, str) for each in column.operand):
            atoms = tuple(sorted(str(each) for each in column.operand))
            # Rows have each citation with all that contain it, so that texts can be compared as they are.
            if column.operator == "any":
                self._field(name, column.scope, field, "set" if several else "one")
                return Has(name, atoms)
            if several and field.type != "citation":
                self._field(name, column.scope, field, "set")
                return Only(name, atoms)
        return self._flag(column)

    def _field(self, name: str, scope: str, field: Field, kind: Kind) -> None:
        self.kinds[name] = kind
        self._fields[name] = (scope, field)

    def _flag(self, column: Column) -> Flag:
        name = self._flags.setdefault(column, f"f{len(self._flags)}")
        self.kinds[name] = "flag"
        return Flag(name)

    def rows(self, proposal: Proposal, scope: str) -> list[Row]:
        """A row for each measure, or one for the whole."""
        subjects: Sequence[Measure | None] = proposal.measures if scope == "measure" else (None,)
        return [self._row(proposal, each) for each in subjects]

    def _row(self, proposal: Proposal, measure: Measure | None) -> Row:
        row: dict[str, tuple[str, ...] | str | int | bool] = {}
        for name, (scope, field) in self._fields.items():
            value = proposal.value(field.name, measure if scope == "measure" else None)
            row[name] = _cell(value, self.kinds[name])
        for column, name in self._flags.items():
            row[name] = _decided(_answer(column, proposal, measure), column)
        return row


def _cell(value: Value, kind: Kind) -> tuple[str, ...] | str | int:
    if value.open:
        raise Undecidable(str(value))
    if kind == "number":
        number = next(iter(value.yes), 0)
        return number.toordinal() if isinstance(number, date) else int(number)
    texts = sorted({wider for each in value.yes for wider in (str(each), *broader_citations(str(each)))})
    return tuple(texts) if kind == "set" else next(iter(texts), "")


def _decided(truth: Truth, column: Column) -> bool:
    if truth is Truth.UNKNOWN:
        raise Undecidable(str(column))
    return truth is Truth.YES


def _answer(column: Column, proposal: Proposal, measure: Measure | None) -> Truth:
    match column:
        case Question() | Compared():
            return column.answer(proposal, measure)
        case Shared():
            return proposal.value(column.measure_field, measure).shares(proposal.value(column.proposal_field))
        case Quantified():
            among = [each for each in proposal.measures if not column.others_only or each is not measure]
            counted = sum(_holds(column.clauses, proposal, each, measure) for each in among)
            return column.within(counted, counted)
        case _:
            return Truth.UNKNOWN


def _holds(clauses: Iterable[Clause], proposal: Proposal, candidate: Measure, judged: Measure | None) -> bool:
    return any(all(_part(each, proposal, candidate, judged) for each in clause) for clause in clauses)


def _part(part: Answer | Join, proposal: Proposal, candidate: Measure, judged: Measure | None) -> bool:
    if isinstance(part, Answer):
        return _decided(_answer(part.column, proposal, candidate), part.column) is part.positive
    mine = proposal.value(part.candidate_field, candidate)
    return mine.shares(proposal.value(part.judged_field, judged)) is Truth.YES
