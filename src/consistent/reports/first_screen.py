"""What a reader sees first of a report, in any form: one sentence, the grades, at most seven lines, and what settles the rest.

Findings of one rule are one line. A line says what the proposal does, where, which position or article of the treaties that
crosses, and the words of the passage. All else is folded, or behind `--verbose`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from consistent.documents.places import place_in
from consistent.findings.outcome import ATTENTION, COUNTED, PRESENTATION, Outcome
from consistent.findings.report import Report
from consistent.findings.said import LEVELS, Because, CitedPosition, Finding, Open, Reading, Said, outcome_of
from consistent.model.text import Language, Localized, capitalised, localized
from consistent.model.titles import short_title
from consistent.reports.entries import message_of
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GRADE_SIGNS, POSITION_LABELS, WORDS, engine_notice
from consistent.reports.notices import identity_outline, read_elsewhere
from consistent.reports.outline import Block, Item, Paragraph, Section, Span, dim, plain, strong, with_code
from consistent.rules.rule import VERDICTS
from consistent.sources import parse_source, source_label

__all__ = ["MOST_TOLD", "FirstScreen", "Line", "first_screen", "first_screen_outline", "lines_of", "verdict_sentence"]

_MOST_LINES, _MOST_PLACES, _MOST_SOURCES, _MOST_WORDS = 7, 2, 2, 44
# In so many places it must be told why a rule is open, for the place that says most of it to be found among them.
MOST_TOLD = 12
# A screen has 25 rows of 100 letters: so many letters are told of a line, on two rows, and so many rows of all lines.
_MOST_LETTERS, _MOST_OF_QUESTIONS, _WIDTH, _HANGING, _MOST_ROWS, _LEAST_LINES, _RANGE = 190, 250, 100, 4, 11, 3, 2
# What kind of document it is, whose, and on which basis says nothing of what it does.
_FORMAL = frozenset({"kind", "instrument", "authors", "decision_procedure", "legal_basis"})
# What a measure is about, who has to do with it and how binding it is: not what it does.
_ABOUT = frozenset({"areas", "actors", "addressees", "bindingness"})

# What a provision does, on what, and to whom: of which the words stand together where they mean one thing.
_TELLING = frozenset({"effects", "areas", "addressees", "finance", "partners", "excluded_partners"})
# So many letters are a long sentence, or a list of points.
_FAR = 800

_ASK = Localized("`consistent ask`", "`consistent ask`")
_WORDS = {
    "none": Localized("No objection was found", "Er is geen bezwaar gevonden"),
    "no approval": Localized("that is no approval", "dat is geen goedkeuring"),
    "nothing": Localized(
        "The pack {pack} has nothing to say on this proposal: no rule of it found anything that it asks for.",
        "Het pakket {pack} heeft over dit voorstel niets te zeggen: geen regel ervan vond iets waar hij naar vraagt.",
    ),
    "elsewhere": Localized(
        "The pack {other} does speak of its areas or legal bases; rules: {count} (--pack {other}).",
        "Het pakket {other} gaat wel over de terreinen of rechtsgrondslagen ervan; regels: {count} (--pack {other}).",
    ),
    "more lines": Localized("and {count} more", "en nog {count}"),
    "beside": Localized(" (and {count} more with the same question)", " (en nog {count} met dezelfde vraag)"),
    "beside found": Localized(" (and {count} more)", " (en nog {count})"),
    "aligned": Localized("in line or met: {count}", "in lijn of vervuld: {count}"),
    "settle": Localized("{asking} settles the rest: {count} questions", "{asking} beslist de rest: {count} vragen"),
    "settle one": Localized("{asking} settles the rest: one question", "{asking} beslist de rest: één vraag"),
    "settle some": Localized("{asking} settles what is open", "{asking} beslist wat openstaat"),
    "presumed": Localized(
        "presumed not to apply: {rules} rules; what they need was looked for and not found, which finds {recall} of what is there",
        "geacht niet van toepassing te zijn: {rules} regels; wat ze vragen, is gezocht en niet gevonden, waarbij {recall} wordt gevonden van wat er staat",
    ),
    "range": Localized("{least} to {most} %", "{least} tot {most} %"),
    "outdated": Localized(
        "Answers that hold no more, as question or text changed: {count}",
        "Antwoorden die niet meer gelden, omdat vraag of tekst is veranderd: {count}",
    ),
    "all": Localized("all of it: `-v`", "alles: `-v`"),
    "not judged": Localized(
        "measures on which no rule speaks: {count} of {of}",
        "maatregelen waarover geen regel iets zegt: {count} van {of}",
    ),
    "perhaps": Localized("perhaps {label}", "mogelijk {label}"),
    "whole": Localized("the proposal as a whole", "het voorstel als geheel"),
}


@frozen(kw_only=True)
class Line:
    """Findings of one rule, or open rules of one, that come to the same; or all that only a person can judge.

    Attributes:
        said: the first of them.
        text: what the proposal does, in a sentence; of an open rule its title.
        places: where, in the text; empty text for the whole proposal.
        count: of the places, or of the points that a person has to judge.
        crosses: positions that it crosses, or articles of the treaties; readable.
        words: of the passage that says it most narrowly; empty where none is known.
        beside: titles of further rules that ask the same.
    """

    outcome: Outcome
    said: Said
    text: Localized
    places: tuple[str, ...]
    count: int
    crosses: tuple[Localized, ...]
    words: str
    beside: tuple[Localized, ...] = ()


@frozen(kw_only=True)
class FirstScreen:
    """What a report comes to.

    Attributes:
        sentence: the verdict.
        lines: the gravest things first, at most seven.
        more: how many lines there are beyond these; among them what is open though no word that was read speaks of it.
        aligned: how many rules are in line or met, each measure counted.
        questions: how many answers settle the rest; None where nobody counted them.
    """

    report: Report
    sentence: Localized
    lines: tuple[Line, ...]
    more: int
    aligned: int
    questions: int | None


def first_screen(report: Report, questions: int | None = None) -> FirstScreen:
    """What a report comes to, to be shown before anything else.

    Args:
        report: of one proposal; of each open rule it need not tell in more than `MOST_TOLD` places why it is open.
        questions: how many answers settle what is open.
    """
    lines = list(lines_of(report))
    shown = [line for line in lines if not _is_unspoken(line.said, report)][:_MOST_LINES]
    favourable = [said for said in _everything(report) if outcome_of(said) in {"aligned", "met"}]
    return FirstScreen(
        report=report,
        sentence=verdict_sentence(report),
        lines=tuple(shown),
        more=len(lines) - len(shown),
        aligned=len(favourable),
        questions=questions,
    )


def _said(name: str, language: Language, **values: object) -> str:
    return _WORDS[name].get(language).format(**values)


def verdict_sentence(report: Report) -> Localized:
    """One sentence on a report: how many things of each kind, the gravest first."""
    counts: dict[Outcome, int] = {}
    for said in _everything(report):
        counts[outcome_of(said)] = counts.get(outcome_of(said), 0) + 1
    if not any((report.findings, report.open, report.defeated)):
        return localized(lambda language: _nothing(report, language))

    def sentence(language: Language) -> str:
        parts = [
            words[counts[outcome] > 1].get(language).format(count=counts[outcome])
            for outcome, words in COUNTED.items()
            if counts.get(outcome)
        ]
        if not counts.get("conflict") and not counts.get("condition"):
            parts.insert(0, _WORDS["none"].get(language))
            if len(parts) > 1:
                parts.insert(1, _WORDS["no approval"].get(language))
        text = "; ".join(parts)
        return f"{capitalised(text)}."

    return localized(sentence)


def _nothing(report: Report, language: Language) -> str:
    """That the pack says nothing, and which others do."""
    others = (_said("elsewhere", language, other=other.name, count=other.rules) for other in report.elsewhere)
    return " ".join([_said("nothing", language, pack=report.pack), *others])


def _everything(report: Report) -> tuple[Said, ...]:
    return (*report.findings, *report.open, *report.defeated)


def lines_of(report: Report) -> Iterator[Line]:
    """Rules that say something that asks for attention, the gravest first; all that only a person can judge is one line.

    Open rules of which the same has to be known of the same provision are one line too, and so are rules that find alike of one provision, for
    the same words on what it does.
    """
    groups: dict[tuple[Outcome, str], list[Said]] = {}
    for said in _everything(report):
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
        crossed = sorted(
            (turn, number) for number, each in enumerate(rules) for turn, _ in enumerate(_crossed(each[0], kinds))
        )
        crosses = dict.fromkeys(_crossed(rules[number][0], kinds)[turn] for turn, number in crossed)
        yield Line(
            outcome=outcome_of(first),
            said=first,
            text=message_of(first) if isinstance(first, Finding) else first.title,
            places=tuple(_place(said, report) for said in among[:_MOST_PLACES]),
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
    """Of what a rule finds in one provision: how grave that is, where, and the words that say what is done there."""
    said = among[0]
    if (
        not isinstance(said, Finding)
        or said.measure is None
        or said.waived
        or said.answered is not None
        or len(among) > 1
    ):
        return None
    spans = frozenset(
        because.span for because in said.because if because.field == "effects" and because.span is not None
    )
    return (said.verdict, said.measure, spans) if spans else None


def _crossed(said: Said, kinds: Mapping[str, CitedPosition]) -> list[Localized]:
    """The positions that a rule carries; of one that carries none, its sources in law."""
    positions = [_position(kinds[name]) for name in said.positions if name in kinds]
    sources = [source for source in said.sources if parse_source(source) is not None]
    return positions or [Localized(source_label(source, "en"), source_label(source, "nl")) for source in sources]


def _is_unspoken(said: Said, report: Report) -> bool:
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
        because.measure == said.measure and because.found and because.field not in _ABOUT for because in said.because
    ) or any(unknown.near and unknown.field not in _ABOUT for unknown in said.unknown)


def _is_but_for_safeguards(said: Said) -> bool:
    """Whether all that the rule asks holds, but for safeguards that may be there; so does what is found."""
    return not isinstance(said, Open) or (
        bool(said.unknown) and all(unknown.field == "safeguards" for unknown in said.unknown)
    )


def _position(position: CitedPosition) -> Localized:
    """A position as one cites it: what kind it is of, and where it stands."""
    source = position.sources[0] if position.sources else position.id

    def told(language: Language) -> str:
        at = f" {', '.join(position.at[:2])}" if position.at else ""
        return f"{POSITION_LABELS[position.kind].get(language)} {source_label(source, language)}{at}"

    return localized(told)


def _questions(among: Sequence[Said]) -> Line:
    """What only a person can judge: the titles of the rules that ask, as many as there is room for."""
    titles = list({said.rule: said.title for said in among}.values())

    def told(language: Language) -> str:
        text, left = titles[0].get(language), titles[1:]
        while left and len(text) + len(left[0].get(language)) < _MOST_OF_QUESTIONS:
            text, left = f"{text}; {left[0].get(language)}", left[1:]
        return f"{text}; {_said('more lines', language, count=len(left))}" if left else text

    return Line(
        outcome="question",
        said=among[0],
        text=localized(told),
        places=(),
        count=len(titles),
        crosses=(),
        words="",
    )


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
    """What a provision does before whom it addresses; what it is about may stand in the title of the act."""
    order = ("effects", "areas", "safeguards", "addressees")
    return sorted(because, key=lambda reason: order.index(reason.field) if reason.field in order else len(order))


def shorter(words: str) -> str:
    """As many whole words as go behind a line."""
    return words if len(words) <= _MOST_WORDS else words[:_MOST_WORDS].rsplit(" ", 1)[0] + " ..."


def first_screen_outline(
    screen: FirstScreen,
    language: Language,
    *,
    number: int | None = None,
    hints: bool = True,
    address: Callable[[Said], str] = lambda _: "",
    asking: Localized = _ASK,
) -> Iterator[Block]:
    """The first screen as an outline.

    Args:
        screen: of a report.
        language: of the reader.
        number: of lines at most; seven unless given.
        hints: with what to type to see more, and what was checked against what.
        address: of all that is said of a finding; empty for none.
        asking: what puts the questions.
    """
    report = screen.report
    summary = report.proposal
    title = short_title(summary.title.get(language)) if summary.title else ""
    head = " ".join(filter(None, (summary.reference or summary.celex, title))) or summary.name
    yield Section(strong(head), [Paragraph(strong(screen.sentence.get(language)), "judgement")], indent=0)
    yield Paragraph(_grades(report, language))
    told = [_line(line, language, address(line.said)) for line in screen.lines[:number]]
    lines = told[: _fitting(told)]
    yield from lines
    left = screen.more + len(screen.lines) - len(lines)
    if left:
        yield Item(dim(_said("more lines", language, count=left)))
    yield from (Paragraph(with_code(text)) for text in _notes(screen, language, asking.get(language), hints=hints))
    if not hints:
        return
    about = [
        summary.celex,
        summary.date,
        f"{WORDS['pack'].get(language)} {report.pack}",
        f"{WORDS['as of'].get(language)} {report.as_of}",
        f"{WORDS['engine'].get(language)} {report.engine}",
    ]
    yield Paragraph(dim(" · ".join(filter(None, about))))
    notice = engine_notice(report.engine, language)
    if notice:
        yield Paragraph(dim(notice))
    yield from identity_outline(report, language)


def _line(line: Line, language: Language, url: str) -> Item:
    sign = PRESENTATION[line.outcome]
    label = f"{sign.label.get(language)}"
    if line.outcome == "open":
        label = _said("perhaps", language, label=PRESENTATION[line.said.verdict].label.get(language))
    if line.outcome == "question":
        label = f"{label} ({line.count})"
    places = "; ".join(place_in(place, language) if place else _said("whole", language) for place in line.places)
    more = f" + {line.count - len(line.places)}" if line.places and line.count > len(line.places) else ""
    words = f"“{line.words}”" if line.words else ""
    others = "".join(f"; {title.get(language)}" for title in line.beside)
    message = line.text.get(language)
    is_said = line.outcome == "question" or (isinstance(line.said, Finding) and line.said.answered is not None)
    short = message if is_said else line.said.title.get(language)
    found = isinstance(line.said, Finding)
    counted = _said("beside found" if found else "beside", language, count=len(line.beside)) if line.beside else ""
    # What goes first where the line is too long: further sources; the message; titles of rules that ask the same; and last the words,
    # by which it can be judged.
    for text, quoted, sources in (
        (message + others, words, line.crosses),
        (message + others, words, line.crosses[:1]),
        (short + others, words, line.crosses),
        (short + others, words, line.crosses[:1]),
        # What is found of the same words: that treaty and position are crossed says more than the titles of both rules.
        *([(short + counted, words, line.crosses)] if found else []),
        (short + others, "", line.crosses[:1]),
        (short + counted, words, line.crosses[:1]),
        (short + counted, "", line.crosses[:1]),
    ):
        crosses = "; ".join(source.get(language) for source in sources)
        behind = " - ".join(filter(None, (" ".join(filter(None, (places + more, quoted))), crosses)))
        if len(text) + len(behind) <= _MOST_LETTERS - len(label):
            break
    return Item(
        [
            Span(f"{sign.sign} {label}", "strong", sign.tone, url),
            Span(": "),
            text,
            dim(f" - {behind}" if behind else ""),
        ]
    )


def _fitting(lines: Sequence[Item]) -> int:
    """How many lines fit on the screen; at least three."""
    rows = 0
    for number, line in enumerate(lines):
        # Words do not fill a row, and further rows hang.
        rows += -(-len(plain(line.text)) // (_WIDTH - _HANGING))
        if rows > _MOST_ROWS and number >= _LEAST_LINES:
            return number
    return len(lines)


def _grades(report: Report, language: Language) -> list[Span]:
    parts: list[Span] = []
    for dimension, grade in report.judgement:
        sign, tone = GRADE_SIGNS[grade]
        parts += [
            dim(f"{DIMENSION_LABELS[dimension].get(language)} "),
            Span(f"{sign} {GRADE_LABELS[grade].get(language)}", "strong", tone),
            Span("   "),
        ]
    return parts[:-1]


def _notes(screen: FirstScreen, language: Language, asking: str, *, hints: bool) -> Iterator[str]:
    report = screen.report

    def said(name: str, **values: object) -> str:
        return _said(name, language, **values)

    parts = []
    if screen.aligned:
        parts.append(said("aligned", count=screen.aligned))
    if report.not_judged:
        parts.append(said("not judged", count=len(report.not_judged), of=len(report.measures)))
    if read := read_elsewhere(report, language):
        parts.append(read)
    if parts:
        yield "; ".join(parts)
    outdated = sum(answer.status == "outdated" for answer in report.answers)
    if outdated:
        yield said("outdated", count=outdated)
    if report.presumed:
        yield said("presumed", rules=len(report.presumed), recall=_recall(report.readings, language))
    closing = "; ".join(filter(None, (_settling(screen, language, asking), said("all") if hints else "")))
    if closing:
        yield closing


def _recall(readings: Iterable[Reading], language: Language) -> str:
    """From which share to which is found; all fields stand in the whole report."""
    shares = sorted({round(100 * reading.found / reading.of) for reading in readings if reading.of})
    if len(shares) < _RANGE:
        return f"{shares[0]} %" if shares else "?"
    return _said("range", language, least=shares[0], most=shares[-1])


def _settling(screen: FirstScreen, language: Language, asking: str) -> str:
    """How many questions settle what is open; empty where nothing is."""
    if screen.questions is None:
        return _said("settle some", language, asking=asking) if screen.report.open else ""
    if screen.questions:
        name = "settle one" if screen.questions == 1 else "settle"
        return _said(name, language, asking=asking, count=screen.questions)
    return ""
