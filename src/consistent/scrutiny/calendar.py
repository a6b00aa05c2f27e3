"""Every day that a proposal brings: terms of scrutiny, and the days that its text names; also as a calendar file (RFC 5545)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from hashlib import sha256

from attrs import field, frozen

from consistent.findings.wording import atom_label
from consistent.knowledge.entries import Knowledge
from consistent.model.proposal import Proposal
from consistent.model.recorded import RecordedTimeLimit
from consistent.model.text import Language, Localized
from consistent.model.titles import short_title
from consistent.reports.dossier import Dossier
from consistent.reports.formats import Format
from consistent.reports.outline import in_one_line
from consistent.scrutiny.cards import cards_for
from consistent.scrutiny.clock import last_day, last_day_of_opinions, later, month_touched, terms, text_of
from consistent.sources import source_label
from consistent.version import __version__

__all__ = ["ICS", "Days", "Event", "Task", "calendar_file", "events_of", "tasks_of"]


@frozen(kw_only=True)
class Days:
    """Days that no document tells.

    Attributes:
        transmitted: when the draft was transmitted to national parliaments in all official languages.
        received: when the document was received.
        urgent: whether the institutions gave reasons for urgency, so that the days that do not count by agreement do count.
        marked: whether a chamber of the Dutch parliament has marked the proposal, for a test of subsidiarity or as a priority.
    """

    transmitted: date | None = None
    received: date | None = None
    urgent: bool = False
    marked: bool = False


@frozen(kw_only=True)
class Event:
    """A day.

    Attributes:
        id: by which it stays the same event when its day changes.
        counted: from what, in words; empty of a day that the text itself names.
        note: what must be known; None for nothing.
        sources: as readers cite them, in English and Dutch.
        confirmed: whether a person stands for it; a term that follows from days that were given needs nobody.
    """

    id: str
    day: date
    title: Localized
    counted: Localized = Localized("", "")
    note: Localized | None = None
    sources: tuple[Localized, ...] = ()
    confirmed: bool = True


@frozen(kw_only=True)
class Task:
    """What has to be known before a day follows."""

    id: str
    title: Localized
    sources: tuple[Localized, ...] = field(default=())


_FROM = Localized("counted from {day}, {what}", "geteld vanaf {day}, {what}")
_TRANSMITTED = Localized(
    "when the draft was transmitted in all official languages", "de toezending in alle officiële talen"
)
_RECEIVED = Localized("when the document was received", "de ontvangst van het document")
_OWN = Localized(
    "the date of the document, as no day of receipt was given",
    "de datum van het document, want een datum van ontvangst is niet opgegeven",
)
_OPINIONS = Localized(
    "Last day for a reasoned opinion of a national parliament",
    "Laatste dag voor een gemotiveerd advies van een nationaal parlement",
)
_URGENT = Localized(
    "Urgent: August and 20 December to 10 January count.",
    "Spoedeisend: augustus en 20 december tot en met 10 januari tellen mee.",
)
_RECESS = Localized(
    "August and 20 December to 10 January do not count by agreement of the institutions, save in urgent cases; with them the last day is {day}.",
    "Augustus en 20 december tot en met 10 januari tellen volgens afspraak tussen de instellingen niet mee, behalve in spoedeisende gevallen; tellen zij mee, dan is de laatste dag {day}.",
)
_AGENDA = Localized(
    "From this day the Council may put the draft on a provisional agenda",
    "Vanaf deze dag mag de Raad het ontwerp op een voorlopige agenda zetten",
)
_FICHE = Localized("Appraisal (BNC-fiche) due in Parliament: six weeks", "BNC-fiche bij de Kamers: zes weken")
_SHORT = Localized("Appraisal (BNC-fiche) due in Parliament: three weeks", "BNC-fiche bij de Kamers: drie weken")
_AUGUST = Localized(
    "Touches August, of which four weeks do not count: the last day can be up to four weeks later.",
    "Raakt augustus, waarvan vier weken niet meetellen: de laatste dag kan tot vier weken later zijn.",
)
_DERIVED = Localized("counted from {day}: {what}", "geteld vanaf {day}: {what}")
_ASK_TRANSMITTED = Localized(
    "Find out on which day {proposal} was transmitted to national parliaments in all official languages",
    "Ga na op welke dag {proposal} in alle officiële talen aan de nationale parlementen is toegezonden",
)
_ASK_COUNTED = Localized(
    "{place}: {what}, counted from {event}; no day follows yet",
    "{place}: {what}, geteld vanaf {event}; daaruit volgt nog geen dag",
)
_NO_DAYS = Localized("No day was found in {proposal}", "In {proposal} is geen dag gevonden")
_KINDS = {
    "entry-into-force": Localized("entry into force", "inwerkingtreding"),
    "application": Localized("application", "toepassing"),
    "end": Localized("end of application", "einde van de toepassing"),
    "transposition": Localized("transposition due", "omzetting"),
    "sanctions": Localized("rules on penalties to be notified", "kennisgeving van sancties"),
    "designation": Localized("authorities to be designated", "aanwijzing van autoriteiten"),
    "plan": Localized("plan due", "plan"),
    "evaluation": Localized("evaluation due", "evaluatie"),
    "report": Localized("report due", "verslag"),
    "notification": Localized("notification due", "kennisgeving"),
    "other": Localized("term", "termijn"),
}
_EVENTS = {
    "publication": Localized("publication", "bekendmaking"),
    "entry-into-force": Localized("entry into force", "inwerkingtreding"),
    "application": Localized("application", "toepassing"),
    "adoption": Localized("adoption", "vaststelling"),
    None: Localized("another event", "een andere gebeurtenis"),
}
_UNITS = {
    ("day", 1): Localized("day", "dag"),
    ("day", 2): Localized("days", "dagen"),
    ("month", 1): Localized("month", "maand"),
    ("month", 2): Localized("months", "maanden"),
    ("year", 1): Localized("year", "jaar"),
    ("year", 2): Localized("years", "jaar"),
}
_UNCONFIRMED = Localized("read by machine, confirmed by nobody", "machinaal gelezen, door niemand bevestigd")


def events_of(proposal: Proposal, knowledge: Knowledge, days: Days, day: date) -> tuple[Event, ...]:
    """Every day, the earliest first.

    Args:
        proposal: any.
        knowledge: of the pack.
        days: those that are known beside.
        day: of the check, where the proposal has none.
    """
    own = next((value for value in proposal.date.yes if isinstance(value, date)), None)
    cards = cards_for(proposal, knowledge, own or day)
    found = [*_fiche(days, own)]
    if days.transmitted is not None and cards.why != "not-legislative":
        if cards.applies is not False:
            found.append(_opinions(days, days.transmitted))
        found.append(_agenda(days.transmitted))
    found += _own(proposal, knowledge)
    return tuple(sorted(found, key=lambda event: (event.day, event.id)))


def _opinions(days: Days, start: date) -> Event:
    plain, counted = last_day(start, 7 * terms()["opinions"]["weeks"]), last_day_of_opinions(start)
    sources = list(terms()["opinions"]["sources"])
    note: Localized | None = None
    if days.urgent:
        counted, note = plain, _URGENT
    elif counted != plain:
        note = _RECESS.filled(day=plain)
        sources += terms()["recess"][0]["sources"]
    return Event(
        id="opinions", day=counted, title=_OPINIONS, counted=_FROM.filled(day=start, what=_TRANSMITTED), note=note,
        sources=_cited(sources),
    )  # fmt: skip


def _agenda(start: date) -> Event:
    known = terms()["agenda"]
    # The period has to have elapsed.
    return Event(
        id="agenda", day=last_day(start, 7 * known["weeks"] + 1), title=_AGENDA,
        counted=_FROM.filled(day=start, what=_TRANSMITTED), note=text_of(known, "unconfirmed"),
        sources=_cited(known["sources"]),
    )  # fmt: skip


def _fiche(days: Days, own: date | None) -> Iterator[Event]:
    """The Dutch appraisal; from the date of the document where no day of receipt was given."""
    known = terms()["fiche"]
    start = days.received or own
    if start is None:
        return
    for name, weeks, title in (("fiche", known["weeks"], _FICHE), ("fiche-short", known["short"], _SHORT)):
        if name == "fiche-short" and not days.marked:
            continue
        end = last_day(start, 7 * weeks)
        notes = [_AUGUST] if month_touched(start, end, known["month"]) else []
        if name == "fiche-short":
            notes += filter(None, [text_of(known, "unconfirmed")])
        yield Event(
            id=name, day=end, title=title, counted=_FROM.filled(day=start, what=_RECEIVED if days.received else _OWN),
            note=_joined(notes), sources=_cited(known["sources"]),
        )  # fmt: skip


def _own(proposal: Proposal, knowledge: Knowledge) -> Iterator[Event]:
    """The days that the text names, and those that follow from them."""
    limits = list(zip(_names(proposal.time_limits), proposal.time_limits, strict=True))
    fixed: dict[str, date] = {
        limit.kind: limit.date
        for _, limit in reversed(limits)
        if limit.date is not None and not limit.provisions and limit.kind in {"entry-into-force", "application"}
    }
    recorded = next((value for value in proposal.entry_into_force.yes if isinstance(value, date)), None)
    if recorded is not None:
        fixed.setdefault("entry-into-force", recorded)
    for name, limit in limits:
        since = fixed.get(limit.after or "")
        day, counted = limit.date, Localized("", "")
        if day is None and since is not None and limit.number is not None and limit.unit is not None:
            day = later(since, limit.number, limit.unit)
            counted = _DERIVED.filled(day=since, what=_EVENTS[limit.after])
        if day is not None:
            yield Event(
                id=name, day=day, title=_titled(limit, knowledge), counted=counted, confirmed=limit.evidence.confirmed,
                sources=(_place(limit),),
            )  # fmt: skip
    kinds = {limit.kind for limit in proposal.time_limits if limit.date is not None}
    for field_name, kind in (("entry_into_force", "entry-into-force"), ("end_of_application", "end")):
        day = next((value for value in proposal.value(field_name).yes if isinstance(value, date)), None)
        if day is not None and kind not in kinds:
            evidence = proposal.evidence_for(field_name)
            place = evidence.place if evidence else ""
            yield Event(
                id=field_name, day=day, title=_KINDS[kind], sources=(Localized(place, place),) if place else (),
                confirmed=evidence is None or evidence.confirmed,
            )  # fmt: skip


def _names(limits: Iterable[RecordedTimeLimit]) -> Iterator[str]:
    """A name for each that stays when another is added elsewhere: what it is for, and where it stands."""
    met: Counter[str] = Counter()
    for limit in limits:
        name = "-".join(filter(None, (limit.kind, limit.annex, limit.article, limit.paragraph, limit.point)))
        met[name] += 1
        yield name if met[name] == 1 else f"{name}-{met[name]}"


def _titled(limit: RecordedTimeLimit, knowledge: Knowledge) -> Localized:
    """What is due, and by whom."""
    about = knowledge.fields.measure["actors"]

    def text(language: Language) -> str:
        who = ", ".join(atom_label(term, about, language, knowledge) for term in limit.who)
        what = _KINDS[limit.kind].get(language)
        more = "; ".join(filter(None, (who, limit.provisions)))
        return f"{what[:1].upper()}{what[1:]}{f' ({more})' if more else ''}"

    return Localized(text("en"), text("nl"))


def _place(limit: RecordedTimeLimit) -> Localized:
    return Localized(limit.at("en"), limit.at("nl"))


def tasks_of(proposal: Proposal, knowledge: Knowledge, days: Days, day: date) -> tuple[Task, ...]:
    """What is needed before more days follow: the day of transmission, and events that have no day yet."""
    own = next((value for value in proposal.date.yes if isinstance(value, date)), None)
    tasks = []
    if days.transmitted is None and cards_for(proposal, knowledge, own or day).why != "not-legislative":
        title = _ASK_TRANSMITTED.filled(proposal=proposal.name)
        tasks.append(Task(id="transmitted", title=title, sources=_cited(terms()["opinions"]["sources"])))
    told = {event.id for event in _own(proposal, knowledge)}
    for name, limit in zip(_names(proposal.time_limits), proposal.time_limits, strict=True):
        if name not in told:
            tasks.append(Task(id=name, title=_waiting(limit, knowledge), sources=(_place(limit),)))
    return tuple(tasks)


def _waiting(limit: RecordedTimeLimit, knowledge: Knowledge) -> Localized:
    what = _titled(limit, knowledge)
    if limit.number and limit.unit is not None:
        unit = _UNITS[limit.unit, 1 if limit.number == 1 else 2]
        what = Localized(f"{what.en}, {limit.number} {unit.en}", f"{what.nl}, {limit.number} {unit.nl}")
    return _ASK_COUNTED.filled(place=_place(limit), what=what, event=_EVENTS[limit.after])


def _joined(texts: Sequence[Localized]) -> Localized | None:
    return Localized(" ".join(each.en for each in texts), " ".join(each.nl for each in texts)) if texts else None


def _cited(sources: Iterable[str]) -> tuple[Localized, ...]:
    return tuple(Localized(source_label(source, "en"), source_label(source, "nl")) for source in dict.fromkeys(sources))


# The calendar file. Lines end in CRLF and are folded at 75 octets (RFC 5545, 3.1).

_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@frozen(kw_only=True)
class _Entries:
    """What of one proposal goes into a calendar."""

    name: str
    title: str
    events: tuple[Event, ...]
    tasks: tuple[Task, ...]
    day: date


def calendar_file(dossiers: Sequence[Dossier], language: Language, days: Days | None = None) -> str:
    """The days of proposals as a calendar file; the same dossiers, language and days give the same file.

    An event keeps its identity when its day changes, so that a calendar that takes the file again moves it. What has to be known
    first is a task without a day.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//consistent//consistent {__version__}//{language.upper()}",
        "CALSCALE:GREGORIAN",
    ]
    for dossier in dossiers:
        lines += _lines(_entries(dossier, days or Days(), language), language)
    return "".join(map(_folded, [*lines, "END:VCALENDAR"]))


