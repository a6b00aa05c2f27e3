"""What something that is said rests on, from the passage of the proposal to the article of the treaty."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import frozen

from consistent.errors import UsageError
from consistent.findings.cited import CitedFact, CitedPosition, CitedPrinciple, CitedRule, CitedSource
from consistent.findings.said import Defeated, Said
from consistent.model.text import Localized
from consistent.sources import parse_source

__all__ = ["Chain", "Chains", "Link", "cited_source"]

C = TypeVar("C", CitedFact, CitedPosition, CitedPrinciple)


@frozen(kw_only=True)
class Link:
    """One rule in a chain.

    Attributes:
        said: what the rule says, with its tests under `because`: passage, value, line in the proposal and in the rule.
        rule: with its file.
        principle: the id of what the rule is for.
        positions: ids of the positions that it carries.
        stronger: the links of stronger rules that say something here, as numbers in `Chain.links`. A finding among them
            defeats this one; an open one is awaited; one that is itself set aside lets this one count.
    """

    said: Said
    rule: CitedRule
    principle: str
    positions: tuple[str, ...]
    stronger: tuple[int, ...]


@frozen(kw_only=True)
class Chain:
    """Everything that a finding, an open or a defeated rule rests on, each thing once.

    Attributes:
        path: the proposal's file.
        links: what was asked about first, then every stronger rule that it depends on, and those that these depend on.
        facts: that joined in any of them.
        principles: what the rules are for.
        positions: that the rules carry; may be empty.
        sources: of all of these and of the passages, with their addresses.
    """

    path: str
    links: tuple[Link, ...]
    facts: tuple[CitedFact, ...]
    principles: tuple[CitedPrinciple, ...]
    positions: tuple[CitedPosition, ...]
    sources: tuple[CitedSource, ...]

    @property
    def said(self) -> Said:
        """What was asked about."""
        return self.links[0].said


class Chains:
    """Finds the chain of whatever a report says; made once for a report."""

    def __init__(
        self,
        path: str,
        everything: Iterable[Said],
        *,
        rules: Sequence[CitedRule],
        facts: Iterable[CitedFact],
        principles: Iterable[CitedPrinciple],
        positions: Iterable[CitedPosition],
    ) -> None:
        """Take what the report holds.

        Args:
            path: the proposal's file.
            everything: that is said.
            rules: that say it, each once.
            facts: that joined, each once.
            principles: what the rules are for, each once.
            positions: that the rules carry, each once.
        """
        self._path = path
        # INVARIANT: a rule says one thing at most of a measure.
        self._said = {(said.rule, said.measure): said for said in everything}
        self._rules = {rule.id: rule for rule in rules}
        self._facts = {(fact.kind, fact.id): fact for fact in facts}
        self._principles = {principle.id: principle for principle in principles}
        self._positions = {position.id: position for position in positions}
        self._above: dict[str, list[str]] = {}
        for rule in rules:
            for weaker in rule.defeats:
                self._above.setdefault(weaker, []).append(rule.id)

    def of(self, said: Said) -> Chain:
        """The chain of something that is said.

        Raises:
            UsageError: the report does not say it.
        """
        if self._said.get((said.rule, said.measure)) != said:
            raise UsageError("the report does not say this", "take it from `findings`, `open` or `defeated`")
        listed, edges = [said], []
        for each in listed:  # grows on the way
            above = list(self._stronger(each))
            listed += [one for one in above if one not in listed]
            edges.append(tuple(listed.index(one) for one in above))
        links = tuple(
            Link(
                said=each, rule=self._rules[each.rule], principle=each.principle, positions=each.positions, stronger=up
            )
            for each, up in zip(listed, edges, strict=True)
        )
        facts = _each_once(self._facts[one.kind, one.id] for each in listed for one in each.facts)
        principles = _each_once(self._principles[each.principle] for each in listed)
        positions = _each_once(self._positions[name] for each in listed for name in each.positions)
        return Chain(
            path=self._path,
            links=links,
            facts=facts,
            principles=principles,
            positions=positions,
            sources=_sources(links, (*facts, *principles, *positions)),
        )

    def _stronger(self, said: Said) -> Iterator[Said]:
        """What stronger rules say of the same measure, or of the proposal as a whole."""
        if isinstance(said, Defeated) and said.by.exception is not None:
            return  # Its own exception decides: no other rule is asked.
        for name in self._above.get(said.rule, ()):
            for measure in dict.fromkeys((said.measure, None)):
                if (name, measure) in self._said:
                    yield self._said[name, measure]


def cited_source(text: str) -> CitedSource | None:
    """A source with its label and address in both languages; None where the text is in no form of a source."""
    source = parse_source(text)
    if source is None:
        return None
    en, nl = source.url("en"), source.url("nl")
    address = Localized(en, nl) if en and nl else None
    return CitedSource(text=text, label=Localized(source.label("en"), source.label("nl")), url=address)


def _sources(
    links: Sequence[Link], cited: Iterable[CitedFact | CitedPrinciple | CitedPosition]
) -> tuple[CitedSource, ...]:
    texts = [text for each in links for text in each.said.sources]
    texts += [text for each in cited for text in each.sources]
    # A passage may be cited in words of its own, which lead to no address.
    texts += [each.document for link in links for each in link.said.because]
    return tuple(source for text in dict.fromkeys(texts) if (source := cited_source(text)))


def _each_once(items: Iterable[C]) -> tuple[C, ...]:
    """By identity: a report holds each once already."""
    return tuple({id(each): each for each in items}.values())
