"""Enacting terms: chapters, articles, paragraphs, points, and what is quoted from other acts."""

import re
from collections.abc import Sequence
from itertools import islice

from consistent.documents.document import PartKind
from consistent.documents.structure._acts import Act, is_marked
from consistent.documents.structure._lines import Line, Quotations
from consistent.documents.structure._tree import ARTICLE, DIVISION, PARAGRAPH, POINT, QUOTED, SUBPARAGRAPH, Tree
from consistent.documents.structure.numbering import Label, Ordinal, Outline
from consistent.documents.structure.wording import DIVISIONS, Numbered, Wording

__all__ = ["Provisions"]

# So many labels ahead tell `(i)` the letter from `(i)` the number.
_AHEAD_LINES, _AHEAD_LABELS = 40, 6
_NAME_FIRST = re.compile(r"[“„«\"][^“”„«»\"]{1,80}[”“»\"][ -]\w")


class Provisions:
    """Says of each line of enacting terms or of an annex what part it begins or goes on with.

    Args:
        tree: of the document.
        lines: all of them.
        wording: of its language.

    Attributes:
        base: what is added to every rank, for an act within an annex.
        act: whose terms they are; None outside an act.
        quotations: what the lines quote from other acts.
    """

    def __init__(self, tree: Tree, lines: Sequence[Line], wording: Wording) -> None:
        self._tree, self._lines, self._wording = tree, lines, wording
        self._outline = Outline()
        self._paragraph: Ordinal | None = None
        self._marks = "."
        # Whether the lines belong to another act, in a quotation whose end is not marked.
        self._foreign = False
        self.base = 0
        self.act: Act | None = None
        self.quotations = Quotations(frozenset(), frozenset())

    def restart(self) -> None:
        """Forget numbers and lists: another piece of the document begins."""
        self._foreign = False
        self._end_paragraphs()

    def enacting(self, line: Line) -> None:
        """A line of the enacting terms of an act."""
        act = self.act
        own = act.articles.get(line.at) if act else None
        if own is not None:
            self._article(line, own)
        elif line.at in self.quotations.lines:
            self._quote(line)
        elif act and line.at in act.rejected:
            self._foreign = True
            self._quote(line)
        elif not self._division(line) and not self._article_heading(line):
            self._provision(line)
        if line.at in self.quotations.unclosed:
            self._foreign = True

    def annexed(self, line: Line) -> bool:
        """A line of an annex; true if it is quoted, or of a chapter or article of what is annexed, and needs nothing more."""
        if line.at in self.quotations.lines:
            self._quote(line)
            self._foreign = self._foreign or line.at in self.quotations.unclosed
            return True
        if line.role in {"article", "text", "heading"} and not line.quoted and not line.after_colon:
            article = self._wording.article(line.text, marked=is_marked(line))
            if article is not None:
                self._article(line, article)
                return True
        return self._division(line) or self._article_heading(line)

    def provision(self, line: Line) -> None:
        """A paragraph or point of an annex."""
        self._provision(line)
        if line.at in self.quotations.unclosed:
            self._foreign = True

    def _open(self, line: Line, kind: PartKind, rank: int, *, number: str = "", heading: str = "") -> None:
        self._tree.open(line.at, kind, self.base + rank, number=number, heading=heading)

    def _end_paragraphs(self) -> None:
        self._outline.clear()
        self._paragraph = None

    def _division(self, line: Line) -> bool:
        """A part, title, chapter or section, or more of its heading; true if the line is."""
        announced = line.after_colon and not (self.act and line.at == self.act.enacting)
        innermost = self._tree.kind(below=self.base)
        # A heading can begin with a name in marks: `“Chips for Europe” Initiative`.
        named = innermost in DIVISIONS and self._tree.bare and _NAME_FIRST.match(line.text) is not None
        if line.role not in {"heading", "text"} or (line.quoted and not named) or announced:
            return False
        division = self._wording.division(line.text, marked=is_marked(line))
        if division is not None and not self._foreign:
            rank = DIVISION + DIVISIONS.index(division.kind)
            self._open(line, division.kind, rank, number=division.number, heading=division.heading)
            self._end_paragraphs()
            return True
        if innermost not in DIVISIONS:
            return False
        if line.role == "heading" or (self._tree.bare and line.is_short and not self._headed_already()):
            self._tree.head(line.at, line.text)
            return True
        return False

    def _article(self, line: Line, numbered: Numbered) -> None:
        self._foreign = False
        self._end_paragraphs()
        self._open(line, "article", ARTICLE, number=numbered.number, heading=numbered.heading)

    def _article_heading(self, line: Line) -> bool:
        """The heading of an article; true if the line is."""
        if self._tree.kind(below=self.base) != "article":
            return False
        bare = self._tree.bare
        act, following = self.act, line.at + 1
        last = act is not None and (following == act.closing or following in act.articles)
        by_words = line.role == "text" and bare and line.is_short and not self._headed_already() and not last
        if line.role in {"article-heading", "heading"} or by_words:
            self._tree.head(line.at, line.text)
            return True
        return False

    def _headed_already(self) -> bool:
        node = self._tree.within(self.base + ARTICLE)
        return node is not None and bool(node.heading)

    def _provision(self, line: Line) -> None:
        """A paragraph, a subparagraph, a point, or more of one."""
        label = line.label
        if self._foreign:
            if label is None or label.quoted or not self._outline.goes_on(label, gap=line.text.endswith(":")):
                self._quote(line)
                return
            self._foreign = False
        if label is not None and not label.quoted and (self._is_paragraph(line, label)):
            self._numbered_paragraph(line, label)
        elif line.role == "point" or (label is not None and not label.quoted):
            self._point(line, label)
        elif line.role == "row" or self._has_no_paragraphs() or (line.text[:1].islower() and self._outline.lists):
            self._tail(line)
        else:
            self._text(line)

    def _is_paragraph(self, line: Line, label: Label) -> bool:
        """Whether a line with a label is a numbered paragraph: its number follows on the paragraph before, or begins the article."""
        if line.role == "paragraph":
            return True
        at = next((at for kind, at in label.readings() if kind == "1"), None)
        if line.role not in {"text", "point"} or at is None or self._outline.goes_on(label):
            return False
        if line.role == "point":
            return self._is_paragraph_in_list(line, label, at)
        if line.after_colon:
            # A colon by mistake: the paragraph before leads up to no list.
            next_one = self._paragraph is not None and at.follows(self._paragraph) and label.marks == self._marks
            return next_one and not self._amends_before(line)
        if self._paragraph is not None:
            return label.marks == self._marks and at.follows_gap(self._paragraph)
        # `(1)` is a point, but where an article begins with it: so did older acts number their paragraphs.
        begins = self._tree.kind(below=self.base) == "article"
        # Where the first was deleted, an article begins with a later one.
        later = begins and label.marks == "." and at.follows_gap(Ordinal(0))
        return (at.first and (label.marks == "." or begins)) or later

    def _is_paragraph_in_list(self, line: Line, label: Label, at: Ordinal) -> bool:
        """Whether the item of a list or a table with marks is a paragraph: no sentence leads up to it."""
        if line.after_colon or line.level > 1 or label.marks != ".":
            return False
        if self._paragraph is not None:
            return self._marks == "." and at.follows(self._paragraph)
        return at.first and self._tree.kind(below=self.base) == "article"

    def _numbered_paragraph(self, line: Line, label: Label) -> None:
        self._paragraph = next((at for _, at in label.readings()), None)
        self._marks = label.marks
        self._outline.clear()
        self._open(line, "paragraph", PARAGRAPH, number=label.text)

    def _point(self, line: Line, label: Label | None) -> None:
        """A point, as deep as its label and the lists that are open tell; or more text, where the label is a number in a sentence.

        Args:
            line: of enacting terms or of an annex.
            label: of the line; None where only the markup says that it is a point.
        """
        point = label or Label("", "-", quoted=False, length=0)
        amends = line.after_colon and self._amends_before(line)
        depth = self._outline.place(
            point,
            level=line.level if line.role == "point" else 0,
            # What leads up to points of its own is no quotation, though the first of its list may have been deleted.
            marked=line.role == "point"
            or (point.marks != "." and line.after_colon and (line.text.endswith(":") or not amends)),
            opens=line.after_colon or line.unfinished,
            ahead=self._labels_after(line.at),
        )
        if depth is None and line.after_colon:
            self._foreign = True
            self._quote(line)
        elif depth is None and self._outline.lists:
            self._tree.add(line.at)
        elif depth is None:
            self._text(line)
        else:
            self._open(line, "point", POINT + depth, number=point.text)

    def _amends_before(self, line: Line) -> bool:
        """Whether the sentence before a line leads up to the words of another act."""
        before = next((self._lines[at] for at in range(line.at - 1, -1, -1) if not self._lines[at].aside), None)
        return before is not None and self._wording.amends(before.text)

    def _labels_after(self, at: int) -> Sequence[Label]:
        lines = self._lines[at + 1 : at + 1 + _AHEAD_LINES]
        return tuple(islice((line.label for line in lines if line.label is not None), _AHEAD_LABELS))

    def _has_no_paragraphs(self) -> bool:
        """Whether text here is not divided into paragraphs: it lies in no article."""
        return self._tree.at_rank(self.base + ARTICLE) is None

    def _tail(self, line: Line) -> None:
        """More of a paragraph, after its points."""
        if line.role != "row":
            self._tree.close(self.base + POINT)
            self._outline.clear()
        self._tree.add(line.at)

    def _text(self, line: Line) -> None:
        """A paragraph without a number; a subparagraph where the article numbers its paragraphs."""
        if self._has_no_paragraphs():
            self._tail(line)
            return
        self._outline.clear()
        if self._paragraph is not None:
            self._open(line, "subparagraph", SUBPARAGRAPH)
        else:
            self._open(line, "paragraph", PARAGRAPH)

    def _quote(self, line: Line) -> None:
        """What belongs to another act; it goes on as long as the lines do."""
        if self._tree.kind(below=self.base) == "quoted":
            self._tree.add(line.at)
        else:
            self._open(line, "quoted", QUOTED)