def _entries(dossier: Dossier, days: Days, language: Language) -> _Entries:
    proposal, day = dossier.proposal, date.fromisoformat(dossier.report.as_of)
    events = events_of(proposal, dossier.knowledge, days, day)
    tasks = tasks_of(proposal, dossier.knowledge, days, day)
    if not events and not tasks:
        # A calendar without any component is none.
        tasks = (Task(id="none", title=_NO_DAYS.filled(proposal=proposal.name)),)
    title = short_title(proposal.title.get(language)) if proposal.title else proposal.name
    return _Entries(name=proposal.name, title=title, events=events, tasks=tasks, day=day)


def _lines(entries: _Entries, language: Language) -> Iterator[str]:
    for event in entries.events:
        said = [event.counted.get(language), event.note.get(language) if event.note else ""]
        said += [
            "" if event.confirmed else _UNCONFIRMED.get(language),
            "; ".join(each.get(language) for each in event.sources),
        ]
        yield from ("BEGIN:VEVENT", *_head(entries, event.id, event.title, language))
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
        yield from (_described(entries, said), f"CATEGORIES:{_text(entries.name)}", "TRANSP:TRANSPARENT", "END:VEVENT")
    for task in entries.tasks:
        yield from ("BEGIN:VTODO", *_head(entries, task.id, task.title, language))
        yield _described(entries, ["; ".join(each.get(language) for each in task.sources)])
        yield from (f"CATEGORIES:{_text(entries.name)}", "STATUS:NEEDS-ACTION", "END:VTODO")


