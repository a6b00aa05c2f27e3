"""Makes a fiche of a dossier."""

import re
from collections.abc import Callable, Iterator, Mapping
from string import ascii_lowercase

from attrs import evolve, frozen

from consistent.documents.places import in_part
from consistent.fiche import _appraising, _competence, _general, _provisions
from consistent.fiche._words import words
from consistent.fiche.about import deadlines, standing
from consistent.fiche.content import Block, Fiche, FixedText, Gap, Part, Statement
from consistent.fiche.matter import Given, Matter, budget
from consistent.findings.said import Said
from consistent.forms.finding import LEGISLATION, form_named
from consistent.forms.form import Fill, Form, FormPart
from consistent.model.recorded import Quotation
from consistent.model.text import LANGUAGES, Language
from consistent.reports.dossier import Dossier
from consistent.reports.notices import identity_outline
from consistent.reports.outline import plain
from consistent.reports.terminal import shortened
from consistent.rules.rule import DIMENSIONS

__all__ = ["fiche_of", "form_for"]

Maker = Callable[[Matter], Iterator[Block]]

# The section writers: what is told of a proposal in a place, beside findings, statements and questions, which the form itself names.
_WRITERS: Mapping[Fill, Maker] = {
    "title": _general.title,
    "received": _general.received,
    "number": _general.number,
    "procedure-number": _general.procedure_number,
    "eur-lex": _general.eur_lex,
    "impact-assessment-number": _general.impact_assessment_number,
    "areas": _general.areas,
    "council": _general.council,
    "legal-basis": _general.legal_basis,
    "decision-procedure": _general.decision_procedure,
    "parliament": _general.parliament,
    "chapters": _provisions.chapters,
    "positions": _competence.policy,
    "legal-bases": _competence.legal_bases,
    "provisions-counted": _competence.carried,
    "split-off": _competence.split_off,
    "subsidiarity": _competence.subsidiarity,
    "budget": budget,
    "instrument": _appraising.instrument,
    "national-rules": _appraising.national_rules,
    "empowerments": _appraising.empowerments,
    "entry-into-force": _appraising.entry_into_force,
    "end-of-application": _appraising.end_of_application,
    "press-for": _competence.pressed_for,
}
# Asks for what the findings before it come to.
_LAST: Fill = "press-for"
# Terms for documents of which no statement is asked: they bind nobody.
_WITHOUT_STATEMENTS = ("policy-document", "recommendation-proposal")
# The form of a document of whose kind none of the others is.
_BY_KIND = (LEGISLATION, "communication")


def fiche_of(
    dossier: Dossier, language: Language, given: Given | None = None, *, form: Form | str | None = None
) -> Fiche:
    """A first draft of the appraisal. The same dossier, language and days give an equal fiche.

    Args:
        dossier: of a check; with repairs, so that it says what to press for.
        language: of the fiche; what the proposal says stays as it is.
        given: days that no document tells.
        form: the form, or the name of one; of the Dutch ones that for the kind of document unless given.

    Raises:
        UsageError: there is no form of that name.
        InputError: it cannot be used.
    """
    wanted = form if isinstance(form, Form) else form_named(form or form_for(dossier))
    lists = any("chapters" in wanted.parts[name].fills for name in wanted.part_names)
    numbers = _provisions.numbers_of(dossier.proposal.measures) if lists else {}
    matter = Matter(dossier, language, given or Given(), numbers)
    sections = tuple(_sections(matter, wanted))
    made = Fiche(
        form=wanted.name,
        numbering=wanted.numbering,
        language=language,
        title=wanted.title.get(language).format(subject=_subject(matter)),
        about=Part(
            number="",
            heading=matter.say("about", form=matter.text(wanted.called)),
            blocks=(*standing(matter, wanted), *_appraising.open_in_all(matter), *deadlines(matter, wanted)),
        ),
        sections=sections,
        identity=" ".join(plain(line.text) for line in identity_outline(dossier.report, language)),
    )
    counted = Statement(
        text=matter.say("gaps", count=len(made.gaps()), mark=matter.say("gap")), sources=(matter.check,)
    )
    first, *others = made.about.blocks
    return evolve(made, about=evolve(made.about, blocks=(first, counted, *others)))


def form_for(dossier: Dossier) -> str:
    """The Dutch form for a document of its kind: that which names the kind, else the first."""
    matter = Matter(dossier, "en")
    kinds = matter.proposal.kind.yes
    named = (name for name in _BY_KIND if kinds & matter.within("kinds", form_named(name).kinds))
    return next(named, LEGISLATION)


