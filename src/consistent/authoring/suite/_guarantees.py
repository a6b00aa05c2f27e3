"""The guarantees of a pack as items: each is searched for a counterexample."""

from collections.abc import Iterator

from consistent.authoring.guarantees.judging import Breach, Counterexample, needed_program
from consistent.authoring.guarantees.searching import search_guarantee
from consistent.authoring.proposal_text import toml
from consistent.authoring.proving.cache import SolverCache
from consistent.authoring.suite.items import Failure, Item, Kind
from consistent.checker import KnowledgeBase
from consistent.findings.outcome import RULE_OUTCOMES
from consistent.inquiries.why.accounts import Account, Node, WhyNot
from consistent.inquiries.why.why_not import why_not
from consistent.model.text import Localized, today
from consistent.rules.guarantees import Guarantee

__all__ = ["GUARANTEES", "failure_of"]

_BROKEN = Localized("guarantee `{name}` does not hold: {title}", "garantie `{name}` houdt geen stand: {title}")
_SAID = Localized(
    "on {where} what must never be said is said by {rules}", "over {where} wordt gezegd wat nooit mag: door {rules}"
)
_NOT_SAID = Localized(
    "on {where} nothing of what is expected is found", "over {where} wordt niets gevonden van wat moet"
)
_JUDGED = Localized("the judgement is {grades}", "het oordeel is {grades}")
_WHOLE = Localized("the proposal", "het voorstel")
_MEASURE = Localized("measure `{name}`", "maatregel `{name}`")
_PROPOSAL = Localized("a proposal that shows it:", "een voorstel waaruit dat blijkt:")
# So many rules are explained.
_EXPLAINED = 3


def _of_pack(kb: KnowledgeBase) -> Iterator[Item]:
    for guarantee in kb.guarantees:
        group, _, name = guarantee.id.rpartition("/")
        yield Item(
            kind=GUARANTEES.name,
            group=f"{group}/guarantees",
            name=name,
            place=guarantee.anchor.location,
            about=guarantee,
        )


def _run(item: Item, kb: KnowledgeBase, engine: str, cache: SolverCache | None) -> Failure | None:
    guarantee: Guarantee = item.about
    found = search_guarantee(kb, guarantee, engine=engine, cache=cache).counterexample
    return None if found is None else failure_of(item, found)


def failure_of(item: Item, found: Counterexample, *, full: bool = False) -> Failure:
    """What there is to say of a guarantee, and of a proposal that breaks it.

    Args:
        item: the guarantee.
        found: the proposal.
        full: with what became of every rule that the guarantee expects or forbids; else of those that came nearest to applying.
    """
    guarantee, case = found.guarantee, found.case
    breach = found.breaches[0]
    rules = {compiled.rule.id: compiled.rule for compiled in case.program.rules}
    # What a rule says of the proposal as a whole it says of no measure, and is not asked there.
    fitting = [
        rule
        for rule in (breach.rules or guarantee.expected.rules)
        if rule in rules and (breach.measure is None or rules[rule].scope == "measure")
    ]
    answers = (
        [why_not(case, rule, breach.measure) for rule in fitting] if breach.rules or guarantee.kind == "always" else []
    )
    nearest = sorted(answers, key=_distance)
    lines = [
        _said(found, breach),
        _PROPOSAL,
        *(Localized(f"  {line}", f"  {line}") for line in toml(case.proposal).splitlines()),
    ]
    title = guarantee.title
    return Failure(
        item=item,
        message=_BROKEN.filled(name=guarantee.id, title=title),
        notes=tuple(lines),
        why=tuple(nearest if full else nearest[:_EXPLAINED]),
        further=0 if full else len(nearest[_EXPLAINED:]),
    )


def _distance(answer: WhyNot) -> tuple[int, int]:
    """How far a rule is from applying: what became of it, then how many of its conditions stand in the way, on the nearest measure."""
    return min(map(_remaining, answer.accounts), default=(len(RULE_OUTCOMES), 0))


def _remaining(account: Account) -> tuple[int, int]:
    exceptions = sum(exception.node.held != "no" for exception in account.unless)
    return RULE_OUTCOMES.index(account.outcome), _missing(account.when) + exceptions


def _missing(node: Node) -> int:
    """How many tests would have to come out otherwise for a condition to hold."""
    if node.held == "yes":
        return 0
    parts = [_missing(part) for part in node.parts]
    if node.kind in {"all", "candidate"}:
        return sum(parts)
    return min(parts, default=1) if node.kind in {"any", "fact", "other"} else 1


def _said(found: Counterexample, breach: Breach) -> Localized:
    """What is wrong, in a line."""
    if found.guarantee.expected.judgement:
        judged = dict(found.case.report().judgement)
        grades = ", ".join(f"{name}: {judged[name]}" for name, _ in found.guarantee.expected.judgement)
        return _JUDGED.filled(grades=grades)
    where = _WHOLE if breach.measure is None else _MEASURE.filled(name=breach.measure)
    text = _SAID if breach.rules else _NOT_SAID
    rules = ", ".join(f"`{rule}`" for rule in breach.rules)
    return text.filled(where=where, rules=rules)


def _concerns(item: Item, kb: KnowledgeBase) -> frozenset[str]:
    if item.about.expected.judgement:
        # Grades follow from what is found by the same steps whichever rule found it.
        return frozenset()
    needed = needed_program(kb.program(today()), item.about)
    return frozenset(compiled.rule.id for compiled in needed.rules)


GUARANTEES = Kind(
    name="guarantee",
    titles=Localized("guarantees", "garanties"),
    of_pack=_of_pack,
    concerns=_concerns,
    run=_run,
)
