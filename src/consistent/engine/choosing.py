"""Which engine does the work."""

from functools import lru_cache
from typing import TYPE_CHECKING

from consistent.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from consistent.engine.columns.evaluating import ColumnsEngine
    from consistent.engine.protocol import Engine

__all__ = ["ENGINES", "columns_engine", "engine_named"]

ENGINES = ("auto", "columns", "durable-rules", "plain")


@lru_cache(maxsize=len(ENGINES))
def engine_named(name: str = "auto") -> "Engine":
    """An engine by name; `auto` is durable-rules where it can be imported, and else columns.

    Raises:
        UsageError: there is no such engine, or it was named and cannot be had.
    """
    if name not in ENGINES:
        raise UsageError(f"unknown engine `{name}`", did_you_mean(name, ENGINES))
    if name == "plain":
        from consistent.engine.plain import PlainEngine  # noqa: PLC0415  no engine is imported for the sake of another

        return PlainEngine()
    if name == "columns":
        return columns_engine()
    try:
        from consistent.engine.durable import DurableEngine  # noqa: PLC0415  may be missing
    except ImportError as error:
        # durable-rules is source only, needs a C compiler, and cannot be imported on Python 3.13 and later.
        if name == "auto":
            return columns_engine()
        raise UsageError(f"engine `durable-rules` cannot be used: {error}") from None
    return DurableEngine()


@lru_cache(maxsize=1)
def columns_engine() -> "ColumnsEngine":
    """The columnar evaluator; one keeps its plans for all."""
    from consistent.engine.columns.evaluating import ColumnsEngine  # noqa: PLC0415  see above

    return ColumnsEngine()
