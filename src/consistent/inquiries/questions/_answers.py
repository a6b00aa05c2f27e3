"""The answers that can be given for a field: terms, thresholds, paragraphs, 'none of these', 'that is all'."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from consistent.findings.wording import atom_label
from consistent.inquiries.questions.open_questions import AnswerKind
from consistent.inquiries.questions.pending import OpenTest, Range, ranges, representatives
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import ORDERED, Field
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.model.values import Atom, Value
from consistent.model.vocabulary import with_narrower
from consistent.rules.conditions import Operator, Several
from consistent.rules.program import ask
from consistent.sources import broader_citations
from consistent.truth import Truth

__all__ = ["Choice", "asks_for_all", "choices", "vague_citations"]

# More citations than this are no list to choose from; whoever knows the legal basis can name it.
_MOST_CITATIONS = 12

_LABELS = {
    "yes": Localized("yes", "ja"),
    "no": Localized("no", "nee"),
    "not": Localized("not: {label}", "niet: {label}"),
    "none of these": Localized("none of these", "geen van deze"),
    "none or another": Localized("none, or another", "geen, of een andere"),
    "another": Localized("another", "een andere"),
    "other than these": Localized("{label}, other than these", "{label}, anders dan deze"),
    "none": Localized("none at all", "geen enkele"),
    "none single": Localized("none", "geen"),
    "that is all": Localized("that is all: {label}", "dat is alles: {label}"),
    "means": Localized("{label} is meant", "bedoeld is {label}"),
    "contains": Localized("contains '{label}'", "bevat '{label}'"),
    "starts with": Localized("begins with '{label}'", "begint met '{label}'"),
    "equals": Localized("'{label}'", "'{label}'"),
    "another text": Localized("another text", "een andere tekst"),
    "exactly": Localized("{first}", "{first}"),
    "after": Localized("more than {after}", "meer dan {after}"),
    "from": Localized("{first} or more", "{first} of meer"),
    "before": Localized("less than {before}", "minder dan {before}"),
    "until": Localized("{last} or less", "{last} of minder"),
    "date after": Localized("after {after}", "na {after}"),
    "date from": Localized("on or after {first}", "op of na {first}"),
    "date before": Localized("before {before}", "voor {before}"),
    "date until": Localized("on or before {last}", "op of voor {last}"),
    "any": Localized("some amount", "enig bedrag"),
    "date any": Localized("some date", "enige datum"),
}
# How a test on a text is said.
_PARTS: Mapping[Operator, str] = {"contains": "contains", "starts_with": "starts with", "any": "equals"}


@frozen
class Choice:
    """An answer before it is known what it would lead to; see `Answer`."""

    kind: AnswerKind
    term: str
    label: Localized
    value: Value
    stands_for: bool = False


def choices(value: Value, field: Field, asked: Sequence[OpenTest], knowledge: Knowledge) -> tuple[Choice, ...]:
    """Every answer worth naming, in the order in which they are put."""
    make = _Choices(value, field, asked, knowledge)
    if field.type in ORDERED:
        return tuple(make.within())
    if field.type == "citation":
        return tuple(make.citations())
    if field.type == "text":
        return tuple(make.texts())
    return tuple(make.single() if field.single else make.several(_named_terms(value, field, asked, knowledge)))


def asks_for_all(asked: Iterable[OpenTest]) -> bool:
    """Whether a test depends on there being nothing else."""
    return any(
        question.operator in {"empty", "only"} or (isinstance(question.operand, Several) and not question.operand.of)
        for question in asked
    )


def _named_terms(value: Value, field: Field, asked: Iterable[OpenTest], knowledge: Knowledge) -> tuple[Atom, ...]:
    """The terms that are asked for and may be there, in the order of the vocabulary.

    Where a term is known not to be there but some below it may be, those stand for it.
    """
    vocabulary = knowledge.vocabularies[field.vocabulary]
    there = {str(atom) for atom in value.yes}
    there |= {wider for term in there for wider in vocabulary.broader(term)}
    terms: set[str] = set()
    for name in {str(atom) for question in asked for atom in question.named}:
        possible = {term for term in vocabulary.narrower([name]) if value.may_have(term)} - there
        terms |= {term for term in possible if not possible & set(vocabulary.broader(term))}
    return tuple(term for term in vocabulary.terms if term in terms)


def vague_citations(value: Value, asked: Iterable[OpenTest]) -> tuple[Atom, ...]:
    """Citations of the value of which a paragraph is asked for."""
    wanted = frozenset(atom for question in asked for atom in question.named)
    return tuple(sorted((citation for citation in value.yes if _paragraphs(citation, wanted)), key=str))


@frozen
class _Choices:
    value: Value
    field: Field
    asked: Sequence[OpenTest]
    knowledge: Knowledge

    def several(self, options: Sequence[Atom]) -> Iterator[Choice]:
        """For a field of several values: each option there or not, none of them, and nothing else."""
        value = self.value
        one = len(options) == 1
        for option in options:
            has = Value(value.yes | {option}, value.no, open=True)
            yield Choice("has", str(option), _LABELS["yes"] if one else self._named(option), has)
            lacks = Value(value.yes, value.no | self._below([option]), open=True)
            label = _LABELS["no"] if one else self._filled("not", option)
            yield Choice("lacks", str(option), label, lacks)
        if len(options) > 1:
            none = Value(value.yes, value.no | self._below(options), open=True)
            yield Choice("none-of-these", "", _LABELS["none of these"], none)
        if value.open and asks_for_all(self.asked):
            label = self._listed("that is all", value.yes) if value.yes else _LABELS["none"]
            yield Choice("nothing-else", "", label, Value.exactly(*value.yes))

    def single(self) -> Iterator[Choice]:
        """For a term that stands alone: each that is asked for, and none or another."""
        options = _named_terms(self.value, self.field, self.asked, self.knowledge)
        vocabulary = self.knowledge.vocabularies[self.field.vocabulary]
        wide = {wider for option in options for wider in vocabulary.broader(str(option))}
        closes = asks_for_all(self.asked)
        alone = len(options) == 1 and not closes
        for option in sorted(options, key=lambda candidate: candidate in wide):
            label = self._filled("other than these", option) if option in wide else self._named(option)
            yield Choice("is", str(option), _LABELS["yes"] if alone else label, Value.exactly(option))
        refused = self.value.no | self._below(options)
        if not closes:
            label = _LABELS["no" if alone else "none or another"]
            yield Choice("none-of-these", "", label, Value(no=refused, open=True))
            return
        yield Choice("is", "", _LABELS["none single"], Value.exactly())
        other = next((term for term in vocabulary.terms if term not in refused), None)
        if other is not None:
            yield Choice("another", "", _LABELS["another"], Value.exactly(other), stands_for=True)

    def within(self) -> Iterator[Choice]:
        """For an amount or a date: the stretches between thresholds, and none."""
        dates = self.field.type == "date"
        for stretch in ranges(self.asked, self.value, dates=dates):
            yield Choice("within", "", self._stretch(stretch), Value.exactly(stretch.example), stands_for=True)
        yield Choice("is", "", _LABELS["none single"], Value.exactly())

    def citations(self) -> Iterator[Choice]:
        """For a legal basis: the paragraphs of an article that is cited without, and the articles asked for if few."""
        value = self.value
        known = {atom for question in self.asked for atom in question.named} | self._cited_by_facts()
        for vague in vague_citations(value, self.asked):
            for paragraph in _paragraphs(vague, known):
                meant = Value(value.yes - {vague} | {paragraph}, value.no, open=value.open)
                yield Choice("means", str(paragraph), self._filled("means", paragraph), meant)
        if value.open:
            named = sorted(
                {atom for question in self.asked for atom in question.named if value.may_have(atom)}, key=str
            )
            options = [
                citation
                for citation in named
                if not any(wider in named for wider in broader_citations(str(citation))[1:])
            ]
            fits = [
                option
                for option in options
                if not any(around(held, option) or around(option, held) for held in value.yes)
            ]
            yield from self.several(fits if len(fits) <= _MOST_CITATIONS else ())

    def texts(self) -> Iterator[Choice]:
        """For a text: each way in which it can pass the tests or not."""
        tests = tuple(
            dict.fromkeys(
                (question.operator, question.operand) for question in self.asked if question.operator in _PARTS
            )
        )
        for example in representatives(self.value, self.field, self.asked, self.knowledge.vocabularies):
            value = Value.exactly(example)
            passed = [
                (name, atom)
                for name, operand in tests
                for atom in (sorted(operand, key=str) if isinstance(operand, frozenset) else [operand])
                if isinstance(atom, str) and ask(name, frozenset({atom}) if name == "any" else atom, value) is Truth.YES
            ]
            parts = [self._filled(_PARTS[name], atom) for name, atom in passed]
            label = Localized(", ".join(part.en for part in parts), ", ".join(part.nl for part in parts))
            yield Choice("within", "", label if parts else _LABELS["another text"], value, stands_for=True)
        yield Choice("is", "", _LABELS["none single"], Value.exactly())

    def _below(self, atoms: Iterable[Atom]) -> frozenset[Atom]:
        return with_narrower(atoms, self.field.vocabulary, self.knowledge.vocabularies)

    def _cited_by_facts(self) -> set[Atom]:
        return {
            atom
            for kind, facts in self.knowledge.facts.items()
            for name, declared in self.knowledge.kinds[kind].fields.items()
            if declared.type == "citation"
            for fact in facts
            for atom in fact.values[name].yes
        }

    def _named(self, atom: Atom) -> Localized:
        return Localized(*(self._atom(atom, language) for language in LANGUAGES))

    def _atom(self, atom: Atom, language: Language) -> str:
        return atom_label(atom, self.field, language, self.knowledge)

    def _filled(self, name: str, atom: Atom) -> Localized:
        return self._listed(name, [atom])

    def _listed(self, name: str, atoms: Iterable[Atom]) -> Localized:
        listed = sorted(atoms, key=str)
        texts = (", ".join(self._atom(atom, language) for atom in listed) for language in LANGUAGES)
        return _LABELS[name].filled(label=Localized(*texts))

    def _stretch(self, stretch: Range) -> Localized:
        """A range in words: `less than EUR 1,000`, `EUR 1,000 or more and less than EUR 5,000`."""
        prefix = "date " if self.field.type == "date" else ""
        low = "after" if stretch.after is not None else "from" if stretch.first is not None else ""
        high = "before" if stretch.before is not None else "until" if stretch.last is not None else ""
        names = ["exactly"] if stretch.first is not None and stretch.first == stretch.last else [
            prefix + part for part in (low, high) if part] or [f"{prefix}any"]  # fmt: skip

        def text(language: Language) -> str:
            words = {
                name: self._atom(atom, language)
                for name in ("first", "last", "after", "before")
                if (atom := getattr(stretch, name)) is not None
            }
            return (" and " if language == "en" else " en ").join(
                _LABELS[name].get(language).format(**words) for name in names
            )

        return Localized(*(text(language) for language in LANGUAGES))


def _paragraphs(atom: Atom, known: Iterable[Atom]) -> list[Atom]:
    return sorted((citation for citation in known if around(atom, citation)), key=str)


def around(atom: Atom, inner: Atom) -> bool:
    """Whether a citation is of something wider than another: of the article that a paragraph stands in."""
    return isinstance(inner, str) and atom in broader_citations(inner)[1:]
