"""The passage of a document that a value was read from, with the words around it."""

import re

from attrs import frozen

from consistent.model.proposal import Evidence

__all__ = ["Passage", "passage_of"]

# How many characters are shown before and after, and of a passage itself before its middle is left out.
_AROUND = 160
_MOST = 1200
_GAP = " ... "


@frozen
class Passage:
    """Words of a document.

    Attributes:
        before: words in front of them; begins with `...` where there is more. A stroke stands where a paragraph ends.
        words: those that say it; empty where they were not found.
        after: words behind them.
        fits: whether the words that the draft quotes stand there; if not, it was made from another text.
    """

    before: str = ""
    words: str = ""
    after: str = ""
    fits: bool = True


def passage_of(evidence: Evidence, text: str) -> Passage:
    """Where a document says it.

    Args:
        evidence: with the span, or with a quote that stands in the text once.
        text: of the document, as spans count it.
    """
    start, end = evidence.span or _quoted(evidence.quote, text) or (0, 0)
    words = text[start:end] if end <= len(text) else ""
    if not words.strip():
        return Passage(fits=False)
    # A blank at an end belongs to what is around it.
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    words = text[start:end]
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = "... " + before.partition(" ")[2]
    if end + _AROUND < len(text):
        after = after.rpartition(" ")[0] + " ..."
    if len(words) > _MOST:
        words = words[: _MOST // 2].rpartition(" ")[0] + _GAP + words[-_MOST // 2 :].partition(" ")[2]
    return Passage(
        _lined(before),
        _lined(words),
        _lined(after),
        fits=_fits(evidence.quote, before + text[start : end + _MOST]),
    )


def _quoted(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands, if at one place only."""
    words = _begun(quote)
    found = text.find(words) if words else -1
    return (found, found + len(words)) if found >= 0 and text.find(words, found + 1) < 0 else None


def _fits(quote: str, around: str) -> bool:
    # A quote has single blanks where the text may have a line break with others.
    return _plain(_begun(quote)).strip() in _plain(around)


def _begun(quote: str) -> str:
    """The words of a quote, which may be broken off."""
    return quote.strip().removesuffix("...").removesuffix("…").rstrip()


def _lined(text: str) -> str:
    """In one line, with a stroke where a paragraph ends."""
    return _plain(re.sub(r"\s*\n\s*", " / ", text))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
