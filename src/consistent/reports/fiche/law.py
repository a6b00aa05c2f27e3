"""Section 6 of the fiche: national law, delegated and implementing acts, entry into force, end."""

from collections.abc import Iterator

from consistent.documents.citing.references import Place
from consistent.documents.document import place_of
from consistent.documents.provisions.empowerments import Empowerment
from consistent.drafting.draft import Draft
from consistent.model.text import Language
from consistent.reports.fiche.appraising import made_statements
from consistent.reports.fiche.content import Block, Listing, Source, Statement
from consistent.reports.fiche.form import words
from consistent.reports.fiche.matter import Matter

__all__ = ["empowerments", "end_of_application", "entry_into_force", "instrument", "national_rules"]

# In letters, about three lines of what an act is for.
_LONGEST = 300
_EFFECTS = {"delegated": ("delegated-power",), "implementing": ("implementing-power",)}


def instrument(matter: Matter) -> Iterator[Block]:
    """What the instrument means for national law."""
    value = matter.proposal.instrument
    if not value.yes:
        yield matter.gap("instrument")
    for each in sorted(map(str, value.yes)):
        kind = next((name for name in words("instruments") if each in matter.within("instruments", [name])), None)
        label = matter.term("instruments", each)
        if kind is None:
            yield matter.stated(matter.say("instrument", what=label), "instrument")
        else:
            text = f"{matter.say('instrument', what=label)} {matter.text(words('instruments')[kind])}"
            yield matter.stated(text, "instrument", more=matter.sources(["TFEU 288"]))


def national_rules(matter: Matter) -> Iterator[Block]:
    """Whether a directive says which rules it needs (Article 5 of Protocol No 2)."""
    if matter.proposal.instrument.yes & matter.within("instruments", ["directive"]):
        yield from made_statements(matter, ["national-rules"])


def entry_into_force(matter: Matter) -> Iterator[Block]:
    """The days that the proposal names."""
    days = matter.labels("entry_into_force")
    for each in days:
        yield matter.stated(matter.say("enters into force", day=each), "entry_into_force")
    draft = matter.dossier.draft
    start = draft.header.application.start if draft else None
    if draft is not None and start is not None:
        text = matter.say("applies from", day=matter.on(start.value))
        place = place_of(draft.document, start.span) if start.span else draft.document.name
        yield Statement(text=text, sources=(_document(matter, place),), confirmed=False)
    if not days:
        yield matter.gap("entry into force")


def end_of_application(matter: Matter) -> Iterator[Block]:
    """The day on which it ends, where it names one."""
    for each in matter.labels("end_of_application"):
        yield matter.stated(matter.say("applies until", day=each), "end_of_application")


def empowerments(matter: Matter) -> Iterator[Block]:
    """Every delegated and implementing act that is provided for, with the question whether it may and should be."""
    draft = matter.dossier.draft
    if draft is None:
        yield from _recorded(matter)
        return
    for each in draft.empowerments.granted:
        yield from _granted(matter, draft, each)
    if not draft.empowerments.granted:
        yield Statement(text=matter.say("no empowerments"), sources=(_document(matter),), confirmed=False)
        yield matter.gap("no empowerments")
    for exercise in draft.empowerments.delegations:
        place = place_of(draft.document, exercise.span)
        told = [
            matter.say("indeterminate") if exercise.indeterminate else None,
            matter.say("months", months=exercise.months) if exercise.months is not None else None,
            matter.say("tacit") if exercise.tacit else None,
            matter.say("revocable") if exercise.revocable else None,
            matter.say("objection", months=exercise.objection) if exercise.objection is not None else None,
        ]
        text = matter.say("delegation", what="; ".join(filter(None, told)) or matter.say("no terms"))
        yield Statement(text=text, sources=(_document(matter, place),), confirmed=False)
    mismatched = tuple(
        Statement(
            text=f"{_named(each.place, matter.language)}: {matter.text(words('mismatches')[each.kind])}",
            sources=(_document(matter, place_of(draft.document, each.span)),),
            confirmed=False,
        )
        for each in draft.empowerments.mismatches
    )
    if mismatched:
        yield Listing(lead=matter.say("mismatches"), items=mismatched)


def _granted(matter: Matter, draft: Draft, each: Empowerment) -> Iterator[Block]:
    place, where = _named(each.place, matter.language), place_of(draft.document, each.span)
    purpose = draft.document.of(each.purposes[0] if each.purposes else each.span)
    quote = purpose if len(purpose) <= _LONGEST else f"{purpose[:_LONGEST].rstrip()} ..."
    told = [matter.say(each.kind, holder=matter.term("actors", each.holder))]
    if each.kind == "delegated" and each.effect != "unclear":
        told.append(matter.text(words("effects")[each.effect]))
    if each.kind == "implementing":
        told.append(matter.text(words("procedures")[each.procedure or "none"]))
    if each.urgent:
        told.append(matter.say("urgent"))
    if each.within is not None:
        told.append(matter.say("within", act=each.within.act or str(each.within.place)))
    text = f"{place}: {', '.join(told)}: '{quote}'"
    if each.look != "unclear":
        text += f". {matter.text(words('looks')[each.look])}"
    yield Statement(text=text, sources=(_document(matter, where),), confirmed=False)
    yield matter.gap(each.kind, place=place)


def _named(place: Place, language: Language) -> str:
    """A provision of the act itself, at the beginning of a sentence: `Artikel 25, lid 4`."""
    if place.annex or not place.article:
        return str(place)
    if language != "nl":
        groups = "".join(f"({each})" for each in (place.paragraph, place.point) if each)
        return f"Article {place.article}{groups}"
    paragraph = f"lid {place.paragraph}" if place.paragraph else ""
    point = f"onder {place.point})" if place.point else ""
    return ", ".join(filter(None, (f"Artikel {place.article}", paragraph, point)))


def _recorded(matter: Matter) -> Iterator[Block]:
    """What was recorded of measures: powers, without the procedure of a committee."""
    found, unknown = False, False
    for each in matter.proposal.measures:
        for kind, terms in _EFFECTS.items():
            wanted = matter.within("effects", terms)
            has = [atom for atom in each.effects.yes if atom in wanted]
            if has:
                found = True
                name = matter.name_of(each)
                what = ", ".join(sorted(matter.label("effects", atom, each) for atom in has))
                yield matter.stated(f"{name}: {what}.", "effects", each, has)
                yield matter.gap(kind, place=name)
        unknown = unknown or each.effects.open
    if not found and not unknown and matter.proposal.measures:
        yield Statement(text=matter.say("none recorded"), sources=(matter.passage("reference"),))
    yield matter.gap("no empowerments" if not found else "further empowerments")


def _document(matter: Matter, place: str = "") -> Source:
    """The document with the place in it."""
    return Source(", ".join(filter(None, (matter.name, place))))
