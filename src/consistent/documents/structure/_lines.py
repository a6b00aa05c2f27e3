"""The lines of a document as the structure is told from them: a block, its words and its number; and which lines are quoted."""

import re
from collections.abc import Container, Sequence
from typing import Literal

from attrs import frozen

from consistent.documents.document import Block, Role
from consistent.documents.structure.numbering import Label, label_of
from consistent.documents.structure.wording import Wording

__all__ = ["Line", "Quotations", "is_sentence", "lines_of", "quotations_between", "quotations_of"]

QUOTES = {"\u2018": "\u2019", "\u201c": "\u201d", "\u201e": "\u201d\u201c", "\u00ab": "\u00bb", '"': '"'}
_CLOSING = frozenset("".join(QUOTES.values()))
_MARK = re.compile(f"[{''.join(sorted(_CLOSING.union(QUOTES)))}]")
_END = re.compile(r"[\s.;:,)\]]*(?:\b(?:and|or|en|of)\b)?[\s.;,]*$")
_LEADS_UP = re.compile(r":\s*$")
_SENTENCE_END = re.compile(r"[.;:,!?][\"'\u2019\u201d)\]]*$")
_HEADING_LETTERS = 250


@frozen
class Line:
    """A block in its place.

    Attributes:
        at: which block it is.
        text: with its number in front.
        role: what the markup says it is.
        level: that the markup gives.
        label: that it begins with; None where it has none.
        after_colon: whether the line before leads up to a list or a quotation.
        unfinished: whether the line before ends without any mark.
    """

    at: int
    text: str
    role: Role
    level: int
    label: Label | None
    after_colon: bool
    unfinished: bool

    @property
    def aside(self) -> bool:
        """Whether it stands outside the sentences."""
        return self.role in {"note", "running"}

    @property
    def quoted(self) -> bool:
        """Whether it begins with a quotation mark."""
        return self.text[:1] in QUOTES or (self.label is not None and self.label.quoted)

    @property
    def is_short(self) -> bool:
        """Whether it may be a heading: short, no number, no sentence."""
        return (
            self.label is None
            and self.role != "row"
            and len(self.text) <= _HEADING_LETTERS
            and not is_sentence(self.text)
            and not self.text[:1].islower()
        )


