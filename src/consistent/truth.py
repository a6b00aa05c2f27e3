"""Kleene's three truth values: what a proposal leaves open is neither true nor false."""

from collections.abc import Iterable
from enum import IntEnum

__all__ = ["Truth", "all_of", "any_of"]


class Truth(IntEnum):
    """No, unknown, yes: ordered, so that 'and' is the minimum and 'or' the maximum."""

    NO = 0
    UNKNOWN = 1
    YES = 2

    def negated(self) -> "Truth":
        """Yes for no, no for yes; what is unknown stays so."""
        return Truth(2 - self)

    @classmethod
    def of(cls, decided: bool) -> "Truth":  # noqa: FBT001  a truth value is what it converts
        """The truth value of something that is decided."""
        return cls.YES if decided else cls.NO


def all_of(values: Iterable[Truth]) -> Truth:
    """Conjunction, short-circuit: stops at the first no. Yes for no values at all."""
    result = Truth.YES
    for value in values:
        if value is Truth.NO:
            return value
        if value is Truth.UNKNOWN:
            result = value
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """Disjunction, short-circuit: stops at the first yes. No for no values at all."""
    result = Truth.NO
    for value in values:
        if value is Truth.YES:
            return value
        if value is Truth.UNKNOWN:
            result = value
    return result
