"""Words divided at the end of a line, mended by what the text itself shows elsewhere."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

__all__ = ["HYPHEN", "Mender"]

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
        verdicts = [self._evidence(one, other) for one, other in ends]
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
        found = _HEAD.match(following)
        head = found[0] if found else ""
        # A dash by itself is no hyphen.
        if not tail or head.strip(",.;").casefold() in _SUSPENDED:
            return "- "
        return "" if self._is_divided(tail, head) else "-"

    def _is_divided(self, tail: str, head: str) -> bool:
        """Whether the hyphen goes once the word is whole."""
        if "/" in tail or "@" in tail or tail.lower().startswith("www."):  # an address of the web
            return False
        one, found = _last(tail), _WORD.match(head)
        if not one or found is None or not found[0][0].islower() or one[-1].isdigit():
            return False
        if "-" in one or len(one) == 1:  # 'business-to-government', 'U-shaped'
            return False
        verdict = self._evidence(one, found[0])
        return self._mends if verdict is None else verdict

    def _evidence(self, one: str, other: str) -> bool | None:
        """What the words elsewhere say: True for a divided word, False for a real hyphen, None for nothing."""
        one, other = one.casefold(), other.casefold()
        whole, hyphened = self._words[f"{one}{other}"], self._words[f"{one}-{other}"]
        if whole or hyphened:
            return whole > hyphened
        first = other.split("-")[0]
        if self._words[one] and self._words[first]:  # two words: 'gluten-' 'free'
            return False
        if self._parts[one] > 1 and len(one) > 2:  # noqa: PLR2004 - 'non-', 'anti-', which begin other words with a hyphen
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
