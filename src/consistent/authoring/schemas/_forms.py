"""The schema of a form: of its classes, with the terms that a pack has."""

from typing import Any, get_args

import attrs

from consistent.authoring.schemas._written import WrittenDefinitions, enum_of, list_of
from consistent.authoring.schemas.definitions import Schema
from consistent.forms.form import Fill, Form, FormDuties, FormPart, FormTerm
from consistent.model.text import Localized

__all__ = ["form"]

# The vocabularies of keys that take terms.
_TERMS: dict[type, dict[str, str]] = {
    Form: {"kinds": "kinds"},
    FormTerm: {"kinds": "kinds", "except_kinds": "kinds"},
    FormPart: {"statements": "statements"},
    FormDuties: {"actors": "actors", "addressees": "actors", "effects": "effects", "safeguards": "safeguards"},
}


def form(definitions: WrittenDefinitions) -> Schema:
    """`form.toml` of a folder of a form."""
    own = _FormDefinitions(definitions.kb)
    own.words, own.held = definitions.words, definitions.held
    return own.of_class(Form)


class _FormDefinitions(WrittenDefinitions):
    """Schemas of what a form says. A text in one language stands for both."""

    def of(self, kind: Any) -> Schema:
        """The schema of a type."""
        if kind is Localized:
            return self.title()
        if kind == Fill:
            words = get_args(Fill)
            return self.hold("fill", enum_of(words, [self.words.of("fill", word) for word in words]))
        return super().of(kind)

    def properties(self, kind: type[attrs.AttrsInstance], **special: Schema) -> dict[str, Schema]:
        """The schemas of the attributes of a class; where it takes terms, those of the pack."""
        known = self.kb.knowledge.vocabularies
        terms = {
            name: list_of(self.terms(vocabulary) if vocabulary in known else self.text())
            for name, vocabulary in _TERMS.get(kind, {}).items()
        }
        return super().properties(kind, **terms, **special)
