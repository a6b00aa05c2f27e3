"""Tests read packs afresh, each time: some plant faults in the code that reads them.

Where durable-rules cannot be imported, the modules that rest on it are not looked through for doctests.
"""

import os
from importlib.util import find_spec

os.environ["CONSISTENT_CACHE"] = "off"

_ENGINE = ("_durable", "durable", "network")
collect_ignore = [] if find_spec("durable_rules_engine") else [f"src/consistent/engine/{each}.py" for each in _ENGINE]
