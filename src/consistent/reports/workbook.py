"""What reports say as a workbook: sheets to filter and sort, on each other and on sources by links. No cell is ever a formula."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from attrs import frozen

from consistent.errors import UsageError, printable
from consistent.findings.outcome import OUTCOMES, PRESENTATION, Outcome
from consistent.findings.said import Open
from consistent.model.text import Language, Localized, Tone
from consistent.reports.csv_format import COLUMNS, rows
from consistent.reports.dossier import Dossier
from consistent.reports.entries import entries, measure_label, outcome_label, proposal_label
from consistent.reports.formats import Format
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GRADE_SIGNS, GROUND_LABELS, WORDS
from consistent.reports.notices import caveats_in_full, not_judged
from consistent.reports.said_text import source_span
from consistent.version import to_install

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format as Look

__all__ = ["XLSX", "render"]

# In the order in which a reader wants them; the last say where it stands.
_FINDINGS = (
    "outcome", "proposal", "measure", "measure title", "rule title", "message", "because", "unknown", "positions", "sources", "passages",
    "confirmed", "reason", "owner", "until", "dimension", "ground", "verdict", "principle", "rule", "title", "file", "line", "column",
)  # fmt: skip
_NUMBERS = {"line", "column"}
_SHEETS = {
    "findings": Localized("Findings", "Bevindingen"),
    "questions": Localized("Questions", "Vragen"),
    "grades": Localized("Grades", "Oordelen"),
    "rules": Localized("Rules", "Regels"),
    "sources": Localized("Sources", "Bronnen"),
    "about": Localized("About", "Verantwoording"),
}
_HEADS = {
    "questions": Localized(
        "proposal|measure|question|rules that hang on it|what they may come to",
        "voorstel|maatregel|vraag|regels die ervan afhangen|wat het kan worden",
    ),
    "grades": Localized("proposal|dimension|grade", "voorstel|dimensie|oordeel"),
    "rules": Localized(
        "rule|title|why|ground|dimension|principle|sources", "regel|titel|waarom|grond|dimensie|beginsel|bronnen"
    ),
    "sources": Localized("source|address|rules that cite it", "bron|adres|regels die haar noemen"),
    "about": Localized("proposal|what must be known", "voorstel|wat men moet weten"),
}
# In letters, by the head of a column; others are as wide as a word or two.
_WIDE = 60
_WIDTHS = {
    "message": _WIDE,
    "because": _WIDE,
    "unknown": _WIDE,
    "measure title": 40,
    "rule title": 40,
    "sources": 40,
    "rule": 40,
}
# Dark on light, so that each can be read; what it says stands in words too.
_COLORS: Mapping[Tone, tuple[str, str]] = {
    "good": ("#1e5631", "#e3f4e6"),
    "bad": ("#8a1114", "#fde3e3"),
    "caution": ("#6b4a00", "#fff2cc"),
    "unknown": ("#0b4f6c", "#ddf0f7"),
    "accepted": ("#5b2a6e", "#f0e4f5"),
    "": ("#333333", "#ffffff"),
}
# What Excel takes, a little less of text for the sign that it was cut.
_LONGEST, _LONGEST_URL, _MOST_LINKS = 32_000, 2_000, 60_000
_CUT = " […]"
_PAGE = Localized("page", "bladzijde")
_EXTRA = Localized(
    "workbooks are written by a package that is not installed",
    "werkmappen worden geschreven door een pakket dat niet is geïnstalleerd",
)
_INSTALL = Localized(f"install it: `{to_install('xlsx')}`", f"installeer het: `{to_install('xlsx')}`")
_FULL = Localized("a sheet cannot hold so many rows", "een werkblad kan zoveel rijen niet bevatten")
_FEWER = Localized("give fewer proposals at once", "geef minder voorstellen tegelijk")


@frozen
class _Cell:
    """What stands in a cell: text or a number, where it leads, and how the reader should take it."""

    said: str | int
    url: str = ""
    tone: Tone | None = None


def render(dossiers: Sequence[Dossier], language: Language) -> bytes:
    """All reports in one workbook; the same bytes for the same reports.

    Args:
        dossiers: in order; may be empty.
        language: of everything.

    Raises:
        UsageError: what writes workbooks is not installed, or they hold more than a workbook can.
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415  an extra
    except ModuleNotFoundError:
        raise UsageError(_EXTRA.get(language), _INSTALL.get(language)) from None
    written = BytesIO()
    # Text is text: none is taken for a formula, a number or an address.
    never = dict.fromkeys(("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False)
    with Workbook(written, {"in_memory": True, **never}) as book:
        _Book(book, dossiers, language).write()
    return written.getvalue()


class _Book:
    def __init__(self, book: "Workbook", dossiers: Sequence[Dossier], language: Language) -> None:
        self._book, self._dossiers, self._language = book, dossiers, language
        self._looks: dict[tuple[Tone | None, bool], Look] = {}
        cited = {rule.id: dossier for dossier in dossiers for rule in dossier.report.rules}
        self._rules = [(name, cited[name]) for name in sorted(cited)]
        named: dict[str, list[str]] = {}
        for name, dossier in self._rules:
            for source in next(rule for rule in dossier.report.rules if rule.id == name).sources:
                named.setdefault(source, []).append(name)
        self._sources = dict(sorted(named.items()))

    def write(self) -> None:
        """Make every sheet."""
        language = self._language
        days = sorted(dossier.report.as_of for dossier in self._dossiers)
        # A workbook tells when it was made, and would be another one each time.
        made = datetime.fromisoformat(days[-1] if days else "1980-01-01")
        programs = [dossier.report.identity.program for dossier in self._dossiers if dossier.report.identity]
        told = " ".join(("consistent", *programs[:1]))
        title = proposal_label(self._dossiers[0].report.proposal, language) if len(self._dossiers) == 1 else ""
        self._book.set_properties({"created": made, "title": title, "comments": told})
        self._sheet("findings", [COLUMNS[name].get(language) for name in _FINDINGS], self._findings(), _FINDINGS, told)
        for name, lines in (
            ("questions", self._questions()),
            ("grades", self._grades()),
            ("rules", self._rule_rows()),
            ("sources", self._source_rows()),
            ("about", self._about()),
        ):
            self._sheet(name, _HEADS[name].get(language).split("|"), lines, (), told)

    def _findings(self) -> Iterator[list[_Cell]]:
        # Stable, so that what is as grave stands in the order of the report.
        found = [
            (outcome, row, dossier) for dossier in self._dossiers for outcome, row in rows(dossier, self._language)
        ]
        for outcome, row, dossier in sorted(found, key=lambda each: _weight(each[0])):
            tone = PRESENTATION[outcome].tone if outcome else None
            links = {"outcome": "", "rule": self._to_rule(row.get("rule", "")), "sources": ""}
            if rule := row.get("rule"):
                links["sources"] = self._to_sources(rule, dossier)
            yield [
                _Cell(
                    int(row[name]) if name in _NUMBERS and row.get(name) else row.get(name, ""),
                    links.get(name, ""),
                    tone if name == "outcome" else None,
                )
                for name in _FINDINGS
            ]

    def _questions(self) -> Iterator[list[_Cell]]:
        for dossier in self._dossiers:
            report, asked = dossier.report, dict[tuple[str | None, str], list[Open]]()
            for said in entries(report):
                for unknown in said.unknown if isinstance(said, Open) else ():
                    if isinstance(said, Open):
                        asked.setdefault((unknown.measure, unknown.text.get(self._language)), []).append(said)
            label = proposal_label(report.proposal, self._language)
            # What settles most goes first.
            for (measure, question), hanging in sorted(asked.items(), key=lambda each: -len(each[1])):
                titles = dict.fromkeys(said.title.get(self._language) for said in hanging)
                outcomes = dict.fromkeys(outcome_label(said, self._language) for said in hanging)
                yield [
                    _Cell(label),
                    _Cell(measure_label(report, measure, self._language)),
                    _Cell(question),
                    _Cell(" | ".join(titles)),
                    _Cell(" | ".join(outcomes), tone="unknown"),
                ]

    def _grades(self) -> Iterator[list[_Cell]]:
        for dossier in self._dossiers:
            label = proposal_label(dossier.report.proposal, self._language)
            for dimension, grade in dossier.report.judgement:
                sign, tone = GRADE_SIGNS[grade]
                yield [
                    _Cell(label),
                    _Cell(DIMENSION_LABELS[dimension].get(self._language)),
                    _Cell(f"{sign} {GRADE_LABELS[grade].get(self._language)}", tone=tone),
                ]

    def _rule_rows(self) -> Iterator[list[_Cell]]:
        for name, dossier in self._rules:
            rule = next(rule for rule in dossier.rules if rule.id == name)
            principle = next(each for each in dossier.report.principles if each.id == rule.principle)
            cited = " | ".join(source_span(source, self._language).text for source in rule.sources)
            yield [
                _Cell(rule.id),
                _Cell(rule.title.get(self._language)),
                _Cell(rule.rationale.get(self._language)),
                _Cell(GROUND_LABELS[rule.ground].get(self._language)),
                _Cell(DIMENSION_LABELS[rule.dimension].get(self._language)),
                _Cell(principle.title.get(self._language)),
                _Cell(cited, self._to_sources(name, dossier)),
            ]

    def _source_rows(self) -> Iterator[list[_Cell]]:
        for source, names in self._sources.items():
            span = source_span(source, self._language)
            yield [
                _Cell(span.text, span.url),
                _Cell(span.url, span.url),
                _Cell(" | ".join(names), self._to_rule(names[0])),
            ]

    def _about(self) -> Iterator[list[_Cell]]:
        for dossier in self._dossiers:
            report, language = dossier.report, self._language
            label = proposal_label(report.proposal, language)
            run = " · ".join(
                f"{WORDS[name].get(language)} {value}"
                for name, value in (("pack", report.pack), ("as of", report.as_of), ("engine", report.engine))
            )
            for told in (run, not_judged(report, language), *caveats_in_full(report, language)):
                if told:
                    yield [_Cell(label), _Cell(told)]

    def _to_rule(self, name: str) -> str:
        numbers = {rule: number for number, (rule, _) in enumerate(self._rules)}
        return self._to("rules", numbers[name]) if name in numbers else ""

    def _to_sources(self, rule: str, dossier: Dossier) -> str:
        """To the one source of a rule, or to where the first of several stands."""
        sources = next((cited.sources for cited in dossier.report.rules if cited.id == rule), ())
        if len(sources) == 1 and (url := source_span(sources[0], self._language).url):
            return url
        return self._to("sources", list(self._sources).index(sources[0])) if sources else ""

    def _to(self, sheet: str, row: int) -> str:
        return f"internal:'{_SHEETS[sheet].get(self._language)}'!A{row + 2}"

    def _sheet(
        self, name: str, heads: Sequence[str], lines: Iterable[Sequence[_Cell]], columns: Sequence[str], told: str
    ) -> None:
        """A sheet with a head that stays in sight, and filters."""
        sheet = self._book.add_worksheet(_SHEETS[name].get(self._language))
        head = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for column, title in enumerate(heads):
            sheet.write_string(0, column, title, head)
            wide = 16 if columns else (_WIDE if column else 40)
            sheet.set_column(column, column, _WIDTHS.get(columns[column], wide) if columns else wide)
        number = links = 0
        for number, line in enumerate(lines, 1):
            for column, cell in enumerate(line):
                links += bool(cell.url)
                self._write(sheet, (number, column), cell, linked=links <= _MOST_LINKS)
        sheet.autofilter(0, 0, max(number, 1), len(heads) - 1)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{told.replace('&', '&&')}&R{_PAGE.get(self._language)} &P / &N")

    def _write(self, sheet: Any, at: tuple[int, int], cell: _Cell, *, linked: bool) -> None:
        """Write a cell, as a text whatever it begins with.

        Raises:
            UsageError: the sheet is full.
        """
        if isinstance(cell.said, int):
            done = sheet.write_number(*at, cell.said, self._look(None))
        else:
            text = printable(cell.said)
            text = text if len(text) <= _LONGEST else text[:_LONGEST] + _CUT
            url = cell.url if linked and len(cell.url) <= _LONGEST_URL else ""
            if text and url.startswith(("https://", "http://", "internal:")):
                done = sheet.write_url(*at, url, self._look(cell.tone, linked=True), text)
            else:
                done = sheet.write_string(*at, text, self._look(cell.tone))
        if done:
            raise UsageError(_FULL.get(self._language), _FEWER.get(self._language))

    def _look(self, tone: Tone | None, *, linked: bool = False) -> "Look":
        if (tone, linked) not in self._looks:
            look: dict[str, Any] = {"text_wrap": True, "valign": "top"}
            if tone is not None:
                ink, paper = _COLORS[tone]
                look |= {"font_color": ink, "bg_color": paper}
            if linked:
                look |= {"underline": 1} | ({} if tone else {"font_color": "#0b4f9c"})
            self._looks[tone, linked] = self._book.add_format(look)
        return self._looks[tone, linked]


def _weight(outcome: Outcome | None) -> int:
    return OUTCOMES.index(outcome) if outcome else len(OUTCOMES)


XLSX = Format(
    name="xlsx",
    title=Localized("a workbook for a spreadsheet", "een werkmap voor een rekenblad"),
    suffix=".xlsx",
    render=render,
)
