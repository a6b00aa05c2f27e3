"""From the TOML of a form to a form, with every fault at its line, all at once."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from attrs import evolve

from consistent.documents.places import NAMES
from consistent.errors import MOST_FAULTS, Fault, InputError, UsageError, did_you_mean
from consistent.forms.form import Form, FormPart, FormTerm
from consistent.model.text import LANGUAGES, Localized
from consistent.model.vocabulary import Vocabulary
from consistent.sources import parse_source
from consistent.toml.structuring import Problem, as_title, new_converter, structure
from consistent.toml.tomlfile import KeyPath, TomlFile

__all__ = ["Vocabularies", "read_form"]

Vocabularies = Mapping[str, Vocabulary]

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_MONTHS = range(1, 13)

_converter = new_converter()
# Whoever writes a form for one office need not write it in two languages.
_converter.register_structure_hook(Localized, lambda value, _: as_title(value))


def read_form(
    file: TomlFile, name: str, folder: Path, base: Callable[[str], Form], vocabularies: Vocabularies | None = None
) -> Form:
    """The form that a file says.

    Args:
        file: `form.toml` of its folder.
        name: by which the form is found.
        folder: where it lies.
        base: gives the form that another one builds on, by name.
        vocabularies: of a pack, whose terms the form must name; not looked at where None. A place that names a term which the pack has
            not got would stay empty, and nobody would see why.

    Raises:
        InputError: with every fault of the file; or the form that it builds on is not there, or has faults.
    """
    form = evolve(structure(_converter, file.data, Form, file), name=name, folder=folder)
    try:
        below = base(form.builds_on) if form.builds_on else None
    except UsageError as error:
        raise InputError([Fault(error.message, file.location(("builds_on",)), error.help)]) from None
    inherited: Mapping[str, FormPart] = below.parts if below else {}
    problems = (*_problems_of(form, inherited), *_of_terms(form, vocabularies or {}))
    if problems:
        raise InputError([Fault(each.message, file.location(each.key), each.help) for each in problems[:MOST_FAULTS]])
    return evolve(form, parts={**inherited, **form.parts}, terms=form.terms or (below.terms if below else ()))


def _problems_of(form: Form, inherited: Mapping[str, FormPart]) -> Iterator[Problem]:
    """What is wrong with a form that has the right shape."""
    parts = {**inherited, **form.parts}
    yield from _of_sections(form, parts)
    names = [name for name in form.part_names if name in parts]
    for name in form.parts:
        if name not in names:
            yield Problem(
                f"part `{name}` stands in no section", "name it in `parts` or `content` of a section", ("parts", name)
            )
    yield from _of_rest(names, parts)
    for name, part in form.parts.items():
        yield from _of_part(form, name, part)
    yield from _of_text(form.title, ("title",), {"subject"})
    yield from _of_text(form.attitude, ("attitude",), {"grade"})
    yield from _of_text(form.asked_attitude, ("asked_attitude",), {"dimension"}, question=True)
    for number, term in enumerate(form.terms):
        yield from _of_term(term, ("terms", number))


def _of_sections(form: Form, parts: Mapping[str, FormPart]) -> Iterator[Problem]:
    if not form.sections:
        yield Problem("a form has one section at least", "write `[[sections]]`", ("sections",))
    met: set[str] = set()
    for number, section in enumerate(form.sections):
        at: KeyPath = ("sections", number)
        if bool(section.parts) == bool(section.content):
            yield Problem(
                "a section has either `parts` or a `content`", "`content` is for a section that is not divided", at
            )
        named = [((*at, "parts", index), name) for index, name in enumerate(section.parts)]
        for key, name in [*named, *([((*at, "content"), section.content)] if section.content else [])]:
            if name not in parts:
                yield Problem(f"there is no part `{name}`", did_you_mean(name, parts) or f"write `[parts.{name}]`", key)
            elif name in met:
                yield Problem(
                    f"part `{name}` stands in two places", "a part stands in one: give the other one its own", key
                )
            met.add(name)
        for key, name in named:
            if name in parts and not parts[name].heading.en:
                yield Problem(f"part `{name}` has no heading", f'write `heading = "..."` below `[parts.{name}]`', key)


def _of_rest(names: list[str], parts: Mapping[str, FormPart]) -> Iterator[Problem]:
    """One part takes what has no part of its own: without it, findings would be lost."""
    rest = [name for name in names if parts[name].rest]
    if not rest:
        yield Problem(
            "no part takes the findings that have no part of their own",
            "write `rest = true` in the part for the appraisal as a whole",
            ("parts",),
        )
    for name in rest[1:]:
        yield Problem(
            f"`rest` stands in two parts, `{rest[0]}` and `{name}`", "leave it in one", ("parts", name, "rest")
        )


def _of_part(form: Form, name: str, part: FormPart) -> Iterator[Problem]:
    at: KeyPath = ("parts", name)
    for number, question in enumerate(part.questions):
        yield from _of_text(question.text, (*at, "questions", number, "text"), set(), question=True)
    if part.attitude and not (form.attitude.en and form.asked_attitude.en):
        yield Problem(
            "an attitude is taken here, and the form has no sentence for it",
            "write `attitude` and `asked_attitude` at the top of the form",
            (*at, "attitude"),
        )
    if part.opening.en and not form.statements:
        yield Problem(
            "an `opening` is told in a form with `statements = true` only",
            "write `statements = true` at the top of the form",
            (*at, "opening"),
        )
    for number, quotation in enumerate(part.quotations):
        if quotation.within and quotation.within not in NAMES:
            yield Problem(
                f"no part of a document is called `{quotation.within}`",
                did_you_mean(quotation.within, NAMES),
                (*at, "quotations", number, "within"),
            )
    for number, duties in enumerate(part.duties):
        if not (duties.actors or duties.addressees or duties.effects or duties.safeguards):
            yield Problem(
                "no provision is meant here", "name `effects`, `safeguards` or who acts", (*at, "duties", number)
            )


def _of_terms(form: Form, vocabularies: Vocabularies) -> Iterator[Problem]:
    """Terms that the pack has not got, of the vocabularies that it has."""
    for name in ("kinds", "statements", "actors", "effects", "safeguards"):
        if name in vocabularies:
            known = vocabularies[name]
            for key, term in form.terms_of(name):
                if term not in known:
                    yield Problem(f"unknown term `{term}` in vocabulary `{name}`", did_you_mean(term, known.terms), key)


def _of_term(term: FormTerm, at: KeyPath) -> Iterator[Problem]:
    filled = {"day", "start", "what"}
    yield from _of_text(term.text, (*at, "text"), filled)
    yield from _of_text(term.question, (*at, "question"), set(), question=True)
    yield from _of_text(term.unused, (*at, "unused"), set())
    if term.days < 1:
        yield Problem("a term has one day at least", "", (*at, "days"))
    if not term.since:
        yield Problem(
            "it is not said from which day the term counts", 'write `since = ["received", "document"]`', (*at, "since")
        )
    for number, source in enumerate(term.sources):
        if parse_source(source) is None:
            yield Problem(
                f"source `{source}` is in no known form", "anything is cited by its address", (*at, "sources", number)
            )
    if term.pause is not None:
        pause: KeyPath = (*at, "pause")
        yield from _of_text(term.pause.text, (*pause, "text"), filled)
        yield from _of_text(term.pause.question, (*pause, "question"), set(), question=True)
        if term.pause.month not in _MONTHS:
            yield Problem(f"there is no month {term.pause.month}", "August is 8", (*pause, "month"))


def _of_text(text: Localized, at: KeyPath, filled: set[str], *, question: bool = False) -> Iterator[Problem]:
    """Braces that nothing fills, and a question that is none; told once where both languages have the same."""
    seen: set[str] = set()
    for language in LANGUAGES:
        said = text.get(language)
        if not said or said in seen:
            continue
        seen.add(said)
        for name in _PLACEHOLDER.findall(said):
            if name not in filled:
                known = ", ".join(f"`{{{each}}}`" for each in sorted(filled))
                yield Problem(
                    f"nothing fills `{{{name}}}`", f"known here: {known}" if filled else "write it without braces", at
                )
        if said.count("{") != said.count("}"):
            yield Problem("a brace is not closed", "what is filled in stands between `{` and `}`", at)
        if question and not said.endswith("?"):
            yield Problem("a question ends in a question mark", "", at)
