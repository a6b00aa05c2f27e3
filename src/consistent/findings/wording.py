"""Messages with their placeholders filled in, in either language."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Protocol

from attrs import evolve

from consistent.findings.tracing import Step
from consistent.knowledge.entries import Fact, Knowledge
from consistent.model.proposal import Field, Measure, Proposal
from consistent.model.text import Language, Localized, day_text, localized
from consistent.model.titles import short_title
from consistent.model.values import Atom, Value
from consistent.rules.conditions import KnownValues, Operator, Reference, Several, Test
from consistent.rules.rule import PLACEHOLDER
from consistent.sources import broader_citations, source_label

__all__ = [
    "OR",
    "OWNERS",
    "StepWords",
    "atom_label",
    "exception_text",
    "facts_named",
    "found_label",
    "message_for",
    "name_of",
    "operator_word",
    "question",
    "reason_text",
    "subject_label",
    "value_label",
]

_UNKNOWN = Localized("unknown", "onbekend")
_NONE = Localized("none", "geen")
_PROPOSAL = Localized("the proposal", "het voorstel")
_MORE = Localized("perhaps more", "mogelijk meer")
_ASKED = Localized("asked", "gevraagd")
OR = Localized(" or ", " of ")
_NOT = Localized("not", "niet")
_TOGETHER = Localized("with other measures,", "samen met andere maatregelen,")
_OF_THESE = Localized("{number} of: {atoms}", "{number} van: {atoms}")
_VALUE, _VALUES = Localized("{number} value", "{number} waarde"), Localized("{number} values", "{number} waarden")
_WHICH = Localized("which", "welke")
_YES, _NO = Localized("yes", "ja"), Localized("no", "nee")
OWNERS = {
    "measure": Localized("the measure", "de maatregel"),
    "judged": Localized("the judged measure", "de beoordeelde maatregel"),
    "proposal": _PROPOSAL,
}

# How each operator is said before its operand.
_OPERATORS: dict[Operator, Localized] = {
    "any": Localized("", ""),
    "only": Localized("nothing but", "niets dan"),
    "empty": Localized("none", "geen"),
    "over": Localized("over", "boven"),
    "under": Localized("under", "onder"),
    "at_least": Localized("at least", "ten minste"),
    "at_most": Localized("at most", "ten hoogste"),
    "contains": Localized("contains", "bevat"),
    "starts_with": Localized("starts with", "begint met"),
}
_DATE_OPERATORS: dict[Operator, Localized] = {
    "over": Localized("after", "na"),
    "under": Localized("before", "vóór"),
    "at_least": Localized("from", "vanaf"),
    "at_most": Localized("until", "tot en met"),
}


class _Exception(Protocol):
    """What is told of an exception."""

    @property
    def reason(self) -> Localized | None: ...
    @property
    def title(self) -> Localized | None: ...
    @property
    def sources(self) -> tuple[str, ...]: ...


def exception_text(told: _Exception, language: Language) -> str:
    """An exception by its title, if it has one, its reason, and the sources of its own."""
    named = [text.get(language) for text in (told.title, told.reason) if text is not None]
    cited = "; ".join(source_label(source, language) for source in told.sources)
    return ": ".join(named) + (f" ({cited})" if cited else "")


def message_for(
    template: Localized, knowledge: Knowledge, proposal: Proposal, measure: Measure | None, facts: Iterable[Fact]
) -> Localized:
    """Fill in a rule's message.

    Args:
        template: with placeholders that were checked when the rule was read.
        knowledge: for labels of terms.
        proposal: what is judged.
        measure: the judged measure, if any.
        facts: those that joined, one at least of each kind in `facts_named`.
    """
    listed = _narrowest(tuple(facts), knowledge)

    def text(name: str, language: Language) -> str:
        owner, _, field = name.partition(".")
        if not field:
            return name_of(proposal, measure if owner == "measure" else None, language)
        if owner == "measure":
            return value_label(proposal.value(field, measure), knowledge.fields.measure[field], language, knowledge)
        if owner == "proposal":
            return value_label(proposal.value(field), knowledge.fields.proposal[field], language, knowledge)
        held = [fact.values[field] for fact in listed if fact.kind == owner]
        texts = (value_label(value, knowledge.kinds[owner].fields[field], language, knowledge) for value in held)
        # In order of the facts, so that two fields of several facts can be read side by side.
        return ", ".join(dict.fromkeys(texts))

    def fill(language: Language) -> str:
        return PLACEHOLDER.sub(lambda found: text(found[1], language), template.get(language))

    return localized(fill)


def facts_named(template: Localized) -> frozenset[str]:
    """The kinds of fact that a rule's message names."""
    owners = {found[1].partition(".")[0] for found in PLACEHOLDER.finditer(template.en) if "." in found[1]}
    return frozenset(owners - {"measure", "proposal"})


