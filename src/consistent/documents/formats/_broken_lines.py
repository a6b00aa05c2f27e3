"""Lines that an editor or a converter broke to a width, as paragraphs again."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise

from attrs import frozen

from consistent.documents.document import Block
from consistent.documents.structure.wording import marks_of_structure

__all__ = ["Mender", "Setting", "paragraphs_of", "setting_of", "unbroken"]

# Words divided at the end of a line, mended by what the text itself shows elsewhere.

# A hyphen that the file itself marks as one that only the line break made necessary, or so guesses its reader.
HYPHEN = "\x02"

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:-[^\W_]+(?:['’][^\W_]+)*)*")  # noqa: RUF001  marks that documents print
_HYPHENS = ("-", HYPHEN, "\u00ad")
_HEAD = re.compile(r"\S*")
# After 'in-' and the like, a hyphen stands for a word to come: 'in- en uitvoer', 'short- and long-term'.
_SUSPENDED = frozenset({"and", "or", "to", "en", "of", "tot", "und", "oder", "et", "ou"})
# The longest address of the web that is looked at whole. INVARIANT: every look back is bounded, so joining is linear.
_LONGEST = 1_000


class Mender:
    """Joins lines, with the words of a whole document for evidence.

    Args:
        lines: every line of the document.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        ends: list[tuple[str, str]] = []
        before = ""
        for line in lines:
            # The last word of a divided line and the first of the next are no evidence for themselves.
            tail = _divided(line)
            words = _WORD.findall(line if tail is None else line[: -1 - len(tail)])
            self._words.update(word.casefold() for word in words[1 if before else 0 :])
            if before and words:
                ends.append((before, words[0]))
            before = _last(tail) if tail else ""
        self._parts = Counter(part for word in self._words if "-" in word for part in word.split("-")[:1])
        verdicts = [self._evidence(beginning, end) for beginning, end in ends]
        # A document whose hyphens at line ends are shown to be real was not hyphenated by machine.
        self._mends = verdicts.count(True) >= verdicts.count(False)

    def join(self, lines: Sequence[str]) -> str:
        """The lines as one: a blank between, or a divided word made whole."""
        pieces: list[str] = []
        end = ""
        for line in lines:
            following = line.strip()
            if not following:
                continue
            tail = _divided(end)
            if tail is not None:
                pieces[-1] = pieces[-1][:-1]
            between = (" " if tail is None else self._between(tail, following)) if pieces else ""
            pieces += (between, following)
            end = f"{end[:-1] if tail is not None else end}{between}{following}"[-_LONGEST:]
        return "".join(pieces).replace(HYPHEN, "-")

    def _between(self, tail: str, following: str) -> str:
        """What stands between a line and the next in place of the hyphen that it ends with."""
        match = _HEAD.match(following)
        head = match[0] if match else ""
        # A dash by itself is no hyphen.
        if not tail or head.strip(",.;").casefold() in _SUSPENDED:
            return "- "
        return "" if self._is_divided(tail, head) else "-"

    def _is_divided(self, tail: str, head: str) -> bool:
        """Whether the hyphen goes once the word is whole."""
        if "/" in tail or "@" in tail or tail.lower().startswith("www."):  # an address of the web
            return False
        beginning, end = _last(tail), _WORD.match(head)
        if not beginning or end is None or not end[0][0].islower() or beginning[-1].isdigit():
            return False
        if "-" in beginning or len(beginning) == 1:  # 'business-to-government', 'U-shaped'
            return False
        verdict = self._evidence(beginning, end[0])
        return self._mends if verdict is None else verdict

    def _evidence(self, beginning: str, end: str) -> bool | None:
        """What the words elsewhere say: True for a divided word, False for a real hyphen, None for nothing."""
        beginning, end = beginning.casefold(), end.casefold()
        whole, hyphened = self._words[f"{beginning}{end}"], self._words[f"{beginning}-{end}"]
        if whole or hyphened:
            return whole > hyphened
        first = end.split("-")[0]
        if self._words[beginning] and self._words[first]:  # two words: 'gluten-' 'free'
            return False
        if self._parts[beginning] > 1 and len(beginning) > 2:  # noqa: PLR2004 - 'non-', 'anti-', which begin end words with a hyphen
            return False
        return None


def _divided(line: str) -> str | None:
    """What stands before the hyphen that a line ends with, back to a blank; None where it ends with none."""
    if not line.endswith(_HYPHENS):
        return None
    before = line[-_LONGEST:-1]
    return "" if not before or before[-1].isspace() else before.split()[-1]


def _last(tail: str) -> str:
    """The last word of a tail, what it joins with hyphens included."""
    words = _WORD.findall(tail)
    return words[-1] if words and tail.endswith(words[-1]) else ""


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
    full = sum(length >= _FULL * width for length in lengths)
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
    lines = [[block.text for block in run] for mere, run in runs if mere]
    setting = setting_of(lines)
    if not setting.exact or sum(map(len, lines)) < _FEW_LINES:
        yield from blocks
        return
    mender = Mender(chain.from_iterable(lines))
    for mere, run in runs:
        if mere:
            yield from (
                Block(text=mender.join(paragraph))
                for paragraph in paragraphs_of([block.text for block in run], setting)
            )
        else:
            yield from run


def _is_mere_text(block: Block) -> bool:
    return block.role == "text" and not block.number


def _numbers_article(line: str) -> bool:
    match = marks_of_structure().line.match(line)
    return match is not None and match["article"] is not None


def _begins(line: str, before: str) -> bool:
    """Whether a line begins a paragraph, the line before it being known."""
    marks = marks_of_structure()
    if marks.line.match(line) or _numbers_article(before):
        return True
    if before.endswith(",") and marks.citation_line.match(line):
        return True
    match = _MARK.match(line)
    if match is None:
        return False
    # A number and a stop after a word is a numbered paragraph only after a sentence: '... in Article\n5. The ...'.
    return (_SENTENCE_END if line[0].isdigit() else _CLAUSE_END).search(before) is not None
