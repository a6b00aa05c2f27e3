"""Messages with their placeholders filled in, in either language."""

from collections.abc import Iterable
from datetime import date

from consistent.knowledge.base import Knowledge
from consistent.knowledge.entries import Fact
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Field, Measure, Proposal
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.model.values import Atom, Value
from consistent.rules.loading import PLACEHOLDER

__all__ = ["atom_label", "message_for"]

_UNKNOWN = Localized("unknown", "onbekend")
_NONE = Localized("none", "geen")
_PROPOSAL = Localized("the proposal", "het voorstel")


def message_for(
    template: Localized, knowledge: Knowledge, proposal: Proposal, measure: Measure | None, facts: Iterable[Fact]
) -> Localized:
    """Fill in a rule's message.

    Args:
        template: with placeholders that were checked when the rule was read.
        knowledge: for labels of terms.
        proposal: what is judged.
        measure: the judged measure, if any.
        facts: those that joined.
    """
    listed = tuple(facts)

    def text(name: str, language: Language) -> str:
        owner, _, field = name.partition(".")
        if not field:
            return _name(proposal, measure if owner == "measure" else None, language)
        if owner == "measure":
            return _value(proposal.value(field, measure), MEASURE_FIELDS[field], language, knowledge)
        if owner == "proposal":
            return _value(proposal.value(field), PROPOSAL_FIELDS[field], language, knowledge)
        atoms = {atom for fact in listed if fact.kind == owner for atom in fact.values[field].yes}
        return _value(Value.exactly(*atoms), knowledge.kinds[owner].fields[field], language, knowledge)

    def fill(language: Language) -> str:
        return PLACEHOLDER.sub(lambda found: text(found[1], language), template.get(language))

    en, nl = map(fill, LANGUAGES)
    return Localized(en, nl)


def _name(proposal: Proposal, measure: Measure | None, language: Language) -> str:
    if measure is not None:
        return measure.title.get(language) if measure.title else measure.id
    return proposal.title.get(language) if proposal.title else _PROPOSAL.get(language)


def _value(value: Value, field: Field, language: Language, knowledge: Knowledge) -> str:
    if not value.yes:
        return (_UNKNOWN if value.open else _NONE).get(language)
    return ", ".join(sorted(atom_label(atom, field, language, knowledge) for atom in value.yes))


def atom_label(atom: Atom, field: Field, language: Language, knowledge: Knowledge) -> str:
    """One value as a reader sees it."""
    if field.type == "terms":
        return knowledge.vocabularies[field.vocabulary].terms[str(atom)].label.get(language)
    if field.type == "amount" and isinstance(atom, int):
        grouped = f"{atom:,}"
        return f"EUR {grouped.replace(',', '.') if language == 'nl' else grouped}"
    return atom.isoformat() if isinstance(atom, date) else str(atom)
