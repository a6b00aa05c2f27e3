"""An overview of many proposals as one page of HTML that needs nothing else: no network, and no script to be read."""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from consistent.errors import printable
from consistent.findings.outcome import LABELS, OUTCOMES
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.formats import Format
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS
from consistent.reports.overview.matrix import Counts, overview, shown_counts
from consistent.reports.overview.words import OVERVIEW_WORDS
from consistent.rules.rule import DIMENSIONS

__all__ = ["OVERVIEW_HTML", "render"]

# More of a graver thing always outweighs what is less grave, up to so many of each.
_BASE = 1000


def render(dossiers: Sequence[Dossier], language: Language) -> str:
    """All proposals at a glance.

    Args:
        dossiers: in order; may be empty.
        language: of everything.

    Returns:
        The page. Its own policy forbids every script and style but those in it, and every connection.
    """
    style, script = _part("overview.css"), _part("overview.js")
    found = overview(dossiers, language)
    return _template().render(
        lang=language,
        word={name: each.get(language) for name, each in OVERVIEW_WORDS.items()},
        found=found,
        outcomes=[(each, LABELS[each].get(language)) for each in OUTCOMES],
        dimensions=[DIMENSION_LABELS[each].get(language) for each in DIMENSIONS],
        grades={name: each.get(language) for name, each in GRADE_LABELS.items()},
        shown=lambda counts: shown_counts(counts, language),
        weight=_weight,
        title=lambda text: text.get(language),
        # Both are files of this package, and no input.
        style=Markup(style),  # noqa: S704  ships with the package; nothing of a proposal is in it
        script=Markup(script),  # noqa: S704  so does this
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _weight(counts: Counts) -> int:
    """By which a column is sorted: what is graver comes first."""
    weight = 0
    for name in OUTCOMES:
        weight = weight * _BASE + min(counts.get(name, 0), _BASE - 1)
    return weight


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )
    return environment.from_string(_part("overview.html.jinja"))


def _shown(value: object) -> object:
    """Text from a proposal without what would steer the reader's view of it: a turn of direction, a control character."""
    return printable(value) if type(value) is str else value


@cache
def _part(name: str) -> str:
    return (files("consistent.reports.overview") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


OVERVIEW_HTML = Format(
    name="overview-html",
    title=Localized("overview of many proposals, as a page", "overzicht van veel voorstellen, als pagina"),
    suffix=".html",
    render=render,
)
