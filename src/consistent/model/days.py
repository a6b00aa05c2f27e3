"""Days."""

from datetime import date

__all__ = ["today"]


def today() -> date:
    """Today by the calendar of the reader: law begins and ends to hold with a day, wherever one reads it."""
    return date.today()  # noqa: DTZ011  the reader's own calendar is what is meant
