"""From the TOML of a form to a form, with every fault at its line, all at once."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from attrs import evolve

from consistent.documents.places import NAMES
from consistent.errors import Faults, did_you_mean
from consistent.forms.form import Form, FormPart, FormTerm
from consistent.model.text import LANGUAGES, Localized
from consistent.model.vocabulary import Vocabulary
from consistent.sources import parse_source
from consistent.toml.structuring import as_title, new_converter, structure
from consistent.toml.tomlfile import KeyPath, TomlFile

__all__ = ["check_terms", "read_form"]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MONTHS = range(1, 13)
# A problem of a form: what, where, and what helps.
_Found = tuple[str, KeyPath, str]

_converter = new_converter()
# Whoever writes a form for one office need not write it in two languages.
_converter.register_structure_hook(Localized, lambda value, _: as_title(value))


def read_form(file: TomlFile, name: str, folder: Path, base: Callable[[str], Form]) -> Form:
    """The form that a file says.

    Args:
        file: `form.toml` of its folder.
        name: by which the form is found.
        folder: where it lies.
        base: gives the form that another one builds on, by name.

    Raises:
        InputError: with every fault of the file; of the form that it builds on, too.
        UsageError: there is no form of that name to build on.
    """
    form = evolve(structure(_converter, file.data, Form, file), name=name, folder=folder)
    below = base(form.builds_on) if form.builds_on else None
    inherited: Mapping[str, FormPart] = below.parts if below else {}
    faults = Faults()
    for message, key, help_ in _faults_of(form, inherited):
        faults.add(message, file.location(key), help_)
    faults.raise_any()
    return evolve(form, parts={**inherited, **form.parts}, terms=form.terms or (below.terms if below else ()))


def check_terms(form: Form, vocabularies: Mapping[str, Vocabulary], file: TomlFile) -> None:
    """Refuse terms that a pack has not got: a place that names one stays empty, and nobody would see why.

    Args:
        form: that names them.
        vocabularies: of the pack.
        file: of the form, for the places of faults.

    Raises:
        InputError: with each term that is not known.
    """
    faults = Faults()
    for name in ("kinds", "statements", "actors", "effects", "safeguards"):
        known = vocabularies.get(name)
        for key, term in form.terms_of(name) if known is not None else ():
            if known is not None and term not in known:
                faults.add(
                    f"unknown term `{term}` in vocabulary `{name}`",
                    file.location(key),
                    did_you_mean(term, known.terms),
                )
    faults.raise_any()


def _faults_of(form: Form, inherited: Mapping[str, FormPart]) -> Iterator[_Found]:
    """What is wrong with a form that has the right shape."""
    parts = {**inherited, **form.parts}
    yield from _of_sections(form, parts)
    names = [name for name in form.part_names if name in parts]
    for name in form.parts:
        if name not in names:
            yield f"part `{name}` stands in no section", ("parts", name), "name it in `parts` or `content` of a section"
    yield from _of_rest(names, parts)
    for name, part in form.parts.items():
        yield from _of_part(form, name, part)
    yield from _of_text(form.title, ("title",), {"subject"})
    yield from _of_text(form.attitude, ("attitude",), {"grade"})
    yield from _of_text(form.asked_attitude, ("asked_attitude",), {"dimension"}, question=True)
    for number, term in enumerate(form.terms):
        yield from _of_term(term, ("terms", number))


def _of_sections(form: Form, parts: Mapping[str, FormPart]) -> Iterator[_Found]:
    if not form.sections:
        yield "a form has one section at least", ("sections",), "write `[[sections]]`"
    met: set[str] = set()
    for number, section in enumerate(form.sections):
        at: KeyPath = ("sections", number)
        if bool(section.parts) == bool(section.content):
            yield "a section has either `parts` or a `content`", at, "`content` is for a section that is not divided"
        named = [((*at, "parts", index), name) for index, name in enumerate(section.parts)]
        for key, name in [*named, *([((*at, "content"), section.content)] if section.content else [])]:
            if name not in parts:
                yield f"there is no part `{name}`", key, did_you_mean(name, parts) or f"write `[parts.{name}]`"
            elif name in met:
                yield f"part `{name}` stands in two places", key, "a part stands in one: give the other one its own"
            met.add(name)
        for key, name in named:
            if name in parts and not parts[name].heading.en:
                yield f"part `{name}` has no heading", key, f'write `heading = "..."` below `[parts.{name}]`'


def _of_rest(names: list[str], parts: Mapping[str, FormPart]) -> Iterator[_Found]:
    """One part takes what has no part of its own: without it, findings would be lost."""
    rest = [name for name in names if parts[name].rest]
    if not rest:
        yield (
            "no part takes the findings that have no part of their own",
            ("parts",),
            "write `rest = true` in the part for the appraisal as a whole",
        )
    for name in rest[1:]:
        yield f"`rest` stands in two parts, `{rest[0]}` and `{name}`", ("parts", name, "rest"), "leave it in one"


def _of_part(form: Form, name: str, part: FormPart) -> Iterator[_Found]:
    at: KeyPath = ("parts", name)
    for number, question in enumerate(part.questions):
        yield from _of_text(question.text, (*at, "questions", number, "text"), set(), question=True)
    if part.attitude and not (form.attitude.en and form.asked_attitude.en):
        yield (
            "an attitude is taken here, and the form has no sentence for it",
            (*at, "attitude"),
            "write `attitude` and `asked_attitude` at the top of the form",
        )
    if part.opening.en and not form.statements:
        yield (
            "an `opening` is told in a form with `statements = true` only",
            (*at, "opening"),
            "write `statements = true` at the top of the form",
        )
    for number, quotation in enumerate(part.quotations):
        if quotation.within and quotation.within not in NAMES:
            yield (
                f"no part of a document is called `{quotation.within}`",
                (*at, "quotations", number, "within"),
                did_you_mean(quotation.within, NAMES),
            )
    for number, duties in enumerate(part.duties):
        if not (duties.actors or duties.addressees or duties.effects or duties.safeguards):
            yield "no provision is meant here", (*at, "duties", number), "name `effects`, `safeguards` or who acts"


def _of_term(term: FormTerm, at: KeyPath) -> Iterator[_Found]:
    filled = {"day", "start", "what"}
    yield from _of_text(term.text, (*at, "text"), filled)
    yield from _of_text(term.question, (*at, "question"), set(), question=True)
    yield from _of_text(term.unused, (*at, "unused"), set())
    if term.days < 1:
        yield "a term has one day at least", (*at, "days"), ""
    if not term.since:
        yield (
            "it is not said from which day the term counts",
            (*at, "since"),
            'write `since = ["received", "document"]`',
        )
    for number, source in enumerate(term.sources):
        if parse_source(source) is None:
            yield f"source `{source}` is in no known form", (*at, "sources", number), "anything is cited by its address"
    if term.pause is not None:
        pause: KeyPath = (*at, "pause")
        yield from _of_text(term.pause.text, (*pause, "text"), filled)
        yield from _of_text(term.pause.question, (*pause, "question"), set(), question=True)
        if term.pause.month not in _MONTHS:
            yield f"there is no month {term.pause.month}", (*pause, "month"), "August is 8"


def _of_text(text: Localized, at: KeyPath, filled: set[str], *, question: bool = False) -> Iterator[_Found]:
    """Braces that nothing fills, and a question that is none; told once where both languages have the same."""
    seen: set[str] = set()
    for language in LANGUAGES:
        said = text.get(language)
        if not said or said in seen:
            continue
        seen.add(said)
        for name in _PLACEHOLDER.findall(said):
            if name not in filled:
                known = " and ".join(f"`{{{each}}}`" for each in sorted(filled))
                yield f"nothing fills `{{{name}}}`", at, f"known here: {known}" if filled else "write it without braces"
        if said.count("{") != said.count("}"):
            yield "a brace is not closed", at, "what is filled in stands between `{` and `}`"
        if question and not said.endswith("?"):
            yield "a question ends in a question mark", at, ""