def _subject(matter: Matter) -> str:
    """What a heading calls the document: the short title that it gives itself in brackets, else the instrument and its subject."""
    title = matter.proposal.title
    text = matter.text(title) if title else ""
    for language in LANGUAGES:
        own = re.search(words("fronts")["short"].get(language), text, flags=re.IGNORECASE)
        if own:
            return own[1].title() if own[1].isupper() else own[1]
        front = re.match(words("fronts")["type"].get(language), text, flags=re.IGNORECASE)
        if front:
            subject = text[front.end() :]
            called = _provisions.sentence_case(subject)
            # Behind the instrument it goes on with a small letter, unless it began with a capital among small ones.
            text = f"{front[1].capitalize()} {called if called == subject else called[:1].lower() + called[1:]}"
    return shortened(text) if text else matter.proposal.name


def _sections(matter: Matter, form: Form) -> Iterator[Part]:
    parts = [form.parts[name] for name in form.part_names]
    places = _Places(
        _quotations(matter, form),
        frozenset(dimension for part in parts for dimension in part.dimensions),
        frozenset(principle for part in parts for principle in part.principles),
    )
    number = 0
    for section in form.sections:
        number += section.numbered
        inner = tuple(
            Part(
                number=_number(form, number, order) if section.numbered else "",
                heading=form.parts[name].heading.get(matter.language),
                blocks=tuple(_blocks(matter, name, form, places)),
            )
            for order, name in enumerate(section.parts)
        )
        blocks = tuple(_blocks(matter, section.content, form, places)) if section.content else ()
        yield Part(
            number=str(number) if section.numbered else "",
            heading=section.heading.get(matter.language),
            blocks=blocks,
            parts=inner,
        )


def _number(form: Form, section: int, order: int) -> str:
    """The number of a part, or its letter; behind the last letter they are doubled."""
    if form.numbering == "decimal":
        return f"{section}.{order + 1}"
    return ascii_lowercase[order % len(ascii_lowercase)] * (order // len(ascii_lowercase) + 1)


def _quotations(matter: Matter, form: Form) -> Mapping[str, tuple[Quotation, ...]]:
    """Which words of the document stand in which part: each in the first part that has room for them."""
    placed: dict[str, tuple[Quotation, ...]] = {}
    used: set[str] = set()
    for name in form.part_names:
        here: list[Quotation] = []
        for wanted in form.parts[name].quotations:
            fitting = [
                quotation
                for quotation in matter.proposal.quotations
                if quotation.about == wanted.about
                and quotation.text not in used
                and (not wanted.within or in_part(quotation.evidence.place, wanted.within))
            ]
            here += fitting[: wanted.most]
            used.update(quotation.text for quotation in fitting[: wanted.most])
        placed[name] = tuple(here)
    return placed


def _blocks(matter: Matter, name: str, form: Form, places: "_Places") -> Iterator[Block]:
    """What stands in a part: its fixed words, the judgement, what is known, findings, what to press for, and questions."""
    part = form.parts[name]
    opening = matter.text(part.opening)
    if opening and form.statements:
        yield FixedText(opening)
    # What has no part of its own is told with the rest, its grade too.
    others = tuple(dimension for dimension in DIMENSIONS if dimension not in places.dimensions) if part.rest else ()
    for dimension in (*part.dimensions, *others):
        yield from _appraising.judgement(matter, dimension, form, attitude=part.attitude)
    yield from _appraising.quoted(matter, places.quotations[name])
    for fill in part.fills:
        yield from _WRITERS[fill](matter) if fill != _LAST else ()
    told = {quotation.about for quotation in matter.proposal.quotations}
    for wanted in part.duties:
        if not told.intersection(wanted.unless):
            yield from _provisions.duties(matter, wanted)
    if form.statements and not matter.proposal.kind.yes & matter.within("kinds", _WITHOUT_STATEMENTS):
        # What is quoted here is seen to be there; of an impact assessment it is the options and the opinion.
        seen: set[str] = {quotation.about for quotation in places.quotations[name]}
        seen |= {"impact-assessment"} if seen & {"option", "preferred-option", "scrutiny-board"} else set()
        yield from _appraising.made_statements(matter, part.statements, seen)
    yield from _appraising.findings(matter, places.among(part), counted="provisions-counted" in part.fills)
    if _LAST in part.fills:
        yield from _WRITERS[_LAST](matter)
    for question in part.questions:
        if not told.intersection(question.unless):
            yield Gap(matter.text(question.text))


@frozen
class _Places:
    """Where in a form the things said have their place: each in one.

    Attributes:
        quotations: of each part.
        dimensions, principles: that parts of the form are for.
    """

    quotations: Mapping[str, tuple[Quotation, ...]]
    dimensions: frozenset[str]
    principles: frozenset[str]

    def among(self, part: FormPart) -> Callable[[Said], bool]:
        """Which of all that is said stands in a part: by principle, else by dimension; what is left in the part for the rest."""

        def here(said: Said) -> bool:
            if said.principle in self.principles:
                return said.principle in part.principles
            return said.dimension in part.dimensions or (part.rest and said.dimension not in self.dimensions)

        return here
