"""What a finding rests on, as a list: passage, value, condition, facts, principle, positions, articles."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from attrs import evolve

from consistent.findings.outcome import LABELS, RULE_OUTCOMES
from consistent.findings.report import Chain, Link
from consistent.findings.said import (
    Because,
    CitedFact,
    CitedPosition,
    CitedPrinciple,
    CitedSource,
    Defeated,
    Finding,
    Open,
    Said,
)
from consistent.findings.wording import exception_text
from consistent.inquiries.why.accounts import Account, Held, Node, Stronger, WhyNot
from consistent.model.text import Language, Localized, Tone, capitalised
from consistent.reports.entries import measure_heading
from consistent.reports.labels import (
    DIMENSION_LABELS,
    GROUND_LABELS,
    POSITION_LABELS,
    WORDS,
    noted,
    passage_label,
    with_words_near,
)
from consistent.reports.notices import person_line, recall_of
from consistent.reports.outline import (
    BREAK,
    Block,
    Inline,
    Item,
    Paragraph,
    Section,
    Span,
    Spans,
    dim,
    pair,
    strong,
    with_code,
)
from consistent.reports.terminal import shortened, told_path, told_place
from consistent.sources import source_label

__all__ = ["chain_outline", "why_not_outline"]

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


def chain_outline(chain: Chain, language: Language) -> Iterator[Item]:
    """A chain; who shows it has named the first rule and its message already."""
    yield from _ChainText(chain, language).whole()


class _ChainText:
    def __init__(self, chain: Chain, language: Language) -> None:
        self._chain, self._language = chain, language
        self._told: set[object] = set()
        self._facts = {(fact.kind, fact.id): fact for fact in chain.facts}
        self._principles = {principle.id: principle for principle in chain.principles}
        self._positions = {position.id: position for position in chain.positions}

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
        yield from self._reasons(said.because, link, "known" if isinstance(said, Open) else "because")
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

    def _reasons(self, because: Iterable[Because], link: Link, name: str) -> Iterator[Item]:
        """The tests that decided, each with its places; those that a concept asks under its name and sources."""
        for concept, tests in groupby(because, key=lambda test: test.concepts[:1]):
            if not concept:
                for test in tests:
                    yield Item(self._pair(name, test.text.get(self._language)), [Item(self._places(test, link))])
                continue
            cited = Item(dim(f"{concept[0].id} · {self._cited(concept[0].sources)}"))
            inner = (evolve(test, concepts=test.concepts[1:]) for test in tests)
            below = [cited, *self._reasons(inner, link, name)]
            yield Item(self._pair(name, concept[0].text.get(self._language)), below)

    def _rest(self, said: Said) -> Iterator[Inline]:
        """What is not known of an open rule; by which exception one does not count."""
        if isinstance(said, Open):
            for unknown in said.unknown:
                yield self._pair("unknown", with_words_near(unknown.text.get(self._language), unknown, self._language))
        elif isinstance(said, Defeated) and said.by.reason is not None:
            yield self._pair("exception", exception_text(said.by, self._language))

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
        passage = passage_label(because.document, self._language) + quote
        # A test on a fact's own field has no place in the proposal.
        is_read = because.subject in {"measure", "proposal"}
        proposal = told_place(self._chain.path, because.proposal_line) if is_read else ""
        parts = [passage, noted(because, self._language), proposal, told_place(link.rule.path, because.line)]
        return dim(" · ".join(filter(None, parts)))

    def _fact(self, fact: CitedFact) -> Item:
        language = self._language
        values = "; ".join(f"{label.get(language)}: {value.get(language)}" for label, value in fact.values)
        verified = f"{self._word('verified')} {fact.verified}" if fact.verified else ""
        parts = [
            "; ".join(source_label(source, language) for source in fact.sources),
            GROUND_LABELS[fact.ground].get(language),
            verified,
            told_place(fact.path, fact.line),
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
        return "; ".join(source_label(source, self._language) for source in sources)

    def _is_new(self, key: object) -> bool:
        """Whether a thing has not been told yet; it then counts as told."""
        is_new = key not in self._told
        self._told.add(key)
        return is_new

    def _word(self, name: str) -> str:
        return _WORDS[name].get(self._language)

    def _pair(self, name: str, text: str) -> Spans:
        return pair(self._word(name), text)


# What became of one rule on each measure, for a reader: what held, what failed by how much, what is unknown.

_HELD = {
    "yes": Localized("holds", "voldaan"),
    "no": Localized("fails", "niet voldaan"),
    "unknown": Localized("unknown", "onbekend"),
}
# So many measures on which a rule is presumed not to apply are named.
_NAMED = 10
_TONES: Mapping[Held, Tone] = {"yes": "good", "no": "bad", "unknown": "unknown"}
_WHY_NOT = {
    "as of": WORDS["as of"],
    "measures": WORDS["measures"],
    "unless": Localized("unless", "tenzij"),
    "stronger": Localized("stronger rule", "sterkere regel"),
    "decides": Localized("this decides", "dit geeft de doorslag"),
    "found": Localized("found", "gevonden"),
    "presumed": WORDS["presumed"],
    "presumed as": Localized(
        "Presumed not to apply, as what it needs was looked for in the text and not found",
        "Geacht niet van toepassing te zijn: wat de regel vraagt, is in de tekst gezocht en niet gevonden",
    ),
    "not found": Localized("looked for and not found", "gezocht en niet gevonden"),
    "errs": Localized(
        "That can err: of what is there the reader finds {recall}, measured on texts read by hand. `consistent ask` puts it to "
        "you; `--strict` presumes nothing.",
        "Dat kan onjuist zijn: van wat er staat, vindt de lezer {recall}, gemeten op met de hand gelezen teksten. "
        "`consistent ask` legt het u voor; met `--strict` wordt niets verondersteld.",
    ),
    "more": Localized("and {count} more: `-v`", "en nog {count}: `-v`"),
    "nearest": Localized("nearest", "het dichtst bij"),
    "silent": Localized(
        "Does not apply, by the first condition that failed", "Niet van toepassing, naar de eerste voorwaarde die faalt"
    ),
    "dormant": Localized(
        "This rule is not in force on {day}. It holds {bounds}.", "Deze regel geldt niet op {day}. Hij geldt {bounds}."
    ),
    "from": Localized("from {day}", "vanaf {day}"),
    "until": Localized("up to and including {day}", "tot en met {day}"),
    "nothing": Localized(
        "The proposal has no measures, and this rule judges measures.",
        "Het voorstel heeft geen maatregelen, en deze regel beoordeelt maatregelen.",
    ),
}


def why_not_outline(told: WhyNot, language: Language, *, full: bool = False) -> Iterator[Block]:
    """What became of a rule.

    Args:
        told: by `Check.why_not`.
        language: of all words but those of the proposal itself.
        full: with the whole tree also where the rule does not apply, and with what stands in concepts that hold; else these are
            told in a line.
    """
    yield from _WhyNotText(told, language, full=full).whole()


class _WhyNotText:
    def __init__(self, told: WhyNot, language: Language, *, full: bool) -> None:
        self._told, self._language, self._unfolded = told, language, full
        self._full = full or len(told.accounts) == 1
        # What was looked for and not found, of the account that is told.
        self._sought: tuple[Node, ...] = ()

    def whole(self) -> Iterator[Block]:
        """Heading and counts, the measures on which there is more to tell, then those on which it does not apply."""
        told = self._told
        yield from self._head()
        if not told.in_force:
            ends = (("from", told.valid_from), ("until", told.valid_to))
            bounds = " ".join(self._word(name).format(day=day) for name, day in ends if day)
            yield Paragraph(self._word("dormant").format(day=told.as_of, bounds=bounds))
        elif not told.accounts:
            yield Paragraph(self._word("nothing"))
        silent = [] if self._full else [account for account in told.accounts if account.outcome == "not-applicable"]
        presumed = [] if self._full else [account for account in told.accounts if account.presumed is not None]
        groups: dict[object, list[Account]] = {}
        for account in told.accounts:
            if account not in silent and account not in presumed:
                groups.setdefault(_likeness(account), []).append(account)
        for group in groups.values():
            yield from self._alike(group)
        if presumed:
            yield self._presumed(presumed)
            yield BREAK
        if silent:
            yield self._silent(silent)

    def _head(self) -> Iterator[Block]:
        told, language = self._told, self._language
        labels = (LABELS[told.verdict], GROUND_LABELS[told.ground], DIMENSION_LABELS[told.dimension])
        day = f"{self._word('as of')} {told.as_of}"
        origins = (
            [told.rule, *(label.get(language) for label in labels)],
            [told_path(told.path), shortened(told.proposal.get(language)), day],
        )
        blocks = [Paragraph(dim(" · ".join(parts))) for parts in origins]
        if len(told.accounts) > 1:
            counts = Counter(map(self._outcome, told.accounts))
            order = [LABELS[name].get(language) for name in RULE_OUTCOMES] + [self._word("presumed")]
            parts = [f"{name} {counts[name]}" for name in order if counts[name]]
            blocks.append(Paragraph(f"{self._word('measures')} {len(told.accounts)}: {', '.join(parts)}"))
        if any(account.presumed is not None for account in told.accounts):
            errs = self._word("errs").format(recall=recall_of(told.readings, language)) if told.readings else ""
            blocks.append(Paragraph(with_code(f"{self._word('presumed as')}. {errs}".strip())))
        yield Section(strong(told.title.get(language)), blocks, indent=0)
        yield BREAK

    def _alike(self, accounts: Sequence[Account]) -> Iterator[Block]:
        """Measures of which the same is to be told, in full."""
        account = accounts[0]
        outcome = Span(f": {self._outcome(account)}")
        *others, last = ((*self._measure(alike), outcome) for alike in accounts)
        yield from (Section(heading) for heading in others)
        if account.outcome == "applies" and account.chain is not None:
            yield Section(last, self._applies(account.chain))
        else:
            yield Section(last, self._account(account, passages=len(accounts) == 1))
        yield BREAK

    def _outcome(self, account: Account) -> str:
        return self._word("presumed") if account.presumed is not None else LABELS[account.outcome].get(self._language)

    def _applies(self, chain: Chain) -> Iterator[Block]:
        said = chain.said
        yield Paragraph(said.message.get(self._language))
        accepted = person_line(said, self._language) if isinstance(said, Finding) else None
        if accepted is not None:
            yield Paragraph(accepted)
        yield from chain_outline(chain, self._language)

    def _account(self, account: Account, *, passages: bool) -> Iterator[Block]:
        """The conditions, the exceptions and the stronger rules."""
        self._sought = account.presumed or ()
        yield self._node(account.when, passages=passages)
        for number, exception in enumerate(account.unless):
            decides = f" ({self._word('decides')})" if number == account.exception else ""
            reason = exception_text(exception, self._language) + decides
            yield Item(pair(self._word("unless"), reason), [self._node(exception.node, passages=passages)])
        for stronger in account.stronger:
            yield Item(self._stronger(stronger))

    def _measure(self, account: Account) -> Spans:
        return measure_heading(account.measure, account.title, self._language)

    def _stronger(self, stronger: Stronger) -> str:
        decides = f"; {self._word('decides')}" if stronger.decides else ""
        outcome = LABELS[stronger.outcome].get(self._language)
        return f"{self._word('stronger')} {stronger.title.get(self._language)} ({stronger.rule}): {outcome}{decides}"

    def _node(self, node: Node, *, passages: bool) -> Item:
        """A condition, by how much it failed, and its parts."""
        held = self._word("not found") if node in self._sought else _HELD[node.held].get(self._language)
        mark = Span(f"{held}: ", tone=_TONES[node.held])
        short = [] if node.short is None else [Item(Span(node.short.text.get(self._language), tone="caution"))]
        # What a concept stands for is of interest where that does not hold.
        is_folded = node.kind == "concept" and node.held == "yes" and not self._unfolded
        parts = [self._node(part, passages=passages) for part in ([] if is_folded else node.parts)]
        places = dim(f" ({self._places(node, passages=passages)})")
        return Item((mark, self._condition(node), places), [*short, *parts])

    def _condition(self, node: Node) -> str:
        """What is asked, then what was found."""
        asks, has = node.asks.get(self._language), node.has.get(self._language)
        return f"{asks}; {self._word('found')}: {has}" if node.kind == "test" else node.text.get(self._language)

    def _places(self, node: Node, *, passages: bool) -> str:
        """Where the condition stands, in the file without its folder, and where the value was read."""
        cited = [source_label(text, self._language) for text in node.sources if text]
        if passages and node.because and node.because.document:
            cited.append(passage_label(node.because.document, self._language))
        return "; ".join([*cited, told_place(node.path.rpartition("/")[2], node.line)])

    def _silent(self, accounts: list[Account]) -> Section:
        """The measures on which the rule does not apply, a line each, under what each of them fails."""
        groups: dict[str, list[Account]] = {}
        for account in accounts:
            groups.setdefault(self._obstacle(account), []).append(account)
        items = [
            Item(
                f"{obstacle} ({len(group)})",
                [Item((*self._measure(account), self._found(account))) for account in group],
            )
            for obstacle, group in groups.items()
        ]
        return Section(strong(f"{self._word('silent')} ({len(accounts)})"), items)

    def _presumed(self, accounts: Sequence[Account]) -> Section:
        """The measures on which the rule is presumed not to apply, under what was looked for there and not found."""
        groups: dict[str, list[Account]] = {}
        for account in accounts:
            sought = dict.fromkeys(node.asks.get(self._language) for node in account.presumed or ())
            groups.setdefault("; ".join(sought), []).append(account)
        items = [
            Item(f"{sought} ({len(group)})" if sought else f"({len(group)})", [Item(dim(self._named(group)))])
            for sought, group in groups.items()
        ]
        heading = f"{capitalised(self._word('not found'))} ({len(accounts)})"
        return Section(strong(heading), items)

    def _named(self, accounts: Sequence[Account]) -> str:
        """The first of some measures by id, and how many there are beyond these."""
        names = [account.measure or WORDS["proposal as a whole"].get(self._language) for account in accounts]
        more = [self._word("more").format(count=len(names) - _NAMED)] if len(names) > _NAMED else []
        return ", ".join([*names[:_NAMED], *more])

    def _obstacle(self, account: Account) -> str:
        """Why a rule does not apply: a condition that fails, or else what outweighs the doubt."""
        failed = account.when.first_failed
        if failed.held == "no":
            return f"{failed.asks.get(self._language)} ({told_place(failed.path.rpartition('/')[2], failed.line)})"
        for exception in account.unless:
            if exception.node.held == "yes":
                return f"{self._word('unless')}: {exception_text(exception, self._language)}"
        winning = [stronger for stronger in account.stronger if stronger.outcome == "applies"]
        return "; ".join(map(self._stronger, winning))

    def _found(self, account: Account) -> str:
        """What was found in place of what is asked, and how far that is from it."""
        failed = account.when.first_failed
        if failed.held != "no" or failed.kind == "not":
            return ""
        parts = [failed.has.get(self._language)]
        if failed.kind == "concept":
            while failed.kind == "concept":
                failed = failed.parts[0].first_failed
            parts = [self._condition(failed)]
        if failed.short is not None:
            parts.append(failed.short.text.get(self._language))
        nearest = next((part for part in failed.parts if part.kind == "candidate" and part.held == "no"), None)
        if nearest is not None:
            lack = nearest.first_failed
            parts.append(f"{self._word('nearest')}: {nearest.text.get(self._language)}, {self._condition(lack)}")
            parts += [lack.short.text.get(self._language)] if lack.short else []
        return f": {'; '.join(parts)}"

    def _word(self, name: str) -> str:
        return _WHY_NOT[name].get(self._language)


def _likeness(account: Account) -> object:
    """Equal for two measures of which the same is to be told; what applies is told of each by itself."""
    if account.outcome == "applies":
        return account.measure
    conditions = [account.when, *(exception.node for exception in account.unless)]
    return account.outcome, account.presumed, account.exception, account.stronger, tuple(map(_shape, conditions))


def _shape(node: Node) -> object:
    # A candidate is a fact or a measure by name.
    return node.held, node.asks, node.has, node.short, node.fact, node.measure, tuple(map(_shape, node.parts))
