"""How much room questions take: as much as fits on one screen of 25 lines, in either language, is asked at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from consistent.inquiries.interview.act_questions import HangsOn, Judgement, Near, Resting, Sought
from consistent.model.text import LANGUAGES
from consistent.sources import source_label

__all__ = [
    "MOST_LINES",
    "NAMED_BELOW",
    "PLACES",
    "RULES",
    "SOURCES",
    "lines_of",
    "lines_of_near",
    "lines_of_resting",
    "lines_of_rule",
    "packed",
    "parts_of_near",
    "screens",
]

# Letters of labels, with what stands around each and behind one that was found.
_MOST_LETTERS, _AROUND_LABEL, _BEHIND = 1700, 6, 25
# Before a value that is named behind its label stands its number.
_AROUND_NUMBER = 4
# The line on top of the terms of a field, where several are on a screen.
_AROUND_FIELD = 100
# Lines of what findings rest on, of points that a person judges, and of provisions with words, with the letters in one.
MOST_LINES, _LINE = 19, 90
# Before and behind the title of a rule stands what it is about it, and in how many provisions.
_AROUND_RULE = 50
# Around a place stand marks, and a word such as "artikel", where that is longer.
_AROUND_PLACE = 10
# Of the rules that hang on an answer so many are named.
RULES = 3
# So many sources of a point are shown; the rest behind `more`.
SOURCES = 6
# Of what a value was found in so many places are shown; the rest behind `more`.
PLACES = 2
# Of a wide term so many of those below it are named on the screen.
NAMED_BELOW = 2


_T = TypeVar("_T")


def packed(
    groups: Iterable[Sequence[_T]], lines: Callable[[Sequence[_T]], int], most: int = MOST_LINES
) -> list[list[_T]]:
    """What stands together, each on the first screen that has room for it; one that does not fit on a screen has one of its own.

    Args:
        groups: of what stands together.
        lines: how many a group takes.
        most: how many a screen has for them.
    """
    filled: list[list[_T]] = []
    rooms: list[int] = []
    for group in groups:
        taken = lines(group)
        place = next((number for number, room in enumerate(rooms) if taken <= room), len(rooms))
        if place == len(rooms):
            filled.append([])
            rooms.append(most)
        filled[place] += group
        rooms[place] -= taken
    return filled


def screens(
    listed: Mapping[str, Sequence[Sought]], more: Mapping[str, Sequence[Sought]]
) -> list[dict[str, list[Sought]]]:
    """Terms in order, as many together as fit on a screen in either language; what is left of several fields stands together.

    Args:
        listed: what has to be asked, by field.
        more: what there is besides, by field: what fits beside others of its field need not be asked again where more comes to be
            known.

    Returns:
        Each screen, by field.
    """
    full: list[dict[str, list[Sought]]] = []
    rest: list[tuple[int, str, list[Sought]]] = []
    for name, sought in listed.items():
        filled = _filled(sought)
        full += [{name: one} for one in filled[:-1]]
        rest += [(sum(map(_letters, one)) + _AROUND_FIELD, name, one) for one in filled[-1:]]
    mixed: list[dict[str, list[Sought]]] = []
    rooms: list[int] = []
    # What takes most first: so fewest screens are begun.
    for letters, name, sought in sorted(rest, key=lambda one: -one[0]):
        place = next((number for number, room in enumerate(rooms) if letters <= room), len(rooms))
        if place == len(rooms):
            mixed.append({})
            rooms.append(_MOST_LETTERS + _AROUND_FIELD)
        mixed[place][name] = sought
        rooms[place] -= letters
    for number, screen in enumerate(mixed):
        for name, sought in screen.items():
            for one in more.get(name, ()):
                if _letters(one) > rooms[number]:
                    break
                sought.append(one)
                rooms[number] -= _letters(one)
    return [*full, *mixed]


def _filled(listed: Iterable[Sought]) -> list[list[Sought]]:
    filled: list[list[Sought]] = []
    room = 0
    for sought in listed:
        if _letters(sought) > room:
            filled.append([])
            room = _MOST_LETTERS
        filled[-1].append(sought)
        room -= _letters(sought)
    return filled


def _letters(sought: Sought) -> int:
    """How much room a term takes on a screen."""
    named = [sought.label, *(label for _, label in sought.below[:NAMED_BELOW])]
    label = max(sum(len(each.get(language)) for each in named) for language in LANGUAGES)
    return label + _BEHIND * bool(sought.below) + _AROUND_LABEL + _BEHIND * (bool(sought.found) + bool(sought.near))


def lines_of(judgement: Judgement) -> int:
    """How many lines a point takes on a screen with others, in either language: the question and the first of its sources."""
    first = judgement.findings[0]
    place = max(map(len, judgement.places)) + _AROUND_PLACE if first.measure else 0
    return max(
        -(-(place + len(first.message.get(language))) // _LINE)
        - (-sum(len(source_label(source, language)) + len("; ") for source in first.sources[:SOURCES]) // _LINE)
        for language in LANGUAGES
    )


def lines_of_resting(resting: Resting) -> int:
    """How many lines a value takes, in either language."""
    places = sum(len(reference) + len(words) + _AROUND_PLACE for _, reference, words in resting.places[:PLACES])
    label = max(len(resting.label.get(language)) + len(resting.value.get(language)) for language in LANGUAGES)
    return -(-(label + places + _AROUND_PLACE) // _LINE)


def lines_of_rule(rule: HangsOn) -> int:
    """How many lines the rule takes that rests on some values, in either language."""
    return -(-(max(len(rule.title.get(language)) for language in LANGUAGES) + _AROUND_RULE) // _LINE)


def lines_of_near(near: Sequence[Near]) -> int:
    """How many lines one provision takes with its words and what these may speak of, in either language."""
    lines = 1
    for words, told in groupby(near, key=lambda each: each.words):
        listed = list(told)
        labels = dict.fromkeys(each.label for each in listed)
        letters = max(
            sum(len(label.get(language)) + _AROUND_LABEL for label in labels)
            + sum(len(each.value.get(language)) + _AROUND_NUMBER for each in listed)
            for language in LANGUAGES
        )
        lines -= -(len(words) + _AROUND_LABEL + letters) // _LINE
    return lines


def parts_of_near(near: Sequence[Near], most: int) -> list[list[Near]]:
    """What words of one provision may speak of, all of it together unless it takes more than so many lines."""
    parts: list[list[Near]] = []
    for each in near:
        if parts and lines_of_near([*parts[-1], each]) <= most:
            parts[-1].append(each)
        else:
            parts.append([each])
    return parts