def _head(entries: _Entries, name: str, title: Localized, language: Language) -> Iterator[str]:
    digest = sha256(f"{entries.name}\n{name}".encode()).hexdigest()[:32]
    yield f"UID:{digest}@consistent"
    # Not the moment of writing: the same check gives the same file.
    yield f"DTSTAMP:{entries.day:%Y%m%d}T000000Z"
    yield f"SUMMARY;LANGUAGE={language}:{_text(f'{entries.name}: {title.get(language)}')}"


def _described(entries: _Entries, said: Iterable[str]) -> str:
    return f"DESCRIPTION:{_text(chr(10).join([entries.title, *filter(None, said)]))}"


def _text(text: str) -> str:
    """A text as the format has it; what a proposal says is in one line, and steers nothing."""
    return "\n".join(map(in_one_line, text.split("\n"))).translate(_ESCAPES)


def _folded(line: str) -> str:
    """A line in pieces of 75 octets at most, none of which cuts a letter; each further one begins with a blank."""
    pieces, piece, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    return "\r\n".join([*pieces, piece]) + "\r\n"


def _render(dossiers: Sequence[Dossier], language: Language) -> str:
    return calendar_file(dossiers, language)


ICS = Format(
    name="ics",
    title=Localized(
        "a calendar file with every day that a proposal brings",
        "een agendabestand met elke datum die een voorstel meebrengt",
    ),
    suffix=".ics",
    render=_render,
)
