"""The document as the page shows it, with the passages that something rests on, as plain data."""

from attrs import frozen

from consistent.findings.outcome import Outcome
from consistent.model.text import Localized

__all__ = ["BlockView", "DocumentView", "StretchView", "TextView"]


@frozen(kw_only=True)
class StretchView:
    """A run of text, all of which the same rests on.

    Attributes:
        text: as the document has it.
        state: the gravest thing that rests on it; None for plain text.
        anchors: of the passages of which it is the first stretch.
        notes: what rests on the passage, on its last stretch: number, state and anchor of each.
        waiting: how many open rules rest on it, on its last stretch.
    """

    text: str
    state: Outcome | None
    anchors: tuple[str, ...]
    notes: tuple[tuple[int, Outcome, str], ...]
    waiting: int


@frozen(kw_only=True)
class BlockView:
    """A paragraph of the document.

    Attributes:
        role: `heading`, `note` or `text`.
        measures: those that begin here: id, state and anchor.
    """

    anchor: str
    role: str
    stretches: tuple[StretchView, ...]
    measures: tuple[tuple[str, Outcome, str], ...]


@frozen(kw_only=True)
class TextView:
    """A part of the document; `marked`: how many passages of it are marked."""

    name: Localized
    heading: str
    marked: int
    blocks: tuple[BlockView, ...]


@frozen(kw_only=True)
class DocumentView:
    """The document that the proposal was drafted from."""

    name: str
    language: str
    parts: tuple[TextView, ...]
