"""The simplest proposal that meets an alternative of a compiled condition, where a search can find one.

Simple: at most one value in each field, and nobody let in where another is shut out, so that whatever is said of the
measure is said of one thing. A field that is not asked for is known to be empty, so that nothing is left open.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from attrs import evolve, frozen

from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field, Measure, Proposal
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import Vocabularies
from consistent.rules.asking import ask
from consistent.rules.program import Answer, Asked, Clause, Join, Quantified, Question, Shared
from consistent.truth import Truth

__all__ = ["witness"]

_EMPTY = Value.exactly()
# Of attributes by name; that they are values is known to their class.
_Values = dict[str, Any]
_NOTHING = Measure(id="measure", **_Values(dict.fromkeys(MEASURE_FIELDS, _EMPTY)))
# Citations that no rule is likely to ask for: what else a basis may be.
_ELSEWHERE: tuple[Atom, ...] = ("TFEU 1", "Protocol No 1")


@frozen
class _Wanted:
    """What is asked of each field, by whose it is and its name."""

    answers: Mapping[tuple[Asked, str], tuple[Answer, ...]]
    shared: tuple[Shared, ...]
    others: tuple[Quantified, ...]


def witness(clause: Clause, vocabularies: Vocabularies) -> Proposal | None:
    """A proposal whose first measure is likely to meet the clause; None where none was found.

    Quantifiers are met as far as further measures can meet them. What comes out must be put to an engine: this is a
    search for candidates, and no proof.
    """
    wanted = _read(clause)
    extra: list[Clause] = []
    for each in wanted.others:
        least = each.at_least if each.at_least is not None else 0
        part = min(each.clauses, key=lambda found: (len(found), str(sorted(map(str, found)))), default=None)
        if part is None and least:
            return None
        extra.extend([part] * least if part is not None else [])
    return _built(wanted, extra, vocabularies)


def _built(wanted: _Wanted, extra: Iterable[Clause], vocabularies: Vocabularies) -> Proposal | None:
    parts = [(_read(each), [one for one in each if isinstance(one, Join)]) for each in extra]
    asked = [wanted, *(each for each, _ in parts)]
    header = _solved("proposal", PROPOSAL_FIELDS, asked, vocabularies)
    judged = _solved("measure", MEASURE_FIELDS, asked[:1], vocabularies)
    if header is None or judged is None:
        return None
    for each in wanted.shared:
        both = [*_asked(asked, "proposal", each.proposal_field), *_asked(asked[:1], "measure", each.measure_field)]
        common = _value(MEASURE_FIELDS[each.measure_field], both, vocabularies, filled=True)
        if common is None:
            return None
        header[each.proposal_field] = judged[each.measure_field] = common
    measures = [evolve(_NOTHING, **judged)]
    for number, (part, joins) in enumerate(parts):
        values = _solved("measure", MEASURE_FIELDS, [part], vocabularies)
        if values is None:
            return None
        values |= {each.candidate_field: judged.get(each.judged_field, _EMPTY) for each in joins}
        measures.append(evolve(_NOTHING, id=f"other-{number + 1}", **values))
    if measures[0].partners.yes and measures[0].excluded_partners.yes:
        return None
    return Proposal(**_Values(dict.fromkeys(PROPOSAL_FIELDS, _EMPTY)) | header, measures=tuple(measures))


def _read(clause: Clause) -> _Wanted:
    answers: dict[tuple[Asked, str], tuple[Answer, ...]] = {}
    shared: list[Shared] = []
    others: list[Quantified] = []
    for each in clause:
        if not isinstance(each, Answer):
            continue
        match each.column:
            case Question(scope, name):
                answers[scope, name] = (*answers.get((scope, name), ()), each)
            case Shared() as column if each.positive:
                shared.append(column)
            case Quantified() as column:
                # That no more than so many are there fails once one more is.
                more = None if column.at_most is None else column.at_most + 1
                others.append(column if each.positive else evolve(column, at_least=more))
    return _Wanted(answers, tuple(shared), tuple(others))


def _asked(wanted: Iterable[_Wanted], scope: Asked, name: str) -> list[Answer]:
    return [each for one in wanted for each in one.answers.get((scope, name), ())]


def _solved(
    scope: Asked, fields: Mapping[str, Field], wanted: Iterable[_Wanted], vocabularies: Vocabularies
) -> _Values | None:
    """The values of the fields that are asked for; None where one can have none."""
    listed = list(wanted)
    found: _Values = {}
    for name in dict.fromkeys(name for each in listed for owner, name in each.answers if owner == scope):
        value = _value(fields[name], _asked(listed, scope, name), vocabularies)
        if value is None:
            return None
        found[name] = value
    return found


def _value(field: Field, answers: list[Answer], vocabularies: Vocabularies, *, filled: bool = False) -> Value | None:
    """One value, or none at all, of which the answers hold."""
    questions = [(each.column, each.positive) for each in answers if isinstance(each.column, Question)]
    candidates = chain([] if filled else [_EMPTY], map(Value.exactly, _atoms(field, questions, vocabularies)))
    return next((each for each in candidates if _fits(each, questions)), None)


def _fits(value: Value, questions: Iterable[tuple[Question, bool]]) -> bool:
    return all(ask(each.operator, each.operand, value) is Truth.of(positive) for each, positive in questions)


def _atoms(field: Field, questions: list[tuple[Question, bool]], vocabularies: Vocabularies) -> Iterator[Atom]:
    """What a field may be tried with, in a fixed order: what is asked for, what lies next to it, what lies elsewhere."""
    sets = [each.operand for each, positive in questions if positive and isinstance(each.operand, frozenset)]
    if sets:
        narrowest = min(sets, key=len)
        # Of citations a narrower one may be what the other questions ask for.
        near = frozenset().union(*sets) if field.type == "citation" else narrowest
        yield from sorted(near, key=str)
        return
    if field.type == "terms":
        yield from sorted(vocabularies[field.vocabulary].terms)
        return
    bounds = [each.operand for each, _ in questions if isinstance(each.operand, str | int | date)]
    if field.type == "text":
        start = "".join(sorted(str(each.operand) for each, yes in questions if yes and each.operator == "starts_with"))
        yield from (start, *map(str, bounds), " ".join(dict.fromkeys([start, *map(str, bounds)])), "text")
    yield from _beside(bounds)
    yield from {"citation": _ELSEWHERE, "amount": (0,), "date": (date(2025, 1, 1),)}.get(field.type, ())


def _beside(bounds: Iterable[Atom]) -> Iterator[Atom]:
    """Each number or day with its neighbours."""
    for each in bounds:
        if isinstance(each, date):
            yield from (date.fromordinal(max(1, min(each.toordinal() + by, date.max.toordinal()))) for by in (0, 1, -1))
        elif isinstance(each, int):
            yield from (each, each + 1, each - 1)
