"""Tracked changes and comments in somebody's own Word file: insertions, deletions and comments with author and day.

A passage of the text that was read is found back in the file by its letters, paragraph by paragraph, in order: numbers that Word makes,
blanks and hyphens differ, letters do not. What cannot be found is told, and nothing is changed there.
"""

import copy
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from attrs import Factory, define, field
from docx import Document as WordFile
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from consistent.documents.document import Document, Span
from consistent.reports.outline import in_one_line
from consistent.reports.word import packed

__all__ = ["Tracking"]

# Elements of python-docx, which ships no types for them.
Element = Any

_LETTER = re.compile(r"[^\W_]")
_GONE = frozenset(map(qn, ("w:del", "w:moveFrom")))
# Further on than this a paragraph with the same letters is another one.
_WINDOW = 60
_HIGHLIGHT = "yellow"


@define(eq=False)
class _Paragraph:
    """A paragraph of the file.

    Attributes:
        element: as the file has it.
        letters: of its text, without all that formats differ in.
    """

    element: Element
    letters: str = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.letters = "".join(_folded(letter) for letter, _, _ in self.spelt() if _LETTER.match(letter))

    def spelt(self) -> Iterator[tuple[str, Element, int]]:
        """Each character with the text element that it stands in, and where there."""
        for text in self.element.iter(qn("w:t")):
            owner = next((above for above in text.iterancestors() if above.tag == qn("w:p")), None)
            if owner is not self.element or any(above.tag in _GONE for above in text.iterancestors()):
                continue
            for at, letter in enumerate(text.text or ""):
                yield letter, text, at


@define(eq=False)
class _Stretch:
    """A piece of a block's text.

    Attributes:
        start, end: its first letter, and the one behind its last, counted from the first of the block.
        head, tail: what stands before its first letter and behind its last, marks and blanks.
    """

    start: int
    end: int
    head: str
    tail: str


