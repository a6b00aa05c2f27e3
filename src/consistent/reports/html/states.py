"""What can be said of a measure."""

from typing import Literal

__all__ = ["STATES", "State"]

# What can be said of a measure, the gravest first.
State = Literal[
    "conflict", "condition", "question", "open", "waived", "aligned", "met", "defeated", "reserved", "not-judged"
]
STATES: tuple[State, ...] = (
    "conflict", "condition", "question", "open", "waived", "aligned", "met", "defeated", "reserved", "not-judged",
)  # fmt: skip
