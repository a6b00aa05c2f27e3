"""Makes a fiche of a dossier."""

import re
from collections.abc import Callable, Iterator, Mapping
from string import ascii_lowercase

from attrs import evolve, frozen

from consistent.fiche import _appraising, _competence, _general
from consistent.fiche._form import FORM_NAMES, Form, FormPart, form_named, part_named, words
from consistent.fiche.about import deadlines, standing
from consistent.fiche.content import Block, Fiche, Gap, Part, Statement
from consistent.fiche.matter import Given, Matter, budget
from consistent.findings.said import Said
from consistent.model.text import LANGUAGES, Language
from consistent.reports.dossier import Dossier
from consistent.reports.terminal import shortened
from consistent.rules.rule import DIMENSIONS

__all__ = ["fiche_of", "form_for"]

Maker = Callable[[Matter], Iterator[Block]]

# What is known of each part, beside findings, statements and questions, which the form itself names.
_MAKERS: Mapping[str, tuple[Maker, ...]] = {
    "title": (_general.title,),
    "received": (_general.received,),
    "number": (_general.number,),
    "eur-lex": (_general.eur_lex,),
    "impact-assessment-number": (_general.impact_assessment_number,),
    "legal-basis": (_general.legal_basis,),
    "decision-procedure": (_general.decision_procedure,),
    "parliament": (_general.parliament,),
    "contents": (_appraising.objectives, _general.contents),
    "impact-assessment": (_appraising.options,),
    "policy": (_competence.policy,),
    "competence": (_competence.legal_bases, _competence.carried, _competence.split_off),
    "subsidiarity": (_competence.subsidiarity,),
    "union-budget": (budget, _appraising.costs),
    "finance": (budget, _appraising.costs),
    "national-law": (_appraising.instrument, _appraising.national_rules, _appraising.sanctions),
    "feasibility": (_appraising.authorities,),
    "empowerments": (_appraising.empowerments,),
    "entry-into-force": (_appraising.entry_into_force,),
    "evaluation": (_appraising.end_of_application,),
}
# Where what no other part of the form shows has its place, so that no finding is lost.
_REST = "appraisal"


def fiche_of(dossier: Dossier, language: Language, given: Given | None = None, *, form: str = "") -> Fiche:
    """A first draft of the appraisal. The same dossier, language and days give an equal fiche.

    Args:
        dossier: of a check; with repairs, so that it says what to press for.
        language: of the fiche; what the proposal says stays as it is.
        given: days that no document tells.
        form: `legislation` or `communication`; by the kind of document unless given.
    """
    matter = Matter(dossier, language, given or Given())
    name = form or form_for(matter)
    wanted = form_named(name)
    sections = tuple(_sections(matter, wanted))
    made = Fiche(
        form=name,
        language=language,
        title=wanted.title.get(language).format(subject=_subject(matter)),
        about=Part(number="", heading=matter.say("about"), blocks=(*standing(matter), *deadlines(matter))),
        sections=sections,
    )
    counted = Statement(
        text=matter.say("gaps", count=len(made.gaps()), mark=matter.say("gap")), sources=(matter.check,)
    )
    first, *others = made.about.blocks
    return evolve(made, about=evolve(made.about, blocks=(first, counted, *others)))


def form_for(matter: Matter) -> str:
    """The form for a document of its kind: that which names the kind, else the first."""
    kinds = matter.proposal.kind.yes
    named = (name for name in FORM_NAMES if kinds & matter.within("kinds", form_named(name).kinds))
    return next(named, FORM_NAMES[0])


def _subject(matter: Matter) -> str:
    """What the document is about: its title without the type of act, which is in the language of the document."""
    title = matter.proposal.title
    text = matter.text(title) if title else ""
    for language in LANGUAGES:
        text = re.sub(words("fronts")["type"].get(language), "", text, flags=re.IGNORECASE)
    return shortened(text) if text else matter.proposal.name


def _sections(matter: Matter, form: Form) -> Iterator[Part]:
    names = [part for section in form.sections for part in (*section.parts, section.content) if part]
    places = _Places(
        frozenset(dimension for name in names for dimension in part_named(name).dimensions),
        frozenset(principle for name in names for principle in part_named(name).principles),
    )
    for number, section in enumerate(form.sections, 1):
        parts = tuple(
            Part(
                number=letter,
                heading=part_named(name).heading.get(matter.language),
                blocks=tuple(_blocks(matter, name, form, places)),
            )
            for letter, name in zip(ascii_lowercase, section.parts, strict=False)
        )
        blocks = tuple(_blocks(matter, section.content, form, places)) if section.content else ()
        yield Part(number=str(number), heading=section.heading.get(matter.language), blocks=blocks, parts=parts)


def _blocks(matter: Matter, name: str, form: Form, places: "_Places") -> Iterator[Block]:
    """What stands in a part: the judgement, what is known, statements, findings, what to press for, and questions."""
    part = part_named(name)
    # What has no part of its own is told with the rest, its grade too.
    others = tuple(dimension for dimension in DIMENSIONS if dimension not in places.dimensions) if name == _REST else ()
    for dimension in (*part.dimensions, *others):
        yield from _appraising.judgement(matter, dimension, attitude=part.attitude)
    for maker in _MAKERS.get(name, ()):
        yield from maker(matter)
    if form.statements:
        yield from _appraising.made_statements(matter, part.statements)
    yield from _appraising.findings(matter, places.among(name, part))
    yield from _appraising.measures_with(matter, part)
    if name == _REST:
        yield from _competence.pressed_for(matter)
    yield from (Gap(question.get(matter.language)) for question in part.questions)


@frozen
class _Places:
    """Where in a form the things said have their place: each in one.

    Attributes:
        dimensions, principles: that parts of the form are for.
    """

    dimensions: frozenset[str]
    principles: frozenset[str]

    def among(self, name: str, part: FormPart) -> Callable[[Said], bool]:
        """Which of all that is said stands in a part: by principle, else by dimension; what is left in the appraisal."""

        def here(said: Said) -> bool:
            if said.principle in self.principles:
                return said.principle in part.principles
            return said.dimension in part.dimensions or (name == _REST and said.dimension not in self.dimensions)

        return here
