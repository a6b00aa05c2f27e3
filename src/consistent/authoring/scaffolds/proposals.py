"""A new proposal: nothing is known yet, and every field is explained."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from consistent.authoring.scaffolds.files import filled
from consistent.checker import KnowledgeBase, load
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field
from consistent.model.text import Language, Localized
from consistent.model.vocabulary import Term

__all__ = ["new_proposal"]

# Longer vocabularies are shown by their broadest terms.
_MOST_TERMS = 30
_NARROWER = Localized("and {count} narrower", "en {count} eronder")
_SAID: Mapping[str, Localized] = {
    "citation": Localized(
        "treaty articles, protocols, acts, in their canonical spelling",
        "verdragsartikelen, protocollen, handelingen, in vaste schrijfwijze",
    ),
    "text": Localized("text", "tekst"),
    "amount": Localized("whole euros", "hele euro's"),
    "date": Localized("a day", "een dag"),
}
_FORMS = {"citation": '["TFEU 173(3)"]', "text": '"..."', "amount": "1_500_000", "date": "2026-01-31"}


@frozen
class _Explained:
    """A field as the template has it."""

    name: str
    label: str
    said: tuple[str, ...]
    form: str


def new_proposal(pack: str | Path | None, language: Language) -> str:
    """The text of a proposal of which nothing is known.

    Args:
        pack: in whose terms; a name, a folder, or None for the default one.
        language: of the comments.

    Raises:
        UsageError: there is no such pack.
        InputError: it cannot be used.
    """
    kb = load(pack)
    parts = {"header": PROPOSAL_FIELDS, "measure": MEASURE_FIELDS}
    explained = {name: [_explained(kb, field, language) for field in fields.values()] for name, fields in parts.items()}
    text = filled("proposal.toml", language, **explained)
    kb.read(text)
    return text


def _explained(kb: KnowledgeBase, field: Field, language: Language) -> _Explained:
    label = field.label.get(language)
    if field.type != "terms":
        return _Explained(field.name, label, (_SAID[field.type].get(language),), _FORMS[field.type])
    terms = kb.knowledge.vocabularies[field.vocabulary].terms
    return _Explained(field.name, label, tuple(_listed(terms, language)), '"..."' if field.single else '["..."]')


def _listed(terms: Mapping[str, Term], language: Language) -> Iterator[str]:
    """A line for each term, or for the broadest ones where there are many."""
    shown = terms if len(terms) <= _MOST_TERMS else {key: each for key, each in terms.items() if not each.broader}
    width = max(map(len, shown), default=0)
    for key, each in shown.items():
        said = each.label.get(language)
        if each.definition is not None:
            said = f"{said}: {each.definition.get(language)}"
        yield f"{key:{width}}  {said}"
    if len(shown) < len(terms):
        yield _NARROWER.get(language).format(count=len(terms) - len(shown))
