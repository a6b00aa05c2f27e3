"""Where durable-rules cannot be imported, the modules that rest on it are not looked through for doctests."""

from importlib.util import find_spec

_ENGINE = ("_durable", "durable", "network")
collect_ignore = [] if find_spec("durable_rules_engine") else [f"src/consistent/engine/{each}.py" for each in _ENGINE]
