"""Where on the page each thing of one report is found, and how it is called there."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from attrs import frozen

from consistent.documents.document import Document, Part
from consistent.findings.outcome import Outcome, gravest
from consistent.findings.report import Report
from consistent.findings.said import Defeated, Finding, Open, Said
from consistent.locking import cached_property
from consistent.model.text import Localized
from consistent.reports.dossier import Dossier
from consistent.reports.html._words import PART_NAMES
from consistent.reports.labels import WORDS
from consistent.reports.terminal import shortened

__all__ = ["Anchors", "Mark", "MarkedDocument", "MarkedParagraph", "MarkedPart", "Stretch", "marked_document"]


@frozen(eq=False)
class Anchors:
    """The anchors of one proposal.

    Attributes:
        prefix: of all of them.
    """

    dossier: Dossier
    prefix: str

    @property
    def report(self) -> Report:
        """Of the proposal."""
        return self.dossier.report

    @property
    def told(self) -> tuple[Finding | Defeated, ...]:
        """What the page tells one by one; open rules are told together."""
        return (*self.report.findings, *self.report.defeated)

    @property
    def everything(self) -> tuple[Said, ...]:
        """All that the report says."""
        return (*self.told, *self.report.open)

    @cached_property
    def _said(self) -> dict[tuple[str, str | None], str]:
        # INVARIANT: a rule says one thing at most of a measure.
        return {(said.rule, said.measure): f"{self.prefix}-f{number}" for number, said in enumerate(self.told, 1)}

    @cached_property
    def _opens(self) -> dict[str, str]:
        rules = dict.fromkeys(said.rule for said in self.report.open)
        return {rule: f"{self.prefix}-o{number}" for number, rule in enumerate(rules, 1)}

    @cached_property
    def _measures(self) -> dict[str | None, str]:
        named: dict[str | None, str] = {
            measure.id: f"{self.prefix}-m{number}" for number, measure in enumerate(self.report.measures, 1)
        }
        return named | {None: f"{self.prefix}-whole"}

    @cached_property
    def _titles(self) -> dict[str, Localized | None]:
        return {measure.id: measure.title for measure in self.report.measures}

    @cached_property
    def spans(self) -> dict[tuple[int, int], str]:
        """Of each passage in which a value was read, in order of the text, the anchor; empty without a document."""
        if self.dossier.draft is None:
            return {}
        length = len(self.dossier.draft.document.text)
        found = {reason.span for said in self.everything for reason in said.because if reason.span}
        proposal = self.dossier.proposal
        read = [*proposal.evidence, *(evidence for measure in proposal.measures for evidence in measure.evidence)]
        # A place is where a measure stands: all of its text.
        found |= {evidence.span for name, evidence in read if evidence.span and name != "reference"}
        inside = sorted((start, end) for start, end in found if 0 <= start < end <= length)
        return {span: f"{self.prefix}-p{number}" for number, span in enumerate(inside, 1)}

    def said(self, said: Said) -> str:
        """Of what is said."""
        return self._opens[said.rule] if isinstance(said, Open) else self._said[said.rule, said.measure]

    def number(self, said: Finding | Defeated) -> int:
        """By which the marked text refers to it."""
        return int(self.said(said).removeprefix(f"{self.prefix}-f"))

    def measure(self, name: str | None) -> str:
        """Of a measure, or of the proposal as a whole."""
        return self._measures[name]

    def title(self, name: str | None) -> Localized:
        """A measure by its title, else by its id; or that the proposal as a whole is meant."""
        if name is None:
            return WORDS["proposal as a whole"]
        title = self._titles[name]
        return Localized(shortened(title.en), shortened(title.nl)) if title else Localized(name, name)


# The text of a document in parts and paragraphs, with the passages on which a report rests marked in place.


@frozen(kw_only=True)
class Stretch:
    """A run of text, all of which the same rests on.

    Attributes:
        text: as the document has it.
        outcome: the gravest thing that rests on it; None for plain text.
        anchors: of the passages of which it is the first stretch.
        notes: what rests on the passage, on its last stretch: number, outcome and anchor of each.
        waiting: how many open rules rest on it, on its last stretch.
    """

    text: str
    outcome: Outcome | None
    anchors: tuple[str, ...]
    notes: tuple[tuple[int, Outcome, str], ...]
    waiting: int


@frozen(kw_only=True)
class MarkedParagraph:
    """A paragraph of the document.

    Attributes:
        role: `heading`, `note` or `text`.
        measures: those that begin here: id, outcome and anchor.
    """

    anchor: str
    role: str
    stretches: tuple[Stretch, ...]
    measures: tuple[tuple[str, Outcome, str], ...]


@frozen(kw_only=True)
class MarkedPart:
    """A part of the document; `marked`: how many passages of it are marked."""

    name: Localized
    heading: str
    marked: int
    paragraphs: tuple[MarkedParagraph, ...]


@frozen(kw_only=True)
class MarkedDocument:
    """The document that the proposal was drafted from."""

    name: str
    language: str
    parts: tuple[MarkedPart, ...]


_HEADINGS = {"title", "heading", "article", "article-heading", "annex", "type"}
_ASIDES = {"note", "running"}


@frozen(kw_only=True)
class Mark:
    """A passage to be marked.

    Attributes:
        span: from and to which character.
        notes: what rests on it and is told by itself: number, outcome and anchor.
        waiting: how many open rules rest on it.
    """

    anchor: str
    span: tuple[int, int]
    notes: tuple[tuple[int, Outcome, str], ...]
    waiting: int

    @property
    def outcome(self) -> Outcome:
        """The gravest thing that rests on it; `not-judged` where nothing does."""
        waiting: tuple[Outcome, ...] = ("open",) if self.waiting else ("not-judged",)
        return gravest((*(outcome for _, outcome, _ in self.notes), *waiting))


def marked_document(
    document: Document, prefix: str, marks: Iterable[Mark], begins: Mapping[int, Sequence[tuple[str, Outcome, str]]]
) -> MarkedDocument:
    """The whole text.

    Args:
        document: as read.
        prefix: of anchors.
        marks: that may overlap.
        begins: by the character at which their text begins, measures: id, outcome and anchor.
    """
    return _Marker(document, prefix, sorted(marks, key=lambda mark: mark.span), begins).whole()


class _Marker:
    def __init__(
        self,
        document: Document,
        prefix: str,
        marks: Sequence[Mark],
        begins: Mapping[int, Sequence[tuple[str, Outcome, str]]],
    ) -> None:
        self._document, self._prefix, self._marks = document, prefix, marks
        self._begins = sorted(begins.items())
        self._begun: set[str] = set()
        self._starts = document.starts
        self._ends = [
            start + len(block.line) for start, block in zip(self._starts, document.content.blocks, strict=True)
        ]

    def whole(self) -> MarkedDocument:
        """All parts, each line of the document in one of them."""
        return MarkedDocument(
            name=self._document.name,
            language=self._document.language,
            parts=tuple(self._part(part, first, last) for part, first, last in self._merged()),
        )

    def _pieces(self) -> Iterator[tuple[Part | None, int, int]]:
        """The parts with their lines, those of an act by themselves; None for lines between parts."""
        at = 0
        for part in self._top(self._document.parts):
            first = bisect_left(self._starts, part.span.start)
            last = bisect_left(self._starts, part.span.end)
            if first > at:
                yield None, at, first
            if last > max(at, first):
                yield part, max(at, first), last
            at = max(at, last)
        yield None, at, len(self._starts)

    def _merged(self) -> Iterator[tuple[Part | None, int, int]]:
        """The same, with neighbours that have no name of their own as one."""
        named = (
            (part if part and part.kind in PART_NAMES and part.kind != "text" else None, first, last)
            for part, first, last in self._pieces()
            if first < last
        )
        for _, group in groupby(named, key=lambda piece: id(piece[0])):
            pieces = list(group)
            yield pieces[0][0], pieces[0][1], pieces[-1][2]

    def _top(self, parts: Sequence[Part]) -> Iterator[Part]:
        for part in parts:
            if part.kind == "act" and part.parts:
                yield from part.parts
            else:
                yield part

    def _part(self, part: Part | None, first: int, last: int) -> MarkedPart:
        start, end = self._starts[first], self._ends[last - 1]
        marked = [mark for mark in self._marks if mark.span[0] < end and mark.span[1] > start]
        kind = part.kind if part else "text"
        named = part if part and kind == "annex" else None
        return MarkedPart(
            name=PART_NAMES.get(kind, PART_NAMES["text"]),
            heading=" ".join(filter(None, (named.number, named.heading))) if named else "",
            marked=len(marked),
            paragraphs=tuple(self._paragraph(number, marked) for number in range(first, last)),
        )

    def _paragraph(self, number: int, marked: Sequence[Mark]) -> MarkedParagraph:
        role = self._document.content.blocks[number].role
        start, end = self._starts[number], self._ends[number]
        here = [mark for mark in marked if mark.span[0] < end and mark.span[1] > start]
        low = bisect_left(self._begins, start, key=lambda pair: pair[0])
        high = bisect_right(self._begins, end, key=lambda pair: pair[0])
        return MarkedParagraph(
            anchor=f"{self._prefix}-l{number}",
            role="heading" if role in _HEADINGS else "note" if role in _ASIDES else "text",
            stretches=tuple(self._stretches(start, end, here)),
            measures=tuple(begun for _, listed in self._begins[low:high] for begun in listed),
        )

    def _stretches(self, start: int, end: int, here: Sequence[Mark]) -> Iterator[Stretch]:
        """The text between every two places where a passage begins or ends."""
        cuts = {start, end} | {at for mark in here for at in mark.span if start < at < end}
        for one, other in pairwise(sorted(cuts)):
            over = [mark for mark in here if mark.span[0] <= one and mark.span[1] >= other]
            # A passage over several paragraphs is found by the first of them and numbered in the last.
            begun = [mark.anchor for mark in over if mark.anchor not in self._begun]
            self._begun.update(begun)
            # It may end with the line break after a paragraph.
            last = other + 1 if other == end else other
            ending = [mark for mark in over if other <= mark.span[1] <= last]
            yield Stretch(
                text=self._document.text[one:other],
                outcome=gravest(mark.outcome for mark in over) if over else None,
                anchors=tuple(begun),
                notes=tuple(dict.fromkeys(note for mark in ending for note in mark.notes)),
                waiting=sum(mark.waiting for mark in ending),
            )
