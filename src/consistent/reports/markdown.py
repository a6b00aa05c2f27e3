"""An outline as Markdown of GitHub; text from elsewhere made safe to stand in it: nothing marks up, links, mentions or refers."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape

from attrs import evolve

from consistent.errors import printable
from consistent.findings.outcome import LABELS, OUTCOMES, PRESENTATION, PRESSING, Outcome
from consistent.findings.report import Report
from consistent.findings.said import Finding, Open, Said, folded, outcome_of
from consistent.model.text import Language, Localized
from consistent.reports.alike import asked_once, in_short, names_in_short
from consistent.reports.dossier import Dossier
from consistent.reports.entries import (
    Places,
    counts,
    entries,
    measure_label,
    outcome_label,
    proposal_label,
    said_sources,
)
from consistent.reports.first_screen import first_screen, first_screen_outline
from consistent.reports.formats import Format
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GROUND_LABELS, WORDS, read_in, with_words_near
from consistent.reports.notices import caveats, identity_outline, not_judged, person_line, presumed_outline
from consistent.reports.outline import (
    BREAK,
    Block,
    Code,
    Fold,
    Inline,
    Item,
    Notes,
    Paragraph,
    Section,
    Span,
    Spans,
    Table,
    lists,
    plain,
    spans,
    strong,
    with_code,
)
from consistent.reports.silence import silences_in_full
from consistent.rules.rule import VERDICTS

__all__ = ["MARKDOWN", "code", "markdown", "markdown_text", "render"]

# What Markdown and its tables give a meaning, wherever in a line it stands.
_MARKS = re.compile(r"([\\`*_{}\[\]|~!])")
# What GitHub turns into links after it has read the Markdown: people, issues, addresses. A comment that shows nothing parts
# them; a backslash would not, since it is gone by then.
_LINKED = re.compile(r"(@|#|://|\bwww(?=\.)|\bGH(?=-))", re.IGNORECASE)
_MATHS = "$"
# What begins a heading, a list or a rule at the beginning of a line.
_AT_START = re.compile(r"^(\d*)([#+=.)-])")
_FRAMES = {"text": "{}", "lead": "{}", "note": "{}", "judgement": "{}", "gap": "> {}"}
_LOWEST = 6

Escape = Callable[[str], str]


def markdown_text(text: str) -> str:
    """The text so that a reader of the rendered Markdown sees just its letters; line breaks become blanks.

    Not for the start of a line, where a dash or a number marks up as well.
    """
    escaped = _MARKS.sub(r"\\\1", escape(printable(text), quote=False).replace(_MATHS, "&dollar;"))
    return _LINKED.sub(_parted, escaped)


def code(text: str) -> str:
    """The text as code: an id, a path."""
    return f"<code>{markdown_text(text)}</code>"


def markdown(blocks: Iterable[Block], level: int = 1, *, trusted: bool = False) -> str:
    """An outline as Markdown.

    Args:
        blocks: what it says.
        level: of the first headings.
        trusted: whether its texts may have marks of their own, as those of a pack; else they are shown as they are.

    Returns:
        Paragraphs with an empty line between them, and a line break at the end; nothing of no blocks.
    """
    writer = _Markdown(_as_it_is if trusted else markdown_text)
    return "\n".join(f"{text}\n" for text in (*writer.parts(blocks, level), *writer.notes()))


class _Markdown:
    def __init__(self, escape: Escape) -> None:
        self._escape, self._notes = escape, Notes()

    def notes(self) -> Iterator[str]:
        """The footnotes that were called, for the end."""
        yield from (f"[^{number}]: {self._runs(note)}" for number, note in self._notes)

    def parts(self, blocks: Iterable[Block], level: int) -> Iterator[str]:
        """What an empty line stands between."""
        for block in lists(blocks):
            match block:
                case tuple():
                    yield "\n".join(self._items(block, 0))
                case Section(heading, inner):
                    if heading:
                        yield f"{'#' * min(level, _LOWEST)} {self._heading(heading)}"
                    yield from self.parts(inner, level + 1)
                case Paragraph(text, kind):
                    yield _FRAMES[kind].format(self._line(text))
                case Table():
                    yield "\n".join(self._table(block))
                case Code(text, language):
                    yield f"```{language}\n{text.rstrip()}\n```"
                case Fold(summary, inner, open=is_open):
                    yield f"<details{' open' if is_open else ''}>\n<summary>{self._runs(summary)}</summary>"
                    yield from self.parts(inner, level)
                    yield "</details>"

    def _items(self, items: Iterable[Item], depth: int) -> Iterator[str]:
        for item in items:
            yield f"{'  ' * depth}- {self._line(item.text)}"
            for group in lists(item.below):
                if isinstance(group, tuple):
                    yield from self._items(group, depth + 1)
                else:
                    yield from (
                        "",
                        *(
                            f"{'  ' * (depth + 1)}{line}"
                            for part in self.parts([group], 1)
                            for line in part.split("\n")
                        ),
                        "",
                    )

    def _table(self, table: Table) -> Iterator[str]:
        heads = table.heads or [""] * len(table.rows[0])
        yield _row(map(self._escape, heads))
        yield f"|{'|'.join('---' for _ in heads)}|"
        yield from (_row(map(self._runs, row)) for row in table.rows)

    def _line(self, text: Spans) -> str:
        """A text at the beginning of a line, where more marks up than elsewhere."""
        runs = self._runs(text)
        marked = _AT_START.sub(lambda start: f"{start[1]}\\{start[2]}", runs)
        return runs if self._escape is _as_it_is else marked

    def _heading(self, text: Spans) -> str:
        return self._line(tuple(Span(span.text, url=span.url) for span in text))

    def _runs(self, text: Spans) -> str:
        return "".join(map(self._run, text))

    def _run(self, span: Span) -> str:
        match span.role:
            case "strong" | "mark":
                shown = f"**{self._escape(span.text)}**" if span.text.strip() else span.text
            case "inserted":
                shown = f"<ins>{self._escape(span.text)}</ins>"
            case "deleted":
                shown = f"<del>{self._escape(span.text)}</del>"
            case "emphasis":
                shown = f"*{self._escape(span.text)}*"
            case "code":
                shown = f"`{span.text}`" if self._escape is _as_it_is else code(span.text)
            case _:
                shown = self._escape(span.text)
        if span.url:
            # An address is copied as it is; nothing in one of ours marks up.
            shown = f"<{span.url}>" if span.text == span.url else f"[{shown}]({span.url})"
        return f"{shown}[^{self._notes.call(span.note)[0]}]" if span.note else shown


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _as_it_is(text: str) -> str:
    return text


def _parted(found: re.Match[str]) -> str:
    sign = found[0]
    return f"{sign[0]}<!-- -->{sign[1:]}" if sign == "://" else f"{sign}<!-- -->"


# Reports as Markdown for a pull request on GitHub: a short table, and what was found folded below it.

# Of the first heading: a comment stands below others.
_LEVEL = 2
# A comment on GitHub holds 65,536 letters; what is told of the rest needs some room.
_ROOM = 60_000
# What is told of one by one, open rules last: they are many, and what comes first is sure of its room. The rest is counted.
_LAST: tuple[Outcome, ...] = ("aligned", "open")
_UNFOLDED: frozenset[Outcome] = frozenset({"conflict", "condition"})
_TOLD: tuple[Outcome, ...] = (*PRESSING, "waived", *_LAST)
_SHOWN: tuple[Outcome, ...] = tuple(
    outcome for outcome in OUTCOMES if outcome == "aligned" or PRESENTATION[outcome].level != "none"
)
_WORDS = {
    "title": Localized("Check of proposals", "Toets van voorstellen"),
    "proposal": Localized("proposal", "voorstel"),
    "dimension": Localized("dimension", "dimensie"),
    "judgement": WORDS["judgement"],
    "place": Localized("place", "vindplaats"),
    "left out": Localized(
        "Not shown here for want of room: {count}. `--format text` or `--format csv` has them all.",
        "Hier niet getoond wegens ruimtegebrek: {count}. `--format text` of `--format csv` heeft ze alle.",
    ),
    "none": Localized("No proposals.", "Geen voorstellen."),
}


def render(dossiers: Sequence[Dossier], language: Language) -> str:
    """All reports, within what a comment on GitHub can hold; what does not fit is counted.

    Args:
        dossiers: in order; may be empty.
        language: of everything.
    """
    body = _body(dossiers, language) if dossiers else [Paragraph(_WORDS["none"].get(language))]
    return markdown([Section(_WORDS["title"].get(language), body)], _LEVEL)


def _body(dossiers: Sequence[Dossier], language: Language) -> Iterator[Block]:
    heads = (_WORDS["proposal"].get(language), *(LABELS[outcome].get(language) for outcome in _SHOWN))
    rows = []
    for dossier in dossiers:
        count = counts(dossier.report)
        cells = (proposal_label(dossier.report.proposal, language), *(str(count[outcome]) for outcome in _SHOWN))
        rows.append(tuple(map(spans, cells)))
    summary = Table(heads=heads, rows=tuple(rows), numbers=True)
    yield summary
    sections = [_head(dossier, language) for dossier in dossiers]
    room = _ROOM - len(markdown([summary])) - sum(map(_size, sections))
    for number, (dossier, head) in enumerate(zip(dossiers, sections, strict=True)):
        # What one proposal does not need, the next ones may have.
        told = tuple(_told(dossier, language, room // (len(dossiers) - number)))
        room -= sum(map(_size, told))
        yield evolve(head, blocks=(*head.blocks, *told, *identity_outline(dossier.report, language)))


def _head(dossier: Dossier, language: Language) -> Section:
    report = dossier.report
    known = filter(None, (not_judged(report, language), *caveats(report, language)))
    grades = tuple(
        (spans(DIMENSION_LABELS[dimension].get(language)), spans(GRADE_LABELS[grade].get(language)))
        for dimension, grade in report.judgement
    )
    heads = (_WORDS["dimension"].get(language), _WORDS["judgement"].get(language))
    # The one thing that matters is not to be unfolded first.
    screen = first_screen_outline(first_screen(report, dossier.left), language, hints=False)
    first = [block for each in screen for block in (each.blocks if isinstance(each, Section) else (each,))]
    return Section(
        proposal_label(report.proposal, language), [*first, *map(Item, known), Table(heads=heads, rows=grades)]
    )


def _told(dossier: Dossier, language: Language, room: int) -> Iterator[Block]:
    """What is said, folded by what became of it; what does not fit is counted."""
    report, places, left_out = dossier.report, Places(dossier), 0
    for outcome in _TOLD:
        listed = [said for said in entries(report) if outcome_of(said) == outcome and _is_told(said)]
        # Where there is no room for all, what would be a conflict comes before what would be in line.
        listed.sort(key=lambda said: VERDICTS.index(said.verdict))
        fitting: list[Block] = []
        for number, said in enumerate(listed):
            entry = _entry(report, said, places, language)
            room -= _size(entry)
            if room < 0:
                left_out += len(listed) - number
                break
            fitting += [entry, BREAK]
        if fitting:
            # What makes a job fail is not to be looked for.
            yield Fold(f"{LABELS[outcome].get(language)} ({len(listed)})", fitting, open=outcome in _UNFOLDED)
    for section in silences_in_full(report, language):
        if _size(section) <= room:
            room -= _size(section)
            yield Fold(plain(section.heading), section.blocks)
    for section in presumed_outline(report, language):
        if _size(section) > room:
            left_out += len(report.presumed)
        else:
            yield Fold(plain(section.heading), section.blocks)
    if left_out:
        yield Paragraph(with_code(_WORDS["left out"].get(language).format(count=left_out)))


def _is_told(said: Said) -> bool:
    """Of what is in line only what a person said: a rule finds it again, and nobody else can."""
    return outcome_of(said) != "aligned" or (isinstance(said, Finding) and said.answered is not None)


def _size(block: Block) -> int:
    """The letters of a block, with the empty line that parts it from the next."""
    return len(markdown([block], _LEVEL + 1)) + 1


def _entry(report: Report, said: Said, places: Places, language: Language) -> Item:
    def named(name: str, text: str) -> str:
        return f"{WORDS[name].get(language)}: {text}"

    place = places.of(said)
    where = place.path if place.span is None else f"{place.path}:{place.span.start_line}"
    told: list[Inline] = [f"{outcome_label(said, language)}: {said.message.get(language)}"]
    for unknown, alike in in_short(asked_once(said.unknown)) if isinstance(said, Open) else ():
        told.append(named("unknown", printable(with_words_near(unknown.text.get(language), unknown, language))))
        told += [named("likewise", names_in_short(alike, language))] if alike else []
    if isinstance(said, Finding):
        accepted = person_line(said, language)
        told += [] if accepted is None else [accepted]
        for reason, alike in in_short(folded(said.because)):
            told.append(named("because", reason.text.get(language) + read_in(reason, language)))
            told += [named("likewise", names_in_short(alike, language))] if alike else []
    told.append(named("sources", "; ".join(said_sources(said, language))))
    labels = (GROUND_LABELS[said.ground], DIMENSION_LABELS[said.dimension])
    origin = " · ".join(("", *(label.get(language) for label in labels), ""))
    told.append((Span(said.rule, "code"), origin, Span(where, "code")))
    title = f": {said.title.get(language)}"
    return Item((strong(measure_label(report, said.measure, language)), title), map(Item, told))


MARKDOWN = Format(
    name="markdown",
    title=Localized("Markdown for a pull request", "Markdown voor een pull request"),
    suffix=".md",
    render=render,
)
