"""Short names that a document gives: `artificial intelligence systems ("AIS")`, `"AIS" means artificial intelligence systems`.

What the lexicon finds in the full words holds for the short name wherever the document uses it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from attrs import frozen

from consistent.documents.document import Span

__all__ = ["ShortName", "short_names", "uses", "worth"]

# Of all the kinds that acts are printed with.
_OPEN, _CLOSE = r"[\u2018\u2019'\u201c\u201d\"\u201e\u201a\u00ab]", r"[\u2019'\u201d\"\u201c\u2018\u00bb]"
_NAME = rf"{_OPEN}\s*(?:(?:the|de|het) )?(?P<name>[^\W\d_][\w-]*)\s*{_CLOSE}"
# (the "Fund"), (hereinafter referred to as "the Fund"), (hierna "het Fonds" genoemd)
_IN_BRACKETS = re.compile(
    rf"\((?:(?:hereinafter|hereafter|hierna|verder)\b[\w\s:,]{{0,20}})?(?:the |de |het )?{_NAME}[\w\s]{{0,12}}\)"
)
_BARE = re.compile(r"\((?P<name>[A-Z]{2,}[A-Za-z]?)\)")
_DEFINED = re.compile(rf"{_NAME}(?:\s*:|\s+(?:means|betekent|is|zijn)\b)")
# Behind an act: `Regulation (EU)`.
_OF_ACTS = frozenset({"EU", "EC", "EEC", "ECSC", "EG", "EEG", "EGKS", "CFSP", "GBVB", "JHA", "JBZ"})
# What ends the words that a name stands for.
_ENDS = re.compile(r"[.;:\n()]")
# More words than the first number are not one name; so many are taken where no letter tells where it begins.
_LONGEST, _USUAL = 14, 6
# In letters; as many words have fewer.
_FURTHEST = 1_000
# `of`, `for`, `van`, `voor` stand within a name.
_LINK = 4
_WORD = re.compile(r"[^\W_]+")


@frozen
class ShortName:
    """A short name and the words that it stands for.

    Attributes:
        name: as the document writes it.
        stands_for: where the full words are.
    """

    name: str
    stands_for: Span

    @property
    def abbreviation(self) -> bool:
        """Whether it is letters and no word of the language: two capitals at least."""
        return len(_capitals(self.name)) > 1


def short_names(text: str) -> Iterator[ShortName]:
    """The short names of one word that a text introduces.

    They stand in quotation marks and brackets, in brackets alone where their letters are the initials of the words before, or in
    a definition, where they are abbreviations.

    Args:
        text: of a document.
    """
    for match in _IN_BRACKETS.finditer(text):
        words = _before(text, match.start())
        if words and match["name"][0].isupper():
            first = _by_initials(match["name"], words) or _by_capitals(words)
            yield ShortName(match["name"], Span(first, words[-1].end()))
    for match in _BARE.finditer(text):
        words = _before(text, match.start()) if match["name"] not in _OF_ACTS else []
        bare = _by_initials(match["name"], words)
        if bare is not None:
            yield ShortName(match["name"], Span(bare, words[-1].end()))
    for match in _DEFINED.finditer(text):
        ends = _ENDS.search(text, match.end(), match.end() + _FURTHEST)
        after = _WORD.finditer(text, match.end(), ends.start() if ends else match.end() + _FURTHEST)
        words = list(islice(after, _LONGEST))
        defined = ShortName(match["name"], Span(match.end(), words[-1].end())) if words else None
        if defined is not None and defined.abbreviation:
            yield defined


def _before(text: str, at: int) -> list[re.Match[str]]:
    """The words of the clause before a place, as many as a name can have."""
    begin = max(0, at - 300)
    for mark in _ENDS.finditer(text, begin, at):
        begin = mark.end()
    return list(_WORD.finditer(text, begin, at))[-_LONGEST:]


def _capitals(name: str) -> list[str]:
    return [letter.lower() for letter in name if letter.isupper()]


def _by_initials(name: str, words: Sequence[re.Match[str]]) -> int | None:
    """Where the nearest words begin whose initials are the letters of a name, in order."""
    letters = _capitals(name)
    if len(letters) > 1:
        for at in range(len(words) - 1, -1, -1):
            initials = iter(word[0][0].lower() for word in words[at:])
            if words[at][0][0].lower() == letters[0] and all(letter in initials for letter in letters):
                return words[at].start()
    return None


def _by_capitals(words: Sequence[re.Match[str]]) -> int:
    """Where the row of words with capitals begins that ends the clause; else where a name of usual length would begin."""
    first = len(words)
    for at in range(len(words) - 1, -1, -1):
        if words[at][0][0].isupper():
            first = at
        elif len(words[at][0]) > _LINK:
            break
    if len(words) - first > 1:
        return words[first].start()
    return words[max(0, len(words) - _USUAL)].start()


def worth(short: ShortName, met: Iterable[Span], text: str) -> list[Span]:
    """Which words that were met in the full words hold for the short name.

    Args:
        short: the name.
        met: stretches of the full words of which an area is known.
        text: of the document.

    Returns:
        None of those within a longer one; for a noun, as `the Fund`, only what is the greater part of the full words.
    """
    spans = list(met)
    longest = [span for span in spans if not any(span in other and span != other for other in spans)]
    if short.abbreviation:
        return longest
    full = len(_WORD.findall(text[short.stands_for.start : short.stands_for.end]))
    return [span for span in longest if 2 * len(_WORD.findall(text[span.start : span.end])) > full]


def uses(text: str, short: ShortName) -> Iterator[Span]:
    """Where a short name stands, as it was written, or with the ending of a plural or genitive."""
    for match in re.finditer(rf"(?<!\w){re.escape(short.name)}(?:['\u2019]?s)?(?!\w)", text):
        yield Span(*match.span())
