"""What a Dutch sentence says is done, with its verb first: phrases have the verb of a main clause, second.

The verb of a subordinate clause, and an infinitive, stand last (`zorgen ervoor dat instanties inspecties verrichten`, `kan ... een boete
opleggen`); a noun can stand for it (`is belast met het verrichten van inspecties`, `gaat over tot inning van een heffing`); and what is said
of when, how and after what stands between a verb and its object.
"""

import re
from collections.abc import Iterator

from attrs import evolve

from consistent.documents.document import Span
from consistent.drafting.cues.statement import Statement

__all__ = ["dutch_statements", "nominal_point", "verbs_of_nouns"]

_OPENS = re.compile(
    r"\b(?:ervoor|daarvoor|voor|erop|ervan|toe|vast|in|bepalen|bepaalt|eisen|eist|verlangt|verlangen|waarborgen|waarborgt|garanderen|vereisen|schrijven|verzekeren) dat\s"
    r"|\b(?:bevoegdheid|verplicht\w*|taak|recht|gelasten|gelast|gehouden|opdracht|mogelijkheid|verzoeken|verzoekt|verplichting)\b[^,;.:]{0,120}?(?:,\s)?\bom\s"
)
# What may stand between a modal verb and what it governs: `kan, indien die termijn niet wordt nageleefd, een boete opleggen`.
_INSERTED = r"(?:\s|,\s[^,;.:]{1,200},\s)"
_MODALS = frozenset({"kan", "kunnen", "mag", "mogen", "moet", "moeten"})
_MODAL = re.compile(rf"(?:kan|kunnen|mag|mogen|moet|moeten|dient|dienen){_INSERTED}")
# The same of a second verb with the same subject: `bepaalt de termijn en kan een boete opleggen`.
_FURTHER_MODAL = re.compile(
    rf"\b(?:en|of|alsmede|dan wel)\s(?:kan|kunnen|mag|mogen|moet|moeten|dient|dienen){_INSERTED}"
)
# An infinitive with `te` and without `om` follows.
_GOVERNS = re.compile(
    r"\b(?:bevoegd|verplicht|gehouden|gemachtigd|gerechtigd|ertoe)\s(?!om\b|tot\b|voor\b|is\b|zijn\b)"
)
# `kan fabrikanten aanbevelen bestellingen uit te voeren`: what is advised is not what is done.
_ADVISES = re.compile(r"\b(?:aanbevelen|adviseren|verzoeken|uitnodigen|aanmoedigen|aansporen|voorstellen|afraden)\b")
_STOP = re.compile(
    r"[,;:.](?!\d)|\s(?P<condition>indien|wanneer|tenzij|mits|zodra|nadat|voordat|totdat|zolang)\b|$", re.MULTILINE
)
_PARTICLES = "aan|af|bij|door|in|mede|mee|na|neer|op|over|samen|terug|toe|uit|vast|voor|tegemoet|bekend|bijeen|vrij"
_LAST = re.compile(
    rf"\s(?:(?P<particle>{_PARTICLES}|in beslag|in kennis|ter beschikking)\s)?(?:"
    r"te\s(?P<infinitive>\w+n)"
    r"|(?P<auxiliary>wordt|worden|is|zijn|heeft|hebben|kan|kunnen|mag|mogen|moet|moeten)\s(?:worden\s)?(?P<main>\w+)"
    r"|(?P<participle>\w*ge\w+|(?:be|ver|ont|er|her)\w+)\s(?P<passive>wordt|worden|is|zijn)"
    r"|(?P<finite>\w+(?:t|en|n))"
    r")\Z"
)
_SEPARABLE = re.compile(rf"({_PARTICLES})(\w{{3,}}(?:t|en|n))")
_ABOUT = re.compile(r"(?<=\w\wen)\s(?:die|dat|waar(?:van|in|op|bij|voor|mee|uit|over|aan|door))\s")
_LONGEST_CLAUSE = 400
_MOST_STOPS = 4

