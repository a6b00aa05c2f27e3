"""What a pack knows: kinds of fact, facts, principles, positions."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import field, frozen

from consistent.errors import Location
from consistent.model.proposal import Field
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.reading.tomlfile import KeyPath, TomlFile

__all__ = ["Anchor", "Fact", "FactKind", "Manifest", "Period", "Position", "Principle"]


@frozen(eq=False)
class Anchor:
    """The place in a TOML file that something was read from."""

    file: TomlFile
    key: KeyPath = ()

    @property
    def location(self) -> Location:
        """With the line; found when first asked for."""
        return self.file.location(self.key)


@frozen
class Period:
    """From and to which day something holds, both included; None for no bound."""

    valid_from: date | None = None
    valid_to: date | None = None

    def within(self, outer: "Period") -> "Period":
        """The part of it that lies within another."""
        starts = [each for each in (self.valid_from, outer.valid_from) if each is not None]
        ends = [each for each in (self.valid_to, outer.valid_to) if each is not None]
        return Period(max(starts, default=None), min(ends, default=None))

    def nearest(self, day: date) -> date:
        """The day itself where it holds then; else the last day on which it held, or the first on which it will."""
        if day in self:
            return day
        return self.valid_from if self.valid_from is not None and day < self.valid_from else self.valid_to or day

    @property
    def never(self) -> bool:
        """Whether it ends before it starts."""
        return self.valid_from is not None and self.valid_to is not None and self.valid_to < self.valid_from

    def __contains__(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@frozen(kw_only=True)
class Manifest:
    """The head of a pack.

    Attributes:
        builds_on: names of packs; may be empty.
        sources: what the pack codifies, in canonical spellings.
    """

    name: str = field(default="", metadata={"internal": True})
    title: Localized
    builds_on: tuple[str, ...] = ()
    sources: tuple[str, ...]
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def period(self) -> Period:
        """When the pack holds; its facts and rules hold within that only."""
        return Period(self.valid_from, self.valid_to)


@frozen(kw_only=True)
class FactKind:
    """A kind of fact and the fields that its facts have."""

    name: str
    title: Localized
    fields: Mapping[str, Field]
    required: frozenset[str]
    pack: str


@frozen(kw_only=True, eq=False)
class Fact:
    """One statement of law or policy that rules can join.

    Attributes:
        id: unique within its kind.
        values: every field of the kind; a field that the fact leaves out is known to be empty.
        sources: at least one.
        ground: `law`, or `contested` with both `readings`.
        verified: when it was last compared with its source.
    """

    id: str
    kind: str
    pack: str
    values: Mapping[str, Value]
    sources: tuple[str, ...]
    period: Period
    verified: date | None
    ground: Literal["law", "contested", "policy"]
    readings: Localized | None
    anchor: Anchor


@frozen(kw_only=True)
class Principle:
    """What rules are for."""

    id: str = field(default="", metadata={"internal": True})
    title: Localized
    statement: Localized
    sources: tuple[str, ...]
    pack: str = field(default="", metadata={"internal": True})


@frozen(kw_only=True)
class Position:
    """What a document holds of a subject.

    Attributes:
        kind: a red line, a condition for support, or support.
        at: paragraphs of the document; at least one.
    """

    id: str = field(default="", metadata={"internal": True})
    kind: Literal["red-line", "condition", "support"]
    at: tuple[str, ...]
    summary: Localized
    sources: tuple[str, ...]
    pack: str = field(default="", metadata={"internal": True})
