"""What a report has to say of what asks for attention, in lines, the gravest first.

Findings of one rule are one line, and so are open rules of which the same has to be known of the same provision. A line says what
the proposal does, where, which position or article of the treaties that crosses, and the words of the passage.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from attrs import frozen

from consistent.findings.outcome import ATTENTION, Outcome
from consistent.findings.report import Report
from consistent.findings.said import LEVELS, Because, CitedPosition, Finding, Open, Said, outcome_of
from consistent.model.text import Language, Localized, localized
from consistent.reports.entries import message_of
from consistent.reports.labels import POSITION_LABELS
from consistent.rules.rule import VERDICTS
from consistent.sources import parse_source, source_label

__all__ = ["ABOUT", "MOST_TOLD", "Crossed", "Line", "everything_said", "is_unspoken", "lines_of", "shorter"]

_MOST_SOURCES, _MOST_WORDS, _MOST_OF_QUESTIONS = 2, 44, 250
# Of so many letters at most are words that say one thing; more are a sentence.
_NARROW = 50
# In so many places it must be told why a rule is open, for the place that says most of it to be found among them.
MOST_TOLD = 12
# What kind of document it is, whose, and on which basis says nothing of what it does.
_FORMAL = frozenset({"kind", "instrument", "authors", "decision_procedure", "legal_basis"})
# What a measure is about, who has to do with it and how binding it is: not what it does.
ABOUT = frozenset({"areas", "actors", "addressees", "bindingness"})
# What a provision does, on what, and to whom: of which the words stand together where they mean one thing.
_TELLING = frozenset({"effects", "areas", "addressees", "finance", "partners", "excluded_partners"})
# So many letters are a long sentence, or a list of points.
_FAR = 800
# Where it is law that is crossed, an article says it best, a case next.
_LAW = ("treaty", "protocol", "charter", "case")
_AND_MORE = Localized("and {count} more", "en nog {count}")


@frozen(kw_only=True)
class Crossed:
    """A position, or a source in law, that something crosses.

    Attributes:
        kind: of position, in words; empty of a source in law.
        source: where it stands: a paper, an article of the treaties, a case.
        at: paragraphs of the paper; may be empty.
    """

    kind: Localized
    source: str
    at: tuple[str, ...] = ()

    def told(self, language: Language, *, bare: bool = False) -> str:
        """As one cites it; bare without the paper, where that was named before."""
        source = "" if bare and self.at else source_label(self.source, language)
        return " ".join(filter(None, (self.kind.get(language), source, ", ".join(self.at))))


@frozen(kw_only=True)
class Line:
    """Findings of one rule, or open rules of one, that come to the same; or all that only a person can judge.

    Attributes:
        said: the first of them.
        text: what the proposal does, in a sentence; of an open rule its title.
        places: where, in the text, each once; empty text for the whole proposal.
        count: of the places, or of the points that a person has to judge.
        crosses: what it crosses: of law the articles of the treaties, of policy the positions.
        words: of the passage that says it most narrowly; empty where none is known.
        beside: titles of further rules that ask the same.
    """

    outcome: Outcome
    said: Said
    text: Localized
    places: tuple[str, ...]
    count: int
    crosses: tuple[Crossed, ...]
    words: str
    beside: tuple[Localized, ...] = ()


def everything_said(report: Report) -> tuple[Said, ...]:
    """Findings, what is open and what is set aside."""
    return (*report.findings, *report.open, *report.defeated)


def lines_of(report: Report) -> Iterator[Line]:
    """Rules that say something that asks for attention, the gravest first; all that only a person can judge is one line.

    Open rules of which the same has to be known of the same provision are one line too, and so are rules that find alike of one provision, for
    the same words on what it does.
    """
    groups: dict[tuple[Outcome, str], list[Said]] = {}
    for said in everything_said(report):
        outcome = outcome_of(said)
        if outcome in ATTENTION and said.verdict not in {"aligned", "reserved"}:
            groups.setdefault((outcome, said.rule if outcome != "question" else ""), []).append(said)
    for among in groups.values():
        # Of the places those that are told why, as a report in short tells it, and of these the one that says most.
        among.sort(key=_level)
        among[:MOST_TOLD] = sorted(among[:MOST_TOLD], key=lambda said: _distance(said, report))

    def place(among: Sequence[Said]) -> tuple[object, ...]:
        # What the text says most of comes first: an open rule of which all holds but for a safeguard that may be there; last one
        # of which nothing is known but what measures are about, however many they are.
        first = among[0]
        gravity = ATTENTION.index(outcome_of(first)), VERDICTS.index(first.verdict)
        near = _distance(first, report)
        return gravity[0], near[:2], gravity[1], near[2:], first.ground == "policy", -len(among)

    kinds = {position.id: position for position in report.positions}
    together: dict[object, list[list[Said]]] = {}
    for among in sorted(groups.values(), key=place):
        together.setdefault(_asked(among[0]) or _found(among) or among[0].rule, []).append(among)
    for rules in together.values():
        among = rules[0]
        if outcome_of(among[0]) == "question":
            yield _questions(among)
            continue
        first = among[0]
        # Of each rule the first, before another of the same: treaty and position are both told.
        turns = zip_longest(*(_crossed(each[0], kinds) for each in rules))
        crosses = dict.fromkeys(crossed for turn in turns for crossed in turn if crossed is not None)
        yield Line(
            outcome=outcome_of(first),
            said=first,
            text=message_of(first) if isinstance(first, Finding) else first.title,
            places=tuple(dict.fromkeys(_places(among, report))),
            count=len(among),
            crosses=tuple(crosses)[:_MOST_SOURCES],
            # What a person judged rests on their reason, and not on the passages for which the question was put.
            words="" if isinstance(first, Finding) and first.answered else _words(first),
            beside=tuple(each[0].title for each in rules[1:]),
        )


def _asked(said: Said) -> object:
    """What is asked of which provision, where a rule is open: two for one principle of which that is the same are one question.

    So are two that ask what the memorandum says.
    """
    if not isinstance(said, Open) or not said.unknown:
        return None
    fields = frozenset((unknown.measure, unknown.field) for unknown in said.unknown)
    return said.verdict, said.measure, "" if said.measure is None else said.principle, fields


def _found(among: Sequence[Said]) -> object:
    """Of what a rule finds in some provisions: how grave that is, where, and the words that say what is done there."""
    told = [_words_of_effects(said) for said in among]
    if not all(told):
        return None
    return among[0].verdict, frozenset((said.measure, words) for said, words in zip(among, told, strict=True))


def _words_of_effects(said: Said) -> frozenset[tuple[int, int]]:
    """Where the words stand that say what a provision does; none of what is accepted or answered."""
    if not isinstance(said, Finding) or said.measure is None or said.waived or said.answered is not None:
        return frozenset()
    return frozenset(
        because.span for because in said.because if because.field == "effects" and because.span is not None
    )


def _crossed(said: Said, kinds: Mapping[str, CitedPosition]) -> list[Crossed]:
    """Of law its sources, articles of the treaties before cases; of policy the positions that it carries. The other where there is none."""
    positions = [_position(kinds[name]) for name in said.positions if name in kinds]
    if said.ground == "policy" and positions:
        return positions
    parsed = [source for text in said.sources if (source := parse_source(text)) is not None]
    parsed.sort(key=lambda source: _LAW.index(source.kind) if source.kind in _LAW else len(_LAW))
    return [Crossed(kind=Localized("", ""), source=source.text) for source in parsed] or positions


def is_unspoken(said: Said, report: Report) -> bool:
    """Whether a document was read and a rule is open by what it might say, of which no words that it was read in say it.

    Words that stand near it, or far apart, or in the title of the act, are no reason to look at it first. Nor is what measures might do
    where none does a part of it, or what they are about: that it says who is shut out, say, where all that it says is that it is on
    defence.
    """
    if not report.readings or not isinstance(said, Open) or not (said.unknown or said.level):
        return False
    if said.level is not None:
        # Of what only a person can judge, nobody knows yet whether it is put at all; it is where nothing lacks but a safeguard.
        is_put = said.verdict != "question" or _is_but_for_safeguards(said)
        if said.level != "said" or _is_loose(said, report) or not is_put:
            return True
    if said.measure is not None:
        return not _is_told(said)
    return all(unknown.measure is not None for unknown in said.unknown) and all(
        because.measure is None for because in said.because
    )


def _level(said: Said) -> int:
    return LEVELS.index(said.level) if isinstance(said, Open) and said.level is not None else 0


def _distance(said: Said, report: Report) -> tuple[int, bool, bool, bool]:
    """What the text says most of is nearest."""
    return _level(said), _is_loose(said, report), not _is_told(said), not _is_but_for_safeguards(said)


def _is_loose(said: Said, report: Report) -> bool:
    """Whether the words on which it rests were not read together: one is of the title of the act, or they stand far apart."""
    own = [because for because in said.because if because.measure == said.measure and because.field in _TELLING]
    told = [because for because in own if because.span is not None]
    if said.measure is None or not told:
        return False
    reference = next((measure.reference for measure in report.measures if measure.id == said.measure), "")
    within = [because for because in told if reference in because.document]
    starts = [because.span[0] for because in within if because.span is not None]
    # What is said in the title alone, all of the act does.
    return 0 < len(within) < len(told) or (bool(within) and max(starts) - min(starts) > _FAR)


def _is_told(said: Said) -> bool:
    """Whether something of what the rule asks was read in the text, beside what the measure is about and whom it concerns."""
    if not isinstance(said, Open) or said.measure is None:
        return True
    return any(
        because.measure == said.measure and because.found and because.field not in ABOUT for because in said.because
    ) or any(unknown.near and unknown.field not in ABOUT for unknown in said.unknown)


def _is_but_for_safeguards(said: Said) -> bool:
    """Whether all that the rule asks holds, but for safeguards that may be there; so does what is found."""
    return not isinstance(said, Open) or (
        bool(said.unknown) and all(unknown.field == "safeguards" for unknown in said.unknown)
    )


def _position(position: CitedPosition) -> Crossed:
    """A position as one cites it: what kind it is of, and where it stands."""
    source = position.sources[0] if position.sources else position.id
    return Crossed(kind=POSITION_LABELS[position.kind], source=source, at=position.at[:2])


def _questions(among: Sequence[Said]) -> Line:
    """What only a person can judge: the titles of the rules that ask, as many as there is room for."""
    titles = list({said.rule: said.title for said in among}.values())

    def told(language: Language) -> str:
        text, left = titles[0].get(language), titles[1:]
        while left and len(text) + len(left[0].get(language)) < _MOST_OF_QUESTIONS:
            text, left = f"{text}; {left[0].get(language)}", left[1:]
        return f"{text}; {_AND_MORE.get(language).format(count=len(left))}" if left else text

    return Line(
        outcome="question",
        said=among[0],
        text=localized(told),
        places=(),
        count=len(titles),
        crosses=(),
        words="",
    )


def _places(among: Sequence[Said], report: Report) -> Iterator[str]:
    """Where each stands: of so many as are told why the narrowest place, of the others the provision."""
    references = {measure.id: measure.reference for measure in report.measures}
    yield from (_place(said, report) for said in among[:MOST_TOLD])
    for said in among[MOST_TOLD:]:
        yield "" if said.measure is None else references.get(said.measure) or said.measure


def _place(said: Said, report: Report) -> str:
    """Where in the text it stands: the provision of the passage it rests on, else the measure; empty for the whole proposal."""
    if said.measure is None:
        return ""
    own = [because for because in said.because if because.measure == said.measure and because.document]
    place = next((_provision(because, report) for because in _narrowest(own) if because.field != "legal_basis"), "")
    reference = next((measure.reference for measure in report.measures if measure.id == said.measure), "")
    # What a provision is about may be read in the title of the act, which is no place to look at.
    is_within = bool(place) and place.startswith(reference)
    return place if is_within else reference or said.measure


def _provision(because: Because, report: Report) -> str:
    """Where a value was read; the proposal itself need not be named again."""
    return because.document.removeprefix(report.proposal.reference.removesuffix(" final")).strip()


def _words(said: Said) -> str:
    """How the passage begins that says it most narrowly; of what is open the words that may say what is not known."""
    near = next((unknown.near for unknown in said.unknown if unknown.near), "") if isinstance(said, Open) else ""
    quoted = _narrowest(reason for reason in said.because if reason.quote and reason.field not in _FORMAL)
    return shorter(near or (quoted[0].quote if quoted else ""))


def _narrowest(because: Iterable[Because]) -> list[Because]:
    """From when it works, if a rule asks, what it does, and then whom it addresses; what it is about may stand in the title.

    Where all that it does was read in a whole sentence, a duty and no more, the words in the same place that say what it is about are
    narrower.
    """
    reasons = list(because)
    order = ("temporal_effect", "effects", "areas", "safeguards", "addressees")
    doing = [reason for reason in reasons if reason.field == "effects"]
    places = {reason.document for reason in doing}
    whole = bool(doing) and all(_is_whole(reason) for reason in doing)

    def rank(reason: Because) -> tuple[bool, int, bool]:
        ahead = whole and reason.field == "areas" and reason.document in places
        return not ahead, order.index(reason.field) if reason.field in order else len(order), _is_whole(reason)

    return sorted(reasons, key=rank)


def _is_whole(reason: Because) -> bool:
    """Whether a value was read in a sentence as such, and not in some words of it."""
    return reason.span is not None and reason.span[1] - reason.span[0] > _NARROW


def shorter(words: str) -> str:
    """As many whole words as go behind a line."""
    return words if len(words) <= _MOST_WORDS else words[:_MOST_WORDS].rsplit(" ", 1)[0] + " ..."