# `is door de Commissie te controleren`, with what is to be controlled before it.
_TO_BE = re.compile(r"(?:is|zijn)\s")
_MOST_BARED = 4
# Said between a verb and its object: when, how, after what.
_BODY = r"(?:de|het|een|alle|die|dat|deze|haar|zijn|hun)?\s?(?:\w+e\s)?[\w-]+(?:\svan\s(?:de|het|een)\s[\w-]+)?"
_DATE = r"(?:\d+\s\w+\s\d{4}|\d+\s\w+|(?:het einde van\s)?[\w-]+\s\d{4})"
_TERM = r"(?:een termijn van\s)?(?:\d+|[\w\u00e9]+)\s(?:werkdagen|dagen|dag|weken|week|maanden|maand|jaar|uur|uren)(?:\sna\s[^,;.]{1,60}?)?(?=\s(?:de|het|een)\s|,)"
_ADJUNCT = re.compile(
    r"(?:(?:en|of)\s)?,?\s?(?:"
    r"in voorkomend geval|waar (?:passend|nodig|dienstig)|zo nodig|indien (?:nodig|passend|van toepassing|dienstig|mogelijk)|voor zover (?:nodig|mogelijk)|onverwijld|onmiddellijk|"
    r"zonder (?:onnodige |onredelijke )?(?:vertraging|uitstel)|jaarlijks|regelmatig|periodiek|daartoe|daarbij|hiertoe|daarnaast|tevens|ook|eveneens|vervolgens|ten minste eenmaal per jaar|ambtshalve|kosteloos|"
    rf"na\s(?:voorafgaande?\s)?(?:raadpleging|overleg|advies|kennisgeving|toestemming|goedkeuring|instemming|ontvangst)\s(?:van|met)\s{_BODY}|"
    rf"in\s(?:nauwe?\s|onderling\s)?(?:samenwerking|overleg|overeenstemming|samenspraak)(?:\smet\s{_BODY})?|"
    rf"op\s(?:eigen initiatief|(?:met redenen omkleed |gemotiveerd |hun |zijn |haar )?verzoek(?:\svan\s{_BODY})?)|"
    rf"(?:uiterlijk|v\u00f3\u00f3r|met ingang van|vanaf|tot en met|tot)\s(?:op\s|in\s|met\s)?{_DATE}|binnen\s{_TERM}|"
    r"(?:overeenkomstig|op grond van|krachtens|ingevolge|uit hoofde van)\s(?:artikel|lid|de artikelen|de leden)\s[\d\s,en]{1,20}?(?:,?\slid\s\d+,?)?(?=\s[a-z])|"
    r"door middel van\s(?:uitvoeringshandelingen|gedelegeerde handelingen|een besluit)|bij\s(?:besluit|beschikking|uitvoeringshandeling)|"
    r"(?:met inachtneming van|op basis van|aan de hand van|met het oog op|rekening houdend met|in het licht van|ten behoeve van|met gebruikmaking van|bij de uitvoering van|in het kader van|voor de toepassing van)\s"
    rf"{_BODY}(?:\svan\sartikel\s\d+)?"
    r")(?=[\s,]),?\s"
)

