"""A value that was read, with the place that says so."""

from typing import Generic, TypeVar

from attrs import evolve, frozen

from consistent.intake.document import Span

__all__ = ["Found", "agreed"]

T_co = TypeVar("T_co", covariant=True)


@frozen
class Found(Generic[T_co]):
    """A value that was read.

    Attributes:
        value: in the canonical spelling or the vocabulary's term.
        span: the words of the document that say so; None where the file says it of itself, outside its text.
    """

    value: T_co
    span: Span | None


def agreed(said: Found[T_co] | None, read: Found[T_co] | None) -> Found[T_co] | None:
    """What the file says of itself before what its text says, with the place in the text where that says the same."""
    if said is None:
        return read
    return evolve(said, span=read.span) if read is not None and read.value == said.value else said
