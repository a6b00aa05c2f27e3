"""Versions of packs, and the ranges of them that other packs build on.

A version is whole numbers with dots between, `1.2.0`; zeros at its end add nothing. A range is comparisons with commas between, all
of which must hold: `treaties >= 1.2, < 2`. Versions that are not finished (`1.0rc1`, `1.0-beta`) there are none: what a pack says
counts from the day on which somebody can load it.
"""

import operator
import re
from collections.abc import Callable, Mapping
from itertools import zip_longest

from attrs import frozen

from consistent.toml.structuring import Problem, Problems

__all__ = ["Requirement", "check_version", "name_of", "requirement"]

_VERSION = re.compile(r"\d+(\.\d+)*", re.ASCII)
_BOUND = re.compile(r"(>=|<=|==|>|<)\s*(\S+)", re.ASCII)
_NAME = re.compile(r"[^\s<>=!~,]*")
_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "==": operator.eq,
}  # fmt: skip
_WRITE_VERSION = 'a version is numbers with dots between: write for instance `version = "1.2"`'
_WRITE_RANGE = "write for instance `treaties >= 1.2, < 2`; the comparisons are " + ", ".join(
    f"`{sign}`" for sign in _COMPARISONS
)


@frozen
class Requirement:
    """A pack that another builds on, in a range of versions.

    Attributes:
        name: of the pack.
        bounds: comparison and version, all of which must hold; none for any version.
    """

    name: str
    bounds: tuple[tuple[str, str], ...] = ()

    def is_met_by(self, version: str) -> bool:
        """Whether a version is in the range; none at all, empty text, is in the range of any version only."""
        return all(bool(version) and _COMPARISONS[sign](_order(version, bound), 0) for sign, bound in self.bounds)

    @property
    def range(self) -> str:
        """The range in words of its own, without the name."""
        return ", ".join(f"{sign} {bound}" for sign, bound in self.bounds)


def check_version(text: str) -> None:
    """Check that a text is a version, or empty: none is told.

    Raises:
        Problems: it is not.
    """
    if text and not _VERSION.fullmatch(text):
        raise Problems(Problem(f"`{text}` is no version", _WRITE_VERSION))


def name_of(text: str) -> str:
    """The name of the pack in a requirement, whatever follows it."""
    return _NAME.match(text.strip())[0]  # type: ignore[index]  # it matches the empty text too


def requirement(text: str) -> Requirement:
    """The requirement that `builds_on` has as text: the name of a pack, and a range behind it or none.

    Raises:
        Problems: there is something else behind the name.
    """
    name = name_of(text)
    rest = text.strip()[len(name) :].strip()
    bounds = []
    for part in rest.split(",") if rest else ():
        bound = _BOUND.fullmatch(part.strip())
        if bound is None or not _VERSION.fullmatch(bound[2]):
            raise Problems(Problem(f"`{part.strip()}` is no range of versions", _WRITE_RANGE))
        bounds.append((bound[1], bound[2]))
    return Requirement(name, tuple(bounds))


def _order(one: str, other: str) -> int:
    """Above, below or at zero as a version is later, earlier or the same."""
    pairs = zip_longest(map(int, one.split(".")), map(int, other.split(".")), fillvalue=0)
    return next((left - right for left, right in pairs if left != right), 0)