# A noun that stands for a verb, and what it is done to: `de vaststelling van maximumprijzen`, `het opleggen van boeten`.
_IRREGULAR = {
    "aankoop": "aankopen",
    "aanleg": "aanleggen",
    "afgifte": "afgeven",
    "beheer": "beheren",
    "controle": "controleren",
    "evaluatie": "evalueren",
    "inbeslagneming": "in beslag nemen",
    "inbeslagname": "in beslag nemen",
    "monitoring": "monitoren",
    "overdracht": "overdragen",
    "overname": "overnemen",
    "registratie": "registreren",
    "selectie": "selecteren",
    "verkoop": "verkopen",
    "verzameling": "verzamelen",
}
_NOUN = rf"(?P<noun>{'|'.join(_IRREGULAR)}|[a-z\u00eb]{{3,}}ing|(?<=[Hh]et )[a-z\u00eb]{{3,}}en)"
_OF = rf"(?:(?:de|het|een)\s)?(?:[a-z]+e\s)?(?:gezamenlijk\s)?{_NOUN}\s(?:van\s)?(?=[a-z\d\u201c])"
_TASKED = re.compile(
    r"\b(?:belast met|(?:gaat|gaan)(?:\s[^,;.:]{1,60})?\sover tot|over te gaan tot|overgaan tot|overgaat tot|zorg voor|(?:zorgt|zorgen|verantwoordelijk|bevoegd) voor|(?:voorziet|voorzien) in|(?:staat|staan) in voor|"
    rf"(?:bevoegd|verplicht|gehouden|gemachtigd|gerechtigd) tot|(?:besluit|besluiten|beslist|beslissen) tot|(?:gelast|gelasten|beveelt|bevelen)|(?:heeft|hebben) tot taak)\s{_OF}"
)
# The same of a further one: `belast met de keuring van schepen en met het verrichten van controles`.
_FURTHER_TASK = re.compile(rf"\b(?:en|alsmede)\s(?:met|tot|voor|in)\s{_OF}")
_IS_TASK = re.compile(
    rf"\s?(?:(?:De|Het|Een)\s)(?:[a-z]+e\s)?{_NOUN}\s(?:van\s)?(?P<object>[^.;:]{{3,200}}?),?\s"
    r"(?:is (?:de|een) taak van|behoort tot de (?:taken|bevoegdheden|bevoegdheid) van|(?:berust|rust) bij|geschiedt door|wordt (?:verricht|uitgevoerd) door|wordt (?:opgedragen|toevertrouwd) aan)\s(?!(?:de |een |elke )?lidsta)"
)
_TASKS = re.compile(
    r"\b(?:taken|taak|bevoegdheden|belast met|verantwoordelijk voor|zorg voor|bevoegd voor|opdrachten|over tot)\b",
    re.IGNORECASE,
)
_POINT = re.compile(rf"\W*(?:[a-z0-9]{{1,3}}\)\s|\u2014\s|-\s)?{_OF}")
# Look like the noun of a verb, or are no deed.
_NO_DEED = re.compile(
    r"\w*(?:richting|inrichting|vereniging|ding|lading|woning|regering|onderneming|instelling|verordening|begroting|vergadering|afdeling|bepaling|bevolking|wijziging|leden|middelen|gevallen|redenen|\w+heden)"
)


def dutch_statements(
    text: str, span: Span, subject: Span | None = None, party: Span | None = None
) -> Iterator[Statement]:
    """What the clauses of a Dutch sentence say is done.

    Args:
        text: of the document.
        span: of the sentence, from its words of force on.
        subject: of the sentence, if known.
        party: the first that is named in the subject, if one is known.
    """
    yield from _statements(text, span, subject)
    verb = _WORD.match(text, span.start, span.end)
    if verb is None:
        return
    if subject is not None and subject.start < verb.end():
        if party is not None and party.end < subject.end <= span.start:
            # `De lidstaten, die daartoe bevoegd zijn, stellen een plan op`.
            yield _put(f"{text[party.start : party.end]} {text[span.start : span.end]}", span, main=True)
        return
    if subject is None:
        yield from _with_its_noun(text, span, verb)
        return
    # `Jaarlijks stellen de lidstaten een plan op`, as `de lidstaten stellen een plan op`.
    named = text[subject.start : subject.end]
    straight = f"{named} {verb[0]}{text[subject.end : span.end]}"
    yield _put(straight, span, main=True)
    yield _put(straight[len(named) + 1 :], span, main=True)
    for each in _statements(straight, Span(len(named) + 1, len(straight)), Span(0, len(named))):
        yield evolve(each, start=span.start, clause=span)


_WORD = re.compile(r"\w+")
# Behind a passive verb: `worden de leningen uitbetaald`.
_NOUN_BEHIND = re.compile(
    r"(?:wordt|worden|is|zijn)\s(?:(?:de|het|een|deze|die|dit|dat|elke|elk|alle|hun|zijn)\s)?(?:\w+e\s)?(?P<noun>[\w-]{3,})\s(?=\w)"
)


