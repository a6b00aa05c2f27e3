"""The answers that can be given for a field: terms, thresholds, paragraphs, 'none of these', 'that is all'."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from consistent.findings.wording import atom_label
from consistent.inquiries.questions.open_questions import AnswerKind
from consistent.inquiries.questions.pending import Asked, Range, ranges, representatives
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Field
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.model.values import Atom, Value
from consistent.rules.conditions import Operator
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


def choices(value: Value, field: Field, asked: Sequence[Asked], knowledge: Knowledge) -> tuple[Choice, ...]:
    """Every answer worth naming, in the order in which they are put."""
    make = _Choices(value, field, asked, knowledge)
    if field.type in {"amount", "date"}:
        return tuple(make.within())
    if field.type == "citation":
        return tuple(make.citations())
    if field.type == "text":
        return tuple(make.texts())
    return tuple(make.single() if field.single else make.several(_named_terms(value, field, asked, knowledge)))


def asks_for_all(asked: Iterable[Asked]) -> bool:
    """Whether a test depends on there being nothing else."""
    return any(each.operator in {"empty", "only"} for each in asked)


def _named_terms(value: Value, field: Field, asked: Iterable[Asked], knowledge: Knowledge) -> tuple[Atom, ...]:
    """The terms that are asked for and may be there, in the order of the vocabulary.

    Where a term is known not to be there but some below it may be, those stand for it.
    """
    vocabulary = knowledge.vocabularies[field.vocabulary]
    there = {str(each) for each in value.yes}
    there |= {wider for each in there for wider in vocabulary.broader(each)}
    found: set[str] = set()
    for name in {str(each) for one in asked for each in one.named}:
        possible = {each for each in vocabulary.narrower([name]) if value.may_have(each)} - there
        found |= {each for each in possible if not possible & set(vocabulary.broader(each))}
    return tuple(each for each in vocabulary.terms if each in found)


def vague_citations(value: Value, asked: Iterable[Asked]) -> tuple[Atom, ...]:
    """Citations of the value of which a paragraph is asked for."""
    wanted = frozenset(atom for each in asked for atom in each.named)
    return tuple(sorted((each for each in value.yes if _paragraphs(each, wanted)), key=str))


@frozen
class _Choices:
    value: Value
    field: Field
    asked: Sequence[Asked]
    knowledge: Knowledge

    def several(self, options: Sequence[Atom]) -> Iterator[Choice]:
        """For a field of several values: each option there or not, none of them, and nothing else."""
        value = self.value
        one = len(options) == 1
        for each in options:
            has = Value(value.yes | {each}, value.no, open=True)
            yield Choice("has", str(each), _LABELS["yes"] if one else self._named(each), has)
            lacks = Value(value.yes, value.no | self._below([each]), open=True)
            label = _LABELS["no"] if one else self._filled("not", each)
            yield Choice("lacks", str(each), label, lacks)
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
        wide = {wider for each in options for wider in vocabulary.broader(str(each))}
        closes = asks_for_all(self.asked)
        alone = len(options) == 1 and not closes
        for each in sorted(options, key=lambda each: each in wide):
            label = self._filled("other than these", each) if each in wide else self._named(each)
            yield Choice("is", str(each), _LABELS["yes"] if alone else label, Value.exactly(each))
        refused = self.value.no | self._below(options)
        if not closes:
            label = _LABELS["no" if alone else "none or another"]
            yield Choice("none-of-these", "", label, Value(no=refused, open=True))
            return
        yield Choice("is", "", _LABELS["none single"], Value.exactly())
        other = next((each for each in vocabulary.terms if each not in refused), None)
        if other is not None:
            yield Choice("another", "", _LABELS["another"], Value.exactly(other), stands_for=True)

    def within(self) -> Iterator[Choice]:
        """For an amount or a date: the stretches between thresholds, and none."""
        dates = self.field.type == "date"
        for each in ranges(self.asked, self.value, dates=dates):
            yield Choice("within", "", self._stretch(each), Value.exactly(each.example), stands_for=True)
        yield Choice("is", "", _LABELS["none single"], Value.exactly())

    def citations(self) -> Iterator[Choice]:
        """For a legal basis: the paragraphs of an article that is cited without, and the articles asked for if few."""
        value = self.value
        known = {atom for each in self.asked for atom in each.named} | self._cited_by_facts()
        for vague in vague_citations(value, self.asked):
            for each in _paragraphs(vague, known):
                meant = Value(value.yes - {vague} | {each}, value.no, open=value.open)
                yield Choice("means", str(each), self._filled("means", each), meant)
        if value.open:
            named = sorted({atom for each in self.asked for atom in each.named if value.may_have(atom)}, key=str)
            options = [each for each in named if not any(wider in named for wider in broader_citations(str(each))[1:])]
            fits = [each for each in options if not any(_around(one, each) or _around(each, one) for one in value.yes)]
            yield from self.several(fits if len(fits) <= _MOST_CITATIONS else ())

    def texts(self) -> Iterator[Choice]:
        """For a text: each way in which it can pass the tests or not."""
        tests = tuple(dict.fromkeys((each.operator, each.operand) for each in self.asked if each.operator in _PARTS))
        for example in representatives(self.value, self.field, self.asked, self.knowledge.vocabularies):
            value = Value.exactly(example)
            passed = [
                (name, atom)
                for name, operand in tests
                for atom in (sorted(operand, key=str) if isinstance(operand, frozenset) else [operand])
                if atom is not None and ask(name, frozenset({atom}) if name == "any" else atom, value) is Truth.YES
            ]
            parts = [self._filled(_PARTS[name], atom) for name, atom in passed]
            label = Localized(", ".join(each.en for each in parts), ", ".join(each.nl for each in parts))
            yield Choice("within", "", label if parts else _LABELS["another text"], value, stands_for=True)
        yield Choice("is", "", _LABELS["none single"], Value.exactly())

    def _below(self, atoms: Iterable[Atom]) -> frozenset[Atom]:
        if self.field.type != "terms":
            return frozenset(atoms)
        return frozenset(self.knowledge.vocabularies[self.field.vocabulary].narrower(map(str, atoms)))

    def _cited_by_facts(self) -> set[Atom]:
        return {
            atom
            for kind, facts in self.knowledge.facts.items()
            for name, each in self.knowledge.kinds[kind].fields.items()
            if each.type == "citation"
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
        texts = (", ".join(self._atom(each, language) for each in listed) for language in LANGUAGES)
        en, nl = texts
        return Localized(_LABELS[name].en.format(label=en), _LABELS[name].nl.format(label=nl))

    def _stretch(self, each: Range) -> Localized:
        """A range in words: `less than EUR 1,000`, `EUR 1,000 or more and less than EUR 5,000`."""
        prefix = "date " if self.field.type == "date" else ""
        low = "after" if each.after is not None else "from" if each.first is not None else ""
        high = "before" if each.before is not None else "until" if each.last is not None else ""
        names = ["exactly"] if each.first is not None and each.first == each.last else [
            prefix + part for part in (low, high) if part] or [f"{prefix}any"]  # fmt: skip

        def text(language: Language) -> str:
            words = {
                name: self._atom(atom, language)
                for name in ("first", "last", "after", "before")
                if (atom := getattr(each, name)) is not None
            }
            return (" and " if language == "en" else " en ").join(
                _LABELS[name].get(language).format(**words) for name in names
            )

        return Localized(*(text(language) for language in LANGUAGES))


def _paragraphs(atom: Atom, known: Iterable[Atom]) -> list[Atom]:
    return sorted((each for each in known if _around(atom, each)), key=str)


def _around(atom: Atom, inner: Atom) -> bool:
    return isinstance(inner, str) and atom in broader_citations(inner)[1:]
