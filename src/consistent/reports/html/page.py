"""Pages of HTML: one set of templates and one style sheet for all of them, each page one file that needs nothing else."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any

from attrs import evolve
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from consistent.errors import printable
from consistent.findings.outcome import LABELS, OUTCOMES, PRESENTATION
from consistent.findings.said import outcome_of
from consistent.model.text import Language, Localized
from consistent.reports.dossier import Dossier
from consistent.reports.formats import Format
from consistent.reports.html._words import PAGE_WORDS
from consistent.reports.html.building import ProposalPage
from consistent.reports.labels import DIMENSION_LABELS, GRADE_LABELS, GROUND_LABELS, WORDS
from consistent.reports.outline import Block, Notes, Section, Span, Spans, changed, lists

__all__ = ["HTML", "asset", "environment", "notes_of", "outline_page", "page", "render_html", "with_notes"]

_NOTES, _BACK = Localized("Footnotes", "Voetnoten"), Localized("back to the text", "terug naar de tekst")
# The element for each way in which a run of text stands out.
_TAGS = {
    "": "span",
    "dim": "span",
    "strong": "b",
    "code": "code",
    "emphasis": "em",
    "mark": "mark",
    "call": "sup",
    "inserted": "ins",
    "deleted": "del",
}


def outline_page(
    title: str, blocks: Iterable[Block], language: Language, *, script: str = "", words: dict[str, str] | None = None
) -> str:
    """Any outline as a page.

    Args:
        title: the heading of the page.
        blocks: what stands below it.
        language: in which the outline is.
        script: the name of the script that the page runs, which comes with the library; none if empty.
        words: those that the script says, by name.
    """
    (outline,), notes = with_notes([Section(title, blocks)])
    return page(
        "outline.html.j2", language, script, title=title, outline=outline, words=words or {},
        **notes_of(notes, language),
    )  # fmt: skip


def with_notes(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], Notes]:
    """An outline with the number of each footnote where it is called, and the notes in order."""
    notes = Notes()
    return changed(blocks, partial(_called, notes)), notes


def notes_of(notes: Notes, language: Language) -> dict[str, Any]:
    """What `notes.html.j2` shows below such an outline."""
    return {"notes": tuple(notes), "notes_label": _NOTES.get(language), "back": _BACK.get(language)}


def _called(notes: Notes, text: Spans) -> Spans:
    """A text with the number of each footnote where it is called; the first call of one keeps it, and is linked back to."""
    told: list[Span] = []
    for span in text:
        told.append(evolve(span, note=()))
        if span.note:
            number, before = notes.call(span.note)
            told.append(Span(str(number), "call", url=f"#note-{number}", note=() if before else span.note))
    return tuple(told)


def page(template: str, language: Language, script: str = "", **values: Any) -> str:
    """A page by template.

    Args:
        template: its name.
        language: of the page.
        script: the name of the script that it runs; none if empty.
        values: by the names that the template has for them.

    Returns:
        The whole file. Its own policy forbids every style and script but those in it, and every connection. Control and
        format characters of any text are replaced by a visible sign.
    """
    style, run = asset("style.css"), asset(script) if script else ""
    made = (
        environment()
        .get_template(template)
        .render(
            values,
            language=language,
            style=Markup(style),  # noqa: S704  # it comes with the library
            script=Markup(run),  # noqa: S704  # it comes with the library
            policy=_policy(style, run),
        )
    )
    return f"{made}\n"


def _policy(style: str, script: str) -> str:
    """That only these styles and this script count, and that nothing is fetched."""
    run = f"script-src {_hash(script)}; " if script else ""
    return f"default-src 'none'; style-src {_hash(style)}; {run}base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def asset(name: str) -> str:
    """A file that comes beside the templates, such as the style sheet."""
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")


@cache
def environment(*packages: str) -> Environment:
    """Templates that show all that they are given as text, with the filters for outlines.

    Args:
        packages: whose templates come before those of pages.
    """
    made = Environment(
        loader=ChoiceLoader([PackageLoader(name) for name in (*packages, __package__)]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "lists": lists, "kind": lambda block: type(block).__name__, "outcome": outcome_of, "spans": _spans,
        "lines": _lines,
    }  # fmt: skip
    return made


def _shown(value: Any) -> Any:
    """What is printed, without a character that is not seen; markup of the templates as it is."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _lines(text: str) -> Markup:
    """A text of several lines as it stands."""
    return Markup("\n".join(map(_escaped, text.split("\n"))))  # noqa: S704  each is escaped


def _spans(text: Spans) -> Markup:
    """A text in runs. Not a macro of the templates, as a page has thousands of them."""
    return Markup("".join(_linked(span) for span in text if span.text))  # noqa: S704  # each part is escaped


def _linked(span: Span) -> str:
    if span.role == "call":
        here = f' id="call-{span.text}"' if span.note else ""
        return f'<sup{here}><a href="{span.url}">{span.text}</a></sup>'
    run = _run(span)
    if span.url.startswith("/") and not span.url.startswith("//"):
        return f'<a href="{_escaped(span.url)}">{run}</a>'
    if not span.url.startswith(("https://", "http://", "#")):
        return run
    return f'<a href="{_escaped(span.url)}" rel="noreferrer">{run}</a>'


def _run(span: Span) -> str:
    text, tag = _escaped(span.text), _TAGS[span.role]
    classes = " ".join(filter(None, ("dim" if span.role == "dim" else "", span.tone and f"t-{span.tone}")))
    if classes:
        return f'<{tag} class="{classes}">{text}</{tag}>'
    return text if tag == "span" else f"<{tag}>{text}</{tag}>"


@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    """A text as HTML has it; most stand on a page more than once, as the labels of fields do."""
    return str(escape(printable(text)))


# Reports as one page for a browser.

# What templates say of their own, and how they call what a report says in a word.
_LABELS: Mapping[str, object] = {
    "words": {**PAGE_WORDS, **{f"report {name}": text for name, text in WORDS.items()}},
    "signs": {outcome: shown.sign for outcome, shown in PRESENTATION.items()},
    "outcomes": {outcome: PRESENTATION[outcome].label for outcome in OUTCOMES},
    "headings": {outcome: shown.heading for outcome, shown in PRESENTATION.items()},
    "verdicts": LABELS,
    "ground_labels": GROUND_LABELS,
    "dimensions": DIMENSION_LABELS,
    "grades": GRADE_LABELS,
}


def render_html(dossiers: Sequence[Dossier], language: Language) -> str:
    """A page with a section for each proposal.

    Args:
        dossiers: in order.
        language: in which the page opens; it holds both.

    Returns:
        The whole file.
    """
    proposals = [ProposalPage(dossier, f"p{number}") for number, dossier in enumerate(dossiers, 1)]
    return page("report.html.j2", language, "report.js", proposals=proposals, **_LABELS)


HTML = Format(
    name="html",
    title=Localized("a page for a browser", "een pagina voor de browser"),
    suffix=".html",
    render=render_html,
    needs=frozenset({"repairs", "questions"}),
)
