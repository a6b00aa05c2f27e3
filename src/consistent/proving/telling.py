"""What came of guarantees, in words and as data."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from consistent.checker import KnowledgeBase
from consistent.inquiries.why.accounts import Account, Node, WhyNot
from consistent.model.text import Language, Localized, Tone
from consistent.proving.bounds_telling import bounds_data, bounds_told
from consistent.proving.guarantees import Proof, Status
from consistent.reading.proposals import proposal_to_data
from consistent.reports.lines import place
from consistent.reports.outline import BREAK, Block, Paragraph, Section, Span, dim
from consistent.testing.suite import Failure, collect, failure_of
from consistent.testing.suite.telling import failure_outline

__all__ = ["proof_data", "proof_lines", "proof_summary"]

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


def proof_lines(
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
            yield Paragraph(dim(_filled(_FURTHER, failure.further).get(language)))


def _in_short(told: WhyNot) -> WhyNot:
    return evolve(told, accounts=tuple(map(_hindered, told.accounts)))


def _hindered(account: Account) -> Account:
    """Of a rule that is open or does not apply, only what stands in the way; what sets another aside is told in full."""
    if account.outcome not in {"open", "not-applicable"}:
        return account
    unless = tuple(each for each in account.unless if each.node.held != "no")
    return evolve(account, when=_hindrance(account.when), unless=unless)


def _hindrance(node: Node) -> Node:
    """A condition without the parts that hold; of facts and measures that it looks for, with the nearest one."""
    if node.kind in {"not", "count"}:
        # What holds may be what stands in the way.
        return node
    left = [each for each in node.parts if each.held != "yes" and node.held != "yes"]
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
    counts = Counter(each.status for each in proofs)
    said = [f"{word.get(language)}: {counts[status]}" for status, word in _STATUS.items()]
    if silent := sum(not each.speaks for each in proofs):
        said.append(_filled(_EMPTY, silent).get(language))
    return "; ".join([_filled(_SUMMARY, counts.total()).get(language), *said])


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
        else [{"measure": each.measure, "rules": list(each.rules)} for each in found.breaches],
    }


def _filled(text: Localized, count: int) -> Localized:
    return Localized(text.en.format(count=count), text.nl.format(count=count))
