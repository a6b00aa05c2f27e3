"""What an amended text changes in words, for a reader: counted, a line each, or word by word."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from consistent.documents.comparing.comparison import DivisionChange, Fate, TextComparison, UnitChange, UnitTurn
from consistent.documents.comparing.units import Division, Unit, division_in_words, place_in_words
from consistent.documents.comparing.words import Run
from consistent.model.text import Language, Localized
from consistent.reports.outline import BREAK, Block, Item, Section, Span, dim, strong

__all__ = ["counted_text", "division_line", "heaviest", "text_outline"]

# Words that stay are shown only so far around those that differ.
_AROUND = 8
# So much of a heading is told in a line, in letters.
_HEADING = 45
_LABELS: dict[Division, Localized] = {
    "title": Localized("title", "titel"),
    "citation": Localized("citations", "aanhalingen"),
    "recital": Localized("recitals", "overwegingen"),
    "article": Localized("articles", "artikelen"),
    "annex": Localized("annexes", "bijlagen"),
}
_FATES: dict[Fate, Localized] = {
    "added": Localized("added", "toegevoegd"),
    "dropped": Localized("deleted", "geschrapt"),
    "amended": Localized("amended", "gewijzigd"),
    "renumbered": Localized("renumbered only", "alleen hernummerd"),
    "same": Localized("unchanged", "ongewijzigd"),
}
_TURNS: dict[UnitTurn, Localized] = {
    "added": Localized("added", "toegevoegd"),
    "dropped": Localized("deleted", "geschrapt"),
    "reworded": Localized("reworded", "anders verwoord"),
    "moved": Localized("moved", "verplaatst"),
    "split": Localized("split", "gesplitst"),
    "merged": Localized("merged", "samengevoegd"),
    "renumbered": Localized("renumbered", "hernummerd"),
}
_WORDS = {
    "heading": Localized("heading", "opschrift"),
    "opening": Localized("opening words", "aanhef"),
    "from": Localized("from {place}", "uit {place}"),
    "formerly": Localized("formerly {place}", "was {place}"),
}
# Divisions that lay something down come before those that give reasons.
_ORDER: tuple[Division, ...] = ("title", "article", "annex", "recital", "citation")


def counted_text(text: TextComparison, language: Language) -> Iterator[str]:
    """How many divisions of each kind met which fate, a line each; kinds that stayed as they were are left out."""
    for division in _ORDER:
        counts = text.count(division)
        if set(counts) - {"same"}:
            told = ", ".join(f"{counts[fate]} {_FATES[fate].get(language)}" for fate in _FATES if counts[fate])
            yield f"{_LABELS[division].get(language)}: {told}"


def heaviest(text: TextComparison, most: int) -> tuple[DivisionChange, ...]:
    """The divisions of which the words changed most, of those that lay something down; in the order of the text."""
    telling = [
        change
        for change in text.changed
        if change.division in {"title", "article", "annex"} and change.fate != "renumbered"
    ]
    chosen = sorted(telling, key=lambda change: -change.changed)[:most]
    return tuple(change for change in telling if any(change is other for other in chosen))


def division_line(change: DivisionChange, language: Language) -> tuple[str | Span, ...]:
    """A division in a line: which it is, what became of it, and of which of its units what."""
    told = "" if change.fate == "amended" else _FATES[change.fate].get(language)
    units = _units_in_line(change, language) if change.fate in {"amended", "renumbered"} else ""
    short = f"{change.heading[:_HEADING].rstrip()} \u2026" if len(change.heading) > _HEADING + 2 else change.heading
    heading = f" {short}" if short else ""
    return (strong(_name(change, language)), heading, ": ", "; ".join(filter(None, (told, units))))


def _name(change: DivisionChange, language: Language) -> str:
    old, new = (
        None if number is None else division_in_words(change.division, number, language)
        for number in (change.old_number, change.new_number)
    )
    if old is None or new is None or old == new:
        return new or old or ""
    return f"{old} -> {change.new_number}" if change.new_number else f"{old} -> {new}"


def _units_in_line(change: DivisionChange, language: Language) -> str:
    """`heading, (1) reworded; (2)(a), (3) added`."""
    parts = [f"{_WORDS['heading'].get(language)} {_TURNS['reworded'].get(language)}"] if change.retitled else []
    told = [unit for unit in change.changes if unit.turn != "renumbered"]
    for turn, listed in groupby(told, key=lambda unit: unit.turn):
        opening = _WORDS["opening"].get(language) if len(told) > 1 else ""
        places = ", ".join(dict.fromkeys(_short_place((unit.new or unit.old)[0]) or opening for unit in listed))
        parts.append(f"{places} {_TURNS[turn].get(language)}".strip())
    return "; ".join(parts)


def _short_place(unit: Unit) -> str:
    """A place within its division: `(1)(a)`."""
    return "".join(f"({number})" for _, number in unit.named)


def text_outline(text: TextComparison, language: Language) -> Iterator[Block]:
    """All that changes in words, division by division, with what came and what went."""
    yield from map(Item, counted_text(text, language))
    yield BREAK
    for division in _ORDER:
        changed = [change for change in text.changed if change.division == division]
        if not changed:
            continue
        only_renumbered = [change for change in changed if change.fate == "renumbered" and not change.changes]
        blocks = [
            Item(division_line(change, language), _units(change, language))
            for change in changed
            if change.fate != "renumbered" or change.changes
        ]
        if only_renumbered:
            names = ", ".join(_name(change, language) for change in only_renumbered)
            blocks.append(Item(dim(f"{_FATES['renumbered'].get(language)}: {names}")))
        yield Section(strong(f"{_LABELS[division].get(language).capitalize()} ({len(changed)})"), blocks)
        yield BREAK


def _units(change: DivisionChange, language: Language) -> Iterator[Item]:
    if change.retitled:
        label = _WORDS["heading"].get(language)
        yield Item((dim(f"{label}: "), Span(change.old_heading, "deleted"), " ", Span(change.heading, "inserted")))
    renumbered = [unit for unit in change.changes if unit.turn == "renumbered"]
    for unit in change.changes:
        if unit.turn != "renumbered":
            yield Item((*_turn(unit, language), *_words(unit)))
    if renumbered:
        pairs = ", ".join(f"{_short_place(unit.old[0])} -> {_short_place(unit.new[0])}" for unit in renumbered)
        yield Item(dim(f"{_TURNS['renumbered'].get(language)}: {pairs}"))


def _turn(unit: UnitChange, language: Language) -> Iterator[str | Span]:
    places = _places(unit.new or unit.old, language)
    yield strong(places)
    if unit.turn != "reworded":
        yield f" {_TURNS[unit.turn].get(language)}"
    before = _places(unit.old, language)
    if unit.new and before and before != places:
        key = "from" if unit.turn in {"moved", "split", "merged"} else "formerly"
        yield dim(f" ({_WORDS[key].get(language).format(place=before)})")
    yield ": "


def _places(units: Iterable[Unit], language: Language) -> str:
    return ", ".join(dict.fromkeys(place_in_words(unit, language) for unit in units))


def _words(unit: UnitChange) -> Iterator[str | Span]:
    """What came and went, with a few words around it."""
    runs = unit.words
    for number, run in enumerate(runs):
        if number:
            yield " "
        match run.turn:
            case "dropped":
                yield Span(run.text, "deleted")
            case "added":
                yield Span(run.text, "inserted")
            case "same":
                yield _shortened(run, first=number == 0, last=number == len(runs) - 1)


def _shortened(run: Run, *, first: bool, last: bool) -> str:
    words = run.text.split()
    ends = [] if first else words[:_AROUND]
    begins = [] if last else words[-_AROUND:]
    if len(words) <= len(ends) + len(begins) + 1:
        return run.text
    return " ".join((*ends, "\u2026", *begins))
