"""The forms in which reports can be had, with those that others add by entry point."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from consistent import plugins
from consistent.errors import UsageError, did_you_mean
from consistent.model.text import Language, Localized
from consistent.plugins import added

if TYPE_CHECKING:
    from consistent.reports.dossier import Dossier

__all__ = ["GROUP", "Format", "Render", "format_named", "format_names"]

GROUP = "consistent.reports"

# From dossiers, in order, to the whole output. A pure function: the same dossiers and language give the same output, to the byte.
Render = Callable[[Sequence["Dossier"], Language], str | bytes]


@frozen(kw_only=True)
class Format:
    """A form of reports.

    Attributes:
        name: as `--format` takes it.
        title: in words.
        suffix: of files in this form: `.html`.
        render: makes the output.
        needs: what dossiers must hold beyond the report.
    """

    name: str
    title: Localized
    suffix: str
    render: Render
    needs: frozenset[Literal["repairs", "questions"]] = frozenset()


# Where each shipped form is made; read when it is asked for, so that a check pays for none of them.
_SHIPPED: dict[str, str] = {
    "brief": "consistent.reports.brief:BRIEF",
    "concise": "consistent.reports.concise:CONCISE",
    "html": "consistent.reports.html.page:HTML",
    "sarif": "consistent.reports.sarif:SARIF",
    "sarif-full": "consistent.reports.sarif:SARIF_FULL",
    "junit": "consistent.reports.junit:JUNIT",
    "github": "consistent.reports.github:GITHUB",
    "markdown": "consistent.reports.markdown:MARKDOWN",
    "csv": "consistent.reports.csv_format:CSV",
    "xlsx": "consistent.reports.workbook:XLSX",
    "annotations": "consistent.reports.annotations:ANNOTATIONS",
    "ics": "consistent.scrutiny.calendar:ICS",
    "overview-html": "consistent.reports.overview:OVERVIEW_HTML",
    "overview-markdown": "consistent.reports.overview:OVERVIEW_MARKDOWN",
}


def format_names() -> tuple[str, ...]:
    """The names of all forms, in order: those that come with the library first."""
    return tuple(dict.fromkeys((*_SHIPPED, *sorted(point.name for point in plugins.entry_points(group=GROUP)))))


@cache
def format_named(name: str) -> Format:
    """A form by name.

    Raises:
        UsageError: there is none, or what an entry point names is none.
    """
    if name in _SHIPPED:
        module, _, attribute = _SHIPPED[name].partition(":")
        found: Format = getattr(import_module(module), attribute)
        return found
    further = added(GROUP, Format, "format", name)
    if name not in further:
        raise UsageError(f"unknown format `{name}`", did_you_mean(name, format_names()))
    return further[name]
