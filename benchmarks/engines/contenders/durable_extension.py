"""durable-rules through its extension module."""

from benchmarks.engines.contenders.durable import EXTENSION as ENGINE

__all__ = ["ENGINE"]
