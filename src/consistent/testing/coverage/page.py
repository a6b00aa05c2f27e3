"""The coverage of rules as one HTML page: the text of each rule with its lines marked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from lxml import html
from lxml.html import builder as E  # noqa: N812  the builder's own name for itself

from consistent.errors import printable
from consistent.knowledge.base import Knowledge
from consistent.model.text import Language, Localized
from consistent.testing.coverage.measuring import Measured
from consistent.testing.coverage.summary import Coverage, Figures, RuleCoverage
from consistent.testing.coverage.telling import HEADS, KIND_LABELS, MISSING, line_of, missing_of, point_text

__all__ = ["coverage_page"]

_TITLE = Localized("Coverage of the rules of {pack}", "Dekking van de regels van {pack}")
_ABOUT = Localized(
    "{tests} proposals on which something is expected. A line is marked where something of it was never seen true, never seen "
    "false, or never decided an outcome by itself.",
    "{tests} voorstellen waarvan iets wordt verwacht. Een regel tekst is gemarkeerd waar iets ervan nooit waar was, nooit "
    "onwaar was, of nooit in zijn eentje een uitkomst besliste.",
)
_SEEN = Localized("seen in", "gezien in")
# By how much of a line is missing: a sign for those who do not see colours, and the class that colours it.
_SIGNS = {"whole": "✓", "partly": "◐", "missing": "✗"}


def coverage_page(coverage: Coverage, knowledge: Knowledge, language: Language) -> str:
    """One self-contained page.

    Args:
        coverage: what was measured.
        knowledge: for labels.
        language: of the words.
    """
    title = _TITLE.get(language).format(pack=coverage.pack)
    style = files("consistent.testing.coverage").joinpath("page.css").read_text("utf-8")
    page = E.HTML(
        E.HEAD(
            E.META(charset="utf-8"),
            E.META(name="viewport", content="width=device-width, initial-scale=1"),
            E.TITLE(title),
            E.STYLE(style),
        ),
        E.BODY(
            E.MAIN(
                E.H1(title),
                E.P(_ABOUT.get(language).format(tests=coverage.tests)),
                _overview(coverage, language),
                *(_rule(each, knowledge, language) for each in coverage.rules),
            )
        ),
        lang=language,
    )
    text: str = html.tostring(page, doctype="<!DOCTYPE html>", encoding="unicode")
    return text + "\n"


def _overview(coverage: Coverage, language: Language) -> Any:
    heads = (E.TH(each.get(language), scope="col") for each in HEADS.values())
    rows = (
        E.TR(E.TH(E.A(each.rule.id, href=f"#{_anchor(each)}"), scope="row"), *_cells(each.figures))
        for each in coverage.rules
    )
    return E.TABLE(
        E.THEAD(E.TR(*heads)), E.TBODY(*rows), E.TFOOT(E.TR(E.TH("", scope="row"), *_cells(coverage.figures)))
    )


def _cells(figures: Figures) -> Iterable[Any]:
    yield E.TD(str(figures.points))
    for number, share in ((figures.both_ways, figures.share), (figures.decided, figures.deciding_share)):
        yield E.TD(f"{number} ({share:.1%})")


def _anchor(covered: RuleCoverage) -> str:
    return covered.rule.id.replace("/", "-")


def _rule(covered: RuleCoverage, knowledge: Knowledge, language: Language) -> Any:
    file = covered.rule.anchor.file
    by_line: Mapping[int | None, list[Measured]] = defaultdict(list)
    for each in covered.points:
        by_line[line_of(file, each.point)].append(each)
    last = max((each for each in by_line if each is not None), default=0)
    lines = _lines(file.path)[:last]
    listed = [_line(number, text, by_line.get(number, []), knowledge, language) for number, text in enumerate(lines, 1)]
    opened = {"open": "open"} if any(missing_of(each) for each in covered.points) else {}
    return E.SECTION(
        E.H2(covered.rule.id, id=_anchor(covered)),
        E.P(covered.rule.title.get(language)),
        E.DETAILS(
            E.SUMMARY(f"{Path(file.path).name}: {covered.figures.both_ways} / {covered.figures.points}"),
            E.OL(*listed),
            **opened,
        ),
    )


def _lines(path: str) -> Sequence[str]:
    try:
        return Path(path).read_text("utf-8").splitlines()
    except OSError:
        # The pack was loaded from elsewhere, or has gone since.
        return ()


def _line(number: int, text: str, points: list[Measured], knowledge: Knowledge, language: Language) -> Any:
    code = E.CODE(printable(text))
    counted = [each for each in points if not each.fixed]
    if not counted:
        return E.LI(code, value=str(number))
    lacking = [each for each in counted if missing_of(each)]
    state = "whole" if not lacking else "missing" if len(lacking) == len(counted) else "partly"
    told = E.UL(*(E.LI(_told(each, knowledge, language)) for each in counted))
    return E.LI(
        E.DETAILS(E.SUMMARY(E.SPAN(_SIGNS[state], E.CLASS("sign")), " ", code), told, E.CLASS(state)), value=str(number)
    )


def _told(found: Measured, knowledge: Knowledge, language: Language) -> str:
    what = f"{KIND_LABELS[found.point.kind].get(language)}: {point_text(found.point, knowledge, language)}"
    lacking = ", ".join(MISSING[each].get(language) for each in missing_of(found))
    if lacking:
        return printable(f"{what}; {lacking}")
    seen = "; ".join(dict.fromkeys((found.decides_true, found.decides_false)))
    return printable(f"{what}; {_SEEN.get(language)}: {seen}")
