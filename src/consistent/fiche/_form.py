"""The form of the fiche and its words, as data: `form.toml` and `words.toml` beside this module."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from attrs import frozen
from cattrs import Converter

from consistent.model.recorded import QuotationSubject
from consistent.model.text import Localized
from consistent.rules.rule import Dimension
from consistent.toml.structuring import new_converter, structure
from consistent.toml.tomlfile import TomlFile

__all__ = [
    "FORM_NAMES",
    "Form",
    "FormDuties",
    "FormPart",
    "FormQuestion",
    "FormQuotation",
    "FormSection",
    "Formation",
    "form_named",
    "formations",
    "part_named",
    "words",
]

FORM_NAMES = ("legislation", "communication")


@frozen(kw_only=True)
class FormQuestion:
    """What a person is asked.

    Attributes:
        unless: subjects of quotations; where the document has one, the question is answered by it.
    """

    text: Localized
    unless: tuple[QuotationSubject, ...] = ()


@frozen(kw_only=True)
class FormQuotation:
    """Words of the document that stand in a place.

    Attributes:
        about: their subject.
        within: the part of the document that they must stand in, as `place_of` calls it; anywhere if empty.
        most: so many at most.
    """

    about: QuotationSubject
    within: str = ""
    most: int = 3


@frozen(kw_only=True)
class FormDuties:
    """Provisions that stand in a place, told by what they do.

    Attributes:
        actors, addressees, effects, safeguards: terms; a measure that has one of any of them is among them.
        narrower: whether what is narrower counts too.
        unless: subjects of quotations; where one of them is quoted, that tells it.
        by: the field by which they are told.
        lead: what introduces them.
    """

    actors: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    safeguards: tuple[str, ...] = ()
    narrower: bool = True
    unless: tuple[QuotationSubject, ...] = ()
    by: Literal["effects", "safeguards"] = "effects"
    lead: Localized


@frozen(kw_only=True)
class FormPart:
    """What stands in one place of the form.

    Attributes:
        heading: of a part of a section; a section without parts has its own.
        opening: the fixed words that it opens with, in the form for legislation.
        questions: that a person is asked there, whatever else is known.
        dimensions: whose findings stand there.
        attitude: whether the government takes a basic attitude there, on the scale of the appraisal.
        principles: whose findings stand there.
        statements: terms of the vocabulary `statements`: whether the proposal makes them is said there.
        quotations: of the document, that stand there unless they stand in a place before.
        duties: provisions that are told there.
    """

    heading: Localized = Localized("", "")
    opening: Localized = Localized("", "")
    questions: tuple[FormQuestion, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    attitude: bool = False
    principles: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    quotations: tuple[FormQuotation, ...] = ()
    duties: tuple[FormDuties, ...] = ()


@frozen(kw_only=True)
class Formation:
    """A formation of the Council, with the terms for areas that it deals with, and what is narrower."""

    name: Localized
    areas: tuple[str, ...]


@frozen(kw_only=True)
class FormSection:
    """A section: with parts by name, or a single part as its `content`."""

    heading: Localized
    parts: tuple[str, ...] = ()
    content: str = ""


@frozen(kw_only=True)
class Form:
    """A form.

    Attributes:
        kinds: terms of the vocabulary `kinds` for which it is, with what is narrower; empty for all that no other form is for.
        title: with room for the `subject`.
        attitude: the sentence with a grade, with room for the `grade`.
        asked_attitude: what is asked where there is none, with room for the `dimension`.
        statements: whether a document of its kinds has to make statements, such as on subsidiarity, and is tested step by step.
    """

    title: Localized
    attitude: Localized
    asked_attitude: Localized
    sections: tuple[FormSection, ...]
    kinds: tuple[str, ...] = ()
    statements: bool = False


@cache
def form_named(name: str) -> Form:
    """One of `FORM_NAMES`."""
    file = _file("form")
    return structure(_converter(), file.data[name], Form, file, (name,))


@cache
def part_named(name: str) -> FormPart:
    """What the form says of a part."""
    file = _file("form")
    return structure(_converter(), file.data["parts"][name], FormPart, file, ("parts", name))


@cache
def formations() -> tuple[Formation, ...]:
    """The formations of the Council."""
    file = _file("form")
    return structure(_converter(), file.data["formations"], tuple[Formation, ...], file, ("formations",))


@cache
def words(table: str) -> Mapping[str, Localized]:
    """A table of words and sentences, by key."""
    file = _file("words")
    return {key: structure(_converter(), text, Localized, file, (table, key)) for key, text in file.data[table].items()}


@cache
def _converter() -> Converter:
    return new_converter()


@cache
def _file(name: str) -> TomlFile:
    return TomlFile.parse(files(__package__).joinpath(f"{name}.toml").read_bytes(), f"{name}.toml")
