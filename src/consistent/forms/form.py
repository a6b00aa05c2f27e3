"""What a form says: sections and parts in order, what fills each, what a person is asked, and when it is due."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from attrs import field, frozen

from consistent.model.recorded import QuotationSubject
from consistent.model.text import Language, Localized
from consistent.rules.rule import Dimension
from consistent.shown import Shown

__all__ = [
    "FORM_FILE",
    "TEMPLATE_FILE",
    "Fill",
    "Form",
    "FormCitation",
    "FormDuties",
    "FormPart",
    "FormPause",
    "FormQuestion",
    "FormQuotation",
    "FormSection",
    "FormTerm",
    "Numbering",
    "Since",
]

# What a folder of a form holds.
FORM_FILE, TEMPLATE_FILE = "form.toml", "template.docx"

# What can be told of a proposal in a place: each is a section writer of `consistent.fiche`.
Fill = Literal[
    "title",
    "received",
    "number",
    "procedure-number",
    "eur-lex",
    "impact-assessment-number",
    "areas",
    "council",
    "legal-basis",
    "decision-procedure",
    "parliament",
    "chapters",
    "positions",
    "legal-bases",
    "provisions-counted",
    "split-off",
    "subsidiarity",
    "budget",
    "instrument",
    "national-rules",
    "empowerments",
    "entry-into-force",
    "end-of-application",
    "press-for",
]
Numbering = Literal["letters", "decimal", "none"]
Since = Literal["transmitted", "received", "letter", "since", "document"]


@frozen(kw_only=True)
class FormQuestion:
    """What a person is asked.

    Attributes:
        text: ends in a question mark.
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
        opening: the fixed words that it opens with, in a form whose documents make `statements`.
        fills: what is told of the proposal.
        questions: that a person is asked there, whatever else is known.
        dimensions: whose findings stand there.
        attitude: whether the government takes a basic attitude there, on the scale of the appraisal.
        principles: whose findings stand there.
        rest: whether all that has no part of its own stands there; of one part, so that no finding is lost.
        statements: terms of the vocabulary `statements`: whether the proposal makes them is said there.
        quotations: of the document, that stand there unless they stand in a place before.
        duties: provisions that are told there.
    """

    heading: Localized = Localized("", "")
    opening: Localized = Localized("", "")
    fills: tuple[Fill, ...] = ()
    questions: tuple[FormQuestion, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    attitude: bool = False
    principles: tuple[str, ...] = ()
    rest: bool = False
    statements: tuple[str, ...] = ()
    quotations: tuple[FormQuotation, ...] = ()
    duties: tuple[FormDuties, ...] = ()


@frozen(kw_only=True)
class FormSection:
    """A section: with parts by name, or a single part as its `content`.

    Attributes:
        heading: of the section.
        numbered: whether it has a number where the form has numbers, and its parts.
        parts: in order, by name.
        content: the part that it has instead.
    """

    heading: Localized
    numbered: bool = True
    parts: tuple[str, ...] = ()
    content: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The parts that stand in it, in order."""
        return (*self.parts, *([self.content] if self.content else []))


@frozen(kw_only=True)
class FormCitation:
    """What a form was made after.

    Attributes:
        label: as a reader cites it.
        url: where it can be opened; empty where no address is known.
        confirms: what was compared with it; empty where nothing was.
    """

    label: str
    url: str = ""
    confirms: Localized = Localized("", "")


@frozen(kw_only=True)
class FormPause:
    """A month of which not every day counts, and nobody can say beforehand which do.

    Attributes:
        month: its number.
        text: told in place of that of the term where the term touches the month.
        note: what does not count.
        question: which days that are.
    """

    month: int
    text: Localized
    note: Localized
    question: Localized


@frozen(kw_only=True)
class FormTerm:
    """By when the form is due.

    Attributes:
        days: how many; the day from which they count is none of them.
        working: whether only Monday to Friday count; public holidays are not known, and count.
        since: from which day, the first of these that is known: as given with `--transmitted`, `--received`, `--letter` or `--since`, or
            the day of the document.
        kinds: of documents, terms with what is narrower; empty for all.
        except_kinds: those for which it is not.
        text: with `{day}`, the last one, `{start}`, and `{what}` for what began it.
        question: asked where no day is known.
        sources: of the term, each in its canonical spelling, or an address.
        pause: of a month of which only some days count.
        unused: told of a document of another kind where the day was given nonetheless.
    """

    days: int
    working: bool = False
    since: tuple[Since, ...]
    kinds: tuple[str, ...] = ()
    except_kinds: tuple[str, ...] = ()
    text: Localized
    question: Localized
    sources: tuple[str, ...]
    pause: FormPause | None = None
    unused: Localized = Localized("", "")


@frozen(kw_only=True)
class Form(Shown):
    """A form.

    Attributes:
        label: what it is, for whoever chooses.
        language: in which it is filled unless somebody says otherwise; headings are as the form writes them.
        called: what a draft in it is called within a sentence: `the fiche`.
        title: with room for the `subject`.
        sources: what it was made after.
        unconfirmed: what could not be confirmed of it; told with the note.
        note: told to whoever works on the draft, before all else.
        kinds: terms of the vocabulary `kinds` for which it is, with what is narrower; empty for all.
        builds_on: another form; parts and terms that this one does not have are those of that one.
        numbering: of sections and parts: `1.` with `a)`, `1.` with `1.1`, or none.
        statements: whether a document of its kinds has to make statements, such as on subsidiarity, and is tested step by step.
        attitude: the sentence with a grade, with room for the `grade`; the outcome of the check unless given.
        asked_attitude: what is asked where there is none, with room for the `dimension`.
        terms: by when it is due.
        sections: in order.
        parts: by name.
        name: by which it is found.
        folder: where it lies.
    """

    label: Localized
    language: Language = "en"
    called: Localized
    title: Localized
    sources: tuple[FormCitation, ...] = ()
    unconfirmed: Localized = Localized("", "")
    note: Localized = Localized("", "")
    kinds: tuple[str, ...] = ()
    builds_on: str = ""
    numbering: Numbering = "letters"
    statements: bool = False
    attitude: Localized = Localized("", "")
    asked_attitude: Localized = Localized("", "")
    terms: tuple[FormTerm, ...] = ()
    sections: tuple[FormSection, ...]
    parts: Mapping[str, FormPart] = field(factory=dict, hash=False)
    name: str = field(default="", metadata={"internal": True})
    folder: Path = field(default=Path(), metadata={"internal": True})

    @property
    def part_names(self) -> tuple[str, ...]:
        """Every part, in the order in which a reader meets them."""
        return tuple(name for section in self.sections for name in section.names)

    def terms_of(self, vocabulary: str) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """The terms of a vocabulary that the form names, each with its key in the file: `kinds`, `statements` or one of provisions."""
        if vocabulary == "kinds":
            yield from ((("kinds", at), term) for at, term in enumerate(self.kinds))
            for number, due in enumerate(self.terms):
                for key in ("kinds", "except_kinds"):
                    yield from ((("terms", number, key, at), term) for at, term in enumerate(getattr(due, key)))
            return
        for name, part in self.parts.items():
            if vocabulary == "statements":
                yield from ((("parts", name, "statements", at), term) for at, term in enumerate(part.statements))
                continue
            for number, duties in enumerate(part.duties):
                for key in ("actors", "addressees", "effects", "safeguards"):
                    if vocabulary == ("actors" if key == "addressees" else key):
                        terms = enumerate(getattr(duties, key))
                        yield from ((("parts", name, "duties", number, key, at), term) for at, term in terms)