def _with_its_noun(text: str, span: Span, verb: re.Match[str]) -> Iterator[Statement]:
    """What a thing undergoes, with its noun first: `Jaarlijks worden de leningen uitbetaald`, as `leningen worden uitbetaald`."""
    behind = _NOUN_BEHIND.match(text, span.start, span.end)
    if behind is not None:
        yield _put(f"{behind['noun']} {verb[0]} {text[behind.end() : span.end]}", span, main=True)


def _statements(text: str, span: Span, subject: Span | None) -> Iterator[Statement]:
    modal = _MODAL.match(text, span.start, span.end)
    governing = _GOVERNS.search(text, span.start, span.end)
    further = [*_FURTHER_MODAL.finditer(text, span.start, span.end)]
    for opened in (
        ([modal] if modal else [])
        + further
        + ([governing] if governing else [])
        + [*_OPENS.finditer(text, span.start, span.end)]
    ):
        verbs = opened is modal or opened in further
        clauses = _of_clause(text, span, opened.end(), modal=verbs, governed=opened is governing)
        yield from (evolve(each, main=True) for each in clauses) if opened is modal or opened is governing else clauses
    yield from _bared(text, span, subject)
    yield from _nominal(text, span)
    if subject is not None and _TO_BE.match(text, span.start, span.end) and subject.end <= span.start:
        last = _LAST.search(text[span.start : span.end].rstrip(" .;"))
        if last is not None and last["infinitive"]:
            rest = f"{text[subject.start : subject.end]}{text[span.start : span.start + last.start()]}"
            yield _put(f"{_split(last['infinitive'], rest)}{_particle(last)}", span)


def _put(text: str, clause: Span, *, main: bool = False) -> Statement:
    return Statement(text=text, lower=text.lower(), moved=0, start=clause.start, clause=clause, main=main)


def _particle(last: re.Match[str]) -> str:
    return f" {last['particle']}" if last["particle"] else ""


def _of_clause(text: str, span: Span, start: int, *, modal: bool, governed: bool) -> Iterator[Statement]:
    """A clause with its verb first, up to each place where it may end."""
    for count, stop in enumerate(_STOP.finditer(text, start, min(span.end, start + _LONGEST_CLAUSE))):
        if count == _MOST_STOPS:
            break
        clause = text[start - 1 : stop.start()]
        # `kan een stof aanmelden die niet op de lijst staat`: the verb stands before the clause about another word.
        about = _ABOUT.search(clause) if modal else None
        last = _LAST.search(clause[: about.start()] if about else clause)
        # A modal verb governs an infinitive: `kan termijnen bepalen, maar volgt niet de markt` ends with none.
        if last is not None and modal and last["infinitive"] and _ADVISES.search(clause):
            break
        other = last is not None and modal and last["finite"] is not None and not last["finite"].endswith("n")
        if last is None or other or (governed and not last["infinitive"]):
            if stop["condition"]:
                break
            continue
        rest = _without_adjuncts(text[start : start - 1 + last.start()])
        for turned in _turned(last, rest):
            yield _put(turned, Span(start, stop.start()))
        if stop["condition"] or governed:
            # What follows holds of the condition, and not of the subject.
            break


def _turned(last: re.Match[str], rest: str) -> Iterator[str]:
    """The clause with its verb first, and what belongs to it last."""
    particle = _particle(last)
    if last["infinitive"]:
        yield f"{last['infinitive']} {rest}{particle}"
        if not particle:
            yield _split(last["infinitive"], rest)
    elif last["auxiliary"]:
        yield f"{last['auxiliary']} {rest}{particle} {last['main']}"
        if last["auxiliary"] in _MODALS:
            yield _split(last["main"], rest)
    elif last["passive"]:
        yield f"{last['passive']} {rest}{particle} {last['participle']}"
    else:
        yield f"{_split(last['finite'], rest)}{particle}"


