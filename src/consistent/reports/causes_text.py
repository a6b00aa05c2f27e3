"""What a change comes from, in words: an amendment of a proposal or a pack, from what to what, on which lines."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from consistent.findings.outcome import LABELS
from consistent.inquiries.differences.amending import Amendment, Passage, Subject, What
from consistent.model.text import Language, Localized, Tone
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS
from consistent.reports.outline import (
    Item,
    Span,
    dim,
)

__all__ = ["AmendmentText"]

# What of a file is quoted beside a cause; the rest can be read in the file.
_MOST_LINES = 12
# One line on either side of a rule stands in the line of the cause if both are no longer than this.
_SHORT = 120

_CHANGED = {
    "nothing": Localized("nothing", "niets"),
    "line": Localized("line", "regelnr."),
    "added": Localized("added", "toegevoegd"),
    "removed": Localized("removed", "geschrapt"),
    "the proposal": Localized("the proposal", "het voorstel"),
}
_PACKS = {
    "begins": Localized("the pack {pack} is in force since {day}", "het pakket {pack} geldt sinds {day}"),
    "ends": Localized(
        "the pack {pack} is no longer in force: its last day was {day}",
        "het pakket {pack} geldt niet meer: de laatste dag was {day}",
    ),
}
_COUNTS = Localized("rules {rules}, facts {facts}", "regels {rules}, feiten {facts}")
# What happened to what, where the whole of it came, went or was renumbered.
_WHOLE = {
    ("measure", "added"): Localized("measure added", "maatregel toegevoegd"),
    ("measure", "dropped"): Localized("measure dropped", "maatregel geschrapt"),
    ("measure", "renumbered"): Localized("renumbered", "hernummerd"),
    ("rule", "added"): Localized("new rule", "nieuwe regel"),
    ("rule", "dropped"): Localized("rule dropped", "regel geschrapt"),
    ("rule", "begins"): Localized("rule now in force", "regel nu van kracht"),
    ("rule", "ends"): Localized("rule no longer in force", "regel niet meer van kracht"),
    ("fact", "added"): Localized("new fact", "nieuw feit"),
    ("fact", "dropped"): Localized("fact dropped", "feit geschrapt"),
    ("fact", "begins"): Localized("fact now in force", "feit nu van kracht"),
    ("fact", "ends"): Localized("fact no longer in force", "feit niet meer van kracht"),
    ("term", "added"): Localized("new term", "nieuwe term"),
    ("term", "dropped"): Localized("term dropped", "term geschrapt"),
}
_PARTS = {
    "when": Localized("conditions", "voorwaarden"),
    "unless": Localized("exceptions", "uitzonderingen"),
    "verdict": Localized("verdict", "uitkomst"),
    "ground": Localized("ground", "grond"),
    "dimension": Localized("dimension", "toets"),
    "defeats": Localized("superiority", "voorrang"),
    "texts": Localized("texts and examples", "teksten en voorbeelden"),
}
# Kinds of thing that a reader could not tell by their ids.
_KINDS = {
    "rule": Localized("rule", "regel"),
    "concept": Localized("concept", "begrip"),
    "fact": Localized("fact", "feit"),
    "term": Localized("term", "term"),
}
_RESTING = Localized("rules that rest on it: {rules}", "regels die erop rusten: {rules}")
_CODES = {"verdict": LABELS, "ground": GROUND_LABELS, "dimension": DIMENSION_LABELS}


class AmendmentText:
    """Says amendments in one language."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def word(self, name: str) -> str:
        """A word that amendments are told with: `nothing`, `added`, `the proposal`."""
        return _CHANGED[name].get(self._language)

    def whole(self, subject: Subject, what: What) -> str:
        """That the whole of something came, went or was renumbered."""
        return _WHOLE[subject, what].get(self._language)

    def line(self, amendment: Amendment, here: str | None = None) -> str:
        """An amendment in words, with its number and lines; `here`: the measure under which it stands."""
        if amendment.subject == "pack":
            text = _PACKS[amendment.what].get(self._language).format(pack=amendment.id, day=amendment.day)
            counts = _COUNTS.get(self._language).format(rules=len(amendment.rules), facts=len(amendment.facts))
            return f"[{amendment.number}] {text} ({counts})"
        owner = self._owner(amendment, here)
        if not amendment.part:
            what = _WHOLE[amendment.subject, amendment.what].get(self._language)
            before = (
                f"{amendment.old.text.get(self._language)} -> "
                if amendment.what == "renumbered" and amendment.old and amendment.old.text
                else ""
            )
            text = f"{what}: {before}{amendment.id}"
        else:
            label = amendment.label or _PARTS[amendment.part]
            text = ", ".join(part for part in (owner, label.get(self._language)) if part)
            turn = self._value(amendment)
            text += f": {turn}" if turn else ""
        if amendment.subject == "concept":
            text += f"; {_RESTING.get(self._language).format(rules=', '.join(amendment.rules))}"
        place = self._place(amendment)
        return f"[{amendment.number}] {text}" + (f" ({place})" if place else "")

    def _owner(self, amendment: Amendment, here: str | None) -> str:
        if amendment.subject == "proposal":
            return self.word("the proposal")
        if amendment.subject == "measure":
            return "" if amendment.id == here else amendment.id
        return f"{_KINDS[amendment.subject].get(self._language)} {amendment.id}"

    def _value(self, amendment: Amendment) -> str:
        """From what to what: single values where a list was amended, else the whole."""
        old, new = amendment.old or Passage(""), amendment.new or Passage("")
        if set(old.values) & set(new.values) and old.known is new.known:
            sides = (("added", amendment.added), ("removed", amendment.removed))
            return "; ".join(
                f"{self.word(name)} {', '.join(one.get(self._language) for one in listed)}" for name, listed in sides if listed
            )  # fmt: skip
        if old.text is None and new.text is None:
            return "" if self._is_long(amendment) else f"{self._line(old.lines)} -> {self._line(new.lines)}"
        return f"{self._said(old, amendment.part)} -> {self._said(new, amendment.part)}"

    def _said(self, passage: Passage, part: str) -> str:
        if passage.text is None or not passage.text.get(self._language):
            return self.word("nothing")
        text = passage.text.get(self._language)
        label = _CODES.get(part, {}).get(passage.text.en)
        return label.get(self._language) if label else text

    def _line(self, lines: Iterable[tuple[int, str]]) -> str:
        return " ".join(text for _, text in lines) or self.word("nothing")

    @staticmethod
    def _is_long(amendment: Amendment) -> bool:
        """Whether the lines of a rule need lines of their own here too."""
        sides = [passage.lines for passage in (amendment.old, amendment.new) if passage]
        texts = [text for lines in sides for _, text in lines]
        return not texts or any(len(lines) > 1 for lines in sides) or sum(map(len, texts)) > _SHORT

    def _place(self, amendment: Amendment) -> str:
        """The lines in both files; of a fact with the name of the file, which its id does not tell."""
        named = amendment.subject == "fact"
        places = [self._at(passage, named=named) for passage in (amendment.old, amendment.new) if passage]
        found = " -> ".join(place for place in places if place)
        return found if named or not found else f"{self.word('line')} {found}"

    @staticmethod
    def _at(passage: Passage, *, named: bool) -> str:
        line = passage.lines[0][0] if passage.lines else passage.line
        if line is None:
            return ""
        return f"{Path(passage.path).name}:{line}" if named else str(line)

    def quoted(self, amendment: Amendment) -> Iterator[Item]:
        """The lines of a rule that differ, where they are too long for the line of the cause."""
        if amendment.old is None or amendment.new is None or not self._is_long(amendment):
            return
        sides: tuple[tuple[str, Tone, Passage], ...] = (("-", "bad", amendment.old), ("+", "good", amendment.new))
        for mark, tone, passage in sides:
            for number, text in passage.lines[:_MOST_LINES]:
                yield Item((dim(f"{mark} {number}: "), Span(text, tone=tone)))
            if len(passage.lines) > _MOST_LINES:
                yield Item(dim(f"{mark} ..."))
