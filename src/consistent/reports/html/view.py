"""What the page shows, as plain data: texts in both languages, anchors, and states. No markup, and nothing of the check."""

from collections.abc import Callable, Iterable

from attrs import frozen

from consistent.findings.outcome import Outcome
from consistent.model.text import Language, Localized
from consistent.reports.outline import Block

__all__ = [
    "BlockView",
    "CellView",
    "DocumentView",
    "GradeView",
    "GroupView",
    "MatrixView",
    "MeasureView",
    "OpenView",
    "Outlines",
    "PassageView",
    "PictureView",
    "ProposalView",
    "QuoteView",
    "RowView",
    "SaidView",
    "SectionView",
    "SourceView",
    "StatePicture",
    "StretchView",
    "TextView",
    "WaitingView",
]

# The document as the page shows it, with the passages that something rests on, as plain data.


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


@frozen
class Outlines:
    """The same outline in each language; order and number of the blocks may differ."""

    en: tuple[Block, ...]
    nl: tuple[Block, ...]

    @classmethod
    def of(cls, make: Callable[[Language], Iterable[Block]]) -> "Outlines":
        """Of both languages."""
        return cls(tuple(make("en")), tuple(make("nl")))


@frozen(kw_only=True)
class SourceView:
    """A source as readers cite it; `url` is None where no address is known."""

    label: Localized
    url: Localized | None


@frozen(kw_only=True)
class PassageView:
    """A passage on which something rests.

    Attributes:
        place: in which document and where; in the language of the proposal.
        quote: how it begins; may be empty.
        note: what else must be known of it; may be empty.
        anchor: of the marked text; empty where the page does not hold the document.
    """

    place: str
    quote: str
    note: str
    anchor: str


@frozen(kw_only=True)
class SaidView:
    """A finding, or a rule that is set aside.

    Attributes:
        measure: the id; empty for the proposal as a whole.
        owner: the measure in words, or that the proposal as a whole is meant.
        owner_anchor: of the measure.
        accepted: why, by whom and until when; None unless it is accepted.
        chain: all that it rests on.
    """

    anchor: str
    state: Outcome
    rule: str
    title: Localized
    ground: str
    dimension: str
    measure: str
    owner: Localized
    owner_anchor: str
    message: Localized
    accepted: Localized | None
    unconfirmed: bool
    passages: tuple[PassageView, ...]
    positions: tuple[str, ...]
    sources: tuple[SourceView, ...]
    chain: Outlines


@frozen(kw_only=True)
class GroupView:
    """What is said on one ground."""

    ground: str
    items: tuple[SaidView, ...]


@frozen(kw_only=True)
class SectionView:
    """What has one verdict; the gravest ground first."""

    anchor: str
    state: Outcome
    heading: Localized
    count: int
    groups: tuple[GroupView, ...]


@frozen(kw_only=True)
class WaitingView:
    """Measures on which a rule waits for the same.

    Attributes:
        unknown: what must be known; may be empty where `awaits` is not.
        awaits: stronger rules that are open themselves.
        measures: with the anchor of each; the id is empty for the proposal as a whole.
    """

    unknown: tuple[Localized, ...]
    awaits: tuple[str, ...]
    measures: tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class OpenView:
    """A rule that is open, with every measure on which it is.

    Attributes:
        verdict: what it would be.
        message: where it is open on one measure only; else None.
    """

    anchor: str
    rule: str
    title: Localized
    verdict: str
    ground: str
    dimension: str
    count: int
    message: Localized | None
    waiting: tuple[WaitingView, ...]
    sources: tuple[SourceView, ...]


@frozen(kw_only=True)
class CellView:
    """What a principle comes to on a measure: the gravest thing, and where it is told; no anchor where nothing is said."""

    state: Outcome | None
    anchor: str


@frozen(kw_only=True)
class RowView:
    """A measure, or the proposal as a whole, against each principle."""

    anchor: str
    measure: str
    title: Localized
    state: Outcome
    cells: tuple[CellView, ...]


@frozen(kw_only=True)
class MatrixView:
    """Measures against principles, the principle with the gravest things first."""

    principles: tuple[tuple[str, Localized], ...]
    rows: tuple[RowView, ...]


@frozen(kw_only=True)
class MeasureView:
    """A measure.

    Attributes:
        title: the id where it has none.
        state: the gravest thing that is said of it.
        fields: what is known of it: label and values in words, and whether that is all there is.
        said: what is said of it: state, title and anchor.
        open: how many rules are open on it.
        quotes: where its values were read.
        place: the anchor of its text; empty where the page does not hold the document.
    """

    anchor: str
    id: str
    title: Localized
    state: Outcome
    fields: tuple[tuple[Localized, Localized], ...]
    said: tuple[tuple[Outcome, Localized, str], ...]
    open: int
    quotes: tuple["QuoteView", ...]
    place: str


@frozen(kw_only=True)
class QuoteView:
    """Where a value was read: field, value, and the passage."""

    field: Localized
    value: str
    passage: PassageView
    confirmed: bool


@frozen(kw_only=True)
class StatePicture:
    """A piece of the picture: a measure as a tile, at x and y, so wide and high, in units of the picture."""

    x: float
    y: float
    width: float
    height: float
    state: Outcome
    label: str
    tooltip: str
    anchor: str


@frozen(kw_only=True)
class PictureView:
    """The outline of the proposal: its measures in order, and where the text of each stands; in units of one."""

    width: int
    height: int
    tiles: tuple[StatePicture, ...]
    strip: tuple[StatePicture, ...]
    counts: tuple[tuple[Outcome, int], ...]


@frozen(kw_only=True)
class GradeView:
    """The judgement of one dimension, with how much there is of each state behind it."""

    dimension: str
    grade: str
    counts: tuple[tuple[Outcome, int], ...]


@frozen(kw_only=True)
class ProposalView:
    """One proposal.

    Attributes:
        number: by which it is known; may be empty.
        facts: of the check: words and value.
        remarks: what must be known before relying on the report.
        not_looked_at: what the report did not look at, and how much it did.
        questions_short: whether there are more than the first ones, which are told.
        repairs, questions, notices: as the commands tell them; None where nobody asked.
    """

    anchor: str
    title: Localized
    number: str
    facts: tuple[tuple[Localized, str], ...]
    remarks: tuple[Localized, ...]
    grades: tuple[GradeView, ...]
    picture: PictureView
    matrix: MatrixView
    sections: tuple[SectionView, ...]
    open: tuple[OpenView, ...]
    open_count: int
    measures: tuple[MeasureView, ...]
    quotes: tuple[QuoteView, ...]
    document: DocumentView | None
    questions: Outlines
    questions_short: bool
    repairs: Outlines | None
    notices: Outlines
    not_judged: tuple[tuple[str, Localized, str], ...]
    not_looked_at: tuple[Localized, ...]
