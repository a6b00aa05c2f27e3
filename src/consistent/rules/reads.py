"""What a rule reads: as written, which fields and facts it names; compiled, which questions it puts to which field.

The written rule is what two versions of a pack are compared by; the compiled one is what a change of a proposal is weighed by,
since only there facts are joined and terms are closed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from attrs import frozen

from consistent.model.values import Atom, Value
from consistent.rules.conditions import Condition, Count, FactExists, KnownValues, Named, Other, Reference, Test, walk
from consistent.rules.program import Answer, Clause, Compared, Join, Program, Quantified, Question, Shared, Subject
from consistent.rules.rule import Rule, reached, stronger
from consistent.truth import Truth

__all__ = [
    "Questions",
    "Readings",
    "Reads",
    "counts_measures",
    "differs",
    "fields_read",
    "kinds_read",
    "matters",
    "readings",
    "reads_of",
    "sets_asked",
]


# As written.


@frozen
class Reads:
    """All that a rule as written looks at, with the rules that can defeat it.

    Attributes:
        rules: itself, and those that defeat it, or defeat those.
        fields: of measures or of the proposal.
        kinds: of fact.
        vocabularies: whose order of terms counts.
        concepts: that it names, or that these rest on.
        counts: whether it looks at other measures than the judged one.
    """

    rules: frozenset[str]
    fields: frozenset[str]
    concepts: frozenset[str]
    kinds: frozenset[str]
    vocabularies: frozenset[str]
    counts: bool


def kinds_read(rule: Rule) -> frozenset[str]:
    """The kinds of fact that a rule as written looks at, by itself."""
    return _kinds_in(node for condition in rule.conditions for node in walk(condition))


def _kinds_in(nodes: Iterable[Condition]) -> frozenset[str]:
    asked = ((node.kind if isinstance(node, FactExists) else _kind_known(node)) for node in nodes)
    return frozenset(filter(None, asked))


def _kind_known(node: Condition) -> str:
    """Of a test for what facts of a kind have in a field, that kind; empty for all else."""
    test = node.total if isinstance(node, Count) else node
    return test.operand.kind if isinstance(test, Test) and isinstance(test.operand, KnownValues) else ""


def reads_of(name: str, versions: Sequence[Mapping[str, Rule]]) -> Reads:
    """What a rule looks at in any of the versions in which it is there.

    Args:
        name: the id of the rule.
        versions: of the rules of a pack, by id.
    """
    above = stronger(rule for rules in versions for rule in rules.values())
    names = reached(name, above)
    held = [rules[above_it] for above_it in names for rules in versions if above_it in rules]
    nodes = [node for rule in held for condition in rule.conditions for node in walk(condition)]
    tests = [node for node in nodes if isinstance(node, Test)]
    tests += [node.total for node in nodes if isinstance(node, Count) and node.total is not None]
    referred = [test.operand.field for test in tests if isinstance(test.operand, Reference)]
    fields = [*(test.field for test in tests), *referred]
    return Reads(
        rules=frozenset(names),
        fields=frozenset(field.name for field in fields),
        kinds=_kinds_in(nodes),
        concepts=frozenset(node.concept.id for node in nodes if isinstance(node, Named)),
        vocabularies=frozenset(field.vocabulary for field in fields if field.type == "terms"),
        counts=any(isinstance(node, Other | Count) for node in nodes),
    )


# Compiled.

# Whose field it is: the judged measure's, the proposal's, or that of any measure, through `other` and `count`.
Owner = Literal["measure", "proposal", "others"]
# The questions that are put to each field; None for one that compares the field as a whole.
Questions = Mapping[str, frozenset[Question | None]]


class _Read(NamedTuple):
    """One thing that clauses read; no question where the field is compared as a whole."""

    owner: Owner
    field: str
    question: Question | None = None

    @property
    def key(self) -> tuple[Subject, str]:
        """Whose field it is, as questions have it."""
        return "proposal" if self.owner == "proposal" else "measure", self.field


@frozen
class Readings:
    """What a compiled rule reads.

    Attributes:
        own: fields of the judged measure.
        header: the same of the proposal.
        others: the same of any measure, through `other` and `count`.
        counts: whether it looks at the measures together.
    """

    own: Questions
    header: Questions
    others: Questions
    counts: bool

    def merged(self, more: Iterable["Readings"]) -> "Readings":
        """What this rule and others read together."""
        listed = (self, *more)
        return Readings(
            own=_union(read.own for read in listed),
            header=_union(read.header for read in listed),
            others=_union(read.others for read in listed),
            counts=any(read.counts for read in listed),
        )


def readings(program: Program) -> dict[str, Readings]:
    """What each rule reads, by its id."""
    return {compiled.rule.id: _readings(tuple(compiled.conditions)) for compiled in program.rules}


def _readings(conditions: Sequence[frozenset[Clause]]) -> Readings:
    reads = [read for clauses in conditions for read in _read(clauses)]

    def of(owner: Owner) -> Questions:
        return _grouped((read.field, read.question) for read in reads if read.owner == owner)

    return Readings(of("measure"), of("proposal"), of("others"), any(map(counts_measures, conditions)))


def matters(questions: frozenset[Question | None], touched: Value, *, is_open: bool) -> bool:
    """Whether a change of these atoms can change the answer to one of the questions.

    Args:
        questions: to one field.
        touched: exactly the atoms that come or go.
        is_open: whether the field may have others too.
    """
    return any(question is None or _matters(question, touched, is_open=is_open) for question in questions)


def differs(questions: frozenset[Question | None], before: Value, after: Value) -> bool:
    """Whether the answer to one of the questions can be another for one value than for the other."""
    touched = Value.exactly(*((before.yes ^ after.yes) | (before.no ^ after.no)))
    return before.open != after.open or matters(questions, touched, is_open=before.open)


def _matters(question: Question, touched: Value, *, is_open: bool) -> bool:
    operand = question.operand
    if not isinstance(operand, frozenset):
        return True
    if question.operator == "any":
        return touched.has_any(operand) is not Truth.NO
    return is_open or touched.has_only(operand) is not Truth.YES


# What `Proposal.value` reads where a field of a measure is not stated.
_STANDING_IN: Mapping[tuple[Subject, str], Sequence[tuple[Subject, str]]] = {
    ("measure", "legal_basis"): [("proposal", "legal_basis")],
    ("measure", "temporal_effect"): [("measure", "starts"), ("proposal", "date"), ("proposal", "entry_into_force")],
}


def fields_read(conditions: Iterable[Iterable[Clause]]) -> frozenset[tuple[Subject, str]]:
    """The fields whose values conditions depend on."""
    keys = {read.key for clauses in conditions for read in _read(clauses)}
    return frozenset(keys.union(*(_STANDING_IN.get(key, ()) for key in keys)))


def counts_measures(clauses: Iterable[Clause]) -> bool:
    """Whether a quantifier stands among the clauses, so that one more measure can matter."""
    return any(
        isinstance(literal, Answer) and isinstance(literal.column, Quantified)
        for clause in clauses
        for literal in clause
    )


def sets_asked(clauses: Iterable[Clause], key: tuple[Subject, str]) -> Iterator[frozenset[Atom]]:
    """The sets that clauses look for in a field, inside quantifiers too."""
    for read in _read(clauses):
        match read.question:
            case Question(_, _, "any", frozenset() as operand) if read.key == key:
                yield operand
            case _:
                pass


def _read(clauses: Iterable[Clause], measure: Owner = "measure") -> Iterator[_Read]:
    """Everything that clauses read; `measure` says whose fields those of a measure are."""
    for literal in (literal for clause in clauses for literal in clause):
        match literal:
            case Join(candidate_field, judged_field):
                yield _Read("others", candidate_field)
                yield _Read("measure", judged_field)
            case Answer(Question() as question):
                yield _Read(measure if question.scope == "measure" else "proposal", question.field, question)
            case Answer(Shared(measure_field, proposal_field)):
                yield _Read(measure, measure_field)
                yield _Read("proposal", proposal_field)
            case Answer(Compared() as column):
                for owner, name in (column.own, column.other):
                    yield _Read(measure if owner == "measure" else "proposal", name)
            case Answer(Quantified() as column):
                yield from _read(column.clauses, "others")
                if column.total is not None:
                    yield _Read("others", column.total.field)
                    if isinstance(column.total.operand, Reference):
                        yield _Read("proposal", column.total.operand.field.name)


def _grouped(pairs: Iterable[tuple[str, Question | None]]) -> Questions:
    grouped: dict[str, set[Question | None]] = {}
    for field, question in pairs:
        grouped.setdefault(field, set()).add(question)
    return {field: frozenset(questions) for field, questions in grouped.items()}


def _union(listed: Iterable[Questions]) -> Questions:
    return _grouped(
        (field, question) for by_field in listed for field, questions in by_field.items() for question in questions
    )
