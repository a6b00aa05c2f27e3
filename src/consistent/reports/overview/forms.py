"""An overview of many proposals, told once; and its forms: a page of HTML that needs nothing else, and Markdown."""

from collections.abc import Iterator, Sequence

from consistent.findings.outcome import LABELS, OUTCOMES, PRESENTATION
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.formats import Format
from consistent.reports.html.page import outline_page
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS
from consistent.reports.markdown_text import markdown
from consistent.reports.outline import Block, Item, Paragraph, Section, Span, Spans, Table, dim, spans, strong
from consistent.reports.overview.matrix import Counts, Overview, overview
from consistent.reports.overview.words import OVERVIEW_WORDS
from consistent.rules.rule import DIMENSIONS

__all__ = ["OVERVIEW_HTML", "OVERVIEW_MARKDOWN", "overview_blocks"]

# More of a graver thing always outweighs what is less grave, up to so many of each.
_BASE = 1000


def overview_blocks(found: Overview, language: Language) -> Iterator[Block]:
    """All proposals at a glance: what is said of each, the judgement, principles against proposals, and what to know of them."""

    def word(name: str) -> str:
        return OVERVIEW_WORDS[name].get(language)

    if not found.columns:
        yield Paragraph(word("none"))
        return
    yield Paragraph(f"{word('checked')}: {'; '.join(found.packs)}. {word('no approval')}")
    rows = [(spans(column.label), *_numbers(column.counts)) for column in found.columns]
    said = Table(
        heads=(word("proposal"), *(LABELS[outcome].get(language) for outcome in OUTCOMES)),
        rows=(*rows, (spans(word("total")), *_numbers(found.total))),
        numbers=True,
        total=True,
        weights=tuple(tuple(column.counts.get(outcome, 0) for outcome in OUTCOMES) for column in found.columns),
    )
    yield Section(word("said"), [said])
    grades = Table(
        heads=(word("proposal"), *(DIMENSION_LABELS[dimension].get(language) for dimension in DIMENSIONS)),
        rows=tuple(
            (spans(column.name), *(spans(GRADE_LABELS[grade].get(language)) for grade in column.grades))
            for column in found.columns
        ),
    )
    yield Section(word("judgement"), [grades])
    principles = Table(
        heads=(word("principle"), *(column.name for column in found.columns), word("total")),
        rows=tuple(
            (spans(row.title.get(language)), *(_cell(counts, language) for counts in (*row.cells, row.total)))
            for row in found.rows
        ),
        weights=tuple(tuple(map(_weight, (*row.cells, row.total))) for row in found.rows),
    )
    silent = [Item(title.get(language)) for title in found.silent]
    lead = [Paragraph(f"{word('silent').format(count=len(silent))}:", "lead")] if silent else []
    yield Section(word("principles"), [principles, *lead, *silent])
    yield Section(word("caveats"), [Item(strong(column.name), map(Item, column.caveats)) for column in found.columns])


def _numbers(counts: Counts) -> Iterator[Spans]:
    for outcome in OUTCOMES:
        count = counts.get(outcome, 0)
        yield spans(Span(str(count), tone=PRESENTATION[outcome].tone) if count else dim("0"))


def _cell(counts: Counts, language: Language) -> Spans:
    """What is said, with its number in words, the gravest first."""
    said = [
        Span(f"{counts[outcome]} {LABELS[outcome].get(language)}", tone=PRESENTATION[outcome].tone)
        for outcome in OUTCOMES
        if counts.get(outcome)
    ]
    return tuple(span for each in said for span in (Span(", "), each))[1:] if said else spans(dim("-"))


def _weight(counts: Counts) -> int:
    """By which a column is sorted: what is graver comes first."""
    weight = 0
    for outcome in OUTCOMES:
        weight = weight * _BASE + min(counts.get(outcome, 0), _BASE - 1)
    return weight


def _html(dossiers: Sequence[Dossier], language: Language) -> str:
    blocks = overview_blocks(overview(dossiers, language), language)
    words = {name: OVERVIEW_WORDS[name].get(language) for name in ("sort", "sorted", "ascending", "descending")}
    return outline_page(OVERVIEW_WORDS["title"].get(language), blocks, language, script="sorting.js", words=words)


def _markdown(dossiers: Sequence[Dossier], language: Language) -> str:
    blocks = overview_blocks(overview(dossiers, language), language)
    return markdown([Section(OVERVIEW_WORDS["title"].get(language), blocks)])


OVERVIEW_HTML = Format(
    name="overview-html",
    title=Localized("overview of many proposals, as a page", "overzicht van veel voorstellen, als pagina"),
    suffix=".html",
    render=_html,
)
OVERVIEW_MARKDOWN = Format(
    name="overview-markdown",
    title=Localized("overview of many proposals, in Markdown", "overzicht van veel voorstellen, in Markdown"),
    suffix=".md",
    render=_markdown,
)
