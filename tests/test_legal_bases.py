"""What facts on legal bases record is read: a condition that no rule asks for would say nothing."""

from consistent import load
from consistent.rules import conditions as tree


def test_conditions_are_read() -> None:
    """Some rule asks for each condition that a legal basis records, or for a broader one."""
    kb = load("treaties")
    vocabulary = kb.knowledge.vocabularies["basis-conditions"]
    recorded = {str(term) for fact in kb.knowledge.facts["legal_basis"] for term in fact.values["conditions"].yes}
    asked = {
        str(term)
        for rule in kb.rules
        for condition in rule.conditions
        for test in tree.tests_in(condition)
        if test.field.vocabulary == "basis-conditions" and isinstance(test.operand, frozenset)
        for term in test.operand
    }
    assert recorded <= vocabulary.narrower(asked)
    assert set(vocabulary.terms) == recorded | {
        term for term in vocabulary.terms if vocabulary.narrower([term]) & recorded
    }


def test_fields_that_share_a_basis_name_each_other() -> None:
    """Where two fields have an article in common, each says that it shares its basis with the other, or is part of it by what else is done."""
    fields = [fact.values for fact in load("treaties").knowledge.facts["field"]]
    unsaid = [
        (sorted(map(str, one["areas"].yes)), sorted(map(str, other["areas"].yes)))
        for one in fields
        for other in fields
        if one is not other
        and one["article"].yes & other["article"].yes
        and not (one["together_with"].yes or other["together_with"].yes)
        and not other["areas"].yes <= one["shares_basis_with"].yes
    ]
    assert not unsaid
