"""A fiche as one self-contained HTML page."""

from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from consistent.reports.fiche.content import Fiche
from consistent.reports.fiche.lines import lines

__all__ = ["fiche_html"]


def fiche_html(fiche: Fiche) -> str:
    """The page. It loads nothing, runs nothing, and shows what the proposal says as text."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(files(__package__).joinpath("page.html.jinja").read_text("utf-8"))
    return f"{template.render(fiche=fiche, lines=lines(fiche))}\n"
