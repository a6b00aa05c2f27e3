"""Of which proposals an answer was decided, in words and as data."""

from collections.abc import Iterator
from typing import Any

from consistent.model.text import Localized
from consistent.proving.witnesses import Bounds

__all__ = ["bounds_data", "bounds_told"]

_EVERY = Localized("of every proposal", "voor elk voorstel")
_UP_TO = Localized(
    "of every proposal with {count} measures at most", "voor elk voorstel met hoogstens {count} maatregelen"
)
_COMPARED = Localized(
    "as far as values were told apart in fields that are compared, and in texts",
    "voor zover waarden zijn onderscheiden in velden die worden vergeleken, en in teksten",
)


def bounds_told(bounds: Bounds, *, always: bool = False) -> Iterator[Localized]:
    """What there is to say of bounds, a line each.

    Args:
        bounds: of an answer.
        always: say so too where there is no bound to the number of measures.
    """
    if bounds.measures is not None:
        yield Localized(_UP_TO.en.format(count=bounds.measures), _UP_TO.nl.format(count=bounds.measures))
    elif always:
        yield _EVERY
    if bounds.compared:
        yield _COMPARED


def bounds_data(bounds: Bounds) -> dict[str, Any]:
    """The same as plain data."""
    return {"measures": bounds.measures, "compared": bounds.compared}
