"""An overview of many proposals as tables in Markdown."""

from collections.abc import Iterator, Sequence

from consistent.findings.outcome import LABELS, OUTCOMES
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.formats import Format
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS
from consistent.reports.markdown_text import markdown_text, table
from consistent.reports.overview.matrix import Counts, Overview, overview, shown_counts
from consistent.reports.overview.words import OVERVIEW_WORDS
from consistent.rules.rule import DIMENSIONS

__all__ = ["OVERVIEW_MARKDOWN", "render"]


def render(dossiers: Sequence[Dossier], language: Language) -> str:
    """All proposals at a glance; safe to put where Markdown of others is shown.

    Args:
        dossiers: in order; may be empty.
        language: of everything.
    """
    return "\n".join(_lines(overview(dossiers, language), language)) + "\n"


def _lines(found: Overview, language: Language) -> Iterator[str]:
    def word(name: str) -> str:
        return OVERVIEW_WORDS[name].get(language)

    def cell(counts: Counts) -> str:
        return ", ".join(text for _, text in shown_counts(counts, language)) or "-"

    yield from (f"# {word('title')}", "")
    if not found.columns:
        yield word("none")
        return
    yield f"{word('checked')}: {markdown_text('; '.join(found.packs))}. {word('no approval')}"
    yield from ("", f"## {word('said')}", "")
    outcomes = [LABELS[each].get(language) for each in OUTCOMES]
    rows = [[each.label, *_numbers(each.counts)] for each in found.columns]
    yield from table([word("proposal"), *outcomes], [*rows, [word("total"), *_numbers(found.total)]])
    yield from ("", f"## {word('judgement')}", "")
    graded = [[each.name, *(GRADE_LABELS[grade].get(language) for grade in each.grades)] for each in found.columns]
    yield from table([word("proposal"), *(DIMENSION_LABELS[each].get(language) for each in DIMENSIONS)], graded)
    yield from ("", f"## {word('principles')}", "")
    names = [each.name for each in found.columns]
    lines = [[each.title.get(language), *map(cell, each.cells), cell(each.total)] for each in found.rows]
    yield from table([word("principle"), *names, word("total")], lines)
    if found.silent:
        yield from ("", f"{word('silent').format(count=len(found.silent))}:", "")
        yield from (f"- {markdown_text(each.get(language))}" for each in found.silent)
    yield from ("", f"## {word('caveats')}", "")
    for each in found.columns:
        yield f"- **{markdown_text(each.name)}**"
        yield from (f"  - {markdown_text(one)}" for one in each.caveats)


def _numbers(counts: Counts) -> list[str]:
    return [str(counts.get(each, 0)) for each in OUTCOMES]


OVERVIEW_MARKDOWN = Format(
    name="overview-markdown",
    title=Localized("overview of many proposals, in Markdown", "overzicht van veel voorstellen, in Markdown"),
    suffix=".md",
    render=render,
)
