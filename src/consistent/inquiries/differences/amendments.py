"""What differs between two cases, piece by piece: values of the proposal, rules, facts, terms."""

from typing import Literal

from attrs import field, frozen

from consistent.model.text import Localized

__all__ = ["Amendment", "Key", "Passage", "Subject", "What"]

Subject = Literal["proposal", "measure", "pack", "rule", "fact", "term"]
What = Literal["added", "dropped", "renumbered", "edited", "begins", "ends"]

# What can be undone by itself: ("value", pair or None, field), ("measure", pair), ("rule", id, part),
# ("fact", kind, id, field), ("term", vocabulary, id), ("pack", begins or ends, name) for its rules and facts; an empty part or field is the whole. A pair is a measure by its number among the matched ones.
Key = tuple[str | int | None, ...]


@frozen
class Passage:
    """Where something stands in one of the two versions, and how.

    Attributes:
        path: the file.
        line: None where it has none.
        text: a value in words, or what stands there; None where nothing does.
        values: that are known to be there, as written.
        known: whether `values` is all there is.
        lines: of a rule, the lines that differ, each with its number.
    """

    path: str
    line: int | None = None
    text: Localized | None = None
    values: tuple[str, ...] = ()
    known: bool = True
    lines: tuple[tuple[int, str], ...] = ()


@frozen(kw_only=True)
class Amendment:
    """One thing that differs.

    Attributes:
        number: counted from one; causes name it.
        id: of the measure in the new version (of a dropped one in the old), the pack, the rule, the fact or the term, with
            its kind or vocabulary before a slash; empty for the proposal itself.
        title: of the measure, pack or rule; None where it has none.
        part: the field of the proposal, measure, fact or term; of a rule `when`, `unless`, `verdict`, `ground`,
            `dimension`, `defeats` or `texts`; empty where it is the whole.
        label: the field for readers; None where `part` is no field.
        added, removed: single values that came and went, in words.
        day: of a pack that begins or ends, its first or last day in force, ISO; else empty.
        rules, facts: the ids of those that begin or end with a pack.
        words_only: it cannot change an outcome.
    """

    number: int
    subject: Subject
    what: What
    id: str
    title: Localized | None = None
    part: str = ""
    label: Localized | None = None
    added: tuple[Localized, ...] = ()
    removed: tuple[Localized, ...] = ()
    old: Passage | None = None
    new: Passage | None = None
    day: str = ""
    rules: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    words_only: bool = False
    _key: Key = field(default=(), alias="key", eq=False, repr=False)
    _covers: frozenset[Key] = field(default=frozenset(), alias="covers", eq=False, repr=False)

    @property
    def key(self) -> Key:
        """What undoes it; empty where there is nothing to undo."""
        return self._key

    @property
    def covers(self) -> frozenset[Key]:
        """Of a pack, the keys of the rules and facts that begin or end with it; else empty."""
        return self._covers
