"""The examples of rules as items: each is judged by its rule alone."""

from collections.abc import Iterator
from functools import lru_cache

from attrs import evolve, frozen

from consistent.authoring.suite.items import Failure, Item, Kind, numbered
from consistent.checker import KnowledgeBase
from consistent.findings.case import Case
from consistent.findings.outcome import verdict_or_outcome
from consistent.inquiries.why.why_not import why_not
from consistent.model.text import Localized, today
from consistent.rules.examples import Example
from consistent.rules.rule import VERDICTS, Expectation, Rule

__all__ = ["EXAMPLES"]

_WRONG = Localized(
    "example `{title}` of rule `{rule}`: expected `{expected}`, found `{found}`",
    "voorbeeld `{title}` van regel `{rule}`: verwacht `{expected}`, gevonden `{found}`",
)
_OTHER_VERDICT = Localized(
    "`{expected}` is not what this rule says: its verdict is `{verdict}`",
    "`{expected}` is niet wat deze regel zegt: de uitkomst ervan is `{verdict}`",
)


@frozen(eq=False)
class _About:
    rule: Rule
    example: Example[Expectation]


def _of_pack(kb: KnowledgeBase) -> Iterator[Item]:
    for rule in kb.rules:
        names = numbered(example.title.en for example in rule.examples)
        for name, example in zip(names, rule.examples, strict=True):
            place = example.place.location
            yield Item(kind=EXAMPLES.name, group=rule.id, name=name, place=place, about=_About(rule, example))


def _run(item: Item, kb: KnowledgeBase, engine: str, _: object = None) -> Failure | None:
    about: _About = item.about
    rule, example = about.rule, about.example
    case = _case(kb, rule, example, engine)
    measure = _judged(rule, example)
    outcome = case.states().get((rule.id, measure), "not-applicable")
    found = verdict_or_outcome(outcome, rule.verdict)
    if found == example.expect:
        return None

    def said(text: Localized) -> Localized:
        words = {"rule": rule.id, "expected": example.expect, "found": found, "verdict": rule.verdict}
        return text.filled(title=example.title, **words)

    other = example.expect in VERDICTS and example.expect != rule.verdict
    return Failure(
        item=item,
        message=said(_WRONG),
        notes=(said(_OTHER_VERDICT),) if other else (),
        why=(why_not(case, rule.id, measure),),
    )


def _case(kb: KnowledgeBase, rule: Rule, example: Example[Expectation], engine: str) -> Case:
    """The example before its rule, today or, where the rule does not hold today, on a day on which it does."""
    alone = _alone(kb, rule)
    given = example.proposal
    # What is told of it names it as its rule does, and its lines are those of the rule's file.
    proposal = evolve(given, title=given.title or example.title, path=example.place.file.path)
    return alone.case(proposal, as_of=rule.period.nearest(today()), engine=engine)


# Examples of one rule follow each other, and what is compiled for the first serves the rest.
@lru_cache(maxsize=8)
def _alone(kb: KnowledgeBase, rule: Rule) -> KnowledgeBase:
    return kb.only(lambda candidate: candidate is rule)


def _judged(rule: Rule, example: Example[Expectation]) -> str | None:
    """The first measure, or None for the proposal as a whole and where there is no measure."""
    measures = example.proposal.measures
    return measures[0].id if rule.scope == "measure" and measures else None


EXAMPLES = Kind(name="example", titles=Localized("examples", "voorbeelden"), of_pack=_of_pack, run=_run)
