"""What reports say as a table for a spreadsheet: a row for each thing said, and for each measure that is not judged."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from consistent.errors import printable
from consistent.findings.outcome import LABELS, Outcome
from consistent.findings.report import Report
from consistent.findings.said import Defeated, Finding, Said, outcome_of
from consistent.findings.wording import exception_text
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.entries import Place, Places, entries, message_of, questions, said_sources
from consistent.reports.formats import Format
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS, POSITION_LABELS, WORDS, passage_label
from consistent.reports.notices import caveats_in_full

__all__ = ["COLUMNS", "CSV", "render", "rows"]

# Excel splits at the list separator of the reader's settings, which is a semicolon in Dutch ones.
_SEPARATORS: Mapping[Language, str] = {"en": ",", "nl": ";"}
# With these a spreadsheet takes a text for a formula, the wide forms of East Asia among them.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
COLUMNS = {
    "proposal": Localized("proposal", "voorstel"),
    "title": Localized("title of proposal", "titel voorstel"),
    "file": Localized("file", "bestand"),
    "line": Localized("line", "regelnummer"),
    "column": Localized("column", "kolom"),
    "measure": Localized("measure", "maatregel"),
    "measure title": Localized("title of measure", "titel maatregel"),
    "outcome": Localized("outcome", "uitkomst"),
    "verdict": Localized("verdict of the rule", "oordeel van de regel"),
    "ground": Localized("ground", "grond"),
    "dimension": Localized("dimension", "dimensie"),
    "rule": Localized("rule", "regel"),
    "rule title": Localized("title of rule", "titel regel"),
    "message": Localized("message", "melding"),
    "because": WORDS["because"],
    "unknown": WORDS["unknown"],
    "principle": Localized("principle", "beginsel"),
    "positions": WORDS["positions"],
    "sources": WORDS["sources"],
    "passages": Localized("passages", "vindplaatsen"),
    "confirmed": Localized("confirmed by a person", "door een mens bevestigd"),
    "reason": Localized("reason for accepting, or setting aside", "reden van aanvaarding of terzijdestelling"),
    "owner": Localized("accepted by", "aanvaard door"),
    "until": Localized("accepted until", "aanvaard tot en met"),
}  # fmt: skip
_YES, _NO = Localized("yes", "ja"), Localized("no", "nee")
_LOOKED_AT = Localized("looked at", "bekeken")


def render(dossiers: Sequence[Dossier], language: Language) -> bytes:
    """All reports in one table, with a head.

    Args:
        dossiers: in order; may be empty.
        language: of everything; it also sets the separator.

    Returns:
        UTF-8 with a byte-order mark, without which Excel takes it for another encoding; lines end as RFC 4180 has it.
    """
    out = StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), delimiter=_SEPARATORS[language], lineterminator="\r\n")
    writer.writerow({name: _cell(label.get(language)) for name, label in COLUMNS.items()})
    for dossier in dossiers:
        for _, row in rows(dossier, language):
            writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue().encode("utf-8-sig")


def rows(dossier: Dossier, language: Language) -> Iterator[tuple[Outcome | None, dict[str, str]]]:
    """A row by columns for each thing said, for each measure that is not judged, and for how much was looked at.

    Args:
        dossier: of the report.
        language: of everything.

    Yields:
        What became of the rule or the measure, None for what was looked at, and the row.
    """
    report, places = dossier.report, Places(dossier)
    for said in entries(report):
        outcome = outcome_of(said)
        yield (
            outcome,
            {
                **_about(report, said.measure, places.of(said), language),
                "outcome": LABELS[outcome].get(language),
                **_said(report, said, language),
                **_why_not_counted(said, language),
            },
        )
    for name in report.not_judged:
        about = _about(report, name, places.measure(name), language)
        yield "not-judged", {**about, "outcome": LABELS["not-judged"].get(language)}
    # A proposal of which nothing is said has a row all the same, and every table says how much was looked at.
    about = _about(report, None, places.measure(None), language)
    yield None, {**about, "outcome": _LOOKED_AT.get(language), "message": " ".join(caveats_in_full(report, language))}


def _about(report: Report, measure: str | None, place: Place, language: Language) -> dict[str, str]:
    summary = report.proposal
    titles = {measure.id: measure.title for measure in report.measures}
    title = titles[measure] if measure is not None else WORDS["proposal as a whole"]
    return {
        "proposal": summary.name,
        "title": summary.title.get(language) if summary.title else "",
        "file": place.path,
        "line": str(place.span.start_line) if place.span else "",
        "column": str(place.span.start_column) if place.span else "",
        "measure": measure or "",
        "measure title": title.get(language) if title else "",
    }


def _said(report: Report, said: Said, language: Language) -> dict[str, str]:
    kinds = {position.id: POSITION_LABELS[position.kind].get(language) for position in report.positions}
    return {
        "verdict": LABELS[said.verdict].get(language),
        "ground": GROUND_LABELS[said.ground].get(language),
        "dimension": DIMENSION_LABELS[said.dimension].get(language),
        "rule": said.rule,
        "rule title": said.title.get(language),
        "message": message_of(said).get(language),
        "because": " | ".join(reason.told.get(language) for reason in said.because),
        "unknown": " | ".join(questions(said, language)),
        "principle": said.principle,
        "positions": " | ".join(f"{position} ({kinds[position]})" for position in said.positions),
        "sources": " | ".join(said_sources(said, language)),
        "passages": " | ".join(
            dict.fromkeys(passage_label(reason.document, language) for reason in said.because if reason.document)
        ),
        "confirmed": (_YES if all(reason.confirmed for reason in said.because) else _NO).get(language),
    }


def _why_not_counted(said: Said, language: Language) -> dict[str, str]:
    if isinstance(said, Finding) and said.waived is not None:
        waived = said.waived
        return {"reason": waived.reason.get(language), "owner": waived.owner, "until": waived.until}
    if isinstance(said, Defeated):
        return {"reason": exception_text(said.by, language) if said.by.reason else said.by.rule or ""}
    return {}


def _cell(text: str) -> str:
    """The text on one line, never taken for a formula."""
    shown = printable(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown


CSV = Format(
    name="csv",
    title=Localized("a table for a spreadsheet", "een tabel voor een rekenblad"),
    suffix=".csv",
    render=render,
)
