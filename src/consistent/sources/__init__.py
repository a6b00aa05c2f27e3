"""Where a statement comes from: treaties, acts, cases, papers of institutions and parliaments, and the address of anything else.

A source is one string. It is read as lawyers write it, in English or Dutch, and kept in one canonical spelling;
`docs/reference/language.md` lists the forms. Installed packages add forms by the entry point `consistent.sources`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal

from consistent.errors import nearest
from consistent.plugins import added
from consistent.sources._others import OTHERS
from consistent.sources._union import UNION
from consistent.sources.form import Form, Source, Spelling

__all__ = [
    "FORMS",
    "Form",
    "Source",
    "Spelling",
    "broader_citations",
    "canonical_sources",
    "is_citation",
    "nearest_form",
    "parse_citation",
    "parse_source",
    "source_label",
]

# In the order in which they are tried.
FORMS: tuple[Form, ...] = (*UNION, *OTHERS)
_GROUP = "consistent.sources"
# What word processors make of blanks and hyphens.
_SIGNS = str.maketrans("\u00a0\u202f\u2010\u2011\u2012\u2013", "  ----")
_PART = re.compile(r"\(\w{1,4}\)")


@lru_cache(maxsize=1)
def _added() -> tuple[Form, ...]:
    """Forms of installed packages, asked for where no form that ships reads a text.

    Raises:
        UsageError: an entry is something else, or cannot be loaded.
    """
    return tuple(added(_GROUP, Form, "form of sources").values())


def _forms() -> Iterator[Form]:
    yield from FORMS
    yield from _added()


@lru_cache(maxsize=4096)
def parse_source(text: str) -> Source | None:
    """Read a source, in its canonical spelling or another that lawyers use; None where it is none.

    Raises:
        UsageError: a form of an installed package cannot be loaded.
    """
    written = text.translate(_SIGNS)
    return _read_as(FORMS, written) or _read_as(_added(), written)


def _read_as(forms: Sequence[Form], text: str) -> Source | None:
    # What packs hold is canonical: other spellings, whose patterns are long, are looked at where a text is none.
    for form in forms:
        source = form.read(text)
        if source is not None:
            return source
    for form in forms:
        canonical = form.spelt(text)
        if canonical is not None:
            return form.read(canonical)
    return None


def canonical_sources(texts: Iterable[str]) -> tuple[str, ...]:
    """Sources in their canonical spellings; what is none stays as it is."""
    return tuple(source.text if (source := parse_source(text)) else text for text in texts)


def source_label(text: str, language: Literal["en", "nl"] = "en") -> str:
    """A source as a reader of that language cites it; the text itself where it is in no known form."""
    source = parse_source(text)
    return source.label(language) if source else text


def nearest_form(text: str) -> str | None:
    """An example of the form that looks most like a text that is no source; None where none does."""
    examples = [example for form in FORMS for example in (*form.examples, *form.also)]
    shapes = {re.sub(r"\d+", "9", example): example for example in reversed(examples)}
    near = nearest(re.sub(r"\d+", "9", text), shapes)
    return shapes[near[0]] if near else None


def parse_citation(text: str) -> Source | None:
    """Read what can be a legal basis: a treaty article, a protocol, or an act; None where it is none of these."""
    source = parse_source(text)
    return source if source and source.form.is_basis else None


def is_citation(text: str) -> bool:
    """Whether the text is the canonical spelling of what can be a legal basis."""
    source = parse_citation(text)
    return source is not None and source.text == text


@lru_cache(maxsize=4096)
def broader_citations(text: str) -> tuple[str, ...]:
    """The citation and the wider ones that contain it, narrowest first.

    `TFEU 153(2)(a)` gives itself, `TFEU 153(2)` and `TFEU 153`; a provision of an act or protocol gives itself and the whole.
    What cannot be a legal basis gives itself only.
    """
    # Asked of every value of a field, of which most are terms: only the canonical spellings of legal bases are looked at.
    bases = (form for form in _forms() if form.is_basis)
    source = next(filter(None, (form.read(text) for form in bases)), None) if text.translate(_SIGNS) == text else None
    if source is None or not source.place:
        return (text,)
    if source.kind != "treaty":
        return text, source.act
    groups = _PART.findall(source.place)
    stem = text[: len(text) - len("".join(groups))]
    return tuple(stem + "".join(groups[:size]) for size in range(len(groups), -1, -1))
