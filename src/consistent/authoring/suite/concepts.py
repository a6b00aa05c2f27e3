"""The examples of concepts as items: of each the concept holds, or it does not, or that is open."""

from collections.abc import Iterator

from attrs import evolve, frozen

from consistent.authoring.concept_rules import as_rule, beside_rules, holding
from consistent.authoring.suite.items import Failure, Item, Kind, numbered
from consistent.checker import KnowledgeBase
from consistent.findings.outcome import verdict_or_outcome
from consistent.inquiries.why.why_not import why_not
from consistent.model.text import Localized, today
from consistent.rules.conditions import Concept, Holding
from consistent.rules.examples import Example

__all__ = ["CONCEPTS"]

_WRONG = Localized(
    "example `{title}` of concept `{concept}`: expected `{expected}`, found `{found}`",
    "voorbeeld `{title}` van begrip `{concept}`: verwacht `{expected}`, gevonden `{found}`",
)


@frozen(eq=False)
class _About:
    concept: Concept
    example: Example[Holding]


def _of_pack(kb: KnowledgeBase) -> Iterator[Item]:
    for concept in kb.concepts.values():
        names = numbered(example.title.en for example in concept.examples)
        for name, example in zip(names, concept.examples, strict=True):
            yield Item(
                kind=CONCEPTS.name,
                group=as_rule(concept).id,
                name=name,
                place=example.place.location,
                about=_About(concept, example),
            )


def _run(item: Item, kb: KnowledgeBase, engine: str, _: object = None) -> Failure | None:
    concept, example = item.about.concept, item.about.example
    alone = beside_rules(evolve(kb, rules=(), concepts={concept.id: concept}))
    given = example.proposal
    proposal = evolve(given, title=given.title or example.title, path=example.place.file.path)
    case = alone.case(proposal, as_of=today(), engine=engine)
    rule = alone.rules[0]
    measure = given.measures[0].id if rule.scope == "measure" and given.measures else None
    outcome = case.states().get((rule.id, measure), "not-applicable")
    found = holding(verdict_or_outcome(outcome, rule.verdict))
    if found == example.expect:
        return None
    words = {"concept": concept.id, "expected": example.expect, "found": found}
    message = _WRONG.filled(title=example.title, **words)
    return Failure(item=item, message=message, why=(why_not(case, rule.id, measure),))


def _no_rules(_: Item, __: KnowledgeBase) -> frozenset[str]:
    return frozenset()


CONCEPTS = Kind(
    name="concept",
    titles=Localized("examples of concepts", "voorbeelden van begrippen"),
    of_pack=_of_pack,
    concerns=_no_rules,
    run=_run,
)
