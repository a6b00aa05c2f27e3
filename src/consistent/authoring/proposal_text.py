"""Proposals as text: a file of their own, or an example of a rule."""

from datetime import date

from consistent.checker import KnowledgeBase
from consistent.engine.plain import PlainEngine
from consistent.findings.outcome import verdict_or_outcome
from consistent.findings.states import states
from consistent.model.proposal import Measure, Proposal
from consistent.model.text import Language, Localized, localized, today
from consistent.rules.compiling import compile_rules
from consistent.rules.program import FactLookup
from consistent.rules.rule import Rule
from consistent.toml.rewriting import written
from consistent.toml.writing import evidence_lines, field_lines, localized_lines, measure_lines, proposal_lines

__all__ = ["example", "toml"]


def toml(proposal: Proposal) -> str:
    """The text of a proposal file, which `KnowledgeBase.read` reads back to an equal proposal."""
    return "\n".join(proposal_lines(proposal)) + "\n"


def example(kb: KnowledgeBase, rule: str, proposal: Proposal, *, title: Localized | None = None) -> str:
    """An `[[example]]` for the file of a rule, with what becomes of the rule on the proposal.

    An example shows a rule by itself: what other rules set aside does not count in it.

    Args:
        kb: the rules.
        rule: the id of one, as `KnowledgeBase.rule` takes it.
        proposal: what the example shows.
        title: what is to be seen in it; what the proposal says unless given.

    Raises:
        UsageError: there is no such rule.
    """
    about = kb.rule(rule)
    lines = ["[[example]]"]
    lines += localized_lines("title", title or localized(lambda language: _summary(kb, proposal, language)))
    lines.append(f"expect = {written(_expected(kb, about, proposal))}")
    header = [*field_lines(proposal), *evidence_lines(proposal)]
    lines += ["[example.proposal]", *header] if header else []
    for measure in proposal.measures:
        lines += ["[[example.measure]]", *measure_lines(measure, named=False)]
    return "\n".join(lines) + "\n"


def _expected(kb: KnowledgeBase, rule: Rule, proposal: Proposal) -> str:
    """The outcome as examples have it: where the rule applies, its verdict."""
    day = rule.period.nearest(today())
    program = compile_rules((rule,), FactLookup(kb.knowledge, day), day)
    found = states(program, PlainEngine().evaluate(program, proposal))[rule.id]
    outcome = found[0].outcome if found else "not-applicable"
    return verdict_or_outcome(outcome, rule.verdict)


def _summary(kb: KnowledgeBase, proposal: Proposal, language: Language) -> str:
    """What the proposal and its measures have, by the labels of the pack."""
    parts: tuple[Proposal | Measure, ...] = (proposal, *proposal.measures)
    said = [line for part in parts for line in _said(kb, part, language)]
    nothing = {"en": "nothing is known", "nl": "niets is bekend"}
    return "; ".join(said) or nothing[language]


def _said(kb: KnowledgeBase, part: Proposal | Measure, language: Language) -> list[str]:
    said = []
    for name, field in kb.knowledge.fields.of(part).items():
        terms = kb.knowledge.vocabularies[field.vocabulary].terms if field.type == "terms" else {}
        atoms = sorted(part.value(name).yes, key=str)
        labels = [terms[str(atom)].label.get(language) if atom in terms else _plain(atom) for atom in atoms]
        if labels:
            said.append(f"{field.label.get(language)}: {', '.join(labels)}")
    return said


def _plain(atom: object) -> str:
    return atom.isoformat() if isinstance(atom, date) else str(atom)
