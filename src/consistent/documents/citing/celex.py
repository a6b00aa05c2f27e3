"""Numbered acts, and the CELEX numbers that follow from how they are cited."""

import re
from collections.abc import Mapping
from typing import Final

__all__ = ["celex_of_act", "celex_of_match"]

# From this number on, what looks like a year is one; the first regulations are of 1958.
_FIRST_YEAR: Final = 1952
_LAST_YEAR: Final = 2099
_CENTURY: Final = 100


def celex_of_act(letter: str, first: str, second: str, *, numbered: bool, community: str = "") -> str:
    """The CELEX number of an act.

    Args:
        letter: `R` of regulations, `L` of directives, `D` of decisions, `F`, `E` or `H`.
        first: what stands before the stroke.
        second: what stands after it; empty where there is none, as in 'Regulation No 17'.
        numbered: whether 'No' stands before: then the number comes first and the year after it.
        community: in brackets, `EC` or `EU, Euratom`. Regulations of the old Communities have their number first.

    Returns:
        The number; empty where no year can be told.

    Example:
        >>> celex_of_act("R", "1", "2003", numbered=True)
        '32003R0001'
        >>> celex_of_act("L", "77", "388", numbered=False)
        '31977L0388'
    """
    if not (first.isdigit() and second.isdigit()):
        return ""
    old = letter == "R" and bool(
        re.fullmatch(r"[\s,]*(?:EE?C|EE?G|ECSC|EGKS|Euratom|[\s,])+", community, re.IGNORECASE)
    )
    # Directives have had their year first always, and everything since 2015 unless it says 'No'.
    leading = letter in {"L", "F", "E"} or not (numbered or old)
    year, number = (_year(first), second) if leading else (_year(second), first)
    if year is None:
        year, number = (_year(second), first) if leading else (_year(first), second)
    return "" if year is None else f"3{year}{letter}{int(number):04}"


def celex_of_match(match: re.Match[str], letters: Mapping[str, str]) -> str:
    """The CELEX number of an act that a pattern matched, with the groups `act`, `no`, `only`, `first`, `later`, `second`, `community`.

    Args:
        match: the act.
        letters: by word for an act, in lower case with one blank between words, its letter.

    Returns:
        The number; empty where no year can be told.
    """
    return celex_of_act(
        letters[" ".join(match["act"].lower().split())],
        match["only"] or match["first"],
        match["later"] or match["second"] or "",
        numbered=bool(match["no"]),
        community=match["community"] or "",
    )


def _year(text: str) -> int | None:
    year = int(text)
    if len(text) == 2:  # noqa: PLR2004  two digits, until 1998
        year += 1900 if year >= _FIRST_YEAR % _CENTURY else 2000
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None
