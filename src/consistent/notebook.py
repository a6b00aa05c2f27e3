"""What a notebook shows of an object: a piece of a page, or Markdown, in the language that CONSISTENT_LANG names."""

from collections.abc import Iterator
from functools import singledispatch

from markupsafe import Markup

from consistent.check import Check
from consistent.checker import KnowledgeBase
from consistent.findings.outcome import LABELS, PRESENTATION
from consistent.findings.report import Report
from consistent.findings.said import Defeated, Finding, Open, Said, folded, outcome_of
from consistent.findings.wording import exception_text
from consistent.inquiries.questions.open_questions import OpenQuestions
from consistent.knowledge.project_file import language_set
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.reports import markdown as markdown_form
from consistent.reports.entries import entries, measure_label, message_of, outcome_label
from consistent.reports.first_screen import first_screen, first_screen_outline
from consistent.reports.html.page import asset, environment
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS, WORDS
from consistent.reports.outline import (
    Block,
    Fold,
    Item,
    Paragraph,
    Section,
    Span,
    Spans,
    Table,
    changed,
    dim,
    pair,
    spans,
    strong,
    without_notes,
)
from consistent.reports.said_text import closing_outline, source_span

__all__ = ["html", "markdown"]

# Of the headings, among those that the author of a notebook writes.
_LEVEL = 3
# Reasons beyond this number are folded.
_MOST = 6
_WORDS = {
    "all": Localized("all that is said ({count})", "alles wat is gemeld ({count})"),
    "outcome": Localized("outcome", "uitkomst"),
    "measure": Localized("measure", "maatregel"),
    "message": Localized("message", "melding"),
    "rules": Localized("rules ({count})", "regels ({count})"),
    "title": Localized("title", "titel"),
    "verdict": Localized("verdict", "oordeel"),
    "ground": Localized("ground", "grond"),
    "dimension": Localized("dimension", "dimensie"),
    "question": Localized("question", "vraag"),
    "questions": Localized("questions ({count})", "vragen ({count})"),
    "weight": Localized("weight", "gewicht"),
    "of": Localized("{rules} rules, {concepts} concepts, {facts} facts, {positions} positions",
                    "{rules} regels, {concepts} begrippen, {facts} feiten, {positions} posities"),
}  # fmt: skip


def html(shown: object) -> str:
    """An object as a piece of a page, with its own style; every text in it is shown as it is."""
    language = _language()
    blocks = changed(_outline(shown, language), without_notes)
    template = environment().get_template("blocks.html.j2")
    body: Markup = template.module.blocks(blocks, _LEVEL)  # type: ignore[attr-defined]  # a macro
    return f'<div class="consistent" lang="{language}"><style>{asset("notebook.css")}</style>\n{body}</div>'


def markdown(shown: object) -> str:
    """An object as Markdown; every text in it is shown as it is."""
    return markdown_form.markdown(_outline(shown, _language()), _LEVEL)


def _language() -> Language:
    return language_set() or LANGUAGES[0]


def _word(name: str, language: Language, **values: object) -> str:
    return _WORDS[name].get(language).format(**values)


@singledispatch
def _outline(shown: object, language: Language) -> Iterator[Block]:  # noqa: ARG001  what cannot be shown has no language
    """An object as an outline; of what has no form of its own its line."""
    yield Paragraph(repr(shown))


@_outline.register
def _(shown: Report, language: Language) -> Iterator[Block]:
    yield from first_screen_outline(first_screen(shown), language, hints=False)
    listed = entries(shown)
    rows = tuple(
        (
            _sign(said, language),
            spans(measure_label(shown, said.measure, language)),
            spans(message_of(said).get(language)),
            spans(dim(said.rule)),
        )
        for said in listed
    )
    heads = (*(_word(name, language) for name in ("outcome", "measure", "message")), WORDS["rule"].get(language))
    if rows:
        yield Fold(_word("all", language, count=len(listed)), [Table(heads=heads, rows=rows)])
    yield from closing_outline(shown, language)


