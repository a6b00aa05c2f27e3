"""The words that differ between two texts, as runs that a person can read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

from attrs import frozen

__all__ = ["Run", "Turn", "differing_words", "words_of_text"]

Turn = Literal["same", "dropped", "added"]
# So few words that stay between two changes are not worth reading by themselves.
_ISLAND = 1
# From so many words on those that stand everywhere are left aside: the work grows with their product.
_LONG = 2_000
# Words with what joins their parts, and signs by themselves.
_TOKEN = re.compile(r"\w+(?:[-'\u2019./]\w+)*|[^\w\s]")


@frozen
class Run:
    """Words that follow each other and stay, went or came."""

    turn: Turn
    text: str


def words_of_text(text: str) -> tuple[str, ...]:
    """The words of a text in small letters, without signs."""
    return tuple(match[0].lower() for match in _TOKEN.finditer(text) if match[0][0].isalnum())


def differing_words(old: str, new: str) -> tuple[Run, ...]:
    """What differs between two texts, in order; what was replaced stands before what replaces it."""
    before, after = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    listed = [match[0] for match in before]
    matcher = SequenceMatcher(
        None, listed, [match[0] for match in after], autojunk=max(len(before), len(after)) > _LONG
    )
    return tuple(_runs(old, new, before, after, _joined(matcher.get_opcodes(), listed)))


_Code = tuple[bool, int, int, int, int]


def _joined(codes: Iterable[tuple[str, int, int, int, int]], old: Sequence[str]) -> list[_Code]:
    """The stretches that differ or do not, by turns; a lone word that stays between two that were replaced belongs to them."""
    joined: list[_Code] = []
    listed = list(codes)
    for number, (tag, *bounds) in enumerate(listed):
        start, end, new_start, new_end = bounds
        lone = sum(token[0].isalnum() for token in old[start:end]) <= _ISLAND
        around = [listed[other][0] for other in (number - 1, number + 1) if 0 <= other < len(listed)]
        differs = tag != "equal" or (lone and around == ["replace", "replace"])
        if joined and joined[-1][0] is differs:
            _, start, _, new_start, _ = joined.pop()
        joined.append((differs, start, end, new_start, new_end))
    return joined


def _runs(
    old: str, new: str, before: Sequence[re.Match[str]], after: Sequence[re.Match[str]], codes: Iterable[_Code]
) -> Iterator[Run]:
    for differs, start, end, new_start, new_end in codes:
        if differs and start < end:
            yield Run("dropped", old[before[start].start() : before[end - 1].end()])
        if new_start < new_end:
            yield Run("added" if differs else "same", new[after[new_start].start() : after[new_end - 1].end()])