@define(eq=False)
class Tracking:
    """A Word file in which changes are tracked.

    Attributes:
        content: the file as it is.
        document: as it was read from that file.
        author: whose changes they are.
        day: of the changes.
    """

    content: bytes
    document: Document
    author: str
    day: date
    _word: Any = field(init=False)
    _paragraphs: list[_Paragraph] = field(init=False)
    _places: dict[int, _Paragraph] = field(init=False)
    _number: int = field(init=False, default=0)
    _after: dict[int, Element] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        self._word = WordFile(BytesIO(self.content))
        body = self._word.element.body
        self._paragraphs = [_Paragraph(element) for element in body.iter(qn("w:p"))]
        self._places = dict(self._aligned())
        # Numbers of tracked changes are unlike those that are there already.
        known = [int(value) for element in body.iter() if (value := element.get(qn("w:id"))) and value.isdigit()]
        self._number = max(known, default=0)

    def _aligned(self) -> Iterator[tuple[int, _Paragraph]]:
        """For each block of the document the paragraph that it is of."""
        at = 0
        for number, block in enumerate(self.document.content.blocks):
            letters = _letters(block.text)
            if not letters or block.role in {"running", "note"}:
                continue
            for further in range(at, min(at + _WINDOW, len(self._paragraphs))):
                own = self._paragraphs[further].letters
                if letters in own or (block.role == "row" and own and letters.startswith(own)):
                    at = further
                    yield number, self._paragraphs[further]
                    break

    def found(self, span: Span) -> bool:
        """Whether all paragraphs of a passage were found in the file."""
        blocks = list(self._blocks(span))
        return bool(blocks) and all(
            number in self._places
            for number in blocks
            if _letters(self.document.content.blocks[number].text)
            and self.document.content.blocks[number].role not in {"running", "note"}
        )

    def delete(self, span: Span) -> bool:
        """Strike a passage; whether it was found."""
        return self.replace(span, "")

    def replace(self, span: Span, text: str) -> bool:
        """Strike a passage and put a text in its place; whether it was found."""
        if not self.found(span):
            return False
        last: Any = None
        for number in self._blocks(span):
            paragraph = self._places.get(number)
            if paragraph is None:
                continue
            stretch = self._within(number, span)
            since = self._from_block(number, paragraph)
            own = len(_letters(self.document.content.blocks[number].number))
            whole = self._whole(number, span) and since in {0, own} and since + stretch.end == len(paragraph.letters)
            deleted = self._strike(paragraph, since, stretch, whole=whole)
            if deleted is None:
                return False
            last = deleted
            if whole and not text:
                self._strike_end(paragraph.element)
        if last is None:
            return False
        if text:
            last.addnext(self._insertion(text, last.find(f".//{qn('w:rPr')}")))
        return True

    def add_paragraph(self, at: int, pieces: Iterable[tuple[str, bool]]) -> Element | None:
        """Put a paragraph behind the one that a character stands in; the new one, or None where that was not found.

        Args:
            at: a character of that paragraph.
            pieces: its words, each with whether it is marked as one that a person has to replace.
        """
        number = self._block(at)
        paragraph = self._places.get(number)
        if paragraph is None:
            return None
        new = OxmlElement("w:p")
        properties = paragraph.element.find(qn("w:pPr"))
        properties = OxmlElement("w:pPr") if properties is None else copy.deepcopy(properties)
        for tag in ("w:numPr", "w:sectPr", "w:rPr", "w:pPrChange"):
            for old in properties.findall(qn(tag)):
                properties.remove(old)
        # A paragraph that is put between numbered ones has no number of its own.
        numbering = OxmlElement("w:numPr")
        level, which = OxmlElement("w:ilvl"), OxmlElement("w:numId")
        level.set(qn("w:val"), "0")
        which.set(qn("w:val"), "0")
        numbering.extend([level, which])
        _put_in_order(properties, numbering)
        mark = OxmlElement("w:rPr")
        mark.append(self._change("w:ins"))
        properties.append(mark)
        new.append(properties)
        new.extend(self._insertion(text, None, gap=marked) for text, marked in pieces)
        # What was put there before comes first.
        before: Any = self._after.get(number, paragraph.element)
        before.addnext(new)
        self._after[number] = new
        return new

    def comment(self, span: Span, text: str, added: Element | None = None) -> bool:
        """Put a comment on a passage, from its first paragraph to its last, or to the one that was added; whether it was found."""
        places = [self._places[number].element for number in self._blocks(span) if number in self._places]
        if not places:
            return False
        self._comment(places[0], added if added is not None else places[-1], text)
        return True

    def comment_on_first(self, text: str) -> None:
        """Put a comment on the first paragraph that says something."""
        first = next((each.element for each in self._paragraphs if each.letters), None)
        if first is not None:
            self._comment(first, first, text)

    def _comment(self, first: Element, last: Element, text: str) -> None:
        comment = self._word.comments.add_comment(
            text="\n".join(map(in_one_line, text.split("\n"))), author=self.author, initials=_initials(self.author)
        )
        comment._comment_elm.set(qn("w:date"), self._date)  # noqa: SLF001  it sets the moment itself
        number = str(comment.comment_id)
        start, end, call = (OxmlElement(tag) for tag in ("w:commentRangeStart", "w:commentRangeEnd", "w:r"))
        start.set(qn("w:id"), number)
        end.set(qn("w:id"), number)
        reference = OxmlElement("w:commentReference")
        reference.set(qn("w:id"), number)
        call.append(reference)
        properties = first.find(qn("w:pPr"))
        first.insert(0 if properties is None else 1, start)
        last.extend([end, call])

    def bytes(self) -> bytes:
        """The file; the same changes give the same bytes."""
        made = BytesIO()
        self._word.save(made)
        return packed(made.getvalue())

    # Where in the file.

    def _block(self, at: int) -> int:
        return max(0, bisect_right(self.document.starts, at) - 1)

    def _blocks(self, span: Span) -> range:
        return range(self._block(span.start), self._block(max(span.start, span.end - 1)) + 1)

    def _line(self, number: int) -> Span:
        start = self.document.starts[number]
        return Span(start, start + len(self.document.content.blocks[number].line))

    def _whole(self, number: int, span: Span) -> bool:
        """Whether all of a block is within a passage; its number may stand before."""
        line, block = self._line(number), self.document.content.blocks[number]
        return span.start <= line.end - len(block.text) and line.end <= span.end

    def _within(self, number: int, span: Span) -> "_Stretch":
        """What of a block's text the passage covers."""
        line, text = self._line(number), self.document.content.blocks[number].text
        begins = line.end - len(text)
        covered = text[max(0, span.start - begins) : max(0, min(len(text), span.end - begins))]
        before = len(_letters(text[: max(0, span.start - begins)]))
        bare = covered.strip("".join({each for each in covered if not _LETTER.match(each)}))
        head, _, tail = covered.partition(bare) if bare else (covered, "", "")
        return _Stretch(before, before + len(_letters(covered)), head, tail)

    def _from_block(self, number: int, paragraph: _Paragraph) -> int:
        """At which letter of a paragraph a block of it begins."""
        return max(0, paragraph.letters.find(_letters(self.document.content.blocks[number].text)))

    # What is written.

    @property
    def _date(self) -> str:
        return f"{self.day.isoformat()}T00:00:00Z"

    def _change(self, tag: str) -> Element:
        self._number += 1
        change = OxmlElement(tag)
        change.set(qn("w:id"), str(self._number))
        change.set(qn("w:author"), in_one_line(self.author))
        change.set(qn("w:date"), self._date)
        return change

    def _insertion(self, text: str, properties: Element | None, *, gap: bool = False) -> Element:
        insertion, run, words = self._change("w:ins"), OxmlElement("w:r"), OxmlElement("w:t")
        if properties is not None:
            run.append(copy.deepcopy(properties))
        if gap:
            marked, light = OxmlElement("w:rPr"), OxmlElement("w:highlight")
            light.set(qn("w:val"), _HIGHLIGHT)
            marked.append(light)
            run.append(marked)
        words.text = in_one_line(text, ends=True)
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
        insertion.append(run)
        return insertion

    def _strike(self, paragraph: _Paragraph, since: int, stretch: "_Stretch", *, whole: bool) -> Element | None:
        """Strike a stretch of a block that begins at a letter of the paragraph, or all of the paragraph; the last deletion."""
        if whole:
            texts = [text for text in paragraph.element.iter(qn("w:t")) if _is_own(text, paragraph.element)]
            runs = list(dict.fromkeys(text.getparent() for text in texts))
        else:
            runs = list(_runs_of(_chosen(list(paragraph.spelt()), since, stretch)))
        last = None
        for run in runs:
            deletion = self._change("w:del")
            run.addprevious(deletion)
            deletion.append(run)
            for text in run.findall(qn("w:t")):
                text.tag = qn("w:delText")
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            last = deletion
        return last

    def _strike_end(self, element: Element) -> None:
        """Mark the end of a paragraph as struck, so that no empty one is left where the changes are accepted."""
        properties = element.get_or_add_pPr()
        mark = properties.find(qn("w:rPr"))
        if mark is None:
            mark = OxmlElement("w:rPr")
            _put_in_order(properties, mark)
        if mark.find(qn("w:del")) is None:
            mark.insert(0, self._change("w:del"))