@_outline.register
def _(shown: Check, language: Language) -> Iterator[Block]:
    yield from _outline(shown.report, language)


@_outline.register(Finding)
@_outline.register(Open)
@_outline.register(Defeated)
def _(shown: Said, language: Language) -> Iterator[Block]:
    about = " · ".join(
        (
            shown.rule,
            GROUND_LABELS[shown.ground].get(language),
            DIMENSION_LABELS[shown.dimension].get(language),
            *shown.positions,
        )
    )
    word = WORDS["because"].get(language)
    reasons = [Item(pair(word, reason.told.get(language))) for reason in folded(shown.because)]
    below: list[Block] = [*reasons] if len(reasons) <= _MOST else [Fold(f"{word} ({len(reasons)})", reasons)]
    if isinstance(shown, Open):
        questions = dict.fromkeys(unknown.told.get(language) for unknown in shown.unknown)
        below += [Item(pair(WORDS["unknown"].get(language), question)) for question in questions]
        below += [Item(pair(WORDS["awaits"].get(language), rule)) for rule in shown.awaits]
    if isinstance(shown, Defeated):
        by = exception_text(shown.by, language) if shown.by.reason is not None else shown.by.rule or ""
        below.append(Item(pair(WORDS["by"].get(language), by)))
    sources = [part for source in shown.sources for part in (source_span(source, language), Span("; "))][:-1]
    below.append(Item(pair(WORDS["sources"].get(language), *sources)))
    where = shown.measure or WORDS["proposal as a whole"].get(language)
    head = [*_sign(shown, language), Span(f": {shown.title.get(language)} "), dim(f"({where})")]
    yield Section(head, [Paragraph(message_of(shown).get(language)), Paragraph(dim(about)), *below])


@_outline.register
def _(shown: OpenQuestions, language: Language) -> Iterator[Block]:
    rows = tuple(
        (
            spans(question.measure or WORDS["proposal as a whole"].get(language)),
            spans(question.text.get(language)),
            spans(", ".join(dict.fromkeys(rule.title.get(language) for rule in question.rules))),
            spans(str(question.weight)),
        )
        for question in shown.questions
    )
    heads = tuple(_word(name, language) for name in ("measure", "question"))
    heads += (WORDS["rule"].get(language), _word("weight", language))
    yield Section(
        strong(_word("questions", language, count=shown.count)), [Table(heads=heads, rows=rows)] if rows else []
    )


@_outline.register
def _(shown: KnowledgeBase, language: Language) -> Iterator[Block]:
    knowledge = shown.knowledge
    counts = _word(
        "of",
        language,
        rules=len(shown.rules),
        concepts=len(shown.concepts),
        facts=sum(map(len, knowledge.facts.values())),
        positions=len(knowledge.positions),
    )
    titles = [Item([strong(pack.name), f": {pack.title.get(language)}"]) for pack in knowledge.packs]
    yield Section([strong(shown.name), dim(f" {counts}")], titles)
    rows = tuple(
        (
            spans(rule.id),
            spans(rule.title.get(language)),
            spans(LABELS[rule.verdict].get(language)),
            spans(GROUND_LABELS[rule.ground].get(language)),
            spans(DIMENSION_LABELS[rule.dimension].get(language)),
        )
        for rule in shown.rules
    )
    heads = (
        WORDS["rule"].get(language),
        *(_word(name, language) for name in ("title", "verdict", "ground", "dimension")),
    )
    if rows:
        yield Fold(_word("rules", language, count=len(rows)), [Table(heads=heads, rows=rows)])


def _sign(said: Said, language: Language) -> Spans:
    sign = PRESENTATION[outcome_of(said)]
    return spans(Span(f"{sign.sign} {outcome_label(said, language)}", "strong", sign.tone))
