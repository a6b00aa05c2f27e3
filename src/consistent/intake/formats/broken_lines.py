"""Lines that an editor or a converter broke to a width, as paragraphs again."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby, pairwise

from attrs import frozen

from consistent.intake.document import Block
from consistent.intake.formats.hyphens import Mender
from consistent.intake.formats.marks import marks_of_structure

__all__ = ["Setting", "paragraphs_of", "setting_of", "unbroken"]

# Lines that were broken to a width are about as long as each other. A line of half the width ends a paragraph.
_NARROWEST, _WIDEST = 40, 140
_FULL, _SHORT = 0.6, 0.5
_MOST = 2 / 3
# Lines with room for the next word are the last of paragraphs, where a program broke them: few are.
_FEW_WITH_ROOM = 1 / 4
# Fewer lines may be of one length by chance.
_FEW_LINES = 20

# A mark that begins a part after the end of a sentence or of a clause: in a sentence it may be a reference.
_MARK = re.compile(
    r"(?:[(\[]?(?:\d{1,3}[a-z]?|[a-z]{1,2}|[ivx]{1,5})[)\]]|\d{1,2}(?:\.\d{1,2}){0,3}\.?|[\u2010-\u2015\u2022*-])\s+\S"
)
_FIRST = re.compile(r"\(?1[.)]\s*\S")
_CLAUSE_END = re.compile(r"(?:[.:;!?,]|\b(?:and|or|en|of))[\"'\u2019\u201d)\]]*$")
_SENTENCE_END = re.compile(r"[.:;!?][\"'\u2019\u201d)\]]*$")


@frozen
class Setting:
    """How lines were broken.

    Attributes:
        width: to which they were; 0 where each line is a paragraph.
        exact: whether a line takes as many words as the width allows, as programs set it: then a line that had room for the
            next word ends a paragraph.
    """

    width: int
    exact: bool = False

    def ends(self, before: str, line: str) -> bool:
        """Whether a paragraph ends between a line and the next."""
        if not self.width or len(before) < _SHORT * self.width or _begins(line, before):
            return True
        return self.exact and _has_room(before, line, self.width)


def setting_of(groups: Sequence[Sequence[str]]) -> Setting:
    """How the lines of groups were broken: to a width, where those that run on are nearly all about as long as the longest."""
    running = [
        (line.strip(), following.strip())
        for group in groups
        for line, following in pairwise(group)
        if not _begins(following.strip(), line.strip())
    ]
    lengths = sorted(len(line) for line, _ in running)
    width = lengths[int(len(lengths) * 0.95)] if lengths else 0
    full = sum(each >= _FULL * width for each in lengths)
    if not (_NARROWEST <= width <= _WIDEST and full >= _MOST * len(lengths)):
        return Setting(0)
    room = sum(_has_room(line, following, width) for line, following in running)
    return Setting(width, exact=room <= _FEW_WITH_ROOM * len(running))


def _has_room(line: str, following: str, width: int) -> bool:
    """Whether the first word of the next line would have stood in a line."""
    return len(line) + 1 + len(following.partition(" ")[0]) <= width


def paragraphs_of(lines: Sequence[str], setting: Setting) -> Iterator[list[str]]:
    """Lines between two empty ones, parted where a paragraph ends."""
    paragraph: list[str] = []
    headed = False
    for line in lines:
        # The heading of an article has no mark at its end that tells it from the paragraph after it.
        first = headed and _FIRST.match(line.strip()) is not None
        if paragraph and (first or setting.ends(paragraph[-1].strip(), line.strip())):
            yield paragraph
            headed = _numbers_article(" ".join(paragraph))
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def unbroken(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those joined that are lines of a page which a converter set as if each were a paragraph."""
    runs = [(mere, list(run)) for mere, run in groupby(blocks, key=_is_mere_text)]
    lines = [[each.text for each in run] for mere, run in runs if mere]
    setting = setting_of(lines)
    if not setting.exact or sum(map(len, lines)) < _FEW_LINES:
        yield from blocks
        return
    mender = Mender(chain.from_iterable(lines))
    for mere, run in runs:
        if mere:
            yield from (Block(text=mender.join(each)) for each in paragraphs_of([one.text for one in run], setting))
        else:
            yield from run


def _is_mere_text(block: Block) -> bool:
    return block.role == "text" and not block.number


def _numbers_article(line: str) -> bool:
    found = marks_of_structure().line.match(line)
    return found is not None and found["article"] is not None


def _begins(line: str, before: str) -> bool:
    """Whether a line begins a paragraph, the line before it being known."""
    marks = marks_of_structure()
    if marks.line.match(line) or _numbers_article(before):
        return True
    if before.endswith(",") and marks.citation_line.match(line):
        return True
    found = _MARK.match(line)
    if found is None:
        return False
    # A number and a stop after a word is a numbered paragraph only after a sentence: '... in Article\n5. The ...'.
    return (_SENTENCE_END if line[0].isdigit() else _CLAUSE_END).search(before) is not None
