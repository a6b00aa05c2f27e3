"""Fills the templates of new files, in one language."""

from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from consistent.model.text import Language, Localized
from consistent.reading.rewriting import written

__all__ = ["filled"]


def filled(template: str, language: Language, **values: Any) -> str:
    """The text that a template gives.

    Args:
        template: the name of a file in `templates/`, without its ending.
        language: of comments and prose. What a reader of reports sees stands in both.
        values: that it names; each of them must be given.
    """
    text = _environment.get_template(f"{template}.j2").render(language=language, say=partial(_say, language), **values)
    return text.strip() + "\n"


def _say(language: Language, en: str, nl: str) -> str:
    return Localized(en, nl).get(language)


# What is filled in goes into TOML and Markdown, by `toml` where it is a value.
_environment = Environment(
    loader=PackageLoader(__package__),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701  no HTML is made
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["toml"] = written
