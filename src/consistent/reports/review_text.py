"""What of a draft is not confirmed yet, as text for a terminal: each value with its passage."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.text import Text

from consistent.inquiries.reviews.passages import Passage
from consistent.inquiries.reviews.unconfirmed import Unconfirmed
from consistent.model.proposal import Evidence
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.model.vocabulary import Term
from consistent.reports.labels import WORDS
from consistent.reports.lines import Line

__all__ = ["Passages", "item_lines", "reviewed_lines", "unconfirmed_lines"]

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


def unconfirmed_lines(items: Sequence[Unconfirmed], passages: Passages, language: Language) -> Iterator[Line]:
    """Every value that is not confirmed, under the measure that it is of."""
    if not items:
        yield 0, Text(_word("nothing", language))
        return
    yield 0, Text(_word("count", language, count=len(items)), style="bold")
    for _, group in groupby(items, key=lambda each: each.measure):
        listed = list(group)
        yield 0, Text()
        yield 0, _owner(listed[0], language)
        for each in listed:
            yield from _value_lines(each, language, 2)
            yield from _evidence_lines(each, passages, language, 4)
    yield 0, Text()


def item_lines(
    item: Unconfirmed, passages: Passages, language: Language, near: Sequence[Term], *, head: bool
) -> Iterator[Line]:
    """One value as it is put to a person.

    Args:
        item: the value.
        passages: what the documents say.
        language: of the words.
        near: terms that may be meant instead; a number chooses one.
        head: whether to say which measure it is of.
    """
    if head:
        yield 0, _owner(item, language)
    yield from _evidence_lines(item, passages, language, 2)
    yield from _value_lines(item, language, 0, definitions=True)
    if near:
        said = "  ".join(f"{number} {each.label.get(language)}" for number, each in enumerate(near, 1))
        yield 2, Text(f"{_word('instead', language)} {said}", style="dim")


def reviewed_lines(counts: Mapping[str, int], resting: tuple[int, int], language: Language) -> Iterator[Line]:
    """What came of a review.

    Args:
        counts: how many values were `confirmed`, `changed` and taken `out`, and how many are `left`.
        resting: how many findings rested on what is not confirmed before, and do now.
        language: of the words.
    """
    yield 0, Text(_word("reviewed", language, **counts))
    yield 0, Text(_word("resting", language, before=resting[0], after=resting[1]))


def _owner(item: Unconfirmed, language: Language) -> Text:
    if item.measure is None:
        return Text(WORDS["proposal as a whole"].get(language), style="bold")
    title = item.measure_title.get(language) if item.measure_title else ""
    return Text.assemble((item.measure, "bold"), f"  {title}" if title else "")


def _value_lines(item: Unconfirmed, language: Language, indent: int, *, definitions: bool = False) -> Iterator[Line]:
    said = Text.assemble(f"{item.label.get(language)}: ", (item.text.get(language), "bold cyan"))
    if item.terms:
        other = next(each for each in LANGUAGES if each != language)
        labels = ", ".join(each.label.get(other) for each in item.terms)
        said.append(f"  ({other}: {labels}; {', '.join(each.id for each in item.terms)})", style="dim")
    yield indent, said
    for each in item.terms[:_MOST_TERMS] if definitions else ():
        if each.definition is not None:
            yield indent + 2, Text(each.definition.get(language), style="dim")
    if item.rules:
        rules = ", ".join(item.rules[:_MOST_RULES])
        if len(item.rules) > _MOST_RULES:
            rules += f", {_word('and more', language, count=len(item.rules) - _MOST_RULES)}"
        yield indent + 2, Text(_word("findings", language, rules=rules), style="dim")


def _evidence_lines(item: Unconfirmed, passages: Passages, language: Language, indent: int) -> Iterator[Line]:
    for each in item.evidence:
        parts = [each.document, each.place]
        if each.confidence is not None:
            parts.append(_word("sure", language, percent=round(each.confidence * _SURE)))
        yield indent, Text(" · ".join(filter(None, parts)), style="dim")
        passage = passages.get(each)
        if passage is not None and passage.words:
            # The signs are for who has no bold: a file, a log, a reader of screens.
            words = (f">>{passage.words}<<", "bold yellow")
            yield indent + 2, Text.assemble(passage.before, words, passage.after)
        elif each.quote:
            yield indent + 2, Text(_word("quote", language, quote=each.quote))
        if passage is not None and not passage.fits:
            yield indent + 2, Text(_word("elsewhere", language), style="red")
        if each.note:
            yield indent + 2, Text(_word("note", language, note=each.note), style="dim")