def _split(verb: str, rest: str) -> str:
    if verb == "in beslag nemen":
        return f"nemen {rest} in beslag"
    separable = _SEPARABLE.fullmatch(verb)
    return f"{separable[2]} {rest} {separable[1]}" if separable else f"{verb} {rest}"


def _without_adjuncts(rest: str) -> str:
    """What stands behind a verb, past what is said of when, how and after what."""
    for _ in range(_MOST_BARED):
        adjunct = _ADJUNCT.match(rest)
        if adjunct is None:
            break
        rest = rest[adjunct.end() :]
    return rest


_FINITE = re.compile(r"\w+(?:t|en|aan|oen|ien)(?=[\s,])")


def _bared(text: str, span: Span, subject: Span | None) -> Iterator[Statement]:
    """The main clause without its subject behind the verb, and without adjuncts; nothing where it has none."""
    verb = _FINITE.match(text, span.start, span.end)
    if verb is None or _MODAL.match(text, span.start, span.end):
        return
    start = subject.end if subject is not None and subject.start >= verb.end() else verb.end()
    stop = _STOP.search(text, min(span.end, start + 1), span.end)
    # What is put in stands between commas: they do not end the clause.
    rest = text[start : span.end].lstrip()
    bared = _without_adjuncts(_PUT_IN.sub("", rest, count=1))
    if len(bared) < len(rest):
        yield _put(f"{verb[0]} {bared}", Span(span.start, max(span.start, stop.end() if stop else span.end)), main=True)


# Behind the verb: `stellen, voor zover dat nodig blijkt, een plan op`.
_PUT_IN = re.compile(r"\A,\s[^,;.:]{1,200},\s")


def _verb_of(noun: str) -> str | None:
    """The infinitive of a noun that stands for a verb."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if _NO_DEED.fullmatch(noun):
        return None
    return f"{noun[:-3]}en" if noun.endswith("ing") else noun


def _nominal(text: str, span: Span) -> Iterator[Statement]:
    tasks = [*_TASKED.finditer(text, span.start, span.end)]
    if tasks:
        tasks += _FURTHER_TASK.finditer(text, tasks[0].end(), span.end)
    for tasked in tasks:
        verb = _verb_of(tasked["noun"])
        if verb is not None:
            stop = _STOP.search(text, tasked.end(), span.end)
            end = stop.start() if stop else span.end
            yield _put(_split(verb, text[tasked.end() : end]), Span(tasked.start(), end))
    line = max(text.rfind("\n", 0, span.start) + 1, span.start - _LONGEST_CLAUSE)
    task = _IS_TASK.search(text, line, span.end)
    if task is not None and task.start("object") < span.start < task.end():
        verb = _verb_of(task["noun"])
        if verb is not None:
            yield _put(_split(verb, task["object"]), Span(*task.span()))


def nominal_point(text: str, head: Span, point: Span) -> Statement | None:
    """The point of a list of tasks that a noun begins: `heeft tot taak: a) het verrichten van inspecties`; None for another point.

    Args:
        text: of the document.
        head: of the sentence that leads up to the list.
        point: of the list.
    """
    begins = _POINT.match(text, point.start, point.end)
    verb = _verb_of(begins["noun"]) if begins and _TASKS.search(text, head.start, head.end) else None
    if begins is None or verb is None:
        return None
    stop = _STOP.search(text, begins.end(), point.end)
    end = stop.start() if stop else point.end
    return _put(_split(verb, text[begins.end() : end]), point)


def verbs_of_nouns(lower: str) -> Iterator[str]:
    """The verbs that nouns of a text stand for, for a cheap look at which words it may give.

    Args:
        lower: the text in lower case.
    """
    for found in {match["noun"] for match in _ANY_NOUN.finditer(lower)}:
        verb = _verb_of(found)
        if verb is not None and verb != found:
            yield verb


_ANY_NOUN = re.compile(rf"\b(?P<noun>{'|'.join(_IRREGULAR)}|[a-z\u00eb]{{3,}}ing)\b")
