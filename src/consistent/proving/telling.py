"""What came of guarantees, in words and as data."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.text import Text

from consistent.checker import KnowledgeBase
from consistent.model.text import Language, Localized
from consistent.proving.bounds_telling import bounds_data, bounds_told
from consistent.proving.guarantees import Proof, Status
from consistent.reading.proposals import proposal_to_data
from consistent.reports.lines import Line, place
from consistent.testing.suite import collect, failure_lines, failure_of

__all__ = ["proof_data", "proof_lines", "proof_summary"]

_STATUS: Mapping[Status, Localized] = {
    "proved": Localized("proved", "bewezen"),
    "refuted": Localized("refuted", "weerlegd"),
    "undecided": Localized("not decided", "niet beslist"),
}
_STYLES: Mapping[Status, str] = {"proved": "green", "refuted": "bold red", "undecided": "yellow"}
_SILENT = Localized(
    "but it says nothing: what it supposes holds of no proposal",
    "maar zij zegt niets: wat zij veronderstelt, geldt voor geen voorstel",
)
_SUMMARY = Localized("guarantees: {count}", "garanties: {count}")


def proof_lines(kb: KnowledgeBase, proofs: Iterable[Proof], language: Language) -> Iterator[Line]:
    """Each guarantee with what came of it; of one that is refuted, the smallest proposal that breaks it, and why."""
    items = {item.about.id: item for item in collect(kb) if item.kind == "guarantee"}
    for each in proofs:
        guarantee = each.guarantee
        status = Text(_STATUS[each.status].get(language), style=_STYLES[each.status])
        yield 0, Text.assemble(status, f"  {guarantee.id}: {guarantee.title.get(language)}")
        yield from ((2, Text(note.get(language), style="dim")) for note in _notes(each))
        if each.counterexample is not None:
            yield from (
                (indent + 2, text)
                for indent, text in failure_lines(failure_of(items[guarantee.id], each.counterexample), language)
            )


def _notes(proof: Proof) -> Iterator[Localized]:
    if proof.status == "proved":
        yield from bounds_told(proof.bounds, always=True)
    if not proof.speaks:
        yield _SILENT


def proof_summary(proofs: Iterable[Proof], language: Language) -> str:
    """How many came out how, in a line."""
    counts = Counter(each.status for each in proofs)
    said = [f"{word.get(language)}: {counts[status]}" for status, word in _STATUS.items()]
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
