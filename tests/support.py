"""What several tests need."""

from consistent.engine.choosing import engine_named
from consistent.errors import UsageError
from consistent.findings.said import Finding, Open, Said

__all__ = ["engines", "state_of"]


def engines() -> list[str]:
    """The engines that can be used here; `plain` always can."""
    try:
        engine_named("durable-rules")
    except UsageError:
        return ["plain"]
    return ["durable-rules", "plain"]


def state_of(said: Said) -> str:
    """What became of the rule that says it: applies, open, excepted or defeated."""
    if isinstance(said, Finding):
        return "applies"
    if isinstance(said, Open):
        return "open"
    return "excepted" if said.by.exception is not None else "defeated"
