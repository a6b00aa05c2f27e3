"""Amendments in words: what was otherwise, from what to what, on which lines."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from consistent.findings.outcome import LABELS
from consistent.inquiries.differences.amendments import Amendment, Passage, Subject, What
from consistent.model.text import Language, Localized, Tone
from consistent.reports.labels import DIMENSION_LABELS, GROUND_LABELS
from consistent.reports.outline import Item, Span, dim

__all__ = ["AmendmentText"]

# What of a file is quoted beside a cause; the rest can be read in the file.
_MOST_LINES = 12
# One line on either side of a rule stands in the line of the cause if both are no longer than this.
_SHORT = 120

_SAID = {
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
    "fact": Localized("fact", "feit"),
    "term": Localized("term", "term"),
}
_CODES = {"verdict": LABELS, "ground": GROUND_LABELS, "dimension": DIMENSION_LABELS}


class AmendmentText:
    """Says amendments in one language."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def _word(self, name: str) -> str:
        return _SAID[name].get(self._language)

    def whole(self, subject: Subject, what: What) -> str:
        """That the whole of something came, went or was renumbered."""
        return _WHOLE[subject, what].get(self._language)

    def line(self, each: Amendment, here: str | None = None) -> str:
        """An amendment in words, with its number and lines; `here`: the measure under which it stands."""
        if each.subject == "pack":
            text = _PACKS[each.what].get(self._language).format(pack=each.id, day=each.day)
            counts = _COUNTS.get(self._language).format(rules=len(each.rules), facts=len(each.facts))
            return f"[{each.number}] {text} ({counts})"
        owner = self._owner(each, here)
        if not each.part:
            what = _WHOLE[each.subject, each.what].get(self._language)
            before = (
                f"{each.old.text.get(self._language)} -> "
                if each.what == "renumbered" and each.old and each.old.text
                else ""
            )
            text = f"{what}: {before}{each.id}"
        else:
            label = each.label or _PARTS[each.part]
            text = ", ".join(part for part in (owner, label.get(self._language)) if part)
            turn = self._value(each)
            text += f": {turn}" if turn else ""
        place = self._place(each)
        return f"[{each.number}] {text}" + (f" ({place})" if place else "")

    def _owner(self, each: Amendment, here: str | None) -> str:
        if each.subject == "proposal":
            return self._word("the proposal")
        if each.subject == "measure":
            return "" if each.id == here else each.id
        return f"{_KINDS[each.subject].get(self._language)} {each.id}"

    def _value(self, each: Amendment) -> str:
        """From what to what: single values where a list was amended, else the whole."""
        old, new = each.old or Passage(""), each.new or Passage("")
        if set(old.values) & set(new.values) and old.known is new.known:
            sides = (("added", each.added), ("removed", each.removed))
            return "; ".join(
                f"{self._word(name)} {', '.join(one.get(self._language) for one in listed)}" for name, listed in sides if listed
            )  # fmt: skip
        if old.text is None and new.text is None:
            return "" if self._is_long(each) else f"{self._line(old.lines)} -> {self._line(new.lines)}"
        return f"{self._said(old, each.part)} -> {self._said(new, each.part)}"

    def _said(self, passage: Passage, part: str) -> str:
        if passage.text is None or not passage.text.get(self._language):
            return self._word("nothing")
        text = passage.text.get(self._language)
        label = _CODES.get(part, {}).get(passage.text.en)
        return label.get(self._language) if label else text

    def _line(self, lines: Iterable[tuple[int, str]]) -> str:
        return " ".join(text for _, text in lines) or self._word("nothing")

    @staticmethod
    def _is_long(each: Amendment) -> bool:
        """Whether the lines of a rule need lines of their own here too."""
        sides = [passage.lines for passage in (each.old, each.new) if passage]
        texts = [text for lines in sides for _, text in lines]
        return not texts or any(len(lines) > 1 for lines in sides) or sum(map(len, texts)) > _SHORT

    def _place(self, each: Amendment) -> str:
        """The lines in both files; of a fact with the name of the file, which its id does not tell."""
        named = each.subject == "fact"
        places = [self._at(passage, named=named) for passage in (each.old, each.new) if passage]
        found = " -> ".join(place for place in places if place)
        return found if named or not found else f"{self._word('line')} {found}"

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
