"""The words of overviews."""

from consistent.model.text import Localized
from consistent.reports.labels import WORDS

__all__ = ["OVERVIEW_WORDS"]

OVERVIEW_WORDS = {
    "title": Localized("Overview of proposals", "Overzicht van voorstellen"),
    "checked": Localized("Checked against (pack, day)", "Getoetst aan (pakket, peildatum)"),
    "said": Localized("What is said of each proposal", "Wat van elk voorstel wordt gezegd"),
    "judgement": WORDS["judgement"],
    "principles": Localized("Proposals against principles", "Voorstellen tegenover beginselen"),
    "proposal": Localized("proposal", "voorstel"),
    "principle": Localized("principle", "beginsel"),
    "total": Localized("total", "totaal"),
    "silent": Localized(
        "Principles on which the rules say nothing of these proposals ({count})",
        "Beginselen waarover de regels van deze voorstellen niets zeggen ({count})",
    ),
    "caveats": Localized("What to know of each check", "Wat van elke toets bekend moet zijn"),
    "no approval": Localized(
        "Where nothing is said, that is no approval.", "Waar niets wordt gezegd, is dat geen goedkeuring."
    ),
    "sort": Localized("Sort by this column", "Sorteer op deze kolom"),
    "sorted": Localized("Sorted by", "Gesorteerd op"),
    "descending": Localized("descending", "aflopend"),
    "ascending": Localized("ascending", "oplopend"),
    "none": Localized("No proposals.", "Geen voorstellen."),
}
