"""Whether a rule is told by what a provision is about, or by a word that it says in passing.

A machine finds an area wherever a word of it stands. That a provision is *about* it shows in its heading, in the title of the act, or in
the word coming back. A finding that hangs on an area said once and in passing is not told: a person has to look.
"""

import re
from collections.abc import Sequence

from consistent.documents.comparing.units import Unit
from consistent.documents.document import Span
from consistent.findings.said import Because

__all__ = ["hangs_on_passing_word"]

# Of a word so much has to come back: endings differ, in Dutch also what is compounded behind it.
_STEM = 7
# What a word can be wrapped in.
_MARKS = "\u2018\u2019\u201c\u201d\"'.,;:()"
_DEFINITIONS = re.compile(r"\s*(?:definitions?|definities|begripsbepalingen)\b", re.IGNORECASE)


def hangs_on_passing_word(
    because: Sequence[Because], span: Span, heading: str, title: str, units: Sequence[Unit]
) -> bool:
    """Whether one of the areas that a finding asks for is said in its provision once and in passing, or only defined there.

    Args:
        because: the tests that decided the finding.
        span: of the provision.
        heading: of the article that it is in.
        title: of the act.
        units: of the text.
    """
    read = [test for test in because if test.field == "areas" and test.found and not test.confirmed and test.span]
    if not read:
        return False
    if _DEFINITIONS.match(heading):
        return True
    text = " ".join(unit.text for unit in units if span.start <= unit.span.start < span.end).casefold()
    named = f"{heading} {title}".casefold()
    return any(_in_passing(test, span, text, named) for test in read)


def _in_passing(test: Because, span: Span, text: str, named: str) -> bool:
    if test.span is None or not span.start <= test.span[0] < span.end:
        # Read in the title or in a heading: that says what the whole is about.
        return False
    word = _stem(test.quote[: test.span[1] - test.span[0]])
    # What is not found again, for a hyphen say, is not known to come back.
    return bool(word) and word not in named and text.count(word) <= 1


def _stem(words: str) -> str:
    """What of a word, or of several, has to come back for it to be said again; empty where there is no word."""
    word = " ".join(words.casefold().split()).strip(_MARKS)
    return word[:_STEM] if " " not in word else word[: max(_STEM, len(word) - 2)]
