"""The canonical spellings of sources as patterns that every validator of JSON Schema reads alike."""

import re
from collections.abc import Collection

from consistent.sources import FORMS

__all__ = ["CITATION", "DATE", "NOT_REFERENCE", "SOURCE", "TEXT"]

# More than blanks.
TEXT = r"\S"
# The same, and not a reference such as `$measure.areas`.
NOT_REFERENCE = r"^(?:[^$\s]|\s+\S)"
# As Python reads ISO 8601: with or without hyphens, and by week.
DATE = r"^(?:[0-9]{4}-?[0-9]{2}-?[0-9]{2}|[0-9]{4}-?W[0-9]{2}(?:-?[0-9])?)$"

_CITED = {"treaty", "protocol", "act"}
# What only Python writes so, and what means more than ASCII elsewhere. Within a class of characters `\s` stands for itself.
_TRANSLATED = (
    (re.compile(r"\(\?P<\w+>"), "(?:"),
    (re.compile(r"\[\^\\s#\]"), r"[^ \\t\\n\\r\\f\\v#]"),
    (re.compile(r"\\d"), "[0-9]"),
    (re.compile(r"\\w"), "[0-9A-Za-z_]"),
    (re.compile(r"\\S"), r"[^ \\t\\n\\r\\f\\v]"),
    (re.compile(r"(?<![\\(\[])\.(?=\{)"), r"[^\\n]"),
)


def _pattern(kinds: Collection[str]) -> str:
    forms = [form.pattern for kind, form in FORMS if kind in kinds]
    for found, instead in _TRANSLATED:
        forms = [found.sub(instead, each) for each in forms]
    return f"^(?:{'|'.join(forms)})$"


CITATION = _pattern(_CITED)
SOURCE = _pattern({kind for kind, _ in FORMS})
