"""What findings rest on, each thing once: rules, facts, principles, positions."""

from typing import Literal

from attrs import frozen

from consistent.model.text import Localized
from consistent.rules.rule import Ground

__all__ = ["CitedFact", "CitedPosition", "CitedPrinciple", "CitedRule", "CitedSource"]


@frozen(kw_only=True)
class CitedRule:
    """A rule that says something.

    Attributes:
        defeats: ids of rules that do not count where this one applies.
        path: its file.
        valid_from, valid_to: ISO; empty for no bound.
    """

    id: str
    title: Localized
    rationale: Localized
    sources: tuple[str, ...]
    defeats: tuple[str, ...]
    path: str
    valid_from: str
    valid_to: str


@frozen(kw_only=True)
class CitedFact:
    """A fact that joined.

    Attributes:
        title: of its kind.
        values: of each field that has any, its label and the values in words.
        path: its file; `line` where it has one.
        verified: the day, ISO, on which it was last compared with its source; empty if never.
        valid_from, valid_to: ISO; empty for no bound.
        readings: of a contested fact.
    """

    kind: str
    id: str
    title: Localized
    values: tuple[tuple[Localized, Localized], ...]
    sources: tuple[str, ...]
    ground: Ground
    readings: Localized | None
    path: str
    line: int | None
    verified: str
    valid_from: str
    valid_to: str


@frozen(kw_only=True)
class CitedPrinciple:
    """What a rule is for."""

    id: str
    title: Localized
    statement: Localized
    sources: tuple[str, ...]


@frozen(kw_only=True)
class CitedPosition:
    """What a document holds; `at` are the paragraphs."""

    id: str
    kind: Literal["red-line", "condition", "support"]
    at: tuple[str, ...]
    summary: Localized
    sources: tuple[str, ...]


@frozen(kw_only=True)
class CitedSource:
    """A source as readers cite it.

    Attributes:
        text: its canonical spelling.
        url: where it can be opened; None where no address is known.
    """

    text: str
    label: Localized
    url: Localized | None
