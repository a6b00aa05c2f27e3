"""A fiche as Markdown; and the form `fiche` of reports."""

import re
from collections.abc import Sequence

from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.fiche.content import Fiche
from consistent.reports.fiche.lines import Line, Style, lines
from consistent.reports.fiche.making import fiche_of
from consistent.reports.formats import Format
from consistent.reports.markdown_text import markdown_text

__all__ = ["FICHE", "fiche_markdown"]

# What begins a heading, a list or a rule at the beginning of a line.
_AT_START = re.compile(r"^(\d*)([#+=.)-])")
_FRAMES: dict[Style, str] = {
    "about": "## {}",
    "section": "## {}",
    "part": "### {}",
    "judgement": "**{}**",
    "text": "{}",
    "lead": "{}",
    "item": "- {}",
    "gap": "> {}",
}


def fiche_markdown(fiche: Fiche) -> str:
    """The fiche as CommonMark; what the proposal says is shown as it is, whatever marks it has."""
    parts = [f"# {_escaped(fiche.title)}\n"]
    before: Style = "about"
    for each in lines(fiche):
        # Items of a list stand together.
        parts.append(_line(each) if each.style == before == "item" else f"\n{_line(each)}")
        before = each.style
    return "".join(parts)


def _line(each: Line) -> str:
    framed = _FRAMES[each.style].format(f"{f'**{_escaped(each.mark)}** ' if each.mark else ''}{_escaped(each.text)}")
    return f"{framed} {_escaped(each.note)}\n" if each.note else f"{framed}\n"


def _escaped(text: str) -> str:
    """A text without any mark of Markdown or HTML, at the beginning of a line neither."""
    return _AT_START.sub(lambda found: f"{found[1]}\\{found[2]}", markdown_text(text))


def _render(dossiers: Sequence[Dossier], language: Language) -> str:
    return "\n---\n\n".join(fiche_markdown(fiche_of(each, language)) for each in dossiers)


FICHE = Format(
    name="fiche",
    title=Localized("draft of an appraisal (BNC-fiche), in Markdown", "concept van een BNC-fiche, in Markdown"),
    suffix=".md",
    render=_render,
    needs=frozenset({"repairs"}),
)
