"""The page: templates, styles and script in one file, of which nothing but these can run."""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from consistent.errors import printable
from consistent.findings.outcome import LABELS, OUTCOMES, PRESENTATION
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.formats import Format
from consistent.reports.html.building import proposal_view
from consistent.reports.html.words import PAGE_WORDS
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GROUND_LABELS, POSITION_LABELS, WORDS

__all__ = ["HTML", "render_html"]


def render_html(dossiers: Sequence[Dossier], language: Language) -> str:
    """A page with a section for each proposal.

    Args:
        dossiers: in order.
        language: in which the page opens; it holds both.

    Returns:
        The whole file. Control and format characters of any text are replaced by a visible sign.
    """
    style, script = _asset("report.css"), _asset("report.js")
    return _environment().get_template("page.html.j2").render(
        proposals=[proposal_view(each, f"p{number}") for number, each in enumerate(dossiers, 1)],
        language=language,
        style=Markup(style),  # noqa: S704  # it comes with the library
        script=Markup(script),  # noqa: S704  # it comes with the library
        policy=_policy(style, script),
    ) + "\n"  # fmt: skip


def _policy(style: str, script: str) -> str:
    """That only these styles and this script count, and that nothing is fetched."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("consistent.reports.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {
        "words": {**PAGE_WORDS, **{f"report {name}": text for name, text in WORDS.items()}},
        "states": OUTCOMES,
        "signs": {outcome: each.sign for outcome, each in PRESENTATION.items()},
        "outcomes": {outcome: each.label for outcome, each in PRESENTATION.items()},
        "verdicts": LABELS,
        "grounds": GROUND_LABELS,
        "dimensions": DIMENSION_LABELS,
        "grades": GRADE_LABELS,
        "positions": POSITION_LABELS,
    }
    return environment


def _shown(value: Any) -> Any:
    """What is printed, without a character that is not seen; markup of the templates as it is."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


HTML = Format(
    name="html",
    title=Localized("a page for a browser", "een pagina voor de browser"),
    suffix=".html",
    render=render_html,
    needs=frozenset({"repairs", "questions"}),
)
