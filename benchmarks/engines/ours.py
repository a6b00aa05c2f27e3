"""`consistent` with each of its evaluators, from proposals as objects to findings, bare or with explanations in full."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen
from benchmarks.engines.flat import Finding

from consistent import Corpus, KnowledgeBase, load
from consistent.model.proposal import Proposal

__all__ = ["OURS", "Ours"]


@frozen
class Way:
    """Which evaluator, and what is asked of it.

    Attributes:
        full: every finding, open and defeated rule with its explanation in both languages, and not only which rule and measure.
        unknown: of proposals some fields of which are unknown.
        corpus: of proposals that were put into columns before, as other engines have them in a form of their own.
    """

    engine: str
    full: bool = False
    unknown: bool = False
    corpus: bool = False


OURS = {
    "columns, corpus": Way("columns", corpus=True),
    "columns": Way("columns"),
    "columns, in full": Way("columns", full=True),
    "columns, unknowns": Way("columns", unknown=True),
    "durable-rules": Way("durable-rules"),
    "durable-rules, in full": Way("durable-rules", full=True),
    "plain": Way("plain"),
}


class Ours:
    """A pack that is loaded, with one way to check. Proposals are objects already, as a reader makes them; they need no conversion."""

    def __init__(self, name: str, pack: str | Path, day: Any) -> None:
        self.way = OURS[name]
        self._kb: KnowledgeBase = load(pack)
        self._day = day

    def convert(self, proposals: Sequence[Proposal]) -> Any:
        """Proposals as they are checked."""
        return Corpus.of(proposals) if self.way.corpus else proposals

    def run(self, proposals: Any) -> list[Any]:
        """What is timed: of each proposal what is spoken, or the report's findings written out; of a corpus what applies."""
        if self.way.corpus:
            found = self._kb.survey(proposals, as_of=self._day)
            kept = found.outcome == found.outcomes.index("applies")
            self._rules = found.rules
            return list(
                zip(*(each[kept].tolist() for each in (found.proposal, found.rule, found.measure)), strict=True)
            )
        reports = self._kb.check_many(proposals, as_of=self._day, engine=self.way.engine)
        if self.way.full:
            return [(report.spoken, report.findings, report.open, report.defeated) for report in reports]
        return [report.spoken for report in reports]

    def findings(self, proposals: Sequence[Proposal], found: Sequence[Any]) -> Iterator[Finding]:
        """The same as it is compared."""
        if self.way.corpus:
            yield from ((proposal, self._rules[rule].id, measure) for proposal, rule, measure in found)
            return
        for number, (proposal, each) in enumerate(zip(proposals, found, strict=True)):
            places = {measure.id: index for index, measure in enumerate(proposal.measures)} | {None: -1}
            for spoken in each[0] if self.way.full else each:
                if spoken.outcome == "applies":
                    yield number, spoken.rule, places[spoken.measure]
