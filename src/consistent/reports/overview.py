"""An overview of many proposals, told once; and its forms: a page of HTML that needs nothing else, and Markdown."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from consistent.findings.outcome import LABELS, OUTCOMES, PRESENTATION, Outcome
from consistent.findings.said import outcome_of
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.entries import counts, entries, proposal_label
from consistent.reports.formats import Format
from consistent.reports.html.page import outline_page
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, WORDS
from consistent.reports.markdown import markdown
from consistent.reports.notices import caveats_in_full, not_judged
from consistent.reports.outline import Block, Item, Paragraph, Section, Span, Spans, Table, dim, spans, strong
from consistent.rules.rule import DIMENSIONS, Grade

__all__ = [
    "OVERVIEW_HTML",
    "OVERVIEW_MARKDOWN",
    "OVERVIEW_WORDS",
    "Column",
    "Counts",
    "Overview",
    "Row",
    "overview",
    "overview_blocks",
]

# Counts of what is said of many proposals, by proposal and by principle.

# How often each thing is said; what is never said is left out or nought.
Counts = Mapping[Outcome, int]


@frozen(kw_only=True)
class Column:
    """One proposal.

    Attributes:
        name: by which a reader knows it: its number, or what comes nearest to one.
        label: the same with the title.
        counts: of everything that is said of it, and of the measures that are not judged.
        grades: of each dimension, in the order of the report.
        caveats: what must be known of it; at least one.
    """

    name: str
    label: str
    counts: Counts
    grades: tuple[Grade, ...]
    caveats: tuple[str, ...]


@frozen(kw_only=True)
class Row:
    """One principle.

    Attributes:
        cells: what the rules for it say of each proposal, in the order of the columns.
        total: the same for all proposals together.
    """

    id: str
    title: Localized
    cells: tuple[Counts, ...]
    total: Counts


@frozen(kw_only=True)
class Overview:
    """All of it.

    Attributes:
        columns: a proposal each, as they were given.
        rows: the principles on which something is said, the gravest first.
        silent: titles of principles whose rules were run, and say nothing of any of the proposals.
        total: what is said of all proposals together.
        packs: names of the packs and days that were checked against, each once: `treaties, 2025-06-01`.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    silent: tuple[Localized, ...]
    total: Counts
    packs: tuple[str, ...]


def overview(dossiers: Sequence[Dossier], language: Language) -> Overview:
    """Count everything.

    Args:
        dossiers: in order; may be empty.
        language: of labels and caveats.
    """
    titles = {name: principle.title for dossier in dossiers for name, principle in dossier.knowledge.principles.items()}
    by_principle = [_by_principle(dossier) for dossier in dossiers]
    said = {name for principle in by_principle for name in principle}
    rows = [_row(name, titles[name], [principle.get(name, Counter()) for principle in by_principle]) for name in said]
    run = {rule.principle for dossier in dossiers for rule in dossier.rules}
    columns = tuple(_column(dossier, language) for dossier in dossiers)
    return Overview(
        columns=columns,
        rows=tuple(sorted(rows, key=lambda row: (_lightness(row.total), row.id))),
        silent=tuple(titles[name] for name in sorted(run - said)),
        total=_sum(column.counts for column in columns),
        packs=tuple(dict.fromkeys(f"{dossier.report.pack}, {dossier.report.as_of}" for dossier in dossiers)),
    )


def _column(dossier: Dossier, language: Language) -> Column:
    report = dossier.report
    return Column(
        name=report.proposal.reference or report.proposal.celex or proposal_label(report.proposal, language),
        label=proposal_label(report.proposal, language),
        counts=counts(report),
        grades=tuple(grade for _, grade in report.judgement),
        caveats=tuple(
            caveat for caveat in (not_judged(report, language), *caveats_in_full(report, language)) if caveat
        ),
    )


def _by_principle(dossier: Dossier) -> dict[str, Counter[Outcome]]:
    found: dict[str, Counter[Outcome]] = {}
    for said in entries(dossier.report):
        found.setdefault(said.principle, Counter())[outcome_of(said)] += 1
    return found


def _row(name: str, title: Localized, cells: Sequence[Counts]) -> Row:
    return Row(id=name, title=title, cells=tuple(cells), total=_sum(cells))


def _sum(several: Iterable[Counts]) -> Counts:
    total: Counter[Outcome] = Counter()
    for column in several:
        total.update(column)
    return total


def _lightness(found: Counts) -> tuple[int, ...]:
    return tuple(-found.get(name, 0) for name in OUTCOMES)


# The words of overviews.

OVERVIEW_WORDS = {
    "title": Localized("Overview of proposals", "Overzicht van voorstellen"),
    "checked": Localized("Checked against (pack, day)", "Getoetst aan (pakket, peildatum)"),
    "said": Localized("What is said of each proposal", "Wat van elk voorstel wordt gezegd"),
    "judgement": WORDS["judgement"],
    "principles": Localized("Proposals against principles", "Voorstellen tegenover beginselen"),
    "proposal": Localized("proposal", "voorstel"),
    "principle": Localized("principle", "beginsel"),
    "total": Localized("total", "totaal"),
    "silent": Localized(
        "Principles on which the rules say nothing of these proposals ({count})",
        "Beginselen waarover de regels van deze voorstellen niets zeggen ({count})",
    ),
    "caveats": Localized("What to know of each check", "Wat van elke toets bekend moet zijn"),
    "no approval": Localized(
        "Where nothing is said, that is no approval.", "Waar niets wordt gezegd, is dat geen goedkeuring."
    ),
    "sort": Localized("Sort by this column", "Sorteer op deze kolom"),
    "sorted": Localized("Sorted by", "Gesorteerd op"),
    "descending": Localized("descending", "aflopend"),
    "ascending": Localized("ascending", "oplopend"),
    "none": Localized("No proposals.", "Geen voorstellen."),
}


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
    return tuple(span for finding in said for span in (Span(", "), finding))[1:] if said else spans(dim("-"))


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