def _chosen(spelt: Sequence[tuple[str, Element, int]], since: int, stretch: _Stretch) -> Sequence[tuple[Element, int]]:
    """The characters of a stretch, with the marks at its ends as far as the file has them."""
    letters = [at for at, (letter, _, _) in enumerate(spelt) if _LETTER.match(letter)]
    wanted = letters[since + stretch.start : since + stretch.end]
    if not wanted:
        return []
    first, last = wanted[0], wanted[-1]
    for mark in reversed(stretch.head):
        if first and spelt[first - 1][0] == mark:
            first -= 1
    for mark in stretch.tail:
        if last + 1 < len(spelt) and spelt[last + 1][0] == mark:
            last += 1
    return [(text, at) for _, text, at in spelt[first : last + 1]]


def _runs_of(chosen: Sequence[tuple[Element, int]]) -> Iterator[Element]:
    """Runs that hold just the letters from the first to the last of those chosen; runs are split where they hold more."""
    reach: dict[Element, tuple[int, int]] = {}
    for text, at in chosen:
        first, _ = reach.get(text, (at, at))
        reach[text] = (first, at)
    ordered = list(reach.items())
    for number, (text, (first, last)) in enumerate(ordered):
        start = first if number == 0 else 0
        end = last + 1 if number == len(ordered) - 1 else len(text.text or "")
        yield _cut_out(text, start, end)


def _cut_out(text: Element, start: int, end: int) -> Element:
    """The run that holds one stretch of a text element and nothing else; what stands before and behind goes to runs beside it."""
    run, words = text.getparent(), text.text or ""
    children = [child for child in run if child.tag != qn("w:rPr")]
    at = children.index(text)
    before, behind = children[:at], children[at + 1 :]
    left = [*before, *([_text(words[:start])] if start else [])]
    right = [*([_text(words[end:])] if end < len(words) else []), *behind]
    for pieces, place in ((left, run.addprevious), (right, run.addnext)):
        if pieces:
            beside = OxmlElement("w:r")
            if run.rPr is not None:
                beside.append(copy.deepcopy(run.rPr))
            beside.extend(pieces)
            place(beside)
    text.text = words[start:end]
    return run


def _text(words: str) -> Element:
    element = OxmlElement("w:t")
    element.text = words
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def _is_own(text: Element, paragraph: Element) -> bool:
    """Whether a text is of this paragraph, and not of a box in it or struck already."""
    above = list(text.iterancestors())
    return next(each for each in above if each.tag == qn("w:p")) is paragraph and not any(
        each.tag in _GONE for each in above
    )


# What comes behind in the properties of a paragraph, as the schema orders them.
_BEHIND = {
    "numPr": frozenset(
        {
            "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct",
            "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
            "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
            "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
        }
    ),
    "rPr": frozenset({"sectPr", "pPrChange"}),
}  # fmt: skip


def _put_in_order(properties: Element, new: Element) -> None:
    """Put an element where the schema wants it."""
    later = {qn(f"w:{name}") for name in _BEHIND[new.tag.rpartition("}")[2]]}
    following = next((child for child in properties if child.tag in later), None)
    if following is None:
        properties.append(new)
    else:
        following.addprevious(new)


def _letters(text: str) -> str:
    return "".join(_folded(letter) for letter in text if _LETTER.match(letter))


def _folded(letter: str) -> str:
    """In lower case, unless that is more than one letter."""
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


def _initials(author: str) -> str:
    return "".join(word[:1].upper() for word in author.split())[:3]
