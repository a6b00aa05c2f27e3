"""What whoever works on a draft must know: what it rests on, what it leaves out, and the deadlines."""

from collections.abc import Iterator
from datetime import date

from consistent.fiche._provisions import provisions
from consistent.fiche.content import Block, Statement
from consistent.fiche.matter import Matter
from consistent.reports.notices import TYPED, caveats
from consistent.scrutiny.clock import in_recess, last_day, last_day_of_opinions, month_touched

__all__ = ["deadlines", "in_recess", "last_day", "last_day_of_opinions", "overlaps_august", "standing"]

# Deadlines of the appraisal and of the test of subsidiarity, counted from a given day.

_AUGUST = 8


def overlaps_august(start: date, end: date) -> bool:
    """Whether some day after `start`, up to and including `end`, is in August."""
    return month_touched(start, end, _AUGUST)


_EIGHT_WEEKS, _SIX_WEEKS, _THIRTY_DAYS = 8 * 7, 6 * 7, 30
_OPINIONS, _LEGISLATIVE = "Protocol No 2 art. 6", "Protocol No 2 art. 3"
# How the institutions count the eight weeks; how the fiche's six weeks count; the procedure for white papers.
_RECESS, _FICHE, _WHITE_PAPER = "ST 10722/19", "Kamerstuk 22112-1366", "Kamerstuk 22112-4027 INTRO.5"


def standing(matter: Matter) -> Iterator[Block]:
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
    yield from _not_judged(matter)


def _not_judged(matter: Matter) -> Iterator[Block]:
    """The measures on which no rule speaks, as a reader of the fiche knows them: ids are not in it."""
    silent = set(matter.dossier.report.not_judged)
    measures = [measure for measure in matter.proposal.measures if measure.id in silent]
    if measures:
        what = provisions(matter, measures)
        yield Statement(text=matter.say("not judged", count=len(measures), what=what), sources=(matter.check,))


def _sentence(text: str) -> str:
    said = text[:1].upper() + text[1:]
    return said if said.endswith((".", "?", "!")) else f"{said}."


def deadlines(matter: Matter) -> Iterator[Block]:
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
    white_paper = kinds & matter.within("kinds", ["white-paper"])
    yield from _white_paper(matter) if white_paper else _fiche(matter)
    if matter.given.letter is not None and not white_paper:
        yield Statement(text=matter.say("letter unused"), sources=matter.sources([_WHITE_PAPER]))


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


def _fiche(matter: Matter) -> Iterator[Block]:
    own = next((value for value in matter.proposal.date.yes if isinstance(value, date)), None)
    start = matter.given.received or own
    if start is None:
        yield matter.gap("fiche due")
        return
    end = last_day(start, _SIX_WEEKS)
    what = matter.say("receipt" if matter.given.received else "own date")
    in_august = overlaps_august(start, end)
    key = "fiche due with august" if in_august else "fiche due"
    text = matter.say(key, day=matter.on(end), start=matter.on(start), what=what)
    yield Statement(text=text, sources=matter.sources([_FICHE]))
    if in_august:
        yield Statement(text=matter.say("fiche in august"), sources=matter.sources([_FICHE]))
        yield matter.gap("august weeks")


def _white_paper(matter: Matter) -> Iterator[Block]:
    start = matter.given.letter
    if start is None:
        yield matter.gap("letter")
        return
    text = matter.say("white paper", day=matter.on(last_day(start, _THIRTY_DAYS)))
    yield Statement(text=text, sources=matter.sources([_WHITE_PAPER]))
