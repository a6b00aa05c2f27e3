"""What a text says against itself, as a list by kind with the passages."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import PurePath

from consistent.documents.places import place_in
from consistent.errors import printable
from consistent.model.text import Language, Localized, capitalised
from consistent.proofreading.discrepancy import Discrepancy, Kind, Passage
from consistent.proofreading.proofread import Proofreading
from consistent.reports.outline import BREAK, Block, Item, Paragraph, Section, with_code

__all__ = ["KIND_LABELS", "proofreading_outline", "proofreading_title"]

KIND_LABELS: dict[Kind, Localized] = {
    "dead-reference": Localized("References that lead nowhere", "Verwijzingen naar bepalingen die er niet zijn"),
    "wrong-reference": Localized(
        "References to a provision that speaks of something else",
        "Verwijzingen naar een bepaling die over iets anders gaat",
    ),
    "delegation": Localized("Delegated powers", "Gedelegeerde bevoegdheden"),
    "committee": Localized("Implementing powers and committees", "Uitvoeringsbevoegdheden en comités"),
    "recital": Localized("Recitals without an article", "Overwegingen zonder artikel"),
    "term": Localized("Terms and names", "Begrippen en namen"),
    "figure": Localized("Days, sums and numbers", "Data, bedragen en aantallen"),
    "language": Localized("Differences between the languages", "Verschillen tussen de talen"),
}
_WORDS = {
    "title": Localized("The text against itself: {name}", "De tekst naast zichzelf: {name}"),
    "none": Localized(
        "Nothing was found in which the text contradicts itself. That is no proof that there is nothing.",
        "Er is niets gevonden waarin de tekst zichzelf tegenspreekt. Dat bewijst niet dat er niets is.",
    ),
    "one": Localized(
        "1 place where the text seems to contradict itself. Look at the passages before you rely on it.",
        "1 plaats waar de tekst zichzelf lijkt tegen te spreken. Bekijk de passages voordat u erop afgaat.",
    ),
    "some": Localized(
        "{count} places where the text seems to contradict itself. Look at the passages before you rely on them.",
        "{count} plaatsen waar de tekst zichzelf lijkt tegen te spreken. Bekijk de passages voordat u erop afgaat.",
    ),
    "alone": Localized(
        "Only one language was given. `--beside DOCUMENT` lays another beside it.",
        "Er is maar één taalversie gegeven. `--beside DOCUMENT` legt er een andere naast.",
    ),
}


def proofreading_title(made: Proofreading, language: Language) -> str:
    """The heading of a page."""
    return printable(_WORDS["title"].get(language).format(name=PurePath(made.document.name).name))


def proofreading_outline(made: Proofreading, language: Language) -> Iterator[Block]:
    """All that was found, by kind.

    Args:
        made: what was found.
        language: of the reader; what is quoted stays in the language of its document.
    """
    count = len(made.found)
    said = _WORDS["none" if not count else "one" if count == 1 else "some"].get(language).format(count=count)
    yield Paragraph(said, "judgement")
    for kind, found in groupby(made.found, key=lambda each: each.kind):
        yield Section(KIND_LABELS[kind].get(language), [_item(each, language) for each in found])
    if made.beside is None:
        yield BREAK
        yield Paragraph(with_code(_WORDS["alone"].get(language)), "note")


_OPENED, _CLOSED = {"en": "\u2018", "nl": "\u201c"}, {"en": "\u2019", "nl": "\u201d"}
_BACKTICKS = re.compile("`([^`]*)`")


def _item(found: Discrepancy, language: Language) -> Item:
    """What was found; words of the document stand in quotation marks, for they are not typed."""
    said = _BACKTICKS.sub(lambda words: _quoted(words[1], language), printable(found.message.get(language)))
    return Item(said[:1].upper() + said[1:], [Paragraph(_passage(passage, language)) for passage in found.passages])


def _quoted(words: str, language: Language) -> str:
    return f"{_OPENED[language]}{words}{_CLOSED[language]}"


def _passage(passage: Passage, language: Language) -> str:
    return printable(f"{capitalised(place_in(passage.place, language))}: {_quoted(passage.quote, language)}")
