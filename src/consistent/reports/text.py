"""A report as text for a terminal."""

from collections.abc import Iterable, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from consistent.findings.report import Because, Defeated, Finding, Open, Report, Unknown
from consistent.model.text import Language
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GROUND_LABELS, WORDS

__all__ = ["print_report"]

_STYLES = {"conflict": "bold red", "condition": "yellow", "aligned": "green", "open": "cyan"}
_GRADE_STYLES = {
    "positive": "green",
    "positive-with-remarks": "yellow",
    "partly-positive-partly-negative": "yellow",
    "negative": "bold red",
    "open": "cyan",
    "not-judged": "dim",
}


def print_report(report: Report, console: Console, language: Language, *, verbose: bool = False) -> None:
    """Print a report.

    Args:
        report: what to print.
        console: where; its width and colours are used.
        language: of all words but those of the proposal itself.
        verbose: with the reasons of findings that are in line too.
    """
    console.print(_Text(report, language, verbose=verbose).whole())


class _Text:
    def __init__(self, report: Report, language: Language, *, verbose: bool) -> None:
        self._report, self._language, self._verbose = report, language, verbose

    def word(self, name: str) -> str:
        return WORDS[name].get(self._language)

    def whole(self) -> RenderableType:
        report = self._report
        parts: list[RenderableType] = [*self._head(), self._judgement()]
        for verdict, name in (("conflict", "conflicts"), ("condition", "conditions")):
            found = [each for each in report.findings if each.verdict == verdict]
            parts += self._section(name, _STYLES[verdict], (self._finding(each, full=True) for each in found))
        parts += self._section("open", _STYLES["open"], map(self._open, report.open))
        aligned = [each for each in report.findings if each.verdict == "aligned"]
        parts += self._section(
            "aligned", _STYLES["aligned"], (self._finding(each, full=self._verbose) for each in aligned)
        )
        for met, name in ((True, "met"), (False, "defeated")):
            parts += self._section(name, "", (self._defeated(each) for each in report.defeated if each.met is met))
        if report.not_judged:
            parts += self._section("not judged", "", [Text(", ".join(report.not_judged))])
        if not report.findings:
            parts.append(Text("\n" + self.word("nothing found")))
        parts.append(Text("\n" + self._looked_at(), style="dim"))
        if report.engine == "plain":
            parts.append(Text(self.word("plain engine"), style="dim"))
        return Group(*parts)

    def _head(self) -> list[RenderableType]:
        report, summary = self._report, self._report.proposal
        title = summary.title.get(self._language) if summary.title else ""
        facts = [
            summary.celex,
            summary.date,
            f"{self.word('pack')} {report.pack}",
            f"{self.word('as of')} {report.as_of}",
            f"{self.word('engine')} {report.engine}",
        ]
        return [
            Text(" ".join(dict.fromkeys(each for each in (summary.name, title) if each)), style="bold"),
            Text(" · ".join(each for each in facts if each), style="dim"),
        ]

    def _judgement(self) -> RenderableType:
        table = Table.grid(padding=(0, 2))
        for dimension, grade in self._report.judgement:
            table.add_row(
                DIMENSION_LABELS[dimension].get(self._language),
                Text(GRADE_LABELS[grade].get(self._language), style=_GRADE_STYLES[grade]),
            )
        return Group(Text("\n" + self.word("judgement"), style="bold"), Padding(table, (0, 0, 0, 2)))

    def _section(self, name: str, style: str, items: Iterable[RenderableType]) -> list[RenderableType]:
        listed = list(items)
        if not listed:
            return []
        heading = self.word(name) + (
            f" ({len(listed)})" if name != "not judged" else f" ({len(self._report.not_judged)})"
        )
        return [Text("\n" + heading, style=style or "bold"), *(Padding(each, (0, 0, 0, 2)) for each in listed)]

    def _finding(self, each: Finding, *, full: bool) -> RenderableType:
        lines: list[RenderableType] = [self._heading(each)]
        if full:
            lines.append(Text(each.message.get(self._language)))
        lines.append(self._rule_line(each))
        if full:
            lines += [self._pair("sources", "; ".join(each.sources)), *self._because(each.because)]
        return _indented(lines)

    def _open(self, each: Open) -> RenderableType:
        lines: list[RenderableType] = [
            self._heading(each),
            Text(each.message.get(self._language)),
            self._rule_line(each),
        ]
        lines += [self._pair("unknown", _unknown(one)) for one in each.unknown]
        if each.awaits:
            lines.append(self._pair("awaits", ", ".join(each.awaits)))
        return _indented(lines)

    def _defeated(self, each: Defeated) -> RenderableType:
        lines = [self._heading(each), self._rule_line(each)]
        why = each.by.reason.get(self._language) if each.by.reason else each.by.rule or ""
        return _indented([*lines, self._pair("by", why)])

    def _heading(self, each: Finding | Open | Defeated) -> Text:
        where = each.measure or self.word("proposal as a whole")
        return Text.assemble((where, "bold"), "  ", each.title.get(self._language))

    def _rule_line(self, each: Finding | Open | Defeated) -> Text:
        parts = [
            each.rule,
            GROUND_LABELS[each.ground].get(self._language),
            DIMENSION_LABELS[each.dimension].get(self._language),
        ]
        if each.positions:
            parts.append(f"{self.word('positions')} {', '.join(each.positions)}")
        return Text(" · ".join(parts), style="dim")

    def _because(self, tests: Sequence[Because]) -> list[RenderableType]:
        return [self._pair("because", _reason(each)) for each in tests]

    def _pair(self, name: str, text: str) -> Text:
        return Text.assemble((f"{self.word(name)}: ", "dim"), text)

    def _looked_at(self) -> str:
        report = self._report
        return self.word("looked at").format(
            run=report.rules_run,
            silent=report.not_applicable,
            findings=len(report.findings),
            open=len(report.open),
            judged=len(report.measures) - len(report.not_judged),
            measures=len(report.measures),
        )


def _indented(lines: Sequence[RenderableType]) -> RenderableType:
    return Group(lines[0], *(Padding(each, (0, 0, 0, 2)) for each in lines[1:]))


def _reason(each: Because) -> str:
    subject = each.measure or each.subject
    found = ", ".join(each.found) or "-"
    more = "" if each.known else " + ?"
    place = f" ({each.document})" if each.document else ""
    return f"{subject}.{each.field} = {found}{more}{place}; {each.condition}"


def _unknown(each: Unknown) -> str:
    return f"{each.measure or each.subject}.{each.field}: {each.condition}"
