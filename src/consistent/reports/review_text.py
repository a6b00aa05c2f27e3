"""What of a draft is not confirmed yet, for a reader: each value with its passage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from consistent.documents.places import place_in
from consistent.inquiries.review import Passage, Unconfirmed
from consistent.model.proposal import Evidence
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.model.vocabulary import Term
from consistent.reports.entries import measure_heading
from consistent.reports.labels import noted
from consistent.reports.outline import BREAK, Block, Item, Paragraph, Section, Span, dim, strong

__all__ = ["Passages", "item_outline", "reviewed_outline", "unconfirmed_outline"]

# What the documents say, as far as they are at hand.
Passages = Mapping[Evidence, Passage]
_MOST_TERMS = 3
_MOST_RULES = 3
_SURE = 100

_WORDS = {
    "count": Localized("Not confirmed by a person ({count})", "Niet door een mens bevestigd ({count})"),
    "nothing": Localized("Everything is confirmed by a person.", "Alles is door een mens bevestigd."),
    "sure": Localized("{percent}% sure", "{percent}% zeker"),
    "findings": Localized("findings rest on it: {rules}", "er berusten bevindingen op: {rules}"),
    "and more": Localized("and {count} more", "en nog {count}"),
    "quote": Localized("begins: “{quote}”", "begint: “{quote}”"),
    "note": Localized("note: {note}", "opmerking: {note}"),
    "elsewhere": Localized(
        "the document at hand does not have these words here: is it the version that the draft was made from?",
        "het document heeft hier andere woorden: is het de versie waaruit het concept is gemaakt?",
    ),
    "instead": Localized("or rather:", "of eerder:"),
    "reviewed": Localized(
        "confirmed: {confirmed}, changed: {changed}, taken out: {out}; not confirmed yet: {left}",
        "bevestigd: {confirmed}, gewijzigd: {changed}, weggehaald: {out}; nog niet bevestigd: {left}",
    ),
    "resting": Localized(
        "findings that rest on what is not confirmed, open ones among them: {before} before, {after} now",
        "bevindingen die op onbevestigde waarden berusten, ook open: eerst {before}, nu {after}",
    ),
}


def _word(name: str, language: Language, **values: object) -> str:
    return _WORDS[name].get(language).format(**values)


def unconfirmed_outline(items: Sequence[Unconfirmed], passages: Passages, language: Language) -> Iterator[Block]:
    """Every value that is not confirmed, under the measure that it is of."""
    if not items:
        yield Paragraph(_word("nothing", language))
        return
    yield Paragraph(strong(_word("count", language, count=len(items))))
    for _, group in groupby(items, key=lambda item: item.measure):
        listed = list(group)
        values = [_value(item, language, _evidence(item, passages, language)) for item in listed]
        yield BREAK
        yield Section(measure_heading(listed[0].measure, listed[0].measure_title, language), values)
    yield BREAK


def item_outline(
    item: Unconfirmed, passages: Passages, language: Language, near: Sequence[Term], *, head: bool
) -> Iterator[Block]:
    """One value as it is put to a person.

    Args:
        item: the value.
        passages: what the documents say.
        language: of the words.
        near: terms that may be meant instead; a number chooses one.
        head: whether to say which measure it is of.
    """
    yield Section(
        measure_heading(item.measure, item.measure_title, language) if head else (), _evidence(item, passages, language)
    )
    below = []
    if near:
        said = "  ".join(f"{number} {term.label.get(language)}" for number, term in enumerate(near, 1))
        below.append(Item(dim(f"{_word('instead', language)} {said}")))
    yield _value(item, language, below, definitions=True)


def reviewed_outline(counts: Mapping[str, int], resting: tuple[int, int], language: Language) -> Iterator[Block]:
    """What came of a review.

    Args:
        counts: how many values were `confirmed`, `changed` and taken `out`, and how many are `left`.
        resting: how many findings rested on what is not confirmed before, and do now.
        language: of the words.
    """
    yield Paragraph(_word("reviewed", language, **counts))
    yield Paragraph(_word("resting", language, before=resting[0], after=resting[1]))


def _value(item: Unconfirmed, language: Language, below: Iterable[Block], *, definitions: bool = False) -> Item:
    """What was read, with what rests on it, and then what else stands below it."""
    text = [Span(f"{item.label.get(language)}: "), strong(item.text.get(language), "unknown")]
    if item.terms:
        other = next(name for name in LANGUAGES if name != language)
        labels = ", ".join(term.label.get(other) for term in item.terms)
        text.append(dim(f"  ({other}: {labels}; {', '.join(term.id for term in item.terms)})"))
    terms = item.terms[:_MOST_TERMS] if definitions else ()
    notes = [term.definition.get(language) for term in terms if term.definition is not None]
    if item.rules:
        rules = ", ".join(item.rules[:_MOST_RULES])
        if len(item.rules) > _MOST_RULES:
            rules += f", {_word('and more', language, count=len(item.rules) - _MOST_RULES)}"
        notes.append(_word("findings", language, rules=rules))
    return Item(text, [*(Item(dim(note)) for note in notes), *below])


def _evidence(item: Unconfirmed, passages: Passages, language: Language) -> Iterator[Item]:
    """Where it was read, each place with its passage."""
    for evidence in item.evidence:
        parts = [evidence.document, place_in(evidence.place, language)]
        if evidence.confidence is not None:
            parts.append(_word("sure", language, percent=round(evidence.confidence * _SURE)))
        passage = passages.get(evidence)
        below = []
        if passage is not None and passage.words:
            below.append(Item((passage.before, Span(passage.words, "mark", "caution"), passage.after)))
        elif evidence.quote:
            below.append(Item(_word("quote", language, quote=evidence.quote)))
        if passage is not None and not passage.fits:
            below.append(Item(Span(_word("elsewhere", language), tone="bad")))
        if note := noted(evidence, language):
            below.append(Item(dim(_word("note", language, note=note))))
        yield Item(dim(" · ".join(filter(None, parts))), below)
