"""Counts of what is said of many proposals, by proposal and by principle."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from consistent.findings.outcome import OUTCOMES, Outcome
from consistent.findings.report import Grade
from consistent.findings.said import outcome_of
from consistent.model.text import Language, Localized
from consistent.reports.caveats import caveats, not_judged
from consistent.reports.dossier import Dossier
from consistent.reports.entries import counts, entries, proposal_label

__all__ = ["Column", "Counts", "Overview", "Row", "overview"]

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
    titles = {name: each.title for dossier in dossiers for name, each in dossier.knowledge.principles.items()}
    by_principle = [_by_principle(each) for each in dossiers]
    said = {name for each in by_principle for name in each}
    rows = [_row(name, titles[name], [each.get(name, Counter()) for each in by_principle]) for name in said]
    run = {rule.principle for dossier in dossiers for rule in dossier.rules}
    columns = tuple(_column(each, language) for each in dossiers)
    return Overview(
        columns=columns,
        rows=tuple(sorted(rows, key=lambda each: (_lightness(each.total), each.id))),
        silent=tuple(titles[name] for name in sorted(run - said)),
        total=_sum(each.counts for each in columns),
        packs=tuple(dict.fromkeys(f"{each.report.pack}, {each.report.as_of}" for each in dossiers)),
    )


def _column(dossier: Dossier, language: Language) -> Column:
    report = dossier.report
    return Column(
        name=report.proposal.reference or report.proposal.celex or proposal_label(report.proposal, language),
        label=proposal_label(report.proposal, language),
        counts=counts(report),
        grades=tuple(grade for _, grade in report.judgement),
        caveats=tuple(each for each in (not_judged(report, language), *caveats(report, language)) if each),
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
    for each in several:
        total.update(each)
    return total


def _lightness(found: Counts) -> tuple[int, ...]:
    return tuple(-found.get(name, 0) for name in OUTCOMES)
