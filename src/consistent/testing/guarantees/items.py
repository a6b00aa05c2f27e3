"""The guarantees of a pack as items: each is searched for a counterexample."""

from collections.abc import Iterator

from consistent.checker import KnowledgeBase
from consistent.guarantees.guarantee import Guarantee
from consistent.guarantees.judging import Breach
from consistent.inquiries.why.why_not import why_not
from consistent.model.days import today
from consistent.model.text import Localized
from consistent.testing.guarantees.counterexample import Counterexample
from consistent.testing.guarantees.searching import needed_program, search_guarantee
from consistent.testing.strategies.examples import toml
from consistent.testing.suite.items import Failure, Item, Kind

__all__ = ["GUARANTEES", "failure_of"]

_BROKEN = Localized("guarantee `{name}` does not hold: {title}", "garantie `{name}` houdt geen stand: {title}")
_SAID = Localized(
    "on {where} {rules} says what must never be said", "over {where} zegt {rules} wat nooit gezegd mag worden"
)
_NOT_SAID = Localized(
    "on {where} nothing of what is expected is found", "over {where} wordt niets gevonden van wat moet"
)
_JUDGED = Localized("the judgement is {grades}", "het oordeel is {grades}")
_WHOLE = Localized("the proposal", "het voorstel")
_MEASURE = Localized("measure `{name}`", "maatregel `{name}`")
_PROPOSAL = Localized("a proposal that shows it:", "een voorstel waaruit dat blijkt:")
# Of what did not speak, so many rules are told of.
_TOLD = 3


def _of_pack(kb: KnowledgeBase) -> Iterator[Item]:
    for each in kb.guarantees:
        group, _, name = each.id.rpartition("/")
        yield Item(kind=GUARANTEES.name, group=f"{group}/guarantees", name=name, place=each.anchor.location, about=each)


def _run(item: Item, kb: KnowledgeBase, engine: str) -> Failure | None:
    guarantee: Guarantee = item.about
    found = search_guarantee(kb, guarantee, engine=engine).counterexample
    return None if found is None else failure_of(item, found)


def failure_of(item: Item, found: Counterexample) -> Failure:
    """What there is to say of a guarantee, and of a proposal that breaks it."""
    guarantee, case = found.guarantee, found.case
    breach = found.breaches[0]
    rules = {each.rule.id: each.rule for each in case.program.rules}
    # What a rule says of the proposal as a whole it says of no measure, and is not asked there.
    fitting = [
        each
        for each in (breach.rules or guarantee.expected.rules)
        if each in rules and (breach.measure is None or rules[each].scope == "measure")
    ]
    # First what came nearest to saying it: what is open or set aside.
    spoken = {rule for rule, measure in case.states() if breach.measure in {None, measure}}
    nearest = sorted(fitting, key=lambda each: each not in spoken)
    named = fitting if breach.rules else nearest[:_TOLD] if guarantee.kind == "always" else []
    lines = [
        _said(found, breach),
        _PROPOSAL,
        *(Localized(f"  {each}", f"  {each}") for each in toml(case.proposal).splitlines()),
    ]
    title = guarantee.title
    return Failure(
        item=item,
        message=Localized(
            _BROKEN.en.format(name=guarantee.id, title=title.en), _BROKEN.nl.format(name=guarantee.id, title=title.nl)
        ),
        notes=tuple(lines),
        why=tuple(why_not(case, each, breach.measure) for each in named),
    )


def _said(found: Counterexample, breach: Breach) -> Localized:
    """What is wrong, in a line."""
    if found.guarantee.expected.judgement:
        judged = dict(found.case.report().judgement)
        grades = ", ".join(f"{name}: {judged[name]}" for name, _ in found.guarantee.expected.judgement)
        return Localized(_JUDGED.en.format(grades=grades), _JUDGED.nl.format(grades=grades))
    where = _WHOLE if breach.measure is None else _filled(_MEASURE, name=breach.measure)
    text = _SAID if breach.rules else _NOT_SAID
    rules = ", ".join(f"`{each}`" for each in breach.rules)
    return Localized(text.en.format(where=where.en, rules=rules), text.nl.format(where=where.nl, rules=rules))


def _filled(text: Localized, **words: str) -> Localized:
    return Localized(text.en.format(**words), text.nl.format(**words))


def _concerns(item: Item, kb: KnowledgeBase) -> frozenset[str]:
    if item.about.expected.judgement:
        # Grades follow from what is found by the same steps whichever rule found it.
        return frozenset()
    needed = needed_program(kb.program(today()), item.about)
    return frozenset(each.rule.id for each in needed.rules)


GUARANTEES = Kind(
    name="guarantee",
    titles=Localized("guarantees", "garanties"),
    of_pack=_of_pack,
    concerns=_concerns,
    run=_run,
)
