"""What a finding rests on, as a list: passage, value, condition, facts, principle, positions, articles."""

from collections.abc import Iterator

from consistent.findings.chains import Chain, Link
from consistent.findings.cited import CitedFact, CitedPosition, CitedPrinciple, CitedSource
from consistent.findings.outcome import LABELS
from consistent.findings.said import Because, Defeated, Finding, Open, Said
from consistent.model.text import Language, Localized
from consistent.reports.labels import GROUND_LABELS, POSITION_LABELS, WORDS
from consistent.reports.lines import place
from consistent.reports.outline import Inline, Item, Span, Spans, dim, pair
from consistent.sources import source_label

__all__ = ["chain_lines"]

_WORDS = {
    "because": WORDS["because"],
    "unknown": WORDS["unknown"],
    "known": Localized("known already", "al bekend"),
    "exception": Localized("exception", "uitzondering"),
    "fact": Localized("fact", "feit"),
    "reading": Localized("contested", "betwist"),
    "principle": Localized("principle", "beginsel"),
    "position": Localized("position", "positie"),
    "source": Localized("source", "bron"),
    "verified": Localized("compared with its source on", "met de bron vergeleken op"),
    "above": Localized("told above", "zie hierboven"),
    "defeats": Localized("set aside by the stronger rule", "terzijde gesteld door de sterkere regel"),
    "open": Localized("awaits the stronger rule", "wacht op de sterkere regel"),
    "beaten": Localized("the stronger rule is itself set aside", "de sterkere regel is zelf terzijde gesteld"),
}


def chain_lines(chain: Chain, language: Language) -> Iterator[Item]:
    """A chain; who shows it has named the first rule and its message already."""
    yield from _ChainText(chain, language).whole()


class _ChainText:
    def __init__(self, chain: Chain, language: Language) -> None:
        self._chain, self._language = chain, language
        self._told: set[object] = set()
        self._facts = {(each.kind, each.id): each for each in chain.facts}
        self._principles = {each.id: each for each in chain.principles}
        self._positions = {each.id: each for each in chain.positions}

    def whole(self) -> Iterator[Item]:
        """The links from the first on, then the sources of all of them."""
        yield from self._link(0)
        for source in self._chain.sources:
            yield Item(self._source(source))

    def _link(self, number: int) -> Iterator[Item]:
        """One rule, and under it the stronger ones; facts and the like where they are first met."""
        self._told.add(number)
        link = self._chain.links[number]
        said = link.said
        for because in said.because:
            name = "known" if isinstance(said, Open) else "because"
            yield Item(self._pair(name, because.text.get(self._language)), [Item(self._places(because, link))])
        yield from map(Item, self._rest(said))
        for fact in (self._facts[cited.kind, cited.id] for cited in said.facts):
            if self._is_new(("fact", fact.kind, fact.id)):
                yield self._fact(fact)
        if self._is_new(("principle", link.principle)):
            yield Item(self._principle(self._principles[link.principle]))
        for position in (self._positions[name] for name in link.positions):
            if self._is_new(("position", position.id)):
                yield Item(self._position(position))
        yield from map(self._stronger, link.stronger)

    def _rest(self, said: Said) -> Iterator[Inline]:
        """What is not known of an open rule; by which exception one does not count."""
        if isinstance(said, Open):
            for unknown in said.unknown:
                yield self._pair("unknown", unknown.text.get(self._language))
        elif isinstance(said, Defeated) and said.by.reason is not None:
            yield self._pair("exception", said.by.reason.get(self._language))

    def _stronger(self, number: int) -> Item:
        said = self._chain.links[number].said
        relation = {Finding: "defeats", Open: "open", Defeated: "beaten"}[type(said)]
        title = said.title.get(self._language)
        if number in self._told:
            return Item(self._pair(relation, f"{title} ({self._word('above')})"))
        labels = (LABELS[said.verdict], GROUND_LABELS[said.ground])
        origin = " · ".join([said.rule, *(label.get(self._language) for label in labels)])
        told = (Item(dim(origin)), Item(said.message.get(self._language)))
        return Item(self._pair(relation, title), [*told, *self._link(number)])

    def _places(self, because: Because, link: Link) -> Span:
        """The passage, the line in the proposal, and the line in the rule."""
        quote = f" “{because.quote}”" if because.quote else ""
        passage = source_label(because.document, self._language) + quote
        # A test on a fact's own field has no place in the proposal.
        is_read = because.subject in {"measure", "proposal"}
        proposal = place(self._chain.path, because.proposal_line) if is_read else ""
        parts = [passage, because.note, proposal, place(link.rule.path, because.line)]
        return dim(" · ".join(filter(None, parts)))

    def _fact(self, fact: CitedFact) -> Item:
        language = self._language
        values = "; ".join(f"{label.get(language)}: {value.get(language)}" for label, value in fact.values)
        verified = f"{self._word('verified')} {fact.verified}" if fact.verified else ""
        parts = [
            "; ".join(source_label(each, language) for each in fact.sources),
            GROUND_LABELS[fact.ground].get(language),
            verified,
            place(fact.path, fact.line),
        ]
        below: list[Inline] = [dim(" · ".join(filter(None, parts)))]
        if fact.readings:
            below.append(self._pair("reading", fact.readings.get(language)))
        return Item(self._pair("fact", f"{fact.title.get(language)} {fact.id}: {values}"), map(Item, below))

    def _principle(self, principle: CitedPrinciple) -> Spans:
        language = self._language
        text = f"{principle.title.get(language)}. {principle.statement.get(language)}"
        return self._pair("principle", f"{text} ({self._cited(principle.sources)})")

    def _position(self, position: CitedPosition) -> Spans:
        at = ", ".join((POSITION_LABELS[position.kind].get(self._language), *position.at))
        summary = position.summary.get(self._language)
        return self._pair("position", f"{position.id} ({at}): {summary} ({self._cited(position.sources)})")

    def _source(self, source: CitedSource) -> Spans:
        url = source.url.get(self._language) if source.url else ""
        return pair(self._word("source"), Span(source.label.get(self._language), url=url))

    def _cited(self, sources: tuple[str, ...]) -> str:
        return "; ".join(source_label(each, self._language) for each in sources)

    def _is_new(self, key: object) -> bool:
        """Whether a thing has not been told yet; it then counts as told."""
        is_new = key not in self._told
        self._told.add(key)
        return is_new

    def _word(self, name: str) -> str:
        return _WORDS[name].get(self._language)

    def _pair(self, name: str, text: str) -> Spans:
        return pair(self._word(name), text)
