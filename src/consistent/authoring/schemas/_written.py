"""JSON Schemas of what people write: the classes of the loader, closed against unknown keys, with the names that a pack has."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

import attrs
import tomli

from consistent.authoring.schemas.definitions import Definitions, Schema, attributes
from consistent.checker import KnowledgeBase
from consistent.model.proposal import Field
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.model.vocabulary import Term
from consistent.sources import FORMS, Form

__all__ = [
    "CITATION",
    "DATE",
    "NOT_REFERENCE",
    "SOURCE",
    "TEXT",
    "Words",
    "WrittenDefinitions",
    "any_of",
    "described",
    "enum_of",
    "list_of",
    "table",
]

# What the schemas say of keys and words, in the languages that are wanted.


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomli.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


class Words:
    """What is said of keys, words and terms; in several languages it is said once for each."""

    def __init__(self, languages: Sequence[Language] = LANGUAGES) -> None:
        self._languages = languages

    def of(self, table: str, key: str) -> str:
        """What is said of a key of a table of `words.toml`."""
        return self.localized(Localized(**_words()[table][key]))

    def of_attribute(self, kind: type, name: str) -> str:
        """What is said of an attribute of a class, or of the class that it has it from."""
        said = _words()
        return self.of(next(each.__name__ for each in kind.__mro__ if name in said.get(each.__name__, {})), name)

    def localized(self, text: Localized) -> str:
        """A text; once where it is the same in each language."""
        return self._joined([text.get(language) for language in self._languages])

    def of_terms(self, terms: Iterable[Term]) -> list[str]:
        """For each term its label and, where it has one, its definition."""
        return [self._joined([_term(term, language) for language in self._languages]) for term in terms]

    def _joined(self, texts: Iterable[str]) -> str:
        # Editors show them as Markdown, where a blank line ends a paragraph.
        return "\n\n".join(dict.fromkeys(texts))


def _term(term: Term, language: Language) -> str:
    label = term.label.get(language)
    return label if term.definition is None else f"{label}: {term.definition.get(language)}"


# The spellings of sources as patterns that every validator of JSON Schema reads alike.

# More than blanks.
TEXT = r"\S"
# The same, and not a reference such as `$measure.areas`.
NOT_REFERENCE = r"^(?:[^$\s]|\s+\S)"
# As Python reads ISO 8601: with or without hyphens, and by week.
DATE = r"^(?:[0-9]{4}-?[0-9]{2}-?[0-9]{2}|[0-9]{4}-?W[0-9]{2}(?:-?[0-9])?)$"

# What only Python writes so, and what means more than ASCII elsewhere. Within a class of characters `\s` stands for itself.
_TRANSLATED = (
    (re.compile(r"\(\?P<\w+>"), "(?:"),
    (re.compile(r"\[\^\\s#\]"), r"[^ \\t\\n\\r\\f\\v#]"),
    (re.compile(r"(?<=\[)\\w"), "0-9A-Za-z_"),
    (re.compile(r"\\d"), "[0-9]"),
    (re.compile(r"\\w"), "[0-9A-Za-z_]"),
    (re.compile(r"\\S"), r"[^ \\t\\n\\r\\f\\v]"),
    (re.compile(r"(?<![\\(\[])\.(?=\{)"), r"[^\\n]"),
)


def _pattern(forms: Iterable[Form]) -> str:
    written = [
        pattern.pattern for form in forms for pattern in (form.pattern, *(each.pattern for each in form.spellings))
    ]
    for found, instead in _TRANSLATED:
        written = [found.sub(instead, form) for form in written]
    return f"^(?:{'|'.join(written)})$"


CITATION = _pattern(form for form in FORMS if form.is_basis)
SOURCE = _pattern(FORMS)


def described(schema: Schema, description: str) -> Schema:
    """A schema with a description.

    Beside a reference it would be passed over. What such a schema finds is told of the whole value, so tables do without.
    """
    return {"description": description, **(any_of([schema]) if "$ref" in schema else schema)}


def any_of(schemas: Sequence[Schema]) -> Schema:
    """What passes one at least of the schemas."""
    return {"anyOf": list(schemas)}


def list_of(schema: Schema, **bounds: int) -> Schema:
    """A list; bounds are those of arrays, `minItems` and the like."""
    return {"type": "array", "items": schema, **bounds}


def table(properties: Mapping[str, Schema], required: Iterable[str] = (), **bounds: int) -> Schema:
    """A table with these keys and no others; bounds are those of objects, `minProperties` and the like."""
    needed = list(required)
    return {
        "type": "object",
        "properties": dict(properties),
        **({"required": needed} if needed else {}),
        "additionalProperties": False,
        **bounds,
    }


class WrittenDefinitions(Definitions):
    """Schemas of what people write for one pack.

    INVARIANT: what the loader accepts they accept; the reverse cannot be had, as a schema does not look from one key to
    another. Two exceptions: a field of one value that is given the same value twice, and a confidence that is no number.

    Attributes:
        kb: the pack.
        fields: of its proposals and measures.
        words: what is said of keys.
    """

    # The dialect that editors of TOML know best has them there.
    keyword = "definitions"

    def __init__(self, kb: KnowledgeBase, languages: Sequence[Language] = LANGUAGES) -> None:
        super().__init__()
        self.kb = kb
        self.fields = kb.knowledge.fields
        self.words = Words(languages)

    def of(self, kind: Any) -> Schema:
        """The schema of a type as TOML has it: without nothing, with dates as dates, with text that is not blank."""
        if kind is str:
            return self.text()
        if kind is date:
            return {"type": "string", "pattern": DATE}
        if kind is Localized:
            return self.localized()
        if get_origin(kind) is Literal:
            return self.word(get_args(kind))
        if isinstance(kind, UnionType) or get_origin(kind) is Union:
            (only,) = (member for member in get_args(kind) if member is not NoneType)
            return self.of(only)
        if get_origin(kind) is tuple and get_args(kind)[-1] is not Ellipsis:
            parts = get_args(kind)
            return list_of(self.of(parts[0]), minItems=len(parts), maxItems=len(parts))
        return super().of(kind)

    def properties(self, kind: type[attrs.AttrsInstance], **special: Schema) -> dict[str, Schema]:
        """The schemas of the attributes of a class.

        Args:
            kind: the class.
            special: of attributes that the loader reads otherwise than by their type.
        """
        return {
            attribute.name: described(
                special.get(attribute.name) or self.of(attribute.type), self.words.of_attribute(kind, attribute.name)
            )
            for attribute in attributes(kind)
            if not attribute.metadata.get("internal")
        }

    def class_schema(self, kind: type[attrs.AttrsInstance], properties: Mapping[str, Schema]) -> Schema:
        """A table with the keys of a class; those without a default are needed."""
        needed = [
            attribute.name
            for attribute in attributes(kind)
            if attribute.name in properties and attribute.default is attrs.NOTHING
        ]
        return table(properties, needed)

    def of_class(self, kind: type[attrs.AttrsInstance], **special: Schema) -> Schema:
        """The schema of a class that stands in one place; arguments as those of `properties`."""
        return self.class_schema(kind, self.properties(kind, **special))

    def text(self) -> Schema:
        """Text that is more than blanks."""
        return {"type": "string", "pattern": TEXT}

    def localized(self) -> Schema:
        """A text in two languages."""
        return table(
            {language: described(self.text(), self.words.of("text", language)) for language in LANGUAGES}, LANGUAGES
        )

    def title(self) -> Schema:
        """A text in two languages, or one that stands for both."""
        return any_of([self.text(), self.localized()])

    def word(self, words: Iterable[str]) -> Schema:
        """One of the fixed words of the language."""
        listed = list(words)
        return enum_of(listed, [self.words.of("word", word) for word in listed])

    def source(self) -> Schema:
        """A source in its canonical spelling."""
        return self.hold("source", {"type": "string", "pattern": SOURCE})

    def sources(self) -> Schema:
        """One source or more."""
        return list_of(self.source(), minItems=1)

    def terms(self, vocabulary: str) -> Schema:
        """A term of a vocabulary, with its label and definition."""
        name = f"term-{vocabulary}"
        if name in self.held:
            return self.reference(name)
        terms = self.kb.knowledge.vocabularies[vocabulary].terms
        return self.hold(name, enum_of(terms, self.words.of_terms(terms.values())))

    def principle(self) -> Schema:
        """The id of a principle."""
        known = self.kb.knowledge.principles
        return enum_of(known, [self.words.localized(principle.statement) for principle in known.values()])

    def position(self) -> Schema:
        """The id of a position."""
        known = self.kb.knowledge.positions
        return enum_of(known, [self.words.localized(position.summary) for position in known.values()])

    def rule(self) -> Schema:
        """The id of a rule."""
        rules = self.kb.rules
        return self.hold(
            "rule-id", enum_of([rule.id for rule in rules], [self.words.localized(rule.title) for rule in rules])
        )

    def concept(self) -> Schema:
        """The id of a concept; where the pack has none, any text."""
        known = self.kb.concepts
        if not known:
            return self.text()
        return self.hold("concept", enum_of(known, [self.words.localized(concept.title) for concept in known.values()]))

    def atom(self, field: Field, *, alone: bool = False) -> Schema:
        """One value of a field.

        Args:
            field: of a proposal, a measure or a fact.
            alone: it stands where a reference can stand, so that no text begins with `$`.
        """
        match field.type:
            case "terms":
                return self.terms(field.vocabulary)
            case "citation":
                return self.hold("citation", {"type": "string", "pattern": CITATION})
            case "date":
                return self.of(date)
            case "amount" | "number":
                return self.of(int)
            case "boolean":
                return self.of(bool)
            case "text":
                return {"type": "string", "pattern": NOT_REFERENCE} if alone else self.text()

    def hold(self, name: str, schema: Schema) -> Schema:
        """Add a definition; a reference to it."""
        self.held.setdefault(name, schema)
        return self.reference(name)


def enum_of(words: Iterable[str], said: Sequence[str]) -> Schema:
    """One of a list of words; what is said of each stands where the language server taplo looks for it."""
    return {"type": "string", "enum": list(words), "x-taplo": {"docs": {"enumValues": list(said)}}}
