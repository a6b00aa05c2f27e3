"""What came of guarantees, of comparisons of packs and of the search for gaps, in words and as data."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import asdict, evolve

from consistent.authoring.proposal_text import toml
from consistent.authoring.proving.comparing import Change, Comparison, Meaning
from consistent.authoring.proving.gaps import Bind, Gap
from consistent.authoring.proving.guarantees import Proof, Status
from consistent.authoring.proving.witnesses import Bounds
from consistent.authoring.suite import Failure, collect, failure_of
from consistent.authoring.suite.running import failure_outline
from consistent.checker import KnowledgeBase
from consistent.findings.outcome import LABELS
from consistent.inquiries.why.accounts import Account, Node, WhyNot
from consistent.knowledge.entries import Knowledge
from consistent.model.text import Language, Localized, Tone
from consistent.reports.outline import BREAK, Block, Code, Item, Paragraph, Section, Span, dim, strong
from consistent.reports.terminal import place
from consistent.toml.proposals import proposal_to_data

__all__ = [
    "bind_outline",
    "bounds_data",
    "bounds_told",
    "change_data",
    "change_outline",
    "change_summary",
    "gap_data",
    "gap_outline",
    "proof_data",
    "proof_outline",
    "proof_summary",
]

# Of which proposals an answer was decided, in words and as data.

_EVERY = Localized("of every proposal", "voor elk voorstel")
_UP_TO = Localized(
    "of every proposal with {count} measures at most", "voor elk voorstel met hoogstens {count} maatregelen"
)
_COMPARED = Localized(
    "as far as values were told apart in fields that are compared, and in texts",
    "voor zover waarden zijn onderscheiden in velden die worden vergeleken, en in teksten",
)


def bounds_told(bounds: Bounds, *, always: bool = False) -> Iterator[Localized]:
    """What there is to say of bounds, a line each.

    Args:
        bounds: of an answer.
        always: say so too where there is no bound to the number of measures.
    """
    if bounds.measures is not None:
        yield _UP_TO.filled(count=bounds.measures)
    elif always:
        yield _EVERY
    if bounds.compared:
        yield _COMPARED


def bounds_data(bounds: Bounds) -> dict[str, Any]:
    """The same as plain data."""
    return {"measures": bounds.measures, "compared": bounds.compared}


_STATUS: Mapping[Status, Localized] = {
    "proved": Localized("proved", "bewezen"),
    "refuted": Localized("refuted", "weerlegd"),
    "undecided": Localized("not decided", "niet beslist"),
}
_TONES: Mapping[Status, Tone] = {"proved": "good", "refuted": "bad", "undecided": "caution"}
_SILENT = Localized(
    "but it says nothing: what it supposes holds of no proposal",
    "maar zij zegt niets: wat zij veronderstelt, geldt voor geen voorstel",
)
_FURTHER = Localized("further rules: {count}; `-v` shows them", "verdere regels: {count}; `-v` toont ze")
_EMPTY = Localized("of these saying nothing: {count}", "waarvan zonder inhoud: {count}")
_SUMMARY = Localized("guarantees: {count}", "garanties: {count}")


def proof_outline(
    kb: KnowledgeBase, proofs: Iterable[Proof], language: Language, *, verbose: bool = False
) -> Iterator[Section]:
    """Each guarantee with what came of it; of one that is refuted, the smallest proposal that breaks it, and why.

    Args:
        kb: the pack that promises them.
        proofs: in order.
        language: of the words.
        verbose: with every rule that the guarantee expects or forbids, and all of its conditions; else with those that came
            nearest, and what keeps them from applying.
    """
    items = {item.about.id: item for item in collect(kb) if item.kind == "guarantee"}
    for proof in proofs:
        name = proof.guarantee.id
        status = Span(
            _STATUS[proof.status].get(language),
            "strong" if proof.status == "refuted" else "",
            _TONES[proof.status],
        )
        broken = proof.counterexample
        failure = None if broken is None else failure_of(items[name], broken, full=verbose)
        yield Section((status, f"  {name}"), _proof(proof, failure, language, verbose=verbose))


def _proof(proof: Proof, failure: Failure | None, language: Language, *, verbose: bool) -> Iterator[Block]:
    yield Paragraph(proof.guarantee.title.get(language))
    yield from (Paragraph(dim(note.get(language))) for note in _notes(proof))
    if failure is not None:
        if not verbose:
            failure = evolve(failure, why=tuple(map(_in_short, failure.why)))
        # The heading of a failure has the name and the title once more.
        yield from failure_outline(failure, language).blocks
        if failure.further:
            yield BREAK
            yield Paragraph(dim(_FURTHER.filled(count=failure.further).get(language)))


def _in_short(told: WhyNot) -> WhyNot:
    return evolve(told, accounts=tuple(map(_hindered, told.accounts)))


def _hindered(account: Account) -> Account:
    """Of a rule that is open or does not apply, only what stands in the way; what sets another aside is told in full."""
    if account.outcome not in {"open", "not-applicable"}:
        return account
    unless = tuple(exception for exception in account.unless if exception.node.held != "no")
    return evolve(account, when=_hindrance(account.when), unless=unless)


def _hindrance(node: Node) -> Node:
    """A condition without the parts that hold; of facts and measures that it looks for, with the nearest one."""
    if node.kind in {"not", "count", "sum"}:
        # What holds may be what stands in the way.
        return node
    left = [part for part in node.parts if part.held != "yes" and node.held != "yes"]
    if node.kind in {"fact", "other"}:
        left = left[:1]
    return evolve(node, parts=tuple(map(_hindrance, left)))


def _notes(proof: Proof) -> Iterator[Localized]:
    if proof.status == "proved":
        yield from bounds_told(proof.bounds, always=True)
    if not proof.speaks:
        yield _SILENT


def proof_summary(proofs: Sequence[Proof], language: Language) -> str:
    """How many came out how, in a line."""
    counts = Counter(proof.status for proof in proofs)
    said = [f"{word.get(language)}: {counts[status]}" for status, word in _STATUS.items()]
    if silent := sum(not proof.speaks for proof in proofs):
        said.append(_EMPTY.filled(count=silent).get(language))
    return "; ".join([_SUMMARY.filled(count=counts.total()).get(language), *said])


def proof_data(proof: Proof) -> dict[str, Any]:
    """A proof as plain data; the counterexample as `KnowledgeBase.read` takes it."""
    at, found = proof.guarantee.anchor.location, proof.counterexample
    return {
        "guarantee": proof.guarantee.id,
        "title": {"en": proof.guarantee.title.en, "nl": proof.guarantee.title.nl},
        "place": place(at.path, at.line),
        "status": proof.status,
        "speaks": proof.speaks,
        **bounds_data(proof.bounds),
        "counterexample": None if found is None else proposal_to_data(found.case.proposal),
        "breaches": []
        if found is None
        else [{"measure": breach.measure, "rules": list(breach.rules)} for breach in found.breaches],
    }


# What a change of rules changes, in words and as data.

_MEANINGS: Mapping[Meaning, Localized] = {
    "equal": Localized("equal", "gelijk"),
    "narrower": Localized("narrower", "enger"),
    "wider": Localized("wider", "ruimer"),
    "different": Localized("different", "anders"),
    "added": Localized("added", "nieuw"),
    "removed": Localized("removed", "vervallen"),
}
_SAID = Localized("what it says has changed: {names}", "wat hij zegt is veranderd: {names}")
_CONCEPTS = Localized("concepts that have changed: {names}", "begrippen die zijn veranderd: {names}")
_WITNESS = Localized(
    "judged differently, before: {before}, after: {after}", "anders beoordeeld, eerst: {before}, nu: {after}"
)


def change_outline(comparison: Comparison, language: Language, *, equal: bool = False) -> Iterator[Section]:
    """Each rule whose meaning has changed, with the smallest proposal that is judged differently.

    Args:
        comparison: of two packs.
        language: of the words.
        equal: rules of equal meaning too.
    """
    for change in comparison.changes:
        if change.meaning != "equal" or equal:
            heading = (strong(_MEANINGS[change.meaning].get(language)), f"  {change.rule}")
            yield Section(heading, _change(change, language))


def _change(change: Change, language: Language) -> Iterator[Block]:
    if change.concepts:
        yield Paragraph(_CONCEPTS.get(language).format(names=", ".join(f"`{name}`" for name in change.concepts)))
    if change.said:
        yield Paragraph(_SAID.get(language).format(names=", ".join(f"`{name}`" for name in change.said)))
    yield from (Paragraph(dim(text.get(language))) for text in bounds_told(change.bounds))
    if change.witness is not None:
        words = {"before": LABELS[change.before].get(language), "after": LABELS[change.after].get(language)}
        yield Item(_WITNESS.get(language).format(**words), [Code(toml(change.witness), "toml")])


def change_summary(comparison: Comparison, language: Language) -> str:
    """How many rules changed how, in a line."""
    counts = Counter(change.meaning for change in comparison.changes)
    return "; ".join(f"{word.get(language)}: {counts[meaning]}" for meaning, word in _MEANINGS.items())


def change_data(change: Change) -> dict[str, Any]:
    """A change as plain data; the witness as `KnowledgeBase.read` takes it."""
    return {
        "rule": change.rule,
        "meaning": change.meaning,
        "said": list(change.said),
        "concepts": list(change.concepts),
        "before": change.before,
        "after": change.after,
        **bounds_data(change.bounds),
        "witness": None if change.witness is None else proposal_to_data(change.witness),
    }


# Gaps and double binds, in words and as data.

_GAPS = Localized(
    "Principles of which rules can apply on some areas only",
    "Beginselen waarvan regels alleen op sommige terreinen van toepassing kunnen zijn",
)
_ANY = Localized("no rule at all on {areas}", "geen enkele regel op {areas}")
_ONLY = Localized("only on {areas}", "alleen op {areas}")
_TOGETHER = Localized("only on several areas together", "alleen op meer terreinen samen")
_WITHIN = Localized("and there not on {areas}", "en daarbinnen niet op {areas}")
_BINDS = Localized(
    "Kinds of measure that cannot keep clear of two principles at once: {count}",
    "Soorten maatregelen die niet van twee beginselen tegelijk vrij kunnen blijven: {count}",
)
_OR = Localized(" or ", " of ")


def gap_outline(gaps: Iterable[Gap], bounds: Bounds, knowledge: Knowledge, language: Language) -> Iterator[Section]:
    """Each principle with the areas on which its rules can apply, where that is not so of all."""
    bounded: list[Block] = [Paragraph(dim(text.get(language))) for text in bounds_told(bounds)]
    yield Section(strong(_GAPS.get(language)), [*bounded, *(_gap(gap, knowledge, language) for gap in gaps)])


def _gap(gap: Gap, knowledge: Knowledge, language: Language) -> Item:
    def filled(text: Localized, areas: Iterable[str]) -> str:
        return text.get(language).format(areas=_named(areas, knowledge, language))

    if not gap.principles:
        return Item(filled(_ANY, gap.areas))
    below = [filled(_ONLY, gap.only) if gap.only else _TOGETHER.get(language)]
    if gap.within:
        below.append(filled(_WITHIN, gap.within))
    principles = "; ".join(knowledge.principles[name].title.get(language) for name in gap.principles)
    return Item(principles, [Item(dim(text)) for text in below])


def bind_outline(binds: Iterable[Bind], knowledge: Knowledge, language: Language) -> Iterator[Section]:
    """Each double bind with the kind of measure and the two rules."""
    items = []
    for bind in binds:
        rules = [
            Item(dim(f"{knowledge.principles[principle].title.get(language)}: {rule}"))
            for principle, rule in zip(bind.principles, bind.rules, strict=True)
        ]
        items.append(Item("; ".join(_kind(name, terms, knowledge, language) for name, terms in bind.kind), rules))
    yield Section(strong(_BINDS.get(language).format(count=len(items))), items)


def gap_data(gaps: Iterable[Gap], binds: Iterable[Bind], bounds: Bounds) -> dict[str, Any]:
    """Both as plain data."""
    return {**bounds_data(bounds), "gaps": [asdict(gap) for gap in gaps], "binds": [asdict(bind) for bind in binds]}


def _named(areas: Iterable[str], knowledge: Knowledge, language: Language) -> str:
    terms = knowledge.vocabularies["areas"].terms
    # A label may have commas of its own.
    return "; ".join(terms[area].label.get(language) for area in areas)


def _kind(name: str, terms: Iterable[str], knowledge: Knowledge, language: Language) -> str:
    field = knowledge.fields.measure[name]
    known = knowledge.vocabularies[field.vocabulary].terms
    return f"{field.label.get(language)}: {_OR.get(language).join(known[term].label.get(language) for term in terms)}"
