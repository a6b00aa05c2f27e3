"""What a reader looked for and did not find is presumed not to be there: `presumed`.

A draft is checked twice: as it stands, where all that it does not say is unknown, and with what was looked for and not found
taken for absent. A rule that is open in the first and silent in the second is *presumed not to apply*: it needs something
that nobody found. Whatever else the second check would say does not count: an exception that was not found does not make
a finding. So a presumption only ever takes away what is open, and never makes, ends or turns what is found.

Nothing is presumed of a measure that no reader had before it, of a field in which it did not look, and of a term that words of
the measure may speak of (`Measure.hints`). Where a person stands for it that a term is nowhere else, it is known
(`confirmed`).

How far the words of a text go is told by a third look (`as_found`): what would hold if all that was found were in it, and nothing else
but what words may speak of. It decides nothing; it ranks what is open.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from attrs import evolve

from consistent.model.proposal import Measure, Proposal, fields_in
from consistent.model.recorded import LookedFor
from consistent.model.values import Value
from consistent.model.vocabulary import Vocabularies, Vocabulary

__all__ = ["SAID_WIDELY", "as_found", "closed", "confirmed", "presumed"]

# Types of fields of an act that are not there where nothing is said.
_LEFT_OUT = frozenset({"terms", "amount"})
# What stands in recitals and citations; all other statements are in a memorandum, of which a text without one says nothing.
_OF_PREAMBLE = frozenset({"reasons", "required-opinions"})
# Whom a text lets in or shuts out, it often says with a word wider than what a rule asks for.
SAID_WIDELY = frozenset({"partners", "excluded_partners"})


def confirmed(proposal: Proposal, vocabularies: Vocabularies) -> Proposal:
    """The proposal with what a person says is nowhere else taken for absent, in every measure."""
    return _without(proposal, vocabularies, [reading for reading in proposal.looked_for if reading.by], by_person=True)


def presumed(proposal: Proposal, vocabularies: Vocabularies) -> Proposal | None:
    """The proposal with what was looked for and not found taken for absent; None where nothing is to be presumed."""
    readings = [reading for reading in proposal.looked_for if not reading.by]
    return _without(proposal, vocabularies, readings, by_person=False) if readings else None


def as_found(proposal: Proposal, vocabularies: Vocabularies) -> Proposal | None:
    """The proposal as if nothing were in it but what a reader found, and unknown only what words may speak of.

    Of whom a wide word names, any that is below it is there. Who shuts out third countries shuts out each of them.

    Returns:
        None where no reader had it before it.
    """
    if all(reading.by for reading in proposal.looked_for):
        return None
    fields = fields_in(vocabularies)
    names = {name: vocabularies[about.vocabulary] for name, about in fields.measure.items() if about.type == "terms"}
    known = {name: frozenset(vocabulary.terms) for name, vocabulary in names.items()}

    def found(measure: Measure) -> Measure:
        wide: dict[str, Any] = {
            name: Value(value.yes | names[name].narrower(map(str, value.yes)), open=True)
            for name in SAID_WIDELY & names.keys()
            if (value := measure.value(name)).open and value.yes
        }
        return _changed(evolve(measure, **wide) if wide else measure, known, vocabularies, by_person=False)

    of_act: dict[str, Any] = {
        name: Value.exactly(*value.yes)
        for name, about in fields.proposal.items()
        if about.type in _LEFT_OUT and (value := proposal.value(name)).open
    }
    if proposal.statements.yes <= _OF_PREAMBLE and not proposal.statements.no:
        of_act.pop("statements", None)
    return evolve(proposal, **of_act, measures=tuple(found(one) if one.was_read else one for one in proposal.measures))


def _without(
    proposal: Proposal, vocabularies: Vocabularies, readings: Iterable[LookedFor], *, by_person: bool
) -> Proposal:
    looked: dict[str, frozenset[str]] = {}
    for reading in readings:
        looked[reading.field] = looked.get(reading.field, frozenset()) | set(reading.terms)
    known = {
        name: terms if by_person else closed(terms, _vocabulary(name, vocabularies)) for name, terms in looked.items()
    }
    if not known:
        return proposal
    measures = (
        _changed(measure, known, vocabularies, by_person=by_person) if by_person or measure.was_read else measure
        for measure in proposal.measures
    )
    return evolve(proposal, measures=tuple(measures))


def _vocabulary(name: str, vocabularies: Vocabularies) -> Vocabulary:
    return vocabularies[fields_in(vocabularies).measure[name].vocabulary]


def closed(looked: AbstractSet[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The terms that were looked for with all below them: those of which no narrower one was left out.

    A wide term is said by the words of any narrower one, and so looked for where each of these was. A narrow term without
    words of its own is said by those of the terms above it.
    """

    def is_looked_for(term: str) -> bool:
        return term in looked or any(wider in looked for wider in vocabulary.broader(term))

    def terms() -> Iterator[str]:
        for term in vocabulary.terms:
            below = vocabulary.narrower([term])
            any_of_it = is_looked_for(term) or any(each in looked for each in below)
            if any_of_it and all(each == term or is_looked_for(each) for each in below):
                yield term

    return frozenset(terms())


def _changed(
    measure: Measure, known: Mapping[str, frozenset[str]], vocabularies: Vocabularies, *, by_person: bool
) -> Measure:
    changed: dict[str, Any] = {}
    for name, looked in known.items():
        value = measure.value(name)
        if not value.open:
            continue
        vocabulary = _vocabulary(name, vocabularies)
        # INVARIANT of values: what is not there is closed under narrower terms, and what is there is not among it.
        there = {str(term) for term in value.yes}
        if not by_person:
            # Words of which somebody said that they do not speak of it speak of nothing else by that.
            there |= {hint.value for field, hint in measure.hints if field == name} - set(map(str, value.no))
        there = _upward(there, vocabulary)
        # Who says that a wide term is nowhere else says it of all that is below, but not where it is: of which kind it is there,
        # that does not say. A reader has looked for what it has words for.
        absent = value.no | ((vocabulary.narrower(looked - there) if by_person else looked) - there)
        if not by_person and name in SAID_WIDELY:
            # Who is shut out as a third country may be any of them.
            absent = value.no | (
                absent - vocabulary.narrower(term for term in map(str, value.yes) if term in vocabulary)
            )
        # Where every other term is absent, nothing else is there.
        is_all = there.issuperset(vocabulary.terms.keys() - absent) and there.issubset(
            _upward(map(str, value.yes), vocabulary)
        )
        changed[name] = Value.exactly(*value.yes) if is_all else Value(value.yes, absent, open=True)
    return evolve(measure, **changed) if changed else measure


def _upward(terms: Iterable[str], vocabulary: Vocabulary) -> set[str]:
    there = set(terms)
    # A proposal may name terms of another pack.
    return there | {wider for term in there if term in vocabulary for wider in vocabulary.broader(term)}
