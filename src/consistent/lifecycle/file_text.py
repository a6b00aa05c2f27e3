"""A file for a reader: its versions, what must be known, what became of positions and of powers, and what the texts change."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve
from rich.console import Console

from consistent.documents.places import place_in
from consistent.lifecycle.fates import POSITION_FATES, POWER_FATES, SIDES, Side
from consistent.lifecycle.file import File, Step
from consistent.lifecycle.positions import PositionTrail
from consistent.lifecycle.powers import HOLDERS, KINDS, PROCEDURES, UNNAMED, Power, PowerTrail
from consistent.lifecycle.versions import STAGES, Version
from consistent.model.text import Language, Localized, Tone
from consistent.reports.amended_text import counted_text, division_line, heaviest, text_outline
from consistent.reports.outline import (
    BREAK,
    Block,
    Fold,
    Inline,
    Item,
    Paragraph,
    Role,
    Section,
    Span,
    Table,
    dim,
    spans,
    strong,
)
from consistent.reports.terminal import count_lines, print_outline

__all__ = ["file_outline", "first_screen", "print_file", "table_outline"]

_LOUD: tuple[Role, Tone] = ("strong", "bad")
_QUIET: tuple[Role, Tone] = ("", "caution")
_TONES: Mapping[Side, Tone] = {"against": "bad", "for": "good"}
SCREEN = 25
_TO = " \u2192 "
# So many positions and powers are told by themselves on a screen, as long as there is room.
_MOST_TOLD = 5
_WORDS = {
    "versions": Localized("Versions", "Versies"),
    "order": Localized("order: {order}", "volgorde: {order}"),
    "look": Localized("Look here first", "Kijk hier eerst naar"),
    "unread": Localized("not read: {document}: {why}", "niet gelezen: {document}: {why}"),
    "positions": Localized("Positions", "Posities"),
    "powers": Localized("Powers", "Bevoegdheden"),
    "balance": Localized("Who may do what", "Wie wat mag"),
    "texts": Localized("What each text changes", "Wat elke tekst wijzigt"),
    "text": Localized("{old} \u2192 {new}", "{old} \u2192 {new}"),
    "by": Localized("by {version}", "door {version}"),
    "none": Localized(
        "No rule is decided in any version: each is open or says nothing.",
        "In geen versie is een regel beslist: elke staat open of zegt niets.",
    ),
    "no powers": Localized("No text gives a power.", "Geen tekst geeft een bevoegdheid."),
    "undecided": Localized(
        "open in some version, or said only in passing, and decided in none: {count} (review the draft of each version to settle them)",
        "open of alleen terloops gezegd in een versie, en in geen beslist: {count} (kijk het concept van elke versie na om ze te beslissen)",
    ),
    "presumed": Localized(
        "what the rule needs was not found in the new words: compare them",
        "wat de regel nodig heeft, is in de nieuwe woorden niet gevonden: vergelijk ze",
    ),
    "draft": Localized(
        "read by machine, not reviewed: it can be wrong",
        "machinaal gelezen, niet nagekeken: het kan onjuist zijn",
    ),
    "perhaps": Localized("perhaps the same as {place}", "mogelijk dezelfde als {place}"),
    "more": Localized("and {count} more: `-v`", "en nog {count}: `-v`"),
    "changed": Localized("{old} \u2192 {new}", "{old} \u2192 {new}"),
    "meaning": Localized("What the words mean", "Wat de woorden betekenen"),
    "whole text": Localized("the text as a whole", "de tekst als geheel"),
    "rule": Localized("Rule", "Regel"),
    "became": Localized("Became", "Werd"),
    "version": Localized("Version", "Versie"),
    "date": Localized("Date", "Datum"),
    "document": Localized("Document", "Document"),
    "size": Localized("Articles", "Artikelen"),
    "no date": Localized("no date", "geen datum"),
    "by file": Localized("stage as `file.toml` says", "stadium zoals `file.toml` zegt"),
    "one": Localized("There is one version: nothing to compare yet.", "Er is een versie: nog niets te vergelijken."),
    "not compared": Localized("not compared", "niet vergeleken"),
    "words": Localized("every word that changes: {step}", "elk woord dat verandert: {step}"),
    "same": Localized("No provision is amended.", "Geen bepaling is gewijzigd."),
}


def print_file(found: File, console: Console, language: Language, *, verbose: bool = False) -> None:
    """Print a file: all of it where that fits a screen or is asked for, else what weighs most."""
    outline = list(file_outline(found, language))
    if not verbose and count_lines(console, outline) > SCREEN:
        outline = list(first_screen(found, language, console.width))
    print_outline(console, outline)


def first_screen(found: File, language: Language, width: int) -> list[Block]:
    """What weighs most, on one screen: versions, what must be known, positions and powers counted and the first of each.

    What must be known is never left out, however long it is.
    """
    console = Console(width=width, color_system=None)
    screens = (list(_screen(found, language, width, most)) for most in range(_MOST_TOLD, 0, -1))
    shortest: list[Block] = []
    for shortest in screens:
        if count_lines(console, shortest) <= SCREEN:
            break
    return shortest


def _screen(found: File, language: Language, width: int, most: int) -> Iterator[Block]:
    """The same with at most so many positions and powers."""
    file = _FileText(found, language)
    yield Section(strong(_cut(found.title, width)), [Item(_cut(line, width - 2)) for line in file.version_lines()])
    yield from (block for block in file.notices() if block is not BREAK)
    yield Section((strong(file.word("positions")), dim(file.caveat())), file.positions_in_short(width, most))
    yield Section(strong(file.word("powers")), file.powers_in_short(width, most))
    yield Section(strong(file.word("texts")), (_cut_item(item, width - 2) for item in file.texts_in_short()))


def file_outline(found: File, language: Language) -> Iterator[Block]:
    """All that a file tells."""
    file = _FileText(found, language)
    yield from file.draft_note()
    yield from file.notices()
    yield Section(
        strong(file.word("versions")), [file.version_table(), Paragraph(dim(file.order()))], anchor="versions"
    )
    yield BREAK
    yield Section(strong(file.word("positions")), file.positions(), anchor="positions")
    yield BREAK
    yield Section(strong(file.word("powers")), file.powers(), anchor="powers")
    yield BREAK
    yield Section(strong(file.word("texts")), file.texts(), anchor="texts")
    yield Section(strong(file.word("meaning")), file.meanings(), anchor="words")


def table_outline(found: File, language: Language) -> Iterator[Block]:
    """The same for Word: everything in tables, without the words of the texts."""
    file = _FileText(found, language)
    yield from file.draft_note()
    yield from file.notices()
    yield Section(strong(file.word("versions")), [file.version_table(), Paragraph(dim(file.order()))])
    yield Section(strong(file.word("positions")), file.positions())
    yield Section(strong(file.word("powers")), file.powers())
    yield Section(strong(file.word("texts")), file.texts_in_short())
    yield Section(strong(file.word("meaning")), file.meanings())


class _FileText:
    """Says a file in one language."""

    def __init__(self, found: File, language: Language) -> None:
        self._found, self._language = found, language

    def word(self, name: str, **values: object) -> str:
        """A word or sentence, filled in."""
        return _WORDS[name].get(self._language).format(**values)

    def order(self) -> str:
        """What the order rests on."""
        return self.word("order", order=self._found.order.get(self._language))

    def caveat(self) -> str:
        """That nobody reviewed what was read, behind a heading; empty where somebody did."""
        return "" if all(version.reviewed for version in self._found.versions) else f"  {self.word('draft')}"

    def draft_note(self) -> Iterator[Block]:
        """The same as a note."""
        if self.caveat():
            yield Paragraph(dim(self.word("draft")), "note")

    def _stage(self, version: Version) -> str:
        return STAGES[version.stage].get(self._language)

    def _short(self, number: int) -> str:
        """A version in a few words: `2 Council text ST 16298/22`."""
        version = self._found.named(number)
        return f"{version.number} {self._stage(version)}"

    def version_lines(self) -> Iterator[str]:
        """A line a version, then what the order rests on."""
        for version in self._found.versions:
            day = version.date.isoformat() if version.date else self.word("no date")
            yield f"{version.number}  {day}  {self._stage(version)}  {version.name}  {version.document if version.document != version.name else ''}".rstrip()
        yield self.order()

    def version_table(self) -> Table:
        """A row a version."""
        heads = tuple(self.word(name) for name in ("version", "date", "document", "size"))
        rows = []
        for version in self._found.versions:
            day = version.date.isoformat() if version.date else self.word("no date")
            stage = self._short(version.number) + (f" ({self.word('by file')})" if version.told == "file.toml" else "")
            document = version.name if version.name == version.document else f"{version.name} ({version.document})"
            rows.append(tuple(map(spans, (stage, day, document, str(version.articles)))))
        return Table(heads=heads, rows=tuple(rows), whole=frozenset({1}))

    def notices(self) -> Iterator[Block]:
        """What must be known before anything is relied on; nothing where there is nothing."""
        told: list[Inline] = []
        for unread in self._found.unread:
            why = unread.fault.in_words(self._language)[0]
            told.append(Span(self.word("unread", document=unread.document, why=why), "strong", "bad"))
        told += [Span(notice.get(self._language), "", "caution") for notice in self._found.notices]
        for step in self._found.steps:
            role, tone = _LOUD if step.text is None else _QUIET
            told += [Span(notice.get(self._language), role, tone) for notice in step.notices]
        if told:
            yield Section(strong(self.word("look"), "caution"), map(Item, told))
            yield BREAK

    # Positions.

    def _counts(self, fates: Sequence[str], labels: Mapping[Any, Localized]) -> str:
        counts = Counter(fates)
        return ", ".join(f"{labels[fate].get(self._language)} {counts[fate]}" for fate in labels if counts[fate])

    def _position_counts(self) -> str:
        labels = {fate: about.label for fate, about in POSITION_FATES.items()}
        return self._counts([trail.fate for trail in self._found.positions], labels)

    def _place(self, trail: PositionTrail) -> str:
        """The place in the last text that has one, after that in the first where it is another."""
        places = [place_in(place, self._language) for place in trail.places if place]
        if not places:
            return self.word("whole text")
        return places[-1] if places[0] == places[-1] else f"{places[0]} \u2192 {places[-1]}"

    def _by(self, number: int | None) -> str:
        return "" if number is None else self.word("by", version=self._short(number))

    def positions_in_short(self, width: int, most: int) -> Iterator[Block]:
        """Counted, and the first ones."""
        trails = self._found.positions
        if not trails:
            yield Item(self.word("none"))
        else:
            yield Item(self._position_counts())
        for trail in _one_of_each(trails, most):
            about = POSITION_FATES[trail.fate]
            said = f"  {trail.title.get(self._language)}: {self._place(trail)}"
            label = about.label.get(self._language)
            yield Item((strong(label, about.tone), _cut(said, width - 2 - len(label))))
        if len(trails) > most:
            yield Item(dim(self.word("more", count=len(trails) - most)))
        if self._found.undecided:
            yield Item(dim(_cut(self.word("undecided", count=self._found.undecided), width - 2)))

    def positions(self) -> Iterator[Block]:
        """A table: a row for each rule at each place, a column for each version."""
        trails = self._found.positions
        if trails:
            yield Paragraph(self._position_counts(), "judgement")
            heads = (
                self.word("became"),
                self.word("rule"),
                *(self._short(version.number) for version in self._found.versions),
            )
            yield Table(heads=heads, rows=tuple(tuple(self._position(trail)) for trail in trails))
        else:
            yield Paragraph(self.word("none"))
        if self._found.undecided:
            yield Paragraph(dim(self.word("undecided", count=self._found.undecided)))

    def _position(self, trail: PositionTrail) -> Iterator[tuple[Span, ...]]:
        about = POSITION_FATES[trail.fate]
        by = self._by(trail.by)
        yield spans((strong(about.label.get(self._language), about.tone), f" {by}" if by else ""))
        names = ", ".join(trail.positions)
        presumed = f" ({self.word('presumed')})" if trail.presumed else ""
        yield spans(
            (trail.title.get(self._language), presumed, dim(f" {trail.rule}"), dim(f" \u00b7 {names}" if names else ""))
        )
        for side, place in zip(trail.sides, trail.places, strict=True):
            label = SIDES[side].get(self._language)
            yield spans(
                (f"{place_in(place, self._language)}: " if place else "", Span(label, "", _TONES.get(side, "")))
            )

    # Powers.

    def _power_counts(self) -> str:
        labels = {fate: about.label for fate, about in POWER_FATES.items()}
        return self._counts([trail.fate for trail in self._found.powers], labels)

    def powers_in_short(self, width: int, most: int) -> Iterator[Block]:
        """How many each holder has in each version, then what weighs most."""
        if not self._found.powers:
            yield Item(self.word("no powers"))
            return
        for terms, counts in self._found.balance():
            yield Item(_cut(f"{self._terms(terms)}: {_TO.join(map(str, counts))}", width - 2))
        told = [trail for trail in self._found.powers if trail.fate != "kept"]
        acts = [trail for trail in told if trail.last.kind != "decision"]
        chosen = acts[:most]
        for trail in chosen:
            yield Item(
                _cut(f"{POWER_FATES[trail.fate].label.get(self._language)}: {self._power_line(trail)}", width - 2)
            )
        if len(told) > len(chosen):
            yield Item(dim(self.word("more", count=len(told) - len(chosen))))

    def _terms(self, terms: tuple[str, str, str]) -> str:
        holder, kind, procedure = terms
        named = HOLDERS[holder].get(self._language) if holder in HOLDERS else holder
        said = f"{named}, {KINDS[kind].get(self._language)}"  # type: ignore[index]  # of these literals
        if kind != "implementing":
            return said
        return f"{said} ({PROCEDURES.get(procedure, UNNAMED).get(self._language)})"

    def _power_line(self, trail: PowerTrail) -> str:
        first, last = trail.first, trail.last
        places = dict.fromkeys((first.place.get(self._language), last.place.get(self._language)))
        described = last.described.get(self._language)
        if trail.fate == "changed":
            described = self.word("changed", old=first.described.get(self._language), new=described)
        hint = f"; {self.word('perhaps', place=trail.perhaps.get(self._language))}" if trail.perhaps else ""
        return f"{_TO.join(places)}, {described}{hint}"

    def powers(self) -> Iterator[Block]:
        """Who may do what in each version, then a row for each power that did not stay as it was; those that did are folded."""
        if not self._found.powers:
            yield Paragraph(self.word("no powers"))
            return
        versions = [self._short(version.number) for version in self._found.versions]
        rows = tuple(
            (spans(self._terms(terms)), *map(spans, map(str, counts))) for terms, counts in self._found.balance()
        )
        yield Table(heads=(self.word("balance"), *versions), rows=rows, numbers=True)
        yield Paragraph(self._power_counts(), "judgement")
        for fate, about in POWER_FATES.items():
            trails = [trail for trail in self._found.powers if trail.fate == fate]
            if not trails:
                continue
            table = Table(
                heads=(about.label.get(self._language), *versions),
                rows=tuple(tuple(self._power(trail)) for trail in trails),
            )
            heading = f"{about.label.get(self._language)} ({len(trails)})"
            yield Fold(strong(heading), [table], open=fate != "kept")

    def _power(self, trail: PowerTrail) -> Iterator[tuple[Span, ...]]:
        by = self._by(trail.by)
        hint = f" ({self.word('perhaps', place=trail.perhaps.get(self._language))})" if trail.perhaps else ""
        yield spans((self._described(trail), f" {by}" if by else "", Span(hint, "", "caution")))
        before: Power | None = None
        for power in trail.powers:
            if power is None:
                yield spans(dim("\u2014"))
                continue
            place = power.place.get(self._language)
            # What stayed in the same words is quoted once.
            quoted = before is None or before.quote != power.quote
            changed = before is not None and before.terms != power.terms
            said = f" {power.described.get(self._language)}." if changed else ""
            yield spans((strong(place), said, dim(f" {power.quote}") if quoted else ""))
            before = power

    def _described(self, trail: PowerTrail) -> str:
        if trail.fate != "changed":
            return trail.last.described.get(self._language)
        return self.word(
            "changed", old=trail.first.described.get(self._language), new=trail.last.described.get(self._language)
        )

    # What the words became.

    def _step_heading(self, step: Step) -> str:
        return self.word("text", old=self._short(step.old), new=self._short(step.new))

    def texts_in_short(self) -> Iterator[Item]:
        """A line a step."""
        if not self._found.steps:
            yield Item(self.word("one"))
        for step in self._found.steps:
            if step.text is None:
                said: str | Span = Span(self.word("not compared"), "strong", "bad")
            else:
                said = "; ".join(counted_text(step.text, self._language)) or self.word("same")
            yield Item((dim(f"{self._step_heading(step)}: "), said))

    def texts(self) -> Iterator[Block]:
        """Each step: counted, what changed most, and every word folded."""
        yield from self.texts_in_short()
        for step in self._found.steps:
            if step.text is None or not step.text.changed:
                continue
            lines = [Item(division_line(change, self._language)) for change in heaviest(step.text, 10)]
            yield Section(strong(self._step_heading(step)), lines)
            yield Fold(self.word("words", step=self._step_heading(step)), text_outline(step.text, self._language))

    def meanings(self) -> Iterator[Block]:
        """What each word that was used means."""
        used = {trail.fate for trail in self._found.positions}
        for fate, about in POSITION_FATES.items():
            if fate in used:
                yield Item((strong(about.label.get(self._language)), f": {about.meaning.get(self._language)}"))
        given = {trail.fate for trail in self._found.powers}
        for power_fate, about in POWER_FATES.items():
            if power_fate in given:
                yield Item((strong(about.label.get(self._language)), f": {about.meaning.get(self._language)}"))


def _one_of_each(trails: Sequence[PositionTrail], most: int) -> Sequence[PositionTrail]:
    """The first of each fate, then the others; in their order."""
    firsts: dict[str, PositionTrail] = {}
    for trail in trails:
        firsts.setdefault(trail.fate, trail)
    chosen = [*firsts.values(), *(trail for trail in trails if trail not in firsts.values())][:most]
    return [trail for trail in trails if any(trail is other for other in chosen)]


def _cut_item(item: Item, width: int) -> Item:
    """An item in one line."""
    kept: list[Span] = []
    room = width
    for span in item.text:
        kept.append(evolve(span, text=_cut(span.text, room)))
        room -= len(kept[-1].text)
        if room <= 0:
            break
    return Item(tuple(kept))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: max(0, width - 2)].rstrip()} \u2026"
