"""What a pack knows: kinds of fact, facts, principles, positions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, Protocol

from attrs import field, frozen

from consistent.errors import Faults, Location
from consistent.model.proposal import Field, Fields, fields_in
from consistent.model.text import Localized
from consistent.model.values import Value
from consistent.model.vocabulary import Vocabularies
from consistent.shown import Shown
from consistent.slots import pickled_short
from consistent.sources import canonical_sources
from consistent.toml.structuring import Problems, read_source
from consistent.toml.tomlfile import KeyPath, TomlFile

__all__ = [
    "Anchor",
    "Fact",
    "FactKind",
    "Knowledge",
    "Limits",
    "Manifest",
    "Period",
    "Position",
    "Principle",
    "check_period",
    "check_sources",
]


@pickled_short
@frozen(eq=False)
class Anchor:
    """The place in a TOML file that something was read from."""

    file: TomlFile
    key: KeyPath = ()

    @property
    def location(self) -> Location:
        """With the line; found when first asked for."""
        return self.file.location(self.key)


@pickled_short
@frozen
class Period:
    """From and to which day something holds, both included; None for no bound."""

    valid_from: date | None = None
    valid_to: date | None = None

    def within(self, outer: "Period") -> "Period":
        """The part of it that lies within another."""
        starts = [day for day in (self.valid_from, outer.valid_from) if day is not None]
        ends = [day for day in (self.valid_to, outer.valid_to) if day is not None]
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
class Limits:
    """From when on time is worth a warning, in days.

    Attributes:
        ending_within: that something still holds, or fewer.
        verified_within: since a fact was last compared with its source; more are too many.
    """

    ending_within: int = 180
    verified_within: int = 730


@frozen(kw_only=True)
class Manifest(Shown):
    """The head of a pack.

    Attributes:
        version: as `knowledge.versions` has it; empty where it tells none.
        builds_on: names of packs, each with the range of versions that will do where that is told; may be empty.
        sources: what the pack codifies, in canonical spellings.
        digest: of all its files, by `knowledge.packs.pack_digest`; empty until they are read.
        instead_of: the folder of another pack of its name, which stands back for this one; empty where there is none.
    """

    name: str = field(default="", metadata={"internal": True})
    title: Localized
    version: str = ""
    builds_on: tuple[str, ...] = ()
    sources: tuple[str, ...] = field(converter=canonical_sources)
    valid_from: date | None = None
    valid_to: date | None = None
    digest: str = field(default="", metadata={"internal": True})
    instead_of: str = field(default="", metadata={"internal": True})

    @property
    def period(self) -> Period:
        """When the pack holds; its facts and rules hold within that only."""
        return Period(self.valid_from, self.valid_to)


@frozen(kw_only=True)
class FactKind(Shown):
    """A kind of fact and the fields that its facts have."""

    name: str
    title: Localized
    fields: Mapping[str, Field]
    required: frozenset[str]
    pack: str


@pickled_short
@frozen(kw_only=True, eq=False)
class Fact(Shown):
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
    sources: tuple[str, ...] = field(converter=canonical_sources)
    period: Period
    verified: date | None
    ground: Literal["law", "contested", "policy"]
    readings: Localized | None
    anchor: Anchor


@frozen(kw_only=True)
class Principle(Shown):
    """What rules are for."""

    id: str = field(default="", metadata={"internal": True})
    title: Localized
    statement: Localized
    sources: tuple[str, ...] = field(converter=canonical_sources)
    pack: str = field(default="", metadata={"internal": True})


@frozen(kw_only=True)
class Position(Shown):
    """What a document holds of a subject.

    Attributes:
        kind: a red line, a condition for support, or support.
        at: paragraphs of the document; at least one.
        principles: of any pack; a conflict with one of these, or a condition that it lacks, puts the position at stake too.
        not_carried: what of it no rule carries, and why; None where rules carry all of it.
    """

    id: str = field(default="", metadata={"internal": True})
    kind: Literal["red-line", "condition", "support"]
    at: tuple[str, ...]
    summary: Localized
    sources: tuple[str, ...] = field(converter=canonical_sources)
    principles: tuple[str, ...] = ()
    not_carried: Localized | None = None
    pack: str = field(default="", metadata={"internal": True})


# The knowledge of a pack and of those it builds on.


@frozen(kw_only=True, eq=False)
class Knowledge(Shown):
    """All that the packs know but their rules. Packs are in order: each after those that it builds on.

    Attributes:
        other_packs: names of packs that could have been loaded as well; only where nobody named a pack, or else empty.
    """

    packs: tuple[Manifest, ...]
    vocabularies: Vocabularies
    kinds: Mapping[str, FactKind]
    facts: Mapping[str, tuple[Fact, ...]]
    principles: Mapping[str, Principle]
    positions: Mapping[str, Position]
    other_packs: tuple[str, ...] = ()

    @property
    def fields(self) -> Fields:
        """What proposals and measures can say."""
        return fields_in(self.vocabularies)

    @property
    def positions_short(self) -> tuple[Position, ...]:
        """Those that rules carry in part or not at all."""
        return tuple(position for position in self.positions.values() if position.not_carried is not None)


# Checks that manifests, facts, principles and positions share.


class _Dated(Protocol):
    """What can begin and end to hold."""

    @property
    def valid_from(self) -> date | None:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day."""


def check_sources(sources: Iterable[str], file: TomlFile, at: KeyPath, faults: Faults) -> None:
    """Note where there is no source, or one in no known form."""
    listed = list(sources)
    if not listed:
        faults.add("no source: at least one is needed", file.location(at))
    for index, source in enumerate(listed):
        try:
            read_source(source)
        except Problems as error:
            for problem in error.problems:
                faults.add(problem.message, file.location((*at, index)), problem.help)


def check_period(held: _Dated, file: TomlFile, at: KeyPath, faults: Faults) -> None:
    """Note where something ends before it begins."""
    if Period(held.valid_from, held.valid_to).never:
        faults.add("`valid_to` is before `valid_from`", file.location((*at, "valid_to")))