def _narrowest(facts: tuple[Fact, ...], knowledge: Knowledge) -> tuple[Fact, ...]:
    """The facts without those on a whole article of which one on a paragraph is there too."""
    covered = {
        (fact.kind, name, wider)
        for fact in facts
        for name, citation in _cited(fact, knowledge)
        for wider in broader_citations(citation)[1:]
    }
    return tuple(
        fact
        for fact in facts
        if not any((fact.kind, name, citation) in covered for name, citation in _cited(fact, knowledge))
    )


def _cited(fact: Fact, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """What a fact cites, with the field that does."""
    for name, value in fact.values.items():
        if knowledge.kinds[fact.kind].fields[name].type == "citation":
            yield from ((name, str(atom)) for atom in value.yes)


def name_of(proposal: Proposal, measure: Measure | None, language: Language) -> str:
    """A measure, or the proposal, as sentences name it."""
    if measure is not None:
        return f"'{measure.title.get(language)}'" if measure.title else measure.id
    return f"'{short_title(proposal.title.get(language))}'" if proposal.title else _PROPOSAL.get(language)


def value_label(value: Value, field: Field, language: Language, knowledge: Knowledge) -> str:
    """What is known to be in a field, as a reader sees it."""
    if not value.yes:
        return (_UNKNOWN if value.open else _NONE).get(language)
    return ", ".join(sorted(atom_label(atom, field, language, knowledge) for atom in value.yes))


def found_label(value: Value, field: Field, language: Language, knowledge: Knowledge) -> str:
    """What is known to be in a field, and whether there may be more."""
    more = f" ({_MORE.get(language)})" if value.open and value.yes else ""
    return value_label(value, field, language, knowledge) + more


def reason_text(about: Localized, found: Localized, asked: Localized) -> Localized:
    """One test that took part in a finding, in words.

    Args:
        about: whose field.
        found: what it holds.
        asked: what was asked of it.
    """
    return Localized(
        f"{about.en}: {found.en}; {_ASKED.en}: {asked.en}", f"{about.nl}: {found.nl}; {_ASKED.nl}: {asked.nl}"
    )


class StepWords:
    """Words for steps of one proposal: what many of them have in common is put into words once."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._subjects: dict[tuple[str, str, str], Localized] = {}
        # With the test, so that its id stays its own.
        self._asked: dict[tuple[int, str, bool, bool], tuple[Test, str, Localized]] = {}
        self._found: dict[tuple[Value, Field], Localized] = {}

    def subject(self, step: Step) -> Localized:
        """Whose field a test is about; see `subject_label`."""
        subject, name = step.asked_of
        key = subject, step.measure.id if step.measure and subject == "measure" else "", name
        found = self._subjects.get(key)
        if found is None:
            found = localized(lambda language: subject_label(step, self._knowledge, language))
            self._subjects[key] = found
        return found

    def condition(self, step: Step) -> str:
        """What a test asks, in the words of the rule."""
        return self._asking(step, negated=step.negated)[1]

    def condition_put(self, step: Step) -> str:
        """The same, though the test counts where it is not passed."""
        return self._asking(step, negated=False)[1]

    def unknown(self, step: Step) -> Localized:
        """A test that cannot be decided, in words."""
        is_joined = step.kind and isinstance(step.test.operand, Reference)
        about, asked = self.subject(step), _WHICH if is_joined else self._asking(step, negated=False)[2]
        return Localized(f"{about.en}: {asked.en}?", f"{about.nl}: {asked.nl}?")

    def reason(self, step: Step, value: Value) -> Localized:
        """One test that took part in a finding, in words; see `reason_text`."""
        key = value, step.field
        found = self._found.get(key)
        if found is None:
            found = localized(lambda language: found_label(value, step.field, language, self._knowledge))
            self._found[key] = found
        return reason_text(self.subject(step), found, self._asking(step, negated=step.negated)[2])

    def _asking(self, step: Step, *, negated: bool) -> tuple[Test, str, Localized]:
        key = id(step.test), step.kind, negated, step.adds is None
        found = self._asked.get(key)
        if found is None:
            put = step if step.negated is negated else evolve(step, negated=negated)
            asked = localized(lambda language: question(put, self._knowledge, language))
            found = self._asked[key] = step.test, put.asked, asked
        return found


def operator_word(test: Test) -> Localized:
    """How an operator is said before its operand; of a date, as one speaks of dates."""
    on_date = _DATE_OPERATORS.get(test.operator) if test.field.type == "date" else None
    return on_date or _OPERATORS[test.operator]


def question(step: Step, knowledge: Knowledge, language: Language) -> str:
    """What a test asks, in words: `one of a, b`, `not: c`."""
    test = step.test
    word = operator_word(test).get(language)
    match test.operand:
        case Reference(scope, field):
            if step.kind:
                operand = _of_fact(step.kind, test.field.label.get(language), knowledge, language)
            else:
                whole = f"{OWNERS[scope].get(language)}, {field.label.get(language)}"
                operand = test.operand.told(whole, language)
        case Several(number):
            counted = [atom_label(atom, test.field, language, knowledge) for atom in test.written]
            operand = number_label(number, counted, language)
        case KnownValues(kind, name):
            operand = _of_fact(kind, knowledge.kinds[kind].fields[name].label.get(language), knowledge, language)
        case _:
            operand = OR.get(language).join(atom_label(atom, test.field, language, knowledge) for atom in test.written)
    negation = f"{_NOT.get(language)}: " if step.negated else ""
    together = f"{_TOGETHER.get(language)} " if step.adds is not None else ""
    return negation + together + " ".join(part for part in (word, operand) if part)


def number_label(number: int, atoms: Sequence[str], language: Language) -> str:
    """How many values, in words: `2 of: a, b, c`."""
    if atoms:
        return _OF_THESE.get(language).format(number=number, atoms=", ".join(atoms))
    return (_VALUE if number == 1 else _VALUES).get(language).format(number=number)


def _of_fact(kind: str, field: str, knowledge: Knowledge, language: Language) -> str:
    return f"{knowledge.kinds[kind].title.get(language)}, {field}"


def subject_label(step: Step, knowledge: Knowledge, language: Language) -> str:
    """Whose field a test is about."""
    subject = step.asked_of[0]
    if subject == "measure" and step.measure is not None:
        owner = step.measure.id
    elif subject == "proposal":
        owner = _PROPOSAL.get(language)
    else:
        owner = knowledge.kinds[subject].title.get(language) if subject in knowledge.kinds else subject
    return f"{owner}, {step.field.label.get(language)}"


def atom_label(atom: Atom, field: Field, language: Language, knowledge: Knowledge) -> str:
    """One value as a reader sees it."""
    if field.type == "terms":
        return knowledge.vocabularies[field.vocabulary].terms[str(atom)].label.get(language)
    if isinstance(atom, bool):
        return (_YES if atom else _NO).get(language)
    if field.type in {"amount", "number"} and isinstance(atom, int):
        grouped = f"{atom:,}".replace(",", "." if language == "nl" else ",")
        return f"EUR {grouped}" if field.type == "amount" else grouped
    if field.type == "citation":
        return source_label(str(atom), language)
    return day_text(atom, language) if isinstance(atom, date) else str(atom)
