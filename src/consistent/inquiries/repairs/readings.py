"""Which fields a rule reads, and which atoms of them can make a difference to it."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from consistent.model.values import Value
from consistent.rules.program import Answer, Clause, CompiledRule, Join, Program, Quantified, Question, Shared
from consistent.truth import Truth

__all__ = ["Asked", "Readings", "differs", "matters", "readings"]

# The questions that are put to each field; None for one that compares the field as a whole.
Asked = Mapping[str, frozenset[Question | None]]


@frozen
class Readings:
    """What a rule reads.

    Attributes:
        own: fields of the judged measure.
        header: the same of the proposal.
        others: the same of any measure, through `other` and `count`.
        counts: whether it looks at the measures together.
    """

    own: Asked
    header: Asked
    others: Asked
    counts: bool

    def merged(self, more: Iterable["Readings"]) -> "Readings":
        """What this rule and others read together."""
        listed = (self, *more)
        return Readings(
            own=_union(each.own for each in listed),
            header=_union(each.header for each in listed),
            others=_union(each.others for each in listed),
            counts=any(each.counts for each in listed),
        )


def matters(asked: frozenset[Question | None], touched: Value, *, is_open: bool) -> bool:
    """Whether a change of these atoms can change the answer to one of the questions.

    Args:
        asked: the questions.
        touched: exactly the atoms that come or go.
        is_open: whether the field may have others too.
    """
    return any(each is None or _matters(each, touched, is_open=is_open) for each in asked)


def differs(asked: frozenset[Question | None], before: Value, after: Value) -> bool:
    """Whether the answer to one of the questions can be another for one value than for the other."""
    touched = Value.exactly(*((before.yes ^ after.yes) | (before.no ^ after.no)))
    return before.open != after.open or matters(asked, touched, is_open=before.open)


def _matters(question: Question, touched: Value, *, is_open: bool) -> bool:
    operand = question.operand
    if not isinstance(operand, frozenset):
        return True
    if question.operator == "any":
        return touched.has_any(operand) is not Truth.NO
    return is_open or touched.has_only(operand) is not Truth.YES


def readings(program: Program) -> dict[str, Readings]:
    """What each rule reads, by its id."""
    return {each.rule.id: _of(each) for each in program.rules}


def _of(compiled: CompiledRule) -> Readings:
    found: dict[str, list[tuple[str, Question | None]]] = {"measure": [], "proposal": [], "others": []}
    counts = False
    for owner, name, asked in (each for clauses in compiled.conditions for each in _read(clauses, "measure")):
        counts = counts or owner == "counts"
        found.setdefault(owner, []).append((name, asked))
    return Readings(
        own=_grouped(found["measure"]),
        header=_grouped(found["proposal"]),
        others=_grouped(found["others"]),
        counts=counts,
    )


def _read(clauses: frozenset[Clause], measure: str) -> Iterator[tuple[str, str, Question | None]]:
    """Owner, field and question of everything that clauses read; `measure` says whose fields those of a measure are."""
    for part in (each for clause in clauses for each in clause):
        match part:
            case Join(candidate_field, judged_field):
                yield "others", candidate_field, None
                yield "measure", judged_field, None
            case Answer(Question() as question):
                yield measure if question.scope == "measure" else "proposal", question.field, question
            case Answer(Shared(measure_field, proposal_field)):
                yield measure, measure_field, None
                yield "proposal", proposal_field, None
            case Answer(Quantified() as column):
                yield "counts", "", None
                yield from _read(column.clauses, "others")


def _grouped(pairs: Iterable[tuple[str, Question | None]]) -> Asked:
    found: dict[str, set[Question | None]] = {}
    for name, asked in pairs:
        found.setdefault(name, set()).add(asked)
    return {name: frozenset(each) for name, each in found.items()}


def _union(listed: Iterable[Asked]) -> Asked:
    return _grouped((name, each) for one in listed for name, asked in one.items() for each in asked)
