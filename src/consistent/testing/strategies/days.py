"""The day on which a rule is tried."""

from datetime import date

from consistent.rules.rule import Rule

__all__ = ["day_of"]


def day_of(rule: Rule) -> date:
    """Today where the rule holds today; its last day where it no longer does, its first where it does not yet."""
    today = date.today()  # noqa: DTZ011  law holds by the calendar of the reader
    return today if today in rule.period else rule.period.valid_to or rule.period.valid_from or today
