"""What whoever works on a draft must know: what it rests on, what it leaves out, and the deadlines."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from consistent.fiche._provisions import provisions
from consistent.fiche.content import Block, Gap, Source, Statement
from consistent.fiche.matter import Matter
from consistent.forms.form import Form, FormTerm, Since
from consistent.reports.notices import TYPED, caveats
from consistent.reports.silence import silence_lines
from consistent.scrutiny.clock import last_day, last_day_of_opinions, last_working_day, month_touched

__all__ = ["deadlines", "standing"]

# Deadlines of the appraisal and of the test of subsidiarity, counted from a given day.

_EIGHT_WEEKS = 8 * 7
_OPINIONS, _LEGISLATIVE = "Protocol No 2 art. 6", "Protocol No 2 art. 3"
# How the institutions count the eight weeks.
_RECESS = "ST 10722/19"


def standing(matter: Matter, form: Form) -> Iterator[Block]:
    """What the draft was made from, and what stands in the way of relying on it."""
    report, repairs = matter.dossier.report, matter.dossier.repairs
    told = [
        matter.say("made", proposal=matter.name, pack=report.pack),
        # What is typed at a prompt means nothing in a document that is passed around.
        *(TYPED.sub("", caveat) for caveat in caveats(report, matter.language)),
    ]
    aside = sum(not said.met for said in report.defeated)
    if aside:
        told.append(matter.say("aside", count=aside))
    if repairs is None:
        told.append(matter.say("not sought"))
    elif not repairs.complete:
        told.append(matter.say("stopped"))
    yield from (Statement(text=_sentence(said), sources=(matter.check,)) for said in told if said)
    note = matter.text(form.note)
    if note:
        sources = tuple(Source(each.label, each.url) for each in form.sources) or (matter.check,)
        unconfirmed = matter.text(form.unconfirmed)
        more = f" {matter.say('unconfirmed of the form', what=unconfirmed)}" if unconfirmed else ""
        yield Statement(text=f"{note}{more}", sources=sources)
    yield from _not_judged(matter)


def _not_judged(matter: Matter) -> Iterator[Block]:
    """The measures on which no rule speaks, as a reader of the fiche knows them: ids are not in it."""
    silent = set(matter.dossier.report.not_judged)
    measures = [measure for measure in matter.proposal.measures if measure.id in silent]
    if measures:
        what = provisions(matter, measures)
        yield Statement(text=matter.say("not judged", count=len(measures), what=what), sources=(matter.check,))
    heading, lines = silence_lines(matter.dossier.report, matter.language)
    if lines:
        yield Statement(text=f"{heading} {'; '.join(lines)}.", sources=(matter.check,))


def _sentence(text: str) -> str:
    said = text[:1].upper() + text[1:]
    return said if said.endswith((".", "?", "!")) else f"{said}."


def deadlines(matter: Matter, form: Form) -> Iterator[Block]:
    """The deadlines that hold for a document of its kind, each from the day that it counts from."""
    kinds = matter.proposal.kind.yes
    legislative = matter.within("kinds", ["legislative-proposal"])
    if not kinds:
        yield matter.gap("kind")
    if kinds & legislative:
        yield from _opinions(matter)
    elif not kinds or kinds & matter.above("kinds", "legislative-proposal"):
        yield matter.gap("perhaps transmitted")
    elif matter.given.transmitted is not None:
        yield Statement(text=matter.say("transmitted unused"), sources=matter.sources([_LEGISLATIVE]))
    holding = [term for term in form.terms if _holds(matter, term)]
    for term in holding:
        yield from _due(matter, term)
    yield from _unused(matter, form, holding)


def _holds(matter: Matter, term: FormTerm) -> bool:
    """Whether a term is for a document of its kind."""
    kinds = matter.proposal.kind.yes
    wanted, others = (matter.within("kinds", each) for each in (term.kinds, term.except_kinds))
    return not kinds & others and (not term.kinds or bool(kinds & wanted))


def _opinions(matter: Matter) -> Iterator[Block]:
    start = matter.given.transmitted
    if start is None:
        yield matter.gap("transmitted")
        return
    plain, counted = last_day(start, _EIGHT_WEEKS), last_day_of_opinions(start)
    text = matter.say("opinions", day=matter.on(plain), start=matter.on(start))
    yield Statement(text=text, sources=matter.sources([_OPINIONS]))
    if counted != plain:
        yield Statement(
            text=matter.say("opinions with recess", day=matter.on(counted)), sources=matter.sources([_RECESS])
        )


def _due(matter: Matter, term: FormTerm) -> Iterator[Block]:
    """By when the form is due, where a day is known from which that counts."""
    found = next(((name, day) for name in term.since if (day := _day_of(matter, name)) is not None), None)
    if found is None:
        yield Gap(matter.text(term.question))
        return
    name, start = found
    end = last_working_day(start, term.days) if term.working else last_day(start, term.days)
    pause = term.pause if term.pause and month_touched(start, end, term.pause.month) else None
    text = matter.text(pause.text if pause else term.text)
    told = {"day": matter.on(end), "start": matter.on(start), "what": matter.say(_BEGAN[name])}
    sources = matter.sources(term.sources)
    yield Statement(text=text.format(**told), sources=sources)
    if pause is not None:
        yield Statement(text=matter.text(pause.note), sources=sources)
        yield Gap(matter.text(pause.question))


# What a term counts from, as a sentence has it.
_BEGAN: Mapping[Since, str] = {
    "transmitted": "given day",
    "received": "receipt",
    "letter": "given day",
    "since": "given day",
    "document": "own date",
}


def _day_of(matter: Matter, name: Since) -> date | None:
    if name == "document":
        return next((value for value in matter.proposal.date.yes if isinstance(value, date)), None)
    day: date | None = getattr(matter.given, name)
    return day


def _unused(matter: Matter, form: Form, holding: Sequence[FormTerm]) -> Iterator[Block]:
    """Of days that were given and tell nothing here, that they do not: else a deadline would be missed unseen."""
    used: set[str] = {name for term in holding for name in term.since} | {"transmitted"}
    used |= {"received"} if any("received" in form.parts[name].fills for name in form.part_names) else set()
    for name in ("received", "letter", "since"):
        if getattr(matter.given, name) is None or name in used:
            continue
        own = [term for term in form.terms if name in term.since and matter.text(term.unused)]
        for term in own:
            yield Statement(text=matter.text(term.unused), sources=matter.sources(term.sources))
        if not own:
            yield Statement(text=matter.say("day unused", name=name), sources=(matter.check,))
