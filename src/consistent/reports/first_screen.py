"""What a reader sees first of a report, in any form: one sentence, the grades, at most seven lines, and what settles the rest.

Findings of one rule are one line, and where there are more lines than fit, those that are alike grave are gathered. All else is folded,
or behind `--verbose`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import frozen

from consistent.findings.outcome import COUNTED, Outcome
from consistent.findings.report import Report
from consistent.findings.said import Reading, Said, outcome_of
from consistent.model.text import Language, Localized, capitalised, localized
from consistent.model.titles import short_title
from consistent.reports.gathering import MOST_LINES, MOST_ROWS, fitting, left_by_label, rows_of
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GRADE_SIGNS, WORDS, engine_notice
from consistent.reports.notices import identity_outline, read_elsewhere
from consistent.reports.outline import Block, Item, Paragraph, Section, Span, dim, strong, with_code
from consistent.reports.screen_lines import Line, everything_said, is_unspoken, lines_of
from consistent.reports.silence import silences_in_short

__all__ = ["FirstScreen", "first_screen", "first_screen_outline", "verdict_sentence"]

_RANGE, _FROM_FINDINGS = 2, 2

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
    "unspoken": Localized(
        "no words in the text that say it ({count})", "geen woorden in de tekst die het zeggen ({count})"
    ),
    "aligned": Localized("in line or met: {count}", "in lijn of vervuld: {count}"),
    "settle": Localized("{asking} settles the rest: {count} questions", "{asking} beslist de rest: {count} vragen"),
    "settle one": Localized("{asking} settles the rest: one question", "{asking} beslist de rest: één vraag"),
    "settle some": Localized("{asking} settles what is open", "{asking} beslist wat openstaat"),
    "presumed": Localized(
        "presumed not to apply: {rules} rules (not found in the text; of what is there, {recall} is found)",
        "geacht niet van toepassing: {rules} regels (niet in de tekst gevonden; van wat er staat, wordt {recall} gevonden)",
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
}


@frozen(kw_only=True)
class FirstScreen:
    """What a report comes to.

    Attributes:
        sentence: the verdict.
        lines: the gravest things first; `gathering.fitting` makes at most seven of them.
        more: how many lines there are beyond these: what is open though no word that was read speaks of it.
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
    shown = [line for line in lines if not is_unspoken(line.said, report)]
    favourable = [said for said in everything_said(report) if outcome_of(said) in {"aligned", "met"}]
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
    for said in everything_said(report):
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
    silent = list(silences_in_short(report, language))
    # What no rule finds anything of takes its rows from what is found, which is gathered more for it, but
    # no more than a little: what is found weighs more.
    rows = MOST_ROWS - min(_FROM_FINDINGS, sum(map(rows_of, silent)))
    items, groups = fitting(screen.lines, language, address, MOST_LINES if number is None else number, rows)
    yield from items
    if left := _left(screen, groups, language):
        yield Item(dim(left))
    yield from silent
    yield from (Paragraph(with_code(text)) for text in _notes(screen, language, asking.get(language), hints=hints))
    if not hints:
        return
    about = [
        summary.celex,
        summary.date,
        # Which pack it was, what it came of tells.
        "" if report.identity else f"{WORDS['pack'].get(language)} {report.pack}",
        f"{WORDS['as of'].get(language)} {report.as_of}",
        f"{WORDS['engine'].get(language)} {report.engine}",
    ]
    yield Paragraph(dim(" · ".join(filter(None, about))))
    notice = engine_notice(report.engine, language)
    if notice:
        yield Paragraph(dim(notice))
    yield from identity_outline(report, language)


def _left(screen: FirstScreen, groups: Sequence[tuple[Line, ...]], language: Language) -> str:
    """How many lines are not told, and how grave they are; empty for none."""
    told = {id(line) for group in groups for line in group}
    # How many points only a person can judge, the sentence says.
    left = [line for line in screen.lines if id(line) not in told and line.outcome != "question"]
    if not left and not screen.more:
        return ""
    parts = [f"{label} ({count})" for label, count in left_by_label(left, language).items()]
    if screen.more:
        parts.append(_said("unspoken", language, count=screen.more))
    return f"{_said('more lines', language, count=len(left) + screen.more)}: {', '.join(parts)}"


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
