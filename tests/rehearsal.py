"""A scripted analyst: answers whatever an interview asks from a reading that was made by hand, and counts the answers."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomli
from attrs import define, evolve, field, frozen
from benchmarks.reading import FOLDER, REAL, covering, listed

from consistent.checker import KnowledgeBase
from consistent.documents.reading import read_document
from consistent.drafting.draft import draft_of
from consistent.findings.case import Case
from consistent.inquiries.edits import Edit, apply, field_of
from consistent.inquiries.interview import taking
from consistent.inquiries.interview.act_questions import (
    ActQuestion,
    Basis,
    FieldValue,
    FieldValues,
    Judgement,
    Judgements,
    NearWords,
    NotFound,
    NotFounds,
    WhichProvisions,
)
from consistent.inquiries.interview.field_answers import field_answered, fields_answered
from consistent.inquiries.interview.interview import interview
from consistent.inquiries.interview.replying import Places
from consistent.inquiries.questions.pending import Key
from consistent.model.evidence import Evidence
from consistent.model.proposal import COMMON, Measure, Proposal
from consistent.model.recorded import LookedFor
from consistent.model.values import Atom, Value
from consistent.toml.proposals import proposal_to_data
from consistent.toml.tomlfile import TomlFile
from tests.properties.random_packs import FIELDS

__all__ = ["SITTINGS", "Analyst", "Reading", "as_read", "reading_of", "rehearse", "sitting"]

# What a row has beside the words of a field: told by the context, or by law; and right where it is given, but not asked for.
_BESIDE = ("{}_context", "{}_implied")
# Those of documents that were annotated; random packs have fields of their own besides.
_FIELDS = [name for name, about in COMMON.measure.items() if about.type == "terms"]
_EVERY = [name for name, about in FIELDS.measure.items() if about.type == "terms"]
_SIGNATURE = taking.Signature(by="analyst", on=dt.date(2026, 1, 1))
# Invented acts, and readings of them.
SITTINGS = Path(__file__).parent / "sittings"
# More answers than this nobody gives.
_MOST = 80


@frozen
class Reading:
    """What is true of an act.

    Attributes:
        drafted: the proposal as a reader leaves it.
        there: terms that each measure has, by its id and field.
        known: what there is in fields without terms and of the act itself, by the id of the measure and the field.
    """

    drafted: Proposal
    there: Mapping[str, Mapping[str, frozenset[str]]]
    known: Mapping[Key, Sequence[Atom]] = field(factory=dict)

    def complete(self) -> Proposal:
        """The proposal as the reading has it: all of it known."""

        def known(measure: Measure) -> Measure:
            values: dict[str, Any] = {name: Value.exactly(*terms) for name, terms in self.there[measure.id].items()}
            return evolve(measure, **values, hints=())

        whole = evolve(self.drafted, measures=tuple(map(known, self.drafted.measures)), looked_for=())
        return apply(whole, [Edit(*key, Value.exactly(*atoms)) for key, atoms in self.known.items()])

    def said(self, key: Key) -> str | None:
        """What a person would type of a field; None where the reading does not tell."""
        atoms = self.known.get(key)
        if atoms is None:
            return None
        single = field_of(*key, COMMON).single
        return ", ".join(map(str, atoms)) or "none" if single else ", ".join([*map(str, atoms), "that is all"])


def sitting(kb: KnowledgeBase, name: str) -> Reading:
    """The reading of an invented act, made by hand: `tests/sittings/readings`."""
    data = tomli.loads((SITTINGS / "readings" / f"{name}.toml").read_text("utf-8"))
    document = read_document(SITTINGS / data["document"])
    drafted = draft_of(document, kb.knowledge.vocabularies, as_proposal=True).drafted
    places = Places(drafted)
    there: dict[str, dict[str, set[str]]] = {
        measure.id: {name: set() for name in _FIELDS} for measure in drafted.measures
    }
    read = set()
    for row in data["provision"]:
        for measure in {id for place in _paragraphs(row["at"]) for id in places.of(place)}:
            read.add(measure)
            for about in _FIELDS:
                vocabulary = kb.knowledge.vocabularies[FIELDS.measure[about].vocabulary]
                there[measure][about] |= {term for term in listed(row.get(about)) if term in vocabulary}
    assert read == there.keys()
    ends = {places.of(place)[0]: day for place, day in data["ends"].items()}
    # What is drafted of the act itself is so, and more; of a basis the reading says which part is meant.
    known: dict[Key, Sequence[Atom]] = {
        (None, about): data["act"].get(about, sorted(map(str, drafted.value(about).yes)))
        for about in ("legal_basis", "vote", "end_of_application")
    }
    known[None, "statements"] = [*sorted(map(str, drafted.statements.yes)), *data["act"].get("statements", ())]
    known |= {(measure, "ends"): [ends[measure]] if measure in ends else [] for measure in there}
    return Reading(
        drafted, {id: {name: frozenset(terms) for name, terms in of.items()} for id, of in there.items()}, known
    )


def _paragraphs(reference: str) -> list[str]:
    """Each paragraph that a provision is made of: `Article 5(1, 2)` of two."""
    head, bracket, inside = reference.partition("(")
    return [f"{head}({number.strip()})" for number in inside.rstrip(")").split(",")] if bracket else [reference]


def reading_of(kb: KnowledgeBase, *names: str) -> Reading:
    """The reading that annotations of a document make, with what its draft has that they allow."""
    files = [tomli.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in names]
    document = read_document(REAL / files[0]["document"])
    draft = draft_of(document, kb.knowledge.vocabularies, as_proposal=True)
    rows = [(row, frozenset(file.get("also", ()))) for file in files for row in file["measure"]]
    of_measure: dict[int, list[tuple[Mapping[str, Any], frozenset[str]]]] = {}
    for row, indexes in zip(rows, covering([row for row, _ in rows], document, draft.candidates), strict=True):
        for index in indexes:
            of_measure.setdefault(index, []).append(row)
    there = {
        measure.id: {name: _true(name, measure_value(measure, name), of_measure.get(index, ())) for name in _FIELDS}
        for index, measure in enumerate(draft.drafted.measures)
    }
    return Reading(draft.drafted, there)


def measure_value(measure: Any, name: str) -> frozenset[str]:
    """The terms that a draft gives a field of a measure."""
    return frozenset(map(str, measure.value(name).yes))


def _true(
    name: str, drafted: frozenset[str], rows: Sequence[tuple[Mapping[str, Any], frozenset[str]]]
) -> frozenset[str]:
    asked = {
        term
        for row, _ in rows
        for key in (name, *(form.format(name) for form in _BESIDE))
        for term in listed(row.get(key))
    }
    allowed = {term for row, everywhere in rows for term in (*listed(row.get("also")), *everywhere)}
    found = asked | (drafted & allowed)
    # Of a field with one value that of most rows; a drafted one where the rows allow it.
    if FIELDS.measure[name].single and len(found) > 1:
        return frozenset(sorted(drafted & found)[:1] or sorted(found)[:1])
    return frozenset(found)


def as_read(
    whole: Proposal,
    left_out: Collection[tuple[str, str, str]],
    hinted: Collection[tuple[str, str, str]],
    terms: Mapping[str, Sequence[str]],
) -> Reading:
    """A reading of which a reader found only a part.

    Args:
        whole: all of which is known.
        left_out: the values that the reader did not find: measure, field, term.
        hinted: of those the ones for which it had found words.
        terms: what it looked for, by field.
    """
    # Shipped packs have none of the fields of random ones.
    names = [name for name in _EVERY if name in COMMON.measure or name in terms]
    there = {measure.id: {name: measure_value(measure, name) for name in names} for measure in whole.measures}

    def read(measure: Measure) -> Measure:
        values: dict[str, Any] = {}
        evidence = [("reference", Evidence("D", measure.id, span=(0, 9), confirmed=False))]
        for name in terms:
            found = sorted(term for term in there[measure.id][name] if (measure.id, name, term) not in left_out)
            closed = FIELDS.measure[name].single and found
            values[name] = Value(yes=frozenset(found), open=not closed)
            evidence += [
                (name, Evidence("D", measure.id, value="" if closed else term, confirmed=False)) for term in found
            ]
        hints = tuple(
            (name, Evidence("D", measure.id, value=term, quote=term))
            for id, name, term in sorted(hinted)
            if id == measure.id
        )
        return evolve(measure, **values, evidence=tuple(sorted(evidence, key=lambda pair: pair[0])), hints=hints)

    looked = tuple(LookedFor(field=name, terms=tuple(each)) for name, each in terms.items())
    return Reading(evolve(whole, measures=tuple(map(read, whole.measures)), looked_for=looked), there)


@define
class Analyst:
    """Somebody who knows the reading and nothing else.

    Attributes:
        answers: how many were given, and of which kind.
        asked: the terms that were asked for, in the order of the questions.
    """

    reading: Reading
    kb: KnowledgeBase
    answers: list[str] = field(factory=list)
    asked: list[tuple[str, tuple[str, ...]]] = field(factory=list)

    def answer(self, question: ActQuestion, data: dict[str, Any], case: Case) -> dict[str, Any]:
        """The file after an answer."""
        self.answers.append(type(question).__name__)
        there = self.reading.there
        match question:
            case WhichProvisions():
                terms = [term for term, _ in question.terms]
                self.asked.append((question.field, tuple(terms)))
                chosen = {
                    measure: sorted(held[question.field] & self._below(question.field, *terms))
                    for measure, held in there.items()
                }
                return taking.provisions(data, question, chosen, _SIGNATURE, self.kb.knowledge.vocabularies)
            case NearWords():
                for near in question.near:
                    self.asked.append((near.field, (near.term,)))
                right = {
                    (near.measure, near.field, near.term)
                    for near in question.near
                    if there[near.measure][near.field] & self._below(near.field, near.term)
                }
                return taking.near(data, question, right, _SIGNATURE, self.kb.knowledge.vocabularies)
            case NotFound() | NotFounds():
                for part in [question] if isinstance(question, NotFound) else question.parts:
                    self.asked.append((part.field, tuple(sought.term for sought in part.sought)))
                    elsewhere = dict(self._elsewhere(part, case))
                    data = taking.nowhere_else(data, part, elsewhere, _SIGNATURE, self.kb.knowledge.vocabularies)
                return data
            case Basis():
                wrong = {
                    (measure, resting.field, resting.term)
                    for resting in question.resting
                    for measure, _, _ in resting.places
                    if resting.term not in there[measure][resting.field]
                }
                return taking.rests_on(data, question, wrong, self.kb.knowledge.vocabularies)
            case Judgement() | Judgements():
                for point in [question] if isinstance(question, Judgement) else question.points:
                    in_order = dict.fromkeys((finding.measure for finding in point.findings), True)
                    data = taking.judged(data, point, in_order, case, _SIGNATURE, reason="so read")
                return data
            case FieldValue(question=asked):
                # What the reading does not say stays open.
                said = self.reading.said(asked.key)
                return data if said is None else field_answered(data, asked, said, case, _SIGNATURE.by)
            case FieldValues(questions=each):
                texts = {one.measure or "": said for one in each if (said := self.reading.said(one.key)) is not None}
                return fields_answered(data, question, texts, case, _SIGNATURE.by)

    def _below(self, name: str, *terms: str) -> frozenset[str]:
        return self.kb.knowledge.vocabularies[FIELDS.measure[name].vocabulary].narrower(terms)

    def _elsewhere(self, question: NotFound, case: Case) -> Iterator[tuple[str, list[str]]]:
        """Terms that the act has where the file does not have them, with those measures."""
        name = question.field
        held = {measure.id: measure_value(measure, name) for measure in case.proposal.measures}
        for term in sorted(self._below(name, *(sought.term for sought in question.sought))):
            lacking = [id for id, there in self.reading.there.items() if term in there[name] and term not in held[id]]
            if lacking:
                yield term, lacking


def rehearse(kb: KnowledgeBase, reading: Reading) -> tuple[Analyst, Case]:
    """Answer until nothing is asked any more."""
    analyst, data = Analyst(reading, kb), proposal_to_data(reading.drafted)
    skipped: set[tuple[str, ...]] = set()
    while len(analyst.answers) < _MOST:
        case = kb.case(kb.read_file(TomlFile.of_dict(data)), engine="columns")
        left = interview(case, skipped)
        if not left.questions:
            break
        question, before = left.questions[0], data
        data = analyst.answer(question, data, case)
        if data == before:
            skipped.add(question.key)
    return analyst, kb.case(kb.read_file(TomlFile.of_dict(data)), engine="columns")