def lines_of(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The lines of blocks, one each."""
    lines: list[Line] = []
    after_colon = unfinished = False
    for at, block in enumerate(blocks):
        text = block.line
        label = None if block.role in {"row", "note", "running", "article"} else label_of(text)
        lines.append(Line(at, text, block.role, block.level, label, after_colon, unfinished))
        if block.role not in {"note", "running"}:
            after_colon = _LEADS_UP.search(text[-10:]) is not None
            unfinished = text[-1:].isalnum()
    return tuple(lines)


def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence or a clause does."""
    return _SENTENCE_END.search(text[-6:]) is not None


def begins_quotation(text: str) -> str:
    """The marks that can end a quotation which begins in a line and does not end there; empty where none does.

    It begins where the line does, or after a colon; a term that is defined is no quotation in this sense.
    """
    open_at: list[int] = []
    for mark in _MARK.finditer(text):
        at, letter = mark.start(), mark[0]
        if letter == '"':
            if open_at and text[open_at[-1]] == '"':
                open_at.pop()
            else:
                open_at.append(at)
        elif letter in QUOTES and letter != "\u201c":
            open_at.append(at)
        elif letter == "\u201c":
            if open_at and text[open_at[-1]] == "\u201e":
                open_at.pop()
            else:
                open_at.append(at)
        elif letter in _CLOSING and open_at and letter in QUOTES[text[open_at[-1]]] and not _is_apostrophe(text, at):
            open_at.pop()
    if not open_at:
        return ""
    before = text[: open_at[0]].rstrip()
    label = label_of(text)
    leads = not before or before.endswith(":") or (label is not None and len(before) <= label.length)
    return QUOTES[text[open_at[0]]] if leads else ""


def ends_quotation(text: str, marks: str) -> bool:
    """Whether a quotation that began in a line before ends with this line."""
    depth = 0
    for mark in _MARK.finditer(text):
        at, letter = mark.start(), mark[0]
        if letter in marks and not _is_apostrophe(text, at):
            if depth:
                depth -= 1
            elif _END.match(text, at + 1):
                return True
        elif letter in QUOTES and letter not in marks and set(marks) & set(QUOTES[letter]):
            depth += 1
    return False


def wraps_quotation(text: str) -> bool:
    """Whether a line is a quotation from its beginning to its end."""
    marks = QUOTES.get(text[:1], "")
    return bool(marks) and ends_quotation(text[1:], marks)


def _is_apostrophe(text: str, at: int) -> bool:
    return text[at] == "\u2019" and text[at + 1 : at + 2].isalpha()


# Which lines of a document are quoted: what an amending act puts into another act begins with a mark, and may lack the end.

# So many lines a quotation may have. INVARIANT: every look ahead is bounded, or ends where the next begins.
_QUOTED_LINES = 1_000
# What a line does to a quotation that is open.
_Outcome = Literal["ends", "breaks-off"]


@frozen
class Quotations:
    """What is quoted from other acts.

    Attributes:
        lines: places that are quoted for certain.
        unclosed: places where a quotation begins whose end is not marked.
    """

    lines: frozenset[int]
    unclosed: frozenset[int]


def quotations_of(lines: Sequence[Line], wording: Wording) -> Quotations:
    """What lines quote from other acts, where they are no enacting terms: annexes amend too."""
    real = [line for line in lines if not line.aside]
    return quotations_between(real, 0, len(real), wording)


def quotations_between(
    real: Sequence[Line], start: int, limit: int, wording: Wording, breaks: Container[int] = ()
) -> Quotations:
    """What is quoted between two places.

    Args:
        real: lines, those outside the sentences left out.
        start: the place of the first.
        limit: the place after the last.
        wording: of their language.
        breaks: places in `real` where a quotation cannot go on: an article of the act itself begins there.
    """
    quoted: set[int] = set()
    unclosed: set[int] = set()
    ends = _QuotationEnds(real, limit, wording, breaks)
    at = start
    while at < limit:
        line = real[at]
        marks = begins_quotation(line.text)
        if not marks:
            if line.quoted and (line.after_colon or (at and real[at - 1].at in quoted)) and wraps_quotation(line.text):
                quoted.add(line.at)
            at += 1
            continue
        end = ends.after(at, marks)
        if line.quoted:
            quoted.add(line.at)
        if end is None:
            unclosed.add(line.at)
            at += 1
        else:
            quoted.update(later.at for later in real[at + 1 : end + 1])
            at = end + 1
    return Quotations(frozenset(quoted), frozenset(unclosed))


class _QuotationEnds:
    """Finds where quotations end, of one line after another.

    A quotation whose end is not marked is looked for in all the lines after it, and an act may have one in each of its points:
    so what was passed over for one quotation is not gone through again for the next.

    Args:
        real: lines, those outside the sentences left out.
        limit: the place after the last.
        wording: of their language.
        breaks: places where no quotation goes on.
    """

    def __init__(self, real: Sequence[Line], limit: int, wording: Wording, breaks: Container[int]) -> None:
        self._real, self._limit, self._wording, self._breaks = real, limit, wording, breaks
        # By marks: the place up to which no line ends such a quotation, and what that line does: None where it was not asked.
        self._reached: dict[str, tuple[int, _Outcome | None]] = {}

    def after(self, start: int, marks: str) -> int | None:
        """The last line of a quotation; None where another begins or the act ends before it does.

        Args:
            start: the place of the line that it begins in; not before that of the call before.
            marks: that can end it.
        """
        bound = min(self._limit, start + 1 + _QUOTED_LINES)
        at, outcome = self._reached.get(marks, (0, None))
        if at <= start:
            at, outcome = start + 1, None
        while outcome is None and at < bound:
            outcome = "breaks-off" if at in self._breaks else self._outcome(self._real[at], marks)
            at += outcome is None
        self._reached[marks] = at, outcome
        return at if outcome == "ends" and at < bound else None

    def _outcome(self, line: Line, marks: str) -> _Outcome | None:
        if (line.after_colon and line.quoted and _is_outer(line)) or self._wording.begins("closing", line.text):
            return "breaks-off"
        return "ends" if ends_quotation(line.text, marks) else None


def _is_outer(line: Line) -> bool:
    """Whether a line that begins with a quotation mark begins what is put into an act, and not a term that is defined."""
    labelled = line.label is not None and line.label.quoted
    return labelled or begins_quotation(line.text) != "" or wraps_quotation(line.text)
